"""An account as the pages show it: every value a plain string or a link, nothing left to decide while rendering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from twosource.brief.blame import lays_blame
from twosource.brief.citing import Citations, Cite
from twosource.brief.evidence import Desk
from twosource.brief.pictures.origins import OriginsView, origins
from twosource.brief.responses import SHOWN as ANSWERS_SHOWN
from twosource.brief.responses import Answer, answers
from twosource.brief.wording import (
    BASIS,
    CERTAINTY,
    KIND,
    STATUS,
    STATUS_MEANS,
    TARGET,
    clipped,
    count,
    date_in_words,
    inside_quotes,
    listed,
    one_line,
)
from twosource.corroborate import of_owners
from twosource.model import Backing, Claim, Statement
from twosource.version import __version__

_ANSWERS = {"said": "an answer", "plea": "a plea", "silence": "no comment"}
OWN_VOICE = "a report in its own voice"
MANY = 6  # passages of one claim, or mentions of one actor, shown before the rest is folded


@dataclass(frozen=True, slots=True)
class Figure:
    """reports → outlets → collectors → independent origins, of one claim."""

    reports: int
    outlets: int
    unknown: int
    collectors: int
    origins: int
    at_most: int
    status: str
    label: str
    means: str
    owners: str = ""  # of how many owners the outlets are, where a list says so


@dataclass(frozen=True, slots=True)
class Said:
    """A passage with who says it in it."""

    text: str
    cites: tuple[Cite, ...]
    note: str = ""
    before: str = ""
    hit: str = ""
    after: str = ""
    answers: str = ""  # what is said against it, or that nothing is found


@dataclass(frozen=True, slots=True)
class OriginView:
    """Somebody a claim goes back to."""

    who: str
    notes: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with all that stands behind and against it."""

    id: str
    anchor: str
    number: int  # among the claims about the event itself; 0 for background
    text: str
    cites: tuple[Cite, ...]
    event: str
    figure: Figure
    certainty: str
    origins: tuple[OriginView, ...]
    denials: tuple[Said, ...]
    responses: tuple[Said, ...]
    unanswered: bool  # it accuses somebody, and nothing in any report could be an answer
    statements: tuple[Said, ...]
    silent: str
    register: str
    grade: str  # suggested, in the Admiralty sense; the source's letter is a person's to set
    doubt: str  # why the origins may be fewer than they seem
    by: str
    differences: tuple[tuple[str, str], ...]
    why: str
    verdicts: tuple[tuple[str, str, str], ...]  # a person's words, who that is, and why
    flow: OriginsView | None
    drawn: bool  # what one report alone carries needs no picture
    short: bool  # shown in a few lines: nobody denies it or answers
    each: tuple[Cite, ...]  # of a claim in short, the first passage of each report
    citation: str


def figure(backing: Backing) -> Figure:
    """The figure of one claim."""
    return Figure(
        reports=len(backing.reports),
        outlets=len(backing.outlets),
        unknown=backing.unknown_outlets,
        collectors=len(backing.collectors),
        origins=backing.independent_origins,
        at_most=backing.at_most,
        status=backing.status,
        label=_status(backing),
        means=STATUS_MEANS.get(backing.status, ""),
        owners=of_owners(backing.owners, len(backing.outlets)),
    )


def _status(backing: Backing) -> str:
    if backing.status == "corroborated":
        return f"{count(backing.independent_origins, 'origin')} found"
    return STATUS.get(backing.status, backing.status)


def claims(desk: Desk, links: Citations, drawn: int, full: int) -> tuple[ClaimView, ...]:
    """Every claim, in the account's order: so many in full, and of so many that several reports carry the way drawn."""
    order = {c.id: n for n, c in enumerate(of_the_event(desk), 1)}
    left = drawn
    found = []
    for claim in desk.account.claims:
        if claim.id in desk.backings:
            number = order.get(claim.id, 0)
            made = claim_view(desk, links, claim, number, in_full=0 < number <= full)
            travels = made.figure.reports > 1 and not made.short
            found.append(replace(made, drawn=travels and left > 0))
            left -= travels
    return tuple(found)


def of_the_event(desk: Desk) -> tuple[Claim, ...]:
    """The claims that are not background."""
    return tuple(c for c in desk.account.claims if c.id in desk.backings and c.event == "main")


def _worded(claim: Claim, statements: Sequence[Statement]) -> list[Statement]:
    """The statement in whose words the claim is given: a reader who follows the link must find them."""
    return [s for s in statements if s.id == claim.worded]


