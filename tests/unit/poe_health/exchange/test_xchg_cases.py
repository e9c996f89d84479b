"""FHIR R4 and CSV with its dictionary; who is a health service, what counts as known."""

import json
import warnings
from dataclasses import replace
from datetime import timedelta

import pytest

from bmis.kernel.csv_cells import rows_in
from poe_health.exchange.csv_cases import cases_package, counts_package
from poe_health.exchange.csv_words import columns
from poe_health.exchange.fhir import fhir_package
from poe_health.exchange.mapping import own_words
from poe_health.exchange.package import Level, Period
from poe_health.exchange.recipients import is_health_service
from poe_health.exchange.source import ExportPerson, KnownFacts
from poe_health.rules.answer import Answer
from poe_health.surveillance.screened import ScreenedFact
from tests.unit.poe_health.exchange.xchg_facts import (
    ANA,
    CASES,
    CONTACT,
    DAY,
    FOLLOWED,
    KEYS,
    MAN,
    MEASLES,
    NOW,
    POST,
    WELL,
    WOMAN,
    busy_day,
    closed_day,
    submitted,
)
from tests.unit.poe_health.exchange.xchg_templates import ENGLISH, RULES, lines


def bundle(*cases, language="pt"):
    package = fhir_package(cases, own_words("fhir"), KEYS, RULES, NOW, language)
    return json.loads(package.main), package


def validated(document):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        from fhir.resources.R4B.bundle import Bundle
    return Bundle.model_validate(document)


def test_the_bundle_is_fhir_r4():
    document, package = bundle(*CASES)
    found = validated(document)

    kinds = [entry.resource.__resource_type__ for entry in found.entry]
    assert kinds.count("Patient") == 3
    assert kinds.count("Observation") == 2
    assert kinds.count("ServiceRequest") == 1
    assert (package.people, package.records) == (3, len(kinds))


def resources(document, kind):
    return [one["resource"] for one in document["entry"] if one["resource"]["resourceType"] == kind]


def test_a_case_in_fhir():
    document, _ = bundle(MEASLES)
    (patient,), (condition,) = resources(document, "Patient"), resources(document, "Condition")
    temperatures = resources(document, "Observation")

    assert patient["name"] == [{"family": "Espécime", "given": ["Ana", "Maria"]}]
    assert (patient["gender"], patient["birthDate"]) == ("female", "1992-03-04")
    assert [one["valueQuantity"]["value"] for one in temperatures] == [38.2, 38.6]
    assert temperatures[0]["code"]["coding"][0]["code"] == "8310-5"
    assert temperatures[0]["effectiveDateTime"] == "2026-11-21T08:15:00+02:00"
    assert [one["code"] for one in condition["code"]["coding"]] == ["B05", "1F03"]
    assert condition["verificationStatus"]["coding"][0]["code"] == "unconfirmed"
    (answers,) = resources(document, "QuestionnaireResponse")
    said = {item["linkId"]: item["answer"][0].get("valueCoding", {}).get("code") for item in answers["item"]}
    assert (said["symptoms.FEVER"], said["symptoms.COUGH"], said["symptoms.HEADACHE"]) == ("Y", "N", "U")
    assert said["disposition"] == "REFERRED"
    assert "symptoms.VOMITING" not in said
    assert resources(document, "ServiceRequest")[0]["code"]["text"] == "Guia de transferência"


def test_fhir_says_nothing_of_what_is_not_known():
    bare = replace(WELL, person=None)
    document, _ = bundle(bare)

    validated(document)
    (patient,) = resources(document, "Patient")
    assert set(patient) == {"resourceType", "identifier"}
    assert not resources(document, "Observation")
    assert not resources(document, "Condition")


def test_a_patient_is_made_once_and_the_rest_is_a_conditional_update():
    document, _ = bundle(MEASLES)
    first, *others = [entry["request"] for entry in document["entry"]]

    assert first["ifNoneExist"] == "identifier=urn:example:mz:poe:health-token|MZ.L.RSG/RSG-0042"
    assert all(one["method"] == "PUT" and "?identifier=" in one["url"] for one in others)
    assert document == bundle(MEASLES)[0]


