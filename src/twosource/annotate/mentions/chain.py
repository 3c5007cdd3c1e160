"""Which names of one report are the same actor's: full names, surnames, acronyms, short forms and slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from twosource.annotate.mentions.lexicon import bare, body_forms, given_forms, lexicon
from twosource.annotate.mentions.name import Name, written
from twosource.annotate.mentions.spelling import likeness, skeleton
from twosource.model import MentionKind, Sentence
from twosource.text import normal

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GENERATIONS = frozenset("jr sr ii iii iv".split())
_LEGAL = frozenset("group inc corp ltd llc department dept co agency".split())
_KIN = frozenset("lady wife husband widow widower son daughter father mother brother sister cousin".split())
_WOMEN = frozenset("lady wife widow daughter mother sister".split())
_NEAR = 3  # words before a name in which kin is named
_DULL = frozenset(("the", "of", "for", "and", "in", "on", "to", "a", "an", "de", "du", "la", "le", "&"))


@dataclass(slots=True)
class Chain:
    """The names of one actor in one report, growing while the report is read."""

    number: int
    kind: MentionKind
    forms: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)  # indices of its names
    sentences: list[int] = field(default_factory=list)

    @property
    def fullest(self) -> str:
        """The form with most words; of equals the most used, then the first."""
        counts = {f: self.forms.count(f) for f in self.forms}
        return max(
            counts,
            key=lambda f: (
                len(parts(f)) if not f.isupper() or " " in f else 0,
                counts[f],
                -self.forms.index(f),
            ),
        )


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared, without a body's little words and a person's "Jr."."""
    words = tuple(w for w in (normal(m) for m in _WORD.findall(name.replace(".", ""))) if w not in _DULL)
    return words[:-1] if len(words) > 2 and words[-1] in _GENERATIONS else words


def initials_of(name: str) -> set[str]:
    """What a name's initials may spell, with and without its little words."""
    words = re.findall(r"[^\W_]+", name.replace(".", ""))
    short = [w for w in words if w.lower() not in _DULL]
    spelled = {"".join(w[0] for w in ws).lower() for ws in (words, short) if len(ws) > 1}
    # "U.S. Navy" may be USN: an acronym inside the name is spelled out
    spelled.add("".join(w if w.isupper() and len(w) <= 3 else w[0] for w in short).lower())
    return {s for s in spelled if len(s) > 1}


def blends(acronym: str, name: str) -> bool:
    """Whether a short form is made of the beginnings of the name's words, in order ("INTERPOL", "Comintern")."""
    target = bare(acronym)
    words = parts(name)
    if not (5 <= len(target) <= 12) or len(words) < 2:
        return False

    def fits(at: int, word: int, used: int) -> bool:
        if at == len(target):
            return used >= 2
        for w in range(word, len(words)):
            for length in range(min(len(words[w]), len(target) - at), 1, -1):
                if words[w][:length] == target[at : at + length] and fits(at + length, w + 1, used + 1):
                    return True
        return False

    return len(words) <= 8 and fits(0, 0, 0)


def is_acronym(word: str) -> bool:
    """Whether a form is one word of capitals."""
    plain = word.replace(".", "")
    return 2 <= len(plain) <= 10 and plain.isalpha() and plain.isupper()


def chains(found: Sequence[Name], sentences: Sequence[Sentence], text: str) -> list[Chain]:
    """The report's actors; every name is in exactly one, numbers follow first use."""
    out: list[Chain] = []
    order = sorted(range(len(found)), key=lambda i: (-_weight(written(found[i], sentences)), i))
    given = _given_acronyms(found, sentences, text)
    late: list[int] = []
    shelf: dict[str, set[int]] = {}  # chains by what an alike name would share with theirs
    for i in order:
        form = written(found[i], sentences)
        if found[i].kind == "person" and len(parts(form)) == 1:
            late.append(i)
            continue
        wanted = _keys(form) | {"form " + given.get(form, form)}
        near = [out[n] for n in sorted({n for k in wanted for n in shelf.get(k, ())})]
        chain = _home(form, found[i].kind, near, given) or _opened(out, found[i].kind)
        if form not in chain.forms:
            for k in _keys(form):
                shelf.setdefault(k, set()).add(chain.number)
        _put(chain, form, i, found[i].sentence)
    owners: dict[tuple[str, str], Chain] = {}
    others = _others(found, sentences, out, late)
    for i in sorted(late):
        form = written(found[i], sentences)
        called = (_courtesy(found[i], sentences), form)
        if form in others and called[0] not in others[form]:
            own = owners.get(("", form)) or _opened(out, "person")
            owners[("", form)] = own
            _put(own, form, i, found[i].sentence)
            continue
        near = [out[n] for n in sorted({n for k in _keys(form) for n in shelf.get(k, ())})]
        home = owners.get(called) if called[0] else None
        home = home or _of_office(found[i], form, near, found, sentences)
        home = home or _home_of_surname(form, i, near, owners.get(called), found, sentences)
        home = home or _opened(out, "person")
        owners.setdefault(called, home)
        for k in _keys(form):
            shelf.setdefault(k, set()).add(home.number)
        _put(home, form, i, found[i].sentence)
    out.sort(key=lambda c: min(c.at))
    for number, chain in enumerate(out):
        chain.number = number
        chain.at.sort()
    return out


