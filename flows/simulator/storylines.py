"""Schedules what happens in a world that ends at an epoch: four-week chapters, each with a storm, a vote and trends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from flows.simulator import words
from flows.simulator.fixtures import Station
from flows.simulator.phrases_storylines import STORYLINES
from flows.simulator.rng import make_rng
from flows.simulator.storms import Storm, is_winter, storm_of_season
from flows.simulator.topics import TOPICS, Agenda, Topic, make_topic, weight
from flows.simulator.weather import Climate

CHAPTER_DAYS = 28
STORM_DAYS = 4  # Tuesday to Friday of the storm week
_STORM_WEIGHTS = {-1: 4.0, 0: 14.0, 1: 14.0, 2: 14.0, 3: 14.0, 4: 6.0, 5: 3.0, 6: 2.0}  # by day of the storm
_STORM_ADDED = 4  # stories a day on top of the usual number
_VOTE_ADDED = {-1: 1, 0: 2, 1: 3, 2: 1}  # likewise, by day after the vote
_FADE_LOW, _FADE_HIGH = 0.2, 9.0
# The rising topic has a story at a station every few days; over the last seven days it leads the news. So clear a rise
# is beyond what topics of a small world do by chance.
_RISE_EVERY_DAYS = 4
_RISE_WEIGHT = 16.0
_RISE_ADDED = (4, 5, 6, 7, 7, 7, 7)
_VOTE_LOW, _VOTE_HIGH, _VOTE_HALF_LIFE_DAYS = 0.5, 9.0, 3.0
_WINTER_ONLY = {"pipes": 1.0, "roads": 1.0, "flu": 0.6}  # topics that stop outside winter, with their factor in winter
_OFFICES = ("county commissioner", "mayor of {town}", "county sheriff", "county clerk")
_MEASURES = ("the {town} school bond", "the {county} road tax", "the {town} library levy", "the {county} jail bond")

_BY_KEY = {topic.key: topic for topic in TOPICS}
TRENDS = (
    _BY_KEY["strike"],
    make_topic("bridge", "Bridge closure | Road conditions | Infrastructure | Traffic", "News", STORYLINES),
    _BY_KEY["levee"],
    make_topic("datacenter", "Data center plan | Zoning | Economy | Power grid", "News", STORYLINES),
)
WINTER_STORM = make_topic("winter_storm", "Winter storm | Closings | Power outages | Snow", "Weather", STORYLINES)
SEVERE_STORMS = make_topic(
    "severe_storms", "Severe storms | Closings | Power outages | Storm damage", "Weather", STORYLINES
)
CAMPAIGN = make_topic("campaign", "Elections | Candidates | Voting", "News", STORYLINES)
RESULTS = make_topic("results", "Elections | Election results | Voting", "News", STORYLINES)
MEASURE = make_topic("measure", "Elections | Ballot measure | Taxes | Voting", "News", STORYLINES)
MEASURE_RESULTS = make_topic("measure_results", "Elections | Ballot measure | Election results", "News", STORYLINES)
_REGULAR = tuple(topic for topic in TOPICS if topic.key not in ("strike", "levee", "election"))


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote in a station's county: for an office if `measure` is None, else on that measure.

    `candidate` wins with `winner_share` percent; on a measure the two people lead the sides for and against it.
    """

    day: date
    candidate: str
    rival: str
    office: str
    measure: str | None
    winner_share: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """Four weeks of storylines, `first` to `last` (local days, inclusive). `rising` leads the last seven days; `fading`
    was the rising topic of the chapter before. `storm_first` is the Tuesday on which the storm arrives."""

    number: int
    first: date
    last: date
    rising: Topic
    fading: Topic
    storm: Storm
    storm_first: date
    vote_day: date

    @property
    def storm_topic(self) -> Topic:
        """The topic of the storm's stories."""
        return WINTER_STORM if self.storm.is_wintry else SEVERE_STORMS

    @property
    def is_measure(self) -> bool:
        """Whether the vote is on a ballot measure: every other chapter; the one that ends at the epoch elects."""
        return self.number % 2 == 1


