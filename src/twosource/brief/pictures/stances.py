"""Claims against reports: which report asserts, hedges, denies or asks what, copies of one text beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.brief.citing import Citations, Cite
from twosource.brief.evidence import Desk
from twosource.brief.pictures.copies import copied_from
from twosource.brief.pictures.lettering import wrapped
from twosource.brief.wording import clipped, count, one_line
from twosource.model import Claim, Statement

FIRST = 12  # claims that are drawn though only one report has them
COLUMNS = 26  # texts that are drawn; with more reports, copies of one text share a column
SIZE = 12.5
_WIDTH, _LABEL, _LEAST, _MOST, _HEAD, _LINE = 720, 384, 25, 44, 46, 15
STANCES = {"asserts": "asserts", "hedges": "says it may be so", "denies": "denies", "asks": "asks"}
_ORDER = tuple(STANCES)


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one text says to one claim, at its place in the picture."""

    x: float
    y: float
    stance: str
    size: str  # "-half" where it shares its cell: the text both reports the claim and its denial


@dataclass(frozen=True, slots=True)
class StanceRow:
    """A claim: its label in the picture, its glyphs, and for the list beside it the passages by stance."""

    number: int
    href: str
    text: str
    lines: tuple[tuple[int, str], ...]
    y: int
    h: int
    glyphs: tuple[Glyph, ...]
    said: tuple[tuple[str, str, tuple[Cite, ...]], ...]  # stance, in words, where
    silent: str


@dataclass(frozen=True, slots=True)
class Column:
    """A text: the report that stands for it, and how many copies share its column."""

    x: int
    number: int
    more: int
    title: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """Columns that are one text."""

    x: int
    w: int


@dataclass(frozen=True, slots=True)
class StancesView:
    """The matrix and the list beside it."""

    rows: tuple[StanceRow, ...]
    columns: tuple[Column, ...]
    brackets: tuple[Bracket, ...]
    width: int
    height: int
    title: str
    description: str
    note: str
    used: tuple[str, ...]  # stances that occur, for the key


