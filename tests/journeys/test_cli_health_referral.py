"""Transfers, monitoring, phones and consent at the terminal, for people of health only."""

import json
from uuid import uuid4

import pytest
import typer

from ui.cli import health_referral

WHO = {"surname": "SPECIMENOVA", "given_names": "Utopia", "sex": "F", "age_years": 34, "phone": "+000 99 123"}
NOTE = {
    "urgency": "EMERGENCY",
    "reason": "Diarreia aquosa e desidratação",
    "protection": "STANDARD",
    "transport": "AMBULANCE",
    "belongings": "com a irmã",
    "suspected": ["CHOLERA"],
    "vitals": [{"at": "2026-11-24T07:30:00+02:00", "pulse": 120}],
}
NOW = "2026-11-24T10:00:00+02:00"
LATER = "2026-11-24T20:00:00+02:00"


@pytest.fixture
def clinician(terminal, monkeypatch):
    """The clinician at a terminal whose group ``health`` has the commands."""
    app, group = typer.Typer(), typer.Typer()
    group.callback()(lambda: None)
    health_referral.add_to(group)
    app.add_typer(group, name="health")
    app.callback()(lambda: None)
    monkeypatch.setattr("ui.cli.main.application", lambda: typer.main.get_command(app))
    return terminal.is_user("clinician")


@pytest.fixture
def types(clinician, tmp_path):
    """Types a command of health with the objects in files of their own."""

    def run(*words, said=None, schema=None, at=NOW):
        if said is not None:
            path = tmp_path / f"{uuid4()}.json"
            path.write_text(json.dumps(said), encoding="utf-8")
            words = (*words, str(path))
        return clinician.types("health", *words, "--now", at, "--json", schema=schema)

    return run


def opened(types):
    said = {"request_id": str(uuid4()), "note": NOTE, "who": WHO}
    answer = types("referral", "open", said=said, schema="health-referral")
    assert answer.code == 0
    return answer.json["number"]


def answered(how, **more):
    person = {"person": "Enf.ª Teste"}
    return {"step": "answered", "at": NOW, "facility": "HD-MANICA", "answer": how, "means": "PHONE"} | person | more


LEFT = {"step": "left", "at": NOW, "transport": "AMBULANCE", "escort": "enfermeiro"}


def test_nobody_leaves_before_a_unit_accepted_and_the_paper_names_nobody(types, tmp_path):
    number = opened(types)

    refused = types("referral", "step", number, said=LEFT)
    assert (refused.code, refused.error) == (3, "BMIS-501")
    accepted = types("referral", "step", number, said=answered("ACCEPTED"), schema="health-referral")
    assert accepted.json["facility_name"] == "Hospital Distrital de Manica"
    assert types("referral", "step", number, said=LEFT, schema="health-referral").json["state"] == "LEFT"
    late = types("referral", "list", schema="health-referral-list", at=LATER).json["referrals"]
    assert [one["alerts"][0]["code"] for one in late] == ["LATE"]
    assert "SPECIMENOVA" not in json.dumps(late)
    shown = types("referral", "show", number, schema="health-referral").json
    assert shown["who"]["surname"] == "SPECIMENOVA"

    folder = tmp_path / "papers"
    folder.mkdir()
    made = types("referral", "paper", number, "--folder", str(folder), schema="health-paper")
    assert made.code == 0
    assert [one.name for one in folder.iterdir()] == [f"guia-{number}-A.pdf"]
    again = types("referral", "paper", number, "--folder", str(folder))
    assert (again.code, again.error) == (3, "BMIS-509")


def test_what_changed_on_the_guia_is_said_with_its_reason_and_the_unit_is_asked_again(clinician, types):
    number = opened(types)
    types("referral", "step", number, said=answered("ACCEPTED"))
    said = {"reason": "ficou com sangue nas fezes", "note": {"suspected": ["CHOLERA", "EVD"]}, "who": {"age_years": 35}}

    after = types("referral", "amend", number, said=said, schema="health-referral").json

    assert [one["code"] for one in after["alerts"]] == ["ASK_AGAIN"]
    assert after["suspected"] == ["CHOLERA", "EVD"]
    assert [(one["changed"], one["reason"]) for one in after["amendments"]] == [
        (["suspected", "who"], "ficou com sangue nas fezes")
    ]
    assert types("referral", "step", number, said=LEFT).error == "BMIS-447"
    assert types("referral", "amend", number, said=said).error == "BMIS-448"
    assert types("referral", "amend", number, said={"reason": "nada muda aqui"}).code == 2
    born = {"reason": "trouxe o documento", "who": {"birth_date": "1991-05-06"}}
    assert types("referral", "amend", number, said=born).code == 0
    shown = types("referral", "show", number, schema="health-referral").json
    assert (shown["who"]["birth_date"], "age_years" in shown["who"]) == ("1991-05-06", False)
    lines = clinician.types("health", "referral", "show", number, "--now", NOW, "--lang", "pt").out
    assert "ficou com sangue nas fezes" in lines
    types("referral", "step", number, said=answered("ACCEPTED"))
    assert types("referral", "step", number, said=LEFT).json["state"] == "LEFT"


