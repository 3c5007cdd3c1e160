"""How far the case against somebody has come, where later reports tell a later step: arrested, charged, found guilty, sentenced."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.model import Actor, Disagreement, Sentence, Side, Span, Token
from twosource.text import normal

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ON_CHARGES = re.compile(r"(?:\s+\w+){0,4}\s+on\s+(?:\w+\s+){0,3}(?:charges?|counts?)\b", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FAR = 2  # steps between two reports without dates, for one to be surely later
_MATTERS = 0.8
_GUARDS = frozenset({"aux", "neg", "mark", "advmod"})


@dataclass(frozen=True, slots=True)
class _Lists:
    names: tuple[str, ...]  # in their order
    rank: Mapping[str, int]
    open: frozenset[str]
    record: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Step:
    """A step that a report tells of somebody."""

    reading: Reading
    rank: int
    span: Span


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    data = tomllib.loads(files(__package__).joinpath("steps.toml").read_text(encoding="utf-8"))
    rank = {verb: n for n, row in enumerate(data["steps"]) for verb in row["verbs"].split()}
    return _Lists(
        tuple(row["name"] for row in data["steps"]),
        rank,
        frozenset(data["open"]["words"].split()),
        frozenset(data["record"]["words"].split()),
    )


def differing_steps(
    readings: Sequence[Reading], heads: Mapping[str, str], actors: Sequence[Actor]
) -> list[Disagreement]:
    """One update for each person whom a later report has further on in the case; what is only retold later is none."""
    own = [r for r in readings if heads[r.id] == r.id]
    places = _places(actors)
    told: dict[str, dict[str, _Step]] = defaultdict(dict)
    for r in own:
        for who, step in _steps(r, places.get(r.id, [])):
            best = told[who].get(r.id)
            if best is None or step.rank > best.rank:
                told[who][r.id] = step
    found = []
    for actor in sorted((a for a in actors if a.id in told), key=lambda a: a.id):
        steps = [told[actor.id][i] for i in sorted(told[actor.id])]
        last = max(s.rank for s in steps)
        kept = [s for s in steps if s.rank == last or _was_before(s, steps, last)]
        sides = [Side(_lists().names[s.rank], s.reading.evidence(s.span)) for s in kept]
        said = ", ".join(f"{_lists().names[s.rank]} in {s.reading.id}" for s in kept[:8])
        made = disagreement(
            "other", f"how far the case of {actor.name} has come", "update", sides, f"{said}.", _MATTERS
        )
        found += [made] if made else []
    return found


def _was_before(step: _Step, steps: Sequence[_Step], last: int) -> bool:
    """Whether a step was told before the last one was: on an earlier day or, where days are not known, two steps earlier."""
    day = (step.reading.article.published or "")[:10]
    days = [(s.reading.article.published or "")[:10] for s in steps if s.rank == last]
    if all(_DAY.fullmatch(d) for d in (day, *days)):
        return day < min(days)
    return last - step.rank >= _FAR


def _places(actors: Sequence[Actor]) -> dict[str, list[tuple[Span, str]]]:
    """Where each report mentions people."""
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for a in actors:
        if a.kind == "person":
            for m in a.mentions:
                found[m.report].append((m.span, a.id))
    return found


def _steps(reading: Reading, places: Sequence[tuple[Span, str]]) -> Iterator[tuple[str, _Step]]:
    """Each step that a report says somebody has come to."""
    for sentence in reading.annotation.sentences:
        tokens = sentence.tokens
        for n, t in enumerate(tokens):
            rank = _lists().rank.get(t.lemma.lower()) if t.pos == "VERB" else None
            if rank is None or _is_open(tokens, n) or _is_record(reading, sentence):
                continue
            if rank == 0 and _ON_CHARGES.match(reading.text, t.span.end, sentence.span.end):
                rank = 1
            for p in patients(tokens, n):
                for span, actor in places:
                    if span.overlaps(tokens[p].span):
                        yield (
                            actor,
                            _Step(reading, rank, Span(min(t.span.start, tokens[p].span.start), t.span.end)),
                        )
                        break


def _is_open(tokens: Sequence[Token], n: int) -> bool:
    """Whether a step is only ahead, wished for, asked or said not to have been taken."""
    chain = {n}
    while tokens[n].dep in ("conj", "xcomp", "advcl", "ccomp") and tokens[n].head != n:
        n = tokens[n].head
        chain.add(n)
    return any(
        t.head in chain and t.dep in _GUARDS and t.text.lower() in _lists().open for t in tokens
    ) or any(tokens[i].lemma.lower() in ("face", "expect", "seek", "want", "fail") for i in chain)


def _is_record(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence tells of somebody's earlier life: by its words, or by a year before the report's."""
    if any(normal(t.text) in _lists().record for t in sentence.tokens):
        return True
    years = _YEAR.findall(reading.text, sentence.span.start, sentence.span.end)
    return any(y != (reading.article.published or "")[:4] for y in years)


def patients(tokens: Sequence[Token], n: int) -> list[int]:
    """Whom a verb puts there: its object, or its subject where it is a passive; "who" is the noun before."""
    kids = [i for i, t in enumerate(tokens) if t.head == n and i != n]
    passive = any(tokens[i].dep in ("auxpass", "nsubjpass") for i in kids)
    wanted = "nsubjpass" if passive else "dobj"
    found = [i for i in kids if tokens[i].dep == wanted]
    if not found and tokens[n].dep == "acl" and tokens[n].tag == "VBN":
        found = [tokens[n].head]
    if not found and tokens[n].dep == "conj" and tokens[n].tag == "VBN" and tokens[n].head != n:
        return patients(tokens, tokens[n].head)
    return [tokens[n].head if tokens[i].text.lower() in ("who", "whom", "that") else i for i in found]
