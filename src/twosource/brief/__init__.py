"""A finished account in words a reader can check: JSON, one HTML page, Markdown, the terminal.

Rendering libraries load when they are first used, so that importing this costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twosource.model import Account, Brief

if TYPE_CHECKING:  # rich takes longer to load than all else here
    from rich.console import Console

__all__ = ["document", "summarise", "to_html", "to_json", "to_markdown", "to_terminal"]


def summarise(account: Account) -> Account:
    """The account with its title and summary: at most eight lines, none without evidence."""
    from twosource.brief.summary import summarise as run

    return run(account)


def document(brief: Brief) -> dict[str, Any]:
    """The brief as plain lists and dicts in the shape of docs/brief.schema.json."""
    from twosource.brief.contract import document as run

    return run(brief)


def to_json(brief: Brief) -> bytes:
    """The brief as JSON: the same brief gives the same bytes, with a newline at the end."""
    from twosource.brief.contract import to_json as run

    return run(brief)


def to_html(brief: Brief) -> str:
    """The brief as one page that loads nothing from outside and needs no JavaScript."""
    from twosource.brief.page import to_html as run

    return run(brief)


def to_markdown(brief: Brief) -> str:
    """The brief as Markdown in which nothing of a report can act as markup."""
    from twosource.brief.markdown import to_markdown as run

    return run(brief)


def to_terminal(brief: Brief, console: Console) -> None:
    """A summary of the brief on a terminal; plain text where the output is no terminal."""
    from twosource.brief.terminal import to_terminal as run

    run(brief, console)
