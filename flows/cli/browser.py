"""Prints an HTML file with a browser of this machine: as PDF, or as one picture."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from flows.errors import NewsvaneError
from flows.warehouse.output_file import whole_file

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
# A browser without a window that asks no server for anything.
HEADLESS: Final = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
_DRAWN: Final = "--virtual-time-budget=20000"  # ms for the scripts of the page
_ATTEMPTS: Final = 3  # on a busy machine that time may end before the first frame
_WIDTH: Final = 1200
_LARGEST: Final = 16_000  # pixels of a picture's height: browsers draw no more
_TIMEOUT_S: Final = 120
_HEIGHT: Final = re.compile(r'<html[^>]* data-height="(\d+)"')


def print_pdf(page: Path, out: Path) -> None:
    """Print the HTML file to the PDF `out`, whole or not at all. Raises NewsvaneError without a browser, or where it
    fails."""
    with whole_file(out) as path:
        _run(page, "--no-pdf-header-footer", f"--print-to-pdf={path}")
        _check(path, out)


def print_png(page: Path, out: Path) -> None:
    """Draw the HTML file, as high as it is, to the picture `out`, whole or not at all; errors as for `print_pdf`."""
    height = _height(page)
    with whole_file(out) as path:
        # The browser takes the kind of the picture from the ending.
        drawn = path.with_name(f"{path.name}.png")
        _run(page, f"--screenshot={drawn}", f"--window-size={_WIDTH},{height}")
        _check(drawn, out)
        drawn.replace(path)


def _height(page: Path) -> int:
    """How high the page is once its charts are drawn, in pixels."""
    for _ in range(_ATTEMPTS):
        if found := _HEIGHT.search(_run(page, "--dump-dom", f"--window-size={_WIDTH},900")):
            return min(int(found[1]), _LARGEST)
    raise NewsvaneError(f"the browser did not draw the charts of {page}")


def _run(page: Path, *arguments: str) -> str:
    browser = next(filter(None, map(shutil.which, _NAMES)), None)
    if browser is None:
        raise NewsvaneError(
            f"a PDF or a picture needs a browser: install Chromium (`apt-get install chromium`), or print {page} from "
            "your own"
        )
    # As root, which containers run as, Chromium starts without its sandbox only; the page runs nothing but our scripts.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = [*HEADLESS, _DRAWN, *as_root, f"--user-data-dir={profile}", *arguments]
        command = [browser, *options, page.resolve().as_uri()]
        try:
            # Our own file, shown by a browser.
            done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=True)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise NewsvaneError(f"{browser} did not draw {page} within {_TIMEOUT_S} s") from error
        except (OSError, subprocess.CalledProcessError) as error:
            raise NewsvaneError(f"{browser} did not draw {page}: {error}") from error
    return done.stdout.decode("utf-8", "replace")


def _check(drawn: Path, out: Path) -> None:
    if not drawn.exists() or not drawn.stat().st_size:
        raise NewsvaneError(f"{out}: the browser wrote nothing")
