"""An attribution as the syntax or the quotation marks show it, before anybody is asked who "he" is."""

from __future__ import annotations

from dataclasses import dataclass

from twosource.annotate.statements.lexicon import Frame
from twosource.model import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A content with its cue and source; words are named by their index in sentence number `sentence`."""

    sentence: int
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    how: str  # the construction that showed it: clause | tail | quote | according | object | noun | …
    verb: int | None = None  # the cue word
    subject: tuple[int, ...] = ()  # the words of the source
    head: int | None = None  # the source's head word
    told: tuple[int, ...] = ()  # the words of the addressee
    frame: Frame | None = None
    negated: bool = False  # "didn't say"
    carrier: tuple[int, ...] = ()  # the words of an outlet that carries it: "quoted by …", "as cited by …"
    quoted_by: bool = False  # that outlet quotes it: it was said to them
    inside: bool = False  # stands in somebody's direct speech, where "they" need not be who was named before
    follows: bool = False  # the source is the one who spoke last: the text gives none here
    declined: bool = False
    voiced: bool = True  # said or written; False for wishes, deeds and judgements that the report tells of

    @property
    def where(self) -> int:
        """The first character of its content or cue, for ordering."""
        return min(s.start for s in (*self.content, *self.cue))
