"""Whatever a code or a file holds, told apart: a pass of ours, another VDS, a VDS-NC, a health certificate."""

from dataclasses import dataclass
from enum import StrEnum

from bmis.documents.seals.base45 import from_base45
from bmis.documents.seals.errors import SealFormError
from bmis.documents.seals.pass_seal import PassSeal, is_pass, read_pass
from bmis.documents.seals.vds import LARGEST, MAGIC, Vds, read_vds
from bmis.documents.seals.vds_nc import VdsNc, read_vds_nc

HEALTH_PREFIX = "HC1:"  # Electronic Health Certificate Specification 1.1
LONGEST_TEXT = 16 * 1024  # characters
_LEADING = "\ufeff \t\r\n"
_TRAILING = "\t\r\n\0"  # what readers add; a space is a character of base45


class SealFormat(StrEnum):
    """What a seal is written in."""

    PASS = "pass"  # noqa: S105 - a kind of seal, not a password
    VDS = "vds"
    VDS_NC = "vds-nc"
    HC1 = "hc1"


@dataclass(frozen=True, slots=True)
class SealedPass:
    """The seal of a border pass. Nothing in it is proved yet."""

    vds: Vds
    seal: PassSeal


@dataclass(frozen=True, slots=True)
class HealthText:
    """The text of a health certificate; port health reads it."""

    text: str


ReadSeal = SealedPass | Vds | VdsNc | HealthText


def read_seal(untrusted: str | bytes) -> ReadSeal:
    """Return what the text or the bytes are.

    Raises:
        SealFormError: none of these, or damaged.
    """
    if isinstance(untrusted, bytes):
        if untrusted[:1] == bytes((MAGIC,)):
            return _vds(untrusted)
        try:
            untrusted = untrusted[: LONGEST_TEXT * 4].decode("utf-8")
        except UnicodeDecodeError as error:
            raise SealFormError("not_utf8") from error
    text = untrusted.lstrip(_LEADING).rstrip(_TRAILING)
    if len(text) > LONGEST_TEXT:
        raise SealFormError("size")
    if text.startswith(HEALTH_PREFIX):
        return HealthText(text)
    if text.startswith("{"):
        return read_vds_nc(text)
    if len(text) > LARGEST * 3 // 2 + 1:
        raise SealFormError("size")
    return _vds(from_base45(text))


def format_of(read: ReadSeal) -> SealFormat:
    """Return the format."""
    match read:
        case SealedPass():
            return SealFormat.PASS
        case Vds():
            return SealFormat.VDS
        case VdsNc():
            return SealFormat.VDS_NC
        case HealthText():
            return SealFormat.HC1


def _vds(untrusted: bytes) -> SealedPass | Vds:
    vds = read_vds(untrusted)
    return SealedPass(vds, read_pass(vds)) if is_pass(vds) else vds
