"""A day at the desk by command line: recorded, refused, referred, found, corrected, annulled."""

import json

import pytest

from tests.journeys.cli_robot import traveller
from ui.words.findings import worded

OUT = "crossing-record-out"


def records(terminal, request, *more, **options):
    return terminal.types("crossing", "record", "-", "--json", *more, stdin=json.dumps(request), schema=OUT, **options)


def status_of(answer, check):
    return {finding["check"]: finding["status"] for finding in answer.json["findings"]}[check]


def test_a_traveller_is_admitted_and_found_again(officer):
    kept = records(officer, traveller(1))

    assert kept.code == 0
    assert kept.json["seq"] == 1
    assert kept.json["decision"] == "ADMITTED"
    assert kept.json["stay_until"] is None
    assert {finding["status"] for finding in kept.json["findings"]} == {"green"}
    assert all(worded(finding["check"], finding["code"]) for finding in kept.json["findings"])
    found = officer.types("crossing", "search", "--document", "U00000001", "--json", schema="crossing-search")
    assert [one["id"] for one in found.json["crossings"]] == [kept.json["id"]]
    shown = officer.types("crossing", "show", kept.json["id"], "--json", schema="crossing-show")
    assert shown.json["document"] == kept.json["document"]


def test_without_a_decision_nothing_is_stored_and_one_is_proposed(officer):
    asked = traveller(1)
    del asked["decision"]

    answer = records(officer, asked)

    assert answer.code == 1
    assert (answer.json["id"], answer.json["proposed"]) == (None, "ADMITTED")
    assert officer.types("crossing", "search", "--document", "U00000001").code == 1


def test_the_same_request_is_the_same_crossing(officer):
    asked = traveller(1)

    first, again = records(officer, asked), records(officer, asked)

    assert (again.code, again.json["id"]) == (0, first.json["id"])
    other = records(officer, {**asked, "purpose": "business"})
    assert (other.code, other.json["error"]["code"]) == (3, "BMIS-251")


def test_a_repeated_document_is_amber_until_it_is_accepted(officer):
    records(officer, traveller(1))

    refused = records(officer, traveller(1, acknowledged=[]))
    accepted = records(officer, traveller(1, acknowledged=["repeated", "open_crossing"]))

    assert refused.code == 1
    assert refused.json["id"] is None
    assert refused.json["refused"]["code"] == "BMIS-241"
    assert status_of(refused, "repeated") == "amber"
    assert (accepted.code, accepted.json["seq"]) == (0, 2)


def expired(number, **more):
    asked = traveller(number, **more)
    asked["mrz"] = None
    asked["document"] = {
        "kind": "passport",
        "issuing_state": "UTO",
        "number": "X1",
        "surname": "Machava",
        "given_names": "Espécime",
        "nationality": "UTO",
        "birth_date": "1988-04",
        "sex": "F",
        "expiry_date": "2020-01-01",
        "missing": {"birth_day": "NOT_ON_DOCUMENT"},
        "manual_reason": "zona ilegível",
    }
    return asked


def test_a_red_finding_needs_a_second_person(officer):
    alone = records(officer, expired(1))
    together = records(officer.is_user("officer", second="supervisor"), expired(1))

    assert (alone.code, alone.json["refused"]["code"]) == (1, "BMIS-242")
    assert status_of(alone, "document_dates") == "red"
    assert (together.code, together.json["second_officer"]) == (0, "supervisor")


def test_one_cannot_be_ones_own_second_person(officer):
    answer = records(officer.is_user("supervisor", second="supervisor"), expired(1))

    assert answer.code == 1
    assert answer.json["id"] is None
    assert answer.json["refused"]["code"] == "BMIS-047"


def test_refusing_asks_about_protection_and_a_claim_is_answered_with_the_referral(officer):
    asked = traveller(1, decision="REFUSED_ENTRY", reasons=["R1"])

    unanswered = records(officer, asked)
    claimed = records(officer, {**asked, "protection_claim": "yes"}, "--lang", "en")

    assert (unanswered.code, unanswered.json["refused"]["code"]) == (1, "BMIS-247")
    assert (claimed.code, claimed.json["id"]) == (1, None)
    assert "protection officer" in claimed.json["referral"]
    referred = records(officer, traveller(1, decision="REFERRED", protection_claim="yes"))
    assert referred.code == 0
    assert referred.json["referral"]


