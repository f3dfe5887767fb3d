"""Splits a byline into names and drops leads, roles, dates, addresses, placeholders and picture credits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.parse.dates.months import MONTHS
from flows.parse.page.clean import clean_markup

MAX_AUTHORS = 40
MAX_NAME = 90
_WORK = (
    r"written|posted|published|reported|story|article|words|text|review|analysis|opinion|authored|recipe|contributed|"
    r"eingestellt|geschrieben|veröffentlicht|erstellt|verfasst|gepostet|publié|écrit|escrito|publicado|scritto|"
    r"pubblicato|skrevet|skrivet|ein|eine|kommentar|interview|gastbeitrag|gastkommentar|guest|essay|column|commentary|"
    r"reporting|propos|recueillis|a|cura"
)
_BY = r"by|von|vom|par|por|di|da|door|av|af|от|przez|oleh|autor(?:in|en)?|authors?|auteur|autore|redaktion"
_LABEL = (
    r"texte?|teksti?|文|取材・文|作者|記者|记者|quelle|source|reporter|interview|autor(?:k?a)?|автор|auteure?|autrice|yazar|"
    r"haber|penulis|kirjoittaja|szerző|tác giả|بقلم|كتب|نویسنده|συντάκτης|redactora?|שם הכותב|מאת|लेखक|লেখক|ผู้เขียน|글|"
    r"yazan"
)
_LEAD = re.compile(
    rf"^(?:(?:{_WORK})\s+)*(?:{_BY})(?:\s*:\s*|\s+)|^(?:{_LABEL})\s*[:：・＝]\s*|^(?:記者|记者|بقلم|כתב|του|της)\s+",
    re.IGNORECASE,
)
_ONLY_LEAD = re.compile(rf"^(?:(?:{_WORK})\s+)*(?:{_BY})\s*:?$", re.IGNORECASE)
# What follows these words, up to the next lead, are not the authors.
_OTHER_WORK = re.compile(
    r"\b(?:(?:medically|expert|clinically|scientifically|fact[- ]?|technically)\s*)?"
    r"(?:reviewed|edited|checked|verified|translated|photograph(?:y|ed|s)?|photos?|video|illustrat(?:ed|ions?)|graphics?|"
    r"images?|pictures?|hosted|presented|narrated|produced|editing|additional reporting)\s+by\b(?:(?!,\s*by\b).)*|"
    r"\b(?:fotos?|photos?|bild(?:er)?|video|grafik|illustration|kamera|写真|사진|编辑|編輯|责编|責編|摄影|攝影|校对)\s*[:：].*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|\||\n|•|·|/(?=\s)|(?<=\s)/|\s&\s|,?\s+(?:and|und|et|og|och|ve|と)\s+|、|，)\s*", re.IGNORECASE
)
# Words and signs for `and` that also stand inside names: only between full names.
_PAIR = re.compile(r"^([^\s/]+\s+\S[^/]*?)(?:\s+(?:y|e|i|и|с|con|with)\s+|/)(\S+\s+\S.*)$")
_NOISE = re.compile(
    r"\S+(?:@|\[at\]|\(at\))\S+|https?://\S+|(?<!\w)@\w+|"
    r"\s+special to\s.*|\s+(?:avec|with|mit|con)\s+(?-i:(?:AFP|AP|DPA|dpa|EFE|ANSA|Reuters)\b).*|"
    r"\s+(?-i:in\s+[A-ZÀ-Þ]).*|"
    r"\b(?:updated?|published|posted|aktualisiert|veröffentlicht|stand|sagt|says)\b.*|"
    r"[(\[（].*?[)\]）]|\s+(?:on|am|at|le|el|den|um|-|–|—)(?:\s.*)?$|(?:^|\s)\d{1,2}\.?(?:\s.*)?$|\d{1,2}[./:]\d{1,2}.*|"
    r"\d+(?:st|nd|rd|th)\b.*|(?<=\w)\s*(?:기자|記者)(?:\s.*)?$",
    re.IGNORECASE,
)
_ROLE_WORDS = (
    r"reporter|editor|writer|correspondent|columnist|journalist|contributor|producer|bureau|freelancer?|meteorologist|"
    r"forecaster|weathercaster|anchor|photographer|photojournalist|videographer|multimedia|host|presenter|manager|"
    r"director|intern|coordinator|specialist|strategist|(?:co-?)?founder|president|officer|executive|expert|analyst|"
    r"consultant|professor|lecturer|researcher|fellow|engineer|developer|advis[eo]r|attorney|planner|marketer|copywriter|"
    r"redakteur(?:in)?|korrespondent(?:in)?|volontär(?:in)?|chefredakteur(?:in)?|moderator(?:in)?|reporterin|autorin|"
    r"periodista|redactora?|corresponsal|giornalista|journaliste|rédacteur|rédactrice|ceo|cto|cfo|cmo|coo"
)
_ROLE = re.compile(
    rf"^(?:[\w'’.&-]+\s+){{0,4}}(?:{_ROLE_WORDS})s?(?:\s+(?:of|for|at|in|der|des|de|im|and|&)\s.*|\s+emerit\w+)?$|"
    r"^(?:head|vp|vice president|chief|director|team lead|lead)\s+(?:of|for)?\b.*",
    re.IGNORECASE,
)
_LINK_LABEL = re.compile(
    r"^(?:follow|contact|bio|show|hide|view|more|profile|share|comments?|foto|photo|bild|image|getty|edit|antworten|reply|"
    r"permalink|subscribe|home|zur|zum|e-?mail|mail|send|message|see|read|all|full|about|zeige|alle|mehr|voir|ver|website|"
    r"twitter|facebook|linkedin|instagram|x|threads|bluesky|view|visit)(?:\s|$|:)",
    re.IGNORECASE,
)
# `ANN PORTER Staff Writer`, `Ann Porter for The Courier`: at least two words before.
_EMPLOYED = re.compile(r"^(\S+\s+\S.*?)\s+(?:staff (?:writer|reporter)|(?:the )?associated press)$", re.IGNORECASE)
_FOR = re.compile(r"^(\S+\s+\S.*?)\s+(?:(?i:(?:exclusively |specially )?for)|of(?= the ))\s+(?:the )?[A-Z].*$")
# A station: after the name of a person it says where the person works.
_STATION = re.compile(
    r"^(?!.*\b(?:Staff|Team|Desk|Newsroom)\b)(?:[KW][A-Z]{2,3}\d*(?:-?(?:TV|DT|FM|AM))?\b|(?i:news\s?(?:channel|center|watch|team))\b|(?:ABC|NBC|CBS|FOX)\s?\d*\b)"
)
# Towns whose names begin like this have two words.
_PLACE = re.compile(
    r"^(?:(?:St\.?|Saint|New|San|Santa|Los|Las|Fort|Ft\.?|Port|Mount|North|South|East|West) )?[A-ZÀ-Þ][\w’'-]+\.?$"
)
# A part that only says for whom: `For the Daily Post`.
_FOR_PAPER = re.compile(r"^(?:exclusively |specially )?for [a-z]", re.IGNORECASE)
# The author of an RSS item: `ann@example.org (Ann Porter)`.
_FEED_AUTHOR = re.compile(r"^\S+@\S+\s+\(([^()]+)\)$")
_PLACEHOLDER = re.compile(r"[{}<>\[\]=\\$%]|^[a-z]\w*\.(?:\w+\.)*(?:author|name|user|title)s?$")
_ACCOUNT = re.compile(r"^[^\s]*[\d_.][^\s]*$")
_NOT_NAMES = frozenset(
    [
        "admin", "administrator", "redaktion", "author", "authors", "autor", "editor", "staff", "none", "null", "by",
        "undefined", "unknown", "anonymous", "guest", "n/a", "von", "user", "root", "webmaster", "default", "autoren",
        "jr", "sr", "ii", "iii", "md", "phd", "ph.d", "false", "true", "test", "wordpressadmin", "siteadmin", "name",
        "and", "und", "et", "y", "og", "och", "with", "mit", "con", "avec", "the author", "autoreninfo", "author name",
        "opinion", "about the author", "last", "first", "here", "object object", "your name", "firstname lastname",
        "min", "mins",
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "minutes", "read", "min read", "mins read", "sponsored",
        "m.d", "m.a", "ph", "author info",
        "guest author", "staff writer", "staff writers", "staff report", "staff reports", "staff reporter",
        "web staff", "super user", "site admin", "test user", "guest contributor", "contributor",
    ]
)  # fmt: skip


# Who writes where nobody is named: departments, desks and agencies.
_DESK = re.compile(
    r"(?:the )?(?:[\w’'-]+ ){0,3}(?:staff|newsroom|(?:news |web )?desk|newsdesk|webdesk|team|board|editorial|admin|"
    r"user|agency|agencies|wire services?|staff (?:writer|report|reporter)s?|press release|contributors?|redaktion\w*|"
    r"redacci[óo]n|redação|rédaction|redazione|redactie|toimitus|redakcja|redakce|redakcia|redakcija|szerkesztőség|"
    r"редакция|редакція|uredništvo)"
    r"(?: [\w’'.-]+){0,2}|\w+-?redaktion",
    re.IGNORECASE,
)
_AGENCIES = frozenset(
    [
        "associated press",
        "the associated press",
        "ap",
        "reuters",
        "afp",
        "dpa",
        "upi",
        "ansa",
        "efe",
        "bloomberg",
        "apa",
    ]
)


def clean_names(raws: Iterable[str], split: bool = True) -> list[str]:
    """The names in bylines, each once: `By A and B, Reporters` gives A and B. Without `split` each raw is one name."""
    names: dict[str, str] = {}
    for raw in raws:
        text = _FEED_AUTHOR.sub(r"\1", clean_markup(raw[:2000]))
        has_name = False
        for rank, part in enumerate(_parts(_LEAD.sub("", text)) if split else [_LEAD.sub("", text)]):
            name = _clean(part)
            if name and ((rank and _ROLE.match(name)) or (has_name and _is_employer(name))):
                continue
            has_name = has_name or bool(name)
            if name and len(names) < MAX_AUTHORS:
                names.setdefault(name.casefold(), name)
    return list(names.values())


def without_place(names: list[str]) -> list[str]:
    """The names of a printed byline, without the town after its only full name: `Ann Lee, St. Joseph`."""
    is_placed = len(names) == 2 and is_full_name(names[0]) and _PLACE.match(names[1])
    return names[:1] if is_placed else names


def _is_employer(name: str) -> bool:
    return name.casefold() in _AGENCIES or bool(_STATION.match(name))


def has_lead(text: str) -> bool:
    """Whether the text starts like a byline (`By`, `Von` ...)."""
    return bool(_LEAD.match(text.replace("|", " ").strip()))


def is_account(name: str) -> bool:
    """Whether a name looks like a user's account or an abbreviation (`webteam2`, `jdoe`, `DT`) more than a person."""
    return " " not in name and name.isascii() and (not name.istitle() or bool(_ACCOUNT.match(name)))


