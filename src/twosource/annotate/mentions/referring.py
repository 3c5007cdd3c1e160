"""Descriptions and pronouns, linked to the actor that they mean where the text leaves little doubt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from twosource.annotate.mentions.lexicon import bare, lexicon
from twosource.model import Mention, Sentence, Span, Token

_REACH = 12  # sentences back that a description may look


@dataclass(frozen=True, slots=True)
class Told:
    """A mention and the words [first, last) of its sentence that it stands on."""

    sentence: int
    first: int
    last: int
    mention: Mention


def descriptions(sentences: Sequence[Sentence], told: Sequence[Told]) -> list[Told]:
    """ "The general", "the command", "the outlet": definite, unmodified, and only one actor named before fits."""
    lex = lexicon()
    out = appositions(sentences, told)
    called: dict[str, set[int]] = {}
    for t in out:
        called.setdefault(bare(sentences[t.sentence].tokens[t.last - 1].text), set()).add(t.mention.chain)
    said = {(t.sentence, t.last - 1) for t in out}
    named = {(t.sentence, i) for t in told for i in range(t.first, t.last)}
    for number, sentence in enumerate(sentences):
        tokens = sentence.tokens
        for at in range(len(tokens) - 1):
            word = bare(tokens[at + 1].text)
            if (number, at + 1) in said or bare(tokens[at].text) != "the" or (number, at + 1) in named:
                continue
            if _goes_on(tokens, at + 2):
                continue
            if tokens[at + 1].text != word:  # "the Front": what a body that was named is called for short
                shortened = word in lex.institution_heads | lex.media_heads and tokens[at + 1].text.istitle()
                who = _body(word, number, at, told, number + 1) if shortened else None
            elif word in lex.roles or word in lex.titles:
                who = _holder(word, number, at, told)
            elif word in lex.outlet_words:
                who = _outlet(number, at, told) or _body(word, number, at, told)
            else:
                who = _body(word, number, at, told) if word in lex.institution_heads else None
                if who is None and len(called.get(word, ())) == 1:
                    who = _called(called[word], number, at, told)
            if who:
                span = Span(tokens[at].span.start, tokens[at + 1].span.end)
                out.append(
                    Told(number, at, at + 2, Mention(span, who.kind, who.name, "description", who.chain))
                )
    return out


def appositions(sentences: Sequence[Sentence], told: Sequence[Told]) -> list[Told]:
    """ "The operator, Roe Freight,": the description of a body that its name follows."""
    out: list[Told] = []
    bodies = {(t.sentence, t.last - 1): t for t in told if t.mention.kind == "organisation"}
    for (number, last), t in sorted(bodies.items()):
        tokens = sentences[number].tokens
        noun = tokens[last].head
        first = next((i for i in range(noun) if tokens[i].head == noun and tokens[i].dep == "det"), None)
        if tokens[last].dep != "appos" or tokens[noun].pos != "NOUN" or first is None or noun >= t.first:
            continue
        if tokens[first].text.lower() != "the" or noun - first > 3:
            continue
        span = Span(tokens[first].span.start, tokens[noun].span.end)
        out.append(
            Told(
                number,
                first,
                noun + 1,
                Mention(span, t.mention.kind, t.mention.name, "description", t.mention.chain),
            )
        )
    return out


def owned(sentences: Sequence[Sentence], told: Sequence[Told], described: Sequence[Told]) -> list[Told]:
    """Those whose office is "its": of the body that was the last subject, in their sentence or the two before."""
    lex = lexicon()
    subjects = sorted(
        (t.sentence, t.first, t.mention.name)
        for t in (*told, *described)
        if t.mention.kind == "organisation"
        and sentences[t.sentence].tokens[t.last - 1].dep in ("nsubj", "nsubjpass")
    )
    out = []
    for t in told:
        m, tokens = t.mention, sentences[t.sentence].tokens
        before = [bare(w.text) for w in tokens[max(0, t.first - 4) : t.first]]
        if m.affiliation is None and m.role in lex.speakers | lex.leaders and "its" in before:
            near = [s for s in subjects if (t.sentence - 2, 0) <= s[:2] < (t.sentence, t.first)]
            if near:
                m = replace(m, affiliation=near[-1][2])
        out.append(replace(t, mention=m))
    return out


def _called(chains: set[int], number: int, at: int, told: Sequence[Told]) -> Mention | None:
    fit = [t for t in _before(number, at, told, _REACH) if t.mention.chain in chains]
    return fit[-1].mention if fit else None


def forces(sentences: Sequence[Sentence], told: Sequence[Told], after: int) -> list[Told]:
    """ "Police" on its own: the only police that the report names, else an actor called "police" (chain `after`)."""
    named = {
        t.mention.chain: t.mention
        for t in told
        if t.mention.kind == "organisation" and "police" in t.mention.name.lower().split()
    }
    only = next(iter(named.values())) if len(named) == 1 else None
    taken = {(t.sentence, i) for t in told for i in range(t.first, t.last)}
    out: list[Told] = []
    for number, sentence in enumerate(sentences):
        for at, token in enumerate(sentence.tokens):
            if (
                bare(token.text) != "police"
                or (number, at) in taken
                or token.dep in ("compound", "amod", "nmod")
            ):
                continue
            name, chain = (only.name, only.chain) if only else ("police", after)
            mention = Mention(token.span, "organisation", name, "description", chain)
            out.append(Told(number, at, at + 1, mention))
    return out


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the noun before only modifies what follows, or is told apart by it ("the director of", "the police chief")."""
    if at >= len(tokens):
        return False
    t = tokens[at]
    return t.pos in ("NOUN", "PROPN") or t.text in ("of", "for", "who", "-") or t.pos == "NUM"


