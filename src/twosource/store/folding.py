"""Words as they are searched: lower case, without accents."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f\u0483-\u0487\u064b-\u065f\u0670]+")
_BETWEEN = re.compile(r"[\W_\ud800-\udfff]+")
_SPACES = re.compile("  +")
_ASCII = {n: chr(n).lower() if chr(n).isalnum() else " " for n in range(128)}


def folded(text: str) -> str:
    """The words of the text in lower case without accents and vowel signs, with single spaces between.

    No database is left to decide where a word ends: each would do it in its own way.
    """
    if text.isascii():
        return _SPACES.sub(" ", text.translate(_ASCII))
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _BETWEEN.sub(" ", text.lower())
