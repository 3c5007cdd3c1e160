"""A title that names the incident and accuses nobody: what most reports lead with, where, when; else a headline of theirs, quoted."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files

from twosource.brief.blame import blames_in_words, in_noun_clause
from twosource.brief.disbelieved import disbelieved
from twosource.brief.evidence import Desk
from twosource.brief.wording import clipped, date_in_words, inside_quotes, one_line, place_name
from twosource.corroborate import comes_after, kinds_of
from twosource.model import Article, Sentence, Token
from twosource.text import normal

_LEAD = 6  # sentences of a report that say what it is about
_WEIGHTS = {0: 4, 1: 2}  # of the first sentences; every other one of the lead weighs 1
_MOST = 0.4  # of the reports, from which a happening names the incident
_WORDS = 24  # of a headline, in which runs are looked for
_TOLD = 0.4  # of the reports, that tell a happening in a clause of its own
_FEWEST, _MOST_WORDS = 4, 14  # words of a headline that can stand as a title
_NO_TITLE = re.compile(
    r"[?…]|\.\.\.|^[\"“‘']|^(?:opinion|editorial|video|watch|photos|update|correction|breaking)\b",
    re.IGNORECASE,
)
_DAYS = 4  # between what happened and a report of it
_RUN = 4  # words that headlines share
_SHARED = 0.4  # of the reports, that have such a run in common
_OFFERED = 6  # nouns among which one in a phrase is looked for
_OPENING = 600  # characters that say whether something was shot or shot down
_TO_ASK_FOR = ("resignation", "veto", "vote", "recall", "dismissal", "apology", "ceasefire", "election")
_RUMOUR = re.compile(r"\brumou?r\w*", re.IGNORECASE)
_HOAX = re.compile(r"\b(?:hoax\w*|fooled|debunk\w*|satir\w*)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:demand(?:s|ed)?|urge[ds]?|calls? (?:on|for)|called (?:on|for))\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:sh(?:ot|oot\w*)|brought|bring\w*) (?:\w+ ){0,3}down\b", re.IGNORECASE)
_CAUSE = 0.3  # of the reports, from which a happening names what they lead with the deaths of
_ILLNESS = re.compile(r"\b(?:heart|panic|asthma) attack\b", re.IGNORECASE)
_OUTCOMES = ("death", "injury", "rescue", "escape")  # of something else
# Words of a kind that name somebody or something in it, and what is left out of a title that says when.
_NO_EVENT = frozenset(
    "gunman bomb bomber gunfire gunshot knife hostage ballot dead fatal arsonist weekend overnight early late recent same other past more "
    "first second suspect suspected alleged accused apparent possible deadly subsequent degree custody".split()
)
_MODIFIERS = frozenset(("compound", "amod", "nmod"))


def title(desk: Desk) -> str:
    """The thing most reports lead with, the place and the day; where no noun is found, the first words in quotation marks."""
    if story := _disbelieved_story(desk):
        return f"“{inside_quotes(story)}”, a story called false"
    what = _unreal(desk, happening(desk))
    where = _place(desk) if what else ""  # a plan, a film, a device is at no place
    what = what or _headline(desk)
    if not what:
        things = subjects(desk, _OFFERED)
        full = [t for t in things if " " in t]
        what = _shared_words(desk) or (full[0] if full else " and ".join(things[:2]))
        where = where if what else _place(desk)
    said = ", ".join(p for p in (what, where) if p)
    if said:
        when = date_in_words(desk.account.facts.when) if desk.account.facts.when else ""
        said = (
            f"{said}, {when}" if when and (where or _is_news(desk, desk.account.facts.when or "")) else said
        )
        return said[:1].upper() + said[1:]
    for article in desk.reading_order:
        words = one_line(article.report.title) or one_line(article.text[:400])
        if words:
            return f"“{clipped(words, 10)}”"
    return "An incident without words"


def _disbelieved_story(desk: Desk) -> str:
    """The heading of a story that another report calls false, where it is short enough and blames nobody."""
    for article in desk.reading_order:
        if article.id in disbelieved(desk):
            first = next((s.of(article.text) for s in desk.sentences(article.id)), "")
            head = (_own_headline(article) or one_line(first)).rstrip(".")
            if _FEWEST <= len(head.split()) <= _MOST_WORDS and not blames_in_words(head):
                return head
    return ""


def _is_news(desk: Desk, when: str) -> bool:
    """Whether a date lies within days of a report's own: else it may be that of a plan or of something long ago."""
    try:
        day = date.fromisoformat(when[:10])
    except ValueError:
        return False
    published = [a.published[:10] for a in desk.account.articles if a.published and len(a.published) >= 10]
    return any(abs((day - date.fromisoformat(p)).days) <= _DAYS for p in published if "X" not in p)


def _headline(desk: Desk) -> str:
    """The headline that tells most of what the reports lead with, in quotation marks; none that lays blame or asks."""
    heads = {a.id: _own_headline(a) for a in desk.reading_order}
    telling = {i: {normal(w) for w in re.findall(r"\w{4,}", h)} for i, h in heads.items() if h}
    best: tuple[float, str] | None = None
    for i, words in telling.items():
        others = [w for j, w in telling.items() if j != i]
        alike = sum(len(words & o) / max(1, min(len(words), len(o))) for o in others) / max(1, len(others))
        value = desk.news.told(heads[i]) + alike
        fits = _FEWEST <= len(heads[i].split()) <= _MOST_WORDS and not _NO_TITLE.search(heads[i])
        if fits and not blames_in_words(heads[i]) and (best is None or value > best[0]):
            best = (value, heads[i])
    return f"“{inside_quotes(best[1])}”" if best else ""


