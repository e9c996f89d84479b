"""Signatures as seals carry them: r and s one after the other (ICAO Doc 9303-13, 2.4; BSI TR-03111, 5.2.1)."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # SEC 2, 2.4.2
_P256_BYTES = 32
_SHA256, _SHA384, _SHA512 = ec.ECDSA(SHA256()), ec.ECDSA(SHA384()), ec.ECDSA(SHA512())


def sign(content: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the signature by a P-256 key. Of the two values of s that are as good, the lower one is written."""
    r, s = decode_dss_signature(key.sign(content, _SHA256))
    return r.to_bytes(_P256_BYTES) + min(s, _P256_ORDER - s).to_bytes(_P256_BYTES)


def has_low_s(signature: bytes) -> bool:
    """Return whether a P-256 signature has the value of s that we write: otherwise one seal had two forms."""
    return int.from_bytes(signature[_P256_BYTES:]) <= _P256_ORDER // 2


def is_signed(content: bytes, signature: bytes, public: ec.EllipticCurvePublicKey) -> bool:
    """Return whether the key made the signature, with the digest that goes with its length."""
    bits = public.key_size
    half = (bits + 7) // 8
    if len(signature) != 2 * half:
        return False
    algorithm = _SHA256 if bits <= 256 else _SHA384 if bits <= 384 else _SHA512  # Doc 9303-12, 4.4
    pair = encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
    try:
        public.verify(pair, content, algorithm)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True
