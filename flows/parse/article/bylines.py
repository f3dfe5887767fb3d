"""Splits a byline into names and drops leads, roles, dates, addresses and picture credits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.parse.page.clean import clean_markup

MAX_AUTHORS = 40
MAX_NAME = 90
_LEAD = re.compile(
    r"^(?:(?:written|posted|published|reported|story|article|words|text|review|analysis|opinion|eingestellt|geschrieben|"
    r"veröffentlicht|erstellt|verfasst|gepostet|publié|écrit|escrito|publicado|scritto|pubblicato|skrevet|skrivet|ein|eine|"
    r"kommentar|interview|gastbeitrag|gastkommentar)\s+)*"
    r"(?:by|von|vom|par|por|di|da|door|av|af|от|przez|oleh|autor(?:in|en)?|authors?|auteur|autore|redaktion)(?:\s*:\s*|\s+)|"
    r"^(?:text|foto|写真|文|作者|記者|quelle|source)\s*[:：]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|\||\n|•|·|/(?=\s)|(?<=\s)/|\s&\s|,?\s+(?:and|und|et|og|och|ve|と)\s+|、|，)\s*", re.IGNORECASE
)
_NOISE = re.compile(
    r"\S+(?:@|\[at\]|\(at\))\S+|https?://\S+|(?<!\w)@\w+|\b(?:updated?|published|posted|aktualisiert|veröffentlicht|stand|sagt|says)\b.*|"
    r"[(\[（].*?[)\]）]|\s+(?:on|am|at|le|el|den|um|-|–|—)(?:\s.*)?$|(?:^|\s)\d{1,2}\.?(?:\s.*)?$|\d{1,2}[./:]\d{1,2}.*|"
    r"(?<=\w)\s*(?:기자|記者)(?:\s.*)?$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:[\w-]+\s+){0,3}(?:reporter|editor|writer|correspondent|columnist|journalist|contributor|producer|bureau|"
    r"freelancer?|redakteur(?:in)?|korrespondent(?:in)?|volontär(?:in)?|chefredakteur(?:in)?|periodista|redactora?|"
    r"giornalista|journaliste|rédacteur|rédactrice)s?$",
    re.IGNORECASE,
)
_LINK_LABEL = re.compile(
    r"^(?:follow|contact|bio|show|hide|view|more|profile|share|comments?|foto|photo|bild|image|getty|edit|antworten|reply|"
    r"permalink|subscribe|home|zur|zum)\b",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    [
        "admin", "administrator", "redaktion", "author", "authors", "autor", "editor", "staff", "none", "null", "by",
        "undefined", "unknown", "anonymous", "guest", "n/a", "von", "user", "root", "webmaster", "default", "autoren",
        "jr", "sr", "ii", "iii", "md", "phd", "ph.d", "false", "true", "test", "wordpressadmin", "siteadmin",
    ]
)  # fmt: skip


def clean_names(raws: Iterable[str], split: bool = True) -> list[str]:
    """The names in bylines, each once: `By A and B, Reporters` gives A and B. Without `split` each raw is one name."""
    names: dict[str, str] = {}
    for raw in raws:
        text = _LEAD.sub("", clean_markup(raw[:2000]))
        for rank, part in enumerate(_parts(text) if split else [text]):
            name = _clean(part)
            if name and rank and _ROLE.match(name):
                continue
            if name and len(names) < MAX_AUTHORS:
                names.setdefault(name.casefold(), name)
    return list(names.values())


def has_lead(text: str) -> bool:
    """Whether the text starts like a byline (`By`, `Von` ...)."""
    return bool(_LEAD.match(text.replace("|", " ").strip()))


def _parts(text: str) -> list[str]:
    return [part for piece in _SPLIT.split(text) for part in piece.split(",")]


def _clean(part: str) -> str | None:
    name = _LEAD.sub("", _NOISE.sub("", part)).strip(' \t,.:-–—|*•~/"“”')
    if not 2 <= len(name) <= MAX_NAME or len(name.split()) > 6 or name.casefold() in _NOT_NAMES:
        return None
    if _LINK_LABEL.match(name) or not any(character.isalpha() for character in name):
        return None
    return f"{name}." if name.endswith((" Jr", " Sr")) else name
