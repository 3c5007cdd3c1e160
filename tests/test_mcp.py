"""A case as tools, driven by the protocol's own client: every answer has its passages and its origins, and nothing that is withheld."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from twosource.case import add, settle
from twosource.case.deciding import decide
from twosource.case.withholding import released
from twosource.mcp.desk import Desk
from twosource.mcp.server import served
from twosource.model import Report
from twosource.read import read
from twosource.settings import Settings
from twosource.store import Store

EXAMPLE = Path(__file__).parents[1] / "examples" / "derailment" / "reports"
Row = dict[str, Any]
Ask = Callable[..., Row]


@pytest.fixture(scope="module")
def name(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The bundled example as a case."""
    path = str(tmp_path_factory.mktemp("mcp") / "a.case")
    with Store.create(path) as store:
        add(store, [r for r in read([str(EXAMPLE)], Settings()) if isinstance(r, Report)])
        settle(store, Settings())
    return path


@pytest.fixture(scope="module")
def store(name: str) -> Iterator[Store]:
    with Store.open(name) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {r.id: r.text for r in read([str(EXAMPLE)], Settings()) if isinstance(r, Report)}


def talk(server: Any, what: Callable[[Client], Awaitable[Any]]) -> Any:
    """What is said with a client of that server."""

    async def said() -> Any:
        async with Client(server) as client:
            return await what(client)

    return anyio.run(said)


def asked(server: Any, tool: str, **values: Any) -> Row:
    """The answer of a tool."""

    async def call(client: Client) -> Row:
        result = await client.call_tool(tool, values)
        assert not result.is_error, result.content
        assert isinstance(result.structured_content, dict)
        return result.structured_content

    found: Row = talk(server, call)
    return found


def refused(server: Any, tool: str, **values: Any) -> str:
    """The words with which a tool refuses."""

    async def call(client: Client) -> str:
        result = await client.call_tool(tool, values)
        assert result.is_error
        return str(result.content[0].text)  # type: ignore[union-attr]

    return str(talk(server, call))


def passages(value: Any) -> Iterator[Row]:
    """Every passage in an answer."""
    if isinstance(value, dict):
        if {"report", "start", "end", "text"} <= value.keys():
            yield value
        for v in value.values():
            yield from passages(v)
    elif isinstance(value, list):
        for v in value:
            yield from passages(v)


def test_a_program_that_speaks_the_protocol_is_answered(name: str) -> None:
    command = StdioServerParameters(command=sys.executable, args=["-m", "twosource", "mcp", name])

    async def both(client: Client) -> tuple[set[str], Row]:
        tools = await client.list_tools()
        assert all(t.annotations is not None and t.annotations.read_only_hint for t in tools.tools)
        result = await client.call_tool("incidents", {})
        assert isinstance(result.structured_content, dict)
        return {t.name for t in tools.tools}, result.structured_content

    names, found = talk(command, both)
    assert names == {"search", "incidents", "incident", "claim", "check"}
    (incident,) = found["incidents"]
    assert incident["reports"] == len(list(EXAMPLE.iterdir()))


def test_every_passage_is_in_its_report(store: Store, texts: dict[str, str]) -> None:
    server = served(Desk(store, Settings()))
    (row,) = asked(server, "incidents")["incidents"]
    account = asked(server, "incident", id=row["incident"])
    claims = [asked(server, "claim", incident=row["incident"], id=c["claim"]) for c in account["claims"][:5]]
    found = [*passages(account), *passages(claims)]
    assert len(found) > 20
    for p in found:
        assert texts[p["report"]][p["start"] : p["end"]].startswith(p["text"])


def test_claims_come_with_their_origins_and_what_answers_them(store: Store) -> None:
    server = served(Desk(store, Settings()))
    (row,) = asked(server, "incidents")["incidents"]
    account = asked(server, "incident", id=row["incident"], most=50)
    for short in account["claims"]:
        assert short["passages"]
        assert short["why"]
        assert short["independent_origins"] <= short["at_most"]
        whole = asked(server, "claim", incident=row["incident"], id=short["claim"])
        assert (whole["response"] is None) == bool(whole["denials"])
        assert all(o["passages"] for o in whole["origins"])
    assert any(c["denied"] for c in account["claims"])


def test_search_finds_words_and_counts_origins(store: Store) -> None:
    server = served(Desk(store, Settings()))
    found = asked(server, "search", words="train", most=50)["found"]
    assert {h["noun"] for h in found} >= {"report", "claim"}
    assert all("independent_origins" in h and h["passages"] for h in found if h["noun"] == "claim")


def test_a_claim_is_held_against_the_nearest_incident(store: Store, texts: dict[str, str]) -> None:
    server = served(Desk(store, Settings()))
    (row,) = asked(server, "incidents")["incidents"]
    central = asked(server, "incident", id=row["incident"])["central_claim"]
    text = asked(server, "claim", incident=row["incident"], id=central)["text"]
    for found in (
        asked(server, "check", text=text),
        asked(server, "check", text=text, incident=row["incident"]),
    ):
        (held,) = found["incidents"]
        assert any(r["stance"] == "agree" for r in held["reports"])
        assert central in {c["claim"] for c in held["claims"]}
        assert all(texts[p["report"]][p["start"] : p["end"]] == p["text"] for p in passages(held["reports"]))


def test_what_cannot_be_answered_is_refused_in_words(store: Store) -> None:
    server = served(Desk(store, Settings()))
    assert "no incident 'i0'" in refused(server, "incident", id="i0")
    (row,) = asked(server, "incidents")["incidents"]
    assert "no claim 'c0'" in refused(server, "claim", incident=row["incident"], id="c0")
    assert "kind knows" in refused(server, "search", words="train", kind="poem")
    assert refused(server, "incident", id=row["incident"], most=10_000)
    assert refused(server, "search")


def everything(server: Any, incident: str) -> str:
    """All that the tools tell of an incident."""
    account = asked(server, "incident", id=incident, most=50)
    claims = [asked(server, "claim", incident=incident, id=c["claim"]) for c in account["claims"]]
    found = [asked(server, "search", words=w, most=50) for w in ("train", "police", "rail")]
    checked = asked(server, "check", text="The train was going too fast")
    return json.dumps([asked(server, "incidents"), account, claims, found, checked])


def test_nothing_withheld_is_in_any_answer(tmp_path: Path) -> None:
    with Store.create(str(tmp_path / "b.case")) as store:
        add(store, [r for r in read([str(EXAMPLE)], Settings()) if isinstance(r, Report)])
        settle(store, Settings())
        server = served(Desk(store, Settings()))
        (row,) = asked(server, "incidents")["incidents"]
        made = released(store, row["incident"], Settings())
        assert made is not None
        person = next(a.name for a in made.account.actors if a.kind == "person")
        secret = made.account.backings[0].reports[0]
        before = everything(server, row["incident"])
        assert person in before
        assert secret in before
        decide(store, "redact", [], who="ana", value=person)
        decide(store, "confidential", [secret], who="ana")
        settle(store, Settings())
        after = everything(server, row["incident"])
        assert person not in after
        assert secret not in after
        assert asked(server, "search", words=person)["found"] == []
