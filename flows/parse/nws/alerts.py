"""Reads alert messages of api.weather.gov (CAP 1.2), and leaves out what is no alert to the public."""

from __future__ import annotations

import re
from typing import Any

from flows.model import Alert
from flows.parse.nws.values import instant, last_part, listed, read_text

_STATUS = "Actual"  # the others are Exercise, System, Test and Draft
_MESSAGE_TYPES = frozenset(["Alert", "Update", "Cancel"])  # Ack and Error tell the public nothing
_TEST_EVENTS = frozenset([
    "test message", "required weekly test", "required monthly test", "national periodic test", "practice/demo warning",
])  # fmt: skip
# VTEC actions (NWS Instruction 10-1703). An alert ends: it is canceled, or replaced by another product.
_ENDS = frozenset(["CAN", "UPG"])
# Not an alert: a notice that one expires as announced, or any action of a test product.
_NO_ALERT = frozenset(["EXP", "TEST"])
_VTEC = re.compile(r"/([OTEX])\.([A-Z]{3})\.[A-Z]{4}\.")


def read_alert(record: dict[str, Any], notes: list[str]) -> Alert | None:
    """The alert in the properties of one feature, times in UTC. None, with a note, without an id or event and for a
    message that is a test, exercise, draft, acknowledgment or error, or only says that an alert expires. Status and
    message type may be missing. An Update whose VTEC codes only cancel or replace is read as a Cancel."""
    name, event = read_text(record.get("id")), read_text(record.get("event"))
    if not name or not event:
        notes.append("alert: without id or event, left out")
        return None
    status, message_type = (_capitalized(read_text(record.get(key))) for key in ("status", "messageType"))
    if not _is_public(event, status, message_type):
        notes.append(f"alert: '{event[:60]}' has status {status} and message type {message_type}, left out")
        return None
    actions = _vtec_actions(record)
    if actions and actions <= _NO_ALERT:
        notes.append(f"alert: '{event[:60]}' has VTEC action {', '.join(sorted(actions))}, left out")
        return None
    if message_type == "Update" and actions and actions <= _ENDS:
        message_type = "Cancel"
    return Alert(
        id=name,
        event=event,
        message_type=message_type,
        status=status,
        headline=read_text(record.get("headline")),
        severity=read_text(record.get("severity")),
        sent_at=instant(record.get("sent")),
        onset_at=instant(record.get("onset")) or instant(record.get("effective")),
        ends_at=instant(record.get("ends")) or instant(record.get("expires")),
        area=read_text(record.get("areaDesc")),
        zones=_zones(record),
        references=_references(record.get("references")),
        text=read_text(record.get("description")),
        office=read_text(record.get("senderName")),
    )


def _capitalized(word: str | None) -> str | None:
    return word.capitalize() if word else word


def _is_public(event: str, status: str | None, message_type: str | None) -> bool:
    if event.casefold() in _TEST_EVENTS:
        return False
    return status in (None, _STATUS) and (message_type is None or message_type in _MESSAGE_TYPES)


def _vtec_actions(record: dict[str, Any]) -> set[str]:
    """The actions of the message's VTEC codes, such as CON and CAN, TEST for a code of a test product; none for a
    message without codes."""
    parameters = record.get("parameters")
    codes = listed(parameters.get("VTEC")) if isinstance(parameters, dict) else []
    found = [match for code in codes if isinstance(code, str) for match in _VTEC.findall(code)]
    return {"TEST" if product == "T" else action for product, action in found}


def _zones(record: dict[str, Any]) -> tuple[str, ...]:
    geocode = record.get("geocode")
    codes = listed(geocode.get("UGC")) if isinstance(geocode, dict) else []
    codes = codes or [last_part(zone) for zone in listed(record.get("affectedZones"))]
    return tuple(dict.fromkeys(text for code in codes if (text := read_text(code))))


def _references(value: Any) -> tuple[str, ...]:
    """The ids of the messages referred to: objects in JSON; `sender,id,sent` triples, with spaces between, in CAP."""
    if isinstance(value, str):
        triples = (triple.split(",") for triple in value.split())
        return tuple(dict.fromkeys(parts[1] for parts in triples if len(parts) == 3 and parts[1]))
    ids = (
        read_text(item.get("identifier")) or last_part(item.get("@id"))
        for item in listed(value)
        if isinstance(item, dict)
    )
    return tuple(dict.fromkeys(name for name in ids if name))
