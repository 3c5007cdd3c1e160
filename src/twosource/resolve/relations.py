"""What stands between actors, as far as the texts state it: who backs, opposes, operates, commands or speaks for whom."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.annotate.mentions.lexicon import bare, lexicon
from twosource.model import Actor, Annotation, Evidence, Relation, Sentence, Span, Token
from twosource.resolve.nations import nation
from twosource.resolve.nodes import Node

At = Callable[[str, Span], Actor | None]
Named = Callable[[str], Actor | None]


@dataclass(frozen=True, slots=True)
class Stated:
    """One place where a text states a relation."""

    a: str
    role: str
    b: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of `relations.toml`, each with the relation that it states."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    suffixes: dict[str, str]
    turns: dict[str, str]


@lru_cache(maxsize=1)
def _cues() -> Cues:
    data = tomllib.loads((files(__package__) / "relations.toml").read_text(encoding="utf-8"))
    return Cues(
        *(
            {w: role for role, cues in data.items() for w in cues[f].split()}
            for f in ("verbs", "nouns", "suffixes", "turns")
        )
    )


def from_standings(units: Sequence[Node], actor_of: dict[int, str], named: Named) -> list[Stated]:
    """Speaks for, commands, leads and part of, out of titles and appositions."""
    lex = lexicon()
    out: list[Stated] = []
    for n, unit in enumerate(units):
        out += _of_sheriffs(unit, actor_of.get(n), named)
        for body, role, span in unit.affiliations:
            other = named(body)
            if other is None or n not in actor_of or other.id == actor_of[n] or role in lex.kin_and_parts:
                continue
            kind = (
                "speaks_for"
                if role in lex.speakers
                else "commands"
                if role in ("commander",)
                else "leads"
                if role in lex.leaders
                else "part_of"
            )
            out.append(Stated(actor_of[n], kind, other.id, Evidence(unit.report, span)))
    return out


def _of_sheriffs(unit: Node, actor: str | None, named: Named) -> list[Stated]:
    """A sheriff and deputies are of the only sheriff's office that the reports name, as no title says."""
    office = named("sheriff's office") if actor and {"sheriff", "deputy"} & set(unit.roles) else None
    if office is None or actor is None or office.id == actor or office.kind != "organisation":
        return []
    role = "leads" if "sheriff" in unit.roles else "part_of"
    return [Stated(actor, role, office.id, Evidence(unit.report, unit.spans[0]))]


def from_sentences(annotations: Sequence[Annotation], at: At, named: Named) -> list[Stated]:
    """Relations that verbs, "X-backed Y" and "X's backing" state between two actors of a sentence."""
    out: list[Stated] = []
    for annotation in annotations:
        spans = sorted(
            m.span
            for m in annotation.mentions
            if m.form == "name" or (m.form == "description" and m.kind == "organisation")
        )
        for sentence in annotation.sentences:
            inside = [s for s in spans if sentence.span.holds(s)]
            if inside:
                who = tuple(_actor_at(annotation.report, t, inside, at) for t in sentence.tokens)
                out += _of_sentence(Scene(annotation.report, sentence, who, named))
    return out


def _of_sentence(scene: Scene) -> Iterator[Stated]:
    tokens = scene.sentence.tokens
    cues = _cues()
    for i, token in enumerate(tokens):
        if token.pos == "VERB" and not _negated(tokens, i):
            yield from _by_verb(scene, i, cues)
        role = cues.suffixes.get(bare(token.text))
        if role and i >= 2 and tokens[i - 1].text == "-":
            yield from scene.stated(scene.who[i - 2] or scene.state(i - 2), role, _described(scene, i + 1))
        role = cues.nouns.get(token.lemma.lower())
        if role and token.pos == "NOUN":
            yield from _by_noun(scene, i, role)
        if token.text in ("'s", "’s") and 0 < i < len(tokens) - 1:
            yield from _by_owner(scene, i)


