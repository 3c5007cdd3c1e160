"""A finished account without what is withheld: every text of every record, ids that are made of names too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, cast

from twosource.model import Account, Actor, Brief
from twosource.redact.mask import Mask, words_of
from twosource.redact.policy import Policy
from twosource.text import digest, make_id

T = TypeVar("T")

# Fields that hold no words of a report, by record. All others are covered, also those that nobody has thought of yet.
KEPT: Mapping[str, frozenset[str]] = {
    record: frozenset(names.split())
    for record, names in {
        "Report": "published modified language sha256 media_type retrieved",
        "Furniture": "kind",
        "Credit": "role",
        "Change": "kind",
        "Reuse": "relation",
        "Token": "pos tag dep",
        "Mention": "kind form",
        "When": "type value edtf",
        "Place": "feature relation",
        "Quantity": "unit role",
        "Statement": "id kind stance certainty mode register within basis",
        "Annotation": "language",
        "Actor": "id kind affiliations maybe",
        "Relation": "a role b statements",
        "Claim": "id event statements",
        "Origin": "kind basis statements",
        "Denial": "statement target",
        "Grade": "source",
        "Backing": "claim certainty status",
        "Disagreement": "id kind nature",
        "Hypothesis": "supports against neutral",
        "Moment": "when",
        "Facts": "when",
        "Effect": "decision kind about state",
        "Verdict": "decision",
        "Proposal": "id kind claims model",
        "Account": "central",
    }.items()
}
REPORT_IDS: Mapping[str, frozenset[str]] = {
    "Report": frozenset(("id",)),
    "Evidence": frozenset(("report",)),
    "Statement": frozenset(("report",)),
    "Annotation": frozenset(("report",)),
    "Reuse": frozenset(("a", "b", "older")),
    "Origin": frozenset(("reports",)),
    "Backing": frozenset(("reports",)),
    "Effect": frozenset(("things",)),
    "Owned": frozenset(("report",)),
}
ADDRESSES: Mapping[str, frozenset[str]] = {
    "Report": frozenset(("url", "original", "incident")),
    "Token": frozenset(("lemma",)),  # written small
    "Quantity": frozenset(("of",)),
    "Account": frozenset(("id",)),  # made of digests, or a name that the reports came with
}
_NONE: frozenset[str] = frozenset()


def redacted(account: Account, policy: Policy) -> Account:
    """The account with all that the policy withholds covered; the same account where that is nothing."""
    return _Cover(account, mask_for(account, policy)).of(account) if policy else account


def redacted_brief(brief: Brief, policy: Policy) -> Brief:
    """A brief with every account redacted, and the names of what could not be read."""
    if not policy:
        return brief
    masks = [mask_for(a, policy) for a in brief.accounts]
    every = Mask(policy.names, policy.patterns)
    return replace(
        brief,
        accounts=tuple(_Cover(a, m).of(a) for a, m in zip(brief.accounts, masks, strict=True)),
        refused=tuple(
            replace(r, input=every.address(r.input), reason=every.text(r.reason)) for r in brief.refused
        ),
    )


def mask_for(account: Account, policy: Policy) -> Mask:
    """Covers the listed names, and every name of the account's actors who bear one or are mentioned where the policy says."""
    listed = {words_of(n) for n in policy.names} - {()}
    borne = [a for a in account.actors if _is_listed(a, listed, policy)]
    names = {*policy.names, *(n for a in borne for n in _names(a))}
    withheld = {w for n in names for w in words_of(n)}
    last = {w[-1] for n in names if len(w := words_of(n)) > 1} | {w[0] for w in listed if len(w) == 1}
    spared = {
        n
        for a in account.actors
        if a not in borne
        for n in _names(a)
        if len(w := words_of(n)) > 1 and withheld & set(w) and not last & set(w)
    }
    small = any(a.text and a.text == a.text.lower() for a in account.articles)
    return Mask(names, policy.patterns, spared, any_case=small)


def _is_listed(actor: Actor, listed: set[tuple[str, ...]], policy: Policy) -> bool:
    if any(words_of(n) in listed for n in _names(actor)):
        return True
    mine = [e for e in policy.mentions for m in actor.mentions if e.report == m.report and e.span.overlaps(m.span)]  # fmt: skip
    return bool(mine)


def _names(actor: Actor) -> list[str]:
    listed = [k.name for k in actor.known]
    turned = [f"{given} {family}" for family, _, given in (n.partition(",") for n in listed) if given.strip()]
    return [actor.name, *(a.name for a in actor.aliases), *listed, *turned]


class _Cover:
    """Goes through an account record by record."""

    def __init__(self, account: Account, mask: Mask) -> None:
        self.mask = mask
        self.ids = _renamed(account, mask)

    def of(self, record: T) -> T:
        """The record, and all records in it, covered; the record itself where nothing in it is."""
        of: Any = type(record)
        kind = of.__name__
        new: dict[str, Any] = {}
        for name in _texts(of):
            value = getattr(record, name)
            covered = self._value(kind, name, value)
            if covered is not value:
                new[name] = covered
        made = replace(record, **new) if new else record  # type: ignore[type-var]
        return cast(T, _unlisted(record, cast(Actor, made))) if isinstance(record, Actor) else made

    def _value(self, kind: str, name: str, value: Any) -> Any:
        if isinstance(value, str):
            return self._said(kind, name, value)
        if isinstance(value, tuple):
            covered = tuple(self._value(kind, name, v) for v in value)
            return value if all(a is b for a, b in zip(covered, value, strict=True)) else covered
        return self.of(value) if is_dataclass(value) else value

    def _said(self, kind: str, name: str, value: str) -> str:
        if name in KEPT.get(kind, _NONE):
            return value
        if name in REPORT_IDS.get(kind, _NONE):
            return self.ids.get(value, value)
        if name in ADDRESSES.get(kind, _NONE):
            covered = self.mask.address(value)
        else:
            covered = self.mask.text(value)
            for old, new in self.ids.items():
                covered = covered.replace(self.mask.text(old), new) if old in value else covered
        return value if covered == value else covered


def _unlisted(before: Actor, covered: Actor) -> Actor:
    """Somebody of whom any name is covered, without the ids of lists: they say who it is, whatever covers the name."""
    ids = [k.id for k in before.known]
    if not ids or (_names(before) == _names(covered) and ids == [k.id for k in covered.known]):
        return covered
    why = tuple(c for b, c in zip(before.why, covered.why, strict=True) if not any(i in b for i in ids))
    return replace(covered, known=(), why=why)


def _renamed(account: Account, mask: Mask) -> Mapping[str, str]:
    """New ids for reports whose ids show what is withheld, made of what they say."""
    found: dict[str, str] = {}
    taken = {a.id for a in account.articles}
    for article in sorted(account.articles, key=lambda a: a.id):
        if mask.address(article.id) == article.id:
            continue
        new, n = make_id("r", "withheld", digest(article.text), mask.address(article.id)), 1
        while new in taken:
            n += 1
            new = make_id("r", "withheld", digest(article.text), n)
        taken.add(new)
        found[article.id] = new
    return found


@lru_cache(maxsize=256)
def _texts(kind: type) -> tuple[str, ...]:
    """The fields of a record in which words may stand: no numbers, no spans."""
    return tuple(
        f.name
        for f in fields(kind)
        if str(f.type)
        not in (
            "int",
            "float",
            "bool",
            "int | None",
            "float | None",
            "Span",
            "Span | None",
            "tuple[Span, ...]",
        )
    )
