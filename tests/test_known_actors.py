"""Lists of known actors beside the reports: what they bring together, what they name, and what they must leave alone. All names are invented."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from test_resolve_cast import fake
from twosource.annotate.mentions import mentions
from twosource.annotate.parse import parse
from twosource.model import Actor, Annotation, Article, Evidence, Known, Listed, Report, Ruling, Thing
from twosource.read.known import read_known
from twosource.resolve import Cast, register, resolve
from twosource.resolve.known import NOT_TAKEN
from twosource.settings import Settings


def person(name: str, *aliases: str, id: str = "p1", source: str = "list.jsonl", **more: Any) -> Listed:
    return Listed(id, "Person", name, source, tuple(sorted({name, *aliases})), **more)


def body(name: str, *aliases: str, id: str = "o1", **more: Any) -> Listed:
    return Listed(id, "Organization", name, "list.jsonl", tuple(sorted({name, *aliases})), **more)


def read(*texts: str) -> tuple[list[Article], list[Annotation]]:
    articles = [Article(Report(f"r{n}", t)) for n, t in enumerate(texts)]
    found = [
        Annotation(p.article.id, "en", p.sentences, mentions=mentions(p))
        for p in parse(articles, Settings().model)
    ]
    return articles, found


def cast_of(*texts: str, known: Sequence[Listed], rulings: Sequence[Ruling] = ()) -> Cast:
    return resolve(*read(*texts), rulings, known)


def ids(cast: Cast) -> dict[str, tuple[str, ...]]:
    """The ids of the actors that lists know, by their names."""
    return {a.name: tuple(k.id for k in a.known) for a in cast.actors if a.known}


def told(cast: Cast) -> list[str]:
    return [w for a in cast.actors for w in a.why if w.startswith(NOT_TAKEN)]


# ------------------------------------------------------------------ bringing together


def test_an_alias_brings_two_spellings_together_and_gives_the_id() -> None:
    cast = cast_of("Omar Haddad spoke in Vale.", "Abu Karim denied it.", known=[person("Omar Haddad", "Abu Karim")])  # fmt: skip
    actor = cast.named("Abu Karim")
    assert actor is not None
    assert actor == cast.named("Omar Haddad")
    assert actor.known == (Known("p1", "Omar Haddad", "list.jsonl"),)
    assert any("listed as 'Omar Haddad' (id p1) in list.jsonl" in w for w in actor.why)


def test_names_are_folded_as_elsewhere() -> None:
    """Titles, accents, the order of a catalogue: the room's own ways of comparing."""
    cast = cast_of("Gen. Ömer Haddad spoke in Vale.", known=[person("HADDAD, Omer")])
    assert ids(cast) == {"Ömer Haddad": ("p1",)}


def test_bodies_are_known_too() -> None:
    cast = cast_of(
        "The Council of Coastal Accord met.", "The Shore League denied it.", known=[body("Council of Coastal Accord", "Shore League")]
    )  # fmt: skip
    assert cast.same("Shore League", "Council of Coastal Accord")


def test_an_item_of_wikidata_is_an_id_of_its_own() -> None:
    cast = cast_of("Omar Haddad spoke in Vale.", known=[person("Omar Haddad", wikidata="Q77")])
    assert ids(cast) == {"Omar Haddad": ("Q77", "p1")}


def test_no_mention_is_invented() -> None:
    plain = cast_of("Omar Haddad spoke in Vale.", known=())
    cast = cast_of("Omar Haddad spoke in Vale.", known=[person("Omar Haddad", "Abu Karim"), person("Ina Vale", id="p2")])  # fmt: skip
    assert [a.mentions for a in cast.actors] == [a.mentions for a in plain.actors]
    assert {x.name for a in cast.actors for x in a.aliases} == {x.name for a in plain.actors for x in a.aliases}  # fmt: skip
    assert cast.named("Abu Karim") is None


# ------------------------------------------------------------------ what is not taken


def test_a_name_that_two_known_actors_bear_joins_nothing_and_says_so() -> None:
    known = [person("Omar Haddad", "Abu Karim"), person("Ali Nassar", "Abu Karim", id="p2")]
    cast = cast_of("Omar Haddad spoke in Vale.", "Abu Karim denied it.", known=known)
    assert not cast.same("Omar Haddad", "Abu Karim")
    assert ids(cast) == {"Omar Haddad": ("p1",)}
    assert told(cast) == [f"{NOT_TAKEN}'Abu Karim' is the name of 2 known actors (list.jsonl)"]


def test_two_lists_of_one_person_are_no_ambiguity() -> None:
    known = [
        person("Omar Haddad", wikidata="Q77"),
        person("Omar Haddad", "Abu Karim", id="x9", source="other.jsonl", wikidata="Q77"),
        person("Omar Haddad", source="third.jsonl"),
    ]
    cast = cast_of("Omar Haddad spoke in Vale.", "Abu Karim denied it.", known=known)
    assert cast.same("Omar Haddad", "Abu Karim")
    (found,) = ids(cast).values()
    assert sorted(found) == ["Q77", "Q77", "p1", "p1", "x9"]


