"""Which cues say something, and who can say anything: wishes, acts upon a thing and events beside real speech."""

from __future__ import annotations

from functools import lru_cache

from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import Frame, nouns, sources, toml
from twosource.annotate.statements.tree import Tree

_PERSONAL = ("man", "woman", "person", "ist", "crat", "ician", "eer", "-old")
_AGENTS = ("er", "or", "ee", "ian", "ant", "eur", "master", "keeper")
_AGREES = frozenset({"agree", "consent", "offer"})  # "agreed to plead guilty" is a step in court
CHARGES = frozenset({"charge", "convict", "indict", "acquit"})
# Of the classes below, those by which something is said all the same: "confessed to the theft", "objected to the plan".
_SPOKEN = frozenset({"accuse", "blame", "suspect", "confess", "admit", "object"})
# Classes whose object or preposition is whom or what the words are about, not what is said of it.
_ABOUT = frozenset({"judge", "blame", "refer", "comment", "liken", "talk"})
# Classes of which a thing that nobody speaks through is no subject: the reporter concludes it.
_SHOWN = frozenset({"show", "hint", "read"})
_PLAIN = frozenset({"say", "tell", "write"})  # who does it speaks, whatever the noun


@lru_cache(maxsize=1)
def _willed() -> frozenset[str]:
    """Verbs whose infinitive is what somebody will do or won't: they are told of, they say nothing by it."""
    return frozenset(toml("cues.toml")["willed"]["verbs"].split())


def is_saying(tree: Tree, v: int, how: str, frame: Frame, words: list[int]) -> bool:
    """Whether the cue with this content is speech: not a wish, a deed, or praise of somebody without a word quoted."""
    if any(tree.quotation(i) is not None for i in words):
        return True
    lemma = tree.lemma(v)
    if how == "infinitive":
        return lemma not in _willed() and not (
            lemma in _AGREES and any(tree.lemma(i) == "plead" for i in words)
        )
    if lemma in _SPOKEN:
        return True
    if how == "charge":
        return lemma not in CHARGES
    return not (how in {"object", "prep"} and frame.spoken and frame.spoken <= _ABOUT)


def may_speak(tree: Tree, head: int) -> bool:
    """Whether a noun can stand for somebody, or for a writing: names, pronouns, known words and words for doers."""
    head = _antecedent(tree, head)
    word = tree.words[head]
    if word.pos not in {"NOUN", "NUM", "ADJ"} or (head and word.text[0].isupper()):
        return True
    lemma, low = tree.lemma(head), tree.low(head)
    if _of_events(tree, head):
        return False
    if lemma in nouns() or any({lemma, low} & kind for kind in _kinds()):
        return True
    return low.removesuffix("s").endswith((*_PERSONAL, *_AGENTS)) or lemma.endswith(_PERSONAL)


def _antecedent(tree: Tree, head: int) -> int:
    """What "that" or "which" stands for right before it: the backs of "backs that reveal the works"."""
    if tree.words[head].tag != "WDT" or not head:
        return head
    verb = next((i for i in tree.ancestors(head) if tree.words[i].dep == "relcl"), None)
    noun = tree.words[verb].head if verb is not None else head
    return noun if noun < head and tree.words[noun].tag in {"NN", "NNS"} else head


def unsaid(tree: Tree, draft: Draft) -> bool:
    """Whether nobody has said it: a thing does no more than show it, or it hangs on an "if" or an "unless"."""
    if draft.verb is None or draft.verb >= len(tree.words) or draft.how in {"quote", "colon"}:
        return False
    if any(tree.quotation(i) is not None for i in (draft.verb, *draft.subject[:1])):
        return False
    if tree.words[draft.verb].pos in {"VERB", "AUX"} and _supposed(tree, draft.verb):
        return True
    if draft.head is None or draft.frame is None:
        return False
    if draft.frame.spoken & _PLAIN and tree.words[draft.verb].tag != "VBG":
        return False
    head = tree.words[_antecedent(tree, draft.head)]
    return head.tag in {"NN", "NNS"} and head.text[0].islower() and not may_speak(tree, draft.head)


def _supposed(tree: Tree, v: int) -> bool:
    """ "Unless the specialist certifies that …", "in cases where an agency finds that …": what may or may not be said."""
    clause = next((i for i in (v, *tree.ancestors(v)) if tree.words[i].dep in {"advcl", "relcl"}), None)
    if clause is None:
        return False
    inside = tree.below(clause)
    if v not in inside:
        return False
    if tree.words[clause].dep == "advcl":
        return any(tree.low(m) in {"if", "unless"} for m in tree.kids(clause, "mark"))
    return tree.lemma(tree.words[clause].head) in {"case", "event"} and any(
        tree.low(i) == "where" for i in inside[:1]
    )


def reveals(tree: Tree, head: int) -> bool:
    """Whether a thing can be shown by it as by a document: a study, a film, the police's evidence, an outlet."""
    known, lemma, low = sources(), tree.lemma(head), tree.low(head)
    return bool({lemma, low} & (known.document | known.media)) or lemma in nouns()


def concludes(frame: Frame | None) -> bool:
    """Whether the cue's classes are all such as a thing can stand before although nobody speaks."""
    return frame is not None and bool(frame.spoken) and frame.spoken <= _SHOWN


def in_charge(tree: Tree, v: int, agent: int, head: int) -> bool:
    """ "Charged with possession of a firearm by a felon": the words "by a …" are part of the charge, not who brought it."""
    if tree.lemma(v) not in CHARGES:
        return False
    charge = next((p for p in tree.kids(v, "prep") if tree.low(p) in {"with", "of", "on"}), None)
    if charge is None or agent < charge or (tree.lemma(head) in sources().organisation):
        return False
    return any(tree.low(k) in {"a", "an"} for k in tree.kids(head, "det"))


def _of_events(tree: Tree, head: int) -> bool:
    """ "A campaign of bombings", "a series of attacks": a row of things that happened."""
    of = next((p for p in tree.kids(head, "prep") if tree.low(p) == "of"), None)
    thing = tree.kid(of, "pobj") if of is not None else None
    return thing is not None and (
        tree.low(thing).endswith("ings")
        or tree.lemma(thing) in {"attack", "violence", "murder", "killing", "terror"}
    )


@lru_cache(maxsize=1)
def _kinds() -> tuple[frozenset[str], ...]:
    known = sources()
    return (
        known.organisation,
        known.group,
        known.person,
        known.anonymous,
        known.document,
        known.media,
        known.spokes,
    )
