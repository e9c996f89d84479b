"""The health token: what goes in comes out, and nothing that was not signed by this post's health counts."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.clearance import Clearance, ClearanceOutcome
from bmis.kernel.clearance_token import (
    LONGEST_TEXT,
    MARK,
    ClearanceKey,
    ClearanceRefusedError,
    TokenFault,
    read_token,
    token_text,
)

ISSUED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SIGNER = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
POST = "MZ.L.RSG"
KEYS = (ClearanceKey(POST, SIGNER.public_key().public_bytes_raw()),)


def clearance(**more):
    said = {"schema": 1, "ref": "0123456789abcdef0123", "outcome": ClearanceOutcome.H_OK, "issued_at": ISSUED}
    said |= {"valid_until": ISSUED + timedelta(hours=4), "post_code": POST, "card": None}
    return Clearance(**said | more)


def fault(text, *, keys=KEYS, post=POST, now=ISSUED):
    with pytest.raises(ClearanceRefusedError) as refused:
        read_token(text, keys, post, now)
    return refused.value.why


@given(
    st.sampled_from(ClearanceOutcome),
    st.binary(min_size=10, max_size=10),
    st.integers(1, 65_535),
    st.none() | st.integers(1, 2**32 - 1),
)
def test_every_clearance_comes_back_as_it_was(outcome, reference, minutes, card):
    sent = clearance(outcome=outcome, ref=reference.hex(), valid_until=ISSUED + timedelta(minutes=minutes), card=card)

    text = token_text(sent, SIGNER)

    assert read_token(text, KEYS, POST, ISSUED) == sent
    assert read_token(f"{text}\r\n", KEYS, POST, ISSUED) == sent
    assert len(text) < 180


@given(st.data())
def test_one_changed_letter_is_never_a_clearance(data):
    text = token_text(clearance(), SIGNER)
    place = data.draw(st.integers(len(MARK), len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:a\x00é"))

    if letter != text[place]:
        assert fault(text[:place] + letter + text[place + 1 :]) in set(TokenFault)


@given(st.text(max_size=600))
def test_no_text_out_of_nowhere_is_one(untrusted):
    assert fault(untrusted) is TokenFault.NOT_A_TOKEN
    assert fault(MARK + untrusted) in {TokenFault.NOT_A_TOKEN, TokenFault.KEY_UNKNOWN, TokenFault.SIGNATURE}


def test_it_counts_at_its_post_in_its_time_under_its_key():
    text = token_text(clearance(), SIGNER)
    stranger = ClearanceKey(POST, Ed25519PrivateKey.generate().public_key().public_bytes_raw())

    assert fault(text, keys=()) is TokenFault.KEY_UNKNOWN
    assert fault(text, keys=(stranger,)) is TokenFault.KEY_UNKNOWN
    assert fault(text, post="MZ.L.MCG") is TokenFault.OTHER_POST
    assert fault(text, now=ISSUED + timedelta(hours=4)) is TokenFault.EXPIRED
    assert fault(text, now=ISSUED - timedelta(minutes=3)) is TokenFault.NOT_YET
    assert fault("0" * (LONGEST_TEXT + 1)) is TokenFault.NOT_A_TOKEN


def test_another_key_that_bears_the_same_name_proves_nothing():
    class SameName(ClearanceKey):
        @property
        def id(self):
            return KEYS[0].id

    forger = SameName(POST, Ed25519PrivateKey.generate().public_key().public_bytes_raw())

    assert fault(token_text(clearance(), SIGNER), keys=(forger,)) is TokenFault.SIGNATURE


def test_neither_name_nor_reason_has_a_place_in_it():
    assert set(Clearance.__dataclass_fields__) == {
        "schema", "ref", "outcome", "issued_at", "valid_until", "post_code", "card",
    }  # fmt: skip
