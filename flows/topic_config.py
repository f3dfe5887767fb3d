"""Reads config/topics.toml strictly: what publishers' tags mean, and rules that find topics in texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pydantic import Field, field_validator, model_validator

from flows.config_files import Strict, read_toml
from flows.settings import config_dir, shared_file


def normalize_label(label: str) -> str:
    """The form in which names and tags are compared: NFKC, case-folded, whitespace collapsed."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


class TagAlias(Strict):
    """A label that counts as another label from `since` on (local posting day; None: always), and the reason."""

    label: str = Field(min_length=1, description="the label as publishers write it")
    means: str = Field(min_length=1, description="the label that it counts as")
    since: date | None = Field(default=None, description="first local day of posting; without one: always")
    reason: str = Field(min_length=1, description="why")


class TopicRule(Strict):
    """Phrases and patterns that find a topic in headline, summary and body, from `since` on (local posting day; None:
    always), and the reason. A phrase is whole words; a pattern is a regular expression (RE2); neither heeds case."""

    topic: str = Field(min_length=1, description="the topic that is found")
    phrases: tuple[str, ...] = Field(default=(), description="whole words, without heed to case")
    patterns: tuple[str, ...] = Field(default=(), description="regular expressions (RE2), without heed to case")
    since: date | None = Field(default=None, description="first local day of posting; without one: always")
    reason: str = Field(min_length=1, description="why")

    @field_validator("phrases")
    @classmethod
    def _has_words(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for phrase in phrases:
            if not any(letter.isalnum() for letter in phrase):
                raise ValueError(f"'{phrase}' has no word: it would be found in every article")
        return phrases

    @field_validator("patterns")
    @classmethod
    def _is_pattern(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                found = re.search(pattern, "")
            except re.error as error:
                raise ValueError(f"'{pattern}' is not a regular expression: {error}") from error
            if found or re.search(r"\(\?(?:=|!|<|P=|\()|\\[1-9]", pattern):
                why = "is found in every article" if found else "looks around or back, which RE2 cannot"
                raise ValueError(f"'{pattern}' {why}")
        return patterns

    @model_validator(mode="after")
    def _has_text(self) -> TopicRule:
        if not self.phrases and not self.patterns:
            raise ValueError(f"the rule for '{self.topic}' needs phrases or patterns")
        return self


class Topics(Strict):
    """config/topics.toml: dated aliases, rules that find topics in texts, facets (tag -> facet) and parents (tag -> all
    its ancestors)."""

    aliases: tuple[TagAlias, ...] = Field(default=(), description="labels that count as another one")
    rules: tuple[TopicRule, ...] = Field(default=(), description="phrases and patterns that find a topic in texts")
    facets: dict[str, str] = Field(default_factory=dict, description="tag -> facet")
    parents: dict[str, tuple[str, ...]] = Field(default_factory=dict, description="tag -> all tags above it")

    @field_validator("aliases")
    @classmethod
    def _one_step(cls, aliases: tuple[TagAlias, ...]) -> tuple[TagAlias, ...]:
        """An alias never points to another alias, and a label has one meaning per day."""
        labels = {normalize_label(alias.label) for alias in aliases}
        seen = set()
        for alias in aliases:
            if normalize_label(alias.label) == normalize_label(alias.means):
                raise ValueError(
                    f"'{alias.label}' is an alias of itself: labels are compared without case and extra spaces"
                )
            if normalize_label(alias.means) in labels:
                raise ValueError(f"'{alias.label}' points to '{alias.means}', which is an alias: use its target")
            if (normalize_label(alias.label), alias.since) in seen:
                raise ValueError(f"'{alias.label}' has two meanings from {alias.since or 'the beginning'} on: keep one")
            seen.add((normalize_label(alias.label), alias.since))
        return aliases

    @model_validator(mode="after")
    def _rules_name_topics(self) -> Topics:
        means = {normalize_label(alias.label): alias.means for alias in self.aliases}
        for rule in self.rules:
            if target := means.get(normalize_label(rule.topic)):
                raise ValueError(f"the rule for '{rule.topic}' names an alias: use its target '{target}'")
        return self

    @field_validator("facets")
    @classmethod
    def _one_facet(cls, facets: dict[str, str]) -> dict[str, str]:
        _check_unique(facets)
        return facets

    @field_validator("parents")
    @classmethod
    def _all_above(cls, parents: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Each tag lists all its ancestors, and no tag is its own ancestor."""
        _check_unique(parents)
        above = {normalize_label(tag): {normalize_label(parent) for parent in named} for tag, named in parents.items()}
        for tag, named in parents.items():
            if normalize_label(tag) in above[normalize_label(tag)]:
                raise ValueError(f"'{tag}' is its own parent")
            for parent in named:
                missing = above.get(normalize_label(parent), set()) - above[normalize_label(tag)]
                if missing:
                    raise ValueError(
                        f"'{tag}' has the parent '{parent}' and must also list that tag's parent {min(missing)}"
                    )
        return parents


def _check_unique(labels: Iterable[str]) -> None:
    """Raise ValueError for a label that occurs twice, compared as labels are."""
    seen: dict[str, str] = {}
    for label in labels:
        if normalize_label(label) in seen:
            raise ValueError(
                f"'{label}' and '{seen[normalize_label(label)]}' are the same label when compared: keep one"
            )
        seen[normalize_label(label)] = label


def load_topics(folder: Path | None = None) -> Topics:
    """Read topics.toml, the shipped one if the folder has none."""
    return read_toml(shared_file(folder or config_dir(), "topics.toml"), Topics)
