"""The pages: what they show, that nothing in a report acts, that an accusation never stands alone, that decisions come through."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from twosource.store import Store, evidence
from twosource.web.gists import answers_to
from workbenches import HOME, SCRIPT, at_work, incident_called, token

PAGES = ("/", "/?order=date", "/reports", "/search?q=train", "/search?q=crane&in=statement", "/history", "/review", "/help", "/add", "/team")  # fmt: skip


def everywhere(client: TestClient) -> list[str]:
    """The address of every kind of page, with each incident and report."""
    rows = client.get("/api/v1/reports").json()
    reports = [f"/report?id={quote(r['id'], safe='')}" for r in rows]
    incidents = [f"/incidents/{i['id']}" for i in client.get("/api/v1/incidents").json()]
    return [*PAGES, *incidents, *(f"{i}/brief.html" for i in incidents), *reports, "/nowhere", f"/search?q={quote(SCRIPT)}"]  # fmt: skip


def test_nothing_in_a_report_acts_on_any_page(desk: TestClient) -> None:
    """No script but ours, no handler, no address but of the web or our own, no template syntax worked out, no hidden order."""
    for address in everywhere(desk):
        answer = desk.get(address)
        page = html.fromstring(answer.content)
        assert page.xpath("//script/@src") in ([], ["/static/bench.js"]), address
        assert not page.xpath("//script[not(@src)] | //iframe | //object | //embed | //base | //form[@action and not(starts-with(@action, '/'))]"), address  # fmt: skip
        assert not page.xpath("//img"), address
        assert not [a for a in page.xpath("//@*") if a.attrname.lower().startswith("on")], address
        assert not page.xpath("//@style"), address
        for link in page.xpath("//@href | //@src | //@action"):
            assert urlsplit(urljoin(HOME, link)).scheme in ("http", "https"), (address, link)
        assert "1337" not in answer.text, address
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", answer.text), address


def test_links_between_pages_are_root_relative(desk: TestClient) -> None:
    for address in everywhere(desk):
        if address.endswith("brief.html"):
            continue
        for link in html.fromstring(desk.get(address).content).xpath("//a/@href"):
            ours = link.startswith(("/", "#")) or link == ""
            assert ours or link.startswith(("http://", "https://")), (address, link)


def test_every_link_of_ours_leads_somewhere(desk: TestClient) -> None:
    seen: set[str] = set()
    for address in everywhere(desk):
        if not address.startswith(("/incidents", "/report?", "/reports", "/search")):
            continue
        for link in html.fromstring(desk.get(address).content).xpath("//a/@href"):
            path = link.partition("#")[0]
            if link.startswith("/") and path not in seen and len(seen) < 60:
                seen.add(path)
                assert desk.get(path).status_code == 200, (address, link)


def test_a_link_to_a_passage_finds_it_on_the_reports_page(desk: TestClient) -> None:
    """And the report's page leads back to the claim."""
    name = incident_called(desk, "Derailment")
    page = html.fromstring(desk.get(f"/incidents/{name}").content)
    links = page.xpath("//article[contains(@class, 'claim')]//sup/a/@href")
    assert len(links) > 5
    for link in dict.fromkeys(links):
        address, _, anchor = link.partition("#")
        report = html.fromstring(desk.get(address).content)
        assert report.xpath(f"//*[@id='{anchor}']"), link
    back = report.xpath("//ol[@class='claims-here']/li/a/@href")
    assert back
    for link in back:
        assert page.xpath(f"//*[@id='{link.partition('#')[2]}']"), link


def test_an_accusation_never_stands_alone(desk: TestClient) -> None:
    """Wherever a claim is listed, what answers it stands beside it."""
    for address in ("/", "/search?q=crane&in=claim", "/search?q=train&in=claim"):
        page = html.fromstring(desk.get(address).content)
        for row in page.xpath("//li[@data-row]"):
            words = row.text_content()
            assert "denied by" in words or "no denial found in these reports" in words, (address, words)


def test_the_brief_is_shown_with_its_one_style_and_nothing_else(desk: TestClient) -> None:
    """Its policy names the style by its digest: a browser would show the page bare otherwise."""
    for row in desk.get("/api/v1/incidents").json():
        answer = desk.get(f"/incidents/{row['id']}/brief.html")
        policy = answer.headers["content-security-policy"]
        styles = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        found = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in styles]
        assert re.findall("sha256-([^']+)", policy) == found
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        again = desk.get(
            f"/incidents/{row['id']}/brief.html", headers={"if-none-match": answer.headers["etag"]}
        )
        assert again.status_code == 304


def test_a_page_that_did_not_change_is_not_sent_again(desk: TestClient) -> None:
    name = incident_called(desk, "Derailment")
    desk.get("/")
    for address in (f"/incidents/{name}", "/reports", f"/api/v1/incidents/{name}", "/api/v1/reports"):
        tag = desk.get(address).headers["etag"]
        again = desk.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b""), address


