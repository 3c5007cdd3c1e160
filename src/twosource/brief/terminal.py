"""The brief on a terminal: the figure, the summary, the claims and the differences; the rest is in the page."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from twosource.brief import view
from twosource.brief.citing import Cite
from twosource.brief.page import AccountView, account_view
from twosource.brief.proposals import proposals_line
from twosource.brief.wording import count, one_line
from twosource.model import Brief

CLAIMS, DIFFERENCES, INCIDENTS = 6, 6, 20
_STATUS = {
    "disputed": "bold red",
    "corroborated": "bold green",
    "single_origin": "bold cyan",
    "reporter_only": "bold yellow",
}

_CITED = 12  # reports given for one sentence


def to_terminal(brief: Brief, console: Console) -> None:
    """Print the brief's summary; no colours or drawn lines where the console is no terminal, and no control of a report's."""
    for n, account in enumerate(brief.accounts[:INCIDENTS], 1):
        if n > 1:
            console.print()
        _account(account_view(account, n), console, len(brief.accounts))
    if len(brief.accounts) > INCIDENTS:
        _say(
            console,
            Text(
                f"\n{count(len(brief.accounts) - INCIDENTS, 'more incident')}: write the page with -o brief.html to see them all.",
                "dim",
            ),
        )
    if brief.refused:
        _head(console, "What could not be read")
        for r in brief.refused:
            _say(console, Text(f"{one_line(r.input)}: {one_line(r.reason)}"), 2)
    if line := proposals_line(brief):
        _say(console, Text(f"\n{line}"))
    _say(
        console,
        Text(
            "\nOrigins found are not proof. Reports in English only show what was said in English. The whole account with its evidence: -o brief.html",
            "dim",
        ),
    )


def _account(v: AccountView, console: Console, total: int) -> None:
    lead = f"{v.number} of {total}: " if total > 1 else ""
    _say(console, Text(lead + v.title, "bold"))
    _say(console, Text(v.outlets, "dim"))
    for f in v.facts:
        _say(console, Text.assemble((f"{f.label}: ", "dim"), f.text, _cites(f.cites)))
    if v.unread:
        said = ", ".join(f"report {n} (language {language})" for n, language in v.unread)
        _say(console, Text(f"Not analysed, only compared: {said}"))
    if v.central and v.figure:
        _head(console, "The central claim")
        _say(
            console,
            Text.assemble(v.central.text, (f" – {v.central.by}", "italic"), _cites(v.central.cites)),
            2,
        )
        _say(console, _figure(v.figure), 2)
        denials = "; ".join(d.note for d in v.central.denials)
        answers = "; ".join(f"{r.note}: {r.text}" for r in v.central.responses)
        if v.central.unanswered:
            answers = "none found in these reports"
        for label, text in (("Denials: ", denials), ("Responses: ", answers)):
            if text:
                _say(console, Text.assemble((label, "dim"), text), 2)
    if v.summary:
        _head(console, "What is known")
        for n, s in enumerate(v.summary, 1):
            _say(console, Text.assemble((f"{n}. ", "dim"), s.text, _cites(s.cites)), 2)
    _claims(v, console)
    _differences(v, console)
    _head(console, "The reports")
    for r in v.reports[:30]:
        title = f" “{r.title}”" if r.title else ""
        _say(console, Text.assemble((f"[{r.number}] ", "cyan"), f"{r.outlet}{title}, {r.facts[0][1]}"), 2)
    if len(v.reports) > 30:
        _say(console, Text(f"and {count(len(v.reports) - 30, 'more report')}", "dim"), 2)


def _claims(v: AccountView, console: Console) -> None:
    others = [c for c in v.claims if v.central is None or c.anchor != v.central.anchor]
    if not others:
        return
    _head(console, "Other claims")
    for c in others[:CLAIMS]:
        _say(console, Text.assemble("- ", c.text, (f" – {c.by}", "italic"), _cites(c.cites)), 2)
        _say(console, _figure(c.figure), 4)
        for d in c.denials:
            _say(console, Text(d.note, "red"), 4)
    if len(others) > CLAIMS:
        _say(console, Text(f"and {count(len(others) - CLAIMS, 'more claim')}", "dim"), 2)


def _differences(v: AccountView, console: Console) -> None:
    if not v.differences:
        return
    _head(console, "Where they differ")
    for d in v.differences[:DIFFERENCES]:
        _say(
            console,
            Text.assemble(
                "- ", (d.about or d.kind), (f" ({d.label})", "red" if d.nature == "contradiction" else "dim")
            ),
            2,
        )
        for s in d.sides:
            _say(
                console,
                Text.assemble((s.value, "bold"), _cites(tuple(c for p in s.passages for c in p.cites))),
                4,
            )
    if len(v.differences) > DIFFERENCES:
        _say(console, Text(f"and {len(v.differences) - DIFFERENCES} more", "dim"), 2)


def _figure(f: view.Figure) -> Text:
    unknown = f" (+ {f.unknown} unknown)" if f.unknown else ""
    most = f", at most {f.at_most}" if f.at_most > f.origins else ""
    return Text.assemble(
        f"{count(f.reports, 'report')} → {count(f.outlets, 'outlet')}{f.owners}{unknown} → {count(f.collectors, 'collector')} → ",
        (f"{count(f.origins, 'independent origin')}{most}", "bold"),
        "  ",
        (f.label, _STATUS.get(f.status, "bold")),
    )


def _cites(cites: tuple[Cite, ...]) -> Text:
    numbers = list(dict.fromkeys(c.report for c in cites))
    more = f" and {len(numbers) - _CITED} more" if len(numbers) > _CITED else ""
    return Text(" " + "".join(f"[{n}]" for n in numbers[:_CITED]) + more if numbers else "", "cyan")


def _head(console: Console, text: str) -> None:
    _say(console, Text(f"\n{text}", "bold underline" if console.is_terminal else "bold"))


def _say(console: Console, text: Text, indent: int = 0) -> None:
    """Text as it is: no markup, emoji codes or highlighting are looked for in it."""
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, indent), expand=False), highlight=False)
    else:
        for line in text.plain.split("\n"):
            console.out((" " * indent + line).rstrip(), highlight=False)
