"""What can go wrong with a file of forms of observed groups (BMIS-708 and 709)."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class ObservedFormError(OfficerError):
    """``count`` faults, the first in ``field`` of ``line``; ``faults`` names up to 20 as "line: field"."""

    code: ClassVar[str] = "BMIS-708"


class ObservedFileError(OfficerError):
    """``why``: utf-8, csv, empty, size, or columns (one that the registry lacks, twice, or one that is needed)."""

    code: ClassVar[str] = "BMIS-709"
