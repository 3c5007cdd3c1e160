"""Places where a report offers one doer or another for one deed: "either A or B"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.corroborate.facts.reading import Reading
from twosource.model import Actor, Evidence, Sentence, Span, Token
from twosource.text import normal

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LEFT = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "case", "punct"})
_DULL = frozenset(
    "the a an their his her its some any this that these those so-called so - called self-styled self styled either".split()
)
# What people do every day, and what they think: no deed whose doer is asked for.
_TRIVIAL = frozenset(
    """attend consider think believe know see say tell want hope like expect support oppose visit watch hear feel use read
    understand remember get give take make let help allow require involve include mean show""".split()
)
_STRETCH = 14
_LONGEST = 8  # words of an answer as shown


@dataclass(frozen=True)
class Fork:
    """One sentence's two rival doers of one deed."""

    evidence: Evidence
    question: str
    verb: str
    options: tuple[str, str]
    keys: tuple[frozenset[str], frozenset[str]]
    heads: tuple[str, str] = ("", "")  # the noun of each answer

    def own(self, n: int) -> frozenset[str]:
        """The words that tell one answer from the other."""
        return self.keys[n] - self.keys[1 - n]

    def turned(self) -> Fork:
        """The same fork with its answers in the other order."""
        return Fork(
            self.evidence, self.question, self.verb, self.options[::-1], self.keys[::-1], self.heads[::-1]
        )

    def straight(self, other: Fork) -> bool:
        """Whether both offer the same answers in the same order."""
        return bool(self.own(0) & other.own(0)) and bool(self.own(1) & other.own(1))

    def same_options(self, other: Fork) -> bool:
        """Whether both offer the same two answers, in either order."""
        return self.straight(other) or self.straight(other.turned())


def forks_of(reading: Reading, actors: Sequence[Actor]) -> list[Fork]:
    """Every place of a report where two doers are joined by "or"; yes-or-no pairs and lists of kinds are not."""
    return [f for s in reading.annotation.sentences for f in _forks(reading, s, actors)]


def _forks(reading: Reading, sentence: Sentence, actors: Sequence[Actor]) -> list[Fork]:
    tokens = sentence.tokens
    found = []
    for n, t in enumerate(tokens):
        first = t.head
        if (
            t.text.lower() != "or"
            or t.dep != "cc"
            or first == n
            or tokens[first].pos not in ("NOUN", "PROPN")
        ):
            continue
        second = next(
            (i for i, c in enumerate(tokens) if c.dep == "conj" and c.head == first and i > n), None
        )
        verb = _done(tokens, first)
        if (
            second is None
            or verb is None
            or tokens[second].pos not in ("NOUN", "PROPN")
            or _negated(tokens, verb)
            or _is_none(tokens, first)
            or tokens[verb].lemma.lower() in _TRIVIAL
        ):
            continue
        phrases = [
            _stretch(tokens, _phrase(tokens, i, stop), stop)
            for i, stop in ((first, n), (second, len(tokens)))
        ]
        keys = (_key(tokens, phrases[0]), _key(tokens, phrases[1]))
        if not keys[0] - keys[1] or not keys[1] - keys[0]:
            continue
        if any(tokens[p[-1]].tag in ("WP", "WDT") for p in phrases):
            continue  # told only by what follows: "the man who …"
        nouns = (normal(tokens[first].lemma), normal(tokens[second].lemma))
        names = {m.span: a.name for a in actors for m in a.mentions if m.report == reading.id}
        a, b = (_shown(reading, tokens, p, names) for p in phrases)
        found.append(
            Fork(
                reading.evidence(t.span), _ask(tokens, verb), normal(tokens[verb].lemma), (a, b), keys, nouns
            )
        )
    return found


def _done(tokens: Sequence[Token], head: int) -> int | None:
    """The verb that a noun is the doer of: its subject, or the object of its "by"; being and having are no deeds."""
    t = tokens[head]
    verb: int | None = None
    if t.dep == "nsubj":
        verb = t.head
    elif t.dep == "pobj" and tokens[t.head].text.lower() == "by":
        verb = tokens[t.head].head
    if (
        verb is None
        or tokens[verb].pos != "VERB"
        or tokens[verb].lemma.lower() in ("have", "be", "want", "need", "include")
    ):
        return None
    if t.dep == "nsubj" and not any(c.head == verb and c.dep in ("dobj", "obj") for c in tokens):
        return None  # rain or snow falls
    return verb


