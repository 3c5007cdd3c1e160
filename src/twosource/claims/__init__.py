"""Statements of different reports that say the same, in other words, brought together into claims."""

from twosource.claims.alike import closeness
from twosource.claims.gathering import gather
from twosource.claims.hollow import is_hollow
from twosource.claims.points import Point, points
from twosource.claims.rewording import reworded
from twosource.claims.ruling import statements_of
from twosource.claims.vectors import warm

__all__ = ["Point", "closeness", "gather", "is_hollow", "points", "reworded", "statements_of", "warm"]
