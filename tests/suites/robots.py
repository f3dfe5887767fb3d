"""What google/robotstxt (its tests of the standard) and protego ask of a robots.txt parser, in files of our own.

Left out: tests marked GoogleOnly (an index.html that means its folder, lines cut at 16 KiB), and what newsvane does not
read: Request-rate, Visit-time, Host, agents that are not ASCII (the token in newsvane.toml is)."""

# ruff: noqa: E501 - one case on one line
from __future__ import annotations

import re

from flows.fetch.http import robots
from tests.suites.suite import Suite

# File, then lines of `agent path allowed?`.
GOOGLE = [
    ("user-agent: vane\ndisallow: /\n", "vane /q/r no"),
    ("agent: vane\nforbid: /\n", "vane /q/r yes"),
    ("user-agent vane\ndisallow /\n", "vane /q/r no"),
    (
        "allow: /top/\n\nuser-agent: vane\ndisallow: /\nallow: /one/\nuser-agent: cock\ndisallow: /\nallow: /two/\n\n\n"
        "allow: /three/\nuser-agent: gust\n\nuser-agent: vane\nallow: /four/\ndisallow: /\n",
        "vane /one/b yes; vane /four/d yes; vane /two/c no; cock /two/c yes; cock /three/a yes; cock /four/d no;"
        "gust /four/d yes; vane /top/ no; cock /top/ no; gust /top/ no",
    ),
    ("User-agent: cock\nSitemap: https://h/s.xml\nUser-agent: *\nDisallow: /\n", "vane / no; cock / no"),
    ("User-agent: vane\nUnheard-of: thing\nUser-agent: *\nDisallow: /\n", "vane / no; cock / no"),
    ("USER-AGENT: vane\nALLOW: /q/\nDISALLOW: /\n", "vane /q/r yes; vane /a/b no"),
    ("user-agent: vane\nallow: /q/\ndisallow: /\n", "vane /q/r yes; vane /a/b no"),
    ("uSeR-aGeNt: vane\nAlLoW: /q/\ndIsAlLoW: /\n", "vane /q/r yes; vane /a/b no"),
    ("User-Agent: VANE COCK\nAllow: /q/\nDisallow: /\n", "Vane /q/r yes; Vane /a/b no; vane /q/r yes; vane /a/b no"),
    ("User-Agent: vane cock\nAllow: /q/\nDisallow: /\n", "Vane /q/r yes; Vane /a/b no; vane /q/r yes; vane /a/b no"),
    ("User-Agent: VaNe cOcK\nAllow: /q/\nDisallow: /\n", "Vane /q/r yes; Vane /a/b no; vane /q/r yes; vane /a/b no"),
    ("", "vane /q/r yes"),
    ("user-agent: *\nallow: /\nuser-agent: vane\ndisallow: /\n", "vane /q/r no; cock /q/r yes"),
    (
        "user-agent: vane\nallow: /\nuser-agent: cock\ndisallow: /\nuser-agent: gust\ndisallow: /\n",
        "calm /q/r yes",
    ),
    ("user-agent: vane\ndisallow: /q/\n", "vane /q/r no"),
    ("user-agent: vane\ndisallow: /Q/\n", "vane /q/r yes"),
    ("user-agent: vane\ndisallow: /q/story.html\nallow: /q/\n", "vane /q/story.html no"),
    ("user-agent: vane\nallow: /q/story.html\ndisallow: /q/\n", "vane /q/story.html yes; vane /q/ no"),
    ("user-agent: vane\ndisallow: \nallow: \n", "vane /q/story.html yes"),
    ("user-agent: vane\ndisallow: /\nallow: /\n", "vane /q/story.html yes"),
    ("user-agent: vane\ndisallow: /q\nallow: /q/\n", "vane /q no; vane /q/ yes"),
    ("user-agent: vane\ndisallow: /q/story.html\nallow: /q/story.html\n", "vane /q/story.html yes"),
    ("user-agent: vane\nallow: /story\ndisallow: /*.html\n", "vane /story.html no; vane /story yes"),
    ("user-agent: vane\nallow: /q/story.\ndisallow: /*.html\n", "vane /q/story.html yes; vane /q/r.html no"),
    ("User-agent: *\nDisallow: /q/\nUser-agent: vane\nDisallow: /r/\n", "vane /q/story yes; vane /r/story no"),
    (
        "User-agent: vane\nDisallow: /\nAllow: /at/by?one=two&to=http://h.test?three&four\n",
        "vane /at/by?one=two&to=http://h.test?three&four yes",
    ),
    ("User-agent: vane\nDisallow: /\nAllow: /at/雨\n", "vane /at/%E9%9B%A8 yes; vane /at/雨 no"),
    ("User-agent: vane\nDisallow: /\nAllow: /at/%E9%9B%A8\n", "vane /at/%E9%9B%A8 yes; vane /at/雨 no"),
    ("User-agent: vane\nDisallow: /\nAllow: /at/%77%65%74\n", "vane /at/wet no; vane /at/%77%65%74 yes"),
    (
        "User-agent: vane\nDisallow: /at/by/old\nAllow: /at/*/new\n",
        "vane /at/by/old no; vane /at/old yes; vane /at//old yes; vane /at/in/old yes",
    ),
    (
        "User-agent: vane\nDisallow: /at/by$\nAllow: /at/by/new\n",
        "vane /at/by no; vane /at/by/new yes; vane /at/by/ yes; vane /at/by/on yes",
    ),
    ("User-agent: vane\n# Disallow: /\nDisallow: /at/old#new\nAllow: /\n", "vane /at/by yes; vane /at/old no"),
    # the ends of lines, and a mark at the start
    ("User-Agent: vane\nAllow: /q/AAA\nDisallow: /\n", "vane /q/AAA yes; vane /q/B no"),
    ("User-Agent: vane\r\nAllow: /q/AAA\r\nDisallow: /\r\n", "vane /q/AAA yes; vane /q/B no"),
    ("User-Agent: vane\rAllow: /q/AAA\rDisallow: /", "vane /q/AAA yes; vane /q/B no"),
    ("\ufeffUser-Agent: vane\nAllow: /q/AAA\nDisallow: /\n", "vane /q/AAA yes; vane /q/B no"),
    # what is no text of rules
    ("<!doctype html><title>User-agent: vane</title>\n", "vane /q yes"),
    ("User-agent: vane\nDisallow: /\nUser-agent: cock\n\nUser-agent: *\nAllow: /x\nDisallow: /y\n", "cock /y no"),
]  # fmt: skip
PROTEGO = [
    ("User-agent: * \nDisallow: /shut \nAllow: /open \nCrawl-delay: 10", "vane /open yes; vane /shut no"),
    ("User-agent: * \nDisallow: /s \nCrawl-delay: 10", "vane /abc/s yes; vane /shut no"),
    (
        "User-agent: * \nDisallow: /a \nDissallow: /b \nDissalow: /c \nDisalow: /d \nDiasllow: /e \nDisallaw: /f \n",
        "vane /a no; vane /b no; vane /c no; vane /d no; vane /e no; vane /f no",
    ),
    ("User-agent: * \nDisallow: / \nAllow: /story", "vane /story yes; vane /other no"),
    ("user-agent: vane\nallow: /s\ndisallow: /\n", "vane /story yes"),
    ("user-agent: vane\nallow: /box\ndisallow: /box\n", "vane /box/story yes"),
    ("user-agent: vane\ndisallow: /box\nallow: /box\n", "vane /box/story yes"),
    ("user-agent: vane\nallow: /rain\ndisallow: /*.htm\n", "vane /rain.htm no"),
    ("user-agent: vane\nallow: /$\ndisallow: /\n", "vane / yes; vane /story.html no"),
    ("User-agent: * \nDisallow: / \nAllow: /a%3cd.html", "vane /a<d.html yes; vane /a%3cd.html yes"),
    ("User-agent: * \nDisallow: / \nAllow: /a%3c*", "vane /a<d.html yes; vane /a%3cd.html yes"),
    ("User-agent: * \nDisallow: / \nAllow: /a<d.html", "vane /a<d.html yes; vane /a%3cd.html yes"),
    ("User-agent: * \nDisallow: / \nAllow: /a<*", "vane /a<d.html yes; vane /a%3cd.html yes"),
    ("User-agent: * \nDisallow: /at;by?on \n", "vane /at;by?on#in no"),
    ("User-agent: * \nDisallow: /? \n", "vane /?on no; vane / yes"),
    ("User-agent: * \nDisallow: /; \n", "vane /;by no; vane / yes"),
    (
        "User-agent: vane\n   Disallow: /shut/*/end$\n   Disallow: /wind*rose\n\n  User-agent: cock\n"
        "   Allow: /*open\n   Disallow: /\n",
        "vane /shut yes; vane /shut/x/end no; vane /shut/y/end no; vane /shut/x/endless yes; vane /windroses no;"
        "vane /wind_rose no; vane /wind/roses no; vane /wind_in_a_rose no; vane /ind_rose yes; vane /wind_ros yes;"
        "cock /open yes; cock /is_still_open yes; cock /is_open_too yes",
    ),
    ("User-agent: vane\nDisallow: /foo*\n", "vane /fo.html yes; vane /foo.html no; vane /food no; vane /foo/b.html no"),
    (
        "User-agent: vane\nDisallow: /foo*/bar.html\n",
        "vane /fo.html yes; vane /foo/bar.html no; vane /food/bar.html no; vane /foo/a/b/bar.html no; vane /food/x yes",
    ),
    (
        "User-agent: vane\nDisallow: *m\n",
        "vane /wet.htm no; vane /wet.html no; vane /wet yes; vane /moo no; vane /wet/on.html no; vane /wet/on.txt yes",
    ),
    ("User-agent: vane\nAllow: /wet/on.html\nDisallow: *\n", "vane /fo no; vane /wet no; vane /wet/on.html yes"),
    (
        "User-agent: vane\nDisallow: /foo*/*bar.html\n",
        "vane /foo/bar.html no; vane /food/rebar.html no; vane /food/rebarf.html yes; vane /foo/a/b/rebar.html no",
    ),
    ("User-agent: vane\nAllow: /wet$\nDisallow: /wet\n", "vane /wet yes; vane /wet/ no; vane /wet/on no; vane /wetter no"),
    ("User-agent: vane\nAllow: *****************/****.js\n", "vane /xyz/foo.js yes; vane /in/daily/look-20260727/ yes"),
    (
        "User-Agent: *\nDisallow: /admin/\nDisallow: /w/K%C3%A4:\nDisallow: /w/Kö_ä:\n",
        "vane / yes; vane /admin/ no; vane /w/K%C3%A4: no; vane /w/Kä: no; vane /w/K%C3%B6_%C3%A4: no; vane /w/Kö_ä: no",
    ),
    ("Disallow: /none\nAllow: /none/but\nUser-Agent: vane\nDisallow: /some\n", "vane /none yes; vane /some no; cock /some yes"),
    (
        "User-Agent: cock\nDisallow: /c\n\nUser-Agent: *\nDisallow: /all\n\nUser-Agent: vane\nDisallow: /v\n",
        "gust /all no; vane /all yes; cock /all yes; vane /v no; cock /c no; gust /c yes",
    ),
    ("User-agent: vane\nUser-agent: cock\nDisallow: /both\n", "vane /both no; cock /both no; gust /both yes"),
    ("User-agent: *\nDisallow: /a\n\n\nDisallow: /b # why\n#Disallow: /c\n", "vane /a no; vane /b no; vane /c yes"),
    ("User-agent:*\nDisallow:/a\nAllow:/a/b\n", "vane /a no; vane /a/b yes"),
    ("User-agent: *\nAllow: /\n", "vane /anything yes"),
    ("User-agent: *\nDisallow:\n", "vane /anything yes"),
    ("User-agent: *\nDisallow: /x\nAllow: /x/*/y$\n", "vane /x/1/y yes; vane /x/1/y/z no"),
]  # fmt: skip
NOT_ESCAPED = "a URL is escaped before it is matched, so that an unescaped one cannot pass by a rule on its own path"
DIFFERS = {
    "google 28 vane /at/雨": NOT_ESCAPED,
    "google 29 vane /at/雨": NOT_ESCAPED,
    "google 30 vane /at/wet": "RFC 9309 2.2.2 compares an escaped unreserved character with the character itself",
}


