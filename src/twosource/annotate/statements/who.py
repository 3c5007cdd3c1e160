"""Who the source of an attribution is: names, descriptions and pronouns brought back to the originator."""

from __future__ import annotations

from dataclasses import replace

from twosource.annotate.outlets import is_outlet_name, is_station
from twosource.annotate.statements.cast import LEADERS, NOBODY, Cast, Originator, is_media
from twosource.annotate.statements.describing import (
    author_of,
    body_behind,
    core_words,
    force_of,
    of_many,
    shortened,
    speaks,
    two_in_one,
    unnamed,
    without_article,
)
from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import sources
from twosource.annotate.statements.tree import Tree
from twosource.model import Mention, SourceKind

_SINGULAR = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_OPENS = frozenset({"he", "she"})
_PROUD = frozenset({"americans", "democrats", "republicans"})  # written large anywhere
_PLURAL = frozenset({"they", "them", "their"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PERSONAL = ("man", "woman", "person", "ist", "crat", "ician", "eer")  # endings of words for people
_AGENTS = (
    "er",
    "or",
    "ee",
    "ian",
    "ant",
    "eur",
    "master",
    "keeper",
)  # endings of doers, where no list knows the word
_PIECES = frozenset(
    {"article", "story", "editorial", "column", "post"}
)  # what an outlet prints; not one of its names
_RUMOURS = frozenset({"rumor", "rumour", "speculation", "gossip", "hearsay"})  # nobody's word
_OF = 4  # words after an office among which its place or body stands: "the governor of Northland"
# Nouns by which anybody who spoke before may be called again; an office or a trade belongs to whoever holds it.
_ANYBODY = frozenset(
    "man woman boy girl person teenager official officer author speaker politician lawmaker".split()
)
_VOICES = frozenset(
    {"officials", "authorities", "officers", "spokesmen", "spokespeople", "representatives", "police"}
)


def resolve(cast: Cast, tree: Tree, draft: Draft) -> list[Originator]:
    """The originators of an attribution: one for each of joint sources."""
    if draft.follows:
        return [cast.last()]
    if draft.head is None:
        return [NOBODY]
    if tree.low(draft.head) in _PLURAL and not draft.inside and (several := _subjects_before(cast, draft)):
        return several
    if len(two := two_in_one(tree, draft)) == 2:
        return [Originator(unnamed(name), "anonymous", "") for name in two]
    parts = _joint(cast, tree, draft)
    return [_not_spoken_of(cast, tree, draft, _one(cast, tree, h, words, draft.inside)) for h, words in parts]


def _not_spoken_of(cast: Cast, tree: Tree, draft: Draft, who: Originator) -> Originator:
    """ "He said that Vale would go": whoever speaks as "he" isn't somebody whom the words themselves name.

    Principle C of the binding theory (Chomsky 1981); in a quotation nobody speaks of themselves by name.
    """
    assert draft.head is not None
    low = tree.low(draft.head)
    if (
        who.kind != "person"
        or low not in {"he", "she"}
        or who.key not in (named := cast.named_in(draft.content))
    ):
        return who
    at, sex = tree.words[draft.head].span.start, "f" if low == "she" else "m"
    return cast.other_before(min(at, draft.where), sex, named)


def _joint(cast: Cast, tree: Tree, draft: Draft) -> list[tuple[int, list[int]]]:
    """Each of the coordinate heads with its words, where each is a name of its own."""
    assert draft.head is not None
    whole = [(draft.head, list(draft.subject))]
    heads = [draft.head]
    todo = [draft.head]
    while todo:
        for c in tree.kids(todo.pop(), "conj"):
            if c in draft.subject:
                heads.append(c)
                todo.append(c)
    if len(heads) < 2 or not all(_named(cast, tree, h, draft.subject) for h in heads):
        return whole
    heads.sort()
    parts = []
    for n, h in enumerate(heads):
        end = (
            min((i for i in tree.below(heads[n + 1])), default=h)
            if n + 1 < len(heads)
            else max(draft.subject) + 1
        )
        start = min(i for i in tree.below(h) if i in draft.subject)
        parts.append((h, [i for i in draft.subject if start <= i < max(end, h + 1)]))
    return parts


def _subjects_before(cast: Cast, draft: Draft) -> list[Originator]:
    """Who "they" are where the sentence before has several named people for its subject, and nobody of many spoke since."""
    before = cast.before
    if before is None or any(r.many for r in cast.recent[-1:]):
        return []
    root = next((i for i, w in enumerate(before.words) if w.head == i), None)
    head = before.kid(root, "nsubj", "nsubjpass") if root is not None else None
    if head is None or before.kid(head, "conj") is None:
        return []
    joint = Draft(draft.sentence - 1, (), (), (), draft.how, root, before.below(head), head)
    parts = _joint(cast, before, joint)
    return [_one(cast, before, h, words) for h, words in parts] if len(parts) > 1 else []


def _named(cast: Cast, tree: Tree, head: int, words: tuple[int, ...]) -> bool:
    """Whether the head, or what stands in apposition to it, is somebody's name."""
    for i in (head, *_appositions(tree, head, list(words))):
        m = cast.at(tree.words[i].span)
        if m is not None and m.form == "name" and m.kind in {"person", "organisation"}:
            return True
    return False


def _one(cast: Cast, tree: Tree, head: int, words: list[int], inside: bool = False) -> Originator:
    low = tree.low(head)
    if low in _RELATIVE and tree.words[head].pos in {"PRON", "DET", "SCONJ"}:
        return _antecedent(cast, tree, head)
    if tree.words[head].pos == "PRON" or low in _SINGULAR | _PLURAL:
        return pronoun(cast, tree, head, inside)
    titled = [words[-1]] if words and head + 1 in words and tree.words[head + 1].text == "." else []
    for i in (head, *_appositions(tree, head, words), *titled):
        m = cast.at(tree.words[i].span)
        if m is not None and m.form == "name" and m.kind == "person":
            return _person(m, tree, words)
    m = cast.at(tree.words[head].span)
    if m is not None and m.form == "pronoun":
        return _from_mention(m)
    if (named := _after_department(cast, tree, head, words)) is not None:
        return _person(named, tree, words)
    who = _described(cast, tree, head, words, m)
    start = who.who or ""
    if start.startswith("unnamed ") and start[8:].startswith(tree.words[0].text) and _opens_small(tree):
        return replace(who, who="unnamed " + start[8].lower() + start[9:])
    return who


def _after_department(cast: Cast, tree: Tree, head: int, words: list[int]) -> Mention | None:
    """ "Secretary of the Treasury Ada Vale": the name that the parser took for the end of the department's."""
    m = cast.at(tree.words[words[-1]].span) if words and words[-1] > head + 2 else None
    if m is None or m.form != "name" or m.kind != "person" or tree.lemma(head) not in sources().person:
        return None
    before = next((i for i in reversed(words) if tree.words[i].span.end <= m.span.start), head)
    department = before > head + 1 and tree.words[before].pos == "PROPN" and tree.low(head + 1) == "of"
    return m if department else None


def _appositions(tree: Tree, head: int, words: list[int]) -> list[int]:
    return [i for i in words if i != head and tree.words[i].dep == "appos" and tree.words[i].head in {head}]


def _person(m: Mention, tree: Tree, words: list[int]) -> Originator:
    return Originator(m.name, "person", m.name.lower(), _sex(m, tree, words))


def _sex(m: Mention, tree: Tree, words: list[int]) -> str:
    known = sources()
    near = (
        {tree.low(i).strip(".") for i in words}
        | {w.lower().strip(".") for w in (m.title or "").split()}
        | set((m.role or "").lower().split())
    )
    if near & known.female:
        return "f"
    return "m" if near & known.male else ""


def _from_mention(m: Mention) -> Originator:
    if m.kind == "organisation" and is_media(m.name):
        return Originator(m.name, "media", m.name.lower())
    kind: SourceKind = {
        "person": "person",
        "organisation": "organisation",
        "place": "organisation",
        "group": "group",
    }[m.kind]  # type: ignore[assignment]
    return Originator(m.name, kind, m.name.lower())


def _antecedent(cast: Cast, tree: Tree, head: int) -> Originator:
    verb = tree.words[head].head
    while (
        tree.words[verb].dep not in {"relcl", "acl"}
        and tree.words[verb].head != verb
        and tree.words[verb].pos in {"VERB", "AUX"}
    ):
        verb = tree.words[verb].head
    if tree.words[verb].dep not in {"relcl", "acl"}:
        return NOBODY
    noun = tree.words[verb].head
    if tree.low(noun) in _RELATIVE:
        return NOBODY
    inside = set(tree.below(verb))
    return _one(cast, tree, noun, [i for i in tree.below(noun) if i not in inside])


def pronoun(cast: Cast, tree: Tree, head: int, inside: bool = False) -> Originator:
    """Who a pronoun stands for: the last who spoke and fits, else the last who was named; nobody rather than a guess."""
    low = {"its": "it", "itself": "it"}.get(tree.low(head), tree.low(head))
    at = tree.words[head].span.start
    if low in {"i", "we", "you", "us", "me", "my", "our", "your"} or (inside and low not in _SINGULAR):
        return NOBODY
    m = cast.at(tree.words[head].span)
    sex = "f" if low in {"she", "her", "herself"} else "m"
    if (
        low in _OPENS
        and tree.words[head].dep == "nsubj"
        and not any(map(str.isalnum, tree.low(head - 1) if head else ""))
    ):
        going_on = cast.going_on(sex)
        if going_on is not None:
            return NOBODY if cast.doubtful(going_on, at, sex) else going_on
    if m is not None and m.form == "pronoun" and m.name.lower() != low:
        who = _from_mention(m)
        return NOBODY if low in _SINGULAR and cast.doubtful(who, at, sex) else who
    if low in _SINGULAR:
        who = cast.alone_here(at, sex) or next(
            (
                r
                for r in reversed(cast.recent)
                if r.kind in {"person", "anonymous"} and not r.many and cast.sex(r) in {"", sex}
            ),
            cast.person_before(at, sex),
        )
        return NOBODY if cast.doubtful(who, at, sex) else who
    if low in _PLURAL:
        for r in reversed(cast.recent):
            if r.many or r.kind in {"group", "organisation"}:
                return r
        last = cast.last()
        if last.kind == "person" or last is NOBODY:
            return _subject_here(cast, tree, head)
        return last
    if low == "it":
        opening = cast.opening_before(at)
        if opening is not None and not is_media(opening.who or ""):
            return opening
        for r in reversed(cast.recent):
            if r.kind in {"organisation", "media", "document"}:
                return r
        return cast.body_before(at)
    return Originator(tree.words[head].text.lower(), "group", low, many=True)


def _subject_here(cast: Cast, tree: Tree, head: int) -> Originator:
    """The body or group that is the subject of the sentence in which "they" stands later: "Police seek a man they believe …"."""
    root = next((i for i, w in enumerate(tree.words) if w.head == i), None)
    subject = tree.kid(root, "nsubj", "nsubjpass") if root is not None else None
    if root is None or subject is None or not subject < root < head or tree.words[subject].pos == "PRON":
        return NOBODY
    words = [i for i in tree.below(subject) if i < root]
    if tree.kid(root, "dobj") is not None and tree.words[tree.kid(root, "dobj") or 0].tag in {"NNS", "NNPS"}:
        return NOBODY  # "police questioned two men, who they …": either may be meant
    who = _one(cast, tree, subject, words)
    return who if who.many or who.kind in {"group", "organisation"} else NOBODY


def _described(cast: Cast, tree: Tree, head: int, words: list[int], m: Mention | None) -> Originator:
    """A noun phrase without a person's name: a body, a document, an outlet, a group or somebody unnamed."""
    known = sources()
    lemma, low = tree.lemma(head), tree.low(head)
    core = core_words(tree, head, words)
    name = tree.string(core)
    first = tree.low(core[0]) if core else ""
    definite = first in {"the", "this", "that", "these", "those"}
    bare = without_article(name)
    plural = tree.words[head].tag in {"NNS", "NNPS"}
    anonymous = any(
        tree.low(i) in {"anonymity", "anonymous", "unnamed", "unidentified"}
        or tree.lemma(i) in known.anonymous
        for i in words
    )
    if m is not None and m.kind == "person":
        return _from_mention(m)
    if lemma in _RUMOURS:
        return NOBODY
    if lemma in known.anonymous or anonymous:
        return Originator(unnamed(bare), "anonymous", "", many=plural)
    if lemma in known.media and lemma not in _PIECES and m is None and definite and len(core) <= 2:
        outlet = cast.outlet_before(tree.words[head].span.start)
        if outlet is not None:
            return Originator(outlet, "media", outlet.lower())
    if m is not None and m.kind in {"organisation", "place"} and m.form != "description":
        kind: SourceKind = "media" if is_media(m.name) else "organisation"
        return Originator(m.name, kind, m.name.lower())
    if m is not None and m.form == "description" and m.name.lower() != m.span.of(cast.text).lower():
        town = force_of(tree, head) if low == "police" else ""
        return Originator(town, "organisation", town.lower(), many=True) if town else _from_mention(m)
    named = tree.words[head].pos == "PROPN"
    large = head > 0 and tree.words[head].text[0].isupper()
    if (named and (is_station(bare) or (lemma in known.media and is_media(bare)))) or (
        large and is_outlet_name(bare, after_the=first == "the")
    ):
        return Originator(bare, "media", bare.lower())
    if low == "old" and tree.low(head - 1) == "-" and tree.low(head - 2) in {"year", "month"}:
        spoke = next((r for r in reversed(cast.recent) if r.kind == "person"), None)
        return spoke or Originator(bare, "person", bare.lower())
    if head and f"{tree.low(head - 1)}_{lemma}" in known.bodies:
        return Originator(bare, "organisation", bare.lower())
    if lemma in known.spokes or lemma in known.person or low.endswith("-old") or low.endswith(_PERSONAL):
        return _role(cast, tree, head, core, bare, definite, plural)
    if lemma in known.organisation or low in known.organisation:
        body = bare
        if low == "police" and len(core) == 1:
            body = force_of(tree, head) or cast.force() or bare
        return Originator(body, "organisation", body.lower(), many=True)
    if (lemma in known.document or low in known.document) and (author := author_of(tree, head)) is not None:
        return _one(cast, tree, author, [i for i in tree.below(author) if i in words] or [author])
    if lemma in known.document or low in known.document:
        return Originator(bare, "document", bare.lower())
    if lemma in known.media:
        return Originator(bare, "media", bare.lower())
    if low in known.group or plural:
        behind = body_behind(cast, tree, head, core) if low in _VOICES else None
        if behind is not None:
            return Originator(f"{behind} {low}", "organisation", behind.lower(), many=True)
        return Originator(bare, "group", bare.lower(), many=True)
    if m is not None and m.kind == "group":
        return Originator(m.name, "group", m.name.lower(), many=True)
    if tree.words[head].pos == "PROPN":
        return Originator(bare, "person" if len(core) <= 3 else "organisation", bare.lower())
    if (some := of_many(tree, head)) is not None:
        unknown = tree.lemma(some) in known.person | known.anonymous
        return Originator(bare, "anonymous" if unknown else "group", bare.lower(), many=True)
    if first in {"a", "an", "one"}:
        return Originator(unnamed(bare), "anonymous", "")
    if low.endswith(_AGENTS) and speaks(tree, head):
        return _role(cast, tree, head, core, bare, definite, plural)
    return Originator(bare or None, "group" if plural else "document" if bare else None, bare.lower())


def _opens_small(tree: Tree) -> bool:
    """Whether the sentence's first word would be small elsewhere: a word for people, "another", a number."""
    known, word = sources(), tree.words[0]
    people = (
        known.person | known.anonymous | known.spokes | (known.group - _PROUD) | {"police", "authorities"}
    )
    return word.tag in {"DT", "CD"} or (word.tag in {"NN", "NNS"} and tree.low(0) in people)


def _role(
    cast: Cast, tree: Tree, head: int, core: list[int], bare: str, definite: bool, plural: bool
) -> Originator:
    if plural:
        return Originator(bare, "group", bare.lower(), many=True)
    if definite:
        known = _holder(cast, tree, head, core)
        if known is not None:
            return known
        return Originator(bare, "person", bare.lower())  # an office whose holder the report doesn't name
    return Originator(unnamed(shortened(cast, tree, head, core, bare)), "anonymous", "")


def _holder(cast: Cast, tree: Tree, head: int, core: list[int]) -> Originator | None:
    """Who "the general" is: the person last named with that title or role; "the man" is whoever spoke last."""
    role, at = tree.lemma(head), tree.words[head].span.start
    told_apart = [
        tree.words[i].text for i in core if i != head and tree.words[i].pos == "PROPN" and i < head + _OF
    ]
    known = cast.holder_before(role, at, told_apart)
    if known is not None:
        return known
    unnamed = next(
        (r for r in reversed(cast.recent) if r.kind == "anonymous" and role in (r.who or "").lower().split()),
        None,
    )
    if unnamed is not None and len(core) <= 2:
        return unnamed
    if len(core) <= 2 and role in _ANYBODY:
        sex = "f" if role in sources().female else "m" if role in sources().male else ""
        fits = {"", sex} if sex else {"", "f", "m"}
        return next((r for r in reversed(cast.recent) if r.kind == "person" and cast.sex(r) in fits), None)
    body = cast.at(tree.words[core[-1]].span)
    return cast.leader(body.name) if body is not None and role in LEADERS else None
