"""Mentions of several reports become a cast: who is one actor, who is not, who speaks for whom. All names are invented."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.annotate.mentions import mentions
from twosource.annotate.parse import parse
from twosource.model import Annotation, Article, Mention, MentionKind, Report, Span, Statement
from twosource.resolve import Cast, resolve
from twosource.settings import Settings


def cast_of(*texts: str, who: tuple[str, ...] = ()) -> Cast:
    """The cast of reports with these texts; `who` are sources of statements in the first."""
    articles = [Article(Report(f"r{n}", t)) for n, t in enumerate(texts)]
    annotations = [
        Annotation(
            p.article.id,
            "en",
            p.sentences,
            statements=_said(p.article.id, who if n == 0 else ()),
            mentions=mentions(p),
        )
        for n, p in enumerate(parse(articles, Settings().model))
    ]
    return resolve(articles, annotations)


def _said(report: str, who: tuple[str, ...]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            f"s{n}", report, (), (), (), w, "organisation", None, None, "asserts", "asserted", "indirect"
        )
        for n, w in enumerate(who)
    )


def fake(reports: dict[str, list[tuple[str, MentionKind, int]]]) -> tuple[list[Article], list[Annotation]]:
    """Reports that are nothing but lists of names."""
    articles, annotations = [], []
    for report, rows in reports.items():
        text, found = "", []
        for name, kind, chain in rows:
            found.append(Mention(Span(len(text), len(text) + len(name)), kind, name, chain=chain))
            text += name + ". "
        articles.append(Article(Report(report, text)))
        annotations.append(Annotation(report, "en", mentions=tuple(found)))
    return articles, annotations


def test_one_person_in_several_spellings() -> None:
    """Spellings of different reports are one actor; aliases are counted, reasons given."""
    cast = cast_of(
        "Yusuf Kharrubi spoke. Kharrubi left.",
        "Youssef Kharoubi was seen in town.",
        "The town was held by Kharubi.",
    )
    actor = cast.named("Kharoubi")
    assert actor is not None
    assert actor.kind == "person"
    assert {a.name for a in actor.aliases} == {"Yusuf Kharrubi", "Kharrubi", "Youssef Kharoubi", "Kharubi"}
    assert actor.why
    assert cast.same("Youssef Kharoubi", "Kharubi")


def test_two_of_one_family_stay_two() -> None:
    """A shared surname is not enough, and a bare surname that could be either is nobody's."""
    cast = cast_of("Jane Tallis lives here.", "John Tallis lives here.")
    jane, john = cast.named("Jane Tallis"), cast.named("John Tallis")
    assert jane is not None
    assert john is not None
    assert jane.id != john.id
    assert cast.named("Tallis") is None


def test_two_in_one_report_are_two() -> None:
    """Names that one report uses side by side are not merged, however alike."""
    articles, annotations = fake(
        {
            "r1": [("Marek Tallis", "person", 0), ("Marek Tallas", "person", 1)],
            "r2": [("Marek Tallis", "person", 0)],
        }
    )
    cast = resolve(articles, annotations)
    assert not cast.same("Marek Tallis", "Marek Tallas") or len(cast.actors) == 1
    assert all(a.maybe or a.why or len(a.mentions) == 1 or a.name for a in cast.actors)


def test_short_and_full_names_of_bodies() -> None:
    """Initials join across reports, even where no report explains them."""
    cast = cast_of(
        "The Council of Coastal Accord met.", "An official of the CCA spoke to reporters. The CCA met again."
    )
    assert cast.same("CCA", "Council of Coastal Accord")


def test_general_and_spokesman_are_one_body() -> None:
    """Independence rests on this: a command's general and its spokesman speak for one body."""
    cast = cast_of(
        "General Marek Tallis of Northern Marsh Command said so.",
        "Ana Brandt, a spokeswoman for Northern Marsh Command, said so.",
    )
    general, speaker, command = (
        cast.named("Marek Tallis"),
        cast.named("Ana Brandt"),
        cast.named("Northern Marsh Command"),
    )
    assert general is not None
    assert speaker is not None
    assert command is not None
    assert cast.body(general).id == cast.body(speaker).id == cast.body(command).id
    assert cast.closest([general, speaker]) == command
    assert {(r.role, r.b) for r in cast.relations if r.a == speaker.id} == {("speaks_for", command.id)}


def test_police_chief_and_police_are_one_body() -> None:
    """Chief, spokesman and "police" count once."""
    cast = cast_of(
        "Springfield Police Department spokesman Ana Brandt said the road was closed.",
        "Police said the road was closed. Police Chief Marek Tallis thanked drivers.",
    )
    bodies = {
        cast.body(a).name
        for w in ("Ana Brandt", "police", "Marek Tallis", "detectives")
        if (a := cast.named(w))
    }
    assert bodies == {"Springfield Police Department"}


def test_states_and_their_arms_nest() -> None:
    """A state's authorities and its capital, where it speaks, are the state."""
    cast = cast_of(
        "Norwegian authorities denied it. Oslo said Norway was not involved.",
        who=("Norwegian authorities", "Oslo", "Norway"),
    )
    bodies = {cast.body(a).name for w in ("Norwegian authorities", "Oslo", "Norway") if (a := cast.named(w))}
    assert bodies == {"Norway"}


