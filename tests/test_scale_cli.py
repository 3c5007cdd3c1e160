"""`twosource scale`: nothing of it is loaded, or needed, by whoever doesn't ask for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from twosource.cli import twosource
from twosource.cli.progress import _pace

# What a program does where the engine is not installed: to ask for it is to be told that it isn't there.
WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("daft", "ray", "pyarrow"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in ("daft", "ray", "pyarrow") else find(name, package)
sys.argv = ["twosource", *sys.argv[1:]]
from twosource.cli import main
main()
"""
LOADED = "import sys, twosource, twosource.cli, twosource.pipeline; print([m for m in ('daft', 'ray', 'pyarrow') if m in sys.modules])"


def program(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A program of its own that runs this code."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False
    )


def test_nobody_who_does_not_ask_loads_the_engine() -> None:
    assert program(LOADED).stdout == "[]\n"


def test_without_the_extra_the_command_names_it_and_all_else_works(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Nora Quill won the race at Wexcombe on Sunday.")
    asked = program(WITHOUT, "scale", "run", text, "--out", tmp_path / "out")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert (
        asked.stderr == "twosource: twosource scale needs the extra 'scale': pip install 'twosource[scale]'\n"
    )
    assert not (tmp_path / "out").exists()
    other = program(WITHOUT, "--jobs", "1", "group", text)
    assert (other.returncode, list(json.loads(other.stdout))) == (0, ["id", "incident"])


def test_the_command_names_what_was_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nora Quill won the race at Wexcombe on Sunday.")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 torn")
    found = CliRunner().invoke(
        twosource,
        [
            "--quiet",
            "--jobs",
            "1",
            "scale",
            "run",
            str(tmp_path / "a.txt"),
            str(tmp_path / "b.pdf"),
            "-o",
            str(tmp_path / "out"),
        ],
    )
    assert found.exit_code == 3
    assert "1 reports read, 1 inputs refused" in found.stdout
    assert found.stderr.startswith(f"refused: {tmp_path / 'b.pdf'}: ")


def test_nothing_usable_is_said_and_leaves_no_tables(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 torn")
    found = CliRunner().invoke(
        twosource,
        ["--quiet", "--jobs", "1", "scale", "run", str(tmp_path / "b.pdf"), "-o", str(tmp_path / "out")],
    )
    assert found.exit_code == 1
    assert not (tmp_path / "out" / "tables").exists()


@pytest.mark.parametrize(
    ("done", "seconds", "left", "told"),
    [
        (1, 9.0, 5, ""),
        (500, 1.0, 5, ""),
        (500, 4.0, 1_000, ", 125/s, 8 s left"),
        (8, 4.0, 2_400, ", 2.0/s, 20 min left"),
        (3, 60.0, 900, ", 3.0/min, 5.0 h left"),
        (40, 4.0, None, ", 10/s"),
        (40, 4.0, 0, ", 10/s"),
    ],
)
def test_progress_says_how_fast_it_goes_and_how_long_yet(
    done: int, seconds: float, left: int | None, told: str
) -> None:
    assert _pace(done, seconds, left) == told
