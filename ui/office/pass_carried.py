"""Files between posts joined for the pass desk: withdrawn passes and uses, on a stick."""

from dataclasses import dataclass
from pathlib import Path

from bmis.staff.session import SignedIn
from bmis.trust.desk_errors import DeskFileFormError
from bmis.trust.desk_file import LARGEST_FILE
from bmis.trust.heard import CarriedLog
from ui import compose
from ui.desktop.passes.carried_parts import USES, WITHDRAWN, CarriedShown
from ui.desktop.passes.errors import CarriedFileError

_OTHER_KIND = "kind"  # the reason of DeskFileFormError


@dataclass(frozen=True, slots=True)
class JoinedCarried:
    """Answers ``ui.desktop.passes.carried_parts.CarriedParts``."""

    session: SignedIn

    def shown(self) -> CarriedShown:
        """Return how far each log goes."""
        desk, by = compose.trust_desk(self.session), self.session.actor
        (withdrawn, of_withdrawn), (uses, of_uses) = desk.withdrawn(by), desk.uses(by)
        heard = [(WITHDRAWN, one) for one in of_withdrawn] + [(USES, one) for one in of_uses]
        return CarriedShown({WITHDRAWN: withdrawn, USES: uses}, tuple(heard), desk.withdrawn.reported(by))

    def take(self, path: Path) -> CarriedLog:
        """Take a file.

        Raises:
            CarriedFileError: there is none, or it cannot be read. And whatever taking it says.
        """
        try:
            if not path.is_file():  # a pipe would be waited for
                raise CarriedFileError
            with path.open("rb") as file:
                untrusted = file.read(LARGEST_FILE + 1)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise CarriedFileError from error
        desk, by = compose.trust_desk(self.session), self.session.actor
        try:
            return desk.take_uses(untrusted, by)
        except DeskFileFormError as error:
            if error.facts["reason"] != _OTHER_KIND:
                raise
        return desk.take_withdrawn(untrusted, by)

    def give(self, kind: str, after: int) -> CarriedLog:
        """Return this desk's file. Raises as ``ExportUses`` and ``ExportWithdrawals``."""
        desk, by = compose.trust_desk(self.session), self.session.actor
        return (desk.give_uses if kind == USES else desk.give_withdrawn)(by, after)