@pytest.mark.parametrize(
    ("text", "weak", "taken"),
    [
        ("Minister Karim of Vale spoke.", ("Karim",), True),
        ("Karim spoke in Vale.", ("Karim",), False),
        ("Abu Karim spoke in Vale.", ("Abu Karim",), False),
    ],
)
def test_a_weak_alias_counts_beside_other_support_alone(text: str, weak: tuple[str, ...], taken: bool) -> None:  # fmt: skip
    known = [Listed("p1", "Person", "Omar Haddad", "list.jsonl", ("Omar Haddad",), weak, ("Minister of Ports",))]  # fmt: skip
    assert bool(ids(cast_of(text, known=known))) == taken


@pytest.mark.parametrize(
    ("text", "weak", "taken"),
    [
        ("Norwegian captain Abu Karim spoke.", "Abu Karim", True),
        ("Danish captain Abu Karim spoke.", "Abu Karim", False),
        ("Norwegian captain Karim spoke.", "Karim", False),  # a country has many of one surname
    ],
)
def test_a_country_supports_what_is_more_than_a_surname(text: str, weak: str, taken: bool) -> None:
    known = [Listed("p1", "Person", "Omar Haddad", "list.jsonl", ("Omar Haddad",), (weak,), (), ("no",))]
    assert bool(ids(cast_of(text, known=known))) == taken


def test_a_country_makes_no_driver_a_minister() -> None:
    known = [person("Omar Haddad", positions=("Norwegian Minister of Ports",), countries=("no",))]
    assert ids(cast_of("Norwegian bus driver Omar Haddad spoke.", known=known)) == {}
    assert ids(cast_of("Norwegian minister Omar Haddad spoke.", known=known))


def test_a_single_word_is_no_full_name_of_a_person() -> None:
    cast = cast_of("Haddad spoke in Vale. Haddad left.", known=[person("Omar Haddad", "Haddad")])
    assert ids(cast) == {}


def test_kinds_must_agree() -> None:
    assert ids(cast_of("Omar Haddad spoke in Vale.", known=[body("Omar Haddad")])) == {}
    assert ids(cast_of("The Harbour Authority of Vale met.", known=[person("Harbour Authority of Vale")])) == {}  # fmt: skip
    anything = Listed("e1", "LegalEntity", "Omar Haddad", "list.jsonl", ("Omar Haddad",))
    assert ids(cast_of("Omar Haddad spoke in Vale.", known=[anything])) == {"Omar Haddad": ("e1",)}


@pytest.mark.parametrize(
    "texts",
    [
        ("Marek Tallis spoke.", "Pavel Tallis denied it."),  # other first names
        ("Marek Tallis met Abu Karim.",),  # one report has both
        ("Mayor Marek Tallis spoke.", "Bishop Abu Karim denied it."),  # other offices
    ],
)
def test_what_the_reports_keep_apart_stays_apart(texts: tuple[str, ...]) -> None:
    known = [person("Marek Tallis", "Pavel Tallis", "Abu Karim")]
    cast = cast_of(*texts, known=known)
    two = [a for a in cast.actors if a.kind == "person"]
    assert len(two) == 2
    assert two[0].maybe == (two[1].id,)
    assert ids(cast) == {}
    assert told(cast)


def test_somebody_of_another_office_is_not_taken_for_the_known_one() -> None:
    known = [person("Hugo Brandt", positions=("Minister of Ports",))]
    cast = cast_of("Bus driver Hugo Brandt spoke in Vale.", known=known)
    assert ids(cast) == {}
    assert "somebody else" in told(cast)[0]
    assert ids(cast_of("Ports minister Hugo Brandt spoke in Vale.", known=known))


def test_neither_common_nouns_nor_unnamed_sources_become_named() -> None:
    """Whatever a list calls people."""
    known = [
        person("Omar Haddad", "The Official", "Senior Official", "the colonel", "Unnamed Source", "Police"),
        body("Police", "the board", "Ministry", id="o1"),
    ]
    text = "A senior official, who asked not to be named, said police were called. The colonel left. The board met."
    plain, cast = cast_of(text, known=()), cast_of(text, known=known)
    assert ids(cast) == {}
    assert cast.named("unnamed senior official") is None
    assert [(a.id, a.name) for a in cast.actors] == [(a.id, a.name) for a in plain.actors]


def test_a_place_is_no_known_actor() -> None:
    assert ids(cast_of("The ferry left Port Ellis.", known=[body("Port Ellis")])) == {}


