"""What can be wrong with a health form and with the lists that judge it. Codes BMIS-400 to BMIS-429, 592 to 595.

An error carries limits, counts, field names and codes of our own lists, never an answer of a traveller.
"""

import re
from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError

_CODE = re.compile(r"[A-Z][A-Z0-9_.]{0,39}", re.ASCII)


def shown(untrusted_code: str) -> str:
    """Return the code as it may be shown; ``?`` for what does not look like one."""
    return untrusted_code if _CODE.fullmatch(untrusted_code) else "?"


class TemperatureOutsideError(OfficerError):
    """A temperature that no person has, in degrees Celsius; ``lowest`` and ``highest`` are the limits."""

    code: ClassVar[str] = "BMIS-400"

    def __init__(self, lowest: float, highest: float) -> None:
        super().__init__(lowest=f"{lowest:g}", highest=f"{highest:g}")


class TemperatureUnconfirmedError(OfficerError):
    """A temperature so rare that it counts only when somebody confirmed it."""

    code: ClassVar[str] = "BMIS-401"

    def __init__(self, below: float, above: float) -> None:
        super().__init__(below=f"{below:g}", above=f"{above:g}")


class AgeOutsideError(OfficerError):
    """An age that no person has."""

    code: ClassVar[str] = "BMIS-402"

    def __init__(self, oldest: int) -> None:
        super().__init__(oldest=oldest)


class AgeTwiceError(OfficerError):
    """Both an age and a date of birth: only one can be the answer."""

    code: ClassVar[str] = "BMIS-403"


class HealthCodeError(OfficerError):
    """A code that is in none of our lists; ``where`` says where, ``given`` is the code if it looks like one."""

    code: ClassVar[str] = "BMIS-404"

    def __init__(self, where: str, untrusted_code: str) -> None:
        super().__init__(where=where, given=shown(untrusted_code))


class HealthDateError(OfficerError):
    """A date that cannot be read or does not exist; ``where`` says where."""

    code: ClassVar[str] = "BMIS-405"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class FutureDateError(OfficerError):
    """A date after today; ``where`` says where."""

    code: ClassVar[str] = "BMIS-406"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class PeriodOrderError(OfficerError):
    """A period that ends before it begins; ``where`` says where."""

    code: ClassVar[str] = "BMIS-407"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class CountryCodeError(OfficerError):
    """A code that is no country; ``where`` says where."""

    code: ClassVar[str] = "BMIS-408"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class DatedWithoutYesError(OfficerError):
    """The last day of an exposure that was not answered with yes; ``given`` is the exposure."""

    code: ClassVar[str] = "BMIS-409"

    def __init__(self, code: str) -> None:
        super().__init__(given=shown(code))


class CertificateTwiceError(OfficerError):
    """The state of the certificate and the answer about it say different things."""

    code: ClassVar[str] = "BMIS-410"


class ScreeningFieldError(OfficerError):
    """A field that is missing, or whose value is of the wrong kind; ``where`` names it."""

    code: ClassVar[str] = "BMIS-411"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class BlankTextError(OfficerError):
    """A name or place of spaces only, or of signs that nobody sees; ``field`` names it."""

    code: ClassVar[str] = "BMIS-592"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class HiddenMarkError(OfficerError):
    """A text with a sign that nobody sees: a control, a mark that turns the writing round; ``field`` names it."""

    code: ClassVar[str] = "BMIS-593"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class TextTooLongError(OfficerError):
    """A name or place longer than any; ``longest`` characters are taken."""

    code: ClassVar[str] = "BMIS-594"

    def __init__(self, field: str, longest: int) -> None:
        super().__init__(field=field, longest=longest)


class PhoneRefusedError(OfficerError):
    """A telephone that nobody can dial: 5 to 15 digits; ``field`` names it."""

    code: ClassVar[str] = "BMIS-595"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class HealthListError(SiteError):
    """A list of port health that comes with the program is missing or damaged; ``file`` is its name."""

    code: ClassVar[str] = "BMIS-420"

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class CaseRuleError(SiteError):
    """A rule of ``file`` cannot be used: ``at`` is the place in it."""

    code: ClassVar[str] = "BMIS-421"

    def __init__(self, file: str, at: str) -> None:
        super().__init__(file=file, at=at)
