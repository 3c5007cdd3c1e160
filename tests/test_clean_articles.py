"""What is not the article is marked, what the article says of itself is read, and no text is changed."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.clean import clean
from twosource.clean.furniture import furniture
from twosource.model import Article, Report

STORY = [
    "A ferry hit the north pier of Port Alder on Thursday morning, injuring five people, the harbour master said.",
    "“We heard a bang and then everybody was on the floor,” said Ada Moss, who was on board with her two children.",
    "The company that runs the line said that it was looking into the cause. It gave no further details.",
    "Police said no arrests had been made. The investigation is ongoing.",
]


def article(*lines: str, outlet: str | None = None, url: str | None = None) -> Article:
    return clean([Report(id="r", text="\n\n".join(lines), outlet=outlet, url=url)])[0]


def marked(found: Article) -> list[str]:
    return [f.span.of(found.text) for f in found.boilerplate]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "Load More", "In Other News", "Share this story", "Follow us on Twitter and like us on Facebook",
        "Sign up for our newsletter", "CLICK HERE FOR THE BUGLE NEWS APP", "Download the Bugle app: iPhone | Android",
        "RELATED: Five things to know about the harbour", "Read more: Who owns the ferry line?", "Photo: Lee Park / Alder Bugle",
        "(Photo: WXYZ)", "Image 2 of 9", "© 2021 Bugle Media Group.", "Copyright 2021 Bugle. All rights reserved.",
        "Please enable JavaScript to watch this video", "Stay with the Bugle for updates on this story.",
        "This website uses cookies to improve your visit.", "Most Read Stories", "MAYOR OF PORT ALDER TO STEP DOWN IN SPRING, OFFICE SAYS",
        "Passengers wait on the quay after the crash. | Lee Park / Alder Bugle", "Leave a comment", "» The ferry's long history",
    ],
)  # fmt: skip
def test_furniture_between_paragraphs_is_marked(line: str) -> None:
    found = article(*STORY[:2], line, *STORY[2:], *STORY)
    assert marked(found) == [line]
    assert found.boilerplate[0].why
    assert found.text[found.boilerplate[0].span.start :].startswith(line)


@pytest.mark.parametrize(
    "line",
    [
        "Jo Doe is a reporter for the Alder Bugle.", "Lee Park contributed to this report.", "Contact Jo Doe at jdoe@bugle.example or 555-555-0199.",
        "The Associated Press contributed to the report", "Additional reporting by Lee Park in Port Alder.", "jdoe@bugle.example",
    ],
)  # fmt: skip
def test_furniture_at_the_foot_is_marked(line: str) -> None:
    assert marked(article(*STORY, *STORY, line)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "“Click here and you will see it,” the spokesman said.",
        "The newsletter of the harbour board said the pier was sound.",
        "Photographs showed the ferry low in the water.",
        "The company said all rights of the passengers would be respected.",
        "She told the crowd to follow her on the march to the harbour office.",
        "Watch officers saw the ship turn, the coast guard said.",
        "An app that tracks ships showed the ferry at full speed.",
        "The board contributed 2 million to the repair of the pier.",
        "More than forty passengers were on board.",
        "By Labour Day, she had sailed on all of them.",
        "Anyone with information is asked to call the harbour police.",
        "The minister met the owner and said in an interview with Reuters that he was sorry.",
        "Earlier: Divers are searching the harbour after a ferry hit the pier, the police say.",
        "Related charges were dropped last year.",
        "Ships that share the channel must keep apart.",
        "NATO and the UN said so.",
        "Read the letter, he said, and you will know.",
        "Video of the crash was posted online by a passenger, and police are studying it.",
    ],
)
def test_the_articles_own_sentences_are_never_marked(line: str) -> None:
    assert marked(article(*STORY[:2], line, *STORY[2:])) == []
    assert marked(article(*STORY, line)) == []
    assert marked(article(line, *STORY)) == []


def test_a_text_that_shouts_throughout_is_left_alone() -> None:
    assert marked(article(*[line.upper().rstrip(".") for line in STORY])) == []


def test_captions_are_evidence_where_they_are_most_of_a_report() -> None:
    captions = [
        "Firefighters lift the ferry's wheelhouse off the north pier on Friday morning. (Lee Park / Alder Bugle)",
        "Two of the ferry's crew wait in blankets while divers look for a third. (Lee Park / Alder Bugle)",
    ]
    alone = "Ferry wreck in pictures.\n\n" + "\n\n".join(captions)
    assert {f.kind for f in furniture(alone)} == {"credit"}
    kept = [s for s in captions if not any(f.span.of(alone) == s for f in furniture(alone))]
    assert kept == captions
    story = (
        "The ferry hit the north pier on Thursday, the harbour master said, and sank within the hour. " * 6
    )
    assert "caption" in {f.kind for f in furniture(f"{story}\n\n{captions[0]}\n\n{captions[1]}")}


def test_a_list_of_films_without_its_button_is_known_by_its_lengths() -> None:
    films = [
        "3:14 Crane lifts the wreck",
        "0:39 7 things to know about the pier",
        "2:40 Harbour master speaks",
        "1:05 Who owns the pier?",
    ]
    assert len(article("\n\n".join([*STORY, *films])).boilerplate) == len(films)
    hours = sorted(films)
    assert not article("\n\n".join([*STORY, *hours])).boilerplate
    told = [f"{x}." for x in films]
    assert not article("\n\n".join([*STORY, *told])).boilerplate


def test_the_list_of_a_players_films_is_marked_and_a_list_of_hours_is_not() -> None:
    films = "0:35 Crane lifts the wreck Pause\n\n1:12 Harbour master speaks after the crash\n\n2:40 Who owns the pier?"
    story = "The ferry hit the north pier on Thursday, the harbour master said."
    text = f"{films}\n\n{story}"
    assert [f.span.of(text) for f in furniture(text)] == films.split("\n\n")
    hours = "9:40 The ferry leaves the quay\n\n9:52 It strikes the pier\n\n10:05 Boats arrive"
    assert furniture(f"{story}\n\n{hours}") == []


def test_gallery_frames_are_marked_and_what_the_captions_tell_is_not() -> None:
    told = "Five people were hurt when the ferry hit the pier on Thursday."
    found = article(f"Image 1 of 3 {told} {told} Photo: Lee Park", f"Image 2 of 3 {STORY[3]} Photo: Lee Park")
    assert marked(found) == ["Image 1 of 3", told, "Photo: Lee Park", "Image 2 of 3", "Photo: Lee Park"]
    assert found.boilerplate[1].span.start > found.text.index(told)


@pytest.mark.parametrize(
    "line",
    [
        "22 July 2031 Last updated at 17: 50 GMT", "09 / 10 / 31 08: 23 PM ET", "7: 00pm UK, Wednesday 05 May 2031",
        "Mar. 8 5: 46 PM EST", "Release: 03 / 08 / 2031", "8: 05am UK, Monday 16 September 2031",
        "8: 13 AM PDT 8 / 2 / 2031", "Friday August 2, 2031 @ 8: 13am PDT",
    ],
)  # fmt: skip
def test_hours_and_dates_with_blanks_in_them_are_a_masthead(line: str) -> None:
    assert line in marked(article("Ferry hits pier", line, *STORY))


def test_a_date_with_blanks_dates_the_report() -> None:
    found = article("Ferry hits pier", "22 July 2031 Last updated at 17: 50 GMT", *STORY)
    assert found.published == "2031-07-22"


def test_headlines_of_other_stories_above_the_article_are_marked_and_its_own_are_not() -> None:
    links = [
        "Mayor says that everybody should learn to swim before winter comes",
        "Baker who sold green bread was once a famous trumpet player",
        "School dinners will be cooked by robots from next autumn onwards",
    ]
    assert set(links) <= set(marked(article(*links, *STORY)))
    own = [
        "Ferry hits north pier of Port Alder and injures people",
        "Harbour master says ferry was injuring five people on Thursday morning",
        "Police said no arrests after ferry hits Port Alder pier",
    ]
    assert not set(own) & set(marked(article(*own, *STORY)))


def test_headlines_that_follow_a_pointer_to_other_stories_are_marked() -> None:
    lines = ["Related Articles Baker sells green bread at the market", "Mayor opens the new swimming pool"]
    assert set(lines) <= set(marked(article(*STORY[:2], *lines, *STORY[2:])))


def test_a_caption_cut_short_after_itself_is_marked() -> None:
    caption = "The ferry lies at the north pier on Thursday, May 6, 2031, in Port Alder."
    cut = "The ferry lies at the north pier on Thursday, May 6,..."
    assert marked(article(caption, cut, *STORY)) == [cut]


def test_a_long_gallery_beside_an_article_is_no_evidence_and_one_that_is_all_there_is_stays() -> None:
    gallery = [f"Image {n} of 12 Passenger number {n} leaves the ferry on Thursday." for n in range(1, 13)]
    beside = marked(article(*gallery, *STORY * 6))
    assert all(line in beside for line in gallery)
    assert not set(gallery) & set(marked(article(*gallery, STORY[0])))


def test_what_an_outlet_repeats_in_unlike_reports_is_marked() -> None:
    line = "More from the Alder desk at alder.example every day"
    unlike = [
        "The mayor opened a library.",
        "A storm closed the school on Monday.",
        "The team won again, two to one.",
    ]
    reports = [
        Report(id=str(n), text=f"{text}\n{line}\n{text[::-1]}", outlet="Bugle")
        for n, text in enumerate(unlike)
    ]
    assert [marked(a) for a in clean(reports)] == [[line]] * 3
    alike = [Report(id=str(n), text=f"{STORY[0]}\n{STORY[1]}\n{line}", outlet="Bugle") for n in range(3)]
    assert [marked(a) for a in clean(alike)] == [[]] * 3
    assert [marked(a) for a in clean([r for r in reports if r.id != "2"])] == [[]] * 2


def test_background_that_an_outlet_repeats_is_its_articles_own() -> None:
    background = "The pier was built in 1903 and has been hit twice before, in 1954 and in 1987."
    reports = [
        Report(id=str(n), text=f"News number {n} of the day.\n{background}", outlet="Bugle") for n in range(5)
    ]
    assert all(not a.boilerplate for a in clean(reports))


def test_dateline_agency_and_date() -> None:
    masthead = article(f"PORT ALDER, Feb. 22 (Xinhua) -- {STORY[0]}").masthead
    assert masthead.dateline
    assert masthead.dateline.value == "PORT ALDER"
    assert masthead.published
    assert masthead.published.value == "XXXX-02-22"
    assert [(c.outlet, c.role) for c in masthead.credits] == [("Xinhua", "copy")]


@pytest.mark.parametrize("dash", ["--", "–", "—", "―"])
def test_every_dash_ends_a_dateline(dash: str) -> None:
    masthead = article(f"PORT ALDER {dash} {STORY[0]}").masthead
    assert masthead.dateline
    assert masthead.dateline.value == "PORT ALDER"


def test_a_station_signs_its_own_report() -> None:
    found = article(f"PORT ALDER, Ohio (WXYZ) – {STORY[0]}")
    assert found.outlet == "WXYZ"
    assert found.masthead.credits == ()


def test_an_agency_that_publishes_itself_is_no_supplier() -> None:
    assert article(f"PORT ALDER (Reuters) - {STORY[0]}", outlet="Reuters").masthead.credits == ()
    assert article(f"PORT ALDER (Reuters) - {STORY[0]}", outlet="Alder Bugle").masthead.credits != ()


@pytest.mark.parametrize(
    ("line", "outlet", "role"),
    [
        ("The Associated Press contributed to this report.", "The Associated Press", "contributed"),
        (
            "Jo Doe, Lee Park and the Associated Press contributed to this report.",
            "The Associated Press",
            "contributed",
        ),
        ("With files from Reuters", "Reuters", "contributed"),
        ("Copyright 2021 The Associated Press. All rights reserved.", "The Associated Press", "copy"),
        ("By Jo Doe, Associated Press", "The Associated Press", "copy"),
        ("(AP Photo/Lee Park)", "The Associated Press", "photo"),
    ],
)
def test_credits_name_the_supplier(line: str, outlet: str, role: str) -> None:
    found = article(*STORY, line, outlet="Alder Bugle")
    assert [(c.outlet, c.role) for c in found.masthead.credits] == [(outlet, role)]
    assert found.masthead.credits[0].span.of(found.text) in line


def test_outlet_from_its_own_furniture() -> None:
    plug = article(*STORY, "CLICK HERE FOR THE ALDER NEWS APP", *STORY).masthead.outlet
    assert plug
    assert plug.value == "Alder News"
    writer = article(
        *STORY, "Jo Doe is the senior reporter for Alder Times and a former sailor."
    ).masthead.outlet
    assert writer
    assert writer.value == "Alder Times"
    address = article(*STORY, url="https://www.bugle.example/a").masthead.outlet
    assert address
    assert (address.value, address.span) == ("bugle.example", None)
    assert article(*STORY).outlet is None


def test_byline_dates_and_notes() -> None:
    found = article(
        "By Jo Doe and Lee Park", "Posted: Friday, July 17, 2015 2:26 PM EDT Updated: Tuesday, July 21, 2015", *STORY,
        "CORRECTION: An earlier version of this story misstated the number of people hurt.",
    )  # fmt: skip
    masthead = found.masthead
    assert masthead.byline
    assert masthead.byline.value == "Jo Doe and Lee Park"
    assert masthead.published
    assert masthead.published.value == "2015-07-17"
    assert masthead.modified
    assert masthead.modified.value == "2015-07-21"
    assert [s.of(found.text)[:10] for s in masthead.notes] == ["CORRECTION"]


def test_a_date_in_the_story_is_no_date_of_the_story() -> None:
    lines = (
        "A letter published on January 17, 2015 spoke of the pier.",
        "The date of Oct. 4, 2016 was set for the hearing.",
    )
    assert article(*lines, *STORY).published is None
    assert article("Updated: Oct 24, 2016 - 1:58 PM", *STORY).published is None


def test_given_metadata_is_not_read_again() -> None:
    report = Report(
        id="r", text="By Jo Doe\n\n" + STORY[0], byline="Ada Moss", outlet="Bugle", published="2020-01-01"
    )
    (found,) = clean([report])
    assert (found.masthead.byline, found.masthead.outlet, found.masthead.published) == (None, None, None)
    assert (found.outlet, found.published) == ("Bugle", "2020-01-01")


_LINES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from([*STORY, "Photo: A / B", "Image 1 of 2", "By A B", "SHARE", "© x", "(AP)"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(_LINES, st.sampled_from(["\n", "\n\n", " ", "\r\n"]))
def test_spans_are_in_order_apart_and_inside_the_text(lines: list[str], between: str) -> None:
    """Marks lie inside the text, in order, never overlapping, and the text is the report's own."""
    text = between.join(lines)
    (found,) = clean([Report(id="r", text=text)])
    at = 0
    assert found.text == text
    for f in found.boilerplate:
        assert at <= f.span.start < f.span.end <= len(text)
        at = f.span.end
    for credit in found.masthead.credits:
        assert credit.span.of(text)


