"""Numbers of the same thing that reports give differently."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.fates import lexicon
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Nature, Quantity, Side, Span
from twosource.text import normal
from twosource.text.intervals import compare_quantities
from twosource.text.numbers import CARDINAL, parse_number

_LITTLE = 0.1  # share of (rare) content words that sentences about one kind of thing have in common
_MUCH = 0.5  # … where the noun alone says nothing: "people"
_COMPOUND = re.compile(rf"\b(?P<n>{CARDINAL})-(?P<of>[a-z]{{4,}})\b(?!-old)", re.IGNORECASE)
_NO_FIGURE = re.compile(
    r"(?:an?|another|one|1|911|\d*(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth)\b", re.IGNORECASE
)
_BOUND = re.compile(
    r"(?:more than|over|at least|no fewer|less than|fewer than|under|almost|nearly)\b", re.IGNORECASE
)
# The same sum in another currency or unit, in brackets right behind.
_BRACKET = 48  # characters in which it is looked for
_CONVERTED = re.compile(
    r"\d[^().;]{0,24}\((?:about |around |approximately |roughly |or |[A-Z]{1,3})*[$£€¥]?\s?$", re.IGNORECASE
)
_ELSEWHEN = re.compile(
    r"\b[Ii]n (?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?! \d{1,2}\b)"
)
# Another time by its year or season, whatever it is that was counted then.
_YEARS = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:last|previous|over the|over) (?:year|summer|winter|spring|autumn)\b|\byears? ago\b",
    re.IGNORECASE,
)
_THAN = re.compile(r"\b(?:\w+er|more|less) than\s+$", re.IGNORECASE)
_PART_OF = re.compile(
    r"\s+(?:of\s+(?:the|those|them|whom|his|her|their|its)|youngest|oldest|eldest|remaining|more)\b"
)
_FOLLOWS = re.compile(
    r"-\w+[- ](?P<joined>[a-z]{3,})|[\w ]{0,16}\bof (?:the |a |an )?(?P<of>[a-z]{3,})", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?P<n>multiple|numerous|a number of|various)\s+(?P<of>(?:[\w-]+\s+){1,3})", re.IGNORECASE
)


# "Several" leaves every number open.
_SEVERAL = re.compile(r"(?:several|multiple|numerous|many|some|a few|a number|various)\b", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Counted:
    """A number in its sentence."""

    reading: Reading
    quantity: Quantity
    kind: str  # the kind of thing counted
    head: str  # the noun itself
    content: frozenset[str]  # the sentence's other content words
    of: str = ""  # stem of the noun that follows: pages of an *indictment*, counts of *murder*
    joined: bool = False  # by a hyphen: "a 47-page indictment"
    elsewhen: bool = False  # its sentence tells of some month
    year: str = ""  # … or of another year or season

    @property
    def report(self) -> str:
        """The report's id."""
        return self.reading.id

    @cached_property
    def written(self) -> str:
        """The number as written."""
        return " ".join(self.quantity.span.of(self.reading.text).split())

    @cached_property
    def figure(self) -> float | None:
        """The plain number inside, without its bounds."""
        m = re.search(CARDINAL, self.written, re.IGNORECASE)
        return parse_number(m.group()) if m else None

    @cached_property
    def bounded(self) -> bool:
        """Whether it is written with "more than", "at least" and the like."""
        return bool(_BOUND.match(self.written))


