"""How wide words are when they are drawn: labels of a picture are wrapped and cut before anybody sees them.

SVG neither wraps nor cuts a text. Widths are those of a wide sans serif (DejaVu Sans), so that a label fits in any other.
"""

from __future__ import annotations

import unicodedata

_NARROW, _SLIM, _BROAD = frozenset("iIjl.,:;'|!‘’·"), frozenset('frtJ ()[]{}/\\-“”"*'), frozenset("mMW@%&—…")
_EM = {"narrow": 0.34, "slim": 0.42, "broad": 0.95, "capital": 0.72, "plain": 0.61, "wide": 1.02}
_BOLD = 1.12
ELLIPSIS = "…"
_LONGEST = 600  # characters of a label that are looked at: no picture shows more


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide the text is, never less than it will be in a common font."""
    return sum(_em(c) for c in text) * size * (_BOLD if bold else 1.0)


def _em(c: str) -> float:
    if c in _NARROW:
        return _EM["narrow"]
    if c in _SLIM:
        return _EM["slim"]
    if c in _BROAD:
        return _EM["broad"]
    if c.isascii():
        return _EM["capital"] if c.isupper() else _EM["plain"]
    if unicodedata.combining(c):
        return 0.0
    if unicodedata.east_asian_width(c) in ("W", "F"):
        return _EM["wide"]
    return _EM["capital"] if c.isupper() else _EM["plain"] + 0.04


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text as far as it fits, with an ellipsis where some was left off."""
    text = " ".join(text[:_LONGEST].split())
    if width(text, size, bold=bold) <= room:
        return text
    left = room - width(ELLIPSIS, size, bold=bold)
    kept = []
    for c in text:
        left -= width(c, size, bold=bold)
        if left < 0:
            break
        kept.append(c)
    return "".join(kept).rstrip() + ELLIPSIS


def wrapped(text: str, room: float, size: float, *, lines: int = 2, bold: bool = False) -> tuple[str, ...]:
    """The text on that many lines at most, broken between words; the last ends in an ellipsis where some was left off."""
    words = text[:_LONGEST].split()
    made: list[str] = []
    while words:
        if len(made) == lines - 1:
            made.append(cut(" ".join(words), room, size, bold=bold))
            break
        n = 1
        while n < len(words) and width(" ".join(words[: n + 1]), size, bold=bold) <= room:
            n += 1
        if width(words[0], size, bold=bold) > room:
            made.append(cut(" ".join(words), room, size, bold=bold))
            break
        made.append(" ".join(words[:n]))
        words = words[n:]
    return tuple(made)
