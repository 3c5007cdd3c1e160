"""The lines of the summary that say where, when, and on whose word: in the reports' own words, nothing reckoned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twosource.brief.disputes import difference, quoted
from twosource.brief.evidence import Desk
from twosource.brief.saying import Saying
from twosource.brief.speaker import name_evidence
from twosource.brief.wording import in_words, listed, one_line, unnamed_in_words
from twosource.model import Disagreement, Evidence, Origin, Place, Statement
from twosource.text import normal

_NAMED = 3  # origins that the line about them names; a longer list stands with the claim


def where_differs(desk: Desk) -> Iterator[Saying | None]:
    """Both sides where reports put it in places that don't fit one another."""
    for d in desk.account.disagreements:
        if d.kind == "place" and d.nature in ("contradiction", "update"):
            yield difference(desk, d)


def where_and_when(desk: Desk, before: str) -> Iterator[Saying | None]:
    """Where and when in the reports' words, one line; what an earlier line has already is not said again."""
    told = normal(before)
    place = next((s for s in _where(desk) if s), None)
    time = next((s for s in _when(desk) if s), None)
    unknown = (desk.account.facts.when or "").startswith("XXXX")
    if place and ("differ on where" in told or all(normal(w) in told for w in _names(place.material))):
        place = None
    if time and not unknown and (normal(time.material) in told or " " not in time.material):
        time = None  # a bare "Friday" tells nothing that the day at the head of the account doesn't
    tail = "; no report gives the year" if unknown and time else ""
    parts = [x for x in (place, time) if x]
    if parts:
        label = "Where and when" if len(parts) == 2 else "Where" if place else "When"
        yield Saying(
            f"{label}, in the words of the reports: {listed([x.text for x in parts])}{tail}.",
            " ".join(x.material for x in parts),
            tuple(e for x in parts for e in x.evidence),
        )


def _names(words: str) -> list[str]:
    return [w for w in re.findall(r"\w+", words) if w[0].isupper() or w[0].isdigit()] or [words]


def _where(desk: Desk) -> Iterator[Saying | None]:
    """Ways to put the place that fit one another, all together; else the best-placed passage. Here text is without a lead."""
    for d in desk.account.disagreements:
        if d.kind == "place" and d.nature == "precision":
            yield _more_or_less_exact(desk, d)
    facts = desk.account.facts
    found: dict[tuple[bool, int, int, int], Saying] = {}
    for e in facts.where_evidence if facts.where else ():
        annotation = desk.annotations.get(e.report)
        for place in annotation.places if annotation else ():
            if place.span.overlaps(e.span) and facts.where and _same_place(place, facts.where):
                words = one_line(desk.text(Evidence(e.report, place.span)))
                if words.isupper():  # the capitals of a dateline
                    continue
                sentence = Evidence(e.report, desk.sentence(e.report, place.span))
                unnamed = words.islower()  # "the capital"
                rank = (unnamed, -len(words), desk.numbers[e.report], place.span.start)
                found[rank] = Saying(f"“{words}”", words, (sentence,))
    yield from (found[rank] for rank in sorted(found))


def _more_or_less_exact(desk: Desk, d: Disagreement) -> Saying | None:
    """Places that fit one another are no difference to a reader: all of them together say where."""
    parts, evidence = quoted(desk, d, values_only=True)
    kept = [
        n
        for n, part in enumerate(parts)
        if not any(n != m and _less_exact(part, p) for m, p in enumerate(parts))
    ]
    parts, evidence = [parts[n] for n in kept], tuple(evidence[n] for n in kept)
    if not parts:
        return None
    return Saying(listed(parts), " ".join(parts), evidence)


def _less_exact(part: str, other: str) -> bool:
    """Whether another way to put the place has all its names, and more."""
    mine, theirs = (
        {normal(w) for w in re.findall(r"\w+", x) if w[0].isupper() and len(w) > 1} for x in (part, other)
    )
    return mine < theirs or (mine == theirs and len(part) < len(other))


def _same_place(a: Place, b: Place) -> bool:
    return a == b or (a.geonameid is not None and a.geonameid == b.geonameid) or a.name == b.name


