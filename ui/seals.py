"""Whatever a person gives, one object each: text of a code, a picture of it, raw bytes, a file of text.

A health certificate is told by port health's own reading; of it leave here only format, name and date of birth.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bmis.capture.errors import ImageMissingError
from bmis.capture.untrusted_file import HEAD, FileKind, kind_of
from bmis.documents.seals.errors import SealFormError
from bmis.documents.seals.foreign_vds import vds_fields
from bmis.documents.seals.reading import HealthText, ReadSeal, SealedPass, format_of, read_seal
from bmis.documents.seals.vds import Vds
from bmis.documents.seals.vds_nc import VdsNc
from bmis.kernel.clock import local
from bmis.kernel.errors import BmisError, OfficerError
from bmis.trust.errors import SealsInPictureError
from bmis.trust.policy import trust_rule
from bmis.trust.redemptions import RedemptionLog, elsewhere
from bmis.trust.trust_set import TrustSet
from bmis.trust.verify_seal import SealAnswer, SealVerification, verify_read
from ui.words.errors import describe

HEALTH_PART = "health-trust.json"
"""The part of a bundle that holds port health's list of signers, where the authority sends it along."""

_LONGEST_NAME = 1024
_FILES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".heic", ".heif", ".pdf", ".txt", ".bin")
_LARGEST_TEXT = 64 * 1024  # bytes of a file that is no picture


class ReadsCodes(Protocol):
    """Reads the codes of a file in a process with limits (``bmis.capture.file_reader.FileReader``)."""

    def codes(self, path: Path) -> tuple[bytes, ...]:
        """Return what they hold; untrusted."""
        ...


@dataclass(frozen=True, slots=True)
class CheckSeal:
    """Checks one thing after another against what is trusted at one moment."""

    trust: TrustSet
    at: datetime
    files: ReadsCodes
    redemptions: RedemptionLog | None = None  # None: nobody keeps any here

    def __call__(self, given: str) -> dict[str, Any]:
        """Return the object of resources/schemas/seal-verify.json: answered, or with the error that stopped it."""
        path = _path_of(given)
        try:
            if path is None and _names_a_file(given):
                raise ImageMissingError
            found = self._answered(_Given(given) if path is None else self._of_file(path))
        except BmisError as error:
            notice = describe(error)
            said = {"code": notice.code, "what": notice.what, "do": notice.do}
            found = self._object(None, None, None, None) | {"error": said}
        return {"file": None if path is None else str(path)} | found

    def verified(self, untrusted: str | bytes) -> tuple[SealVerification, dict[str, Any]]:
        """Return the answer for what a reader or a camera gave, and its object."""
        try:
            read = read_seal(untrusted)
        except SealFormError as error:
            refused = SealVerification(SealAnswer.NOT_A_SEAL, reason=error.reason)
            return refused, self._object(refused.answer, None, None, error.reason)
        if isinstance(read, HealthText):
            return self._health(read)
        found = verify_read(read, self.trust, self.at)
        return found, self._object(found.answer, read, _fields(read), None) | {"signer": _signer(found)}

    def _answered(self, given: "_Given") -> dict[str, Any]:
        if given.content is None:
            return self._object(SealAnswer.NOT_A_SEAL, None, None, given.reason)
        return self.verified(given.content)[1]

    def _of_file(self, path: Path) -> "_Given":
        content = b""  # of a folder, a pipe or what may not be read the reader of pictures says what is wrong
        with suppress(OSError):
            if path.is_file():  # a pipe would be waited for
                with path.open("rb") as file:
                    content = file.read(_LARGEST_TEXT + 1)
        if content and kind_of(content[:HEAD]) is FileKind.UNKNOWN:
            return _Given(content) if len(content) <= _LARGEST_TEXT else _Given(None, "size")
        payloads = self.files.codes(path)
        seals = [payload for payload in payloads if _is_seal(payload)]
        if len(seals) > 1:
            raise SealsInPictureError(count=len(seals))
        if seals:
            return _Given(seals[0])
        return _Given(None, "other_code" if payloads else "no_code")

    def _health(self, read: HealthText) -> tuple[SealVerification, dict[str, Any]]:
        from poe_health.certificates.claims import read_certificate
        from poe_health.certificates.hc1 import read_hc1
        from poe_health.certificates.rule_data import trust_policy
        from poe_health.certificates.trust_list import read_trust_list
        from poe_health.certificates.verify import verify

        try:
            message = read_hc1(read.text)
            certificate = read_certificate(message.payload)
        except OfficerError as error:
            reason = str(error.facts.get("reason") or error.code)
            refused = SealVerification(SealAnswer.NOT_A_SEAL, reason=reason)
            return refused, self._object(refused.answer, None, None, reason)
        kept = self.trust.parts.get(HEALTH_PART)
        keys = read_trust_list(kept) if kept is not None else None
        answer = SealAnswer(verify(message, certificate, keys, self.at, trust_policy()).answer.value)
        born = certificate.holder.birth_date
        fields = {"name": certificate.holder.name, "birth_date": str(born) if born else None}
        return SealVerification(answer, read), self._object(answer, read, fields, None)

    def _object(
        self, answer: SealAnswer | None, read: ReadSeal | None, fields: Mapping[str, Any] | None, reason: str | None
    ) -> dict[str, Any]:
        return {
            "answer": answer.value if answer else None,
            "format": format_of(read).value if read is not None else None,
            "fields": dict(fields) if fields is not None else None,
            "redemptions": self._redemptions(read),
            "signer": None,
            "reason": reason,
            "trust": trust_json(self.trust, self.at),
            "error": None,
        }

    def _redemptions(self, read: ReadSeal | None) -> list[dict[str, Any]] | None:
        if self.redemptions is None or not isinstance(read, SealedPass):
            return None
        shown = self.redemptions.of_serial(read.seal.serial)
        apart = elsewhere(shown, trust_rule(local(self.at).date()).one_card)
        return [
            {
                "post": one.post_code,
                "at": one.at.isoformat(),
                "direction": one.direction,
                "elsewhere_in_the_hour": one in apart,
            }
            for one in shown
        ]


