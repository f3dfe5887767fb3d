"""Reads config/newsvane.toml strictly: crawler identity, limits, schedules."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from flows.config_files import Strict, read_toml

ROOT = Path(__file__).resolve().parent.parent
SHIPPED_CONFIG = ROOT / "config"
DEMO_CONFIG = SHIPPED_CONFIG / "demo"
# The names that RFC 2606 reserves for examples.
_PLACEHOLDER = re.compile(r"(^|[@/.])(example\.(com|net|org)|[\w-]+\.(example|invalid|test))([/:]|$)", re.IGNORECASE)


class Identity(Strict):
    """How the crawler identifies itself; `contact` is a mail address or web page for webmasters."""

    user_agent: str = Field(min_length=8, description="product and version, the start of the User-Agent header")
    contact: str = Field(min_length=3, description="mail address or web page for webmasters; NWS requires one")
    token: str = Field(default="newsvane", pattern=r"^[A-Za-z_-]+$", description="product token matched in robots.txt")

    @field_validator("user_agent", "contact")
    @classmethod
    def _fits_in_a_header(cls, text: str) -> str:
        """HTTP sends a header as Latin-1, on one line."""
        odd = next((char for char in text if ord(char) > 255 or unicodedata.category(char) == "Cc"), None)
        if odd is not None:
            raise ValueError(f"{odd!r} cannot be sent in the User-Agent header: use Latin-1 characters on one line")
        return text

    @property
    def header(self) -> str:
        """The User-Agent header: product and contact."""
        return self.user_agent if self.contact in self.user_agent else f"{self.user_agent} ({self.contact})"

    @property
    def is_placeholder(self) -> bool:
        """Whether `contact` is at a domain that is reserved for examples, so nobody can be reached there."""
        return _PLACEHOLDER.search(self.contact) is not None


class Limits(Strict):
    """The limits of one exchange and of one run; sizes in bytes, times in seconds."""

    connect_timeout_s: float = Field(default=10, gt=0, description="seconds to connect")
    read_timeout_s: float = Field(default=30, gt=0, description="seconds without a byte")
    exchange_timeout_s: float = Field(default=120, gt=0, description="seconds of the whole exchange")
    max_header_bytes: int = Field(default=64 * 1024, gt=0, description="bytes of the response headers")
    max_body_bytes: int = Field(default=16 * 1024 * 1024, gt=0, description="bytes of the body as sent")
    max_decoded_bytes: int = Field(default=64 * 1024 * 1024, gt=0, description="bytes of the body when decoded")
    max_redirects: int = Field(default=5, ge=0, description="redirects followed in a row")
    max_attempts: int = Field(default=4, ge=1, description="attempts at one URL in a run")
    max_pages_per_run: int = Field(
        default=500, ge=1, description="pages of one source in a run; the rest come in the next one"
    )
    default_delay_s: float = Field(
        default=5, ge=0, description="seconds between two requests to a host, where robots.txt asks for no more"
    )


class Run(Strict):
    """Who parses archive files: processes of this machine, or the workers of a Dask cluster, which need this version of
    newsvane, and the data and config folders at the same paths."""

    runner: Literal["processes", "dask"] = Field(default="processes", description="processes or dask")
    scheduler: str | None = Field(
        default=None, pattern=r"^(tcp|tls)://[^/\s]+$", description="runner dask: the scheduler, as tcp://HOST:8786"
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        le=256,
        description="processes that parse archive files; default: one for each core",
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if (self.runner == "dask") != (self.scheduler is not None):
            raise ValueError('runner = "dask" and scheduler = "tcp://HOST:8786" need each other')
        return self


class Network(Strict):
    """How sites are reached; `ca_bundle` is a PEM file of certificate authorities to trust besides the usual ones."""

    ca_bundle: str | None = Field(
        default=None, description="PEM file of certificate authorities to trust besides the usual ones"
    )


class Remote(Strict):
    """Where `newsvane backfill` may read archive files from besides this machine."""

    hosts: tuple[str, ...] = Field(default=("data.commoncrawl.org",), description="hosts of http(s) URLs")
    buckets: tuple[str, ...] = Field(
        default=(), description="S3 buckets, read with the credentials of the AWS tools if there are any"
    )
    s3_endpoint: str | None = Field(
        default=None, pattern=r"^https?://[^/\s]+/?$", description="an S3 server other than Amazon's"
    )
    cc_news: str = Field(
        default="https://data.commoncrawl.org/",
        pattern=r"^https?://\S+/$",
        description="where CC-NEWS is",
    )


class WebArchive(Strict):
    """The web archive that is asked for pages that a site does not have any more."""

    cdx: str = Field(
        default="https://web.archive.org/cdx/search/cdx", pattern=r"^https?://\S+$", description="its index"
    )
    replay: str = Field(
        default="https://web.archive.org/web/",
        pattern=r"^https?://\S+/$",
        description="before the time of a capture",
    )
    delay_s: float = Field(default=5, ge=0, description="seconds between two requests")
    allow_addresses: tuple[str, ...] = Field(
        default=(), description="private networks that an archive of one's own is in"
    )


class Query(Strict):
    """The limits of one `newsvane sql` query."""

    memory: str = Field(default="1GB", pattern=r"^\d+(MB|GB)$", description="memory of one statement")
    seconds: float = Field(default=60, gt=0, description="time of one statement")
    threads: int = Field(default=2, ge=1, description="threads of one statement")


class Publish(Strict):
    """Which older snapshots are kept for `newsvane restore`: the last ones, and the last of each day and ISO week; and
    whether each publish writes the report."""

    keep: int = Field(default=3, ge=1, le=100, description="the last snapshots")
    keep_days: int = Field(default=7, ge=0, le=366, description="days with a snapshot (UTC), newest first")
    keep_weeks: int = Field(default=4, ge=0, le=520, description="ISO weeks with a snapshot (UTC), newest first")
    report: bool = Field(default=True, description="whether a publish writes Today and Topics to <data>/report.html")


class Warehouse(Strict):
    """The DuckLake to which every publish also commits what changed; none by default."""

    lake: str | None = Field(
        default=None,
        pattern=r"^ducklake:[^?]+$",
        description="the lake's catalog: ducklake:PATH of a file, or ducklake:postgres:... with the options of libpq",
    )
    lake_data: str | None = Field(
        default=None, description="folder of a new lake's Parquet files; default: beside the catalog"
    )

    @model_validator(mode="after")
    def _has_lake(self) -> Self:
        if self.lake_data and not self.lake:
            raise ValueError("lake_data needs lake")
        if self.lake_data and "://" in self.lake_data:
            raise ValueError(f"lake_data {self.lake_data}: write the path of a folder; URLs are not supported")
        if self.lake and self.lake.startswith("ducklake:postgres:") and not self.lake_data:
            raise ValueError("a lake in PostgreSQL needs lake_data, the folder of its Parquet files")
        return self


class Server(Strict):
    """The Prefect server that `newsvane up` starts, and the schedules of refresh, watch and maintenance (cron, in
    `zone`)."""

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=4200, ge=1, le=65535, description="port of the UI and the API")
    refresh_schedule: str = Field(default="*/15 * * * *", description="cron of the refresh")
    watch_schedule: str = Field(default="7 * * * *", description="cron of the watch")
    maintenance_schedule: str = Field(
        default="40 3 * * *", description="cron of the maintenance: old snapshots, checkpoint, checks"
    )
    zone: str = Field(
        default="America/Chicago", description="IANA time zone of these schedules, and of times in the explorer"
    )
    refresh_after_ingest: bool = Field(default=True, description="an ingest that archived something starts a refresh")
    run_at_start: bool = Field(default=True, description="`newsvane up` runs sources at once that have missed a run")


class ExplorerServer(Strict):
    """Where `newsvane up` serves the explorer, on `port` (0: nowhere), and the `url` by which browsers reach it if that
    is another address, such as a proxy's."""

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8080, ge=0, le=65535, description="port of the explorer; 0: it is not served")
    url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s]+/?$",
        description="address by which browsers reach it, where that is another one, such as a proxy's",
    )

    @property
    def address(self) -> str | None:
        """The address that is shown and linked to, without a slash at its end; None if the explorer is not served."""
        host = reachable(self.host)
        served = f"http://{f'[{host}]' if ':' in host else host}:{self.port}" if self.port else None
        return self.url.rstrip("/") if self.url else served