def test_what_changed_since_the_last_visit_is_told(own: TestClient) -> None:
    latest = own.get("/api/v1/events").json()[0]["n"]
    assert "Since your last visit" not in own.get("/").text
    own.cookies.clear()
    own.cookies.set("twosource-seen", f"0.0.{int(time.time())}", domain="127.0.0.1")
    assert "Since your last visit" in own.get("/").text
    own.cookies.clear()
    own.cookies.set("twosource-seen", f"0.{latest}.{int(time.time()) - 7200}", domain="127.0.0.1")
    assert "Nothing has changed since your last visit" in own.get("/").text
    for odd in ("x", "1.2", "9" * 50, "-1.2.3", "1.2.3;"):
        own.cookies.clear()
        assert own.get("/", headers={"cookie": f"twosource-seen={odd}"}).status_code == 200


@pytest.mark.parametrize(
    "value", ["0", "-1", "9999999", "99999999999999999999", "1e3", "x", "١", "1;drop table reports", ""]
)
def test_odd_page_numbers_are_no_error(desk: TestClient, value: str) -> None:
    for page in ("/", "/reports", "/history", "/search?q=train"):
        assert desk.get(page + ("&" if "?" in page else "?") + "page=" + quote(value)).status_code == 200


INJECTED = ("' OR 1=1 --", '" OR ""="', "'; DROP TABLE reports; --", "x' UNION SELECT record FROM reports --", "%' ESCAPE '", "!%", "_" * 50, "NEAR(a b)", "title:train", "a* OR b", "^train", ")(", '"', "\0", "AND", "{x}", ":match", "%s", "\\")  # fmt: skip


@pytest.mark.parametrize("said", INJECTED)
def test_no_filter_speaks_to_the_database(desk: TestClient, said: str) -> None:
    """Each is words to look for or a value that nothing has, never a query."""
    before = len(desk.get("/api/v1/reports").json())
    value = quote(said)
    assert desk.get(f"/search?q={value}").status_code in (200, 400)
    for name in ("outlet", "actor", "place"):
        answer = desk.get(f"/search?q=train&{name}={value}")
        assert answer.status_code == 200
        assert said == "\0" or "data-row" not in answer.text, (name, said)  # nothing is left of a NUL
        assert desk.get(f"/api/v1/search?q=train&{name}={value}").json() == [] or said == "\0"
    for name in ("since", "until", "stance", "status", "in", "origins", "order"):
        assert desk.get(f"/search?q=train&{name}={value}").status_code in (200, 400)
    assert len(desk.get("/api/v1/reports").json()) == before


@pytest.mark.parametrize(
    "said", ['"' * 500, "-" * 500, "a " * 250, '"a ' * 160, "\\" * 500, "(" * 500, "é̂" * 250, "a-" * 250]
)
def test_no_question_takes_long(desk: TestClient, said: str) -> None:
    started = time.process_time()
    assert desk.get(f"/search?q={quote(said)}").status_code in (200, 400, 414)
    assert time.process_time() - started < 2


def test_a_decision_is_recorded_shown_and_undone(own: TestClient) -> None:
    name = incident_called(own, "Derailment")
    page = html.fromstring(own.get(f"/incidents/{name}").content)
    claim = str(page.xpath("//input[@form='merge-claims']/@value")[0])
    said = {
        "token": token(own),
        "kind": "note",
        "id": claim,
        "why": f"ask again {SCRIPT}",
        "back": f"/incidents/{name}",
    }
    answer = own.post("/decide", data=said)
    assert answer.status_code == 303
    made = answer.headers["location"].partition("decided=")[2]
    assert made.startswith("j")
    shown = own.get(answer.headers["location"])
    assert "on record as" in shown.text
    assert "ask again &lt;script&gt;" in shown.text
    assert "ask again" in own.get("/history").text
    undone = own.post("/decide", data={"token": token(own), "undo": made, "back": "https://evil.example/"})
    assert undone.headers["location"] == "/"
    assert "ask again" not in own.get(f"/incidents/{name}").text
    assert "undone" in own.get("/history").text


