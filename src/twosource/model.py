"""The nouns: frozen records that travel between the rooms.

Offsets are always [start, end) in Unicode code points of a report's text, which is never edited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# ------------------------------------------------------------------ evidence


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch [start, end) of one report's text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the stretch."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two stretches share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other stretch lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The exact characters of a report that something rests on."""

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """One text that somebody published about an incident, exactly as it came in."""

    id: str
    text: str
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None  # EDTF
    modified: str | None = None  # EDTF
    url: str | None = None
    language: str | None = None
    sha256: str | None = None  # of the original bytes
    media_type: str | None = None
    original: str | None = None  # path or address it was read from
    incident: str | None = None  # a person's decision: kept together with its likes, apart from others


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that could not be used: where it came from, why, and what to do."""

    input: str
    reason: str


# ------------------------------------------------------------------ clean


@dataclass(frozen=True, slots=True)
class Marked:
    """A value of the masthead with the characters that show it (none when it came with the report's metadata)."""

    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Another outlet that the text itself names as having supplied copy ("(AP)", "The … contributed to this report")."""

    outlet: str
    span: Span
    role: Literal["copy", "contributed", "photo"]


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the head and foot of a report say about the report: outlet, byline, dateline, dates, credits, update notes."""

    outlet: Marked | None = None
    byline: Marked | None = None
    dateline: Marked | None = None  # the place, as written
    published: Marked | None = None  # EDTF
    modified: Marked | None = None  # EDTF
    credits: tuple[Credit, ...] = ()
    notes: tuple[Span, ...] = ()  # corrections and update notes


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch that is on the page but not of the article, with the rule that says so."""

    span: Span
    kind: str  # promo | share | signup | related | caption | credit | navigation | legal | biography
    why: str


@dataclass(frozen=True, slots=True)
class Article:
    """A report with its furniture marked and its masthead read; the text is still the report's own."""

    report: Report
    boilerplate: tuple[Furniture, ...] = ()
    masthead: Masthead = Masthead()

    @property
    def id(self) -> str:
        """The report's id."""
        return self.report.id

    @property
    def text(self) -> str:
        """The report's text, unedited."""
        return self.report.text

    @property
    def outlet(self) -> str | None:
        """Who published it, given or read from the masthead."""
        return self.report.outlet or (self.masthead.outlet.value if self.masthead.outlet else None)

    @property
    def published(self) -> str | None:
        """When (EDTF), given or read from the masthead; no year is invented."""
        return self.report.published or (self.masthead.published.value if self.masthead.published else None)


# ------------------------------------------------------------------ reuse, incidents

RelationName = Literal["same_text", "revised", "shared_text", "shared_source", "independent"]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Running text that two reports share."""

    ours: Span
    theirs: Span
    quotation: bool = False  # nothing but the words of one quotation: two reporters may quote one speech


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions of a text."""

    kind: Literal["added", "removed", "number", "name", "wording"]
    ours: Span | None
    theirs: Span | None


@dataclass(frozen=True, slots=True)
class Reuse:
    """What two reports share, and which took it from which; a < b."""

    a: str
    b: str
    relation: RelationName
    containment: float  # share of the shorter report's own words that the other has, 0 to 1
    older: str | None
    passages: tuple[Passage, ...]
    why: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """Reports that are about one thing that happened."""

    id: str
    reports: tuple[str, ...]
    why: str = ""


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


# ------------------------------------------------------------------ resolve


@dataclass(frozen=True, slots=True)
class Score:
    """How alike two names are, 0 to 1 (from .5 on: the same), and the features that say so, one sentence each."""

    value: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A surface form of an actor's name and how often it was used."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, body or group across reports and spellings."""

    id: str
    name: str
    kind: MentionKind
    aliases: tuple[Alias, ...] = ()
    titles: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()  # ids of actors it speaks for, serves in or is part of
    mentions: tuple[Evidence, ...] = ()
    maybe: tuple[str, ...] = ()  # ids of actors that may be the same, undecided
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing between two actors that the texts state."""

    a: str  # actor id
    role: str  # backs | opposes | commands | operates | part_of | speaks_for | leads
    b: str  # actor id
    evidence: tuple[Evidence, ...]
    statements: tuple[str, ...] = ()


# ------------------------------------------------------------------ claims, corroborate

Status = Literal["single_origin", "corroborated", "disputed", "reporter_only"]
DisagreementKind = Literal[
    "quantity",
    "time",
    "place",
    "name",
    "responsibility",
    "occurrence",
    "certainty",
    "attribution",
    "quotation",
    "other",
]
Nature = Literal["contradiction", "update", "precision", "variant"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said, in whatever words and by whomever; denials of it are among its statements."""

    id: str
    text: str
    event: Literal["main", "background"]
    statements: tuple[str, ...]
    why: str = ""
    decided: tuple[str, ...] = ()  # sentences: the decisions of people that shaped it
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Somebody or something that a claim goes back to, and who gathered it from there first-hand."""

    who: str | None
    kind: SourceKind
    basis: Basis
    party: str | None
    collectors: tuple[str, ...]
    reports: tuple[str, ...]
    statements: tuple[str, ...] = ()  # ids of those that say so in the claim


@dataclass(frozen=True, slots=True)
class Denial:
    """A statement that denies: the claim itself, what it presupposes, or only something near it."""

    statement: str
    target: Literal["claim", "premise", "related"]
    relayed_by: str | None = None  # who reports the denial, when that is not the denier


@dataclass(frozen=True, slots=True)
class Grade:
    """A claim's grade in the Admiralty sense: the number suggested from the texts, with the reason for it.

    The source's letter is F ("reliability cannot be judged") until a person sets it: it needs a track record.
    """

    source: str  # A to F
    information: (
        int  # 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged
    )
    why: str


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind a claim: reports → outlets → collectors → independent origins."""

    claim: str
    origins: tuple[Origin, ...]
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    unknown_outlets: int
    collectors: tuple[str, ...]
    independent_origins: int
    at_most: int
    certainty: Certainty
    status: Status
    denials: tuple[Denial, ...]
    why: str
    grade: Grade = Grade("F", 6, "not weighed")


@dataclass(frozen=True, slots=True)
class Side:
    """One value in a disagreement, and where it stands."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A difference between reports that an editor would want to see."""

    id: str
    kind: DisagreementKind
    about: str
    nature: Nature
    sides: tuple[Side, ...]
    why: str
    weight: float = 0.0  # how much it matters, for ranking


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One answer to an open question, with the statements for, against and neutral to it."""

    value: str
    supports: tuple[str, ...]
    against: tuple[str, ...]
    neutral: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the reports leave open, and the rival answers; one is always "not established"."""

    question: str
    options: tuple[Hypothesis, ...]
    decisive: tuple[Line, ...] = ()  # what would decide it, as far as the reports name something


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the timeline."""

    when: str  # EDTF
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Toll:
    """How many, of the main event only; high None means no upper bound."""

    low: int
    high: int | None
    evidence: tuple[Evidence, ...]
    origins: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Date, place and toll of the main event, not of background events; None where the texts don't say."""

    when: str | None = None
    where: Place | None = None
    killed: Toll | None = None
    injured: Toll | None = None
    when_evidence: tuple[Evidence, ...] = ()
    where_evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the summary and what it rests on; never without evidence."""

    text: str
    evidence: tuple[Evidence, ...]


# ------------------------------------------------------------------ what people decided


@dataclass(frozen=True, slots=True)
class Thing:
    """What a person named, by what it rested on then: stretches of reports, which never change, and ids and words."""

    rests_on: tuple[Evidence, ...] = ()
    ids: tuple[str, ...] = ()  # of reports; of statements, each with its place in `rests_on`
    words: tuple[str, ...] = ()  # what was found then: a kind and its values, a grade and a status


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's decision as an account applies it."""

    id: str
    kind: str  # merge | split | confirm | reject | grade | verdict
    about: str  # actor | claim | copy | origin | disagreement | report
    things: tuple[Thing, ...]
    who: str
    why: str | None = None
    value: str | None = None

    def told(self, what: str) -> str:
        """The sentence that says who decided what and why, under which id."""
        return f"{self.who} {what} ({self.id}{f': {self.why}' if self.why else ''})."


@dataclass(frozen=True, slots=True)
class Effect:
    """What a person's decision does to an account, or why it does nothing there any more."""

    decision: str
    kind: str
    about: str
    state: Literal["holds", "idle", "partly", "gone", "conflict"]
    text: str  # who decided what and why, and what is to be known of it now
    things: tuple[str, ...] = ()  # ids that carry it now


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person found a claim to be, in that person's words."""

    text: str
    who: str
    decision: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that twosource can say of one incident."""

    id: str
    title: str
    articles: tuple[Article, ...]
    annotations: tuple[Annotation, ...]
    reuse: tuple[Reuse, ...]
    actors: tuple[Actor, ...]
    relations: tuple[Relation, ...]
    claims: tuple[Claim, ...]  # the most important first
    backings: tuple[Backing, ...]  # one a claim, in the same order
    disagreements: tuple[Disagreement, ...]
    questions: tuple[Question, ...]
    timeline: tuple[Moment, ...]
    facts: Facts
    central: str | None  # id of the central claim
    summary: tuple[Line, ...] = ()
    decided: tuple[Effect, ...] = ()  # people's decisions about it, in the order in which they were taken

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements of all reports, in order."""
        return tuple(s for a in self.annotations for s in a.statements)


@dataclass(frozen=True, slots=True)
class Brief:
    """The finished product: one account for each incident, what was refused, and how it was made."""

    accounts: tuple[Account, ...]
    refused: tuple[Refusal, ...] = ()
    as_of: str | None = None
    models: tuple[str, ...] = ()
    inputs_sha256: tuple[str, ...] = field(default=())
