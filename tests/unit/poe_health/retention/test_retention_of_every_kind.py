"""Doses, transfers, followed people, cholera express: what is due goes from every page, the rest stays and proves."""

import json

import pytest

from bmis.kernel.actor import NotAllowedError
from bmis.store.errors import RecordChangedError
from bmis.store.home import Home
from poe_health.lists import bundled
from poe_health.retention.policy import retention_rules
from poe_health.screening.errors import ErasedError
from poe_health.store.health import HEALTH
from poe_health.store.records.parts import CLINICAL, PERSON
from tests.unit.poe_health.retention import kept_post
from tests.unit.poe_health.retention.kept_post import SECRETS, fill, later
from tests.unit.poe_health.retention.raw_pages import decrypted
from ui.compose import verify_store

ALL = [word for words in SECRETS.values() for word in words]


def pages(home, shift):
    return decrypted(Home.open(home).database(HEALTH.file_name), shift.session.data_key)


def found_in(raw):
    return {word for word in ALL if word.encode() in raw}


def rows(shift, *tables):
    with shift.session.store.read() as unit:
        found = [unit.connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables]
    return json.dumps([[list(row) for row in each] for each in found], default=str)


def test_no_message_no_audit_and_no_event_holds_a_word_an_answer_or_a_temperature(training_home):
    fill(training_home)
    with later(training_home, 0) as shift:
        told = rows(shift, "outbox", "audit", "referral", "referral_event", "monitoring", "monitoring_event")
        told += rows(shift, "cholera_record", "vaccination_event")

        assert found_in(pages(training_home, shift)) == set(ALL)  # they are kept, under the key
    assert [word for word in ALL if word in told] == []
    assert "ILL" in told
    assert "DISCHARGED" in told  # codes stay and are counted


def test_before_it_is_due_nothing_goes(training_home):
    ids = fill(training_home)
    with later(training_home, 30) as shift:
        assert shift.due() == {}
        assert shift.apply().taken == {}
        assert shift.referrals.show(ids["transfer"], shift.by).who is not None
        assert found_in(pages(training_home, shift)) == set(ALL)
        verify_store(shift.session)()


def test_each_kind_goes_on_its_day_and_the_rest_stays_on_its_pages(training_home):
    ids = fill(training_home)
    gone = set()
    days = {
        32: {"CHOLERA_EXPRESS": "cholera", "MONITORING_ENDED": "monitoring"},
        367: {"DOSE_ANSWERS": "aefi"},
        1827: {"TRANSFER_ENDED": "transfer"},
        3652: {"DOSE_PERSON": "dose"},
    }
    for day, rules in days.items():
        with later(training_home, day) as shift:
            assert shift.due() == dict.fromkeys(rules, 1)
            run = shift.apply()
            assert dict(run.taken) == dict.fromkeys(rules, 1)
            assert run.swept
            gone |= {word for kind in rules.values() for word in SECRETS[kind]}
            raw = pages(training_home, shift)
            assert found_in(raw) == set(ALL) - gone, rules
            assert shift.due() == {}
            assert shift.apply().taken == {}
            assert verify_store(shift.session)().records > 8
    with later(training_home, 3653) as shift:
        shown = shift.stores.doses.show(ids["dose"], shift.by)
        assert (shown.clinical, shown.who, shown.aefi) == (None, None, {})
        assert shown.view.given.certificate_number == "MZ-000001"
        assert shown.view.erased == {CLINICAL, PERSON}


def test_what_a_transfer_and_a_followed_person_count_stays_when_words_and_people_go(training_home):
    ids = fill(training_home)
    with later(training_home, 1) as before:
        days = before.referrals.show_followed(ids["monitoring"], before.by).followed.days
    with later(training_home, 1827) as shift:
        shift.apply()
        transfer = shift.referrals.show(ids["transfer"], shift.by)
        followed = shift.referrals.show_followed(ids["monitoring"], shift.by)
        express = shift.health.cholera.of_day(kept_post.BEGAN.date(), shift.by)

        assert (transfer.who, transfer.referral.forgotten) == (None, True)
        assert transfer.referral.note.suspected == ("CHOLERA",)
        assert (transfer.referral.note.reason, transfer.referral.note.vitals) == ("", ())
        assert transfer.referral.slips[0].outcome == "DISCHARGED"
        assert transfer.referral.facility == "HD-MANICA"
        assert followed.who is None
        assert [(one.day, one.status) for one in followed.followed.days] == [(one.day, one.status) for one in days]
        assert [(one.dehydration.value, one.plan, one.sex) for one in express] == [("severe", "C", "F")]
        assert shift.health.cholera.answers(ids["cholera"], shift.by) is None
        verify_store(shift.session)()