def _decisions() -> list[tuple[str, tuple[str, str, str], bool]]:
    return [
        (f"{suite} {place} {agent} {path}", (text, agent, path), allowed == "yes")
        for suite, table in (("google", GOOGLE), ("protego", PROTEGO))
        for place, (text, lines) in enumerate(table, 1)
        for agent, path, allowed in re.findall(r"(\w+) (\S+) (yes|no)", lines)
    ]


def _allowed(given: tuple[str, str, str]) -> bool:
    text, agent, path = given
    return robots.parse(text.encode()).decide(f"http://h.test{path}", agent)[0]


def _delay(given: tuple[str, str]) -> float | None:
    text, agent = given
    return robots.parse(text.encode()).crawl_delay(agent)


DECISIONS = Suite("robots.txt, decisions", "google/robotstxt, scrapy/protego", _decisions(), _allowed, DIFFERS)
DELAYS = Suite(
    "robots.txt, Crawl-delay",
    "scrapy/protego",
    [
        ("of all", ("User-agent: *\nDisallow: /x\nCrawl-delay: 10 \nUser-agent: vane\nCrawl-delay: 15\n", "cock"), 10.0),
        ("of one", ("User-agent: *\nDisallow: /x\nCrawl-delay: 10 \nUser-agent: vane\nCrawl-delay: 15\n", "vane"), 15.0),
        ("no number", ("User-agent: *\nCrawl-delay: soon\n", "vane"), None),
        ("none", ("User-agent: *\nDisallow: /\n", "vane"), None),
        ("before any agent", ("Crawl-delay: 5.2\nUser-Agent: vane\nDisallow: /x\n", "vane"), None),
        ("fraction", ("User-agent: *\nCrawl-delay: 0.5\n", "vane"), 0.5),
    ],
    _delay,
)  # fmt: skip
SITEMAPS = Suite(
    "robots.txt, Sitemap",
    "scrapy/protego",
    [
        (
            "in and between groups",
            "User-agent: *\nDisallow: /x\nSitemap: https://h/1.xml \nAllow: /y\nUser-agent: vane\nSitemap: https://h/2.xml",
            ["https://h/1.xml", "https://h/2.xml"],
        ),
        ("none", "User-agent: *\nDisallow: /x\n", []),
        ("odd spacing", "  Sitemap  :   https://h/1.xml  \nUser-agent: *\n", ["https://h/1.xml"]),
    ],
    lambda text: robots.parse(text.encode()).sitemaps,
)
