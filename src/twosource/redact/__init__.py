"""What no output may show, taken out of finished accounts: the same characters stand there, as blocks."""

from twosource.redact.accounts import redacted, redacted_brief
from twosource.redact.mask import Mask, words_of
from twosource.redact.policy import NOTHING, Policy, pattern_of, policy_from
from twosource.redact.suggesting import Suggestion, suggest

__all__ = [
    "NOTHING",
    "Mask",
    "Policy",
    "Suggestion",
    "pattern_of",
    "policy_from",
    "redacted",
    "redacted_brief",
    "suggest",
    "words_of",
]