@dataclass(frozen=True, slots=True)
class _Given:
    content: str | bytes | None
    reason: str | None = None


def trust_json(trust: TrustSet, at: datetime) -> dict[str, Any] | None:
    """Return which bundle judged and how old it is; None where there is none."""
    if not trust.sequence:
        return None
    return {
        "sequence": trust.sequence,
        "issued_at": trust.issued_at.isoformat(),
        "fresh_until": trust.fresh_until.isoformat(),
        "age_days": max((at - trust.issued_at).days, 0),
        "stale": trust.is_stale(at),
        "roots": list(trust.root_prints),
    }


@contextmanager
def checker(
    trust: TrustSet, at: datetime, redemptions: RedemptionLog | None = None
) -> Iterator[Callable[[str], dict[str, Any]]]:
    """Give what checks seals for the block; the process that reads pictures starts with the first and ends with it."""
    from bmis.capture.file_reader import FileReader

    with FileReader() as files:
        yield CheckSeal(trust, at, files, redemptions)


def _fields(read: ReadSeal) -> Mapping[str, Any]:
    match read:
        case SealedPass():
            header = read.vds.header
            sealed = {
                "issuing_state": header.issuing_state,
                "signer": header.signer,
                "certificate": header.certificate,
                "issued_on": header.issued_on.isoformat(),
                "signed_on": header.signed_on.isoformat(),
            }
            return {**read.seal.fields, **sealed}
        case Vds():
            return vds_fields(read)
        case VdsNc():  # proofs of vaccination and of tests: of these nobody here sees more
            return {
                "issuing_state": read.issuing_state,
                "type": read.kind,
                "name": read.name,
                "birth_date": read.birth_date,
            }
    return {}


def _signer(found: SealVerification) -> dict[str, Any] | None:
    if found.signer is None:
        return None
    return {
        "signer": found.signer.signer,
        "reference": found.signer.reference,
        "signs_from": found.signer.signs_from.isoformat(),
        "signs_until": found.signer.signs_until.isoformat(),
    }


def _path_of(given: str) -> Path | None:
    """Return the path of the file that was named, None where the text itself was given."""
    if not given or len(given) > _LONGEST_NAME or "\0" in given:
        return None
    path = Path(given)
    try:
        return path if path.exists() and not path.is_dir() else None
    except OSError:
        return None


def _names_a_file(given: str) -> bool:
    """Return whether somebody meant a file that is not there: no seal ends like the name of one."""
    return len(given) <= _LONGEST_NAME and given.lower().endswith(_FILES)


def _is_seal(payload: bytes) -> bool:
    try:
        read_seal(payload)
    except SealFormError:
        return False
    return True
