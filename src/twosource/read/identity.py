"""What a report is called: the id it came with, or one made from its content."""

from __future__ import annotations

from dataclasses import dataclass, replace

from twosource.model import Refusal, Report
from twosource.text import digest, make_id


def made_id(report: Report) -> str:
    """The id of a report that came without one: of all that tells it from others."""
    return make_id(
        "r",
        report.text,
        report.title or "",
        report.outlet or "",
        report.published or "",
        report.url or "",
    )


@dataclass(frozen=True, slots=True)
class Claimant:
    """What decides the id of a report: the one it came with, one made from its content, a digest of its text, where it is from."""

    given: str
    made: str
    text: bytes
    where: str

    @classmethod
    def of(cls, report: Report) -> Claimant:
        """Of that report."""
        text = bytes.fromhex(digest(report.text))[:16]
        return cls(report.id, "" if report.id else made_id(report), text, report.original or "a report")


class Register:
    """Every id given so far, so that no two reports share one.

    Equal contents without ids are numbered in the order in which they are met; `read` meets inputs in sorted order,
    so neither the order on the command line nor, for equal contents, the file names decide who is first.
    """

    def __init__(self) -> None:
        self._texts: dict[str, bytes] = {}

    def admit(self, report: Report) -> Report | Refusal:
        """The report under its id, or a refusal when the id already belongs to another."""
        name = self.named(Claimant.of(report))
        return name if isinstance(name, Refusal) else replace(report, id=name)

    def named(self, claimant: Claimant) -> str | Refusal:
        """The id that a report gets, or a refusal when the id already belongs to another."""
        text, given = claimant.text, claimant.given
        if given:
            known = self._texts.get(given)
            if known is not None:
                how = "the same text" if known == text else "another text"
                return Refusal(
                    claimant.where,
                    f"the id {given[:80]!r} was already used by a report with {how}: give each report its own id",
                )
            self._texts[given] = text
            return given
        made = claimant.made
        free, number = made, 1
        while free in self._texts:
            number += 1
            free = f"{made}-{number}"
        self._texts[free] = text
        return free