def _before(number: int, at: int, told: Sequence[Told], reach: int) -> list[Told]:
    begin = bisect_left(told, number - reach, key=lambda t: t.sentence)
    end = bisect_left(told, (number, at), key=lambda t: (t.sentence, t.first))
    return list(told[begin:end])


def _holder(word: str, number: int, at: int, told: Sequence[Told]) -> Mention | None:
    people = [t for t in _before(number, at, told, _REACH) if t.mention.kind == "person"]
    everywhere = {t.mention.chain for t in told if _holds(t.mention, word)}
    near = [t for t in people if t.mention.chain in everywhere]
    if not near:
        return None
    if len(everywhere) == 1 or (
        number - near[-1].sentence <= 1
        and len({t.mention.chain for t in near if number - t.sentence <= 2}) == 1
    ):
        return near[-1].mention
    return None


def _holds(m: Mention, word: str) -> bool:
    if m.kind != "person" or m.form != "name":
        return False
    return m.role == word or word in [bare(w) for w in (m.title or "").split()]


def _body(word: str, number: int, at: int, told: Sequence[Told], reach: int = _REACH) -> Mention | None:
    fit = [
        t
        for t in _before(number, at, told, reach)
        if t.mention.kind == "organisation" and bare(t.mention.name.split()[-1]) == word
    ]
    return fit[-1].mention if len({t.mention.chain for t in fit}) == 1 else None


def _outlet(number: int, at: int, told: Sequence[Told]) -> Mention | None:
    """The body that was last told something, or that last reported: found by the statements' own rules too."""
    heads = lexicon().media_heads
    fit = [
        t
        for t in _before(number, at, told, 4)
        if t.mention.kind == "organisation" and bare(t.mention.name.split()[-1]) in heads
    ]
    return fit[-1].mention if len({t.mention.chain for t in fit}) == 1 else None


_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}


def pronouns(sentences: Sequence[Sentence], told: Sequence[Told], quoted: Sequence[Span]) -> list[Mention]:
    """ "He", "she" and their forms, where the last sentences name only one person who fits, or the last subject does.

    Nobody is linked across a quotation mark, or past a woman or man who has no name.
    """
    gender = _genders(told)
    out: list[Mention] = []
    subject: Mention | None = None
    by_sentence: dict[int, list[Told]] = {}
    for t in told:
        if t.mention.kind == "person":
            by_sentence.setdefault(t.sentence, []).append(t)
    inside = _inside(quoted)
    for number, sentence in enumerate(sentences):
        here = by_sentence.get(number, [])
        linked = False
        for at, token in enumerate(sentence.tokens):
            sex = _HE.get(token.text.lower())
            if sex is None:
                continue
            quotation = inside(token.span)
            near = [t for t in here if t.first < at] or by_sentence.get(number - 1, [])
            fit = [
                t.mention
                for t in near
                if gender.get(t.mention.chain, sex) == sex and inside(t.mention.span) == quotation
            ]
            chosen = fit[-1] if len({m.chain for m in fit}) == 1 else None
            if (
                chosen is None
                and subject
                and gender.get(subject.chain, sex) == sex
                and quotation < 0
                and not any(t.first < at for t in here)
            ):
                chosen = subject
            since = max((t.last for t in here if t.first < at), default=0)
            if chosen is None or _stranger(sentence.tokens, since, at, sex):
                continue
            gender.setdefault(chosen.chain, sex)
            out.append(
                replace(chosen, span=token.span, form="pronoun", title=None, role=None, affiliation=None)
            )
            linked = True
            if token.dep.startswith("nsubj") and quotation < 0:
                subject = chosen
        subject = _subject(sentence, here) or (
            subject if linked or here or _opens_quotation(sentence) else None
        )
    return out


def _inside(quoted: Sequence[Span]) -> Callable[[Span], int]:
    """A look-up for the number of the quotation that a span is in; -1 outside of any."""
    starts = [q.start for q in quoted]

    def find(span: Span) -> int:
        i = bisect_right(starts, span.start) - 1
        return i if i >= 0 and span.start < quoted[i].end else -1

    return find


_MEN = frozenset(
    "man boy father brother son husband uncle grandfather cousin person someone somebody suspect victim gunman driver neighbor official".split()
)
_WOMEN = frozenset(
    "woman girl mother sister daughter wife aunt grandmother cousin person someone somebody suspect victim driver neighbor official".split()
)


def _stranger(tokens: Sequence[Token], since: int, at: int, sex: str) -> bool:
    """Whether somebody without a name stands between the last name and the pronoun, who may be meant."""
    words = _MEN if sex == "m" else _WOMEN
    return any(t.lemma.lower() in words and t.pos == "NOUN" for t in tokens[since:at])


def _subject(sentence: Sentence, here: Sequence[Told]) -> Mention | None:
    """The last person who is the subject of a verb in the sentence."""
    found = None
    for t in here:
        if any(x.dep.startswith("nsubj") for x in sentence.tokens[t.first : t.last]):
            found = t.mention
    return found


def _opens_quotation(sentence: Sentence) -> bool:
    """Whether the sentence opens with a quotation, which leaves the speaker's place open."""
    return bool(sentence.tokens) and sentence.tokens[0].text in ("“", '"', "``", "''")


def _genders(told: Sequence[Told]) -> dict[int, str]:
    lex = lexicon()
    found: dict[int, str] = {}
    for t in told:
        words = {bare(w) for w in f"{t.mention.title or ''} {t.mention.role or ''}".split()}
        if words & lex.male_titles:
            found[t.mention.chain] = "m"
        elif words & lex.female_titles:
            found[t.mention.chain] = "f"
    return found
