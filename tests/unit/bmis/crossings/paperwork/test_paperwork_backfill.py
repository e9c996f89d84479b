from datetime import UTC, date, datetime, time, timedelta

import pytest

from bmis.crossings.crossing import CrossingRequest, Verdict
from bmis.crossings.decision import Decision, RecordMode
from bmis.crossings.errors import FieldsMissingError, RequestConflictError
from bmis.crossings.paperwork.allocate_forms import AllocateForms, FormsOfDesk, MissForm, SpoilForm
from bmis.crossings.paperwork.backfill import BackfillForm, FilledForm, written_at
from bmis.crossings.paperwork.errors import (
    FormNotFreeError,
    FormNumberError,
    FormTimeError,
    FormUnknownError,
    LateBackfillError,
    WriterMissingError,
)
from bmis.crossings.paperwork.forms import FormState, form_number
from bmis.crossings.paperwork.records import RedigestPaperwork, events_of
from bmis.crossings.record_crossing import BACKFILL, RecordCrossing
from bmis.kernel.identifiers import new_id
from bmis.staff.errors import ApprovalMismatchError
from bmis.store.audit import verify_chain
from bmis.store.records import AuditRow

ACCEPTED = frozenset("*")


@pytest.fixture
def forms(post, clock):
    return AllocateForms(post.store.write, post.store.home, clock)(5, post.supervisor)


@pytest.fixture
def backfill(post, clock):
    return BackfillForm(post.store.write, post.record, clock)


@pytest.fixture
def filled(post, clock, forms, passport):
    def fill(number=None, minutes_ago=30, request=None, decision=Decision.ADMITTED, written_by="Agente Cossa"):
        return FilledForm(
            number or forms[0].number,
            clock() - timedelta(minutes=minutes_ago),
            written_by,
            request or post.request(passport()),
            Verdict(decision, acknowledged=ACCEPTED),
        )

    return fill


def status_of(post, number):
    return next(form for form in FormsOfDesk(post.store.read)(post.officer) if form.number == number)


def test_a_form_becomes_a_crossing_that_says_who_wrote_it_who_typed_it_and_when(post, clock, forms, backfill, filled):
    form = filled(number=forms[0].number.lower().replace("-", " "))

    crossing = backfill(form, post.officer)

    assert crossing.record_mode is RecordMode.PAPER_BACKFILL
    assert (crossing.request.paper_form, crossing.request.written_by, crossing.by) == (
        forms[0].number,
        "Agente Cossa",
        "officer",
    )
    assert (crossing.crossed_at, crossing.recorded_at) == (clock() - timedelta(minutes=30), clock())
    used = status_of(post, forms[0].number)
    assert (used.state, used.crossing_id, used.changed_by) == (FormState.USED, crossing.id, "officer")
    with post.store.read() as unit:
        (event,) = events_of(unit, forms[0].number)
        assert event.facts == {"crossing_id": str(crossing.id), "written_by": "Agente Cossa"}


def test_the_day_and_the_time_on_the_form_are_those_of_the_post():
    assert written_at(date(2026, 11, 22), time(0, 30), 120) == datetime(2026, 11, 21, 22, 30, tzinfo=UTC)


def test_the_same_form_sent_twice_is_one_crossing(post, forms, backfill, filled):
    form = filled()

    assert backfill(form, post.officer) == backfill(form, post.officer)

    assert post.rows("crossing") == 1
    assert post.rows("paperwork_event") == 2  # given out, used


def test_one_form_is_never_two_travellers(post, forms, backfill, filled, passport):
    backfill(filled(), post.officer)

    with pytest.raises(FormNotFreeError) as stopped:
        backfill(filled(request=post.request(passport(number="UT7654321"))), post.officer)

    assert stopped.value.facts == {"state": "used"}
    assert post.rows("crossing") == 1


def test_a_form_whose_crossing_was_undone_is_typed_in_again(post, forms, backfill, filled, passport):
    first = backfill(filled(), post.officer)
    post.undo(first.id, post.officer)

    second = backfill(filled(request=post.request(passport())), post.officer)

    assert status_of(post, forms[0].number).crossing_id == second.id


