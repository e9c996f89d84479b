"""From the first question to the approval: one person once, rules in three values, two officers."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from bmis.documents.dates import PartialDate
from bmis.kernel.actor import NotAllowedError
from bmis.passes.applicant import PassPhoto, Who
from bmis.passes.eligibility import Answer, Asked, judge
from bmis.passes.errors import (
    ApplicationConflictError,
    ApplicationFieldError,
    ApplicationStateError,
    ApplicationUnknownError,
    NotEligibleError,
    NotKnownError,
    OnePassOnlyError,
    PassPhotoError,
    PassReasonError,
    PerhapsSamePersonError,
    SameOfficerError,
    SchemeUnknownError,
    SignedForOtherPersonError,
)
from bmis.passes.lifecycle import ApplicationState
from bmis.passes.records.digests import RedigestPasses
from bmis.passes.schemes import scheme
from bmis.store.verify import verify_store
from tests.unit.bmis.passes.pass_office import (
    AUDITOR,
    CHIEF,
    CLERK,
    JPEG,
    OFFICER,
    OTHER_CHIEF,
    applicant,
    attested,
    child,
    others,
)

DAY = date(2026, 11, 22)


def who(person=None, *attestations, children=()):
    return Who(person or applicant(), tuple(children), attestations or (attested(),))


def answers(one=None, purpose="small_trade", photo=True):
    found = judge(scheme("MZ-MW", DAY), Asked(one or who(applicant(id_state="MOZ")), purpose, photo, DAY))
    return {each.check: (each.answer.value, each.why) for each in found}


def test_a_trader_of_the_zone_with_an_identity_card_is_eligible():
    found = answers()

    assert {check for check, answered in found.items() if answered == ("unknown", "not_run")} == {
        "earlier",
        "watchlist",
    }
    assert {answer for answer, why in found.values() if why != "not_run"} == {"yes"}


@pytest.mark.parametrize(
    ("given", "check", "said"),
    [
        ({"birth_date": PartialDate.parse("2009-01-01")}, "age", ("no", "too_young")),
        ({"birth_date": PartialDate.parse("2008")}, "age", ("unknown", "birth_not_exact")),
        ({"nationality": "MWI"}, "nationality", ("no", "other_nationality")),
        ({"nationality": "MOZ"}, "nationality", ("yes", "declared")),
        ({"id_number": None}, "nationality", ("unknown", "not_shown")),
        ({"id_number": None}, "identity", ("unknown", "no_document")),
        ({"id_number": None}, "attestation", ("unknown", "missing")),
        ({"district": "MZ1001"}, "zone", ("yes", "attested")),
        ({"district": "MZ1006"}, "zone", ("no", "district_outside")),
        ({"resident_since": PartialDate.parse("2026-10")}, "residence", ("no", "too_short")),
        ({"resident_since": PartialDate.parse("2026-05")}, "residence", ("unknown", "since_not_exact")),
        ({"resident_since": PartialDate.parse("2020")}, "residence", ("yes", "attested")),
    ],
)
def test_each_rule_says_yes_no_or_unknown_and_why(given, check, said):
    person = replace(applicant(), id_state="MOZ", **given)

    assert answers(who(person))[check] == said


def test_without_attestation_nothing_is_known_of_the_village():
    found = answers(Who(applicant(id_state="MOZ"), (), ()))

    assert (found["zone"], found["residence"], found["attestation"]) == (
        ("unknown", "not_attested"),
        ("unknown", "not_attested"),
        ("unknown", "missing"),
    )


@pytest.mark.parametrize(
    ("attestation", "said"),
    [
        (attested(on=date(2026, 4, 30)), ("unknown", "not_fresh")),
        (attested(on=date(2026, 11, 23)), ("unknown", "not_fresh")),
        (attested(on=date(2026, 5, 30)), ("yes", "attested")),
    ],
)
def test_an_attestation_counts_while_it_is_fresh(attestation, said):
    assert answers(who(None, attestation))["attestation"] == said


@pytest.mark.parametrize(
    ("children", "said"),
    [
        ([child(n) for n in range(5)], ("no", "too_many")),
        ([child(born="2008-11-22")], ("no", "too_old")),
        ([child(born="2008")], ("unknown", "birth_not_exact")),
        ([child()], ("yes", "children")),
    ],
)
def test_children_travel_on_the_pass_while_they_are_children(children, said):
    assert answers(who(children=children))["dependants"] == said


def test_a_scheme_without_that_purpose_says_no_and_no_photo_is_unknown():
    assert answers(purpose=None)["purpose"] == ("no", "not_in_scheme")
    assert answers(photo=False)["photo"] == ("unknown", "none")


def test_the_same_request_twice_is_one_application(office):
    asked = office.asks()
    first, second = office.apply(asked, CLERK), office.apply(asked, CLERK)

    assert first.application == second.application
    assert office.kinds() == ["pass.applied"]
    with pytest.raises(ApplicationConflictError):
        office.apply(replace(asked, purpose="family"), CLERK)
    with pytest.raises(ApplicationConflictError):
        office.apply(replace(asked, photo=PassPhoto(JPEG + b"2")), CLERK)


def test_the_same_identity_card_is_the_same_person_and_has_one_application(office):
    first = office.takes()

    with pytest.raises(OnePassOnlyError) as refused:
        office.takes(who(applicant(given_names="Anna Specimen", id_number="1101 0023 4567-b")))
    assert refused.value.facts == {"held": "application", "number": first.number}


def test_another_name_on_the_same_identity_card_is_asked_about(office):
    office.takes()

    with pytest.raises(PerhapsSamePersonError) as asked:
        office.takes(who(applicant(surname="Mondlane", given_names="Rui", sex="M")))
    assert [one.why for one in asked.value.alike] == ["id_number"]
    with pytest.raises(PerhapsSamePersonError):  # one card is not two people's, whatever somebody says
        office.takes(
            who(applicant(surname="Mondlane", given_names="Rui")), not_same_as=frozenset({asked.value.alike[0].person})
        )


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"surname": "Xissano", "village": "Biri Wiri", "id_number": None}, "name_birth"),
        ({"surname": "Xissano", "village": "Biríwíri", "id_number": None}, "name_birth_village"),
        ({"surname": "Xissano", "id_number": "990100234567C"}, "name_birth_village"),
        ({"surname": "Specimen", "given_names": "Ana Chissano", "id_number": None}, "name_birth_village"),
        ({"birth_date": PartialDate.parse("1991-01-01"), "id_number": None}, "name_village"),
        ({"birth_date": PartialDate.parse("1990"), "id_number": None}, "name_birth_village"),
    ],
)
def test_who_sounds_like_somebody_known_is_asked_about(office, given, why):
    office.takes()

    with pytest.raises(PerhapsSamePersonError) as asked:
        office.takes(who(applicant(**given), attested(), attested("Outra")))
    assert [one.why for one in asked.value.alike] == [why]
    assert office.kinds() == ["pass.applied"]


def test_the_officer_says_that_it_is_somebody_else_or_the_same(office):
    known = office.takes().person_id
    sister = who(applicant(given_names="Ana", id_number=None), attested(), attested("Outra"))

    other = office.takes(sister, not_same_as=frozenset({known}))
    assert other.person_id != known
    with pytest.raises(OnePassOnlyError):
        office.takes(who(applicant(id_number="880100234567K")), same_person=known)
    with pytest.raises(SignedForOtherPersonError):
        office.takes(others(3), same_person=known)


@pytest.mark.parametrize(
    "given",
    [
        {"surname": "Macuacua"},
        {"birth_date": PartialDate.parse("1972-02-01"), "village": "Ulongue"},
        {"sex": "M", "id_number": "990100234567C"},
    ],
)
def test_who_is_clearly_somebody_else_is_not_asked_about(office, given):
    office.takes()

    assert office.takes(who(replace(applicant(id_number="880100234567K"), **given)))


def test_searching_first_finds_the_applicant_before_anything_is_kept(office):
    kept = office.takes()

    found = office.find(applicant(surname="Xissano", id_number=None), CLERK)
    assert [(one.why, one.applications) for one in found] == [("name_birth_village", (kept.number,))]
    assert office.find(others(7).person, CLERK) == ()


def test_who_took_the_application_does_not_approve_it(office):
    found = office.apply(office.asks(), CHIEF).application

    with pytest.raises(SameOfficerError):
        office.approve(found.id, CHIEF)
    with pytest.raises(NotAllowedError):
        office.approve(found.id, CLERK)
    assert office.approve(found.number, OTHER_CHIEF).application.state is ApplicationState.APPROVED
    with pytest.raises(ApplicationStateError):
        office.approve(found.id, OTHER_CHIEF)


@pytest.mark.parametrize("by", [OFFICER, AUDITOR])
def test_who_is_not_of_the_pass_office_takes_no_application(office, by):
    with pytest.raises(NotAllowedError):
        office.apply(office.asks(), by)


def test_nobody_approves_against_a_no(office):
    found = office.apply(office.asks(purpose="smuggling"), CLERK)

    assert [one.check for one in found.answers if one.answer is Answer.NO] == ["purpose"]
    with pytest.raises(NotEligibleError) as refused:
        office.approve(found.application.id, CHIEF, accepted={"*"}, reason="porque sim")
    assert refused.value.facts == {"asked": "purpose"}
    after, notice = office.reject(found.application.id, "NOT_ELIGIBLE", "a finalidade não é do regime", CHIEF)
    assert after.state is ApplicationState.REJECTED
    assert (notice.appeal_until - notice.decided_on).days == 15
    assert notice.number.startswith("NP-")
    assert office.takes(who(applicant(id_number="110100234567B"))).state is ApplicationState.PENDING_APPROVAL


def test_what_is_unknown_is_taken_on_with_a_reason_or_the_pass_waits(office):
    found = office.apply(office.asks(photo=None), CLERK).application

    with pytest.raises(NotKnownError) as refused:
        office.approve(found.id, CHIEF)
    assert refused.value.facts == {"asked": "photo"}
    with pytest.raises(PassReasonError):
        office.approve(found.id, CHIEF, accepted={"photo"})
    with pytest.raises(NotKnownError):
        office.approve(found.id, CHIEF, accepted={"age"}, reason="pediu para não ser fotografada")
    office.approve(found.id, CHIEF, accepted={"photo"}, reason="pediu para não ser fotografada")
    history = office.application(found.id, CHIEF).history
    assert history[-1].said == "pediu para não ser fotografada"
    assert history[-1].event.facts["accepted"] == ["photo"]


def test_an_applicant_without_document_waits_for_the_second_attester(office):
    found = office.takes(who(applicant(id_number=None)))
    assert found.state is ApplicationState.PENDING_ATTESTATION
    with pytest.raises(ApplicationStateError):
        office.approve(found.id, CHIEF, accepted={"*"}, reason="conhecida")

    again = office.attest(found.id, attested(), CLERK)  # the same attester does not count twice
    assert again.application.state is ApplicationState.PENDING_ATTESTATION
    after = office.attest(found.id, attested("Chefe da Localidade", citizen=True), CLERK)
    assert after.application.state is ApplicationState.PENDING_APPROVAL
    assert {one.check for one in after.answers if one.answer is Answer.UNKNOWN and one.mandatory} == {
        "nationality",
        "identity",
    }
    office.approve(found.id, CHIEF, accepted={"*"}, reason="duas testemunhas; enviada ao registo civil")


def test_a_photo_may_be_taken_later(office):
    found = office.takes(photo=None)

    after = office.attest.photo(found.id, PassPhoto(JPEG), CLERK)
    assert after.application.state is ApplicationState.PENDING_APPROVAL
    assert office.application(found.id, CLERK).photo == PassPhoto(JPEG)
    assert office.approve(found.id, CHIEF).application.approved_by == "supervisor"


def test_an_applicant_takes_it_back_and_may_come_again(office):
    found = office.takes()

    assert office.reject.withdraw(found.id, CLERK).state is ApplicationState.WITHDRAWN
    with pytest.raises(ApplicationStateError):
        office.attest(found.id, attested("Outro"), CLERK)
    assert office.takes().person_id == found.person_id


def test_rules_are_judged_again_on_the_day_of_the_approval(office):
    found = office.takes()
    office.wait(days=300)

    with pytest.raises(NotKnownError) as refused:
        office.approve(found.id, CHIEF)
    assert refused.value.facts == {"asked": "zone,residence,attestation"}


@pytest.mark.parametrize("code", ["TZ-MZ", "MW-MZ", "MZ-PAPER", "XX"])
def test_passes_of_drafts_and_of_others_are_not_given_out_here(office, code):
    with pytest.raises(SchemeUnknownError):
        office.takes(scheme=code)


@pytest.mark.parametrize("code", ["mz-mw", "MZ_MW", "e-pass", " MOZ-MWI "])
def test_a_scheme_is_known_by_its_other_names(office, code):
    assert office.takes(scheme=code).scheme == "MZ-MW"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"surname": " "}, "person.surname"),
        ({"given_names": "Ana 2"}, "person.given_names"),
        ({"sex": "f"}, "person.sex"),
        ({"village": "25"}, "person.village"),
        ({"id_number": "--"}, "person.id_number"),
        ({"nationality": "XYZ"}, "person.nationality"),
    ],
)
def test_a_field_that_cannot_be_is_named_and_its_value_is_not(given, field):
    with pytest.raises(ApplicationFieldError) as refused:
        applicant(**given)
    assert refused.value.facts == {"field": field}


@pytest.mark.parametrize("jpeg", [b"", b"GIF89a", b"\xff\xd8\xff" + b"x" * 80_000])
def test_a_photo_is_a_jpeg_of_a_portraits_size(jpeg):
    with pytest.raises(PassPhotoError):
        PassPhoto(jpeg)


def test_too_many_attestations_and_photos_of_no_child_are_refused(office):
    with pytest.raises(ApplicationFieldError):
        office.takes(who(None, *(attested(f"Pessoa {n}") for n in range(7))))
    with pytest.raises(ApplicationFieldError):
        office.takes(dependant_photos=(PassPhoto(JPEG),))


def test_an_application_that_is_not_there(office):
    for which in (uuid4(), "AP-RSG1-0000-00001-X"):
        with pytest.raises(ApplicationUnknownError):
            office.approve(which, CHIEF)


def test_nothing_of_the_person_is_printed_by_accident(office):
    asked = office.asks()

    assert "Chissano" not in repr(asked) + repr(asked.who) + repr(asked.who.person) + repr(asked.photo)
    found = office.apply(asked, CLERK)
    assert "Chissano" not in repr(found) + repr(office.application(found.application.id, CLERK))


def test_the_store_proves_what_was_applied_for(office):
    found = office.takes(who(children=[child()]), dependant_photos=(PassPhoto(JPEG),))
    office.attest(found.id, attested("Outra"), CLERK)
    office.approve(found.id, CHIEF)

    assert verify_store(office.store, [RedigestPasses()]).records == 3
    assert office.application(found.id, CLERK).children == (PassPhoto(JPEG),)
    assert office.at - found.applied_at < timedelta(seconds=1)
