"""The figure of a claim drawn out: which report carried it, in which outlet, who gathered it, from whom it comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from twosource.brief.citing import Citations
from twosource.brief.evidence import Desk
from twosource.brief.pictures.columns import COLUMNS, Box, Drawing, Row, copy_lines
from twosource.brief.pictures.copies import copied_from
from twosource.brief.wording import count, one_line
from twosource.corroborate import of_owners
from twosource.model import Backing, Claim, Origin, Statement

OWN_VOICE = "own voice, no source"
EACH = 12  # reports of a claim that are drawn one by one; of more, those that went one way share a box
MOST = 16  # ways that are drawn
WIDTH = 720


@dataclass(frozen=True, slots=True)
class Carrier:
    """A report that carried the claim, in the list beside the picture."""

    number: int
    href: str
    outlet: str
    copy: str


@dataclass(frozen=True, slots=True)
class Way:
    """From whom the claim comes, who gathered it there, and which reports carried it on."""

    origin: str
    sure: bool  # named: it counts as an origin of its own
    collector: str
    carriers: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class OriginsView:
    """Boxes in four columns under the claim's figure, the lines between them, and the same as a list."""

    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    copies: tuple[str, ...]
    heads: tuple[tuple[int, str, str, str], ...]
    width: int
    height: int
    title: str
    description: str
    note: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class _Path:
    """One report's way to one origin."""

    report: str
    outlet: str
    collector: str
    origin: str


def origins(desk: Desk, links: Citations, claim: Claim) -> OriginsView | None:
    """The picture of one claim; None where no report's way to an origin is known."""
    backing = desk.backings.get(claim.id)
    paths = _paths(desk, claim, backing) if backing else []
    if backing is None or not paths:
        return None
    unsure = {_who(o) for o in backing.origins if o.kind in ("reporter", "anonymous") or not o.who}
    rows, left_off = _rows(desk, paths)
    drawing = Drawing(unsure)
    for row in rows:
        drawing.add(row)
    for one in backing.origins:  # a collector on nobody's known way still gathered it
        for name in (one_line(c) for c in one.collectors):
            drawing.gathered(name, _who(one))
    boxes, lines, height = drawing.laid_out()
    named = len({p.origin for p in paths} - unsure)
    counted = backing.independent_origins
    notes = []
    if named > counted:
        notes.append(
            f"{count(named, 'name')}, counted as {count(counted, 'independent origin')}: the reason stands with the claim"
        )
    if left_off:
        notes.append(f"{count(left_off, 'more report')} not drawn, all in the list")
    return OriginsView(
        boxes,
        lines,
        copy_lines(boxes, rows),
        _heads(backing),
        WIDTH,
        height,
        "How the claim travelled: " + _figure(backing),
        _described(paths, desk),
        ". ".join(notes),
        _ways(desk, links, paths, unsure),
    )


def _figure(backing: Backing) -> str:
    return ", ".join(f"{n} {word} {more}".strip() for _, n, word, more in _heads(backing))


def _heads(backing: Backing) -> tuple[tuple[int, str, str, str], ...]:
    """The figure, each number above its column, with what is not certain of it."""
    unknown = f"+ {backing.unknown_outlets} unknown" if backing.unknown_outlets else ""
    owners = of_owners(backing.owners, len(backing.outlets)).strip()
    most = f"at most {backing.at_most}" if backing.at_most > backing.independent_origins else ""
    numbers = (
        (len(backing.reports), "report", ""),
        (len(backing.outlets), "outlet", " ".join(filter(None, (owners, unknown)))),
        (len(backing.collectors), "collector", ""),
        (backing.independent_origins, "origin", most),
    )
    return tuple(
        (x, f"{n:,}", word if n == 1 else f"{word}s", more)
        for x, (n, word, more) in zip(COLUMNS, numbers, strict=True)
    )


# ------------------------------------------------------------------ ways


def _paths(desk: Desk, claim: Claim, backing: Backing) -> list[_Path]:
    """Each report's way to its origins; the collector is empty where it is unknown."""
    found: dict[_Path, None] = {}
    statements = [s for s in desk.of_claim(claim) if s.stance != "denies"]
    for report in sorted((r for r in backing.reports if r in desk.numbers), key=lambda r: desk.numbers[r]):
        outlet = one_line(desk.articles[report].outlet)
        here = [s for s in statements if s.report == report]
        for origin in backing.origins:
            if report in origin.reports:
                mine = desk.of_origin(origin, here)
                collector = "" if origin.kind == "reporter" else _collector(origin, mine, outlet)
                found[_Path(report, outlet, collector, _who(origin))] = None
    return list(found)


def _who(origin: Origin) -> str:
    return OWN_VOICE if origin.kind == "reporter" else one_line(origin.who) or "unnamed source"


