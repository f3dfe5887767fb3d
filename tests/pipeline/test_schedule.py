"""Sources with one schedule share a run; groups that run every N minutes are spread over the N minutes."""

from __future__ import annotations

import pytest

from flows.pipeline.schedule import MOST, groups
from flows.sources import Source, SourceCatalog


def source(number: int, *, schedule: str = "*/30 * * * *", zone: str = "America/Chicago") -> Source:
    home = f"https://station-{number}.example/"
    return Source(name=f"station-{number}", kind="station", title="A station", home=home, zone=zone, schedule=schedule)


def catalog(*sources: Source) -> SourceCatalog:
    return SourceCatalog(sources={one.name: one for one in sources}, places={})


def test_one_schedule_is_one_group_at_minute_zero() -> None:
    (group,) = groups(catalog(source(1), source(2)))
    assert (group.name, group.cron, group.zone) == (
        "Chicago every 30 min",
        "*/30 * * * *",
        "America/Chicago",
    )
    assert [one.name for one in group.sources] == ["station-1", "station-2"]


def test_groups_of_one_interval_do_not_start_at_the_same_minute() -> None:
    zones = ("America/Chicago", "America/Denver", "America/New_York")
    found = groups(catalog(*(source(number, zone=zone) for number, zone in enumerate(zones))))
    assert [group.cron for group in found] == ["*/30 * * * *", "10-59/30 * * * *", "20-59/30 * * * *"]


@pytest.mark.parametrize("schedule", ["5 4 * * 0", "*/30 6-22 * * *", "0 * * * *"])
def test_another_schedule_is_kept(schedule: str) -> None:
    found = groups(catalog(source(1, schedule=schedule), source(2, schedule=schedule, zone="UTC")))
    assert [group.cron for group in found] == [schedule, schedule]


def test_many_sources_are_split_into_parts_that_share_no_source() -> None:
    sources = [source(number, schedule="*/10 * * * *") for number in range(3 * MOST)]
    found = groups(catalog(*sources))
    assert [group.name for group in found] == [
        "Chicago every 10 min",
        "Chicago every 10 min, part 2",
        "Chicago every 10 min, part 3",
    ]
    assert [group.cron for group in found] == ["*/10 * * * *", "3-59/10 * * * *", "6-59/10 * * * *"]
    names = [one.name for group in found for one in group.sources]
    assert sorted(names) == sorted(one.name for one in sources)
    assert all(len(group.sources) < 1.5 * MOST for group in found)


def test_a_source_that_joins_moves_no_other() -> None:
    sources = [source(number) for number in range(MOST + 20)]
    before = {one.name: group.name for group in groups(catalog(*sources)) for one in group.sources}
    after = {one.name: group.name for group in groups(catalog(*sources, source(999))) for one in group.sources}
    assert after.items() >= before.items()


def test_sources_of_one_host_are_in_one_group() -> None:
    twins = [source(7), source(7).model_copy(update={"name": "twin", "domains": ["a.example", "archive.example"]})]
    found = groups(catalog(*(source(number) for number in range(100, 100 + 2 * MOST)), *twins))
    assert len({group.name for group in found for one in group.sources if one.name in ("station-7", "twin")}) == 1