@pytest.mark.parametrize(
    "line",
    [
        "a" * 500_000,
        "By A " * 50_000,
        "Photo: " * 60_000,
        "(" * 200_000,
        "Image 1 of 2 " * 20_000,
        "A. " * 100_000,
        "Jo Doe " * 40_000 + "contributed",
    ],
)
def test_long_lines_take_no_longer_than_they_should(line: str) -> None:
    began = time.monotonic()
    article(line, *STORY)
    assert time.monotonic() - began < 5


def test_reports_of_the_world_keep_their_evidence(shared: Path) -> None:
    """In incidents read by people, what they quote as evidence is not marked, and most of what they call furniture is."""
    hit = total = words = lost = 0
    for path in sorted((shared / "data" / "accounts").glob("*.input.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        articles = {
            a.id: a
            for a in clean(
                [Report(id=r["id"], text=r["text"], outlet=r.get("outlet"), url=r.get("url")) for r in rows]
            )
        }
        spans = {i: [(f.span.start, f.span.end) for f in a.boilerplate] for i, a in articles.items()}
        for gold in sorted(path.parent.glob(path.name.replace("input.jsonl", "gold_?.json"))):
            read = json.loads(gold.read_text(encoding="utf-8"))
            for b in read.get("boilerplate", []):
                at = articles[b["report"]].text.find(b["quote"])
                inside = sum(max(0, min(e, at + len(b["quote"])) - max(s, at)) for s, e in spans[b["report"]])
                total, hit = total + 1, hit + (at >= 0 and inside >= 0.75 * len(b["quote"]))
            for s in read["statements"]:
                at = articles[s["report"]].text.find(s["quote"])
                words += len(s["quote"]) if at >= 0 else 0
                lost += (
                    sum(max(0, min(e, at + len(s["quote"])) - max(b, at)) for b, e in spans[s["report"]])
                    if at >= 0
                    else 0
                )
    assert hit / total >= 0.70
    assert lost / words <= 0.003


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        (
            "Image 1 of 3 [ ] Hide Caption [ ] Show Caption The bridge fell.",
            ["[ ] Hide Caption", "[ ] Show Caption"],
        ),
        ("The man is in custody. View Full Caption HPD", ["View Full Caption"]),
        ("The bridge is old. Last updated at 17: 50 GMT The council met.", ["Last updated at 17: 50 GMT"]),
        ('UPDATE 11/28 12:45 p.m.: "We mourn," the mayor said.', ["UPDATE 11/28 12:45 p.m.:"]),
        ("UPDATE: Police say a man is in custody.", ["UPDATE:"]),
        (
            "News ReleaseFOR IMMEDIATE RELEASEOctober 02, 2016 Officers met a man.",
            ["News ReleaseFOR IMMEDIATE RELEASEOctober 02, 2016"],
        ),
        ("She last updated her will at noon.", []),
        ("An update of 5 p.m.: nobody was hurt.", []),
        ("The editor told them to hide captions that named him.", []),
    ],
)
def test_switches_stamps_and_labels_inside_a_line(line: str, marked: list[str]) -> None:
    (article,) = clean(
        [Report("r", f"The bridge at Aldona fell on Monday.\n\n{line}\n\nNobody was hurt there.")]
    )
    found = [f.span.of(article.text) for f in article.boilerplate]
    assert [f for f in found if not f.startswith("Image")] == marked
