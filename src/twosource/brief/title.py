"""A title that names the incident and accuses nobody: what most reports lead with, where, when; no verb in it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import lru_cache
from importlib.resources import files

from twosource.brief.evidence import Desk
from twosource.brief.wording import clipped, date_in_words, one_line, place_name
from twosource.corroborate import comes_after, kinds_of
from twosource.model import Article, Sentence, Token
from twosource.text import normal

_LEAD = 6  # sentences of a report that say what it is about
_WEIGHTS = {0: 4, 1: 2}  # of the first sentences; every other one of the lead weighs 1
_MOST = 0.4  # of the reports, from which a happening names the incident
_WORDS = 24  # of a headline, in which runs are looked for
_RUN = 4  # words that headlines share
_OPENING = 600  # characters that say whether something was shot or shot down
_TO_ASK_FOR = ("resignation", "veto", "vote", "recall", "dismissal", "apology", "ceasefire", "election")
_HOAX = re.compile(r"\b(?:hoax\w*|fooled|debunk\w*|satir\w*)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:demand(?:s|ed)?|urge[ds]?|calls? (?:on|for)|called (?:on|for))\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:sh(?:ot|oot\w*)|brought|bring\w*) (?:\w+ ){0,3}down\b", re.IGNORECASE)
_CAUSE = 0.3  # of the reports, from which a happening names what they lead with the deaths of
_OUTCOMES = ("death", "injury", "rescue", "escape")  # of something else
# Words of a kind that name somebody or something in it, and what is left out of a title that says when.
_NO_EVENT = frozenset(
    "gunman bomb bomber gunfire gunshot knife hostage ballot dead fatal arsonist weekend overnight early late recent same other past more "
    "first second suspect suspected alleged accused apparent possible deadly subsequent degree custody".split()
)
_MODIFIERS = frozenset(("compound", "amod", "nmod"))


def title(desk: Desk) -> str:
    """The thing most reports lead with, the place and the day; where no noun is found, the first words in quotation marks."""
    where = _place(desk)
    what = _unreal(desk, happening(desk))
    if not what:
        things = subjects(desk, 2)
        lone = bool(things) and " " not in things[0]
        what = (lone and _shared_words(desk)) or " and ".join(things if lone or not where else things[:1])
    said = ", ".join(p for p in (what, where) if p)
    if said:
        when = date_in_words(desk.account.facts.when) if desk.account.facts.when else ""
        said = f"{said}, {when}" if when else said
        return said[:1].upper() + said[1:]
    for article in desk.reading_order:
        words = one_line(article.report.title) or one_line(article.text[:400])
        if words:
            return f"“{clipped(words, 10)}”"
    return "An incident without words"


def _unreal(desk: Desk, what: str) -> str:
    """The happening as most headlines have it: what is only asked for, or a hoax, did not happen."""
    heads = [a.report.title or a.text[:_OPENING] for a in desk.articles.values()]
    for pattern, said in ((_HOAX, "hoax about {}"), (_ASKED, "calls for {}")):
        if pattern is _ASKED and what not in _TO_ASK_FOR:
            continue
        if what and 2 * sum(pattern.search(h) is not None for h in heads) > len(heads):
            return said.format(what)
    return what


def happening(desk: Desk) -> str:
    """The kind of thing that most reports lead with, in their commonest phrase for it; empty where they share none.

    A death is told by its cause where there is one, and a trial by what it is about.
    """
    kind = _kind(desk)
    if kind is None:
        return ""
    if kind == "shooting" and 2 * sum(map(_is_downing, desk.account.articles)) > len(desk.articles):
        return "downing"
    phrases: Counter[str] = Counter()
    for annotation in desk.account.annotations if kind != "death" else ():  # "murder" is for a court to say
        article = desk.articles.get(annotation.report)
        seen: set[str] = set()
        for sentence in annotation.sentences[:_LEAD] if article else ():
            seen |= {
                p.casefold() if not any(w[1:].lower() != w[1:] for w in p.split()) else p
                for p in _phrases(sentence, article.text if article else "", kind)
            }
        phrases.update(seen)
    telling = {p: n for p, n in phrases.items() if n > 1}
    if telling:
        return min(telling, key=lambda p: (-telling[p] * len(p.split()) ** 0.5, p))
    killed = desk.account.facts.killed
    return "deaths" if kind == "death" and killed and killed.low > 1 else kind


def _is_downing(article: Article) -> bool:
    return _DOWN.search(f"{article.report.title or ''} {article.text[:_OPENING]}") is not None


def _kind(desk: Desk) -> str | None:
    """The kind to name it by: what happened before what was done about it, what caused a death before the death."""
    shares = {k.lower(): n for k, n in desk.news.shares.items() if k.isupper()}
    most = max((shares[k] for k in _OUTCOMES if k in shares), default=0.0)
    least = _CAUSE if most >= _MOST else _MOST
    found = [k for k in sorted(shares, key=lambda k: (-shares[k], k)) if k not in _OUTCOMES]
    now = [k for k in found if not comes_after(k) and shares[k] >= least]
    later = [k for k in found if comes_after(k) and shares[k] >= _MOST]
    if not now and shares.get("death", 0.0) >= _MOST:
        return "death"
    return next(iter(now or later), None)


def _phrases(sentence: Sentence, text: str, kind: str) -> list[str]:
    """The phrases of a sentence whose head noun is of the kind, with the nouns and adjectives that say which."""
    found = []
    for i, t in enumerate(sentence.tokens):
        lemma = t.lemma.casefold()
        if t.pos != "NOUN" or t.dep == "compound" or kind not in kinds_of(t) or lemma in _NO_EVENT:
            continue
        start = i
        while start > 0 and i - start < 2 and _tells_which(sentence.tokens, start - 1, i):
            if text[: sentence.tokens[start - 1].span.start].endswith("-"):
                break  # the end of "47-page", "first-degree"
            start -= 1
        phrase = one_line(text[sentence.tokens[start].span.start : t.span.end])
        if all(c.isalnum() or c in " -'’." for c in phrase):
            found.append(phrase)
    return found


def _tells_which(tokens: tuple[Token, ...], j: int, i: int) -> bool:
    return (
        _qualifies(tokens, j, i)
        and tokens[j].pos != "PROPN"
        and tokens[j].lemma.casefold() not in _generic() | _NO_EVENT
        and tokens[j].tag not in ("JJR", "JJS", "CD")
    )


def _shared_words(desk: Desk) -> str:
    """The longest run of words that two reports' headlines share and that is no clause; empty where there is none."""
    runs: dict[str, set[str]] = {}
    written: dict[str, str] = {}
    for article in desk.reading_order:
        words = re.findall(r"[\w'’.-]+", one_line(article.report.title))[:_WORDS]
        for i in range(len(words)):
            for j in range(i + 2, min(i + _RUN, len(words)) + 1):
                run = " ".join(words[i:j])
                runs.setdefault(run.casefold(), set()).add(article.id)
                written.setdefault(run.casefold(), run)
    names, qualities = _name_words(desk)
    shared = [
        r
        for r, ids in runs.items()
        if len(ids) > 1 and names.issuperset(r.split()) and r.split()[-1] not in qualities
    ]
    best = min(shared, key=lambda r: (-len(runs[r]) * len(r.split()), r), default="")
    return written.get(best, "")


