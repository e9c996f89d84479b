"""A child travels on a pass when somebody is recorded who agreed: name, relation, paper or word, day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bmis.passes.applicant import Who
from bmis.passes.errors import ChildConsentError
from bmis.passes.hand_over_pass import ChildConsent, ChildEvidence, ChildRelation
from bmis.passes.records.digests import RedigestPasses
from bmis.receipts.records import RedigestMoney
from bmis.store.verify import verify_store
from tests.unit.bmis.passes.pass_office import CLERK, YES, applicant, attested, child


def _agreed(relation=ChildRelation.MOTHER, evidence=ChildEvidence.WORD, on=date(2026, 11, 21)):
    return replace(YES, for_children=ChildConsent("Nhamuave Beatriz", relation, evidence, on))


def test_a_child_travels_when_somebody_is_recorded_who_agreed(office):
    found = office.approved(Who(applicant(), (child(),), (attested(),)))
    office.produce(found.id, CLERK)

    for consent in (YES, _agreed(on=office.at.date() + timedelta(days=1))):
        with pytest.raises(ChildConsentError):
            office.hand_over(found.id, consent, CLERK)
    given = office.hand_over(found.id, _agreed(), CLERK).border_pass

    told = office.show(given.number, CLERK).history[-1]
    assert told.said == "Nhamuave Beatriz"
    assert told.event.facts["children"] == {"relation": "mother", "evidence": "word", "on": "2026-11-21"}
    assert "Beatriz" not in str(told.event.facts)
    assert verify_store(office.store, [RedigestPasses(), RedigestMoney()])


@pytest.mark.parametrize(
    ("name", "relation", "evidence"),
    [
        ("", ChildRelation.MOTHER, ChildEvidence.PAPER),
        ("N" * 81, ChildRelation.MOTHER, ChildEvidence.PAPER),
        ("Nhamuave", ChildRelation.HOLDER_ALONE, ChildEvidence.WORD),
    ],
)
def test_nobody_agrees_for_a_child_without_a_name_and_nobody_alone_on_their_word(name, relation, evidence):
    with pytest.raises(ChildConsentError):
        ChildConsent(name, relation, evidence, date(2026, 11, 21))
