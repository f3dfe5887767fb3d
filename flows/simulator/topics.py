"""Defines the topics of a simulated newsroom and how their frequency varies with time and weather."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.simulator.phrases_civic import CIVIC
from flows.simulator.phrases_life import LIFE
from flows.simulator.weather import Climate

Shape = Literal["steady", "rising", "fading", "weekly", "cold", "snow", "mild"]
RISE_DAYS = 14  # a rising topic grows for this long, then decays
CYCLE_DAYS = 56  # rising and fading topics repeat after this
HALF_LIFE_DAYS = 5


@dataclass(frozen=True, slots=True)
class Phrases:
    """Sentence patterns of one topic, with `{slots}` as in `str.format`."""

    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    details: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its tags (the first is on every story), section, base weight and shape over time.

    `weekday` (Monday is 0) is the peak day of a weekly topic.
    """

    key: str
    tags: tuple[str, ...]
    section: str
    weight: float
    shape: Shape
    phrases: Phrases
    weekday: int = 0


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a newsroom covers on one local day: topics with their weights, fixed words for the slots of a topic (by its
    key), and the topics of stories that are added to the usual number."""

    topics: tuple[Topic, ...]
    weights: tuple[float, ...]
    slots: Mapping[str, Mapping[str, str]]
    added: tuple[Topic, ...] = ()


def make_topic(
    key: str,
    tags: str,
    section: str,
    patterns: Mapping[str, Mapping[str, list[str]]],
    weight: float = 1.0,
    shape: Shape = "steady",
    weekday: int = 0,
) -> Topic:
    """A topic with the sentence patterns under `key`; `tags` are separated by ` | `."""
    phrases = Phrases(*(tuple(patterns[key][part]) for part in ("headlines", "leads", "details", "quotes")))
    return Topic(key, tuple(tags.split(" | ")), section, weight, shape, phrases, weekday)


def _topic(key: str, tags: str, section: str, weight: float, shape: Shape, weekday: int = 0) -> Topic:
    return make_topic(key, tags, section, {**CIVIC, **LIFE}, weight, shape, weekday)


TOPICS = (
    _topic("strike", "Canning plant strike | Labor | Unions | Jobs | Economy", "News", 4.0, "rising"),
    _topic("flu", "Flu season | Public health | Hospitals | Vaccines", "News", 2.5, "rising"),
    _topic("levee", "Levee repairs | Flooding | Infrastructure | Public works", "News", 5.0, "fading"),
    _topic("election", "Election recount | Elections | County government | Voting", "News", 4.0, "fading"),
    _topic("games", "High school sports | Playoffs | Athletes", "Sports", 4.0, "weekly", 4),
    _topic("council", "City council | Local government | City budget | Taxes", "News", 4.5, "weekly", 0),
    _topic("schools", "Education | School board | Teachers | Students", "News", 3.0, "weekly", 1),
    _topic("pets", "Pet of the week | Animal shelter | Adoption | Pets", "News", 3.0, "weekly", 2),
    _topic("pipes", "Extreme cold | Frozen pipes | Warming shelters | Safety", "Weather", 5.0, "cold"),
    _topic("fire", "House fires | Fire department | Fire safety", "News", 2.0, "cold"),
    _topic("roads", "Winter driving | Snow | Road conditions | Snow plows", "Weather", 6.0, "snow"),
    _topic("crash", "Traffic crashes | Highway Patrol | Traffic", "News", 2.0, "snow"),
    _topic("farms", "Agriculture | Farming | Crop prices | Harvest", "News", 1.5, "mild"),
    _topic("crime", "Crime | Police | Courts | Arrests", "News", 2.5, "steady"),
    _topic("business", "Local business | Economy | Downtown", "News", 1.5, "steady"),
    _topic("events", "Community events | Volunteers | Charity | Holidays", "News", 1.8, "steady"),
)


def regular_agenda(day: date, number: int, climate: Climate) -> Agenda:
    """The agenda of a world without storylines on a local day, day `number` (from 0) of the world."""
    return Agenda(TOPICS, tuple(weight(topic, day, number, climate) for topic in TOPICS), {})


def weight(topic: Topic, day: date, number: int, climate: Climate) -> float:
    """The relative frequency of the topic on a local day, day `number` (from 0) of the world."""
    cycle_day = number % CYCLE_DAYS
    factor = {
        "steady": 1.0,
        "rising": 0.05 + (cycle_day / RISE_DAYS if cycle_day <= RISE_DAYS else _decay(cycle_day - RISE_DAYS)),
        "fading": max(0.03, _decay(cycle_day)),
        "weekly": 1.0 if day.weekday() == topic.weekday else 0.15,
        "cold": 1.0 if climate.is_cold(day) else 0.08,
        "snow": 1.0 if climate.is_snowy(day) else 0.1,
        "mild": 0.3 if climate.is_cold(day) or climate.is_snowy(day) else 1.0 + 0.3 * math.sin(number / 9),
    }[topic.shape]
    return topic.weight * factor


def _decay(days: int) -> float:
    return math.pow(0.5, days / HALF_LIFE_DAYS)
