"""The machine's clock was set back: nothing is valid again, no day of an appeal is lost, no old rate comes back."""

from datetime import date, timedelta

import pytest

from bmis.kernel.clock import local
from bmis.passes.at_crossing import Light
from bmis.passes.errors import PassStateError
from bmis.passes.use_pass import ReadPass
from tests.unit.bmis.passes.pass_office import CHIEF, CLERK, OFFICER, OTHER_CHIEF, others


@pytest.fixture
def set_back(office):
    """An office with a pass that ran out and that nobody settled; then the clock is set back over a year."""
    one = office.active()
    office.wait(days=400)
    office.takes(others(3))  # the store saw the day, and nothing of the pass was written
    office.at -= timedelta(days=390)
    return one


def test_a_pass_typed_from_its_face_that_ran_out_is_not_green_again(office, set_back):
    seen = office.examine(ReadPass("MZ-MW", set_back.number), "EXIT", OFFICER)

    lights = {answer.evidence: answer.light for answer in seen.answers}
    assert lights["pass_expired"] is Light.RED


def test_it_is_settled_before_it_is_suspended_or_revoked(office, set_back):
    for change in (office.suspend, office.revoke):
        with pytest.raises(PassStateError) as refused:
            change(set_back.number, "emprestado", CHIEF, ground="LENT")
        assert refused.value.facts == {"pass_state": "EXPIRED"}
    assert office.settle(CLERK) == 1


def test_the_days_of_an_appeal_begin_when_the_store_was_last_at_work(office):
    one, asked = office.active(), office.takes(others(4))
    day = local(office.at).date()
    office.at -= timedelta(days=60)

    told = [
        office.suspend(one.number, "emprestado", CLERK, ground="LENT"),
        office.revoke(one.number, "emprestado", CHIEF, ground="LENT"),
    ]

    notices = [each.notice for each in told] + [office.reject(asked.id, "OTHER", "sem prova", CHIEF)[1]]
    assert {each.decided_on for each in notices} == {day}
    assert all(each.appeal_until > day for each in notices)
    assert told[0].border_pass.suspended_until > office.at + timedelta(days=60)


def test_an_attestation_is_not_dated_after_today_because_the_clock_is_wrong(office):
    asked = office.takes(others(5))
    office.at -= timedelta(days=60)
    assert office.approve(asked.id, OTHER_CHIEF).application.state.value == "APPROVED"


def test_a_charge_is_dated_no_earlier_than_the_store(office):
    application = office.takes()
    office.at -= timedelta(days=60)

    receipt = office.receipt(office.charge(application), CLERK)

    assert local(receipt.issued_at).date() == date(2026, 11, 22)
