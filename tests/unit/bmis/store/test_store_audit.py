"""The audit chain: every way of changing it is found."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bmis.kernel.actor import Role
from bmis.kernel.identifiers import new_id
from bmis.store.audit import AuditTrail, verify_chain
from bmis.store.errors import AnchorMistypedError, AuditBrokenError


@dataclass(frozen=True)
class Noted:
    id: UUID
    by: str
    text: str

    def payload(self):
        return {"id": self.id, "text": self.text}


@pytest.fixture
def store(signed_in):
    store = signed_in(Role.SUPERVISOR).store
    note(store, 300)
    return store


def note(store, count):
    with store.write() as unit:
        unit.audit.add_many("noted", [Noted(new_id(store.now()), store.by, f"n{n}") for n in range(count)])
        unit.commit()


def tamper(store, *statements):
    with store.write() as unit:
        for statement in statements:
            unit.connection.exec_driver_sql(statement)
        unit.commit()


def verify(store, *anchors):
    with store.read() as unit:
        return verify_chain(unit.connection, anchors)


def sign_now(store, at):
    with store.write() as unit:
        checkpoint = unit.audit.checkpoint(at)
        unit.commit()
    return checkpoint


def test_an_untouched_chain_proves_and_counts_its_checkpoints(store):
    report = verify(store)

    assert report.rows >= 300
    assert report.checkpoints == 1
    assert report.last_checkpoint.seq == 256
    assert {name for name, _ in report.signers} == {"supervisor"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET by = 'somebody' WHERE seq = 100",
        "UPDATE audit SET kind = 'other' WHERE seq = 100",
        "UPDATE audit SET recorded_at = recorded_at + 1 WHERE seq = 100",
        "UPDATE audit SET digest = hash WHERE seq = 100",
        "DELETE FROM audit WHERE seq = 100",
        "DELETE FROM audit WHERE seq = 1",
        "UPDATE audit SET seq = -seq WHERE seq = 100",
        "UPDATE audit SET event_id = 'not a uuid' WHERE seq = 100",
        "UPDATE audit SET recorded_at = 'yesterday' WHERE seq = 100",
        "UPDATE audit SET recorded_at = 9000000000000000000 WHERE seq = 100",
        "UPDATE audit SET hash = x'00' WHERE seq = 100",
        "UPDATE audit_checkpoint SET signed_at = signed_at + 1",
        "UPDATE audit_checkpoint SET signed_at = 'never'",
        "UPDATE audit_checkpoint SET by = 'admin'",
        "UPDATE audit_checkpoint SET signature = 'zz'",
        "UPDATE audit_checkpoint SET public_key = 'aa'",
        "UPDATE audit_checkpoint SET seq = 255",
        "UPDATE audit_checkpoint SET hash = (SELECT hash FROM audit WHERE seq = 255)",
        "DELETE FROM audit WHERE seq > 250",
    ],
)
def test_each_change_is_found(store, statement):
    tamper(store, statement)

    with pytest.raises(AuditBrokenError):
        verify(store)


def test_two_rows_swapped_are_found(store):
    tamper(
        store,
        "UPDATE audit SET seq = -1 WHERE seq = 100",
        "UPDATE audit SET seq = 100 WHERE seq = 101",
        "UPDATE audit SET seq = 101 WHERE seq = -1",
    )

    with pytest.raises(AuditBrokenError) as found:
        verify(store)
    assert found.value.facts["seq"] == 100


def test_a_tail_cut_after_the_last_checkpoint_is_found_only_by_the_printed_anchor(store, clock):
    anchor = sign_now(store, clock()).anchor
    tamper(store, "DELETE FROM audit WHERE seq > 260", "DELETE FROM audit_checkpoint WHERE seq > 260")

    assert verify(store).rows == 260
    with pytest.raises(AuditBrokenError):
        verify(store, anchor)


def test_a_log_rewritten_with_a_key_of_its_own_is_found_by_the_anchor(store, clock):
    anchor = sign_now(store, clock()).anchor
    tamper(store, "DELETE FROM audit", "DELETE FROM audit_checkpoint")
    with store.write() as unit:
        forged = AuditTrail(unit.connection, Ed25519PrivateKey.generate(), "supervisor")
        forged.add_many("noted", [Noted(new_id(clock()), "supervisor", f"clean {n}") for n in range(400)])
        unit.commit()

    assert verify(store).rows == 400  # consistent in itself
    with pytest.raises(AuditBrokenError):
        verify(store, anchor)


def test_the_printed_anchor_proves_however_it_is_typed(store, clock):
    anchor = sign_now(store, clock()).anchor

    assert verify(store, f"  {anchor.upper()} ") == verify(store, anchor)


def test_of_two_anchors_for_one_place_both_must_hold(store, clock):
    good = sign_now(store, clock()).anchor
    seq = good.split(":")[1]
    bad = f"BMIS1:{seq}:{'0' * 64}"

    for anchors in ((good, bad), (bad, good)):
        with pytest.raises(AuditBrokenError):
            verify(store, *anchors)


NO_HASH = "0" * 64


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BMIS1",
        "BMIS1:x:y",
        "BMIS1:1:aa",
        f"BMIS2:1:{NO_HASH}",
        f"BMIS1:٣:{NO_HASH}",
        f"BMIS1:0:{NO_HASH}",
        f"BMIS1:1:{NO_HASH[1:]}",
        f"BMIS1:1:{NO_HASH[1:]}O",
        f"BMIS1:{'9' * 5000}:{NO_HASH}",
    ],
)
def test_a_text_that_is_no_anchor_fails_as_mistyped(store, text):
    with pytest.raises(AnchorMistypedError) as told:
        verify(store, text)
    assert told.value.facts == {"number": 1}


def slips(anchor):
    _, seq, link = anchor.split(":")
    other = "0" if link[20] != "0" else "1"
    yield "one digit changed", f"BMIS1:{seq}:{link[:20]}{other}{link[21:]}"
    yield "two digits swapped", f"BMIS1:{seq}:{link[:20]}{link[21]}{link[20]}{link[22:]}"
    yield "one left out and one put in", f"BMIS1:{seq}:{link[:10]}{link[11:]}{other}"
    yield "another row's number", f"BMIS1:{int(seq) - 7}:{link}"
    yield "a number beyond the end", f"BMIS1:{seq}0:{link}"


def test_a_slip_of_the_hand_is_no_broken_chain(store, clock):
    anchor = sign_now(store, clock()).anchor
    for slip, typed in slips(anchor):
        if typed == anchor:
            continue  # the two digits were the same
        with pytest.raises(AnchorMistypedError) as told:
            verify(store, anchor, typed)
        assert told.value.facts == {"number": 2}, slip


def test_an_anchor_of_another_chain_is_no_slip_of_the_hand(store, clock):
    seq = sign_now(store, clock()).seq

    for typed in (f"BMIS1:{seq}:{NO_HASH}", f"BMIS1:{seq + 900}:{NO_HASH}"):
        with pytest.raises(AuditBrokenError) as told:
            verify(store, typed)
        assert told.value.facts["seq"] == int(typed.split(":")[1])


def test_a_broken_chain_is_told_before_a_slip_of_the_hand(store, clock):
    anchor = sign_now(store, clock()).anchor
    mistyped = next(typed for _, typed in slips(anchor))
    with pytest.raises(AuditBrokenError):
        verify(store, "no anchor", mistyped, f"BMIS1:5:{NO_HASH}")

    tamper(store, "UPDATE audit SET by = 'somebody' WHERE seq = 300")
    for typed in ("no anchor", mistyped):
        with pytest.raises(AuditBrokenError) as told:
            verify(store, typed)
        assert told.value.facts["seq"] == 300


def test_a_checkpoint_asked_twice_at_one_place_is_the_same(store, clock):
    assert sign_now(store, clock()) == sign_now(store, clock() + timedelta(hours=1))


def test_nothing_is_signed_where_nobody_can_sign(store, clock):
    with store.read() as unit, pytest.raises(AuditBrokenError):
        unit.audit.checkpoint(clock())
