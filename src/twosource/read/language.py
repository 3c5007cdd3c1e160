"""The language of a report: as declared, unless its text plainly says otherwise."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any

_CODE = re.compile(r"[a-z]{2,3}(?![a-z])")
_ENOUGH = 120  # characters from which a guess is worth more than a page's declaration
_SAMPLE = 2_000
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|was|were|said|that|for|with|is)\b", re.I)


def language_of(text: str, declared: str | None) -> str | None:
    """A two-letter code (ISO 639-1); None where a short text gives nothing to go by.

    Pages are often declared in the language of their template, so for longer texts the text decides.
    """
    m = _CODE.match((declared or "").strip().lower())
    given = m.group() if m else None
    sample = text[:_SAMPLE]
    words = sample.split()
    if len(words) >= 8 and len(_ENGLISH.findall(sample)) >= 0.15 * len(words):
        return "en"
    if len(sample) < _ENOUGH:
        return given or ("en" if sample.isascii() and _ENGLISH.search(sample) else None)
    guessed = _identifier().classify(sample)[0]
    return str(guessed) if guessed else given


@lru_cache(maxsize=1)
def _identifier() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import py3langid

    return py3langid
