"""``bmis seal verify`` and ``bmis trust``: from a bundle in the hand to a check in the dark by the roadside."""

import io
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from bmis.trust.redemptions import Redemption
from bmis.trust.seal_status import SealStatus
from bmis.trust.sign_seal import SealPass
from tests.drawn_cards import SHOTS, code
from tests.journeys.cli_robot import LINE
from tests.sealing import NOON, ROSA, Authority
from tests.unit.poe_health.certificates.cert_issuer import ICVP, Issuer, cache
from ui.compose import open_home
from ui.seals import CheckSeal

AT = ("--at", "2026-11-22")
MORNING = ("--now", "2026-11-22T12:00:00+02:00")


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def signer(authority):
    return authority.signer()


@pytest.fixture
def bundle(authority, signer, tmp_path):
    file = tmp_path / "bundle.trust"
    file.write_bytes(authority.bundle(signer, listed=[77], sequence=3))
    return file


@pytest.fixture
def verifies(terminal, bundle):
    def ask(*given, at=AT, trust=bundle):
        return terminal.types("seal", "verify", *given, "--trust", trust, *at, "--json", schema="seal-verify")

    return ask


def test_text_bytes_and_pictures_of_one_card_get_one_answer_each_in_order(verifies, authority, signer, tmp_path):
    text = authority.seal(signer)
    (tmp_path / "card.txt").write_text(text + "\n")
    (tmp_path / "card.bin").write_bytes(authority.raw(signer, replace(ROSA, serial=77)))
    (tmp_path / "card.png").write_bytes(code(text))
    Image.fromarray(SHOTS["all of it"].taken(text)).save(tmp_path / "photo.jpg", quality=80)

    answer = verifies(text, *(tmp_path / name for name in ("card.txt", "card.bin", "card.png", "photo.jpg")), "HELLO")

    assert answer.code == 1
    assert [(one["answer"], one["format"]) for one in answer.json] == [
        ("valid", "pass"),
        ("valid", "pass"),
        ("seal_revoked", "pass"),
        ("valid", "pass"),
        ("valid", "pass"),
        ("not_a_seal", None),
    ]
    assert answer.json[0]["fields"]["surname"] == "NHAMUAVE"
    assert answer.json[0]["redemptions"] is None
    assert answer.json[0]["trust"]["sequence"] == 3


def test_no_home_no_password_and_no_trace(verifies, terminal, authority, signer):
    terminal.lacks("BMIS_USER", "BMIS_PASSWORD", "BMIS_HOME")
    before = sorted(path.name for path in terminal.home.rglob("*"))

    assert verifies(authority.seal(signer)).code == 0
    assert sorted(path.name for path in terminal.home.rglob("*")) == before


def test_the_day_of_the_check_decides(verifies, authority, signer):
    text = authority.seal(signer)
    days = ("2026-11-21", "2026-11-22", "2026-12-30", "2027-11-21", "2027-11-22")

    answers = [verifies(text, at=("--at", day)).json[0]["answer"] for day in days]

    assert answers == ["not_yet_valid", "valid", "trust_stale", "trust_stale", "expired"]


def test_a_seal_from_stdin_and_a_wrong_day(verifies, terminal, bundle, authority, signer):
    said = terminal.types(
        "seal", "verify", "-", "--trust", bundle, *AT, "--json", stdin=authority.seal(signer), schema="seal-verify"
    )

    assert said.json[0]["answer"] == "valid"
    assert verifies("X", at=("--at", "22/11/2026")).code == 2
    assert terminal.types("seal", "verify").code == 2


def test_a_bundle_that_was_changed_or_is_none_is_said_to_be(verifies, bundle, tmp_path):
    content = bytearray(bundle.read_bytes())
    content[-20] ^= 1
    (tmp_path / "changed.trust").write_bytes(content)
    (tmp_path / "none.trust").write_bytes(b"{}")

    assert verifies("X", trust=tmp_path / "changed.trust").error == "BMIS-603"
    assert verifies("X", trust=tmp_path / "none.trust").error == "BMIS-602"
    absent = verifies("X", trust=tmp_path / "absent.trust")
    assert (absent.code, absent.error) == (2, "BMIS-005")


