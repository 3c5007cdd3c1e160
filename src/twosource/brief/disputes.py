"""The lines of the summary that say what is disputed and what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twosource.brief.evidence import Desk, unsupported
from twosource.brief.overtaken import in_order
from twosource.brief.passing import of_something_else, only_in_passing, telling
from twosource.brief.saying import Saying, said, untied
from twosource.brief.speaker import name_evidence
from twosource.brief.wording import clipped, in_words, inside_quotes, listed, one_line, without_stop
from twosource.model import Claim, Disagreement, Evidence, Question, Side, Statement
from twosource.text import normal

_DIFFER_WORDS = 30  # a longer passage is not quoted whole in a line about a difference
_CLIPPED = 14  # words of a passage that is too long, before the ellipsis
_SIDES = 3
_WHOLE = 45  # words of a sentence that a line about what is not established still quotes

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
_NEEDS_ARTICLE = re.compile(r"(?:age|full name|number|figure|rank|spelling|wording)\b")


def disputed(desk: Desk) -> Iterator[Saying | None]:
    """Denials near the central claim, then the contradictions and doubts that matter most."""
    central = desk.central
    backing = desk.backings.get(central.id) if central else None
    near = [d for d in backing.denials if d.target != "claim"] if backing else []
    for target in ("premise", "related"):
        for denial in near:
            statement = desk.statements.get(denial.statement)
            saying = said(desk, statement) if denial.target == target and statement else None
            if saying:
                yield saying
                break
    shown: set[str] = set()
    for nature in ("contradiction", "update", "precision"):
        for d in desk.account.disagreements:
            if d.nature == nature and d.kind not in ("place", *shown) and _matters(desk, d):
                draft = difference(desk, d)
                if draft is not None:
                    shown.add(d.kind)
                    yield draft


def _matters(desk: Desk, d: Disagreement) -> bool:
    """Whether a reader in a hurry should know: two sides are of the main event, and one isn't merely the more exact.

    How many were hurt is told even where it is only more or less exact; how a quotation is worded stands further down.
    """
    if d.kind == "quotation":
        return False
    if d.nature == "precision" and not (d.kind == "quantity" and d.about.startswith("how many were")):
        return False
    main = {s for c in desk.account.claims if c.event == "main" for s in c.statements}
    said = [desk.statements[s] for s in sorted(main) if s in desk.statements]
    values = {
        one_line(x.value).casefold()
        for x in d.sides
        if any(
            s.report == x.evidence.report and any(c.overlaps(x.evidence.span) for c in s.content)
            for s in said
        )
    }
    return len(values) > 1


def difference(desk: Desk, d: Disagreement) -> Saying | None:
    """The sides of a difference as one sentence that says of what nature it is."""
    if d.kind == "attribution":
        return _whose(desk, d)
    plain = d.nature in ("precision", "update") or d.kind == "quantity"
    parts, evidence = quoted(desk, d, values_only=plain)
    if len(parts) < 2:
        return None
    about, material = _about(desk, d, evidence), " ".join(parts)
    if d.nature == "update":
        return Saying(f"The reports first give {about} as {listed(parts, 'then as')}.", material, evidence)
    if d.nature == "precision":
        return Saying(f"The reports say more or less exactly {about}: {listed(parts)}.", material, evidence)
    last = "against" if len(parts) == 2 else "and"
    return Saying(f"The reports differ on {about}: {listed(parts, last)}.", material, evidence)


def _whose(desk: Desk, d: Disagreement) -> Saying | None:
    """One utterance given to different people: the words that all have, and each one's name where a passage holds it."""
    named: dict[str, tuple[Evidence, ...]] = {}
    said_by: dict[str, set[str]] = {}
    for side in d.sides:
        who, words = one_line(side.value), inside_quotes(one_line(desk.text(side.evidence)))
        said_by.setdefault(words, set()).add(who)
        found = name_evidence(desk, who, side.evidence.report)
        if found:
            named.setdefault(who, (side.evidence, *found))
    shared = [w for w, by in said_by.items() if len(by) > 1 and len(w.split()) <= _CLIPPED]
    if len(named) < 2:
        return None
    what = f"“{without_stop(shared[0])}”" if shared else "it"
    evidence = tuple(e for found in named.values() for e in found)
    names = list(named)[:_SIDES]
    return Saying(
        f"The reports differ on who said {what}: {listed(names, 'against')}.",
        f"{what} {' '.join(names)}",
        evidence,
    )


def _about(desk: Desk, d: Disagreement, evidence: tuple[Evidence, ...]) -> str:
    """What the sides are values of, as the subject of a clause; in our own words where the account gives a question or a label."""
    about = one_line(d.about)
    if not about or re.search(r"[?:]", about) or d.kind in ("certainty", "attribution"):
        return _ABOUT[d.kind]
    if unsupported(about, [desk.text(e) for e in evidence]):
        return _ABOUT[d.kind]
    return ("the " if _NEEDS_ARTICLE.match(about) else "") + about


