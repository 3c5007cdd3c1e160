"""The brief as Markdown: the same order as the page, and nothing of a report can act as markup."""

from __future__ import annotations

import re

from twosource.brief import view
from twosource.brief.citing import Cite
from twosource.brief.page import AccountView, account_view
from twosource.brief.proposals import proposals_line
from twosource.brief.wording import count, harmless, one_line
from twosource.model import Brief
from twosource.version import __version__

_CITED = 12  # reports given for one sentence
# ASCII punctuation that CommonMark lets a backslash disarm (CommonMark 0.31, section 2.4), where it can start markup.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&$^=])")
_ADDRESS = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*)(:)(?=\S)|\b(www)(\.)|(@)")
_BREAK = re.compile(r"(\d)([.)])(?=\s|$)")


def plain(text: str) -> str:
    """Text in which no character can start markup, raw HTML or a link, not even one that a renderer would guess."""
    escaped = _MARKUP.sub(r"\\\1", one_line(text))
    escaped = _BREAK.sub(r"\1\\\2", escaped) if _BREAK.match(escaped) else escaped
    # An address loses its power to be linked by an entity in place of its colon, dot or at sign.
    return _ADDRESS.sub(
        lambda m: (m[1] + "&#58;") if m[1] else (m[3] + "&#46;") if m[3] else "&#64;", escaped
    )


def to_markdown(brief: Brief) -> str:
    """The brief; the same brief gives the same text."""
    lines: list[str] = []
    views = [account_view(a, n) for n, a in enumerate(brief.accounts, 1)]
    if len(views) > 1:
        lines += [f"# {count(len(views), 'incident')}", ""]
        lines += [f"{v.number}. {plain(v.title)} ({v.outlets})" for v in views] + [""]
    for v in views:
        lines += _account(v, "##" if len(views) > 1 else "#")
    if brief.refused:
        lines += ["## What could not be read", ""]
        lines += [f"- {plain(r.input)}: {plain(r.reason)}" for r in brief.refused] + [""]
    lines += ["## How this was made", "", _made(brief), ""]
    text = harmless("\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", text).rstrip("\n") + "\n"


def _made(brief: Brief) -> str:
    return (
        f"By twosource {plain(__version__)}"
        + (f", as of {plain(brief.as_of)}" if brief.as_of else "")
        + ". Numbers in brackets are reports. "
        "“Two origins found” means that two were found that did not, as far as these texts show, get it from one another; not that it is true. "
        "Reports in English only show what was said in English. “No response found” means in these reports."
        + (f" {plain(line)}" if (line := proposals_line(brief)) else "")
    )


def _cites(cites: tuple[Cite, ...]) -> str:
    numbers = list(dict.fromkeys(c.report for c in cites))
    more = f" and {len(numbers) - _CITED} more" if len(numbers) > _CITED else ""
    return " " + "".join(f"\\[{n}\\]" for n in numbers[:_CITED]) + more if numbers else ""


def _account(v: AccountView, mark: str) -> list[str]:
    lines = [f"{mark} {plain(v.title)}", "", plain(v.outlets), ""]
    lines += [f"- {f.label}: {plain(f.text)}{_cites(f.cites)}" for f in v.facts] + [""]
    if v.unread:
        said = ", ".join(f"report {n} (language {plain(language)})" for n, language in v.unread)
        lines += [
            f"Not analysed: {said}: read and compared, but what is said there is not in this account.",
            "",
        ]
    if v.central and v.figure:
        lines += [
            f"**The central claim:** {plain(v.central.text)} – {plain(v.central.by)}{_cites(v.central.cites)}",
            "",
            f"**{_figure(v.figure)}**",
            "",
            plain(v.figure.means),
            "",
        ]
        lines += [f"{x}." for x in _answered(v.central)] + [""]
    if v.summary:
        lines += [f"{mark}# What is known", ""]
        lines += [f"{n}. {plain(s.text)}{_cites(s.cites)}" for n, s in enumerate(v.summary, 1)] + [""]
    lines += _claims(v, mark)
    for d in v.differences:
        if d is v.differences[0]:
            lines += [f"{mark}# Where they differ", ""]
        lines += [f"- **{plain(d.about or d.kind)}** ({d.label})"]
        for s in d.sides:
            lines += [
                f"  - {plain(s.value)}: "
                + "; ".join(f"“{plain(p.text)}”{_cites(p.cites)}" for p in s.passages[:2])
            ]
    lines += ["", *_questions(v, mark), *_rest(v, mark)]
    return lines