def test_a_health_certificate_tells_name_and_birth_and_nothing_of_health(terminal, authority, tmp_path):
    utopia = Issuer()
    text = utopia.text(ICVP)
    for parts, answer in (({}, "signer_unknown"), ({"health-trust.json": cache(utopia.method())}, "valid")):
        file = tmp_path / f"{answer}.trust"
        file.write_bytes(authority.bundle(parts=parts))
        said = terminal.types("seal", "verify", text, "--trust", file, *AT, "--json", schema="seal-verify")
        found = said.json[0]

        assert (found["answer"], found["format"]) == (answer, "hc1")
        assert found["fields"] == {"name": "Erika Müller Utópica", "birth_date": "1974-08-12"}
        assert "vaccin" not in said.out.lower()
    broken = terminal.types("seal", "verify", text[:-9], "--trust", file, *AT, "--json", schema="seal-verify")
    assert broken.json[0]["answer"] == "not_a_seal"


def test_pictures_without_a_seal_with_two_and_broken_ones(verifies, authority, signer, tmp_path):
    Image.new("L", (400, 300), 200).save(tmp_path / "nothing.png")
    (tmp_path / "other.png").write_bytes(code("https://example.org/", scale=6))
    (tmp_path / "broken.png").write_bytes(code(authority.seal(signer))[:300])
    sheet = Image.new("L", (1100, 560), 255)
    for at, serial in enumerate((1, 2)):
        one = code(authority.seal(signer, replace(ROSA, serial=serial)), scale=6)
        sheet.paste(Image.open(io.BytesIO(one)), (at * 540, 40))
    sheet.save(tmp_path / "two.png")

    answer = verifies(*(tmp_path / f"{name}.png" for name in ("nothing", "other", "broken", "two")))

    assert answer.code == 3
    assert [one["reason"] for one in answer.json[:2]] == ["no_code", "other_code"]
    assert [one["error"]["code"] for one in answer.json[2:]] == ["BMIS-153", "BMIS-617"]
    assert [one["answer"] for one in answer.json] == ["not_a_seal", "not_a_seal", None, None]


def test_a_pipe_a_folder_and_an_odd_name_are_not_waited_for(verifies, tmp_path):
    os.mkfifo(tmp_path / "pipe")

    answer = verifies(tmp_path / "pipe", "a\nb", "x" * 5000, "")

    assert [one["answer"] for one in answer.json] == [None, *["not_a_seal"] * 3]
    assert answer.json[0]["error"]["code"] == "BMIS-163"
    for wrong in (verifies("X", trust=tmp_path / "pipe"), verifies("X", tmp_path)):
        assert (wrong.code, wrong.error) == (2, "BMIS-005")


def test_a_picture_that_is_not_there_is_no_forgery(verifies, tmp_path):
    for name in ("card.jpg", "CARD.PDF", str(tmp_path / "card.png")):
        answer = verifies(name)
        [found] = answer.json
        assert (answer.code, found["answer"], found["error"]["code"]) == (3, None, "BMIS-150"), name


PURPOSE_AND_DAYS = {
    "pt": ("Válido até", f"{ROSA.valid_to:%d/%m/%Y}", "Finalidade do cartão: Pequeno comércio"),
    "en": ("Valid to", f"{ROSA.valid_to:%d/%m/%Y}", "Purpose of the pass: Small-scale trade"),
}


def test_people_read_the_answer_in_their_language(terminal, bundle, authority, signer):
    stranger = Authority()
    for language, words in (("pt", "O selo é autêntico e válido."), ("en", "The seal is genuine and counts.")):
        sealed = authority.seal(signer, replace(ROSA, scheme="MZMW"))
        said = terminal.types("seal", "verify", sealed, "--trust", bundle, *AT, "--lang", language)
        lines = said.out.splitlines()
        assert lines[0] == words
        label, until, purpose = PURPOSE_AND_DAYS[language]
        assert f"{label}: {until}" in lines
        assert purpose in lines
    said = terminal.types("seal", "verify", stranger.seal(stranger.signer(9)), "--trust", bundle, *AT, "--lang", "pt")
    assert "Nada do que se segue está provado." in said.out


