"""What can go wrong with a swipe reader: BMIS-146 to 148, BMIS-176 to 179, and BMIS-305."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class MagneticStripeError(OfficerError):
    """A magnetic stripe was swiped (ISO/IEC 7811), not a machine-readable zone."""

    code: ClassVar[str] = "BMIS-146"


class ZoneIncompleteError(OfficerError):
    """The reader sent a part of a zone only."""

    code: ClassVar[str] = "BMIS-147"


class OtherKeyboardError(SiteError):
    """Reader and machine are set to different keyboards, so that letters may be changed."""

    code: ClassVar[str] = "BMIS-148"


class SerialPortAbsentError(SiteError):
    """The chosen swipe reader is not plugged in."""

    code: ClassVar[str] = "BMIS-176"


class SerialRefusedError(SiteError):
    """The system does not let this user open the serial port."""

    code: ClassVar[str] = "BMIS-177"


class SerialBusyError(SiteError):
    """Another program has the serial port open."""

    code: ClassVar[str] = "BMIS-178"


class SerialLostError(SiteError):
    """The swipe reader was unplugged while it was in use."""

    code: ClassVar[str] = "BMIS-179"


class SwipeMisreadError(OfficerError):
    """A swipe reader typed something that is no machine-readable zone."""

    code: ClassVar[str] = "BMIS-305"
