"""What language models may ask of a case; what it withholds, and what confidential reports say, is in no answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from twosource.case.curtain import Curtains
from twosource.case.searching import look, near
from twosource.case.showing import hit_row
from twosource.case.withholding import released
from twosource.corroborate.stance import stand, voices
from twosource.errors import UsageError
from twosource.mcp.rows import Pages, Row
from twosource.settings import Settings
from twosource.store import Store, derived, listing
from twosource.store.search import NOUNS, Filters

MOST = 50  # of anything in one answer
CHECKED = 3  # incidents that a claim is held against where none is named
LONGEST = 2_000  # characters of a claim or a question


@dataclass
class Desk:
    """A case, open for reading."""

    store: Store
    settings: Settings
    curtains: Curtains = field(init=False)

    def __post_init__(self) -> None:
        self.curtains = Curtains(self.store)

    def search(self, words: str, kind: str | None, most: int) -> Row:
        """What holds these words. Raises UsageError for a kind that there isn't, or where there is no word to look for."""
        if kind is not None and kind not in NOUNS:
            raise UsageError(f"kind knows {', '.join(NOUNS)}, not {kind!r}")
        most = _few(most)
        curtain = self.curtains.now()
        hits = look(self.store, words[:LONGEST], Filters(nouns=(kind,) if kind else NOUNS), most)
        found = [hit_row(h) for h in hits if curtain.shows_hit(h, inside=False)]
        claims = {h["incident"] for h in found if h["noun"] == "claim"}
        counted = {
            c.id: pages.claim_in_short(c, b)
            for name in sorted(i for i in claims if i)
            if (pages := self._pages(name)) is not None
            for c, b in zip(pages.account.claims, pages.account.backings, strict=True)
        }
        return {"found": [{**h, **counted.get(h["id"], {})} for h in found]}

    def incidents(self, most: int, skip: int) -> Row:
        """The incidents of the case, the largest first."""
        most = _few(most)
        with self.store.reads() as c:
            found = listing.some_incidents(c, most + 1, max(0, skip), "size")
        curtain = self.curtains.now()
        rows: list[Row] = []
        for i in found[:most]:
            hidden = i.id in curtain.incidents  # its words may be a confidential report's
            told = {} if hidden else {"title": i.title, "when": i.when, "where": i.place}
            rows.append({"incident": i.id, **told, "reports": i.reports, "outlets": i.outlets})
        covered: list[Row] = curtain.rows(rows)
        return {"incidents": covered, "more": len(found) > most}

    def incident(self, name: str, most: int) -> Row:
        """An incident's account. Raises UsageError where there is none of that id."""
        return self._known(name).incident(_few(most))

    def claim(self, incident: str, name: str) -> Row:
        """A claim with its origins, denials and passages. Raises UsageError where there is none of that id."""
        pages = self._known(incident)
        for c, b in zip(pages.account.claims, pages.account.backings, strict=True):
            if c.id == name:
                return pages.claim_whole(c, b)
        raise UsageError(f"the incident {incident} has no claim {name!r}: `incident` names its claims")

    def check(self, claim: str, incident: str | None) -> Row:
        """How the reports of an incident, or of those that come nearest, stand to a claim. Raises UsageError for an incident that isn't there."""
        claim = claim[:LONGEST]
        found = [self._known(incident)] if incident is not None else self._nearest(claim)
        return {"claim": claim, "incidents": [_held_against(claim, pages) for pages in found]}

    def _nearest(self, claim: str) -> list[Pages]:
        curtain = self.curtains.now()
        hits = near(self.store, claim, Filters(nouns=("report", "claim")), MOST)
        names = dict.fromkeys(h.incident for h in hits if h.incident and curtain.shows_hit(h, inside=False))
        return [p for name in list(names)[:CHECKED] if (p := self._pages(name)) is not None]

    def _known(self, name: str) -> Pages:
        pages = self._pages(name)
        if pages is None:
            raise UsageError(f"the case has no incident {name!r}: `incidents` names them")
        return pages

    def _pages(self, name: str) -> Pages | None:
        with self.store.reads() as c:
            name = derived.current(c, name)
        found = released(self.store, name, self.settings)
        return None if found is None else Pages(found.account)


def _few(most: int) -> int:
    return max(1, min(most, MOST))


def _held_against(claim: str, pages: Pages) -> Row:
    """Every report that touches the claim, and the claims of the account that its sentences belong to."""
    account = pages.account
    notes = {a.report: a for a in account.annotations}
    found: list[Row] = []
    touched: set[str] = set()
    for article in account.articles:
        how = stand(claim, article)
        if how.verdict is None:
            continue
        note = notes[article.id]
        touched |= {
            s.id for s in note.statements if any(s.content and s.content[0].overlaps(e) for e in how.evidence)
        }
        found.append(
            {
                "report": article.id,
                "stance": how.verdict,
                "why": how.why,
                "passages": [pages.passage(article.id, e) for e in how.evidence],
                "says_so": [{"who": v.who, "kind": v.kind} for v in voices(how, note)],
            }
        )
    near_claims = [
        pages.claim_in_short(c, b)
        for c, b in zip(account.claims, account.backings, strict=True)
        if touched.intersection(c.statements)
    ]
    return {"incident": account.id, "title": account.title, "reports": found, "claims": near_claims[:5]}
