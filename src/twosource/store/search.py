"""Search: whole reports, statements, claims and actors by their words, in any spelling that the case knows of a name.

What a person types is words, "phrases" and -words to leave out; it is never handed to the database as a query language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz.distance import JaroWinkler
from sqlalchemy import Connection, Row, bindparam, text

from twosource.errors import UsageError
from twosource.store import evidence
from twosource.store.folding import folded
from twosource.store.misspelt import meant
from twosource.store.narrowing import ALL, NOUNS, Filters, narrowed
from twosource.store.search_tables import FIRST, ROOM

__all__ = ["MOST", "NOUNS", "Filters", "Hit", "hits_of", "search"]

MOST = 50  # results, unless more are asked for
WIDE = 90  # characters of a snippet on either side of the first word found
LIKE = 0.6  # how alike a word of one spelling is to that of another at least (Jaro-Winkler)
SPELLINGS = 12  # of one word at most
WORDS = 32  # of a question at most
MANY = 5000  # matches of which words tell none from another any more: then the newest come first

_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w+")


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
    alike: float | None = None  # to what was asked for, where it was asked for by likeness


@dataclass(frozen=True, slots=True)
class _Term:
    spellings: tuple[tuple[str, ...], ...]  # each a phrase of folded words
    wanted: bool


def search(c: Connection, asked: str, filters: Filters = ALL, most: int = MOST) -> list[Hit]:
    """The best matches first, the newest first where thousands match; the nouns in their order.

    Raises UsageError when there is no word to look for.
    """
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
            ways = _ways(c, words[0]) if len(words) == 1 and not minus else [words[0]]
            terms.append(_Term(tuple((w,) for w in ways) if len(words) == 1 else (words,), not minus))
    if not any(t.wanted for t in terms):
        raise UsageError("a search needs a word to look for")
    return terms


def _ways(c: Connection, word: str) -> list[str]:
    """The word in all its spellings; of one that stands nowhere, and is no other spelling, those of what was likely meant."""
    ways = _spellings(c, word)
    if len(ways) == 1:
        ways += [w for near in meant(c, word) for w in _spellings(c, near)]
    return list(dict.fromkeys(ways))[:SPELLINGS]


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
    "sqlite": f"SELECT f.text FROM found_words w JOIN found f ON f.n = w.rowid - {FIRST['actor']} WHERE found_words MATCH :word AND w.rowid >= {FIRST['actor']} ORDER BY w.rowid LIMIT 50",
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
    return _report_hits(c, _matched(c, "report", terms, f, most), terms)


def hits_of(c: Connection, near: Sequence[tuple[str, int, float]]) -> list[Hit]:
    """Reports and lines of `found` by number, each with how alike it is, as results in the order given."""
    numbers = {noun: [n for kind, n, _ in near if kind == noun] for noun in NOUNS}
    hits = {("report", n): h for n, h in _numbered(numbers["report"], _report_hits(c, numbers["report"], ()))}
    lines = [n for noun in NOUNS if noun != "report" for n in numbers[noun]]
    noun_of = {n: noun for noun, n, _ in near if noun != "report"}
    hits |= {(noun_of[n], n): h for n, h in _numbered(lines, _line_hits(c, lines, ()))}
    return [replace(hits[noun, n], alike=alike) for noun, n, alike in near]


def _numbered(numbers: Sequence[int], hits: Sequence[Hit]) -> Iterable[tuple[int, Hit]]:
    return zip(numbers, hits, strict=True)


def _report_hits(c: Connection, numbers: Sequence[int], terms: Sequence[_Term]) -> list[Hit]:
    texts = evidence.fetch(c, numbers)
    home = _homes(c, numbers)
    hits = []
    for n in numbers:
        report = texts[n]
        shown, marks = _snippet(report.text, terms)
        title = report.title or shown[:80]
        hits.append(Hit("report", report.id, home.get(n), report.id, title, shown, marks))
    return hits


def _homes(c: Connection, numbers: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in evidence.shares(numbers):
        asked = text("SELECT n, incident FROM members WHERE n IN :n").bindparams(
            bindparam("n", some, expanding=True)
        )
        found.update((row.n, row.incident) for row in c.execute(asked))
    return found


def _found(c: Connection, noun: str, terms: Sequence[_Term], f: Filters, most: int) -> list[Hit]:
    return _line_hits(c, _matched(c, noun, terms, f, most), terms)


def _line_hits(c: Connection, numbers: Sequence[int], terms: Sequence[_Term]) -> list[Hit]:
    rows: dict[int, Row[Any]] = {}
    for some in evidence.shares(numbers):
        asked = text(
            "SELECT f.n, f.noun, f.id, f.incident, f.report, f.text, f.who, i.title FROM found f JOIN incidents i ON i.id = f.incident WHERE f.n IN :n"
        ).bindparams(bindparam("n", some, expanding=True))
        rows.update((row.n, row) for row in c.execute(asked))
    return [_hit(rows[n], terms) for n in numbers]


def _matched(c: Connection, noun: str, terms: Sequence[_Term], f: Filters, most: int) -> list[int]:
    """The numbers of what matches, the best first; where very many do, the newest first."""
    question, values = _question(c, terms)
    filters = narrowed(c, f, noun)
    if filters.nothing:
        return []
    light = c.dialect.name == "sqlite"
    table = "report_words" if noun == "report" else "found_words"
    first = FIRST[noun]
    n = f"(w.rowid - {first})" if light else "w.n"
    match = f"{table} MATCH {question}" if light else f"w.words @@ {question}"
    if light:
        match += f" AND w.rowid >= {first} AND w.rowid < {first + ROOM}"
    given: Mapping[str, object] = {**values, **dict(filters.values), "most": most, "noun": noun}
    some = f"SELECT 1 FROM {table} w WHERE {match} LIMIT {MANY + 1}"
    many: int = c.execute(text(f"SELECT count(*) FROM ({some}) p"), given).scalar_one()
    if noun != "report":
        # the order of the two is not left to the database: it would look at all that was found first
        table += (
            f" w CROSS JOIN found f ON f.n = {n}"
            if light
            else f" w JOIN found f ON f.n = {n} AND f.noun = :noun"
        )
    else:
        table += " w"
    order = ("w.rowid" if light else "w.n") + " DESC"
    if many <= MANY:
        rank = _RANK[noun == "report"] if light else f"-ts_rank(w.words, {question})"
        order = f"{rank}, {order}"
    where = filters.where.format(n=n)
    asked = text(f"SELECT {n} AS n FROM {table} WHERE {match}{where} ORDER BY {order} LIMIT :most")
    return list(c.execute(asked, given).scalars())


_RANK = {True: "bm25(report_words, 4.0, 1.0)", False: "bm25(found_words)"}


def _hit(row: Row[Any], terms: Sequence[_Term]) -> Hit:
    said = row.text.split("\n")[0] if row.noun == "actor" else row.text
    snippet, marks = _snippet(said, terms)
    return Hit(row.noun, row.id, row.incident, row.report, row.who or row.title, snippet, marks)


def _snippet(said: str, terms: Iterable[_Term]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words around the first that was found, on one line, and where in it what was found stands."""
    stems = tuple({w[: max(4, len(w) - 2)] for t in terms if t.wanted for p in t.spellings for w in p})
    hits: list[tuple[int, int]] = []
    for m in _WORD.finditer(said):
        if hits and m.start() > hits[0][0] + 2 * WIDE:
            break
        if stems and _plain(m.group()).startswith(stems):
            hits.append(m.span())
    first = hits[0][0] if hits else 0
    start, end = max(0, first - WIDE), min(len(said), first + 2 * WIDE)
    while 0 < start < first and not said[start - 1].isspace():
        start += 1
    while end < len(said) and end > first and not said[end].isspace():
        end -= 1
    shown = re.sub(r"\s", " ", said[start:end])
    return shown, tuple((s - start, e - start) for s, e in hits if start <= s and e <= end)


def _plain(word: str) -> str:
    return word.lower() if word.isascii() else folded(word)
