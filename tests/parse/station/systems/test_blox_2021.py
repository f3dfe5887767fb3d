"""The UUID of a BLOX article and the time it may hold."""

from __future__ import annotations

from datetime import UTC, datetime

from flows.parse.dates.moments import moment
from flows.parse.station.systems.blox_2021 import uuid_note, uuid_time


def test_only_a_version_one_uuid_holds_a_time() -> None:
    made = uuid_time("6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a")
    assert made is not None
    assert made.replace(second=0, microsecond=0) == datetime(2022, 1, 2, 13, 18, tzinfo=UTC)
    assert uuid_time("6cbbf41a-6bce-41ec-9f22-1f2e3d4c5b6a") is None
    late = moment("2022-02-02T09:00:00-06:00", None)
    assert "two days apart" in (uuid_note("6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a", late) or "")
    assert uuid_note("6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a", moment("2022-01-02T09:00:00-06:00", None)) is None
    assert (uuid_note("6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a", None) or "").startswith("published: the page has no date")
