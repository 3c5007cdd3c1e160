"""Statements of different reports that say the same, in other words, brought together into claims."""

from twosource.claims.gather import gather
from twosource.claims.points import Cast, Point, points

__all__ = ["Cast", "Point", "gather", "points"]