def test_short_initials_alone_mean_nobody() -> None:
    text = "An official of the CCA spoke."
    assert ids(cast_of(text, known=[body("Council of Coastal Accord", "CCA")])) == {}


# ------------------------------------------------------------------ people have the last word


def mentioned(cast: Cast, name: str) -> tuple[Evidence, ...]:
    actor = cast.named(name)
    assert actor is not None
    return actor.mentions


def test_a_ruling_parts_what_a_list_joined() -> None:
    texts, known = ("Omar Haddad spoke in Vale.", "Abu Karim denied it."), [person("Omar Haddad", "Abu Karim")]  # fmt: skip
    plain = cast_of(*texts, known=())
    out = Thing(mentioned(plain, "Abu Karim"))
    cast = cast_of(*texts, known=known, rulings=[Ruling("j1", "split", "actor", (out,), "ada")])
    assert not cast.same("Omar Haddad", "Abu Karim")
    assert ids(cast) == {}


def test_a_ruling_joins_what_a_list_has_as_two() -> None:
    texts = ("Omar Haddad spoke in Vale.", "Ali Nassar denied it.")
    known = [person("Omar Haddad"), person("Ali Nassar", id="p2")]
    plain = cast_of(*texts, known=())
    both = tuple(Thing(mentioned(plain, n)) for n in ("Omar Haddad", "Ali Nassar"))
    cast = cast_of(*texts, known=known, rulings=[Ruling("j1", "merge", "actor", both, "ada")])
    assert cast.same("Omar Haddad", "Ali Nassar")
    assert sorted(next(iter(ids(cast).values()))) == ["p1", "p2"]


# ------------------------------------------------------------------ laws

NAMES = ("Omar Haddad", "Abu Karim", "Ali Nassar", "Ina Vale", "Marek Tallis", "Pavel Tallis", "Haddad", "Shore League", "CCA")  # fmt: skip
ROWS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)


def _listed(rows: Iterable[list[str]]) -> list[Listed]:
    return [person(r[0], *r[1:], id=f"p{n}") for n, r in enumerate(rows)]


def reports() -> tuple[list[Article], list[Annotation]]:
    kind = {n: "organisation" if n in ("Shore League", "CCA") else "person" for n in NAMES}
    return fake({f"r{n}": [(name, kind[name], 0)] for n, name in enumerate(NAMES)})  # type: ignore[misc]


@settings(deadline=None)
@given(rows=st.lists(ROWS, max_size=5), data=st.data())
def test_the_order_of_entries_changes_nothing(rows: list[list[str]], data: st.DataObject) -> None:
    known = _listed(rows)
    cast = resolve(*reports(), (), known)
    assert resolve(*reports(), (), data.draw(st.permutations(known))) == cast
    held = [k.id for a in cast.actors for k in a.known]
    assert len(held) == len(set(held))  # nobody listed is two actors


@settings(deadline=None)
@given(names=st.lists(st.text(alphabet="bcdfgz ,.-'é", min_size=1, max_size=20), max_size=6))
def test_who_is_not_mentioned_changes_nothing(names: list[str]) -> None:
    known = [person(n, id=f"p{i}") for i, n in enumerate(names)]
    assert resolve(*reports(), (), known) == resolve(*reports())
    assert register(known).named_in(a.text for a in reports()[0]) == ()


@settings(deadline=None)
@given(rows=st.lists(ROWS, max_size=5))
def test_those_whose_names_stand_in_the_reports_are_enough(rows: list[list[str]]) -> None:
    known = _listed(rows)
    near = register(known).named_in(a.text for a in reports()[0])
    assert resolve(*reports(), (), near) == resolve(*reports(), (), known)


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=60))
def test_odd_names_and_texts_do_no_harm(names: list[str], text: str) -> None:
    known = [person(n, id=f"p{i}", weak=(n,), positions=(n,), countries=(n,)) for i, n in enumerate(names)]
    register(known).named_in([text])
    articles, annotations = fake({"r1": [(n, "person", i) for i, n in enumerate(names) if n]})
    cast = resolve(articles, annotations, (), known)
    assert all(isinstance(a, Actor) for a in cast.actors)


# ------------------------------------------------------------------ reading


def written(path: Path, *rows: object) -> Path:
    path.write_bytes(b"".join(r if isinstance(r, bytes) else json.dumps(r).encode() + b"\n" for r in rows))
    return path


def entity(id: str = "p1", schema: str = "Person", **properties: object) -> dict[str, object]:
    return {"id": id, "schema": schema, "properties": properties or {"name": ["Omar Haddad"]}}


