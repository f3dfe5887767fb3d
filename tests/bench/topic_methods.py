"""Measures how often topics carried within a story, and topics found by rules, are right.

Usage: python -m tests.bench.topic_methods [--data FOLDER] [--pages FOLDER]

Carried: in the warehouse of a data folder, the tags of each article with tags and copies are held back and compared
with those that its copies would give it. Rules: headline, summary and body of pages with known tags (`expected` of each
line of cases.jsonl) are searched by the rules of config/topics.toml, and by the names of all tags as phrases; a topic
of a rule is right if one of the page's own tags has a word of its name.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb

from flows.data_layout import Layout
from flows.topic_config import load_topics

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


def pages(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Headline, summary and body of each page with known tags, and these."""
    with (folder / "cases.jsonl").open(encoding="utf-8") as file:
        for line in file:
            expected = json.loads(line)["expected"]
            if expected.get("tags"):
                yield " | ".join(expected.get(part) or "" for part in ("title", "summary", "body")), expected["tags"]


def words_of(text: str) -> str:
    """Lower-case words with one space before, between and after them."""
    return " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])


def ruled(folder: Path) -> None:
    """Print, per rule, how many pages it finds, and how many of them have the topic among their own tags."""
    rules, found, right, known, read = load_topics().rules, Counter(), Counter(), Counter(), 0
    for text, tags in pages(folder):
        read += 1
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
    print(f"rules: {read:,} pages with known tags")
    for topic in known:
        print(f"  {topic}: {found[topic]} found, precision {right[topic] / max(1, found[topic]):.2f}, "
              f"{known[topic]} known, recall {right[topic] / max(1, known[topic]):.2f}")  # fmt: skip


def named(folder: Path) -> None:
    """Print the same of rules that are the names of tags: each label of three pages or more, as a phrase."""
    read = [(words_of(text), {words_of(tag) for tag in tags}) for text, tags in pages(folder)]
    labels = Counter(tag for _, own in read for tag in own)
    pairs = [(label in text, label in own) for text, own in read for label, number in labels.items() if number >= 3]
    found, known = sum(found for found, _ in pairs), sum(known for _, known in pairs)
    right = sum(found and known for found, known in pairs)
    print(f"names of tags as phrases: {found} found, precision {right / max(1, found):.2f}, recall "
          f"{right / max(1, known):.2f}")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a data folder with a published warehouse")
    parser.add_argument("--pages", type=Path, help="a folder with cases.jsonl")
    chosen = parser.parse_args()
    if chosen.data:
        carried(chosen.data)
    if chosen.pages:
        ruled(chosen.pages)
        named(chosen.pages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
