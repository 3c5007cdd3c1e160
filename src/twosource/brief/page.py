"""The brief as one HTML page: nothing loaded from outside, no script, every character of a report escaped."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from twosource.brief import sections, view
from twosource.brief.citing import Citations, Cite, marked
from twosource.brief.evidence import Desk
from twosource.brief.flow import FlowView, flow
from twosource.brief.map import MapView, map_of
from twosource.brief.tree import TreeView, tree
from twosource.brief.versions import VersionsView, versions
from twosource.brief.wording import bounds, count, date_in_words, harmless, one_line, place_name
from twosource.model import Account, Article, Brief
from twosource.version import __version__

PAIRS = 60  # pairs of reports whose reason the page gives; all are in the JSON
FOLD = 30  # reports of an incident beyond which each is folded


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report whole, with its masthead."""

    anchor: str
    number: int
    title: str
    outlet: str
    facts: tuple[tuple[str, str], ...]
    url: str
    paragraphs: tuple[Markup, ...]
    cited: int
    furniture: int
    words: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the head: when, where, how many; with what it rests on."""

    label: str
    text: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """One incident as the page shows it, in the order of the page."""

    anchor: str
    number: int
    title: str
    facts: tuple[Fact, ...]
    outlets: str
    unread: tuple[tuple[int, str], ...]  # reports that no installed pipeline reads, with their language
    figure: view.Figure | None
    central: view.ClaimView | None
    flow: FlowView | None
    summary: tuple[view.Said, ...]
    claims: tuple[view.ClaimView, ...]
    background: tuple[view.ClaimView, ...]
    differences: tuple[sections.DifferenceView, ...]
    questions: tuple[sections.QuestionView, ...]
    tree: TreeView
    pairs: tuple[sections.PairView, ...]
    versions: tuple[VersionsView, ...]
    more_versions: int
    timeline: tuple[tuple[str, view.Said], ...]
    map: MapView
    actors: tuple[sections.ActorView, ...]
    relations: tuple[sections.RelationView, ...]
    reports: tuple[ReportView, ...]
    torn: tuple[str, ...]
    folded: bool


def to_html(brief: Brief) -> str:
    """The page; the same brief gives the same page."""
    accounts = [account_view(a, n) for n, a in enumerate(brief.accounts, 1)]
    style = _source("brief.css") + _torn_rules([t for a in accounts for t in a.torn])
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    page: str = _template().render(
        accounts=accounts,
        brief=brief,
        refused=[(one_line(r.input), one_line(r.reason)) for r in brief.refused],
        version=__version__,
        style=Markup(style),  # our own file and anchors of digits and letters
        style_hash=digest,
        heading=accounts[0].title if len(accounts) == 1 else count(len(accounts), "incident"),
        total=sum(len(a.reports) for a in accounts),
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def account_view(account: Account, number: int) -> AccountView:
    """One account, with every link it needs made before its reports are marked."""
    desk = Desk(account)
    links = Citations(desk, f"i{number}")
    all_claims = view.claims(desk, links)
    central = desk.central
    middle = next((c for c in all_claims if central and c.anchor == f"{links.prefix}{central.id}"), None)
    summary = tuple(view.Said(one_line(s.text), links.key(s.evidence)) for s in account.summary)
    facts = _facts(account, links)
    parts: dict[str, Any] = {
        "differences": sections.differences(desk, links),
        "questions": sections.questions(desk, links),
        "timeline": sections.timeline(desk, links),
        "map": map_of(desk, links),
        "actors": sections.actors(desk, links),
        "relations": sections.relations(desk, links),
    }
    beside, more_versions = versions(desk)
    marks = [
        (a, marked(a, links.cited(a.id), links.is_key), len(links.cited(a.id))) for a in desk.reading_order
    ]
    return AccountView(
        anchor=f"i{number}",
        number=number,
        title=one_line(account.title) or f"Incident {number}",
        facts=facts,
        outlets=sections.outlets_line(desk),
        unread=tuple(
            (desk.numbers[a.id], one_line(desk.annotations[a.id].language))
            for a in desk.reading_order
            if a.id in desk.annotations and not desk.annotations[a.id].analysed
        ),
        figure=middle.figure if middle else None,
        central=middle,
        flow=flow(desk, central) if central else None,
        summary=summary,
        claims=tuple(c for c in all_claims if not c.event),
        background=tuple(c for c in all_claims if c.event),
        tree=tree(desk),
        pairs=sections.pairs(desk),
        versions=beside,
        more_versions=more_versions,
        reports=tuple(_report(a, links, m.paragraphs, n) for a, m, n in marks),
        torn=tuple(t for _, m, _ in marks for t in m.torn),
        folded=len(account.articles) > FOLD,
        **parts,
    )


def _facts(account: Account, links: Citations) -> tuple[Fact, ...]:
    facts = account.facts
    found = [Fact("When", date_in_words(facts.when), links.one_each(facts.when_evidence))]
    where = place_name(facts.where) if facts.where else "not said in the reports"
    found.append(Fact("Where", where, links.one_each(facts.where_evidence)))
    for label, toll in (("Killed", facts.killed), ("Injured", facts.injured)):
        if toll is not None:
            found.append(Fact(label, bounds(toll.low, toll.high), links.one_each(toll.evidence)))
    return tuple(found)


def _report(article: Article, links: Citations, paragraphs: tuple[Markup, ...], cited: int) -> ReportView:
    r = article.report
    rows = [("Published", date_in_words(article.published) if article.published else "date unknown")]
    rows += [("Changed", date_in_words(r.modified))] if r.modified else []
    byline = r.byline or (article.masthead.byline.value if article.masthead.byline else None)
    rows += [("By", one_line(byline))] if byline else []
    rows += [("Address", one_line(r.url))] if r.url else []
    unread = links.desk.annotations.get(article.id)
    rows += (
        [("Not analysed", f"language {one_line(unread.language)}")] if unread and not unread.analysed else []
    )
    rows += [("Identifier", one_line(r.id))]
    rows += [("SHA-256 of the original", one_line(r.sha256))] if r.sha256 else []
    return ReportView(
        anchor=links.report_anchor(article.id),
        number=links.desk.numbers[article.id],
        title=one_line(r.title),
        outlet=one_line(article.outlet) or "outlet unknown",
        facts=tuple(rows),
        url=web_address(r.url),
        paragraphs=paragraphs,
        cited=cited,
        furniture=len(article.boilerplate),
        words=len(article.text.split()),
    )


def web_address(url: str | None) -> str:
    """The address when it is one of the web, else nothing: no other kind is ever made a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    plain = harmless(url) == url and not any(c.isspace() for c in url or "")
    return (url or "") if parts.scheme in ("http", "https") and parts.netloc and plain else ""


def _torn_rules(anchors: list[str]) -> str:
    """A passage in several pieces lights up in all of them: only its first piece can be the link's target."""
    return "".join(
        f":root:has(#{a}:target) .at-{a}{{background:var(--lit);color:var(--lit-ink)}}\n" for a in anchors
    )


@lru_cache
def _source(name: str) -> str:
    return (files("twosource.brief") / "template" / name).read_text(encoding="utf-8")


@lru_cache
def _template() -> Any:
    """The compiled template: everything put into it is escaped, and robbed of controls that could hide or reorder it."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FunctionLoader(_source),
        finalize=_harmless,
    )
    environment.globals.update(count=count, most_pairs=PAIRS)
    return environment.get_template("brief.html.j2")


def _harmless(value: object) -> object:
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value