@lru_cache(maxsize=16384)
def _keys(form: str) -> frozenset[str]:
    """What two forms of one name have in common at least: a form, a word's sound, initials, a beginning, a known full name."""
    words = parts(form)
    keys = {"form " + form, *("word " + skeleton(w)[:3] for w in words), *("starts " + w[:2] for w in words)}
    if is_acronym(form) or (form.istitle() and " " not in form):
        keys.add("initials " + bare(form))
    if len(words) > 1:
        keys |= {"initials " + i for i in initials_of(form)}
    if bare(form) in body_forms():
        keys.add("known " + body_forms()[bare(form)])
    return frozenset(keys)


def _weight(form: str) -> int:
    return 0 if is_acronym(form) else len(parts(form))


def _opened(out: list[Chain], kind: MentionKind) -> Chain:
    chain = Chain(len(out), kind)
    out.append(chain)
    return chain


def _put(chain: Chain, form: str, index: int, sentence: int) -> None:
    chain.forms.append(form)
    chain.at.append(index)
    chain.sentences.append(sentence)


def _given_acronyms(found: Sequence[Name], sentences: Sequence[Sentence], text: str) -> dict[str, str]:
    """Short forms that the report itself explains in brackets, with the full name."""
    given: dict[str, str] = {}
    for a in found:
        tokens = sentences[a.sentence].tokens
        end = tokens[a.last - 1].span.end
        m = re.compile(r"\s*\(\s*(?:the\s+)?[\"“'‘]?([^()\s]{2,12})[\"”'’]?\s*\)").match(text, end)
        if m and a.kind != "person" and (is_acronym(m.group(1)) or blends(m.group(1), written(a, sentences))):
            given.setdefault(m.group(1), written(a, sentences))
        m2 = re.compile(r"\s*\(\s*(?:the\s+)?([^()]{5,80})\)").match(text, end)
        form = written(a, sentences)
        if m2 and is_acronym(form) and bare(form) in initials_of(m2.group(1).strip()):
            given.setdefault(form, m2.group(1).strip())
    return given


def _home(form: str, kind: MentionKind, out: Sequence[Chain], given: dict[str, str]) -> Chain | None:
    """The chain that a name of more than one word, or a body's or place's name, belongs to."""
    same = [c for c in out if form in c.forms and _kinds_fit(c.kind, kind)]
    if same:
        return same[0]
    if kind == "person":
        fit = [
            c
            for c in out
            if c.kind == "person" and any(_same_person(form, f) for f in dict.fromkeys(c.forms))
        ]
        return fit[0] if len(fit) == 1 else None
    if form in given:
        fit = [c for c in out if given[form] in c.forms]
        return fit[0] if fit else None
    fit = [
        c
        for c in out
        if _kinds_fit(c.kind, kind) and any(_same_body(form, f, kind) for f in dict.fromkeys(c.forms))
    ]
    return fit[0] if len(fit) == 1 else None


def _kinds_fit(a: MentionKind, b: MentionKind) -> bool:
    return a == b