def _described(scene: Scene, at: int) -> Actor | None:
    """The actor that an adjective at `at` - 1 describes: named before any other noun comes."""
    tokens = scene.sentence.tokens
    for j in range(at, min(at + 5, len(tokens))):
        if scene.who[j]:
            return scene.who[j]
        if tokens[j].pos in ("NOUN", "VERB", "PUNCT"):
            return None
    return None


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence and the actor at each of its words."""

    report: str
    sentence: Sentence
    who: tuple[Actor | None, ...]
    named: Named

    def state(self, at: int) -> Actor | None:
        """The state that a nationality stands for ("Ruritanian backing")."""
        country = nation(self.sentence.tokens[at].text)
        return self.named(country) if country else None

    def stated(self, a: Actor | None, role: str, b: Actor | None) -> Iterator[Stated]:
        """The relation, where both are actors that can stand in it."""
        if a and b and a.id != b.id:
            yield Stated(a.id, role, b.id, Evidence(self.report, self.sentence.span))

    def phrase(self, at: int) -> Actor | None:
        """Who a phrase is about: its head, or for people and forces their owner or body ("Roe's army", "fighters of the Guard")."""
        if self.who[at]:
            return self.who[at]
        tokens = self.sentence.tokens
        if bare(tokens[at].text) not in _FOLLOWERS and bare(tokens[at].lemma) not in _FOLLOWERS:
            return None
        for wanted in (("poss",), ("compound", "nmod", "amod")):
            for i, t in enumerate(tokens):
                if t.head == at and i != at and t.dep in wanted and self.who[i]:
                    return self.who[i]
        for i, t in enumerate(tokens):
            if t.head == at and t.dep == "prep" and t.text in ("of", "from", "with", "under"):
                for j, u in enumerate(tokens):
                    if u.head == i and u.dep == "pobj" and self.who[j]:
                        return self.who[j]
        return None


_FOLLOWERS = lexicon().people_words | frozenset(
    "army force troop militia fighter side camp government".split()
)


def _by_verb(scene: Scene, verb: int, cues: Cues) -> Iterator[Stated]:
    """The doers and the targets of a verb, passive turned round; conjuncts count."""
    tokens = scene.sentence.tokens
    lemma = tokens[verb].lemma.lower()
    doers, targets = _doers(tokens, verb), _targets(tokens, verb)
    if role := cues.verbs.get(lemma):
        for d in doers:
            for t in targets:
                yield from scene.stated(scene.phrase(d), role, scene.phrase(t))
    passive = any(t.head == verb and t.dep == "nsubjpass" for t in tokens)
    for i, prep in enumerate(tokens):
        if prep.dep != "prep" or prep.head != verb:
            continue
        word, objects = _turn(tokens, i)
        role = cues.turns.get(f"{lemma}:{word}")
        firsts = targets if lemma == "pit" or passive else doers
        if role:
            for d in firsts:
                for o in objects:
                    yield from scene.stated(scene.phrase(d), role, scene.phrase(o))


def _turn(tokens: Sequence[Token], prep: int) -> tuple[str, list[int]]:
    """A preposition and what follows it; "on behalf of" counts as one."""
    objects = [j for j, u in enumerate(tokens) if u.head == prep and u.dep == "pobj"]
    if objects and tokens[objects[0]].lemma.lower() == "behalf":
        of = next((j for j, u in enumerate(tokens) if u.head == objects[0] and u.text == "of"), None)
        return "behalf", [
            j for j, u in enumerate(tokens) if of is not None and u.head == of and u.dep == "pobj"
        ]
    return tokens[prep].text.lower(), [k for o in objects for k in _with_conjuncts(tokens, o)]


def _doers(tokens: Sequence[Token], verb: int) -> list[int]:
    found = [
        k
        for i, t in enumerate(tokens)
        if t.head == verb and t.dep == "nsubj"
        for k in _with_conjuncts(tokens, i)
    ]
    for i, t in enumerate(tokens):
        if t.head == verb and t.dep == "agent":
            found += [
                k
                for j, u in enumerate(tokens)
                if u.head == i and u.dep == "pobj"
                for k in _with_conjuncts(tokens, j)
            ]
    found = [_meant(tokens, i, verb) for i in found]
    steps = 0
    while not found and tokens[verb].dep in ("xcomp", "conj", "advcl", "pcomp") and steps < 4:
        steps += 1
        verb = tokens[verb].head
        if tokens[verb].lemma in ("accuse", "suspect"):
            return _targets(tokens, verb)
        accuse = tokens[tokens[verb].head]
        if tokens[verb].dep == "prep" and accuse.lemma in ("accuse", "suspect"):
            return _targets(tokens, tokens[verb].head)
        if tokens[verb].dep in ("acl", "relcl") or tokens[verb].pos == "NOUN":
            break
        found = [
            k
            for j, u in enumerate(tokens)
            if u.head == verb and u.dep == "nsubj"
            for k in _with_conjuncts(tokens, j)
        ]
    if not found and tokens[verb].dep in ("acl", "relcl"):
        found = [tokens[verb].head]
    return found


def _targets(tokens: Sequence[Token], verb: int) -> list[int]:
    return [
        _meant(tokens, k, verb)
        for i, t in enumerate(tokens)
        if t.head == verb and i != verb and t.dep in ("dobj", "nsubjpass")
        for k in _with_conjuncts(tokens, i)
    ]


def _meant(tokens: Sequence[Token], at: int, verb: int) -> int:
    """The noun that a relative pronoun stands for ("the council, which is backed by")."""
    relative = tokens[at].text.lower() in ("which", "who", "that") and tokens[verb].dep == "relcl"
    return tokens[verb].head if relative else at


def _by_noun(scene: Scene, noun: int, role: str) -> Iterator[Stated]:
    """ "Roe, with Ruritanian backing"; "backing from Ruritania"; "Ruritania's support for Roe"."""
    tokens = scene.sentence.tokens
    beside = [
        i for i, t in enumerate(tokens) if t.head == noun and t.dep in ("amod", "compound", "nmod", "poss")
    ]
    givers = [scene.who[i] or scene.state(i) for i in beside]
    for i, t in enumerate(tokens):
        if t.head == noun and t.dep == "prep" and t.text in ("from", "of"):
            givers += [scene.phrase(j) for j, u in enumerate(tokens) if u.head == i and u.dep == "pobj"]
    takers = [
        scene.phrase(j)
        for i, t in enumerate(tokens)
        if t.head == noun and t.text in ("for", "to")
        for j, u in enumerate(tokens)
        if u.head == i and u.dep == "pobj"
    ]
    if not takers and tokens[noun].dep == "pobj" and tokens[tokens[noun].head].text == "with":
        above = tokens[tokens[noun].head].head
        takers = (
            [scene.phrase(above)]
            if tokens[above].pos != "VERB"
            else [scene.phrase(d) for d in _doers(tokens, above)]
        )
    elif (
        not takers
        and tokens[noun].dep == "dobj"
        and tokens[tokens[noun].head].lemma in ("receive", "get", "enjoy", "have")
    ):
        takers = (
            [scene.phrase(d) for d in _doers(tokens, tokens[noun].head)]
            if not _denied(tokens, tokens[noun].head)
            else []
        )
    for a in givers:
        for b in takers:
            yield from scene.stated(a, role, b)


def _by_owner(scene: Scene, at: int) -> Iterator[Stated]:
    """A person's army, party or company: "Roe's Northern Front"."""
    owner = scene.who[at - 1]
    owned = next((scene.who[j] for j in range(at + 1, min(at + 4, len(scene.who))) if scene.who[j]), None)
    if owner and owned and owner.kind == "person" and owned.kind == "organisation" and _armed(owned):
        yield from scene.stated(owner, "leads", owned)


