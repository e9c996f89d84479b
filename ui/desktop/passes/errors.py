"""What can go wrong at the pass desk."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError


class CardPrinterAbsentError(SiteError):
    """No printer for cards is set up at this desk."""

    code: ClassVar[str] = "BMIS-671"


class PrintAsFileError(OfficerError):
    """The picture for a phone is saved, not printed."""

    code: ClassVar[str] = "BMIS-672"


class PortraitPoorError(OfficerError):
    """The portrait has too few pixels to be printed."""

    code: ClassVar[str] = "BMIS-673"


class AlikeUndecidedError(DecisionError):
    """Somebody like the applicant is known, and nobody said whether it is the same person."""

    code: ClassVar[str] = "BMIS-674"


class NumberTypedError(OfficerError):
    """What was typed is no whole number of hours."""

    code: ClassVar[str] = "BMIS-675"


class SerialTypedError(OfficerError):
    """What was typed is no serial: eight digits and their check character, or the plain number."""

    code: ClassVar[str] = "BMIS-681"


class CarriedFileError(OfficerError):
    """There is no such file, or it cannot be read."""

    code: ClassVar[str] = "BMIS-719"


class EntryNumberError(OfficerError):
    """What was typed is no number of an entry."""

    code: ClassVar[str] = "BMIS-738"


def entry_number(untrusted_text: str) -> int:
    """Return the number of an entry as it was typed; 0 is before the first. Raises EntryNumberError."""
    text = untrusted_text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise EntryNumberError
    return int(text)
