"""Writes local stories by filling a topic's sentence patterns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from flows.simulator import words
from flows.simulator.fixtures import Station, Town
from flows.simulator.topics import Topic

CUT_AT = 105


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as written; the other `headlines` and the `spare` sentences are used by later revisions."""

    headlines: tuple[str, ...]
    summary: str | None
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]
    spare: tuple[str, ...]
    town: Town


def local_story(
    topic: Topic, station: Station, day: date, rng: Random, fixed: Mapping[str, str] | None = None
) -> Draft:
    """One story about `topic` on a local day; `fixed` sets slots that are otherwise filled at random."""
    town, other = rng.sample(station.towns, 2)
    slots = {**_slots(station, town, other, day, rng), **(fixed or {})}
    headlines = tuple(
        _capital(text.format_map(slots)) for text in rng.sample(topic.phrases.headlines, len(topic.phrases.headlines))
    )
    lead, spare_lead = (text.format_map(slots) for text in rng.sample(topic.phrases.leads, 2))
    details = [text.format_map(slots) for text in rng.sample(topic.phrases.details, len(topic.phrases.details))]
    quotes = [_quote(text.format_map(slots), rng) for text in rng.sample(topic.phrases.quotes, 2)]
    count = rng.randint(2, len(details) - 1)
    body = [lead, *_paired(details[:count])]
    body[2:2] = quotes[: rng.randint(1, 2)]
    tags = [topic.tags[0], *rng.sample(topic.tags[1:], rng.randint(1, min(3, len(topic.tags) - 1)))]
    tags += [town.name] + [slots["company"]] * ("{company}" in lead and rng.random() < 0.5)
    return Draft(
        headlines=headlines,
        summary=summarize(headlines[0], lead, spare_lead, rng),
        paragraphs=tuple(body),
        tags=tuple(dict.fromkeys(tags)),
        spare=(spare_lead, *details[count:]),
        town=town,
    )


def _capital(text: str) -> str:
    """The text with a capital at its beginning, which a slot such as `the road tax` does not have."""
    return text[:1].upper() + text[1:]


def forecast_story(station: Station, day: date, text: str, rng: Random) -> Draft:
    """The daily forecast. Its headline repeats every week: readers must not treat that as a duplicate."""
    town = station.towns[0]
    outlook = [
        f"Good morning, {station.county}.",
        text,
        rng.choice(
            [
                "Keep an umbrella in the car, just in case.",
                "Dress in layers and check back tonight for the newest numbers.",
                "The weekend forecast will firm up tomorrow.",
                "Our radar is on the air around the clock.",
            ]
        ),
    ]
    labels = f"MAPS: Radar and temperatures LIVE: {station.call_sign} skycam CLOSINGS: School & Business Closings"
    tags = ("Forecast", "Weather", town.name)
    return Draft((f"{day:%A} forecast",), None, tuple(outlook), tags, (labels,), town)


def summarize(headline: str, lead: str, other_lead: str, rng: Random) -> str | None:
    """The line under a headline: another lead, the cut lead, the headline again, or None."""
    draw = rng.random()
    if draw < 0.15:
        return None
    if draw < 0.25:
        return headline
    return cut(lead) if draw < 0.5 else other_lead


def cut(text: str) -> str:
    """`text` as the content system shortens it: cut at 105 characters, even within a word, with three dots."""
    return text if len(text) <= CUT_AT else text[:CUT_AT].rstrip() + "..."


def _quote(text: str, rng: Random) -> str:
    person = f"{rng.choice(words.FIRST)} {rng.choice(words.LAST)}"
    speaker = rng.choice([f"{rng.choice(words.ROLES)} {person}", f"{person}, who lives nearby"])
    return rng.choice([f'"{text}," said {speaker}.', f"“{text},” {speaker} said."])


def _paired(sentences: list[str]) -> list[str]:
    return [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


def _slots(station: Station, town: Town, other: Town, day: date, rng: Random) -> dict[str, str]:
    team, other_team = rng.sample(station.teams, 2)
    item, crop, sport, charge = (rng.choice(pool) for pool in (words.ITEMS, words.CROPS, words.SPORTS, words.CHARGES))
    low = rng.randint(38, 70)
    following = day + timedelta(days=rng.randint(1, 6))
    return {
        "town": town.name, "other_town": other.name, "county": station.county, "river": station.river,
        "highway": station.highway, "street": rng.choice(words.STREETS), "company": rng.choice(words.COMPANIES),
        "school": rng.choice(words.SCHOOLS), "person": f"{rng.choice(words.FIRST)} {rng.choice(words.LAST)}",
        "weekday": f"{day:%A}", "next_day": f"{following:%A}", "year": str(day.year - rng.randint(2, 30)),
        "n": str(rng.randint(4, 19)), "m": str(rng.randint(20, 95)), "small": str(rng.randint(2, 6)),
        "hundreds": str(rng.randint(11, 98) * 10), "percent": str(rng.randint(11, 88)),
        "decades": str(rng.randint(2, 5) * 10), "age": str(rng.randint(19, 71)),
        "money": rng.choice([f"${rng.randint(2, 97)},000", f"${rng.randint(1, 9)}.{rng.randint(1, 9)} million"]),
        "vote": rng.choice(["5-4", "6-3", "7-2", "8-1"]), "charge": charge, "charge_title": charge.capitalize(),
        "team": team, "other_team": other_team, "score": f"{low + rng.randint(1, 15)}-{low}",
        "sport": sport, "sport_title": sport.capitalize(), "pet": rng.choice(words.PETS),
        "breed": rng.choice(words.BREEDS), "crop": crop, "crop_title": crop.capitalize(),
        "event": rng.choice(words.EVENTS), "item": item, "item_short": item.split(" ", 1)[-1],
    }  # fmt: skip
