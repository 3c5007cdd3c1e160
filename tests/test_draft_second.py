"""The desk check on a second incident, with eight faults of other kinds of words; and on faithful sentences of real reports."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from twosource.corroborate.draft import Desk
from twosource.pipeline import draft_of
from twosource.settings import Settings

REPORTS = Path(__file__).parent / "incidents" / "night_market"
PLANTED = {
    "hedge": "The shooting was the result of a dispute over a stall at the market, Police Chief Ruth Alvarado said.",
    "denial": "A vendor has claimed that a second gunman was involved.",
    "number": "Dreyer was charged with five counts of murder and four counts of attempted murder, according to court documents.",
    "quotation": "“My client was there to buy dinner,” Quill told reporters outside the courthouse.",
    "name": "Jackson County Medical Examiner Helen Marsch confirmed that three people had died of gunshot wounds.",
    "speaker": "“There is no further danger to the public,” said Mayor Glenn Whitcomb.",
    "date": "In July 2022, a shooting at the same market killed one man.",
    "unsupported": "The city council will vote next week on metal detectors for every entrance.",
}
SOUND = (
    "A third person has died after Friday's shooting at the Medford night market, Police Chief Ruth Alvarado said on Sunday.",
    "The first 911 call came at 9:42 p.m., according to the Medford Police Department.",
    "Mayor Glenn Whitcomb said that the market would stay closed for the rest of the month.",
    "One of the dead is Priya Nandakumar, 41, who ran a spice stall at the market, according to her brother, Arun Nandakumar.",
    "His lawyer, Sandra Quill, denied that Dreyer had fired the shots.",
    "Judge Carla Benning ordered that Dreyer be held without bail.",
)
DRAFT = "\n\n".join(
    [
        SOUND[0],
        PLANTED["name"],
        SOUND[1],
        PLANTED["denial"],
        PLANTED["speaker"],
        SOUND[3],
        PLANTED["hedge"],
        SOUND[2],
        PLANTED["date"],
        PLANTED["number"],
        SOUND[4],
        PLANTED["quotation"],
        SOUND[5],
        PLANTED["unsupported"],
    ]
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    path = tmp_path_factory.mktemp("draft") / "draft.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return draft_of(str(path), [str(REPORTS)], Settings())[0]


@pytest.mark.parametrize("kind", PLANTED)
def test_each_planted_fault_is_shown_and_no_other(desk: Desk, kind: str) -> None:
    at = DRAFT.index(PLANTED[kind])
    found = [f.kind for c in desk.sentences if at <= c.span.start < at + len(PLANTED[kind]) for f in c.faults]
    assert found == [kind]


@pytest.mark.parametrize("sentence", SOUND)
def test_sound_sentences_raise_nothing(desk: Desk, sentence: str) -> None:
    at = DRAFT.index(sentence)
    assert [f for c in desk.sentences if at <= c.span.start < at + len(sentence) for f in c.faults] == []


def sentences_of(report: dict[str, str]) -> list[str]:
    """Sentences that read whole by themselves, as an editor would copy them: no pronoun at the head, no heading."""
    found = []
    for block in report["text"].splitlines():
        for s in re.split(r"(?<=[a-z0-9”\"]\.)\s+(?=[A-Z“\"])|(?<=\.[”\"])\s+(?=[A-Z])", block.strip()):
            if 10 <= len(s.split()) <= 45 and s.endswith((".", ".”", '."')) and s.count('"') % 2 == 0:
                found.append(s)
    return [s for s in found if not re.match(r"\W*(?:He|She|They|It|This|That|His|Her|Their)\b", s)]


def reworded(sentence: str) -> str:
    """The same in words that an editor might change: the speaker first or last, over for more than, figures for words."""
    m = re.match(r"^([^“\"]+), ([A-Z][^,“\"]{2,60}) said\.$", sentence)
    if m:
        sentence = f"{m[2]} said that {m[1][:1].lower() + m[1][1:] if m[1].startswith(('The ', 'A ', 'An ')) else m[1]}."
    sentence = re.sub(
        r"\b(?:more than|over) (?=\d)", lambda x: {"m": "over ", "o": "more than "}[x[0][0]], sentence
    )
    for word, figure in (("three", "3"), ("four", "4"), ("five", "5"), ("seven", "7")):
        sentence = re.sub(rf"\b{word}\b(?! of)", figure, sentence)
    return sentence.replace("’", "'").replace("“", '"').replace("”", '"')


def test_twenty_faithful_sentences_raise_at_most_one_alarm(shared: Path, tmp_path: Path) -> None:
    """Three sentences of each development account, copied, and again in other words: every alarm on these is false.

    A denial that the sentences leave out is no false alarm: the desk check is there to show it.
    """
    alarms, checked = [], 0
    for path in sorted((shared / "data" / "accounts").glob("*.input.jsonl")):
        reports = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        every = {s for r in reports for s in sentences_of(r)}
        chosen = sorted(every, key=lambda s: sha256(s.encode()).hexdigest())[:3]
        draft = tmp_path / "draft.txt"
        draft.write_text("\n\n".join([*chosen, *map(reworded, chosen)]), encoding="utf-8")
        desk, _ = draft_of(str(draft), [str(path)], Settings())
        checked += len(chosen)
        alarms += [(f.kind, f.why) for c in desk.sentences for f in c.faults if f.kind != "denial"]
    assert checked >= 20
    assert len(alarms) <= 1, alarms
