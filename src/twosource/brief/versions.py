"""Two versions of one text side by side: what was added, removed and put otherwise, sentence by sentence and word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from twosource.brief.evidence import Desk
from twosource.brief.pictures.copies import parents
from twosource.brief.wording import clipped, count, date_in_words, listed, one_line
from twosource.model import Reuse, Span
from twosource.text import normal

SHOWN = 10  # pairs of one incident; the rest are counted
_SENTENCES = 200  # of each version that are compared; a longer text is cut and that is said
_WORDS = 300  # of one sentence that are compared and shown
_ONE = 0.4  # share of words in common from which two sentences are one in other words
_BLOCK = 40  # sentences in a row that were all replaced, beyond which none is paired with another
_NAMED = 3  # numbers and names that the head of a pair gives


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence, and whether the other version lacks them."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A sentence of each version, one of them empty where it has none; or how many sentences both have alike."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    same: int = 0


@dataclass(frozen=True, slots=True)
class VersionsView:
    """Two versions, the earlier first where it is known which that is."""

    left: int
    right: int
    left_name: str
    right_name: str
    order: str
    what: str
    rows: tuple[RowView, ...]
    cut: bool


def versions(desk: Desk) -> tuple[tuple[VersionsView, ...], int]:
    """Each report beside the one it is another version of, and how many more such pairs are not shown."""
    pairs = [(child, r) for child, r in parents(desk).items() if r.relation in ("same_text", "revised")]
    pairs.sort(key=lambda p: (p[1].relation != "revised", desk.numbers[p[0]]))
    found = [v for child, r in pairs[: 3 * SHOWN] if (v := _pair(desk, child, r)) is not None]
    more = max(0, len(found) - SHOWN) + max(0, len(pairs) - 3 * SHOWN)
    return tuple(found[:SHOWN]), more


def _pair(desk: Desk, child: str, r: Reuse) -> VersionsView | None:
    """The pair; None where the two say the same, letter for letter but for furniture."""
    other = r.b if r.a == child else r.a
    left, right = (child, other) if r.older == child else (other, child)
    mine, theirs = _sentences(desk, left), _sentences(desk, right)
    rows = _rows(mine[:_SENTENCES], theirs[:_SENTENCES])
    if all(row.same for row in rows):
        return None
    return VersionsView(
        desk.numbers[left],
        desk.numbers[right],
        _name(desk, left),
        _name(desk, right),
        "the earlier first" if r.older else "which came first is not known",
        _what(desk, r, left, rows),
        tuple(rows),
        max(len(mine), len(theirs)) > _SENTENCES,
    )


def _name(desk: Desk, report: str) -> str:
    article = desk.articles[report]
    outlet = one_line(article.outlet) or "outlet unknown"
    return f"{outlet}, {date_in_words(article.published)}" if article.published else outlet


def _sentences(desk: Desk, report: str) -> list[str]:
    """The report's own sentences: page furniture is no version of anything."""
    article = desk.articles[report]
    return [
        clipped(words, _WORDS)
        for s in desk.sentences(report)
        if not any(f.span.overlaps(s) for f in article.boilerplate)
        and (words := one_line(s.of(article.text)))
    ]


def _rows(mine: Sequence[str], theirs: Sequence[str]) -> list[RowView]:
    keys = [[normal(s) for s in side] for side in (mine, theirs)]
    rows: list[RowView] = []
    for tag, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        rows += [RowView((), (), b - a)] if tag == "equal" else _changed(mine[a:b], theirs[c:d])
    return rows


def _changed(mine: Sequence[str], theirs: Sequence[str]) -> list[RowView]:
    """Sentences that differ: those that are one in other words beside each other, the rest each alone, in order."""
    rows: list[RowView] = []
    at = 0
    for sentence in mine:
        like = _likeness(sentence, theirs[at:]) if max(len(mine), len(theirs)) <= _BLOCK else []
        best = max(range(len(like)), key=lambda n: (like[n], -n), default=0)
        if like and like[best] >= _ONE:
            rows += [RowView((), (Piece(t, True),)) for t in theirs[at : at + best]]
            rows.append(_beside(sentence, theirs[at + best]))
            at += best + 1
        else:
            rows.append(RowView((Piece(sentence, True),), ()))
    return rows + [RowView((), (Piece(t, True),)) for t in theirs[at:]]


def _likeness(sentence: str, others: Sequence[str]) -> list[float]:
    mine = {normal(w) for w in re.findall(r"\w+", sentence)}
    found = []
    for other in others:
        theirs = {normal(w) for w in re.findall(r"\w+", other)}
        found.append(len(mine & theirs) / max(1, max(len(mine), len(theirs))))
    return found


def _beside(a: str, b: str) -> RowView:
    mine, theirs = a.split(), b.split()
    keys = [[normal(w) for w in side] for side in (mine, theirs)]
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        for pieces, words in ((left, mine[i:j]), (right, theirs[k:m])):
            if words:
                pieces.append(Piece(" ".join(words), tag != "equal"))
    return RowView(tuple(left), tuple(right))


def _what(desk: Desk, r: Reuse, left: str, rows: Sequence[RowView]) -> str:
    """What changed, in a line: numbers and names with both values, then how many sentences."""
    said = []
    for kind in ("number", "name"):
        spans = [(c.ours, c.theirs) for c in r.changes if c.kind == kind and c.ours and c.theirs]
        for ours, theirs in spans[:_NAMED]:
            pair = (_words(desk, r.a, ours), _words(desk, r.b, theirs))
            first, then = pair if left == r.a else pair[::-1]
            said.append(f"{kind} “{first}” → “{then}”")
    added = sum(1 for row in rows if row.right and not row.left)
    removed = sum(1 for row in rows if row.left and not row.right)
    otherwise = sum(1 for row in rows if row.left and row.right)
    said += [
        f"{count(n, 'sentence')} {word}"
        for n, word in ((added, "added"), (removed, "removed"), (otherwise, "put otherwise"))
        if n
    ]
    return listed(said)


def _words(desk: Desk, report: str, span: Span) -> str:
    return clipped(one_line(span.of(desk.articles[report].text)), 8)
