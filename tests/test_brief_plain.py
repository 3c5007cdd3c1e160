"""The brief as Markdown and on a terminal: the same figures, plain where it is piped."""

from __future__ import annotations

import io

from rich.console import Console

from test_brief_invented import account, brief
from twosource.brief import to_markdown, to_terminal
from twosource.model import Brief


def printed(made: Brief, *, terminal: bool) -> str:
    out = io.StringIO()
    to_terminal(made, Console(file=out, force_terminal=terminal, width=80))
    return out.getvalue()


def test_a_pipe_gets_plain_text() -> None:
    text = printed(brief(), terminal=False)
    assert "\x1b" not in text
    assert (
        "4 reports → 3 outlets (+ 1 unknown) → 2 collectors → 1 independent origin, at most 2  disputed"
        in text
    )
    assert "Denials: denied by Vell fleet" in text
    assert "photo.jpg: an image, not a text" in text
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_a_terminal_gets_colours_and_no_line_over_its_width() -> None:
    text = printed(brief(), terminal=True)
    assert "\x1b[1m" in text
    assert "Origins found are not proof." in text


def test_markdown_has_figure_summary_and_caveat() -> None:
    text = to_markdown(brief())
    assert text == to_markdown(brief())
    assert (
        "**4 reports → 3 outlets (and 1 unknown) → 2 collectors → 1 independent origin, at most 2: disputed**"
        in text
    )
    assert "## What is known" in text
    assert "not that it is true" in text
    assert "said by coastal service" in text


def test_several_incidents_are_numbered() -> None:
    made = brief(account(), account())
    assert to_markdown(made).startswith("# 2 incidents\n")
    assert "2 of 2: " in printed(made, terminal=False)


def test_a_brief_of_nothing_says_what_was_refused() -> None:
    nothing = Brief((), brief().refused)
    assert "photo.jpg" in printed(nothing, terminal=False)
    assert "What could not be read" in to_markdown(nothing)
