"""`twosource serve`: a case in a browser."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from twosource.errors import MissingExtra, UsageError


@click.command()
@click.argument("case", metavar="CASE")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="P", help="0 takes a free one.")  # fmt: skip
@click.option("--name", "names", multiple=True, metavar="NAME", help="A name under which browsers reach it, as they send it; may be given several times.")  # fmt: skip
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE", help="A TLS certificate (PEM).")  # fmt: skip
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE", help="Its key (PEM).")  # fmt: skip
@click.option("--https", is_flag=True, help="Browsers speak TLS to a proxy in front: cookies are sent over TLS alone.")  # fmt: skip
@click.option("--add-user", metavar="NAME", help="Add a user, or set one anew, then stop; the password is asked for, or read from standard input.")  # fmt: skip
@click.option("--role", type=click.Choice(["reader", "editor", "admin"]), default="editor", show_default=True, help="What the user may do.")  # fmt: skip
@click.option("--remove-user", metavar="NAME", help="Remove a user, then stop.")
@click.pass_context
def serve(
    ctx: click.Context,
    case: str,
    host: str,
    port: int,
    names: tuple[str, ...],
    certificate: Path | None,
    key: Path | None,
    https: bool,
    add_user: str | None,
    role: str,
    remove_user: str | None,
) -> None:
    """Serve CASE as a workbench for the browser, with an API under /api/v1.

    On this machine alone (the default) there is one user and nobody logs in. At any other address
    people log in, and it refuses to start before there is an admin.

    \b
    Examples:
      twosource serve quake.case
      twosource serve quake.case --add-user ana --role admin
      twosource serve quake.case --host 10.0.0.5 --certificate c.pem --key k.pem
    """
    try:
        import argon2  # noqa: F401
        import python_multipart  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as e:
        raise MissingExtra("the workbench", "web") from e
    from twosource.web.serving import serve as run

    settings, _ = ctx.obj
    if add_user is not None or remove_user is not None:
        _change_users(case, add_user, role, remove_user)
        return
    if (certificate is None) != (key is None):
        raise UsageError("--certificate and --key go together")
    run(
        case,
        settings,
        host=host,
        port=port,
        names=names,
        certificate=certificate,
        key=key,
        https=https,
        ready=_say_where,
    )


def _say_where(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def _change_users(case: str, add: str | None, role: str, remove: str | None) -> None:
    from twosource.store import Store, team
    from twosource.web.gate import hashed

    with Store.open(case) as store:
        if remove is not None:
            with store.writes() as c:
                if not team.drop_user(c, remove):
                    raise UsageError(f"there is no user {remove!r}")
                team.note(c, "the command line", "drop-user", remove)
            click.echo(f"{remove} can no longer log in", err=True)
        if add is not None:
            try:
                stored = hashed(_password())
            except ValueError as e:
                raise UsageError(str(e)) from e
            with store.writes() as c:
                team.put_user(c, add, role, stored)
                team.note(c, "the command line", "put-user", add)
            click.echo(f"{add} can log in as {role}", err=True)


def _password() -> str:
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\n")
