"""The title and the summary: at most eight lines in the order a reader needs, each made of evidence.

What the reports say is given in their words or as "X said that …" with the report's own clause; nothing is claimed in our
voice but how many origins were found. A line whose numbers or names do not all stand in its passages is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from twosource.brief.blame import lays_blame
from twosource.brief.evidence import Desk, needed, unsupported
from twosource.brief.saying import name_evidence, said
from twosource.brief.title import title
from twosource.brief.wording import in_words, inside_quotes, listed, one_line
from twosource.model import (
    Account,
    Claim,
    Disagreement,
    Evidence,
    Line,
    Origin,
    Place,
    Question,
    Side,
    Statement,
)
from twosource.text import normal

AT_MOST = 8
_DIFFER_WORDS = 30  # a longer passage is not quoted in a line about a difference


@dataclass(frozen=True)
class Draft:
    """A line before it is checked: its text, the part of it that is not ours, and what it rests on."""

    text: str
    material: str
    evidence: tuple[Evidence, ...]


def summarise(account: Account) -> Account:
    """The account with its title and summary; lines: what, where, when, who says so, what is disputed, what is unknown."""
    desk = Desk(account)
    already: set[str] = set()
    what = _checked(desk, _what(desk), 4, already)
    rest: list[Line] = []
    for part, most in ((_where, 1), (_when, 1), (_who_says, 1), (_disputed, 2), (_unknown, 1)):
        rest += _checked(desk, part(desk), most, already)
    return replace(account, title=title(desk), summary=(*what[: AT_MOST - len(rest)], *rest))


def _checked(desk: Desk, drafts: Iterable[Draft | None], most: int, already: set[str]) -> list[Line]:
    """The first drafts that rest on evidence wholly, up to that many."""
    kept: list[Line] = []
    for draft in drafts:
        if len(kept) == most:
            break
        if draft is None or not draft.evidence or any(draft.text in text for text in already):
            continue
        evidence = tuple(dict.fromkeys(e for e in draft.evidence if desk.text(e).strip()))
        if evidence and not unsupported(draft.material, [desk.text(e) for e in evidence]):
            kept.append(Line(draft.text, needed(draft.text, [(e, desk.text(e)) for e in evidence])))
            already.add(draft.text)
    return kept


# ------------------------------------------------------------------ what


def _what(desk: Desk) -> Iterable[Draft | None]:
    """The central claim, then the next claim of the main event that says something else."""
    central = desk.central
    if central is None:
        return
    yield from _claimed(desk, central, first_only=True)
    others = [c for c in desk.account.claims if c.id != central.id and c.event == "main"]
    for claim in sorted(others, key=lambda c: _in_own_voice(desk, c)):
        yield from _claimed(desk, claim, first_only=True)


def _in_own_voice(desk: Desk, claim: Claim) -> bool:
    """Whether the claim would be shown as a report's own words: what somebody said comes first."""
    best = _best_first(desk, claim)[:1]
    return not best or best[0].mode == "narration"


def _claimed(desk: Desk, claim: Claim, *, first_only: bool) -> Iterable[Draft | None]:
    """A claim as its best statement says it, with its direct denials in the same line."""
    backing = desk.backings.get(claim.id)
    denials = [d.statement for d in backing.denials if d.target == "claim"] if backing else []
    any_denial = bool(backing and backing.denials)
    usable = 0
    for statement in _best_first(desk, claim):
        draft = _with_denials(desk, statement, denials, any_denial)
        if draft is None:
            continue
        yield draft
        usable += 1
        if first_only and not unsupported(draft.material, [desk.text(e) for e in draft.evidence]):
            return


def _with_denials(desk: Desk, statement: Statement, denials: list[str], any_denial: bool) -> Draft | None:
    saying = said(desk, statement)
    if saying is None:
        return None
    text, material, evidence = saying
    heard: set[str] = set()
    for denial in denials:
        other = desk.statements.get(denial)
        answer = said(desk, other) if other else None
        if other is None or answer is None:
            return None
        voice = other.who or other.report  # a denial once from each voice, however often it repeats it
        if voice in heard and answer[0] not in text:
            continue
        heard.add(voice)
        evidence += answer[2]
        if answer[0] not in text:  # one denial in several reports is said once
            text += " " + answer[0]
            material += " " + answer[1]
    if not any_denial and lays_blame(desk, statement):
        text += " No response to this was found in these reports."
    return Draft(text, material, evidence)


