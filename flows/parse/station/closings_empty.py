"""Recognizes the sentences by which a closings list says that nothing is listed."""

from __future__ import annotations

import re

_NOUN = (
    r"(?:closings?|closures?|delays?|cancell?ations?|(?:early )?dismissals?|records?|listings?|announcements?|entries|"
    r"clos(?:ing|ure)s? information)"
)
_ADJECTIVE = (
    r"(?:(?:current|currently|presently|active|new|known|reported|school|business|church|weather|weather-related)"
    r"(?:,| and| or|/| &)? )*"
)
_NOUNS = rf"{_ADJECTIVE}{_NOUN}(?:(?:,? or |,? and |, | ?/ ?| & ){_ADJECTIVE}{_NOUN})*"
_PLACES = r"(?:schools?|organi[sz]ations?|business(?:es)?|churches|districts?|institutions?|one|facilities)"
_WHEN = r"(?:at this time|at the moment|at present|currently|presently|right now|now|today)"
_END = (
    r"(?: (?:being |currently )?(?:to report|to display|to list|reported|listed|in effect|on file|active|for today|"
    rf"{_WHEN}|(?:for|in) (?:our|the|this) (?:viewing )?area))*"
)
_CLOSED = r"(?:clos(?:ed|ings?)|delay(?:ed|s)|cancel(?:l?ed|lations?))"
_SENTENCES = (
    rf"(?:(?:there (?:are|is)|we have|we currently have) )?(?:{_WHEN} )?(?:no|zero) {_NOUNS}"
    rf"(?: (?:are|is|have been|has been))?{_END}",
    rf"there (?:are|is) (?:{_WHEN} )?0 {_NOUNS}{_END}",
    rf"there (?:are not|is not|aren['’]t|isn['’]t) (?:{_WHEN} )?any {_NOUNS}{_END}",
    rf"no {_PLACES}(?: (?:and|or) {_PLACES})* (?:are|is|have|has)(?: {_WHEN})?(?: (?:been|being|reporting|reported))*"
    rf"(?: any)? {_CLOSED}(?:,? (?:or|and) {_CLOSED})*{_END}",
    rf"all {_PLACES}(?:,? (?:and|or) {_PLACES})* are (?:{_WHEN} )?open(?: on time| as (?:normal|usual)| {_WHEN})*",
    rf"nothing to report(?: {_WHEN})?",
    rf"{_NOUNS}: none",
)
_EMPTY = re.compile(rf"(?:sorry,? )?(?:{_WHEN},? )?(?:{'|'.join(_SENTENCES)})", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!](?:\s|$)")


def is_empty_sentence(text: str) -> bool:
    """Whether the first sentence of a clean text says that there are no closings. A conditional or a search result (`no
    closings match`) does not, nor does a count alone (`0 closings`), which scripts may fill in later."""
    return _EMPTY.fullmatch(_SENTENCE_END.split(text)[0]) is not None
