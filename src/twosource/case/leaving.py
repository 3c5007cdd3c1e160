"""The accounts of a case as they may leave it, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twosource.case.withholding import confidential, released
from twosource.errors import UsageError
from twosource.model import Account
from twosource.pipeline import Progress, silent
from twosource.settings import Settings
from twosource.store import Store, derived, evidence


@dataclass(slots=True)
class LeftOut:
    """What did not leave: counted while the accounts are read."""

    reports: int = 0
    incidents: int = 0


def leaving(
    store: Store,
    settings: Settings,
    left_out: LeftOut,
    names: Iterable[str] = (),
    progress: Progress = silent,
) -> Iterator[Account]:
    """The accounts of these incidents, or of all, the largest first: made as if no confidential report were there, and redacted.

    One at a time, so that a case of any size fits into memory. Raises UsageError for a name that no incident has.
    """
    with store.reads() as c:
        every = [i.id for i in derived.listed(c)]
        wanted = list(dict.fromkeys(derived.current(c, n) for n in names)) or every
        for n in wanted:
            if n not in every:
                raise UsageError(f"there is no incident {n!r} in the case: `case incidents` names them")
    for done, name in enumerate(wanted, 1):
        with store.reads() as c:
            members = set(evidence.ids_of(c, derived.numbers_in(c, [name]).get(name, ())))
            hidden = members & confidential(c)
        left_out.reports += len(hidden)
        if hidden == members:
            left_out.incidents += 1
        elif (found := released(store, name, settings)) is not None:
            yield found.account
        progress("exporting", done, len(wanted))
