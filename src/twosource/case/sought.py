"""What search looks into beside whole reports: the statements, claims and actors of an account."""

from __future__ import annotations

from twosource.model import Account
from twosource.store.derived import Sought


def sought(account: Account) -> tuple[Sought, ...]:
    """A line for each, with what it can be filtered by."""
    texts = {a.id: a.text for a in account.articles}
    lines = [
        Sought(
            "statement",
            s.id,
            " … ".join(c.of(texts[s.report]) for c in s.content),
            report=s.report,
            who=s.who,
            stance=s.stance,
        )
        for s in account.statements
    ]
    lines += [
        Sought("claim", c.id, c.text, status=b.status, origins=b.independent_origins)
        for c, b in zip(account.claims, account.backings, strict=True)
    ]
    lines += [
        Sought(
            "actor",
            a.id,
            "\n".join(dict.fromkeys([a.name, *(x.name for x in a.aliases), *(k.name for k in a.known)])),
        )
        for a in account.actors
    ]
    return tuple(lines)
