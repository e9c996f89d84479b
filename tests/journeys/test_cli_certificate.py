"""``bmis certificate verify``: needs no home, tells no vaccine, and answers whatever it is given."""

import json

import pytest
import segno

from tests.unit.poe_health.certificates.cert_issuer import DCC, ICVP, Issuer, cache

AT = ("--at", "2026-11-22")
FORM = {
    "traveller": {"surname": "MUELLER UTOPICA", "given_names": "ERIKA", "birth_date": "1974-08-12"},
    "itinerary": [{"country": "AGO", "from": "2026-10-01", "to": "2026-11-21"}],
}


@pytest.fixture(scope="module")
def utopia():
    return Issuer()


@pytest.fixture
def trust(tmp_path, utopia):
    file = tmp_path / "trust.json"
    file.write_bytes(cache(utopia.method()))
    return ("--trust", str(file))


def verifies(terminal, given, *more):
    return terminal.types("certificate", "verify", given, *more, *AT, "--json", schema="certificate-verify")


def test_a_certificate_of_a_known_signer_is_valid(terminal, utopia, trust):
    answer = verifies(terminal, utopia.text(ICVP), *trust)

    assert answer.code == 0
    found = answer.json
    assert (found["answer"], found["format"]) == ("valid", "ICVP")
    assert found["fields"] == {"name": "Erika Müller Utópica", "birth_date": "1974-08-12"}
    assert found["trust"] | {"source": None} == {
        "as_of": "2026-11-21T06:00:00+00:00", "age_days": 1, "stale": False, "stale_after_days": 30, "keys": 1,
        "source": None,
    }  # fmt: skip
    assert found["yellow_fever"]["required"] == "unknown"


def test_it_is_the_same_command_under_health_and_neither_needs_a_home(terminal, utopia, trust, monkeypatch, tmp_path):
    monkeypatch.setenv("BMIS_HOME", str(tmp_path / "none"))
    given = (utopia.text(ICVP), *trust, *AT, "--json")

    top, under = (terminal.types(*words, "certificate", "verify", *given) for words in ((), ("health",)))

    assert (under.code, under.json) == (top.code, top.json) == (0, top.json)
    assert not (tmp_path / "none").exists()


def test_what_the_certificate_says_of_health_is_not_told_to_whoever_calls(terminal, utopia, trust):
    for form in ((utopia.text(ICVP), *trust), (utopia.text(DCC, claim=1), *trust)):
        for more in ((), ("--lang", "en")):
            answer = terminal.types("certificate", "verify", *form, *AT, *more, *(() if more else ("--json",)))
            for secret in (
                "LOT-4711",
                "2026-02-20",
                "840539006",
                "1119349007",
                "EU/1/20/1528",
                "2021-06-10",
                "L898902C3",
            ):
                assert secret not in answer.out


def test_the_whole_form_asks_the_holder_and_the_rule(terminal, utopia, trust):
    good = verifies(terminal, json.dumps(FORM | {"certificate": utopia.text(ICVP)}), *trust)
    assert good.code == 0
    assert good.json["holder"] == {"name": "yes", "birth_date": "yes", "same": "yes"}
    assert (good.json["yellow_fever"]["result"], good.json["yellow_fever"]["required"]) == ("VALID", "yes")

    other = FORM | {"certificate": utopia.text(ICVP), "traveller": FORM["traveller"] | {"birth_date": "1980-01-01"}}
    found = verifies(terminal, json.dumps(other), *trust)
    assert (found.code, found.json["holder"]["same"], found.json["yellow_fever"]["result"]) == (1, "no", "INVALID")


def test_a_paper_card_of_nine_days_is_not_yet_valid(terminal):
    items = dict.fromkeys(("name", "dose_date", "vaccine", "batch", "clinician", "stamp", "language"), "yes")
    paper = {"kind": "PAPER_ICVP", "doses": [{"date": "2026-11-13", "vaccine": "Stamaril"}], "items": items}
    answer = verifies(terminal, json.dumps(FORM | {"paper": paper | {"unaltered": "yes"}}))
    found = answer.json["yellow_fever"]
    assert (answer.code, answer.json["answer"], found["result"]) == (1, None, "NOT_YET_VALID")
    assert found["quarantine_until"] == "2026-11-22"
    assert found["minimum_age_months"] == 12
    assert {each["file"].rpartition("/")[2] for each in found["lists"]} >= {"yellow_fever_risk.toml"}