def _same_person(a: str, b: str) -> bool:
    """Whether two full names in one report are one person's: words left out, initials, short given names, a slip."""
    x, y = parts(a), parts(b)
    short, long = sorted((x, y), key=len)
    if generations_differ(a, b):
        return False
    if likeness(short[-1], long[-1]) < 0.8 or not (_word_fits(short[0], long[0]) or short[0] in long):
        return False
    rest = list(long)
    for word in short:
        hit = next((w for w in rest if _word_fits(word, w)), None)
        if hit is None:
            return False
        rest.remove(hit)
    return True


def generations_differ(a: str, b: str) -> bool:
    """Whether two names end in different marks of generation ("Jr.", "Sr.")."""
    x, y = (bare(n.split()[-1]) if n.split() else "" for n in (a, b))
    return x != y and x in _GENERATIONS and y in _GENERATIONS


def _word_fits(a: str, b: str) -> bool:
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    families = given_forms()
    if families.get(a, frozenset()) & families.get(b, frozenset()):
        return True
    return min(len(a), len(b)) >= 4 and likeness(a, b) >= 0.85


def _same_body(a: str, b: str, kind: MentionKind) -> bool:
    """Whether two names of bodies or places in one report are the same's."""
    full = body_forms()
    if bare(a) in full and full.get(bare(a)) == full.get(bare(b)):
        return True
    for x, y in ((a, b), (b, a)):
        if len(x) >= 4 and x.istitle() and " " not in x and bare(x) in initials_of(y):
            return True
        if is_acronym(x) and not is_acronym(y) and (bare(x) in initials_of(y) or blends(x, y)):
            return True
    p, q = parts(a), parts(b)
    if p == q and p:
        return True
    if kind not in ("organisation",):
        return False
    short, long = sorted((p, q), key=len)
    if not short or len(short) == len(long):
        return len(p) == len(q) > 1 and all(likeness(u, v) >= 0.88 for u, v in zip(p, q, strict=True))
    heads = lexicon().institution_heads
    if long[-len(short) :] == short and len(short) >= 2 and short[-1] in heads:
        return True  # "River Command" for a longer name that ends so
    return long[: len(short)] == short and len(long) - len(short) == 1 and long[-1] in _LEGAL


def _courtesy(name: Name, sentences: Sequence[Sentence]) -> str:
    """The title right before a name, which tells namesakes apart ("Mrs. Roe")."""
    word = bare(sentences[name.sentence].tokens[name.first - 1].text) if name.first else ""
    return word if word in lexicon().male_titles | lexicon().female_titles else ""


def _others(
    found: Sequence[Name], sentences: Sequence[Sentence], out: Sequence[Chain], late: Sequence[int]
) -> dict[str, frozenset[str]]:
    """Surnames that are somebody else's than the wife's, son's or junior's who alone is named in full.

    "President Roe" and "Mr. Roe" are not "his wife, Ada Roe" nor "Bo Roe Jr."; with each the courtesies that still mean them.
    """
    lex = lexicon()
    both = lex.male_titles | lex.female_titles
    called: dict[str, set[str]] = {}
    for i in late:
        before = sentences[found[i].sentence].tokens[found[i].first - 1].text if found[i].first else ""
        called.setdefault(written(found[i], sentences), set()).add(bare(before))
    others: dict[str, frozenset[str]] = {}
    for form, titles in called.items():
        word = parts(form)[0] if parts(form) else ""
        people = [
            c
            for c in out
            if c.kind == "person" and _has_surname(c, word) and any(len(parts(f)) > 1 for f in c.forms)
        ]
        near = [_words_before(c, found, sentences) for c in people]
        aside = all(
            n & _KIN or any(bare(f.split()[-1]) in _GENERATIONS for f in c.forms)
            for c, n in zip(people, near, strict=True)
        )
        if not people or not aside:
            continue
        offices = {t for t in titles if t in lex.titles and t not in both}
        woman = all(n & (_WOMEN | lex.female_titles) for n in near)
        if offices - set().union(*near) or (woman and titles & lex.male_titles):
            others[form] = frozenset(lex.female_titles) if woman else frozenset()
    return others


def _words_before(chain: Chain, found: Sequence[Name], sentences: Sequence[Sentence]) -> set[str]:
    """The words right before an actor's full names."""
    return {
        bare(t.text)
        for i, form in zip(chain.at, chain.forms, strict=True)
        if len(parts(form)) > 1
        for t in sentences[found[i].sentence].tokens[max(0, found[i].first - _NEAR) : found[i].first]
    }


