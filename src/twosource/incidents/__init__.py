"""Which reports are about one thing that happened, from a light pass over names, numbers, days and telling words."""

from twosource.incidents.group import group

__all__ = ["group"]
