"""What came of a language model's proposals, in one plain line."""

from __future__ import annotations

from twosource.brief.wording import listed, one_line
from twosource.model import Brief


def proposals_line(brief: Brief) -> str:
    """How many were accepted and refused, and whose they are; nothing where no model proposed."""
    found = [p for a in brief.accounts for p in a.proposals]
    if not found:
        return ""
    models = listed([one_line(m) for m in dict.fromkeys(p.model for p in found)])
    accepted = sum(p.accepted for p in found)
    return f"Proposed by {models}, checked against the passages: {accepted} accepted, {len(found) - accepted} refused."
