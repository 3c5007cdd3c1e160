"""Which statement of a claim a line shows, and whether its words can be understood by themselves."""

from __future__ import annotations

import re

from twosource.brief.evidence import Desk
from twosource.brief.overtaken import figures
from twosource.brief.passing import of_something_else, only_in_passing, telling
from twosource.model import Claim, Statement

# A pronoun that stands for somebody named in another sentence, or for a speaker: what was seen, done or decided comes before
# what somebody felt. "It" often stands for nothing ("it is clear that").
_LEANING = re.compile(
    r"\W*(?:that )?(?:(?:and|but|so) )?(?:(?:on|in|at|by|after|before|during|since)\b[^,]{1,40}, )?(?:he|she|they|this|these|those|his|her|their|i|i['’]m|we|you|my|our"
    r"|its|it(?! (?:is|was|seems|seemed|appears|appeared|took|takes|would be|will be)\b))\b"
    r"|\W*(?:that )?that (?:was|is|were|has|had|would|will|could|did)\b|.*\bof (?:them|these|those)\b",
    re.IGNORECASE,
)


def best_first(desk: Desk, claim: Claim) -> list[Statement]:
    """A claim's statements, the one to show first: it stands by itself, is sourced, as unsure as the weakest, whole, early.

    Where a statement says the claim only in passing ("the man accused of killing three has a lawyer"), its doubt is of
    something else.
    """
    kept = desk.kept.get(f"best of {claim.id}")
    if isinstance(kept, list):
        return kept
    backing = desk.backings.get(claim.id)
    against = {d.statement for d in backing.denials} if backing else set()
    found = [
        s
        for s in desk.of_claim(claim)
        if s.stance not in ("denies", "asks") and s.id not in against and not s.declined and s.content
    ]
    weakest = backing.certainty if backing else "asserted"
    about = telling(claim.said)
    aside = {
        s.id for s in found if only_in_passing(desk, s, about) or of_something_else(desk, s, found, about)
    }
    old, _ = figures(desk)

    told = desk.news.told(claim.said)

    def rank(s: Statement) -> tuple[bool, bool, bool, bool, bool, bool, bool, int, int, tuple[int, int]]:
        content = desk.content(s)
        words = len(content.split())
        return (
            s.id in aside or is_heading(s, content),
            old.in_statement(desk, s),
            leans(content),
            2 * desk.news.told(content) < told,
            s.mode == "narration" or s.register != "report",
            s.kind in (None, "anonymous", "media"),
            s.certainty != weakest,
            0 if 6 <= words <= 40 else 1 if words < 60 else 2,
            desk.numbers.get(s.report, 0),
            min((c.start, c.end) for c in s.content),
        )

    desk.kept[f"best of {claim.id}"] = best = sorted(found, key=rank)
    return best


def is_heading(statement: Statement, content: str) -> bool:
    """Whether the words are a headline rather than a sentence: the report's own, with no stop at their end."""
    return statement.mode == "narration" and not re.search(r"[.!?…][\"”’')]*$", content.strip())


def leans(content: str) -> bool:
    """Whether the words need the sentence before them to be understood."""
    return bool(_LEANING.match(content))
