"""The commands about weather history: from a file to the facts, and what they reject before anything is archived."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.warehouse.connection import open_writer
from tests.cli.conftest import Command

DAYS = "USW00013993,20240101,TMAX,11,,,W,\nUSW00013993,20240101,TMIN,-56,,,W,\nUSW00013993,20240102,TMIN,x,,,W,\n"
ASKED = ("--place", "saint-joseph-mo", "--since", "2024-01-01")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--place", "saint-joseph", "--since", "2024-01-01"], "did you mean 'saint-joseph-mo'?"),
        ([*ASKED, "--until", "2023-01-01"], "is after the last day"),
        ([*ASKED, "--dataset", "rain"], "valid are reports, days"),
        ([*ASKED, "--zone", "Chicago"], "not an IANA time zone"),
        ([*ASKED, "--files", "nowhere/*.csv"], "no file matches"),
    ],
)
def test_usage_errors_exit_with_2(newsvane: Command, tmp_path: Path, arguments: list[str], message: str) -> None:
    done = newsvane("weather", "backfill", *arguments, "--data", str(tmp_path / "data"))
    assert done.status == 2
    assert message in done.err
    assert not (tmp_path / "data").exists()


def test_files_are_loaded_and_what_is_wrong_with_them_is_named(newsvane: Command, tmp_path: Path) -> None:
    (tmp_path / "days.csv").write_text(DAYS, "utf-8")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    data = tmp_path / "data"
    done = newsvane("weather", "backfill", *ASKED, "--files", f"{tmp_path}/*.csv", "--data", str(data))
    assert done.status == 1, "one of the files is of no known format"
    assert "other.csv: the format is not known" in done.err
    assert "formats that are read" in done.err
    assert "1 x TMIN: not a number (first: line 3: USW00013993 2024-01-02 x)" in done.err
    with open_writer(Layout.at(data), print) as connection:
        found = connection.execute("select place, date::text, low_f, high_f from weather_by_day").fetchall()
    assert found == [("Saint Joseph", "2024-01-01", 21.92, 33.98)]
    again = newsvane("weather", "backfill", *ASKED, "--files", f"{tmp_path}/days.csv", "--data", str(data))
    assert again.status == 0
    assert "archived before" in again.err
