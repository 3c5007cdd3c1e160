"""The actors of one report in reading order: who was named where, who spoke last, to whom."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

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
_BESIDE = 12  # characters between a name and the body that stands with it
_NESTING = 6  # names that may stand inside one another
_REMEMBERED = 12  # speakers
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
        self._force: str | None = None
        self.recent: list[Originator] = []  # speakers, the latest last
        self.audiences: dict[str, tuple[str, int]] = {}  # whom a speaker last spoke to, in which paragraph
        self.denied: tuple[str, int] = ("", -9)  # who last denied something, in which paragraph
        self.paragraph = 0
        self.before: Tree | None = None  # the sentence before the one that is read
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

    def at(self, span: Span) -> Mention | None:
        """The longest mention that holds a word."""
        last = bisect_right(self._starts, span.start)
        near = [m for m in self._mentions[max(0, last - _NESTING) : last] if m.span.holds(span)]
        return max(near, key=lambda m: m.span.end - m.span.start, default=None)

    def outlet_before(self, at: int) -> str | None:
        """The outlet that was last named before a place in the text."""
        found = _before(self._outlets, at)
        return found.name if found is not None else None

    def person_before(self, at: int) -> Originator:
        """The person who was last named before a place in the text."""
        found = _before(self._persons, at)
        return Originator(found.name, "person", found.name.lower()) if found is not None else NOBODY

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

    def holder_before(self, role: str, at: int) -> Originator | None:
        """The person last named with that title or role before a place in the text."""
        end = bisect_left(self._persons, at, key=lambda m: m.span.start)
        for m in reversed(self._persons[max(0, end - 200) : end]):
            if role in f"{m.role or ''} {m.title or ''}".lower().replace("-", " ").split():
                return Originator(m.name, "person", m.name.lower())
        return None

    def leader(self, body: str) -> Originator | None:
        """The person whom the report anywhere names as the head of a body: "Ada Vale, the board's director"."""
        for m in self._persons:
            if m.role not in LEADERS:
                continue
            near = (x.name for x in self._mentions if 0 <= x.span.start - m.span.end <= _BESIDE)
            if m.affiliation == body or body in near:
                return Originator(m.name, "person", m.name.lower())
        return None

    def alone_here(self, at: int) -> Originator | None:
        """The only person named so far in a paragraph in which nobody has spoken yet."""
        start = self.text.rfind("\n", 0, at) + 1
        first = bisect_left(self._persons, start, key=lambda m: m.span.start)
        here = (
            {m.name: m for m in self._persons[first:] if m.span.start < at}
            if self._spoken < self.paragraph
            else {}
        )
        names = list(here.values())
        return Originator(names[0].name, "person", names[0].name.lower()) if len(names) == 1 else None

    def force(self) -> str:
        """The police force of the report, where it names just one."""
        if self._force is None:
            forces = {m.group(1) for m in _FORCE.finditer(self.text)}
            self._force = f"{forces.pop()} police" if len(forces) == 1 else ""
        return self._force


def _before(row: list[Mention], at: int) -> Mention | None:
    n = bisect_left(row, at, key=lambda m: m.span.start)
    return row[n - 1] if n else None


def is_media(name: str) -> bool:
    """Whether a name is that of a news outlet, by its words."""
    row = name.lower().replace("’s", "").replace("'s", "").strip(".,'\"“”").split()
    return bool(row) and (
        row[-1] in sources().media
        or row[-1].removesuffix(".com") in sources().media
        or row[0] in sources().media & _AGENCIES
    )
