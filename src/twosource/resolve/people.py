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
_PATRONYMIC = re.compile(r"(?:[oe]v[iy](?:ch|c|tch|cz)|[oei]vna|ichna)$")
_SUFFIX = re.compile(
    r"(?:ov|ev|yev|ova|eva|zoda|zade|iyn|yn)$"
)  # Slavic and Turkic family endings that are dropped or added
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
    text = re.sub(r"\(.*?\)", " ", name)
    family, comma, rest = text.partition(",")
    if comma and rest.strip() and normal(rest.strip(" .")) not in _PARTICLES:
        text = f"{rest} {family}"  # "Roe, Jane"
    words = [normal(w).replace("'", "") for w in _WORD.findall(text.replace(".", ". "))]
    words = [w for w in words if w] or words
    return tuple(words[_titles_end(words) :])


def _titles_end(words: list[str]) -> int:
    """How many words in front are offices ("deputy secretary of state", "Ruritanian president"); one word always stays."""
    lex = lexicon()
    offices = lex.titles | lex.roles
    end = 0
    for at, word in enumerate(words[:-1]):
        if word in offices and not (word in lex.also_names and (at or len(words) == 2)):
            end = at + 1
        elif (
            word in lex.title_modifiers
            or word in ("of", "the", "and", "state")
            or (at == 0 and words[1] in offices & (lex.leaders | lex.ranks))
        ):
            continue
        else:
            break
    while 0 < end < len(words) - 1 and (
        words[end] in ("of", "the", "and", "state", "general") or words[end - 1] == "of"
    ):
        end += 1
    return end


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
    surname = _surname(core_x, core_y)
    given = left_x[:1] == [core_x[0]] and left_y[:1] == [core_y[0]] and len(core_x) > 1
    return [
        Feature(
            "words",
            matched,
            "; ".join(_told(p) for p in pairs) or "no word of one is a spelling of a word of the other",
        ),
        Feature(
            "surname", surname, f"the last words {core_x[-1]!r} and {core_y[-1]!r} are {surname:.0%} alike"
        ),
        Feature("whole", joined, f"written without spaces they are {joined:.0%} alike"),
        Feature(
            "conflict",
            conflict,
            f"each has words that the other lacks: {_list(left_x)} against {_list(left_y)}",
        ),
        Feature("given", float(given), f"the given names {core_x[0]!r} and {core_y[0]!r} differ"),
        Feature("single", float(len(core_x) == 1), "one of them is a single word"),
    ]


def _surname(x: tuple[str, ...], y: tuple[str, ...]) -> float:
    """How alike the family names are, which some countries put first."""
    last = _word_value(x[-1], y[-1]).value
    if len(x) > 1 and _word_value(x[0], y[-1]).value > 0.9 and _word_value(x[-1], y[0]).value > 0.9:
        return 1.0
    return last


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
    if bool(_PATRONYMIC.search(a)) != bool(_PATRONYMIC.search(b)):
        return _Match(a, b, min(0.5, likeness(a, b)), "a spelling")  # the father's name is not the family's
    long, short = (a, b) if len(a) > len(b) else (b, a)
    if len(short) >= 3 and _SUFFIX.sub("", long) == short and long != short:
        return _Match(a, b, 0.9, "the same without a suffix")
    return _Match(a, b, likeness(a, b), "a spelling")


def _told(p: _Match) -> str:
    if p.how == "the same":
        return f"both have {p.a!r}"
    if p.how == "the same without a suffix":
        return f"{p.a!r} and {p.b!r} are the same but for a family ending"
    if p.how == "a spelling":
        return f"{p.a!r} may be a spelling of {p.b!r} ({p.value:.0%})"
    return (
        f"{p.a!r} may be {p.how} of {p.b!r}" if len(p.a) <= len(p.b) else f"{p.b!r} may be {p.how} of {p.a!r}"
    )


def _list(words: list[str]) -> str:
    return ", ".join(map(repr, words)) or "none"