def test_unnamed_sources_stay_unnamed() -> None:
    """A description leads to its body at most, never to a person."""
    cast = cast_of("Rail Safety Board director Marek Tallis spoke. The Rail Safety Board met.")
    for who in (
        "unnamed Rail Safety Board official",
        "an unnamed director",
        "anonymous aide to Marek Tallis",
    ):
        assert cast.named(who) is None or who.startswith("an ")
    body = cast.body_named("unnamed Rail Safety Board official")
    assert body is not None
    assert body.name == "Rail Safety Board"
    found = cast.body_named("anonymous aide to Marek Tallis")
    assert found is None or found.kind != "person"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway backs the Council of Coastal Accord, and Sweden does not.",
            ("Norway", "backs", "Council of Coastal Accord"),
        ),
        (
            "The Norway-backed Council of Coastal Accord met.",
            ("Norway", "backs", "Council of Coastal Accord"),
        ),
        (
            "The Lowland Army is fighting against the Council of Coastal Accord.",
            ("Lowland Army", "opposes", "Council of Coastal Accord"),
        ),
        ("Marek Tallis's Lowland Army held the town.", ("Marek Tallis", "leads", "Lowland Army")),
    ],
)
def test_relations_that_texts_state(text: str, expected: tuple[str, str, str]) -> None:
    """Verbs, hyphened adjectives and owners, each with the sentence as evidence."""
    cast = cast_of(text)
    name = {a.id: a.name for a in cast.actors}
    found = {(name[r.a], r.role, name[r.b]) for r in cast.relations}
    assert expected in found
    assert all(r.evidence for r in cast.relations)


def test_a_denied_relation_is_not_stated() -> None:
    """ "does not back" states no backing."""
    cast = cast_of("Norway does not back the Council of Coastal Accord.")
    assert not [r for r in cast.relations if r.role == "backs"]


def test_at_finds_the_mention() -> None:
    """A place in a report leads to its actor; elsewhere there is none."""
    text = "Marek Tallis left. Ana Brandt stayed."
    cast = cast_of(text)
    at = text.index("Brandt")
    found = cast.at("r0", Span(at, at + 6))
    assert found is not None
    assert found.name == "Ana Brandt"
    assert cast.at("r0", Span(13, 17)) is None
    assert cast.at("elsewhere", Span(0, 5)) is None


WORDS = st.sampled_from(
    [
        "Ana",
        "Anna",
        "Marek",
        "Tallis",
        "Tallas",
        "Brandt",
        "Kharrubi",
        "Kharoubi",
        "CCA",
        "Council",
        "of",
        "Coastal",
        "Accord",
        "M.",
    ]
)
ROWS = st.lists(
    st.tuples(
        st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
        st.sampled_from(["person", "organisation", "place", "group"]),
        st.integers(0, 4),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=4), st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: list[list[tuple[str, MentionKind, int]]], dice: random.Random) -> None:
    """The same cast in whatever order reports come; every mention is in exactly one actor."""
    articles, annotations = fake({f"r{n}": r for n, r in enumerate(rows)})
    cast = resolve(articles, annotations)
    pairs = list(zip(articles, annotations, strict=True))
    dice.shuffle(pairs)
    assert resolve([a for a, _ in pairs], [b for _, b in pairs]) == cast
    told = [e for actor in cast.actors for e in actor.mentions]
    assert len(told) == len(set(told)) == sum(len(a.mentions) for a in annotations)
    ids = {a.id for a in cast.actors}
    assert len(ids) == len(cast.actors)
    assert all(set(a.maybe) <= ids and a.id not in a.maybe for a in cast.actors)
    for actor in cast.actors:
        assert cast.body(actor).id in ids


def test_nothing_in_gives_nothing_out() -> None:
    """No reports, no actors, and look-ups that find nobody."""
    cast = resolve([], [])
    assert cast.actors == ()
    assert cast.named("Marek Tallis") is None
    assert cast.named(None) is None
    assert cast.named("  ") is None
    assert cast.body_named(None) is None
    assert cast.closest([]) is None


def test_every_actor_has_an_id_of_its_own() -> None:
    text = "Alby County closed the bridge. The Alby County coroner's office examined both men on Monday."
    start = text.index("Alby County coroner")
    county, office = (
        Mention(Span(start, start + len(name)), "organisation", name, chain=n)
        for n, name in enumerate(("Alby County", "Alby County coroner's office"))
    )
    article = Article(Report("r0", text))
    (page,) = parse([article], Settings().model)
    cast = resolve([article], [Annotation("r0", "en", page.sentences, mentions=(county, office))])
    assert len({a.id for a in cast.actors}) == len(cast.actors) == 2


def test_initials_of_a_force_and_its_name_are_one_body() -> None:
    """The name may leave "Department" away that the initials have."""
    cast = cast_of(
        "Officers of the KPD closed the quay on Monday. The KPD is looking for the barge.",
        "Kingsport Police said on Monday that the quay was closed.",
    )
    assert cast.named("KPD") == cast.named("Kingsport Police")