def _own_headline(article: Article) -> str:
    """A report's headline, without the site's name after it; the first line where it reads like one."""
    said = one_line(article.report.title)
    if not said:
        first, _, rest = article.text[:_OPENING].strip().partition("\n")
        said = one_line(first) if rest.strip() and not re.search(r"[.!:;,][\"”’']?$", first.strip()) else ""
    return re.split(r" (?:[|–—]|-) (?=[A-Z])", said)[0]


def called_false(desk: Desk) -> bool:
    """Whether most reports' heads call what they report a hoax."""
    heads = [a.report.title or a.text[:_OPENING] for a in desk.articles.values()]
    return 2 * sum(_HOAX.search(h) is not None for h in heads) > len(heads)


def _unreal(desk: Desk, what: str) -> str:
    """The happening as most headlines have it: what is only asked for, rumoured, or a hoax, did not happen."""
    heads = [a.report.title or a.text[:_OPENING] for a in desk.articles.values()]
    for pattern, said in ((_HOAX, "hoax about {}"), (_RUMOUR, "rumors of {}"), (_ASKED, "calls for {}")):
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
        if all(_ILLNESS.search(p) for p in telling):
            return (
                "death" if desk.news.shares.get("DEATH", 0.0) >= _MOST else ""
            )  # "heart attack" is no attack
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
    if not any(a.sentences for a in desk.account.annotations):
        return next(iter(now or later), None)
    return next((k for k in now or later if _happens(desk, k)), None if now else next(iter(later), None))


def _happens(desk: Desk, kind: str) -> bool:
    """Whether enough reports' leads tell it or name it, rather than only say of something that it was done to it ("captured jets")."""
    told = sum(
        any(
            kind in kinds_of(sentence.tokens, i)
            and t.dep not in ("amod", "acl")
            and not in_noun_clause(sentence.tokens, i)
            for sentence in annotation.sentences[:_LEAD]
            for i, t in enumerate(sentence.tokens)
        )
        for annotation in desk.account.annotations
    )
    named = sum(_in_headline(desk, a, kind) for a in desk.account.articles)
    return max(told, named) >= _TOLD * len(desk.articles)


def _in_headline(desk: Desk, article: Article, kind: str) -> bool:
    return kind.upper() in desk.news.units(article.report.title or "")


def _phrases(sentence: Sentence, text: str, kind: str) -> list[str]:
    """The phrases of a sentence whose head noun is of the kind, with the nouns and adjectives that say which."""
    found = []
    for i, t in enumerate(sentence.tokens):
        lemma = t.lemma.casefold()
        if (
            t.pos != "NOUN"
            or t.dep == "compound"
            or kind not in kinds_of(sentence.tokens, i)
            or lemma in _NO_EVENT
            or (lemma == "fire" and kind != "fire")  # "opened fire"
        ):
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
    """The run of words that most reports' headlines or openings share and that names a thing; empty where there is none."""
    runs: dict[str, set[str]] = {}
    written: dict[str, Counter[str]] = {}
    names, qualities = _name_words(desk)
    somebody = _people_and_places(desk)
    speakers = [{w.casefold() for w in s.who.split()} for s in desk.account.statements if s.who]
    for article in desk.reading_order:
        for words in _heads(desk, article):
            for i in range(len(words)):
                for j in range(i + 2, min(i + _RUN, len(words)) + 1):
                    run = " ".join(words[i:j])
                    key = [w.casefold() for w in words[i:j]]
                    if (
                        names.issuperset(key)
                        and key[-1] not in qualities
                        and not somebody.issuperset(key)
                        and not any(v.issuperset(key) for v in speakers)
                    ):
                        runs.setdefault(" ".join(key), set()).add(article.id)
                        written.setdefault(" ".join(key), Counter())[run] += 1
    shared = [r for r, ids in runs.items() if len(ids) > 1 and len(ids) >= _SHARED * len(desk.articles)]
    best = min(shared, key=lambda r: (-len(runs[r]) * len(r.split()) ** 0.5, r), default="")
    return (
        max(written[best], key=lambda w: (sum(c.islower() for c in w), written[best][w], w)) if best else ""
    )


def _heads(desk: Desk, article: Article) -> Iterator[list[str]]:
    """The words of a report's headline and of its first sentence, cut where a mark stands between them."""
    first = next((s.of(article.text) for s in desk.sentences(article.id)), "")
    for head in (article.report.title or "", first):
        for piece in re.split(
            r"[^\w\s'’.-]+|\.\s|\s-+\s|['’]s?\b", " ".join(one_line(head).split()[: 2 * _WORDS])
        ):
            yield re.findall(r"\w[\w'’.-]*\w|\w", piece)


def _people_and_places(desk: Desk) -> frozenset[str]:
    """The words of the names of people and places, which alone name no incident."""
    return frozenset(
        w.casefold()
        for actor in desk.account.actors
        if actor.kind in ("person", "place")
        for w in actor.name.split()
    )


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
