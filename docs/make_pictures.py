"""Makes the pictures of the documentation from the demo: the explorer, the runs in the Prefect UI, and each
trend that is a chart.

Usage: python docs/make_pictures.py DATA

DATA is a data folder of `newsvane demo`. It needs Chromium (`apt-get install chromium`) and writes to docs/pictures.
"""

from __future__ import annotations

import base64
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from websockets.sync.client import ClientConnection as Connection
from websockets.sync.client import connect

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flows.cli.browser import HEADLESS  # noqa: E402
from flows.trends import catalog  # noqa: E402

PICTURES: Final = ROOT / "docs" / "pictures"
EXPLORER, PREFECT = "http://127.0.0.1:8081/", "http://127.0.0.1:4201/"
STARTED_WITHIN_S: Final = 120
DRAWN_WITHIN_S: Final = 120
# Scripts that say whether a page is drawn.
STILL: Final = (
    "document.getAnimations().every(one => one.playState !== 'running' || one.effect.getTiming().iterations > 9)"
)
CHARTS_DRAWN: Final = "document.querySelectorAll('.chart svg').length > 0"
RUNS_COMPLETED: Final = "(document.body.innerText.match(/Completed/g) ?? []).length > 6"


@contextmanager
def demo_up(data: str) -> Iterator[None]:
    """`newsvane up --demo` on the data folder, until both pages answer; stopped at the end."""
    command = [sys.executable, "-m", "flows", "up", "--demo", "--data", data]
    service = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        for address in (EXPLORER, f"{PREFECT}api/health"):
            wait_for(address, service)
        yield
    finally:
        service.send_signal(signal.SIGINT)
        service.wait(60)


def wait_for(address: str, service: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < last:
        if service.poll() is not None:
            raise SystemExit(f"make_pictures: newsvane up ended with exit code {service.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.5)
    raise SystemExit(f"make_pictures: {address} did not answer within {STARTED_WITHIN_S} s")


@contextmanager
def browser_at(browser: str, width: int, height: int) -> Iterator[Connection]:
    """A page in a headless browser, as a connection that speaks the DevTools protocol."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [browser, *HEADLESS, "--no-sandbox", f"--window-size={width},{height}", f"--user-data-dir={profile}"]
        process = subprocess.Popen(
            [*command, "--remote-debugging-port=0", "about:blank"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        try:
            told = Path(profile) / "DevToolsActivePort"
            until(lambda: told.exists() and told.read_text("utf-8").count("\n") > 0, "the browser")
            port = told.read_text("utf-8").splitlines()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=5) as answer:
                page = next(one for one in json.load(answer) if one["type"] == "page")
            with connect(page["webSocketDebuggerUrl"], max_size=None) as connection:
                yield connection
        finally:
            process.terminate()
            process.wait(30)


def ask(page: Connection, method: str, **params: object) -> dict[str, Any]:
    """The result of one DevTools command."""
    page.send(json.dumps({"id": 1, "method": method, "params": params}))
    while True:
        answer: dict[str, Any] = json.loads(page.recv(timeout=DRAWN_WITHIN_S))
        if answer.get("id") == 1:
            return dict(answer["result"])


def until(is_so: Callable[[], bool], what: str) -> None:
    last = time.monotonic() + DRAWN_WITHIN_S
    while not is_so():
        if time.monotonic() > last:
            raise SystemExit(f"make_pictures: {what} did not get ready within {DRAWN_WITHIN_S} s")
        time.sleep(0.5)


def picture(page: Connection, address: str, drawn: str, name: str) -> None:
    """One address as docs/pictures/NAME.png, once the script `drawn` says that it is drawn and nothing moves."""
    ask(page, "Page.navigate", url=address)
    for script in (drawn, STILL):
        until(lambda: ask(page, "Runtime.evaluate", expression=script)["result"].get("value") is True, address)  # noqa: B023
    target = PICTURES / f"{name}.png"
    target.write_bytes(base64.b64decode(ask(page, "Page.captureScreenshot")["data"]))
    sys.stdout.write(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} kB\n")


def draw_trends(data: str) -> None:
    """Each trend that is a chart, and has an answer, as docs/pictures/NAME.svg."""
    for name in catalog.names():
        if catalog.load(name).chart != "table":
            target = PICTURES / f"{name}.svg"
            command = [sys.executable, "-m", "flows", "trend", name, "--data", data, "--out", str(target)]
            phrase = ["--phrase", "bridge; storm"] if name == "phrase_frequency" else []
            subprocess.run([*command, *phrase], cwd=ROOT, stderr=subprocess.DEVNULL, timeout=120, check=False)
            sys.stdout.write(f"{name}: {'drawn' if target.exists() else 'no answer'}\n")


def main(words: list[str]) -> int:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None or len(words) != 1:
        raise SystemExit(__doc__ if browser else "make_pictures: Chromium not found: apt-get install chromium")
    PICTURES.mkdir(exist_ok=True)
    with demo_up(words[0]), browser_at(browser, 1200, 1000) as page:
        picture(page, f"{PREFECT}runs", RUNS_COMPLETED, "prefect")
        picture(page, EXPLORER, CHARTS_DRAWN, "today")
    draw_trends(words[0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
