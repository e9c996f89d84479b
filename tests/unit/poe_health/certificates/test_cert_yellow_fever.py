"""Yellow fever at arrival: day 10, for life, letters, children, transit, gaps, old lists. Unknown is never no."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.documents.dates import PartialDate
from poe_health.certificates.proof import Proof, ProofDose, ProofKind, paper_dose
from poe_health.certificates.proof_status import CertificateStatus, ProofReason
from poe_health.certificates.rule_data import requirement, risk_list, vaccine_makers, vaccines, yellow_fever_lists
from poe_health.certificates.verify import SealAnswer
from poe_health.certificates.yellow_fever import Leg, Measure, YellowFeverTraveller, assess_yellow_fever
from poe_health.errors import FutureDateError, PeriodOrderError
from poe_health.rules.answer import Answer

TODAY = date(2026, 11, 22)
LISTS = yellow_fever_lists("MOZ")
ADULT = PartialDate(1974, 8, 12)
SEEN = dict.fromkeys(("name", "dose_date", "vaccine", "batch", "clinician", "stamp", "language"), Answer.YES)


def ago(days):
    return TODAY - timedelta(days=days)


def card(given_on, *, vaccine="STAMARIL", unaltered=Answer.YES, **items):
    dose = paper_dose(PartialDate.of(given_on) if isinstance(given_on, date) else given_on, vaccine, vaccines())
    answers = SEEN | {item: Answer(answer) for item, answer in items.items()}
    return Proof(ProofKind.PAPER_ICVP, (dose,), answers, unaltered)


def arrives(proof, *legs, born=ADULT, lists=LISTS, today=TODAY, **more):
    legs = legs or (Leg("AGO", ago(40), ago(1)),)
    return assess_yellow_fever(YellowFeverTraveller(born, legs=legs, **more), proof, lists, today)


def codes(found):
    return [reason.code for reason in found.reasons]


NONE = Proof(ProofKind.NONE)


@pytest.mark.parametrize(
    ("days", "result"),
    [
        (0, CertificateStatus.NOT_YET_VALID),
        (9, CertificateStatus.NOT_YET_VALID),
        (10, CertificateStatus.VALID),
        (11, CertificateStatus.VALID),
        (40 * 365, CertificateStatus.VALID),
    ],
)
def test_day_nine_is_not_valid_day_ten_is_and_stays_so_for_life(days, result):
    assert arrives(card(ago(days))).result is result


def test_an_expiry_printed_on_an_old_card_is_not_looked_at():
    dose = ProofDose(PartialDate(2006, 1, 1), Answer.YES, Answer.YES, printed_end=True)
    found = arrives(Proof(ProofKind.PAPER_ICVP, (dose,), SEEN))
    assert found.result is CertificateStatus.VALID
    assert ProofReason.PRINTED_END_IGNORED in codes(found)


def test_a_date_known_to_the_month_is_unknown_only_where_the_day_decides():
    assert arrives(card(PartialDate(2026, 10))).result is CertificateStatus.VALID
    assert arrives(card(PartialDate(2026, 11))).result is CertificateStatus.UNKNOWN
    early = Leg("AGO", date(2026, 9, 1), date(2026, 11, 5))
    found = arrives(card(PartialDate(2026, 11)), early, today=date(2026, 11, 5))
    assert (found.result, found.valid_on) == (CertificateStatus.NOT_YET_VALID, None)
    assert arrives(card(None)).result is CertificateStatus.UNKNOWN


def test_a_missing_item_is_named_and_one_not_looked_at_leaves_it_open():
    found = arrives(card(ago(100), stamp="no", batch="no"))
    assert found.result is CertificateStatus.INVALID
    assert {reason.item for reason in found.reasons if reason.code is ProofReason.ITEM_MISSING} == {"stamp", "batch"}
    found = arrives(card(ago(100), language="unknown"))
    assert found.result is CertificateStatus.UNKNOWN
    assert ("ITEM_NOT_ANSWERED", "language") in [(one.code, one.item) for one in found.reasons]


def test_erasures_are_for_a_person_to_judge():
    assert arrives(card(ago(100), unaltered=Answer.NO)).result is CertificateStatus.UNKNOWN


@pytest.mark.parametrize(
    "written",
    [
        "Stamaril (Sanofi Pasteur)",
        "sanofi pasteur: STAMARIL, 1 dose",
        "Stabilised Yellow Fever Vaccine 10 doses, Institut Pasteur de Dakar",
        "Bio-Manguinhos/Fiocruz yellow fever vaccine",
        "Vacina contra a febre amarela (Fiocruz)",
        "Vaccin contre la fièvre jaune, Institut Pasteur de Dakar",
        "Chumakov FSC R&D IBP RAS - Yellow Fever, 5 doses",
        "a640b9f1e3bf870989c9f7498a0ae5a1",
    ],
)
def test_a_vaccine_is_known_by_the_words_of_its_name_however_they_are_written(written):
    assert arrives(card(ago(100), vaccine=written)).result is CertificateStatus.VALID


@pytest.mark.parametrize(
    "written", ["Stamaril Utopia", "Yellow Fever Vaccine", "Sanofi Pasteur", "Fiocruz", "STAMARILX", "", "10 doses"]
)
def test_a_maker_alone_or_a_word_that_nobody_knows_is_no_name_of_the_list(written):
    found = arrives(card(ago(100), vaccine=written))
    assert found.result is CertificateStatus.UNKNOWN
    assert ProofReason.VACCINE_NOT_ON_LIST in codes(found)


def test_every_name_of_the_list_with_its_maker_is_known():
    for name, maker in vaccine_makers().values():
        assert vaccines().knows(f"{name} ({maker})")


def test_a_vaccine_that_is_not_on_the_list_is_not_refused_by_a_machine():
    found = arrives(card(ago(100), vaccine="ARILVAX"))
    assert found.result is CertificateStatus.UNKNOWN
    assert ProofReason.VACCINE_NOT_ON_LIST in codes(found)


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        (card(TODAY + timedelta(days=1)), ProofReason.DOSE_IN_FUTURE),
        (card(date(1970, 1, 1)), ProofReason.DOSE_BEFORE_BIRTH),
    ],
)
def test_a_dose_that_cannot_be_is_invalid(proof, code):
    found = arrives(proof)
    assert found.result is CertificateStatus.INVALID
    assert code in codes(found)


def test_without_a_certificate_the_vaccine_is_offered_and_quarantine_ends_six_days_after_the_last_exposure():
    found = arrives(NONE, Leg("AGO", ago(40), ago(2)), Leg("ZAF", ago(2)))
    assert found.result is CertificateStatus.ABSENT
    assert found.measures == (Measure.OFFER_VACCINE, Measure.OBSERVE_6_DAYS, Measure.QUARANTINE_MAX_6_DAYS)
    assert found.quarantine_until == ago(2) + timedelta(days=6)
    assert [one.item for one in found.reasons if one.code is ProofReason.FROM_RISK_COUNTRY] == ["AGO"]


def test_quarantine_of_one_not_yet_valid_ends_on_the_day_before_the_certificate_begins():
    found = arrives(card(ago(8)))
    assert found.result is CertificateStatus.NOT_YET_VALID
    assert found.valid_on == TODAY + timedelta(days=2)
    assert found.quarantine_until == TODAY + timedelta(days=1)  # on the first valid day nobody is kept
    assert Measure.OFFER_VACCINE not in found.measures


def test_a_doctor_s_letter_exempts_and_leaves_observation_and_advice():
    letter = Proof(ProofKind.EXEMPTION_LETTER, (), SEEN)
    found = arrives(letter)
    assert found.result is CertificateStatus.EXEMPT
    assert found.measures[0] is Measure.REPORT_FEVER
    assert Measure.QUARANTINE_MAX_6_DAYS in found.measures
    unsigned = replace(letter, items=SEEN | {"clinician": Answer.NO})
    assert arrives(unsigned).result is CertificateStatus.INVALID


def test_a_soldier_s_document_needs_no_stamp():
    soldier = replace(card(ago(100), stamp="no"), kind=ProofKind.ARMED_FORCES)
    assert arrives(soldier).result is CertificateStatus.VALID


def test_nobody_is_asked_who_was_in_no_listed_country():
    found = arrives(NONE, Leg("ZAF", ago(40)))
    assert (found.result, found.required) == (CertificateStatus.NOT_REQUIRED, Answer.NO)
    assert found.measures == ()


def test_a_stay_that_ended_more_than_six_days_ago_does_not_count():
    home = Leg("ZAF", ago(8))
    assert arrives(NONE, Leg("AGO", ago(40), ago(7)), home).result is CertificateStatus.NOT_REQUIRED
    assert arrives(NONE, Leg("AGO", ago(40), ago(6)), home).result is CertificateStatus.ABSENT


def test_a_journey_with_gaps_is_unknown_and_a_valid_card_settles_it():
    gap = Leg("ZAF", ago(2))
    assert arrives(NONE, gap).result is CertificateStatus.UNKNOWN
    assert ProofReason.JOURNEY_INCOMPLETE in codes(arrives(NONE, gap))
    assert arrives(card(ago(100)), gap).result is CertificateStatus.VALID


def test_transit_long_short_and_of_unknown_length():
    stay = Leg("ZAF", ago(40), TODAY)
    for hours, result in (
        (13, CertificateStatus.ABSENT),
        (4, CertificateStatus.UNKNOWN),
        (None, CertificateStatus.UNKNOWN),
    ):
        found = arrives(NONE, stay, Leg("ETH", ago(1), ago(1), transit=True, hours=hours))
        assert found.result is result, hours
    assert arrives(NONE, stay, Leg("QAT", ago(1), ago(1), True, 20)).result is CertificateStatus.NOT_REQUIRED


def test_a_country_on_which_sources_disagree_is_unknown():
    found = arrives(NONE, Leg("TZA", ago(40)))
    assert (found.result, found.required) == (CertificateStatus.UNKNOWN, Answer.UNKNOWN)
    assert ("SOURCES_DISAGREE", "TZA") in [(one.code, one.item) for one in found.reasons]


def test_a_country_beyond_the_list_of_who_is_an_additional_measure_without_quarantine():
    wider = replace(LISTS, requirement=replace(LISTS.requirement, also=frozenset({"ZWE"})))
    found = arrives(NONE, Leg("ZWE", ago(40)), lists=wider)
    assert (found.result, found.additional, found.measures) == (CertificateStatus.ABSENT, True, ())


@pytest.mark.parametrize(
    ("born", "required"),
    [
        (PartialDate(2026, 6, 1), Answer.NO),
        (PartialDate(2026, 2, 23), Answer.NO),
        (PartialDate(2026, 2, 22), Answer.UNKNOWN),  # nine months today: sources disagree from here to a year
        (PartialDate(2025, 11, 23), Answer.UNKNOWN),
        (PartialDate(2025, 11, 22), Answer.YES),
        (PartialDate(2025), Answer.UNKNOWN),
        (PartialDate(2024), Answer.YES),
        (None, Answer.UNKNOWN),
    ],
)
def test_children_by_completed_months(born, required):
    assert arrives(NONE, born=born).required is required


def test_an_age_in_years_counts_too():
    assert arrives(NONE, born=None, age_years=30).required is Answer.YES
    assert arrives(NONE, born=None, age_years=0).required is Answer.UNKNOWN


def test_a_list_past_its_review_decides_nothing_and_says_so():
    old = replace(LISTS, risk=replace(LISTS.risk, review_by=ago(1)))
    found = arrives(NONE, lists=old)
    assert (found.result, found.required, found.listed) == (CertificateStatus.UNKNOWN, Answer.UNKNOWN, Answer.YES)
    assert ("LIST_STALE", "health/certificates/yellow_fever_risk.toml") in [(r.code, r.item) for r in found.reasons]
    assert found.measures == ()
    assert arrives(card(ago(100)), lists=old).result is CertificateStatus.VALID


def test_a_vaccine_list_past_its_review_is_said_and_its_products_still_count():
    old = replace(LISTS, vaccines=replace(LISTS.vaccines, review_by=ago(1)))
    found = arrives(card(ago(100)), lists=old)
    assert found.result is CertificateStatus.VALID
    stale = ("LIST_STALE", "health/certificates/yellow_fever_vaccines.toml")
    assert stale in [(r.code, r.item) for r in found.reasons]
    assert stale not in [(r.code, r.item) for r in arrives(card(ago(100))).reasons]


def test_a_list_that_is_not_here_is_said():
    assert requirement("ZWE") is None
    assert risk_list("../yellow_fever_risk_none") is None
    found = arrives(NONE, lists=yellow_fever_lists("ZWE"))
    assert (found.result, codes(found)[0]) == (CertificateStatus.UNKNOWN, ProofReason.REQUIREMENT_LIST_MISSING)
    found = arrives(NONE, lists=replace(LISTS, risk=None))
    assert codes(found)[0] is ProofReason.RISK_LIST_MISSING


def test_a_certificate_nobody_asked_for_is_unknown_not_absent():
    assert arrives(None).result is CertificateStatus.UNKNOWN
    assert ProofReason.NOT_ASKED in codes(arrives(None))


@pytest.mark.parametrize(
    ("seal", "result"),
    [
        (SealAnswer.VALID, CertificateStatus.VALID),
        (SealAnswer.EXPIRED, CertificateStatus.UNKNOWN),
        (SealAnswer.SIGNER_UNKNOWN, CertificateStatus.UNKNOWN),
        (SealAnswer.TRUST_STALE, CertificateStatus.UNKNOWN),
        (SealAnswer.SIGNATURE_INVALID, CertificateStatus.INVALID),
        (SealAnswer.SEAL_REVOKED, CertificateStatus.INVALID),
        (SealAnswer.SIGNER_REVOKED, CertificateStatus.INVALID),
    ],
)
def test_a_digital_one_is_worth_what_its_seal_is(seal, result):
    digital = replace(card(ago(100)), kind=ProofKind.DIGITAL_HC1, seal=seal)
    assert arrives(digital).result is result


def test_a_covid_certificate_is_no_yellow_fever_certificate():
    digital = Proof(ProofKind.DIGITAL_HC1, (ProofDose(PartialDate(2021), Answer.NO),), SEEN, seal=SealAnswer.VALID)
    assert arrives(digital).result is CertificateStatus.ABSENT


def test_the_best_of_several_doses_counts():
    two = replace(card(ago(3)), doses=(*card(ago(3)).doses, *card(ago(400)).doses))
    assert arrives(two).result is CertificateStatus.VALID


def test_a_journey_that_cannot_be_is_refused():
    with pytest.raises(PeriodOrderError):
        arrives(NONE, Leg("AGO", ago(1), ago(5)))
    with pytest.raises(FutureDateError):
        arrives(NONE, Leg("AGO", TODAY + timedelta(days=1)))


COUNTRY = st.sampled_from(["AGO", "ZAF", "TZA", "ETH", "MOZ"])
DAY = st.one_of(st.none(), st.integers(0, 30).map(ago))
LEG = st.builds(Leg, COUNTRY, DAY, st.none(), st.booleans(), st.one_of(st.none(), st.floats(0, 30)))
ITEMS = st.fixed_dictionaries({item: st.sampled_from(Answer) for item in SEEN})
DEFINITE = {Answer.YES, Answer.NO}


@settings(deadline=None, max_examples=150)
@given(st.lists(LEG, max_size=4), ITEMS, st.integers(0, 400), st.data())
def test_answering_what_was_unknown_never_turns_a_definite_answer(legs, items, days, draw):
    proof = replace(card(ago(days)), items=items)
    before = arrives(proof, *legs, born=None)
    filled = {
        item: draw.draw(st.sampled_from([Answer.YES, Answer.NO])) if answer is Answer.UNKNOWN else answer
        for item, answer in items.items()
    }
    after = arrives(replace(proof, items=filled), *legs, born=ADULT)
    if before.required in DEFINITE:
        assert after.required is before.required
    if before.certificate is not CertificateStatus.UNKNOWN:
        assert after.certificate is before.certificate


@settings(deadline=None, max_examples=100)
@given(st.lists(LEG, min_size=1, max_size=4), st.integers(0, 400))
def test_a_result_is_definite_only_where_it_may_be(legs, days):
    found = arrives(card(ago(days)), *legs)
    if found.result is CertificateStatus.NOT_REQUIRED:
        assert found.required is Answer.NO
        assert all(leg.country not in LISTS.risk.countries or leg.transit or leg.since for leg in legs)
    if found.measures:
        assert found.required is Answer.YES