def _collector(origin: Origin, statements: list[Statement], outlet: str) -> str:
    """Who gathered it on this way: whom the words name, else the only one there is, else the outlet where it is one."""
    named = [one_line(c) for c in origin.collectors]
    for s in statements:
        for name in (s.told, s.via):
            if name and one_line(name) in named:
                return one_line(name)
    if len(named) == 1:
        return named[0]
    return outlet if outlet in named else ""


def _ways(desk: Desk, links: Citations, paths: list[_Path], unsure: set[str]) -> tuple[Way, ...]:
    """The paths from the other end: origin, collector, and what carried it."""
    grouped: dict[tuple[str, str], list[_Path]] = {}
    for p in paths:
        grouped.setdefault((p.origin, p.collector), []).append(p)
    order = {who: n for n, who in enumerate(dict.fromkeys(p.origin for p in paths))}
    found = sorted(grouped.items(), key=lambda g: (g[0][0] in unsure, order[g[0][0]]))
    return tuple(
        Way(
            origin,
            origin not in unsure,
            collector,
            tuple(
                Carrier(
                    desk.numbers[p.report],
                    links.report_href(p.report),
                    p.outlet,
                    _copy(desk, p.report, paths),
                )
                for p in mine
            ),
        )
        for (origin, collector), mine in found
    )


def _copy(desk: Desk, report: str, paths: Iterable[_Path]) -> str:
    """Of which report of the picture this one is a copy, in words."""
    found = copied_from(desk).get(report)
    if found is None or found[0] not in {p.report for p in paths}:
        return ""
    older, relation = found
    word = {"same_text": "same text as", "revised": "version of"}.get(relation, "shares text with")
    return f"{word} {desk.numbers[older]}"


def _described(paths: list[_Path], desk: Desk) -> str:
    said = [
        f"report {desk.numbers[p.report]} in {p.outlet or 'an unknown outlet'}"
        + (f", gathered by {p.collector}" if p.collector else "")
        + f", from {p.origin}"
        for p in paths[: 2 * EACH]
    ]
    more = [f"and {count(len(paths) - len(said), 'more way')}"] if len(paths) > len(said) else []
    return "; ".join(said + more) + ". The list after the picture has them all."


# ------------------------------------------------------------------ drawing


def _rows(desk: Desk, paths: list[_Path]) -> tuple[list[Row], int]:
    ends: dict[str, list[tuple[str, str]]] = {}
    outlets: dict[str, str] = {}
    for p in paths:
        ends.setdefault(p.report, []).append((p.collector, p.origin))
        outlets[p.report] = p.outlet
    if len(ends) > EACH:
        return _grouped(desk, ends, outlets)
    rows = []
    for report in _copies_after(desk, list(ends)):
        outlet = outlets[report]
        rows.append(
            Row(
                report,
                f"Report {desk.numbers[report]}",
                f"Report {desk.numbers[report]}, {outlet or 'outlet unknown'}",
                _copy(desk, report, paths),
                copied_from(desk).get(report, ("", ""))[0],
                (outlet or f"?{report}", outlet or "outlet unknown", "outlet" if outlet else "unknown"),
                tuple(ends[report]),
            )
        )
    return rows, 0


def _copies_after(desk: Desk, reports: list[str]) -> list[str]:
    """The reports by number, each followed by its copies."""
    older = copied_from(desk)

    def family(report: str) -> tuple[int, ...]:
        chain = [desk.numbers[report]]
        at = report
        while at in older and older[at][0] in reports and desk.numbers[older[at][0]] not in chain:
            at = older[at][0]
            chain.insert(0, desk.numbers[at])
        return tuple(chain)

    return sorted(reports, key=family)


def _grouped(
    desk: Desk, ends: dict[str, list[tuple[str, str]]], outlets: dict[str, str]
) -> tuple[list[Row], int]:
    """Reports that went one way in one box, the largest groups first."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for report, mine in ends.items():
        groups.setdefault(tuple(sorted(mine)), []).append(report)
    order = sorted(groups.items(), key=lambda g: (-len(g[1]), desk.numbers[g[1][0]]))
    rows = []
    for key, reports in order[:MOST]:
        numbers = [str(desk.numbers[r]) for r in reports]
        names = list(dict.fromkeys(outlets[r] for r in reports if outlets[r]))
        text = f"Report {numbers[0]}" if len(reports) == 1 else count(len(reports), "report")
        copies = sum(copied_from(desk).get(r, ("",))[0] in reports for r in reports)
        shown = names[0] if len(names) == 1 else count(len(names), "outlet") if names else "outlets unknown"
        kind = "outlet" if names else "unknown"
        rows.append(
            Row(
                reports[0],
                text,
                f"Reports {', '.join(numbers)}",
                f"{count(copies, 'copy', 'copies')} among them" if copies else "",
                "",
                (names[0] if len(names) == 1 else f"?{reports[0]}", shown, kind),
                key,
            )
        )
    return rows, sum(len(reports) for _, reports in order[MOST:])