def test_somebody_is_refused_with_a_reason(officer):
    from datetime import date

    from bmis.crossings.decision import Decision
    from bmis.crossings.reasons import reasons_for

    reason = next(one for one in reasons_for(Decision.REFUSED_ENTRY, date(2026, 11, 1)) if not one.text_required)

    answer = records(officer, traveller(1, decision="REFUSED_ENTRY", reasons=[reason.code], protection_claim="no"))

    assert answer.code == 0, answer.err
    assert answer.json["decision"] == "REFUSED_ENTRY"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"direction": "SIDEWAYS"}, "direction"),
        ({"purpos": "tourism"}, "purpos"),
        ({"intended_days": "five"}, "intended_days"),
        ({"request_id": "seven"}, "request_id"),
        ({"mrz": 5}, "mrz"),
        ({"occurred_at": "yesterday"}, "occurred_at"),
        ({"acknowledged": "*"}, "acknowledged"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(officer, change, field):
    from ui.words.labels import field_word

    answer = records(officer, {**traveller(1), **change})

    assert (answer.code, answer.json["error"]["code"]) == (2, "BMIS-007")
    assert f"«{field_word(field)}»" in answer.json["error"]["what"]


@pytest.mark.parametrize(
    ("untrusted", "code"),
    [
        ("", "BMIS-006"),
        ("{", "BMIS-006"),
        ('{"request_id": 1, "request_id": 2}', "BMIS-006"),
        ('{"intended_days": NaN}', "BMIS-006"),
        ('{"note": "\\ud800"}', "BMIS-006"),
        ('{"note": "\\u0000"}', "BMIS-006"),
        ("[" * 100_000, "BMIS-296"),
        ('{"a":' * 20 + "1" + "}" * 20, "BMIS-296"),
        ('{"note": "' + "a" * 300_000 + '"}', "BMIS-296"),
        ('{"note": ' + "9" * 5000 + "}", "BMIS-006"),
        (b"\xff\xfe{", "BMIS-006"),
        ("[1, 2]", "BMIS-007"),
        ('"text"', "BMIS-007"),
    ],
)
def test_hostile_json_gets_a_code(officer, untrusted, code):
    answer = officer.types("crossing", "record", "-", "--json", stdin=untrusted)

    assert answer.code in (2, 3)
    assert all(line["error"]["code"] == code for line in answer.lines)


def test_a_file_that_is_not_there(officer, tmp_path):
    answer = officer.types("crossing", "record", tmp_path / "none.json", "--json", schema="error")

    assert (answer.code, answer.error) == (2, "BMIS-005")


@pytest.mark.parametrize("form", ["lines", "list"])
def test_many_are_recorded_in_turn_and_one_bad_one_stops_no_other(officer, form):
    many = [traveller(1), {**traveller(2), "direction": "SIDEWAYS"}, traveller(3)]
    text = json.dumps(many, indent=1) if form == "list" else "\n".join(json.dumps(one) for one in many)

    answer = officer.types("crossing", "record", "-", "--json", stdin=text)

    assert answer.code == 2
    assert [line.get("seq") for line in answer.lines] == [1, None, 2]
    assert answer.lines[1]["request_id"] == many[1]["request_id"]


def test_a_supervisor_corrects_and_annuls_and_nothing_is_lost(officer):
    kept = records(officer, traveller(1)).json
    change = {"reason": "erro de escrita", "changes": {"purpose": "business", "intended_days": 9}}

    amended = officer.types(
        "crossing", "amend", kept["id"], "-", "--json", stdin=json.dumps(change), schema="crossing-show"
    )
    supervisor = officer.is_user("supervisor")
    annulled = supervisor.types(
        "crossing", "annul", kept["id"], "--reason", "registo em duplicado", "--json", schema="crossing-show"
    )

    assert amended.code == 0, amended.err
    assert amended.json["events"][0]["changes"]["journey.intended_days"] == [5, 9]
    assert (annulled.code, annulled.json["state"]) == (0, "annulled")
    assert [event["kind"] for event in annulled.json["events"]] == ["crossing.amended", "crossing.annulled"]
    assert supervisor.types("db", "verify", "--json", schema="db-verify").code == 0


def test_an_officer_may_not_annul(officer):
    kept = records(officer, traveller(1)).json

    answer = officer.types("crossing", "annul", kept["id"], "--reason", "x", "--json", schema="error")

    assert (answer.code, answer.error) == (3, "BMIS-010")


def test_a_supervisor_needs_a_second_person_for_an_own_record(terminal):
    supervisor = terminal.is_user("supervisor")
    kept = records(supervisor, traveller(1)).json

    answer = supervisor.types("crossing", "annul", kept["id"], "--reason", "engano", "--json", schema="error")

    assert (answer.code, answer.error) == (3, "BMIS-009")


def test_the_words_of_a_result_come_in_the_language_asked(officer):
    portuguese = officer.types("crossing", "record", "-", stdin=json.dumps(traveller(1)))
    english = officer.types("crossing", "record", "-", "--lang", "en", stdin=json.dumps(traveller(2)))

    assert "Admitido" in portuguese.out
    assert "Admitted" in english.out


def test_the_clock_may_be_set_in_training_only(officer):
    at = records(officer, traveller(1), "--now", "2026-12-24T10:00:00+02:00")

    assert at.json["crossed_at"] == "2026-12-24T08:00:00+00:00"
    by_the_wall = records(officer, traveller(2), "--now", "2026-12-24T11:00")
    assert by_the_wall.json["crossed_at"] == "2026-12-24T09:00:00+00:00"
    description = json.loads((officer.home / "home.json").read_text())
    (officer.home / "home.json").write_text(json.dumps({**description, "training": False}))
    live = officer.types("staff", "list", "--json", "--now", "2026-12-24T10:00:00+02:00", schema="error")
    assert (live.code, live.error) == (2, "BMIS-290")


def test_a_search_without_sense_is_told(officer):
    assert officer.types("crossing", "search", "--limit", "0", "--json", schema="error").error == "BMIS-263"
    assert officer.types("crossing", "search", "--from", "1/2/2026", "--json", schema="error").error == "BMIS-004"


def test_a_health_worker_cannot_record_a_crossing(terminal):
    answer = records(terminal.is_user("clinician"), traveller(1))

    assert (answer.code, answer.json["error"]["code"]) == (3, "BMIS-010")