def test_an_entity_is_read_with_all_that_tells_who_is_meant(tmp_path: Path) -> None:
    path = written(
        tmp_path / "people.jsonl",
        entity(
            name=["Omar  Haddad\u200b"], alias=["Abu Karim", "123"], previousName="Omar Hadad", weakAlias=["Karim", "Abu Karim"],
            position=["Minister of Ports"], country=["XR"], wikidataId=["Q77", "no"], birthDate=["1970"],
        ),
    )  # fmt: skip
    (one,) = read_known(path, Settings()).actors
    assert one == Listed(
        "p1", "Person", "Omar Haddad", "people.jsonl", ("Abu Karim", "Omar Hadad", "Omar Haddad"), ("Karim",), ("Minister of Ports",), ("xr",), "Q77"
    )  # fmt: skip


def test_what_cannot_be_used_is_named_with_its_line(tmp_path: Path) -> None:
    rows: list[tuple[object, str]] = [
        (b"{no\n", "not JSON"),
        (b"\xff\xfe\n", "not UTF-8"),
        (b"[" * 100_000 + b"\n", "nested too deeply"),
        (b"[1]\n", "not an entity"),
        ({"schema": "Person", "properties": {"name": ["A B"]}}, "no id"),
        (entity(id=""), "no id"),
        (entity(id="a\nb"), "its id has"),
        (entity(id="x" * 1000), "its id has"),
        (entity(id="\ud800"), "its id has"),
        ({"id": "p", "properties": {}}, "no schema"),
        (entity(schema="Wizard"), "unknown schema 'Wizard'"),
        ({"id": "p", "schema": "Person"}, "no properties"),
        (entity(name=[]), "no usable name"),
        (entity(name=["…", "", 7, None, {"a": 1}]), "no usable name"),
        (entity(name=["x" * 5000]), "no usable name"),
        (entity(name=[f"Omar Nr{n}" for n in range(2000)]), "more than 500 names"),
        (b'{"id": "' + b"x" * 1_100_000 + b'"}\n', "longer than 1 MB"),
        (b'{"id": "p", "schema": "Person", "properties": {"name": [' + b"9" * 5000 + b"]}}\n", ""),
    ]
    path = written(tmp_path / "bad.jsonl", *(r for r, _ in rows), b"\n", entity(id="good"))
    found = read_known(path, Settings())
    assert [a.id for a in found.actors] == ["good"]
    assert [r.input for r in found.refused] == [f"{path}:{n}" for n in range(1, len(rows) + 1)]
    for refusal, (_, why) in zip(found.refused, rows, strict=True):
        assert why in refusal.reason


def test_entities_that_are_no_actors_are_counted(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", entity(), entity("e1", "Event"), entity("e2", "Event"), entity("d", "Article"))  # fmt: skip
    found = read_known(path, Settings())
    assert (len(found.actors), found.refused, found.passed) == (1, (), (("Article", 1), ("Event", 2)))


def test_lines_of_one_entity_are_one_actor_in_any_order(tmp_path: Path) -> None:
    rows = [
        entity("c", "LegalEntity", name=["Shore League"], wikidataId=["Q5"]),
        entity("c", "Company", alias=["Coastal Trade"], name=["Shore League Ltd"]),
        entity("c", "Organization", name=["Shore League"], weakAlias=["The League", "Coastal Trade"]),
        entity("x", "Person", name=["Omar Haddad"]),
        entity("x", "PublicBody", name=["Office of Omar Haddad"]),
    ]
    found = read_known(written(tmp_path / "a.jsonl", *rows), Settings())
    (one,) = found.actors
    assert (one.schema, one.names, one.weak, one.wikidata) == (
        "Company", ("Coastal Trade", "Shore League", "Shore League Ltd"), ("The League",), "Q5"
    )  # fmt: skip
    assert "x is Person and PublicBody" in found.refused[0].reason
    assert read_known(written(tmp_path / "a.jsonl", *reversed(rows)), Settings()) == found


def test_refusals_and_entries_are_bounded(tmp_path: Path) -> None:
    found = read_known(written(tmp_path / "a.jsonl", *[b"no\n"] * 5000), Settings())
    assert len(found.refused) == 1001
    assert "4,000 more lines" in found.refused[-1].reason
    from twosource.errors import UsageError

    many = written(tmp_path / "b.jsonl", *(entity(f"p{n}") for n in range(4)))
    with pytest.raises(UsageError, match="max_known"):
        read_known(many, Settings(max_known=3))
    with pytest.raises(UsageError, match="cannot read"):
        read_known(tmp_path, Settings())


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.binary(max_size=60), st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=8), lambda c: st.lists(c, max_size=3) | st.dictionaries(st.sampled_from(["id", "schema", "properties", "name"]), c, max_size=4)).map(lambda v: json.dumps(v).encode())), max_size=6))  # fmt: skip
def test_any_bytes_are_read_or_refused(tmp_path: Path, rows: list[bytes]) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(b"\n".join(rows))
    found = read_known(path, Settings())
    assert all(a.id and a.names for a in found.actors)
