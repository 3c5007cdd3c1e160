"""The desk check: eight faults planted in a draft are shown, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from twosource.brief.draft import draft_document, draft_html
from twosource.corroborate.draft import Desk
from twosource.pipeline import draft_of
from twosource.settings import Settings

REPORTS = Path(__file__).parents[1] / "examples" / "derailment" / "reports"
PLANTED = {
    "hedge": "Some of the ammonia has reached the Emajogi river, Koskinen said.",
    "denial": "Farmer Jaan Tamm said he saw the train come round the bend much too fast.",
    "number": "About 600 people were moved out of villages along the line, Koskinen said.",
    "quotation": "“We had to get people out of their homes,” she said.",
    "name": "A broken rail caused the derailment outside Elva, said Kadri Leppik, the director of the Rail Safety Board.",
    "speaker": "“The brakes were in order,” said Lena Koskinen, who leads the county rescue service.",
    "date": "In November, a Baltrans train hit a lorry at a level crossing near Valga, killing one person.",
    "unsupported": "The rescue has cost the county two million euros so far.",
}
SOUND = (
    "A freight train carrying ammonia derailed 12 kilometres southwest of Tartu on Friday morning.",
    "Two tank wagons were leaking when the first crews arrived, Lena Koskinen, who leads the county rescue service, told Northern Wire.",
    "Many of them spent the day in a sports hall in Tartu.",
)
DRAFT = "\n\n".join(
    [
        SOUND[0],
        SOUND[1],
        PLANTED["quotation"],
        PLANTED["hedge"],
        PLANTED["number"],
        SOUND[2],
        *[PLANTED[k] for k in ("name", "speaker", "denial", "date", "unsupported")],
    ]
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    path = tmp_path_factory.mktemp("draft") / "draft.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return draft_of(str(path), [str(REPORTS)], Settings())[0]


@pytest.mark.parametrize("kind", PLANTED)
def test_each_planted_fault_is_shown(desk: Desk, kind: str) -> None:
    at = DRAFT.index(PLANTED[kind])
    found = [f.kind for c in desk.sentences if at <= c.span.start < at + len(PLANTED[kind]) for f in c.faults]
    assert found == [kind]


@pytest.mark.parametrize("sentence", SOUND)
def test_sound_sentences_raise_nothing(desk: Desk, sentence: str) -> None:
    at = DRAFT.index(sentence)
    (checked,) = [c for c in desk.sentences if c.span.start == at]
    assert checked.verdict == "supported"
    assert checked.earliest is not None


def test_evidence_stands_in_the_reports(desk: Desk) -> None:
    text = {a.id: a.text for a in desk.articles}
    for c in desk.sentences:
        for e in (*c.evidence, *(e for f in c.faults for e in f.evidence)):
            assert 0 <= e.span.start < e.span.end <= len(text[e.report])


def test_the_page_loads_nothing_and_escapes_everything(desk: Desk) -> None:
    page = draft_html(desk)
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert page.count('<li class="desk-row') == len(desk.sentences)


def test_the_document_is_json(desk: Desk) -> None:
    assert json.loads(json.dumps(draft_document(desk)))["schema"] == "twosource.draft/1"


def test_the_fourth_seed_against_the_others(shared: Path) -> None:
    *others, last = sorted(map(str, (shared / "seeds").glob("*.txt")))
    desk, _ = draft_of(last, others, Settings())
    said = [(f.kind, f.span.of(desk.draft.text), f.why) for c in desk.sentences for f in c.faults]
    assert any(kind == "name" and "Carns" in words for kind, words, _ in said)
    assert any(
        kind == "hedge"
        and "may have"
        in " ".join(
            [
                why,
                *(
                    e.span.of(a.text)
                    for c in desk.sentences
                    for f in c.faults
                    if f.kind == "hedge"
                    for e in f.evidence
                    for a in desk.articles
                    if a.id == e.report
                ),
            ]
        )
        for kind, _, why in said
    )
    assert any(kind in ("number", "unsupported") and "60 percent" in words for kind, words, _ in said)
