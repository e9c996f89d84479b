"""Appeals against a refusal, a suspension, a revocation: recorded, decided by somebody else, told with a number."""

from datetime import date

import pytest

from bmis.kernel.actor import NotAllowedError
from bmis.passes.appeals import AppealForm
from bmis.passes.applicant import Who
from bmis.passes.errors import (
    AppealDayError,
    AppealMissingError,
    AppealOpenError,
    ApplicationUnknownError,
    DecidedBySameError,
    HolderForgottenError,
    NotForgettableError,
    NoticeUnknownError,
    OnePassOnlyError,
    PassReasonError,
    PassStateError,
    PassUnknownError,
)
from bmis.passes.lifecycle import ApplicationState, PassState
from bmis.passes.records.digests import RedigestPasses
from bmis.receipts.errors import SecondSignatureError
from bmis.receipts.records import RedigestMoney
from bmis.store.verify import verify_store
from tests.unit.bmis.passes.pass_office import (
    AUDITOR,
    CHIEF,
    CLERK,
    OFFICER,
    OTHER_CHIEF,
    applicant,
    attested,
    others,
)


def test_a_revoked_pass_is_told_with_its_appeal_and_comes_back_only_by_two_others(office):
    one = office.active()
    with pytest.raises(SecondSignatureError):
        office.revoke(one.number, "declaração falsa", CLERK)
    notice = office.revoke(one.number, "declaração falsa", CHIEF, ground="FALSE_STATEMENT").notice
    assert (notice.appeal_until - notice.decided_on).days == 15
    with pytest.raises(PassStateError):
        office.suspend(one.number, "tarde", CLERK)

    with pytest.raises(AppealMissingError):
        office.appeal(one.number, True, "provou a residência", OTHER_CHIEF)
    office.object_to(one.number, "sempre vivi em Biriwiri", CLERK)
    with pytest.raises(DecidedBySameError):
        office.appeal(one.number, True, "provou a residência", CHIEF)
    with pytest.raises(SecondSignatureError):
        office.appeal(one.number, True, "provou a residência", OTHER_CHIEF)
    signed = office.signed("pass.appeal", one.id, OTHER_CHIEF)
    kept = office.appeal(one.number, False, "não provou", OTHER_CHIEF, signed)
    assert kept.border_pass.state is PassState.REVOKED
    assert kept.notice.reason_code == "FALSE_STATEMENT"
    office.object_to(one.number, "trouxe a declaração do bairro", CLERK)
    signed = office.signed("pass.appeal", one.id, OTHER_CHIEF)
    assert office.appeal(one.number, True, "provou", OTHER_CHIEF, signed).border_pass.state is PassState.ACTIVE
    assert verify_store(office.store, [RedigestPasses()])


def test_an_appeal_does_not_give_a_second_pass(office):
    one = office.active()
    office.revoke(one.number, "declaração falsa", CHIEF)
    office.object_to(one.number, "não é verdade", CLERK)
    again = office.takes()
    office.approve(again.id, CHIEF, accepted={"earlier"}, reason="outra declaração")
    office.issues(again)

    with pytest.raises(OnePassOnlyError):
        office.appeal(one.number, True, "provou", OTHER_CHIEF, office.signed("pass.appeal", one.id, OTHER_CHIEF))


def refused(office, who=None):
    """Return an application that the supervisor refused, and the notice."""
    return office.reject(office.takes(who).id, "NOT_ELIGIBLE", "vive fora da zona", CHIEF)


def proves(office):
    return verify_store(office.store, [RedigestPasses(), RedigestMoney()])


def test_a_refusal_is_appealed_and_the_application_waits_for_approval_again(office):
    found, notice = refused(office)
    case = office.object_to(found.number.lower(), "vivo lá desde criança", CLERK, form=AppealForm.WRITTEN)
    assert (case.number, case.notice, case.is_late) == (found.number, notice, False)
    assert [one.number for one in office.appeals(AUDITOR)] == [found.number]
    assert office.appeals.one(notice.number, AUDITOR)[1] == "vivo lá desde criança"

    with pytest.raises(DecidedBySameError):
        office.appeal(found.number, True, "tem razão", CHIEF)
    with pytest.raises(NotAllowedError):
        office.appeal(found.number, True, "tem razão", CLERK)
    done = office.appeal(notice.number, True, "a declaração do bairro chegou", OTHER_CHIEF)
    assert done.application.state is ApplicationState.PENDING_APPROVAL
    assert done.notice.number != notice.number
    assert office.appeals(CLERK) == ()
    assert proves(office)

    office.approve(found.id, OTHER_CHIEF)
    assert office.issues(found).state is PassState.ACTIVE
    assert proves(office)