def test_an_open_transfer_and_a_person_who_is_still_followed_never_go(training_home):
    with later(training_home, 0) as shift:
        kept = shift.referrals.open(kept_post.uuid4(), kept_post.note(), kept_post.PatientIdentity("A"), shift.by)
        followed = kept_post.monitoring(shift, ended=False)
    with later(training_home, 5000) as shift:
        assert shift.due() == {}
        assert shift.apply().taken == {}
        assert shift.referrals.show(kept.id, shift.by).who is not None
        assert shift.referrals.show_followed(followed, shift.by).who is not None


def test_a_transfer_that_was_cancelled_goes_with_the_month(training_home):
    with later(training_home, 0) as shift:
        kept_post.transfer(shift, cancelled=True)
    with later(training_home, 31) as shift:
        assert dict(shift.apply().taken) == {"TRANSFER_CANCELLED": 1}
        verify_store(shift.session)()


def test_nothing_is_added_to_what_was_erased(training_home):
    ids = fill(training_home)
    with later(training_home, 400) as shift:
        shift.apply()
        event = kept_post.AefiRequest(
            kept_post.uuid4(),
            ids["dose"],
            shift.at,
            ("FEVER",),
            kept_post.Answer.NO,
            kept_post.EventOutcome.RECOVERED,
        )
        with pytest.raises(ErasedError):
            shift.stores.after_dose.report(event, shift.by)
        verify_store(shift.session)()


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM health_part WHERE record_id = (SELECT id FROM referral)",
        "DELETE FROM health_part WHERE record_id = (SELECT id FROM monitoring)",
        "DELETE FROM health_part WHERE owner_id = (SELECT id FROM cholera_record)",
        "DELETE FROM health_part WHERE record_id IN (SELECT record_id FROM vaccination_event) AND part = 'person'",
        "UPDATE health_part SET content = replace(content, 'MOTIVO', 'OUTRO')",
        "UPDATE health_identity SET content = NULL, salt = '', forgotten_at = 1",
        "UPDATE health_identity SET content = replace(content, 'SEGUIDOVA', 'OUTRA')",
        "DELETE FROM health_identity",
        "UPDATE monitoring_event SET facts = replace(facts, 'ILL', 'WELL')",
    ],
)
def test_words_or_people_that_vanish_or_change_without_an_event_are_seen(training_home, tampering):
    fill(training_home)
    with later(training_home, 0) as shift:
        with shift.session.store.write() as unit:
            assert unit.connection.exec_driver_sql(tampering).rowcount > 0
            unit.commit()
        with pytest.raises(RecordChangedError):
            verify_store(shift.session)()


def test_an_erasure_that_is_taken_back_is_seen(training_home):
    fill(training_home)
    with later(training_home, 32) as shift:
        shift.apply()
        with shift.session.store.write() as unit:
            unit.connection.exec_driver_sql("DELETE FROM cholera_event")
            unit.commit()
        with pytest.raises(RecordChangedError):
            verify_store(shift.session)()


def test_the_rules_say_their_source_and_that_they_are_drafts():
    rules, version = retention_rules()
    said = bundled("health", "retention").said

    kinds = {kind for rule in rules for kind in rule.kinds}
    assert kinds >= {"dose", "transfer", "monitoring", "cholera_express"}
    assert version.valid_from.isoformat() == "2026-11-22"
    assert "draft" in said["status"]
    assert "MISAU" in said["source"]


def test_while_somebody_reads_the_pages_wait_and_the_next_run_overwrites_them(training_home):
    fill(training_home)
    with later(training_home, 32) as shift:
        with shift.session.store.read() as reading:
            reading.connection.exec_driver_sql("SELECT count(*) FROM audit").scalar()
            run = shift.apply()
        assert run.swept is False
        assert set(SECRETS["cholera"]) <= found_in(pages(training_home, shift))
        verify_store(shift.session)()

        again = shift.apply()

        assert (dict(again.taken), again.swept) == ({}, True)
        assert not found_in(pages(training_home, shift)) & {*SECRETS["cholera"], *SECRETS["monitoring"]}


def test_a_role_that_may_not_apply_it_takes_nothing(training_home):
    ids = fill(training_home)
    with later(training_home, 5000, "clinician") as shift:
        with pytest.raises(NotAllowedError):
            shift.apply()
        assert shift.referrals.show(ids["transfer"], shift.by).who is not None
