"""Search: whole reports, statements, claims and actors by their words, in any spelling that the case knows of a name.

What a person types is words, "phrases" and -words to leave out; it is never handed to the database as a query language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import JaroWinkler
from sqlalchemy import Connection, Row, text

from twosource.errors import UsageError
from twosource.store import evidence
from twosource.store.folding import folded
from twosource.text import normal

NOUNS = ("report", "statement", "claim", "actor")
MOST = 50  # results, unless more are asked for
WIDE = 90  # characters of a snippet on either side of the first word found
LIKE = 0.6  # how alike a word of one spelling is to that of another at least (Jaro-Winkler)
SPELLINGS = 12  # of one word at most
WORDS = 32  # of a question at most

_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Filters:
    """What results must have; a filter that isn't given lets all through."""

    nouns: tuple[str, ...] = NOUNS
    outlet: str | None = None
    since: str | None = None  # published on that day or later
    until: str | None = None
    actor: str | None = None
    place: str | None = None
    stance: str | None = None
    status: str | None = None
    origins: int | None = None  # at least


@dataclass(frozen=True, slots=True)
class Hit:
    """A result: a snippet with the stretches of it that were found; the incident and report where it has one."""

    noun: str
    id: str
    incident: str | None
    report: str | None
    title: str
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Term:
    spellings: tuple[tuple[str, ...], ...]  # each a phrase of folded words
    wanted: bool


def search(c: Connection, asked: str, filters: Filters = Filters(), most: int = MOST) -> list[Hit]:
    """The best matches first, the nouns in their order. Raises UsageError when there is no word to look for."""
    terms = _terms(c, asked)
    found: list[Hit] = []
    for noun in NOUNS:
        if noun in filters.nouns and len(found) < most:
            look = _reports if noun == "report" else _found
            found += look(c, noun, terms, filters, most - len(found))
    return found


def _terms(c: Connection, asked: str) -> list[_Term]:
    terms = []
    for minus, phrase, word in _TERM.findall(asked)[:WORDS]:
        words = tuple(_WORD.findall(folded(phrase or word)))
        if words:
            ways = _spellings(c, words[0]) if len(words) == 1 and not minus else [words[0]]
            terms.append(_Term(tuple((w,) for w in ways) if len(words) == 1 else (words,), not minus))
    if not any(t.wanted for t in terms):
        raise UsageError("a search needs a word to look for")
    return terms


def _spellings(c: Connection, word: str) -> list[str]:
    """The word and those that stand in its place in other spellings of a name that has it."""
    ways = [word]
    rows = c.execute(text(_NAMED[c.dialect.name]), {"word": _one(c, word)})
    for row in rows:
        names = [[folded(w) for w in _WORD.findall(n)] for n in row.text.split("\n")]
        for at, size in {(n.index(word), len(n)) for n in names if word in n}:
            for other in names:
                if len(other) == size and JaroWinkler.similarity(word, other[at]) >= LIKE:
                    ways.append(other[at])
    return sorted(dict.fromkeys(ways), key=lambda w: (w != word, w))[:SPELLINGS]


_NAMED = {
    "sqlite": "SELECT f.text FROM found_words w JOIN found f ON f.n = w.rowid WHERE found_words MATCH :word AND f.noun = 'actor' ORDER BY f.n LIMIT 50",
    "postgresql": "SELECT f.text FROM found_words w JOIN found f ON f.n = w.n WHERE w.words @@ phraseto_tsquery('twosource', :word) AND f.noun = 'actor' ORDER BY f.n LIMIT 50",
}


def _one(c: Connection, word: str) -> str:
    return f'"{word}"' if c.dialect.name == "sqlite" else word


def _question(c: Connection, terms: Sequence[_Term]) -> tuple[str, dict[str, str]]:
    """The question in the database's words, every word of it a parameter or quoted."""
    if c.dialect.name == "sqlite":
        said = [(" OR ".join(f'"{" ".join(p)}"' for p in t.spellings), t.wanted) for t in terms]
        match = " AND ".join(f"({s})" for s, wanted in said if wanted)
        for s, wanted in said:
            if not wanted:
                match = f"({match}) NOT ({s})"
        return ":match", {"match": match}
    parts, values = [], {}
    for n, t in enumerate(terms):
        ways = []
        for k, p in enumerate(t.spellings):
            values[f"w{n}_{k}"] = " ".join(p)
            ways.append(f"phraseto_tsquery('twosource', :w{n}_{k})")
        parts.append(("" if t.wanted else "!!") + "(" + " || ".join(ways) + ")")
    return "(" + " && ".join(parts) + ")", values


