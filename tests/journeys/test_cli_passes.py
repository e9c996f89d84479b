"""A border pass at the terminal: from the application to the lane and to its end, with the seals of this home."""

import base64
import json
from uuid import uuid4

import pytest

from bmis.passes.serials import printed
from tests.journeys.pass_terminal import FACE, NOW, applicant, issued


def test_a_pass_is_applied_for_approved_by_another_issued_and_proved(types):
    asked = types("pass", "apply", "FILE", said=applicant(), schema="pass-apply")
    assert (asked.code, asked.json["state"], asked.json["eligible"]) == (0, "PENDING_APPROVAL", "yes")
    number = asked.json["number"]
    assert types("pass", "approve", number).code == 3
    assert types("pass", "issue", number).error == "BMIS-648"
    assert types("pass", "approve", number, by="supervisor", schema="pass-apply").json["state"] == "APPROVED"

    given = types("pass", "issue", number, "--consent", "thumb", "--read-in", "ny", schema="pass-issue").json
    assert (given["state"], given["fee"]) == ("ACTIVE", "0.00 MZN")
    assert (given["valid_from"], given["valid_to"]) == ("2026-11-22", "2027-11-21")
    [proved] = types("seal", "verify", given["seal"], schema="seal-verify").json
    assert (proved["answer"], proved["fields"]["serial"]) == ("valid", given["serial"])
    assert proved["fields"]["surname"] == "ESPECIME"
    assert types("receipt", "show", given["receipt"], schema="receipt").json["paid"] == "0.00 MZN"
    shown = types("pass", "show", str(given["serial"]), schema="pass-show").json
    assert shown["holder"]["person"]["village"] == "Biriwiri"
    assert proved["fields"]["photo"] == shown["photo"][:16]
    assert types("db", "verify", by="auditor").code == 0


def test_the_same_request_is_the_same_application_and_another_content_is_refused(types):
    said = applicant()
    first = types("pass", "apply", "FILE", said=said, schema="pass-apply").json
    assert types("pass", "apply", "FILE", said=said, schema="pass-apply").json["application"] == first["application"]
    other = types("pass", "apply", "FILE", said=said | {"purpose": "family"})
    assert (other.code, other.error) == (3, "BMIS-644")


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ({"surname": "Mondlane", "given_names": "Rui", "birth_date": "1971-01-02"}, "id_number"),
        ({"surname": "Espessime", "id_number": None}, "name_birth_village"),
    ],
)
def test_somebody_who_is_known_is_asked_about_and_nothing_is_kept(types, person, why):
    known = types("pass", "apply", "FILE", said=applicant(), schema="pass-apply").json
    asked = types("pass", "apply", "FILE", said=applicant(person=person), schema="pass-apply")

    assert (asked.code, asked.json["application"]) == (1, None)
    assert asked.json["refused"]["code"] == "BMIS-645"
    [alike] = asked.json["duplicates"]
    assert (alike["why"], alike["person"], alike["applications"]) == (why, known["person"], [known["number"]])
    assert "BMIS-645" in asked.err


def test_searching_first(types):
    types("pass", "apply", "FILE", said=applicant())
    known = (
        "pass",
        "find",
        "--surname",
        "Espécime",
        "--given-names",
        "Ana",
        "--birth",
        "1990",
        "--village",
        "Biriwiri",
    )

    assert types(*known, schema="pass-find").json["duplicates"][0]["why"] == "name_birth_village"
    stranger = tuple("Macuácua" if word == "Espécime" else word for word in known)
    assert types(*stranger, schema="pass-find").code == 1


def test_the_rules_say_no_in_the_answer_and_a_rejection_is_told_with_its_appeal(types):
    young = types("pass", "apply", "FILE", said=applicant(person={"birth_date": "2012-05-01"}), schema="pass-apply")
    assert (young.code, young.json["eligible"]) == (1, "no")
    number = young.json["number"]
    assert types("pass", "approve", number, by="supervisor").error == "BMIS-650"

    told = types(
        "pass", "reject", number, "--reason", "menor de idade", by="supervisor", schema="pass-application"
    ).json
    assert told["state"] == "REJECTED"
    assert told["notice"]["appeal_until"] == "2026-12-07"


