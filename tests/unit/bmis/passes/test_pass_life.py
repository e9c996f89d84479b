"""What becomes of a pass: made, handed over, suspended, revoked, lost, replaced, renewed, run out."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bmis.kernel.actor import NotAllowedError
from bmis.passes.allocate_serials import AllocateSerials
from bmis.passes.errors import (
    ApplicationStateError,
    ConsentMissingError,
    FeeNotPaidError,
    OnePassOnlyError,
    PassReasonError,
    PassStateError,
    PassUnknownError,
    ReceiptForOtherError,
    RenewalEarlyError,
    SerialRangeError,
    SerialsOutError,
    SerialSpoiledError,
    SuspensionTooLongError,
)
from bmis.passes.hand_over_pass import Consent, ConsentForm
from bmis.passes.lifecycle import NOT_GOOD, PassState, Validity
from bmis.passes.produce_pass import ProducePass
from bmis.passes.records.digests import RedigestPasses
from bmis.passes.serials import TRAINING_FIRST, parse_serial, printed
from bmis.receipts.errors import SecondSignatureError
from bmis.receipts.money import Money
from bmis.receipts.receipt import CANCEL, Charge, Exemption
from bmis.receipts.records import RedigestMoney
from bmis.store.errors import ClockSetBackError, RecordChangedError
from bmis.store.verify import verify_store
from tests.unit.bmis.passes.pass_office import CHIEF, CLERK, OFFICER, YES, attested, others


def test_a_pass_is_made_and_handed_over_with_taxa_zero(office):
    found = office.approved()
    made = office.produce(found.id, CLERK)
    given = office.hand_over(found.number, YES, CLERK)

    assert made.border_pass.serial == TRAINING_FIRST
    assert made.seal.startswith(f"SEAL OF {TRAINING_FIRST}")
    assert given.border_pass.state is PassState.ACTIVE
    assert (given.border_pass.validity.last - given.border_pass.validity.first).days == 364
    assert str(given.receipt.paid) == "0.00 MZN"
    assert given.receipt.charge.subject == found.id
    [facts] = office.seals.asked
    assert (facts.scheme, facts.purpose, facts.sex) == ("MZMW", "TRADE", "F")
    assert facts.posts == ("MZ.T.CAL", "MZ.T.ZOB", "MZ.Q.MEL", "MZ.T.VNF")
    shown = office.show(given.border_pass.number, CLERK)
    assert (shown.state, shown.seal, shown.who.person.surname) == (PassState.ACTIVE, made.seal, "Chissano")
    assert verify_store(office.store, [RedigestPasses(), RedigestMoney()])


def test_the_order_cannot_be_changed(office):
    found = office.takes()

    with pytest.raises(ApplicationStateError):
        office.produce(found.id, CLERK)
    with pytest.raises(ApplicationStateError):
        office.hand_over(found.id, YES, CLERK)
    office.approve(found.id, CHIEF)
    office.issues(found)
    for step in (lambda: office.produce(found.id, CLERK), lambda: office.hand_over(found.id, YES, CLERK)):
        with pytest.raises(ApplicationStateError):
            step()
    with pytest.raises(NotAllowedError):
        office.produce(found.id, OFFICER)


@pytest.mark.parametrize(("checked", "agreed", "read_in"), [(False, True, "pt"), (True, False, "pt"), (True, True, "")])
def test_no_pass_without_consent_identity_and_the_conditions_read_out(checked, agreed, read_in):
    with pytest.raises(ConsentMissingError):
        Consent(ConsentForm.SPOKEN, read_in, identity_checked=checked, agreed=agreed)


def test_made_twice_after_a_power_cut_it_is_one_pass(office):
    found = office.approved()

    assert office.produce(found.id, CLERK) == office.produce(found.id, CLERK)
    assert len(office.seals.asked) == 1


def test_without_a_seal_no_serial_is_taken(office):
    found = office.approved()
    office.seals.fails = RuntimeError("no key")
    with pytest.raises(RuntimeError):
        office.produce(found.id, CLERK)
    assert office.accounts(CLERK) == ()

    office.seals.fails = None
    assert office.produce(found.id, CLERK).border_pass.serial == TRAINING_FIRST


def test_with_the_clock_set_back_no_pass_is_made_or_handed_over(office):
    found = office.approved()
    store = office.store
    make = ProducePass(store.write, office.home, office.seals, store.clock_is_set_back, office.now)
    office.at -= timedelta(hours=1)

    with pytest.raises(ClockSetBackError):
        make(found.id, CLERK)


def test_a_pass_that_came_out_wrong_is_spoiled_and_its_serial_never_comes_again(office):
    found = office.approved()
    first = office.produce(found.id, CLERK).border_pass
    office.spoil(first.number, "impressão torta", CLERK)
    second = office.issues(found)

    assert second.serial == first.serial + 1
    [account] = office.accounts(CLERK)
    assert (account.handed_over, account.in_production, account.spoiled) == (1, 0, 1)
    assert account.adds_up
    with pytest.raises(PassStateError):
        office.spoil(second.number, "tarde demais", CLERK)
    assert office.withdrawn() == (first.serial,) == office.listed()


def live(office):
    from dataclasses import replace

    home = replace(office.home, training=False)
    return AllocateSerials(office.store.write, home, office.now), ProducePass(
        office.store.write, home, office.seals, lambda: False, office.now
    )


def test_a_live_post_uses_what_the_centre_gave_it_and_no_more(office):
    allocate, produce = live(office)
    with pytest.raises(SerialsOutError):
        produce(office.approved().id, CLERK)
    allocate(500_500, 500_502, "MZ.T.ZOB", CHIEF)
    office.wait(seconds=1)
    allocate(500_100, 500_100, "CAMIAO-1", CHIEF)
    office.wait(seconds=1)
    allocate(500_110, 500_110, office.home.desk_id, CHIEF)
    for first, last in ((500_502, 500_600), (500_499, 500_500), (500_000, 501_000), (500_100, 500_100)):
        with pytest.raises(SerialRangeError):
            allocate(first, last, "MZ.T.ZOB", CHIEF)
    for first, last, place in (
        (200_005, 200_004, "X1"),
        (0, 400_000, "X1"),
        (200_000, 60_000_000, "X1"),
        (200_000, 200_001, ""),
        (99_999, 100_001, "X1"),
    ):
        with pytest.raises(SerialRangeError):
            allocate(first, last, place, CHIEF)
    with pytest.raises(NotAllowedError):
        allocate(500_700, 500_800, "MZ.T.ZOB", CLERK)

    office.spoil_blank(printed(500_501), "cartão partido", CLERK)
    with pytest.raises(SerialSpoiledError):
        office.spoil_blank(printed(500_501), "outra vez", CLERK)
    with pytest.raises(SerialSpoiledError):
        office.spoil_blank(printed(500_900), "não é nosso", CLERK)
    office.reject.withdraw(office.application.listed(CLERK)[0].id, CLERK)
    made = [produce(office.approved(others(n)).id, CLERK).border_pass.serial for n in range(3)]
    assert made == [500_500, 500_502, 500_110], "what is set aside for a truck stays unused here"
    with pytest.raises(SerialsOutError):
        produce(office.approved(others(5)).id, CLERK)
    assert [(one.in_production, one.spoiled, one.left, one.adds_up) for one in office.accounts(CLERK)] == [
        (2, 1, 0, True),
        (0, 0, 1, True),
        (1, 0, 0, True),
    ]
    [gone] = office.accounts.spoiled(CLERK)
    assert (gone.serial, gone.said, gone.by, gone.blank) == (500_501, "cartão partido", "pass-officer", True)
    assert verify_store(office.store, [RedigestPasses()])


def test_a_serial_is_read_back_and_a_misread_one_is_not():
    assert parse_serial(printed(1234).lower()) == parse_serial(f" {printed(1234)[:8]}-{printed(1234)[8:]} ") == 1234
    assert parse_serial("1234") == 1234
    wrong = printed(1234)[:-1] + ("0" if printed(1234)[-1] != "0" else "1")
    for text_ in (wrong, "", "12345678AB", "-1"):
        with pytest.raises(PassUnknownError):
            parse_serial(text_)


def test_where_a_fee_is_due_no_pass_without_its_receipt(office, monkeypatch):
    from dataclasses import replace

    from bmis.passes import hand_over_pass, schemes

    paying = replace(schemes.scheme("MZ-MW", office.at.date()), fee=Money.parse("50.00 MZN"))
    monkeypatch.setattr(hand_over_pass, "scheme", lambda code, day: paying)
    found, other = office.approved(), office.approved(others(4))
    office.produce(found.id, CLERK)
    with pytest.raises(FeeNotPaidError) as refused:
        office.hand_over(found.id, YES, CLERK)
    assert refused.value.facts == {"due": "50.00 MZN"}

    charge = hand_over_pass.charge_of(found, paying)
    for wrong in (hand_over_pass.charge_of(other, paying), Charge("health.yf", charge.tariff, found.id)):
        receipt = office.receipt(wrong, CLERK)
        with pytest.raises(ReceiptForOtherError):
            office.hand_over(found.id, YES, CLERK, receipt.number)
    gone = office.receipt(charge, CLERK)
    office.cancel_receipt(gone.number, "engano", CLERK, office.signed(CANCEL, gone.id))
    with pytest.raises(ReceiptForOtherError):
        office.hand_over(found.id, YES, CLERK, gone.number)
    spared = office.receipt(charge, CLERK, exemption=Exemption("VULNERABLE", "viúva sem rendimento"))
    assert office.hand_over(found.id, YES, CLERK, spared.number).receipt == spared

    paid = office.receipt(hand_over_pass.charge_of(other, paying), CLERK, paid=Money.parse("1351.35 MWK"))
    office.produce(other.id, CLERK)
    assert office.hand_over(other.id, YES, CLERK).receipt == paid  # it is found by itself


def test_one_officer_suspends_for_three_days_and_time_ends_it(office):
    one = office.active()
    changed = office.suspend(one.number, "usado por outra pessoa", CLERK, ground="LENT")

    assert changed.notice.reason_code == "LENT"
    assert changed.notice.appeal_until == date(2026, 12, 7)
    assert office.state(one) == "SUSPENDED"
    assert office.withdrawn() == (one.serial,) == office.listed()
    with pytest.raises(SuspensionTooLongError) as refused:
        office.suspend(one.number, "mais tempo", CLERK, hours=73)
    assert refused.value.facts == {"hours": 72}
    office.wait(hours=72)
    assert office.state(one) == "ACTIVE"
    assert office.settle(CLERK) == 1
    assert office.kinds()[-1] == "pass.suspension_lapsed"
    assert office.withdrawn() == () == office.listed()


def test_the_supervisor_suspends_longer_and_reinstates(office):
    one = office.active()
    office.suspend(one.number, "inquérito em curso", CHIEF, hours=720)
    office.wait(hours=100)

    with pytest.raises(SecondSignatureError) as asked:
        office.reinstate(one.number, "inquérito fechado", CLERK)
    assert asked.value.subject == one.id
    signed = office.signed("pass.reinstate", one.id)
    assert office.reinstate(one.number, "inquérito fechado", CLERK, signed).border_pass.state is PassState.ACTIVE
    with pytest.raises(PassStateError):
        office.reinstate(one.number, "outra vez", CHIEF)


@pytest.mark.parametrize("reason", ["", "  ", "ab", "x" * 501])
def test_every_step_says_why(office, reason):
    one = office.active()

    for step in (office.suspend, office.revoke):
        with pytest.raises(PassReasonError):
            step(one.number, reason, CHIEF)
    with pytest.raises(PassReasonError):
        office.report(one.number, "lost", reason, CLERK)


def test_a_ground_of_no_list_is_refused(office):
    with pytest.raises(PassReasonError):
        office.revoke(office.active().number, "motivo", CHIEF, ground="MOOD")


def test_a_lost_pass_is_replaced_for_the_days_that_it_had_left(office):
    one = office.active()
    office.wait(days=100)
    office.report(one.number, "lost", "perdido no mercado", CLERK)
    assert office.state(one) == "LOST"
    again = office.replace(one.number, "perdido no mercado", CLERK)
    with pytest.raises(OnePassOnlyError):
        office.replace(one.number, "outra vez", CLERK)
    office.approve(again.application.id, CHIEF)
    new = office.issues(again.application)

    assert new.validity.last == one.validity.last
    assert (office.state(one), office.state(new)) == ("REPLACED", "ACTIVE")
    with pytest.raises(PassStateError):
        office.replace(one.number, "ainda outra", CLERK)
    assert verify_store(office.store, [RedigestPasses(), RedigestMoney()])


def test_a_worn_pass_counts_until_the_new_one_is_in_the_hand(office):
    one = office.active()
    again = office.replace(one.number, "gasto", CLERK).application
    office.approve(again.id, CHIEF)
    office.produce(again.id, CLERK)
    assert office.state(one) == "ACTIVE"

    office.hand_over(again.id, YES, CLERK)
    assert office.state(one) == "REPLACED"


def test_a_pass_is_renewed_in_its_last_days_or_after_and_not_before(office):
    one = office.active()
    with pytest.raises(RenewalEarlyError) as refused:
        office.renew(one.number, "termina", CLERK)
    assert refused.value.facts == {"day": "2027-10-22"}
    office.wait(days=340)
    again = office.renew(one.number, "termina em breve", CLERK).application
    office.attest(again.id, attested("Chefe", on=office.at.date()), CLERK)
    office.approve(again.id, CHIEF)
    new = office.issues(again)
    assert new.validity == Validity(office.at.date(), one.validity.last + timedelta(days=365)), "no day is lost"
    assert (office.state(one), office.state(new)) == ("RENEWED", "ACTIVE")

    office.wait(days=400)
    assert office.state(new) == "EXPIRED"
    late = office.renew(new.number, "voltou tarde", CLERK).application
    office.attest(late.id, attested("Chefe", on=office.at.date()), CLERK)
    office.approve(late.id, CHIEF)
    assert office.issues(late).validity == Validity(office.at.date(), office.at.date() + timedelta(days=364))
    assert office.kinds().count("pass.expired") == 1
    assert office.state(new) == "RENEWED"
    assert verify_store(office.store, [RedigestPasses(), RedigestMoney()])


def test_a_renewal_without_a_fresh_attestation_waits(office):
    one = office.active()
    office.wait(days=340)

    assert office.renew(one.number, "termina", CLERK).application.state.value == "PENDING_ATTESTATION"


@pytest.mark.parametrize(
    ("what", "state"),
    [("stolen", "STOLEN"), ("damaged", "DAMAGED"), ("surrendered", "SURRENDERED"), ("deceased", "DECEASED")],
)
def test_what_the_holder_or_the_family_tells_ends_a_pass(office, what, state):
    one = office.active()
    office.report(one.number, what, "participado pela família", CLERK)

    assert office.state(one) == state
    assert office.withdrawn() == (one.serial,) == office.listed()
    with pytest.raises(PassStateError):
        office.report(one.number, "lost", "outra vez", CLERK)


def test_a_person_has_one_pass_of_a_scheme(office):
    one = office.active()

    with pytest.raises(OnePassOnlyError) as refused:
        office.takes()
    assert refused.value.facts == {"held": "pass", "number": one.number}
    office.wait(days=365)
    found = office.approved()
    assert office.issues(found).state is PassState.ACTIVE  # the first ran out, and that is written down
    assert office.kinds().count("pass.expired") == 1


def test_the_store_itself_refuses_a_second_one(office):
    first, second = office.active(), office.active(others(6))
    with office.store.write() as unit, pytest.raises(IntegrityError):
        unit.connection.execute(
            text("UPDATE border_pass SET person_id = :p WHERE id = :i"),
            {"p": first.person_id.hex, "i": second.id.hex},
        )


def test_passes_are_listed_by_what_they_are_today(office):
    one, two = office.active(), office.active(others(1))
    office.suspend(two.number, "em averiguação", CLERK)
    office.wait(days=365)

    assert {state for _, state in office.show.listed(CLERK)} == {PassState.EXPIRED}
    assert office.show.listed(CLERK, PassState.ACTIVE) == ()
    assert {each.id for each, _ in office.show.listed(CLERK, PassState.EXPIRED)} == {one.id, two.id}
    assert office.settle(CLERK) == 2
    with pytest.raises(NotAllowedError):
        office.show.listed(OFFICER)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE border_pass SET state = 'ACTIVE'",
        "UPDATE border_pass SET valid_to = '2036-01-01'",
        "UPDATE border_pass SET suspended_until = 5",
        "UPDATE border_pass SET serial = serial + 7",
        "UPDATE pass_application SET state = 'APPROVED'",
        "DELETE FROM pass_part WHERE part = 'photo'",
        "UPDATE pass_part SET content = x'00' WHERE part = 'who'",
        "UPDATE pass_serial_range SET last = last + 1000",
        "DELETE FROM pass_event WHERE kind = 'pass.revoked'",
        "UPDATE pass_event SET facts = '{}' WHERE kind = 'pass.revoked'",
    ],
)
def test_what_was_changed_behind_the_program_is_found(office, change):
    one = office.active()
    office.revoke(one.number, "declaração falsa", CHIEF)
    assert verify_store(office.store, [RedigestPasses()])
    with office.store.write() as unit:
        unit.connection.execute(text(change))
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(office.store, [RedigestPasses()])


def test_states_that_are_not_good_are_those_a_seal_is_refused_for():
    assert PassState.EXPIRED not in NOT_GOOD  # its dates say it
    assert {PassState.REVOKED, PassState.SUSPENDED, PassState.LOST, PassState.SPOILED} <= NOT_GOOD
