"""FHIR beyond the case: its contacts for who may have names, and counts as MeasureReport, small ones hidden."""

import json
import warnings
from dataclasses import replace
from datetime import timedelta

import pytest

from bmis.kernel.clock import fixed_clock
from poe_health.exchange.csv_words import CountWords
from poe_health.exchange.export_health import ExportHealth, ExportRequest
from poe_health.exchange.fhir import fhir_package
from poe_health.exchange.fhir_measures import MeasurePayload, measure_package
from poe_health.exchange.https import Credentials, Endpoint
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.mapping import own_words
from poe_health.exchange.package import Level, Period
from poe_health.exchange.results import Outcome
from poe_health.exchange.source import KnownFacts
from poe_health.rules.definitions import rule_set
from tests.unit.poe_health.exchange.xchg_facts import (
    CASES,
    CONTACT,
    DAY,
    EPIDEMIOLOGIST,
    FACTS,
    FOLLOWED,
    KEYS,
    MEASLES,
    NO_DAY,
    NOW,
    POST,
    SUPERVISOR,
    Kept,
    busy_day,
    closed_day,
    quiet_day,
)
from tests.unit.poe_health.exchange.xchg_server import TOKEN
from tests.unit.poe_health.exchange.xchg_server import Receiver as Server

RULES, FHIR = rule_set(DAY), own_words("fhir")
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
WEEK = Period(POST, DAY - timedelta(days=1), DAY + timedelta(days=1))


def validated(document):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        from fhir.resources.R4B.bundle import Bundle
    return Bundle.model_validate(document)


def resources(document, kind):
    return [one["resource"] for one in document["entry"] if one["resource"]["resourceType"] == kind]


def cases(contacts=(CONTACT, NO_DAY), of=CASES, keys=KEYS):
    package = fhir_package(of, FHIR, keys, RULES, NOW, "pt", contacts)
    return json.loads(package.main), package


def exposures(document):
    return [one for one in resources(document, "Observation") if "focus" in one]


def test_a_contact_is_a_person_and_an_exposure_of_the_case():
    document, package = cases()
    found = validated(document)

    kinds = [one.resource.__resource_type__ for one in found.entry]
    assert kinds.count("RelatedPerson") == 2
    assert package.people == 5
    person, other = resources(document, "RelatedPerson")
    exposure, undated = exposures(document)
    urls = {one["resource"]["identifier"][0]["value"]: one["fullUrl"] for one in document["entry"]
            if one["resource"]["resourceType"] == "RelatedPerson"}  # fmt: skip
    (patient,) = [
        one for one in document["entry"] if one["resource"].get("name", [{}])[0].get("given") == ["Ana", "Maria"]
    ]
    assert person["name"] == [{"family": "Vizinho", "given": ["Rui"]}]
    assert person["gender"] == "male"
    assert "gender" not in other
    assert exposure["focus"] == [{"reference": urls[person["identifier"][0]["value"]]}]
    assert exposure["subject"] == person["patient"] == {"reference": patient["fullUrl"]}
    assert exposure["effectiveDateTime"] == DAY.isoformat()
    assert exposure["valueCodeableConcept"]["coding"][0]["code"] == "seat"
    assert exposure["component"][0]["valueString"] == "12B"
    assert exposure["code"]["coding"][0]["code"] == "Z20.9"
    assert exposure["status"] == "preliminary"
    assert undated["_effectiveDateTime"]["extension"][0]["valueCode"] == "unknown"  # not guessed


def test_a_contact_whose_name_was_erased_is_there_by_a_keyed_identifier_alone():
    bare = replace(CONTACT, person=None, sex=None, age_years=None)
    document, _ = cases([bare])
    validated(document)
    (person,) = resources(document, "RelatedPerson")

    assert set(person) == {"resourceType", "identifier", "active", "patient", "relationship"}
    assert str(bare.id) not in json.dumps(document)
    other_key, _ = cases([bare], keys=ExchangeKeys(b"o" * 32, b"p" * 32, "k1"))
    (elsewhere,) = resources(other_key, "RelatedPerson")
    assert person["identifier"][0]["value"] != elsewhere["identifier"][0]["value"]
    assert cases([bare])[0] == cases([bare])[0]


def test_contacts_of_another_case_stay_out():
    document, package = cases(of=[FOLLOWED])

    assert not resources(document, "RelatedPerson")
    assert package.people == 1


@pytest.mark.parametrize(
    ("level", "actor", "known"),
    [(Level.NAMED, SUPERVISOR, 2), (Level.CASES, SUPERVISOR, 0), (Level.CASES, EPIDEMIOLOGIST, 0)],
)
def test_contacts_go_only_where_names_go(tmp_path, level, actor, known):
    exports = ExportHealth(FACTS, Kept(), fixed_clock(NOW), POST, training=False)
    request = ExportRequest("fhir", DAY, DAY, "resposta", "INS", level)
    exports.write(request, actor, tmp_path / "a.json")

    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert len(resources(json.loads(text), "RelatedPerson")) == known
    assert ("Vizinho" in text) is (known > 0)


