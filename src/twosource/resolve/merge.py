"""Nodes of different reports brought together, conservatively: what is undecided is kept apart and listed.

Candidates are found by blocking on the sounds of a name's words, its initials and known short forms, so that the work
grows with the number of distinct names and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from twosource.annotate.mentions.chain import generations_differ, initials_of, is_acronym, parts
from twosource.annotate.mentions.lexicon import bare, body_forms, given_forms
from twosource.annotate.mentions.spelling import likeness, skeleton
from twosource.model import MentionKind
from twosource.resolve.bodies import clash, compare_bodies
from twosource.resolve.nodes import Node, full, key
from twosource.resolve.people import compare_people
from twosource.resolve.vocabulary import is_general

_SURE = 0.6  # from here on two names are merged where nothing speaks against it
_MAYBE = 0.3  # from here on the pair is listed as undecided
_CROWDED = 150  # a block with more names than this tells nothing


@dataclass(frozen=True, slots=True)
class Merge:
    """Two names taken for one actor's, or left undecided, and why."""

    a: int
    b: int
    sure: bool
    why: str


@dataclass(frozen=True, slots=True)
class Name:
    """One full name as some reports write it, and the nodes that bear it."""

    kind: MentionKind
    name: str
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all names together tell: the words of places, and how many longer names end in the same words."""

    places: frozenset[str]
    endings: dict[tuple[str, ...], int]


def _setting(names: Sequence[Name]) -> Setting:
    places = frozenset(w for n in names if n.kind == "place" for w in parts(n.name))
    endings: dict[tuple[str, ...], int] = {}
    for n in names:
        words = tuple(parts(n.name)) if n.kind == "organisation" else ()
        for first in range(1, min(len(words), 9) - 1):
            endings[words[first:]] = endings.get(words[first:], 0) + 1
    return Setting(places, endings)


def merges(units: Sequence[Node]) -> tuple[list[list[int]], list[Merge]]:
    """Groups of node numbers that are one actor, and every decision with its reason."""
    names, loose = _distinct(units)
    home = list(range(len(names)))

    def root(i: int) -> int:
        while home[i] != i:
            home[i] = home[home[i]]
            i = home[i]
        return i

    decisions: list[Merge] = []
    reports = [{units[n].report for n in name.nodes} for name in names]
    members: dict[int, list[int]] = {i: [i] for i in range(len(names))}
    for value, i, j, why in sorted(
        _pairs(names, units), key=lambda p: (-p[0], names[p[1]].name, names[p[2]].name, p[1], p[2])
    ):
        a, b = sorted((root(i), root(j)))
        if a == b:
            continue
        against = _against(names, reports, members[a], members[b])
        sure = value >= _SURE and against is None
        decisions.append(
            Merge(
                names[i].nodes[0],
                names[j].nodes[0],
                sure,
                f"{names[i].name!r} and {names[j].name!r}: {why}"
                + (f"; against it: {against}" if against else ""),
            )
        )
        if sure:
            home[b] = a
            members[a] += members.pop(b)
    groups: dict[int, list[int]] = {}
    for i, name in enumerate(names):
        groups.setdefault(root(i), []).extend(name.nodes)
    out = [sorted(g) for g in groups.values()]
    decisions += _settle(loose, units, out)
    decisions += _forces(units, out)
    return sorted(out), decisions


def _distinct(units: Sequence[Node]) -> tuple[list[Name], list[int]]:
    """The different full names with their nodes, and the nodes that have only a single word for a person."""
    by_name: dict[tuple[str, str], list[int]] = {}
    loose = []
    for n, unit in enumerate(units):
        if full(unit.name, unit.kind):
            by_name.setdefault((unit.kind, key(unit.name)), []).append(n)
        else:
            loose.append(n)
    names = [
        Name(units[ns[0]].kind, min(units[n].name for n in ns), tuple(ns))
        for _, ns in sorted(by_name.items())
    ]
    return names, loose


def _pairs(names: Sequence[Name], units: Sequence[Node]) -> Iterator[tuple[float, int, int, str]]:
    """Pairs of names that share a block and may be the same, with the score and its reasons."""
    blocks: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        for k in sorted(set(_blocks(name, units))):
            blocks.setdefault(k, []).append(i)
    setting = _setting(names)
    seen: set[tuple[int, int]] = set()
    for _, block in sorted(blocks.items()):
        if len(block) > _CROWDED:
            continue
        for n, i in enumerate(block):
            for j in block[n + 1 :]:
                if (i, j) in seen:
                    continue
                seen.add((i, j))
                found = _weigh(names[i], names[j], units, setting)
                if found and found[0] >= _MAYBE:
                    yield (found[0], i, j, found[1])


def _blocks(name: Name, units: Sequence[Node]) -> Iterator[str]:
    words = parts(name.name)
    if name.kind == "person":
        yield "p " + skeleton(words[-1])[:4]
        yield "p " + words[0][:2] + " " + skeleton(words[-1])[:2]
        return
    yield name.kind + " " + skeleton("".join(words))[:12]
    forms = {name.name, *(f for n in name.nodes for f, _ in units[n].forms)}
    for form in forms:
        if bare(form) in body_forms():
            yield "alias " + body_forms()[bare(form)]
        if name.kind == "organisation":
            yield from (f"initials {bare(w)}" for w in form.split() if is_acronym(w))
            for short in initials_of(form) | initials_of(f"{form} Department") if " " in form else ():
                yield "initials " + short
            yield from (f"initials {short}" for short in initials_of(_own_words(form)))
    if name.kind in ("organisation", "group"):
        for w in words:
            if not is_general(w) and len(w) > 2:
                yield name.kind + " word " + skeleton(w)
        if all(is_general(w) for w in words):
            yield name.kind + " general " + " ".join(sorted(words))


def _own_words(form: str) -> str:
    """The name without what many bodies' names end in: "NMSD" of "NMSD Police Department"."""
    words = form.split()
    while len(words) > 1 and all(map(is_general, parts(words[-1]))):
        words.pop()
    return " ".join(words)


