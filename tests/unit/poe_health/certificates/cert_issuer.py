"""A ministry of Utopia that issues certificates, with keys made here. Nothing of the product is used to sign."""

import base64
import json
import zlib
from datetime import UTC, datetime

import base45
import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ISSUED = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
PRODUCT = "YellowFeverProducta640b9f1e3bf870989c9f7498a0ae5a1"  # STAMARIL
ICVP = {
    "n": "Erika Müller Utópica",
    "dob": "1974-08-12",
    "s": "female",
    "ntl": "UTO",
    "nid": "L898902C3",
    "v": {
        "dn": 1,
        "tg": "1D47",
        "vp": PRODUCT,
        "dt": "2026-02-20",
        "bo": "LOT-4711",
        "vls": "2026-03-02",
        "vle": "2036-03-02",
        "is": "UTO",
    },
}
DCC = {
    "ver": "1.3.0",
    "nam": {"fn": "Müller", "fnt": "MUELLER", "gn": "Erika", "gnt": "ERIKA"},
    "dob": "1974-08-12",
    "v": [
        {
            "tg": "840539006", "vp": "1119349007", "mp": "EU/1/20/1528", "ma": "ORG-100030215", "dn": 2, "sd": 2,
            "dt": "2021-06-10", "co": "UT", "is": "Ministry of Health", "ci": "URN:UVCI:01:UT:187/37512422923",
        }
    ],
}  # fmt: skip
DDCC = {
    "name": "Erika Müller",
    "birthDate": "1974-08-12",
    "sex": {"code": "female"},
    "certificate": {"hcid": "UT-0001", "issuer": {"value": "UTO"}},
    "vaccination": {
        "disease": {"code": "1D47", "system": "http://id.who.int/icd/release/11/mms"},
        "brand": {"code": PRODUCT},
        "lot": "LOT-4711",
        "date": "2026-02-20",
        "dose": 1,
        "country": {"code": "UTO"},
    },
}


class Issuer:
    """Signs with one key. ``algorithm``: -7 (ES256) or -37 (PS256)."""

    def __init__(self, algorithm=-7, key_id=b"UTO-key1"):
        self.algorithm, self.key_id = algorithm, key_id
        if algorithm == -7:
            self.private = ec.generate_private_key(ec.SECP256R1())
        else:
            self.private = rsa.generate_private_key(65537, 2048)

    def sign(self, to_be_signed):
        if self.algorithm == -7:
            r, s = decode_dss_signature(self.private.sign(to_be_signed, ec.ECDSA(SHA256())))
            return r.to_bytes(32) + s.to_bytes(32)
        return self.private.sign(to_be_signed, padding.PSS(padding.MGF1(SHA256()), 32), SHA256())

    def message(self, claims, unprotected=None, protected=None):
        header = cbor2.dumps({1: self.algorithm, 4: self.key_id} if protected is None else protected)
        payload = claims if isinstance(claims, bytes) else cbor2.dumps(claims)
        signature = self.sign(cbor2.dumps(["Signature1", header, b"", payload]))
        return cbor2.dumps(cbor2.CBORTag(18, [header, unprotected or {}, payload, signature]))

    def text(self, said, claim=-6, **more):
        claims = {1: "UTO", 6: ISSUED, -260: {claim: said}} | {int(key[1:]): value for key, value in more.items()}
        return packed(self.message(claims))

    def jwk(self):
        kid = base64.b64encode(self.key_id).decode()
        numbers = self.private.public_key().public_numbers()
        if self.algorithm == -7:
            x, y = (url64(number.to_bytes(32)) for number in (numbers.x, numbers.y))
            return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid}
        return {"kty": "RSA", "n": url64(numbers.n.to_bytes(256)), "e": url64(numbers.e.to_bytes(3)), "kid": kid}

    def method(self, path="ICVP:UTO:DSC"):
        where = f"did:web:tng-cdn.who.int:v2:trustlist:{path}"
        jwk = self.jwk()
        return {"id": f"{where}#{jwk['kid']}", "type": "JsonWebKey2020", "controller": where, "publicKeyJwk": jwk}


def did(*methods, created="2026-11-20T12:00:00Z"):
    """Return a trust list as the network publishes it."""
    document = {"id": "did:web:tng-cdn.who.int:v2:trustlist", "verificationMethod": list(methods)}
    return json.dumps(document | ({"proof": {"created": created}} if created else {})).encode()


def cache(*methods, fetched_at="2026-11-21T06:00:00Z", **more):
    """Return our cache file around one."""
    said = {"schema": "bmis-health-trust/1", "fetched_at": fetched_at, "source": "test"}
    return json.dumps(said | {"documents": [json.loads(did(*methods))]} | more).encode()


def packed(message, level=9):
    """Return the text of the code."""
    return "HC1:" + base45.b45encode(zlib.compress(message, level)).decode()


def url64(content):
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
