"""Accounts: none needed on this machine alone; elsewhere nothing without a login, and no login without limits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from twosource.cli import twosource
from twosource.errors import UsageError
from twosource.store import Store, team
from twosource.web.gate import Gate, hashed
from twosource.web.rules import LOOPBACK, Rules
from twosource.web.serving import rules_for
from workbenches import at_work, token

PASSWORD = "a long enough password"
WHO = {"ada": "admin", "ed": "editor", "ria": "reader"}


@pytest.fixture(scope="module")
def hashes() -> dict[str, str]:
    """Made once: an argon2 hash takes a while on purpose."""
    return dict.fromkeys(WHO, hashed(PASSWORD))


@pytest.fixture
def office(sample: Path, tmp_path: Path, hashes: dict[str, str]) -> Iterator[TestClient]:
    """A workbench at which people log in."""
    path = tmp_path / "office.case"
    shutil.copy(sample, path)
    with Store.open(str(path)) as store, store.writes() as c:
        for name, role in WHO.items():
            team.put_user(c, name, role, hashes[name])
    with at_work(path, Rules(login=True)) as client:
        yield client


def come_in(client: TestClient, name: str, password: str = PASSWORD, to: str = "/") -> int:
    return client.post("/login", data={"name": name, "password": password, "to": to}).status_code


def test_nothing_is_shown_without_a_login(office: TestClient) -> None:
    for address in ("/", "/reports", "/search?q=train", "/history", "/review", "/team", "/report?id=x", "/help", "/incidents/x", "/waits", "/add"):  # fmt: skip
        answer = office.get(address)
        assert answer.status_code == 303, address
        assert answer.headers["location"].startswith("/login?to="), address
    for address in ("/api/v1/case", "/api/v1/incidents", "/api/v1/report?id=x", "/api/v1/events"):
        assert office.get(address).status_code == 401, address
    for address in ("/decide", "/add", "/team", "/password", "/logout"):
        assert office.post(address, data={"token": "x"}).status_code == 401, address
    assert "sample.case" not in office.get("/login").text
    assert office.get("/healthz").status_code == 200


def test_the_right_password_opens_and_leads_back(office: TestClient) -> None:
    assert come_in(office, "ria", to="/reports") == 303
    assert office.get("/reports").status_code == 200
    for to in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert (
            office.post("/login", data={"name": "ria", "password": PASSWORD, "to": to}).headers["location"]
            == "/"
        )


def test_a_session_is_new_after_each_login(office: TestClient) -> None:
    """Whoever planted a session in a browser has nothing once somebody logs in there."""
    planted = "a" * 43
    office.cookies.set("twosource", planted, domain="127.0.0.1")
    answer = office.post("/login", data={"name": "ed", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    first = cookie.partition("=")[2].partition(";")[0]
    assert first != planted
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Path=/"))
    office.cookies.clear()
    assert office.get("/", headers={"cookie": f"twosource={planted}"}).status_code == 303
    again = office.post(
        "/login", data={"name": "ed", "password": PASSWORD}, headers={"cookie": f"twosource={first}"}
    )
    second = again.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert second != first
    office.cookies.clear()
    assert office.get("/", headers={"cookie": f"twosource={first}"}).status_code == 303
    assert office.get("/", headers={"cookie": f"twosource={second}"}).status_code == 200


def test_logging_out_ends_the_session_for_good(office: TestClient) -> None:
    come_in(office, "ed")
    held = office.cookies.get("twosource")
    assert office.post("/logout", data={"token": token(office)}).status_code == 303
    assert office.get("/", headers={"cookie": f"twosource={held}"}).status_code == 303


def test_wrong_passwords_have_to_wait(office: TestClient) -> None:
    codes = [come_in(office, "ada", "wrong password") for _ in range(7)]
    assert codes == [401] * 5 + [429] * 2
    assert come_in(office, "ada") == 429  # even the right one
    answer = office.post("/login", data={"name": "ria", "password": PASSWORD})
    assert answer.status_code == 429  # from the same machine
    assert int(answer.headers["retry-after"]) > 200


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(office: TestClient) -> None:
    answers = [
        office.post("/login", data={"name": n, "password": "not the password"}) for n in ("ada", "nobody")
    ]
    assert {a.status_code for a in answers} == {401}
    assert len({a.text.replace("nobody", "").replace("ada", "") for a in answers}) == 1


@pytest.mark.parametrize("name", ["ada'--", "\u202e", "a" * 101, "", "ADA", "ada "])
def test_only_the_very_name_opens(office: TestClient, name: str) -> None:
    assert come_in(office, name) in (401, 429)


def test_each_role_may_do_its_part(office: TestClient) -> None:
    come_in(office, "ria")
    assert office.get("/").status_code == 200
    assert [office.get(a).status_code for a in ("/add", "/team")] == [403, 403]
    assert "Judge" not in office.get("/").text
    mine = token(office, "/")
    assert (
        office.post("/decide", data={"token": mine, "kind": "note", "id": "x", "value": "y"}).status_code
        == 403
    )
    assert office.post("/add", data={"token": mine, "text": "x"}).status_code == 403
    come_in(office, "ed")
    assert [office.get(a).status_code for a in ("/add", "/team")] == [200, 403]
    assert office.post("/team", data={"token": token(office), "do": "put-user", "name": "me", "role": "admin", "password": PASSWORD}).status_code == 403  # fmt: skip
    come_in(office, "ada")
    assert office.get("/team").status_code == 200


def test_the_audit_log_names_who_came_in_and_who_did_what(office: TestClient) -> None:
    come_in(office, "ada", "wrong password")
    come_in(office, "ada")
    office.post("/team", data={"token": token(office, "/team"), "do": "drop-user", "name": "ria"})
    with office.app.state.bench.store.reads() as c:  # type: ignore[attr-defined]
        log = [(d.who, d.did, d.about) for d in team.done(c, 10)][::-1]
    assert log == [
        ("ada", "login refused", "testclient"),
        ("ada", "login", "testclient"),
        ("ada", "drop-user", "ria"),
    ]
    assert "login refused" in office.get("/team").text


def test_somebody_stays_an_admin(office: TestClient) -> None:
    come_in(office, "ada")
    answer = office.post("/team", data={"token": token(office, "/team"), "do": "drop-user", "name": "ada"})
    assert answer.status_code == 400
    assert office.get("/team").status_code == 200


def test_a_new_password_ends_every_session(office: TestClient) -> None:
    come_in(office, "ed")
    mine = token(office)
    assert (
        office.post("/password", data={"token": mine, "old": "wrong password", "new": "x" * 12}).status_code
        == 401
    )
    mine = token(office)
    assert office.post("/password", data={"token": mine, "old": PASSWORD, "new": "short"}).status_code == 400
    come_in(office, "ed")
    answer = office.post(
        "/password", data={"token": token(office), "old": PASSWORD, "new": "another password"}
    )
    assert answer.status_code == 303
    assert office.get("/").status_code == 303
    assert come_in(office, "ed") == 401
    assert come_in(office, "ed", "another password") == 303


def test_a_key_opens_the_api_as_far_as_its_scopes_go(office: TestClient) -> None:
    come_in(office, "ada")
    said = {
        "token": token(office, "/team"),
        "do": "new-key",
        "name": "a reader's <b>bot</b>",
        "scope": "read",
    }
    page = office.post("/team", data=said)
    secret = page.text.partition('class="secret">')[2].partition("<")[0]
    assert secret.startswith("ts_")
    assert secret not in office.get("/team").text
    office.cookies.clear()
    key = {"authorization": f"Bearer {secret}"}
    assert office.get("/api/v1/incidents", headers=key).status_code == 200
    refused = office.post("/api/v1/decisions", json={"kind": "note", "ids": ["x"], "value": "y"}, headers=key)
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert office.post("/api/v1/reports", json={"reports": [{"text": "x"}]}, headers=key).status_code == 403
    assert office.get("/api/v1/jobs/u1", headers=key).status_code == 403
    for wrong in (secret + "x", secret[:-1], "", "ts_", "x" * 300):
        assert (
            office.get("/api/v1/incidents", headers={"authorization": f"Bearer {wrong}"}).status_code == 401
        )
    assert office.get("/api/v1/incidents", headers={"authorization": f"Basic {secret}"}).status_code == 401
    with office.app.state.bench.store.writes() as c:  # type: ignore[attr-defined]
        assert team.drop_key(c, team.keys(c)[0].id)
    assert office.get("/api/v1/incidents", headers=key).status_code == 401


def test_a_key_opens_one_case_and_no_other(
    office: TestClient, sample: Path, tmp_path: Path, hashes: dict[str, str]
) -> None:
    """A case is a project, a server serves one: what is known in the one is unknown in the other."""
    other = tmp_path / "other.case"
    shutil.copy(sample, other)
    with Store.open(str(other)) as store, store.writes() as c:
        team.put_user(c, "ada", "admin", hashes["ada"])
        secret = team.new_key(c, "elsewhere", team.SCOPES, "ada")
    key = {"authorization": f"Bearer {secret}"}
    with at_work(other, Rules(login=True)) as there:
        assert there.get("/api/v1/case", headers=key).status_code == 200
    assert office.get("/api/v1/case", headers=key).status_code == 401
    body = {"kind": "note", "ids": ["x"], "value": "y"}
    assert office.post("/api/v1/decisions", json=body, headers=key).status_code == 401


def test_a_session_reads_the_api_but_changes_nothing_through_it(office: TestClient) -> None:
    come_in(office, "ada")
    assert office.get("/api/v1/incidents").status_code == 200
    assert (
        office.post("/api/v1/decisions", json={"kind": "note", "ids": ["x"], "value": "y"}).status_code == 401
    )


def test_a_case_that_is_stolen_opens_nothing(office: TestClient) -> None:
    """Neither password nor session nor key stands in it as such."""
    come_in(office, "ada")
    said = {"token": token(office, "/team"), "do": "new-key", "name": "k", "scope": ["read", "decide"]}
    secret = office.post("/team", data=said).text.partition('class="secret">')[2].partition("<")[0]
    session = office.cookies.get("twosource")
    store: Store = office.app.state.bench.store  # type: ignore[attr-defined]
    store.compact()
    data = Path(store.name).read_bytes()
    for held in (PASSWORD, secret, session):
        assert held
        assert held.encode() not in data


def test_a_session_ends_by_itself(sample: Path, tmp_path: Path, hashes: dict[str, str]) -> None:
    path = tmp_path / "a.case"
    shutil.copy(sample, path)
    with Store.open(str(path)) as store:
        with store.writes() as c:
            team.put_user(c, "ed", "editor", hashes["ed"])
        now = [1_000_000.0]
        gate = Gate(store, Rules(login=True), "x", clock=lambda: now[0])
        held = gate.login("ed", PASSWORD, "here", "")
        assert held is not None
        with store.reads() as c:
            assert team.of_session(c, held.secret, int(now[0]) - 60)
            assert team.of_session(c, held.secret, int(now[0]) + 1) is None


def test_it_refuses_to_start_where_others_could_come_without_a_login(
    sample: Path, tmp_path: Path, hashes: dict[str, str]
) -> None:
    path = tmp_path / "a.case"
    shutil.copy(sample, path)
    with Store.open(str(path)) as store:
        assert rules_for(store, "127.0.0.1", (), False).login is False
        for host, names in (("0.0.0.0", ()), ("10.1.2.3", ()), ("127.0.0.1", ("desk.example",)), ("::", ())):
            with pytest.raises(UsageError, match="there is no admin yet"):
                rules_for(store, host, names, False)
        with store.writes() as c:
            team.put_user(c, "ed", "editor", hashes["ed"])
        with pytest.raises(UsageError, match="there is no admin yet"):
            rules_for(store, "10.1.2.3", (), False)
        with store.writes() as c:
            team.put_user(c, "ada", "admin", hashes["ada"])
        assert rules_for(store, "10.1.2.3", (), True) == Rules(
            hosts=(*LOOPBACK, "10.1.2.3"), login=True, secure=True
        )
        with pytest.raises(UsageError, match="--name"):
            rules_for(store, "0.0.0.0", (), False)
        assert rules_for(store, "127.0.0.1", ("Desk.Example",), False).login


def test_users_are_made_from_the_command_line(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    shutil.copy(sample, path)
    run = CliRunner()
    made = run.invoke(
        twosource, ["serve", str(path), "--add-user", "ada", "--role", "admin"], input=f"{PASSWORD}\n"
    )
    assert made.exit_code == 0, made.output
    short = run.invoke(twosource, ["serve", str(path), "--add-user", "bo"], input="short\n")
    assert isinstance(short.exception, UsageError)
    with Store.open(str(path)) as store, store.reads() as c:
        assert [(u.name, u.role) for u in team.listed(c)] == [("ada", "admin")]
    assert run.invoke(twosource, ["serve", str(path), "--remove-user", "ada"]).exit_code == 0
    gone = run.invoke(twosource, ["serve", str(path), "--remove-user", "ada"])
    assert isinstance(gone.exception, UsageError)
