"""Statements of different reports that say the same, in other words, brought together into claims."""

from twosource.claims.alike import closeness
from twosource.claims.gathering import gather
from twosource.claims.hollow import is_hollow
from twosource.claims.points import Point, points

__all__ = ["Point", "closeness", "gather", "is_hollow", "points"]