def test_every_reference_of_a_bundle_stands_in_it():
    document, _ = bundle(*CASES)
    text = json.dumps(document)

    urls = {entry["fullUrl"] for entry in document["entry"]}
    assert len(urls) == len(document["entry"])
    assert {part.partition('"')[0] for part in text.split('"reference": "')[1:]} <= urls


def test_two_cases_under_one_pseudonym_are_one_patient():
    first, second = (case.without_name("k1-SAME") for case in (MEASLES, WELL))
    document, package = bundle(first, second)

    validated(document)
    assert len(resources(document, "Patient")) == 1
    assert len(resources(document, "Encounter")) == 2
    assert len({one["subject"]["reference"] for one in resources(document, "Encounter")}) == 1
    assert package.people == 2


def test_the_dead_are_said_to_be_dead():
    document, _ = bundle(replace(MEASLES, disposition="DIED"))

    assert resources(document, "Patient")[0]["deceasedBoolean"] is True


def table(package):
    head, *rows = rows_in(package.main)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_file_under_pseudonym_has_no_name_no_number_no_seat_and_no_age():
    nameless = [case.without_name(KEYS.pseudonym(case)) for case in CASES]
    package = cases_package(nameless, Level.CASES, RULES, "pt", bom=False)
    text = package.main.decode()

    for gone in (
        "Ana",
        "Espécime",
        "0001",
        "12C",
        "ABC-123",
        "RSG-0042",
        "1992",
        "258",
        "Bairro",
        str(MEASLES.id),
        "08:15",
    ):
        assert gone not in text, gone
    first = table(package)[0]
    assert (first["age_band"], first["sex_label"], first["working_label"]) == (
        "A25_59",
        "Feminino",
        "Sarampo (e rubéola suspeita)",
    )
    assert (first["symptoms_yes"], first["symptoms_no"], first["symptoms_unknown"]) == (
        "FEVER RASH_MACULOPAPULAR",
        "COUGH",
        "HEADACHE",
    )
    assert table(package)[2]["temperature_c"] == ""


def test_a_pseudonym_is_the_person_s_by_every_writing_of_the_number_and_another_for_another_key():
    again = replace(FOLLOWED, person=replace(ANA, document_number="u0000001"))
    other_country = replace(FOLLOWED, person=replace(ANA, document_country="MOZ"))
    other_key = type(KEYS)(KEYS.identifiers, b"q" * 32, "k2")

    assert KEYS.pseudonym(MEASLES) == KEYS.pseudonym(again)
    assert KEYS.pseudonym(MEASLES) != KEYS.pseudonym(other_country)
    assert other_key.pseudonym(MEASLES).partition("-")[2] != KEYS.pseudonym(MEASLES).partition("-")[2]
    assert KEYS.pseudonym(WELL) != KEYS.pseudonym(FOLLOWED)
    assert KEYS.pseudonym(MEASLES).startswith("k1-")


def test_a_named_file_says_who_with_codes_labels_and_zones():
    package = cases_package(CASES, Level.NAMED, RULES, "en", bom=True)
    first, second, _ = table(package)

    assert (first["surname"], first["opened_at"]) == ("Espécime", "2026-11-21T08:15:00+02:00")
    assert (first["nationality"], first["nationality_label"]) == ("MWI", "Malawi")
    assert first["phones"] == "+258840000000"
    assert b"'+258840000000" in package.main
    assert second["surname"] == "=HYPERLINK"
    assert package.main.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("level", list(Level))
def test_the_dictionary_explains_every_column_and_every_code(level):
    if level in {Level.CASES, Level.NAMED}:
        package = cases_package(CASES, level, RULES, "pt", bom=False)
    else:
        package = counts_package([busy_day()], Period(POST, DAY, DAY), level, RULES, "pt", bom=False)
    head, *rows = rows_in(package.beside["dictionary"])
    explained = {row[0] for row in rows}
    said = {name.removesuffix("_label") for name in rows_in(package.main)[0]}

    assert head[:4] == ["column", "label_en", "label_pt", "type"]
    assert said == explained == {column.name for column in columns(level.value)}
    codes = {(row[0], row[4]) for row in rows}
    assert ("sex", "F") in codes or level not in {Level.CASES, Level.NAMED}


def counts(level, tallies, first=DAY, last=DAY):
    package = counts_package(tallies, Period(POST, first, last), level, RULES, "en", bom=False)
    return {(row["measure"], row["by"], row["code"]): (row["count"], row["note"]) for row in table(package)}, package


