"""A run that `newsvane up` started knows whether that one is still there."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli.prefect_server import only_up
from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.run_log import STARTED_BY, is_up
from flows.settings import ROOT


def test_up_is_there_while_it_holds_its_lock(tmp_path: Path) -> None:
    lock = tmp_path / "up.lock"
    with lock.open("w") as file:
        file.write("17")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        assert is_up("17", lock)
        assert not is_up("18", lock)  # a later `up` holds the lock
    assert not is_up("17", lock)
    lock.unlink()
    assert not is_up("17", lock)  # the data folder was removed


def test_a_process_of_an_up_that_is_gone_ends_before_its_run_begins(tmp_path: Path) -> None:
    code = "import sys, flows.run_log; sys.stdin.read()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), STARTED_BY: f"17:{tmp_path / 'up.lock'}"}
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdin=subprocess.PIPE) as process:
        try:
            assert process.wait(60) == 1
        finally:
            process.kill()


def test_a_data_folder_has_one_up(tmp_path: Path) -> None:
    layout = Layout.at(tmp_path)
    with only_up(layout):
        pid = layout.up_lock.read_text()
        assert is_up(pid, layout.up_lock)
        with (
            pytest.raises(NewsvaneError, match=rf"is running on {tmp_path} already \(process {pid}\)"),
            only_up(layout),
        ):
            pass
    with only_up(layout):
        pass