def test_who_has_no_document_needs_two_attesters_and_a_supervisors_word(types):
    found = types("pass", "apply", "FILE", said=applicant(person={"id_number": None}), schema="pass-apply").json
    assert found["state"] == "PENDING_ATTESTATION"
    second = {"attester": "Chefe da Localidade", "role": "locality_chief", "citizen": True}
    after = types("pass", "attest", found["number"], "FILE", said=second, schema="pass-apply").json
    assert after["state"] == "PENDING_APPROVAL"
    refused = types("pass", "approve", found["number"], by="supervisor")
    assert (refused.code, refused.error) == (3, "BMIS-651")
    accepted = ("--reason", "duas testemunhas; enviada ao registo civil")
    assert types("pass", "approve", found["number"], *accepted, by="supervisor").code == 0
    assert types("pass", "issue", found["number"], schema="pass-issue").code == 0


@pytest.mark.parametrize("form", ["path", "base64", "uri"])
def test_a_photo_is_a_path_base64_or_a_data_uri(types, form):
    coded = base64.b64encode(FACE.read_bytes()).decode()
    photo = {"path": str(FACE), "base64": coded, "uri": f"data:image/jpeg;base64,{coded}"}[form]

    found = types("pass", "apply", "FILE", said=applicant(photo=photo), schema="pass-apply").json
    assert next(one for one in found["eligibility"] if one["check"] == "photo")["why"] == "taken"


def test_what_is_no_photo_keeps_nothing(types, tmp_path):
    (tmp_path / "text.jpg").write_text("not a picture")

    for photo in ("nothing-there.jpg", "text.jpg", "data:image/jpeg;base64,AAAA"):
        assert types("pass", "apply", "FILE", said=applicant(photo=photo)).code == 3
    assert types("pass", "list").code == 1


def test_suspended_reinstated_and_revoked_are_told_apart_by_the_seal(types):
    one = issued(types)
    serial, seal = str(one["serial"]), one["seal"]
    told = types("pass", "suspend", serial, "--reason", "emprestou-o", "--ground", "LENT", schema="pass-change").json
    assert (told["state"], told["notice"]["reason_code"]) == ("SUSPENDED", "LENT")
    assert types("seal", "verify", seal).json[0]["answer"] == "seal_revoked"
    assert types("pass", "check", seal, schema="pass-check").code == 1

    alone = types("pass", "reinstate", serial, "--reason", "esclarecido")
    assert (alone.code, alone.error) == (3, "BMIS-009")
    back = types("pass", "reinstate", serial, "--reason", "esclarecido", second="supervisor", schema="pass-change")
    assert back.json["state"] == "ACTIVE"
    assert types("seal", "verify", seal).json[0]["answer"] == "valid"

    assert types("pass", "revoke", serial, "--reason", "declaração falsa").error == "BMIS-009"
    told = types("pass", "revoke", serial, "--reason", "declaração falsa", by="supervisor", schema="pass-change").json
    assert (told["state"], told["notice"]["appeal_until"]) == ("REVOKED", "2026-12-07")
    assert types("seal", "verify", seal).json[0]["answer"] == "seal_revoked"
    assert types("pass", "suspend", serial, "--reason", "outra vez").error == "BMIS-654"


