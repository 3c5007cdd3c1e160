"""The docs say what the code does: generated pages are current, README commands run."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import twosource
from twosource.cli import twosource as command_line

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line[2:]
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]


def test_generated_pages_are_current() -> None:
    """`make docs` writes them."""
    pages = runpy.run_path(str(ROOT / "docs" / "generate.py"))["pages"]()
    for name, text in pages.items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, (
            f"docs/{name} is out of date: run make docs"
        )


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in command_line.commands.items():
        assert f"## {name}\n" in page
        assert command.help
        for one in [command, *getattr(command, "commands", {}).values()]:
            assert one.help, f"{one.name} has no help"
            for option in one.params:
                if option.param_type_name == "option":
                    assert getattr(option, "help", None), f"{one.name} {option.name} has no help"


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith(".venv/bin/twosource")])
def test_readme_commands_run(command: str) -> None:
    """Run as written, with this interpreter in the place of the one that `make setup` makes."""
    (ROOT / "out").mkdir(exist_ok=True)
    words = shlex.split(command)
    if "init" in words:  # a case is made once
        (ROOT / words[-1]).unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "twosource", *words[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if "init" in words:
        assert (ROOT / words[-1]).exists()
    elif "-o" in words:
        assert (ROOT / words[words.index("-o") + 1]).stat().st_size > 1000
    else:
        assert done.stdout


def test_readme_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_make_targets_in_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in COMMANDS:
        if command.startswith("make "):
            assert re.search(rf"^{command.split()[1]}:", makefile, re.MULTILINE)


def test_the_public_face() -> None:
    """What `twosource` exports is what it says it exports, and the functions are not hidden by rooms of the same name."""
    assert all(hasattr(twosource, name) for name in twosource.__all__)
    assert all(callable(getattr(twosource, name)) for name in ("read", "annotate", "brief", "compare_names"))
    assert twosource.compare_names("Jon Smith", "Jon Smith", "person").value >= 0.5


def test_nothing_in_the_repository_names_a_registry() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    bad = re.compile(r"(?:index-url|registry)\s*=\s*https?://|files\.pythonhosted|registry\.npmjs")
    for name in listed:
        path = ROOT / name
        if name and path.suffix not in {".png", ".json"} and path.is_file() and path.name != "test_docs.py":
            assert not bad.search(path.read_text(encoding="utf-8", errors="replace")), name
