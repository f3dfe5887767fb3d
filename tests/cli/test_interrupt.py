"""Ctrl-C ends a command within two seconds with exit code 130, also inside a call that hears no signal."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from flows.settings import ROOT
from tests.server import is_running, wait_for

PROGRAM = """
import time
from flows.cli.interrupt import ends_at_interrupt, keeping
with ends_at_interrupt(), keeping(lambda: "12 files loaded"):
    try:
        print("ready", flush=True)
        {work}
    finally:
        {cleanup}
"""


@pytest.mark.parametrize(
    ("work", "cleanup"),
    [
        ("time.sleep(300)", "pass"),
        ("time.sleep(300)", "time.sleep(300)"),  # its clean-up hangs
        ("import hashlib; hashlib.pbkdf2_hmac('sha256', b'', b'', 10 ** 9)", "pass"),  # one long call of a C library
    ],
)
def test_the_command_ends_soon_and_says_what_is_kept(work: str, cleanup: str) -> None:
    program = PROGRAM.format(work=work, cleanup=cleanup)
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=30)  # the work takes minutes
    assert process.returncode == 130
    assert "stopped: 12 files loaded" in messages
    assert "Traceback" not in messages


def test_it_ends_with_130_when_nobody_reads_its_messages() -> None:
    program = PROGRAM.format(work="time.sleep(300)", cleanup="pass")
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stderr.close()
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130


CHILD = """
import subprocess, sys, time
from flows.cli.interrupt import ends_at_interrupt
with ends_at_interrupt():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], stdout=subprocess.DEVNULL)
    try:
        print(child.pid, flush=True)
        time.sleep(300)
    finally:
        time.sleep(300)
"""
OWN_END = """
import sys
from flows.cli import interrupt
interrupt._GRACE_S = 0
with interrupt.ends_at_interrupt(), interrupt.own_end():
    try:
        print("ready", flush=True)
        sys.stdin.readline()
    except KeyboardInterrupt:
        print("interrupted", flush=True)
        sys.stdin.readline()
        print("cleaned up", flush=True)
"""


def test_the_children_of_the_command_end_with_it() -> None:
    process = subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    child = int(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert wait_for(lambda: not is_running(child), 30)


def test_a_command_with_an_end_of_its_own_takes_its_time() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", OWN_END], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "interrupted\n"
    printed, _ = process.communicate("\n", timeout=30)
    assert (printed, process.returncode) == ("cleaned up\n", 0)
