"""What is worked out of many reports: actors, claims and their origins, disagreements, facts, what people decided, the account."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from twosource.model.annotation import Annotation, Basis, Certainty, MentionKind, Place, SourceKind, Statement
from twosource.model.evidence import Article, Evidence, Refusal, Reuse

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
class Listed:
    """A known actor as somebody's list has it: an entity of FollowTheMoney."""

    id: str
    schema: str  # Person | Organization | PublicBody | Company | LegalEntity
    name: str  # the one to show
    source: str  # the list's file
    names: tuple[str, ...] = ()  # in full: its name, aliases, previous names
    weak: tuple[str, ...] = ()  # that others may bear too
    positions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()  # codes
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of a list of known actors that bears an actor's name: that they are one, nobody has checked."""

    id: str
    name: str
    source: str  # the list's file


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
    known: tuple[Known, ...] = ()


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
    worded: str | None = None  # the statement in whose words the text is given
    unframed: str = ""
    verdicts: tuple[Verdict, ...] = ()

    @property
    def said(self) -> str:
        """What it says, without who says it where the text names them: the words by which it is compared."""
        return self.unframed or self.text


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
class Holding:
    """Outlets of one owner, by a list that a person gave."""

    owner: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose the outlet of a report is, by a list that a person gave."""

    report: str
    owner: str
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
    owners: tuple[Holding, ...] = ()  # of its outlets, as far as a list names them


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
class Proposal:
    """What a language model proposed, and what came of checking it: refused, it changed nothing; it never adds an origin."""

    id: str
    kind: Literal["grouping", "stance", "wording"]
    claims: tuple[str, ...]  # that it is about, by the ids that they have now
    text: str  # the proposed sentence, or the words quoted; empty where there are none
    accepted: bool
    why: str
    model: str
    evidence: tuple[Evidence, ...] = ()  # what an accepted one was checked against


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
    proposals: tuple[Proposal, ...] = ()  # of a language model, where settings name one
    owned: tuple[Owned, ...] = ()  # the reports whose outlet's owner a list names

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