def claim_view(
    desk: Desk, links: Citations, claim: Claim, number: int = 0, *, in_full: bool = True
) -> ClaimView:
    """One claim with its origins, denials, statements and the differences it is part of."""
    backing = desk.backings[claim.id]
    statements = desk.of_claim(claim)
    denying = {d.statement for d in backing.denials}
    for_it = [s for s in statements if s.id not in denying]
    accusing = [s for s in for_it if lays_blame(desk, s)]
    answered = answers(desk, accusing) if accusing else ()
    responses = _responses(desk, links, answered, backing)
    short = not in_full and not (backing.denials or responses or claim.verdicts)
    first: dict[str, Statement] = {}
    for s in sorted(for_it, key=lambda s: desk.numbers.get(s.report, 0)):
        first.setdefault(s.report, s)
    denials = _denials(desk, links, backing)
    unanswered = bool(accusing) and not answered and not backing.denials
    return ClaimView(
        id=claim.id,
        anchor=f"{links.prefix}{claim.id}",
        number=number,
        text=one_line(claim.text),
        cites=links.of_statements(
            (_worded(claim, statements) or for_it or statements)[:1], printed=not short
        ),
        event="" if claim.event == "main" else "background",
        figure=figure(backing),
        certainty=CERTAINTY.get(backing.certainty, backing.certainty),
        origins=() if short else _origins(desk, links, backing, for_it),
        denials=denials,
        responses=responses,
        unanswered=unanswered,
        statements=() if short else _all_stated(desk, links, for_it),
        silent=_silent(desk, backing),
        register=_register(for_it),
        grade=f"{backing.grade.source}{backing.grade.information}: {one_line(desk.readable(backing.grade.why))}",
        doubt=_doubt(desk, backing),
        by=_by(desk, claim, backing, for_it),
        differences=_differences_of(desk, links, statements),
        why=one_line(" ".join([desk.readable(backing.why or claim.why), *desk.decided(claim.id)])),
        verdicts=tuple((one_line(v.text), one_line(v.who), one_line(v.why)) for v in claim.verdicts),
        flow=None if short else origins(desk, links, claim),
        drawn=False,
        short=short,
        each=links.of_statements(list(first.values()), printed=False) if short else (),
        citation=_citation(desk, claim, backing, for_it, answer_words(denials, responses, unanswered)),
    )


def _responses(
    desk: Desk, links: Citations, answered: Sequence[Answer], backing: Backing
) -> tuple[Said, ...]:
    kept = [a for a in answered if a.sure or (a.shown and not backing.denials)][:ANSWERS_SHOWN]
    return tuple(
        Said(
            clipped(inside_quotes(one_line(desk.text(a.evidence))), 60),
            links.cite([a.evidence]),
            _ANSWERS[a.kind] if a.sure else f"perhaps {_ANSWERS[a.kind]}",
        )
        for a in kept
    )


def answer_words(denials: Sequence[Said], responses: Sequence[Said], unanswered: bool) -> tuple[str, ...]:
    """What is said against a claim in a few words each, or that nothing is found where it accuses somebody."""
    if denials:
        return tuple(dict.fromkeys(d.note for d in denials))[:3]
    if responses:
        return tuple(f"{r.note}: “{clipped(inside_quotes(r.text), 14)}”" for r in responses)[:3]
    return ("no response found in these reports",) if unanswered else ()


def _citation(
    desk: Desk, claim: Claim, backing: Backing, statements: list[Statement], answers: tuple[str, ...]
) -> str:
    """A line to put under what is taken from here: the claim, who says it, its figure, what answers it, and by what it
    can be found again.
    """
    numbers = [
        count(len(backing.reports), "report"),
        count(len(backing.outlets), "outlet") + of_owners(backing.owners, len(backing.outlets)),
        count(len(backing.collectors), "collector"),
        count(backing.independent_origins, "origin"),
    ]
    first = min((r for r in backing.reports if r in desk.numbers), key=desk.numbers.__getitem__, default=None)
    where = ""
    if first is not None:
        article = desk.articles[first]
        outlet = one_line(article.outlet) or "an unknown outlet"
        day = f", {date_in_words(article.published)}" if article.published else ""
        where = f" First here in {outlet}{day}."
    return (
        f"“{inside_quotes(one_line(claim.text))}”, {_by(desk, claim, backing, statements)}; {_status(backing)} "
        f"({', '.join(numbers)}){''.join(f'; {a}' for a in answers)}.{where} {source_line(desk)}, claim {one_line(claim.id)}."
    )


def source_line(desk: Desk) -> str:
    """The account as what is taken from it cites it."""
    title = one_line(desk.account.title)
    named = f"“{inside_quotes(title)}”" if title else "an account"
    return f"In: {named}, made with twosource {__version__}, account {one_line(desk.account.id)}"


def _doubt(desk: Desk, backing: Backing) -> str:
    """That two reports may rest on one unknown source, where the account says why it counts fewer."""
    _, found, tail = backing.why.partition("may rest on one unknown source")
    return one_line(desk.readable(found + tail)) if found else ""


