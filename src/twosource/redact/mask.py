"""Withheld names found in any text, however they are written, and covered letter by letter so that all offsets stay.

Names are compared letter by letter without accents and case; between the words of a name may stand spaces, hyphens or what
addresses write for them, and inside it marks that nobody sees. A name's single words are covered too, where they are
written with a capital or stand in an address: to show a surname is to show whose child it is. Too much is the safe error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

BLOCK = "█"
_UNSEEN = "\u00ad\u0300-\u036f\u061c\u064b-\u065f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_BETWEEN = r"(?:[\W_]|%[0-9a-f]{2}){0,3}"
_SMALL = frozenset(
    "al el bin ibn abu bint van von der den de del della di da dos das du la le les los san santa st the of and y e zu ter ten".split()
)
_TITLES = frozenset("mr mrs ms miss mx dr prof sir dame lord lady jr sr ii iii iv".split())
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_CACHED = 100_000
ADDRESSES = ("url", "original", "file", "input", "path")  # fields that hold addresses, in rows
KEPT = ("sha256", "kind", "relation", "role_of", "schema", "version", "models", "language", "media_type")


class Mask:
    """Covers names and patterns; the same text gives the same text."""

    def __init__(
        self,
        names: Iterable[str],
        patterns: Iterable[str] = (),
        spared: Iterable[str] = (),
        *,
        any_case: bool = False,
    ) -> None:
        """`spared` are other people's full names in which a word of a withheld name may stand.

        With `any_case` single words are names without a capital too, as in the transcripts of machines.
        """
        self._any_case = any_case
        forms = [w for n in sorted(set(names)) if (w := words_of(n))]
        whole = sorted({f for f in forms if len(f) > 1}, key=lambda f: (-sum(map(len, f)), f))
        single = sorted({w for f in forms for w in _telling(f)}, key=lambda w: (-len(w), w))
        self._whole = _compiled([_BETWEEN.join(map(_spelt, f)) for f in whole])
        self._single = _compiled([_spelt(w) for w in single], plural=True)
        self._spared = _compiled(
            [r"\s+".join(map(_spelt, w)) for s in sorted(set(spared)) if (w := words_of(s))]
        )
        self._patterns = [re.compile(p, re.IGNORECASE) for p in patterns]
        self._text = lru_cache(maxsize=_CACHED)(self._covered)

    def text(self, value: str) -> str:
        """The text with all that is withheld covered."""
        return self._text(value, False) if value else value

    def address(self, value: str) -> str:
        """The same for an address, a file's name or an id, where names are written small and run together."""
        return self._text(value, True) if value else value

    def hides(self, value: str) -> bool:
        """Whether somebody who types this asks for what is withheld, however it is written."""
        return self.address(value) != value

    def rows(self, value: Any, key: str = "") -> Any:
        """Lists and dicts as they are written, every text in them covered: fields that name an address as such."""
        if isinstance(value, str):
            if key in KEPT:
                return value
            return self.address(value) if key in ADDRESSES or key in ("id", "report", "a", "b", "reports") else self.text(value)  # fmt: skip
        if isinstance(value, dict):
            return _unlisted(value, {k: self.rows(v, k) for k, v in value.items()})
        if isinstance(value, (list, tuple)):
            return [self.rows(v, key) for v in value]
        return value

    def _covered(self, value: str, address: bool) -> str:
        spans = self._found(value, address)
        if address and "%" in value:
            plain = unquote(value)
            if plain != value and self._found(plain, True):
                head = re.match(r"\w+://[^/]*/", value)
                spans = [*spans, (head.end() if head else 0, len(value))]
        if not spans:
            return value
        out = list(value)
        for start, end in spans:
            for i in range(start, end):
                if not out[i].isspace():
                    out[i] = BLOCK
        return "".join(out)

    def _found(self, value: str, address: bool) -> list[tuple[int, int]]:
        even = _even(value)
        found = [m.span() for p in self._patterns for m in p.finditer(value)]
        if self._whole is not None:
            found += [m.span() for m in self._whole.finditer(even)]
        if self._single is not None:
            shielded = [m.span() for m in self._spared.finditer(even)] if self._spared else []
            small = address or self._any_case
            for m in self._single.finditer(even):
                if (small or not value[m.start()].islower()) and not any(
                    s <= m.start() and m.end() <= e for s, e in shielded
                ):
                    found.append(m.span())
        return [(s, e) for s, e in found if e > s]


def _unlisted(before: dict[str, Any], covered: dict[str, Any]) -> dict[str, Any]:
    """An actor of whom any name is covered, without the ids that lists know it by: they say who it is."""
    if "known" in before and any(before.get(k) != covered[k] for k in ("name", "aliases", "known") if k in before):  # fmt: skip
        del covered["known"]
    return covered


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without titles."""
    words = tuple(re.findall(r"[^\W_]+", re.sub(f"[{_UNSEEN}]", "", _even(name))))
    kept = tuple(w for w in words if w not in _TITLES)
    return kept or words


def _telling(words: tuple[str, ...]) -> list[str]:
    """The words that tell who is meant; a name of one word is that word."""
    if len(words) == 1:
        return list(words)
    return [w for w in words if w not in _SMALL and (len(w) > 1 or _UNSPACED.match(w))]


def _spelt(word: str) -> str:
    return f"[{_UNSEEN}]*".join(map(re.escape, word))


def _compiled(forms: list[str], plural: bool = False) -> re.Pattern[str] | None:
    if not forms:
        return None
    ends = "(?:e?s)?" if plural else ""
    spaced = [f for f in forms if not _UNSPACED.search(f)]
    parts = [rf"(?<![^\W_])(?:{'|'.join(spaced)}){ends}(?![^\W_])"] if spaced else []
    parts += [f for f in forms if _UNSPACED.search(f)]
    return re.compile("|".join(parts))


def _even(value: str) -> str:
    """The text without case and accents, each character for itself so that offsets hold."""
    return value.lower() if value.isascii() else "".join(map(_plain, value))


@lru_cache(maxsize=65_536)
def _plain(ch: str) -> str:
    if ch in "’‘ʼ":
        return "'"
    base = unicodedata.normalize("NFKD", ch)[:1].casefold()[:1]
    return base or ch