def test_public_counts_hide_what_is_small():
    said, package = counts(Level.PUBLIC, [busy_day()])

    assert said["screened", "total", ""] == ("120", "")
    assert said["screened", "sex", "M"] == ("", "SUPPRESSED")
    assert said["screened", "sex", "F"] == ("", "SUPPRESSED")  # two of 120 could be subtracted
    assert said["secondary", "total", ""] == ("", "SUPPRESSED")
    assert said["deaths", "total", ""] == ("0", "")
    assert not any(by == "day" for _, by, _ in said)
    assert next(note.count for note in package.notes if note.code == "suppressed") > 4
    shown = [int(count) for (measure, *_), (count, _) in said.items() if count and measure != "days"]
    assert not [count for count in shown if 0 < count < 5]


def test_counts_for_the_health_service_are_whole():
    said, _ = counts(Level.AGGREGATE, [busy_day()])

    assert said["secondary", "sex", "F"] == ("3", "")
    assert said["screened", "day", "2026-11-21"] == ("120", "")
    assert said["suspected_by_disease", "disease", "MEASLES"] == ("1", "")
    assert said["crossed", "direction", "ENTRY"] == ("90", "")


def test_closed_days_and_missing_days_are_counted_apart_and_are_no_zero():
    first = DAY - timedelta(days=2)
    said, package = counts(Level.AGGREGATE, [busy_day(), closed_day(DAY - timedelta(days=1))], first)

    assert [said["days", "state", state][0] for state in ("counted", "closed", "missing")] == ["1", "1", "1"]
    assert {(note.code, note.where) for note in package.notes} == {
        ("day_missing", "2026-11-19"),
        ("day_closed", "2026-11-20"),
    }
    only_closed, _ = counts(Level.AGGREGATE, [closed_day(DAY)])
    assert only_closed["screened", "total", ""] == ("", "NOT_COUNTED")


def test_a_group_that_is_not_known_is_a_group():
    facts = [ScreenedFact(replace(WOMAN, sex=None), "PASS", persons=9), ScreenedFact(MAN, "PASS", persons=7)]
    said, _ = counts(Level.AGGREGATE, [submitted(DAY, facts)])

    assert said["screened", "sex", ""] == ("9", "")
    assert (
        sum(int(count) for (measure, by, _), (count, _) in said.items() if (measure, by) == ("screened", "sex")) == 16
    )


@pytest.mark.parametrize(
    ("recipient", "is_health"),
    [
        ("MISAU", True),
        ("Direcção Provincial de Saúde da Zambézia", True),
        ("direccao provincial de saude", True),
        ("INS - Laboratório", True),
        ("Hospital Rural de Espécime", True),
        ("SENAMI", False),
        ("INS com cópia à Migração", False),
        ("Hospital / Polícia", False),
        ("INSS", False),
        ("MISAUX", False),
        ("Ana", False),
        ("", False),
    ],
)
def test_who_is_a_health_service(recipient, is_health):
    assert is_health_service(recipient) is is_health


def test_known_facts_are_those_of_the_period_and_the_last_revision():
    early = replace(WELL, opened_at=WELL.opened_at - timedelta(days=9))
    facts = KnownFacts((MEASLES, early), (CONTACT,), (submitted(DAY), submitted(DAY, revision=1)))

    assert facts.cases(DAY, DAY) == [MEASLES]
    assert facts.contacts(DAY - timedelta(days=9), DAY - timedelta(days=9)) == []
    assert [one.revision for one in facts.tallies(DAY, DAY)] == [1]
    assert KnownFacts((replace(MEASLES, person=ExportPerson("A", "B")),)).cases(DAY, DAY)[0].disease == "MEASLES"


def test_an_answer_is_never_turned_into_another():
    unknown = replace(MEASLES, symptoms={"FEVER": Answer.UNKNOWN})
    ((said,), _) = lines(ENGLISH, [unknown])

    assert said["symptoms.fever"] == "UNKNOWN"
    row = table(cases_package([unknown], Level.NAMED, RULES, "pt", bom=False))[0]
    assert (row["symptoms_yes"], row["symptoms_no"], row["symptoms_unknown"]) == ("", "", "FEVER")
