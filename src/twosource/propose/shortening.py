"""Whether a sentence that a model gives is a claim with words left out, and nothing lost that a reader must know.

The words are looked for among the report's own, in their order, and what was left out is held against the parse: a word goes
only with all that hangs on it, and only where it adds time, place or detail. What comes out is written from the report's
characters; the model's choose, they are never shown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.model import Sentence, Span, Token
from twosource.text import normal

_FEWEST, _LONGEST = 4, 80  # words of a sentence
_LESS = 2  # words that must go for a sentence to be plainer
_EDGES = ".,;:!?()[]…"
_ARTICLES = frozenset(("a", "an", "the"))
_CLAUSES = ("relcl", "acl", "appos", "advcl")  # they go as a whole
_MARKS = (
    '"',
    "“",
    "”",
    "«",
    "»",
    "``",
    "''",
    "‘",
    "(",
    "[",
    "—",
    "…",
)  # quoted and bracketed words are left as they are


@dataclass(frozen=True, slots=True)
class _Guards:
    binding: frozenset[str]
    telling: frozenset[str]
    prepositions: frozenset[str]
    aiming: frozenset[str]
    needing: frozenset[str]
    adverbs: frozenset[str]
    counting: frozenset[str]


@lru_cache(maxsize=1)
def _guards() -> _Guards:
    data = tomllib.loads(files("twosource.propose").joinpath("propose.toml").read_text(encoding="utf-8"))
    lists = {**data["guards"], **data["droppable"]}
    return _Guards(**{key: frozenset(words.split()) for key, words in lists.items()})


@dataclass(frozen=True, slots=True)
class Shortened:
    """The sentence made of the report's words, or why there is none."""

    text: str
    why: str


class _Refused(Exception):
    """Says why."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word as it is written, with the parser's words in it."""

    written: str
    word: str  # as it is compared
    tokens: tuple[int, ...]


def shortened(
    proposed: str, claim: str, text: str, sentences: Sequence[Sentence], settings: Sequence[Span] = ()
) -> Shortened:
    """The claim in fewer of its words, as far as the proposal holds; `settings` are the times and places that were read."""
    try:
        return Shortened(_kept(proposed, claim, text, sentences, settings), "")
    except _Refused as e:
        return Shortened("", str(e))