class Storylines:
    """The storylines around an `epoch`, a local date. Chapter 0 ends on it; chapters go on before and after.

    Everything depends on the seed, the epoch and the day asked for alone, so later days never change earlier ones.
    """

    def __init__(self, seed: int, epoch: date) -> None:
        self.seed, self.epoch = seed, epoch
        self._trends = make_rng(seed, "trends").sample(TRENDS, len(TRENDS))

    def chapter(self, day: date) -> Chapter:
        """The chapter that contains a local day."""
        return self._chapter(-((self.epoch - day).days // CHAPTER_DAYS))

    def storm_on(self, day: date) -> Storm | None:
        """The storm that hits on a local day, None for most days."""
        chapter = self.chapter(day)
        return chapter.storm if 0 <= (day - chapter.storm_first).days < STORM_DAYS else None

    def vote(self, day: date, station: Station) -> Vote:
        """The vote of the chapter that contains a local day, in the station's county."""
        chapter = self.chapter(day)
        rng = make_rng(self.seed, station.call_sign, "vote", chapter.vote_day)
        names = zip(rng.sample(words.FIRST, 2), rng.sample(words.LAST, 2), strict=True)
        candidate, rival = (f"{first} {last}" for first, last in names)
        slots = {"town": station.towns[0].name, "county": station.county}
        office, measure = (rng.choice(pool).format_map(slots) for pool in (_OFFICES, _MEASURES))
        share = rng.randint(51, 58)
        return Vote(chapter.vote_day, candidate, rival, office, measure if chapter.is_measure else None, share)

    def agenda(self, day: date, station: Station, climate: Climate) -> Agenda:
        """What the station's newsroom covers on a local day: regular topics, the two trends, the vote and the storm."""
        chapter = self.chapter(day)
        number = (day - self.epoch).days
        weights = {topic: self._regular_weight(topic, day, number, climate) for topic in _REGULAR}
        position = (day - chapter.first).days / (CHAPTER_DAYS - 1)
        weights[chapter.rising] = _RISE_WEIGHT if _rise_day(chapter, day) >= 0 else 0.0
        weights[chapter.fading] = _FADE_LOW + _FADE_HIGH * (1 - position) ** 2
        weights[_vote_topic(chapter, day)] = _vote_weight((day - chapter.vote_day).days)
        weights[chapter.storm_topic] = _STORM_WEIGHTS.get((day - chapter.storm_first).days, 0.0)
        return Agenda(
            topics=tuple(weights),
            weights=tuple(weights.values()),
            slots=self._slots(chapter, day, station),
            added=_added(chapter, day, station),
        )

    @lru_cache(maxsize=256)  # noqa: B019 - storylines live as long as their world
    def _chapter(self, number: int) -> Chapter:
        last = self.epoch + timedelta(days=CHAPTER_DAYS * number)
        monday = last - timedelta(days=last.weekday())
        storm_first, vote_day = monday - timedelta(days=13), monday - timedelta(days=6)
        rising, fading = (self._trends[at % len(self._trends)] for at in (number, number - 1))
        first = last - timedelta(days=CHAPTER_DAYS - 1)
        return Chapter(number, first, last, rising, fading, storm_of_season(storm_first), storm_first, vote_day)

    def _regular_weight(self, topic: Topic, day: date, number: int, climate: Climate) -> float:
        if topic.key in _WINTER_ONLY and not is_winter(day):
            return 0.0
        if topic.shape == "rising":  # flu, whose own cycle would depend on the start of the world
            return topic.weight * _WINTER_ONLY[topic.key]
        return weight(topic, day, number, climate)

    def _slots(self, chapter: Chapter, day: date, station: Station) -> dict[str, dict[str, str]]:
        """The words that stay the same in all stories of a storyline, by topic key."""
        vote = self.vote(day, station)
        vote_slots = {
            "candidate": vote.candidate, "rival": vote.rival, "office": vote.office, "measure": vote.measure or "",
            "election_day": f"{vote.day:%A, %B} {vote.day.day}",
            "winner_share": str(vote.winner_share), "loser_share": str(100 - vote.winner_share),
        }  # fmt: skip
        companies = {
            topic.key: {"company": make_rng(self.seed, station.call_sign, topic.key).choice(words.COMPANIES)}
            for topic in (chapter.rising, chapter.fading)
        }
        storm = {"hazard": chapter.storm.hazard}
        return {_vote_topic(chapter, day).key: vote_slots, chapter.storm_topic.key: storm, **companies}


def _vote_topic(chapter: Chapter, day: date) -> Topic:
    """Campaign until election day, results from the day after."""
    if chapter.is_measure:
        return MEASURE if day <= chapter.vote_day else MEASURE_RESULTS
    return CAMPAIGN if day <= chapter.vote_day else RESULTS


def _added(chapter: Chapter, day: date, station: Station) -> tuple[Topic, ...]:
    """The topics of the stories that the rise, the storm and the vote add to a local day."""
    is_storm = 0 <= (day - chapter.storm_first).days < STORM_DAYS
    votes = _VOTE_ADDED.get((day - chapter.vote_day).days, 0)
    rise_day = _rise_day(chapter, day)
    is_turn = (day.toordinal() + station.id_digit) % _RISE_EVERY_DAYS == 0
    rises = _RISE_ADDED[rise_day] if rise_day >= 0 else int(is_turn)
    return (
        (chapter.rising,) * rises
        + (chapter.storm_topic,) * _STORM_ADDED * is_storm
        + (_vote_topic(chapter, day),) * votes
    )


def _rise_day(chapter: Chapter, day: date) -> int:
    """The number of a local day, from 0, among those that the rising topic leads; negative before them."""
    return len(_RISE_ADDED) - 1 - (chapter.last - day).days


def _vote_weight(days: int) -> float:
    """The weight of the vote that many days after (negative: before) election day."""
    half_lives = days / _VOTE_HALF_LIFE_DAYS if days > 0 else days / (-2 * _VOTE_HALF_LIFE_DAYS)
    return max(_VOTE_LOW, _VOTE_HIGH * math.pow(0.5, half_lives))
