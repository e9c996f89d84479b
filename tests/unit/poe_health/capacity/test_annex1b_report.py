"""The printed report and the JSON: everything is on the paper, and nothing on it claims to certify."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from bmis.paper.page import HEALTH_SERVICE, Imprint
from poe_health.capacity.assessment_json import assessment_from, assessment_json
from poe_health.capacity.checklist import checklist
from poe_health.capacity.comparison import compare
from poe_health.capacity.errors import CapacityAnswerError, ChecklistItemError
from poe_health.capacity.scoring import score
from poe_health.reports.annex1b import annex1b_pdf
from ui.cli.schemas import first_fault

TODAY = date(2026, 11, 22)
IMPRINT = Imprint("Ressano Garcia", datetime(2026, 11, 22, 9, 0, tzinfo=UTC), "supervisora", True, HEALTH_SERVICE)
SAID = {
    "poe": "Ressano Garcia",
    "poe_type": "GROUND",
    "designated": "DESIGNATED",
    "osbp": True,
    "assessed_on": "2026-11-20",
    "assessors": [{"name": "Equipa de teste", "organisation": "MISAU"}],
    "tool_version": "0.1",
    "items": {
        "C01": {"answer": "FULL", "evidence_seen": ["DOCUMENT"], "comment": "<b>despacho</b> & acta"},
        "C02": {"answer": "PART", "evidence_seen": ["OBSERVED"], "gap_action": "Afixar o número", "due": "2026-12-31"},
        "C03": {
            "answer": "NONE",
            "gap_action": "Escrever o procedimento",
            "responsible": "Direcção Distrital",
            "due": "2026-11-01",
            "cost_estimate_mzn": 125000,
        },
        "C04": {"answer": "NA", "comment": "Sem comité previsto"},
        "C05": {"answer": "NOT_SEEN"},
    },
}


def earlier():
    return SAID | {"assessed_on": "2025-05-01", "items": {"C01": {"answer": "PART"}, "X99": {"answer": "FULL"}}}


def read(language="pt", compared=True):
    now = assessment_from(SAID)
    before = assessment_from(earlier() | {"tool_version": "0.0"}, of_any_version=True)
    found = compare(now, before) if compared else None
    return now, score(now, TODAY), found, language


def text_of(language):
    now, scored, found, _ = read(language)
    pages = PdfReader(io.BytesIO(annex1b_pdf(now, scored, IMPRINT, found, language))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("language", ["pt", "en"])
def test_the_paper_says_every_item_gap_and_denominator(language):
    text = text_of(language)

    for item in checklist().items_of("GROUND"):
        assert item.code in text
    assert "Direcção Distrital" in text
    assert "01/11/2026" in text
    assert "125.000,00" in text if language == "pt" else "125,000.00" in text
    assert ("3 de 6" if language == "pt" else "3 of 6") in text
    assert "<b>despacho</b> & acta" in text
    assert "X99" in text
    assert text.count("Equipa de teste") == 2  # among the facts, and where it signs


@pytest.mark.parametrize("language", ["pt", "en"])
def test_nothing_claims_a_certification(language):
    text = text_of(language).lower()
    own = text
    for item in checklist().items_of("GROUND"):
        own = own.replace(item.label(language).lower(), "")

    assert "certif" not in own
    assert ("planificação" if language == "pt" else "planning aid") in own
    assert "conforme com o rsi" not in own


def test_the_paper_is_of_the_ministry_of_health_not_of_migration():
    text = text_of("pt")

    assert "Ministério da Saúde" in text
    assert "Migração" not in text.replace("Comité ou procedimento com migração", "")


def test_the_same_assessment_prints_the_same_bytes():
    now, scored, found, _ = read()

    assert annex1b_pdf(now, scored, IMPRINT, found) == annex1b_pdf(now, scored, IMPRINT, found)


@pytest.mark.parametrize("compared", [True, False])
def test_the_json_is_what_its_schema_says(compared):
    now, scored, found, _ = read(compared=compared)
    document = json.loads(json.dumps(assessment_json(now, scored, found)))

    assert first_fault(SAID, "health-assess-in") is None
    assert first_fault(document, "health-assess") is None
    assert document["planning_aid"] is True
    assert document["blocks"][0]["unanswered"] == ["C06", "C07", "C08", "C09", "C10", "C11"]
    assert document["gaps"][0]["lacking"] == ["responsible"]
    assert document["indicators"]["N1"] == {"C01": "FULL"}
    if compared:
        assert document["comparison"]["better"] == ["C01"]
        assert document["comparison"]["only_before"] == ["X99"]
        assert document["comparison"]["same_version"] is False


def test_an_unknown_item_is_refused_in_the_assessment_itself():
    with pytest.raises(ChecklistItemError):
        assessment_from(SAID | {"items": {"X99": {"answer": "FULL"}}})


def test_an_unknown_item_of_the_same_version_is_refused_in_the_previous_one_too():
    with pytest.raises(ChecklistItemError):
        assessment_from(earlier(), of_any_version=True)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01"])
def test_a_day_that_does_not_exist_is_refused(day):
    with pytest.raises(CapacityAnswerError):
        assessment_from(SAID | {"assessed_on": day})
    with pytest.raises(CapacityAnswerError):
        assessment_from(SAID | {"items": {"C01": {"answer": "NONE", "due": day}}})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"poe": " "}, "poe"),
        ({"poe_type": "RAIL"}, "poe_type"),
        ({"items": {"C01": {"answer": "yes"}}}, "items.C01.answer"),
        ({"items": {"C01": {}}}, "items.C01.answer"),
        ({"items": {"C01": {"answer": "NONE", "cost_estimate_mzn": -5}}}, "items.C01.cost_estimate_mzn"),
        ({"certified": True}, "certified"),
    ],
)
def test_what_the_schema_does_not_know_is_named(change, field):
    assert first_fault(SAID | change, "health-assess-in") == field
