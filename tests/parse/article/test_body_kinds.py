"""Small pages of the kinds that bodies are lost or spoiled on: each gives exactly its paragraphs."""

from __future__ import annotations

import json

import pytest

from flows.model import Page
from flows.parse.article.generic_reader import read_article
from flows.parse.page.document import Document

TEXTS = [
    "The Larkmoor council voted on Monday to close the old weir for nine weeks while crews mend its gates and walls.",
    "Engineer Ida Quist said the work cannot wait for spring, since two gates have rusted through at the hinges.",
    "Boats will be sent through the lower lock, which the county deepened last year and takes barges of any size.",
    "Anglers on the west bank fear a poor winter and have asked the council to stock the upper pool with young trout.",
    "The mayor promised an answer before the month is out and said a ferry for walkers would be tried from Thursday.",
]
P = [f"<p>{text}</p>" for text in TEXTS]
STORY = "".join(P)
OTHER = [
    "A barn north of Ostby burned down early on Sunday, and a family lost its hay for the winter, the fire chief said.",
    "The fire was seen from the highway at four o'clock, and eleven engines came from three towns to save the granary.",
    "What started it is not known; a lamp that was left on in the tack room is among the things the marshal looks at.",
    "Neighbours have begun to collect hay, blankets and money, and the school lends its hall for a supper on Friday.",
]
NEXT = "".join(f"<p>{text}</p>" for text in OTHER)
H1 = "<h1>Weir to close for nine weeks</h1>"
HALF = "".join(P[:2]), "".join(P[2:])


def split_by(box: str) -> str:
    """The story with a box after its second paragraph."""
    return f"<article>{H1}{HALF[0]}{box}{HALF[1]}</article>"


def state(value: object, head: str = "<script id=__NEXT_DATA__ type=application/json>") -> str:
    return f"<div id=app>{H1}</div>{head}{json.dumps(value)}</script>"


