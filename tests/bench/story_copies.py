"""Measures how many edited copies of a text the story clusters find, and how many other texts they take for copies.

Usage: python -m tests.bench.story_copies [--pages FOLDER]

Texts are simulated wire reports and, with --pages, the bodies of real pages (`expected` of each line of cases.jsonl).
Stations make copies of each by one to four edits: a cut end, another lead, a local insert, dropped sentences, changed
quotes, style edits (AP abbreviations), changed words. Copies are pairs of copies and originals of one text. Others are
pairs of texts on different matters, two of nine with the same closing line, and notes of one template: they have all
but their numbers and names in common. The length of the runs of words and the threshold were chosen by looking at 250
of the real pages.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Final

import duckdb
import pyarrow as pa

from flows.parse.article.similarity import identity_of
from flows.simulator import words
from flows.simulator.wire import wire_stories
from flows.warehouse.migrate import migrate

Sentences = list[str]
Pair = tuple[str, str, str]  # what it is a pair of, and the two texts

TOWNS: Final = ("Alder Falls", "Saint Orrin", "Mill Run")
INSERTS: Final = (
    "Here in {town}, county officials said they are watching the matter and will brief residents at the next meeting.",
    "{name}, who runs a shop in {town}, told our newsroom that customers have been asking about it for {n} weeks.",
    "A viewer from {town} sent us pictures. Send yours to the newsroom and tell us your name and where you took them.",
)
CLOSINGS: Final = (
    "Copyright {year} KFAL. All rights reserved. This material may not be published, broadcast or redistributed.",
    "Stay with KFAL on air and online for updates on this story. Download our free app for alerts on your phone.",
)
LEADS: Final = (
    "Here is what we know about a story that many people in our area have followed since this morning.",
    "It is a story that a lot of you have asked us about, and tonight there are answers.",
)
STYLE: Final = (
    ("Missouri", "Mo."), ("percent", "%"), ("Wednesday", "Wed."), (" said", " says"), ("more than", "over"),
    ("United States", "U.S."), ("September", "Sept."), ("government", "govt."), (" which ", " that "),
    ("However", "But"), ("people", "residents"), (" million", "M"), ("about", "around"), (" was ", " has been "),
    ("also ", ""),
)  # fmt: skip
FILLERS: Final = ("new", "local", "officials", "late", "several", "on", "it", "the")
NOTES: Final = (
    "The winning numbers in the evening drawing of the state lottery were {a}, {b}, {c}, {d} and {e}. The jackpot "
    "of {n} million dollars was not won. Players who matched four numbers win {b}{c} dollars each, those who "
    "matched three win {d} dollars. Tickets are sold until {e} minutes before a drawing. The next drawing is on "
    "{day}, and its jackpot is estimated at {c} million dollars. Winners have {a} days to claim a prize at the "
    "lottery's office in {town}. The odds of winning the jackpot are one in {n} million, those of winning any prize "
    "are one in {b}. If you or someone you know has a gambling problem, call the state's help line at any hour.",
    "{day} starts with clouds over {town} and a temperature of {a} degrees. The wind blows from the south at {b} "
    "miles per hour, with gusts of {c}. The high in the afternoon is {d} degrees, and the chance of rain is {e} "
    "percent. Overnight it cools to {b} degrees, with fog in the valleys. Look for {c} degrees on the next day, and "
    "for more sun by the end of the week. The river at {town} stands at {a} feet and is falling. The pollen count "
    "is {d}, and the air quality index is {e}. Sunset is at {n} minutes after five. Join us for the full forecast "
    "at six and ten.",
    "Police in {town} answered {a} calls on {day}. At {b} minutes past nine, {name} reported a window broken in a "
    "car on Third Street; the loss is {c} dollars. At {d} minutes past noon, officers stopped a driver at {n} miles "
    "per hour near the mill, and issued a citation. {name} was arrested on a warrant from {e} days before and is "
    "held in the county jail on a bond of {c},000 dollars. Two cars collided at the bridge; nobody was hurt. "
    "Officers took {b} reports of lost property. Anyone with information may call the department, and callers need "
    "not give a name.",
)


def sentences_of(text: str) -> Sentences:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part.strip()]


def filled(pattern: str, chance: Random) -> str:
    """The pattern with a town, names, a weekday and numbers, each name its own."""
    numbers = {key: chance.randint(3, 97) for key in "abcden"}
    given = {"town": chance.choice(TOWNS), "day": f"{date(2023, 1, chance.randint(1, 7)):%A}", "year": 2023, **numbers}
    while "{name}" in pattern:
        name = f"{chance.choice(words.FIRST)} {chance.choice(words.LAST)}"
        pattern = pattern.replace("{name}", name, 1)
    return pattern.format_map(given)


def cut(text: Sentences, chance: Random) -> Sentences:
    return text[: max(2, int(len(text) * chance.uniform(0.4, 0.9)))]


def other_lead(text: Sentences, chance: Random) -> Sentences:
    return [chance.choice(LEADS), *text[1:]]


def local_insert(text: Sentences, chance: Random) -> Sentences:
    at = min(len(text), chance.randint(1, 3))
    return [*text[:at], filled(chance.choice(INSERTS), chance), *text[at:]]


def dropped(text: Sentences, chance: Random) -> Sentences:
    return [sentence for sentence in text if chance.random() > 0.2] or text


def quotes(text: Sentences, chance: Random) -> Sentences:
    """Of the sentences with a quote a fourth is dropped, a third is put into indirect speech."""
    found = []
    for sentence in text:
        turn = chance.random() if re.search(r'["“”]| said', sentence) else 1
        if turn > 0.25:
            plain = re.sub(r'["“”]', "", sentence).replace(" said", " told reporters")
            found.append(plain if turn < 0.6 else sentence)
    return found or text


def style(text: Sentences, chance: Random) -> Sentences:
    chosen = chance.sample(STYLE, 5)
    found = []
    for sentence in text:
        for old, new in chosen:
            sentence = sentence.replace(old, new)
        found.append(sentence)
    return found


def changed_words(text: Sentences, chance: Random) -> Sentences:
    """One word of 25 is another."""
    return [" ".join(word if chance.random() > 0.04 else chance.choice(FILLERS) for word in s.split()) for s in text]


EDITS: Final[dict[str, Callable[[Sentences, Random], Sentences]]] = {
    "cut end": cut, "other lead": other_lead, "local insert": local_insert, "dropped sentences": dropped,
    "changed quotes": quotes, "style": style, "changed words": changed_words,
}  # fmt: skip


def copy_of(text: str, chance: Random, edits: list[str]) -> str:
    """The text after these edits, with one of the two closing lines on two of three copies."""
    found = sentences_of(text)
    for name in edits:
        found = EDITS[name](found, chance)
    return " ".join([*found, *chance.choice([(), *((closing,) for closing in CLOSINGS)])])


def simulated(chance: Random) -> Iterator[str]:
    """Reports of two matters each, some 180 words."""
    for day in range(200):
        stories = wire_stories(date(2023, 1, 1) + timedelta(days=day), chance)
        for one, other in zip(stories[::2], stories[1::2], strict=False):
            yield " ".join([*one.paragraphs, *other.paragraphs])


def real(folder: Path, chance: Random) -> Iterator[str]:
    """The first 120 to 700 words of the bodies in alphabetic scripts."""
    with (folder / "cases.jsonl").open(encoding="utf-8") as file:
        bodies = [json.loads(line)["expected"].get("body") or "" for line in file]
    for body in dict.fromkeys(bodies):
        left, taken = chance.choice([120, 200, 300, 450, 700]), []
        for sentence in sentences_of(body):
            left -= len(sentence.split())
            taken.append(sentence)
            if left < 0:
                break
        text = " ".join(taken)
        if len(text.split()) >= 120 and len(text) < 12 * len(text.split()):
            yield text


def pairs_of(texts: list[str], chance: Random) -> Iterator[Pair]:
    """Copies by kind of edit, copies by number of edits on both sides, and pairs of different texts."""
    made = []
    for text in texts:
        for name in EDITS:
            yield name, text, copy_of(text, chance, [name])
        versions = [chance.sample([*EDITS], number) for number in (0, *chance.choices([1, 2, 3, 4], k=3))]
        copies = [(len(edits), copy_of(text, chance, edits)) for edits in versions]
        for (a, one), (b, other) in combinations(copies, 2):
            yield f"{a + b} edits", one, other
        made.append(copies)
    for one, other in (chance.sample(made, 2) for _ in range(40 * len(made))):
        yield "other: texts", chance.choice(one)[1], chance.choice(other)[1]


def notes(chance: Random) -> Iterator[Pair]:
    for pattern in NOTES:
        made = [filled(pattern, chance) for _ in range(60)]
        yield from (("other: templated notes", one, other) for one, other in combinations(made, 2))


SKETCH: Final = pa.list_(pa.uint64())
PAIRS: Final = pa.schema({
    "kind": pa.string(), "words": pa.int64(), "one_simhash": pa.int64(), "other_simhash": pa.int64(),
    "one_sketch": SKETCH, "other_sketch": SKETCH,
})  # fmt: skip
MEASURED = """
select
    kind, count(*) as pairs, avg((by_simhash)::integer) as simhash, avg((by_simhash or by_sketch)::integer) as both
