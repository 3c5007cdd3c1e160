"""Answers to an open question against the evidence for them: one row for each origin, so that copies weigh nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.brief.pictures.lettering import wrapped
from twosource.brief.wording import count, listed

ROWS = 60  # origins that are drawn
OPTIONS = 6  # answers that are drawn
SIZE = 12.5
_WIDTH, _LABEL, _LINE, _ROW = 720, 250, 15, 32
FITS = {"for": "fits", "against": "speaks against", "neutral": "fits either way"}


@dataclass(frozen=True, slots=True)
class Sign:
    """What an origin's words mean for an answer, at its place."""

    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words in the picture, wrapped."""

    x: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class OptionsView:
    """The matrix with how many origins fit and speak against each answer."""

    heads: tuple[Label, ...]
    rows: tuple[Label, ...]
    rules: tuple[int, ...]
    signs: tuple[Sign, ...]
    sums: tuple[tuple[int, str], ...]
    sums_y: int
    width: int
    height: int
    title: str
    description: str
    note: str


def options(
    question: str, answers: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]
) -> OptionsView | None:
    """The picture of a question: its answers, and per origin a cell for each; None where no origin says anything to them."""
    if not answers or not rows:
        return None
    shown = answers[:OPTIONS]
    step = (_WIDTH - _LABEL) // len(shown)
    heads = [wrapped(a, step - 12, SIZE, lines=3, bold=True) for a in shown]
    top = max(map(len, heads)) * _LINE + 14
    middles = [_LABEL + i * step + step // 2 for i in range(len(shown))]
    labels, signs, y = [], [], top
    for who, cells in rows[:ROWS]:
        lines = wrapped(who, _LABEL - 14, SIZE)
        first = y + _ROW // 2 + 5 - (len(lines) - 1) * 7
        labels.append(Label(0, tuple((first + n * (_LINE - 1), line) for n, line in enumerate(lines))))
        signs += [Sign(x, y + _ROW // 2, c) for x, c in zip(middles, cells, strict=False) if c in FITS]
        y += _ROW
    sums = tuple(
        (x, ", ".join(f"{n} {w}" for n, w in _sums(rows, i)) or "nothing either way")
        for i, x in enumerate(middles)
    )
    notes = [f"{count(len(rows) - ROWS, 'more origin')} in the table"] if len(rows) > ROWS else []
    if len(answers) > OPTIONS:
        notes.append(f"{count(len(answers) - OPTIONS, 'more answer')} in the table")
    return OptionsView(
        tuple(
            Label(x, tuple((top - 12 - (len(h) - 1 - n) * _LINE, line) for n, line in enumerate(h)))
            for x, h in zip(middles, heads, strict=True)
        ),
        tuple(labels),
        tuple(top + i * _ROW for i in range(len(labels) + 1)),
        tuple(signs),
        sums,
        y + 20,
        _WIDTH,
        y + 30,
        question,
        _described(answers, rows),
        "; ".join(notes),
    )


def _sums(rows: Sequence[tuple[str, Sequence[str]]], option: int) -> list[tuple[int, str]]:
    found = []
    for kind, one, many in (("for", "fits", "fit"), ("against", "against", "against")):
        n = sum(cells[option] == kind for _, cells in rows)
        if n:
            found.append((n, one if n == 1 else many))
    return found


def _described(answers: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    said = []
    for i, answer in enumerate(answers[:OPTIONS]):
        parts = [
            f"{FITS[kind]}: {listed(who[:8] + ([f'{len(who) - 8} more'] if len(who) > 8 else []))}"
            for kind in ("for", "against")
            if (who := [w for w, cells in rows if cells[i] == kind])
        ]
        said.append(f"{answer}: {'; '.join(parts) or 'no origin either way'}")
    return ". ".join(said) + ". The table after the picture has the words."
