"""Key slots: who can open which database, and with what they sign the audit.

Each slot holds two key pairs of its user, an X25519 pair to receive the database's key and an Ed25519 pair to sign
checkpoints. Their private halves are wrapped by AES-GCM under a key that argon2id makes of the password; the database's
key is sealed to the public half. So a leaver's slot can be dropped and the store rekeyed for the others without
asking anybody's password. Sizes and costs: documents.md, encryption at rest.
"""

import base64
import json
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bmis.store.errors import HomeDamagedError, PasswordTooShortError, UserExistsError, WrongPasswordError
from bmis.store.home import Home, write_private

MEMORY_KIB, PASSES, LANES = 65536, 3, 4
SHORTEST_PASSWORD = 10
SHORTEST_IN_TRAINING = 6  # the training word "treino": such a home holds no real person
_WRAPPED = 12 + 64 + 16  # nonce, the two private keys, tag
_SEALED = 32 + 12 + 32 + 16  # one-time public key, nonce, the database's key, tag
RECOVERY = "@recovery"  # no person can be called that: names are checked where people are added


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The public halves of a slot, kept in the staff list too, so that a slot slipped into the file gets no key."""

    agreement: bytes
    signing: bytes


@dataclass(frozen=True, slots=True)
class Slot:
    """One user's way into one database. Bytes are as stored; nothing here opens anything without the password."""

    service: str
    user: str
    role: str | None
    salt: bytes
    memory_kib: int
    passes: int
    lanes: int
    wrapped: bytes
    public: PublicKeys
    sealed_keys: tuple[bytes, ...]  # two while a rekey is under way: the file has one of them


@dataclass(frozen=True, slots=True)
class Opened:
    """What the right password gives: the database's key (the newest first) and the user's signing key."""

    user: str
    data_keys: tuple[bytes, ...]
    signer: Ed25519PrivateKey
    public: PublicKeys

    def __repr__(self) -> str:
        return f"Opened({self.user})"  # keys never reach a log


class KeyRing:
    """The slots of one home, read from and written to ``keys.json`` whole."""

    def __init__(self, home: Home, slots: Iterable[Slot] = ()) -> None:
        self._home = home
        self._shortest = SHORTEST_IN_TRAINING if home.training else SHORTEST_PASSWORD
        self._slots = {(slot.service, slot.user): slot for slot in slots}

    @classmethod
    def load(cls, home: Home) -> "KeyRing":
        """Return the slots of the home.

        Raises:
            HomeDamagedError: the file is missing or not ours.
        """
        try:
            said = json.loads(home.keys_path.read_text("utf-8"))
            return cls(home, [_slot_from(entry) for entry in said["slots"]])
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise HomeDamagedError(file="keys.json") from error

    def save(self) -> None:
        """Write the file, synced and renamed into place."""
        entries = [_slot_to(slot) for _, slot in sorted(self._slots.items())]
        write_private(self._home.keys_path, json.dumps({"format": 1, "slots": entries}, indent=1))

    def slots(self, service: str) -> list[Slot]:
        """Return the slots of one database, recovery included."""
        return [slot for (name, _), slot in sorted(self._slots.items()) if name == service]

    def find(self, service: str, user: str) -> Slot | None:
        """Return the user's slot."""
        return self._slots.get((service, user))

    def add(self, service: str, user: str, role: str | None, password: str, data_key: bytes) -> PublicKeys:
        """Return the public keys of a new slot; ``save`` keeps it.

        Raises:
            UserExistsError: the name has a slot in this home.
            PasswordTooShortError: fewer than ten characters (six in a training home).
        """
        if any(name == user and (user != RECOVERY or of == service) for of, name in self._slots):
            raise UserExistsError
        self._check_length(password)
        agreement, signing = X25519PrivateKey.generate(), Ed25519PrivateKey.generate()
        public = PublicKeys(agreement.public_key().public_bytes_raw(), signing.public_key().public_bytes_raw())
        private = agreement.private_bytes_raw() + signing.private_bytes_raw()
        slot = Slot(service, user, role, b"", MEMORY_KIB, PASSES, LANES, b"", public, ())
        sealed = seal(data_key, public.agreement, _about(slot))
        self._slots[(service, user)] = _wrap(replace(slot, sealed_keys=(sealed,)), private, password)
        return public

    def open(self, service: str, user: str, password: str) -> Opened:
        """Return what the password opens. An unknown user costs the same time as a wrong password.

        Raises:
            WrongPasswordError: no such slot, or not its password.
        """
        slot = self._slots.get((service, user))
        if slot is None:
            _stretch(password, b"\0" * 16, MEMORY_KIB, PASSES, LANES)
            raise WrongPasswordError
        private = _unwrap(slot, password)
        agreement = X25519PrivateKey.from_private_bytes(private[:32])
        signer = Ed25519PrivateKey.from_private_bytes(private[32:])
        keys = tuple(unseal(sealed, agreement, _about(slot)) for sealed in slot.sealed_keys)
        return Opened(user, keys, signer, slot.public)

    def change_password(self, service: str, user: str, old: str, new: str) -> None:
        """Wrap the same keys under the new password.

        Raises:
            WrongPasswordError: the old one is not right.
            PasswordTooShortError: the new one is too short.
        """
        slot = self._slots.get((service, user))
        if slot is None:
            raise WrongPasswordError
        self._check_length(new)
        self._slots[(service, user)] = _wrap(slot, _unwrap(slot, old), new)

    def _check_length(self, password: str) -> None:
        if len(password) < self._shortest:
            raise PasswordTooShortError(shortest=self._shortest)

    def drop(self, service: str, user: str) -> None:
        """Forget the user's slot; the store is rekeyed by the caller."""
        self._slots.pop((service, user), None)

    def seal_to(self, service: str, keys: tuple[bytes, ...], members: Mapping[str, PublicKeys]) -> None:
        """Give ``keys`` (the newest first) to exactly the members, whose public keys come from the staff list."""
        for slot in self.slots(service):
            public = members.get(slot.user)
            if public is None or public != slot.public:
                self.drop(service, slot.user)
                continue
            sealed = tuple(seal(key, public.agreement, _about(slot)) for key in keys)
            self._slots[(service, slot.user)] = replace(slot, sealed_keys=sealed)