def _weigh(a: Name, b: Name, units: Sequence[Node], setting: Setting) -> tuple[float, str] | None:
    """How sure it is that two names are one actor's; stricter than comparing the names alone."""
    if a.kind != b.kind:
        return None
    if a.kind == "person":
        return _weigh_people(a, b, units)
    if a.kind == "organisation":
        return _weigh_bodies(a, b, units, setting)
    alike = parts(a.name) == parts(b.name) or (
        bare(a.name) in body_forms() and body_forms()[bare(a.name)] == body_forms().get(bare(b.name))
    )
    return (0.9, "the same words") if alike else None


def _weigh_people(a: Name, b: Name, units: Sequence[Node]) -> tuple[float, str] | None:
    x, y = parts(a.name), parts(b.name)
    surname = likeness(x[-1], y[-1])
    if surname < 0.72 or generations_differ(a.name, b.name):
        return None
    score = compare_people(a.name, b.name)
    given = given_alike(x[0], y[0])
    value = score.value
    shared = _shared_standing(a, b, units)
    why = "; ".join(score.why[:2])
    if given < 0.5:
        return None
    if given < 0.7:
        value = min(value, 0.45)
    elif (
        surname < 0.8
        or (len(x) > 2 and len(y) > 2 and not set(x[1:-1]) & set(y[1:-1]) and not _initials_fit(x, y))
        or (surname < 0.99 and given < 0.99 and not shared)
    ):
        value = min(value, 0.55)
    if shared:
        value = min(1.0, value + 0.1)
        why += f"; both are called {shared}"
    return value, why


def _initials_fit(x: Sequence[str], y: Sequence[str]) -> bool:
    """Whether middle names may be one another's initials or spellings."""
    return any(
        a[0] == b[0] and (1 in (len(a), len(b)) or likeness(a, b) >= 0.7) for a in x[1:-1] for b in y[1:-1]
    )


def given_alike(a: str, b: str) -> float:
    """How alike two given names are; initials and short forms may be the same."""
    if len(a) == 1 or len(b) == 1:
        return 0.75 if a[0] == b[0] else 0.0
    if given_forms().get(a, frozenset()) & given_forms().get(b, frozenset()):
        return 1.0
    return likeness(a, b)


def _shared_standing(a: Name, b: Name, units: Sequence[Node]) -> str | None:
    def said(name: Name) -> set[str]:
        return {
            w for n in name.nodes for w in (*units[n].roles, *(body for body, _, _ in units[n].affiliations))
        }

    both = sorted(said(a) & said(b))
    return both[0] if both else None


