"""What can go wrong with a file of forms of observed groups (BMIS-708 and 709)."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class ObservedFormError(OfficerError):
    """``count`` faults, the first in ``field`` of ``line``; ``faults`` names up to 20 as "line: field"."""

    code: ClassVar[str] = "BMIS-708"


class ObservedFileError(OfficerError):
    """``why``: form_utf8, form_csv, empty, size, or form_columns (one unknown, one twice, or one missing)."""

    code: ClassVar[str] = "BMIS-709"
