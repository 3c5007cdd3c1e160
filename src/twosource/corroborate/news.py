"""What most reports of an incident lead with: the happening and the rare words that their headlines and first sentences share."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from twosource.model import Annotation, Article, Token
from twosource.text import normal

_MOST = 0.5  # of the reports, from which they lead with a happening
_FIRST = 2  # sentences of a report that tell its news, besides the headline
_SHARED = 1 / 3  # of the reports, from which a word is the incident's
_HAPPENING, _AFTER, _WORD = 3.0, 1.5, 1.0  # how much a unit weighs that every report leads with
_TELLING = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
_LIGHT = frozenset(
    "say tell report police officer official authority accord ask add be have do make take get give go come people person "
    "man woman monday tuesday wednesday thursday friday saturday sunday morning night evening afternoon day year week "
    "county city state news update mr mrs new one two".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday day week month year ground".split()
)
_WORDS = re.compile(r"\w+(?:[-’']\w+)*")
_ENDING = re.compile(r"(?:['’]s|s)$")
_INFLECTED = re.compile(r"(?:s|es|ed|d|ing)$")
_OPENS = frozenset(("open", "under", "return", "exchange"))
_FIRED = frozenset(("shot", "round", "gun", "bullet", "weapon", "handgun", "rifle", "missile", "rocket"))
_FIRED_AT = frozenset(("at", "into", "on", "upon", "toward", "towards"))
_IN_HEADLINE, _IN_TEXT = 1.0, 0.5  # how much it tells that a report has a word there
# The name of a body, a person or a thing that only holds the word of a happening.
_NOT_IT = re.compile(
    r"\b(?:fire|death|murder|homicide|attack|crash|rescue|trial|storm|vote|election|flood|bomb)[ -]"
    r"(?=(?:service|department|dept|crew|marshal|chief|station|fighter|official|truck|engine|investigator|squad|technician|disposal"
    r"|penalty|row|threat|suspect|charge|count|case|unit|detective|dog|rate|worker|team|lawyer|court)s?\b)",
    re.IGNORECASE,
)


# What was done or found out after the happening.
_AFTERMATH = re.compile(
    r"\b(?:(?:has|have|had) been|is|are|was|were|being) (?:\w+ly )?(?:identified|named|charged|arrested|arraigned|indicted|sentenced|convicted"
    r"|extradited|released)\b|\b(?:in custody|facing charges|faces? (?:a|one|two|three|several|multiple)? ?(?:charges?|counts?))\b",
    re.IGNORECASE,
)


@lru_cache
def _kinds() -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    """The kinds that a lemma (or lemma/v, lemma/n) names, and of those that come after a happening their place in time."""
    data = tomllib.loads(files(__package__).joinpath("news.toml").read_text(encoding="utf-8"))
    named: dict[str, set[str]] = {}
    for kinds in (data["happening"], data["after"]):
        for kind, words in kinds.items():
            for word in words.split():
                named.setdefault(word, set()).add(kind)
    return {w: frozenset(k) for w, k in named.items()}, {kind: n for n, kind in enumerate(data["after"])}


def kinds_of(tokens: Sequence[Token], i: int) -> frozenset[str]:
    """The kinds of happening that a word of a sentence tells of: whoever opens fire burns nothing and dismisses nobody."""
    token = tokens[i]
    if token.pos == "PROPN":
        return frozenset()  # "Catching Fire" burns nothing
    lemma = token.lemma.lower()
    if lemma == "fire" and _shoots(tokens, i):
        return _kinds()[0]["shoot"]
    part = {"VERB": "v", "NOUN": "n"}.get(token.pos, "")
    named = _kinds()[0]
    written = _form(token.text.lower()) if token.pos == "VERB" else lemma
    return frozenset().union(*(named.get(w, frozenset()) for w in (lemma, written, f"{lemma}/{part}")))


def _shoots(tokens: Sequence[Token], i: int) -> bool:
    """Whether "fire" is of guns: "opened fire", "fired shots", "fired at"."""
    if tokens[i].pos == "NOUN":
        return i > 0 and tokens[i - 1].lemma.lower() in _OPENS
    return any(
        t.head == i
        and (
            (t.dep in ("dobj", "nsubjpass") and t.lemma.lower() in _FIRED)
            or (t.dep == "prep" and t.text.lower() in _FIRED_AT and not _is_day(tokens, n))
        )
        for n, t in enumerate(tokens)
    )


def _is_day(tokens: Sequence[Token], preposition: int) -> bool:
    """Whether what a preposition leads to is a day: whoever is fired on Saturday has lost a job."""
    return any(t.head == preposition and t.lemma.lower() in _DAYS for t in tokens)


@lru_cache
def _forms_of_verbs() -> dict[str, str]:
    data = tomllib.loads(files(__package__).joinpath("news.toml").read_text(encoding="utf-8"))
    return {form: verb for verb, forms in data["forms"].items() for form in forms.split()}


def _form(word: str) -> str:
    """The verb of an irregular form; any other word as it is."""
    return _forms_of_verbs().get(word, word)


def comes_after(kind: str) -> bool:
    """Whether this is what is done about a happening rather than the happening."""
    return kind in _kinds()[1]


def tells_aftermath(text: str) -> bool:
    """Whether a text tells who was identified, arrested or charged, which comes after what happened."""
    return _AFTERMATH.search(text) is not None


@dataclass(frozen=True)
class News:
    """The units (kinds of happening in capitals, lemmas) that the heads of the reports share, with what each weighs."""

    weights: dict[str, float]
    shares: dict[str, float]
    forms: dict[str, frozenset[str]]  # the units of a word as it is written
    _read: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def units(self, text: str) -> frozenset[str]:
        """The units of a stretch of text, also one that no parser has read."""
        known = self._read.get(text)
        if known is not None:
            return known
        found: set[str] = set()
        for word in _WORDS.findall(_NOT_IT.sub("", text)):
            low = word.lower()
            plain = (low, _ENDING.sub("", low), low.removeprefix("re-"))  # "re-elected"
            found |= next((units for w in plain if (units := self.forms.get(w))), frozenset())
        self._read[text] = frozenset(found)
        return self._read[text]

    def told(self, text: str) -> float:
        """How much of what the reports lead with a text holds, from 0 to 1: half for what happened, where they share that."""
        units = self.units(text)
        weights = sorted(self.weights.items())
        parts = [[x for x in weights if x[0].isupper()], [x for x in weights if not x[0].isupper()]]
        parts = parts if self.led else [weights]
        found = [sum(w for u, w in part if u in units) / sum(w for _, w in part) for part in parts if part]
        return sum(found) / len(found) if found else 0.0

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of happening that the reports lead with, the heaviest first."""
        mine = [u for u in self.weights if u.isupper()]
        return tuple(u.lower() for u in sorted(mine, key=lambda u: (-self.weights[u], u)))

    @property
    def led(self) -> frozenset[str]:
        """The happenings, not what is done about them, that at least half of the reports lead with."""
        return frozenset(k for k in self.kinds if self.shares[k.upper()] >= _MOST and not comes_after(k))

    def happens(self, text: str) -> bool:
        """Whether a text names a happening that the reports lead with, if there is one."""
        return not self.led or bool({k.upper() for k in self.led} & self.units(text))


