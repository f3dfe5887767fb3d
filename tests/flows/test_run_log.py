"""A run that `newsvane up` started knows whether that one is still there."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from flows.cli.prefect_server import only_up
from flows.errors import NewsvaneError
from flows.run_log import is_up
from flows.settings import Layout


def test_up_is_there_while_it_holds_its_lock(tmp_path: Path) -> None:
    lock = tmp_path / "up.lock"
    with lock.open("w") as file:
        file.write("17")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        assert is_up("17", lock)
        assert not is_up("18", lock)  # a later `up` holds the lock
    assert not is_up("17", lock)


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
