"""The claim that an incident turns on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from twosource.corroborate.news import News, kinds_of, news, tells_aftermath
from twosource.model import Annotation, Article, Backing, Claim, Sentence, Span, Statement, Token

_FRAGMENT = re.compile(
    r"(?:to|in|at|on|of|for|by|with|from|as|than|being|having)\b[^,]*\Z"
    r"|(?:after|when|while|if|because|although|though|since|until|unless|which|who|whether|that|how|why)\b[^,]*\Z"
    r"|as [^\w]",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"(?:he|she|they|it|this|these|those|his|her|their|its|i|we|you|my|our)\b|[“\"‘'(]", re.IGNORECASE
)
_THEN = re.compile(r"\bthen (?!-)|\balso\b|\bother\b|\banother\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:I|I['’]m|we|my|our|you|your)\b|[?!]\W*$")
# Who somebody was, not what happened.
_LIFE = re.compile(
    r"\b(?:was|is|were|are|had been) (?:an? |the )?(?:\w+[ -]){0,3}(?:veteran|husband|wife|father|mother|pastor|native|graduate"
    r"|student|member|resident|owner)s?\b|\b(?:grew up|moved to|was born|survived by|once served|used to)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:(?:is|are|was|were) (?:set|expected|due|scheduled|likely|going|planning|preparing|poised) to|(?:will|would|could|may|might)(?! have\b)"
    r"|plans? to|hopes? to|intends? to)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(r"\bas a result\b", re.IGNORECASE)  # of what is told elsewhere
_PICTURED = re.compile(
    r"\((?:photo|ap|left|right|reuters|getty)\b|\b(?:pictured|photo by|file photo)\b|\b(?:carr(?:y|ies)|stands?|walks?|smiles?|gathers?|looks?"
    r"|hugs?|is led|are seen|is seen)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:last (?:month|year)|earlier this (?:month|year)|(?:months|years|decades) ago)\b", re.IGNORECASE
)
_LESS = (
    (_FRAGMENT, 0.3), (_LEANING, 0.5), (_THEN, 0.7), (_SELF, 0.5), (_LIFE, 0.4), (_PLAN, 0.6), (_PICTURED, 0.6), (_RESULT, 0.6), (_BEFORE, 0.5),
)  # fmt: skip
_NO_SENTENCE, _NO_HAPPENING, _IN_PASSING, _AFTER_IT, _NO_SOURCE, _DENIED = 0.4, 0.6, 0.7, 0.7, 0.8, 0.5
_PASSING = ("pobj", "compound", "amod", "nmod", "poss")  # "after the shooting", but "fell to his death"
_ROUND = ("after", "before", "since", "while", "as", "because", "if", "although", "though")
_CARRIED = 0.5  # the part of a claim's weight that is how many reports carry it
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_OTHERS = 0.6  # what counts of the news that the other wordings of a claim tell and its text does not
_LATER = 0.02  # how much less a claim weighs for each that is carried more and earlier
_LATER_IN_DEBATE = 0.05  # … where nothing happens and much is said of one thing
_SHORT, _LONG = 5, 45  # words


def central_claim(
    claims: Sequence[Claim],
    backings: Sequence[Backing],
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
) -> str | None:
    """The id of the claim of the main event that says most of what the reports lead with; None without any claim.

    It may be one that only the reports' own voices say. Fragments, captions, lives, plans and feelings are passed over
    where another claim tells the happening. Where the reports' heads share nothing, the most carried claim is it.
    """
    if not claims:
        return None
    pairs = [(c, b) for c, b in zip(claims, backings, strict=True) if c.event == "main"]
    if not pairs:
        return claims[0].id
    shared = news(articles, annotations)
    most = max(len(b.reports) for _, b in pairs)
    statements = {s.id: s for a in annotations for s in a.statements}
    sentences = {a.report: a.sentences for a in annotations}
    texts = {a.id: a.text for a in articles}

    def weight(claim: Claim, backing: Backing) -> float:
        members = [statements[s] for s in claim.statements if s in statements]
        said = sorted(" ".join(s.of(texts.get(m.report, "")) for s in m.content) for m in members)
        told = sorted(map(shared.told, said))
        most_told = max(shared.told(claim.said), _OTHERS * told[len(told) // 2] if told else 0.0)
        value = most_told if shared.weights else 1.0
        value *= (1 - _CARRIED + _CARRIED * len(backing.reports) / most) * _readable(claim.said)
        value *= 1.0 if backing.status != "reporter_only" else _NO_SOURCE
        value *= _DENIED if members and all(m.stance in ("denies", "asks") for m in members) else 1.0
        happens = [shared.happens(x) for x in said]
        if not shared.happens(claim.said) and 2 * sum(happens) <= len(happens):
            value *= _NO_HAPPENING
        value *= _AFTER_IT if shared.led and tells_aftermath(claim.said) else 1.0
        mine = [m for m in members if m.id == claim.worded]
        if mine and not any(_clause(s, spans) for s, spans in _read(mine, sentences)):
            value *= _NO_SENTENCE
        if shared.led and mine and not any(_tells(s, x, shared) for s, x in _read(mine, sentences)):
            value *= _IN_PASSING
        return value

    later = _LATER if shared.led else _LATER_IN_DEBATE
    weights = [weight(c, b) / (1 + later * n) for n, (c, b) in enumerate(pairs)]
    return pairs[weights.index(max(weights))][0].id


def _readable(text: str) -> float:
    """How well a text tells a happening to somebody who reads nothing else, from 0 to 1."""
    value = 1.0
    for pattern, less in _LESS:
        if pattern.match(text) if pattern in (_FRAGMENT, _LEANING) else pattern.search(text):
            value *= less
    return value * (1.0 if _SHORT <= len(text.split()) <= _LONG else 0.7)


def _read(
    members: Sequence[Statement], sentences: Mapping[str, Sequence[Sentence]]
) -> list[tuple[Sentence, Sequence[Span]]]:
    """The sentences in which the statements stand, each with what is said."""
    return [
        (sentence, m.content)
        for m in members
        for sentence in sentences.get(m.report, ())
        if any(sentence.span.overlaps(c) for c in m.content)
    ]


def _clause(sentence: Sentence, content: Sequence[Span]) -> bool:
    """Whether the words hold a finite verb with its subject, outside of clauses that hang on another word."""
    tokens = sentence.tokens
    return any(
        t.dep in ("nsubj", "nsubjpass", "expl", "csubj")
        and tokens[t.head].dep not in ("relcl", "acl", "advcl", "pcomp")
        and _finite(tokens, t.head)
        and any(c.holds(t.span) for c in content)
        and any(c.holds(tokens[t.head].span) for c in content)
        for t in tokens
    )


def _tells(sentence: Sentence, content: Sequence[Span], shared: News) -> bool:
    """Whether the words tell one of the happenings, rather than name it in passing ("seen after the shooting")."""
    tokens = sentence.tokens
    return any(
        kinds_of(tokens, i) & shared.led
        and any(c.holds(t.span) for c in content)
        and (t.dep not in _PASSING or (t.dep == "pobj" and tokens[t.head].lemma.lower() == "to"))
        and not told_aside(tokens, i)
        for i, t in enumerate(tokens)
    )


def told_aside(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word stands in a relative clause, or in one that says after, before or since what something else was."""
    seen: set[int] = set()
    while i not in seen:
        seen.add(i)
        if tokens[i].dep in ("relcl", "acl", "pcomp"):
            return True
        if tokens[i].dep == "advcl" and any(t.head == i and t.lemma.lower() in _ROUND for t in tokens):
            return True
        i = tokens[i].head
    return False


def _finite(tokens: Sequence[Token], verb: int) -> bool:
    return tokens[verb].tag in _FINITE or any(
        t.head == verb and t.dep in ("aux", "auxpass") and t.tag in _FINITE for t in tokens
    )
