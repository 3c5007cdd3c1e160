"""Paragraphs and sentences by rules, so that nothing needs to be parsed to find them."""

from __future__ import annotations

import re

from twosource.model import Span

# Abbreviations that a full stop follows without ending a sentence: titles, months, units, companies, US states.
# Sources: the Associated Press and Chicago style guides' lists of customary abbreviations.
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof rev hon st sen sens rep reps gov govs gen lt col maj capt cmdr sgt cpl pvt adm brig det supt insp
    pres atty sr jr esq ph.d jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun
    inc corp co ltd llc bros dept dist est etc vs v no nos vol fig al approx ave blvd rd ft mt hwy pt
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex
    va vt wash wis wyo u.s u.k u.n e.u d.c n.y n.j n.c s.c n.d s.d n.h n.m r.i w.va a.m p.m i.e e.g cf""".split()
)
_END = re.compile(
    r"[.!?…]+[\"”’'»)\]]*(?=\s)|[.!?]['\"”’]{1,2}(?=[\"“A-Z])|(?<=[a-z]{3})[.!?](?=[A-Z][a-z]{2})"
)
# "…the family said.Two men": a lost blank; an address ("mail.Example") has no plain word on both sides.
_GLUED_BEFORE = re.compile(r"(?:^|[\s\"“‘(\[,;—–-])[a-z]{3,}$")
_GLUED_AFTER = re.compile(r"(?!(?:Com|Org|Net|Gov|Edu|Info)\b)[A-Z][a-z]{2,}(?=$|[\s,’';:—–])")
_LONGEST_WORD = 24
_BREAK = re.compile(r"[\n\r\u2028\u2029\x0b\x0c\x85]+")
# "BIRCH HARBOUR, Ark. (Agency) —": capitals, then a dash with blanks round it.
_DATELINE = re.compile(
    r"(?=[A-Z])[A-Z][A-Z .’'/-]{2,40}(?:, (?:[A-Z][\w.]+ ?){1,3})?(?:, [A-Z][\w.]+ \d{1,2})?(?: ?\([\w .]{2,30}\))? ?(?:—|–|―|--|-) "
)
_DATED = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*|[ECMP][SD]?T|GMT|UTC|local)\b"
)
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
# Words that open a sentence and no name.
_OPENER = re.compile(
    r"\s*[\"“‘'(]*(?:The|A|An|He|She|It|They|We|I|You|This|That|These|Those|There|His|Her|Their|Its|In|On|At|For|From|With|After|Before|As"
    r"|And|But|Or|So|When|While|If|Police|Officials|Authorities)\b"
)
# What is named after somebody whose name ends in "Jr."
_NAMED_AFTER = re.compile(
    r"\s+(?:Day|Park|Boulevard|Blvd|Drive|Street|Avenue|Ave|Road|Way|Highway|Bridge|Plaza|High|Middle|Elementary|School|College|University|Center"
    r"|Centre|Library|Hospital|Memorial|Holiday|Parade|Field|Stadium|Airport)\b"
)
_OPENS = re.compile(r"\s*(?:[\"“‘'«(\[—–-]|``|\.\.\.)*\s*[\w$€£#@]")


def paragraphs(text: str) -> list[Span]:
    """The non-blank lines of the text: in news a line break always ends a sentence."""
    found = []
    at = 0
    for m in _BREAK.finditer(text):
        start, end = m.span()
        found += _trim(text, at, start)
        at = end
    return found + _trim(text, at, len(text))


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of the text (or of one stretch), trimmed of white space; never across a line break."""
    blocks = [within] if within else paragraphs(text)
    return [s for block in blocks for s in _split(text, block)]


def _split(text: str, block: Span) -> list[Span]:
    found: list[Span] = []
    at = block.start
    straight = counted = 0  # straight quotation marks up to `counted`: an even number means that none is open
    if (dateline := _DATELINE.match(text, block.start, block.end)) is not None:
        found += _trim(text, at, dateline.end())
        at = dateline.end()
    for m in _END.finditer(text, at, block.end):
        end = m.end() - m.group().endswith('""')  # of two marks the second opens the next sentence
        if m.group()[-1] == '"' and not text[end : end + 1].isspace():
            straight, counted = straight + text.count('"', counted or block.start, end), end
            if straight % 2:
                end = m.start() + len(
                    m.group().rstrip("'\"”’")
                )  # the mark opens the next sentence, its blank was lost
        if _really_ends(text, m, block.end):
            found += _trim(text, at, end)
            at = end
    return found + _trim(text, at, block.end)


def _really_ends(text: str, m: re.Match[str], limit: int) -> bool:
    after = _OPENS.match(text, m.end(), limit)
    if after is None:
        return text[m.end() : limit].strip() == ""
    first = after.group()[-1]
    if first.islower():
        return False  # "…?" she asked
    if m.end() < limit and len(m.group()) == 1 and not text[m.end()].isspace() and not _glued(text, m, limit):
        return False
    if not m.group().startswith(".") or m.group().startswith(".."):
        return True
    before = re.search(r"[\w.&’']+$", text[max(0, m.start() - _LONGEST_WORD) : m.start()])
    word = before.group().lower() if before else ""
    if len(m.group()) > 1:
        return True  # a closing quotation mark or bracket follows the full stop
    if len(word) == 1 and word.isalpha():
        return word == "i" and text[m.start() - 1] != "I"  # an initial
    if word in {"a.m", "p.m"} and _DATED.match(text, m.end(), limit):
        return False  # "9 a.m. Tuesday"
    if _INITIALS.fullmatch(word) and word not in _ABBREVIATIONS:
        return _OPENER.match(text, m.end(), limit) is not None  # "N.W. 32nd", "J.J. Vale", but "L.A. He went"
    if word in {"jr", "sr"} and _NAMED_AFTER.match(text, m.end(), limit):
        return False  # "Vale Jr. Park"
    if word in _ABBREVIATIONS:
        # "U.S. Officials said" is rare; "U.S. officials", "Nov. 21", "Gen. Smith" are the rule.
        return word in {"a.m", "p.m", "etc", "inc", "co", "corp", "ltd", "jr", "sr"} and first.isupper()
    return True


def _glued(text: str, m: re.Match[str], limit: int) -> bool:
    """Whether a stop without a blank after it stands between two plain words."""
    before = text[max(0, m.start() - _LONGEST_WORD) : m.start()]
    return bool(_GLUED_BEFORE.search(before)) and bool(_GLUED_AFTER.match(text, m.end(), limit))


def _trim(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(start, end)] if end > start else []
