"""Groups of nodes made into actors, with all that the reports say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from twosource.annotate.mentions.chain import is_acronym, parts
from twosource.annotate.mentions.lexicon import bare, body_forms
from twosource.model import Actor, Alias, Known, MentionKind, Span
from twosource.resolve.merge import Merge
from twosource.resolve.nodes import Node, key
from twosource.text import make_id


def actors(
    units: Sequence[Node],
    groups: Sequence[Sequence[int]],
    decisions: Sequence[Merge],
    known: Mapping[int, tuple[Known, ...]],
) -> list[Actor]:
    """One actor a group; those with most mentions first. Affiliations are filled in by `stand`; `known` goes by first nodes."""
    ids = _ids(units, groups)
    why: dict[str, list[str]] = {}
    maybe: dict[str, set[str]] = {}
    for d in decisions:
        if d.sure:
            why.setdefault(ids[d.a], []).append(d.why)
        else:
            maybe.setdefault(ids[d.a], set()).add(ids[d.b])
            maybe.setdefault(ids[d.b], set()).add(ids[d.a])
    out = []
    for group in groups:
        members = [units[n] for n in group]
        mine = ids[group[0]]
        forms: Counter[str] = Counter()
        for m in members:
            forms.update(dict(m.forms))
        name = _best(members, forms)
        out.append(
            Actor(
                id=mine,
                name=name,
                kind=_kind(members),
                aliases=tuple(Alias(f, c) for f, c in sorted(forms.items(), key=lambda f: (-f[1], f[0]))),
                titles=tuple(dict.fromkeys(t for m in members for t in m.titles)),
                roles=tuple(dict.fromkeys(r for m in members for r in m.roles)),
                mentions=tuple(sorted(e for m in members for e in m.evidence)),
                maybe=tuple(sorted(maybe.get(mine, set()) - {mine})),
                why=tuple(dict.fromkeys(why.get(mine, ()))),
                known=known.get(group[0], ()),
            )
        )
    return sorted(out, key=lambda a: (-len(a.mentions), a.name, a.id))


def _ids(units: Sequence[Node], groups: Sequence[Sequence[int]]) -> dict[int, str]:
    """The id of each unit's actor: from where its mentions begin, and where they end if another's begin there too.

    "Alby County" and "the Alby County coroner" may begin in the same places.
    """
    begin = [_id([units[m] for m in group], lambda s: f"{s.start}") for group in groups]
    shared = Counter(begin)
    named = [
        a if shared[a] == 1 else _id([units[m] for m in group], lambda s: f"{s.start}-{s.end}")
        for a, group in zip(begin, groups, strict=True)
    ]
    return {n: name for name, group in zip(named, groups, strict=True) for n in group}


def _id(members: Sequence[Node], where: Callable[[Span], str]) -> str:
    return make_id("a", members[0].kind, *sorted({f"{m.report} {where(m.spans[0])}" for m in members}))


def _kind(members: Sequence[Node]) -> MentionKind:
    votes = Counter(m.kind for m in members)
    return max(sorted(votes), key=lambda k: votes[k])


def _best(members: Sequence[Node], forms: Counter[str]) -> str:
    """The name to show: the known full form, else the fullest that most reports use."""
    for form in sorted(forms):
        if (
            members[0].kind == "organisation"
            and bare(form) in body_forms()
            and body_forms()[bare(form)] in forms
        ):
            return body_forms()[bare(form)]
    counts = Counter(m.name for m in members)
    used: Counter[str] = Counter()
    for name, count in counts.items():
        used[key(name)] += count
    return max(
        sorted(counts),
        key=lambda n: (
            not is_acronym(n),
            min(len(parts(n)), 2),
            n.istitle() or not n[-1:].isalpha(),
            used[key(n)],
            forms[n],
            -len(n),
        ),
    )
