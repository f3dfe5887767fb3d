"""Reads closings lists that are data: the JSON and XML exports of newsroom systems, and JSON in a page's scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

from flows.parse.page.clean import clean_text
from flows.parse.station.closings_listing import Entry, Listing, mostly_statuses

# Keys without case and punctuation, the most specific first.
_OWN_NAMES: Final = ("forcedorganizationname", "organizationname", "organisationname", "orgname", "organization")
_NAMES: Final = (*_OWN_NAMES, "organisation", "institutionname", "institution", "schoolname", "school", "name", "title")
_STATUSES: Final = (
    "forcedstatusname", "statusname", "statustext", "closingstatus", "status", "statusmessage", "message", "notice",
)  # fmt: skip
# Fields of any text: a status only where most of the list's texts read like one.
_TEXTS: Final = ("description", "comments", "comment", "text", "details")
_COUNTS: Final = ("numclosings", "closingscount", "numrecords", "totalclosings")
_LISTS: Final = ("closings", "closing", "records", "record", "organizations", "schoolclosings")
_UPDATED: Final = ("updated", "lastupdated", "updatedat", "modified", "timestamp")
_PARTS: Final = ("name", "text", "label", "title")
_OF_CLOSINGS = re.compile(r"closing|delay", re.IGNORECASE)
_ISO_DAY = re.compile(r"^(20\d\d-\d\d-\d\d)(?:$|[T ])")
_CALLBACK = re.compile(r"^\s*(?:(?:var|let|const)\s+)?[\w.$]{1,60}\s*[=(]\s*")
_ASSIGNED = re.compile(r"=\s*(?=[\[{])")
_MAX_DEPTH = 40


def read_export(text: str) -> Listing | None:
    """The list in a JSON or XML file; None if the text is neither. Raises no error on damaged data."""
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] == "<":
        return _read_xml(start) if re.match(r"<\?xml|<(?!html|!)[A-Z_]*CLOSINGS?\b", start, re.IGNORECASE) else None
    value = _decoded(_CALLBACK.sub("", start, count=1)) if start[:1] not in "[{" else _decoded(start)
    return None if value is None else _file_listing(value)


def read_scripts(tree: LexborHTMLParser) -> Listing | None:
    """The list in the state that a page's scripts hold; None without one. Only names that belong to organizations
    count, because a page's state holds many other things with a name and a status; any name counts under a key that
    says closings, if most of the texts read like a status."""
    found = Listing()
    for script in tree.css("script"):
        text = script.text()
        folded = text.casefold()
        is_export = any(key in folded for key in ("num_closings", "organization_name", "orgname"))
        for value in _values(text) if is_export or _OF_CLOSINGS.search(folded) else ():
            own = _listing(value, _OWN_NAMES) if is_export else Listing()
            found = found.joined(own if own.entries or own.says_empty else _under_closings(value))
    return found if found.entries or found.says_empty else None


def _under_closings(value: Any) -> Listing:
    """The entries under keys that say closings; such a key without entries does not say that there are none."""
    for holder in _objects(value, 0):
        for key, inner in holder.items():
            if _OF_CLOSINGS.search(key) and isinstance(inner, dict | list):
                entries = _listing(inner, _NAMES).entries
                if kept := mostly_statuses([(entry.organisation, entry.status) for entry in entries]):
                    return Listing(kept)
    return Listing()


def _file_listing(value: Any) -> Listing:
    """The list in a file that holds nothing else."""
    found = _listing(value, _NAMES)
    if not found.entries:
        pairs = [(_first(fields, _NAMES), _first(fields, _TEXTS)) for fields in _objects(value)]
        found.entries = mostly_statuses(pairs)
    found.says_empty |= not found.entries and isinstance(value, dict) and value.get("total") == 0
    return found


def _values(script: str) -> Iterator[Any]:
    """The JSON values of a script: the whole of it, or what it assigns."""
    if script.lstrip()[:1] in "[{":
        yield _decoded(script.lstrip())
        return
    end = 0
    for match in _ASSIGNED.finditer(script):
        if match.end() >= end:
            try:
                value, end = json.JSONDecoder().raw_decode(script, match.end())
            except (ValueError, RecursionError):
                continue
            yield value


def _decoded(text: str) -> Any:
    """The first JSON value of a text, None where there is none."""
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _read_xml(text: str) -> Listing | None:
    """XML as JSON-like objects; a document with a DTD is not read, because entities could expand without bound."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return Listing(notes=["closings: XML with a DTD is not read"])
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a DTD there are no entities to expand
    except ElementTree.ParseError as error:
        return Listing(notes=[f"closings: not well-formed XML: {error}"])
    return None if root.tag.rpartition("}")[2].lower() == "html" else _file_listing({root.tag: _object(root)})


def _object(element: ElementTree.Element, depth: int = 0) -> Any:
    """An element with children or attributes as an object (children of one tag as a list), any other as its text."""
    if depth > _MAX_DEPTH or not (len(element) or element.attrib):
        return element.text or ""
    fields: dict[str, Any] = dict(element.attrib)
    for child in element:
        fields.setdefault(child.tag, [])
        if isinstance(fields[child.tag], list):
            fields[child.tag].append(_object(child, depth + 1))
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in fields.items()}


def _listing(value: Any, names: tuple[str, ...]) -> Listing:
    """The entries among all objects of a value. Empty is said by a count of zero, or by an empty list of closings."""
    found = Listing()
    count: int | None = None
    for fields in _objects(value):
        organisation, status = _first(fields, names), _first(fields, _STATUSES)
        if organisation and status:
            found.entries.append(Entry(organisation, status, _day(_first(fields, _UPDATED))))
        if (counted := _first(fields, _COUNTS)) and counted.isdecimal():
            count = (count or 0) + int(counted)
        found.says_empty |= any(fields.get(key) == [] for key in _LISTS)
    found.says_empty = count == 0 if count is not None else found.says_empty
    if count is not None and count != len(found.entries):
        found.notes.append(f"closings: the list counts {count} organizations, {len(found.entries)} can be read")
    return found


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object in a value, with keys in lower case and without punctuation."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield {re.sub(r"[^a-z]", "", str(key).rpartition("}")[2].lower()): inner for key, inner in value.items()}
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner, depth + 1)


def _first(fields: dict[str, Any], keys: tuple[str, ...]) -> str:
    """The first text or number under one of these keys, or in an object under one, as clean text."""
    for key in keys:
        value = fields.get(key)
        if isinstance(value, dict):
            value = next((value[part] for part in _PARTS if isinstance(value.get(part), str)), None)
        if isinstance(value, str | int) and (text := clean_text(str(value))):
            return text
    return ""


def _day(text: str) -> date | None:
    match = _ISO_DAY.match(text)
    try:
        return date.fromisoformat(match.group(1)) if match else None
    except ValueError:
        return None
