"""``bmis trust withdrawn…``: a pass that is lost at one post is refused at every other, by a stick and two files."""

import shutil
from datetime import datetime

import pytest

from bmis.trust.withdrawals import ImportWithdrawals
from tests.journeys.pass_terminal import NOW, issued
from tests.journeys.test_cli_passes import crossing
from ui.compose import open_home

LATER, EVENING, MORROW = (f"2026-11-2{day}T{hour:02}:00:00+02:00" for day, hour in ((2, 11), (2, 18), (3, 9)))


@pytest.fixture
def homes(terminal, types, tmp_path):
    """The authority's home, and that of a post that has its own key: which one is typed in is said first."""
    authority, post = terminal.home, tmp_path / "post"
    terminal.sets(BMIS_HOME=str(post))
    made = terminal.types("init", "--post", "MZ.T.ZOB", "--lane", "1", "--training", "--now", NOW)
    assert made.code == 0, made.err

    def types_in(name, *words, by="admin", at=NOW, **more):
        terminal.sets(BMIS_HOME=str(authority if name == "authority" else post))
        return types(*words, by=by, at=at, **more)

    bundle, request = tmp_path / "first.trust", tmp_path / "request.pem"
    for name, *words in (
        ("authority", "trust", "export", bundle),
        ("post", "trust", "import", bundle),
        ("post", "trust", "signer", "--request", request),
        ("authority", "trust", "certify", request),
        ("authority", "trust", "export", bundle),
        ("post", "trust", "import", bundle),
    ):
        answer = types_in(name, *words, second="supervisor")
        assert answer.code == 0, answer.err
    return types_in


def test_a_pass_lost_at_a_post_is_refused_everywhere_with_the_next_bundle(homes, terminal, tmp_path):
    def at_post(*words, **more):
        return homes("post", *words, **more)

    first = tmp_path / "first.trust"
    one = issued(lambda *words, **more: at_post(*words, **{"by": "pass-officer"} | more))
    lost = at_post("pass", "lost", one["number"], "--reason", "perdido no mercado", by="pass-officer", at=LATER)
    assert lost.code == 0, lost.err
    stick, after, copy = tmp_path / "zobue.log", tmp_path / "second.trust", tmp_path / "changed.log"

    given = at_post("trust", "withdrawn-export", stick, at=LATER, by="pass-officer", schema="trust-carried")
    assert (given.code, given.json["first"], given.json["last"]) == (0, 1, 1), given.err
    assert b"perdido" not in stick.read_bytes()
    again = at_post("trust", "withdrawn-export", stick, at=LATER, schema="trust-carried")
    assert (again.code, again.error) == (3, "BMIS-297")  # no file is written over

    copy.write_bytes(stick.read_bytes().replace(b"LOST", b"LOSS"))
    take = ("trust", "withdrawn-import")
    changed = homes("authority", *take, copy, at=EVENING, schema="trust-carried")
    assert (changed.code, changed.error) == (3, "BMIS-799")
    taken = homes("authority", *take, stick, at=EVENING, schema="trust-carried")
    assert (taken.code, taken.json["fresh"], taken.json["post"]) == (0, 1, "MZ.T.ZOB"), taken.err
    twice = homes("authority", *take, stick, at=EVENING, schema="trust-carried")
    assert (twice.code, twice.json["fresh"]) == (0, 0)
    [heard] = homes("authority", "trust", "withdrawn", at=EVENING, schema="trust-withdrawn").json["heard"]
    assert (heard["desk"], heard["last"], heard["signer"]) == (given.json["desk"], 1, given.json["signer"])

    bundle = homes("authority", "trust", "export", after, at=EVENING, schema="trust-bundle")
    assert bundle.json["listed"] == 1
    for file, answer in ((first, "valid"), (after, "seal_revoked")):
        asked = ("seal", "verify", one["seal"], "--trust", file, "--now", EVENING, "--json")
        assert terminal.types(*asked, schema="seal-verify").json[0]["answer"] == answer
    nothing = at_post("trust", "withdrawn-export", tmp_path / "x", "--after", 1, at=MORROW, schema="trust-carried")
    assert (nothing.code, nothing.error) == (3, "BMIS-751")
    elsewhere = at_post(*take, stick, at=MORROW, schema="trust-carried")
    assert (elsewhere.code, elsewhere.error) == (3, "BMIS-608")
    assert homes("authority", "db", "verify", at=MORROW).code == 0


def test_a_pass_confirmed_by_mistake_comes_off_the_list_by_two_at_the_terminal(homes, terminal, tmp_path):
    one = issued(lambda *words, **more: homes("post", *words, **{"by": "pass-officer"} | more))
    number, stick = one["number"], tmp_path / "zobue.log"
    homes("post", "pass", "lost", number, "--reason", "perdido no mercado", by="pass-officer", at=LATER)
    given = homes("post", "trust", "withdrawn-export", stick, at=LATER, schema="trust-carried")
    with open_home(terminal.home, datetime.fromisoformat(EVENING)).sign_in("admin", "treino") as session:
        store = session.store  # in training every desk has a say over every pass: as in a live home, this one has none
        take = ImportWithdrawals(session.home, store.write, session.now, lambda _unit, _place: lambda _serial: False)
        assert take(stick.read_bytes(), session.actor).unconfirmed == 1

    def does(*words, **more):
        return homes("authority", "trust", *words, at=EVENING, schema="trust-act", **more)

    def listed(name):
        return homes("authority", "trust", "export", tmp_path / name, at=EVENING, schema="trust-bundle").json["listed"]

    assert does("withdrawn-lift", number, second="supervisor").error == "BMIS-739"
    assert does("withdrawn-confirm", number, second="supervisor").code == 0
    assert listed("with.trust") == 1
    assert does("withdrawn-lift", number).error == "BMIS-009"
    assert does("withdrawn-lift", number, second="supervisor").json == {"serial": one["serial"]}
    assert listed("without.trust") == 0
    [told] = homes("authority", "trust", "withdrawn", at=EVENING, schema="trust-withdrawn").json["reported"]
    assert (told["serial"], told["desk"]) == (one["serial"], given.json["desk"])
    assert homes("authority", "db", "verify", at=MORROW).code == 0


