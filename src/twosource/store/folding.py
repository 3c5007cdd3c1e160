"""Words as they are searched: lower case, without accents."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f\u0483-\u0487\u064b-\u065f\u0670]+")
_BETWEEN = re.compile(r"[\W_\ud800-\udfff]+")


def folded(text: str) -> str:
    """The words of the text in lower case without accents and vowel signs, with single spaces between.

    No database is left to decide where a word ends: each would do it in its own way.
    """
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _BETWEEN.sub(" ", text.lower())