def _origins(
    desk: Desk, links: Citations, backing: Backing, statements: list[Statement]
) -> tuple[OriginView, ...]:
    found = []
    for o in backing.origins:
        notes = [BASIS[o.basis]] if o.basis in BASIS and o.basis != "unstated" else []
        if o.collectors:
            notes.insert(0, "to " + ", ".join(one_line(c) for c in o.collectors))
        if o.party:
            notes.append(f"as the reports have it: {one_line(o.party)}")
        mine = desk.of_origin(o, statements)
        found.append(
            OriginView(one_line(o.who) or _nobody(o.kind), "; ".join(notes), links.of_statements(mine[:MANY]))
        )
    return tuple(found)


_REGISTER = {"opinion": "opinion", "common_knowledge": "given as well known"}


def _register(statements: list[Statement]) -> str:
    """That a claim is opinion or given as well known, where no report simply reports it."""
    registers = dict.fromkeys(s.register for s in statements)
    return "" if "report" in registers else ", ".join(_REGISTER[r] for r in registers)


def _by(desk: Desk, claim: Claim, backing: Backing, statements: list[Statement]) -> str:
    """Who says it, in a few words, so that the claim is never read as ours: of several who make but one origin, those
    whose words it is told in."""
    said = [o for o in backing.origins if o.who and o.kind != "reporter"]
    if backing.independent_origins == 1 and len(said) > 1:
        worded = {s.id for s in _worded(claim, statements)}
        said = [o for o in said if any(s.id in worded for s in desk.of_origin(o, statements))] or said
    named = list(dict.fromkeys(one_line(o.who) for o in said))
    if not named:
        return "said in the reports’ own voice, naming no source"
    more = f" and {count(len(named) - 4, 'other')}" if len(named) > 4 else ""
    return f"said by {', '.join(named[:4])}{more}" if more else f"said by {listed(named)}"


def _nobody(kind: str) -> str:
    return "the reports' own voice" if kind == "reporter" else "a source that the text doesn't name"


def _unnamed(desk: Desk, s: Statement) -> str:
    """Who says what has no named source: the report itself, where it is its own voice."""
    if s.kind == "reporter" or s.mode == "narration":
        return f"report {desk.numbers[s.report]} itself" if s.report in desk.numbers else "the report itself"
    return "somebody the text doesn't name"


def _denials(desk: Desk, links: Citations, backing: Backing) -> tuple[Said, ...]:
    grouped: dict[tuple[str, str], list[Statement]] = {}
    for d in backing.denials:
        s = desk.statements.get(d.statement)
        if s is not None:
            who = one_line(desk.who(s)) or _unnamed(desk, s)
            relayed = f", relayed by {one_line(d.relayed_by)}" if d.relayed_by else ""
            grouped.setdefault((f"{TARGET[d.target]} {who}{relayed}", _passage(desk, s)), []).append(s)
    return tuple(
        Said(clipped(text, 60), links.of_statements(found), note) for (note, text), found in grouped.items()
    )


def _all_stated(desk: Desk, links: Citations, statements: list[Statement]) -> tuple[Said, ...]:
    """The statements as their own passages; what copies say alike stands once, with a link to each."""
    grouped: dict[tuple[str, str], list[Statement]] = {}
    for s in statements:
        grouped.setdefault((_headed(desk, s), clipped(_passage(desk, s), 30)), []).append(s)
    return tuple(
        Said(text, links.of_statements(found, printed=False), note) for (note, text), found in grouped.items()
    )


def _headed(desk: Desk, s: Statement) -> str:
    """Who says it, to whom and how sure."""
    who = (
        "in the report's own voice"
        if s.kind == "reporter" or s.mode == "narration"
        else one_line(desk.who(s)) or "nobody named"
    )
    notes = [who]
    if s.told:
        notes.append(f"to {one_line(s.told)}")
    if s.via:
        notes.append(f"via {one_line(s.via)}")
    if s.certainty != "asserted":
        notes.append(CERTAINTY[s.certainty])
    if s.register != "report":
        notes.append(_REGISTER[s.register])
    return ", ".join(notes)


def _passage(desk: Desk, s: Statement) -> str:
    return inside_quotes(one_line(" … ".join(desk.text(e) for e in desk.passages(s))))


def _silent(desk: Desk, backing: Backing) -> str:
    """Who alone has it, where only one report does."""
    if len(backing.reports) == 1 and len(desk.articles) > 1 and backing.reports[0] in desk.numbers:
        return f"only in report {desk.numbers[backing.reports[0]]}"
    return ""


def _differences_of(desk: Desk, links: Citations, statements: list[Statement]) -> tuple[tuple[str, str], ...]:
    """Links to the differences that have a side inside one of the statements."""
    found = []
    for d in desk.account.disagreements:
        if any(
            s.report == x.evidence.report and any(c.overlaps(x.evidence.span) for c in s.content)
            for s in statements
            for x in d.sides
        ):
            found.append((f"{links.prefix}{d.id}", one_line(d.about) or KIND[d.kind]))
    return tuple(found)
