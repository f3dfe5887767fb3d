"""Opens the file systems of remote archive files, http(s) and S3, for the hosts and buckets that config names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from fsspec.implementations.http import HTTPFileSystem

from flows.errors import ConfigError, NewsvaneError, Transient
from flows.fetch.urls import redact
from flows.settings import Remote, Settings

_STARTS: Final = ("http://", "https://", "s3://")


def is_remote(text: str) -> bool:
    """Whether an argument is the URL of a file and no path."""
    return text.lower().startswith(_STARTS)


def is_s3(url: str) -> bool:
    """Whether a URL names an object of S3, or several."""
    return url.lower().startswith("s3://")


def check_allowed(url: str, remote: Remote) -> None:
    """Raise ConfigError, naming the key to set, unless config allows to read from the host or bucket of a URL. This
    machine is always allowed."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if is_s3(url):
        if parts.netloc not in remote.buckets and not _is_this_machine(urlsplit(remote.s3_endpoint or "").hostname):
            raise ConfigError(f"{redact(url)}: add '{parts.netloc}' to `buckets` under [remote] in newsvane.toml first")
    elif not host:
        raise ConfigError(f"{redact(url)}: the URL names no host")
    elif host not in remote.hosts and not _is_this_machine(host):
        raise ConfigError(f"{redact(url)}: add '{host}' to `hosts` under [remote] in newsvane.toml first")


def open_filesystem(url: str, settings: Settings) -> Any:
    """The fsspec file system that reads a URL; raises ConfigError for one that config does not allow."""
    check_allowed(url, settings.remote)
    return _s3(settings) if is_s3(url) else _http(settings)


def _http(settings: Settings) -> HTTPFileSystem:
    async def check_redirect(_session: object, _context: SimpleNamespace, step: Any) -> None:
        target = step.response.headers.get("Location") or step.response.headers.get("URI") or ""
        check_allowed(urljoin(str(step.response.url), target), settings.remote)

    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(check_redirect)
    limits = settings.limits
    client = {
        "trace_configs": [trace],
        "headers": {"User-Agent": settings.identity.header},
        "timeout": aiohttp.ClientTimeout(None, sock_connect=limits.connect_timeout_s, sock_read=limits.read_timeout_s),
    }
    return HTTPFileSystem(client_kwargs=client, skip_instance_cache=True, use_listings_cache=False)


def _s3(settings: Settings) -> Any:
    try:
        from s3fs import S3FileSystem
    except ImportError as error:
        raise ConfigError("s3:// needs the package s3fs: pip install 'newsvane[s3]'") from error
    limits, endpoint = settings.limits, settings.remote.s3_endpoint
    config = {
        "connect_timeout": limits.connect_timeout_s,
        "read_timeout": limits.read_timeout_s,
        "retries": {"max_attempts": 1},  # s3fs repeats requests itself
    }
    return S3FileSystem(
        anon=not _has_credentials(), endpoint_url=endpoint, config_kwargs=config,
        skip_instance_cache=True, use_listings_cache=False,
    )  # fmt: skip


def _has_credentials() -> bool:
    """Whether the environment or the files of the AWS tools hold credentials; public buckets need none."""
    from botocore.session import Session

    return Session().get_credentials() is not None


@contextmanager
def explained(url: str, settings: Settings) -> Iterator[None]:
    """Raise what goes wrong in the block as an error that names the URL and what to do: ConfigError for a file that is
    not there or not ours to read, and for a copy that cannot be written here, Transient for a host that does not
    answer."""
    try:
        yield
    except _failures() as error:
        raise _explanation(url, _cause(error), settings) from error


def _explanation(url: str, error: BaseException, settings: Settings) -> NewsvaneError:
    shown = redact(url)
    if isinstance(error, NewsvaneError):
        return error
    if isinstance(error, OSError) and error.filename:  # of this machine
        return ConfigError(f"{error.filename}: cannot be written: {error.strerror}")
    status = error.status if isinstance(error, aiohttp.ClientResponseError) else None
    if isinstance(error, FileNotFoundError) or status in (404, 410):
        return ConfigError(f"{shown}: there is no such file at the host")
    if isinstance(error, PermissionError) or status in (401, 403):
        return ConfigError(f"{shown}: access is denied; for S3, set the credentials of the AWS tools")
    reason = f"status {status}" if status else str(error).strip().partition("\n")[0] or type(error).__name__
    setting = f" (endpoint {settings.remote.s3_endpoint}, `s3_endpoint` under [remote])" if is_s3(url) else ""
    return Transient(f"{shown}: cannot be read{setting}: {reason}; run the command again to go on")


def _cause(error: BaseException) -> BaseException:
    """What is behind an error: fsspec reports whatever happens to a request over http as a file that is not found."""
    inner: BaseException | None = error
    while inner is not None and not isinstance(inner, (NewsvaneError, aiohttp.ClientError)):
        inner = inner.__cause__ or inner.__context__
    return inner or error


def _failures() -> tuple[type[Exception], ...]:
    """What the file systems raise for hosts that do not answer; that of S3 is not always installed."""
    known: tuple[type[Exception], ...] = (NewsvaneError, OSError, ValueError, aiohttp.ClientError)
    try:
        from botocore.exceptions import BotoCoreError
    except ImportError:
        return known
    return (*known, BotoCoreError)


def _is_this_machine(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
