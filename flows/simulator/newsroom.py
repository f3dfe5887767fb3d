"""Plans and publishes one station's articles of a local day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random

from flows.model import Origin
from flows.simulator import edits
from flows.simulator.article import Article, Layout, Revision, native_id, slug
from flows.simulator.fixtures import Station
from flows.simulator.prose import Draft, forecast_story, local_story
from flows.simulator.rng import make_rng
from flows.simulator.storylines import Storylines
from flows.simulator.topics import TOPICS, Agenda, regular_agenda
from flows.simulator.weather import Climate
from flows.simulator.wire import WireStory

_STORIES = (12, 13, 12, 13, 14, 9, 8)  # own stories by weekday, Monday first
_HOURS = (5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22)
_HOUR_WEIGHTS = (4, 5, 4, 4, 4, 5, 5, 4, 3, 3, 5, 7, 8, 6, 2, 4, 5)
_NWS = "National Weather Service"
_WINTER_ADVICE = "Travel could be difficult. Have gloves, a blanket and a charged phone in the car."
_LAST_MINUTE = 23 * 60 + 50


@dataclass(frozen=True, slots=True)
class PlannedArticle:
    """A story before it has an id: the `minute` of the local day it is due, and what its page will show."""

    minute: int
    draft: Draft
    layout: Layout
    section: str
    origin: Origin
    author: str | None
    story: str


class Newsroom:
    """The newsroom of one station. Each day depends only on the seed and the date."""

    def __init__(
        self, seed: int, station: Station, climate: Climate, start: date, storylines: Storylines | None = None
    ) -> None:
        self._seed, self._station, self._climate, self._start = seed, station, climate, start
        self._storylines = storylines

    def own_stories(self, day: date) -> list[PlannedArticle]:
        """The station's own stories, press releases and weather products of a local day, unordered."""
        rng = make_rng(self._seed, self._station.call_sign, "own", day)
        count = _STORIES[day.weekday()] + rng.choice([-1, 0, 0, 1]) - 1
        agenda = self._agenda(day)
        stories = [self._forecast(day, rng)]
        topics = [*rng.choices(agenda.topics, agenda.weights, k=max(7, count)), *agenda.added]
        for rank, topic in enumerate(topics):
            draft = local_story(topic, self._station, day, rng, agenda.slots.get(topic.key))
            stories.append(self._local(draft, topic.section, f"{self._station.call_sign}-{day}-{rank}", rng))
        if rng.random() < 0.25:
            stories.append(self._release(day, rng))
        if self._climate.is_snowy(day) or self._climate.is_cold(day) or self._climate.storm_on(day):
            stories.append(self._product(day))
        return stories

    def sister_stories(self, day: date, stories: list[PlannedArticle], sister: Station) -> list[PlannedArticle]:
        """Up to two of the sister station's own stories, 40 to 200 minutes after the sister posts them."""
        rng = make_rng(self._seed, self._station.call_sign, "borrowed", day)
        offered = [story for story in stories if _names_station(story, sister.call_sign)]
        taken = rng.sample(offered, min(len(offered), rng.randint(0, 2)))
        origin = Origin("sister", sister.call_sign, "station.dateline", f"({sister.call_sign})")
        return [
            PlannedArticle(
                story.minute + rng.randint(40, 200), story.draft, "news", story.section, origin, None, story.story
            )
            for story in taken
        ]

    def wire_stories(self, day: date, stories: list[WireStory]) -> list[PlannedArticle]:
        """The day's wire stories, each within 50 minutes of the wire and under one of its two headlines."""
        rng = make_rng(self._seed, self._station.call_sign, "wire", day)
        return [self._wire(story, rng) for story in stories]

    def publish(self, day: date, plans: list[PlannedArticle]) -> tuple[Article, ...]:
        """The articles in posting order. No two of a station share a minute, which keeps their ids unique."""
        taken: set[int] = set()
        articles = []
        for plan in sorted(plans, key=lambda plan: (plan.minute, plan.story)):
            minute = min(plan.minute, _LAST_MINUTE)
            while minute in taken:
                minute = minute + 1 if minute + 1 < 24 * 60 else max(set(range(24 * 60)) - taken)
            taken.add(minute)
            local = datetime.combine(day, time(minute // 60, minute % 60), self._station.tzinfo)
            articles.append(self._article(plan, local.astimezone(UTC)))
        return tuple(sorted(articles, key=lambda article: article.posted))

    def _article(self, plan: PlannedArticle, posted: datetime) -> Article:
        identifier = native_id(posted, self._station.id_digit)
        rng = make_rng(self._seed, identifier, "edits")
        draft = plan.draft
        headline = draft.headlines[0]
        first = Revision(1, posted, ("first",), headline, draft.summary, draft.paragraphs, draft.tags, posted)
        is_forecast = plan.section == "Weather" and headline.endswith(" forecast")
        is_unrevised = plan.layout == "video" or is_forecast or plan.origin.kind == "sister"
        gone_at, status = edits.removal(posted, rng)
        return Article(
            native_id=identifier,
            path=f"/content/{plan.layout}/{slug(headline)}-{identifier}.html",
            layout=plan.layout,
            section=plan.section,
            posted=posted,
            author=plan.author,
            origin=plan.origin,
            revisions=(first,) if is_unrevised else edits.revise(first, draft.headlines, draft.spare, rng),
            story=plan.story,
            gone_at=gone_at,
            gone_status=status,
            picture=f"Seen in {draft.town.name}" if plan.layout == "news" and rng.random() < 0.3 else None,
            trailer=draft.spare[0] if is_forecast else None,
        )

    def _agenda(self, day: date) -> Agenda:
        if self._storylines:
            return self._storylines.agenda(day, self._station, self._climate)
        return regular_agenda(day, (day - self._start).days, self._climate)

    def _local(self, draft: Draft, section: str, story: str, rng: Random) -> PlannedArticle:
        station = self._station
        minute = rng.choices(_HOURS, _HOUR_WEIGHTS)[0] * 60 + rng.randrange(60)
        author = rng.choice(station.reporters) if rng.random() < 0.75 else None
        if rng.random() < 0.1:
            author = author or station.reporters[0]
            origin = Origin("own", station.call_sign, "own.byline", author)
            return PlannedArticle(minute, _as_captions(draft), "video", section, origin, author, story)
        if author and rng.random() < 0.3:
            origin = Origin("own", station.call_sign, "own.byline", author)
            return PlannedArticle(minute, draft, "news", section, origin, author, story)
        origin = Origin("own", station.call_sign, "station.dateline", f"({station.call_sign})")
        return PlannedArticle(minute, _with_dateline(draft, station.call_sign), "news", section, origin, author, story)

    def _forecast(self, day: date, rng: Random) -> PlannedArticle:
        text = self._climate.forecast_text(datetime.combine(day, time(5))) or "Not much change is on the way."
        draft = forecast_story(self._station, day, text, rng)
        author = rng.choice(self._station.forecasters)
        origin = Origin("own", self._station.call_sign, "own.byline", author)
        story = f"{self._station.call_sign}-{day}-forecast"
        return PlannedArticle(4 * 60 + 30 + rng.randrange(45), draft, "news", "Weather", origin, author, story)

    def _release(self, day: date, rng: Random) -> PlannedArticle:
        topic = rng.choice([topic for topic in TOPICS if topic.key in ("business", "events")])
        draft = local_story(topic, self._station, day, rng)
        origin = Origin("press_release", "Press release", "press-release.byline", "Press Release")
        story = f"{self._station.call_sign}-{day}-release"
        return PlannedArticle(9 * 60 + rng.randrange(300), draft, "news", "News", origin, "Press Release", story)

    def _product(self, day: date) -> PlannedArticle:
        low, high = self._climate.low_high(day)
        storm = self._climate.storm_on(day)
        product = storm.product if storm else self._climate.winter_product(day)
        advice = storm.advice if storm else _WINTER_ADVICE
        county, town = self._station.county, self._station.towns[0]
        paragraphs = (
            f"The {product} for {county} is in effect until {day:%A} evening.",
            f"Lows near {low} and highs near {high} are expected, with the worst of it before noon.",
            advice,
        )
        draft = Draft((f"{product} issued for {county}",), None, paragraphs, ("Weather alerts", "Weather"), (), town)
        origin = Origin("nws", _NWS, "nws.byline", _NWS)
        return PlannedArticle(
            3 * 60 + 40, draft, "news", "Weather", origin, _NWS, f"{self._station.call_sign}-{day}-product"
        )

    def _wire(self, story: WireStory, rng: Random) -> PlannedArticle:
        headlines = story.headlines if rng.random() < 0.7 else story.headlines[::-1]
        draft = Draft(headlines, story.summary, story.paragraphs, story.tags, (), self._station.towns[0])
        name = {"CNN": "CNN", "AP": "Associated Press"}[story.service]
        mark = f"({story.service})"
        rule = "dateline" if mark in story.paragraphs[0] else "tag_block"
        evidence = mark if rule == "dateline" else f"tag block of {len(story.tags)}: {story.tags[0]}"
        origin = Origin("wire", name, f"{story.service.lower()}.{rule}", evidence)
        minute = story.minute + rng.randrange(50)
        return PlannedArticle(minute, draft, "national", "National", origin, None, f"wire-{story.key}")


def _names_station(story: PlannedArticle, call_sign: str) -> bool:
    """Whether the story's dateline names that station."""
    return story.origin.kind == "own" and f"({call_sign})" in story.draft.paragraphs[0]


def _with_dateline(draft: Draft, call_sign: str) -> Draft:
    opening = f"{draft.town.dateline} ({call_sign}) - {draft.paragraphs[0]}"
    return Draft(draft.headlines, draft.summary, (opening, *draft.paragraphs[1:]), draft.tags, draft.spare, draft.town)


def _as_captions(draft: Draft) -> Draft:
    """The story as broadcast captions: one lower-case paragraph with control-room notes."""
    speech = " ".join(draft.paragraphs).lower().replace('"', "").replace("“", "").replace("”", "")
    captions = f"(((live at wall((( {speech} >> back to you. (((take vo((("
    return Draft(draft.headlines, draft.summary, (captions,), draft.tags, (), draft.town)
