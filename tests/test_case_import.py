"""A case from its package: equal to the one that was packed, or, when the package isn't as it was written, no case at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import Server, settled
from test_case_settle import REPORTS, SETTINGS, report, standing
from test_case_versions import FILES
from twosource.case import add, settle
from twosource.case.deciding import decide
from twosource.case.forgetting import forget
from twosource.case.packing import pack
from twosource.case.restoring import restore
from twosource.case.verifying import replayed
from twosource.case.withholding import confidential, mask_of
from twosource.cli import twosource
from twosource.errors import CaseDamaged, TwosourceError, UsageError
from twosource.export.bagged import unbagged
from twosource.settings import Settings
from twosource.store import Store, carried, decisions, derived, evidence
from twosource.store.carried import Came, Decided, Gone, Happened, Led
from twosource.store.soundness import problems

EDITED = replace(
    report("f1b", "PORT ELLIS — The ferry Orla struck the north pier at Port Ellis on Monday. Three passengers were killed, harbour master Hugo Brandt said.", "2023-05-03"),
    url="https://post.example/orla",
)  # fmt: skip


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(twosource, ["--quiet", *map(str, words)])


def live(store: Store) -> None:
    """What happens in a case: an edited page, decisions of every kind, some taken back, ids that change, a report forgotten."""
    add(store, [EDITED])
    settle(store, SETTINGS)
    ids = {s[4][0]: s for s in standing(store)}
    ferry = next(s[5] for s in ids.values() if "f2" in s[4])
    people = [a["id"] for a in ferry["actors"] if a["kind"] == "person"]
    decide(store, "merge", people[:2], who="ada", why="one man, two trades")
    decide(store, "grade", [ferry["claims"][0]["id"]], who="ada", value="B2")
    decide(store, "tag", ["f2"], who="bo", value="Küste")
    decide(store, "note", [ferry["id"]], who="bo", value="ask\nLindt", why="“she” was on board")
    decide(store, "confidential", ["m2"], who="ada")
    decide(store, "redact", [], who="ada", value="Mona Rask")
    settle(store, SETTINGS)
    joined = decide(store, "merge", [s[0] for s in standing(store)], who="ada")
    settle(store, SETTINGS)
    decide(store, "", [], who="bo", undo=joined.id, why="two nights")
    forget(store, "m3", who="ada", why="not ours")
    settle(store, SETTINGS)


def state(store: Store) -> dict[str, Any]:
    """All that is asked to be equal."""
    with store.reads() as c:
        held: dict[str, Any] = {kind.__name__: list(carried.every(c, kind)) for kind in (Came, Gone, Decided, Led, Happened)}  # fmt: skip
        held["reports"] = list(carried.reports(c))
        held["known"] = evidence.known(c, [r.id for r in held["reports"]])
        held["in force"] = decisions.in_force(decisions.history(c))
        held["confidential"] = confidential(c)
        assert decisions.broken_links(c) == []
        assert problems(c) == []
    held["mask"] = mask_of(store).text("Fire chief Mona Rask and Hugo Brandt")
    return {**held, "standing": standing(store)}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    first = replace(REPORTS[0], url="https://post.example/orla")
    with settled(str(tmp_path_factory.mktemp("lived") / "a.case"), [first, *REPORTS[1:]]) as store:
        live(store)
        yield store


@pytest.fixture(scope="module")
def package(lived: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("package") / "p"
    pack(lived, out, whole=True)
    return out


def test_a_restored_case_is_equal(lived: Store, package: Path, case_name: str, tmp_path: Path) -> None:
    done = restore(package, case_name, SETTINGS)
    assert (done.reports, done.decisions, done.other) == (6, 8, ())
    with Store.open(case_name) as store:
        assert state(store) == state(lived)
        assert replayed(store, SETTINGS) == []
        pack(store, tmp_path / "again", whole=True)
        for path in sorted(p for p in package.rglob("*") if p.is_file()):
            assert (tmp_path / "again" / path.relative_to(package)).read_bytes() == path.read_bytes(), path
        decide(store, "tag", ["f2"], who="cy", value="and it goes on")
        add(store, [report("f9", "Divers said that the ferry Orla had a broken rudder when it hit the pier at Port Ellis.", "2023-05-09")])  # fmt: skip
        settle(store, SETTINGS)
        with store.reads() as c:
            assert problems(c) == []


def test_a_case_in_a_database_is_equal_as_a_file(postgres: Server, tmp_path: Path) -> None:
    with settled(postgres.database(), REPORTS) as store:
        live(store)
        pack(store, tmp_path / "p.zip", whole=True)
        before = state(store)
    assert restore(tmp_path / "p.zip", str(tmp_path / "b.case"), SETTINGS).other == ()
    with Store.open(str(tmp_path / "b.case")) as store:
        assert state(store) == before


def test_old_ids_still_lead_on(lived: Store, package: Path, tmp_path: Path) -> None:
    restore(package, str(tmp_path / "b.case"), SETTINGS)
    with lived.reads() as c:
        led = list(carried.every(c, Led))
        leads = [derived.current(c, x.old) for x in led]
    assert len(set(leads)) > 1
    with Store.open(str(tmp_path / "b.case")) as store, store.reads() as c:
        assert [derived.current(c, x.old) for x in led] == leads


def test_a_forgotten_report_stays_away(package: Path, tmp_path: Path) -> None:
    restore(package, str(tmp_path / "b.case"), SETTINGS)
    with Store.open(str(tmp_path / "b.case")) as store:
        (refused,) = add(store, [REPORTS[-1]]).refused
    assert "forgotten" in refused.reason


@pytest.mark.parametrize("packed", FILES, ids=lambda p: p.name.partition(".")[0])
def test_a_case_that_an_earlier_version_made_moves_too(packed: Path, tmp_path: Path) -> None:
    """Its accounts are those of this version; all that they are made from is as it was."""
    (tmp_path / "old.case").write_bytes(gzip.decompress(packed.read_bytes()))
    with Store.open(str(tmp_path / "old.case")) as store:
        pack(store, tmp_path / "p", whole=True)
        before = state(store)
    restore(tmp_path / "p", str(tmp_path / "b.case"), SETTINGS)
    with Store.open(str(tmp_path / "b.case")) as store:
        after = state(store)
    assert [k for k in before if before[k] != after[k] and k != "standing"] == []


def test_a_case_that_is_stopped_while_it_is_analysed_goes_on(lived: Store, package: Path, tmp_path: Path) -> None:  # fmt: skip
    def stop(stage: str, *_: object) -> None:
        if stage == "weighing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(package, str(tmp_path / "b.case"), SETTINGS, progress=stop)
    assert run("case", "add", tmp_path / "b.case").exit_code == 0
    with Store.open(str(tmp_path / "b.case")) as store:
        assert standing(store) == standing(lived)
        with store.reads() as c:
            assert problems(c) == []


def test_the_commands(lived: Store, tmp_path: Path) -> None:
    done = run("case", "export", lived.name, "--format", "package", "--whole", "-o", tmp_path / "p.zip")
    assert done.exit_code == 0, done.output
    done = run("case", "import", tmp_path / "p.zip", "-o", tmp_path / "b.case")
    assert (done.exit_code, done.output) == (0, f"{tmp_path / 'b.case'}: 6 reports, 8 decisions\n")
    assert run("case", "verify", tmp_path / "b.case").exit_code == 0
    again = run("case", "import", tmp_path / "p.zip", "-o", tmp_path / "b.case")
    assert isinstance(again.exception, UsageError)
    assert "is there already" in str(again.exception)
    assert run("case", "verify", tmp_path / "b.case").exit_code == 0


def test_originals_come_back_where_they_are_wanted(tmp_path: Path) -> None:
    case, kept = tmp_path / "a.case", tmp_path / "kept"
    (tmp_path / "r.txt").write_bytes(REPORTS[0].text.encode())
    run("case", "init", case)
    assert run("case", "add", case, tmp_path / "r.txt", "--keep", kept).exit_code == 0
    assert run("case", "export", case, "--format", "package", "-o", tmp_path / "p").exit_code == 0
    done = run("case", "import", tmp_path / "p", "-o", tmp_path / "b.case", "--keep", tmp_path / "back")
    assert done.exit_code == 0, done.output
    assert run("case", "verify", tmp_path / "b.case").output == f"{tmp_path / 'b.case'}: everything is as it was written\n"  # fmt: skip
    (back,) = (p for p in (tmp_path / "back").rglob("*") if p.is_file())
    assert back.read_bytes() == (tmp_path / "r.txt").read_bytes()
    assert stat.S_IMODE(back.stat().st_mode) & 0o222 == 0
    done = run("case", "import", tmp_path / "p", "-o", tmp_path / "c.case")
    assert "1 kept originals stay in the package" in done.output
    assert "were not looked at" not in run("case", "verify", tmp_path / "c.case").output
    done = run("case", "import", tmp_path / "p", "-o", tmp_path / "d.case", "--keep", tmp_path / "back")
    assert (isinstance(done.exception, UsageError), (tmp_path / "d.case").exists()) == (True, False)


# ------------------------------------------------------------------ damaged and tampered packages


def refused(path: Path, folder: Path, limits: Settings = SETTINGS) -> str:
    """What is said of a package that is refused; nothing is left of it."""
    case, keep = folder / "never.case", folder / "never"
    before = sorted(folder.iterdir())
    with pytest.raises(TwosourceError) as found:
        restore(path, str(case), limits, keep=keep)
    assert sorted(folder.iterdir()) == before
    return str(found.value)


def copied(package: Path, folder: Path) -> Path:
    """A copy to be spoilt."""
    out = folder / "spoilt"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(package, out)
    return out


def hashed_again(package: Path) -> None:
    """Write the hashes anew, as whoever changes a package on purpose would."""
    for manifest, files in (
        ("manifest-sha256.txt", sorted(p for p in (package / "data").rglob("*") if p.is_file())),
        ("tagmanifest-sha256.txt", [package / n for n in ("README.txt", "bag-info.txt", "bagit.txt", "manifest-sha256.txt")]),
    ):  # fmt: skip
        lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(package).as_posix()}\n" for p in files]  # fmt: skip
        (package / manifest).write_text("".join(lines))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_changed_byte_goes_unseen(package: Path, tmp_path: Path, data: st.DataObject) -> None:
    spoilt = copied(package, tmp_path)
    path = data.draw(st.sampled_from(sorted(p for p in spoilt.rglob("*") if p.is_file() and p.stat().st_size)))  # fmt: skip
    held = bytearray(path.read_bytes())
    at, how = data.draw(st.integers(0, len(held) - 1)), data.draw(st.integers(1, 255))
    held[at] ^= how
    path.write_bytes(bytes(held))
    assert str(spoilt) in refused(spoilt, tmp_path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_or_cut_zip_is_refused_or_reads_the_same(
    package: Path, tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / "p.zip"
    zipped(package, path)
    held = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(held) - 1))
    if data.draw(st.booleans()):
        del held[at:]
    else:
        held[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(held))
    try:
        with unbagged(path, SETTINGS) as bag:
            read = {name: b"".join(bag.blocks(name)) for name in bag.hashes}
    except TwosourceError:
        return
    assert read == {p.relative_to(package / "data").as_posix(): p.read_bytes() for p in (package / "data").rglob("*") if p.is_file()}  # fmt: skip


def _line(name: str, change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    """Change the first record of a file."""

    def spoil(package: Path) -> None:
        path = package / "data" / name
        first, *rest = path.read_bytes().splitlines(keepends=True)
        row = json.loads(first)
        change(row)
        path.write_bytes(json.dumps(row).encode() + b"\n" + b"".join(rest))

    return spoil


def _twice(name: str) -> Callable[[Path], None]:
    def spoil(package: Path) -> None:
        path = package / "data" / name
        first, *rest = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(first + first + b"".join(rest))

    return spoil


def _without_first(name: str) -> Callable[[Path], None]:
    def spoil(package: Path) -> None:
        path = package / "data" / name
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))

    return spoil


def _text(name: str, text: str) -> Callable[[Path], None]:
    return lambda package: (package / name).write_text(text) and None


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_line("decisions.jsonl", lambda r: r.update(who="somebody else")), "was changed, added or taken out"),
        (_line("decisions.jsonl", lambda r: r.update(kind="acquit")), "there is no decision 'acquit'"),
        (_line("decisions.jsonl", lambda r: r.update(targets="{}")), "its targets cannot be read"),
        (_line("decisions.jsonl", lambda r: r.update(anchors="[[[" * 50_000)), "its anchors cannot be read"),
        (_without_first("decisions.jsonl"), "was changed, added or taken out"),
        (_line("decisions.jsonl", lambda r: r.pop("who")), "decisions.jsonl, line 1"),
        (_line("decisions.jsonl", lambda r: r.update(who="\0")), "characters that no case stores"),
        (_line("reports.jsonl", lambda r: r.update(id="other")), "not written where it came from"),
        (_line("reports.jsonl", lambda r: r.update(id="a\nb")), "control characters"),
        (_line("reports.jsonl", lambda r: r.update(text=1)), "reports.jsonl, line 1"),
        (_twice("reports.jsonl"), "there twice"),
        (_without_first("reports.jsonl"), "not written where it came from"),
        (_without_first("custody.jsonl"), "not written where it came from"),
        (_line("custody.jsonl", lambda r: r.update(original_file="../../etc/passwd")), "not the one that it was read from"),
        (_line("forgotten.jsonl", lambda r: r.update(id="f2")), "forgotten, but still there"),
        (_line("news.jsonl", lambda r: r.update(record="no")), "its record cannot be read"),
        (_text("data/reports.jsonl", "[" * 200_000), "reports.jsonl, line 1"),
        (_text("data/reports.jsonl", "no JSON\n"), "reports.jsonl, line 1"),
        (_text("data/accounts.jsonl", "{}\n"), "no account of an incident"),
        (_text("data/accounts.jsonl", '{"incidents": [3]}\n'), "no account of an incident"),
        (_text("bag-info.txt", "Twosource-Package: 3\n"), "upgrade"),
        (_text("bag-info.txt", "Contact-Name: Ada\n"), "no package of a case"),
        (_text("data/stray.txt", "listed, and not asked for"), ""),
    ],
)  # fmt: skip
def test_what_no_case_has_written_is_refused_though_its_hashes_are_right(
    package: Path, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoilt = copied(package, tmp_path)
    spoil(spoilt)
    hashed_again(spoilt)
    if said:
        assert said in refused(spoilt, tmp_path)
    else:
        with unbagged(spoilt, SETTINGS):
            pass


def test_nothing_is_left_in_a_database_either(package: Path, tmp_path: Path, postgres: Server) -> None:
    spoilt, name = copied(package, tmp_path), postgres.database()
    _without_first("decisions.jsonl")(spoilt)
    hashed_again(spoilt)
    with pytest.raises(CaseDamaged):
        restore(spoilt, name, SETTINGS)
    Store.create(name).close()  # it is still an empty database


def test_an_account_that_does_not_follow_from_the_reports_is_named(package: Path, tmp_path: Path) -> None:
    spoilt = copied(package, tmp_path)
    path = spoilt / "data" / "accounts.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Port Ellis", b"Port Alice"))
    hashed_again(spoilt)
    done = run("case", "import", spoilt, "-o", tmp_path / "b.case")
    assert done.exit_code == 0
    assert "accounts that are not those in the package" in done.output
    assert run("case", "verify", tmp_path / "b.case").exit_code == 0


def test_links_and_what_lies_about_are_refused(package: Path, tmp_path: Path) -> None:
    spoilt = copied(package, tmp_path)
    (spoilt / "data" / "stray.txt").write_text("not listed")
    assert "data/stray.txt lies in it without a hash" in refused(spoilt, tmp_path)
    spoilt = copied(package, tmp_path)
    (spoilt / "data" / "reports.jsonl").unlink()
    assert "data/reports.jsonl is missing" in refused(spoilt, tmp_path)
    (spoilt / "data" / "reports.jsonl").symlink_to(package / "data" / "reports.jsonl")
    assert "a link or a device" in refused(spoilt, tmp_path)
    spoilt = copied(package, tmp_path)
    (spoilt / "fetch.txt").write_text("https://away.example/x - data/x\n")
    assert "nothing is fetched" in refused(spoilt, tmp_path)
    spoilt = copied(package, tmp_path)
    with (spoilt / "manifest-sha256.txt").open("a") as f:
        f.write(f"{'0' * 64}  ../../etc/passwd\n")
    assert "no hash of a file" in refused(spoilt, tmp_path)
    assert "there is no package" in refused(tmp_path / "nothing", tmp_path)
    (tmp_path / "empty").mkdir()
    assert "no bagit.txt" in refused(tmp_path / "empty", tmp_path)
    (tmp_path / "text.zip").write_text("not a zip")
    assert "neither a folder nor a zip" in refused(tmp_path / "text.zip", tmp_path)


def zipped(package: Path, path: Path, *more: tuple[zipfile.ZipInfo | str, bytes]) -> None:
    """The package as a zip, with more in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for p in sorted(package.rglob("*")):
            if p.is_file():
                archive.write(p, f"case/{p.relative_to(package).as_posix()}")
        for name, data in more:
            archive.writestr(name, data)


