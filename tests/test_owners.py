"""Outlets of one owner: a list that a person gave can lower what is counted, and says so; it never raises anything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import twosource
from invented import Incident, Said, actor, incident
from twosource.brief import to_html, to_json, to_markdown
from twosource.claims import gather
from twosource.cli import twosource as command
from twosource.corroborate import NOBODYS, Ownership, back, of_owners
from twosource.corroborate.ownership import key_of, owners_from, parsed, together, written
from twosource.errors import UsageError
from twosource.model import Article, Backing, Holding, Report, Reuse

EXAMPLE = Path(__file__).parents[1] / "examples" / "derailment" / "reports"
SCHEMA = Path(__file__).parents[1] / "docs" / "brief.schema.json"
FLOOD = "the river flooded dozens of houses in the harbour district"
FLOOD_TOO = "dozens of houses in the harbour district flooded by the river"
LIST = "outlet,owner\nThe Harbour Post,Nordic Press\nbalticcourier.example,Nordic Press\n"


def listed(*rows: str) -> Ownership:
    return parsed("\n".join(["outlet,owner", *rows]), "owners.csv")


def backed(made: Incident, owners: Ownership = NOBODYS, shared: Sequence[Reuse] = ()) -> list[Backing]:
    claims = gather(made.articles, made.annotations, made.cast)
    return back(claims, made.articles, made.annotations, made.cast, shared, (), owners)


def article(outlet: str | None, url: str | None = None) -> Article:
    return Article(Report("r", "Text.", outlet=outlet, url=url))


# ------------------------------------------------------------------ a list


def test_columns_may_stand_anywhere_among_others() -> None:
    held = parsed("since;OWNER;Outlet\n1999;Press Group;The Post\n;;\n", "a.csv")
    assert [(r.outlet, r.owner, r.by) for r in held.rows] == [("The Post", "Press Group", "a.csv")]


@pytest.mark.parametrize("name", ["post", "The Post", "THE POST", "Póst", "the  post"])
def test_an_outlet_is_known_however_it_is_written(name: str) -> None:
    found = listed("The Post,Press Group").of_name(name)
    assert found is not None
    assert found.owner == "Press Group"
    assert found.why == "The Post belongs to Press Group, by the list owners.csv"


@pytest.mark.parametrize(
    ("outlet", "url", "known"),
    [
        ("The Post", "https://www.post.example/a", True),
        (None, "https://news.post.example/a?b=c", True),
        ("post.example", None, True),
        ("The Post", "https://compost.example/a", False),
        ("The Post", "https://example/post.example", False),
        ("The Post", None, False),
        ("The Post", "not an address", False),
    ],
)
def test_a_row_may_name_a_host(outlet: str | None, url: str | None, known: bool) -> None:
    assert (listed("https://post.example/,Press Group").of_article(article(outlet, url)) is not None) is known


def test_an_agency_is_known_by_its_sign() -> None:
    found = listed("Associated Press,Its Members").of_name("AP")
    assert found is not None
    assert found.owner == "Its Members"


def test_what_counts_is_who_is_above_in_the_end() -> None:
    held = listed("The Post,Press Group", "Press Group,Holding", "Gazette,HOLDING", "Holding,Holding")
    post, gazette, holding = (held.of_name(n) for n in ("Post", "Gazette", "Holding"))
    assert post is not None
    assert gazette is not None
    assert holding is not None
    assert post.key == gazette.key == holding.key == key_of("Holding")
    assert post.owner == "Holding"
    assert post.why == "The Post belongs to Press Group, Press Group to Holding, by the list owners.csv"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("outlet,owner\nPost,A\nThe Post,B\n", "The Post has two owners, A (x.csv, line 2) and B (x.csv, line 3)"),
        ("outlet,owner\nA,B\nB,C\nC,A\n", "x.csv, line 2: there is no last owner above A, B, C, A"),
        ("outlet,owner\n,B\n", "x.csv, line 2: no outlet is named"),
        ("outlet,owner\n—,B\n", "x.csv, line 2: no outlet is named"),
        ("outlet,owner\nA,—\n", "x.csv, line 2: '—' names no owner"),
        (f"outlet,owner\n{'a' * 400},B\n", "x.csv, line 2: a name is longer than 300 characters"),
        ("name,owner\nA,B\n", "x.csv, line 1: a list of owners is a CSV file"),
        ("outlet,outlet,owner\nA,B,C\n", "x.csv, line 1"),
        ("outlet,owner\nA,\n", "x.csv names no outlet with its owner"),
        ("", "x.csv, line 1"),
    ],
)  # fmt: skip
def test_what_cannot_hold_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(UsageError) as e:
        parsed(text, "x.csv")
    assert said in str(e.value)


def test_two_lists_must_not_contradict_each_other() -> None:
    a, b = parsed("outlet,owner\nPost,A\n", "a.csv"), parsed("outlet,owner\nThe Post,B\n", "b.csv")
    with pytest.raises(UsageError, match=r"two owners, .*the list a\.csv.*the list b\.csv"):
        together([a, b])


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_bytes(b"outlet,owner\n\xff\xfe,B\n")
    for path in (tmp_path / "odd.csv", tmp_path / "none.csv", tmp_path):
        with pytest.raises(UsageError):
            owners_from(path)


names = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.sampled_from(
    ["Post", "The Post", "post.example", "Gazette", "Holding", "AP"]
)


@given(st.text(max_size=60), st.lists(st.tuples(names, names), max_size=6))
def test_odd_lists_are_read_or_refused(head: str, rows: list[tuple[str, str]]) -> None:
    for text in (head, "outlet,owner\n" + "\n".join(f'"{a}","{b}"' for a, b in rows)):
        try:
            held = parsed(text, "x.csv")
        except UsageError:
            continue
        assert parsed(written(held), "x.csv") == held
        for row in held.rows:
            assert held.of_name(row.outlet) is not None


@given(st.permutations(["The Post,Press Group", "Press Group,Holding", "Gazette,holding", "Gazette,Holding"]))
def test_the_order_of_rows_does_not_matter(rows: list[str]) -> None:
    first = listed("The Post,Press Group", "Press Group,Holding", "Gazette,holding", "Gazette,Holding")
    assert listed(*rows) == first


def test_long_texts_are_looked_through_in_passing() -> None:
    held = listed(*(f"the post {n},Group" for n in range(300)))
    assert held.told_of(None, None, None, "the post " * 40_000 + "299") == held.told_of(
        "post 299", None, None, ""
    )


def test_how_many_owners_is_said_as_far_as_it_is_known() -> None:
    assert of_owners((Holding("A", ("x", "y")), Holding("B", ("z",))), 3) == " of 2 owners"
    assert of_owners((Holding("A", ("x", "y")),), 3) == " (2 of them of 1 owner)"
    assert of_owners((Holding("A", ("x",)),), 3) == ""
    assert of_owners((), 3) == ""


# ------------------------------------------------------------------ what it does to a count


def test_two_outlets_that_are_named_as_sources_are_one_of_one_owner() -> None:
    made = incident(
        [Said(FLOOD, "the Coast Holding", "organisation")],
        [Said(FLOOD_TOO, "the Inland Radio House", "organisation")],
        actors=[actor("the Coast Holding"), actor("the Inland Radio House")],
    )
    (alone,) = backed(made)
    (one,) = backed(made, listed("Coast Holding,Up Above", "Inland Radio House,Up Above"))
    assert (alone.independent_origins, alone.at_most) == (2, 2)
    assert (one.independent_origins, one.at_most) == (1, 1)
    assert one.status == "single_origin"


def test_who_gathers_for_one_owner_is_one_collector() -> None:
    made = incident(
        [Said(FLOOD, "Ann Lee", told="Northern Wire")],
        [Said(FLOOD, "Ann Lee", told="Coast Gazette")],
        outlets=["Northern Wire", "Coast Gazette"],
    )
    (alone,) = backed(made)
    (one,) = backed(made, listed("Northern Wire,Holding", "The Coast Gazette,Holding"))
    assert alone.collectors == ("Coast Gazette", "Northern Wire")
    assert one.collectors == one.origins[0].collectors == ("Holding",)
    assert one.owners == (Holding("Holding", ("Coast Gazette", "Northern Wire")),)
    assert "2 reports → 2 outlets of 1 owner → 1 known collector" in one.why
    assert "Coast Gazette and Northern Wire are of one owner and gather as one: " in one.why
    assert "Northern Wire belongs to Holding, by the list owners.csv" in one.why


def test_unnamed_sources_of_one_owners_desks_may_be_one() -> None:
    made = incident(
        [Said(FLOOD, "an official", "anonymous")],
        [Said(FLOOD + " on Monday night", "an official", "anonymous")],
        outlets=["Northern Wire", "Coast Gazette"],
    )
    (alone,) = backed(made)
    (one,) = backed(made, listed("Northern Wire,Holding", "Coast Gazette,Holding"))
    assert one.independent_origins == alone.independent_origins
    assert one.at_most <= alone.at_most


WHO = st.sampled_from(
    [
        ("Northport police", "organisation"), ("Ann Lee", "person"), ("Northern Wire", "media"), ("Coast Gazette", "media"),
        ("the Coast Holding", "organisation"), ("an official", "anonymous"), ("a nurse", "anonymous"), (None, "reporter"),
    ]
)  # fmt: skip
WORDS = st.sampled_from([FLOOD, FLOOD + " on Monday", FLOOD_TOO])
OUTLETS = ["Northern Wire", "Coast Gazette", "The Post", "Radio One"]
said = st.builds(
    lambda words, who, told: Said(words, who[0], who[1], told=told),  # type: ignore[arg-type]
    WORDS,
    WHO,
    st.sampled_from([None, *OUTLETS]),
)
incidents = st.lists(
    st.tuples(st.lists(said, min_size=1, max_size=3), st.sampled_from([None, *OUTLETS])),
    min_size=1,
    max_size=5,
)
owner_lists = st.dictionaries(
    st.sampled_from([*OUTLETS, "Coast Holding", "Northport police"]),
    st.sampled_from(["A", "B", "Radio One"]),
    min_size=1,
).filter(lambda d: d.get("Radio One") not in d)


@settings(max_examples=150, deadline=None)
@given(incidents, owner_lists)
def test_a_list_never_raises_a_count(
    found: list[tuple[list[Said], str | None]], owners: dict[str, str]
) -> None:
    made = incident(
        *(s for s, _ in found),
        outlets=[o for _, o in found],
        actors=[actor("the Coast Holding"), actor("Northport police")],
    )
    before, after = backed(made), backed(made, listed(*(f"{k},{v}" for k, v in owners.items())))
    for a, b in zip(before, after, strict=True):
        assert b.independent_origins <= a.independent_origins
        assert b.independent_origins <= b.at_most <= a.at_most
        assert len(b.collectors) <= len(a.collectors)
        assert (b.reports, b.outlets, b.certainty) == (a.reports, a.outlets, a.certainty)


@settings(max_examples=50, deadline=None)
@given(incidents)
def test_a_list_of_others_changes_nothing(found: list[tuple[list[Said], str | None]]) -> None:
    made = incident(*(s for s, _ in found), outlets=[o for _, o in found])
    assert backed(made, listed("Elsewhere Daily,A", "Elsewhere Weekly,A", "elsewhere.example,A")) == backed(
        made
    )


# ------------------------------------------------------------------ a brief


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("owners")
    (folder / "owners.csv").write_text(LIST, encoding="utf-8")
    (folder / "others.csv").write_text("outlet,owner\nElsewhere Daily,Globex\n", encoding="utf-8")
    return folder


def test_a_brief_says_whose_outlets_are_and_who_says_so(lists: Path) -> None:
    made = twosource.brief([str(EXAMPLE)], owners=lists / "owners.csv")
    held = json.loads(to_json(made))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(held)
    (found,) = held["incidents"]
    assert {r["outlet"]: r["owner"]["name"] for r in found["reports"] if "owner" in r} == {
        "Baltic Courier": "Nordic Press",
        "The Harbour Post": "Nordic Press",
    }
    assert found["figure"]["owners"] == 1
    both = [c for c in found["claims"] if c.get("owners") == [{"owner": "Nordic Press", "outlets": ["Baltic Courier", "The Harbour Post"]}]]  # fmt: skip
    assert both
    assert all("(2 of them of 1 owner)" in c["why"] and "by the list owners.csv" in c["why"] for c in both)
    for page in (to_html(made), to_markdown(made)):
        assert "(2 of them of 1 owner)" in page.replace("\\", "")
    assert "The Harbour Post belongs to Nordic Press, by the list owners.csv" in to_html(made)


def test_a_list_that_names_no_outlet_of_it_changes_no_byte(lists: Path) -> None:
    plain = twosource.brief([str(EXAMPLE)])
    beside = twosource.brief([str(EXAMPLE)], owners=str(lists / "others.csv"))
    assert to_json(beside) == to_json(plain)
    assert to_html(beside) == to_html(plain)


def test_owners_and_their_list_are_withheld_with_the_rest(lists: Path, tmp_path: Path) -> None:
    policy = tmp_path / "withheld.toml"
    policy.write_text('names = ["Nordic Press"]\n', encoding="utf-8")
    made = twosource.brief([str(EXAMPLE)], owners=lists / "owners.csv", redact=policy)
    assert b"Nordic" not in to_json(made)
    assert "Nordic" not in to_html(made)


def test_on_the_command_line(lists: Path, tmp_path: Path) -> None:
    run = CliRunner()
    out = tmp_path / "brief.json"
    done = run.invoke(command, ["--quiet", "brief", str(EXAMPLE), "--owners", str(lists / "owners.csv"), "-o", str(out)])  # fmt: skip
    assert done.exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["incidents"][0]["figure"]["owners"] == 1
    refused = run.invoke(command, ["check", "A claim", str(EXAMPLE), "--owners", str(lists / "owners.csv")])
    assert isinstance(refused.exception, SystemExit | UsageError)
    assert "--owners is for --draft" in f"{refused.output}{refused.exception}"