def test_a_refusal_that_stands_is_told_anew_and_can_be_appealed_again(office):
    found, _notice = refused(office)
    office.object_to(found.number, "não concordo", CLERK)
    office.wait(days=3)
    done = office.appeal(found.number, False, "nada de novo", OTHER_CHIEF)
    assert done.application.state is ApplicationState.REJECTED
    assert done.notice.reason_code == "NOT_ELIGIBLE"
    assert done.notice.appeal_until == date(2026, 12, 10)
    [case] = office.appeals(CLERK)
    assert (case.lodged, case.notice.number) == (None, done.notice.number)
    with pytest.raises(AppealMissingError):
        office.appeal(found.number, False, "outra vez", OTHER_CHIEF)
    assert office.object_to(found.number, "trago uma testemunha", CLERK).lodged is not None
    assert proves(office)


def test_a_refused_appeal_does_not_give_a_second_application(office):
    found, _notice = refused(office)
    office.object_to(found.number, "não concordo", CLERK)
    later = office.takes(Who(applicant(), (), (attested(on=office.at.date()),)), same_person=found.person_id)

    with pytest.raises(OnePassOnlyError) as told:
        office.appeal(found.number, True, "tem razão", OTHER_CHIEF)
    assert told.value.facts["number"] == later.number
    assert proves(office)


def test_a_renewal_that_was_refused_is_taken_up_again_though_the_old_pass_still_counts(office):
    one = office.active()
    office.wait(days=350)
    again = office.renew(one.number, "acaba em breve", CLERK).application
    office.attest(again.id, attested("Chefe da Localidade", on=office.at.date()), CLERK)
    office.reject(again.id, "OTHER", "dúvida", CHIEF)
    office.object_to(again.number, "não concordo", CLERK)
    assert office.appeal(again.number, True, "sem razão para dúvida", OTHER_CHIEF).application.number == again.number
    assert proves(office)


@pytest.mark.parametrize("upheld", [True, False])
def test_a_suspension_is_appealed_and_one_other_person_decides(office, upheld):
    one = office.active()
    office.suspend(one.number, "averiguação", CHIEF, hours=500)
    until = office.show(one.number, CLERK).border_pass.suspended_until
    office.object_to(one.number, "o cartão nunca saiu da minha mão", CLERK)
    with pytest.raises(DecidedBySameError):
        office.appeal(one.number, upheld, "motivo", CHIEF)

    after = office.appeal(one.number, upheld, "ouvidas as duas partes", OTHER_CHIEF).border_pass
    assert after.state is (PassState.ACTIVE if upheld else PassState.SUSPENDED)
    assert after.suspended_until == (None if upheld else until)
    assert (one.serial in office.listed()) is not upheld
    assert proves(office)
    if not upheld:
        office.wait(hours=501)
        assert office.state(one) == "ACTIVE"
        assert office.settle(CLERK) == 1
        assert proves(office)


def test_an_appeal_of_a_suspension_that_ran_out_waits_no_more(office):
    one = office.active()
    office.suspend(one.number, "averiguação", CLERK)
    office.object_to(one.number, "não concordo", CLERK)
    office.wait(hours=73)

    assert office.appeals(CLERK) == ()
    with pytest.raises(AppealMissingError):
        office.appeal(one.number, True, "tarde", OTHER_CHIEF)


def test_an_appeal_whose_suspension_ran_out_does_not_keep_the_holder_for_ever(office):
    one = office.active()
    office.suspend(one.number, "averiguação", CLERK)
    office.object_to(one.number, "não concordo", CLERK)
    office.wait(days=3 * 365)
    office.settle(CLERK)
    assert office.forget(one.person_id, "prazo de conservação", CLERK, office.signed("pass.forget", one.person_id)) > 0
    assert proves(office)


