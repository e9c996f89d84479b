"""What can be wrong with a document, a date or a name that was read or typed. Codes BMIS-100 to BMIS-139.

An error carries positions, counts and field names, never what was read.
"""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class MrzCharacterError(OfficerError):
    """A character that no MRZ has (only A-Z, 0-9 and ``<``); ``position`` and ``line`` count from zero."""

    code: ClassVar[str] = "BMIS-100"

    def __init__(self, position: int, line: int | None = None) -> None:
        super().__init__(position=position, line=line)
        self.position = position
        self.line = line


class MrzLengthError(OfficerError):
    """Lines that are too many, too few, too long or too short for any kind of MRZ."""

    code: ClassVar[str] = "BMIS-101"

    def __init__(self, lines: int, longest: int) -> None:
        super().__init__(lines=lines, longest=longest)


class NotAnMrzError(OfficerError):
    """Text of the right shape that is no MRZ: neither its first letter nor its check digits say so."""

    code: ClassVar[str] = "BMIS-102"


class DateTextError(OfficerError):
    """A date that cannot be read or does not exist."""

    code: ClassVar[str] = "BMIS-103"


class UnknownStateError(OfficerError):
    """A code that is no State, or not one that may stand in ``field``."""

    code: ClassVar[str] = "BMIS-104"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class UnknownDocumentKindError(OfficerError):
    """No kind of document has this code on this day."""

    code: ClassVar[str] = "BMIS-105"


class FieldMissingError(OfficerError):
    """``field`` has neither a value nor a reason why it is not known."""

    code: ClassVar[str] = "BMIS-106"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class FieldReasonError(OfficerError):
    """The reason for the missing ``field`` is not one that this kind allows, or the field is there after all."""

    code: ClassVar[str] = "BMIS-107"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class FieldNotOnDocumentError(OfficerError):
    """A value for ``field``, which this kind of document does not have."""

    code: ClassVar[str] = "BMIS-108"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class FieldTextError(OfficerError):
    """``field`` holds control characters, is too long, or is not among the values that it may have."""

    code: ClassVar[str] = "BMIS-109"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class NameNotWritableError(OfficerError):
    """A name with a character that has no form in A-Z; ``position`` counts from zero."""

    code: ClassVar[str] = "BMIS-110"

    def __init__(self, position: int) -> None:
        super().__init__(position=position)


class MrzFieldTooLongError(OfficerError):
    """``field`` does not fit the MRZ of this kind."""

    code: ClassVar[str] = "BMIS-111"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class ManualReasonError(OfficerError):
    """A document with an MRZ was typed by hand and nobody said why."""

    code: ClassVar[str] = "BMIS-112"


class CodeTableError(SiteError):
    """A bundled table of codes or kinds is missing or damaged; ``table`` is its name."""

    code: ClassVar[str] = "BMIS-113"

    def __init__(self, table: str) -> None:
        super().__init__(table=table)
