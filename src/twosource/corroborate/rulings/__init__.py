"""People's decisions about copies, differences, grades and verdicts, and what each decision does to an account."""

from twosource.corroborate.rulings.copies import copies_as_ruled, without_rejected
from twosource.corroborate.rulings.differences import differences_as_ruled
from twosource.corroborate.rulings.effects import effects
from twosource.corroborate.rulings.judging import graded, with_verdicts

__all__ = [
    "copies_as_ruled",
    "differences_as_ruled",
    "effects",
    "graded",
    "with_verdicts",
    "without_rejected",
]