def test_a_late_form_needs_a_second_person(post, forms, backfill, filled):
    form = filled(minutes_ago=121)
    subject = form.request.request_id

    with pytest.raises(LateBackfillError) as stopped:
        backfill(form, post.officer)
    assert stopped.value.facts == {"minutes": 120}
    with pytest.raises(ApprovalMismatchError):
        backfill(form, post.officer, approval=post.signed(BACKFILL, new_id(), post.officer))
    assert post.rows("crossing") == 0

    crossing = backfill(form, post.officer, approval=post.signed(BACKFILL, subject, post.officer))

    assert crossing.second_officer == "supervisor"
    assert backfill(form, post.officer).id == crossing.id  # asked again: nobody has to sign twice


def test_two_hours_to_the_minute_are_not_late(post, backfill, filled):
    assert backfill(filled(minutes_ago=120), post.officer).second_officer is None


@pytest.mark.parametrize(("minutes", "why"), [(-1, "future"), (90 * 24 * 60 + 1, "too_old")])
def test_a_time_that_cannot_be_is_refused(post, backfill, filled, minutes, why):
    with pytest.raises(FormTimeError) as stopped:
        backfill(filled(minutes_ago=minutes), post.officer)

    assert stopped.value.facts == {"why": why, "days": 90}


def test_a_form_without_a_writer_or_with_a_wrong_number_is_refused(post, backfill, filled, forms):
    with pytest.raises(WriterMissingError):
        backfill(filled(written_by=" "), post.officer)
    with pytest.raises(FormNumberError):
        backfill(filled(number=forms[0].number[:-1]), post.officer)
    with pytest.raises(FormUnknownError):
        backfill(filled(number=form_number("MZ.L.RSG", "2", post.store.home.desk_id, 99)), post.officer)


def test_a_spoiled_form_is_not_typed_in_but_one_that_was_missing_is(post, clock, backfill, filled, forms):
    SpoilForm(post.store.write, clock)(forms[0].number, "torn", post.officer)
    MissForm(post.store.write, clock)(forms[1].number, "not in the box", post.officer)

    with pytest.raises(FormNotFreeError):
        backfill(filled(), post.officer)
    backfill(filled(number=forms[1].number), post.officer)

    found = status_of(post, forms[1].number)
    assert (found.state, found.reason) == (FormState.USED, None)


def test_what_the_desk_may_not_keep_leaves_the_form_free(post, backfill, filled, forms, passport):
    request = CrossingRequest(new_id(), post.request(passport()).direction, passport())

    with pytest.raises(FieldsMissingError):
        backfill(filled(request=request), post.officer)

    assert status_of(post, forms[0].number).state is FormState.ALLOCATED
    backfill(filled(), post.officer)  # another request may use it


def test_after_a_power_cut_between_crossing_and_form_the_form_is_found_used(post, clock, forms, filled, passport):
    form = filled()

    class PowerCutError(Exception):
        pass

    class CutAfterCommit:
        def __init__(self, record: RecordCrossing) -> None:
            self._record = record

        def __call__(self, *args, **more):
            self._record(*args, **more)
            raise PowerCutError

    with pytest.raises(PowerCutError):
        BackfillForm(post.store.write, CutAfterCommit(post.record), clock)(form, post.officer)
    assert status_of(post, forms[0].number).state is FormState.ALLOCATED

    other = filled(number=forms[1].number, request=post.request(passport(number="UT7654321")))
    BackfillForm(post.store.write, post.record, clock)(other, post.officer)

    assert status_of(post, forms[0].number).state is FormState.USED


def test_the_same_request_with_another_content_is_refused(post, backfill, filled):
    form = filled()
    backfill(form, post.officer)

    with pytest.raises(RequestConflictError):
        backfill(filled(request=form.request, decision=Decision.PENDING_SECONDARY), post.officer)


def test_every_event_of_the_forms_proves_against_the_chain(post, clock, backfill, filled, forms):
    SpoilForm(post.store.write, clock)(forms[3].number, "torn", post.officer)
    backfill(filled(), post.officer)

    with post.store.read() as unit:
        verify_chain(unit.connection)
        redigest = RedigestPaperwork()
        made = dict(redigest(unit.connection))
        chained = {
            row.event_id: row.digest
            for row in unit.connection.execute(AuditRow.__table__.select())
            if row.kind in redigest.kinds
        }
    assert made == chained
    assert len(made) == 3
