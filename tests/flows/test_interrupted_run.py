"""Ctrl-C of a run that Prefect records: it ends soon, says what is kept, and is not counted as running for ever."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler

import pytest

from tests.fetch.sites import STORY, rss, serve
from tests.server import Up, environment, wait_for

pytestmark = pytest.mark.prefect

SOURCE = """
kind = "site"
title = "A slow town"
home = "{url}/"
zone = "UTC"
feeds = ["{url}/feed"]
delay_s = 0
allow_addresses = ["127.0.0.1/32"]
schedule = "5 4 * * 0"
"""


def test_an_interrupted_ingest_is_cancelled_on_the_server(up: Up) -> None:
    is_released = threading.Event()

    def never(handler: BaseHTTPRequestHandler) -> None:
        is_released.wait(60)

    file = up.config / "sources" / "slow.toml"
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = never
        file.write_text(SOURCE.format(url=site.url), "utf-8")
        try:
            command = [sys.executable, "-m", "flows", "ingest", "slow", "--data", str(up.data)]
            process = subprocess.Popen(command, env=environment(up.config), stderr=subprocess.PIPE, text=True)
            wait_for(lambda: site.requests(STORY))
            process.send_signal(signal.SIGINT)
            _, messages = process.communicate(timeout=30)
        finally:
            is_released.set()
            file.unlink()
    assert process.returncode == 130
    assert "stopped: 2 exchanges are in the archive; the next `newsvane ingest` goes on from there" in messages
    assert "Traceback" not in messages
    runs = up.post("/flow_runs/filter", flow_runs={"name": {"like_": "slow · "}})
    assert [(run["state"]["type"], run["state"]["message"]) for run in runs] == [
        ("CANCELLED", "stopped by Ctrl-C; what was archived or loaded is kept")
    ]
