"""What can be wrong with an export and with sending it. Codes BMIS-490 to BMIS-499, BMIS-446 and BMIS-683.

An error carries codes of our own lists, counts, names of columns and hosts, never a word about a traveller.
"""

import re
from datetime import date
from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError

_PLAIN = re.compile(r"[^A-Za-z0-9_.:/ -]+")
_LONGEST = 60


def shown(untrusted: str) -> str:
    """Return the text as it may be shown: names of columns and hosts, without what could be anything else."""
    return _PLAIN.sub("?", untrusted)[:_LONGEST] or "?"


class ExportPeriodError(OfficerError):
    """The period ends before it begins, lies ahead, or is longer than ``most`` days."""

    code: ClassVar[str] = "BMIS-490"

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class ExportReasonError(OfficerError):
    """An export needs a reason of ``least`` characters and a recipient; ``field`` says which is missing."""

    code: ClassVar[str] = "BMIS-491"

    def __init__(self, field: str, least: int) -> None:
        super().__init__(where=field, least=least)


class RecipientRefusedError(OfficerError):
    """What is about single people goes to health services only, and the recipient is not one of the list."""

    code: ClassVar[str] = "BMIS-492"


class ExportFileError(SiteError):
    """The file could not be written whole, so nothing was written. ``why``: file_exists, file_full, file_unwritable."""

    code: ClassVar[str] = "BMIS-493"

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class TemplateRefusedError(OfficerError):
    """The template cannot be used: ``why`` is a code, ``where`` names the column or the key."""

    code: ClassVar[str] = "BMIS-494"

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(why=why, where=shown(where) if where else "—")


class ExportLevelError(OfficerError):
    """The receiver does not take facts at this level of detail; ``levels`` are those that it takes."""

    code: ClassVar[str] = "BMIS-495"

    def __init__(self, receiver: str, levels: str) -> None:
        super().__init__(receiver=receiver, levels=levels)


class PublicDifferenceError(OfficerError):
    """Together with the public file of ``first`` to ``last``, given before, this one would show a hidden number."""

    code: ClassVar[str] = "BMIS-446"

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")


class KindsMixedError(OfficerError):
    """The server has ``count`` of these cases by name and would get them under pseudonym, or the other way round.

    Our identifiers there are the same, so that both together would say whose the pseudonym is. Nothing was sent.
    """

    code: ClassVar[str] = "BMIS-683"

    def __init__(self, host: str, count: int) -> None:
        super().__init__(host=shown(host), count=count)


class ReceiverUnreachableError(SiteError):
    """No answer came after ``tries`` tries. What was accepted is known; sending again repeats nothing."""

    code: ClassVar[str] = "BMIS-496"

    def __init__(self, host: str, tries: int) -> None:
        super().__init__(host=shown(host), tries=tries)


class ReceiverRefusedError(SiteError):
    """The receiver refused the request as a whole with an HTTP ``status``."""

    code: ClassVar[str] = "BMIS-497"

    def __init__(self, host: str, status: int) -> None:
        super().__init__(host=shown(host), status=status)
        self.status = status


class SendingUnsafeError(SiteError):
    """Nothing was sent. ``why``: not_https, certificate, redirect, training, credentials."""

    code: ClassVar[str] = "BMIS-498"

    def __init__(self, why: str, host: str = "") -> None:
        super().__init__(why=why, host=shown(host) if host else "—")


class ReceiverAnswerError(SiteError):
    """The receiver's answer is not the report that it should be; it is not known what it kept."""

    code: ClassVar[str] = "BMIS-499"

    def __init__(self, host: str) -> None:
        super().__init__(host=shown(host))
