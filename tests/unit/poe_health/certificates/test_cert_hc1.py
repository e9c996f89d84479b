"""Certificates that other programs signed are read and verified; hostile ones are refused with a code, at once."""

import base64
import json
import random
import shutil
import subprocess
import time
import zlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import base45
import cbor2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bmis.documents.dates import PartialDate
from bmis.kernel.errors import BmisError
from poe_health.certificates.certificate import CertificateFormat
from poe_health.certificates.claims import read_certificate
from poe_health.certificates.errors import (
    CertificateContentError,
    CertificateDamagedError,
    CertificateKindError,
    CertificateStructureError,
    CertificateTooLargeError,
    NotACertificateError,
)
from poe_health.certificates.hc1 import LARGEST_MESSAGE, LONGEST_TEXT, read_hc1, read_message
from poe_health.certificates.rule_data import trust_policy
from poe_health.certificates.trust_list import read_trust_list
from poe_health.certificates.verify import SealAnswer, revocation_hashes, verify
from tests.unit.poe_health.certificates.cert_issuer import DCC, DDCC, ICVP, ISSUED, NOW, Issuer, cache, packed, url64

DATA = Path(__file__).parents[3] / "data" / "certificates"


@pytest.fixture(scope="module", params=[-7, -37], ids=["ES256", "PS256"])
def issuer(request):
    return Issuer(request.param)


@pytest.fixture(scope="module")
def utopia():
    return Issuer()


def answer(text, trust, now=NOW):
    message = read_hc1(text)
    return verify(message, read_certificate(message.payload), read_trust_list(trust), now, trust_policy())


def test_an_icvp_of_utopia_is_read_and_valid(issuer):
    text = issuer.text(ICVP)
    found = answer(text, cache(issuer.method()))
    certificate = read_certificate(read_hc1(text).payload)

    assert found.answer is SealAnswer.VALID
    assert found.signer.participant == "UTO"
    assert found.form_code == "VALID"
    assert certificate.format is CertificateFormat.ICVP
    assert certificate.holder.name == "Erika Müller Utópica"
    assert certificate.holder.birth_date == PartialDate(1974, 8, 12)
    (dose,) = certificate.doses
    assert (dose.disease, dose.batch, dose.given_on) == ("1D47", "LOT-4711", PartialDate(2026, 2, 20))


def test_a_covid_certificate_and_a_ddcc_are_read(issuer):
    dcc = read_certificate(read_hc1(issuer.text(DCC, claim=1)).payload)
    ddcc = read_certificate(read_hc1(issuer.text(DDCC, claim=3)).payload)

    assert dcc.format is CertificateFormat.EU_DCC
    assert dcc.holder.name == "Müller, Erika"
    assert dcc.identifiers == ("URN:UVCI:01:UT:187/37512422923",)
    assert dcc.doses[0].of == 2
    assert ddcc.format is CertificateFormat.DDCC_VACCINATION
    assert ddcc.doses[0].disease == "1D47"
    assert ddcc.identifiers == ("UT-0001",)


def test_a_list_of_one_and_a_second_version_of_the_model_are_read(utopia):
    newer = {key: value for key, value in ICVP.items() if key != "v"} | {
        "v": "2.0",
        "d": "2026-03-01",
        "vx": {"vp": ICVP["v"]["vp"], "dv": "2026-02-20", "bo": "B1", "cn": "Dr Uto"},
    }
    assert read_certificate(read_hc1(utopia.text([ICVP])).payload).doses[0].batch == "LOT-4711"
    assert read_certificate(read_hc1(utopia.text(newer)).payload).doses[0].given_on == PartialDate(2026, 2, 20)


def test_an_austrian_test_certificate_signed_by_another_program_verifies_on_its_day():
    said = json.loads((DATA / "eu_dcc_at_1.json").read_text(encoding="utf-8"))
    message = read_hc1(said["PREFIX"])
    numbers = x509.load_der_x509_certificate(base64.b64decode(said["CERTIFICATE"])).public_key().public_numbers()
    jwk = {
        "kty": "EC", "crv": "P-256", "kid": base64.b64encode(message.key_id).decode(), "x5c": [said["CERTIFICATE"]],
        "x": url64(b"\0" + numbers.x.to_bytes(32)), "y": url64(b"\0" + numbers.y.to_bytes(32)),  # with sign bytes
    }  # fmt: skip
    day = datetime.fromisoformat(said["VALIDATIONCLOCK"])
    trust = json.dumps({"proof": {"created": said["VALIDATIONCLOCK"]}, "keys": [jwk]}).encode()

    assert answer(said["PREFIX"], trust, day).answer is SealAnswer.VALID
    assert answer(said["PREFIX"], trust).answer is SealAnswer.EXPIRED
    certificate = read_certificate(message.payload)
    assert certificate.holder.mrz_surname == "MUSTERFRAU<GOESSINGER"
    assert certificate.issuer == "AT"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl program is not here")
