"""Who was refused, or lost a pass, applies again; and who had a hand in an application approves it."""

import pytest

from bmis.passes.applicant import PassPhoto, Who
from bmis.passes.eligibility import Answer
from bmis.passes.errors import NotKnownError, PassReasonError, SameOfficerError
from tests.unit.bmis.passes.pass_office import CHIEF, CLERK, JPEG, OTHER_CHIEF, applicant, attested, others


def earlier(answers):
    return [(one.answer, one.why, dict(one.facts)) for one in answers if one.check == "earlier"]


def revoked(office):
    one = office.active()
    return office.revoke(one.number, "emprestado à vizinha", CHIEF, ground="LENT").notice


def test_who_lost_a_pass_for_lending_it_gets_no_other_without_a_word(office):
    notice = revoked(office)
    office.wait(days=1)

    asked = office.apply(office.asks(), CLERK)

    facts = {"ground": "LENT", "notice": notice.number, "day": "2026-11-22"}
    assert earlier(asked.answers) == [(Answer.UNKNOWN, "revoked", facts)]
    with pytest.raises(NotKnownError) as refused:
        office.approve(asked.application.id, CHIEF, accepted={"*"}, reason="conheço a pessoa")
    assert refused.value.facts == {"asked": "earlier"}
    with pytest.raises(PassReasonError):
        office.approve(asked.application.id, CHIEF, accepted={"earlier"})
    approved = office.approve(asked.application.id, CHIEF, accepted={"earlier"}, reason="esclarecido pelo régulo")
    assert approved.application.state.value == "APPROVED"
    assert "earlier" in office.application(asked.application.id, CHIEF).history[-1].event.facts["accepted"]


def test_naming_it_takes_on_everything_else_with_the_star_only(office):
    revoked(office)
    asked = office.takes(photo=None)

    with pytest.raises(NotKnownError) as refused:
        office.approve(asked.id, CHIEF, accepted={"earlier"}, reason="esclarecido")
    assert refused.value.facts == {"asked": "photo"}
    assert office.approve(asked.id, CHIEF, accepted={"earlier", "*"}, reason="esclarecido").application.approved_by


def test_a_refusal_and_a_suspension_are_told_too_the_newest_first(office):
    _, refused = office.reject(office.takes().id, "FALSE_STATEMENT", "morada falsa", CHIEF)
    first = office.apply(office.asks(), CLERK)
    assert earlier(first.answers)[0][1:] == (
        "refused",
        {"ground": "FALSE_STATEMENT", "notice": refused.number, "day": "2026-11-22"},
    )
    office.approve(first.application.id, CHIEF, accepted={"earlier"}, reason="provou a morada")
    one = office.issues(first.application)
    told = office.suspend(one.number, "atrasos", CLERK, ground="LATE_RETURNS").notice
    office.wait(days=340)

    again = office.renew(one.number, "a caducar", CLERK)

    assert [(why, facts["notice"]) for _answer, why, facts in earlier(again.answers)] == [
        ("suspended", told.number),
        ("refused", refused.number),
    ]
    office.attest(again.application.id, attested(on=office.at.date()), CLERK)
    with pytest.raises(NotKnownError) as left:
        office.approve(again.application.id, CHIEF, accepted={"*"}, reason="sem mais")
    assert left.value.facts["asked"].split(",").count("earlier") == 1


def test_a_decision_that_an_appeal_took_back_is_held_against_nobody(office):
    application = office.takes()
    office.reject(application.id, "NOT_ELIGIBLE", "fora da zona", CHIEF)
    office.object_to(application.number, "vivo em Biriwiri", CLERK)
    office.appeal(application.number, True, "vive lá", OTHER_CHIEF)

    approved = office.approve(application.id, CHIEF)

    assert earlier(approved.answers) == [(Answer.YES, "none", {})]


def test_what_somebody_else_did_is_not_told(office):
    revoked(office)
    assert earlier(office.apply(office.asks(others(7)), CLERK).answers) == [(Answer.YES, "none", {})]


def test_a_decision_taken_while_the_application_waited_is_told_at_the_approval(office):
    one = office.active()
    again = office.replace(one.number, "gasto", CLERK)
    assert earlier(again.answers) == [(Answer.YES, "none", {})]
    office.suspend(one.number, "emprestado", CHIEF, ground="LENT")

    with pytest.raises(NotKnownError) as refused:
        office.approve(again.application.id, CHIEF)
    assert refused.value.facts == {"asked": "earlier"}


def test_who_added_the_attestation_does_not_approve(office):
    found = office.takes(Who(applicant(id_number=None), (), (attested(),)))
    office.attest(found.id, attested("Chefe Espécime", citizen=True), CHIEF)

    for decide in (
        lambda by: office.approve(found.id, by, accepted={"*"}, reason="referido ao registo civil"),
        lambda by: office.reject(found.id, "OTHER", "sem prova", by),
    ):
        with pytest.raises(SameOfficerError):
            decide(CHIEF)
    approved = office.approve(found.id, OTHER_CHIEF, accepted={"*"}, reason="referido ao registo civil")
    assert approved.application.approved_by == OTHER_CHIEF.name


def test_who_took_the_photograph_does_not_approve(office):
    found = office.takes(photo=None)
    office.attest.photo(found.id, PassPhoto(JPEG), CHIEF)

    with pytest.raises(SameOfficerError):
        office.approve(found.id, CHIEF)
    assert office.approve(found.id, OTHER_CHIEF).application.approved_by == OTHER_CHIEF.name
