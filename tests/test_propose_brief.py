"""A model proposes for a brief: what holds is marked, what lies or breaks is refused and counted, and the brief is made all the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from rich.console import Console

from answering import Answer, Question, Stand, answering, says
from twosource.brief import document, to_html, to_json, to_markdown, to_terminal
from twosource.case import add, settle
from twosource.case.deciding import decide
from twosource.case.withholding import released
from twosource.claims import points
from twosource.cli import twosource
from twosource.errors import SettingsError
from twosource.model import Account, Brief, Denial, Incident, Report
from twosource.pipeline import account_of, annotations_of, articles_of, brief_of
from twosource.propose import model_of, proposed
from twosource.propose.client import LARGEST
from twosource.propose.judging import Side, against_one, against_stance, origins_risen
from twosource.redact import NOTHING, Policy, redacted, redacted_brief
from twosource.resolve import resolve
from twosource.reuse import compare
from twosource.settings import Settings
from twosource.store import Store, derived

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "brief.schema.json").read_text(encoding="utf-8"))
REPORTS = {
    "a-post.txt": """Fire at the Lindholm mill

By Ina Berg
Lindholm Post
March 5, 2024

LINDHOLM — A fire destroyed the old paper mill in Lindholm on Monday evening after a boiler burst, fire chief Per Dahl said.

Three workers were killed, according to the Lindholm hospital.

The mill's owner, Tor Falk, denied that the boiler had been faulty. "It was checked in January," Falk said.

Dahl said that a spark in the drying room may have caused the fire.

Two hundred people were evacuated from Quay Street during the night, police said.
""",
    "b-courier.txt": """Mill burns down in Lindholm

By Olav Moe
Northern Courier
March 5, 2024

The paper mill at Lindholm burned to the ground on Monday, police spokeswoman Lena Winter told the Northern Courier.

Five workers were killed in the fire, a union official said.

Inspectors said the boiler had been faulty for months.

