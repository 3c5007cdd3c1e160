"""Whether it happened: what one report says and another negates, and what one report calls untrue."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Evidence, Nature, Sentence, Side, Span, Token
from twosource.text import normal

# A claim, story or report is called untrue, or it is said that no such thing was.
_UNTRUE = re.compile(
    r"\b(?:claims?|stor(?:y|ies)|reports?|article|allegations?|accusations?|rumou?rs?|posts?|video|photos?)\s+(?:is|are|was|were)\s+"
    r"(?:\w+\s+){0,2}?(?:false|fake|untrue|nonsense|baseless|unfounded|fabricated|a hoax|hoaxes|fiction|incorrect|bogus|a lie|lies|made up)\b"
    r"|\bno such \w+"
    r"|\b(?:deni(?:ed|es)|reject(?:ed|s)|dismiss(?:ed|es)|debunk(?:ed|s)|refut(?:ed|es))\s+(?:the\s+)?(?:claims?|allegations?|accusations?|reports?|rumou?rs?|stor(?:y|ies))\b"
    r"|\bthere (?:is|was|are|were) no (?:\w+\s+){1,3}",
    re.IGNORECASE,
)
# … and this is of the story itself, whatever the sentence goes on to name.
_FLATLY = re.compile(
    r"\b(?:is|are|was|were)\b|\bno such (?:\w+ )?(?:incident|event|attack|thing)\b", re.IGNORECASE
)
_OF_IT = 2  # content words that a denial has in common with a lead
_LIGHT = frozenset({"make", "have", "do", "take", "be", "get", "there"})
_NO = frozenset({"no", "any", "neither", "none"})
_ANYBODY = frozenset(
    {
        "police",
        "offici",
        "author",
        "people",
        "person",
        "invest",
        "office",
        "man",
        "woman",
        "victim",
        "suspec",
        "sherif",
    }
)
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_OBJECT = frozenset({"dobj", "attr", "obj"})
_UNDER = frozenset({"xcomp", "ccomp"})
_LOOSE = frozenset({"xcomp", "acl", "advcl", "ccomp"})  # what may only be wished or feared
_DENYING = frozenset(
    {"deny", "refute", "disavow"}
)  # a bill is rejected, a veto dismissed: that denies nothing
# A first sentence that itself tells of a story going round doesn't say that it happened.
_SPOKEN = frozenset(
    w[:6]
    for w in "confirm announce release identify disclose reveal claim report acknowledge comment".split()
)
_RUMOURED = re.compile(
    r"\b(?:hoax|fake|false|satir\w+|rumou?rs?|rumou?red|debunk\w*|untrue|story|stories|viral|don['’]t worry|claim(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    [
        "say",
        "know",
        "think",
        "want",
        "see",
        "need",
        "go",
        "tell",
        "seem",
        "appear",
        "talk",
        "comment",
        "clear",
        "mean",
        "be",
        "believe",
    ]
)


@dataclass(frozen=True)
class Predication:
    """What a clause says of what, as stems, and whether it is negated."""

    verb: str
    args: frozenset[str]
    negated: bool
    span: Span
    light: bool = False  # the verb was empty, so that its object stands for it
    doers: frozenset[str] = frozenset()  # the stems of who does it, where that is said in so many words


def differing_occurrence(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """What one report negates and another asserts, and the whole claim where one report calls it untrue."""
    own = [r for r in readings if heads[r.id] == r.id]
    said = [(r, p) for r in own for s in r.annotation.sentences for p in predications(s)]
    found = [_untrue(own), *_negated(said)]
    return [d for d in found if d]


def stem(lemma: str) -> str:
    """The first letters of a word, so that "arrest" and "arrested", "gunshot" and "gunshots" are one."""
    word = normal(lemma)
    return word[:6] if not any(c.isdigit() for c in word) and word != "old" else ""


def predications(sentence: Sentence) -> list[Predication]:
    """The clauses of a sentence; an empty verb ("make an arrest") gives way to its object."""
    tokens = sentence.tokens
    children: dict[int, list[int]] = {}
    for n, t in enumerate(tokens):
        if t.head != n:
            children.setdefault(t.head, []).append(n)
    found = []
    for n, t in enumerate(tokens):
        if t.pos not in ("VERB", "AUX") or len(t.lemma) < 3:
            continue
        wished = t.dep in _LOOSE and _is_infinitive(tokens, children.get(n, ()))
        if wished and not _is_unable(tokens, t.head) and not _is_yet_to(tokens, n):
            continue  # wished, asked or feared
        kids = children.get(n, [])
        if _says_nothing(tokens, n, kids, children):
            continue
        args = [k for k in kids if tokens[k].dep in _SUBJECT | _OBJECT and tokens[k].pos in ("NOUN", "PROPN")]
        no = any(
            (tokens[k].dep == "neg" or tokens[k].text.lower() in ("not", "n’t", "n't", "never", "nor"))
            and not (k + 1 < len(tokens) and tokens[k + 1].text.lower() in _NOT_ONLY)
            for k in kids
        )
        no = no or _is_yet_to(tokens, n)
        no = no or (t.dep == "xcomp" and _is_unable(tokens, t.head))
        no = no or any(
            tokens[g].text.lower() in ("no", "none", "neither") and tokens[g].dep == "det"
            for a in args
            for g in children.get(a, [])
        )
        denied = (t.dep in _UNDER and tokens[t.head].lemma.lower() in _DENYING) or (
            t.dep == "pcomp" and tokens[tokens[t.head].head].lemma.lower() in _DENYING
        )
        no = no != denied
        verb, rest = t.lemma.lower(), args
        if verb in _LIGHT:
            objects = [a for a in args if tokens[a].dep in _OBJECT or tokens[a].dep == "nsubjpass"]
            if not objects or (verb == "take" and tokens[objects[0]].lemma.lower() in _IDIOMS):
                continue
            verb, rest = tokens[objects[0]].lemma.lower(), [a for a in args if a != objects[0]]
            if t.lemma.lower() == "have":  # who has no leads isn't who doesn't lead
                verb = f"have {verb}"
        words = [
            i
            for a in rest
            for i in (a, *(g for g in children.get(a, []) if tokens[g].dep in ("compound", "amod", "nmod")))
        ]
        content = frozenset(stem(tokens[i].lemma) for i in words if tokens[i].text.lower() not in _NO)
        if verb.removeprefix("have ") not in _PLAIN:
            key = f"have {stem(verb[5:])}" if verb.startswith("have ") else stem(verb)
            doers = frozenset(stem(tokens[a].lemma) for a in args if tokens[a].dep == "nsubj")
            light = verb != t.lemma.lower()
            found.append(Predication(key, content, no, _reach(tokens, n, args), light, doers))
    return found


_IDIOMS = frozenset("issue place part care time offense offence".split())  # after "take"
_NOT_ONLY = frozenset({"only", "just", "merely", "simply"})
_OPEN = frozenset("could would might may can ca should if will wo whether".split())


def _says_nothing(
    tokens: Sequence[Token], n: int, kids: Sequence[int], children: Mapping[int, Sequence[int]]
) -> bool:
    """Whether a clause leaves open what it speaks of, or its "not" is of a participle or of anybody of a kind.

    "If he survived", "had never had a veto overridden", "a coach who hasn't won a title".
    """
    t = tokens[n]
    if any(tokens[k].lemma.lower() in _OPEN for k in kids):
        return True
    if any(
        tokens[k].dep in ("ccomp", "xcomp")
        and any(tokens[g].tag in ("WRB", "WP", "WDT") for g in children.get(k, ()))
        for k in kids
    ):
        return True  # "never revealed why": that he did it he may well have revealed
    if t.lemma.lower() == "have" and any(
        tokens[k].dep in ("ccomp", "xcomp", "acl") or any(tokens[g].dep == "acl" for g in children.get(k, ()))
        for k in kids
        if tokens[k].pos in ("NOUN", "PROPN", "VERB")
    ):
        return True
    while t.dep == "conj" and tokens[t.head] is not t:
        t = tokens[t.head]
    return t.dep == "relcl" and any(
        tokens[g].lemma.lower() in ("a", "an", "any", "no") and tokens[g].dep == "det"
        for g in children.get(t.head, ())
    )


def _is_yet_to(tokens: Sequence[Token], n: int) -> bool:
    """Whether something is still to be done: "police have yet to make an arrest"."""
    before = [t.text.lower() for t in tokens[max(0, n - 3) : n]]
    return before[-2:] == ["yet", "to"] or before == ["yet", "to", "be"]


def _is_infinitive(tokens: Sequence[Token], kids: Sequence[int]) -> bool:
    return any(tokens[k].dep == "aux" and tokens[k].tag == "TO" for k in kids)


def _is_unable(tokens: Sequence[Token], n: int) -> bool:
    """Whether a word is "unable" or "failed", or "able" with a "not"."""
    t = tokens[n]
    if t.lemma.lower() in ("unable", "fail"):
        return True
    return t.lemma.lower() == "able" and any(c.dep == "neg" and c.head in (n, t.head) for c in tokens)


def _reach(tokens: Sequence[Token], n: int, args: Sequence[int]) -> Span:
    spans = [tokens[i].span for i in (n, *args)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _negated(said: Sequence[tuple[Reading, Predication]]) -> list[Disagreement]:
    by_verb: dict[str, list[tuple[Reading, Predication]]] = {}
    for r, p in said:
        by_verb.setdefault(p.verb, []).append((r, p))
    found = []
    for verb in sorted(by_verb):
        no = [(r, p) for r, p in by_verb[verb] if p.negated]
        yes = [(r, p) for r, p in by_verb[verb] if not p.negated]
        pairs = [(a, b) for a in no for b in yes if a[0].id != b[0].id and _of_one_thing(a[1], b[1])]
        if not pairs or len(yes) > 12:
            continue
        sides = {Side("no", r.evidence(p.span)) for (r, p), _ in pairs} | {
            Side("yes", r.evidence(p.span)) for _, (r, p) in pairs
        }
        (r, p), (other, q) = pairs[0]
        why = f"{p.span.of(r.text)!r} in {r.id}, {q.span.of(other.text)!r} in {other.id}."
        nature = _nature(r, other)
        found.append(disagreement("occurrence", f"whether: {p.span.of(r.text)}", nature, sides, why, 0.8))
    return [d for d in found if d]


def _of_one_thing(a: Predication, b: Predication) -> bool:
    """Whether both speak of the same: they share an argument, or the negated one names none ("no arrests were made").

    Where both name who does it, that must be the same, too: the group has not confirmed what the ministry confirmed.
    """
    named = a.doers - _ANYBODY, b.doers - _ANYBODY
    if not named[0] & named[1] and (all(named) or (a.verb in _SPOKEN and named[0])):
        return False
    return (
        bool((a.args & b.args) - _ANYBODY - {""})
        or (a.light and b.light and not a.args - _ANYBODY)
        or (a.light and not a.args)
    )


def _nature(a: Reading, b: Reading) -> Nature:
    """What was not so and then was, in a report published on a later day, is an update."""
    x, y = (r.article.published or "" for r in (a, b))
    days = all(re.match(r"\d{4}-\d\d-\d\d", d) for d in (x, y))
    return "update" if days and x[:10] < y[:10] else "contradiction"


def _nameless(reading: Reading, sentence: Sentence) -> frozenset[str]:
    """The content words of a sentence that are no names: an obituary and a denial of years ago have the name in common."""
    return reading.content(sentence) - {normal(t.lemma) for t in sentence.tokens if t.pos == "PROPN"}


def _untrue(own: Sequence[Reading]) -> Disagreement | None:
    """The lead of each report that asserts, against each sentence that calls the claim untrue.

    Who denies accusations or says that there was no such thing must speak of what the reports lead with.
    """
    sides: list[Side] = []
    doubters: dict[str, list[Evidence]] = {}
    led = {r.id: _nameless(r, r.annotation.sentences[0]) for r in own if r.annotation.sentences}
    for r in own:
        for s in r.annotation.sentences:
            m = _UNTRUE.search(r.text, s.span.start, s.span.end)
            if m is None or re.match(r"there", m.group(), re.IGNORECASE):
                continue
            if not _FLATLY.search(m.group()) and all(
                len(led[i] & _nameless(r, s)) < _OF_IT for i in led if i != r.id
            ):
                continue
            doubters.setdefault(r.id, []).append(Evidence(r.id, r.passage(Span(*m.span()))))
    if not doubters:
        return None
    for r in own:
        if r.id in doubters:
            sides += [Side("untrue", e) for e in doubters[r.id][:2]]
        lead = next(
            (
                s
                for s in r.annotation.sentences
                if len(s.tokens) > 6 and not _UNTRUE.search(r.text, s.span.start, s.span.end)
            ),
            None,
        )
        if lead and r.id not in doubters and not _RUMOURED.search(r.text, lead.span.start, lead.span.end):
            sides.append(
                Side("happened", Evidence(r.id, r.passage(Span(lead.span.start, lead.span.start + 1))))
            )
    said = ", ".join(sorted(doubters))
    return disagreement(
        "occurrence", "whether it happened", "contradiction", sides, f"Called untrue in {said}.", 1.1
    )
