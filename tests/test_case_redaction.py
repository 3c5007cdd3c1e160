"""What a case withholds is in no output and found by no search; confidential reports leave it in no form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from test_case_settle import SETTINGS
from twosource.brief import to_html, to_json, to_markdown, to_terminal
from twosource.case import account_in, add, settle
from twosource.case.deciding import decide
from twosource.case.reviewing import waiting
from twosource.case.searching import look
from twosource.case.showing import row_of
from twosource.case.watching import _to_tell
from twosource.case.withholding import confidential, mask_of, released
from twosource.cli import twosource
from twosource.errors import UsageError
from twosource.model import Account, Brief, Refusal, Report
from twosource.pipeline import brief_of
from twosource.redact import Mask, Policy, policy_from, redacted, redacted_brief, suggest
from twosource.store import Store, derived, evidence
from twosource.wire import line
from twosource.wire import report as row

REPORTS = [
    Report(
        "lena-ost-1",
        "Girl killed at Hallby crossing: Lena Ost\n\nHALLBY — Lena Ost, 9, was killed by a delivery van at the Mill Road crossing in Hallby on Monday, police said. "
        "Her mother, Marta Ost, said that Lena had waited for the light. Neighbours laid flowers at the Osts’ gate.",
        title="Girl killed at Hallby crossing: Lena Ost", byline="By Ina Berg", outlet="Hallby Post", published="2024-03-05",
        url="https://post.example/2024/lena-ost-9-killed", original="pages/LENA_OST.html",
    ),
    Report(
        "r2",
        "Police named the girl who died at the Mill Road crossing in Hallby as Léna Ost. The driver of the van, Tor Falk, denied that he was speeding. "
        "“Ost ran into the road,” Falk’s lawyer Per Dahl said. Hallby’s mayor Lena Winter said that the crossing would be rebuilt.",
        outlet="Hallby Gazette", published="2024-03-06", url="https://gazette.example/l%C3%A9na%20ost",
    ),
    Report(
        "r3",
        "A source in the prosecutor's office said that the van that killed Lena Ost at the Mill Road crossing in Hallby had no working brakes.",
        outlet="Hallby Post", published="2024-03-07",
    ),
]  # fmt: skip
LENA = Policy(names=("Lena Ost",))
HIDDEN = ("lena ost", "léna", "lena had", "ost’", "ost ran", "ost-", "lena_", "l%c3%a9na", "marta ost")


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with Store.create(case_name) as opened:
        add(opened, REPORTS)
        settle(opened, SETTINGS)
        yield opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    path = tmp_path_factory.mktemp("in") / "reports.jsonl"
    path.write_bytes(b"".join(line(row(r)) for r in REPORTS))
    return brief_of([str(path)], SETTINGS)


def shown(brief: Brief) -> Iterator[str]:
    """Everything that can be made of a brief."""
    yield to_json(brief).decode()
    yield to_html(brief)
    yield to_markdown(brief)
    terminal = StringIO()
    to_terminal(brief, Console(file=terminal, width=200))
    yield terminal.getvalue()


def holds(text: str, *names: str) -> list[str]:
    low = text.lower()
    return [n for n in names or HIDDEN if n in low]


def test_a_withheld_name_is_in_no_output_however_it_is_written(made: Brief) -> None:
    assert all(holds(s, "lena ost") for s in shown(made))
    safe = redacted_brief(
        replace(made, refused=(Refusal("x/lena-ost.txt", "Lena Ost's page is empty"),)), LENA
    )
    for said in shown(safe):
        assert holds(said) == []
        assert "Falk" in said
    assert "Lena Winter" in to_html(safe)  # another Lena, whose full name says so


def test_offsets_hold_since_every_text_keeps_its_length(made: Brief) -> None:
    (account,) = made.accounts
    safe = redacted(account, LENA)
    for a, b in zip(account.articles, safe.articles, strict=True):
        assert len(a.text) == len(b.text)
        assert [i for i, (x, y) in enumerate(zip(a.text, b.text, strict=True)) if x != y] == [
            i for i, y in enumerate(b.text) if y == "█"
        ]
    ids = {a.id for a in safe.articles}
    assert {s.report for s in safe.statements} <= ids
    assert {e.report for x in safe.actors for e in x.mentions} <= ids
    assert not any("ost" in i for i in ids)
    assert redacted(account, LENA) == safe
    assert redacted(account, Policy()) is account
    assert redacted(account, Policy(names=("Nobody Here",))) == account


def test_every_word_of_every_record_is_covered_but_for_what_is_listed_as_none(made: Brief) -> None:
    """With the whole alphabet withheld, what is left is ids, dates and kinds: a new field cannot slip through."""
    (account,) = made.accounts
    safe = redacted(account, Policy(patterns=("[^█]",)))
    made_up = [a.id for a in safe.articles]
    left = {
        (kind, name)
        for kind, name, value in _texts(safe)
        if any(ch.isalnum() for ch in _without(value, made_up))
    }
    assert {name for _, name in left} <= set(
        "id report reports statement statements claim central kind relation type edtf value when published modified pos tag dep form stance certainty mode "
        "register basis status event target nature feature unit role source language sha256 media_type affiliations maybe within a b older decision supports "
        "against neutral".split()
    )
    values = {(kind, name) for kind, name in left if name in ("value", "role", "source")}
    assert values <= {
        ("When", "value"),
        ("Quantity", "role"),
        ("Relation", "role"),
        ("Credit", "role"),
        ("Grade", "source"),
    }


def _without(value: str, ids: list[str]) -> str:
    for i in ids:
        value = value.replace(i, "")
    return value


def _texts(record: Any) -> Iterator[tuple[str, str, str]]:
    for f in fields(record):
        for value in (
            getattr(record, f.name)
            if isinstance(getattr(record, f.name), tuple)
            else [getattr(record, f.name)]
        ):
            if isinstance(value, str):
                yield type(record).__name__, f.name, value
            elif is_dataclass(value):
                yield from _texts(value)


@given(
    before=st.text(max_size=20), after=st.text(max_size=20),
    way=st.sampled_from(["Lena Ost", "LENA OST", "lena ost", "Lena\nOst", "Lena-Ost", "lena_ost", "Le\u00adna Ost", "Léna Ost", "Le\u0301na Ost", "LenaOst", "Ｌena Ost"]),
)  # fmt: skip
def test_a_name_is_found_in_every_way_of_writing_it(before: str, after: str, way: str) -> None:
    text = f"{before} {way}. {after}"
    said = Mask(["Lena Ost"]).text(text)
    assert len(said) == len(text)
    start = len(before) + 1
    assert not any(ch.isalpha() for ch in said[start : start + len(way)])


@pytest.mark.parametrize(
    ("names", "text", "said"),
    [
        (["Lena Ost"], "the host lost most of it", "the host lost most of it"),
        (["Grace Young"], "a young man and Young’s friend", "a young man and █████’s friend"),
        (["Dr. Ana de la Cruz"], "De la Cruz and Ana; dr. Cruz", "De la ████ and ███; dr. ████"),
        (["王小明"], "据说王小明在家", "据说███在家"),
        (["Lena Ost"], "the Osts met", "the ████ met"),
        (["Hart"], "Hart, hart and HART", "████, hart and ████"),
    ],
)
def test_words_are_covered_as_names_and_not_inside_others(names: list[str], text: str, said: str) -> None:
    assert Mask(names).text(text) == said


def test_addresses_are_covered_written_small_and_escaped() -> None:
    cover = Mask(["Lena Ost"])
    for url in (
        "https://a.example/lena-ost-9",
        "https://a.example/x?who=Lena%20Ost",
        "https://a.example/L%C3%A9na/%4Fst",
    ):
        assert not holds(cover.address(url), "lena", "ost", "l%c3%a9na", "%4fst"), url
        assert cover.address(url).startswith("https://a.example/")


def test_a_policy_file_is_read_or_refused_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('names = ["Lena Ost"]\npatterns = ["\\\\d{3}-\\\\d{4}"]\n', encoding="utf-8")
    assert policy_from(file) == Policy(("Lena Ost",), (r"\d{3}-\d{4}",))
    for text, why in (
        ("names = 3", "list of texts"), ("people = ['a']", "not people"), ("", "lists nothing"), ("names = [''", "no TOML"),
        ("patterns = ['(']", "regular expression"), ("patterns = ['(x+)*y']", "for ever"),
    ):  # fmt: skip
        file.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=why):
            policy_from(file)
    with pytest.raises(UsageError, match="cannot read"):
        policy_from(tmp_path / "none.toml")


def test_minors_victims_and_private_persons_are_suggested_and_never_covered_by_themselves(
    store: Store,
) -> None:
    found = {r["text"].split(" may be")[0]: r["text"] for r in waiting(store) if r["kind"] == "withhold?"}
    assert "minor" in found["Lena Ost"]
    assert not any("Winter" in name or "Dahl" in name for name in found)
    home = next(iter(_incidents(store)))
    assert "Lena Ost" in json.dumps(_stored(store, home))
    decide(store, "redact", [], who="ada", value="Lena Ost", why="she is nine")
    assert not any(r["text"].startswith("Lena Ost") for r in waiting(store))


def _incidents(store: Store) -> list[str]:
    with store.reads() as c:
        return [i.id for i in derived.listed(c)]


def _stored(store: Store, name: str) -> Any:
    with store.reads() as c:
        return derived.account(c, name)


def test_nothing_is_found_by_a_withheld_name_and_snippets_are_covered(store: Store) -> None:
    assert look(store, "Lena")
    lena = next(a["id"] for a in _stored(store, _incidents(store)[0])["actors"] if "Lena Ost" in a["aliases"])
    made = decide(store, "redact", [lena], who="ada")
    for asked in (
        "Lena",
        "lena ost",
        "Léna",
        '"Lena Ost"',
        "Ost",
        "Hallby Lena",
        "crossing -Ost",
        "Osts",
        "osting",
    ):
        assert look(store, asked) == [], asked
    hits = look(store, "crossing")
    assert {h.noun for h in hits} >= {"report", "statement"}
    assert all(holds(h.title + h.snippet, "lena ost", "léna") == [] for h in hits)
    assert all(h.snippet[s:e].lower().startswith("cross") for h in hits for s, e in h.marks)
    assert look(store, "Lena", unredacted=True)
    decide(store, "", [], who="ada", undo=made.id)
    assert look(store, "Lena")


def test_alerts_and_lists_and_pages_of_a_case_follow_its_policy(store: Store) -> None:
    decide(store, "redact", [], who="ada", value="Lena Ost")
    with store.reads() as c:
        told = _to_tell(c, derived.events_since(c, 0))
    assert told
    assert all(holds(e.text + e.record, "lena ost", "léna", "lena-") == [] for e in told)
    cover = mask_of(store)
    row_ = row_of(store, "lena-ost-1")
    assert row_ is not None
    assert holds(json.dumps(cover.rows(row_), ensure_ascii=False)) == []
    found = released(store, _incidents(store)[0], SETTINGS)
    assert found is not None
    assert all(holds(s) == [] for s in shown(Brief((found.account,))))


def test_confidential_reports_are_in_no_alert_no_file_and_no_figure_of_one(case_name: str) -> None:
    with Store.create(case_name) as store:
        add(store, REPORTS[:2])
        add(store, [replace(REPORTS[2], id="r3")], confidential="ada")
        settle(store, SETTINGS)
        (home,) = _incidents(store)
        with store.reads() as c:
            assert confidential(c) == {"r3"}
            assert _to_tell(c, derived.events_since(c, 0)) == ()
        inside = account_in(store, home, SETTINGS)
        found = released(store, home, SETTINGS)
        everything = released(store, home, SETTINGS, with_confidential=True)
        assert inside is not None
        assert found is not None
        assert everything is not None
        assert [len(a.articles) for a in (inside, found.account, everything.account)] == [3, 2, 3]
        assert (found.left_out, everything.left_out) == (1, 0)
        assert not any("brakes" in s for s in shown(Brief((found.account,))))
        alone = _only(store, ["lena-ost-1", "r2"])
        assert found.account.claims == alone.claims
        assert found.account.backings == alone.backings
        decide(store, "confidential", ["lena-ost-1", "r2"], who="ada")
        with pytest.raises(UsageError, match="all 3 reports"):
            released(store, home, SETTINGS)


def _only(store: Store, ids: list[str]) -> Account:
    with store.reads() as c:
        gone = {r.id for r in evidence.listed(c)} - set(ids)
    made = account_in(store, _incidents(store)[0], SETTINGS, without=gone)
    assert made is not None
    return made


def test_marked_on_coming_in_a_report_is_never_there_without_its_mark(tmp_path: Path) -> None:
    with Store.create(str(tmp_path / "a.case")) as store:
        seen = []

        def look_at(name: str) -> None:
            with store.reads() as c:
                seen.append(name in confidential(c))

        add(store, REPORTS, batch=1, confidential="ada", durable=look_at)
        add(store, REPORTS, confidential="ada")
        assert seen == [True, True, True]
        with store.reads() as c:
            from twosource.store.decisions import history

            assert len(history(c)) == 3


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(twosource, ["--quiet", "--jobs", "1", *map(str, words)])


def test_the_commands_withhold_and_leave_out(tmp_path: Path) -> None:
    case, lines, secret = tmp_path / "a.case", tmp_path / "in.jsonl", tmp_path / "secret.jsonl"
    lines.write_bytes(b"".join(line(row(r)) for r in REPORTS[:2]))
    secret.write_bytes(line(row(REPORTS[2])))
    run("case", "init", case)
    run("case", "add", case, lines)
    assert run("case", "add", case, secret, "--confidential").exit_code == 0
    assert (
        run("case", "redact", case, "Lena Ost", "--pattern", r"Tor \w+", "--why", "she is nine").exit_code
        == 0
    )
    (incident,) = [json.loads(x) for x in run("case", "incidents", case, "--json").stdout.splitlines()]
    for command in (
        ("reports",),
        ("incidents",),
        ("history",),
        ("show", "r2"),
        ("show", incident["id"]),
        ("search", "crossing"),
    ):
        said = run("case", command[0], case, *command[1:])
        assert said.exit_code == 0, said.output
        assert holds(said.output) == [], said.output
        assert "Tor Falk" not in said.output
    assert "Lena Ost" in run("case", "history", case, "--unredacted").output
    assert "Lena Ost" in run("case", "redact", case).output
    out = tmp_path / "out.html"
    said = run("case", "show", case, incident["id"], "-o", out)
    assert "1 confidential report left out" in said.stderr
    assert holds(out.read_text(encoding="utf-8")) == []
    assert "brakes" not in out.read_text(encoding="utf-8")
    run("case", "show", case, incident["id"], "-o", out, "--with-confidential")
    assert "brakes" in out.read_text(encoding="utf-8")
    for words, why in (
        (("show", incident["id"], "-o", out, "--unredacted"), "never holds"),
        (("show", "r3", "-o", out), "confidential"),
    ):
        assert why in str(run("case", words[0], case, *words[1:]).exception)
    listed = [json.loads(x) for x in run("case", "reports", case, "--json").stdout.splitlines()]
    assert [r["confidential"] for r in listed] == [False, False, True]
    policy = tmp_path / "policy.toml"
    policy.write_text('names = ["Lena Ost"]', encoding="utf-8")
    made = run("brief", lines, "--redact", policy, "--format", "json")
    assert made.exit_code == 0
    assert holds(made.output) == []


def test_a_person_with_an_office_is_not_called_private(made: Brief) -> None:
    assert not {"Lena Winter", "Per Dahl"} & {s.name for s in suggest(made.accounts[0])}
