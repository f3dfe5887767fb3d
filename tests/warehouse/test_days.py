"""An exchange counts on the local day of its source, in every time zone and at every change of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest

from flows.warehouse.load import load
from tests.warehouse.conftest import batch, exchange

ZONES = (
    "America/Chicago", "America/St_Johns", "America/Havana", "Pacific/Kiritimati", "Pacific/Pago_Pago",
    "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Beirut", "UTC",
)  # fmt: skip
CHANGES = ("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-25", "2026-11-01", "2025-12-31")


@pytest.mark.parametrize("zone", ZONES)
def test_an_exchange_counts_on_the_local_day_of_its_source(writer: duckdb.DuckDBPyConnection, zone: str) -> None:
    writer.execute(
        "insert into dim_source (source_id, name, kind, title, zone, enabled)"
        " values (1000, 'far', 'site', 'Far', ?, true)",
        [zone],
    )
    expected: dict[object, int] = {}
    exchanges = []
    for change in CHANGES:
        for step in range(-48, 2 * 96 + 48):
            instant = datetime.fromisoformat(change).replace(tzinfo=UTC) + timedelta(minutes=15 * step, microseconds=-1)
            day = instant.astimezone(ZoneInfo(zone)).date()
            expected[day] = expected.get(day, 0) + 1
            exchanges.append(
                (exchange("https://far.test/feed", 0, source="far", purpose="feed", requested_at=instant),)
            )
    load(writer, "exchanges", batch(*exchanges), "1")
    found = writer.execute("select date, channel_reads from fact_source_day where source_id = 1000").fetchall()
    assert dict(found) == expected
