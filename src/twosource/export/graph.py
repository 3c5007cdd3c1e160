"""Origins, claims, reports and actors as a graph: who says what, who denies it, who copied whom.

Two actors are joined by an edge only for an office (`shape.OFFICES`), which bears the words that state it. What somebody
says of somebody is an edge from the speaker to the claim, beside the edges of those who deny it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from twosource.export.shape import View
from twosource.model import Statement
from twosource.text import make_id

Value = str | int | float
NODE_KEYS: dict[str, str] = {
    "kind": "string",  # report, outlet, claim, actor, source
    "incident": "string",
    "ref": "string",  # the id in the account
    "of": "string",  # person, organisation …; a claim's status
    "published": "string",
    "url": "string",
    "said_by": "string",
    "denied_by": "string",
    "certainty": "string",
    "independent_origins": "integer",
    "at_most": "integer",
}
EDGE_KEYS: dict[str, str] = {
    "kind": "string",  # says, denies, carries, published, mentions, an office, a relation of reuse
    "basis": "string",
    "target": "string",  # what of the claim is denied
    "words": "string",
    "said_by": "string",
    "report": "string",
    "times": "integer",
    "containment": "double",
    "why": "string",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the account; `values` are of `NODE_KEYS`."""

    id: str
    label: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """What joins two things; `values` are of `EDGE_KEYS`."""

    id: str
    a: str
    b: str
    label: str
    values: dict[str, Value] = field(default_factory=dict)


def graph(view: View) -> tuple[list[Node], list[Edge]]:
    """The nodes and edges of one account, each node once."""
    drawn = _Drawing(view)
    drawn.reports()
    drawn.actors()
    drawn.claims()
    drawn.offices()
    return list(drawn.nodes.values()), drawn.edges


class _Drawing:
    def __init__(self, view: View) -> None:
        self.view = view
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []

    def node(self, kind: str, ref: str, label: str, **values: Value | None) -> str:
        """The node's id, which any format can bear, whatever the report's own id looks like."""
        name = make_id("n", self.view.account.id, kind, ref)
        held: dict[str, Value] = {"kind": kind, "incident": self.view.account.id, "ref": ref}
        held |= {k: v for k, v in values.items() if v is not None and v != ""}
        self.nodes.setdefault(name, Node(name, label or ref, held))
        return name

    def edge(self, a: str, b: str, kind: str, **values: Value | None) -> None:
        """An edge; several of one kind between two nodes are kept apart."""
        held: dict[str, Value] = {
            "kind": kind,
            **{k: v for k, v in values.items() if v is not None and v != ""},
        }
        self.edges.append(Edge(make_id("e", a, b, kind, len(self.edges)), a, b, kind.replace("_", " "), held))

    def report(self, ref: str) -> str:
        """The node of a report."""
        a = self.view.articles[ref]
        label = a.report.title or a.outlet or ref
        return self.node("report", ref, label, published=a.published, url=a.report.url)

    def reports(self) -> None:
        """Reports, who published them, and from whom they have their text; the younger points at the older."""
        for a in self.view.account.articles:
            at = self.report(a.id)
            if a.outlet:
                self.edge(self.node("outlet", a.outlet, a.outlet), at, "published")
        for r in self.view.account.reuse:
            younger, older = (r.a, r.b) if r.older != r.a else (r.b, r.a)
            share = round(r.containment, 4)
            self.edge(self.report(younger), self.report(older), r.relation, containment=share, why=r.why)

    def actors(self) -> None:
        """Actors and the reports that mention them."""
        for a in self.view.account.actors:
            at = self.node("actor", a.id, a.name, of=a.kind)
            for report, times in Counter(e.report for e in a.mentions).items():
                self.edge(self.report(report), at, "mentions", times=times)

    def claims(self) -> None:
        """Claims with who says and who denies them, and the reports that carry them."""
        view = self.view
        for c in view.account.claims:
            b = view.backings[c.id]
            at = self.node(
                "claim", c.id, c.text, of=b.status, certainty=b.certainty, said_by="; ".join(view.said_by(c.id)),
                denied_by="; ".join(view.denied_by(c.id)), independent_origins=b.independent_origins, at_most=b.at_most,
            )  # fmt: skip
            for voice in view.voices(c.id):
                if voice.origin.kind == "reporter":
                    for r in voice.origin.reports:
                        self.edge(self.report(r), at, "says", basis=voice.origin.basis)
                else:
                    who = self.source(voice.id, voice.name, voice.origin.kind, voice.actor is not None)
                    self.edge(who, at, "says", basis=voice.origin.basis)
            for s, target in view.denials(c.id):
                self.edge(self.speaker(s), at, "denies", target=target, words=view.words(s.report, s.content), report=s.report)  # fmt: skip
            for r in b.reports:
                self.edge(self.report(r), at, "carries")

    def source(self, ref: str, label: str, of: str, is_actor: bool) -> str:
        """Who says something: an actor's own node, or one of its own."""
        return self.node("actor" if is_actor else "source", ref, label, of=of)

    def speaker(self, s: Statement) -> str:
        """Who says a statement; an unnamed one is nobody else's."""
        if s.kind == "reporter":
            return self.report(s.report)
        actor = self.view.actor(s.who, s.kind)
        if actor is not None:
            return self.source(actor.id, actor.name, actor.kind, True)
        return self.source(s.id, self.view.speaker(s), s.kind or "not known", False)

    def offices(self) -> None:
        """Standings of office, with the words that state them."""
        for r in self.view.offices():
            for e in r.evidence[:1]:
                a, b = self.view.actors[r.a], self.view.actors[r.b]
                self.edge(
                    self.node("actor", a.id, a.name), self.node("actor", b.id, b.name), r.role,
                    words=self.view.passage(e), report=e.report, said_by="; ".join(self.view.told_of(r)),
                )  # fmt: skip
