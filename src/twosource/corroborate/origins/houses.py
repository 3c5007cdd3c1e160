"""The outlets of an incident by their owners: who gathers for one owner is one collector, and never two origins by that alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from twosource.corroborate.ownership import NOBODYS, House, Ownership
from twosource.model import Article, Holding, Owned


@dataclass(frozen=True, slots=True)
class Houses:
    """Whose the outlets are, as far as lists say so."""

    reports: Mapping[str, House] = field(default_factory=dict)  # of the outlet that published a report
    outlets: Mapping[str, House] = field(default_factory=dict)  # by the names that reports have them under
    owners: Ownership = NOBODYS

    def of(self, name: str) -> House | None:
        """Whose the outlet of that name is; an outlet that two have under one name is known by its reports alone."""
        return self.outlets.get(name) or self.owners.of_name(name)

    def collectors(self, names: Iterable[str]) -> tuple[str, ...]:
        """Who gathered it, the outlets of one owner as one, under the owner's name where there are several."""
        alone: list[str] = []
        by_owner: dict[tuple[str, ...], list[tuple[str, House]]] = {}
        for name in sorted(set(names)):
            house = self.of(name)
            if house is None:
                alone.append(name)
            else:
                by_owner.setdefault(house.key, []).append((name, house))
        kept = [held[0][0] if len(held) == 1 else held[0][1].owner for held in by_owner.values()]
        return tuple(sorted({*alone, *kept}))

    def shared(self, names: Iterable[str]) -> list[tuple[list[str], list[House]]]:
        """The names that have an owner in common, with what says so."""
        found: dict[tuple[str, ...], tuple[list[str], list[House]]] = {}
        for name in sorted(set(names)):
            if house := self.of(name):
                held, known = found.setdefault(house.key, ([], []))
                held.append(name)
                known.append(house)
        return [pair for pair in found.values() if len(pair[0]) > 1]

    def holdings(self, reports: Iterable[tuple[str, str | None]]) -> tuple[Holding, ...]:
        """The owners of the outlets of these reports, given with them, as far as they are known."""
        found: dict[tuple[str, ...], tuple[str, set[str]]] = {}
        for report, outlet in reports:
            house = self.reports.get(report)
            if house is not None and outlet:
                found.setdefault(house.key, (house.owner, set()))[1].add(outlet)
        return tuple(sorted((Holding(o, tuple(sorted(n))) for o, n in found.values()), key=lambda h: h.owner))


NO_HOUSES = Houses()


def houses(articles: Sequence[Article], owners: Ownership) -> Houses:
    """The outlets of these reports by their owners."""
    if not owners:
        return NO_HOUSES
    reports = {a.id: house for a in articles if (house := owners.of_article(a)) is not None}
    of: dict[str, dict[tuple[str, ...], House]] = {}
    for a in sorted(articles, key=lambda a: a.id):
        if a.outlet and a.id in reports:
            of.setdefault(a.outlet, {}).setdefault(reports[a.id].key, reports[a.id])
    outlets = {name: house for name, held in of.items() if len(held) == 1 for house in held.values()}
    return Houses(reports, outlets, owners)


def owned(articles: Sequence[Article], owners: Ownership) -> tuple[Owned, ...]:
    """The reports whose outlet's owner is known, in the order given."""
    found = ((a.id, owners.of_article(a)) for a in articles) if owners else ()
    return tuple(Owned(report, house.owner, house.why) for report, house in found if house is not None)
