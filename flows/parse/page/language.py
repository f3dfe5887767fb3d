"""Guesses the language of a text from its script and its most common short words."""

from __future__ import annotations

import re
from collections import Counter

from flows.parse.page.vocabulary import words

SAMPLE = 4000
_MIN_WORDS = 15
_WORD = re.compile(r"[^\W\d_]+")
# Scripts used almost only by one language; Han alone is read as Chinese, Han with kana as Japanese.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af]")), ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")), ("he", re.compile("[\u0590-\u05ff]")), ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")), ("bn", re.compile("[\u0980-\u09ff]")),
)  # fmt: skip
_COMMON = {
    "en": words("the of and to in that is was for it with as his on be at by this had not are but from they which"),
    "de": words("der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus"),
    "fr": words("le la les de des et à un une du en que qui dans pour est pas sur au par plus ne se ce avec il sont"),
    "es": words("el la los de que y a en un una del por con las no se su para es al lo como más pero sus le este"),
    "pt": words("o a os de que e do da em um uma para com não no na por mais dos das se ao como foi pelo são"),
    "it": words("il la di che e un una del per con non in della sono le si da dei ha anche al nel più gli è lo"),
    "nl": words("de het een van en in is dat op te zijn met voor niet aan er die ook als bij door naar maar uit"),
    "sv": words("och att det som en på är av för med den till inte har de ett om han men var jag från kan"),
    "da": words("og at det er en til på af for med den der ikke de har som et om men var fra kan blev hun"),
    "no": words("og i det er en til på av for med den som ikke har at et om men var fra kan ble hun jeg etter"),
    "fi": words("ja on ei että se oli hän mutta myös kun ovat joka niin kuin tai sen olla vain jo voi"),
    "pl": words("i w nie na się z do to że jest o jak po co ale za od czy dla tym jego był przez"),
    "tr": words("ve bir bu da de için ile olarak olan daha çok gibi ne kadar sonra ise en ancak her"),
    "id": words("yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena oleh ada kata"),
    "ru": words("и в не на что с по это как но из у за от для он его к до был о так же"),
    "uk": words("і в не на що з та до у як але за від для це він його про є або після"),
    "ar": words("في من على أن إلى عن مع هذا التي الذي كان قد ما لا بعد هذه بين كما"),
    "fa": words("و در به از که این را با است برای آن یک خود تا بر هم شده کرد"),
}


def guess_language(text: str) -> str | None:
    """Two-letter code, or None when the text is too short or no language stands out."""
    sample = text[:SAMPLE]
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) * 8 > len(sample):
            return code
    found = Counter(_WORD.findall(sample.lower()))
    total = sum(found.values())
    if total < _MIN_WORDS:
        return None
    shares = sorted(
        ((sum(found[word] for word in common) / total, code) for code, common in _COMMON.items()), reverse=True
    )
    (best, code), (second, _) = shares[:2]
    return code if best > 0.12 and best > 1.15 * second else None
