"""Prepares hostile XML for its readers: bounds the work that it can cause, and resolves harmless entities."""

from __future__ import annotations

import codecs
import re
import sys
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from flows.errors import Unsafe

_JUNK = b" \t\r\n\f\v\0"
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"), (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)  # fmt: skip
_DECLARATION = re.compile(rb"\s*<\?xml\b[^<>]{0,500}\?>")
_WIDE_DECLARED = re.compile(rb"\s*<\?xml\b[^<>]{0,200}encoding\s*=\s*[\"'](utf-?(16|32)|ucs)", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_NUMBER = re.compile(rb"&#([xX][0-9a-fA-F]+|[0-9]+);")
_PAIR = re.compile(
    rb"&#([xX][dD][89abAB][0-9a-fA-F]{2}|5[56][0-9]{3});&#([xX][dD][c-fC-F][0-9a-fA-F]{2}|5[67][0-9]{3});"
)
_MAX_DIGITS = 12
_REFERENCE = re.compile(rb"&([A-Za-z_][\w.-]{0,30});")
_TAG = re.compile(rb"<[A-Za-z][^<>]*")
_MAX_ENTITIES = 300  # HTML has 252
_MAX_VALUE = 32
_MAX_TAG = 64 * 1024
_MAX_ATTRIBUTES = 300
_MAX_UNCLOSED = 5000


def prepare(body: bytes) -> bytes:
    """The body without leading blanks and DOCTYPE, in UTF-8 if it was UTF-16 or UTF-32, its short entities replaced,
    and with no reference to a number that is no character. Raises Unsafe for entities that are long, nested or
    external."""
    body = _without_doctype(_as_utf8(body).lstrip(_JUNK))
    return _NUMBER.sub(_as_character, _PAIR.sub(_joined, body))


def _joined(pair: re.Match[bytes]) -> bytes:
    """Two references to surrogates as one to the character that they mean."""
    high, low = _code(pair[1]), _code(pair[2])
    is_pair = 0xD800 <= high < 0xDC00 <= low < 0xE000
    return b"&#%d;" % (0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00) if is_pair else pair[0]


def _as_character(reference: re.Match[bytes]) -> bytes:
    """A numeric reference, a blank for one to a number that is no character of XML."""
    code = _code(reference[1])
    is_control = code < 0x20 and code not in (0x9, 0xA, 0xD)
    is_none = is_control or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF) or code > sys.maxunicode
    return b" " if is_none else reference[0]


def _code(number: bytes) -> int:
    if len(number) > _MAX_DIGITS:
        return sys.maxunicode + 1
    return int(number[1:], 16) if number[:1] in b"xX" else int(number)


def check_tags(body: bytes) -> None:
    """Raise Unsafe for tags with hundreds of attributes and for thousands of unclosed tags: a reader that keeps a stack
    and searches it needs minutes for them."""
    for tag in _TAG.finditer(body):
        size = tag.end() - tag.start()
        if size > _MAX_TAG or (size > _MAX_ATTRIBUTES and tag[0].count(b"=") > _MAX_ATTRIBUTES):
            raise Unsafe(f"a tag of {size} bytes with hundreds of attributes")
    if (unclosed := _unclosed(body)) > _MAX_UNCLOSED:
        raise Unsafe(f"{unclosed} unclosed tags")


def _as_utf8(body: bytes) -> bytes:
    """The body in UTF-8, without encoding declaration, if it was in UTF-16 or UTF-32; else as it is, without a BOM and
    without a declaration that the bytes show to be false."""
    name = next((name for start, name in _WIDE if body.startswith(start)), None)
    if name is None:
        is_utf8 = body.startswith(codecs.BOM_UTF8)
        body = body.removeprefix(codecs.BOM_UTF8)
        is_false = is_utf8 or _WIDE_DECLARED.match(body)  # the bytes show what the declaration denies
        return _DECLARATION.sub(b"", body, count=1) if is_false else body
    text = body.decode(name, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    return _DECLARATION.sub(b"", text, count=1)


@dataclass(slots=True)
class _Prolog:
    """What stands before the root element: the entities, and where the DOCTYPE begins and ends."""

    entities: dict[bytes, bytes] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None

    def add(
        self, name: str, is_parameter: int, value: str | None, _base: object, system: object, _public: object, _: object
    ) -> None:
        if is_parameter and system is not None:
            return  # names from a file that is not read, such as those of HTML: the DOCTYPE is removed
        if is_parameter or value is None or system is not None:
            raise Unsafe("the XML declares external or parameter entities")
        if len(value) > _MAX_VALUE or "&" in value or "%" in value or "<" in value:
            raise Unsafe("the XML declares long or nested entities")
        if len(self.entities) >= _MAX_ENTITIES:
            raise Unsafe(f"the XML declares more than {_MAX_ENTITIES} entities")
        self.entities[name.encode()] = escape(value).encode()


class _RootReached(Exception):
    pass


def _without_doctype(body: bytes) -> bytes:
    """The body without its DOCTYPE. Where the prolog cannot be parsed, any entity declaration is refused."""
    if not re.search(rb"<!(DOCTYPE|ENTITY)", body, re.IGNORECASE):
        return body
    prolog = _prolog_of(body)
    if prolog.start is None or prolog.end is None:
        return body
    content = body[prolog.end :]
    if prolog.entities:
        content = _REFERENCE.sub(lambda match: prolog.entities.get(match[1], match[0]), content)
    return _declaration(body) + content


def _prolog_of(body: bytes) -> _Prolog:
    """What stands before the root element; empty where it is malformed. Raises Unsafe for a malformed one that declares
    entities."""
    prolog = _Prolog()
    parser = expat.ParserCreate()

    def begin(*_: object) -> None:
        prolog.start = parser.CurrentByteIndex

    def stop(*_: object) -> None:
        prolog.end = parser.CurrentByteIndex
        raise _RootReached

    parser.StartDoctypeDeclHandler, parser.EntityDeclHandler, parser.StartElementHandler = begin, prolog.add, stop
    try:
        parser.Parse(body, True)
    except _RootReached:
        return prolog
    except (expat.ExpatError, LookupError, ValueError) as error:  # an unknown encoding is a LookupError or ValueError
        if _ENTITY.search(body):
            raise Unsafe("the XML declares entities in a malformed prolog") from error
    return _Prolog()


def _declaration(body: bytes) -> bytes:
    match = _DECLARATION.match(body)
    return match[0] if match else b""


def _unclosed(body: bytes) -> int:
    """Opening tags without a closing one outside of CDATA, roughly: what a lenient reader keeps open at the end."""
    parts = body.split(b"<![CDATA[")
    outside = b"".join([parts[0], *(part.partition(b"]]>")[2] for part in parts[1:])])
    opened = len(re.findall(rb"<[A-Za-z]", outside))
    return opened - outside.count(b"</") - outside.count(b"/>")
