"""Asking a model from Python and seeing how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import twosource
from answering import answering
from test_propose_brief import REPORTS, agreeing, modest
from twosource.brief import to_json
from twosource.pipeline import brief_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_is_withheld_from_python_is_neither_sent_nor_shown(folder: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy" / "withheld.toml"
    policy.parent.mkdir()
    policy.write_text('names = ["Lena Winter"]\n', encoding="utf-8")
    inputs = [str(folder / name) for name in REPORTS]
    with answering(agreeing) as stand:
        made = twosource.brief(inputs, stand.settings(), redact=policy)
    assert stand.asked
    assert all("Winter" not in repr(question) for question in stand.asked)
    assert b"Winter" not in to_json(made)


def test_each_question_is_told_before_it_is_asked(folder: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    with answering(modest) as stand:
        brief_of([str(folder)], stand.settings(), progress=lambda *step: told.append(step))
    pairs = [(done, total) for stage, done, total in told if stage == "asking the model which claims are one"]
    plainer = [
        (done, total) for stage, done, total in told if stage == "asking the model for plainer sentences"
    ]
    assert pairs == [(n, len(pairs)) for n in range(len(pairs))]
    assert plainer
    assert all(total is not None and done < total for done, total in plainer)
