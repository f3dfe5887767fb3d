"""Measures how often topics carried within a story, and topics found by rules, are right.

Usage: python -m tests.bench.topic_methods [--data FOLDER] [--pages FOLDER ...]

Carried: in the warehouse of a data folder, the tags of each article with tags and copies are held back and compared
with those that its copies would give it. Rules: headline, summary and body of simulated local stories, and of pages
with known tags (`expected` of each line of cases.jsonl, else those that the page states), are searched by the rules of
config/topics.toml, and by the names of all tags as phrases; a topic of a rule is right if one of the held-back tags has
a word of its name.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import duckdb

from flows.data_layout import Layout
from flows.simulator.fixtures import KVANE
from flows.simulator.prose import local_story
from flows.simulator.topics import TOPICS
from flows.topic_config import load_topics
from tests.bench.predict import predict

CARRIED = """
with own as (
    select tags.article_id, tags.tag_id, story.story_id
    from article_tags as tags join fact_story as story using (article_id)
    where story.method <> 'alone' and not tags.is_parent
),
held as (
    select distinct one.article_id, other.tag_id
    from (select distinct article_id, story_id from own) as one
    join own as other on other.story_id = one.story_id and other.article_id <> one.article_id
)
select count(distinct held.article_id), count(*), count(own.tag_id), (select count(*) from own)
from held left join own on own.article_id = held.article_id and own.tag_id = held.tag_id
"""


def carried(data: Path) -> None:
    """Print how many of the tags that copies would give to an article are its own, held back."""
    with duckdb.connect(str(Layout.at(data).published), read_only=True) as connection:
        [(articles, given, right, own)] = connection.execute(CARRIED).fetchall()
    print(f"story: {articles:,} articles, {given:,} tags carried, precision {right / max(1, given):.3f}, "
          f"recall {right / max(1, own):.3f}")  # fmt: skip


Known = tuple[str, list[str]]  # headline, summary and body of a page, and its tags


def pages(folder: Path) -> Iterator[Known]:
    """The pages with known tags."""
    with (folder / "cases.jsonl").open(encoding="utf-8") as file:
        cases = [json.loads(line) for line in file]
    for case in cases:
        expected = case.get("expected") or {}
        if expected.get("tags") is None and case.get("type", "article") == "article":
            expected = predict(gzip.decompress((folder / case["html"]).read_bytes()), case["url"])
        if expected.get("tags"):
            yield " | ".join(expected.get(part) or "" for part in ("title", "summary", "body")), expected["tags"]


def simulated() -> Iterator[Known]:
    """Local stories with all tags of their topic."""
    chance = Random(16)
    for day in range(365):
        for topic in chance.choices(TOPICS, k=10):
            story = local_story(topic, KVANE, date(2023, 1, 1) + timedelta(days=day), chance)
            yield " | ".join([story.headlines[0], story.summary or "", *story.paragraphs]), list(topic.tags)


def words_of(text: str) -> str:
    """Lower-case words with one space before, between and after them."""
    return " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])


def ruled(title: str, read: list[Known]) -> None:
    """Print, per rule, how many pages it finds, and how many of them have the topic among their own tags."""
    rules, found, right, known = load_topics().rules, Counter(), Counter(), Counter()
    for text, tags in read:
        words = words_of(text)
        own = {word.rstrip("s") for tag in tags for word in words_of(tag).split()}
        for rule in rules:
            is_known = any(word.rstrip("s") in own for word in words_of(rule.topic).split())
            is_found = any(words_of(phrase) in words for phrase in rule.phrases) or any(
                re.search(pattern, text, re.IGNORECASE) for pattern in rule.patterns
            )
            known[rule.topic] += is_known
            found[rule.topic] += is_found
            right[rule.topic] += is_known and is_found
    print(f"rules: {len(read):,} {title}")
    for counted in (found, right, known):
        counted["all rules"] = counted.total()
    for topic in known:
        print(f"  {topic}: {found[topic]} found, precision {right[topic] / max(1, found[topic]):.2f}, "
              f"{known[topic]} known, recall {right[topic] / max(1, known[topic]):.2f}")  # fmt: skip


def named(pages_read: list[Known]) -> None:
    """Print the same of rules that are the names of tags: each label of three pages or more, as a phrase."""
    read = [(words_of(text), {words_of(tag) for tag in tags}) for text, tags in pages_read]
    labels = Counter(tag for _, own in read for tag in own)
    pairs = [(label in text, label in own) for text, own in read for label, number in labels.items() if number >= 3]
    found, known = sum(found for found, _ in pairs), sum(known for _, known in pairs)
    right = sum(found and known for found, known in pairs)
    print(f"names of tags as phrases: {found} found, precision {right / max(1, found):.2f}, recall "
          f"{right / max(1, known):.2f}")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a data folder with a published warehouse")
    parser.add_argument("--pages", type=Path, nargs="+", default=[], help="folders with cases.jsonl")
    chosen = parser.parse_args()
    if chosen.data:
        carried(chosen.data)
    sources = {"simulated stories": [*simulated()]}
    sources |= {f"pages of {folder} with known tags": [*pages(folder)] for folder in chosen.pages}
    for title, read in sources.items():
        ruled(title, read)
        named(read)
    return 0


if __name__ == "__main__":
    sys.exit(main())
