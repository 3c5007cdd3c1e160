"""Numbers as English writes them: digits, words, and both mixed."""

from __future__ import annotations

import re

ONES = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
ORDINALS = {
    w: n
    for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30}

_SMALL = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_SCALE = "|".join(SCALES)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HALF = r"(?:[\s-]+[1-3]/[2-4]|[\s-]+and[\s-]+a[\s-]+half)"
_WORDS = rf"(?:{_SMALL})(?:[\s-]+(?:{_SMALL}))?"
_SCALED = rf"(?:[\s-]*(?:{_SCALE})\b(?:[\s-]+(?:and[\s-]+)?(?:{_WORDS})\b)?){{0,4}}"

CARDINAL = rf"(?:(?:{_DIGITS}){_HALF}?{_SCALED}|(?:{_WORDS})\b{_HALF}?{_SCALED}|(?:an?|half[\s-]an?)[\s-]+(?:{_SCALE})\b{_SCALED})"
"A regular expression (to be used with IGNORECASE) for one cardinal number; it holds no groups."

_FRACTIONS = {"1/2": 0.5, "1/3": 1 / 3, "2/3": 2 / 3, "1/4": 0.25, "3/4": 0.75}


def parse_number(written: str) -> float | None:
    """The value of a cardinal number such as "43", "4,500", "2 1/2", "five million" or "twenty-one"; None if it is none."""
    total = current = 0.0
    seen = False
    pieces = [
        m.group().lower() for m in re.finditer(rf"[1-3]/[2-4]|{_DIGITS}|[a-z]+", written, re.IGNORECASE)
    ]
    for n, piece in enumerate(pieces):
        if piece[0].isdigit() and "/" not in piece:
            current += float(piece.replace(",", ""))
        elif piece in _FRACTIONS:
            current += _FRACTIONS[piece]
        elif piece in ONES:
            current += ONES[piece]
        elif piece in TENS:
            current += TENS[piece]
        elif piece in SCALES:
            scale = SCALES[piece]
            if scale == 100 or scale == 12:
                current = (current or 1) * scale
            else:
                total, current = total + (current or 1) * scale, 0.0
        elif piece == "half":
            current = 0.5 if n == 0 else current + 0.5
            if n == 0:
                seen = True
                continue
        elif piece in ("a", "an", "and"):
            continue
        else:
            return None
        seen = True
    return total + current if seen else None
