"""What a draft changed: a number, a name, a date, a speaker, a hedge.

Each check looks first at the sentences that stand behind the draft's, then at all reports: what stands anywhere in the
reports was not made up, so it raises no alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from twosource.corroborate.draft.lines import Line, Match, Shelf, bare
from twosource.corroborate.draft.quoted import quotation_faults
from twosource.corroborate.draft.record import Fault
from twosource.model import Disagreement, Evidence, Mention, Quantity, Span, Statement, When
from twosource.resolve import Cast
from twosource.text import normal, words

ALIKE = 0.5  # of the nearest statement's likeness, from which another one is about the same thing
SPELLING = 0.7  # share of the letters in place from which one word is another misspelled


def faults_of(
    line: Line,
    before: Line | None,
    behind: Sequence[Match],
    shelf: Shelf,
    cast: Cast,
    firmer: Sequence[Disagreement],
) -> tuple[Fault, ...]:
    """Everything that the sentence changed, in the order of the text; nothing where it was taken word for word.

    Words left out between others can be a doubt or the rest of a quotation.
    """
    if any(m.whole for m in behind):
        return ()
    if any(m.verbatim for m in behind):
        return _in_order((*hedges(line, behind, ()), *quotation_faults(line, shelf)))
    found = [
        *numbers(line, behind, shelf),
        *names(line, behind, shelf, cast),
        *dates(line, behind, shelf),
        *speakers(line, before, behind, cast),
        *hedges(line, behind, firmer),
        *quotation_faults(line, shelf),
    ]
    return _in_order(found)


def _in_order(found: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(found, key=lambda f: (f.span, f.kind)))


def faults_alone(line: Line, near: Sequence[Match], shelf: Shelf, cast: Cast) -> tuple[Fault, ...]:
    """What a sentence that no report stands behind has changed: only what the reports show otherwise."""
    found = [*numbers(line, near, shelf), *names(line, near, shelf, cast), *quotation_faults(line, shelf)]
    return _in_order(f for f in found if f.evidence)


# ------------------------------------------------------------------ numbers


def numbers(line: Line, behind: Sequence[Match], shelf: Shelf) -> Iterator[Fault]:
    """Numbers that no report has of the same thing."""
    for q in line.quantities:
        if _in_time(line, q.span):
            continue
        if any(_equal(q, other) for m in behind for other in m.line.quantities):
            continue
        instead = [(m.line, other) for m in behind for other in m.line.quantities if _same_thing(q, other)]
        if not instead and any(
            _equal(q, other) and _same_thing(q, other) for x in shelf.lines for other in x.quantities
        ):
            continue
        here = q.span.of(line.text)
        if instead:
            where, other = instead[0]
            why = f"“{here}” here, “{other.span.of(where.text)}” in the reports"
            yield Fault("number", q.span, why, (Evidence(where.report, other.span),))
        else:
            yield Fault("number", q.span, f"no report has “{here}” of this", ())


def _equal(a: Quantity, b: Quantity) -> bool:
    """Whether a draft's number says no more than the report's: the same, or a rounder one that holds it."""
    return a.low <= b.low and (a.high is None or (b.high is not None and b.high <= a.high))


def _same_thing(a: Quantity, b: Quantity) -> bool:
    if a.unit != b.unit or (a.role and b.role and a.role != b.role):
        return False
    if a.role and a.role == b.role:
        return True
    mine, theirs = set((a.of or "").split()), set((b.of or "").split())
    return bool(mine & theirs) or (not mine and not theirs and a.unit is not None)


def _in_time(line: Line, span: Span) -> bool:
    return any(t.span.overlaps(span) for t in line.times)


# ------------------------------------------------------------------ names


def names(line: Line, behind: Sequence[Match], shelf: Shelf, cast: Cast) -> Iterator[Fault]:
    """Names spelled as no report spells them."""
    for m in line.mentions:
        if m.kind == "group":
            continue  # a people's name has many endings
        strange = [
            x
            for w in words(line.text, m.span)
            if (x := w.of(line.text))[:1].isupper() and bare(x) not in shelf.spellings
        ]
        if not strange or (actor := cast.at(line.report, m.span)) is None:
            continue
        ids = {line.report} | {e.report for e in actor.mentions}
        meant = _meant(strange, [x.line for x in behind]) or _meant(strange, shelf.lines)
        written = m.span.of(line.text)
        if meant is not None:
            where, other = meant
            why = f"“{written}” here, “{other.span.of(where.text)}” in the reports"
            yield Fault("name", m.span, why, (Evidence(where.report, other.span),))
        elif len(ids) == 1:
            yield Fault("name", m.span, f"no report names “{written}”", ())


def _meant(strange: Sequence[str], lines: Sequence[Line]) -> tuple[Line, Mention] | None:
    """The name in the reports whose spelling is nearest to the strange words, if any is near."""
    best: tuple[float, Line, Mention] | None = None
    for x in lines:
        for other in x.mentions:
            theirs = [bare(w.of(x.text)) for w in words(x.text, other.span)]
            value = min(
                max((DamerauLevenshtein.normalized_similarity(bare(s), t) for t in theirs), default=0.0)
                for s in strange
            )
            if value >= SPELLING and (best is None or value > best[0]):
                best = (value, x, other)
    return (best[1], best[2]) if best else None


# ------------------------------------------------------------------ dates


def dates(line: Line, behind: Sequence[Match], shelf: Shelf) -> Iterator[Fault]:
    """Days, months and years that the reports put differently."""
    for t in line.times:
        if t.type not in ("DATE", "TIME") or not _says_a_day(t):
            continue
        written = _folded(t, line)
        if any(written == _folded(o, m.line) or _agree(t, o) for m in behind for o in m.line.times):
            continue
        instead = [
            (m.line, o)
            for m in behind
            for o in m.line.times
            if o.type == t.type and _says_a_day(o) and _as_fine(t, o)
        ]
        if instead:
            where, o = instead[0]
            why = f"“{t.span.of(line.text)}” here, “{o.span.of(where.text)}” in the reports"
            yield Fault("date", t.span, why, (Evidence(where.report, o.span),))
        elif not any(written == _folded(o, x) or _agree(t, o) for x in shelf.lines for o in x.times):
            yield Fault("date", t.span, f"no report has “{t.span.of(line.text)}”", ())


def _says_a_day(t: When) -> bool:
    return any(c.isdigit() for c in t.value)


def _folded(t: When, line: Line) -> str:
    return " ".join(normal(w.of(line.text)) for w in words(line.text, t.span))


def _agree(a: When, b: When) -> bool:
    """Whether two times can be one: equal where both are known; the coarser holds the finer."""
    x, y = (a.edtf or a.value), (b.edtf or b.value)
    short = min(len(x), len(y))
    return all(p == q or "X" in (p, q) for p, q in zip(x[:short], y[:short], strict=True))


def _as_fine(a: When, b: When) -> bool:
    return len(a.value) == len(b.value)


# ------------------------------------------------------------------ speakers, hedges


def speakers(line: Line, before: Line | None, behind: Sequence[Match], cast: Cast) -> Iterator[Fault]:
    """Words given to somebody other than the reports give them to; "he" counts where the sentence before shows who he is."""
    for mine, theirs in _paired(line, behind):
        named = [(m, s) for _, m, s in theirs if s.who and s.mode != "narration"]
        if not mine.who or mine.mode == "narration" or not named or not _shown(mine, line, before):
            continue
        if any(_one_voice(mine.who, s.who or "", cast) for _, s in named):
            continue
        m, other = named[0]
        at = mine.source[0] if mine.source else line.span
        why = f"said by {mine.who} here, by {other.who} in the reports"
        yield Fault(
            "speaker", at, why, (Evidence(m.line.report, other.source[0] if other.source else m.line.span),)
        )


def _shown(mine: Statement, line: Line, before: Line | None) -> bool:
    """Whether the draft itself shows who speaks: by name, or as the one who spoke in the sentence before."""
    named = {x for s in mine.source for w in words(line.text, s) if (x := w.of(line.text))[:1].isupper()}
    full = {normal(w) for w in (mine.who or "").split()}
    if full & {normal(w) for w in named}:
        return True
    said = " ".join(s.of(line.text) for s in mine.source)
    if normal(said) == normal(mine.who or ""):
        return said != said.lower() or " " in said.strip()
    return before is not None and any(s.who == mine.who for s in before.statements)


def _one_voice(a: str, b: str, cast: Cast) -> bool:
    """Whether two names are one person, or one speaks for the other's body."""
    if cast.same(a, b):
        return True
    x = cast.named(a) or cast.body_named(a)
    y = cast.named(b) or cast.body_named(b)
    if x is None or y is None:
        return set(normal(a).split()) & set(normal(b).split()) != set()
    return (
        x.id == y.id
        or (cast.body(x).id == cast.body(y).id and "person" not in (x.kind, y.kind))
        or cast.body(x).id == y.id
        or cast.body(y).id == x.id
    )


