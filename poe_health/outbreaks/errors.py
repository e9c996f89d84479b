"""What can be wrong with outbreak mode, lists and the express record of cholera (BMIS-482 to 486, 489, 526, 710)."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError


class OutbreakModeError(DecisionError):
    """Outbreak mode cannot change like this; ``why`` is running, not_running, days, disease or reason."""

    code: ClassVar[str] = "BMIS-482"


class ListRefusedError(OfficerError):
    """A list cannot be approved; ``where`` is the entry, ``why`` is source, days, country, disease or reason."""

    code: ClassVar[str] = "BMIS-483"


class SecondSignatureError(DecisionError):
    """A second person must sign; the subject is ``subject_id``."""

    code: ClassVar[str] = "BMIS-484"

    def __init__(self, action: str) -> None:
        super().__init__(action=action)
        self.action = action


class LoadChangedError(DecisionError):
    """The expected load is no longer the one that was shown (or none was shown): look again, then start."""

    code: ClassVar[str] = "BMIS-485"


class CholeraRefusedError(OfficerError):
    """An express record that cannot be (fact ``field``)."""

    code: ClassVar[str] = "BMIS-486"


class CholeraNumberError(OfficerError):
    """Another patient of the day carries this number: treatment, fluids and form would be mixed up."""

    code: ClassVar[str] = "BMIS-526"


class CholeraUnknownError(OfficerError):
    """No express record has this identifier here."""

    code: ClassVar[str] = "BMIS-489"


class AreasNotApprovedError(OfficerError):
    """Nobody has approved a list of affected areas here: which there are is unknown, which is not "none"."""

    code: ClassVar[str] = "BMIS-710"