def _of_office(
    name: Name, form: str, out: Sequence[Chain], found: Sequence[Name], sentences: Sequence[Sentence]
) -> Chain | None:
    """ "President Roe" among several Roes: the only one whose full name stands after that office."""
    lex = lexicon()
    before = bare(sentences[name.sentence].tokens[name.first - 1].text) if name.first else ""
    if before not in lex.titles or before in lex.male_titles | lex.female_titles:
        return None
    word = parts(form)[0] if parts(form) else ""
    fit = [
        c
        for c in out
        if c.kind == "person" and _has_surname(c, word) and before in _words_before(c, found, sentences)
    ]
    return fit[0] if len(fit) == 1 else None


def _home_of_surname(
    form: str,
    index: int,
    out: Sequence[Chain],
    owner: Chain | None,
    found: Sequence[Name],
    sentences: Sequence[Sentence],
) -> Chain | None:
    """The person that one word names: who was named in full with that surname (or else given name).

    Of namesakes it is who bore the bare surname before, unless another was introduced in full just now; who is only
    named in somebody else's sentence ("the shooting of Ada Roe") doesn't take the surname over.
    """
    word = parts(form)[0] if parts(form) else ""
    people = [c for c in out if c.kind == "person" and any(len(parts(f)) > 1 for f in c.forms)]
    for fits in (_has_surname, _has_name, _may_be_slip):
        fit = [c for c in people if fits(c, word)]
        if len(fit) == 1:
            return fit[0]
        if fit:
            fit = [c for c in fit if min(c.at) < index] or fit
            others = [c for c in fit if c is not owner]
            if owner in fit and not any(_leads(c, index, found, sentences) for c in others):
                return owner
            return fit[0] if len(fit) == 1 else _namesake(fit, found[index].sentence, owner, titled=form)
    alone = [c for c in out if c.kind == "person" and form in c.forms]
    if not alone and len(word) >= 4:
        alone = [
            c
            for c in out
            if c.kind == "person"
            and all(len(parts(f)) == 1 for f in c.forms)
            and any(likeness(parts(f)[0], word) >= 0.85 and parts(f)[0][0] == word[0] for f in c.forms)
        ]
    return alone[0] if alone else None


def _leads(chain: Chain, index: int, found: Sequence[Name], sentences: Sequence[Sentence]) -> bool:
    """Whether somebody was named in full in the last sentences otherwise than after "of" or as an owner."""
    for i, form in zip(chain.at, chain.forms, strict=True):
        n = found[i]
        if len(parts(form)) > 1 and i < index and found[index].sentence - n.sentence <= 2:
            tokens = sentences[n.sentence].tokens
            roles = {tokens[k].dep for k in range(n.first, n.last)}
            if not roles & {"pobj", "poss"}:
                return True
    return False


def _has_surname(chain: Chain, word: str) -> bool:
    return any(parts(f)[-1:] == (word,) for f in chain.forms)


def _has_name(chain: Chain, word: str) -> bool:
    return any(word in (*parts(f)[:1], *parts(f)[-1:]) for f in chain.forms)


def _may_be_slip(chain: Chain, word: str) -> bool:
    """Whether a word is a near spelling of the person's surname."""
    lasts = (w for f in chain.forms for w in parts(f)[-1:])
    return len(word) >= 4 and any(likeness(last, word) >= 0.8 and last[0] == word[0] for last in lasts)


def _namesake(fit: Sequence[Chain], sentence: int, owner: Chain | None, *, titled: str) -> Chain | None:
    """Of namesakes the one named in full in the last sentences, else the owner of the bare surname, else the last named."""
    introduced = [c for c in fit if min(c.sentences) <= sentence]
    if len(introduced) == 1:
        return introduced[0]
    full = [
        (
            max(
                (s for s, f in zip(c.sentences, c.forms, strict=True) if s <= sentence and f != titled),
                default=-9,
            ),
            c,
        )
        for c in introduced
    ]
    just = [c for s, c in full if sentence - s <= 2]
    if owner is not None and (len(just) != 1 or owner in just):
        return owner
    if len(just) == 1:
        return just[0]
    latest = max((s for s, _ in full), default=-9)
    of_latest = [c for s, c in full if s == latest]
    return of_latest[0] if latest >= 0 and len(of_latest) == 1 else None