def is_desk(name: str) -> bool:
    """Whether a name is that of a department, a desk or an account (`Web Staff`, `La Rédaction`), not of a person."""
    return bool(_DESK.fullmatch(name))


def is_full_name(name: str) -> bool:
    """Whether a name has two to four words, the first and last capitalized, and no digits."""
    words = name.split()
    return 2 <= len(words) <= 4 and not name.islower() and words[0][0].isupper() and not any(map(str.isdigit, name))


def _parts(text: str) -> list[str]:
    """The pieces between separators, without those that name reviewers, translators and photographers."""
    parts: list[str] = []
    skipping = False
    for piece in _SPLIT.split(text):
        if _LEAD.match(piece) or _ONLY_LEAD.match(piece):
            skipping = False
        kept = _OTHER_WORK.sub("", piece)
        if not skipping:
            parts += [name for part in kept.split(",") for name in _pair(part)]
        skipping = skipping or kept != piece
    return parts


def _pair(part: str) -> tuple[str, ...]:
    match = _PAIR.match(part.strip())
    return (match.group(1), match.group(2)) if match else (part,)


def _clean(part: str) -> str | None:
    part = part.strip()
    if _FOR_PAPER.match(part):
        return None
    if _ONLY_LEAD.match(part) or _PLACEHOLDER.search(part.partition("[")[0]):
        return None
    name = _LEAD.sub("", _NOISE.sub("", _EMPLOYED.sub(r"\1", _FOR.sub(r"\1", part)))).strip(' \t,.:-–—|*•~/"“”')
    if not 2 <= len(name) <= MAX_NAME or len(name.split()) > 6 or name.casefold() in _NOT_NAMES:
        return None
    if _LINK_LABEL.match(name) or not any(character.isalpha() for character in name):
        return None
    if name != part and name.casefold() in MONTHS:
        return None
    return f"{name}." if name.endswith((" Jr", " Sr")) else name
