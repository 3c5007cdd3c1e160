"""An account whose actors lists know: what the brief, the page and the exports show of it, and what they don't."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import stix2
from click.testing import CliRunner
from stix2validator import ValidationOptions, validate_string

import twosource
from exporting import EXAMPLE, awkward, example, written
from twosource.brief import document, to_html, to_json
from twosource.cli import twosource as command_line
from twosource.export import write
from twosource.export.ftm import _id
from twosource.export.shape import View
from twosource.model import Account, Actor, Brief, Known
from twosource.redact import Policy, redacted
from twosource.redact.accounts import mask_for
from twosource.resolve.keeping import tells
from twosource.resolve.nodes import key

ROOT = Path(__file__).parents[1]
KNOWN = (
    Known("https://people.example/ina?a=1", "Rask, Ina", "people.jsonl"),
    Known("NK-1", "Rask, Ina", "people.jsonl"),
    Known("Q77", "Rask, Ina", "people.jsonl"),
)


@cache
def known() -> Account:
    """The awkward account, its mayor known."""
    made = awkward()
    rask, *others = made.actors
    told = "'Ina Rask' is " + "; ".join(f"listed as {k.name!r} (id {k.id}) in {k.source}" for k in KNOWN)
    return replace(made, actors=(replace(rask, known=KNOWN, why=(told,)), *others))


# ------------------------------------------------------------------ out and back


def names_alone(actor: Actor) -> bool:
    return actor.kind != "place" and tells(key(actor.name), actor.kind)


def test_actors_of_our_own_export_come_back_under_their_ids(tmp_path: Path) -> None:
    """All whose names tell them from others; nothing else in the account changes."""
    path = tmp_path / "example.ftm.jsonl"
    path.write_bytes(written("ftm", [example()]))
    (account,) = twosource.brief([str(EXAMPLE)], actors=[path]).accounts
    view = View(example())
    assert [a.id for a in account.actors] == [a.id for a in example().actors]
    for actor in account.actors:
        ids = [k.id for k in actor.known]
        assert ids == ([_id(view, "actor", actor.id)] if names_alone(actor) else [])
    assert sum(bool(a.known) for a in account.actors) > 5
    plain = tuple(replace(a, known=(), why=b.why) for a, b in zip(account.actors, example().actors, strict=True))  # fmt: skip
    assert replace(account, actors=plain) == example()


def test_an_account_is_the_same_to_the_byte_where_no_list_names_anybody(tmp_path: Path) -> None:
    path = tmp_path / "others.jsonl"
    path.write_text('{"id": "p1", "schema": "Person", "properties": {"name": ["Pavel Tallis"]}}\n')
    found = twosource.brief([str(EXAMPLE)], actors=[path])
    assert to_json(found) == to_json(twosource.brief([str(EXAMPLE)]))
    assert found.accounts == (example(),)


# ------------------------------------------------------------------ shown


def test_the_contract_has_ids_where_there_are_some() -> None:
    schema = json.loads((ROOT / "docs" / "brief.schema.json").read_text())
    made = document(Brief((known(),)))
    jsonschema.validate(made, schema)
    rask, veld, _ = made["incidents"][0]["actors"]
    assert rask["known"][1] == {"id": "NK-1", "name": "Rask, Ina", "source": "people.jsonl"}
    assert "known" not in veld


def test_the_page_says_from_which_list_and_that_nobody_checked() -> None:
    page = to_html(Brief((known(),)))
    assert "NK-1</code> <bdi>listed as Rask, Ina in people.jsonl; matched by name, not checked" in page
    hostile = replace(known().actors[0], known=(Known("<b>", "<script>", "<i>.jsonl"),))
    page = to_html(Brief((replace(known(), actors=(hostile,)),)))
    assert "<script>" not in page.partition('-people">')[2].partition("</section>")[0]
    assert "listed as &lt;script&gt; in &lt;i&gt;.jsonl" in page


# ------------------------------------------------------------------ exports


def test_followthemoney_has_them_as_similar_and_keeps_every_value() -> None:
    found = [json.loads(line) for line in written("ftm", [known()]).splitlines()]
    mine = _id(View(known()), "actor", "a1")
    similar = [e["properties"] for e in found if e["schema"] == "Similar"]
    assert sorted(p["match"][0] for p in similar) == ["NK-1", "Q77"]  # an address is no entity's id
    assert all(p["candidate"] == [mine] and "not checked" in p["criteria"][0] for p in similar)
    (rask,) = [e["properties"] for e in found if e["id"] == mine]
    assert any(KNOWN[0].id in note and "not checked" in note for note in rask["notes"])
    folder = Path(os.environ.get("TWOSOURCE_FOLLOWTHEMONEY", ROOT / ".venv" / "followthemoney"))
    if not (folder / "bin" / "python").exists():
        pytest.skip(f"followthemoney is not in {folder}: make test installs it")
    read = subprocess.run(
        [str(folder / "bin" / "python"), str(ROOT / "tests" / "followthemoney_kept.py")],
        input=written("ftm", [known()]),
        capture_output=True,
        check=True,
    )
    for e, line in zip(found, read.stdout.splitlines(), strict=True):
        kept = json.loads(line)["properties"]
        assert {k: sorted(v) for k, v in kept.items()} == {k: sorted(v) for k, v in e["properties"].items()}


def test_the_schemata_are_those_of_the_library() -> None:
    import tomllib

    folder = Path(os.environ.get("TWOSOURCE_FOLLOWTHEMONEY", ROOT / ".venv" / "followthemoney"))
    if not (folder / "bin" / "python").exists():
        pytest.skip(f"followthemoney is not in {folder}: make test installs it")
    ask = "import json; from followthemoney import model; print(json.dumps([[s.name, s.is_a('LegalEntity')] for s in model]))"
    said = subprocess.run([str(folder / "bin" / "python"), "-c", ask], capture_output=True, check=True).stdout
    ours = tomllib.loads((ROOT / "src" / "twosource" / "read" / "known.toml").read_text())
    theirs = dict(json.loads(said))
    assert {n for n, actor in theirs.items() if actor} == set(ours["actors"])
    assert {n for n, actor in theirs.items() if not actor} <= set(ours["others"]["names"].split())


def test_tables_have_ids_and_lists(tmp_path: Path) -> None:
    write("csv", [known()], tmp_path / "t", raw=True)
    with (tmp_path / "t" / "actors.csv").open(newline="", encoding="utf-8") as file:
        rask, veld, _ = csv.DictReader(file)
    assert json.loads(rask["known"]) == [k.id for k in KNOWN]
    assert json.loads(rask["known_in"]) == ["people.jsonl"] * 3
    assert veld["known"] in ("", "[]")


def test_stix_refers_to_them() -> None:
    data = written("stix", [known()]).decode()
    assert validate_string(data, ValidationOptions(version="2.1", strict=False)).is_valid
    rask = next(o for o in stix2.parse(data, version="2.1").objects if o.type == "identity" and o.name == "Ina Rask")  # fmt: skip
    refs = [(r.source_name, r.external_id, r.get("url")) for r in rask.external_references]
    assert refs == [("twosource", "a1", None), *(("people.jsonl", k.id, k.id if "/" in k.id else None) for k in KNOWN)]  # fmt: skip
    assert all("not checked" in r.description for r in rask.external_references[1:])


def test_schema_org_has_addresses_alone() -> None:
    data = json.loads(written("schema_org", [known()]))
    jsonschema.validate(data, json.loads((ROOT / "docs" / "exports" / "schema-org.schema.json").read_text()))
    said = [t["spokenByCharacter"] for t in data["@graph"] if t["@type"] == "Quotation"]
    assert said[0]["sameAs"] == [KNOWN[0].id, "http://www.wikidata.org/entity/Q77"]
    (claim,) = [t for t in data["@graph"] if t["@type"] == "Claim" and "author" in t and t["author"][0]["name"] == "Ina Rask"]  # fmt: skip
    assert claim["author"][0]["sameAs"] == said[0]["sameAs"]
    assert "NK-1" not in json.dumps(data)


# ------------------------------------------------------------------ withheld


@pytest.mark.parametrize(
    "policy",
    [
        Policy(("Ina Rask",)),
        Policy(("Rask",)),
        Policy((), ("NK-.",)),
        Policy(mentions=(known().actors[0].mentions[0],)),
    ],
)
def test_whoever_is_withheld_has_no_id(policy: Policy) -> None:
    account = redacted(known(), policy)
    assert account.actors[0].known == ()
    everything = b"".join(written(n, [account]) for n in ("ftm", "stix", "schema_org")) + to_json(Brief((account,))) + to_html(Brief((account,))).encode() + repr(account).encode()  # fmt: skip
    for leak in (b"NK-1", b"Q77", b"people.example", b"Rask, Ina"):
        assert leak not in everything
    row = document(Brief((known(),)))["incidents"][0]
    assert "known" not in mask_for(known(), policy).rows(row)["actors"][0]


def test_the_name_of_a_list_withholds_whoever_goes_by_another_here() -> None:
    """Withheld under the name that only the list has: the name that the reports use is covered too."""
    alias = replace(known().actors[1], known=(Known("NK-2", "Ost, Lena", "people.jsonl"),), why=("'Oskar Veld' is listed as 'Ost, Lena' (id NK-2) in people.jsonl",))  # fmt: skip
    account = redacted(replace(known(), actors=(alias,)), Policy(("Lena Ost",)))
    assert account.actors[0].known == ()
    assert account.actors[0].name == "█████ ████"
    assert not {"NK-2", "Veld", "Ost"} & set(repr(account.actors).replace("'", " ").split())


def test_others_keep_their_ids() -> None:
    assert redacted(known(), Policy(("Oskar Veld",))).actors[0].known == KNOWN


# ------------------------------------------------------------------ the command


def test_brief_takes_lists(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("Harbour master Hugo Brandt said that two passengers were killed when the ferry Orla hit the pier.")  # fmt: skip
    people = tmp_path / "people.jsonl"
    people.write_text('{"id": "NK-1", "schema": "Person", "properties": {"name": ["Hugo Brandt"]}}\n{"id": "e", "schema": "Event"}\nno\n')  # fmt: skip
    done = CliRunner().invoke(command_line, ["--quiet", "brief", str(tmp_path / "r.txt"), "--actors", str(people), "-o", str(tmp_path / "b.json")])  # fmt: skip
    assert done.exit_code == 3
    assert f"refused: {people}:3: not JSON" in done.stderr
    assert "passed over, since they are no actors: 1 Event" in done.stderr
    made = json.loads((tmp_path / "b.json").read_text())
    assert [a["known"][0]["id"] for a in made["incidents"][0]["actors"] if "known" in a] == ["NK-1"]
    people.write_text("\n")
    done = CliRunner().invoke(command_line, ["--quiet", "brief", str(tmp_path / "r.txt"), "--actors", str(people)])  # fmt: skip
    assert "lists no known actor" in str(done.exception)
