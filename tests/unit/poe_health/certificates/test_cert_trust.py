"""Which list judged, how old it is, and every answer before valid, in its order."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from poe_health.certificates.claims import read_certificate
from poe_health.certificates.errors import TrustListError
from poe_health.certificates.hc1 import read_hc1
from poe_health.certificates.rule_data import trust_policy
from poe_health.certificates.trust_list import LARGEST_FILE, read_trust_list
from poe_health.certificates.verify import SealAnswer, SealReason, revocation_hashes, verify
from tests.unit.poe_health.certificates.cert_issuer import DCC, ICVP, ISSUED, NOW, Issuer, cache, did, packed


@pytest.fixture(scope="module")
def utopia():
    return Issuer()


def found(text, trust, now=NOW):
    message = read_hc1(text)
    listed = read_trust_list(trust) if trust is not None else None
    return verify(message, read_certificate(message.payload), listed, now, trust_policy())


def hash_of(text, kind):
    message = read_hc1(text)
    hashes = dict(revocation_hashes(message, read_certificate(message.payload)))
    return base64.b64encode(hashes[kind]).decode()


def certified(issuer, since, until, authority=False):
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "UT")])
    builder = x509.CertificateBuilder(name, name, issuer.private.public_key(), 1, since, until)
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    content = builder.sign(issuer.private, SHA256()).public_bytes(Encoding.DER)
    method = issuer.method()
    method["publicKeyJwk"]["x5c"] = [base64.b64encode(content).decode()]
    return method


def test_without_a_list_the_signer_is_unknown_and_it_is_said(utopia):
    answer = found(utopia.text(ICVP), None)
    assert (answer.answer, answer.reasons) == (SealAnswer.SIGNER_UNKNOWN, (SealReason.TRUST_LIST_MISSING,))
    assert answer.trust is None
    assert answer.form_code == "NOT_CHECKED"


def test_a_key_that_is_not_on_the_list_is_unknown(utopia):
    answer = found(utopia.text(ICVP), cache(Issuer(key_id=b"other").method()))
    assert (answer.answer, answer.form_code) == (SealAnswer.SIGNER_UNKNOWN, "KEY_NOT_IN_TRUSTLIST")
    assert SealReason.KEY_UNKNOWN in answer.reasons


def test_another_key_of_the_same_name_did_not_sign_it(utopia):
    stranger = Issuer()
    assert found(utopia.text(ICVP), cache(stranger.method())).answer is SealAnswer.SIGNATURE_INVALID
    assert found(utopia.text(ICVP), cache(stranger.method(), utopia.method())).answer is SealAnswer.VALID


def test_a_key_signs_only_for_its_domain_and_a_ca_signs_nothing(utopia):
    for_pilgrims = found(utopia.text(ICVP), cache(utopia.method("IPS-PILGRIMAGE:UTO:DSC")))
    assert for_pilgrims.answer is SealAnswer.SIGNER_UNKNOWN
    assert SealReason.KEY_OF_ANOTHER_DOMAIN in for_pilgrims.reasons
    authority = cache(utopia.method("ICVP:UTO:SCA"), Issuer(key_id=b"x").method())
    assert read_trust_list(authority).skipped == 1
    assert found(utopia.text(ICVP), authority).answer is SealAnswer.SIGNER_UNKNOWN


def test_an_algorithm_that_the_standard_does_not_know_is_refused(utopia):
    for algorithm in (-8, -35, -257, 5, None, "ES256"):
        protected = {4: utopia.key_id} | ({} if algorithm is None else {1: algorithm})
        message = utopia.message({1: "UTO", 6: ISSUED, -260: {-6: ICVP}}, {1: -7}, protected)
        answer = found(packed(message), cache(utopia.method()))
        assert answer.answer is SealAnswer.SIGNATURE_INVALID
        assert SealReason.ALGORITHM_NOT_ALLOWED in answer.reasons


def test_an_elliptic_key_does_not_verify_as_rsa(utopia):
    message = utopia.message({1: "UTO", 6: ISSUED, -260: {-6: ICVP}}, None, {1: -37, 4: utopia.key_id})
    assert found(packed(message), cache(utopia.method())).answer is SealAnswer.SIGNATURE_INVALID


def test_the_key_id_of_the_signed_header_comes_first(utopia):
    claims = {1: "UTO", 6: ISSUED, -260: {-6: ICVP}}
    both = utopia.message(claims, {4: b"a lie"})
    only_outside = utopia.message(claims, {4: utopia.key_id}, {1: -7})
    assert found(packed(both), cache(utopia.method())).answer is SealAnswer.VALID
    assert found(packed(only_outside), cache(utopia.method())).answer is SealAnswer.VALID


def test_the_age_of_the_list_is_told_and_an_old_one_never_says_valid(utopia):
    text = utopia.text(ICVP)
    for fetched, age, stale in (("2026-11-21", 1, False), ("2026-10-23", 30, False), ("2026-10-22", 31, True)):
        answer = found(text, cache(utopia.method(), fetched_at=f"{fetched}T08:00:00Z"))
        assert (answer.trust.age_days, answer.trust.stale) == (age, stale)
        assert answer.answer is (SealAnswer.TRUST_STALE if stale else SealAnswer.VALID)
        assert (SealReason.TRUST_LIST_STALE in answer.reasons) is stale


def test_a_list_of_unknown_age_counts_as_stale(utopia):
    answer = found(utopia.text(ICVP), did(utopia.method(), created=None))
    assert answer.answer is SealAnswer.TRUST_STALE
    assert (answer.trust.age_days, answer.reasons[0]) == (None, SealReason.TRUST_LIST_UNDATED)


def test_a_list_from_the_future_would_never_be_old_and_counts_as_of_unknown_age(utopia):
    for fetched, age in (("2026-11-23T00:00:00Z", 0), ("2036-11-22T00:00:00Z", None)):
        answer = found(utopia.text(ICVP), cache(utopia.method(), fetched_at=fetched))
        assert (answer.trust.age_days, answer.answer is SealAnswer.VALID) == (age, age is not None)


def test_an_old_list_still_says_that_a_signature_is_wrong(utopia):
    stale = cache(Issuer().method(), fetched_at="2020-01-01T00:00:00Z")
    answer = found(utopia.text(ICVP), stale)
    assert answer.answer is SealAnswer.SIGNATURE_INVALID
    assert SealReason.TRUST_LIST_STALE in answer.reasons


def test_a_revoked_key_and_a_revoked_certificate(utopia):
    kid = base64.b64encode(utopia.key_id).decode()
    gone = cache(utopia.method(), revoked_keys=[kid])
    assert found(utopia.text(ICVP), gone).answer is SealAnswer.SIGNER_REVOKED
    dcc = Issuer()
    text = dcc.text(DCC, claim=1)
    for kind in ("SIGNATURE", "UCI", "COUNTRYCODEUCI"):
        listed = {"as_of": "2026-11-21T00:00:00Z", "hashes": [{"kind": kind, "hash": hash_of(text, kind)}]}
        trust = cache(dcc.method("DCC:UTO:DSC"), revocations=listed)
        assert found(text, trust).answer is SealAnswer.SEAL_REVOKED
    other = {"hashes": [{"kind": "UCI", "hash": base64.b64encode(hashlib.sha256(b"x").digest()).decode()}]}
    good = found(text, cache(dcc.method("DCC:UTO:DSC"), revocations=other))
    assert good.answer is SealAnswer.VALID
    assert SealReason.REVOCATION_NOT_CHECKED not in good.reasons


def test_a_check_for_revocation_that_did_not_run_is_said(utopia):
    assert SealReason.REVOCATION_NOT_CHECKED in found(utopia.text(ICVP), cache(utopia.method())).reasons


def test_expired_not_yet_and_without_an_end(utopia):
    later, before = int(NOW.timestamp()) + 3600, int(NOW.timestamp()) - 3600
    trust = cache(utopia.method())
    assert found(utopia.text(ICVP, c4=before), trust).answer is SealAnswer.EXPIRED
    assert found(utopia.text(ICVP, c4=later), trust).answer is SealAnswer.VALID
    assert found(utopia.text(ICVP, c6=later), trust).answer is SealAnswer.NOT_YET_VALID
    assert found(utopia.text(ICVP, c5=later), trust).answer is SealAnswer.NOT_YET_VALID
    assert SealReason.NO_EXPIRY in found(utopia.text(ICVP), trust).reasons


def test_a_key_that_was_good_on_the_day_of_signing_stays_good(utopia):
    issued = datetime.fromtimestamp(ISSUED, UTC)
    for since, until, good in ((-30, 30, True), (-60, -1, False), (1, 900, False)):
        method = certified(utopia, issued + timedelta(days=since), issued + timedelta(days=until))
        answer = found(utopia.text(ICVP), cache(method)).answer
        assert answer is (SealAnswer.VALID if good else SealAnswer.SIGNER_EXPIRED)


def test_an_authority_s_key_signs_no_certificate_even_where_the_list_does_not_say_what_it_is_for(utopia):
    method = certified(utopia, NOW - timedelta(days=400), NOW, authority=True)
    method["id"] = "did:web:tng-cdn.who.int:v2:trustlist#a"
    assert found(utopia.text(ICVP), cache(method)).answer is SealAnswer.SIGNER_UNKNOWN


def test_an_entry_whose_certificate_holds_another_key_is_skipped(utopia):
    method = certified(utopia, NOW - timedelta(days=400), NOW)
    method["publicKeyJwk"] |= {key: value for key, value in Issuer().jwk().items() if key in {"x", "y"}}
    assert read_trust_list(cache(method)).skipped == 1


@pytest.mark.parametrize(
    "entry",
    [
        5,
        {},
        {"publicKeyJwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "eA=="}},  # not on the curve
        {"publicKeyJwk": {"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA", "kid": "eA=="}},
        {"publicKeyJwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "eA=="}},  # far too short
        {"publicKeyJwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "eA==", "x5c": ["AAAA"]}},
        "did:web:tng-cdn.who.int:v2:trustlist:DCC:XXA:DSC",  # a list of references holds no keys
    ],
)
def test_one_damaged_entry_does_not_cost_the_others(utopia, entry):
    listed = read_trust_list(json.dumps({"verificationMethod": [entry, utopia.method()]}).encode())
    assert (listed.count, listed.skipped) == (1, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"keys": 5}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"schema": "bmis-health-trust/1", "documents": 7}',
        b'{"schema": "bmis-health-trust/1", "documents": [], "revoked_keys": [1]}',
        b'{"keys": [], "proof": {"created": "yesterday"}}',
    ],
)
def test_a_file_that_is_no_trust_list_is_refused(content):
    with pytest.raises(TrustListError):
        read_trust_list(content)


def test_a_file_larger_than_any_list_is_not_read():
    with pytest.raises(TrustListError):
        read_trust_list(b" " * (LARGEST_FILE + 1))


def test_curve_of_the_list_is_the_curve_of_the_standard(utopia):
    (key,) = read_trust_list(cache(utopia.method())).keys[utopia.key_id]
    assert isinstance(key.public.curve, ec.SECP256R1)
