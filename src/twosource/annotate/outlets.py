"""News outlets told by the shape of their names, whatever kind the entity recogniser gave them."""

from __future__ import annotations

import re

# Last words of newspapers' names that are hardly anybody's surname, and those that are somebody's too.
_PAPERS = frozenset(
    "times news tribune herald gazette chronicle union-tribune sun-times post-gazette post-dispatch star-tribune "
    "journal-constitution examiner inquirer newswire".split()
)
_PAPERS_OR_PEOPLE = frozenset(
    "post press journal report reporter star sun globe mail express mirror courier observer".split()
)
# Outlets whose names have the shape of no outlet's and are nobody's surname.
_KNOWN = frozenset(
    "politico axios buzzfeed breitbart gawker mashable snopes snopes.com reuters bloomberg xinhua tass interfax kyodo tmz".split()
)
_NETWORKS = frozenset("abc bbc cbc cbs cnbc cnn fox msnbc nbc npr pbs itv".split())
# The call letters of American stations; the bodies whose initials look like them are left out.
_CALL = re.compile(r"[KW][A-Z]{3}(?:-?(?:TV|AM|FM|DT))?|[KW][A-Z]{2}-(?:TV|AM|FM|DT)")
_SHORT_CALL = re.compile(r"[KW][A-Z]{2}")
_NO_STATIONS = frozenset("KPMG WADA WNBA WIPO WWII WMDS".split())
_CHANNEL = re.compile(r"\d{1,2}")


def is_station(name: str) -> bool:
    """Whether a name is a broadcaster's by its pattern: "WKRO", "KOB 4", "ABC13", "Channel 5"."""
    row = name.strip(" .,'\"“”").split()
    if not row:
        return False
    first = row[0]
    if first not in _NO_STATIONS and _CALL.fullmatch(first):
        return True
    channel = len(row) > 1 and _CHANNEL.fullmatch(row[1]) is not None
    glued = re.fullmatch(r"([A-Za-z]{3})(\d{1,2})", first)
    if glued is not None and glued.group(1).isupper():
        return glued.group(1).lower() in _NETWORKS
    return channel and (first.lower() in _NETWORKS | {"channel"} or _SHORT_CALL.fullmatch(first) is not None)


def ends_outlet(word: str) -> bool:
    """Whether a word (in small letters) is the last of some newspaper's name."""
    return word in _PAPERS | _PAPERS_OR_PEOPLE


def is_outlet_name(name: str, *, after_the: bool) -> bool:
    """Whether what was taken for a person is an outlet; "the" before it, or a third word, tells "the Post" from a Mr. Post."""
    row = name.strip(" .,'\"“”").lower().split()
    if not row:
        return False
    if is_station(name) or (len(row) > 1 and row[0] in _NETWORKS and name[:3].isupper()):
        return True
    if row[0] in _KNOWN or (len(row) > 2 and row[0] in {"daily", "weekly"}):
        return len(row) == 1 or row[0] in {"daily", "weekly"}
    if len(row) < 2:
        return False
    return row[-1] in _PAPERS or (row[-1] in _PAPERS_OR_PEOPLE and (after_the or len(row) > 2))


def stands_for(short: str, outlet: str) -> bool:
    """Whether capitals are an outlet's initials: "THR" for The Hollywood Reporter."""
    row = re.findall(r"[^\W\d_]+", outlet)
    initials = {"".join(w[0] for w in r).upper() for r in (row, [w for w in row if w.lower() != "the"])}
    return short.isupper() and len(short) > 1 and len(row) > 1 and short in initials