def test_the_home_makes_gives_and_takes_bundles_and_checks_what_it_issued(terminal, tmp_path):
    terminal.is_user("admin")
    first, second = tmp_path / "first.trust", tmp_path / "second.trust"
    home = open_home(terminal.home, NOON)
    with home.sign_in("pass-officer", "treino") as session, session.store.write() as unit:
        text = SealPass(session.home)(unit, ROSA, session.by, session.now()).text
        unit.commit()
    given = terminal.types("trust", "export", first, *MORNING, "--json", schema="trust-bundle")
    with home.sign_in("pass-officer", "treino") as session, session.store.write() as unit:
        SealStatus(unit).list([ROSA.serial], "LOST", session.by, session.now())
        unit.commit()
    terminal.types("trust", "export", second, *MORNING, "--json", schema="trust-bundle")
    asked = ("seal", "verify", text, *MORNING, "--json")

    assert given.json["signers"] == 1
    for file, answer in ((first, "valid"), (second, "seal_revoked")):
        assert terminal.types(*asked, "--trust", file, schema="seal-verify").json[0]["answer"] == answer
    assert terminal.types("trust", "import", second, *MORNING, "--json", schema="trust-bundle").code == 0
    older = terminal.types("trust", "import", first, *MORNING, "--json", schema="trust-bundle")
    assert (older.code, older.error) == (3, "BMIS-605")
    assert terminal.is_user("officer").types(*asked, schema="seal-verify").json[0]["answer"] == "seal_revoked"
    status = terminal.is_user("admin").types("trust", "status", *MORNING, "--json", schema="trust-status").json
    assert status["authority"] == given.json["root"]
    assert terminal.types("db", "verify", *MORNING).code == 0


def test_signers_are_asked_for_certified_and_revoked_by_two_people(terminal, tmp_path):
    terminal.is_user("admin")
    terminal.types("trust", "export", tmp_path / "any.trust", *MORNING)
    request = tmp_path / "request.pem"

    assert terminal.types("trust", "signer", "--request", request, *MORNING, "--json", schema="trust-act").code == 0
    alone = terminal.types("trust", "certify", request, *MORNING, "--json", schema="trust-act")
    assert (alone.code, alone.error) == (3, "BMIS-009")
    terminal.is_user("admin", second="supervisor")
    certified = terminal.types("trust", "certify", request, *MORNING, "--json", schema="trust-act")
    reference = certified.json["reference"]
    revoked = ("trust", "revoke", reference, "--reason", "stolen", *MORNING, "--json")
    assert terminal.types(*revoked, schema="trust-act").json == {"reference": reference}
    assert terminal.types(*revoked, schema="trust-act").error == "BMIS-610"
    (tmp_path / "root.der").write_bytes(Authority("UTO").root)
    taken = terminal.types(
        "trust", "accept", tmp_path / "root.der", "--reason", "by letter", *MORNING, "--json", schema="trust-act"
    )
    assert taken.json["role"] == "root"
    assert terminal.types("trust", "authority", *MORNING, "--json", schema="trust-act").error == "BMIS-609"


def test_a_bundle_takes_the_place_of_a_bundle_and_of_nothing_else(terminal, tmp_path):
    terminal.is_user("admin")
    (tmp_path / "letter.txt").write_text("dear colleague")
    (tmp_path / "bundle.trust").write_bytes(b"BMIS-TRUST-1\nold")

    assert terminal.types("trust", "export", tmp_path / "letter.txt", *MORNING, "--json").error == "BMIS-297"
    assert (tmp_path / "letter.txt").read_text() == "dear colleague"
    assert terminal.types("trust", "export", tmp_path / "bundle.trust", *MORNING).code == 0
    assert terminal.types("trust", "import", tmp_path / "absent", *MORNING, "--json").error == "BMIS-005"


def test_health_and_officers_have_nothing_to_do_with_bundles(terminal, tmp_path):
    for role in ("officer", "screener"):
        refused = terminal.is_user(role).types("trust", "export", tmp_path / "x.trust", *MORNING, "--json")
        assert (refused.code, refused.error) == (3, "BMIS-010")
        assert LINE.search(refused.err)
    assert terminal.is_user("screener").types("seal", "verify", "X", *MORNING, "--json").error == "BMIS-010"


def test_one_serial_at_two_posts_within_the_hour_shows_in_the_redemptions(authority, signer):
    at = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    class Log:
        def of_serial(self, serial):
            assert serial == ROSA.serial
            return [
                Redemption(serial, "MZ.L.ZOB", at, "ENTRY"),
                Redemption(serial, "MZ.L.CHD", at - timedelta(minutes=40), "EXIT"),
                Redemption(serial, "MZ.L.CHD", at - timedelta(hours=5), "ENTRY"),
            ]

    check = CheckSeal(authority.trust(signer), NOON, None, Log())
    found = check(authority.seal(signer))

    assert found["answer"] == "valid"
    assert [(one["post"], one["elsewhere_in_the_hour"]) for one in found["redemptions"]] == [
        ("MZ.L.ZOB", True),
        ("MZ.L.CHD", True),
        ("MZ.L.CHD", False),
    ]
    assert json.dumps(found)