def new_data_key() -> bytes:
    """Return 32 random bytes, the raw key of one database."""
    return secrets.token_bytes(32)


def new_recovery_parts() -> tuple[str, str]:
    """Return the two halves of a recovery passphrase (60 bits each), for two people to keep apart."""
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no 0/O, 1/I: it is copied by hand
    halves = ["".join(secrets.choice(alphabet) for _ in range(12)) for _ in range(2)]
    return "-".join(halves[0][i : i + 4] for i in (0, 4, 8)), "-".join(halves[1][i : i + 4] for i in (0, 4, 8))


def seal(secret: bytes, public: bytes, about: bytes) -> bytes:
    """Return ``secret`` readable only by the holder of the private half (X25519, HKDF-SHA256, AES-256-GCM)."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    once_public = once.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(12)
    return once_public + nonce + AESGCM(_agreed(shared, once_public + public)).encrypt(nonce, secret, about)


def unseal(sealed: bytes, private: X25519PrivateKey, about: bytes) -> bytes:
    """Return the secret.

    Raises:
        HomeDamagedError: it was not sealed for this key, or was changed.
    """
    public = private.public_key().public_bytes_raw()
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
        return AESGCM(_agreed(shared, sealed[:32] + public)).decrypt(sealed[32:44], sealed[44:], about)
    except (InvalidTag, ValueError) as error:
        raise HomeDamagedError(file="keys.json") from error


def _agreed(shared: bytes, context: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"bmis data key" + context).derive(shared)


def _about(slot: Slot) -> bytes:
    """The database and the user, bound to each ciphertext so that slots cannot be swapped."""
    return f"bmis|{slot.service}|{slot.user}|{slot.role or ''}".encode()


def _stretch(password: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    typed = unicodedata.normalize("NFC", password)  # one keyboard writes é as one character, another as two
    typed_bytes = typed.encode("utf-8", "surrogatepass")
    return hash_secret_raw(
        typed_bytes, salt, time_cost=passes, memory_cost=memory_kib, parallelism=lanes, hash_len=32, type=Type.ID
    )


def _wrap(slot: Slot, private: bytes, password: str) -> Slot:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    key = _stretch(password, salt, MEMORY_KIB, PASSES, LANES)
    wrapped = nonce + AESGCM(key).encrypt(nonce, private, _about(slot))
    return replace(slot, salt=salt, memory_kib=MEMORY_KIB, passes=PASSES, lanes=LANES, wrapped=wrapped)


def _unwrap(slot: Slot, password: str) -> bytes:
    key = _stretch(password, slot.salt, slot.memory_kib, slot.passes, slot.lanes)
    try:
        return AESGCM(key).decrypt(slot.wrapped[:12], slot.wrapped[12:], _about(slot))
    except InvalidTag as error:
        raise WrongPasswordError from error


def _slot_to(slot: Slot) -> dict[str, Any]:
    return {
        "service": slot.service,
        "user": slot.user,
        "role": slot.role,
        "argon2id": {"salt": _text(slot.salt), "memory_kib": slot.memory_kib, "t": slot.passes, "p": slot.lanes},
        "wrapped": _text(slot.wrapped),
        "agreement": _text(slot.public.agreement),
        "signing": _text(slot.public.signing),
        "sealed_keys": [_text(sealed) for sealed in slot.sealed_keys],
    }


def _slot_from(entry: dict[str, Any]) -> Slot:
    kdf = entry["argon2id"]
    memory_kib, passes, lanes = int(kdf["memory_kib"]), int(kdf["t"]), int(kdf["p"])
    if not (8 * lanes <= memory_kib <= 1 << 18 and 1 <= passes <= 10 and 1 <= lanes <= 16):
        raise ValueError("argon2id costs out of bounds")  # a doctored file must not hang the sign-in
    return Slot(
        str(entry["service"]),
        str(entry["user"]),
        None if entry["role"] is None else str(entry["role"]),
        _raw(kdf["salt"], 16),
        memory_kib,
        passes,
        lanes,
        _raw(entry["wrapped"], _WRAPPED),
        PublicKeys(_raw(entry["agreement"], 32), _raw(entry["signing"], 32)),
        tuple(_raw(text, _SEALED) for text in entry["sealed_keys"]),
    )


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str, size: int) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if len(raw) != size:
        raise ValueError("a field of a slot has the wrong size")
    return raw