def test_openssl_agrees_on_the_signature(tmp_path, utopia):
    message = read_hc1(utopia.text(ICVP))
    r, s = (int.from_bytes(message.signature[at : at + 32]) for at in (0, 32))
    (tmp_path / "sig").write_bytes(encode_dss_signature(r, s))
    (tmp_path / "tbs").write_bytes(message.signed_bytes())
    public = utopia.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(public)
    call = ["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "sig", "tbs"]

    def says():
        return subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False)

    assert says().stdout.strip() == "Verified OK"
    (tmp_path / "tbs").write_bytes(message.signed_bytes()[:-1] + b"\0")
    assert says().returncode == 1


def test_no_changed_byte_of_a_message_is_ever_valid(utopia):
    trust = read_trust_list(cache(utopia.method()))
    message = utopia.message({1: "UTO", 6: ISSUED, -260: {-6: ICVP}})
    codes = set()
    for at in range(len(message)):
        changed = message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :]
        try:
            read = read_message(changed)
            found = verify(read, read_certificate(read.payload), trust, NOW, trust_policy())
        except BmisError as error:
            codes.add(error.code)
            continue
        assert found.answer is not SealAnswer.VALID or read == read_message(message), at
    assert codes <= {"BMIS-433", "BMIS-434", "BMIS-435"}


