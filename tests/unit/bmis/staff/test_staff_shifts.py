"""A shift from opening to the page that is signed, and the second pair of eyes within it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from bmis.kernel.actor import Actor, NotAllowedError, Role, Service
from bmis.kernel.identifiers import new_id
from bmis.staff.approval import ApprovalKind
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.disable_staff import DisableStaff
from bmis.staff.errors import (
    ApprovalMismatchError,
    ApprovalUnknownError,
    DeferralRefusedError,
    LockedOutError,
    NoShiftError,
    ReasonMissingError,
    SecondPersonError,
    ShiftOpenError,
    SignerUnknownError,
)
from bmis.staff.second_pair_of_eyes import SecondPairOfEyes, SettleApproval, pending_approvals, record_approval
from bmis.staff.shift import ShiftCounts
from bmis.staff.shifts import CloseShift, OpenShift, current_shift
from bmis.staff.sign_in import SignIn
from bmis.staff.verify_audit import CheckpointAudit, VerifyAudit
from bmis.store.border import BORDER
from bmis.store.errors import AuditBrokenError
from bmis.store.home import Home
from bmis.store.verify import verify_store

NIGHT = datetime(2026, 3, 14, 22, 30, tzinfo=UTC)  # half past midnight of the 15th in Maputo
SUBJECT = new_id(NIGHT)


class Desk:
    """The officer's desk with a clock that moves."""

    def __init__(self, home, role=Role.OFFICER):
        self.at = NIGHT
        self.session = SignIn(home, (BORDER,), lambda: self.at)(role.value, TRAINING_WORD)
        self.home, self.by, self.store = home, self.session.actor, self.session.store
        self.single_days = set()
        self.eyes = SecondPairOfEyes(
            home, Service.BORDER, self.store.read, self.single_days.__contains__, lambda: self.at
        )

    def opens(self):
        return OpenShift(self.home, self.store.write, lambda: self.at)(self.by)

    def closes(self, by=None):
        facts = lambda unit, since: ShiftCounts({"ADMITTED": 7}, ("1",), 1, 2, {"typed": 3})  # noqa: E731 - a fake
        return CloseShift(self.home, self.store.write, facts, lambda: self.at)(by or self.by)

    def keeps(self, approval):
        with self.store.write() as unit:
            record_approval(unit, approval, self.at)
            unit.commit()

    def pending(self):
        with self.store.read() as unit:
            return pending_approvals(unit, self.at)

    def settles(self, owed, approved=True, reason="seen on paper", by=None):
        by = by or Actor("supervisor", Role.SUPERVISOR)
        return SettleApproval(self.store.write, lambda: self.at)(owed.id, approved, reason, by)


@pytest.fixture
def desk(training_home):
    desk = Desk(Home.open(training_home))
    yield desk
    desk.session.close()


def test_a_shift_opens_once_and_closes_once(desk):
    with desk.store.read() as unit:
        assert current_shift(unit) is None
    with pytest.raises(NoShiftError):
        desk.closes()
    shift = desk.opens()
    with pytest.raises(ShiftOpenError):
        desk.opens()
    with desk.store.read() as unit:
        assert current_shift(unit) == shift
    assert desk.closes().shift == shift
    with pytest.raises(NoShiftError):
        desk.closes()
    assert desk.opens() != shift


def test_only_those_who_work_the_lane_open_and_close(desk):
    for role in (Role.ADMIN, Role.AUDITOR, Role.PASS_OFFICER):
        with pytest.raises(NotAllowedError):
            OpenShift(desk.home, desk.store.write, lambda: desk.at)(Actor("x", role))
        with pytest.raises(NotAllowedError):
            desk.closes(by=Actor("x", role))


