"""Statements that call false what is told elsewhere, without saying what that is."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_POINTING = r"^\W*(?:that|this|it)(?:['’]s| is| was)(?: \w+)? "
_LONGEST = 400  # characters of a content that are looked at


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    data = tomllib.loads(files("twosource.claims").joinpath("claims.toml").read_text(encoding="utf-8"))[
        "hollow"
    ]
    named, false, happened = ("|".join(data[key].split()) for key in ("named", "false", "happened"))
    return re.compile(
        rf"\b(?:{named})\b(?: (?!that\b|which\b|who\b)[\w'’]+){{0,5}},? (?:is|are|was|were|has been|have been)"
        rf"(?: \w+){{0,2}} (?:{false}|not true|made up)\b"
        rf"|{_POINTING}(?:{false}|not true|made up)\W*$"
        rf"|\bno such \w+(?: \w+){{0,4}} (?:{happened})\b",
        re.IGNORECASE,
    )


def is_hollow(text: str) -> bool:
    """Whether a content calls false what others say and names nothing of it: "the claim is entirely false"."""
    return _pattern().search(" ".join(text.split())[:_LONGEST]) is not None


def is_pointing(text: str) -> bool:
    """Whether a content calls false what was said right before: "that was wrong"."""
    text = " ".join(text.split())[:_LONGEST]
    return re.match(_POINTING, text, re.IGNORECASE) is not None and is_hollow(text)
