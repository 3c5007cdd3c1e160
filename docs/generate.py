"""Make the reference pages from the code: `make docs` writes them, a test holds them against it.

- docs/commands.md  from the command line's own help
- docs/settings.md  from the settings and the string after each
- docs/contract.md  from the records, their fields and comments
- docs/tables.md    from the tables that exports are made of
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click

from twosource import settings
from twosource.cli import twosource
from twosource.export.tables import tables
from twosource.model import account, annotation, evidence

HERE = Path(__file__).parent


def main() -> int:
    """Write the pages; with --check, only say which are out of date (exit 1)."""
    stale = []
    for name, text in pages().items():
        path = HERE / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    print(
        ("out of date: " if "--check" in sys.argv else "written: ") + ", ".join(stale)
        if stale
        else "all pages are up to date"
    )
    return 1 if stale and "--check" in sys.argv else 0


def pages() -> dict[str, str]:
    """Each generated page's name and text."""
    return {
        "commands.md": commands_page(),
        "settings.md": settings_page(),
        "contract.md": contract_page(),
        "tables.md": tables_page(),
    }


def commands_page() -> str:
    """Every command with its help."""
    parts = [
        "# Commands\n",
        "Made from the commands' own help; `twosource COMMAND --help` shows the same.\n",
        block(twosource, "twosource"),
    ]
    for name, command in sorted(twosource.commands.items()):
        parts += [f"## {name}\n", block(command, f"twosource {name}")]
        if isinstance(command, click.Group):
            for below, one in sorted(command.commands.items()):
                parts += [f"### {name} {below}\n", block(one, f"twosource {name} {below}")]
                if isinstance(one, click.Group):
                    for last, deep in sorted(one.commands.items()):
                        title = f"{name} {below} {last}"
                        parts += [f"#### {title}\n", block(deep, f"twosource {title}")]
    return "\n".join(parts)


def block(command: click.Command, name: str) -> str:
    """A command's help as a code block."""
    context = click.Context(
        command, info_name=name, max_content_width=100, terminal_width=100, help_option_names=["-h", "--help"]
    )
    text = command.get_help(context)
    return f"```\n{text}\n```\n"


def settings_page() -> str:
    """Every setting with its default and why one would change it."""
    rows = [f"| `{name}` | `{default}` | {why} |" for name, default, why in settings_rows()]
    return "\n".join(
        [
            "# Settings\n",
            "A TOML file, named with `twosource --settings FILE` or in the variable `TWOSOURCE_SETTINGS`, may hold any of these:\n",
            "| setting | default | what it is for |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def settings_rows() -> Iterator[tuple[str, str, str]]:
    """(name, default, why) of every setting, from the source: the string after an attribute is its reason."""
    body = next(n for n in ast.parse(inspect.getsource(settings)).body if isinstance(n, ast.ClassDef)).body
    for here, after in pairwise(body):
        if (
            isinstance(here, ast.AnnAssign)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
        ):
            assert isinstance(here.target, ast.Name)
            assert here.value is not None
            yield here.target.id, ast.unparse(here.value), str(after.value.value)


def contract_page() -> str:
    """The records with their fields, as the code has them."""
    sources = [inspect.getsource(part) for part in (evidence, annotation, account)]
    parts = [
        "# The records\n",
        "What the rooms hand to one another, made from `twosource/model/`. How they look as JSON is said in "
        "[brief.schema.json](brief.schema.json) for a brief and in `twosource/wire.py` for JSON Lines: a span is "
        "`[start, end)` in Unicode code points of the report's text, evidence is `{report, start, end}`.\n",
    ]
    for source in sources:
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef):
                parts += [
                    f"## {node.name}\n",
                    textwrap.fill(ast.get_docstring(node) or "", 110) + "\n",
                    *fields_table(node, source.splitlines()),
                    "",
                ]
    return "\n".join(parts)


def fields_table(node: ast.ClassDef, lines: list[str]) -> list[str]:
    """A record's fields with type, default and the comment beside them."""
    rows = []
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            _, _, remark = lines[item.lineno - 1].partition("  # ")
            kind = ast.unparse(item.annotation).replace("|", "\\|")
            default = ast.unparse(item.value) if item.value else ""
            rows.append(f"| `{item.target.id}` | `{kind}` | {f'`{default}`' if default else ''} | {remark} |")
    return ["| field | type | default | |", "| --- | --- | --- | --- |", *rows] if rows else []


def tables_page() -> str:
    """The tables of the exports csv, tsv and parquet with their columns."""
    parts = [
        "# The tables\n",
        "What `--format csv`, `tsv` and `parquet` write, one file a table, made from `twosource/export/tables.toml`. How they are "
        "written is said in [exports.md](exports.md). `incident` is the incident's id in every one; offsets are `[start, end)` "
        "in Unicode code points of the report's text; an empty cell is not known.\n",
    ]
    for t in tables():
        rows = [
            f"| `{c.name}` | {c.kind} | {c.meaning} |" for c in t.columns if c.name != "incident" or c.meaning
        ]
        parts += [
            f"## {t.name}\n",
            t.meaning + ".\n",
            "| column | kind | |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
