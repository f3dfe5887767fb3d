"""Alert messages of the API: what each kind says, what it refers to, and which messages are no alert."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows.model import NwsAnswer, Page
from flows.parse import parse_nws


def read(**fields: Any) -> NwsAnswer:
    record = {"id": "urn:a", "event": "Tornado Warning", "status": "Actual", "messageType": "Alert", **fields}
    body = json.dumps({"type": "FeatureCollection", "features": [{"properties": record}]}).encode()
    return parse_nws(Page("https://api.weather.gov/alerts/active?zone=MOC021", body, "application/geo+json"), "alerts")


@pytest.mark.parametrize("status", ["Test", "Exercise", "Draft", "System"])
def test_a_message_that_is_not_actual_is_no_alert(status: str) -> None:
    answer = read(status=status)
    assert answer.alerts == []
    assert answer.notes == [f"alert: 'Tornado Warning' has status {status} and message type Alert, left out"]


@pytest.mark.parametrize(
    "fields",
    [{"messageType": "Ack"}, {"messageType": "Error"}, {"event": "Test Message"}, {"event": "Required Weekly Test"}],
)
def test_an_acknowledgment_an_error_and_a_test_event_are_no_alert(fields: dict[str, str]) -> None:
    assert read(**fields).alerts == []


def test_status_and_type_are_known_in_any_case_and_in_json_ld() -> None:
    (alert,) = read(status="ACTUAL", messageType="cancel").alerts
    assert (alert.status, alert.message_type) == ("Actual", "Cancel")
    graph = json.dumps({"@graph": [{"id": "urn:a", "event": "Tornado Warning"}, 7]}).encode()
    (alert,) = parse_nws(Page("https://api.weather.gov/alerts", graph, "application/ld+json"), "alerts").alerts
    assert alert.id == "urn:a"


def test_a_message_without_status_and_type_is_an_alert() -> None:
    (alert,) = read(status=None, messageType=None).alerts
    assert (alert.status, alert.message_type) == (None, None)


@pytest.mark.parametrize(
    "references",
    [
        [{"@id": "https://api.weather.gov/alerts/urn:1", "identifier": "urn:1"}, {"identifier": "urn:2"}],
        [{"@id": "https://api.weather.gov/alerts/urn:1"}, {"@id": "https://api.weather.gov/alerts/urn:2"}, 7, {}],
        "w-nws@noaa.gov,urn:1,2026-01-05T12:00:00-06:00 w-nws@noaa.gov,urn:2,2026-01-05T13:00:00-06:00",
    ],
)
def test_the_messages_referred_to_are_kept(references: Any) -> None:
    (alert,) = read(messageType="Cancel", references=references).alerts
    assert (alert.message_type, alert.references) == ("Cancel", ("urn:1", "urn:2"))


@pytest.mark.parametrize(
    "fields",
    [
        {"geocode": {"UGC": ["MOC021", "MOC003", "MOC021"]}},
        {"affectedZones": [f"https://api.weather.gov/zones/county/{code}" for code in ("MOC021", "MOC003")]},
        {"geocode": {"UGC": "MOC021"}, "affectedZones": ["x/MOC021", "x/MOC003"]},
    ],
)
def test_zones_are_codes_each_once(fields: dict[str, Any]) -> None:
    (alert,) = read(**fields).alerts
    assert alert.zones == ("MOC021", "MOC003")


@pytest.mark.parametrize(
    ("codes", "message_type"),
    [
        (["/O.CON.KEAX.TO.W.0012.000000T0000Z-260105T2300Z/"], "Update"),
        (["/O.EXT.KEAX.FL.W.0003.000000T0000Z-260107T0000Z/"], "Update"),
        (["/O.CAN.KEAX.TO.W.0012.000000T0000Z-260105T2300Z/"], "Cancel"),
        (["/O.UPG.KEAX.WS.A.0001.260106T0000Z-260107T0000Z/"], "Cancel"),  # a watch, replaced by a warning
        (
            ["/O.UPG.KEAX.WS.A.0001.260106T0000Z-260107T0000Z/", "/O.NEW.KEAX.WS.W.0001.260106T0000Z-260107T0000Z/"],
            "Update",
        ),
        (
            ["/O.CAN.KEAX.WW.Y.0002.000000T0000Z-260107T0000Z//O.EXA.KEAX.WS.W.0001.260106T0000Z-260107T0000Z/"],
            "Update",
        ),
        (["/O.EXP.KEAX.TO.W.0012.000000T0000Z-260105T2300Z/"], None),
        (["/T.NEW.KEAX.TO.W.9999.260105T2200Z-260105T2300Z/"], None),
        ([], "Update"),
        ("no list", "Update"),
        (["no code"], "Update"),
    ],
)
def test_the_vtec_codes_of_an_update_say_whether_it_goes_on(codes: Any, message_type: str | None) -> None:
    answer = read(messageType="Update", references=[{"identifier": "urn:1"}], parameters={"VTEC": codes})
    found = [(alert.message_type, alert.references) for alert in answer.alerts]
    assert found == ([(message_type, ("urn:1",))] if message_type else [])
    assert bool(answer.notes) is (message_type is None)