class PrefectStore(Strict):
    """Where Prefect keeps its history and who executes the runs. Without `database` the history is an SQLite file in
    <data>/prefect; without `work_pool` the runs are executed by `newsvane up` itself."""

    database: SecretStr | None = Field(default=None, description="postgresql+asyncpg://USER:PASSWORD@HOST/NAME")
    work_pool: str | None = Field(default=None, pattern=r"^[\w.-]+$", description="the pool whose workers execute runs")
    keep_runs_days: float = Field(default=90, gt=0, description="days that finished runs and their logs are kept")

    @field_validator("database")
    @classmethod
    def _driver(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith("postgresql+asyncpg://"):
            raise ValueError("must be a URL postgresql+asyncpg://USER:PASSWORD@HOST:PORT/NAME")
        return url


class Notices(Strict):
    """Where notices go: `url` is an Apprise URL, such as mailto://, slack:// or json://; without one there are none. A
    notice about one source, check or deployment is repeated after `repeat_hours` at the earliest."""

    url: SecretStr | None = Field(
        default=None,
        description="Apprise URL, such as mailto://, slack:// or json://; without one there are no notices",
    )
    repeat_hours: float = Field(
        default=24,
        gt=0,
        description="hours after which a notice about the same source, check or deployment is repeated",
    )


class Settings(Strict):
    """The whole of config/newsvane.toml."""

    data: str = Field(default="data", description="data folder; a relative path starts at the working directory")
    identity: Identity
    limits: Limits = Limits()
    run: Run = Field(default_factory=Run)
    network: Network = Network()
    remote: Remote = Remote()
    web_archive: WebArchive = WebArchive()
    query: Query = Query()
    publish: Publish = Publish()
    warehouse: Warehouse = Warehouse()
    server: Server = Server()
    explorer: ExplorerServer = ExplorerServer()
    prefect: PrefectStore = PrefectStore()
    notices: Notices = Notices()


def reachable(host: str) -> str:
    """The host by which this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - an address to reach


def config_dir() -> Path:
    """The config folder: $NEWSVANE_CONFIG, else config/ beside the code."""
    return Path(os.environ.get("NEWSVANE_CONFIG") or SHIPPED_CONFIG).expanduser().resolve()


def shared_file(folder: Path, name: str) -> Path:
    """The file `name` of a config folder, else the shipped one: a folder of its own need not repeat rules about the
    world, such as wire services and tag aliases."""
    return folder / name if (folder / name).exists() else SHIPPED_CONFIG / name


def load_settings(folder: Path | None = None) -> Settings:
    """Read newsvane.toml; raises ConfigError with file, key and nearest valid key."""
    return read_toml((folder or config_dir()) / "newsvane.toml", Settings)
