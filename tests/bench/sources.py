"""Benchmarks an ingest of many sources that are due at once, with unchanged feeds on loopback.

`python -m tests.bench.sources` (`make bench-sources`) reads each source twice and reports the second run: seconds, peak
memory, requests, and how many sources a machine serves at a given pace.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from flows.settings import ROOT
from tests.server import environment

_FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>S</title>
<item><title>Council meets</title><link>{base}/story/1</link></item></channel></rss>"""
_PAGE = "<!doctype html><title>Council meets</title><article><h1>Council meets</h1><p>The council met.</p></article>"
_SOURCE = """
kind = "site"
title = "Source {number}"
home = "{base}/"
zone = "UTC"
feeds = ["{base}/feed.xml"]
delay_s = 0
allow_addresses = ["127.0.0.0/8"]
"""
_PACE_S = 5  # seconds between two requests at a real host
_EVERY_S = 600  # seconds between two runs


class _Handler(BaseHTTPRequestHandler):
    """A site with a feed of one article, which never changes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        found = {"/feed.xml": ("application/rss+xml", _FEED.format(base=base)), "/story/1": ("text/html", _PAGE)}
        kind, text = found.get(self.path, ("text/plain", ""))
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


def main() -> None:
    """Run the benchmark and print its report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--prefect", action="store_true", help="with a temporary Prefect server, its start included")
    asked = parser.parse_args()
    count = asked.sources
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        config = Path(shutil.copytree(ROOT / "config", Path(folder) / "config"))
        shutil.rmtree(config / "sources")
        (config / "sources").mkdir()
        for number in range(count):
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), _Handler))
            Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            stack.callback(server.shutdown)
            text = _SOURCE.format(number=number, base=f"http://127.0.0.1:{server.server_port}")
            (config / "sources" / f"s{number:04}.toml").write_text(text, "utf-8")
        command = [sys.executable, "-m", "flows", "ingest", "--data", f"{folder}/data"]
        command += ["--prefect"] if asked.prefect else []
        for name in ("first run", "unchanged"):
            begun = time.monotonic()
            done = subprocess.run(command, env=environment(config), capture_output=True, text=True, timeout=1800)
            seconds = time.monotonic() - begun
            memory_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            read = done.stderr.count(" found, ")
            print(
                f"{name}: {count} sources, exit {done.returncode}, {read} reports, {seconds:.1f} s, {memory_mb:.0f} MB"
            )
    per_source = seconds / count
    print(
        f"{1000 * per_source:.0f} ms a source: {_EVERY_S / per_source:,.0f} sources every {_EVERY_S} s; at {_PACE_S} s "
        f"a request, 1,000 sources with 3 requests each need {1000 * 3 * _PACE_S / _EVERY_S:.0f} hosts at the same time"
    )


if __name__ == "__main__":
    main()
