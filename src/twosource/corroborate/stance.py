"""How a report stands to a claim in plain words: agree, disagree, or only discuss.

A visible weighted list: each feature is a number and a sentence, the weights lie in stance.toml. Words alone decide, so a
claim can be held against any report without parsing it.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from twosource.model import Annotation, Article, SourceKind, Span
from twosource.text import normal, sentences, words

Verdict = Literal["agree", "disagree", "discuss"]
VERDICTS: tuple[Verdict, ...] = ("agree", "disagree", "discuss")
TOUCHES = (
    0.34  # share of the claim's content words that one sentence must have for the report to touch the claim
)
LONGEST = 80  # sentences of a report that are looked at
SHORT = 100  # words; rates are taken over at least so many, since a few words say little of a rate


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that speaks for a verdict."""

    name: str
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Stand:
    """How one report stands to a claim; `verdict` is None where it doesn't touch it."""

    verdict: Verdict | None
    evidence: tuple[Span, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim to check: against the report named, or against all when none is."""

    id: str
    claim: str
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who says what the evidence says; the report's own voice has no name."""

    who: str | None
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Check:
    """How one report stands to one claim, and whose words those are."""

    id: str
    report: str
    stand: Stand
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    span: Span
    raw: tuple[str, ...]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    refuting: frozenset[str]
    phrases: re.Pattern[str]
    hedging: frozenset[str]
    stopwords: frozenset[str]
    weights: dict[str, dict[str, float]]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = tomllib.loads(
        resources.files("twosource.corroborate").joinpath("stance.toml").read_text(encoding="utf-8")
    )
    return _Rules(
        frozenset(data["refuting"].split()),
        re.compile(
            r"\b(?:" + "|".join(re.escape(p) for p in data["refuting_phrases"]) + r")\b", re.IGNORECASE
        ),
        frozenset(data["hedging"].split()),
        frozenset(data["stopwords"].split()),
        data["weights"],
    )


def stand(claim: str, article: Article, *, named: bool = False) -> Stand:
    """How the article stands to the claim, with the sentences that say so.

    `named`: the article was named as touching the claim, so the answer is never None.
    """
    said = _sentences(article)
    near = _nearest(claim, said)
    best = max((score for score, _ in near), default=0.0)
    if best < TOUCHES and not named:
        return Stand(None, (), "no sentence has a third of the claim's words")
    found = features(claim, article)
    weights = _rules().weights
    scores = {v: weights[v]["bias"] + sum(weights[v][f.name] * f.value for f in found) for v in VERDICTS}
    verdict = max(VERDICTS, key=lambda v: (scores[v], v))
    telling = sorted(
        (f for f in found if weights[verdict][f.name] * f.value > 0),
        key=lambda f: (-weights[verdict][f.name] * f.value, f.name),
    )[:2]
    evidence = tuple(sorted(said[i].span for score, i in near[:2] if score > 0.0))
    return Stand(
        verdict, evidence, "; ".join(f.why for f in telling) or "nothing in it speaks for another verdict"
    )


def voices(stand: Stand, annotation: Annotation) -> tuple[Voice, ...]:
    """Who says it: the sources of the statements in the evidence, or the report itself where it names none."""
    said = [s for s in annotation.statements if any(c.overlaps(e) for c in s.content for e in stand.evidence)]
    named = {Voice(s.who, s.kind or "person") for s in said if s.mode != "narration" and s.who}
    return tuple(sorted(named, key=lambda v: (v.who or "", v.kind))) or (
        (Voice(None, "reporter"),) if stand.evidence else ()
    )


def features(claim: str, article: Article) -> tuple[Feature, ...]:
    """What speaks for a verdict, as numbers with a sentence each."""
    said, rules = _sentences(article), _rules()
    near = _nearest(claim, said)
    best = near[0][0] if near else 0.0
    relevant = [i for score, i in near[:8] if score >= 0.5 * best and score > 0.15]
    around = sorted({j for i in relevant for j in (i - 1, i, i + 1) if 0 <= j < len(said)})
    lead, whole = range(min(4, len(said))), range(len(said))
    total = sum(len(s.raw) for s in said) or 1

    def refuting(where: Sequence[int] | range) -> int:
        hits = sum(w in rules.refuting for i in where for w in said[i].raw)
        return hits + 2 * sum(len(rules.phrases.findall(said[i].span.of(article.text))) for i in where)

    def hedging(where: Sequence[int] | range) -> int:
        return sum(w in rules.hedging for i in where for w in said[i].raw)

    own = [normal(w.of(claim)) for w in words(claim)]
    claim_refutes = float(any(w in rules.refuting for w in own) or bool(rules.phrases.search(claim)))
    claim_hedges = float(any(w in rules.hedging for w in own))
    all_refuting, lead_refuting, lead_hedging = refuting(whole), refuting(lead), hedging(lead)
    return (
        Feature(
            "overlap",
            sum(score for score, _ in near[:3]) / 3,
            "its nearest sentences share words with the claim",
        ),
        Feature(
            "refuting_near", math.log1p(refuting(around)), "words of denial stand near what the claim says"
        ),
        Feature("refuting_lead", math.log1p(lead_refuting), "its first sentences have words of denial"),
        Feature(
            "refuting_rate",
            math.log1p(100 * all_refuting / max(total, SHORT)),
            "words of denial run through it",
        ),
        Feature(
            "hedging_lead", math.log1p(lead_hedging), "its first sentences have words of doubt or attribution"
        ),
        Feature(
            "hedging_rate",
            math.log1p(100 * hedging(whole) / max(total, SHORT)),
            "words of doubt or attribution run through it",
        ),
        Feature("length", math.log(max(total, SHORT)), "its length"),
        Feature("claim_refutes", claim_refutes, "the claim itself denies something"),
        Feature("claim_hedges", claim_hedges, "the claim itself is hedged"),
        Feature("claim_asks", float("?" in claim), "the claim is put as a question"),
        Feature("both_refute", claim_refutes * math.log1p(lead_refuting), "claim and report both deny"),
        Feature(
            "only_claim_refutes",
            claim_refutes * float(all_refuting == 0),
            "the claim denies, the report does not",
        ),
    )


def _sentences(article: Article) -> list[_Words]:
    furniture = [f.span for f in article.boilerplate]
    found = []
    for span in sentences(article.text):
        if any(f.overlaps(span) for f in furniture):
            continue
        raw = tuple(normal(w.of(article.text)) for w in words(article.text, span))
        found.append(_Words(span, raw, frozenset(stem(w) for w in raw)))
        if len(found) == LONGEST:
            break
    return found


def _nearest(claim: str, said: Sequence[_Words]) -> list[tuple[float, int]]:
    """(share of the claim's content words, sentence number), the nearest first."""
    raw = [normal(w.of(claim)) for w in words(claim)]
    content = {stem(w) for w in raw if w not in _rules().stopwords}
    if not content:
        return []
    return sorted(
        ((len(content & s.stems) / len(content), i) for i, s in enumerate(said)), key=lambda x: (-x[0], x[1])
    )


def stem(word: str) -> str:
    """A normal word without its commonest endings, so that "denied" meets "denies"."""
    for ending in ("'s", "ing", "edly", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