from (
    select
        kind, words, bit_count(xor(one_simhash, other_simhash)) <= 3 as by_simhash,
        words >= 100 and sketch_shows_copy(one_sketch, other_sketch)
        and list_has_any(sketch_bands(one_sketch), sketch_bands(other_sketch)) as by_sketch
    from pair
)
where words >= 50
group by kind
order by kind
"""


def measure(title: str, pairs: Iterator[Pair]) -> None:
    """Print, for each kind of pair, the share taken for copies by SimHash alone, and by SimHash or sketch."""
    known = {}

    def values(text: str) -> tuple[object, ...]:
        if text not in known:
            same = identity_of(None, text)
            known[text] = (same.word_count, same.simhash, same.sketch)
        return known[text]

    with duckdb.connect() as connection:
        migrate(connection)
        rows = []
        for kind, one, other in pairs:
            (a, simhash, sketch), (b, other_simhash, other_sketch) = values(one), values(other)
            rows.append((kind, min(a, b), simhash, other_simhash, sketch, other_sketch))
        columns = zip(*rows, strict=True)
        connection.register("pair", pa.table(dict(zip(PAIRS.names, columns, strict=True)), schema=PAIRS))
        print(f"{title}\n  {'pairs of':<24}{'pairs':>8}{'SimHash':>9}{'both':>9}")
        for kind, count, simhash, both in connection.execute(MEASURED).fetchall():
            print(f"  {kind:<24}{count:>8,}{simhash:>9.4f}{both:>9.4f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, help="a folder with cases.jsonl")
    chosen = parser.parse_args()
    chance = Random(28)
    measure("simulated reports", pairs_of([*simulated(chance)], chance))
    measure("templated notes", notes(chance))
    if chosen.pages:
        measure("real pages", pairs_of([*real(chosen.pages, chance)], chance))
    return 0


if __name__ == "__main__":
    sys.exit(main())