def _weigh_bodies(a: Name, b: Name, units: Sequence[Node], setting: Setting) -> tuple[float, str] | None:
    forms_a = {a.name, *(f for n in a.nodes for f, _ in units[n].forms)}
    forms_b = {b.name, *(f for n in b.nodes for f, _ in units[n].forms)}
    both = sorted(forms_a & forms_b, key=lambda f: (-len(f), f))
    if both:
        return 0.95, f"both are called {both[0]!r}"
    short, long = sorted((parts(a.name), parts(b.name)), key=len)
    score = compare_bodies(a.name, b.name, meaning=False)
    why = "; ".join(score.why[:2])
    left = [w for w in long if w not in short]
    if clash(a.name, b.name):
        other = [w for w in short if w not in long]
        vague = all(is_general(w) or w in setting.places for w in left + other)
        return (min(score.value, 0.45), why) if vague else None
    telling = [w for w in short if not is_general(w)]
    if set(short) < set(long) and any(not is_general(w) for w in left):
        if len(short) == 1:
            return min(score.value, 0.45), why
        if long[-len(short) :] == short and (
            (len(short) >= 3 and telling) or (set(left) <= setting.places and len(short) >= 2)
        ):
            return (
                (0.65, f"{why}; only {', '.join(map(repr, left))} is left out")
                if setting.endings.get(tuple(short), 0) == 1
                else (0.45, why)
            )
        return min(score.value, 0.45), why
    return score.value, why


def _against(
    names: Sequence[Name], reports: Sequence[set[str]], a: Iterable[int], b: Iterable[int]
) -> str | None:
    """What speaks against joining two groups: one report that gives both names in full, or names that clash."""
    for i in a:
        for j in b:
            if names[i].kind == "person":
                x, y = parts(names[i].name), parts(names[j].name)
                if given_alike(x[0], y[0]) < 0.6 or likeness(x[-1], y[-1]) < 0.6:
                    return f"{names[i].name!r} and {names[j].name!r} differ too much"
                if reports[i] & reports[j] and given_alike(x[0], y[0]) < 0.99:
                    return f"one report has both {names[i].name!r} and {names[j].name!r}"
            elif reports[i] & reports[j] and len(parts(names[i].name)) > 1 and len(parts(names[j].name)) > 1:
                return f"one report has both {names[i].name!r} and {names[j].name!r}"
    return None


def _settle(loose: Sequence[int], units: Sequence[Node], groups: list[list[int]]) -> list[Merge]:
    """Give each single-word person to the only person in full that it can be; others stay by themselves."""
    by_word: dict[str, set[int]] = {}
    by_sound: dict[str, set[int]] = {}
    for g, group in enumerate(groups):
        for n in group:
            if units[n].kind == "person":
                for form, _ in (*units[n].forms, (units[n].name, 1)):
                    words = parts(form)
                    for w in {words[0], words[-1]} if words else ():
                        by_word.setdefault(w, set()).add(g)
                        by_sound.setdefault(skeleton(w)[:3], set()).add(g)
    decisions = []
    alone: dict[str, list[int]] = {}
    for n in loose:
        words = parts(units[n].name)
        word = words[-1] if words else units[n].name
        fit = by_word.get(word, set())
        if not fit:
            near = sorted(by_sound.get(skeleton(word)[:3], set()))
            fit = (
                {
                    g
                    for g in near
                    if any(likeness(w, word) >= 0.8 for m in groups[g] for w in parts(units[m].name)[-1:])
                }
                if len(word) >= 4
                else set()
            )
        if len(fit) == 1:
            g = next(iter(fit))
            decisions.append(
                Merge(
                    groups[g][0],
                    n,
                    True,
                    f"{units[n].name!r} is the only such name: {units[groups[g][0]].name!r}",
                )
            )
            groups[g].append(n)
        else:
            decisions += [
                Merge(groups[g][0], n, False, f"{units[n].name!r} may be any of {len(fit)} people")
                for g in sorted(fit)
            ]
            alone.setdefault(word, []).append(n)
    for _, ns in sorted(alone.items()):
        groups.append(ns)
    for group in groups:
        group.sort()
    return decisions


def _forces(units: Sequence[Node], groups: list[list[int]]) -> list[Merge]:
    """Give "police" with no other word to the only police that any report names."""
    plain = [g for g in groups if all(key(units[n].name) == "police" for n in g)]
    named = [
        g
        for g in groups
        if units[g[0]].kind == "organisation"
        and g not in plain
        and any("police" in parts(units[n].name) for n in g)
    ]
    if len(named) != 1 or not plain:
        return []
    decisions = []
    for g in plain:
        decisions.append(
            Merge(
                named[0][0],
                g[0],
                True,
                f"{units[named[0][0]].name!r} is the only police that the reports name",
            )
        )
        named[0] += g
        groups.remove(g)
    named[0].sort()
    return decisions
