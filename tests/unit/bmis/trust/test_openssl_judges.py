"""OpenSSL's program, which we did not write, judges our signatures, certificates, revocations and bundles."""

import base64
import shutil
import subprocess
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bmis.documents.seals.base45 import from_base45
from bmis.documents.seals.vds import read_vds, sealed
from bmis.trust.bundle import MARK
from bmis.trust.certificates import load_root, make_request
from bmis.trust.ecdsa import _P256_ORDER
from bmis.trust.errors import CertificateRefusedError
from bmis.trust.verify_seal import SealAnswer, verify_seal
from tests.sealing import NOON, Authority

AT = str(int(NOON.timestamp()))


@pytest.fixture(scope="module")
def authority():
    return Authority("MOZ")


@pytest.fixture(scope="module")
def signer(authority):
    return authority.signer()


@pytest.fixture
def openssl(tmp_path):
    program = shutil.which("openssl")
    assert program, "install openssl (tools/house/apt.txt): it judges our signatures"

    def run(*words):
        done = subprocess.run([program, *map(str, words)], cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def der_of(signature):
    return encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))


def pem(kind, der):
    body = base64.encodebytes(der).decode()
    return f"-----BEGIN {kind}-----\n{body}-----END {kind}-----\n"


def public_pem(key):
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_openssl_proves_the_signature_over_the_very_bytes_of_the_seal(authority, signer, openssl, tmp_path):
    vds = read_vds(from_base45(authority.seal(signer)))
    (tmp_path / "key.pem").write_bytes(public_pem(signer.key))
    (tmp_path / "signature").write_bytes(der_of(vds.signature))
    (tmp_path / "signed").write_bytes(vds.signed)
    ask = ("dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "signed")

    assert openssl(*ask) == (0, "Verified OK\n")
    for at in range(len(vds.signed)):
        changed = bytearray(vds.signed)
        changed[at] ^= 1
        (tmp_path / "signed").write_bytes(changed)
        if at % 16 == 0:  # a process each time: a sample is enough of what we try byte by byte ourselves
            assert openssl(*ask)[0] == 1


def test_a_seal_that_openssl_signed_is_proved_by_us(authority, signer, openssl, tmp_path):
    unsigned = read_vds(authority.raw(signer)).signed
    secret = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "secret.pem").write_bytes(secret)
    (tmp_path / "unsigned").write_bytes(unsigned)
    assert openssl("dgst", "-sha256", "-sign", "secret.pem", "-out", "made", "unsigned")[0] == 0
    r, s = decode_dss_signature((tmp_path / "made").read_bytes())
    raw = sealed(unsigned, r.to_bytes(32) + min(s, _P256_ORDER - s).to_bytes(32))

    assert verify_seal(raw, authority.trust(signer), NOON).answer is SealAnswer.VALID


def test_openssl_proves_the_chain_and_sees_the_revocation(authority, signer, openssl, tmp_path):
    revoked = authority.content(signer, revoked=[signer]).revocations[0]
    (tmp_path / "root.pem").write_text(pem("CERTIFICATE", authority.root))
    (tmp_path / "signer.pem").write_text(pem("CERTIFICATE", signer.certificate))
    for name, crl in (("none.pem", authority.content(signer).revocations[0]), ("list.pem", revoked)):
        (tmp_path / name).write_text(pem("X509 CRL", crl))
    ask = ("verify", "-x509_strict", "-attime", AT, "-crl_check", "-CAfile", "root.pem")

    assert openssl(*ask, "-CRLfile", "none.pem", "signer.pem") == (0, "signer.pem: OK\n")
    refused = openssl(*ask, "-CRLfile", "list.pem", "signer.pem")
    assert refused[0] != 0
    assert "certificate revoked" in refused[1]


def test_openssl_refuses_a_signer_of_another_authority(authority, signer, openssl, tmp_path):
    (tmp_path / "root.pem").write_text(pem("CERTIFICATE", Authority("MOZ").root))
    (tmp_path / "signer.pem").write_text(pem("CERTIFICATE", signer.certificate))

    assert openssl("verify", "-attime", AT, "-CAfile", "root.pem", "signer.pem")[0] != 0


def test_openssl_reads_the_private_use_period_and_the_names(authority, signer, openssl, tmp_path):
    (tmp_path / "signer.der").write_bytes(signer.certificate)
    said = openssl("x509", "-inform", "DER", "-in", "signer.der", "-noout", "-text", "-subject", "-serial")[1]

    assert "X509v3 Private Key Usage Period" in said
    assert "Not Before: Nov 21 22:00:00 2026 GMT, Not After: Feb 21 21:59:59 2027 GMT" in said
    assert "subject=C = MZ, CN = BP" in said
    assert "serial=3F2A1C" in said


def test_openssl_proves_the_bundle_from_its_mark_to_its_end(authority, signer, openssl, tmp_path):
    mark, root, signature, body = authority.bundle(signer, listed=[7]).split(b"\n", 3)
    (tmp_path / "root.der").write_bytes(base64.b64decode(root))
    (tmp_path / "signature").write_bytes(der_of(base64.b64decode(signature)))
    (tmp_path / "signed").write_bytes(mark + b"\n" + body)

    assert mark + b"\n" == MARK
    assert openssl("x509", "-inform", "DER", "-in", "root.der", "-pubkey", "-noout", "-out", "key.pem")[0] == 0
    assert openssl("dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "signed")[0] == 0


def test_openssl_proves_a_request_for_a_signer(signer, openssl, tmp_path):
    (tmp_path / "request.pem").write_bytes(make_request(signer.key))

    assert openssl("req", "-in", "request.pem", "-verify", "-noout")[0] == 0


def test_a_certificate_of_openssl_is_taken_as_another_states_and_one_by_explicit_parameters_is_not(openssl, tmp_path):
    ask = ("req", "-x509", "-new", "-nodes", "-days", "900", "-subj", "/C=UT/CN=Utopia CSCA", "-outform", "DER")
    usage = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")
    for number, how in enumerate(("named_curve", "explicit")):
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1", "-pkeyopt", f"ec_param_enc:{how}")
        code, said = openssl(*ask, *usage, *curve, "-keyout", "key.pem", "-out", f"{number}.der")
        assert code == 0, said

    assert load_root((tmp_path / "0.der").read_bytes()).subject.rfc4514_string() == "CN=Utopia CSCA,C=UT"
    with pytest.raises(CertificateRefusedError):
        load_root((tmp_path / "1.der").read_bytes())


def test_a_pass_of_five_years_outlives_its_key_under_openssl_too(authority, signer, openssl, tmp_path):
    (tmp_path / "root.pem").write_text(pem("CERTIFICATE", authority.root))
    (tmp_path / "signer.pem").write_text(pem("CERTIFICATE", signer.certificate))
    late = str(int((NOON + timedelta(days=5 * 365)).timestamp()))
    too_late = str(int((NOON + timedelta(days=6 * 365)).timestamp()))

    assert openssl("verify", "-attime", late, "-CAfile", "root.pem", "signer.pem")[0] == 0
    assert openssl("verify", "-attime", too_late, "-CAfile", "root.pem", "signer.pem")[0] != 0
