"""Which reports are about one thing that happened, from a light pass over names, numbers, days and telling words."""

from twosource.incidents.group import group
from twosource.incidents.index import Index, Placement

__all__ = ["Index", "Placement", "group"]
