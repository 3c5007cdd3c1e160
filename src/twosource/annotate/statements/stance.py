"""Stance, certainty, register and negation of a statement, as the words say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import sources
from twosource.annotate.statements.tree import Tree
from twosource.model import Basis, Certainty, Register, SourceKind, Span, Stance

_HEDGE = re.compile(
    r"\b(?:(?-i:may)|might|could)(?: not)?(?: well| also| have| be)\b|\b(?:(?-i:may)|might)\b(?! \d)|\b(?:appear(?:s|ed)?|seem(?:s|ed)?)\b"
    r"|\b(?:possibl[ey]|probabl[ey]|likely|apparently|perhaps|maybe|presumably|allegedly|reportedly|supposedly|suspected|potentially|unclear)\b"
    r"|\b(?:believed|thought|suspected|feared) to\b|\b(?:we|I) (?:believe|think|suspect|assume)\b|\bgood chance\b|\bnot (?:sure|certain)\b",
    re.IGNORECASE,
)
_REFUTES = re.compile(
    r"\b(?:claims?|reports?|rumou?rs?|allegations?|accusations?|story|stories|article|charges?|suggestions?|assertions?)\b"
    r"[^.]{0,60}?\b(?:is|are|was|were|as)\b[^.]{0,25}?\b(?:false|untrue|fake|baseless|unfounded|groundless|nonsense|lies?|fabricat\w+|wrong|incorrect|hoax|bogus|ridiculous|absurd)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
)
_ASSERTED = re.compile(r"\w{2}[.!][\"”’']?\s")
_COMMON = re.compile(
    r"\b(?:well[- ]known|widely known|common(?:ly)? know(?:n|ledge)|no secret|everyone knows|open secret|as is known)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:shameful|disgraceful|outrageous|ridiculous|absurd|hypocri\w+|so-called|laughable|pathetic|sadly|unfortunately|thankfully|"
    r"should|must|ought|needs? to|deserves?|of course|clearly|obviously|in (?:my|our) (?:view|opinion)|"
    r"self-styled|would (?:sooner|rather)|bargain|win-win|pretence|pretense|farce|charade|cynical\w*|foolish\w*|naive\w*|deftly|shamelessly)\b",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:I|we) (?:\w+ly |just |first )?(?:saw|heard|watched|witnessed|smelled|smelt|felt)\b", re.IGNORECASE
)
# In reported speech the witness is "they"; only right at the head, where "they" must be whoever speaks.
_SAW = re.compile(
    r"(?:that )?(?:he|she|they) (?:had |\w+ly |just |first )?(?:saw|seen|heard|watched|witnessed|smelled|smelt)\b",
    re.IGNORECASE,
)
# Where the source's own description says that they were there.
_THERE = re.compile(
    r"\bwho (?:had |\w+ly |also )?(?:saw|seen|heard|watched|witnessed|filmed|escaped|survived|fled)\b"
    r"|\bwho (?:was|were) (?:there|inside|nearby|present|wounded|injured|shot|on board|aboard|at the scene|in the \w+|on the \w+)\b"
    r"|\b(?:survivor|passer-?by|passers-?by)\b",
    re.IGNORECASE,
)
_SOMEBODY = ("er", "or", "man", "woman", "ist", "boss", "chief", "member")
_EARLY = 160  # characters into the content at which a hedge still bears on all of it
_WITNESS = re.compile(
    r"\b(?:eye-?)?witness(?:es)?\b|\bbystanders?\b|\bonlookers?\b|\bsurvivors?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a statement say about it."""

    stance: Stance
    certainty: Certainty
    register: Register
    negated: bool
    hedge: tuple[Span, ...]