@pytest.mark.parametrize(
    "step",
    [
        {"step": "fly", "at": NOW},
        {"step": "opened", "at": NOW},
        {"step": "printed", "at": NOW, "copy": "A"},
        {"step": "answered", "at": NOW},
        LEFT | {"colour": "red"},
        LEFT | {"escort": 7},
        LEFT | {"at": "2026-11-24T10:00:00"},
        answered("ACCEPTED", facility_name="Palácio"),
    ],
)
def test_a_step_that_cannot_be_is_a_wrong_call(types, step):
    assert types("referral", "step", opened(types), said=step).code == 2


def test_somebody_is_followed_and_handed_over(types, tmp_path):
    said = {
        "request_id": str(uuid4()),
        "disease": "CHOLERA",
        "day0": "2026-11-23",
        "reckoned_from": "LAST_EXPOSURE",
        "consent": "yes",
        "who": WHO,
    }
    begun = types("monitoring", "start", said=said, schema="health-monitoring").json
    assert begun["last_day"] == "2026-11-28"
    number = begun["number"]
    seen = {"step": "visited", "at": NOW, "method": "PHONE", "contact": "SEEN", "asked_none": True}
    after = types("monitoring", "step", number, said=seen, schema="health-monitoring").json
    assert [day["status"] for day in after["days"]] == ["WELL", *["PLANNED"] * 4]
    later = types("monitoring", "list", schema="health-monitoring-list", at="2026-11-26T10:00:00+02:00").json
    assert [each["finding"] for each in later["monitoring"][0]["escalations"]] == ["MISSED"]
    assert "SPECIMENOVA" not in json.dumps(later)
    shown = types("monitoring", "show", number, "--handover", schema="health-monitoring").json
    taking = {"request_id": str(uuid4()), "handover": shown["handover"]}
    taken = types("monitoring", "take-over", said=taking, schema="health-monitoring").json
    assert taken["taken_from"] == number

    papers = [("--handover", f"entrega-{number}.pdf"), (None, f"seguimento-{number}.pdf")]
    for option, name in papers:
        more = (option,) if option else ()
        types("monitoring", "paper", number, "--folder", str(tmp_path), *more, schema="health-paper")
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def test_a_number_is_entered_with_its_day_and_seen_with_its_age(types, clinician, tmp_path):
    entry = {"listed": "phone", "code": "DISTRICT", "valid_from": "2026-11-20", "source": "ligado", "phone": "99 111"}
    assert types("directory", said=entry).error == "BMIS-010"
    clinician.is_user("health-supervisor")
    assert types("directory", said=entry, schema="health-directory").code == 0
    clinician.is_user("screener")

    found = types("phones", "--folder", str(tmp_path), schema="health-phones").json

    district = next(one for one in found["phones"] if one["code"] == "DISTRICT")
    assert (district["number"], district["age_days"], district["old"]) == ("99 111", 4, False)
    assert next(one for one in found["phones"] if one["code"] == "INS")["number"] is None
    assert found["paper"].endswith("telefones-MZ-L-RSG-2026-11-24.pdf")
    assert types("facilities", schema="health-facilities").json["facilities"]


def test_a_draft_of_the_notice_is_listed_and_not_given(types, tmp_path):
    listed = types("consent", schema="health-consent")
    assert listed.code == 1
    assert [(one["language"], one["offered"]) for one in listed.json["texts"]] == [("pt", False), ("en", False)]
    refused = types("consent", "--folder", str(tmp_path), "--language", "pt")
    assert (refused.code, refused.error) == (3, "BMIS-508")
    assert types("consent", "--folder", str(tmp_path), "--refusal").error == "BMIS-508"
    review = types("consent", "--folder", str(tmp_path), "--language", "pt,en", "--review", schema="health-consent")
    assert review.json["paper"].endswith("consentimento-pt-en-revisao.pdf")


@pytest.mark.parametrize("role", ["officer", "supervisor", "admin", "auditor"])
def test_nobody_of_the_border_sees_any_of_it(types, clinician, role):
    clinician.is_user(role)
    for words in (("referral", "list"), ("phones",)):
        assert types(*words).error == "BMIS-010"


def test_lines_for_a_person(clinician, types):
    number = opened(types)
    shown = clinician.types("health", "referral", "show", number, "--now", NOW, "--lang", "pt")
    assert "ainda nenhuma unidade aceitou" in shown.out
    assert "POR REGISTAR" in clinician.types("health", "phones", "--now", NOW, "--lang", "pt").out
    assert "não aprovado" in clinician.types("health", "consent", "--now", NOW, "--lang", "pt").out