def test_lost_and_replaced(types):
    one = issued(types)
    lost = types("pass", "lost", one["number"], "--reason", "perdido no mercado", schema="pass-change").json
    assert lost["state"] == "LOST"
    again = types("pass", "replace", one["number"], "--reason", "perdido no mercado", schema="pass-apply").json
    assert again["origin"] == "REPLACEMENT"
    types("pass", "approve", again["number"], by="supervisor")
    new = types("pass", "issue", again["number"], schema="pass-issue").json

    assert (new["replaces"], new["valid_to"]) == (one["serial"], one["valid_to"])
    states = {row["serial"]: row["state"] for row in types("pass", "list", schema="pass-list").json["passes"]}
    assert states == {one["serial"]: "REPLACED", new["serial"]: "ACTIVE"}
    assert types("pass", "list", "--state", "replaced", schema="pass-list").json["applications"] == []
    assert types("pass", "list", "--state", "LENT").code == 2


def test_renewed_in_its_last_days_and_settled_after(types):
    one = issued(types)
    early = types("pass", "renew", one["number"], "--reason", "termina")
    assert (early.code, early.error) == (3, "BMIS-666")
    late = "2027-12-01T10:00:00+02:00"
    assert types("pass", "settle", at=late, schema="pass-settle").json == {"settled": 1}
    found = types("pass", "renew", one["number"], "--reason", "caducou", at=late, schema="pass-apply").json
    assert (found["origin"], found["state"]) == ("RENEWAL", "PENDING_ATTESTATION")


@pytest.fixture
def pilot(terminal, types, tmp_path):
    """A training home at a post of the pilot."""
    terminal.sets(BMIS_HOME=str(tmp_path / "pilot"))
    made = terminal.types("init", "--post", "MZ.T.ZOB", "--lane", "1", "--training", "--now", NOW)
    assert made.code == 0, made.err
    return types


def found_in(answer):
    return [(one["status"], one["code"]) for one in answer.json["findings"] if one["check"] == "border_pass"]


def test_the_lane_checks_the_pass_and_keeps_its_use_with_the_crossing(pilot):
    types, one = pilot, issued(pilot)

    def records(direction, at=NOW, by="officer", second=None, **more):
        said = crossing(one, direction, **more)
        return types(
            "crossing", "record", "FILE", said=said, by=by, schema="crossing-record-line", at=at, second=second
        )

    shown = records("EXIT")
    assert (shown.code, found_in(shown)) == (1, [("green", "in_order")])
    assert types("pass", "show", one["number"]).json["uses"] == []  # nothing was decided
    goods = [{"product": "feijão", "quantity": 20, "unit": "kg", "value": 900, "currency": "MZN"}]
    kept = records("EXIT", decision="EXITED", acknowledged=["*"], goods=goods)
    assert kept.code == 0, kept.err
    [use] = types("pass", "show", one["number"], schema="pass-show").json["uses"]
    assert (use["direction"], use["post"], use["regime"], use["products"]) == (
        "EXIT",
        "MZ.T.ZOB",
        "simplified",
        ["beans"],
    )
    [proved] = types("seal", "verify", one["seal"]).json
    assert [each["direction"] for each in proved["redemptions"]] == ["EXIT"]

    late = records("ENTRY", at="2027-01-10T10:00:00+02:00")
    assert ("amber", "late_advise") in found_in(late)
    reason = ("--reason", "a pessoa não passou")
    assert types("crossing", "annul", kept.json["id"], *reason, by="supervisor").code == 0
    assert types("pass", "show", one["number"]).json["uses"] == []
    assert types("db", "verify", by="auditor").code == 0

    types("pass", "suspend", one["number"], "--reason", "averiguação")
    stopped = records("EXIT", decision="EXITED", acknowledged=["*"])
    assert (stopped.code, stopped.json["id"]) == (1, None)
    assert set(found_in(stopped)) == {("red", "seal_revoked"), ("red", "suspended")}
    assert records("EXIT", decision="EXITED", acknowledged=["*"], second="supervisor").code == 0


def test_a_pass_does_not_count_at_another_post(types):
    shown = types("crossing", "record", "FILE", said=crossing(issued(types), "EXIT"), by="officer")

    assert found_in(shown) == [("red", "other_post")]