def reports(tallies, level, period=WEEK):
    package = measure_package(tallies, period, level, FHIR, CountWords(RULES, "pt"), NOW)
    document = json.loads(package.main)
    found = validated(document)
    assert {one.resource.__resource_type__ for one in found.entry} == {"MeasureReport"}
    return resources(document, "MeasureReport"), package


def counts(report, measure):
    (group,) = [one for one in report["group"] if one["code"]["coding"][0]["code"] == measure]
    return group


def why(population):
    assert "count" not in population
    (extension,) = population["_count"]["extension"]
    assert extension["url"] == ABSENT
    return extension["valueCode"]


def test_a_day_is_a_report_with_every_count_and_its_groups():
    (report,), package = reports([busy_day()], Level.AGGREGATE)

    assert (report["status"], report["type"]) == ("complete", "summary")
    assert report["period"] == {"start": "2026-11-21", "end": "2026-11-21"}
    assert report["reporter"]["identifier"]["value"] == POST
    screened = counts(report, "screened")
    assert screened["population"][0]["count"] == 120
    by = {one["code"][0]["coding"][0]["code"]: one["stratum"] for one in screened["stratifier"]}
    sexes = {one["value"]["coding"][0]["code"]: one["population"][0]["count"] for one in by["sex"]}
    assert sexes == {"F": 118, "M": 2}
    assert {"week", "day"} & set(by) == set()  # a report of one day is its day
    assert [(one.code, one.where) for one in package.notes] == [
        ("day_missing", "2026-11-20"),
        ("day_missing", "2026-11-22"),
    ]
    assert package.people == 0


def test_a_public_report_hides_small_cells_and_says_masked():
    (report,), package = reports([busy_day()], Level.PUBLIC)

    shown = [int(row) for row in _numbers(report) if row != "masked"]
    assert shown
    assert not [number for number in shown if 0 < number < 5]
    screened = counts(report, "screened")
    sexes = next(one for one in screened["stratifier"] if one["code"][0]["coding"][0]["code"] == "sex")
    assert {why(one["population"][0]) for one in sexes["stratum"] if "count" not in one["population"][0]} == {"masked"}
    assert len([row for row in _numbers(report) if row == "masked"]) == sum(
        one.count for one in package.notes if one.code == "suppressed"
    )


def _numbers(report):
    """Yield each number of people in a report, or why there is none; days are no people."""
    for group in report["group"]:
        if group["code"]["coding"][0]["code"] == "days":
            continue
        populations = list(group.get("population", ()))
        for stratifier in group.get("stratifier", ()):
            populations += [one["population"][0] for one in stratifier["stratum"]]
        for one in populations:
            if "count" in one:
                yield str(one["count"])
            elif why(one) == "masked":
                yield "masked"


def test_a_closed_day_has_no_zero_and_an_open_day_without_travellers_has():
    closed, quiet = reports([closed_day(DAY), quiet_day(DAY + timedelta(days=1))], Level.AGGREGATE)[0]

    assert why(counts(closed, "screened")["population"][0]) == "not-performed"
    assert counts(quiet, "screened")["population"][0]["count"] == 0


def test_a_day_that_nobody_submitted_is_pending():
    (report,), _ = reports([replace(busy_day(), submitted_at=None)], Level.AGGREGATE)

    assert report["status"] == "pending"
    (public,), _ = reports([busy_day()], Level.PUBLIC)
    assert public["status"] == "pending"  # two of its three days are missing


def test_a_report_keeps_its_identifier_and_a_revision_takes_its_place():
    payload = MeasurePayload(FHIR, CountWords(RULES, "pt"), NOW)
    (first,) = payload.of([busy_day()], WEEK, Level.AGGREGATE)
    (again,) = payload.of([replace(busy_day(), revision=3)], WEEK, Level.AGGREGATE)

    assert first.entries[0]["request"] == again.entries[0]["request"]
    assert first.entries[0]["request"]["method"] == "PUT"
    assert first.case == f"{POST}/2026-11-21/2026-11-21/aggregate"


@pytest.fixture
def server(tmp_path):
    found = Server(tmp_path)
    yield found
    found.close()
    assert found.wrong == []


def at(server):
    return Endpoint(server.base + "/fhir", Credentials.token("Bearer", TOKEN), server.ca, timeout_s=5.0, tries=1)


def test_cases_with_contacts_and_counts_are_taken_by_a_server_that_checks(server):
    log = Kept()
    facts = KnownFacts((MEASLES,), (CONTACT,), (busy_day(),))
    exports = ExportHealth(facts, log, fixed_clock(NOW), POST, training=False)
    for level, kind in ((Level.NAMED, "RelatedPerson"), (Level.AGGREGATE, "MeasureReport"), (Level.PUBLIC, "masked")):
        request = ExportRequest("fhir", DAY, DAY, "resposta", "INS", level)
        sent = exports.send(request, SUPERVISOR, at(server), lambda _: None)
        again = exports.send(request, SUPERVISOR, at(server), lambda _: None)

        assert [one.outcome for one in sent.transfer.results] == [Outcome.CREATED]
        assert again.transfer.is_whole
        assert kind in json.dumps(list(server.resources.values()))
    assert [one.level for one in log.events] == ["named"] * 2 + ["aggregate"] * 2 + ["public"] * 2