def _armed(actor: Actor) -> bool:
    return bool(set(actor.name.lower().split()) & _ARMED)


_ARMED = frozenset(
    "army front militia brigade brigades forces force guard legion movement party government administration command group council".split()
)


def _denied(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a verb is what somebody denies or refuses ("denied receiving")."""
    above = tokens[tokens[verb].head]
    return _negated(tokens, verb) or (
        tokens[verb].dep in ("xcomp", "ccomp", "pcomp")
        and above.lemma in ("deny", "refuse", "reject", "dismiss")
    )


def _with_conjuncts(tokens: Sequence[Token], at: int) -> list[int]:
    found = [at]
    for i, t in enumerate(tokens):
        if t.dep == "conj" and t.head in found:
            found.append(i)
    return found


def _negated(tokens: Sequence[Token], at: int) -> bool:
    return any(t.head == at and t.dep == "neg" for t in tokens)


def _actor_at(report: str, token: Token, inside: Sequence[Span], at: At) -> Actor | None:
    if not any(s.start < token.span.end and token.span.start < s.end for s in inside):
        return None
    return at(report, token.span)


def gathered(stated: Sequence[Stated], annotations: Sequence[Annotation]) -> tuple[Relation, ...]:
    """One relation for each pair and role, with all its evidence and the statements that hold it."""
    places: dict[tuple[str, str, str], set[Evidence]] = {}
    for s in stated:
        places.setdefault((s.a, s.role, s.b), set()).add(s.evidence)
    said = {a.report: a.statements for a in annotations}
    out = []
    for (a, role, b), evidence in sorted(places.items()):
        statements = sorted(
            {s.id for e in evidence for s in said.get(e.report, ()) for c in s.content if c.overlaps(e.span)}
        )
        out.append(Relation(a, role, b, tuple(sorted(evidence)), tuple(statements)))
    return tuple(out)