def _negated(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a deed is denied, or could or ought to be done; also by the verb above: "are not going to be stopped"."""
    modal = ("can", "could", "should", "must", "will")
    above = {verb} | ({tokens[verb].head} if tokens[verb].dep in ("xcomp", "ccomp", "conj") else set())
    return any(
        (c.head in above and c.dep == "neg") or (c.head == verb and c.lemma.lower() in modal) for c in tokens
    )


def _is_none(tokens: Sequence[Token], head: int) -> bool:
    """Whether a noun is nobody: "no reporters or crews"."""
    return any(c.head == head and c.lemma.lower() in ("no", "any", "neither", "nor") for c in tokens)


def _phrase(tokens: Sequence[Token], head: int, stop: int) -> list[int]:
    """A noun with all that hangs on it without a verb of its own, in one run."""
    keep = {head}
    for i in range(head - 1, -1, -1):
        if tokens[i].head in keep and tokens[i].dep in _LEFT:
            keep.add(i)
    for i in range(head + 1, min(stop, head + 16)):
        if (
            tokens[i].pos == "VERB"
            or tokens[i].dep in ("relcl", "acl", "cc", "conj", "advcl")
            or tokens[i].text in (",", ";", "–", "—")
        ):
            break
        if _under(tokens, i, head):
            keep.add(i)
    run = [head]
    while run[0] - 1 in keep:
        run.insert(0, run[0] - 1)
    while run[-1] + 1 in keep:
        run.append(run[-1] + 1)
    while len(run) > 1 and (
        tokens[run[0]].dep in ("det", "punct", "preconj") or tokens[run[0]].text.lower() in _DULL
    ):
        run = run[1:]
    return run


def _under(tokens: Sequence[Token], n: int, head: int) -> bool:
    for _ in range(6):
        if n == head:
            return True
        if tokens[n].head == n:
            return False
        n = tokens[n].head
    return False


def _stretch(tokens: Sequence[Token], phrase: Sequence[int], stop: int) -> list[int]:
    """The phrase and what follows it up to a verb or a comma: parsers hang "the army of X" in many ways."""
    run = list(phrase)
    while run[-1] + 1 < stop and len(run) < _STRETCH:
        coming = tokens[run[-1] + 1]
        hyphened = tokens[run[-1]].text in ("-", "‑")
        if (not hyphened and coming.pos in ("VERB", "AUX", "SCONJ", "CCONJ")) or coming.text in (
            ",",
            ";",
            ".",
            "–",
            "—",
            "(",
            ")",
        ):
            break
        run.append(run[-1] + 1)
    return run


def _key(tokens: Sequence[Token], phrase: Sequence[int]) -> frozenset[str]:
    return frozenset(
        normal(tokens[i].lemma)
        for i in phrase
        if tokens[i].pos in ("NOUN", "PROPN", "ADJ") and tokens[i].lemma.lower() not in _DULL
    )


def _shown(reading: Reading, tokens: Sequence[Token], phrase: Sequence[int], names: dict[Span, str]) -> str:
    """A body that the phrase names, by its best name; else the phrase as written, cut at a preposition where it is long."""
    whole = Span(tokens[phrase[0]].span.start, tokens[phrase[-1]].span.end)
    begins = [(s, n) for s, n in names.items() if whole.holds(s) and tokens[phrase[0]].span.overlaps(s)]
    ends = [(s, n) for s, n in names.items() if whole.holds(s) and tokens[phrase[-1]].span.overlaps(s)]
    if begins and any(tokens[i].pos == "ADP" for i in phrase):
        return max(begins, key=lambda x: (x[0].end - x[0].start, x[1]))[1]  # "the Front of commander Roe"
    if begins or (
        ends
        and any(tokens[i].tag == "POS" for i in phrase)
        and not any(tokens[i].pos == "ADP" for i in phrase)
    ):
        return (
            max(ends or begins, key=lambda x: (x[0].end - x[0].start, x[1]))[1]
            if not begins or ends
            else begins[0][1]
        )
    run = list(phrase[:_LONGEST])
    while len(run) > 1 and tokens[run[-1]].pos in ("ADP", "DET", "PART", "PUNCT"):
        run.pop()
    return " ".join(Span(tokens[run[0]].span.start, tokens[run[-1]].span.end).of(reading.text).split())


def _ask(tokens: Sequence[Token], verb: int) -> str:
    """The question that the rival doers leave open, in the report's own verb and object."""
    t = tokens[verb]
    particle = next((f" {c.text}" for c in tokens if c.head == verb and c.dep == "prt"), "")
    if any(c.head == verb and c.dep in ("nsubjpass", "auxpass") for c in tokens):
        subject = next((i for i, c in enumerate(tokens) if c.head == verb and c.dep == "nsubjpass"), None)
        what = _words(tokens, _phrase(tokens, subject, verb)) if subject is not None else "it"
        return f"By whom was {what} {t.text}{particle}?"
    objects = [i for i, c in enumerate(tokens) if c.head == verb and c.dep in ("dobj", "attr") and i > verb]
    what = f" {_words(tokens, _phrase(tokens, objects[0], len(tokens)))}" if objects else ""
    helpers = [c.text for i, c in enumerate(tokens) if c.head == verb and c.dep == "aux" and i < verb]
    helpers = [{"were": "was", "are": "is", "have": "has"}.get(h.lower(), h) for h in helpers]
    return f"Who {' '.join([*helpers, t.text])}{particle}{what}?"


def _words(tokens: Sequence[Token], phrase: Sequence[int]) -> str:
    first = tokens[phrase[0]]
    article = "" if first.pos in ("PROPN", "PRON") or first.tag == "PRP$" else "the "
    text = " ".join(tokens[i].text for i in phrase)
    for mark in (" '", " ’", " ,"):
        text = text.replace(mark, mark.strip())
    return article + text