def _best_first(desk: Desk, claim: Claim) -> list[Statement]:
    """A claim's statements, the one to show first: as unsure as the claim's weakest origin, sourced, whole, early."""
    backing = desk.backings.get(claim.id)
    weakest = backing.certainty if backing else "asserted"

    def rank(s: Statement) -> tuple[bool, bool, bool, int, int, tuple[int, int]]:
        words = len(desk.content(s).split())
        return (
            s.certainty != weakest,
            s.mode == "narration" or s.register != "report",
            s.kind in (None, "anonymous", "media"),
            0 if 6 <= words <= 40 else 1 if words < 60 else 2,
            desk.numbers.get(s.report, 0),
            min((c.start, c.end) for c in s.content) if s.content else (0, 0),
        )

    found = [
        s for s in desk.of_claim(claim) if s.stance not in ("denies", "asks") and not s.declined and s.content
    ]
    return sorted(found, key=rank)


# ------------------------------------------------------------------ where, when


def _where(desk: Desk) -> Iterable[Draft | None]:
    """Both sides where reports put it in different places; else the words of the best-placed passage."""
    for d in desk.account.disagreements:
        if d.kind == "place":
            yield _difference(desk, d, "The reports differ on where it happened")
    facts = desk.account.facts
    if facts.where is None:
        return
    found: dict[tuple[bool, int, int, int], Draft] = {}
    for e in facts.where_evidence:
        annotation = desk.annotations.get(e.report)
        for place in annotation.places if annotation else ():
            if place.span.overlaps(e.span) and _same_place(place, facts.where):
                words = one_line(desk.text(Evidence(e.report, place.span)))
                sentence = Evidence(e.report, desk.sentence(e.report, place.span))
                rank = (words.islower(), -len(words), desk.numbers[e.report], place.span.start)
                found[rank] = Draft(f"Where, in the words of the reports: “{words}”.", words, (sentence,))
    yield from (found[rank] for rank in sorted(found))


def _same_place(a: Place, b: Place) -> bool:
    return a == b or (a.geonameid is not None and a.geonameid == b.geonameid) or a.name == b.name


def _when(desk: Desk) -> Iterable[Draft | None]:
    facts = desk.account.facts
    unknown = (facts.when or "").startswith("XXXX")
    tail = "; no report gives the year" if unknown else ""
    for e in facts.when_evidence:
        annotation = desk.annotations.get(e.report)
        for time in annotation.times if annotation else ():
            if time.span.overlaps(e.span) and time.edtf and _same_time(time.edtf, facts.when or ""):
                words = one_line(desk.text(Evidence(e.report, time.span)))
                sentence = Evidence(e.report, desk.sentence(e.report, time.span))
                yield Draft(f"When, in the words of the reports: “{words}”{tail}.", words, (sentence,))


def _same_time(a: str, b: str) -> bool:
    """Whether two EDTF values are the same day, or one is a time of the other."""
    return a.startswith(b) or b.startswith(a)


# ------------------------------------------------------------------ who says so