def stream(text: str) -> str:
    """What React sends, cut into two scripts."""
    parts = text[: len(text) // 2], text[len(text) // 2 :]
    pushed = (json.dumps(part).replace("<", "\\u003c") for part in parts)
    return f"<div>{H1}</div>" + "".join(f"<script>self.__next_f.push([1,{part}])</script>" for part in pushed)


def element(text: str) -> object:
    """A paragraph as React sends it, with an element in it."""
    return ["$", "p", text[:3], {"children": [text[:9], ["$", "b", None, {"children": text[9:]}]]}]


def widget(content: str, kind: str = "text-editor") -> str:
    """An element of a page that is built with Elementor."""
    box = f'<div class="elementor-widget-container">{content}</div>'
    return f'<div class="elementor-element elementor-widget elementor-widget-{kind}">{box}</div>'


SHORT = "The weir closes on the first of May."
LINES = "\n \n".join(TEXTS)
PAGES = {
    "dialog element": f"<dialog open>{NEXT}</dialog><main>{H1}{STORY}</main>",
    "dialog by role": f"<div role=alertdialog>{NEXT * 3}</div><main>{H1}{STORY}</main>",
    "consent wall by id": f"<div id=onetrust-consent-sdk>{NEXT * 3}</div><main>{H1}{STORY}</main>",
    "cookie notice inside the story": split_by(
        "<div class=cookie-notice><p>We and our partners store cookies on your device in order to measure how often a "
        "page is read and by whom.</p><button>Accept</button></div>"
    ),
    "hidden copy": f"<article>{H1}<div hidden>{STORY}</div><div>{STORY}</div></article>",
    "mobile twin": f"<main>{H1}<div class='hidden md:block'>{STORY}</div><div class=md:hidden>{STORY}</div></main>",
    "drop cap in a span": f"<article>{H1}<p><span class=dropcap>T</span>{TEXTS[0][1:]}</p>{''.join(P[1:])}</article>",
    "caption element": split_by("<figure><img src=a.jpg><figcaption>The weir in October.</figcaption></figure>"),
    "caption in slanted letters": split_by("<p><img src=a.jpg><br><em>The weir in October. (Pia Lund)</em></p>"),
    "caption below a linked picture": split_by(
        "<p><a href=/a.jpg><img src=a.jpg></a> <small>The weir now.</small></p>"
    ),
    "tooltip": split_by("").replace("gates and walls", "gates<span role=tooltip>A gate is a door.</span> and walls"),
    "icon ligature": split_by("").replace("gates and walls", "gates <i aria-hidden=true>open_in_new</i>and walls"),
    "text between breaks": f"<div class=story>{H1}<div>{'<br><br>'.join(TEXTS)}</div></div>",
    "text between breaks with white space": f"<div>{H1}<div>{'<br> <br />'.join(TEXTS)}</div></div>",
    "noscript": f"<div id=app></div><noscript><div>{H1}{STORY}</div></noscript>",
    "shadow root": f"<x-story><template shadowrootmode=open>{H1}{STORY}</template></x-story>",
    "array of text objects": state({"page": {"blocks": [{"type": "paragraph", "text": text} for text in TEXTS]}}),
    "array of strings": state({"story": {"paragraphs": TEXTS, "tags": ["weir", "river", "lock"]}}),
    "array with pictures": state(
        {"blocks": [{"type": "image", "text": "The weir in October."}, *({"type": "p", "html": t} for t in TEXTS)]}
    ),
    "array of rich text": state(
        {"content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in TEXTS]}
    ),
    "array of portable text": state(
        [{"_type": "block", "children": [{"text": text[:30]}, {"text": text[30:]}]} for text in TEXTS]
    ),
    "array beside cards": state(
        {
            "more": [{"title": "x", "url": "/x", "text": text * 3} for text in OTHER],
            "body": [{"text": t} for t in TEXTS],
        }
    ),
    "array assigned by a script": state(
        {"content_elements": [{"type": "text", "content": text} for text in TEXTS]}, "<script>window.story = "
    ),
    "array in a streamed string": f"<div>{H1}</div><script>self.__next_f.push([1,"
    f"{json.dumps(json.dumps([{'type': 'paragraph', 'text': text} for text in TEXTS]))}])</script>",
    "array cut by a stream": stream(f"4:{json.dumps({'blocks': [{'type': 'p', 'text': text} for text in TEXTS]})}\n"),
    "text row of a stream": stream(f'1:"$Sreact"\n2:T{len(STORY):x},{STORY}3:null\n'),
    "elements in a stream": stream(f"3:{json.dumps(['$', 'div', None, {'children': [*map(element, TEXTS)]}])}\n"),
    "text with blank lines": f"<article>{H1}<pre>{LINES}</pre></article>",
    "text with blank lines by style": f"<div>{H1}<div style='white-space: pre-line'><p>{LINES}</p></div></div>",
    "older shadow root": f"<x-story><template shadowroot=open>{H1}{STORY}</template></x-story>",
    "posts in JSON-LD": f"<div id=app>{H1}</div><script type=application/ld+json>"
    + json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": [{"articleBody": text} for text in TEXTS]})
    + "</script>",
    "cards of other stories": f"<main><article>{H1}{STORY}</article><section>"
    + "".join(f"<div><h3><a href=/{n}>Barn {n} burned</a></h3><p>{text}</p></div>" for n, text in enumerate(OTHER * 4))
    + "</section></main>",
    "notice in place of a film": split_by(
        "<div class=embed><p>To view this content, you need to accept cookies of the maker of the film, who may store "
        "them on your device and read them later.</p><button>Accept</button></div>"
    ),
    "next story as an article": f"<article>{H1}{STORY}</article><article><h1>Barn fire</h1>{NEXT}</article>",
    "longer next story": f"<article>{H1}{STORY}</article><article><h2>Barn fire</h2>{NEXT * 3}</article>",
    "next story in a wrapper": f"<div class=scroll><article>{H1}{STORY}</article></div>"
    + f"<div class=scroll><article><h1>Barn fire</h1>{NEXT}</article></div>",
    "next story by class": f"<div class=post>{H1}{STORY}</div><div class=post><h2>Barn fire</h2>{NEXT}</div>",
    "teaser box without a telling class": split_by(
        "<div class=b7><span>Worth reading</span><h3>Why the lock was deepened</h3><p>The county spent nine million on "
        "a lock that few had asked for, and now everyone is glad.</p><a href=/x>Read on</a></div>"
    ),
    "related box": split_by(f"<div class=related-posts><h3>More</h3><p>{OTHER[0]}</p><a href=/x>Barn fire</a></div>"),
    "newsletter box": split_by(f"<div class=newsletter-box><p>{OTHER[0]}</p><form><input></form></div>"),
    "page builder's widgets": "".join(
        f"<div class='elementor-element elementor-widget elementor-widget-text-editor'>{text}</div>"
        for text in [H1, *P]
    ),
    "sections named after a subject": f"<main>{H1}"
    + "".join(
        f"<section class={name}>{text}</section>"
        for name, text in zip(
            ("popular-vote", "related-costs", "newsletter-law", "topics", "share-prices"), P, strict=True
        )
    )
    + "</main>",
    "paragraphs named after a subject": f"<main>{H1}{STORY}</main>".replace("<p>", "<p class='cookie-law gdpr'>"),
    "headline in a wrapper with a telling class": f"<div class='page has-newsletter has-sidebar'>{H1}{STORY}</div>",
    "story in several boxes": f"<div class=entry-content>{H1}<div class=group>{HALF[0]}</div>{HALF[1]}</div>",
    "house lines at the end": f"<article>{H1}{STORY}<p><em>For the latest news and weather, head to K9.</em></p>"
    "<p>Download our app for alerts.</p><p>Got a tip? Write to us.</p><p>Click here to report a typo.</p></article>",
    "sign-in forms behind the story": f"<main><div><div>{H1}{STORY}</div></div>"
    + "".join(f"<div><p>Your account has step {step}; choose.</p><p>Back to login</p></div>" for step in range(70))
    + "</main>",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_gives_its_paragraphs(name: str) -> None:
    page = Page("https://courier.test/a", f"<title>Weir to close for nine weeks</title><body>{PAGES[name]}")
    body = read_article(Document(page), page, None).body
    assert (body or "").split("\n\n") == TEXTS


def read(html: str) -> list[str]:
    page = Page("https://courier.test/a", f"<title>Weir to close for nine weeks</title><body>{html}")
    return (read_article(Document(page), page, None).body or "").split("\n\n")


def test_short_elements_of_a_page_builder_belong_to_the_story() -> None:
    story = "".join(map(widget, [HALF[0], f"<h2>{SHORT[:-1]}</h2>", f"<p>{SHORT}</p>", HALF[1]]))
    assert read(f"<main>{H1}{story}</main>") == [*TEXTS[:2], SHORT[:-1], SHORT, *TEXTS[2:]]


@pytest.mark.parametrize("kind", ["posts", "post-info", "author-box", "loop-grid"])
def test_elements_of_a_page_builder_that_lead_elsewhere_do_not_belong_to_it(kind: str) -> None:
    other = widget(f"<div>{SHORT}</div>", kind)
    assert read(f"<main>{H1}{widget(HALF[0])}{other}{widget(HALF[1])}</main>") == TEXTS


def test_a_table_in_a_figure_is_read() -> None:
    table = "<figure class=wp-block-table><table><tr><td>Upper gate</td><td>12 tons</td></tr></table></figure>"
    assert read(split_by(table)) == [*TEXTS[:2], "Upper gate", "12 tons", *TEXTS[2:]]


def test_the_parts_of_a_live_blog_stay_in_order() -> None:
    posts = "".join(f"<div class=post><h3>Part {place}</h3>{text}</div>" for place, text in enumerate(P))
    assert [text for text in read(f"<article>{H1}{posts}</article>") if not text.startswith("Part")] == TEXTS


def test_the_text_of_a_tweet_belongs_to_the_story() -> None:
    tweet = f"<blockquote class=twitter-tweet><p>{OTHER[0]}</p></blockquote>"
    assert read(split_by(tweet)) == [*TEXTS[:2], OTHER[0], *TEXTS[2:]]


def test_a_list_of_short_items_belongs_to_the_story() -> None:
    items = ["Upper gate: closed", "Lower gate: open", "Ferry: from Thursday"]
    assert read(split_by(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")) == [
        *TEXTS[:2],
        *items,
        *TEXTS[2:],
    ]


def test_an_item_that_is_mostly_a_link_belongs_to_the_story() -> None:
    item = "<li><a href=/lock>The lower lock and its new doors</a>, from April</li>"
    assert "The lower lock and its new doors, from April" in read(split_by(f"<ul>{item}</ul>"))


def test_sections_of_one_class_are_one_story() -> None:
    html = f"<div class=block>{H1}{HALF[0]}{P[0]}</div><div class=block><h2>What comes next</h2>{HALF[1]}</div>"
    assert read(f"<main>{html}</main>")[-3:] == TEXTS[2:]


@pytest.mark.parametrize(
    "page",
    [
        stream('2:T2a0,{"Banner:1":' + f'{{"__typename":"Banner","image":"{"Zm9v" * 160}"}}}}'),
        stream(json.dumps([f"static/chunks/{number}a7cbd0f9-81c2aafe2b7d{number}.js" for number in range(2000, 2040)])),
    ],
    ids=["data in a text row", "names of files"],
)
def test_data_in_a_stream_is_no_text(page: str) -> None:
    assert read(page) == [""]


def test_broken_arrays_are_given_up() -> None:
    broken = '[{"a":' * 3000
    assert read(f"<p>Short.</p><script>x = {broken}</script>") == ["Short."]
