"""Origins of claims and how many of them are independent of one another."""

from twosource.corroborate.origins.backing import back

__all__ = ["back"]