def stances(desk: Desk, links: Citations, claims: Sequence[Claim], most: int = 60) -> StancesView | None:
    """The matrix of these claims, so many at most; None where there is nothing to compare: one report, or no claim."""
    families = _families(desk)
    compared = [(n, c) for n, c in enumerate(claims, 1) if n <= FIRST or len(_reports(desk, c)) > 1]
    if len(desk.articles) < 2 or not compared:
        return None
    merged = len(desk.articles) > COLUMNS
    texts = [tuple(f) for f in families] if merged else [(r,) for f in families for r in f]
    drawn = texts[:COLUMNS]
    cell = min(max((_WIDTH - _LABEL - 8) // len(drawn), _LEAST), _MOST)
    rows, y = [], _HEAD
    for n, claim in compared[:most]:
        row = _row(desk, links, claim, n, drawn, y, cell)
        rows.append(row)
        y += row.h
    columns = tuple(
        Column(_LABEL + i * cell + cell // 2, desk.numbers[text[0]], len(text) - 1, _named(desk, text))
        for i, text in enumerate(drawn)
    )
    used = tuple(s for s in _ORDER if any(g.stance == s for r in rows for g in r.glyphs))
    notes = [f"{count(len(claims) - len(compared), 'claim')} of one report alone left out"]
    if len(claims) == len(compared):
        notes = []
    if len(compared) > most:
        notes.append(f"{count(len(compared) - most, 'more claim')} not drawn")
    if len(texts) > len(drawn):
        notes.append(f"{count(len(texts) - len(drawn), 'more text')} not drawn")
    if merged:
        notes.append("copies of one text share a column, with their number under it")
    return StancesView(
        tuple(rows),
        columns,
        () if merged else _brackets(families, cell),
        _LABEL + max(len(columns), 4) * cell + 8,
        y + 6,
        f"What each report says to each claim: {count(len(rows), 'claim')} against {count(len(desk.articles), 'report')}",
        _described(rows),
        "; ".join(notes),
        used,
    )


def _reports(desk: Desk, claim: Claim) -> set[str]:
    return {s.report for s in desk.of_claim(claim)}


def _families(desk: Desk) -> list[list[str]]:
    """The reports by number, copies of one text right after it."""
    older = {child: found[0] for child, found in copied_from(desk).items() if found[1] == "same_text"}
    found: dict[str, list[str]] = {}
    for article in desk.reading_order:
        at, seen = article.id, {article.id}
        while at in older and older[at] not in seen:
            at = older[at]
            seen.add(at)
        found.setdefault(at, []).append(article.id)
    return list(found.values())


def _named(desk: Desk, text: Sequence[str]) -> str:
    outlet = one_line(desk.articles[text[0]].outlet) or "outlet unknown"
    return f"Report {desk.numbers[text[0]]}, {outlet}"


def _brackets(families: list[list[str]], cell: int) -> tuple[Bracket, ...]:
    found, at = [], 0
    for family in families:
        if len(family) > 1 and at < COLUMNS:
            wide = min(len(family), COLUMNS - at)
            found.append(Bracket(_LABEL + at * cell + 3, wide * cell - 6))
        at += len(family)
    return tuple(found)


def stance_of(desk: Desk, claim: Claim, statement: Statement) -> str:
    """What a statement says to the claim it belongs to: a denial of the claim, whatever words it has, denies.

    Who says "within the limit" and denies "speeding" says the same twice: a denial of the contrary asserts.
    """
    backing = desk.backings[claim.id]
    if statement.id in {d.statement for d in backing.denials if d.target == "claim"}:
        return "denies"
    if statement.stance == "denies" and not any(statement.id in o.statements for o in backing.origins):
        return "asserts"
    if statement.stance == "asserts" and statement.certainty == "possible":
        return "hedges"
    return statement.stance


def _row(
    desk: Desk, links: Citations, claim: Claim, number: int, texts: Sequence[Sequence[str]], y: int, cell: int
) -> StanceRow:
    by_report: dict[str, dict[str, list[Statement]]] = {}
    by_stance: dict[str, list[Statement]] = {}
    apart = {d.statement for d in desk.backings[claim.id].denials if d.target != "claim"}
    for s in desk.of_claim(claim):
        if s.id not in apart:
            stance = stance_of(desk, claim, s)
            by_report.setdefault(s.report, {}).setdefault(stance, []).append(s)
            by_stance.setdefault(stance, []).append(s)
    text = one_line(claim.text)
    lines = wrapped(text, _LABEL - 44, SIZE)
    high = max(len(lines) * _LINE + 12, 28)
    glyphs: list[Glyph] = []
    for i, family in enumerate(texts):
        here = {stance for r in family for stance in by_report.get(r, ())}
        kept = [s for s in _ORDER if s in here]
        if "asserts" in kept and "hedges" in kept:
            kept.remove("hedges")
        x, middle = _LABEL + i * cell + cell / 2, y + high / 2
        if len(kept) > 1:
            glyphs += [Glyph(x - 7, middle, kept[0], "-half"), Glyph(x + 7, middle, kept[-1], "-half")]
        elif kept:
            glyphs.append(Glyph(x, middle, kept[0], ""))
    silent = [r for r in desk.numbers if r not in by_report]
    first = y + high // 2 - (len(lines) - 1) * _LINE // 2 + 4
    return StanceRow(
        number,
        f"#{links.prefix}{claim.id}",
        clipped(text, 16),
        tuple((first + n * _LINE, line) for n, line in enumerate(lines)),
        y,
        high,
        tuple(glyphs),
        tuple(
            (s, STANCES[s], links.of_statements(_one_each(by_stance[s]), printed=False))
            for s in _ORDER
            if s in by_stance
        ),
        count(len(silent), "report") if silent else "",
    )


def _one_each(statements: list[Statement]) -> list[Statement]:
    """The first statement of each report."""
    first: dict[str, Statement] = {}
    for s in statements:
        first.setdefault(s.report, s)
    return list(first.values())


def _described(rows: Sequence[StanceRow]) -> str:
    found = []
    for row in rows[:12]:
        parts = [
            f"{word} in {', '.join(dict.fromkeys(str(c.report) for c in cites))}"
            for _, word, cites in row.said
        ]
        found.append(f"Claim {row.number}: {'; '.join(parts)}" if parts else f"Claim {row.number}: nothing")
    return ". ".join(found) + ". The list after the picture has every claim with its passages."
