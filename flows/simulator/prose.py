"""Writes local stories: fills a topic's sentence patterns so that hundreds of them read plausibly and differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from flows.simulator import words
from flows.simulator.fixtures import Station, Town
from flows.simulator.topics import Topic

CUT_AT = 105


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as written: `headlines` and `spare` sentences are kept for later edits."""

    headlines: tuple[str, ...]
    summary: str | None
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]
    spare: tuple[str, ...]
    town: Town


def local_story(topic: Topic, station: Station, day: date, luck: Random) -> Draft:
    """One story about `topic` on a local day."""
    town, other = luck.sample(station.towns, 2)
    slots = _slots(station, town, other, day, luck)
    headlines = tuple(fill(text, slots) for text in luck.sample(topic.phrases.headlines, len(topic.phrases.headlines)))
    lead, spare_lead = (fill(text, slots) for text in luck.sample(topic.phrases.leads, 2))
    details = [fill(text, slots) for text in luck.sample(topic.phrases.details, len(topic.phrases.details))]
    quotes = [_quote(fill(text, slots), luck) for text in luck.sample(topic.phrases.quotes, 2)]
    count = luck.randint(2, len(details) - 1)
    body = [lead, *_paired(details[:count])]
    body[2:2] = quotes[: luck.randint(1, 2)]
    tags = [topic.tags[0], *luck.sample(topic.tags[1:], luck.randint(1, min(3, len(topic.tags) - 1)))]
    tags += [town.name] + [slots["company"]] * ("{company}" in lead and luck.random() < 0.5)
    return Draft(
        headlines=headlines,
        summary=summarise(headlines[0], lead, spare_lead, luck),
        paragraphs=tuple(body),
        tags=tuple(dict.fromkeys(tags)),
        spare=(spare_lead, *details[count:]),
        town=town,
    )


def forecast_story(station: Station, day: date, text: str, luck: Random) -> Draft:
    """The daily forecast: its headline is the same every week, and is no reason to drop it."""
    town = station.towns[0]
    outlook = [
        f"Good morning, {station.county}.",
        text,
        luck.choice(
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


def fill(pattern: str, slots: dict[str, str]) -> str:
    """One pattern with its slots filled."""
    return pattern.format_map(slots)


def summarise(headline: str, lead: str, other_lead: str, luck: Random) -> str | None:
    """The line under a headline: a sentence of its own, a cut lead, the headline again, or none."""
    mood = luck.random()
    if mood < 0.15:
        return None
    if mood < 0.25:
        return headline
    return cut(lead) if mood < 0.5 else other_lead


def cut(text: str) -> str:
    """`text` as the content system shortens it: cut in mid-word near 105 characters, with three dots."""
    return text if len(text) <= CUT_AT else text[:CUT_AT].rstrip() + "..."


def _quote(text: str, luck: Random) -> str:
    person = f"{luck.choice(words.FIRST)} {luck.choice(words.LAST)}"
    speaker = luck.choice([f"{luck.choice(words.ROLES)} {person}", f"{person}, who lives nearby"])
    return luck.choice([f'"{text}," said {speaker}.', f"“{text},” {speaker} said."])


def _paired(sentences: list[str]) -> list[str]:
    return [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


def _slots(station: Station, town: Town, other: Town, day: date, luck: Random) -> dict[str, str]:
    team, other_team = luck.sample(station.teams, 2)
    item, crop, sport, charge = (luck.choice(pool) for pool in (words.ITEMS, words.CROPS, words.SPORTS, words.CHARGES))
    low = luck.randint(38, 70)
    following = day + timedelta(days=luck.randint(1, 6))
    return {
        "town": town.name, "other_town": other.name, "county": station.county, "river": station.river,
        "highway": station.highway, "street": luck.choice(words.STREETS), "company": luck.choice(words.COMPANIES),
        "school": luck.choice(words.SCHOOLS), "person": f"{luck.choice(words.FIRST)} {luck.choice(words.LAST)}",
        "weekday": f"{day:%A}", "next_day": f"{following:%A}", "year": str(day.year - luck.randint(2, 30)),
        "n": str(luck.randint(4, 19)), "m": str(luck.randint(20, 95)), "small": str(luck.randint(2, 6)),
        "hundreds": str(luck.randint(11, 98) * 10), "percent": str(luck.randint(11, 88)),
        "decades": str(luck.randint(2, 5) * 10), "age": str(luck.randint(19, 71)),
        "money": luck.choice([f"${luck.randint(2, 97)},000", f"${luck.randint(1, 9)}.{luck.randint(1, 9)} million"]),
        "vote": luck.choice(["5-4", "6-3", "7-2", "8-1"]), "charge": charge, "charge_title": charge.capitalize(),
        "team": team, "other_team": other_team, "score": f"{low + luck.randint(1, 15)}-{low}",
        "sport": sport, "sport_title": sport.capitalize(), "pet": luck.choice(words.PETS),
        "breed": luck.choice(words.BREEDS), "crop": crop, "crop_title": crop.capitalize(),
        "event": luck.choice(words.EVENTS), "item": item, "item_short": item.split(" ", 1)[-1],
    }  # fmt: skip
