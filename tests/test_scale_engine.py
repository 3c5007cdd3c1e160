"""The engine: it tells nobody anything, does every task, and is nowhere unless it is used."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("daft")

import scale_work
from twosource.errors import MissingExtra
from twosource.scale import engine as room
from twosource.scale.engine import SILENT, Alone, Cluster, WorkFailed, engine_of
from twosource.settings import Settings

pytestmark = [  # Daft leaves it to the garbage collector to close what its processes write
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# A program in which every attempt to reach another machine is an error that it ends with.
NO_NETWORK = """
import os, socket, sys

def connect(self, address, *rest):
    if self.family != socket.AF_UNIX:
        os.write(2, f"reached for {address}".encode())
        os._exit(9)
    return real(self, address, *rest)

def asked(host, *rest, **more):
    os.write(2, f"asked for {host}".encode())
    os._exit(9)

real, socket.socket.connect, socket.getaddrinfo = socket.socket.connect, connect, asked
"""


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    """Two workers that can name the functions of the tests."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    return Cluster(2)


def test_switches_are_set_before_the_engine_is_there_and_in_its_workers() -> None:
    program = f"""{NO_NETWORK}
for name in {list(SILENT)!r}:
    os.environ.pop(name, None)
from twosource.scale.engine import Cluster
engine = Cluster(1)
assert "daft" in sys.modules
print(sorted(engine.each(os.getenv, {list(SILENT)!r} * 2)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(list(enumerate([*SILENT.values()] * 2)))


def test_the_switches_are_those_that_the_engines_look_at() -> None:
    from daft.scarf_telemetry import opted_out

    Cluster(1)
    assert opted_out()
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"


def test_nothing_but_the_engine_loads_the_engine() -> None:
    program = """
import sys, pkgutil, importlib, twosource.cli.commands, twosource.scale
for module in pkgutil.iter_modules(twosource.scale.__path__):
    importlib.import_module(f"twosource.scale.{module.name}")
print([name for name in ("daft", "ray") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("annotators", [1, 2])
def test_without_the_extra_its_name_is_said(monkeypatch: pytest.MonkeyPatch, annotators: int) -> None:
    monkeypatch.setattr(room, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match=r"pip install 'twosource\[scale\]'"):
        engine_of(replace(Settings(), annotators=annotators))


def test_every_task_has_its_answer(workers: Cluster) -> None:
    assert sorted(workers.each(scale_work.doubled, range(9))) == [(n, 2 * n) for n in range(9)]
    assert list(workers.each(scale_work.doubled, [])) == []
    assert (
        list(workers.each(scale_work.doubled, [4])) == list(Alone().each(scale_work.doubled, [4])) == [(0, 8)]
    )
    assert workers.peak_mb() > 0


def test_the_tasks_of_a_killed_worker_are_done_by_another(workers: Cluster, tmp_path: Path) -> None:
    tasks = [(n, str(tmp_path / "died")) for n in range(6)]
    assert sorted(workers.each(scale_work.dying_once, tasks)) == [(n, 2 * n) for n in range(6)]
    assert (tmp_path / "died").exists()


def test_work_that_kills_every_worker_is_given_up(workers: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LOST", 2)
    with pytest.raises(WorkFailed, match="lost 2 times"):
        list(workers.each(scale_work.dying, [1, 2]))


def test_what_work_raises_is_said_and_not_tried_again(workers: Cluster) -> None:
    for engine in (workers, Alone()):
        with pytest.raises(WorkFailed, match="ValueError: odd input 5"):
            list(engine.each(scale_work.refusing, [5, 5]))
