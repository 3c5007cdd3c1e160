"""Which reports are about one thing that happened, from a light pass over names, numbers, days and telling words."""

from twosource.incidents.group import Member, group, grouped, member
from twosource.incidents.index import Index, Placement
from twosource.incidents.light import Light, held, light, written
from twosource.incidents.sketch import sketch_of

__all__ = [
    "Index",
    "Light",
    "Member",
    "Placement",
    "group",
    "grouped",
    "held",
    "light",
    "member",
    "sketch_of",
    "written",
]