def test_two_actors_are_merged_and_parted_again(own: TestClient) -> None:
    name = incident_called(own, "Derailment")
    before = own.get(f"/api/v1/incidents/{name}").json()
    ids = [a["id"] for a in before["actors"] if a["kind"] == before["actors"][0]["kind"]][:2]
    answer = own.post(
        "/decide", data={"token": token(own), "kind": "merge", "id": ids, "back": "/", "why": "one body"}
    )
    assert answer.status_code == 303
    made = answer.headers["location"].partition("decided=")[2]
    wait_until_settled(own)
    assert len(own.get(f"/api/v1/incidents/{name}").json()["actors"]) == len(before["actors"]) - 1
    own.post("/decide", data={"token": token(own), "undo": made})
    wait_until_settled(own)
    assert own.get(f"/api/v1/incidents/{name}").json()["actors"] == before["actors"]


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "merge", "id": "nothing"},
        {"kind": "no such kind", "id": "x"},
        {"kind": "note", "id": "x"},
        {"undo": "j0"},
        {},
        {"kind": "grade", "id": "\u202e", "value": "Z9"},
        {"kind": "split", "id": ["a", "b"]},
    ],
)
def test_what_is_no_decision_is_refused_in_words(own: TestClient, said: dict[str, str]) -> None:
    answer = own.post("/decide", data={"token": token(own), **said})
    assert answer.status_code == 400
    assert "That cannot be done" in answer.text
    assert own.get("/api/v1/decisions").json() == []


def test_a_withheld_name_is_covered_everywhere(own: TestClient) -> None:
    name = incident_called(own, "Derailment")
    own.post("/decide", data={"token": token(own), "kind": "redact", "value": "Ilse Mertaan", "id": ""})
    wait_until_settled(own)
    for address in everywhere(own):
        assert "Mertaan" not in own.get(address).text, address
    assert own.get("/api/v1/search?q=Mertaan").json() == []
    assert name


def test_readers_get_nothing_of_a_confidential_report(own: TestClient) -> None:
    hidden = ".."
    own.post("/decide", data={"token": token(own), "kind": "confidential", "id": hidden})
    wait_until_settled(own)
    assert "Two dockers died" in own.get("/report?id=..").text
    assert own.get("/api/v1/report?id=..").status_code == 404
    rows = own.get("/api/v1/reports").json()
    assert hidden not in [r["id"] for r in rows]
    other = next(r["incident"] for r in rows if r["id"].startswith("x/"))
    assert "Two dockers died" not in own.get(f"/api/v1/incidents/{other}").text
    assert "Two dockers died" not in own.get(f"/incidents/{other}/brief.html").text
    assert all(h["report"] != hidden for h in own.get("/api/v1/search?q=dockers").json())


def test_a_word_of_a_megabyte_is_shown(own: TestClient) -> None:
    from twosource.case import add
    from twosource.model import Report

    store: Store = own.app.state.bench.store  # type: ignore[attr-defined]
    add(store, [Report("long", "x" * 1_000_000, title="y" * 100_000)])
    with store.reads() as c:
        assert evidence.numbers_of(c, ["long"])
    for address in ("/reports", "/report?id=long"):
        answer = own.get(address)
        assert answer.status_code == 200
        assert (
            "In no incident" in answer.text or "none yet" in answer.text or "no incident yet" in answer.text
        )


def wait_until_settled(client: TestClient) -> None:
    """Until what was decided is worked out."""
    for _ in range(300):
        if client.get("/waits").json()["waiting"] == 0:
            return
        time.sleep(0.1)
    raise AssertionError("it was not settled in half a minute")


def test_a_page_of_the_workbench_needs_no_script(desk: TestClient) -> None:
    """All that the script does is there without it: forms post, links lead."""
    page = html.fromstring(desk.get("/").content)
    assert all(f.get("method") == "post" or f.get("action") == "/search" for f in page.xpath("//form"))


def test_reading_only_changes_nothing(sample: Path) -> None:
    before = sample.read_bytes()
    with at_work(sample) as client:
        for address in everywhere(client)[:8]:
            client.get(address)
    assert sample.read_bytes() == before


def test_what_waits_is_told_in_names_and_answered_with_buttons(own: TestClient) -> None:
    """No id, no command stands for a name; withheld from the page, it is gone from every page."""
    rows = html.fromstring(own.get("/review").content).xpath("//li[@data-row]")
    row = next(r for r in rows if "may be a" in r.text_content())
    assert "case redact" not in row.text_content()
    name = row.xpath(".//ul//a")[0].text_content()
    assert name in row.xpath("./p/span[@dir]")[0].text_content()
    form = row.xpath(".//form[.//button[contains(., 'Withhold')]]")[0]
    said = {i.get("name"): i.get("value") for i in form.xpath(".//input")}
    assert own.post("/decide", data=said).status_code == 303
    assert name not in own.get("/review").text
    found = html.fromstring(own.get("/history").content).xpath("//tbody/tr")[0].text_content()
    assert "redact" in found


def test_a_list_says_what_is_denied_no_more_sharply_than_the_incident_does() -> None:
    """A denial of something related is not a denial of the claim."""
    denials = [{"statement": "s1", "target": "related"}, {"statement": "s2", "target": "claim"}]
    said = answers_to({"denials": denials}, {"s1": "the port", "s2": None})
    assert said == ("something related is denied by the port", "denied by a source not named")
    assert answers_to({"denials": []}, {}) == ("no denial found in these reports",)
