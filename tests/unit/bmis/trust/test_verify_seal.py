"""What the officer is told of a seal: the first of ten answers that holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bmis.documents.seals.base45 import to_base45
from bmis.documents.seals.reading import SealFormat
from bmis.documents.seals.vds import sealed
from bmis.trust.ecdsa import _P256_ORDER
from bmis.trust.status_list import StatusWord
from bmis.trust.trust_set import TrustSet
from bmis.trust.verify_seal import SealAnswer, verify_seal
from tests.sealing import NOON, ROSA, TODAY, Authority

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def signer(authority):
    return authority.signer()


def answer(text, trust, at=NOON):
    return verify_seal(text, trust, at).answer


def test_a_pass_issued_today_is_valid_and_says_whose_it_is(authority, signer):
    found = verify_seal(authority.seal(signer), authority.trust(signer), NOON)

    assert (found.answer, found.format) == (SealAnswer.VALID, SealFormat.PASS)
    assert found.read.seal == ROSA
    assert found.signer.reference == "3F2A1C"


def test_every_flipped_bit_of_a_seal_is_refused(authority, signer):
    raw, trust = authority.raw(signer), authority.trust(signer)

    for at in range(len(raw)):
        for bit in range(8):
            other = bytearray(raw)
            other[at] ^= 1 << bit
            given = answer(bytes(other), trust)
            assert given in {SealAnswer.NOT_A_SEAL, SealAnswer.SIGNER_UNKNOWN, SealAnswer.SIGNATURE_INVALID}, (at, bit)


def test_every_byte_of_a_seal_changed_to_any_other_is_refused(authority, signer):
    raw, trust = authority.raw(signer), authority.trust(signer)

    for at in range(len(raw)):
        for step in (1, 85, 171, 255):
            other = bytearray(raw)
            other[at] = (other[at] + step) % 256
            assert answer(bytes(other), trust) is not SealAnswer.VALID, at


def test_every_character_of_the_text_changed_is_refused(authority, signer):
    text, trust = authority.seal(signer), authority.trust(signer)

    for at, char in enumerate(text):
        other = "0" if char != "0" else "1"
        assert answer(text[:at] + other + text[at + 1 :], trust) is not SealAnswer.VALID, at


def test_a_seal_cut_anywhere_or_with_something_after_it_is_no_seal(authority, signer):
    raw, trust = authority.raw(signer), authority.trust(signer)

    assert {answer(raw[:at], trust) for at in range(len(raw))} == {SealAnswer.NOT_A_SEAL}
    assert {answer(raw + bytes((more,)), trust) for more in (0, 32, 129, 255)} == {SealAnswer.NOT_A_SEAL}


def test_the_other_form_of_the_same_signature_is_refused(authority, signer):
    raw = authority.raw(signer)
    s = _P256_ORDER - int.from_bytes(raw[-32:])

    assert answer(raw[:-32] + s.to_bytes(32), authority.trust(signer)) is SealAnswer.SIGNATURE_INVALID


def test_a_good_signature_under_another_authority_is_of_an_unknown_signer(authority, signer):
    stranger = Authority()

    assert (
        answer(authority.seal(signer), stranger.trust(stranger.signer(signer.number))) is SealAnswer.SIGNATURE_INVALID
    )
    assert answer(authority.seal(signer), stranger.trust(stranger.signer(99))) is SealAnswer.SIGNER_UNKNOWN
    assert answer(authority.seal(signer), TrustSet()) is SealAnswer.SIGNER_UNKNOWN


def test_a_signer_whose_chain_does_not_hold_is_left_out_and_counted(authority, signer):
    stranger = Authority()
    trust = authority.trust(stranger.signer(signer.number))

    assert trust.skipped == 1
    assert answer(authority.seal(signer), trust) is SealAnswer.SIGNER_UNKNOWN


def test_an_old_key_stays_good_and_a_seal_dated_after_its_last_day_is_refused(authority):
    old = authority.signer(at=NOON - 300 * DAY)
    new = authority.signer(0x77, at=NOON)
    trust = authority.trust(old, new)
    last = TODAY - timedelta(days=300 - 91)
    lasting = replace(ROSA, valid_from=date(2026, 1, 1), valid_to=date(2028, 1, 1))

    assert answer(authority.seal(old, lasting, on=last), trust) is SealAnswer.VALID
    assert answer(authority.seal(old, lasting, on=last + DAY), trust) is SealAnswer.SIGNER_EXPIRED
    assert answer(authority.seal(old, lasting, on=last - 92 * DAY), trust) is SealAnswer.SIGNER_EXPIRED
    assert answer(authority.seal(new, lasting), trust) is SealAnswer.VALID


def test_a_revoked_signer_a_revoked_pass_and_a_stale_bundle_are_told_apart(authority, signer):
    text = authority.seal(signer)
    late = NOON + 15 * DAY

    assert answer(text, authority.trust(signer, revoked=[signer])) is SealAnswer.SIGNER_REVOKED
    assert answer(text, authority.trust(signer, listed=[ROSA.serial])) is SealAnswer.SEAL_REVOKED
    assert answer(text, authority.trust(signer, listed=[ROSA.serial - 1, ROSA.serial + 1])) is SealAnswer.VALID
    assert answer(text, authority.trust(signer), late) is SealAnswer.TRUST_STALE
    assert answer(text, authority.trust(signer), NOON + 14 * DAY) is SealAnswer.VALID
    assert answer(text, authority.trust(signer, listed=[ROSA.serial]), late) is SealAnswer.SEAL_REVOKED


def test_days_are_those_of_the_posts(authority, signer):
    tomorrow = replace(ROSA, valid_from=TODAY + DAY, valid_to=TODAY + 2 * DAY)
    text, trust = authority.seal(signer, tomorrow), authority.trust(signer)

    assert answer(text, trust, NOON) is SealAnswer.NOT_YET_VALID
    assert answer(text, trust, NOON.replace(hour=22)) is SealAnswer.VALID  # midnight at the posts
    assert answer(text, trust, NOON + 2 * DAY) is SealAnswer.VALID
    assert answer(text, trust, (NOON + 2 * DAY).replace(hour=22)) is SealAnswer.EXPIRED


def test_a_seal_signed_tomorrow_is_not_yet_valid(authority, signer):
    assert answer(authority.seal(signer, on=TODAY + DAY), authority.trust(signer)) is SealAnswer.NOT_YET_VALID


def test_of_this_home_and_the_bundle_the_newer_word_on_a_pass_counts(authority, signer):
    text = authority.seal(signer)
    silent, listing = authority.trust(signer), authority.trust(signer, listed=[ROSA.serial])

    def here(trust, is_listed, at):
        word = StatusWord(is_listed, at)
        return answer(text, replace(trust, listed_here=lambda serial: word if serial == ROSA.serial else None))

    assert here(silent, True, NOON + HOUR) is SealAnswer.SEAL_REVOKED
    assert here(listing, False, NOON + HOUR) is SealAnswer.VALID
    assert here(listing, False, NOON - HOUR) is SealAnswer.SEAL_REVOKED  # the authority has said so since
    assert here(silent, True, NOON - HOUR) is SealAnswer.SEAL_REVOKED  # it has not heard of it yet
    assert answer(text, replace(listing, listed_here=lambda _: None)) is SealAnswer.SEAL_REVOKED


def test_another_states_authority_certifies_no_passes_of_ours(authority, signer):
    ours = Authority()
    content = replace(
        ours.content(ours.signer(0x10)), foreign_roots=(authority.root,), foreign_signers=(signer.certificate,)
    )

    assert answer(authority.seal(signer), TrustSet.of(content)) is SealAnswer.SIGNER_UNKNOWN


def test_a_seal_of_another_state_is_read_and_proved_under_its_root(authority, signer):
    ours = Authority("MOZ")
    raw = authority.raw(signer, feature_reference=0xFB, category=0x06)
    content = replace(
        ours.content(ours.signer(0x10)), foreign_roots=(authority.root,), foreign_signers=(signer.certificate,)
    )
    found = verify_seal(raw, TrustSet.of(content), NOON)

    assert (found.answer, found.format) == (SealAnswer.VALID, SealFormat.VDS)
    assert answer(raw, ours.trust(ours.signer(0x10))) is SealAnswer.SIGNER_UNKNOWN


def test_a_signer_does_not_speak_for_another_state(authority, signer):
    raw = authority.raw(signer, feature_reference=0xFB, category=0x06, issuing_state="ZAF")

    assert answer(raw, authority.trust(signer)) is SealAnswer.SIGNER_UNKNOWN


def test_a_live_pass_is_not_proved_by_a_signer_of_training(authority, signer):
    raw = authority.raw(signer, issuing_state="MOZ")

    assert answer(raw, authority.trust(signer)) is SealAnswer.SIGNER_UNKNOWN


@pytest.mark.parametrize("text", ["", " ", "S RA", "HELLO WORLD", "S R" + "0" * 240, "\u202e", "{", "{}", "🛂" * 50])
def test_other_text_is_no_seal(authority, text):
    assert answer(text, authority.trust()) is SealAnswer.NOT_A_SEAL


def test_the_ten_answers_stand_in_their_order():
    assert [one.value for one in SealAnswer] == [
        "not_a_seal",
        "signer_unknown",
        "signature_invalid",
        "signer_revoked",
        "signer_expired",
        "seal_revoked",
        "not_yet_valid",
        "expired",
        "trust_stale",
        "valid",
    ]


def test_an_empty_signature_is_none(authority, signer):
    raw = authority.raw(signer)

    assert answer(to_base45(sealed(raw[:-66], bytes(64))), authority.trust(signer)) is SealAnswer.SIGNATURE_INVALID