def _figure(f: view.Figure) -> str:
    unknown = f" (and {f.unknown} unknown)" if f.unknown else ""
    most = f", at most {f.at_most}" if f.at_most > f.origins else ""
    return (
        f"{count(f.reports, 'report')} → {count(f.outlets, 'outlet')}{f.owners}{unknown} → {count(f.collectors, 'collector')} → "
        f"{count(f.origins, 'independent origin')}{most}: {f.label}"
    )


def _answered(c: view.ClaimView) -> list[str]:
    """Denials, then answers that deny nothing; that there is none only for what accuses somebody."""
    said = [("Denials", c.denials)] if c.denials else []
    said += [("Responses", c.responses)] if c.responses else []
    if c.unanswered:
        return ["Response: none found in these reports"]
    return [
        f"{label}: " + "; ".join(f"{plain(d.note)} (“{plain(d.text)}”){_cites(d.cites)}" for d in found)
        for label, found in said
    ]


def _claims(v: AccountView, mark: str) -> list[str]:
    lines = []
    for head, found in (("Claims", v.claims), ("Background", v.background)):
        if not found:
            continue
        lines += [f"{mark}# {head}", ""]
        for c in found:
            lines += [
                f"- {plain(c.text)}{_cites(c.cites)}",
                f"  - {_figure(c.figure)}; {c.certainty}" + (f"; {c.register}" if c.register else ""),
            ]
            lines += [
                f"  - Goes back to {plain(o.who)}"
                + (f" ({plain(o.notes)})" if o.notes else "")
                + _cites(o.cites)
                for o in c.origins
            ]
            lines += [f"  - {x}" for x in _answered(c)]
            lines += [f"  - Beware: {plain(c.doubt)}"] if c.doubt else []
            lines += [f"  - Suggested grade {plain(c.grade)}"]
        lines += [""]
    return lines


def _questions(v: AccountView, mark: str) -> list[str]:
    lines = []
    for q in v.questions:
        lines += [f"{mark}# {plain(q.question)}", ""]
        if q.rows:
            lines += ["| Evidence | " + " | ".join(plain(o) for o in q.options) + " |"]
            lines += ["| --- |" + " --- |" * len(q.options)]
            lines += [
                f"| {plain(r.who)}: {plain(r.text)}{_cites(r.cites)} | " + " | ".join(r.cells) + " |"
                for r in q.rows
            ]
        else:
            named = "; ".join(plain(o) for o in q.options)
            lines += [f"The reports name {named}. No statement speaks for or against one of them."]
        if q.decisive:
            lines += ["", "What would decide it:", ""]
            lines += [f"- {plain(d.text)}{_cites(d.cites)}" for d in q.decisive]
        lines += [""]
    return lines


def _rest(v: AccountView, mark: str) -> list[str]:
    lines = []
    if v.tree.nodes:
        lines += [f"{mark}# Who copied whom", ""]
        lines += [f"- Report {n.number}, {plain(n.name)}: {plain(n.how)}" for n in v.tree.nodes] + [""]
    if v.versions:
        lines += [f"{mark}# Versions", ""]
        lines += [f"- Reports {x.left} and {x.right}, {x.order}: {plain(x.what)}" for x in v.versions] + [""]
    if v.timeline:
        lines += [f"{mark}# Timeline", ""]
        last = ""
        for when, s in v.timeline:
            last = when or last  # entries of one day give it once
            lines.append(f"- {plain(last)}: {plain(s.text)}{_cites(s.cites)}")
        lines.append("")
    if v.actors:
        lines += [f"{mark}# People and organisations", ""]
        lines += [
            f"- {plain(a.name)} ({a.kind})"
            + (f", also {plain(a.aliases)}" if a.aliases else "")
            + "".join(f"; {plain(i)}, {plain(told)}" for i, told in a.known)
            for a in v.actors
        ] + [""]
        lines += [
            f"- {plain(r.a)} {plain(r.role)} {plain(r.b)}"
            + (f", according to {plain(r.who)}" if r.who else "")
            + _cites(r.cites)
            for r in v.relations
        ] + [""]
    lines += [f"{mark}# The reports", ""]
    for r in v.reports:
        name = ", ".join(
            x for x in (plain(r.outlet), f"“{plain(r.title)}”" if r.title else "", plain(r.facts[0][1])) if x
        )
        lines += [f"- \\[{r.number}\\] {name}" + (f", {plain(r.url)}" if r.url else "")]
    return [*lines, ""]