def _reports(c: Connection, _noun: str, terms: Sequence[_Term], f: Filters, most: int) -> list[Hit]:
    if f.stance:
        return []
    question, values = _question(c, terms)
    where, more = _conditions(f)
    matched = {
        "sqlite": f"report_words w JOIN reports r ON r.n = w.rowid LEFT JOIN members m ON m.n = r.n LEFT JOIN incidents i ON i.id = m.incident WHERE report_words MATCH {question}",
        "postgresql": f"report_words w JOIN reports r ON r.n = w.n LEFT JOIN members m ON m.n = r.n LEFT JOIN incidents i ON i.id = m.incident WHERE w.words @@ {question}",
    }[c.dialect.name]
    rank = "bm25(report_words, 4.0, 1.0)" if c.dialect.name == "sqlite" else f"-ts_rank(w.words, {question})"
    rows = c.execute(
        text(
            f"SELECT r.n, r.id, r.title, m.incident FROM {matched} {where} ORDER BY {rank}, r.id LIMIT :most"
        ),
        {**values, **more, "most": most},
    ).all()
    texts = evidence.fetch(c, [row.n for row in rows])
    hits = []
    for row in rows:
        report = texts[row.n]
        snippet, marks = _snippet(report.text, terms)
        hits.append(Hit("report", row.id, row.incident, row.id, report.title or snippet[:80], snippet, marks))
    return hits


def _found(c: Connection, noun: str, terms: Sequence[_Term], f: Filters, most: int) -> list[Hit]:
    question, values = _question(c, terms)
    where, more = _conditions(f, found=True)
    matched = {
        "sqlite": f"found_words w JOIN found f ON f.n = w.rowid JOIN incidents i ON i.id = f.incident LEFT JOIN reports r ON r.id = f.report WHERE found_words MATCH {question}",
        "postgresql": f"found_words w JOIN found f ON f.n = w.n JOIN incidents i ON i.id = f.incident LEFT JOIN reports r ON r.id = f.report WHERE w.words @@ {question}",
    }[c.dialect.name]
    rank = "bm25(found_words)" if c.dialect.name == "sqlite" else f"-ts_rank(w.words, {question})"
    rows = c.execute(
        text(
            f"SELECT f.noun, f.id, f.incident, f.report, f.text, f.who, i.title FROM {matched} AND f.noun = :noun {where} ORDER BY {rank}, f.id LIMIT :most"
        ),
        {**values, **more, "noun": noun, "most": most},
    )
    return [_hit(row, terms) for row in rows]


def _hit(row: Row[Any], terms: Sequence[_Term]) -> Hit:
    said = row.text.split("\n")[0] if row.noun == "actor" else row.text
    snippet, marks = _snippet(said, terms)
    return Hit(row.noun, row.id, row.incident, row.report, row.who or row.title, snippet, marks)


def _conditions(f: Filters, found: bool = False) -> tuple[str, dict[str, object]]:
    """What the filters ask, as conditions over reports r, incidents i and, for what was found in reports, f."""
    said: list[str] = []
    values: dict[str, object] = {}

    def must(condition: str, **more: object) -> None:
        said.append(f"AND {condition}")
        values.update(more)

    here = "f.incident" if found else "m.incident"
    if f.outlet:
        must("lower(r.outlet) = :outlet", outlet=normal(f.outlet))
    if f.since:
        must("r.published >= :since", since=f.since)
    if f.until:
        must("r.published < :until", until=f.until + "~")  # a day holds all its hours
    if f.place:
        must("lower(i.place) LIKE :place ESCAPE '!'", place=f"%{_literal(f.place.lower())}%")
    if f.actor:
        must(
            f"EXISTS (SELECT 1 FROM found a WHERE a.incident = {here} AND a.noun = 'actor' AND lower(a.text) LIKE :actor ESCAPE '!')",
            actor=f"%{_literal(f.actor.lower())}%",
        )
    for name, value in (("stance", f.stance), ("status", f.status)):
        if value and found:
            must(f"f.{name} = :{name}", **{name: value})
    if f.status and not found:
        must(
            f"EXISTS (SELECT 1 FROM found s WHERE s.incident = {here} AND s.noun = 'claim' AND s.status = :status)",
            status=f.status,
        )
    if f.origins is not None:
        must(
            "f.origins >= :origins"
            if found
            else f"EXISTS (SELECT 1 FROM found o WHERE o.incident = {here} AND o.noun = 'claim' AND o.origins >= :origins)",
            origins=f.origins,
        )
    return " ".join(said), values


def _literal(value: str) -> str:
    return re.sub(r"([!%_])", r"!\1", value)


def _snippet(said: str, terms: Iterable[_Term]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words around the first that was found, on one line, and where in it what was found stands."""
    stems = {w[: max(4, len(w) - 2)] for t in terms if t.wanted for p in t.spellings for w in p}
    hits = [m.span() for m in _WORD.finditer(said) if folded(m.group()).startswith(tuple(stems))]
    first = hits[0][0] if hits else 0
    start, end = max(0, first - WIDE), min(len(said), first + 2 * WIDE)
    while 0 < start < first and not said[start - 1].isspace():
        start += 1
    while end < len(said) and end > first and not said[end].isspace():
        end -= 1
    shown = re.sub(r"\s", " ", said[start:end])
    return shown, tuple((s - start, e - start) for s, e in hits if start <= s and e <= end)