def hedges(line: Line, behind: Sequence[Match], firmer: Sequence[Disagreement]) -> Iterator[Fault]:
    """Flat statements of what a report only calls possible or believed."""
    if any(s.certainty != "asserted" or s.stance in ("hedges", "denies") for s in line.statements):
        return
    for mine, theirs in _paired(line, behind):
        nearest = theirs[0][0] if theirs else 0.0
        doubted = [
            (m, s)
            for near, m, s in theirs
            if near
            >= ALIKE
            * nearest  # a doubt about something else in a sentence that shares some words is none of this
            and s.hedge
            and (s.certainty == "possible" or s.stance == "hedges")
            and s.stance != "denies"
        ]
        if doubted:
            m, s = doubted[0]
            doubt = "”, “".join(h.of(m.line.text) for h in s.hedge)
            yield Fault(
                "hedge",
                mine.content[0],
                f"stated as a fact; a report says “{doubt}”",
                tuple(Evidence(m.line.report, h) for h in s.hedge),
            )
            return
    for d in firmer:
        here = [
            x for x in d.sides if x.evidence.report == line.report and x.evidence.span.overlaps(line.span)
        ]
        there = tuple(x.evidence for x in d.sides if x.evidence.report != line.report)
        if here and there:
            yield Fault("hedge", here[0].evidence.span, f"put more firmly than in a report: {d.why}", there)
            return


def _paired(
    line: Line, behind: Sequence[Match]
) -> Iterator[tuple[Statement, list[tuple[float, Match, Statement]]]]:
    """Each statement of the draft's sentence with those of the reports that say most of the same words, the nearest first."""
    for mine in line.statements:
        own = _content_words(mine, line)
        if len(own) < 3:
            continue
        theirs = []
        for m in behind:
            for s in m.line.statements:
                other = _content_words(s, m.line)
                shared = len(own & other)
                if shared >= 0.5 * min(len(own), len(other)) and shared >= 3:
                    theirs.append((shared / len(own | other), m, s))
        theirs.sort(key=lambda t: -t[0])
        yield mine, theirs


def _content_words(s: Statement, line: Line) -> frozenset[str]:
    return frozenset(
        w for c in s.content for x in words(line.text, c) if len(w := normal(x.of(line.text))) > 3
    )