def news(articles: Sequence[Article], annotations: Sequence[Annotation]) -> News:
    """What the reports share at their heads; of the steps after a happening the last that they share tells most."""
    forms = _forms(annotations)
    made = News({}, {}, forms)
    texts = {a.id: a for a in articles}
    count: Counter[str] = Counter()
    led: dict[str, float] = {}
    for annotation in annotations:
        article = texts.get(annotation.report)
        if article is not None:
            first = made.units(" ".join(s.span.of(article.text) for s in annotation.sentences[:_FIRST]))
            title = article.report.title or ""
            headline = made.units(title) | _by_name(title) if title.strip() else first
            count.update(first | headline)
            for unit in first | headline:
                led[unit] = led.get(unit, 0.0) + (_IN_HEADLINE if unit in headline else _IN_TEXT)
    shares = {u: n / len(annotations) for u, n in sorted(led.items())}
    shared = {u: s for u, s in shares.items() if s >= _SHARED and (count[u] > 1 or len(annotations) == 1)}
    steps = _kinds()[1]
    last = max((steps[u.lower()] for u in shared if u.isupper() and u.lower() in steps), default=-1)

    def weight(unit: str) -> float:
        if not unit.isupper():
            return _WORD
        step = steps.get(unit.lower())
        return _HAPPENING if step is None else _AFTER if step == last else _AFTER / 2

    return News({u: weight(u) * s * s for u, s in shared.items()}, shares, forms)


def _by_name(title: str) -> frozenset[str]:
    """The kinds that a headline's words name in some form: its capitals hide verbs from a parser ("Actor Apologizes")."""
    named = _kinds()[0]
    stems = {
        w.lower(): {w.lower(), _form(w.lower()), *(_INFLECTED.sub(end, w.lower()) for end in ("", "e"))}
        for w in (x.lower().removeprefix("re-") for x in title.split())
    }
    return frozenset(k.upper() for found in stems.values() for w in sorted(found) for k in named.get(w, ()))


def _forms(annotations: Iterable[Annotation]) -> dict[str, frozenset[str]]:
    """The units of each written word: its kinds where it has some, else its lemma; as it is most often read."""
    read: dict[str, Counter[frozenset[str]]] = {}
    for annotation in annotations:
        for sentence in annotation.sentences:
            for i, token in enumerate(sentence.tokens):
                units = {k.upper() for k in kinds_of(sentence.tokens, i)}
                lemma = normal(token.lemma)
                if not units and token.pos in _TELLING and lemma not in _LIGHT and len(lemma) > 1:
                    units = {lemma.lower()}
                read.setdefault(token.text.lower(), Counter())[frozenset(units)] += 1
    return {
        form: min(found, key=lambda units: (-found[units], sorted(units)))
        for form, found in sorted(read.items())
    }
