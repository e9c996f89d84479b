"""What can go wrong when paper is made."""

from typing import ClassVar

from bmis.kernel.errors import SiteError


class PaperFontError(SiteError):
    """A bundled font is missing or damaged (fact ``font``: its file name)."""

    code: ClassVar[str] = "BMIS-180"


class QrTooLongError(SiteError):
    """The text of a QR code is more than a code holds (fact ``length``: its characters)."""

    code: ClassVar[str] = "BMIS-181"