def test_the_page_to_sign_says_all_of_the_shift(desk):
    desk.single_days.add(NIGHT.date() + timedelta(days=1))
    desk.opens()
    desk.at += timedelta(minutes=10)
    owed = desk.eyes.deferred("crossing.annul", SUBJECT, desk.by)
    desk.keeps(owed)
    with pytest.raises(Exception, match="BMIS-024"):
        SignIn(desk.home, (BORDER,), lambda: desk.at)("officer", "wrong-word")
    SignIn(desk.home, (BORDER,), lambda: desk.at)("supervisor", TRAINING_WORD).close()
    desk.at += timedelta(hours=25)

    page = desk.closes()

    assert page.officers == (("officer", "officer"), ("supervisor", "supervisor"))
    assert (page.post_code, page.training, page.closed_by) == (desk.home.post_code, True, "officer")
    assert page.counts.decisions == {"ADMITTED": 7}
    assert page.failed_sign_ins == 1
    assert [one.id for one in page.deferred] == [owed.id]
    assert page.overdue == page.deferred
    assert page.checkpoint.by == "officer"
    with desk.store.read() as unit:
        last = unit.connection.execute(text("SELECT kind, hash FROM audit ORDER BY seq DESC LIMIT 1")).one()
    assert last == ("shift.closed", page.checkpoint.hash)
    supervisor = Desk(desk.home, Role.SUPERVISOR)
    assert VerifyAudit(supervisor.session)([page.checkpoint.anchor]).last_checkpoint == page.checkpoint
    supervisor.session.close()


def test_a_shift_closed_by_somebody_who_cannot_sign_stays_open(desk):
    desk.opens()
    desk.store._signer = None

    with pytest.raises(AuditBrokenError):
        desk.closes()
    with desk.store.read() as unit:
        assert current_shift(unit) is not None


def test_a_supervisor_signs_at_once_with_her_own_key(desk):
    given = desk.eyes.immediate("crossing.annul", SUBJECT, " Supervisor", TRAINING_WORD, desk.by)
    desk.keeps(given)

    assert (given.second, given.is_deferred) == ("supervisor", False)
    assert given.covering("crossing.annul", SUBJECT, "officer") is given
    for other in (("crossing.amend", SUBJECT, "officer"), ("crossing.annul", new_id(NIGHT), "officer")):
        with pytest.raises(ApprovalMismatchError):
            given.covering(*other)
    assert desk.pending() == []
    verifies(desk)


@pytest.mark.parametrize(
    ("second", "password"),
    [
        ("officer", TRAINING_WORD),  # oneself
        ("OFFICER ", TRAINING_WORD),
        ("auditor", TRAINING_WORD),  # may not sign
        ("supervisor", "wrong-word"),
        ("health-supervisor", TRAINING_WORD),  # of the other service
        ("nobody", TRAINING_WORD),
        ("@recovery", TRAINING_WORD),
        ("", ""),
    ],
)
def test_who_is_no_second_person(desk, second, password):
    with pytest.raises(SecondPersonError):
        desk.eyes.immediate("crossing.annul", SUBJECT, second, password, desk.by)


def test_a_person_who_left_is_no_second_person(desk, training_home):
    desk.session.close()
    with SignIn(desk.home, (BORDER,), lambda: desk.at)("admin", TRAINING_WORD) as admin:
        DisableStaff(admin)("supervisor", "left")
    again = Desk(Home.open(training_home))

    with pytest.raises(SecondPersonError):
        again.eyes.immediate("crossing.annul", SUBJECT, "supervisor", TRAINING_WORD, again.by)
    again.session.close()


def test_guessing_the_second_password_runs_into_the_same_wait(desk):
    for _ in range(3):
        with pytest.raises(SecondPersonError):
            desk.eyes.immediate("crossing.annul", SUBJECT, "supervisor", "wrong-word", desk.by)
    with pytest.raises(LockedOutError):
        desk.eyes.immediate("crossing.annul", SUBJECT, "supervisor", TRAINING_WORD, desk.by)
    with pytest.raises(LockedOutError):
        SignIn(desk.home, (BORDER,), lambda: desk.at)("supervisor", TRAINING_WORD)