def quoted(
    desk: Desk, d: Disagreement, *, values_only: bool = False
) -> tuple[list[str], tuple[Evidence, ...]]:
    """Each side in quotation marks: its value as its sentence writes it, else the passage's own words, cut where long.

    Where two values stand as such, or only values are wanted, no passage takes the place of a value.
    """
    values: dict[str, tuple[str, Evidence]] = {}
    passages: dict[str, tuple[str, Evidence]] = {}
    for first in in_order(desk, d):
        side, held = _held(desk, d, first)
        whole = Evidence(side.evidence.report, desk.sentence(side.evidence.report, side.evidence.span))
        passage = untied(one_line(desk.text(side.evidence)))
        words = inside_quotes(without_stop((held or passage).rstrip(",;: ")))
        if len(words.split()) > _DIFFER_WORDS:
            words = clipped(words, _CLIPPED)
        key = normal(words.strip("‘’.,;: "))
        if key and not (held and _HANGING.search(words)):
            passages.setdefault(key, (words, whole))
            if held:
                values.setdefault(key, (words, whole))
    shown = list((values if values_only or len(values) > 1 else passages).values())[:_SIDES]
    return [f"“{words}”" for words, _ in shown], tuple(e for _, e in shown)


def _held(desk: Desk, d: Disagreement, first: Side) -> tuple[Side, str]:
    """The first side with that value whose passage, or its sentence, writes it, and how; else the one given."""
    value = one_line(first.value)
    for side in (first, *d.sides):
        if one_line(side.value).casefold() == value.casefold():
            e = side.evidence
            for where in (e, Evidence(e.report, desk.sentence(e.report, e.span))):
                held = _as_written(value, one_line(desk.text(where)))
                if held:
                    return side, held
    return first, ""


def _as_written(value: str, passage: str) -> str:
    """The value as the passage writes it, in figures or in words; empty where it doesn't."""
    spelled = re.sub(r"\d+", lambda m: in_words(int(m[0])) if len(m[0]) < 4 else m[0], value)
    for form in (value, spelled):
        m = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", passage, re.IGNORECASE)
        if m and form:
            return m[0]
    return ""


# ------------------------------------------------------------------ unknown


def unknown(desk: Desk) -> Iterator[Saying | None]:
    """The first open question with its candidates; where names are unsupported, with the passages instead."""
    for question in desk.account.questions:
        if not any(_HANGING.search(o.value) for o in question.options) and len(question.question.split()) > 2:
            yield from _open(desk, question)
    central = desk.central
    backing = desk.backings.get(central.id) if central else None
    if central is not None and backing and backing.certainty == "possible":
        for s in _doubting(desk, central):
            where = Evidence(s.report, desk.sentence(s.report, min(s.content)))
            words = one_line(desk.text(where))
            if len(words.split()) <= _WHOLE:
                said_so = without_stop(inside_quotes(words))
                yield Saying(
                    f"Not established: one report gives it only as possible: “{said_so}.”", words, (where,)
                )
        for s in _doubting(desk, central)[:1]:
            yield Saying(
                "Not established: whether the central claim is so, which is said to be possible, not known.",
                "",
                tuple(desk.passages(s)),
            )


def _doubting(desk: Desk, claim: Claim) -> list[Statement]:
    """The statements that give the claim itself as possible, not something else in the same breath."""
    statements, about = desk.of_claim(claim), telling(claim.said)
    return [
        s
        for s in statements
        if s.certainty == "possible"
        and s.stance not in ("denies", "asks")
        and not only_in_passing(desk, s, about)
        and not of_something_else(desk, s, statements, about)
    ]


def _open(desk: Desk, question: Question) -> Iterator[Saying | None]:
    ids = dict.fromkeys(s for o in question.options for s in (*o.supports, *o.neutral))
    evidence = tuple(e for s in ids if s in desk.statements for e in desk.passages(desk.statements[s])[:1])
    passages = [desk.text(e) for e in evidence]
    asked = _asked(question.question)
    values = [one_line(o.value) for o in question.options if not _leaves_open(o.value)]
    named = [v for v in values if not unsupported(v, passages)]
    if len(named) > 1:
        options = listed(named, "or")
        yield Saying(f"Not established: {asked}; the reports name {options}.", f"{asked} {options}", evidence)
    yield Saying(f"Not established: {asked}.", asked, evidence)


# An answer whose clause was cut off is none: "a middleman who".
_HANGING = re.compile(
    r"^(?:and|but|or|that|which|who)\b|\b(?:who|whom|which|that|and|or|but|of|at a|in a|the|eventually)$",
    re.IGNORECASE,
)


def _leaves_open(value: str) -> bool:
    """Whether an option is the one that is always there: something else, or not known."""
    return value.casefold().startswith(("other", "not established", "unknown"))


def _asked(question: str) -> str:
    """A question to stand after a colon: without its mark, its question word small."""
    words = re.sub(r"^(Why|How) did it happen\b", r"\1 it happened", one_line(question).rstrip("?"))
    first, space, rest = words.partition(" ")
    return (first.casefold() if first.casefold() in _ASKING else first) + space + rest


_ASKING = frozenset(
    "by did from how in is of was were what when where whether which who whom whose why".split()
)
