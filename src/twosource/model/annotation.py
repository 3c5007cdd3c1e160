"""What is found in one report: words and sentences, mentions, times, places, quantities, statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from twosource.model.evidence import Span

# ------------------------------------------------------------------ annotate

MentionKind = Literal["person", "organisation", "place", "group"]
SourceKind = Literal["person", "organisation", "anonymous", "document", "media", "group", "reporter"]
Stance = Literal["asserts", "denies", "hedges", "asks"]
Certainty = Literal["asserted", "assessed", "possible"]
Mode = Literal["direct", "indirect", "mixed", "narration"]
Register = Literal["report", "opinion", "common_knowledge"]
Basis = Literal["witnessed", "documented", "assessed", "relayed", "unstated"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the parser saw it; `head` is its governor's index in the same sentence (itself for the root)."""

    span: Span
    text: str
    lemma: str
    pos: str  # Universal POS
    tag: str  # Penn tag
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and, where it was parsed, its words."""

    span: Span
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that names or describes an actor. `name` is the fullest name that this report gives the same actor."""

    span: Span
    kind: MentionKind
    name: str
    form: Literal["name", "pronoun", "description"] = "name"
    chain: int = -1  # mentions of one report with the same number are the same actor
    title: str | None = None  # "Air Force Colonel"
    role: str | None = None  # "spokesman"
    affiliation: str | None = None  # "U.S. Africa Command"


@dataclass(frozen=True, slots=True)
class When:
    """A time that the text names: TIMEX3 type and value, and the same as EDTF; an unknown year stays X."""

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    edtf: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the text names; coordinates in degrees, radius in km as precision; all None when unresolved."""

    span: Span
    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    full_name: str | None = None  # "Town, Region, Country"
    feature: str | None = None  # town | region | country | continent | water | area
    relation: str = "in"  # in | near | outside | over | between | offset ("40 miles southeast of")
    why: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds, unit and what is counted; high None means no upper bound."""

    span: Span
    low: float
    high: float | None
    unit: str | None  # "person", "USD", "km", "percent", "year" …; None for a bare count
    of: str | None  # what is counted, as a lemma phrase: "militant"
    role: str | None = None  # killed | injured | missing | arrested | age … where the words say so
    why: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that somebody (or the report in its own voice) says, with the characters that show it."""

    id: str
    report: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    who: str | None
    kind: SourceKind | None
    told: str | None
    via: str | None
    stance: Stance
    certainty: Certainty
    mode: Mode
    register: Register = "report"
    within: str | None = None
    basis: Basis = "unstated"
    negated: bool = False  # the content itself is negative ("there are no contractors")
    hedge: tuple[Span, ...] = ()  # the words that show doubt or denial
    declined: bool = False  # "declined to comment", "could not be reached": an event of its own, not a claim
    voiced: bool = True  # False for a wish, a deed, praise or blame ("wants to", "slammed her"): the report's own account


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that was found in one report's own words; boilerplate is never annotated."""

    report: str
    language: str
    sentences: tuple[Sentence, ...] = ()
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[When, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    analysed: bool = (
        True  # False where no pipeline for the report's language is installed: then nothing was looked for
    )
