"""The actors of one report in reading order: who was named where, who spoke last, to whom."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from twosource.annotate.outlets import is_station
from twosource.annotate.statements.lexicon import sources
from twosource.annotate.statements.tree import Tree
from twosource.model import Mention, SourceKind, Span

# Names that say by their first word that an outlet follows ("Reuters news agency", "CBS This Morning").
_AGENCIES = frozenset("reuters afp ap upi bbc cnn cbs nbc abc msnbc npr pbs al-jazeera associated".split())
_FORCE = re.compile(
    r"\b((?!The |A |Local |State |But |And |When |Police )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
    r" (?:police\b|Police (?:Department|Service|Force)\b)"
)
# Nouns for whoever heads a body, used for one another in the news.
LEADERS = frozenset("head chief director chairman chairwoman chair chairperson boss leader president".split())
_MEMBERS = frozenset("rep representative congressman congresswoman".split())
_SENATORS = frozenset("sen senator".split())
# Titles by which the holder of an office may be named beside the office's own word.
_ALSO = {
    **dict.fromkeys(_MEMBERS - {"rep"}, _MEMBERS),
    **dict.fromkeys(("lawmaker", "legislator"), _MEMBERS | _SENATORS | {"lawmaker", "legislator"}),
    "senator": _SENATORS,
    "governor": frozenset({"gov", "governor"}),
    "sergeant": frozenset({"sgt", "sergeant"}),
    "lieutenant": frozenset({"lt", "lieutenant"}),
    "detective": frozenset({"det", "detective"}),
    "captain": frozenset({"capt", "captain"}),
}
_OFFICE = 80  # characters round a name in which its office is told apart
_STRANGE = 200  # characters
_WOMAN = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Aa]nother)(?: [\w-]+){0,2} (?:woman|girl)\b(?! [A-Z]|, [A-Z])"
)
_MAN = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Aa]nother)(?: [\w-]+){0,2} (?:man|boy)\b(?! [A-Z]|, [A-Z])")
_STOP = re.compile(r"[a-z]{3}[.!?]\s|\n")
_BESIDE = 12  # characters between a name and the body that stands with it
_NESTING = 6  # names that may stand inside one another
_REMEMBERED = 12  # speakers
_REACH = 1  # paragraphs back in which "he" may have been named
_COURTESY = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Madam|Lady|Lord)\.?\s+$")
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_SILENCE = 2  # paragraphs after which a quotation without a cue is nobody's


@dataclass(frozen=True, slots=True)
class Originator:
    """Who said it, of what kind; `key` is the same for the same actor."""

    who: str | None
    kind: SourceKind | None
    key: str = ""
    sex: str = ""  # f, m or unknown
    many: bool = False


NOBODY = Originator(None, None)


class Cast:
    """The actors met so far; the only state that reading a report needs."""

    def __init__(self, text: str, mentions: tuple[Mention, ...]) -> None:
        self.text = text
        self._mentions = sorted(mentions, key=lambda m: m.span)
        self._starts = [m.span.start for m in self._mentions]
        named = [m for m in self._mentions if m.form == "name"]
        self._persons = [m for m in named if m.kind == "person"]
        self._bodies = [m for m in named if m.kind == "organisation"]
        self._outlets = [m for m in named if m.kind != "person" and is_media(m.name)]
        self._told_sexes = _sexes(text, named)
        self._sexes = {
            **_sexes(text, [m for m in self._mentions if m.form == "pronoun"]),
            **self._told_sexes,
        }
        self._force: str | None = None
        self.recent: list[Originator] = []  # speakers, the latest last
        self.audiences: dict[str, tuple[str, int]] = {}  # whom a speaker last spoke to, in which paragraph
        self.denied: tuple[str, int] = ("", -9)  # who last denied something, in which paragraph
        self.paragraph = 0
        self.before: Tree | None = None  # the sentence before the one that is read
        self.now = 0  # the number of the sentence that is read
        self._spoken = 0
        self._sentence = -1

    def spoke(self, who: Originator, sentence: int = -1, *, aside: bool = False) -> None:
        """Remember a speaker; one who is only cited inside another's sentence doesn't take the floor from them."""
        self._spoken = self.paragraph
        if who.who is not None and who.kind != "reporter":
            before = [r for r in self.recent[-_REMEMBERED:] if r.key != who.key or not r.key]
            floor = before[-1:] if aside and sentence == self._sentence else []
            self.recent = [*before[: len(before) - len(floor)], who, *floor]
        self._sentence = sentence

    def last(self) -> Originator:
        """Who spoke last, if that is not too long ago for a quotation to go on."""
        return self.recent[-1] if self.recent and self.paragraph - self._spoken <= _SILENCE else NOBODY

    def going_on(self, sex: str) -> Originator | None:
        """Whoever spoke in the sentence right before, in the same paragraph: "she" who opens the next goes on speaking."""
        if not self.recent or self._spoken != self.paragraph or self._sentence != self.now - 1:
            return None
        last = self.recent[-1]
        fits = last.kind == "person" and not last.many and self.sex(last) in {"", sex}
        return last if fits and last.key in {m.name.lower() for m in self._persons} else None

    def at(self, span: Span) -> Mention | None:
        """The longest mention that holds a word."""
        last = bisect_right(self._starts, span.start)
        near = [m for m in self._mentions[max(0, last - _NESTING) : last] if m.span.holds(span)]
        return max(near, key=lambda m: m.span.end - m.span.start, default=None)

    def outlet_before(self, at: int) -> str | None:
        """The outlet that was last named before a place in the text."""
        found = _before(self._outlets, at)
        return found.name if found is not None else None

    def sex(self, who: Originator) -> str:
        """f or m where a title, a role or a pronoun of the report says so of whoever it is; else nothing."""
        known = sources()
        words = set((who.who or "").lower().split()) if who.kind == "anonymous" else set()
        told = "f" if words & known.female else "m" if words & known.male else ""
        return who.sex or told or self._sexes.get(who.key, "")

    def person_before(self, at: int, sex: str) -> Originator:
        """The person who may be of that sex and was last named before a place, in its paragraph or the one before."""
        end = bisect_left(self._persons, at, key=lambda m: m.span.start)
        start = self._back(at, _REACH)
        for m in reversed(self._persons[:end]):
            if m.span.start < start:
                break
            if self._sexes.get(m.name.lower(), sex) == sex:
                return Originator(m.name, "person", m.name.lower())
        return NOBODY

    def named_in(self, stretches: Sequence[Span]) -> frozenset[str]:
        """The keys of the people whom the stretches name."""
        found = set()
        for s in stretches:
            at = bisect_left(self._persons, s.start, key=lambda m: m.span.start)
            while at < len(self._persons) and self._persons[at].span.start < s.end:
                found.add(self._persons[at].name.lower())
                at += 1
        return frozenset(found)

    def other_before(self, at: int, sex: str, spoken_of: frozenset[str]) -> Originator:
        """Who spoke or else was named last before a place and may be of that sex, but none of those spoken of."""
        for r in reversed(self.recent):
            if r.kind == "person" and r.key not in spoken_of and self.sex(r) in {"", sex}:
                return r
        end = bisect_left(self._persons, at, key=lambda m: m.span.start)
        start = self._back(at, _REACH)
        near = [m for m in self._persons[max(0, end - _REMEMBERED) : end] if m.span.start >= start]
        for m in reversed(near):
            key = m.name.lower()
            if key not in spoken_of and self._sexes.get(key, sex) == sex:
                return Originator(m.name, "person", key)
        return NOBODY

    def doubtful(self, who: Originator, at: int, sex: str) -> bool:
        """Whether a woman or man without a name, spoken of just before in the paragraph, may be meant instead."""
        if who.sex or self._told_sexes.get(who.key):
            return False
        start = max(self.text.rfind("\n", 0, at) + 1, at - _STRANGE)
        return (_WOMAN if sex == "f" else _MAN).search(self.text, start, at) is not None

    def _back(self, at: int, lines: int) -> int:
        """Where the line begins that stands so many lines with words before that of a place."""
        start = at
        for _ in range(lines + 1):
            start = self.text.rfind("\n", 0, max(0, start)) + 1
            if start == 0:
                return 0
            while start > 0 and self.text[start - 1].isspace():
                start -= 1
        return start

    def body_before(self, at: int) -> Originator:
        """The organisation that was last named before a place in the text."""
        found = _before(self._bodies, at)
        return Originator(found.name, "organisation", found.name.lower()) if found is not None else NOBODY

    def opening_before(self, at: int) -> Originator | None:
        """The body that the last sentence of the same paragraph opens with: what "it" takes up."""
        start = self.text.rfind("\n", 0, at) + 1
        end = bisect_left(self._starts, at)
        for m in reversed(self._mentions[max(0, end - _REMEMBERED) : end]):
            lead = self.text[start : m.span.start].rstrip().removesuffix("The").rstrip()
            if m.span.start < start:
                return None
            if m.kind == "organisation" and m.form != "pronoun" and (not lead or lead[-1] in '.!?”"'):
                return Originator(m.name, "organisation", m.name.lower())
        return None

    def holder_before(self, role: str, at: int, told_apart: Sequence[str] = ()) -> Originator | None:
        """The person last named with that title or role before a place in the text.

        Where words tell the office apart ("the Northland governor"), one of them must stand by the person's name.
        """
        end = bisect_left(self._persons, at, key=lambda m: m.span.start)
        for m in reversed(self._persons[max(0, end - 200) : end]):
            held = {
                w.rstrip(".") for w in f"{m.role or ''} {m.title or ''}".lower().replace("-", " ").split()
            }
            if held & _ALSO.get(role, frozenset({role})) and (
                not told_apart or self._stands_by(m, told_apart)
            ):
                return Originator(m.name, "person", m.name.lower())
        return None

    def _stands_by(self, m: Mention, wanted: Sequence[str]) -> bool:
        before = _STOP.split(self.text[max(0, m.span.start - _OFFICE) : m.span.start])[-1]
        near = before + _STOP.split(self.text[m.span.end : m.span.end + _OFFICE])[0]
        return any(w in near or w in (m.affiliation or "") for w in wanted)

    def leader(self, body: str) -> Originator | None:
        """The person whom the report anywhere names as the head of a body: "Ada Vale, the board's director"."""
        for m in self._persons:
            if m.role not in LEADERS:
                continue
            near = (x.name for x in self._mentions if 0 <= x.span.start - m.span.end <= _BESIDE)
            if m.affiliation == body or body in near:
                return Originator(m.name, "person", m.name.lower())
        return None

    def alone_here(self, at: int, sex: str) -> Originator | None:
        """The only person who may be of that sex named so far in a paragraph in which nobody has spoken yet."""
        start = self.text.rfind("\n", 0, at) + 1
        first = bisect_left(self._persons, start, key=lambda m: m.span.start)
        here = (
            {m.name: m for m in self._persons[first:] if m.span.start < at}
            if self._spoken < self.paragraph
            else {}
        )
        names = [name for name in here if self._sexes.get(name.lower(), sex) == sex]
        return Originator(names[0], "person", names[0].lower()) if len(names) == 1 else None

    def force(self) -> str:
        """The police force of the report, where it names just one."""
        if self._force is None:
            forces = {m.group(1) for m in _FORCE.finditer(self.text)}
            self._force = f"{forces.pop()} police" if len(forces) == 1 else ""
        return self._force


def _sexes(text: str, mentions: list[Mention]) -> dict[str, str]:
    """The sex of each person whom the report calls Mr. or Ms., a spokeswoman, "she"; of contrary words the first."""
    known = sources()
    found: dict[str, str] = {}
    for m in mentions:
        if m.kind != "person":
            continue
        title = _COURTESY.search(text, max(0, m.span.start - 8), m.span.start)
        near = {w.strip(".").lower() for w in f"{m.title or ''} {m.role or ''}".split()}
        near |= {title.group(1).lower()} if title else set()
        if m.form == "pronoun":
            near = {m.span.of(text).lower()}
        female, male = near & (known.female | _SHE), near & (known.male | _HE)
        if female or male:
            found.setdefault(m.name.lower(), "f" if female else "m")
    return found


def _before(row: list[Mention], at: int) -> Mention | None:
    n = bisect_left(row, at, key=lambda m: m.span.start)
    return row[n - 1] if n else None


def is_media(name: str) -> bool:
    """Whether a name is that of a news outlet, by its words."""
    row = name.lower().replace("’s", "").replace("'s", "").strip(".,'\"“”").split()
    if is_station(name) or "news" in row[1:]:  # "Fox News Latino"
        return True
    if len(row) > 1 and row[-1] == "reporter" and name.istitle():
        return True
    if len(row) > 1 and row[-1] == "agency":
        return bool({"news", "press", "wire"} & set(row)) or row[0] in _AGENCIES
    return bool(row) and (
        row[-1] in sources().media
        or row[-1].rpartition("-")[2] in sources().media - {"call", "post", "mail"}
        or row[-1].removesuffix(".com") in sources().media
        or row[0] in sources().media & _AGENCIES
    )
