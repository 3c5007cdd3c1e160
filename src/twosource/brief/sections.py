"""The sections after the claims, as the pages show them: differences, questions, copies, people, timeline."""

from __future__ import annotations

from dataclasses import dataclass

from twosource.brief.answered import Answered
from twosource.brief.citing import Citations, Cite
from twosource.brief.contract import holdings, known_outlets
from twosource.brief.evidence import Desk
from twosource.brief.pictures.options import OptionsView, options
from twosource.brief.view import MANY, OWN_VOICE, Said
from twosource.brief.wording import (
    KIND,
    NATURE,
    RELATION,
    ROLE,
    around,
    clipped,
    count,
    date_in_words,
    inside_quotes,
    one_line,
)
from twosource.corroborate import of_owners
from twosource.model import Actor, Disagreement, Evidence, Line, Question, Reuse, Statement
from twosource.resolve.known import NOT_TAKEN


@dataclass(frozen=True, slots=True)
class SideView:
    """One value in a difference with the passages that give it."""

    value: str
    passages: tuple[Said, ...]

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The links of all its passages."""
        return tuple(c for p in self.passages for c in p.cites)


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Two or more values side by side."""

    id: str
    anchor: str
    kind: str
    about: str
    nature: str
    label: str
    sides: tuple[SideView, ...]
    why: str
    short: bool  # its values in a line, each with its links
    answers: str  # to what its passages accuse somebody of


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One origin's evidence and what it says to each option: for, against, neutral or nothing."""

    who: str
    text: str
    cites: tuple[Cite, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """An open question, its options and what speaks for and against each."""

    question: str
    options: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    silent: tuple[MatrixRow, ...]
    decisive: tuple[
        Said, ...
    ]  # what would decide it: a report's words, or what is missing from those laid out
    drawn: OptionsView | None


@dataclass(frozen=True, slots=True)
class ActorView:
    """A person or body under all its names."""

    id: str
    name: str
    kind: str
    aliases: str
    notes: str
    cites: tuple[Cite, ...]
    more: int
    known: tuple[tuple[str, str], ...] = ()  # ids that lists have for the name, and in whose words


@dataclass(frozen=True, slots=True)
class RelationView:
    """How one actor stands to another, and who says so."""

    a: str
    role: str
    b: str
    who: str
    cites: tuple[Cite, ...]


def differences(desk: Desk, links: Citations, answers: Answered, beside: int) -> tuple[DifferenceView, ...]:
    """Every difference, equal values brought together on one side: so many with their passages, the rest in short.

    Forms of one name are a line each and don't count.
    """
    found = []
    for d in desk.account.disagreements:
        found.append(_difference(desk, links, d, answers, short=d.nature != "variant" and beside <= 0))
        beside -= d.nature != "variant"
    return tuple(found)


def _difference(
    desk: Desk, links: Citations, d: Disagreement, answers: Answered, *, short: bool
) -> DifferenceView:
    sides: dict[str, list[Evidence]] = {}
    named: dict[str, str] = {}
    for s in d.sides:
        key = one_line(s.value).casefold()
        named.setdefault(key, one_line(s.value))
        sides.setdefault(key, []).append(s.evidence)
    views = []
    for key, evidence in sides.items():
        views.append(
            SideView(named[key], _beside(desk, links, evidence, named[key], d.nature, printed=not short))
        )
    return DifferenceView(
        id=d.id,
        anchor=f"{links.prefix}{d.id}",
        kind=KIND.get(d.kind, d.kind),
        about=one_line(d.about),
        nature=d.nature,
        label=NATURE.get(d.nature, d.nature),
        sides=tuple(views),
        why=one_line(desk.readable(d.why)),
        short=short,
        answers=answers.beside(s.evidence for s in d.sides),
    )


def _beside(
    desk: Desk, links: Citations, evidence: list[Evidence], value: str, nature: str, *, printed: bool
) -> tuple[Said, ...]:
    """A side's passages, each cut to what stands round the value, and copies of one passage given once."""
    alike: dict[str, list[Evidence]] = {}
    for e in sorted(evidence, key=lambda e: (desk.numbers.get(e.report, 0), e.span)):
        alike.setdefault(one_line(desk.text(e)), []).append(e)
    found = []
    for text, same in alike.items():
        before, hit, after = around(inside_quotes(text), inside_quotes(value), 26)
        cites = links.cite(same) if nature == "variant" else links.key(same, printed=printed)
        outlets = ", ".join(dict.fromkeys(_outlet(desk, e.report) for e in same))
        found.append(Said(before + hit + after, cites, outlets, before, hit, after))
    return tuple(found)


def _outlet(desk: Desk, report: str) -> str:
    article = desk.articles.get(report)
    return one_line(article.outlet if article else "") or "outlet unknown"


def questions(desk: Desk, links: Citations) -> tuple[QuestionView, ...]:
    """Each open question as a matrix of origins against options."""
    return tuple(_question(desk, links, q) for q in desk.account.questions)


def _question(desk: Desk, links: Citations, q: Question) -> QuestionView:
    """Rows are origins: what one origin says in five reports is one row, so that copies weigh nothing."""
    grouped: dict[tuple[str, tuple[str, ...]], list[Statement]] = {}
    order: dict[str, None] = {}
    for o in q.options:
        order.update(dict.fromkeys((*o.supports, *o.against, *o.neutral)))
    for sid in order:
        s = desk.statements.get(sid)
        if s is None:
            continue
        cells = tuple(
            "for"
            if sid in o.supports
            else "against"
            if sid in o.against
            else "neutral"
            if sid in o.neutral
            else ""
            for o in q.options
        )
        who = (
            "A report in its own voice" if s.mode == "narration" else one_line(desk.who(s)) or "Nobody named"
        )
        grouped.setdefault((who, cells), []).append(s)
    rows = [
        MatrixRow(
            who,
            ("denies: " if found[0].stance == "denies" else "")
            + _without_that(clipped(one_line(desk.content(found[0])), 30)),
            links.of_statements(found),
            cells,
        )
        for (who, cells), found in grouped.items()
    ]
    telling = [r for r in rows if any(c in ("for", "against") for c in r.cells)]
    telling.sort(key=lambda r: tuple(("against", "for", "neutral", "").index(c) for c in r.cells))
    silent = [r for r in rows if r not in telling]
    answers = tuple(one_line(o.value) for o in q.options)
    return QuestionView(
        one_line(q.question),
        answers,
        tuple(telling),
        tuple(silent),
        tuple(Said(_deciding(desk, d), links.cite(d.evidence)) for d in q.decisive),
        options(one_line(q.question), answers, [(r.who, r.cells) for r in telling]),
    )


def _deciding(desk: Desk, line: Line) -> str:
    """What would decide a question: in quotation marks where a report says it."""
    text = one_line(line.text)
    said = any(text in one_line(desk.text(e)) for e in line.evidence)
    return f"“{clipped(inside_quotes(text), 60)}”" if said else text


def _without_that(content: str) -> str:
    return content[5:] if content.startswith("that ") else content


# ------------------------------------------------------------------ copies, actors


@dataclass(frozen=True, slots=True)
class PairView:
    """What two reports share."""

    a: int
    b: int
    relation: str
    share: str
    why: str
    a_id: str
    b_id: str


def pairs(desk: Desk) -> tuple[PairView, ...]:
    """Pairs that share something, the closest first."""
    rank = list(RELATION)

    def key(r: Reuse) -> tuple[int, int, int]:
        return rank.index(r.relation), desk.numbers.get(r.a, 0), desk.numbers.get(r.b, 0)

    found = [
        r
        for r in desk.account.reuse
        if r.a in desk.numbers and r.b in desk.numbers and r.relation != "independent"
    ]
    return tuple(
        PairView(
            desk.numbers[r.a],
            desk.numbers[r.b],
            RELATION[r.relation],
            f"{round(100 * r.containment)} %",
            one_line(desk.readable(r.why)),
            r.a,
            r.b,
        )
        for r in sorted(found, key=key)
    )


def actors(desk: Desk, links: Citations) -> tuple[ActorView, ...]:
    """People and bodies, the most mentioned first."""
    names = {a.id: one_line(a.name) for a in desk.account.actors}
    found = sorted(
        (a for a in desk.account.actors if a.kind != "place"),
        key=lambda a: (-len({e.report for e in a.mentions}), -len(a.mentions), a.name, a.id),
    )
    return tuple(_actor(desk, links, a, names) for a in found)


def _actor(desk: Desk, links: Citations, actor: Actor, names: dict[str, str]) -> ActorView:
    first: dict[str, Evidence] = {}
    for e in sorted(actor.mentions):
        first.setdefault(e.report, e)
    shown = list(first.values())[:MANY]
    aliases = [one_line(x.name) for x in actor.aliases if one_line(x.name) != one_line(actor.name)]
    notes = list({one_line(x).casefold(): one_line(x) for x in (*actor.roles, *actor.titles)}.values())
    notes += [f"of {names[i]}" for i in actor.affiliations if i in names]
    notes += [f"perhaps the same as {names[i]}" for i in actor.maybe if i in names]
    notes += [one_line(d) for d in desk.decided(actor.id)]
    notes += [one_line(w) for w in actor.why if w.startswith(NOT_TAKEN)]
    return ActorView(
        actor.id,
        one_line(actor.name),
        actor.kind,
        ", ".join(dict.fromkeys(aliases)),
        "; ".join(dict.fromkeys(notes)),
        links.cite(shown, printed=False),
        len(first) - len(shown),
        tuple((one_line(k.id), f"listed as {one_line(k.name)} in {one_line(k.source)}; matched by name, not checked") for k in actor.known),
    )  # fmt: skip


def relations(desk: Desk, links: Citations) -> tuple[RelationView, ...]:
    """Who backs, opposes, commands whom, and who says that they do."""
    names = {a.id: one_line(a.name) for a in desk.account.actors}
    found = []
    for r in desk.account.relations:
        if r.a in names and r.b in names:
            said = [desk.statements[s] for s in r.statements if s in desk.statements]
            who = dict.fromkeys(
                OWN_VOICE if s.mode == "narration" else one_line(desk.who(s)) or "nobody named" for s in said
            )
            role = ROLE.get(r.role, r.role.replace("_", " "))
            found.append(
                RelationView(names[r.a], role, names[r.b], ", ".join(list(who)[:4]), links.cite(r.evidence))
            )
    return tuple(found)


def outlets_line(desk: Desk) -> str:
    """How many reports the account rests on and who published them."""
    outlets, unknown = known_outlets(desk.account)
    owners = of_owners(holdings(desk.account), len(outlets))
    parts = [count(len(desk.articles), "report"), count(len(outlets), "known outlet") + owners]
    if unknown:
        parts.append(f"{unknown} of unknown outlet")
    return ", ".join(parts)


def timeline(desk: Desk, links: Citations, answers: Answered) -> tuple[tuple[str, Said], ...]:
    """When and what, in order; a date is written once for all that it dates."""
    found = []
    last = ""
    for m in desk.account.timeline:
        when = date_in_words(m.when)
        text = one_line(m.text)
        whole = " ".join(one_line(desk.text(e)) for e in m.evidence)
        found.append(
            (
                when if when != last else "",
                Said(
                    text,
                    links.cite(m.evidence),
                    "verbatim" if text in whole else "",
                    answers=answers.beside(m.evidence),
                ),
            )
        )
        last = when
    return tuple(found)
