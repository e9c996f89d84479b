"""The case definitions say what their source said and where it is from; a bad file is one clear error."""

import json
import shutil
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bmis.kernel.resources import resource
from poe_health import codes, lists
from poe_health.errors import CaseRuleError, HealthListError
from poe_health.rules import definitions
from poe_health.rules.conditions import (
    AgeYears,
    All,
    AnyOf,
    AtLeast,
    Flag,
    HadExposure,
    HasSymptom,
    NoneOf,
    SaidSo,
    TemperatureC,
    WasInAffectedArea,
)
from poe_health.rules.definitions import LISTS, rule_set
from poe_health.rules.evaluate import leaves
from poe_health.screening.card import asked_days, card_symptoms
from poe_health.screening.context import HealthContext, proposed_areas
from poe_health.screening.policy import screening_policy

DAY = date(2026, 11, 22)
COUNTED = json.loads(
    (Path(__file__).resolve().parents[2] / "data" / "health" / "counted_0_1.json").read_text(encoding="utf-8")
)
WORDS = {
    All: "all",
    AnyOf: "any",
    NoneOf: "none",
    AtLeast: "at_least",
    HasSymptom: "sym",
    HadExposure: "exp",
    AgeYears: "age_years",
    TemperatureC: "temp_c",
    Flag: "ctx",
    WasInAffectedArea: "travel",
}


def counted(rule):
    """Count the words of a parsed rule; a derived term is one symptom, as in the source."""
    found = Counter()

    def walk(part):
        if isinstance(part, AnyOf) and SaidSo("FEVER") in part.parts:
            found["sym"] += 1
            return
        found[WORDS[type(part)]] += 1
        for child in getattr(part, "parts", ()):
            walk(child)

    walk(rule)
    return dict(found)


@pytest.mark.parametrize("code", sorted(COUNTED["diseases"]))
def test_a_disease_lost_nothing_on_its_way_to_its_own_file(code):
    disease, source = rule_set(DAY).diseases[code], COUNTED["diseases"][code]

    assert counted(disease.suspect) == source["suspect"]
    assert counted(disease.poe_alert) == source["poe_alert"]
    assert list(disease.actions) == source["actions"]
    for name in ("priority", "disposition", "lookback_days", "monitoring_days"):
        assert getattr(disease, name) == source[name], name
    assert len(disease.sources) == source["sources"]


def test_no_disease_and_no_red_flag_was_lost():
    rules = rule_set(DAY)

    assert set(rules.diseases) == set(COUNTED["diseases"])
    assert {
        flag.code: {"rule": counted(flag.rule), "to": flag.to, "priority": flag.priority} for flag in rules.red_flags
    } == COUNTED["red_flags"]


def test_no_code_was_lost():
    assert {each.code: each.warning for each in codes.symptoms().values()} == COUNTED["symptoms"]
    assert {each.code: each.lookback_days for each in codes.exposures().values()} == COUNTED["exposures"]
    assert list(codes.actions()) == COUNTED["actions"]
    for name, listed in COUNTED["choices"].items():
        assert list(codes.choices(name)) == listed, name


def test_everything_clinical_is_marked_draft_and_names_its_source():
    rules = rule_set(DAY)

    assert "draft" in rules.status
    for path in [*resource("diseases").glob("*.toml"), *resource("health").glob("*.toml")]:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        assert "MISAU/INS" in said["status"], path.name
        assert said["source"], path.name
        assert said["licence"], path.name
        assert isinstance(said["valid_from"], date), path.name


def test_every_label_is_there_in_both_languages():
    labelled = [
        *codes.questions().values(),
        *codes.actions().values(),
        *codes.notify_levels().values(),
        *codes.annex2_boxes().values(),
        *codes.priorities().values(),
        *codes.contact_presets().values(),
        *(one for name in COUNTED["choices"] for one in codes.choices(name).values()),
        *rule_set(DAY).diseases.values(),
        *rule_set(DAY).red_flags,
    ]

    assert len(labelled) > 200
    for one in labelled:
        assert one.label("pt").strip(), one.code
        assert one.label("en").strip(), one.code


def test_the_most_urgent_disease_stands_first():
    ranked = [(each.priority, each.code) for each in rule_set(DAY).diseases.values()]

    assert [priority for priority, _ in ranked] == sorted(priority for priority, _ in ranked)
    assert ranked[0] == (1, "EVD")


def test_a_rule_set_names_every_file_that_an_outcome_depends_on():
    versions = rule_set(DAY).versions

    assert {each.file for each in versions} == {
        *(f"diseases/{code.lower()}.toml" for code in COUNTED["diseases"]),
        *(f"health/{name}.toml" for name in LISTS),
    }
    assert all(len(each.sha256) == 64 for each in versions)


def test_contact_presets_name_known_diseases():
    for preset in codes.contact_presets().values():
        assert set(preset.diseases) <= set(rule_set(DAY).diseases), preset.code


def test_the_card_follows_the_outbreaks():
    rules = rule_set(DAY)
    quiet = card_symptoms(rules, HealthContext())
    cholera = card_symptoms(rules, HealthContext(outbreaks=frozenset({"CHOLERA"})))

    assert quiet == screening_policy().primary.card
    assert "DIARRHOEA_WATERY" in set(cholera) - set(quiet)
    assert asked_days(rules, HealthContext()) == 21
    assert asked_days(rules, HealthContext(outbreaks=frozenset({"MEASLES"}))) == 23


