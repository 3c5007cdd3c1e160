"""Words as they are searched: lower case, without accents."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f\u0483-\u0487\u064b-\u065f\u0670]+")
_HALVES = re.compile("[\ud800-\udfff\0]")


def folded(text: str) -> str:
    """The text in lower case without accents and vowel signs, as searched."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", _HALVES.sub(" ", text)))
    return text.lower().replace("\0", " ")
