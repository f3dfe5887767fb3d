"""Products above the headline, and the times in them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.parse.station import alerts
from flows.parse.station.alert_times import read_when

CENTRAL = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("text", "onset", "ends"),
    [
        ("From 6 PM this evening to 6 AM CST Sunday.", "2022-01-01T18:00", "2022-01-02T06:00"),
        ("From 9 PM this evening to 3 AM CST.", "2022-01-01T21:00", "2022-01-02T03:00"),
        ("Until 9 PM CST this evening.", None, "2022-01-01T21:00"),
        ("From noon today to midnight CST tonight.", "2022-01-01T12:00", "2022-01-02T00:00"),
        ("From 430 AM tomorrow to 10:15 AM CST Monday.", "2022-01-02T04:30", "2022-01-03T10:15"),
        ("Until 6 PM AKDT this evening.", None, "2022-01-01T20:00"),
        ("Until noon AST today.", None, "2022-01-01T10:00"),
        ("Until 7 AM ChST Monday.", None, "2022-01-02T15:00"),
        ("Through the weekend.", None, None),
        ("From 99 PM to 6 AM CST.", None, None),
    ],
)
def test_alert_times(text: str, onset: str | None, ends: str | None) -> None:
    captured = datetime(2022, 1, 1, 19, tzinfo=UTC)
    expected = tuple(datetime.fromisoformat(t).replace(tzinfo=CENTRAL) if t else None for t in (onset, ends))
    assert read_when(text, captured, CENTRAL) == expected
    assert read_when(text, None, CENTRAL) == (None, None)


def test_alerts_above_the_headline_are_taken_out_and_one_below_stays() -> None:
    product = "<p>...WIND ADVISORY IN EFFECT...</p><p>* WHAT...Gusts to 50 mph. * WHERE...Hills.</p>"
    boxes = f"<div><div>{product}</div><div>{product.replace('WIND', 'FROST')}</div></div>"
    tree = LexborHTMLParser(f"{boxes}<h1>Story</h1><div>{product}</div>")
    found = alerts.take(tree, None, None)
    assert [alert.event for alert in found] == ["Wind Advisory", "Frost Advisory"]
    assert tree.body is not None
    assert tree.body.text().count("* WHAT") == 1
    assert alerts.take(tree, None, None, everywhere=True)[0].id == found[0].id


WARNING = (
    "The National Weather Service in Alder Hill has issued a<br>* Tornado Warning for...<br>Eastern Olden County..."
    "<br>* Until 515 PM CDT.<br>* At 443 PM CDT, a severe storm was near Olden.<br>HAZARD...Tornado.<br>SOURCE...Radar."
    "<br>IMPACT...Flying debris.<br>&amp;&amp;"
)
STATEMENT = (
    "Special Weather Statement<br>National Weather Service Alder Hill MO<br>443 PM CDT Thu Jun 15 2023<br>"
    "...Dense fog will slow traffic until 7 PM CDT...<br>Drivers should allow for more time."
)
WATCH = "THE NATIONAL WEATHER SERVICE HAS ISSUED TORNADO WATCH 412 IN EFFECT UNTIL 9 PM CDT THIS EVENING FOR OLDEN."
FOR_AREA = (
    "* Flood Advisory for...<br>Olden County in western Missouri.<br>* Until 615 PM CDT.<br>"
    "Streets may be under water.<br>&amp;&amp;"
)
BULLETS = (
    "...WIND ADVISORY IN EFFECT FROM 6 PM THIS EVENING TO 6 AM CDT FRIDAY...<br>* TIMING...Tonight."
    "<br>* WINDS...West 30 mph.<br>* IMPACTS...Loose things fly."
)
CAPS = (
    "...SIGNIFICANT WEATHER ADVISORY FOR OLDEN COUNTY UNTIL 530 PM CDT...<br>At 443 PM CDT, a strong storm was near "
    "Olden.<br>Gusts of 40 mph are possible."
)
PROSE = "The weather service has issued<br>Tornado Watch 412 in effect until 9 PM CDT this evening for Olden and Pell."
OUTLOOK = (
    "Hazardous Weather Outlook<br>National Weather Service Alder Hill MO<br>443 AM CDT Thu Jun 15 2023<br>"
    "This outlook is for western Missouri until 7 PM CDT.<br>&amp;&amp;"
)
CANCELED = (
    "THE TORNADO WARNING FOR OLDEN COUNTY IS CANCELLED...<br>The storm has weakened; stay alert until 515 PM CDT."
    "<br>&amp;&amp;<br>LAT...LON 3945 9451"
)


@pytest.mark.parametrize(
    ("product", "event", "onset", "ends"),
    [
        (WARNING, "Tornado Warning", None, "2023-06-15T17:15"),
        (STATEMENT, "Special Weather Statement", None, "2023-06-15T19:00"),
        (WATCH, "Tornado Watch", None, "2023-06-15T21:00"),
        (FOR_AREA, "Flood Advisory", None, "2023-06-15T18:15"),
        (BULLETS, "Wind Advisory", "2023-06-15T18:00", "2023-06-16T06:00"),
        (CAPS, "Significant Weather Advisory", None, "2023-06-15T17:30"),
        (PROSE, "Tornado Watch", None, "2023-06-15T21:00"),
        (OUTLOOK, "Hazardous Weather Outlook", None, "2023-06-15T19:00"),
        (CANCELED, "Tornado Warning", None, "2023-06-15T17:15"),
    ],
    ids=[
        "warning by polygon",
        "special statement",
        "watch",
        "advisory for an area",
        "bullets before 2018",
        "headline in capitals",
        "watch in prose",
        "outlook",
        "cancellation",
    ],
)
@pytest.mark.parametrize("split", ["<br>", "</p><p>"])
def test_products_without_what(product: str, event: str, onset: str | None, ends: str, split: str) -> None:
    product = product.replace("<br>", split)
    html = (
        f"<nav>Home</nav><div class=a><div class=b><p>{product}</p></div></div><main><h1>Story</h1><p>Body.</p></main>"
    )
    assert alerts.may_hold_product(html)
    tree = LexborHTMLParser(html)
    (alert,) = alerts.take(tree, datetime(2023, 6, 15, 21, 50, tzinfo=UTC), CENTRAL)
    expected = tuple(datetime.fromisoformat(t).replace(tzinfo=CENTRAL) if t else None for t in (onset, ends))
    assert (alert.event, alert.onset_at, alert.ends_at) == (event, *expected)
    assert tree.body is not None
    assert "".join(tree.body.text().split()) == "HomeStoryBody."


def test_two_warnings_are_two_alerts() -> None:
    boxes = f"<div><div>{WARNING}</div><div>{WARNING.replace('Tornado', 'Flood')}</div></div>"
    found = alerts.take(LexborHTMLParser(f"{boxes}<h1>Story</h1>"), None, None)
    assert [alert.event for alert in found] == ["Tornado Warning", "Flood Warning"]


def test_a_sentence_about_a_warning_is_no_product() -> None:
    html = "<div>The National Weather Service has issued a Tornado Warning for Olden County.</div><h1>Story</h1>"
    assert not alerts.may_hold_product(html)
    assert alerts.take(LexborHTMLParser(html), None, None) == []


def test_the_time_of_issue_is_when_the_alert_was_sent() -> None:
    (alert,) = alerts.take(LexborHTMLParser(f"<div>{STATEMENT}</div><h1>Story</h1>"), None, None)
    assert alert.sent_at == datetime(2023, 6, 15, 21, 43, tzinfo=UTC)
    assert (alert.office, alert.ends_at) == ("Alder Hill MO", datetime(2023, 6, 16, 0, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "read_on", "onset", "ends"),
    [
        ("From 6 PM Saturday to 6 AM Sunday.", "2024-01-07T04:00", "2024-01-06T18:00", "2024-01-07T06:00"),
        ("From 6 PM Saturday to 6 AM Sunday.", "2024-01-06T20:00", "2024-01-06T18:00", "2024-01-07T06:00"),
        ("From 6 PM Saturday to 6 AM Sunday.", "2024-01-04T20:00", "2024-01-06T18:00", "2024-01-07T06:00"),
        ("From 6 PM Friday to noon Monday.", "2024-01-07T04:00", "2024-01-05T18:00", "2024-01-08T12:00"),
        ("From 6 PM this evening to 6 AM Sunday.", "2024-01-07T04:00", "2024-01-06T18:00", "2024-01-07T06:00"),
        ("From 6 PM Saturday to 6 AM.", "2024-01-04T20:00", "2024-01-06T18:00", "2024-01-07T06:00"),
        ("From 3 AM to 9 AM CST Sunday.", "2024-01-06T15:00", "2024-01-07T03:00", "2024-01-07T09:00"),
        ("From 9 PM to 6 AM CST Monday.", "2024-01-06T15:00", "2024-01-07T21:00", "2024-01-08T06:00"),
        ("From 1 AM Monday to 6 PM CST Monday.", "2024-01-09T01:30", "2024-01-08T01:00", "2024-01-08T18:00"),
        ("From 9 PM Tuesday to 9 AM CST Thursday.", "2024-01-06T23:30", "2024-01-09T21:00", "2024-01-11T09:00"),
        (
            "From 7 PM CST /8 PM EST/ this evening to 6 AM CST /7 AM EST/ Sunday.",
            "2024-01-06T15:00",
            "2024-01-06T19:00",
            "2024-01-07T06:00",
        ),
        ("Until 1215 AM CST.", "2024-01-06T23:50", None, "2024-01-07T00:15"),
    ],
)
def test_an_onset_lies_before_its_end_on_whatever_day_it_is_read(
    text: str, read_on: str, onset: str | None, ends: str
) -> None:
    read_at, *expected = (
        datetime.fromisoformat(t).replace(tzinfo=CENTRAL) if t else None for t in (read_on, onset, ends)
    )
    assert list(read_when(text, read_at, CENTRAL)) == expected
