"""Pages that React streams: parts behind the page, and the calls that move them."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.model import Page
from flows.parse.page.document import Document
from flows.parse.page.streamed_parts import place_parts


def text_of(html: str) -> str:
    tree = LexborHTMLParser(html)
    place_parts(tree, html)
    root = tree.css_first("main")
    return " ".join(root.text(separator=" ").split()) if root else ""


BOUNDARY = '<main><p>one</p><!--$?--><template id="B:0"></template><i>Loading</i><!--/$--><p>four</p></main>'


@pytest.mark.parametrize("call", ['$RC("B:0","S:0")', '$RR("B:0","S:0",[["style.css"]])', '$RS("S:0","B:0")'])
def test_a_part_takes_the_place_of_what_a_boundary_shows(call: str) -> None:
    part = f'<div hidden id="S:0"><p>two</p><p>three</p></div><script>x();{call}</script>'
    assert text_of(BOUNDARY + part) == "one two three four"


def test_a_part_is_named_by_the_call_not_by_its_number() -> None:
    part = (
        '<div hidden id="S:1"><p>no</p></div><div hidden id="S:2f"><p>two</p></div><script>$RC("B:0","S:2f")</script>'
    )
    assert text_of(BOUNDARY + part) == "one two four"


def test_without_scripts_a_place_waits_for_the_part_of_its_number() -> None:
    parts = '<div hidden id="S:1"><p>three</p></div><div hidden id="S:0"><p>two</p><template id="P:1"></template></div>'
    assert text_of(BOUNDARY + parts) == "one two three four"


@pytest.mark.parametrize("first", ["inner", "outer"])
def test_segments_inside_of_a_part_move_with_it_in_any_order(first: str) -> None:
    calls = ['$RS("S:1","P:1")', '$RC("B:0","S:0")']
    parts = '<div hidden id="S:0"><p>two</p><template id="P:1"></template></div><div hidden id="S:1"><p>three</p></div>'
    calls = calls if first == "inner" else calls[::-1]
    assert text_of(f"{BOUNDARY}{parts}<script>{';'.join(calls)}</script>") == "one two three four"


@pytest.mark.parametrize(
    "broken",
    [
        '<script>$RC("B:0","S:9")</script>',
        '<div hidden id="S:0"><template id="B:0"></template></div><script>$RC("B:0","S:0")</script>',
        '<template id="B:0"></template><div hidden id="S:0"><div hidden id="S:1"></div></div>'
        '<script>$RC("B:0","S:1");$RC("B:0","S:1")</script>',
    ],
)
def test_a_call_without_its_part_or_place_changes_nothing(broken: str) -> None:
    assert text_of(BOUNDARY + broken).endswith("four")


def test_a_place_among_what_a_boundary_shows_is_gone_with_it() -> None:
    inner = '<!--$?--><template id="B:1"></template><p>Loading</p><!--/$-->'
    shown = BOUNDARY.replace("<i>Loading</i>", f"<i>{inner}</i>{inner}")
    parts = '<div hidden id="S:0"><p>two</p></div><div hidden id="S:1"><p>no</p></div>'
    assert text_of(f'{shown}{parts}<script>$RC("B:0","S:0");$RC("B:1","S:1")</script>') == "one two four"


def test_a_chain_of_parts_is_bounded() -> None:
    parts = "".join(
        f'<div hidden id="S:{number:x}"><p>x</p><template id="B:{number + 1:x}"></template></div>'
        for number in range(2_000)
    )
    calls = ";".join(f'$RC("B:{number:x}","S:{number:x}")' for number in range(2_000))
    assert text_of(f"{BOUNDARY}{parts}<script>{calls}</script>").startswith("one x x")


def test_a_document_holds_the_parts_in_their_places() -> None:
    html = f'{BOUNDARY}<div hidden id="S:0"><p>two</p></div><script>$RC("B:0","S:0")</script>'
    assert Document(Page("https://x.test/a", html)).body_text == "onetwofour"
