"""Gathers what happened on one day for everyone who shows it: what came, what rises, weather, alerts and closings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from flows.counts import count_text
from flows.topic_config import normalize_label
from flows.trends.charts import cell
from flows.web.drilldown import link
from flows.web.explorer import Explorer, Row
from flows.web.sentences import expected_text, ratio_text
from flows.web.wording import day_text, value_text

_RISING: Final = 8
_RISING_DAYS: Final = 7
_ENDED_HOURS: Final = 24
_USUAL_DAYS: Final = 7  # from so many days on, a number of articles is called usual
READING: Final = ("place", "temp_f", "feels_like_f", "condition", "usual_low_temp_f", "usual_high_temp_f", "read_at")


@dataclass(frozen=True, slots=True)
class Rise:
    """One rising topic: articles now and expected, ratio with interval, sources; and the pages of the explorer with its
    articles and with its curve."""

    topic: str
    text: str
    articles: str
    curve: str


def day_summary(arrivals: Sequence[Row], day: date, *, is_over: bool) -> list[str]:
    """What came on the day, and each source with an unusual number of articles: few are unusual only after a day that
    `is_over`. `arrivals` is sql/web/arrivals.sql."""
    watched = [row for row in arrivals if row["observed"]]
    if not watched:
        return [f"No source was observed on {day_text(day)}."]
    new, posted = sum(row["new_articles"] for row in watched), sum(row["posted"] or 0 for row in arrivals)
    found = [
        f"{count_text(new, 'new article')} at {len(watched)} of {count_text(len(arrivals), 'source')}; "
        f"{count_text(posted, 'known article was', 'known articles were')} posted on this day."
    ]
    for row in watched:
        if row["usual_days"] < _USUAL_DAYS:
            continue
        if row["new_articles"] > row["usual_high"] or (is_over and row["new_articles"] < row["usual_low"]):
            found.append(
                f"{row['source']}: {row['new_articles']} new, usually {value_text(row['usual'])} "
                f"({row['usual_low']} to {row['usual_high']} on nine of ten days, n = {row['usual_days']} days)."
            )
    return found


def rising(explorer: Explorer, day: date) -> list[Rise]:
    """The topics with more articles in the seven days up to `day` than expected, beyond the interval; at most eight."""
    table = explorer.trend("rising_topics", {"until": str(day)})
    since = day - timedelta(days=_RISING_DAYS - 1)
    rows: list[Row] = [dict(zip(table.columns, row, strict=True)) for row in table.rows[:_RISING]]
    topics = [normalize_label(cell(row["topic"])) for row in rows]
    found = explorer.rows("topic_sources", topics=topics, since=since, until=day) if topics else []
    sources = {row["topic"]: row for row in found}
    rises = []
    for row, topic in zip(rows, topics, strict=True):
        if row["ratio_low"] is None or row["ratio_low"] <= 1:
            continue
        text = f"{count_text(row['articles'], 'article')} in {_RISING_DAYS} days, {expected_text(row)}"
        if at := sources.get(topic):
            text += f"; {at['sources']} of {count_text(at['observed_sources'], 'source')}"
        articles = link("/articles", topic=topic, since=since, until=day, observed=1, leaf=1)
        rises.append(Rise(row["topic"], f"{text}; {ratio_text(row)}.", articles, link("/topics", topic=topic)))
    return rises


def readings(explorer: Explorer, now: datetime) -> list[Row]:
    """The latest reading of each place up to `now` (aware), beside its usual low and high."""
    return [{name: row[name] for name in READING} for row in explorer.rows("weather_now", now=now)]


def alerts(explorer: Explorer, now: datetime) -> list[Row]:
    """The alerts in force at `now` (aware), then those that ended in the 24 hours before."""
    return explorer.rows("alerts", now=now, hours=_ENDED_HOURS)


def end_of_day(explorer: Explorer, day: date) -> datetime:
    """The end of the day in the explorer's zone, at most now; UTC."""
    end = datetime.combine(day + timedelta(days=1), time(), explorer.zone).astimezone(UTC)
    return min(end, explorer.now())
