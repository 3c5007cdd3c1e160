"""The form in which names of places are looked up."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
    }
)
_DROPPED = re.compile(r"['’‘`ʻʼ.,]")
_SPACE = re.compile(r"[\s\-–_/]+")


def fold(name: str) -> str:
    """Small letters, no accents, full stops or apostrophes, hyphens as spaces: "St. Paul's" is "st pauls"."""
    if not name.isascii():
        name = "".join(
            c for c in unicodedata.normalize("NFKD", name.translate(_LETTERS)) if not unicodedata.combining(c)
        )
    return _SPACE.sub(" ", _DROPPED.sub("", name.casefold())).strip()


def plain(name: str) -> str:
    """The name in ASCII, its capitals kept: what a map or a file name can show anywhere."""
    if name.isascii():
        return name
    turned = unicodedata.normalize("NFKD", name.translate(_LETTERS)).replace("’", "'").replace("‘", "'")
    return "".join(c for c in turned if ord(c) < 128)
