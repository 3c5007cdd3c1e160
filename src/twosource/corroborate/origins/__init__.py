"""Origins of claims and how many of them are independent of one another."""

from twosource.corroborate.origins.backing import back
from twosource.corroborate.origins.houses import owned

__all__ = ["back", "owned"]