def test_a_late_appeal_is_recorded_and_marked(office):
    one = office.active()
    office.revoke(one.number, "emprestado", CHIEF, ground="LENT")
    office.wait(days=16)
    assert office.appeals(CLERK) == (), "nobody is listed for ever"
    assert office.object_to(one.number, "estive doente", CLERK).is_late
    assert [case.is_late for case in office.appeals(CLERK)] == [True]


def test_an_appeal_has_a_day_that_can_be_and_words_and_waits_once(office):
    one = office.active()
    with pytest.raises(AppealMissingError):
        office.object_to(one.number, "não concordo", CLERK)
    office.suspend(one.number, "averiguação", CLERK)
    for day in (date(2026, 11, 21), date(2026, 11, 23)):
        with pytest.raises(AppealDayError):
            office.object_to(one.number, "não concordo", CLERK, received=day)
    with pytest.raises(PassReasonError):
        office.object_to(one.number, " ", CLERK)
    with pytest.raises(NotAllowedError):
        office.object_to(one.number, "não concordo", OFFICER)
    office.object_to(one.number, "não concordo", CLERK)
    with pytest.raises(AppealOpenError) as told:
        office.object_to(one.number, "outra vez", CLERK)
    assert told.value.facts == {"day": "2026-11-22"}


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("NP-ZOB1-3F9A-00001-K", NoticeUnknownError),
        ("NP-", NoticeUnknownError),
        ("AP-ZOB1-3F9A-00001-X", ApplicationUnknownError),
        ("AP-%", ApplicationUnknownError),
        ("12345678", PassUnknownError),
        ("' OR 1=1 --", PassUnknownError),
    ],
)
def test_a_number_of_nobody_finds_nobody(office, number, error):
    refused(office)
    with pytest.raises(error):
        office.object_to(number, "não concordo", CLERK)


def test_every_decision_has_a_number_of_its_own(office):
    numbers = set()
    for who in range(3):
        found, notice = refused(office, others(who))
        office.object_to(found.number, "não concordo", CLERK)
        numbers |= {notice.number, office.appeal(found.number, who % 2 == 0, "visto", OTHER_CHIEF).notice.number}
    assert len(numbers) == 6


def test_nobody_is_forgotten_while_their_appeal_waits(office):
    found, _notice = refused(office)
    office.object_to(found.number, "não concordo", CLERK)
    signed = office.signed("pass.forget", found.person_id, CLERK)
    with pytest.raises(NotForgettableError):
        office.forget(found.person_id, "pedido da pessoa", CLERK, signed)
    office.appeal(found.number, False, "nada de novo", OTHER_CHIEF)
    assert office.forget(found.person_id, "pedido da pessoa", CLERK, signed) > 0
    assert proves(office)


def test_a_holder_is_forgotten_when_everything_is_long_over_and_the_chain_still_proves(office):
    one = office.active()
    with pytest.raises(NotForgettableError):
        office.forget(one.person_id, "prazo de conservação", CHIEF)
    office.report(one.number, "surrendered", "devolvido por Chissano", CLERK)
    with pytest.raises(NotForgettableError):
        office.forget(one.person_id, "prazo de conservação", CHIEF)
    office.wait(days=2 * 365)
    with pytest.raises(NotAllowedError):
        office.forget(one.person_id, "prazo de conservação", OFFICER)
    with pytest.raises(SecondSignatureError):
        office.forget(one.person_id, "prazo de conservação", CHIEF)
    signed = office.signed("pass.forget", one.person_id, CLERK)
    assert office.forget(one.person_id, "prazo de conservação", CLERK, signed) == 4  # who, photo, seal, words

    shown = office.show(one.number, CLERK)
    assert (shown.who, shown.photo, shown.seal) == (None, None, None)
    assert all(told.said is None for told in shown.history)
    with pytest.raises(HolderForgottenError):
        office.forget(one.person_id, "outra vez", CHIEF)
    assert office.find(applicant(), CLERK) == ()
    assert verify_store(office.store, [RedigestPasses(), RedigestMoney()])
    assert office.takes(Who(applicant(), (), (attested(on=office.at.date()),))).person_id != one.person_id
