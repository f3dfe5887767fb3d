"""The checks of `newsvane doctor --deploy`: what a machine needs that runs newsvane unattended."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flows.cli.findings import Finding
from flows.cli.prefect_env import THIS_MACHINE, check_access, external_api, local_api, running_api
from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.settings import Settings, config_dir, load_settings

_NETWORK_FILESYSTEMS: Final = ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs")
_OPEN_FILES: Final = 1024
_COPIES: Final = 3  # of the working file: the next snapshot, the one before, a rebuild
_CONNECT_S: Final = 5.0
_AUTH: Final = "PREFECT_SERVER_API_AUTH_STRING"


def examine_deployment(layout: Layout) -> list[Finding]:
    """Check contact, access to the server, database, worker, notices, disk and file system; changes nothing."""
    try:
        settings = load_settings()
    except NewsvaneError as error:
        return [Finding("config", False, str(error), "edit that file")]
    return [
        _contact(settings),
        _access(settings),
        _database(settings),
        *_worker(settings, layout),
        _notices(settings),
        _room(layout),
        _filesystem(layout),
        _open_files(),
    ]


def _contact(settings: Settings) -> Finding:
    contact, file = settings.identity.contact, config_dir() / "newsvane.toml"
    return Finding("contact", not settings.identity.is_placeholder, contact, f"set identity.contact in {file}")


def _access(settings: Settings) -> Finding:
    """Whether strangers can reach the server: without a password everybody who can may run code through it."""
    host = settings.server.host
    if host in THIS_MACHINE:
        return Finding("access", True, f"the Prefect server listens on {host} only")
    fix = f"set server.host to 127.0.0.1, or {_AUTH} and PREFECT_API_AUTH_STRING to USER:PASSWORD"
    is_protected = bool(os.environ.get(_AUTH))
    detail = f"the Prefect server listens on {host}, {'with' if is_protected else 'without'} a password"
    return Finding("access", is_protected, detail, fix)


def _database(settings: Settings) -> Finding:
    given = settings.prefect.database
    url = os.environ.get("PREFECT_SERVER_DATABASE_CONNECTION_URL") or (given.get_secret_value() if given else "")
    if not url:
        detail = "Prefect's history is an SQLite file; enough for one machine"
        return Finding("database", None, detail, "set prefect.database to a postgresql+asyncpg:// URL")
    from sqlalchemy.exc import SQLAlchemyError

    try:
        return Finding("database", True, asyncio.run(_server_version(url)))
    except (OSError, SQLAlchemyError) as error:
        reason = f"no answer: {type(error).__name__}: {str(error).splitlines()[0]}"
        return Finding("database", False, reason, "start it, or mend prefect.database")


async def _server_version(url: str) -> str:
    """The version of the database server; raises OSError or SQLAlchemyError when it cannot be reached."""
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url, connect_args={"timeout": _CONNECT_S})
    try:
        async with engine.connect() as connection:
            return f"PostgreSQL {(await connection.execute(text('show server_version'))).scalar_one()}"
    finally:
        await engine.dispose()


def _worker(settings: Settings, layout: Layout) -> Iterator[Finding]:
    address = _server(layout)
    detail = address or f"{local_api(settings.server)} does not answer"
    yield Finding("Prefect server", bool(address), detail, "start `newsvane up`")
    pool = settings.prefect.work_pool
    if pool is None:
        yield Finding("worker", True, "`newsvane up` executes the runs itself")
    elif address:
        yield _pool(pool, address)


def _pool(pool: str, address: str) -> Finding:
    """Whether a worker of the pool is online."""
    try:
        check_access(address)
    except NewsvaneError as error:
        return Finding("worker", False, str(error), "set it, as the server has it")
    names = _workers(pool)
    detail = ", ".join(names) if names else f"no worker of the pool '{pool}' is online: runs stay scheduled"
    return Finding("worker", bool(names), detail, "newsvane up --worker")


def _server(layout: Layout) -> str | None:
    """The address of the server, None if it does not answer."""
    try:
        address = external_api() or running_api(layout)
    except NewsvaneError:
        return None
    if address:
        os.environ["PREFECT_API_URL"] = address
    return address


def _workers(pool: str) -> list[str]:
    """The workers of the pool that are online."""
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        try:
            found = client.request(
                "POST", "/work_pools/{work_pool_name}/workers/filter", path_params={"work_pool_name": pool}, json={}
            )
        except ObjectNotFound:
            return []
        return [worker["name"] for worker in found.json() if worker["status"] == "ONLINE"]


def _notices(settings: Settings) -> Finding:
    is_set = settings.notices.url is not None
    detail = "sent to the URL in config" if is_set else "nobody is told of a silent source or a failed run"
    return Finding("notices", is_set or None, detail, f"set notices.url in {config_dir() / 'newsvane.toml'}")


def _room(layout: Layout) -> Finding:
    free = shutil.disk_usage(_existing(layout.data)).free
    size = layout.warehouse.stat().st_size if layout.warehouse.exists() else 0
    detail = f"{free / 1e9:.1f} GB free; the warehouse has {size / 1e9:.1f} GB, and needs {_COPIES} times that free"
    return Finding("room", free > _COPIES * size, detail, "free disk space, or move the data folder")


def _filesystem(layout: Layout) -> Finding:
    """Whether the data folder is on a disk of this machine: locks and atomic renames are not reliable elsewhere."""
    kind = filesystem_of(_existing(layout.data), Path("/proc/mounts").read_text("utf-8"))
    fix = "move the data folder to a local disk; copy it elsewhere as a backup"
    return Finding("file system", kind not in _NETWORK_FILESYSTEMS, f"{layout.data} is on {kind}", fix)


def filesystem_of(folder: Path, mounts: str) -> str:
    """The type of the file system that holds the folder; `mounts` is the text of /proc/mounts."""
    found = [(Path(fields[1]), fields[2]) for line in mounts.splitlines() if len(fields := line.split()) > 2]
    holders = [(point, kind) for point, kind in found if folder.is_relative_to(point)]
    return max(holders, key=lambda held: len(held[0].parts))[1] if holders else "unknown"


def _existing(folder: Path) -> Path:
    """The folder, else the nearest one above it that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _open_files() -> Finding:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return Finding("open files", soft >= _OPEN_FILES, f"{soft} allowed", f"ulimit -n {_OPEN_FILES}, or LimitNOFILE=")
