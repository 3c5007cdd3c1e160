"""What lists say of an incident beside its name, worked out of its account once: its title, and what answers each claim."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from twosource.brief.wording import STATUS, TARGET, one_line
from twosource.case.curtain import Curtain
from twosource.store import derived, listing

KEPT = 200  # incidents


@dataclass(frozen=True, slots=True)
class Gist:
    """An incident's title; for each claim and each of its statements, how it is backed and what answers it."""

    title: str
    answers: dict[str, tuple[str, ...]]


class Gists:
    """Keeps the gists of incidents as long as neither an account nor what is withheld changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[str, Gist]] = OrderedDict()

    def of(self, c: Connection, names: Sequence[str], curtain: Curtain) -> dict[str, Gist]:
        """The gists of those of these incidents that have an account."""
        state = {name: f"{key} {curtain.key}" for name, key in derived.keys_of(c, names).items()}
        with self._lock:
            held = {n: self._held[n] for n in state if n in self._held}
        found = {n: gist for n, (made_in, gist) in held.items() if made_in == state[n]}
        for name, account in listing.accounts(c, [n for n in sorted(state) if n not in found]).items():
            found[name] = _gist(account, curtain)
        with self._lock:
            for name in sorted(found):
                self._held[name] = (state[name], found[name])
                self._held.move_to_end(name)
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return found


def _gist(account: Any, curtain: Curtain) -> Gist:
    answers: dict[str, tuple[str, ...]] = {}
    who = {s: curtain.text(name) for s, name in deniers(account, account["claims"]).items()}
    for claim in account["claims"]:
        said = (STATUS.get(claim["status"], claim["status"]), *answers_to(claim, who))
        answers.update(dict.fromkeys((claim["id"], *claim["statements"]), said))
    return Gist(one_line(curtain.text(account["title"])), answers)


def deniers(account: Any, claims: Sequence[Any]) -> dict[str, str | None]:
    """Who made each statement that denies one of these claims of the account."""
    wanted = {d["statement"] for claim in claims for d in claim["denials"]}
    return {s["id"]: s["who"] for s in account["statements"] if s["id"] in wanted} if wanted else {}


def answers_to(claim: Any, who: Mapping[str, str | None]) -> tuple[str, ...]:
    """Who denies a claim, or that nobody is found to: no list shows an accusation alone."""
    said = [
        f"{TARGET[d['target']]} {one_line(who.get(d['statement'])) or 'a source not named'}"
        for d in claim["denials"]
    ]
    return tuple(dict.fromkeys(said))[:3] or ("no denial found in these reports",)
