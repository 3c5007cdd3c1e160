"""What tools answer with: parts of an account, each with the passages that it rests on and how many origins stand behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from twosource.model import Account, Article, Backing, Claim, Evidence, Span, Statement

Row = dict[str, Any]
LONGEST = 1_000  # characters of a passage that are given; its place is given whole


class Pages:
    """An account's reports and statements, to be cited."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._articles: Mapping[str, Article] = {a.id: a for a in account.articles}
        self._statements: Mapping[str, Statement] = {s.id: s for s in account.statements}

    def passage(self, report: str, span: Span) -> Row:
        """The very characters, where they stand and who printed them."""
        article = self._articles[report]
        words = span.of(article.text)
        return {
            "report": report,
            "outlet": article.outlet,
            "published": article.published,
            "start": span.start,
            "end": span.end,
            "text": words[:LONGEST],
            **({"cut": True} if len(words) > LONGEST else {}),
        }

    def passages(self, evidence: Iterable[Evidence]) -> list[Row]:
        """A passage for each place."""
        return [self.passage(e.report, e.span) for e in evidence]

    def of_statements(self, ids: Iterable[str]) -> list[Row]:
        """Who says what in which characters; a statement that isn't there any more is left out."""
        return [
            {"who": s.who, "stance": s.stance, "certainty": s.certainty, **self.passage(s.report, span)}
            for i in ids
            if (s := self._statements.get(i)) is not None
            for span in s.content
        ]

    def figure(self, backing: Backing) -> Row:
        """How many independent origins stand behind a claim, and why it is not simply how many reports."""
        return {
            "status": backing.status,
            "reports": len(backing.reports),
            "outlets": len(backing.outlets),
            "reports_of_unknown_outlet": backing.unknown_outlets,
            **(
                {"owners": [{"owner": h.owner, "outlets": list(h.outlets)} for h in backing.owners]}
                if backing.owners
                else {}
            ),
            "independent_origins": backing.independent_origins,
            "at_most": backing.at_most,
            "certainty": backing.certainty,
            "why": backing.why,
        }

    def claim_in_short(self, claim: Claim, backing: Backing) -> Row:
        """A claim with its figure, and one passage."""
        shown = [claim.worded] if claim.worded else list(claim.statements[:1])
        return {
            "claim": claim.id,
            "text": claim.text,
            "event": claim.event,
            **self.figure(backing),
            "denied": any(d.target == "claim" for d in backing.denials),
            "passages": self.of_statements(shown),
        }

    def claim_whole(self, claim: Claim, backing: Backing) -> Row:
        """A claim with everything that stands behind it and against it."""
        told = self._statements
        return {
            "claim": claim.id,
            "text": claim.text,
            "event": claim.event,
            **self.figure(backing),
            "origins": [
                {
                    "who": o.who,
                    "kind": o.kind,
                    "basis": o.basis,
                    "party": o.party,
                    "gathered_by": list(o.collectors),
                    "passages": self.of_statements(o.statements),
                }
                for o in backing.origins
            ],
            "denials": [
                {
                    "who": told[d.statement].who if d.statement in told else None,
                    "denies": {"claim": "this", "premise": "what this presupposes", "related": "something related"}[d.target],
                    "relayed_by": d.relayed_by,
                    "passages": self.of_statements([d.statement]),
                }
                for d in backing.denials
            ],
            "response": None if backing.denials else "no response found in these reports",
            "verdicts_of_people": [{"verdict": v.text, "who": v.who, "why": v.why} for v in claim.verdicts],
            "grade": {"source": backing.grade.source, "information": backing.grade.information, "why": backing.grade.why},
        }  # fmt: skip

    def incident(self, most: int) -> Row:
        """What an account says, with at most so many claims."""
        a = self.account
        pairs = list(zip(a.claims, a.backings, strict=True))
        return {
            "incident": a.id,
            "title": a.title,
            "when": a.facts.when,
            "where": a.facts.where.name if a.facts.where else None,
            "reports": len(a.articles),
            "summary": [{"text": s.text, "passages": self.passages(s.evidence)} for s in a.summary],
            "central_claim": a.central,
            "claims": [self.claim_in_short(c, b) for c, b in pairs[:most]],
            "claims_left_out": max(0, len(pairs) - most),
            "differences": [
                {
                    "kind": d.kind,
                    "about": d.about,
                    "nature": d.nature,
                    "why": d.why,
                    "sides": [{"value": s.value, "passages": self.passages([s.evidence])} for s in d.sides],
                }
                for d in a.disagreements
            ],
            "open_questions": [
                {"question": q.question, "answers": [o.value for o in q.options]} for q in a.questions
            ],
        }
