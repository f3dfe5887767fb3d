"""Writes the national wire stories that both stations carry, with dateline and flat tag block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from flows.simulator import words
from flows.simulator.prose import cut

# Label -> its ancestors. A page's tag block holds a story's labels and all their ancestors.
PARENTS: dict[str, tuple[str, ...]] = {
    "United States": ("North America", "The Americas", "Continents and regions"),
    "Southeastern United States": ("United States", "North America", "The Americas", "Continents and regions"),
    "Eastern Europe": ("Europe", "Continents and regions"),
    "Western Europe": ("Europe", "Continents and regions"),
    "South Asia": ("Asia", "Continents and regions"),
    "Middle East": ("Middle East and North Africa", "Continents and regions"),
    "Treaties and agreements": ("International relations", "International relations and national security"),
    "State departments and diplomatic services": (
        "Government departments and authorities", "Government bodies and offices",
        "Government and public administration",
    ),
    "Legislative bodies": ("Government bodies and offices", "Government and public administration"),
    "Stock markets": ("Financial markets and investing", "Business, economy and trade"),
    "Consumer prices": ("Economy and economic indicators", "Business, economy and trade"),
    "Storms": ("Severe weather", "Weather", "Natural disasters", "Accidents, disasters and safety"),
    "Wildfires": ("Fires", "Natural disasters", "Accidents, disasters and safety"),
    "Trial and procedure": ("Law and legal system", "Crime, law enforcement and corrections"),
    "Armed forces": ("Military", "Unrest, conflicts and war"),
    "Space exploration": ("Space and astronomy", "Science"),
    "Cold and flu": ("Infectious diseases", "Diseases and disorders", "Health and medical"),
    "Streaming services": ("Television programming", "Arts and entertainment"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beat:
    """The sentence patterns and labels of one kind of national story."""

    city: str
    leaves: tuple[str, ...]
    headlines: tuple[str, str]
    lead: str
    facts: tuple[str, ...]
    subhead: str


BEATS = (
    Beat(
        "Washington", ("United States", "Legislative bodies", "Misc organizations"),
        ("Lawmakers near a deal on the {thing} bill", "Lawmakers close in on {thing} bill deal"),
        "Lawmakers of both parties said on {weekday} that they were close to an agreement on a {thing} bill worth "
        "{n} billion dollars, after {m} hours of talks behind closed doors.",
        ("The bill would replace a law from {year}.", "A vote could come within {n} days.",
         "Leaders in both chambers warned that details could still change."), "What happens next",
    ),
    Beat(
        "Geneva", ("Western Europe", "State departments and diplomatic services", "Treaties and agreements"),
        ("Envoys open a new round of talks on {thing}", "New round of {thing} talks opens"),
        "Envoys from {n} countries took their seats at a conference table on {weekday} for a new round of talks on "
        "{thing}, the first since the last round broke down in {year}.",
        ("Nobody expects a treaty this week.", "Two of the delegations did not speak to each other.",
         "A draft of {m} pages was handed out before lunch."), "A long road",
    ),
    Beat(
        "New York", ("United States", "Stock markets", "Consumer prices"),
        ("Stocks slip as {thing} costs rise", "Rising {thing} costs weigh on stocks"),
        "Stocks fell for the {n}th day in a row on {weekday} as investors worried about the cost of {thing} and what "
        "it means for households before the holidays.",
        ("The broad index closed down {n} points.", "Analysts had expected a smaller move.",
         "Prices for {thing} are up {m} percent since {year}."), "By the numbers",
    ),
    Beat(
        "Atlanta", ("Southeastern United States", "Storms"),
        ("Storm leaves thousands without power", "Thousands in the dark after storm"),
        "A fast-moving storm knocked out power to {m},000 customers on {weekday} and left {n} counties cleaning up "
        "trees, wires and {thing} along the coast.",
        ("Crews from {n} states are on their way.", "Most schools in the area will stay closed.",
         "The storm was the strongest there since {year}."), "Cleaning up",
    ),
    Beat(
        "Kabul", ("South Asia", "Armed forces", "Middle East", "Misc people"),
        ("Quiet day brings hope to border towns", "Border towns hope as guns fall silent"),
        "Markets opened in {n} border towns on {weekday} after a night without shelling, and traders set out {thing} "
        "on tables that had been packed away for {m} days.",
        ("Aid groups counted {m} trucks at the crossing.", "Officials on both sides declined to comment.",
         "A similar pause in {year} lasted a week."), "An uneasy calm",
    ),
    Beat(
        "Houston", ("United States", "Space exploration", "Misc organizations"),
        ("Probe sends first pictures after {n} years", "First pictures arrive from far-off probe"),
        "Engineers cheered on {weekday} as a probe launched in {year} sent home its first pictures, {m} of them, "
        "showing a landscape that one of them compared to {thing}.",
        ("The signal took {n} hours to arrive.", "The craft is the size of a small car.",
         "More pictures are expected within {m} days."), "Looking closer",
    ),
    Beat(
        "Los Angeles", ("United States", "Wildfires", "Trial and procedure", "Streaming services"),
        ("Jury hears how the {n}-mile fire began", "Fire trial opens with a map and {thing}"),
        "Jurors heard on {weekday} how a fire that burned {m} square miles may have begun, and why a film about it, "
        "made for a streaming service, was held back.",
        ("The trial is expected to last {n} weeks.", "The blaze began in {year}.",
         "The defense says that {thing} played no part."), "In the courtroom",
    ),
    Beat(
        "Warsaw", ("Eastern Europe", "Cold and flu", "Treaties and agreements"),
        ("Neighbors agree to share flu vaccine", "Countries sign pact on flu vaccine"),
        "Health ministers of {n} countries agreed on {weekday} to share vaccine and {thing} this winter, after an "
        "early wave of the flu filled hospitals in {m} cities.",
        ("The pact runs until the spring.", "Deliveries start within {n} days.",
         "A plan of this kind failed in {year}."), "Why it matters",
    ),
)  # fmt: skip
_THINGS = ("farm", "energy", "water", "housing", "steel", "medicine", "paper", "copper", "grain", "shipping")


@dataclass(frozen=True, slots=True)
class WireStory:
    """One national story; both stations carry the same paragraphs under one of two headlines."""

    key: str
    service: str
    headlines: tuple[str, str]
    summary: str
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]
    minute: int


def wire_stories(day: date, rng: Random) -> list[WireStory]:
    """The 3 to 6 wire stories of a local day, each with the local minute in which the wire publishes it."""
    beats = rng.sample(BEATS, rng.randint(3, 6))
    return [_story(f"{day}-{rank}", beat, day, rng) for rank, beat in enumerate(beats)]


def tag_block(leaves: tuple[str, ...]) -> tuple[str, ...]:
    """Labels and all their ancestors in one flat list, sorted case-insensitively."""
    labels = {label for leaf in leaves for label in (leaf, *PARENTS.get(leaf, ()))}
    return tuple(sorted(labels, key=str.casefold))


def _story(key: str, beat: Beat, day: date, rng: Random) -> WireStory:
    slots = {
        "weekday": f"{day:%A}", "year": str(day.year - rng.randint(1, 20)), "n": str(rng.randint(4, 19)),
        "m": str(rng.randint(21, 98)), "thing": rng.choice(_THINGS),
    }  # fmt: skip
    service = "CNN" if rng.random() < 0.8 else "AP"
    lead = beat.lead.format_map(slots)
    person = f"{rng.choice(words.FIRST)} {rng.choice(words.LAST)}"
    facts = [fact.format_map(slots) for fact in rng.sample(beat.facts, len(beat.facts))]
    quotes = [
        f'"We have been here before," said {person}, who has followed the matter since {slots["year"]}.',
        f'"This time feels different," {person} said in {beat.city}.',
        f"{person} said it would take more than {slots['n']} days to know for sure.",
        "A spokesperson did not answer questions about the timing.",
    ]
    rng.shuffle(quotes)
    body = [lead, facts[0], quotes[0], facts[1], beat.subhead, quotes[1], f"{facts[2]} {quotes[2]}"]
    if rng.random() < 0.6 or service == "AP":
        body[0] = f"{beat.city.upper()} ({service}) -- {lead}"
    leaves = rng.sample(beat.leaves, rng.randint(2, len(beat.leaves)))
    tags = tag_block(tuple(leaves)) if service == "CNN" else ()
    headlines = tuple(text.format_map(slots) for text in beat.headlines)
    minute = rng.randint(4 * 60, 21 * 60)
    return WireStory(key, service, (headlines[0], headlines[1]), cut(lead), tuple(body), tags, minute)