def test_a_signature_with_its_other_half_is_not_another_certificate(utopia):
    """ECDSA takes n - s as well: the revocation list names the half that cannot be changed."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    one = read_hc1(utopia.text(ICVP))
    other = one.signature[:32] + (order - int.from_bytes(one.signature[32:])).to_bytes(32)
    twin = replace(one, signature=other)
    certificate = read_certificate(one.payload)
    assert list(revocation_hashes(one, certificate)) == list(revocation_hashes(twin, certificate))


@pytest.mark.parametrize("text", ["", "HC2:ABC", "hc1:6BF", "\0", "https://example.org/HC1:", "{}"])
def test_what_begins_otherwise_is_no_certificate(text):
    with pytest.raises(NotACertificateError):
        read_hc1(text)


@pytest.mark.parametrize("text", ["HC1:é", "HC1:a", "HC1::::", "HC1:A\0B", "HC1:" + "Z" * 5, "HC1:6BF!"])
def test_text_that_is_not_base45_is_damaged(text):
    with pytest.raises((CertificateDamagedError, CertificateStructureError)):
        read_hc1(text)


def test_a_bomb_is_not_unpacked():
    for content in (b"\0" * 4_000_000, b"\x81" * 4_000_000):
        bomb = zlib.compress(content, 9)
        begun = time.perf_counter()
        with pytest.raises(CertificateTooLargeError):
            read_hc1("HC1:" + base45.b45encode(bomb[: LONGEST_TEXT // 2]).decode())
        assert time.perf_counter() - begun < 0.5


def test_a_text_longer_than_any_code_is_not_looked_at():
    with pytest.raises(CertificateTooLargeError):
        read_hc1("HC1:" + "0" * LONGEST_TEXT)


def test_a_zlib_stream_cut_short_or_followed_by_more_is_damaged(utopia):
    stream = zlib.compress(utopia.message({1: "UTO", -260: {-6: ICVP}}))
    for wrong in (stream[:-3], stream + b"more"):
        with pytest.raises(CertificateDamagedError):
            read_hc1("HC1:" + base45.b45encode(wrong).decode())
    assert len(stream) < LARGEST_MESSAGE


def key_twice():
    one = cbor2.dumps(-260) + cbor2.dumps({-6: ICVP})
    return b"\xa2" + one + one


@pytest.mark.parametrize(
    "payload",
    [
        key_twice(),
        b"\x81" * 300 + b"\x01",
        b"\xa1\x20" + b"\x9a\xff\xff\xff\xff",
        b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xd8\x1c\x81\xd8\x1d\x00",
        b"\xd8\x23\x66(a+)+$",
        b"\xc2\x49" + b"\xff" * 9,
        b"",
        b"\x01\x02",
        cbor2.dumps({-260: {-6: dict.fromkeys(range(3000), 1)}}),
        cbor2.dumps({-260: {(1, 2): 1}}),
        b"\xa1\x63\xff\xff\xff\x01",
    ],
)
def test_hostile_cbor_is_refused_whatever_its_signature(utopia, payload):
    begun = time.perf_counter()
    with pytest.raises((CertificateStructureError, CertificateKindError)):
        read_certificate(payload)
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    "message",
    [
        cbor2.dumps([b"", {}, b"x"]),
        cbor2.dumps([b"", {}, b"", b"x"]),
        cbor2.dumps([b"", [], b"x", b"x"]),
        cbor2.dumps({1: 2}),
        cbor2.dumps(cbor2.CBORTag(98, [b"", {}, b"x", b"x"])),
        cbor2.dumps([cbor2.dumps({1: -7, 2: [99]}), {}, b"x", b"x"]),  # an extension that must be understood
        cbor2.dumps([cbor2.dumps({1: -7, 4: "text"}), {}, b"x", b"x"]),
        cbor2.dumps([cbor2.dumps([1]), {}, b"x", b"x"]),
        cbor2.dumps([b"\xa2\x01\x26\x01\x26", {}, b"x", b"x"]),
    ],
)
def test_what_is_no_signed_message_is_refused(message):
    with pytest.raises(CertificateStructureError):
        read_message(message)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"n": 5}, "ICVP.n"),
        ({"n": "A\0B"}, "ICVP.n"),
        ({"n": "X" * 400}, "ICVP.n"),
        ({"dob": "1974-13-40"}, "ICVP.dob"),
        ({"dob": ["1974"]}, "ICVP.dob"),
        ({"v": [1, 2]}, "ICVP.v"),
        ({"v": {"dn": -4}}, "ICVP.v.dn"),
        ({"v": {"dn": True}}, "ICVP.v.dn"),
        ({"v": {"dt": "20-02-2026"}}, "ICVP.v.dt"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(utopia, change, field):
    with pytest.raises(CertificateContentError) as wrong:
        read_certificate(read_hc1(utopia.text(ICVP | change)).payload)
    assert wrong.value.facts == {"field": field}


@pytest.mark.parametrize("moment", ["tomorrow", True, float("nan"), float("inf"), -5, 10**40, [1]])
def test_an_expiry_that_is_no_moment_is_refused(moment):
    with pytest.raises((CertificateContentError, CertificateStructureError)):
        read_certificate(cbor2.dumps({4: moment, -260: {-6: ICVP}}))


def test_milliseconds_of_some_issuers_are_understood():
    read = read_certificate(cbor2.dumps({6: 1_757_271_643_804, -260: {-6: ICVP}}))
    assert read.issued_at.year == 2025


@pytest.mark.parametrize("container", [{5: [{"u": "shlink:/x"}]}, {}, {99: ICVP}])
def test_a_health_link_is_signed_but_no_certificate(utopia, container):
    with pytest.raises(CertificateKindError):
        read_certificate(read_hc1(packed(utopia.message({1: "UTO", -260: container}))).payload)


def test_eight_hundred_mutations_end_in_an_answer_or_a_code(utopia):
    trust = read_trust_list(cache(utopia.method()))
    chance = random.Random(430)
    text = utopia.text(ICVP)
    message = utopia.message({1: "UTO", 6: ISSUED, -260: {-6: ICVP}})
    begun = time.perf_counter()
    codes, answers = set(), 0
    for turn in range(800):
        try:
            read = read_hc1(mutated_text(text, chance)) if turn % 2 else read_message(mutated(message, chance))
            found = verify(read, read_certificate(read.payload), trust, NOW, trust_policy())
        except BmisError as error:
            codes.add(error.code)
            continue
        answers += 1
        if (read.payload, read.protected) != (read_message(message).payload, read_message(message).protected):
            assert found.answer is not SealAnswer.VALID
    assert codes >= {"BMIS-432", "BMIS-433"}
    assert answers
    assert time.perf_counter() - begun < 20


def mutated(content, chance):
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randint(1, 9)]
            case 2:
                changed[at:at] = chance.randbytes(chance.randint(1, 9))
            case _:
                changed[at:at] = changed[at : at + 20]
        if not changed:
            changed += b"\0"
    return bytes(changed)


def mutated_text(text, chance):
    at = chance.randrange(4, len(text))
    odd = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:aé\0<"
    return text[:at] + chance.choice(odd) + text[at + chance.randint(0, 2) :]