def _when(desk: Desk) -> Iterator[Saying | None]:
    """The passage that says most of when: one with a date before one with a weekday, a clock time by itself last."""
    facts = desk.account.facts
    found: dict[tuple[int, bool, int, int, int], Saying] = {}
    for e in facts.when_evidence:
        annotation = desk.annotations.get(e.report)
        for time in annotation.times if annotation else ():
            if time.span.overlaps(e.span) and time.edtf and _same_time(time.edtf, facts.when or ""):
                words = one_line(desk.text(Evidence(e.report, time.span)))
                sentence = Evidence(e.report, desk.sentence(e.report, time.span))
                if _how_vague(words) > 1:
                    continue  # an hour without a day, or "later that day"
                hour = _how_vague(words) == 1 and bool(
                    re.search(r"\d", words)
                )  # "Saturday afternoon" reads better
                rank = (_how_vague(words), hour, -len(words), desk.numbers[e.report], time.span.start)
                found[rank] = Saying(f"“{words}”", words, (sentence,))
    yield from (found[rank] for rank in sorted(found))


_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\w*\b|\b(?:1[89]|20)\d\d\b|\d/\d", re.IGNORECASE
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_LEANING = re.compile(r"(?:later|earlier|that|the same|the next)\b", re.IGNORECASE)


def _how_vague(words: str) -> int:
    if _LEANING.match(words):
        return 3
    if _MONTH.search(words):
        return 0
    return 1 if _WEEKDAY.search(words) else 2


def _same_time(a: str, b: str) -> bool:
    """Whether two EDTF values are the same day, or one is a time of the other."""
    return a.startswith(b) or b.startswith(a)


# ------------------------------------------------------------------ who says so


def who_says(desk: Desk) -> Iterator[Saying | None]:
    """How many origins stand behind the central claim, and who; names are left out rather than left unsupported."""
    claim = desk.central
    backing = desk.backings.get(claim.id) if claim else None
    if claim is None or backing is None:
        return
    statements = [s for s in desk.of_claim(claim) if s.stance != "denies"]
    passages = tuple(e for s in statements for e in desk.passages(s)[:1])
    n, carriers = backing.independent_origins, len(backing.reports)
    carried = f"{in_words(carriers)} report{'' if carriers == 1 else 's'}"
    if n == 0 or backing.status == "reporter_only":
        one = carriers == 1
        yield Saying(
            f"No source is named for the central claim: {carried} say{'s' if one else ''} it in {'its' if one else 'their'} own voice.",
            "",
            passages,
        )
        return
    found = f"{in_words(n).capitalize()} independent origin{'' if n == 1 else 's'} found"
    more = f", at most {in_words(backing.at_most)} counting unnamed sources," if backing.at_most > n else ""
    named = [
        _origin_words(desk, o, statements)
        for o in backing.origins
        if o.who and o.kind != "reporter" and not o.who.startswith("a source that")
    ]
    behind = f"{found}{more} behind the central claim, in {carried}"
    left = f"{in_words(len(named) - _NAMED)} more" if len(named) > _NAMED else ""
    named = named[:_NAMED]
    for parts in ([full for full, _, _ in named], [short for _, short, _ in named]):
        if parts:
            parts += [left] if left else []
            lead = "" if len(parts) == n else "the sources are "
            evidence = tuple(e for x in named for e in x[2])
            yield Saying(f"{behind}: {lead}{listed(parts)}.", listed(parts), evidence + passages)
    yield Saying(f"{behind}.", "", passages)


def _origin_words(
    desk: Desk, origin: Origin, statements: list[Statement]
) -> tuple[str, str, tuple[Evidence, ...]]:
    """An origin with the outlets it spoke to, the same without them, and where both stand."""
    who = one_line(origin.who)
    mine = desk.of_origin(origin, statements)
    evidence = tuple(e for s in mine for e in desk.passages(s)[:1]) + name_evidence(desk, who)
    told = sorted({one_line(s.told) for s in mine if s.told and s.told in origin.collectors})
    kinds = ("organisation", "document", "person")
    if who[:1].islower() and origin.kind in kinds and not who.startswith(("a ", "an ", "the ", "un")):
        who = f"the {who}"
    who = unnamed_in_words(who)
    return (f"{who} (to {listed(told)})" if who and told else who), who, evidence