def _who_says(desk: Desk) -> Iterable[Draft | None]:
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
        yield Draft(
            f"No source is named for this: {carried} say{'s' if one else ''} it in {'its' if one else 'their'} own voice.",
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
    for parts in ([full for full, _, _ in named], [short for _, short, _ in named]):
        if parts:
            lead = "from" if len(parts) == n else "the sources are"
            evidence = tuple(e for x in named for e in x[2])
            yield Draft(
                f"{found}{more} behind {carried} of this: {lead} {listed(parts)}.",
                listed(parts),
                evidence + passages,
            )
    yield Draft(f"{found}{more} behind {carried} of this.", "", passages)


def _origin_words(
    desk: Desk, origin: Origin, statements: list[Statement]
) -> tuple[str, str, tuple[Evidence, ...]]:
    """An origin with the outlets it spoke to, the same without them, and where both stand."""
    who = one_line(origin.who)
    mine = desk.of_origin(origin, statements)
    evidence = tuple(e for s in mine for e in desk.passages(s)[:1]) + name_evidence(desk, who)
    told = sorted({one_line(s.told) for s in mine if s.told and s.told in origin.collectors})
    return (f"{who} (to {listed(told)})" if who and told else who), who, evidence


# ------------------------------------------------------------------ disputed, unknown


def _disputed(desk: Desk) -> Iterable[Draft | None]:
    """Denials near the central claim, then the contradictions and doubts that matter most."""
    central = desk.central
    backing = desk.backings.get(central.id) if central else None
    near = [d for d in backing.denials if d.target != "claim"] if backing else []
    for target in ("premise", "related"):
        for denial in near:
            statement = desk.statements.get(denial.statement)
            if denial.target == target and statement:
                saying = said(desk, statement)
                if saying:
                    yield Draft(saying[0], saying[1], saying[2])
                    break
    shown: set[str] = set()
    for nature in ("contradiction", "update", "precision"):
        for d in desk.account.disagreements:
            if d.nature == nature and d.kind != "place" and d.kind not in shown:
                draft = _difference(desk, d)
                if draft is not None:
                    shown.add(d.kind)
                    yield draft


def _as_written(value: str, passage: str) -> str:
    """The value as the passage writes it, in figures or in words; empty where it doesn't."""
    spelled = re.sub(r"\d+", lambda m: in_words(int(m[0])) if len(m[0]) < 4 else m[0], value)
    for form in (value, spelled):
        m = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", passage, re.IGNORECASE)
        if m and form:
            return m[0]
    return ""


_ABOUT = {
    "quantity": "how many",
    "time": "when it happened",
    "place": "where it happened",
    "name": "a name",
    "responsibility": "who is responsible",
    "occurrence": "whether it happened",
    "certainty": "how sure it is",
    "attribution": "who said it",
    "quotation": "the words of a quote",
    "other": "this",
}


def _difference(desk: Desk, d: Disagreement, lead: str | None = None) -> Draft | None:
    """The two sides of a difference: their values where the passages hold them, else the passages' own words."""
    sides: dict[str, Side] = {}
    for side in d.sides:
        sides.setdefault(one_line(side.value).casefold(), side)
    if len(sides) < 2:
        return None
    parts, evidence = [], []
    for side in list(sides.values())[:3]:
        passage = one_line(desk.text(side.evidence))
        value = one_line(side.value)
        held = _as_written(value, passage)
        words = f"“{inside_quotes(held or passage).rstrip('.')}”"
        if len(words.split()) > _DIFFER_WORDS:
            return None
        parts.append(words)
        evidence.append(
            Evidence(side.evidence.report, desk.sentence(side.evidence.report, side.evidence.span))
        )
    if len({normal(p.strip("“”.,;: ")) for p in parts}) < 2:
        return None
    if lead is None:
        about = one_line(d.about)
        known = about and not unsupported(about, [desk.text(e) for e in evidence])
        lead = f"The reports differ on {about if known else _ABOUT[d.kind]}"
    return Draft(f"{lead}: {listed(parts, 'against')}.", " ".join(parts), tuple(evidence))


def _unknown(desk: Desk) -> Iterable[Draft | None]:
    """The first open question with its candidates; where names are unsupported, with the passages instead."""
    for question in desk.account.questions:
        yield from _open(desk, question)
    central = desk.central
    if central is not None:
        backing = desk.backings.get(central.id)
        if backing and backing.certainty == "possible":
            for s in _best_first(desk, central)[:1]:
                yield Draft(
                    "Whether this is so is not established: it is said to be possible, not to be known.",
                    "",
                    tuple(desk.passages(s)),
                )


def _open(desk: Desk, question: Question) -> Iterable[Draft | None]:
    ids = dict.fromkeys(s for o in question.options for s in (*o.supports, *o.neutral))
    evidence = tuple(e for s in ids if s in desk.statements for e in desk.passages(desk.statements[s])[:1])
    passages = [desk.text(e) for e in evidence]
    asked = _asked(question.question)
    values = [one_line(o.value) for o in question.options if not _leaves_open(o.value)]
    named = [v for v in values if not unsupported(v, passages)]
    if len(named) > 1:
        options = listed(named, "or")
        yield Draft(f"Not established: {asked}? The reports name {options}.", f"{asked} {options}", evidence)
    yield Draft(f"Not established: {asked}?", asked, evidence)


def _leaves_open(value: str) -> bool:
    """Whether an option is the one that is always there: something else, or not known."""
    return value.casefold().startswith(("other", "not established", "unknown"))


def _asked(question: str) -> str:
    """A question to stand after a colon: without its mark, its question word small."""
    words = one_line(question).rstrip("?")
    first, space, rest = words.partition(" ")
    return (first.casefold() if first.casefold() in _ASKING else first) + space + rest


_ASKING = frozenset(
    (
        "by",
        "did",
        "from",
        "how",
        "in",
        "is",
        "of",
        "was",
        "were",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "who",
        "whom",
        "whose",
        "why",
    )
)