def may_be_shortened(claim: str, text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a claim stands in the parsed sentences word for word, and has enough words for some to go."""
    words = claim.split()
    if not _FEWEST + _LESS <= len(words) <= _LONGEST or any(m in claim for m in _MARKS):
        return False
    try:
        _base(claim, text, sentences)
    except _Refused:
        return False
    return True


def _kept(
    proposed: str, claim: str, text: str, sentences: Sequence[Sentence], settings: Sequence[Span]
) -> str:
    tokens, base = _base(claim, text, sentences)
    wanted = [w for x in proposed.split()[: 2 * _LONGEST] if (w := _bare(x)) and w not in _ARTICLES]
    own = [u for u in base if u.word not in _ARTICLES]
    known = {u.word for u in own}
    for w in wanted:
        if w not in known:
            raise _Refused("a word of it is not in the claim")
    readings = [r for r in (_found(wanted, own), _from_behind(wanted, own)) if r is not None]
    if not readings:
        raise _Refused("its words are not in the claim's order")
    if len(own) - len(wanted) < _LESS or len(wanted) < _FEWEST:
        raise _Refused("it is no plainer, or too short to be understood")
    last = ""
    for reading in readings:
        try:
            kept = {t for u in reading for t in u.tokens}
            _hold(kept, base, tokens, settings)
            return _written(reading, base, tokens, kept)
        except _Refused as e:
            last = str(e)
    raise _Refused(last)


# ------------------------------------------------------------------ finding the words


def _base(claim: str, text: str, sentences: Sequence[Sentence]) -> tuple[list[Token], list[_Unit]]:
    """The parser's words, heads numbered through, and the claim's words among them."""
    tokens: list[Token] = []
    units: list[_Unit] = []
    for s in sentences:
        first, end = len(tokens), -1
        for t in s.tokens:
            number = len(tokens)
            tokens.append(_moved(t, first))
            written = t.span.of(text)
            if units and t.span.start == end and number > first:
                units[-1] = _unit(units[-1].written + written, (*units[-1].tokens, number))
            else:
                units.append(_unit(written, (number,)))
            end = t.span.end
    units = [u for u in units if u.word]
    wanted = [w for x in claim.split() if (w := _bare(x))]
    for start in range(len(units) - len(wanted) + 1):
        if [u.word for u in units[start : start + len(wanted)]] == wanted:
            return tokens, units[start : start + len(wanted)]
    raise _Refused("the claim does not stand in one piece in its report")


def _moved(t: Token, by: int) -> Token:
    return Token(t.span, t.text, t.lemma, t.pos, t.tag, t.dep, t.head + by)


def _unit(written: str, tokens: tuple[int, ...]) -> _Unit:
    return _Unit(written, _bare(written), tokens)


def _bare(written: str) -> str:
    return normal(written.replace("’", "'").strip(_EDGES))


def _found(wanted: Sequence[str], units: Sequence[_Unit]) -> list[_Unit] | None:
    found: list[_Unit] = []
    at = 0
    for w in wanted:
        while at < len(units) and units[at].word != w:
            at += 1
        if at == len(units):
            return None
        found.append(units[at])
        at += 1
    return found


def _from_behind(wanted: Sequence[str], units: Sequence[_Unit]) -> list[_Unit] | None:
    found = _found(wanted[::-1], units[::-1])
    return found[::-1] if found is not None else None


# ------------------------------------------------------------------ what may go


def _hold(kept: set[int], base: Sequence[_Unit], tokens: Sequence[Token], settings: Sequence[Span]) -> None:
    """Raise _Refused with the first thing that is lost."""
    guards = _guards()
    inside = {t for u in base for t in u.tokens}
    gone = [u for u in base if not kept & set(u.tokens) and u.word not in _ARTICLES]
    for u in gone:
        if _parts(u) & (guards.binding | guards.telling):
            raise _Refused(f"it leaves out “{u.word}”")
    bound = next((u.word for u in base if _parts(u) & guards.binding or "n't" in u.word), None)
    if bound is not None and any(u.word not in guards.adverbs for u in gone):
        raise _Refused(f"beside “{bound}” nothing may be left out")
    for n in sorted(inside):
        head = tokens[n].head
        top = head == n or head not in inside
        if top and n not in kept and _matters(tokens[n]):
            raise _Refused("it leaves out the word on which all others hang")
        if not top and n in kept and head not in kept and _matters(tokens[n]):
            raise _Refused("it ties together words that do not belong together")
        if not top and n not in kept and head in kept and not _may_go(n, tokens, inside, settings):
            raise _Refused(
                f"it leaves out “{tokens[n].text.lower()}”, without which the rest says something else"
            )


def _matters(t: Token) -> bool:
    return t.pos not in ("PUNCT", "SPACE", "SYM") and not (t.dep == "det" and t.text.lower() in _ARTICLES)


def _may_go(n: int, tokens: Sequence[Token], inside: set[int], settings: Sequence[Span]) -> bool:
    """Whether a word with all that hangs on it only adds something to the word that it hangs on."""
    guards, t = _guards(), tokens[n]
    if not _matters(t) or (t.dep == "mark" and t.text.lower() == "that"):
        return True
    head = tokens[t.head]
    beside = [tokens[k] for k in sorted(inside) if tokens[k].head == t.head and k not in (n, t.head)]
    counted = head.text.lower() in guards.counting or any(x.text.lower() in guards.counting for x in beside)
    if counted and t.dep in (*_CLAUSES, "prep"):
        return False
    if t.dep == "prep":
        return _is_setting(n, tokens, inside, settings)
    if t.dep == "advmod":
        return t.text.lower() in guards.adverbs
    if t.dep in ("conj", "cc"):
        return head.pos in ("VERB", "AUX") and t.text.lower() != "or"
    return t.dep in (*_CLAUSES, "npadvmod")


def _is_setting(n: int, tokens: Sequence[Token], inside: set[int], settings: Sequence[Span]) -> bool:
    """Whether a phrase, by the preposition that opens it, only says when, where or in what course."""
    guards, word = _guards(), tokens[n].text.lower()
    if word in guards.aiming:
        return any(s.overlaps(tokens[k].span) for s in settings for k in inside if tokens[k].head == n)
    return word in guards.prepositions and tokens[tokens[n].head].lemma.lower() not in guards.needing


def _parts(u: _Unit) -> set[str]:
    """A word and what a hyphen or apostrophe ties together in it."""
    return {u.word, *re.split(r"[-'/]", u.word)}


def _written(reading: Sequence[_Unit], base: Sequence[_Unit], tokens: Sequence[Token], kept: set[int]) -> str:
    """The sentence from the report's characters: the words kept, each with its article, with the commas that still part them."""
    chosen = {u.tokens for u in reading}
    shown = [
        u
        for u in base
        if u.tokens in chosen or (u.word in _ARTICLES and all(tokens[t].head in kept for t in u.tokens))
    ]
    place = {u.tokens: n for n, u in enumerate(base)}
    words = []
    for n, u in enumerate(shown):
        follows = n + 1 < len(shown) and place[shown[n + 1].tokens] == place[u.tokens] + 1
        words.append(u.written if follows else u.written.rstrip(_EDGES))
    made = " ".join(words)
    return made[0].upper() + made[1:] + "."