@pytest.mark.parametrize("text", ["00000001A", "TZ-MZ 12", "MZ-MW 0"])
def test_a_pass_that_was_misread_stops_the_request_and_not_the_next(types, text):
    refused = types(
        "crossing", "record", "FILE", said=crossing(issued(types), "EXIT") | {"border_pass": text}, by="officer"
    )

    assert refused.code == 3
    assert refused.error in {"BMIS-653", "BMIS-641"}


def crossing(one, direction, **more):
    return {
        "request_id": str(uuid4()),
        "direction": direction,
        "document": {
            "kind": "border_facility_card",
            "issuing_state": "MOZ",
            "number": one["number"],
            "surname": "Espécime",
            "given_names": "Utopia Ana",
            "nationality": "MOZ",
            "birth_date": "1990-05-12",
            "sex": "F",
            "expiry_date": one["valid_to"],
            "manual_reason": "cartão",
        },
        "mode": "foot",
        "purpose": "business",
        "coming_from": "MOZ",
        "going_to": "MWI",
        "border_pass": one["seal"],
        **more,
    }


def test_a_load_is_judged_at_the_lane(types):
    one = issued(types)
    load = {"goods": [{"product": "milho", "quantity": 50, "unit": "kg", "value": "6390", "currency": "MZN"}]}

    seen = types("pass", "check", one["seal"], "--goods", "FILE", said=load, by="officer", schema="pass-check").json
    assert (seen["goods"]["regime"], seen["goods"]["total"], seen["goods"]["confirmed"]) == (
        "simplified",
        "100.00 USD",
        False,
    )
    load["goods"][0]["value"] = "639000"
    seen = types("pass", "check", one["seal"], "--goods", "FILE", said=load, by="officer", schema="pass-check").json
    assert (seen["goods"]["regime"], seen["goods"]["why"]) == ("customs", "above_ceiling")


def test_serials_are_accounted_and_a_spoiled_one_is_gone(types):
    found = types("pass", "apply", "FILE", said=applicant()).json
    types("pass", "approve", found["number"], by="supervisor")
    assert types("pass", "serials", schema="pass-serials").json == {"serials": []}
    types("pass", "issue", found["number"])
    [account] = types("pass", "serials", schema="pass-serials").json["serials"]
    assert (account["handed_over"], account["adds_up"]) == (1, True)
    blank = types("pass", "spoil", printed(2), "--blank", "--reason", "partido", schema="pass-serials")
    assert blank.json["serials"][0]["spoiled"] == 1
    assert types("pass", "spoil", printed(2), "--blank", "--reason", "partido").error == "BMIS-665"
    refused = types("pass", "serials", "--first", "5", "--last", "9", by="supervisor")
    assert (refused.code, refused.error) == (3, "BMIS-655")
    assert types("pass", "serials", "--first", "500000", "--last", "500099", by="supervisor").code == 0


def test_money_has_receipts_and_the_till_is_counted(types):
    found = types("pass", "apply", "FILE", said=applicant()).json
    assert types("pass", "charge", found["number"], "--exempt", "FRIEND", "--reason", "conhecido").error == "BMIS-635"
    assert types("pass", "charge", found["number"], "--paid", "50 MZN").error == "BMIS-634"
    free = types("pass", "charge", found["number"], schema="receipt").json
    spared = ("pass", "charge", found["number"], "--exempt", "DISASTER", "--reason", "casa levada pela cheia")
    assert types(*spared).error == types("pass", "charge", found["number"]).error == "BMIS-660"
    assert types("receipt", "copy", free["number"], schema="receipt").json["copies"] == 1
    assert types("receipt", "cancel", free["number"], "--reason", "engano").error == "BMIS-009"
    gone = types("receipt", "cancel", free["number"], "--reason", "engano", second="supervisor", schema="receipt").json
    assert gone["state"] == "cancelled"
    assert types(*spared, schema="receipt").json["exemption"]["code"] == "DISASTER"
    assert types("receipt", "rates", schema="receipt-rates").json["rates"][0]["confirmed"] is False
    entered = types("receipt", "rate", "USD", "64.05", "--source", "Banco de Moçambique", by="supervisor")
    assert entered.json["rates"][0]["metical"] == "64.05"
    assert types("receipt", "rate", "USD", "64.05", "--source", "Banco").code == 3
    till = types("receipt", "till", schema="receipt-till").json
    assert (till["receipts"], till["zero"], till["exempt"], till["cancelled"]) == (2, 1, 1, 1)
    assert types("receipt", "close-till", "--counted", "10 MZN").error == "BMIS-636"
    closed = types("receipt", "close-till", "--counted", "0 MZN", schema="receipt-till-closed").json
    assert closed["receipts"] == 2
    assert len(types("receipt", "list", schema="receipt-list").json["receipts"]) == 2


