"""A transfer kept in the store of health: idempotent, provable, without a name in its events, closed to others."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from bmis.kernel.actor import Actor, NotAllowedError, Role
from bmis.staff.records import RedigestStaff
from bmis.store.verify import verify_store
from poe_health.referrals.directory import DirectoryEntry, Listed
from poe_health.referrals.errors import (
    AcceptanceOutgrownError,
    NotAcceptedError,
    NothingAmendedError,
    ReferralCodeError,
    ReferralFieldError,
    ReferralHistoryError,
    ReferralReasonError,
    ReferralStepError,
    ReferralUnknownError,
)
from poe_health.referrals.note import ReferralNote, Vitals
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.records import RedigestReferrals
from poe_health.referrals.referral import AlertCode, State
from poe_health.referrals.steps import Answered, Arrived, Cancelled, IdentityForgotten, Left, ReturnSlip
from tests.unit.poe_health.referrals.conftest import START

WHO = PatientIdentity(
    surname="SPECIMENOVA", given_names="Utopia", sex="F", birth_date=date(1990, 2, 3), phone="+000 99 123"
)
NOTE = ReferralNote(
    "EMERGENCY", "Diarreia aquosa", "STANDARD", "AMBULANCE", "com a irmã", ("CHOLERA",), (Vitals(START, temp_c=36.5),)
)


def accepted(desk, one, unit="HD-MANICA"):
    step = Answered(desk.at, unit, "", "", "ACCEPTED", "PHONE", "Enf.ª Teste")
    return desk.step(one.id, step, desk.by)


def opened(desk):
    return desk.open(uuid4(), NOTE, WHO, desk.by)


def test_a_guia_goes_its_whole_way_and_the_store_proves(desk):
    one = opened(desk)
    assert one.number.startswith("GT-LRSG1-")
    assert one.number.endswith("-2026-0001")
    desk.wait(minutes=10)
    with pytest.raises(NotAcceptedError):
        desk.step(one.id, Left(desk.at, "AMBULANCE", "enfermeiro"), desk.by)
    after = accepted(desk, one)
    assert after.facility_name == "Hospital Distrital de Manica"
    assert "list" in after.acceptance.facility_source
    desk.wait(minutes=10)
    desk.step(one.id, Left(desk.at, "AMBULANCE", "enfermeiro"), desk.by)
    desk.wait(hours=5)
    assert [alert.code for alert in desk.list(desk.by)[0].alerts] == [AlertCode.LATE]
    desk.step(one.id, Arrived(desk.at, "Dr. Teste", "PHONE"), desk.by)
    desk.wait(days=2)
    slip = ReturnSlip(desk.at, "Dr. Teste", "CONFIRMED", "DISCHARGED", "cólera", "CHOLERA")

    done = desk.step(one.id, slip, desk.by)

    shown = desk.show(one.number.lower(), desk.by)
    assert shown.referral == done
    assert shown.who == WHO
    assert shown.events[0].kind == "referral.opened"
    assert desk.list(desk.by) == ()
    assert len(desk.list(desk.by, only_open=False)) == 1
    report = verify_store(desk.session.store, (RedigestStaff(), RedigestReferrals()))
    assert report.records >= 5


def test_the_same_request_again_is_the_same_guia(desk):
    request = uuid4()
    first = desk.open(request, NOTE, WHO, desk.by)
    desk.wait(minutes=1)

    assert desk.open(request, NOTE, WHO, desk.by) == first
    assert opened(desk).number.endswith("0002")


def test_no_event_audit_or_message_names_the_patient(desk):
    one = opened(desk)
    desk.amend(one.id, NOTE, "número do telefone mal escrito 66 444", desk.by, replace(WHO, phone="+000 77 555"))
    accepted(desk, one)

    with desk.session.store.read() as unit:
        told = [row for table in ("referral", "referral_event", "audit", "outbox") for row in rows(unit, table)]

    assert len(told) > 6
    said = json.dumps(told, default=str, ensure_ascii=False)
    for secret in ("SPECIMENOVA", "Utopia", "99 123", "77 555", "1990", "66 444"):
        assert secret not in said


def test_a_unit_that_accepted_something_else_is_asked_again_before_anybody_leaves(desk):
    one = opened(desk)
    accepted(desk, one)
    desk.wait(minutes=5)
    worse = replace(NOTE, suspected=("CHOLERA", "EVD"), given_care="soro", reason="Diarreia e sangue")

    after = desk.amend(one.id, worse, "apareceu sangue nas fezes", desk.by, replace(WHO, phone="+000 77 555"))

    assert after.outgrown
    assert [alert.code for alert in desk.list(desk.by)[0].alerts] == [AlertCode.ASK_AGAIN]
    with pytest.raises(AcceptanceOutgrownError):
        desk.step(one.id, Left(desk.at, "AMBULANCE", "enfermeiro"), desk.by)
    (change,) = desk.show(one.id, desk.by).amendments
    assert (change.reason, change.by) == ("apareceu sangue nas fezes", desk.by.name)
    assert set(change.changed) == {"suspected", "given_care", "reason", "who"}
    accepted(desk, one)
    assert desk.list(desk.by)[0].alerts == ()
    assert desk.step(one.id, Left(desk.at, "AMBULANCE", "enfermeiro"), desk.by).state is State.LEFT
    verify_store(desk.session.store, (RedigestStaff(), RedigestReferrals()))


def test_a_change_that_changes_nothing_or_says_no_reason_is_refused(desk):
    one = opened(desk)

    with pytest.raises(NothingAmendedError):
        desk.amend(one.id, NOTE, "ficou mais grave", desk.by, WHO)
    with pytest.raises(ReferralReasonError):
        desk.amend(one.id, replace(NOTE, given_care="soro"), "soro", desk.by)

    assert desk.show(one.id, desk.by).amendments == ()


def rows(unit, table):
    return [tuple(row) for row in unit.connection.execute(text(f"SELECT * FROM {table}"))]


def test_a_person_is_forgotten_only_after_the_end_and_the_chain_still_proves(desk_of):
    desk = desk_of(Role.HEALTH_SUPERVISOR)
    one = opened(desk)
    with pytest.raises(ReferralStepError):
        desk.forget(one.id, desk.by)
    with desk.session.store.read() as unit:
        assert any("SPECIMENOVA" in str(row) for row in rows(unit, "health_identity"))
    desk.step(one.id, Cancelled(desk.at, "melhorou e seguiu viagem"), desk.by)

    desk.forget(one.id, desk.by)

    shown = desk.show(one.id, desk.by)
    assert shown.who is None
    assert shown.referral.forgotten
    with desk.session.store.read() as unit:
        assert "SPECIMENOVA" not in str(rows(unit, "health_identity"))
    verify_store(desk.session.store, (RedigestStaff(), RedigestReferrals()))
    with pytest.raises(ReferralStepError):
        desk.forget(one.id, desk.by)


def test_an_identity_that_was_changed_in_the_file_is_not_shown(desk):
    one = opened(desk)
    with desk.session.store.write() as unit:
        unit.connection.execute(text("UPDATE health_identity SET content = replace(content, 'Utopia', 'Outra')"))
        unit.commit()

    with pytest.raises(ReferralHistoryError):
        desk.show(one.id, desk.by)


@pytest.mark.parametrize(
    "role", [Role.SCREENER, Role.EPIDEMIOLOGIST, Role.ADMIN, Role.AUDITOR, Role.OFFICER, Role.SUPERVISOR]
)
def test_only_who_treats_sees_transfers(desk, role):
    one = opened(desk)
    stranger = Actor("x", role)

    for forbidden in (
        lambda: desk.open(uuid4(), NOTE, WHO, stranger),
        lambda: desk.show(one.id, stranger),
        lambda: desk.list(stranger),
        lambda: desk.step(one.id, Arrived(desk.at, "x", "PHONE"), stranger),
        lambda: desk.amend(one.id, NOTE, "ficou mais grave", stranger),
        lambda: desk.forget(one.id, stranger),
        lambda: desk.enter(phone("112"), stranger),
    ):
        with pytest.raises(NotAllowedError):
            forbidden()


def test_what_is_not_there_and_steps_with_a_way_of_their_own(desk):
    with pytest.raises(ReferralUnknownError):
        desk.show(uuid4(), desk.by)
    with pytest.raises(ReferralUnknownError):
        desk.show("GT-NADA", desk.by)
    with pytest.raises(ReferralFieldError):
        desk.step(uuid4(), IdentityForgotten(desk.at), desk.by)


def phone(number, code="DISTRICT", **more):
    return DirectoryEntry(UUID(int=0), Listed.PHONE, code, START.date(), "ligado hoje", "", phone=number, **more)


def unit(code, **more):
    said = {"name": "Centro de Saúde de Teste", "level": "CENTRE", "province": "Manica"} | more
    return DirectoryEntry(UUID(int=0), Listed.FACILITY, code, START.date(), "visita do supervisor", "", **said)


def test_the_post_enters_its_own_units_and_numbers_and_closes_them(desk, desk_of):
    boss = desk_of(Role.HEALTH_SUPERVISOR)
    before = {one.code: one for one in desk.read.phones(desk.by)}
    assert before["DISTRICT"].number is None
    assert before["DISTRICT"].is_old(START.date()) is None
    assert before["AMBULANCE"].number == "110"
    assert before["AMBULANCE"].is_old(START.date()) is True

    boss.enter(phone("+258 99 000 111"), boss.by)
    boss.enter(unit("CS-TESTE", phone="99 222", has_isolation=False), boss.by)
    boss.enter(unit("HD-MANICA", closed=True), boss.by)

    after = {one.code: one for one in desk.read.phones(desk.by)}
    assert after["DISTRICT"].number == "+258 99 000 111"
    assert after["DISTRICT"].age_days(START.date() + timedelta(days=3)) == 3
    assert after["DISTRICT"].is_old(START.date()) is False
    listed = desk.read.facilities(desk.by, "Manica")
    assert listed[0].code == "CS-TESTE"
    assert "HD-MANICA" not in {one.code for one in listed}
    with pytest.raises(ReferralCodeError):
        accepted(desk, opened(desk))
    assert accepted(desk, opened(desk), "CS-TESTE").state is State.ACCEPTED
    verify_store(desk.session.store, (RedigestStaff(), RedigestReferrals()))


@pytest.mark.parametrize(
    "entry",
    [
        phone("12"),
        phone(None),
        phone("112", code="PIZZA"),
        replace(phone("112"), source=" "),
        replace(phone("112"), valid_from=START.date() + timedelta(days=1)),
        unit("CS-X", level="PALACE"),
        unit("CS-X", name=" "),
        unit(" "),
        unit("CS-X", name="x" * 300),
    ],
)
def test_an_entry_that_cannot_be_is_refused(desk_of, entry):
    boss = desk_of(Role.HEALTH_SUPERVISOR)
    with pytest.raises((ReferralFieldError, ReferralCodeError)):
        boss.enter(entry, boss.by)


@pytest.mark.parametrize(
    "said",
    [
        {"surname": ""},
        {"surname": "x" * 300},
        {"age_years": 200},
        {"age_years": True},
        {"age_years": 3, "birth_date": "2020-01-01"},
        {"birth_date": "ontem"},
        {"colour": "blue"},
        {"phone": 12},
    ],
)
def test_nobody_has_such_an_identity(said):
    with pytest.raises(ReferralFieldError):
        PatientIdentity.of(said)
