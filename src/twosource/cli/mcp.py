"""`twosource mcp`: a case as tools for language models."""

from __future__ import annotations

import click

from twosource.errors import MissingExtra


@click.command()
@click.argument("case", metavar="CASE")
@click.pass_context
def mcp(ctx: click.Context, case: str) -> None:
    """Give language models tools to read CASE, over standard input and output (Model Context Protocol).

    They can search, open an incident, see a claim with every passage and origin, and hold a claim
    against the reports. Nothing is written, and what the case withholds is in no answer.

    \b
    Example, in a client's settings:
      {"command": "twosource", "args": ["mcp", "quake.case"]}
    """
    try:
        import mcp.server  # noqa: F401
    except ImportError as e:
        raise MissingExtra("tools for language models", "mcp") from e
    from twosource.mcp.desk import Desk
    from twosource.mcp.server import served
    from twosource.store import Store

    settings, _ = ctx.obj
    with Store.open(case) as store:
        served(Desk(store, settings)).run("stdio")