def read(text: str, draft: Draft, tree: Tree | None = None) -> Reading:
    """The stance of cue and content together: a denying cue outranks a hedge, a hedge a plain assertion."""
    hedges = tuple(
        Span(m.start(), m.end()) for s in draft.content for m in _HEDGE.finditer(text, s.start, s.end)
    )
    refutes = next((m for s in draft.content if (m := _REFUTES.search(text, s.start, s.end))), None)
    negative = any(_NEGATIVE.search(text, s.start, s.end) for s in draft.content)
    frame = draft.frame
    stance: Stance = frame.stance if frame else "asserts"
    certainty: Certainty = frame.certainty if frame else "asserted"
    first = draft.content[0].of(text).lstrip("\"“‘' ") if draft.content else ""
    if stance == "denies" and draft.negated:
        stance = "hedges"  # "did not deny" neither denies nor asserts
        hedges = (*draft.cue, *hedges)
    elif stance == "denies" or refutes:
        stance = "denies"
        hedges = (*draft.cue, *hedges) if not refutes else (Span(refutes.start(), refutes.end()), *hedges)
    elif stance == "hedges":
        hedges = (*draft.cue, *hedges)
    elif stance == "asserts" and any(_leads(draft, h, tree) for h in hedges):
        stance = "hedges"
    elif stance == "asserts" and first and _asks(draft.content[-1].of(text)):
        stance = "asks"
    if certainty == "asserted" and stance == "hedges":
        certainty = "possible"
    register: Register = (
        "common_knowledge" if any(_COMMON.search(text, s.start, s.end) for s in draft.content) else "report"
    )
    return Reading(stance, certainty, register, negative, hedges)


def _asks(content: str) -> bool:
    """Whether it is a question; one that closes what was first asserted is not all that was said."""
    return content.rstrip("\"”’' ").endswith("?") and _ASSERTED.search(content) is None


def _leads(draft: Draft, hedge: Span, tree: Tree | None) -> bool:
    """Whether a hedge bears on the content as a whole: early, and not only on some who are described in passing."""
    if hedge.start - draft.content[0].start > _EARLY:
        return False
    word = (
        None if tree is None else next((i for i, w in enumerate(tree.words) if w.span.overlaps(hedge)), None)
    )
    if tree is not None and word is not None and _of_somebody(tree, word):
        return False  # "a suspected gang leader hanged himself": what they did is not in doubt
    while tree is not None and word is not None and draft.content[0].holds(tree.words[word].span):
        if tree.words[word].dep == "relcl":
            return False  # "that any who may be fighting are volunteers"
        above = tree.words[word].head
        word = above if above != word else None
    return True


def _of_somebody(tree: Tree, word: int) -> bool:
    """Whether a word of doubt only says what somebody is taken for."""
    noun = tree.words[word].head
    if tree.words[word].dep != "amod" or tree.low(word) not in {
        "suspected",
        "alleged",
        "supposed",
        "presumed",
    }:
        return False
    lemma = tree.lemma(noun)
    return lemma in sources().person or lemma.endswith(_SOMEBODY) or tree.words[noun].pos == "PROPN"


def basis_of(text: str, draft: Draft, kind: SourceKind | None, certainty: Certainty) -> Basis:
    """What the statement rests on, where the words show it: seen, on paper, judged, or passed on."""
    if kind == "document":
        return "documented"
    if (
        kind in {"person", "anonymous", "group"}
        and draft.content
        and _SAW.match(text, draft.content[0].start)
    ):
        return "witnessed"
    if any(_SEEN.search(text, s.start, s.end) for s in draft.content) or any(
        _WITNESS.search(s.of(text)) or _THERE.search(s.of(text)) for s in draft.source
    ):
        return "witnessed"
    if kind == "media" or draft.carrier:
        return "relayed"
    if (
        draft.frame is not None
        and draft.frame.spoken & {"show"}
        and not draft.frame.spoken & {"announce", "hint"}
    ):
        return "documented"
    return "assessed" if certainty == "assessed" else "unstated"


def narrated(text: str, span: Span) -> Reading:
    """The same for the report's own voice."""
    reading = read(text, Draft(0, (span,), (), (), "narration"))
    register: Register = reading.register
    if register == "report" and _OPINION.search(text, span.start, span.end):
        register = "opinion"
    return Reading(
        reading.stance if reading.stance != "asks" else "asks",
        reading.certainty,
        register,
        reading.negated,
        reading.hedge,
    )
