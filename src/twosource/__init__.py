"""twosource: many reports of one incident in; who said what, on how many independent origins it rests, and where reports differ, out."""

__version__ = "0.1.0"