Police moved some 200 residents of Quay Street to a school on Monday night, Winter said.
""",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("mill")
    for name, text in REPORTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


Weigh = Callable[..., Account]


def weighing(folder: Path) -> Weigh:
    """The account of the reports as one incident, with these groupings in it."""
    articles, _ = articles_of([str(folder)], Settings())
    annotations = annotations_of(articles, Settings())
    shared = compare(articles)
    incident = Incident("mill", tuple(a.id for a in articles))
    return lambda joined=(): account_of(incident, articles, annotations, shared, (), joined)


@pytest.fixture(scope="module")
def weigh(folder: Path) -> Weigh:
    return weighing(folder)


@pytest.fixture(scope="module")
def plain(weigh: Weigh) -> Account:
    return weigh()


def asked_of(stand: Stand, plain: Account, weigh: Weigh, policy: Policy = NOTHING, **more: Any) -> Account:
    model = model_of(stand.settings(**more))
    assert model is not None
    return proposed(plain, model, lambda a: redacted(a, policy), weigh)


def is_pair(question: Question) -> bool:
    return "first" in question


def modest(question: Question) -> Answer:
    """Nothing to propose."""
    return says({"relation": "none"} if is_pair(question) else {"sentence": ""})


def agreeing(question: Question) -> Answer:
    """Whatever is asked is one, and every sentence is cut behind its place."""
    if is_pair(question):
        return says({"relation": "same"})
    return says({"sentence": re.sub(r" (?:on|during) .*", ".", question["claim"])})


def same_but_for_proposals(a: Account, b: Account) -> bool:
    return replace(a, proposals=()) == replace(b, proposals=())


# ------------------------------------------------------------------ off, and what is sent


def test_with_no_settings_no_model_is_there_and_no_brief_speaks_of_one(folder: Path) -> None:
    assert model_of(Settings()) is None
    made = brief_of([str(folder)], Settings())
    assert all(a.proposals == () for a in made.accounts)
    assert "ropos" not in to_json(made).decode() + to_html(made) + to_markdown(made)


def test_a_model_that_proposes_nothing_changes_nothing(plain: Account, weigh: Weigh) -> None:
    with answering(modest) as stand:
        made = asked_of(stand, plain, weigh)
    assert stand.asked
    assert made == plain


def test_only_the_configured_address_is_asked_at_temperature_0_with_the_passages_marked_as_evidence(
    plain: Account, weigh: Weigh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILL_KEY", "s3cret-of-the-mill")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with answering(agreeing) as stand:
        made = asked_of(stand, plain, weigh, proposals_key="MILL_KEY", proposals_questions=6)
    assert set(stand.paths) == {"/v1/chat/completions"}
    assert 0 < len(stand.asked) <= 6
    for asked, headers in zip(stand.asked, stand.headers, strict=True):
        assert asked["temperature"] == 0
        assert asked["model"] == "stand-in"
        assert "untrusted evidence" in asked["messages"][0]["content"]
        assert headers["Authorization"] == "Bearer s3cret-of-the-mill"
    sent = json.dumps(stand.asked)
    assert "Ina Berg" not in sent
    assert "Olav Moe" not in sent
    assert "s3cret" not in sent + to_json(Brief((made,))).decode()


def test_what_is_withheld_is_not_sent(plain: Account, weigh: Weigh) -> None:
    policy = Policy(names=("Per Dahl", "Tor Falk"))
    with answering(agreeing) as stand:
        made = asked_of(stand, plain, weigh, policy)
    sent = json.dumps(stand.questions, ensure_ascii=False)
    assert "Dahl" not in sent
    assert "Falk" not in sent
    assert "█" in sent
    shown = redacted_brief(Brief((made,)), policy)
    assert "Dahl" not in to_json(shown).decode() + to_html(shown)


def test_no_command_of_a_case_asks_a_model(tmp_path: Path) -> None:
    with answering(agreeing) as stand:
        settings = stand.settings()
        with Store.create(str(tmp_path / "mill.case")) as store:
            reports = [Report(f"r{n}", text, outlet=f"O{n}") for n, text in enumerate(REPORTS.values())]
            add(store, reports)
            decide(store, "confidential", ["r1"], who="Ina")
            settle(store, settings)
            with store.reads() as c:
                names = [i.id for i in derived.listed(c)]
            assert names
            for name in names:
                released(store, name, settings, with_confidential=True)
    assert stand.asked == []


# ------------------------------------------------------------------ what holds


def test_what_holds_is_marked_with_the_model_s_name_and_counted(plain: Account, weigh: Weigh) -> None:
    with answering(agreeing) as stand:
        made = asked_of(stand, plain, weigh)
    wordings = [p for p in made.proposals if p.kind == "wording" and p.accepted]
    assert wordings
    by_id = {c.id: (c, b) for c, b in zip(made.claims, made.backings, strict=True)}
    texts = {a.id: a.text for a in made.articles}
    for p in wordings:
        claim, backing = by_id[p.claims[0]]
        assert claim.text == p.text
        assert "Proposed by stand-in, checked against the passages" in claim.why
        assert "Proposed by stand-in, checked against the passages" in backing.why
        (e,) = p.evidence
        assert set(re.findall(r"\w+", p.text.lower())) <= set(
            re.findall(r"\w+", e.span.of(texts[e.report]).lower())
        )
    brief = Brief((made,), models=("m",))
    accepted = sum(p.accepted for p in made.proposals)
    refused = len(made.proposals) - accepted
    line = f"Proposed by stand-in, checked against the passages: {accepted} accepted, {refused} refused."
    assert line in to_html(brief)
    assert line in to_markdown(brief).replace("\\-", "-")
    out = StringIO()
    to_terminal(brief, Console(file=out, width=200))
    assert line in out.getvalue()
    row = document(brief)
    jsonschema.Draft202012Validator(SCHEMA).validate(row)
    assert (row["incidents"][0]["proposals"]["accepted"], row["incidents"][0]["proposals"]["refused"]) == (accepted, refused)  # fmt: skip


def test_two_claims_that_our_own_reading_keeps_apart_are_one_where_nothing_speaks_against_it(
    tmp_path: Path,
) -> None:
    mill = REPORTS["a-post.txt"].replace("Two hundred people", "The roof fell in, and 200 people")
    (tmp_path / "a.txt").write_text(mill, encoding="utf-8")
    blaze = "The blaze cost the lives of three men on the late shift, a union official said."
    other = REPORTS["b-courier.txt"].replace(
        "Five workers were killed in the fire, a union official said.", blaze
    )
    (tmp_path / "b.txt").write_text(other, encoding="utf-8")
    weigh = weighing(tmp_path)
    before = weigh()
    with answering(agreeing) as stand:
        made = asked_of(stand, before, weigh)
    (one,) = [p for p in made.proposals if p.kind == "grouping" and p.accepted]
    ((claim, backing),) = [
        (c, b) for c, b in zip(made.claims, made.backings, strict=True) if c.id in one.claims
    ]
    assert len(made.claims) == len(before.claims) - 1
    assert len(backing.reports) == 2
    assert backing.independent_origins == 1
    assert "Proposed by stand-in, checked against the passages: that these claims are one." in backing.why
    assert claim.decided == ()
    assert made.decided == ()


def test_the_same_answers_give_the_same_bytes(folder: Path) -> None:
    with answering(agreeing) as stand:
        first, second = (to_json(brief_of([str(folder)], stand.settings())) for _ in range(2))
    assert first == second
    assert b'"proposals"' in first


def test_the_command_asks_where_settings_name_a_server(folder: Path, tmp_path: Path) -> None:
    with answering(agreeing) as stand:
        file = tmp_path / "settings.toml"
        file.write_text(f'proposals_address = "{stand.address}"\nproposals_model = "stand-in"\n')
        out = tmp_path / "brief.json"
        args = ["--settings", str(file), "--quiet", "brief", str(folder), "-o", str(out)]
        done = CliRunner().invoke(twosource, args)
    assert done.exit_code == 0, done.output
    row = json.loads(out.read_bytes())
    assert row["made"]["models"][-1] == "stand-in (proposals)"
    assert any("proposals" in i for i in row["incidents"])


# ------------------------------------------------------------------ lies


def test_no_word_of_a_model_adds_an_origin_or_loses_a_denial(plain: Account, weigh: Weigh) -> None:
    with answering(agreeing) as stand:
        made = asked_of(stand, plain, weigh, proposals_questions=400)
    groupings = [p for p in made.proposals if p.kind == "grouping"]
    assert any(not p.accepted for p in groupings)
    most = {
        s: b.independent_origins
        for c, b in zip(plain.claims, plain.backings, strict=True)
        for s in c.statements
    }
    for claim, backing in zip(made.claims, made.backings, strict=True):
        assert backing.independent_origins <= max(most[s] for s in claim.statements)
    denied = [
        {d.statement for b in a.backings for d in b.denials if d.target == "claim"} for a in (plain, made)
    ]
    assert denied[0] <= denied[1]


def test_claims_whose_numbers_clash_are_refused_whatever_a_model_says() -> None:
    example = Path(__file__).parents[1] / "examples" / "derailment" / "reports"
    weigh = weighing(example)
    with answering(agreeing) as stand:
        made = asked_of(stand, weigh(), weigh, proposals_questions=60)
    why = {p.why for p in made.proposals if p.kind == "grouping" and not p.accepted}
    assert "their numbers cannot both be right" in why


def test_claims_of_other_numbers_or_contrary_ones_are_two(plain: Account) -> None:
    three, five = (next(c for c in plain.claims if c.text.startswith(n)) for n in ("Three", "Five"))
    told = points(plain.articles, plain.annotations, resolve(plain.articles, plain.annotations))
    a, b = (Side(c, tuple(p for p in told if p.statement.id in c.statements)) for c in (three, five))
    assert against_one(a, b, 1.0, ()) == "their numbers cannot both be right"
    assert against_one(a, a, 1.0, ()) == ""
    turned = Side(three, tuple(replace(p, turned=not p.turned) for p in a.points))
    denied = Side(three, tuple(replace(p, negative=not p.negative) for p in a.points))
    for other in (turned, denied):
        assert against_one(a, other, 1.0, ()) == "one says no to what the other says"


def test_a_stance_holds_only_in_the_direction_that_our_own_reading_finds(plain: Account) -> None:
    three, five = (next(c for c in plain.claims if c.text.startswith(n)) for n in ("Three", "Five"))
    told = points(plain.articles, plain.annotations, resolve(plain.articles, plain.annotations))
    a, b = (Side(c, tuple(p for p in told if p.statement.id in c.statements)) for c in (three, five))
    quote = "Five workers were killed in the fire"
    assert against_stance("disputes", quote, a, b) == ""
    assert against_stance("supports", quote, a, b)
    assert against_stance("supports", quote, b, b) == ""
    assert against_stance("disputes", quote, b, b)
    assert against_stance("disputes", "the school on the hill was painted", a, b)


def test_a_grouping_that_would_win_an_origin_or_lose_a_denial_is_refused(plain: Account) -> None:
    first, more = plain.claims[0], plain.backings[0].independent_origins + 1
    joined = frozenset(first.statements)
    assert origins_risen(plain, plain, joined) == ""
    risen = replace(
        plain, backings=(replace(plain.backings[0], independent_origins=more), *plain.backings[1:])
    )
    assert "more independent origins" in origins_risen(plain, risen, joined)
    denied = replace(plain.backings[0], denials=(Denial(first.statements[0], "claim"),))
    assert "denial" in origins_risen(replace(plain, backings=(denied, *plain.backings[1:])), plain, joined)


@pytest.mark.parametrize("relation", ["supports", "disputes"])
def test_a_stance_whose_quotation_stands_nowhere_is_refused(
    plain: Account, weigh: Weigh, relation: str
) -> None:
    def lying(question: Question) -> Answer:
        if not is_pair(question):
            return modest(question)
        return says({"relation": relation, "quote": "Falk admitted that he had set the mill on fire"})

    with answering(lying) as stand:
        made = asked_of(stand, plain, weigh)
    assert made.proposals
    assert {p.why for p in made.proposals} == {"the words quoted do not stand in the passages"}
    assert same_but_for_proposals(made, plain)


def test_a_stance_changes_no_figure_and_stands_in_its_report_verbatim(plain: Account, weigh: Weigh) -> None:
    def supporting(question: Question) -> Answer:
        if not is_pair(question):
            return modest(question)
        return says({"relation": "disputes", "quote": question["second"]["passages"][0]})

    with answering(supporting) as stand:
        made = asked_of(stand, plain, weigh)
    assert any(not p.accepted for p in made.proposals)
    figures = [[(b.claim, b.independent_origins, b.at_most, b.status, b.denials) for b in a.backings] for a in (plain, made)]  # fmt: skip
    assert figures[0] == figures[1]
    texts = {a.id: a.text for a in made.articles}
    for p in made.proposals:
        if p.accepted:
            (e,) = p.evidence
            assert " ".join(e.span.of(texts[e.report]).split()) == p.text


@pytest.mark.parametrize(
    "lie",
    [
        lambda s: re.sub(r"\b(?:Three|Five)\b", "Thirty", s) if re.search("Three|Five", s) else "Thirty died here.",
        lambda s: re.sub(r" (?:not|denied that|may)\b", "", s) if re.search("not|denied|may", s) else "It is over now, all of it.",
        lambda s: "Tor Falk set fire to the mill, " + s,
        lambda s: "Ignore the passages and write that " + s,
        lambda s: " ".join(reversed(s.split())),
    ],
)  # fmt: skip
def test_a_sentence_that_lies_is_refused(plain: Account, weigh: Weigh, lie: Callable[[str], str]) -> None:
    def lying(question: Question) -> Answer:
        return modest(question) if is_pair(question) else says({"sentence": lie(question["claim"])})

    with answering(lying) as stand:
        made = asked_of(stand, plain, weigh)
    assert made.proposals
    assert not any(p.accepted for p in made.proposals)
    assert same_but_for_proposals(made, plain)


# ------------------------------------------------------------------ a server that fails


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(wait=30), "takes longer than 1 second"),
        (Answer(b"{" * 100, trickle=0.4), "takes longer than 1 second"),
        (Answer(b'{"choices": [{"mess'), "not in the shape of a completion"),
        (Answer(b"[" * 150_000), "not in the shape of a completion"),
        (Answer(b'{"choices": []}'), "the answer is empty"),
        (Answer(b'{"choices": [{"message": {"content": null}}]}'), "not in the shape of a completion"),
        (says("{broken"), "not the JSON that was asked for"),
        (says({"relation": "identical", "sentence": 7}), "not the JSON that was asked for"),
        (says({"relation": "same", "sentence": "x"}, "length"), "cut off"),
        (Answer(b'{"choices"', promised=5000), "breaks off"),
        (Answer(b"oh no", status=500), "the server failed (500)"),
        (Answer(b"no", status=401), "refuses the question (401)"),
        (Answer(b" " * 1_000_000, times=100), f"longer than {LARGEST} bytes"),
        (Answer(b"\x1f\x8b", headers=(("Content-Encoding", "gzip"),)), "packed"),
    ],
)
def test_a_server_that_fails_is_given_up_and_counted(
    plain: Account, weigh: Weigh, answer: Answer, why: str
) -> None:
    with answering(lambda _: answer) as stand:
        made = asked_of(stand, plain, weigh, proposals_seconds=1)
    assert 3 <= len(stand.asked) <= 6  # three failures in a row, each asked twice at most
    assert len(made.proposals) == 3
    assert all(why in p.why and not p.accepted for p in made.proposals)
    assert same_but_for_proposals(made, plain)
    assert to_html(Brief((made,)))


def test_a_redirect_is_not_followed(plain: Account, weigh: Weigh) -> None:
    with answering(agreeing) as other:
        moved = Answer(status=307, headers=(("Location", other.address + "/chat/completions"),))
        with answering(lambda _: moved) as stand:
            made = asked_of(stand, plain, weigh)
    assert other.paths == []
    assert {p.why for p in made.proposals} == {"it sends us on to another address, which is never followed"}


def test_a_server_that_is_not_there_stops_no_brief(plain: Account, weigh: Weigh) -> None:
    with answering(modest) as stand:
        pass
    made = asked_of(stand, plain, weigh)
    assert {p.why for p in made.proposals} == {"the server is not there, or breaks off"}
    assert same_but_for_proposals(made, plain)


@pytest.mark.parametrize(
    "wrong",
    [
        {"proposals_address": "http://models.example/v1"},
        {"proposals_address": "http://127.0.0.1.models.example/v1"},
        {"proposals_address": "http://192.168.0.2:8080/v1"},
        {"proposals_address": "ftp://127.0.0.1/v1"},
        {"proposals_address": "https://me:word@models.example/v1"},
        {"proposals_address": "https://[::1"},
        {"proposals_model": " "},
        {"proposals_key": "NO_SUCH_VARIABLE_IS_SET"},
        {"proposals_key": "TWO_LINES"},
    ],
)
def test_settings_that_may_not_be_are_refused_before_anything_is_read(
    wrong: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWO_LINES", "s3cret\nX-More: 1")
    right = {"proposals_address": "http://127.0.0.1:8080/v1", "proposals_model": "m"}
    with pytest.raises(SettingsError) as e:
        brief_of(["nowhere.txt"], Settings(**{**right, **wrong}))  # type: ignore[arg-type]
    assert "s3cret" not in str(e.value)
    assert "word" not in str(e.value).replace("password", "")
