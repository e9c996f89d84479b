"""``bmis trust rollover``, ``begin``, ``retire``: the root changes twice; the ten answers of a seal at the terminal."""

from datetime import timedelta

from bmis.trust.sign_seal import SealPass
from tests.journeys.cli_robot import no_room_in
from tests.sealing import NOON, ROSA, TODAY, Authority, ten_answers
from ui.compose import open_home

MORNING = ("--now", "2026-11-22T12:00:00+02:00")
JSON = ("--json",)


def acts(terminal, *given, at=MORNING):
    return terminal.types("trust", *given, *at, *JSON, schema="trust-act")


def status(terminal):
    return terminal.types("trust", "status", *MORNING, *JSON, schema="trust-status").json


def test_the_root_changes_twice_by_two_people_and_old_seals_stay_good(terminal, tmp_path):
    terminal.is_user("admin")
    bundle = tmp_path / "b.trust"
    export = ("trust", "export", bundle, *MORNING, *JSON)
    first = terminal.types(*export, schema="trust-bundle").json["root"]
    with open_home(terminal.home, NOON).sign_in("pass-officer", "treino") as session, session.store.write() as unit:
        text = SealPass(session.home)(unit, ROSA, session.by, session.now()).text
        unit.commit()

    assert acts(terminal, "rollover").error == "BMIS-009"  # alone
    terminal.is_user("admin", second="supervisor")
    signing = first
    for _time in range(2):
        made = acts(terminal, "rollover").json["root"]
        assert status(terminal)["next_root"] == made
        assert acts(terminal, "rollover").error == "BMIS-774"
        assert acts(terminal, "begin", made).error == "BMIS-776"
        given = terminal.types(*export, schema="trust-bundle")
        assert given.code == 0, given.err
        assert given.json["root"] == signing
        colons = ":".join(made[at : at + 2] for at in range(0, 64, 2)).upper()
        assert acts(terminal, "begin", colons).json == {"root": made}
        assert acts(terminal, "begin", made).error == "BMIS-775"
        assert acts(terminal, "retire", made, "--reason", "x").error == "BMIS-777"
        signing = made
        assert terminal.types(*export, schema="trust-bundle").json["root"] == signing
    found = terminal.types("seal", "verify", text, "--trust", bundle, *MORNING, *JSON, schema="seal-verify")
    assert found.json[0]["answer"] == "valid"

    assert acts(terminal, "retire", first, "--reason", "served its time").json == {"root": first}
    assert acts(terminal, "retire", first, "--reason", "again").error == "BMIS-778"
    terminal.types(*export, schema="trust-bundle")
    found = terminal.types("seal", "verify", text, "--trust", bundle, *MORNING, *JSON, schema="seal-verify")
    assert found.json[0]["answer"] == "signer_unknown"
    assert terminal.types("db", "verify", *MORNING).code == 0


def test_the_status_names_the_bundle_in_force_and_none_before_the_first(terminal, tmp_path):
    terminal.is_user("admin", second="supervisor")
    assert terminal.types("trust", "authority", *MORNING, *JSON, schema="trust-act").code == 0
    assert status(terminal)["trust"] is None
    for number in (1, 2):
        made = terminal.types("trust", "export", tmp_path / "n.trust", *MORNING, *JSON, schema="trust-bundle")
        assert (made.json["sequence"], status(terminal)["trust"]["sequence"]) == (number, number)


def test_an_officer_changes_no_root(terminal):
    terminal.is_user("officer", second="supervisor")
    assert acts(terminal, "rollover").error == "BMIS-010"


def test_each_of_the_ten_answers_is_told_at_the_terminal_in_code_and_in_both_languages(terminal, tmp_path):
    said = set()
    for answer, (seal, bundle, days) in ten_answers(Authority()).items():
        file = tmp_path / f"{answer}.trust"
        file.write_bytes(bundle)
        asked = ("seal", "verify", seal, "--trust", file, "--at", (TODAY + timedelta(days=days)).isoformat())
        found = terminal.types(*asked, *JSON, schema="seal-verify")
        assert (found.json[0]["answer"], found.code) == (answer, 0 if answer == "valid" else 1), answer
        for language in ("pt", "en"):
            first = terminal.types(*asked, "--lang", language).out.splitlines()[0]
            assert first not in said
            assert "_" not in first  # words, no code
            said.add(first)
    assert len(said) == 20


def test_a_full_disk_leaves_no_bundle_and_no_request_half_written(terminal, tmp_path, monkeypatch):
    terminal.is_user("admin")
    folder = tmp_path / "stick"
    folder.mkdir()
    with monkeypatch.context() as patch:
        no_room_in(folder, patch)
        for asked in (("export", folder / "t.bundle"), ("signer", "--request", folder / "r.pem")):
            assert terminal.types("trust", *asked, *MORNING, *JSON).error == "BMIS-297"
    assert list(folder.iterdir()) == []
