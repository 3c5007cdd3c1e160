"""What the tests of exports share: accounts of the bundled example and of the seeds, and one made by hand to be awkward."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import twosource
from twosource.export.shape import View
from twosource.model import (
    Account,
    Actor,
    Alias,
    Annotation,
    Article,
    Backing,
    Claim,
    Denial,
    Disagreement,
    Evidence,
    Facts,
    Holding,
    Moment,
    Origin,
    Owned,
    Passage,
    Place,
    Relation,
    Report,
    Reuse,
    Side,
    Span,
    Statement,
    Verdict,
)

EXAMPLE = Path(__file__).parents[1] / "examples" / "derailment" / "reports"


@cache
def example() -> Account:
    """The account of the bundled example."""
    (account,) = twosource.brief([str(EXAMPLE)]).accounts
    return account


@cache
def _seeds(folder: Path) -> Account:
    (account,) = twosource.brief(map(str, sorted(folder.glob("*.txt")))).accounts
    return account


@pytest.fixture(params=["example", "seeds", "awkward"])
def account(request: pytest.FixtureRequest) -> Account:
    """Each of the three in turn."""
    if request.param == "seeds":
        return _seeds(request.getfixturevalue("shared") / "seeds")
    return example() if request.param == "example" else awkward()


def written(name: str, accounts: Iterable[Account]) -> bytes:
    """What a format of one file writes."""
    out = io.BytesIO()
    out.writelines(import_module(f"twosource.export.{name}").chunks(View(a) for a in accounts))
    return out.getvalue()


ODD = "=HYPERLINK(1) Mayor Ina Rask said the depot “was set alight” by Oskar Veld.\r\nVeld denied it; half a character \ud83d, a bell \x07."
OTHER = "@home: Ina Rask said the depot “was set alight” by Oskar Veld."


def _at(words: str, text: str = ODD) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def awkward() -> Account:
    """Two reports by hand: formulas, half a character, a control character, ids with spaces, places that are not on Earth."""
    says = Statement(
        "s1", "r 1/=", (_at("the depot “was set alight” by Oskar Veld"),), (_at("said"),), (_at("Mayor Ina Rask"),),
        "Ina Rask", "person", None, None, "asserts", "asserted", "mixed",
    )  # fmt: skip
    denies = Statement(
        "s2", "r 1/=", (_at("it"),), (_at("denied"),), (Span(_at("Veld denied").start, _at(" denied").start),),
        "Oskar Veld", "person", None, None, "denies", "asserted", "indirect",
    )  # fmt: skip
    whispers = Statement(
        "s3", "r2", (_at("the depot “was set alight”", OTHER),), (), (), None, "anonymous", "@home", "+wire", "hedges", "possible", "indirect",
    )  # fmt: skip
    own = Statement("s4", "r2", (_at("@home", OTHER),), (), (), None, "reporter", None, None, "asserts", "asserted", "narration")  # fmt: skip
    rask = Actor("a1", "Ina Rask", "person", (Alias("Ina Rask", 2),), ("Mayor",), mentions=(Evidence("r 1/=", _at("Ina Rask")),))  # fmt: skip
    veld = Actor("a2", "Oskar Veld", "person", (Alias("Veld", 1),), mentions=(Evidence("r 1/=", _at("Oskar Veld")),))  # fmt: skip
    town = Actor("a3", "-Town", "organisation", mentions=(Evidence("r2", _at("@home", OTHER)),))
    articles = (
        Article(Report("r 1/=", ODD, "=1+1", outlet="+Post", published="2025-03-14", url="https://post.example/a b?c=\"1\"&d", sha256="0" * 64, media_type="text/html", retrieved="2025-03-15T08:00:00Z", byline="Bo Ek", modified="2025-03-16")),
        Article(Report("r2", OTHER, published="XXXX-03-15")),
    )  # fmt: skip
    places = (
        Place(_at("depot"), "depot", None, 91.0, 10.0, 1.0),
        Place(_at("depot"), "depot", 5, 10.0, -180.0, 2.5, "Depot, Vale"),
        Place(_at("depot"), "nowhere", None, float("nan"), 0.0, None),
        Place(_at("depot"), "somewhere"),
    )
    return Account(
        id="i1",
        title="Fire; depot, “Vale”\n=2+3",
        articles=articles,
        annotations=(Annotation("r 1/=", "en", statements=(says, denies), places=places), Annotation("r2", "xx", statements=(whispers, own), analysed=False)),
        reuse=(Reuse("r 1/=", "r2", "shared_text", 0.5, "r 1/=", (Passage(_at("Ina Rask said the depot"), _at("Ina Rask said the depot", OTHER)),), "shared words"),),
        actors=(rask, veld, town),
        relations=(
            Relation("a1", "leads", "a3", (Evidence("r 1/=", _at("Mayor Ina Rask")),)),
            Relation("a2", "opposes", "a3", (Evidence("r 1/=", _at("Oskar Veld")),), ("s1",)),
            Relation("a2", "part_of", "a3", (Evidence("r 1/=", _at("Oskar Veld")),), ("s1",)),
        ),
        claims=(
            Claim("c1", "The depot was set alight by Oskar Veld.", "main", ("s1", "s2", "s3"), verdicts=(Verdict("False: it was lightning.", "Mia", "j1", "the storm log"),)),
            Claim("c2", "@home", "background", ("s4",)),
        ),
        backings=(
            Backing(
                "c1", (Origin("Ina Rask", "person", "witnessed", None, ("+Post",), ("r 1/=",), ("s1",)), Origin(None, "anonymous", "unstated", None, (), ("r2",), ("s3",))),
                ("r 1/=", "r2"), ("+Post",), 1, ("+Post",), 1, 2, "possible", "disputed", (Denial("s2", "claim"),), "one who says so",
                owners=(Holding("@Press & Sons", ("+Post",)),),
            ),
            Backing("c2", (Origin(None, "reporter", "unstated", None, (), ("r2",), ("s4",)),), ("r2",), (), 1, (), 1, 1, "asserted", "reporter_only", (), "the report's own voice"),
        ),
        disagreements=(
            Disagreement("d1", "occurrence", "=the fire", "contradiction", (Side("set alight", Evidence("r 1/=", _at("set alight"))), Side("was set", Evidence("r2", _at("was set", OTHER)))), "one “says”\nso"),
        ),
        questions=(),
        timeline=(
            Moment("2025-03-14", "The depot burned; it was night, they said.", (Evidence("r 1/=", _at("the depot")),)),
            Moment("2025-03-14T23:10+02:00", "A call came in.", (Evidence("r2", _at("the depot", OTHER)),)),
            Moment("2025-03-14T22:00", "Somebody saw smoke.", ()),
            Moment("2025-03-13/2025-03-15", "The gate was open.", ()),
            Moment("XXXX-03-15", "It rained.", ()),
            Moment("2025-03", "A dry month.", ()),
            Moment("2025-02-31", "No such day.", ()),
        ),
        facts=Facts("2025-03-14", places[1], where_evidence=(Evidence("r 1/=", _at("depot")),)),
        central="c1",
        owned=(Owned("r 1/=", "@Press & Sons", "+Post belongs to @Press & Sons, by the list =owners.csv"),),
    )  # fmt: skip
