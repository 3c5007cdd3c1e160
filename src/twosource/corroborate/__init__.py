"""What stands behind each claim, where reports differ, what stays open, and when and where it happened."""

from twosource.corroborate.central import central_claim, told_aside
from twosource.corroborate.dating import dated_once
from twosource.corroborate.disagreements import differ
from twosource.corroborate.facts import establish
from twosource.corroborate.news import News, comes_after, kinds_of, news, tells_aftermath
from twosource.corroborate.origins import back, owned
from twosource.corroborate.ownership import NOBODYS, Ownership, of_owners
from twosource.corroborate.questions import question
from twosource.corroborate.reuse import refine
from twosource.corroborate.timeline import timeline

__all__ = [
    "NOBODYS",
    "News",
    "Ownership",
    "back",
    "central_claim",
    "comes_after",
    "dated_once",
    "differ",
    "establish",
    "kinds_of",
    "news",
    "of_owners",
    "owned",
    "question",
    "refine",
    "tells_aftermath",
    "timeline",
    "told_aside",
]
