"""Lists of known actors beside the cast: they bring spellings together and give ids, and never more than that.

An entry is an actor's only where a name in full, or a strong alias, is the same once both are folded, their kinds agree, and nobody
else, in the lists or in the reports, could be meant. No mention is made, no office or common noun becomes a name, and what the
reports keep apart stays apart. A person's decision comes after this and has the last word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from twosource.annotate.mentions.chain import is_acronym, parts
from twosource.model import Known, Listed, MentionKind
from twosource.read.known import kinds_of
from twosource.resolve.keeping import apart, capitals, country_told, disagree, is_name, shared_office, tells
from twosource.resolve.merge import Merge
from twosource.resolve.nodes import Node, key
from twosource.text import normal, surfaces

NOT_TAKEN = "Not taken from a list: "  # how a reason begins that a person may want to look into
_SHORT = 3  # letters up to which initials are too many bodies' to mean one


@dataclass(frozen=True, slots=True)
class Register:
    """Known actors by the words of their names, so that a few reports need to look at few of them."""

    actors: tuple[Listed, ...] = ()
    _by_word: Mapping[str, tuple[tuple[str, int], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __bool__(self) -> bool:
        return bool(self.actors)

    def named_in(self, texts: Iterable[str]) -> tuple[Listed, ...]:
        """Those of whom some name has all its words in one of the texts: nobody else can matter to a cast made of them."""
        if not self.actors:
            return ()
        found: set[int] = set()
        for text in texts:
            there = _words(text)
            found.update(
                n
                for w in there & self._by_word.keys()
                for name, n in self._by_word[w]
                if there.issuperset(name.split())
            )
        return tuple(self.actors[n] for n in sorted(found))


NO_LISTS = Register()


def register(listed: Iterable[Listed]) -> Register:
    """The lists made ready to be looked into; neither the order of entries nor that of lists matters."""
    actors = tuple(sorted(set(listed), key=_order))
    by_word: dict[str, list[tuple[str, int]]] = {}
    for n, one in enumerate(actors):
        for name in _keys(one.names) | _keys(one.weak):
            by_word.setdefault(max(name.split(), key=lambda w: (len(w), w)), []).append((name, n))
    return Register(actors, {w: tuple(rows) for w, rows in by_word.items()})


def _order(one: Listed) -> tuple[object, ...]:
    return one.source, one.id, one.schema, one.name, one.names, one.weak, one.positions, one.countries, one.wikidata or ""  # fmt: skip


def _words(text: str) -> set[str]:
    """The words of a text as they stand in folded names, with and without full stops and what an apostrophe adds."""
    plain = text.replace("_", " ")
    found = {normal(w) for w in {*surfaces(plain), *surfaces(plain.replace(".", ""))}}
    return found | {w.removesuffix("'s").removesuffix("'") for w in found}


def _keys(names: Iterable[str]) -> set[str]:
    """Names as they are compared; "Roe, Jane" is Jane Roe too."""
    found = set()
    for name in names:
        found.add(key(name))
        family, comma, rest = name.partition(",")
        if comma and rest.strip():
            found.add(key(f"{rest} {family}"))
    return {k for k in found if k.strip()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One known actor: all entries of all lists that say of themselves that they are the same."""

    listed: tuple[Listed, ...]
    kinds: frozenset[MentionKind]
    strong: frozenset[str]
    weak: frozenset[str]
    positions: tuple[str, ...]
    countries: tuple[str, ...]

    @property
    def told(self) -> str:
        """As which it is listed, for a reader."""
        return "; ".join(f"listed as {x.name!r} (id {x.id}) in {x.source}" for x in self.listed)

    @property
    def known(self) -> tuple[Known, ...]:
        """Its ids, an item of Wikidata among them where a list names one."""
        found = [Known(i, x.name, x.source) for x in self.listed for i in dict.fromkeys((x.id, x.wikidata or x.id))]  # fmt: skip
        return tuple(sorted(set(found), key=by_source))


def by_source(one: Known) -> tuple[str, str, str]:
    """The order in which ids are shown."""
    return one.source, one.id, one.name


def entries(listed: Sequence[Listed]) -> list[Entry]:
    """Known actors, each once: of one item of Wikidata, or of one id and with a name in common."""
    rows = sorted(set(listed), key=_order)
    home = list(range(len(rows)))

    def root(i: int) -> int:
        while home[i] != i:
            i = home[i]
        return i

    first: dict[tuple[str, ...], int] = {}
    for n, one in enumerate(rows):
        marks = [("item", one.wikidata)] if one.wikidata else []
        marks += [("id", f"{one.id} {k}") for k in sorted(_keys(one.names))]
        for mark in marks:
            a, b = sorted((root(n), root(first.setdefault(mark, n))))
            if _kinds(rows[a]) & _kinds(rows[b]):
                home[b] = a
    groups: dict[int, list[Listed]] = {}
    for n, one in enumerate(rows):
        groups.setdefault(root(n), []).append(one)
    return [_entry(group) for _, group in sorted(groups.items())]


def _kinds(one: Listed) -> frozenset[MentionKind]:
    return frozenset(kinds_of(one.schema))


def _entry(group: Sequence[Listed]) -> Entry:
    strong = frozenset(k for x in group for k in _keys(x.names))
    return Entry(
        tuple(group),
        frozenset.intersection(*map(_kinds, group)),
        strong,
        frozenset(k for x in group for k in _keys(x.weak)) - strong,
        tuple(sorted({p for x in group for p in x.positions})),
        tuple(sorted({c for x in group for c in x.countries})),
    )


