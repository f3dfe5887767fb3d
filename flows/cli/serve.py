"""The command that serves the explorer: web pages over the published snapshot, on loopback unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.interrupt import own_end
from flows.cli.options import Data, layout_of, notify

if TYPE_CHECKING:
    from flows.model import Page

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
    explorer = Explorer(layout, load_settings(), read_capture, frozenset(name.lower() for name in host or ()))
    notify(f"explorer: http://{f'[{address}]' if ':' in address else address}:{port}/ (stop it with Ctrl-C)")
    with own_end():
        uvicorn.run(create_app(explorer), host=address, port=port, log_level="warning", server_header=False)


def read_capture(path: Path, offset: int) -> Page | None:
    """The page of the archive record at `offset`, None if the record brought none; raises FileNotFoundError for a file
    that is not there."""
    from flows.fetch.archive.warc_reader import records

    return next((page for _, page in records(path, offset)), None)