def test_an_approval_forged_in_the_table_is_found(desk):
    given = desk.eyes.immediate("crossing.annul", SUBJECT, "supervisor", TRAINING_WORD, desk.by)
    stranger = Ed25519PrivateKey.generate()
    for forged in (
        replace(given, action="crossing.amend"),
        replace(given, second="admin"),
        replace(given, signature=b"\0" * 64),
        replace(given, second_key=stranger.public_key().public_bytes_raw()),
        replace(given, second_key=None, signature=None),
    ):
        with desk.store.write() as unit:
            record_approval(unit, forged, desk.at)
            unit.commit()
        with pytest.raises(SignerUnknownError):
            verifies(desk)
        with desk.store.write() as unit:
            unit.connection.execute(text("DELETE FROM approval_event"))
            unit.commit()


def test_only_a_post_with_a_single_officer_on_that_local_day_may_defer(desk):
    with pytest.raises(DeferralRefusedError):
        desk.eyes.deferred("crossing.annul", SUBJECT, desk.by)
    desk.single_days.add(NIGHT.date())  # the UTC day is not the post's day
    with pytest.raises(DeferralRefusedError):
        desk.eyes.deferred("crossing.annul", SUBJECT, desk.by)
    desk.single_days.add(NIGHT.date() + timedelta(days=1))

    owed = desk.eyes.deferred("crossing.annul", SUBJECT, desk.by)

    assert owed.is_deferred
    assert owed.due_at == NIGHT + timedelta(hours=24)


def test_what_was_deferred_is_settled_by_another_person_with_a_reason(desk):
    desk.single_days.add(NIGHT.date() + timedelta(days=1))
    first, second = (desk.eyes.deferred("crossing.annul", new_id(NIGHT), desk.by) for _ in range(2))
    desk.keeps(first)
    desk.keeps(second)

    assert [one.id for one in desk.pending()] == [first.id, second.id]
    with pytest.raises(NotAllowedError):
        desk.settles(first, by=desk.by)
    with pytest.raises(SecondPersonError):
        desk.settles(first, by=Actor("officer", Role.SUPERVISOR))
    with pytest.raises(ReasonMissingError):
        desk.settles(first, reason=" ")
    assert desk.settles(first).kind is ApprovalKind.APPROVED
    with pytest.raises(ApprovalUnknownError):
        desk.settles(first)
    desk.at += timedelta(hours=24)
    assert [(one.id, one.overdue) for one in desk.pending()] == [(second.id, False)]
    desk.at += timedelta(milliseconds=1)
    assert [one.overdue for one in desk.pending()] == [True]
    assert desk.settles(second, approved=False, reason="not the same person").kind is ApprovalKind.REJECTED
    assert desk.pending() == []


def test_an_approval_is_kept_only_with_the_action_itself(desk):
    desk.single_days.add(NIGHT.date() + timedelta(days=1))
    with desk.store.write() as unit:
        record_approval(unit, desk.eyes.deferred("crossing.annul", SUBJECT, desk.by), desk.at)

    assert desk.pending() == []


def test_the_audit_is_signed_by_those_who_may_and_read_by_those_who_may(signed_in, clock):
    admin, officer = signed_in(Role.ADMIN), signed_in(Role.OFFICER)
    checkpoint = CheckpointAudit(admin.store.write, clock)(admin.actor)

    assert VerifyAudit(admin)([checkpoint.anchor]).last_checkpoint == checkpoint
    with pytest.raises(NotAllowedError):
        VerifyAudit(officer)()
    auditor = signed_in(Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        CheckpointAudit(auditor.store.write, clock)(auditor.actor)


def test_a_checkpoint_signed_by_a_key_of_nobody_is_found(signed_in, clock):
    supervisor = signed_in(Role.SUPERVISOR)
    supervisor.store._signer = Ed25519PrivateKey.generate()
    with supervisor.store.write() as unit:
        unit.audit.checkpoint(clock())
        unit.commit()

    assert verify_store(supervisor.store).chain.checkpoints == 1  # consistent in itself
    with pytest.raises(SignerUnknownError):
        VerifyAudit(supervisor)()


def verifies(desk):
    auditor = Desk(desk.home, Role.AUDITOR)
    try:
        VerifyAudit(auditor.session)()
    finally:
        auditor.session.close()
