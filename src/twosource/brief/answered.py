"""What answers an accusation, for wherever its words are shown: none stands alone on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twosource.brief.blame import blames_in_words
from twosource.brief.evidence import Desk
from twosource.brief.view import ClaimView, answer_words
from twosource.model import Evidence

_ANSWERS = re.compile(r"\b(?:respon(?:se|d)|den(?:y|ie[sd])|reject|disput|plead)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answered:
    """The passages of each report in which something is claimed that is denied, answered, or accuses somebody in vain."""

    passages: dict[str, list[tuple[Evidence, tuple[str, ...]]]]

    def beside(self, evidence: Iterable[Evidence]) -> str:
        """What has to stand beside these passages; nothing where they claim nothing of the kind."""
        found: dict[str, None] = {}
        for e in evidence:
            for passage, words in self.passages.get(e.report, ()):
                if passage.span.overlaps(e.span):
                    found.update(dict.fromkeys(words))
        return "; ".join(found)

    def missing(self, text: str, evidence: Iterable[Evidence]) -> str:
        """What has to stand beside a sentence that lays blame and does not itself say what answers it."""
        return self.beside(evidence) if blames_in_words(text) and not _ANSWERS.search(text) else ""


def answered(desk: Desk, claims: Sequence[ClaimView]) -> Answered:
    """The answers to each claim, by the passages that make it."""
    found: dict[str, list[tuple[Evidence, tuple[str, ...]]]] = {}
    shown = {c.id: answer_words(c.denials, c.responses, c.unanswered) for c in claims}
    for claim in desk.account.claims:
        words = shown.get(claim.id)
        if words:
            denying = {d.statement for d in desk.backings[claim.id].denials}
            for s in desk.of_claim(claim):
                if s.id not in denying:
                    for e in desk.passages(s):
                        found.setdefault(e.report, []).append((e, words))
    return Answered(found)
