"""JSON seals of other States: the public example proves, ours under a root too, and nothing that was changed."""

import base64
import json

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from bmis.documents.seals.reading import SealFormat
from bmis.documents.seals.vds_nc import read_vds_nc
from bmis.trust.ecdsa import is_signed, sign
from bmis.trust.trust_set import TrustSet
from bmis.trust.verify_seal import SealAnswer, verify_seal
from tests.sealing import NOON, Authority

# ICAO, VDS-NC, worked example of a proof of vaccination of Utopia (as published with implementations of the guideline)
MESSAGE = {
    "hdr": {"t": "icao.vacc", "v": 1, "is": "UTO"},
    "msg": {
        "uvci": "U32870",
        "pid": {"n": "Smith Bill", "dob": "1990-01-02", "sex": "M", "i": "A1234567Z", "ai": "L4567890Z"},
        "ve": [
            {
                "des": "XM68M6",
                "nam": "Comirnaty",
                "dis": "RA01.0",
                "vd": [
                    {
                        "dvc": "2021-03-03",
                        "seq": 1,
                        "ctr": "UTO",
                        "adm": "RIVM",
                        "lot": "VC35679",
                        "dvn": "2021-03-24",
                    },
                    {"dvc": "2021-03-24", "seq": 2, "ctr": "UTO", "adm": "RIVM", "lot": "VC87540"},
                ],
            }
        ],
    },
}
CERTIFICATE = (
    "MIIBeTCCAR2gAwIBAgIBaDAMBggqhkjOPQQDAgUAMB0xCzAJBgNVBAYTAlVUMQ4wDAYDVQQDDAVVVCBDQTAeFw0yMTA0MDcwNDMwMjZaFw0yNjEw"
    "MDcwNDMwMjZaMBoxCzAJBgNVBAYTAlVUMQswCQYDVQQDEwIwNjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABI5bRQ3-vabXhHAs2IPi-k9rP_TS"
    "2J8aq5fTtUG1iOwXdBxx2n6c38TJ2MzBWT5PHCKVlq5JOCyJ1nDlCPd1S2yjTzBNMBIGA1UdJQQLMAkGB2eBCAEBDgIwHwYDVR0jBBgwFoAUymyk"
    "snX8rywn0RH7nDq-Bs2QOqowFgYHZ4EIAQEGAgQLMAkCAQAxBBMCTlYwDAYIKoZIzj0EAwIFAANIADBFAiBVaaJVHvWLX756yAGt04C89ZEWGr-B"
    "sHDgaRb0EH3d9gIhAO2UNvLNhEoUWT1I_zj_cG5mh2U-lWCMBUQ3zSQqWUcs"
)
SIGNATURE = "cxfyi2vq2XJfZF7ksEkIZJtKbGrRE570UZc_rNAlpfRHD_Xjq57r2h-QLvd_tCQGitsZevFmB0iXzEFdeeZ4zA=="


def example(data=None):
    seal = {"alg": "ES256", "cer": CERTIFICATE, "sigvl": SIGNATURE}
    return json.dumps({"data": data or MESSAGE, "sig": seal})


def test_the_public_example_proves_over_the_bytes_that_we_make_canonical():
    # its certificate gives ECDSA parameters (NULL), which RFC 5758 forbids and cryptography refuses: the key alone is
    # taken out of it
    read = read_vds_nc(example())
    at = read.certificate.index(bytes.fromhex("03420004")) + 3
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), read.certificate[at : at + 65])

    assert is_signed(read.signed, read.signature, public)
    other = json.loads(json.dumps(MESSAGE))
    other["msg"]["pid"]["dob"] = "1990-01-03"
    assert not is_signed(read_vds_nc(example(other)).signed, read.signature, public)
    assert verify_seal(example(), TrustSet(), NOON).answer is SealAnswer.SIGNER_UNKNOWN


@pytest.fixture(scope="module")
def authority():
    return Authority("UTO")


def sealed(signer, data=MESSAGE, **seal):
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    made = {
        "alg": "ES256",
        "cer": base64.urlsafe_b64encode(signer.certificate).decode(),
        "sigvl": base64.urlsafe_b64encode(sign(canonical, signer.key)).decode(),
    }
    return json.dumps({"data": data, "sig": made | seal}, indent=1, ensure_ascii=False)


def test_a_seal_under_a_root_that_was_given_is_valid_and_tells_name_and_birth(authority):
    found = verify_seal(sealed(authority.signer()), authority.trust(), NOON)

    assert (found.answer, found.format) == (SealAnswer.VALID, SealFormat.VDS_NC)
    assert (found.read.name, found.read.birth_date) == ("Smith Bill", "1990-01-02")


def test_its_answers_are_told_apart(authority):
    signer = authority.signer()
    changed = json.loads(sealed(signer))
    changed["data"]["msg"]["uvci"] = "U32871"
    elsewhere = json.loads(json.dumps(MESSAGE))
    elsewhere["hdr"]["is"] = "ZAF"
    stale = NOON.replace(year=2027)
    dead = NOON.replace(year=2035)

    def answer(text, trust=None, at=NOON):
        return verify_seal(text, trust or authority.trust(), at).answer

    assert answer(json.dumps(changed)) is SealAnswer.SIGNATURE_INVALID
    assert answer(sealed(signer, alg="ES384")) is SealAnswer.SIGNATURE_INVALID
    assert answer(sealed(signer, elsewhere)) is SealAnswer.SIGNER_UNKNOWN
    assert answer(sealed(signer), Authority("UTO").trust()) is SealAnswer.SIGNER_UNKNOWN
    assert answer(sealed(signer), authority.trust(revoked=[signer])) is SealAnswer.SIGNER_REVOKED
    assert answer(sealed(signer), at=stale) is SealAnswer.TRUST_STALE
    assert answer(sealed(signer), at=dead) is SealAnswer.SIGNER_EXPIRED


def test_keys_are_ordered_by_their_utf_16_units(authority):
    # U+1F6C2 stands before U+FB01 in UTF-16 and after it in code points (RFC 8785, 3.2.3)
    data = json.loads(json.dumps(MESSAGE))
    data["msg"] = {"\U0001f6c2": "a", "\ufb01": "b", "pid": {"n": "X"}}
    text = json.dumps(
        {"data": data, "sig": {"alg": "ES256", "cer": "AA", "sigvl": "AA"}}, ensure_ascii=False, sort_keys=True
    )

    signed = read_vds_nc(text).signed.decode()

    assert signed.index("\U0001f6c2") < signed.index("\ufb01")


def test_a_certificate_inside_is_no_reason_for_trust(authority):
    loaded = x509.load_der_x509_certificate(authority.signer().certificate)

    assert loaded.subject != loaded.issuer
    assert verify_seal(sealed(authority.signer()), TrustSet(), NOON).answer is SealAnswer.SIGNER_UNKNOWN
