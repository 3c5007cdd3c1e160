"""Who copied whom, on invented reports."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.model import Article, Credit, Furniture, Marked, Masthead, Report, Span
from twosource.reuse import Index, compare, workers
from twosource.text import normal, words

WIRE = (
    "The ferry Almira ran aground on a sandbank off Port Selwyn shortly before dawn, the harbour office said. "
    "All sixty-two passengers were taken ashore in fishing boats within the hour and nobody was badly hurt. "
    "Divers will look at the hull once the tide has fallen, and the company has stopped its morning crossings. "
    "A buoy that should have marked the bank was found adrift two miles to the north."
)
LOCAL = (
    "Marta Quill was on her way to a wedding when the deck tilted under her feet. "
    "She remembers a grinding noise, spilled coffee and a child who asked whether they had hit a whale. "
    "By breakfast she stood in the church hall in borrowed boots, and the bride had sent a van."
)
OTHER = (
    "Councillors in Hazelmere voted by nine to four to close the swimming baths at the end of the season. "
    "Repairs to the roof would have cost more than the town takes in parking fees in ten years."
)
SPEECH = (
    "“We will find out who moved that buoy and we will not rest until every captain on this coast is told”"
)

VOCABULARY = "harbour ferry tide captain buoy morning council vote bridge storm 12 40 fire market school road “ ” . , \n it's Ünal".split(
    " "
)


def article(
    name: str,
    text: str,
    *,
    boilerplate: tuple[Furniture, ...] = (),
    masthead: Masthead | None = None,
    **more: str,
) -> Article:
    return Article(Report(name, text, **more), boilerplate, masthead or Masthead())


def texts() -> st.SearchStrategy[str]:
    """Texts of few words, so that they often share runs, odd ones among them."""
    return st.lists(st.sampled_from(VOCABULARY), max_size=60).map(" ".join) | st.text(max_size=40)


def collections() -> st.SearchStrategy[list[Article]]:
    return st.lists(texts(), min_size=2, max_size=5).map(
        lambda held: [article(f"r{i}", t, outlet=f"o{i % 2}") for i, t in enumerate(held)]
    )


@settings(max_examples=60, deadline=None)
@given(collections(), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_does_not_matter(held: list[Article], rng: random.Random) -> None:
    mixed = list(held)
    rng.shuffle(mixed)
    assert compare(held) == compare(mixed) == compare(held)


@settings(max_examples=60, deadline=None)
@given(collections())
def test_passages_read_the_same_on_both_sides_and_never_overlap(held: list[Article]) -> None:
    text = {a.id: a.text for a in held}
    for r in compare(held):
        assert r.a < r.b
        assert 0 < r.containment <= 1
        assert r.passages
        for p in r.passages:
            a, b = text[r.a], text[r.b]
            assert [normal(w.of(a)) for w in words(a, p.ours)] == [
                normal(w.of(b)) for w in words(b, p.theirs)
            ]
        for side in ([p.ours for p in r.passages], [p.theirs for p in r.passages]):
            ordered = sorted(side)
            assert all(x.end <= y.start for x, y in pairwise(ordered))


@settings(max_examples=60, deadline=None)
@given(texts(), texts())
def test_two_reports_are_to_each_other_the_same_whichever_comes_first(one: str, two: str) -> None:
    def mirrored(first: str, second: str) -> list[tuple[object, ...]]:
        return [
            (r.relation, r.containment, {(p.ours, p.theirs, p.quotation) for p in r.passages})
            for r in compare([article("a", first), article("b", second)])
        ]

    there = mirrored(f"{one} {SPEECH}", f"{SPEECH} {two}")
    back = mirrored(f"{SPEECH} {two}", f"{one} {SPEECH}")
    assert there == [(rel, c, {(p[1], p[0], p[2]) for p in held}) for rel, c, held in back]


@settings(max_examples=40, deadline=None)
@given(texts(), texts(), st.lists(st.text("klmno ", max_size=300), max_size=4), st.integers(0, 20))
def test_reports_that_share_nothing_with_two_others_change_nothing_between_them(
    one: str, two: str, strangers: list[str], copies: int
) -> None:
    pair = [article("b", f"{one} {WIRE}"), article("q", f"{WIRE} {two}")]
    other = [OTHER, *strangers, *[LOCAL] * copies]
    held = [article(f"{'amz'[n % 3]}{n}", t, outlet=f"Bugle {n}") for n, t in enumerate(other)]
    names = {"b", "q"}
    assert [r for r in compare([*held, *pair]) if {r.a, r.b} == names] == compare(pair)
    assert not [r for r in compare([*held, *pair]) if len(names & {r.a, r.b}) == 1]


@settings(max_examples=40, deadline=None)
@given(collections(), st.randoms(use_true_random=False))
def test_the_index_finds_the_same_in_any_order_and_nothing_new_the_second_time(
    held: list[Article], rng: random.Random
) -> None:
    mixed = list(held)
    rng.shuffle(mixed)
    index = Index({a.id: a for a in held}.__getitem__)
    found = [r for a in mixed for r in index.add(a)]
    assert [index.add(a) for a in held] == [[] for _ in held]
    assert sorted((r.a, r.b, r.relation, r.passages) for r in found) == [
        (r.a, r.b, r.relation, r.passages) for r in compare(held)
    ]


@settings(max_examples=30, deadline=None)
@given(texts())
def test_a_twin_is_the_same_text(text: str) -> None:
    twins = [article("a", f"{WIRE} {text}"), article("b", f"{WIRE} {text}")]
    assert [(r.relation, r.containment) for r in compare(twins)] == [("same_text", 1.0)]


def test_own_prose_shares_nothing() -> None:
    assert compare([article("a", WIRE), article("b", LOCAL), article("c", OTHER)]) == []


def test_a_wire_lead_in_a_longer_local_story_is_shared_text() -> None:
    (found,) = compare(
        [article("a", WIRE, outlet="Coast Wire"), article("b", f"{LOCAL} {WIRE[:210]}", outlet="Selwyn Post")]
    )
    assert found.relation == "shared_text"
    assert found.containment > 0.3
    assert "sentences of running prose" in found.why


def test_a_short_report_inside_a_long_one_is_found() -> None:
    long_ = " ".join(
        f"Sentence {i} tells of matter number {i * 7} in hall {i % 13} at hour {i % 24}." for i in range(600)
    )
    (found,) = compare([article("a", WIRE), article("b", f"{long_} {WIRE} {long_}")])
    assert found.containment == 1.0


def test_the_same_speech_in_own_prose_is_a_shared_source() -> None:
    one = article("a", f"{LOCAL}\n{SPEECH}, the minister told the crowd.", outlet="Selwyn Post")
    two = article("b", f"{OTHER}\nAt the quay the minister was angry. {SPEECH}", outlet="Coast Wire")
    (found,) = compare([one, two])
    assert found.relation == "shared_source"
    assert all(p.quotation for p in found.passages)


def test_one_changed_number_leaves_the_same_text_and_is_listed() -> None:
    later = WIRE.replace("sixty-two", "61").replace("All 61", "All 61")
    (found,) = compare([article("a", WIRE.replace("sixty-two", "62")), article("b", later)])
    assert found.relation == "same_text"
    assert [
        (c.kind, c.ours and c.ours.of(WIRE.replace("sixty-two", "62")), c.theirs and c.theirs.of(later))
        for c in found.changes
    ] == [("number", "62", "61")]


def test_a_later_version_by_the_same_outlet_is_revised_and_lists_what_was_added() -> None:
    old = article("a", f"{WIRE}", outlet="Coast Wire", published="2021-03-04")
    new = article("b", f"{WIRE} {LOCAL}", outlet="Coast Wire", published="2021-03-05")
    (found,) = compare([new, old])
    assert (found.relation, found.older) == ("revised", "a")
    assert [c.kind for c in found.changes] == ["added"]


def test_the_same_words_in_furniture_never_count() -> None:
    plug = "Sign up for our morning letter and get the harbour news, the tide tables and a weekly recipe sent to you."
    one, two = f"{LOCAL} {plug}", f"{OTHER} {plug}"

    def marked(name: str, text: str) -> Article:
        span = Span(text.index(plug), len(text))
        return article(name, text, boilerplate=(Furniture(span, "signup", "a request to sign up"),))

    assert compare([marked("a", one), marked("b", two)]) == []
    assert compare([article("a", one), article("b", two)]) != []


def test_furniture_between_two_halves_does_not_hide_a_copy_and_no_passage_covers_it() -> None:
    half = WIRE.index("Divers")
    promo = "READ MORE ABOUT BOATS "
    text = WIRE[:half] + promo + WIRE[half:]
    cut = Furniture(Span(half, half + len(promo)), "promo", "a promotion")
    (found,) = compare([article("a", WIRE), article("b", text, boilerplate=(cut,))])
    assert found.relation == "same_text"
    assert not any(p.theirs.overlaps(cut.span) for p in found.passages)


def test_the_credited_outlet_is_the_older() -> None:
    credit = Masthead(credits=(Credit("Coast Wire", Span(0, 4), "copy"),))
    (found,) = compare(
        [
            article("a", f"{WIRE} {LOCAL}", outlet="Selwyn Post", masthead=credit),
            article("b", WIRE, outlet="Coast Wire"),
        ]
    )
    assert found.older == "b"
    assert "credits Coast Wire" in found.why


def test_between_outlets_with_no_date_and_no_credit_nobody_is_older() -> None:
    (found,) = compare(
        [article("a", WIRE, outlet="Coast Wire"), article("b", f"{WIRE} {LOCAL}", outlet="Selwyn Post")]
    )
    assert found.older is None


def test_the_date_in_the_masthead_tells_the_older() -> None:
    dated = Masthead(published=Marked("2020-01-01"))
    (found,) = compare([article("a", WIRE, published="2020-01-02"), article("b", WIRE, masthead=dated)])
    assert found.older == "b"


def test_undated_versions_are_put_in_order_of_growth() -> None:
    parts = WIRE.split(". ") + LOCAL.split(". ")
    versions = [article(name, ". ".join(parts[:n])) for name, n in (("m", 3), ("k", 5), ("z", 7))]
    order = {(r.a, r.b): r.older for r in compare(versions)}
    assert order == {("k", "m"): "m", ("k", "z"): "k", ("m", "z"): "m"}


def test_fifty_copies_are_all_listed() -> None:
    found = compare([article(f"r{i:03}", f"{WIRE} Copy number {i}.") for i in range(50)])
    assert len(found) == 50 * 49 // 2


def test_of_a_family_too_large_to_list_each_is_held_against_its_likely_origin() -> None:
    held = [article(f"r{i:03}", f"{WIRE} Copy number {i}.") for i in range(230)]
    assert [(r.a, r.b) for r in compare(held)] == [("r000", f"r{i:03}") for i in range(1, 230)]


def test_reports_put_together_from_the_same_lines_are_not_all_compared() -> None:
    dice = random.Random(3)
    lines = [" ".join(f"{k}word{n}" for n in range(12)) for k in range(8)]
    held = [
        article(f"r{i:03}", "\n".join(f"{dice.choice(lines)} {dice.randint(0, 30)}." for _ in range(10)))
        for i in range(300)
    ]
    found = compare(held)
    assert {r.a for r in found} | {r.b for r in found} == {a.id for a in held}
    assert len(found) < len(held) * len(held) // 4


def test_several_processes_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FEW", 1)
    held = [
        article("a", WIRE),
        article("b", f"{LOCAL} {WIRE}"),
        article("c", OTHER),
        article("d", LOCAL, published="2021-03-04"),
        article(
            "e",
            f"{WIRE[:90]}PROMO {WIRE[90:]}",
            boilerplate=(Furniture(Span(90, 96), "promo", "a promotion"),),
        ),
        *below_one_line("in the rain"),
    ]
    monkeypatch.setattr(workers, "REPORTS", 3)
    assert compare(held, processes=2) == compare(held)


def test_a_line_that_an_outlet_puts_under_every_story_joins_no_strangers() -> None:
    line = "All our harbour stories are gathered by people who live within sight of the water and pay for their own boots."
    held = [article(f"r{i:03}", " ".join(f"w{i}x{k}" for k in range(150)) + " " + line) for i in range(60)]
    assert compare(held) == []


def below_one_line(few: str) -> list[Article]:
    """Thirty strangers over one line, two of them with the same words before it."""
    line = "All our harbour stories are gathered by people who live within sight of the water and pay for their own boots."
    return [
        article(f"r{i:03}", " ".join(f"w{i}x{k}" for k in range(150)) + f" {few if i < 2 else ''} {line}")
        for i in range(30)
    ]


def test_a_few_words_alike_beside_a_line_of_a_crowd_join_no_strangers() -> None:
    assert compare(below_one_line("in the rain")) == []


def test_a_passage_beside_a_line_of_a_crowd_is_found() -> None:
    (found,) = compare(below_one_line(WIRE[:140]))
    assert (found.a, found.b) == ("r000", "r001")


def test_the_index_passes_over_what_stands_beside_a_line_of_a_crowd() -> None:
    for few, pairs in (("in the rain", []), (WIRE[:140], [("r000", "r001")])):
        held = below_one_line(few)
        index = Index({a.id: a for a in held}.__getitem__)
        index.load(held[2:])
        assert [(r.a, r.b) for a in held[:2] for r in index.add(a)] == pairs


def test_copies_that_differ_in_a_few_words_each_are_a_family_however_many() -> None:
    held = [
        article(f"r{i:03}", WIRE.replace("sixty-two", str(i)).replace("two miles", f"{i} miles"))
        for i in range(40)
    ]
    assert len(compare(held)) == 40 * 39 // 2


def test_one_phrase_over_and_over_ends_soon() -> None:
    drone = "the sea the sea and the sea " * 4000
    (found,) = compare([article("a", drone), article("b", drone + WIRE)])
    assert found.relation == "same_text"


def test_the_index_finds_what_comparing_all_at_once_finds() -> None:
    held = [article("a", WIRE), article("b", f"{LOCAL} {WIRE}"), article("c", OTHER), article("d", LOCAL)]
    by_id = {a.id: a for a in held}
    index = Index(by_id.__getitem__)
    found = [r for a in held for r in index.add(a)]
    assert len(index) == 4
    assert index.add(held[0]) == []
    assert {(r.a, r.b, r.relation) for r in found} == {(r.a, r.b, r.relation) for r in compare(held)}
