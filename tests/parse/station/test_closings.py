"""Closings files: rows, the two sentences that mean none, stale, broken, and days relative to the list's own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.model import ClosingsList, Page
from flows.parse import Context, load_context, parse_closings

STAMP = '<table><tr><td class="timestamp">UPDATED TUESDAY, SEP 22 AT 10:10 AM</td></tr>'
TUESDAY = date(2020, 9, 22)


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context()


def read(
    context: Context, body: str, captured: datetime | None = datetime(2020, 9, 22, 16, tzinfo=UTC)
) -> ClosingsList:
    url = "https://ftp2.kq2.com/closings.html"
    return parse_closings(Page(url, body.encode(), captured_at=captured), context)


def row(name: str, status: str) -> str:
    return f'<tr><td class="orgname">{name}</td><td class="status">{status}</td></tr>'


def test_rows_with_the_lists_own_time(context: Context) -> None:
    closings = read(
        context, STAMP + row("Oak &amp; Elm School", "Classes delayed 2 hours") + row("Ash Church", "Closed Tomorrow")
    )
    assert closings.state == "populated"
    assert closings.updated_at == datetime(2020, 9, 22, 15, 10, tzinfo=UTC)
    assert [(r.organisation, r.status, r.effective_date) for r in closings.rows] == [
        ("Oak & Elm School", "Classes delayed 2 hours", TUESDAY),
        ("Ash Church", "Closed Tomorrow", date(2020, 9, 23)),
    ]


@pytest.mark.parametrize(
    "sentence",
    ["No currently active closings or delays to report.", "There are no active records at this time."],
)
def test_two_sentences_mean_empty(context: Context, sentence: str) -> None:
    assert read(context, f"{STAMP}<tr><td>{sentence}</td></tr>").state == "empty"


@pytest.mark.parametrize("body", ["", "   ", "<html></html>", STAMP, "<h1>502 Bad Gateway</h1>", "\x00\xff"])
def test_anything_else_is_broken_not_empty(context: Context, body: str) -> None:
    closings = read(context, body)
    assert closings.state == "broken"
    assert closings.notes


def test_a_list_days_older_than_its_capture_is_stale(context: Context) -> None:
    body = STAMP + row("Ash Church", "Closed")
    assert read(context, body, datetime(2020, 9, 25, 14, tzinfo=UTC)).state == "populated"
    late = read(context, body, datetime(2020, 9, 26, 14, tzinfo=UTC))
    assert late.state == "stale"
    assert late.rows[0].effective_date == TUESDAY


def test_year_is_the_nearest_in_the_past(context: Context) -> None:
    body = STAMP.replace("TUESDAY, SEP 22 AT 10:10 AM", "THURSDAY, DEC 31 AT 11:50 PM") + row(
        "Ash Church", "Closed Tomorrow"
    )
    closings = read(context, body, datetime(2021, 1, 1, 7, tzinfo=UTC))
    assert closings.updated_at == datetime(2021, 1, 1, 5, 50, tzinfo=UTC)
    assert closings.rows[0].effective_date == date(2021, 1, 1)


def test_without_capture_time_there_is_no_effective_date(context: Context) -> None:
    closings = read(context, STAMP + row("Ash Church", "Closed Tomorrow"), captured=None)
    assert (closings.state, closings.updated_at, closings.rows[0].effective_date) == ("populated", None, None)


def test_a_row_without_status_takes_none_from_its_neighbor(context: Context) -> None:
    half = '<tr><td class="orgname">Half School</td></tr>'
    closings = read(context, STAMP + half + row("Ash Church", "Closed") + row("Ash Church", "Closed"))
    assert [(r.organisation, r.status) for r in closings.rows] == [("Ash Church", "Closed")]


SHOWN = [("Oak School", "Closed Friday"), ("Ash Church", "2 Hour Delay")]
NEXSTAR = '<div class="closing"><h3 class="closing__title">{}</h3><div class="closing__status">{}</div></div>'
SCRIPPS = '<article class="closing js-block"><p class="text--primary">{}</p><p class="text--secondary">{}</p></article>'
HEARST = (
    '<div class="weather-closings-data-item"><div class="weather-closings-data-name">{}</div>'
    '<div class="weather-closings-data-status">{}</div></div>'
)
NBC = '<div class="listing"><h4 class="listing__org">{}</h4><p class="listing__notice">{}</p></div>'
CLASS_WORDS = '<li class="wnItem"><span class="wnOrgName">{}</span><span class="wnStatus">{}</span></li>'
ITEM = "<li><b>{}</b>: {}</li>"
TERM = "<dt>{}</dt><dd>{}</dd>"
CELLS = "<tr><td>{}</td><td>{}</td></tr>"
RECORD = (
    "<RECORD><FORCED_ORGANIZATION_NAME>{}</FORCED_ORGANIZATION_NAME>"
    "<FORCED_STATUS_NAME>{}</FORCED_STATUS_NAME></RECORD>"
)


def rows(template: str) -> str:
    return "".join(template.format(*entry) for entry in SHOWN)


@pytest.mark.parametrize(
    "body",
    [
        rows(NEXSTAR),
        rows(SCRIPPS),
        rows(HEARST),
        rows(NBC),
        f"<ul>{rows(CLASS_WORDS)}</ul>",
        f"<ul>{rows(ITEM)}</ul>",
        f"<dl>{rows(TERM)}</dl>",
        f"<table>{rows(CELLS)}</table>",
        f"<table><tr><th>Organization</th><th>Delay</th></tr>{rows(CELLS)}</table>",
        f"<?xml version='1.0'?><CLOSINGS><NUM_CLOSINGS>2</NUM_CLOSINGS>{rows(RECORD)}</CLOSINGS>",
        '<CLOSINGS><closing name="Oak School" status="Closed Friday"/>'
        '<closing name="Ash Church" status="2 Hour Delay"/></CLOSINGS>',
        '[{"record": [{"forced_organization_name": "Oak School", "forced_status_name": "Closed Friday"},'
        ' {"forced_organization_name": "Ash Church", "forced_status_name": "2 Hour Delay"}], "num_closings": 2}]',
        'closings({"closings": [{"name": "Oak School", "status": "Closed Friday"},'
        ' {"name": "Ash Church", "status": "2 Hour Delay"}]});',
        '<script>Fusion.globalContent={"name": "x", "status": "y"};Fusion.contentCache={"gsync": {"record": ['
        '{"forced_organization_name": "Oak School", "forced_status_name": "Closed Friday"},'
        ' {"forced_organization_name": "Ash Church", "forced_status_name": "2 Hour Delay"}]}};</script>',
        '<script>State={"title": "x", "schoolClosings": [{"schoolName": "Oak School", "status": "Closed Friday"},'
        ' {"schoolName": "Ash Church", "status": "2 Hour Delay"}]};</script>',
        '{"closings": [{"organization": {"name": "Oak School"}, "status": {"text": "Closed Friday"}},'
        ' {"organization": {"name": "Ash Church"}, "status": {"text": "2 Hour Delay"}}]}',
        "<?xml version='1.0'?><rss><channel><title>Closings</title>"
        "<item><title>Oak School</title><description>Closed Friday</description></item>"
        "<item><title>Ash Church</title><description>2 Hour Delay</description></item></channel></rss>",
        rows('<div class="item"><b>{}</b><br>{}</div>'),
        rows('<div class="card"><h4>{}</h4><div>Ash Grove</div><div>{}</div></div>'),
        rows("<h3>{}</h3><p>{}</p>"),
        rows("<p><strong>{}</strong> {}</p>"),
        rows("<li><b>{}</b> {}</li>"),
        f"<table>{rows('<tr><td>{}</td><td>Ash Grove</td><td>{}</td></tr>')}</table>",
        f"<p>{rows('{}: {}<br>')}</p>",
        "Oak School: Closed Friday\nAsh Church - 2 Hour Delay",
    ],
)
def test_every_make_of_list_is_read(context: Context, body: str) -> None:
    closings = read(context, body)
    assert [(r.organisation, r.status) for r in closings.rows] == SHOWN
    assert (closings.state, closings.notes) == ("populated", [])


@pytest.mark.parametrize(
    "body",
    [
        "<p>There are currently no closings or delays.</p>",
        "<div>No active closings, delays or cancellations to report at this time.</div>",
        "<h3>There are no closings to report</h3>",
        "<p>No school closings have been reported. Check back later.</p>",
        "<?xml version='1.0'?><CLOSINGS><NUM_CLOSINGS>0</NUM_CLOSINGS></CLOSINGS>",
        '[{"locations": [], "num_closings": 0, "source": "GSync"}]',
        '{"closings": []}',
        '{"data": [], "total": 0}',
        "<p>At this time, there are no closings or delays.</p>",
        "<p>No closings are currently being reported.</p>",
        "<p>No schools are closed or delayed at this time.</p>",
        "<p>There aren't any delays right now.</p>",
        "<p>There are currently 0 active closings.</p>",
        "<p>All schools and businesses are open.</p>",
    ],
)
def test_every_make_says_in_its_own_way_that_it_is_empty(context: Context, body: str) -> None:
    assert read(context, body).state == "empty"


@pytest.mark.parametrize(
    "body",
    [
        '<p style="display: none">There are no closings at this time.</p><div id="app"></div>',
        '<div class="no-results hidden"><p>There are no closings at this time.</p></div>',
        "<script>var none = '<p>There are no closings at this time.</p>'</script>",
        "<p>No closings match your search.</p>",
        "<h2>0 Closings</h2>",
        '<script>State={"closings": [], "total": 0};</script>',
        '<ul><li><a href="/a">Oak School: how the budget gap was closed</a></li>'
        '<li><a href="/b">Ash Church: fair postponed</a></li></ul>'
        '<div><h3><a href="/c">Oak School</a></h3><p>Closed since May</p></div>'
        '<div><h3><a href="/d">Ash Church</a></h3><p>Fair canceled</p></div>',
        "<p>If there are no closings, this page says so.</p>",
        "<table><tr><th>School</th><th>Status</th></tr></table>",
        '<p>There are no closings.</p><iframe src="https://files.kxyz.example/newsticker.html"></iframe>',
        '[{"num_closings": 3}]',
        "[]",
        "{}",
        "<CLOSINGS><RECORD>",
        '<!DOCTYPE x [<!ENTITY a "b">]><CLOSINGS><NUM_CLOSINGS>0</NUM_CLOSINGS></CLOSINGS>',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><CLOSINGS><NUM_CLOSINGS>0</NUM_CLOSINGS></CLOSINGS>',
    ],
)
def test_nothing_else_is_taken_for_empty(context: Context, body: str) -> None:
    closings = read(context, body)
    assert (closings.state, closings.rows) == ("broken", [])
    assert closings.notes


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('<iframe src="/files/list.html"></iframe>', "https://ftp2.kq2.com/files/list.html"),
        ('<iframe data-src="//x.example/a"></iframe>', "https://x.example/a"),
        (
            '<iframe src="https://ads.example/"></iframe><iframe src="https://x.example/closings"></iframe>',
            "https://x.example/closings",
        ),
        ('<script src="https://x.example/schoolclosings.js"></script>', "https://x.example/schoolclosings.js"),
    ],
)
def test_a_page_that_only_frames_the_list_is_broken_and_names_the_frame(
    context: Context, body: str, address: str
) -> None:
    closings = read(context, body)
    assert (closings.state, closings.rows) == ("broken", [])
    assert closings.notes == [f"closings: the page only frames the list; set `closings` of the source to {address}"]


def test_an_organization_with_two_statuses_has_two_rows(context: Context) -> None:
    body = HEARST.format("Oak School", "Closed").replace(
        "</div></div>", '</div><div class="weather-closings-data-status">No practice</div></div>'
    )
    assert [(r.organisation, r.status) for r in read(context, body).rows] == [
        ("Oak School", "Closed"),
        ("Oak School", "No practice"),
    ]


def test_a_list_without_a_time_has_days_only_where_a_status_names_one(context: Context) -> None:
    source = "kqtv"
    page = Page("https://x.example", f"<body>{rows(NEXSTAR)}", captured_at=datetime(2024, 1, 10, 18, tzinfo=UTC))
    page = replace(page, source=source)
    assert [r.effective_date for r in parse_closings(page, context).rows] == [date(2024, 1, 12), None]


def test_the_days_of_entries_make_a_list_stale(context: Context) -> None:
    body = '[{"record": [{"organization": "Oak School", "status": "Closed Friday", "updated": "2020-09-17"}]}]'
    closings = read(context, body)
    assert (closings.state, closings.rows[0].effective_date) == ("stale", date(2020, 9, 18))


def test_a_full_date_after_the_label_is_the_lists_time(context: Context) -> None:
    closings = read(context, f"<p>Last updated: September 22, 2020 at 10:10 AM</p>{rows(NEXSTAR)}")
    assert closings.updated_at == datetime(2020, 9, 22, 15, 10, tzinfo=UTC)
