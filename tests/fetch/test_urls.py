"""URLs: canonical forms, redaction, and the source that a URL belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.urls import absolute, belongs, canonical, host_port, is_redacted, listed_url, redact
from flows.sources import Source


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("HTTP://News.Example.ORG:80/a?ref=741", "http://news.example.org/a"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y&gclid=z", "https://example.org/a?id=7"),
        ("https://u:p@example.org/a", "https://example.org/a"),
        ("https://example.org/2020/story/amp/", "https://example.org/2020/story/"),
        ("https://example.org/story.amp.html", "https://example.org/story.html"),
        ("https://example.org/story.amp.html/amp", "https://example.org/story.html"),
        ("https://example.org/story/amp//amp", "https://example.org/story"),
        ("https://example.org/a/..amp", "https://example.org/a/..amp"),
        ("https://amp.example.org/story?amp=1", "https://www.example.org/story"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://example.org/%7ejoe/%c3%a9", "https://example.org/~joe/%C3%A9"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a?b=&c=1", "https://example.org/a?b=&c=1"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("not a url", "not a url"),
        ("https://m\u00fcnchen-zeitung.example/a", "https://xn--mnchen-zeitung-gsb.example/a"),
        ("https://M%C3%9CNCHEN-zeitung.example/a", "https://xn--mnchen-zeitung-gsb.example/a"),
        ("https://xn--mnchen-zeitung-gsb.example:443/a", "https://xn--mnchen-zeitung-gsb.example/a"),
        ("http://\uff11\uff12\uff17.0.0.1/a", "http://127.0.0.1/a"),
        ("https://example.org/a?ns_campaign=x&at_medium=RSS&xtor=1&id=7", "https://example.org/a?id=7"),
        ("https://example.org/a?guccounter=1&guce_referrer=x&gnt-cfr=1&itid=2&wpisrc=3", "https://example.org/a"),
        ("https://example.org/a?cid=sm_tw&itm_source=x", "https://example.org/a"),
        ("https://example.org/a?cid=741&mod=forum&at=5", "https://example.org/a?cid=741&mod=forum&at=5"),
        ("https://www.wsj.com/a?mod=hp_lead", "https://www.wsj.com/a"),
        (
            "https://example.org/a?nl=5&te=1&source=city&partner=9",
            "https://example.org/a?nl=5&te=1&source=city&partner=9",
        ),
        ("https://www.nytimes.com/a?nl=x&te=1&regi_id=2&partner=rss", "https://www.nytimes.com/a"),
        ("https://example.org/a?id=7&amp;utm_source=x&amp;page=2", "https://example.org/a?id=7&page=2"),
        (
            "https://example.org/a?__hstc=1&ysclid=2&cm_mmca1=3&elqTrackId=4&ito=5&_kx=6&__cft__[0]=7&id=7",
            "https://example.org/a?id=7",
        ),
        (
            "https://example.org/a?trk_contact=1&dm_i=2&usqp=3&_amp=true&sc_cid=4&sc_lang=en&trackno=5",
            "https://example.org/a?sc_lang=en&trackno=5",
        ),
        ("https://example.org/a?source=rss&linkId=9&sf123456=1&PHPSESSID=x&id=7", "https://example.org/a?id=7"),
    ],
)
def test_canonical(url: str, name: str):
    assert canonical(url) == name
    assert canonical(name) == name


def test_a_hint_is_used_only_within_the_same_site():
    assert canonical("https://m.example.org/a?x=1", "https://www.example.org/a") == "https://www.example.org/a"
    assert canonical("https://example.org/a", "https://evil.example/a") == "https://example.org/a"
    assert canonical("https://example.org/a", "https://example.org/") == "https://example.org/a"
    assert canonical("https://example.org/a?ref=1", "/b") == "https://example.org/b"


ANY_TEXT = st.text(st.characters(), max_size=60) | st.text("/.%ampAMP?&=#\ud8002541 \x0c", max_size=30)


@given(ANY_TEXT)
def test_canonical_accepts_any_text_and_is_idempotent(text: str):
    once = canonical(f"http://example.org/{text}")
    assert canonical(once) == once
    absolute("http://example.org/", text)
    redact(text)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "mailto:a@b", "file:///etc/passwd", "http://[::1", "x" * 3000, "", "http://a\0b.example/",
        "http://a%00b.example/", "http://a b.example/", "http://a..b.example/", f"http://{'a' * 64}.example/",
        "http://x.example:0/", "http://x.example:99999/", "http://x.example:\u00b2/", "http://\u2603\ufe0f\u200d.example/",
    ],
)  # fmt: skip
def test_a_link_to_no_page_has_no_absolute_url(link: str):
    assert absolute("http://example.org/", link) is None


@pytest.mark.parametrize("userinfo", ["user:pw", "\u0431\u043e\u0431:\u043f", "a%40b:c", "@"])
def test_userinfo_is_dropped(userinfo: str):
    assert absolute("http://example.org/", f"http://{userinfo}@news.example.org/a") == "http://news.example.org/a"
    assert absolute(f"http://{userinfo}@news.example.org/x", "/a") == "http://news.example.org/a"


def test_secrets_are_redacted():
    redacted = redact("https://user:pw@example.org/feed?api_key=abc&page=2&token=t&x=eyJhbGciOiJI.eyJzdWIi.sig")
    assert redacted == "https://example.org/feed?api_key=REDACTED&page=2&token=REDACTED&x=REDACTED"
    assert is_redacted(redacted)
    assert not is_redacted("https://example.org/feed?page=2")


def source(home: str, *domains: str) -> Source:
    return Source(name="x", kind="site", title="x", home=home, zone="UTC", domains=domains)


@pytest.mark.parametrize(
    ("home", "url", "ours"),
    [
        ("https://www.kq2.com/", "http://kq2.com/a", True), ("https://kq2.com/", "https://ftp2.kq2.com/a", True),
        ("https://kq2.com/", "https://notkq2.com/a", False), ("https://kq2.com/", "https://old.example/a", True),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/a", False),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8001/a", True),
        ("https://www.m\u00fcnchen.example/", "https://xn--mnchen-3ya.example/a", True),
        ("https://xn--mnchen-3ya.example/", "https://www.m\u00fcnchen.example/a", True),
        ("https://kq2.com/", "https://kq2.com./a", True), ("https://kq2.com/", "https://kq2.com:99999/a", False),
    ],
)  # fmt: skip
def test_belongs(home: str, url: str, ours: bool):
    assert belongs(url, source(home, "old.example")) is ours


def test_a_unicode_host_in_a_config_is_requested_as_idna():
    configured = source("https://user:pw@m\u00fcnchen.example:8443/a?b", "zeitung-m\u00fcnchen.example")
    assert configured.home == "https://user:pw@xn--mnchen-3ya.example:8443/a?b"
    assert configured.hosts == {"xn--mnchen-3ya.example", "xn--zeitung-mnchen-osb.example"}


def test_host_port():
    assert host_port("https://A.example:443/") == "a.example"
    assert host_port("http://a.example:8080/") == "a.example:8080"
    assert host_port("http://[::1]:99/") == "[::1]:99"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("\\\\x.example\\a", "https://x.example/a"), ("b\\c?d=\\e", "https://example.org/b/c?d=%5Ce"),
        ("http:\\\\x.example\\@y.example/a", "http://x.example/@y.example/a"),
    ],
)  # fmt: skip
def test_a_backslash_in_a_path_is_a_slash(link: str, url: str):
    assert absolute("https://example.org/a", link) == url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https//news.test/a", "https://news.test/a"), ("https:///news.test/a", "https://news.test/a"),
        ("https:/news.test/a", "https://news.test/a"), ("http://https//news.test/a", "https://news.test/a"),
        ("https://https://news.test/a", "https://news.test/a"), ("\u200bhttps://news.test/a\ufeff", "https://news.test/a"),
        ("https/a", "https://news.test/x/https/a"), ("https://https.news.test/a", "https://https.news.test/a"),
        ("https://old.test/2020/https:/news.test/a", "https://old.test/2020/https:/news.test/a"),
        ("https://news.test/go?u=https//x.test/a", "https://news.test/go?u=https//x.test/a"),
    ],
)  # fmt: skip
def test_slips_in_the_scheme_of_a_listed_url_are_mended(text: str, url: str) -> None:
    assert listed_url("https://news.test/x/feed", text) == url


@pytest.mark.parametrize("slashes", ["//", "///", "////"])
def test_further_slashes_before_a_host_are_left_out(slashes: str) -> None:
    assert absolute("http://news.test/x", f"https:{slashes}other.test/a") == "https://other.test/a"
