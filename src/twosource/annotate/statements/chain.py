"""To whom it was said, who else carried it, and which statement stands inside which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twosource.annotate.statements.cast import Cast, Originator, is_media
from twosource.annotate.statements.describing import without_article
from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import nouns, sources
from twosource.annotate.statements.phrases import noun_phrase
from twosource.annotate.statements.saying import may_speak
from twosource.annotate.statements.tree import Tree
from twosource.annotate.statements.who import pronoun
from twosource.model import Statement

_OCCASIONS = frozenset({"interview", "statement", "letter", "comments", "remarks", "email", "e-mail", "call", "message", "conversation",
                        "briefing", "conference", "testimony", "speech", "address", "appearance", "exchange", "response"})  # fmt: skip
_AUDIENCES = frozenset(
    {
        "reporters",
        "journalists",
        "lawmakers",
        "supporters",
        "investigators",
        "police",
        "jurors",
        "fans",
        "crowd",
    }
)
_CARRIES = frozenset({"quote", "cite", "report", "carry", "publish", "broadcast"})
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_PLACES = frozenset(
    "website site page blog story article incident scene".split()
)  # where or of what it is told
_LAWS = frozenset("act bill law treaty constitution charter agreement code".split())
_HEARERS = frozenset(
    "rally hearing conference briefing inquest meeting gathering audience congregation summit convention station".split()
)
_WHERE = frozenset(
    "at in on during after about".split()
)  # "graduates at a ceremony in June" are the graduates
_GOES_ON = 3  # paragraphs in which a speaker is still taken to be in the same interview


def told(
    cast: Cast, tree: Tree, draft: Draft, who: Originator, paragraph: int, outlet: str | None
) -> str | None:
    """The audience that the words name; else that of the interview which the same speaker's quotations go on with."""
    named = _named(cast, tree, draft, outlet)
    if named is not None and set(named.casefold().split()[:1]) & _DAYS:
        named = None  # "in her remarks on Sunday evening"
    if named is None and who.key and who.kind != "media" and draft.how in {"quote", "clause", "tail"}:
        before = cast.audiences.get(who.key)
        if before is not None and paragraph - before[1] <= _GOES_ON and not _elsewhere(tree, draft):
            named = before[0]
    if named is not None and who.key and not draft.negated:
        cast.audiences[who.key] = (named, paragraph)
    return named


def _named(cast: Cast, tree: Tree, draft: Draft, outlet: str | None) -> str | None:
    if draft.told:
        head = next((i for i in draft.told if tree.words[i].head not in draft.told), draft.told[-1])
        if tree.low(head) in {"me", "us"}:
            return outlet
        if tree.low(head) in _DAYS:
            return None
        if not _listens(tree, head):
            return _first_named(cast, tree, draft.told)
        return _audience(cast, tree, head, draft.told)
    if draft.quoted_by:
        return _audience(cast, tree, draft.carrier[-1], draft.carrier)
    if draft.verb is None:
        return None
    for verb in [v for v in (draft.head,) if v is not None]:
        for c in tree.kids(verb, "relcl"):  # "an official, who spoke with reporters"
            if tree.lemma(c) in {"speak", "talk"}:
                for p in tree.kids(c, "prep"):
                    audience = tree.kid(p, "pobj")
                    if tree.low(p) in {"to", "with"} and audience is not None:
                        return _audience(cast, tree, audience, tree.below(audience))
    if draft.how == "according":
        return None
    for verb in _verbs(tree, draft.verb):
        for p in tree.kids(verb, "prep"):
            found = _occasion(cast, tree, p)
            if found is not None:
                return found
    return None


def _listens(tree: Tree, head: int) -> bool:
    """Whether it can be told something: a name, people, a body, an outlet; not a law, a place or what happened."""
    known = sources()
    lemma, low = tree.lemma(head), tree.low(head)
    if tree.words[head].pos in {"PROPN", "PRON", "NUM"}:
        return low not in _LAWS
    if {lemma, low} & (known.document | _PLACES):
        return False
    return (may_speak(tree, head) or lemma in _HEARERS) and lemma not in nouns()


def _first_named(cast: Cast, tree: Tree, words: Sequence[int]) -> str | None:
    """ "Explained to Vale key points of the plan": whom the phrase opens with, where what it goes on with can't listen."""
    m = cast.at(tree.words[words[0]].span) or (cast.at(tree.words[words[1]].span) if len(words) > 1 else None)
    return m.name if m is not None and m.form == "name" and m.kind in {"person", "organisation"} else None


def _verbs(tree: Tree, verb: int) -> list[int]:
    """The cue and, where it is coordinate with or inside another, the verb that governs it."""
    word = tree.words[verb]
    return [verb, word.head] if word.dep in {"xcomp", "advcl", "conj"} else [verb]


