"""The health step as an officer sees it, at the lane or at the truck, and what a desk needs of it. No Qt."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Protocol
from uuid import UUID

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_token import TokenFault
from bmis.kernel.errors import OfficerError

if TYPE_CHECKING:
    from bmis.crossings.health_lane import Shown


class SeveralTokensError(OfficerError):
    """Different health tokens are in view at once."""

    code: ClassVar[str] = "BMIS-585"


class TokenAlreadyShownError(OfficerError):
    """The traveller at the desk has shown a health token that counts; another is not taken in its place."""

    code: ClassVar[str] = "BMIS-586"


class Stand(StrEnum):
    """How the health step of the traveller at the desk stands."""

    UNUSED = "unused"  # port health does not work here, and nothing was shown
    READING = "reading"
    SHOWN = "shown"
    REFUSED = "refused"  # what was shown does not count
    NONE = "none"  # "sem senha"
    LATER = "later"  # at this post health comes after the lane


@dataclass(frozen=True, slots=True)
class HealthView:
    """What the officer is shown; never kept, never sent. ``repr`` does not tell the code."""

    stand: Stand
    outcome: ClearanceOutcome | None = field(default=None, repr=False)
    fault: TokenFault | None = field(default=None, repr=False)


class DeskHealth(Protocol):
    """The health step of this desk, as ``bmis.crossings.health_lane`` has it."""

    def present(self, request_id: UUID, untrusted_text: str) -> "Shown":
        """Return what the token says, and remember it for this traveller's checks.

        Raises:
            ClearanceKeysError: the keys of the home cannot be read.
        """

    def present_card(self, request_id: UUID, untrusted_text: str) -> "Shown":
        """Return what the card says whose number and letters were typed, and remember it.

        Raises:
            CardLettersError, CardUnknownError, ClearanceCardsError, ClearanceKeysError.
        """

    def forget(self, request_id: UUID) -> None:
        """Forget it. Memory only: it may be called from any thread."""