def test_proposed_areas_are_of_known_diseases_and_name_their_source():
    for area, source in proposed_areas():
        assert area.disease in rule_set(DAY).diseases
        assert source


@pytest.fixture
def own_resources(tmp_path, monkeypatch):
    """Resources of the test's own; the files are read anew, and again after the test."""
    for folder in ("diseases", "health", "codes"):
        shutil.copytree(resource(folder), tmp_path / folder)
    monkeypatch.setenv("BMIS_RESOURCES", str(tmp_path))
    kept = (lists.bundled, definitions._everything, codes.symptoms, codes.exposures)
    for one in kept:
        one.cache_clear()
    yield tmp_path
    for one in kept:
        one.cache_clear()


NEW = """
code = "NODDING"
version = "1"
valid_from = 2026-11-21
status = "draft"
grade = "adapted"
source = ["a test"]
licence = "Apache-2.0"
priority = 3
disposition = "ADVISE"
notify = "WEEKLY_BES"
lookback_days = 9
monitoring_days = 0
actions = ["HEALTH_ADVICE"]
[name]
en = "Nodding"
pt = "Nodding"
[icd]
icd10 = "G40"
icd11 = "8A60"
[incubation_days]
[suspect]
all = [{ sym = "SEIZURES" }, { exp = "CAMP_SITE" }]
[poe_alert]
sym = "SEIZURES"
"""


def test_a_maintainer_adds_a_disease_by_adding_one_file(own_resources):
    before = rule_set(DAY).digest
    definitions._everything.cache_clear()
    (own_resources / "diseases" / "nodding.toml").write_text(NEW, encoding="utf-8")

    rules = rule_set(DAY)

    assert rules.diseases["NODDING"].suspect == All((HasSymptom("SEIZURES"), HadExposure("CAMP_SITE", 9)))
    assert rules.digest != before


def test_a_disease_that_was_retired_is_left_out_after_its_last_day(own_resources):
    retired = NEW.replace("grade", "valid_to = 2026-12-31\ngrade", 1)
    (own_resources / "diseases" / "nodding.toml").write_text(retired, encoding="utf-8")

    assert "NODDING" in rule_set(date(2026, 12, 31)).diseases
    assert "NODDING" not in rule_set(date(2027, 1, 1)).diseases


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        (NEW.replace('sym = "SEIZURES" }', 'sym = "SNEEZING" }'), "suspect.all[0]"),
        (NEW.replace("CAMP_SITE", "CAMP_FIRE"), "suspect.all[1]"),
        (NEW.replace("all = [", "most = ["), "suspect"),
        (NEW.replace('{ exp = "CAMP_SITE" }', '{ at_least = 3, of = [{ sym = "COUGH" }] }'), "suspect.all[1].at_least"),
        (NEW.replace('{ exp = "CAMP_SITE" }', '{ travel = "AFFECTED.FLU" }'), "suspect.all[1]"),
        (NEW.replace('{ exp = "CAMP_SITE" }', '{ ctx = "outbreak.FLU" }'), "suspect.all[1]"),
        (NEW.replace('{ exp = "CAMP_SITE" }', "{ temp_c = { above = 38 } }"), "suspect.all[1]"),
        (NEW.replace('{ exp = "CAMP_SITE" }', "{ none = [] }"), "suspect.all[1].none"),
        (NEW.replace('"HEALTH_ADVICE"', '"PRAY"'), "actions"),
        (NEW.replace("priority = 3", "priority = 9"), "priority"),
        (NEW.replace('[poe_alert]\nsym = "SEIZURES"', ""), "poe_alert"),
        (NEW.replace("grade", "graed", 1), "graed"),
        (NEW.replace('"NODDING"', '"OTHER"'), "code"),
        (NEW.replace('pt = "Nodding"', ""), "pt"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named_and_nothing_is_evaluated(own_resources, wrong, at):
    (own_resources / "diseases" / "nodding.toml").write_text(wrong, encoding="utf-8")

    with pytest.raises(CaseRuleError) as refused:
        rule_set(DAY)

    assert refused.value.facts == {"file": "diseases/nodding.toml", "at": at}


@pytest.mark.parametrize("damage", ["code = [", "code = 'X'\n", "\xff"])
def test_a_damaged_file_is_one_clear_error(own_resources, damage):
    (own_resources / "diseases" / "cholera.toml").write_text(damage, encoding="latin-1")

    with pytest.raises(HealthListError) as refused:
        rule_set(DAY)

    assert refused.value.facts == {"file": "diseases/cholera.toml"}


def test_without_any_disease_nothing_is_evaluated(own_resources):
    shutil.rmtree(own_resources / "diseases")

    with pytest.raises(HealthListError):
        rule_set(DAY)


def test_exposures_are_counted_in_the_days_of_the_disease_and_papers_have_no_date():
    rules = rule_set(DAY)
    plague = {
        leaf.code: leaf.within_days for leaf in leaves(rules.diseases["PLAGUE"].suspect) if hasattr(leaf, "within_days")
    }
    yellow = [leaf for leaf in leaves(rules.diseases["YELLOW_FEVER"].poe_alert) if isinstance(leaf, HadExposure)]

    assert plague == {"PLAGUE_CONTACT": 10, "RODENT": 10}
    assert yellow == [HadExposure("YF_VACCINE_VALID", 0)]