def test_without_a_trust_list_the_signer_is_unknown_and_it_is_said_in_words(terminal, utopia):
    answer = verifies(terminal, utopia.text(ICVP))
    assert (answer.code, answer.json["answer"], answer.json["trust"]) == (1, "signer_unknown", None)
    said = terminal.types("certificate", "verify", utopia.text(ICVP), *AT, "--lang", "pt").out
    assert "Não foi dada lista de confiança: a assinatura não foi verificada" in said


def test_a_picture_a_text_file_and_a_form_file_are_read(terminal, utopia, trust, tmp_path):
    picture, text, form = (tmp_path / name for name in ("code.png", "code.txt", "form.json"))
    segno.make(utopia.text(ICVP), error="m", micro=False).save(str(picture), scale=6, border=4)
    text.write_text(utopia.text(ICVP) + "\n", encoding="utf-8")
    form.write_text(json.dumps(FORM | {"certificate": utopia.text(ICVP)}), encoding="utf-8")
    for file in (picture, text, form):
        assert verifies(terminal, str(file), *trust).json["answer"] == "valid"


def test_a_picture_without_a_certificate_says_so(terminal, tmp_path):
    picture = tmp_path / "other.png"
    segno.make("https://example.org", micro=False).save(str(picture), scale=6)
    answer = terminal.types("certificate", "verify", str(picture), "--json")
    assert (answer.code, answer.error) == (3, "BMIS-437")


@pytest.mark.parametrize(
    ("given", "code", "error"),
    [
        ("no such file", 3, "BMIS-430"),
        ("HC1:%%%", 3, "BMIS-432"),
        ("HC1:" + "0" * 9000, 3, "BMIS-431"),
        ('{"certificate": "HC1:", "certificate": "HC1:"}', 2, "BMIS-006"),
        ('{"itinerary": [{"country": "XYZ"}]}', 3, "BMIS-408"),
        ('{"itinerary": [{"country": "AGO", "from": "2026-13-01"}]}', 3, "BMIS-405"),
        ('{"itinerary": [{"country": "AGO", "from": "2027-01-01"}]}', 3, "BMIS-406"),
        ('{"paper": {"kind": "NONE", "doses": [{}]}}', 3, "BMIS-439"),
        ('{"certificate": "HC1:", "paper": {"kind": "NONE"}}', 3, "BMIS-439"),
        ('{"paper": {"kind": "PASSPORT"}}', 2, "BMIS-007"),
        ("{", 2, "BMIS-006"),
    ],
)
def test_what_is_no_certificate_ends_in_a_code(terminal, given, code, error):
    answer = terminal.types("certificate", "verify", given, *AT, "--json")
    assert (answer.code, answer.error) == (code, error)


def test_a_trust_list_that_is_none_is_said(terminal, utopia, tmp_path):
    (tmp_path / "bad.json").write_text("{}")
    answer = terminal.types("certificate", "verify", utopia.text(ICVP), "--trust", str(tmp_path / "bad.json"), "--json")
    assert (answer.code, answer.error) == (3, "BMIS-436")
    answer = terminal.types("certificate", "verify", utopia.text(ICVP), "--trust", str(tmp_path / "none"), "--json")
    assert (answer.code, answer.error) == (2, "BMIS-005")


@pytest.mark.parametrize(
    "at", ["0001-01-01", "9999-12-31", "yesterday", "", "2026-11-22T25:00", "1970-01-01T00:00+25:00"]
)
def test_a_day_of_the_check_that_cannot_be_is_refused(terminal, utopia, at):
    answer = terminal.types("certificate", "verify", utopia.text(ICVP), "--at", at, "--json")
    assert (answer.code, answer.error) == (2, "BMIS-004")


@pytest.mark.parametrize("given", ["\udc80\udcff", "HC1:\udc80", "x" * 5000, "/dev/null", "."])
def test_odd_arguments_are_no_certificate(terminal, given):
    answer = terminal.types("certificate", "verify", given, *AT, "--json")
    assert (answer.code, answer.error) in {(3, "BMIS-430"), (3, "BMIS-432")}
