"""What can be wrong with kept voyages, contacts and events at the post. Codes BMIS-550 to BMIS-564.

An error carries codes, counts and field names, never a person and never what somebody wrote.
"""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError

SHORTEST_REASON = 10


class VoyageUnknownError(OfficerError):
    """There is no such voyage at this desk."""

    code: ClassVar[str] = "BMIS-550"


class VoyageConflictError(OfficerError):
    """The same request was kept before with another content, or of another voyage."""

    code: ClassVar[str] = "BMIS-551"


class PeopleErasedError(OfficerError):
    """A rule of retention took the people of this voyage away: nobody is added any more."""

    code: ClassVar[str] = "BMIS-552"


class LocatorNotAskedError(OfficerError):
    """The passenger locator form is collected only where disease on board is suspected (arts 23, 35)."""

    code: ClassVar[str] = "BMIS-553"


class NotAboardError(OfficerError):
    """Somebody who is on no list of this voyage; ``what`` is case, person or contact."""

    code: ClassVar[str] = "BMIS-554"

    def __init__(self, what: str) -> None:
        super().__init__(what=f"aboard_{what}")


class MeasureSignatureError(DecisionError):
    """A measure on a conveyance is ordered by a health supervisor, or under one's signature."""

    code: ClassVar[str] = "BMIS-555"


class PratiqueSecondError(DecisionError):
    """Free pratique although something is reported, open or affected: two people, one of them a supervisor."""

    code: ClassVar[str] = "BMIS-556"


class PratiqueNotHereError(OfficerError):
    """Free pratique is of ships, boats and aircraft; this is none."""

    code: ClassVar[str] = "BMIS-557"


class MeasuresOpenError(DecisionError):
    """Free pratique waits for measures: ``open`` of them are not done, or none was ordered yet."""

    code: ClassVar[str] = "BMIS-558"

    def __init__(self, open_measures: int) -> None:
        super().__init__(open=open_measures)


class MeasureUnknownError(OfficerError):
    """There is no such measure on this voyage, or it was done before."""

    code: ClassVar[str] = "BMIS-559"


class VoyageReasonError(OfficerError):
    """A reason is missing or too short; ``least`` characters are needed."""

    code: ClassVar[str] = "BMIS-560"

    def __init__(self) -> None:
        super().__init__(least=SHORTEST_REASON)


class VoyageMomentError(OfficerError):
    """A moment lies in the future, or before the one that it follows; ``where`` names it."""

    code: ClassVar[str] = "BMIS-561"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class PostEventUnknownError(OfficerError):
    """There is no such event at the post."""

    code: ClassVar[str] = "BMIS-562"


class PostEventServiceError(OfficerError):
    """The event is not referred to that service; ``service`` is its code."""

    code: ClassVar[str] = "BMIS-563"

    def __init__(self, service: str) -> None:
        super().__init__(service=service)


class CrowdedVoyageError(OfficerError):
    """More people than a conveyance holds on one list; ``most`` is the limit."""

    code: ClassVar[str] = "BMIS-564"

    def __init__(self, most: int) -> None:
        super().__init__(most=most)