def _name_words(desk: Desk) -> tuple[frozenset[str], frozenset[str]]:
    """The words that the reports' leads have only as nouns and what qualifies them, and those of them that qualify."""
    named: set[str] = set()
    other: set[str] = set()
    qualities: set[str] = set()
    for annotation in desk.account.annotations:
        for sentence in annotation.sentences[:_LEAD]:
            for t in sentence.tokens:
                (named if t.pos in ("NOUN", "PROPN", "ADJ") else other).add(t.text.casefold())
                if t.pos == "ADJ":
                    qualities.add(t.text.casefold())
    return frozenset(named - other - _generic()), frozenset(qualities)


def subjects(desk: Desk, most: int) -> list[str]:
    """The nouns that most reports lead with, each in its commonest phrase; headlines and the central claim weigh too."""
    weight: Counter[str] = Counter()
    phrases: dict[str, Counter[str]] = {}
    for annotation in desk.account.annotations:
        article = desk.articles.get(annotation.report)
        if article is None:
            continue
        heaviest: Counter[str] = Counter()
        for n, sentence in enumerate(annotation.sentences[:_LEAD]):
            for noun, phrase in _nouns(sentence, article.text):
                heaviest[noun] = max(heaviest[noun], _WEIGHTS.get(n, 1))
                phrases.setdefault(noun, Counter())[phrase] += 1
        headline = {normal(w) for w in one_line(article.report.title).split()}
        for noun in heaviest:
            weight[noun] += heaviest[noun] + (2 if headline & {normal(noun), normal(noun) + "s"} else 0)
    central = _central_nouns(desk)
    ranked = sorted(
        weight,
        key=lambda n: (-weight[n] - (1 if n in central else 0) * len(desk.articles), -phrases[n].total(), n),
    )
    return [min(phrases[n], key=lambda p: (-phrases[n][p], -len(p.split()), p)) for n in ranked[:most]]


def _central_nouns(desk: Desk) -> set[str]:
    found = set()
    for s in desk.of_claim(desk.central) if desk.central else []:
        annotation, article = desk.annotations.get(s.report), desk.articles.get(s.report)
        for sentence in annotation.sentences if annotation and article else ():
            if any(sentence.span.overlaps(c) for c in s.content):
                found |= {noun for noun, _ in _nouns(sentence, article.text if article else "")}
    return found


@lru_cache
def _generic() -> frozenset[str]:
    data = tomllib.loads((files("twosource.brief") / "data" / "title.toml").read_text(encoding="utf-8"))
    return frozenset(data["generic"])


def _nouns(sentence: Sentence, text: str) -> list[tuple[str, str]]:
    """The common nouns of a sentence that head a phrase, by lemma, with at most two of the words that qualify them."""
    found = []
    for i, t in enumerate(sentence.tokens):
        lemma = t.lemma.casefold()
        if (
            t.pos != "NOUN"
            or t.dep == "compound"
            or lemma in _generic()
            or not lemma.isalpha()
            or len(lemma) < 3
        ):
            continue
        start = i
        while start > 0 and i - start < 2 and _qualifies(sentence.tokens, start - 1, i):
            start -= 1
        phrase = one_line(text[sentence.tokens[start].span.start : t.span.end])
        if all(c.isalnum() or c in " -'’." for c in phrase):
            found.append((lemma, phrase))
    return found


def _qualifies(tokens: tuple[Token, ...], j: int, i: int) -> bool:
    return tokens[j].head == i and tokens[j].dep in _MODIFIERS and tokens[j].pos in ("NOUN", "PROPN", "ADJ")


def _place(desk: Desk) -> str:
    where = desk.account.facts.where
    if where is None:
        return ""
    parts = place_name(where).split(", ")
    if len(parts) > 2 and parts[-1] == "United States":
        parts.pop()  # American places are known by their state (Associated Press stylebook, "datelines")
    return ", ".join(dict.fromkeys((parts[0], parts[-1])))