def test_a_list_is_as_long_as_was_asked(types):
    issued(types)
    issued(types, person={"surname": "Outra", "birth_date": "1961-01-01", "id_number": "220100234567B"})
    assert len(types("pass", "list", "--limit", "1", schema="pass-list").json["passes"]) == 1
    for command in ("pass", "receipt"):
        for most in ("0", "-1", "99999999999999999999"):
            assert (types(command, "list", "--limit", most).code, most) == (2, most)


def test_no_application_of_a_file_is_passed_over_in_silence(types):
    other = applicant(person={"surname": "Outra", "birth_date": "1961-01-01", "id_number": "220100234567B"})
    for said in ([applicant(), other], []):
        assert (types("pass", "apply", "FILE", said=said).code, types("pass", "list").code) == (2, 1)


def test_statistics_for_the_public_hide_small_numbers(types):
    issued(types)

    inside = types("pass", "statistics", by="supervisor", schema="pass-statistics").json
    assert inside["issued"]["sex"] == {"parts": {"F": 1}, "total": 1}
    public = types("pass", "statistics", "--public", by="supervisor", schema="pass-statistics").json
    assert public["issued"]["sex"] == {"parts": {"F": None}, "total": None}
    assert public["hidden"] > 0


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "2026-11-22"), ("2026-11-01", "9999-12-31")])
def test_days_beyond_the_calendar_are_a_wrong_call(types, first, last):
    refused = types("pass", "statistics", "--from", first, "--to", last)
    assert (refused.code, refused.error) == (2, "BMIS-004")


def test_schemes_say_what_is_to_be_confirmed(types):
    found = {one["code"]: one for one in types("pass", "schemes", schema="pass-schemes").json["schemes"]}

    assert "max_stay_days" in found["MZ-MW"]["to_be_confirmed"]
    assert found["MZ-MW"]["goods_ceiling"] == "1000.00 USD"
    assert found["TZ-MZ"]["draft"]


@pytest.mark.parametrize("by", ["officer", "auditor", "screener"])
def test_others_take_no_applications(types, by):
    assert types("pass", "apply", "FILE", said=applicant(), by=by).code == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": ""},
        {"request_id": "1"},
        {"person": {"sex": "W"}},
        {"person": {"birth_date": "yesterday"}},
        {"colour": 1},
    ],
)
def test_an_object_that_cannot_be_is_a_wrong_call(types, wrong):
    person = wrong.pop("person", {})

    assert types("pass", "apply", "FILE", said=applicant(person=person) | wrong).code == 2


def test_lines_for_a_person_are_in_the_language_asked_for(clerk, tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(applicant()), encoding="utf-8")

    portuguese = clerk.types("pass", "apply", path, "--now", NOW)
    english = clerk.types("pass", "apply", path, "--now", NOW, "--lang", "en")
    assert "Aguarda aprovação" in portuguese.out
    assert "Waits for approval" in english.out
    assert "Espécime" not in portuguese.out + english.out