def _occasion(cast: Cast, tree: Tree, p: int) -> str | None:
    """ "In an interview with", "in a statement to", "on" and a broadcaster's name."""
    noun = tree.kid(p, "pobj")
    if noun is None:
        return None
    if tree.low(p) in {"in", "during", "at"} and tree.lemma(noun) in _OCCASIONS | {"comment", "remark"}:
        for inner in tree.kids(noun, "prep", "dative"):
            audience = tree.kid(inner, "pobj")
            if (
                tree.low(inner) in {"with", "to", "on", "for"}
                and audience is not None
                and _listens(tree, audience)
            ):
                return _audience(cast, tree, audience, tree.below(audience))
    its_own = any(
        tree.words[k].tag == "PRP$" for k in tree.children[noun]
    )  # "on his website": nobody is told
    if tree.low(p) in {"on", "with", "to"} and not its_own:
        m = cast.at(tree.words[noun].span)
        name = m.name if m is not None else tree.string(tree.below(noun))
        if is_media(name) or any(
            is_media(tree.words[i].text) for i in tree.below(noun) if tree.words[i].pos == "PROPN"
        ):
            return (
                without_article(tree.string(i for i in tree.below(noun) if i - noun <= 6))
                if m is None
                else _whole(tree, noun, name)
            )
    return None


def _whole(tree: Tree, noun: int, name: str) -> str:
    """The outlet where a programme's name stands with it ("on CBS' “Face …”")."""
    owner = tree.kid(noun, "poss")
    return tree.words[owner].text if owner is not None and is_media(tree.words[owner].text) else name


def _audience(cast: Cast, tree: Tree, head: int, words: Sequence[int]) -> str | None:
    if tree.words[head].pos == "PRON":
        if tree.low(head) in {"him", "her"}:
            return pronoun(cast, tree, head).who
        return _teller(cast, tree, head) if tree.low(head) == "them" else None
    m = cast.at(tree.words[head].span)
    if m is not None and (m.form == "name" or (m.form == "description" and m.kind == "organisation")):
        return m.name
    occasion = next((i for i in words if i > head and tree.low(i) in _WHERE), None)
    name = without_article(tree.string(i for i in words if occasion is None or i < occasion))
    if len(words) <= 2 and is_media(tree.lemma(head)):
        return cast.outlet_before(tree.words[head].span.start) or name
    return name or None


def _teller(cast: Cast, tree: Tree, head: int) -> str | None:
    """ "Relatives said neighbours told them …": whoever says that they were told, where they are many."""
    cue = tree.words[head].head
    above = tree.words[cue].head
    subject = tree.kid(above, "nsubj") if tree.words[cue].dep == "ccomp" else None
    if subject is None or tree.words[subject].tag != "NNS":
        return None
    return _audience(cast, tree, subject, noun_phrase(tree, subject, above))


def _elsewhere(tree: Tree, draft: Draft) -> bool:
    """Whether the cue names another occasion than the interview."""
    if draft.verb is None:
        return False
    return any(
        tree.lemma(n) in _OCCASIONS | {"twitter", "facebook", "court", "rally", "video", "post"}
        for p in tree.kids(draft.verb, "prep")
        for n in tree.kids(p, "pobj")
    )


def carried(cast: Cast, tree: Tree, draft: Draft, audience: str | None, outlet: str | None) -> str | None:
    """The outlet, not the report's own, that the words name as having carried it: by quoting, citing or being told."""
    heads = [i for i in draft.carrier if tree.words[i].head not in draft.carrier]
    for v, word in enumerate(tree.words):
        if not heads and word.tag == "VBN" and tree.lemma(v) in _CARRIES and v != draft.verb:
            heads = [
                h
                for a in tree.kids(v, "agent", "prep")
                if tree.low(a) == "by" and (h := tree.kid(a, "pobj")) is not None
            ]
    if heads:
        name = _audience(cast, tree, heads[0], tree.below(heads[0]))
        return name if name is not None and is_media(name) and name != outlet else None
    return audience if audience is not None and is_media(audience) and audience != outlet else None


def nested(found: Sequence[Statement], thoughts: frozenset[str]) -> list[Statement]:
    """Each statement with the smallest one that its cue stands in, and with the outlet that so carries it."""
    said = [s for s in found if s.mode != "narration"]
    by_id = {s.id: s for s in said}
    out = []
    for s in found:
        holder = _holder(s, said)
        if holder is None:
            out.append(s)
            continue
        carrier = by_id[holder]
        via = s.via or (carrier.who if carrier.kind == "media" else carrier.via)
        # A belief is known only through whoever relays it, so it was told to whom that was told.
        audience = s.told or (carrier.told if s.id in thoughts else None)
        out.append(replace(s, within=holder, via=via, told=audience))
    return out


def _holder(s: Statement, said: Sequence[Statement]) -> str | None:
    if not s.cue or s.mode == "narration":
        return None
    at = s.cue[0]
    holders = [o for o in said if o.id != s.id and o.cue != s.cue and any(c.holds(at) for c in o.content)]
    best = min(holders, key=lambda o: (sum(c.end - c.start for c in o.content), o.id), default=None)
    return best.id if best is not None else None
