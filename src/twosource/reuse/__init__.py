"""Who copied whom: which reports share text, where, what they are to each other, and which is the older."""

from twosource.reuse.compare import compare
from twosource.reuse.index import Index

__all__ = ["Index", "compare"]
