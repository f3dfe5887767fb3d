"""The command that serves the explorer: web pages over the published snapshot, on loopback unless told otherwise."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from flows.cli.child import launch, stop
from flows.cli.interrupt import own_end
from flows.cli.options import Data, layout_of, notify
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import ExplorerServer, config_dir

if TYPE_CHECKING:
    from flows.model import Page

_ALL_ADDRESSES: Final = ("0.0.0.0", "::")  # noqa: S104 - compared with, not listened on
Hosts = Annotated[
    list[str] | None, typer.Option("--host", help="A host name, besides loopback, by which browsers may ask for it.")
]


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8080,
    address: Annotated[str, typer.Option("--address", help="The address to listen on.")] = "127.0.0.1",
    host: Hosts = None,
    data: Data = None,
) -> None:
    """Serve the explorer: pages, charts and SQL over the published snapshot, read-only; stop it with Ctrl-C."""
    import uvicorn

    from flows.settings import load_settings
    from flows.web.app import create_app
    from flows.web.explorer import Explorer

    layout = layout_of(data)
    names = [name.lower() for name in (*(host or ()), address) if name not in _ALL_ADDRESSES]
    explorer = Explorer(layout, load_settings(), read_capture, frozenset(names))
    config = uvicorn.Config(create_app(explorer), log_level="warning", server_header=False)
    with _listening(address, port, "; give another --port or --address") as listening:
        shown = names[-1] if names else "127.0.0.1"
        notify(f"explorer: http://{f'[{shown}]' if ':' in shown else shown}:{port}/ (stop it with Ctrl-C)")
        with own_end(), suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def explorer_beside(layout: Layout, explorer: ExplorerServer) -> Iterator[str | None]:
    """Serve the explorer from a process of its own in this block; yields its address, None if config switches it off or
    its port is taken, which is said."""
    if not explorer.port:
        yield None
        return
    try:
        _listening(explorer.host, explorer.port).close()
    except ConfigError as error:
        notify(f"explorer: {error}; it is not served. Set explorer.port in {config_dir() / 'newsvane.toml'}")
        yield None
        return
    names = [name] if (name := urlsplit(explorer.address or "").hostname) else []
    options = ["--port", str(explorer.port), "--address", explorer.host, *(f"--host={name}" for name in names)]
    process = launch("flows", ["serve", *options, "--data", str(layout.data)], layout.prefect / "explorer.log")
    try:
        yield explorer.address
    finally:
        stop(process)


def _listening(address: str, port: int, hint: str = "") -> socket.socket:
    """A socket that listens there; raises ConfigError, which ends with the hint, where another process does, or the
    address is not of this machine."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family)
    except OSError as error:
        raise ConfigError(f"{address}, port {port}: cannot listen there: {error.strerror or error}{hint}") from error


def read_capture(path: Path, offset: int) -> Page | None:
    """The page of the archive record at `offset`, None if the record brought none; raises FileNotFoundError for a file
    that is not there."""
    from flows.fetch.archive.warc_reader import records

    return next((page for _, page in records(path, offset)), None)
