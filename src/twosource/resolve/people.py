"""Whether two names are one person's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from twosource.annotate.mentions.lexicon import bare, given_forms, lexicon
from twosource.annotate.mentions.spelling import likeness, sound
from twosource.model import Score
from twosource.resolve.features import Feature, weighed
from twosource.text import normal

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Words that romanised names carry or leave out at will: articles, "son of", "father of", nobiliary particles.
_PARTICLES = frozenset(
    """al el ul ad ag ar as at az bin ben ibn bint abu abd abdul abdel bou ould ag oglu de del della di da do dos das du des
    van von der den ter zu la le les lo y e i san st mac mc o d l jr sr ii iii iv""".split()
)
_MATCH = 0.72  # from here on two words count as spellings of one


@dataclass(frozen=True, slots=True)
class _Match:
    a: str
    b: str
    value: float
    how: str


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """A person's name as it is compared: no titles, no accents, initials as single letters; particles stay."""
    lex = lexicon()
    text = re.sub(r"\(.*?\)", " ", name)
    words = [normal(w).replace("'", "") for w in _WORD.findall(text.replace(".", ". "))]
    kept = list(words)
    while len(kept) > 1 and (kept[0] in lex.titles or kept[0] in lex.roles or kept[0] in lex.title_modifiers or kept[0] in ("of", "the", "and")):
        if kept[0] in lex.also_names and len(kept) == 2:
            break
        kept = kept[1:]
    return tuple(kept) or tuple(words)


def compare_people(a: str, b: str) -> Score:
    """How alike two people's names are."""
    return weighed("person", person_features(a, b))


def person_features(a: str, b: str) -> list[Feature]:
    """The features of two names, the same whichever comes first."""
    x, y = sorted((name_words(a), name_words(b)), key=lambda w: (len(w), w))
    if not x or not y:
        return [Feature("whole", float(bare(a) == bare(b)), "one of the names has no letters")]
    core_x, core_y = _core(x), _core(y)
    pairs = _aligned(core_x, core_y)
    left_x = [w for w in core_x if not any(p.a == w for p in pairs)]
    left_y = [w for w in core_y if not any(p.b == w for p in pairs)]
    matched = sum(p.value for p in pairs) / len(core_x)
    conflict = float(min(len(left_x), len(left_y)))
    joined = Indel.normalized_similarity("".join(map(sound, x)), "".join(map(sound, y)))
    surname = max(_word_value(core_x[-1], core_y[-1]).value, 0.0)
    given = _word_value(core_x[0], core_y[0]).value if len(core_x) > 1 else 0.0
    found = [
        Feature("words", matched, "; ".join(_told(p) for p in pairs) or "no word of one is a spelling of a word of the other"),
        Feature("surname", surname, f"the last words {core_x[-1]!r} and {core_y[-1]!r} are {surname:.0%} alike"),
        Feature("given", given, f"the first words {core_x[0]!r} and {core_y[0]!r} are {given:.0%} alike"),
        Feature("whole", joined, f"written without spaces they are {joined:.0%} alike"),
        Feature("conflict", conflict, f"each has words that the other lacks: {_list(left_x)} against {_list(left_y)}"),
        Feature("extra", float(abs(len(left_y) - len(left_x))), f"one has more words: {_list(left_x + left_y)}"),
        Feature("single", float(len(core_x) == 1), "one of them is a single word"),
        Feature("order", float(_in_order(pairs, core_x, core_y)), "what they share comes in the same order"),
    ]
    return found


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in _PARTICLES) or words


def _aligned(x: tuple[str, ...], y: tuple[str, ...]) -> list[_Match]:
    """The words of the two that are spellings of one another, one to one, best first."""
    options = sorted(
        ((_word_value(a, b), i, j) for i, a in enumerate(x) for j, b in enumerate(y)),
        key=lambda o: (-o[0].value, abs(o[1] - o[2]), o[1], o[2]),
    )
    used_x: set[int] = set()
    used_y: set[int] = set()
    out = []
    for match, i, j in options:
        if match.value >= _MATCH and i not in used_x and j not in used_y:
            used_x.add(i)
            used_y.add(j)
            out.append(match)
    return out


def _word_value(a: str, b: str) -> _Match:
    if a == b:
        return _Match(a, b, 1.0, "the same")
    if len(a) == 1 or len(b) == 1:
        fits = a[0] == b[0]
        return _Match(a, b, 0.85 if fits else 0.0, "an initial")
    if given_forms().get(a, frozenset()) & given_forms().get(b, frozenset()):
        return _Match(a, b, 0.95, "a short form")
    return _Match(a, b, likeness(a, b), "a spelling")


def _told(p: _Match) -> str:
    if p.how == "the same":
        return f"both have {p.a!r}"
    if p.how == "a spelling":
        return f"{p.a!r} may be a spelling of {p.b!r} ({p.value:.0%})"
    return f"{p.a!r} may be {p.how} of {p.b!r}" if len(p.a) <= len(p.b) else f"{p.b!r} may be {p.how} of {p.a!r}"


def _list(words: list[str]) -> str:
    return ", ".join(map(repr, words)) or "none"


def _in_order(pairs: list[_Match], x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    at = sorted((x.index(p.a), y.index(p.b)) for p in pairs)
    return len(at) > 1 and all(q[1] > p[1] for p, q in zip(at, at[1:], strict=False))