@lru_cache(maxsize=1)
def _things() -> tuple[dict[str, str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = tomllib.loads(files(__package__).joinpath("things.toml").read_text(encoding="utf-8"))
    same = {w: kind for kind, nouns in data["same"].items() for w in nouns.split()}
    return (
        same,
        frozenset(data["anybody"].split()),
        frozenset(data["never"].split()),
        frozenset(data["generic"].split()),
        frozenset(data["narrower"].split()),
    )


def kind_of(noun: str) -> str:
    """The kind of thing a noun names, where it is one of several nouns for the same; else the noun."""
    return _things()[0].get(noun, noun)


def differing_numbers(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """One disagreement for each kind of thing that reports count differently.

    Numbers are held against each other only where unit, what is counted (or its role: killed, evacuated …) and
    something of what the sentences say agree; where the noun is "people", most of what they say.
    """
    counted = [c for r in readings if heads[r.id] == r.id for c in _counted(r)]
    rarity = _rarity(readings)
    kinds: dict[tuple[str, str, bool], list[Counted]] = defaultdict(list)
    for c in counted:
        unit = c.quantity.unit if c.quantity.unit not in (None, "person") else ""
        kinds[c.kind, unit, c.quantity.role == "killed"].append(c)  # the dead are not the living
    found = []
    for key in sorted(kinds):
        made = _difference(key[0] or key[1], kinds[key], rarity)
        found += [made] if made else []
    return found


def _counted(reading: Reading) -> list[Counted]:
    same, _, never, _, _ = _things()
    found = []
    for q in [*reading.annotation.quantities, *_unread(reading)]:
        sentence = reading.sentence(q.span.start)
        if sentence is None or q.role == "age" or not (q.of or q.role or q.unit):
            continue
        if lexicon().background.search(reading.text, sentence.span.start, sentence.span.end):
            continue
        if _NO_FIGURE.match(q.span.of(reading.text)) or re.match(
            r"\s+other\b", reading.text[q.span.end : q.span.end + 7]
        ):
            continue
        if _PART_OF.match(reading.text, q.span.end):
            continue  # a part, not the whole
        if _THAN.search(reading.text, max(sentence.span.start, q.span.start - _BRACKET), q.span.start):
            continue  # whatever is bigger than that
        head = normal((q.of or "").split()[-1]) if q.of else ""
        if (
            head in never
            or head.rstrip("s") in never
            or q.unit == "yard"
            or (not head and q.unit in ("year", "month", "day", "hour", "minute", "percent", "age"))
        ):
            continue
        content = reading.content(sentence) - {head, *map(normal, q.span.of(reading.text).split())}
        if _CONVERTED.search(reading.text, max(sentence.span.start, q.span.start - _BRACKET), q.span.start):
            continue  # "$1 million (£800,000)": one sum
        m = _FOLLOWS.match(reading.text, q.span.end, min(sentence.span.end, q.span.end + _BRACKET))
        of = normal(m["joined"] or m["of"])[:5] if m else ""
        joined = bool(m and m["joined"])
        elsewhen = bool(_ELSEWHEN.search(reading.text, sentence.span.start, sentence.span.end))
        year = _other_year(reading, sentence.span, q.span)
        found.append(Counted(reading, q, same.get(head, head), head, content, of, joined, elsewhen, year))
    return found


def _other_year(reading: Reading, sentence: Span, number: Span) -> str:
    """The words by which a sentence tells of another year or season than the report's; none where it tells of now."""
    for m in _YEARS.finditer(reading.text, sentence.start, sentence.end):
        if m.group() != (reading.article.published or "")[:4] and not number.overlaps(Span(*m.span())):
            return normal(m.group())
    return ""


def _unread(reading: Reading) -> list[Quantity]:
    """Numbers inside compounds ("two-story house") and words that say only "several" ("multiple sentences")."""
    taken = [q.span for q in reading.annotation.quantities]
    found = []
    for sentence in reading.annotation.sentences:
        for m in _COMPOUND.finditer(reading.text, sentence.span.start, sentence.span.end):
            span, value = Span(*m.span("n")), parse_number(m["n"])
            if value is not None and not any(t.overlaps(span) for t in taken):
                found.append(Quantity(span, value, value, None, m["of"].lower()))
        for m in _VAGUE.finditer(reading.text, sentence.span.start, sentence.span.end):
            noun = next(
                (
                    t
                    for t in reversed(sentence.tokens)
                    if t.tag == "NNS" and m.start("of") <= t.span.start < m.end("of")
                ),
                None,
            )
            if noun:
                found.append(Quantity(Span(m.start("n"), noun.span.end), 2.0, None, None, noun.lemma.lower()))
    return found


def _rarity(readings: Sequence[Reading]) -> dict[str, float]:
    """How much a word tells: one that every sentence has tells nothing (inverse sentence frequency)."""
    seen: dict[str, int] = defaultdict(int)
    total = 0
    for r in readings:
        for s in r.annotation.sentences:
            total += 1
            for w in r.content(s):
                seen[w] += 1
    return {w: math.log((total + 1) / n) for w, n in seen.items()}


def _alike(shared: frozenset[str], totals: tuple[float, float], rarity: Mapping[str, float]) -> float:
    """The share of their rarer words that two sentences have in common, of the one that has fewer."""
    return math.fsum(rarity.get(w, 0.0) for w in shared) / max(0.01, min(totals))


def _difference(kind: str, group: Sequence[Counted], rarity: Mapping[str, float]) -> Disagreement | None:
    """The disagreement over one kind of thing: the most similar sentences first, so that they are the sides."""
    _, anybody, _, generic, narrower = _things()
    vague = kind in anybody
    loose = vague or bool({kind, *kind.split()[:1]} & generic)
    totals = [math.fsum(rarity.get(w, 0.0) for w in c.content) for c in group]  # exact: a set has no order
    together = _together(group)
    pairs = []
    for i, a in enumerate(group):
        for n, b in enumerate(group[i + 1 :], start=i + 1):
            if a.report == b.report or not _differ(a, b) or (vague and a.quantity.role != b.quantity.role):
                continue
            if a.quantity.unit != b.quantity.unit or (a.of and b.of and a.of != b.of):
                continue
            if a.elsewhen != b.elsewhen and not (a.quantity.role or b.quantity.role):
                continue  # what went down in January and what went down now
            if bool(a.year) != bool(b.year):
                continue  # those whom a war of last summer left homeless, and those who fled now
            if kind in narrower and a.head != b.head and _exclude(a, b):
                continue
            if loose and not vague and a.figure != b.figure and not _exclude(a, b):
                continue  # "over 13 feet" and "6 feet" of two things fit like any bound and number
            if a.joined != b.joined and loose:
                continue  # a three-game losing streak, and three games
            if loose and not vague and _of_others(a, b):
                continue  # what one did, and what another did
            if vague and a.quantity.role in ("killed", "injured", "shot"):
                continue  # the event's toll is compared as a whole
            if not a.quantity.role and frozenset((a.figure, b.figure)) in together:
                continue  # what was seized that day, and what in all
            moved = bool(a.quantity.role) and a.quantity.role == b.quantity.role
            shared = a.content & b.content
            one_thing = a.joined and b.joined and a.of == b.of
            if len(shared) < (3 if loose else 2) and not moved and not one_thing:
                continue
            alike = _alike(shared, (totals[i], totals[n]), rarity)
            if moved or one_thing or alike >= (_MUCH if loose or not a.head else _LITTLE):
                pairs.append((alike, a, b))
    pairs.sort(key=lambda p: (-p[0], p[1].report, p[2].report, p[1].quantity.span, p[2].quantity.span))
    kept: dict[Counted, None] = {}
    of_report: Counter[str] = Counter()
    for _, a, b in pairs:
        for c in (a, b):
            if c not in kept and of_report[c.report] < 2:
                kept[c] = None
                of_report[c.report] += 1
    if len(kept) < 2:
        return None
    sides = [Side(c.written, c.reading.clause(c.quantity.span)) for c in kept]
    lead = pairs[0]
    why = compare_quantities(lead[1].quantity, lead[2].quantity)[1]
    roles = sorted({str(c.quantity.role) for c in kept if c.quantity.role})
    heads = {c.head for c in kept}
    kind = (
        min(heads) if len(heads) == 1 and "" not in heads else kind
    )  # "troops", where nobody says "fighters"
    about = f"number of {_many(kind)}" if len(kind) > 2 else f"figure in {kind}"
    about += f" ({', '.join(roles)})" if roles else ""
    return disagreement("quantity", about, _nature(pairs), sides, why)


def _together(group: Sequence[Counted]) -> frozenset[frozenset[float]]:
    """The pairs of figures that two reports or more give both: they are counts of two things.

    One report alone may itself hold two counts of one thing against each other.
    """
    figures: dict[str, set[float]] = defaultdict(set)
    for c in group:
        if c.figure is not None:
            figures[c.report].add(c.figure)
    pairs = Counter(frozenset((a, b)) for row in figures.values() for a in row for b in row if a < b)
    return frozenset(pair for pair, reports in pairs.items() if reports > 1)


def _of_others(a: Counted, b: Counted) -> bool:
    """Whether one stands beside names that the other doesn't stand beside; of measures, whether both stand beside others."""
    ours, theirs = _names_beside(a), _names_beside(b)
    measured = a.quantity.unit not in (None, "person")
    return (bool(ours and theirs) if measured else bool(ours or theirs)) and not ours & theirs


def _names_beside(c: Counted) -> frozenset[str]:
    sentence, clause = c.reading.sentence(c.quantity.span.start), c.reading.clause(c.quantity.span).span
    tokens = sentence.tokens if sentence else ()
    return frozenset(normal(t.text) for t in tokens if t.pos == "PROPN" and clause.overlaps(t.span))


def _many(kind: str) -> str:
    """What is counted, in the plural."""
    rest, _, last = kind.rpartition(" ")
    known = {
        "person": "people",
        "man": "men",
        "woman": "women",
        "child": "children",
        "people": "people",
        "foot": "feet",
    }
    if last in known:
        last = known[last]
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    elif last.endswith(("sh", "ch", "x")):
        last += "es"
    elif not last.endswith(("s", "%")):
        last += "s"
    return f"{rest} {last}".strip()


def _differ(a: Counted, b: Counted) -> bool:
    """Whether the bounds differ; one figure called "about" in one report and "as many as" in another does not."""
    if (a.quantity.low, a.quantity.high) == (b.quantity.low, b.quantity.high):
        return False
    return a.figure is None or a.figure != b.figure or a.bounded or b.bounded


def _exclude(a: Counted, b: Counted) -> bool:
    """Whether no number is both."""
    return compare_quantities(_measured(a.quantity), _measured(b.quantity))[0] == "contradicting"


def _nature(pairs: Sequence[tuple[float, Counted, Counted]]) -> Nature:
    """A contradiction where the most similar pair excludes each other; nouns that differ never do."""
    _, a, b = pairs[0]
    named_apart = a.head != b.head and a.kind == "fighter"
    open_ended = any(_SEVERAL.match(c.written) for c in (a, b))
    return "contradiction" if _exclude(a, b) and not named_apart and not open_ended else "precision"


def _measured(q: Quantity) -> Quantity:
    """Length and the like are not whole numbers: "more than three" begins at three."""
    if q.unit and q.unit != "person" and q.high is None and q.low > 0:
        return Quantity(q.span, q.low - 1, None, q.unit, q.of)
    return q