class Lists:
    """The entries that may matter to one cast, and which of them a group of nodes can be."""

    def __init__(self, units: Sequence[Node], listed: Sequence[Listed]) -> None:
        self.units = units
        self.entries = entries(listed)
        self._by_key: dict[str, list[int]] = {}
        for n, e in enumerate(self.entries):
            for k in sorted(e.strong | e.weak):
                self._by_key.setdefault(k, []).append(n)

    def fitting(self, group: Sequence[int]) -> tuple[dict[int, str], list[str]]:
        """The entries that the group's names give, each with the name that does, and what is to be known of those not taken."""
        members = [self.units[n] for n in group]
        kind = members[0].kind
        found: dict[int, str] = {}
        notes: list[str] = []
        if kind == "place":
            return found, notes
        for k, form in sorted(_borne(members).items()):
            able = [n for n in self._by_key.get(k, ()) if kind in self.entries[n].kinds]
            if not able or not is_name(k):
                continue
            if len(able) > 1:
                notes.append(f"{NOT_TAKEN}{form!r} is the name of {len(able)} known actors ({self.sources(able)})")  # fmt: skip
            elif (against := self._against(able[0], k, form, members)) is None:
                found.setdefault(able[0], form)
            else:
                notes.append(against)
        return found, notes

    def sources(self, able: Iterable[int]) -> str:
        """The files that list any of these entries."""
        return ", ".join(sorted({x.source for n in able for x in self.entries[n].listed}))

    def _against(self, n: int, k: str, form: str, members: Sequence[Node]) -> str | None:
        """Why the only entry with that name is not taken; None where it is."""
        entry, kind = self.entries[n], members[0].kind
        if shared_office(members, entry.positions):
            return None
        telling = k in entry.strong and tells(k, kind) and not _too_short(form)
        of_many = kind == "person" and len(k.split()) == 1  # a country has thousands of one surname
        if not telling and (of_many or not country_told(members, entry.countries)):
            return f"{form!r} alone does not tell a known actor ({self.sources([n])}), and nothing beside it does"  # fmt: skip
        other = disagree(members, entry.positions) if kind == "person" else None
        if other:
            return f"{NOT_TAKEN}{form!r} in {self.sources([n])} may be somebody else: {other}"
        return None


def _borne(members: Sequence[Node]) -> dict[str, str]:
    """The names that nodes bear, folded, each with one way in which they are written; what is written small is no name."""
    found: dict[str, str] = {}
    for unit in members:
        for form in sorted({unit.name, *(f for f, _ in unit.forms)}):
            if capitals(form) >= (2 if unit.kind == "person" and len(parts(form)) > 1 else 1):
                found.setdefault(key(form), form)
    return found


def _too_short(form: str) -> bool:
    return is_acronym(form) and len(form.replace(".", "")) <= _SHORT


def joined(lists: Lists, groups: list[list[int]]) -> tuple[list[list[int]], list[Merge]]:
    """The groups with those brought together that one entry names, unless anything keeps them apart; then they stay undecided."""
    by_entry: dict[int, list[int]] = {}
    for g, group in enumerate(groups):
        fit, _ = lists.fitting(group)
        if len(fit) == 1:
            by_entry.setdefault(next(iter(fit)), []).append(g)
    gone: set[int] = set()
    made: list[list[int]] = []
    undecided: list[Merge] = []
    for _, held in sorted(by_entry.items()):
        pairs = [
            (a, b, apart([lists.units[n] for n in groups[a]], [lists.units[n] for n in groups[b]]))
            for a, b in combinations(held, 2)
        ]
        if any(why for _, _, why in pairs):
            undecided += [Merge(groups[a][0], groups[b][0], False, why or "") for a, b, why in pairs]
        elif len(held) > 1:
            gone.update(held)
            made.append(sorted(n for g in held for n in groups[g]))
    if not made:
        return groups, undecided
    return sorted([g for i, g in enumerate(groups) if i not in gone] + made), undecided


def recognised(
    lists: Lists, groups: Sequence[Sequence[int]], before: Sequence[Sequence[int]]
) -> tuple[dict[int, tuple[Known, ...]], list[Merge]]:
    """The ids of groups as people left them, by their first node, and the reason for each that the lists have something to say of.

    `before` are the groups as they were before people's decisions: several entries are one actor only by such a decision, and one entry
    is never two.
    """
    fits = [lists.fitting(group) for group in groups]
    times = Counter(n for fit, _ in fits for n in fit)
    known: dict[int, tuple[Known, ...]] = {}
    said: list[Merge] = []
    for group, (fit, notes) in zip(groups, fits, strict=True):
        several = len(fit) > 1 and _by_names(lists, group, before)
        taken = [] if several else sorted(n for n in fit if times[n] == 1)
        if taken:
            known[group[0]] = tuple(sorted({k for n in taken for k in lists.entries[n].known}, key=by_source))
            notes = [f"{fit[n]!r} is {lists.entries[n].told}" for n in taken]
        elif fit:
            why = "its names are those of several known actors" if several else "more than one actor here can be meant"  # fmt: skip
            forms = ", ".join(repr(f) for f in sorted(set(fit.values())))
            notes = [f"{NOT_TAKEN}{forms} in {lists.sources(fit)}: {why}", *notes]
        said += [Merge(group[0], group[0], True, note) for note in dict.fromkeys(notes)]
    return known, said


def _by_names(lists: Lists, group: Sequence[int], before: Sequence[Sequence[int]]) -> bool:
    """Whether names alone, and no person's decision, give a group several entries."""
    pieces = (sorted(set(group) & set(g)) for g in before)
    return any(len(lists.fitting(p)[0]) > 1 for p in pieces if p)