def test_files_that_are_none_are_refused_at_the_terminal(homes, tmp_path):
    shutil.copy(tmp_path / "first.trust", tmp_path / "bundle.log")
    (tmp_path / "zero.log").write_bytes(b"\0" * 5000)
    (tmp_path / "mark.log").write_bytes(b"BMIS-DESK-1\n")
    with (tmp_path / "huge.log").open("wb") as file:
        file.truncate(40 * 1024 * 1024)
    for name, code, exits in (
        ("bundle", 797, 3),
        ("zero", 797, 3),
        ("mark", 797, 3),
        ("huge", 797, 3),
        ("absent", 5, 2),
    ):
        for kind in ("withdrawn-import", "uses-import"):
            refused = homes("authority", "trust", kind, tmp_path / f"{name}.log", schema="trust-carried")
            assert (refused.code, refused.error) == (exits, f"BMIS-{code:03}"), name
    assert homes("authority", "trust", "withdrawn", schema="trust-withdrawn").json == {
        "last": 0,
        "heard": [],
        "reported": [],
    }
    refused = homes("authority", "trust", "withdrawn", by="officer", schema="trust-withdrawn")
    assert (refused.code, refused.error) == (3, "BMIS-010")


def test_a_use_at_a_post_shows_in_the_redemptions_of_another(homes, tmp_path):
    one = issued(lambda *words, **more: homes("post", *words, **{"by": "pass-officer"} | more))
    said = crossing(one, "EXIT", decision="EXITED", acknowledged=["*"])
    kept = homes("post", "crossing", "record", "FILE", said=said, by="officer", at=LATER)
    assert kept.code == 0, kept.err
    stick = tmp_path / "uses.log"

    given = homes("post", "trust", "uses-export", stick, at=LATER, schema="trust-carried")
    assert (given.code, given.json["kind"], given.json["last"]) == (0, "uses", 1), given.err
    for fresh in (1, 0):
        taken = homes("authority", "trust", "uses-import", stick, at=EVENING, schema="trust-carried")
        assert (taken.code, taken.json["fresh"]) == (0, fresh), taken.err
    [verified] = homes("authority", "seal", "verify", one["seal"], by="officer", at=EVENING, schema="seal-verify").json
    [shown] = verified["redemptions"]
    assert (shown["post"], shown["direction"], shown["elsewhere_in_the_hour"]) == ("MZ.T.ZOB", "EXIT", False)
    second = issued(lambda *words, **more: homes("authority", *words, **{"by": "pass-officer", "at": EVENING} | more))
    assert homes("post", "pass", "show", one["number"], by="pass-officer", schema="pass-show").json["heard"] == []
    assert second["serial"] == one["serial"], "training serials are the same everywhere"
    seen = homes("authority", "pass", "show", second["number"], by="pass-officer", schema="pass-show").json
    assert (seen["uses"], [(use["post"], use["direction"]) for use in seen["heard"]]) == ([], [("MZ.T.ZOB", "EXIT")])
    assert seen["heard"][0]["desk"] == given.json["desk"]
    wrong = homes("authority", "trust", "withdrawn-import", stick, at=EVENING, schema="trust-carried")
    assert wrong.error == "BMIS-797"
    assert homes("authority", "db", "verify", at=MORROW).code == 0


def test_a_key_that_was_certified_for_no_place_is_given_one_by_two(homes, terminal, tmp_path):
    def places(name):
        signers = homes(name, "trust", "status", by="admin", schema="trust-status").json["signers"]
        return {one["reference"]: one["place"] for one in signers}

    request = tmp_path / "request.pem"
    [post] = set(places("post")) - {homes("authority", "trust", "status", schema="trust-status").json["seals_with"]}
    assert places("authority")[post] is None
    alone = homes("authority", "trust", "certify", request, "--place", "MZ.T.ZOB", schema="trust-act")
    assert (alone.code, alone.error) == (3, "BMIS-009")
    given = homes("authority", "trust", "certify", request, "--place", " mz.t.zob", second="supervisor")
    assert (given.code, given.json["reference"]) == (0, post)
    assert (places("authority")[post], places("post")[post]) == ("MZ.T.ZOB", None)
    homes("authority", "trust", "status", second="supervisor")
    said = terminal.types("trust", "certify", request, "--place", "MZ.T.CLB", "--now", NOW)
    assert "Não há números registados aqui para MZ.T.CLB" in said.out, said
    assert f"{post} 22/11/2026" in (shown := terminal.types("trust", "status", "--now", NOW).out)
    assert "MZ.T.CLB" in shown
    assert homes("authority", "db", "verify", at=MORROW).code == 0