def _linked() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("case/data/link")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    ("entry", "data", "said"),
    [
        ("../out.txt", b"", "may lead out of it"),
        ("/etc/passwd", b"", "may lead out of it"),
        ("case/../../out.txt", b"", "may lead out of it"),
        ("case/data/..\\out.txt", b"", "may lead out of it"),
        ("C:/out.txt", b"", "may lead out of it"),
        ("case//data/x", b"", "may lead out of it"),
        ("case/data/e\u0301", b"", "may lead out of it"),
        (_linked(), b"/etc/passwd", "a link or a device"),
        ("other/x", b"", "more than one folder"),
        ("case/data/originals/big", b"\0" * 3_000_000, "as a zip bomb does"),
        ("case/data/stray.txt", b"not listed", "without a hash"),
    ],
)
def test_hostile_zips_are_refused(
    package: Path, tmp_path: Path, entry: zipfile.ZipInfo | str, data: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr("twosource.export.bagged.ROOMY", 1_000_000)
    zipped(package, tmp_path / "p.zip", (entry, data))
    assert said in refused(tmp_path / "p.zip", tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_holds_a_file_twice_or_too_much_is_refused(package: Path, tmp_path: Path) -> None:
    zipped(package, tmp_path / "p.zip", ("case/data/reports.jsonl", b""))
    assert "is there twice" in refused(tmp_path / "p.zip", tmp_path)
    zipped(package, tmp_path / "p.zip")
    assert "max_unpacked_bytes" in refused(tmp_path / "p.zip", tmp_path, Settings(max_unpacked_bytes=5000))
    assert "max_files" in refused(tmp_path / "p.zip", tmp_path, Settings(max_files=3))


def test_a_line_without_an_end_is_refused(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("twosource.export.bagged.LONGEST_LINE", 100)
    assert "too long to be a record" in refused(package, tmp_path)
