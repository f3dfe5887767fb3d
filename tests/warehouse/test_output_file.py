"""Output files: whole under their name, or not there."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.warehouse.output_file import whole_file


def test_a_file_replaces_the_old_one_at_the_end_of_the_block(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")
    with whole_file(out) as path:
        path.write_text("new")
        assert out.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
    assert out.read_text() == "new"


def test_a_block_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    def half() -> None:
        with whole_file(tmp_path / "out.csv") as path:
            path.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    out = tmp_path / "none" / "out.csv"
    with pytest.raises(ConfigError, match=f"{out}: cannot be written: No such file"), whole_file(out) as path:
        path.write_text("new")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "target.csv").write_text("old")
    (tmp_path / "out.csv").symlink_to("target.csv")
    with whole_file(tmp_path / "out.csv") as path:
        path.write_text("new")
    assert (tmp_path / "out.csv").is_symlink()
    assert (tmp_path / "target.csv").read_text() == "new"


def test_the_permissions_stay_while_it_is_written_and_after(tmp_path: Path) -> None:
    out = tmp_path / "newsvane.toml"
    out.write_text("old")
    out.chmod(0o600)
    with whole_file(out) as path:
        path.write_text("new")
        assert path.stat().st_mode & 0o777 == 0o600
    assert (out.read_text(), out.stat().st_mode & 0o777) == ("new", 0o600)


def test_a_pipe_is_written_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with whole_file(pipe) as path:
        path.write_text("rows")
    reader.join()
    assert read == ["rows"]
    assert pipe.is_fifo()
