"""What can be wrong with a voyage and its papers. Codes BMIS-470 to BMIS-479. No fact names a traveller."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError
from poe_health.errors import shown


class VoyageFieldError(OfficerError):
    """A field of a voyage or of its papers is missing or cannot be; ``where`` names it."""

    code: ClassVar[str] = "BMIS-470"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class SeatUnknownError(OfficerError):
    """There is no such seat in the plan; ``rows`` and ``letters`` say what there is."""

    code: ClassVar[str] = "BMIS-471"

    def __init__(self, rows: str, letters: str) -> None:
        super().__init__(rows=rows, letters=letters)


class SeatsNotNumberedError(OfficerError):
    """Contacts cannot be chosen by seat: the conveyance has no numbered seats, or the seat of the case is unknown."""

    code: ClassVar[str] = "BMIS-472"


class ExtensionRefusedError(OfficerError):
    """A sanitation certificate cannot be extended; ``why`` is twice, expired, early, evidence or port."""

    code: ClassVar[str] = "BMIS-473"

    def __init__(self, why: str) -> None:
        super().__init__(why=f"extension_{why}")


class PratiqueStepError(OfficerError):
    """The step does not follow the state of free pratique; ``state`` is where it stands."""

    code: ClassVar[str] = "BMIS-474"


class RadioPratiqueError(OfficerError):
    """Free pratique by radio needs papers that are whole and report nothing; ``open`` counts what is open."""

    code: ClassVar[str] = "BMIS-475"

    def __init__(self, open_questions: int) -> None:
        super().__init__(open=open_questions)


class MeasureNotAllowedError(OfficerError):
    """The Regulations allow no measure on this conveyance (arts 25, 26); ``article`` names it."""

    code: ClassVar[str] = "BMIS-476"

    def __init__(self, article: str) -> None:
        super().__init__(article=article)


class VoyageCodeError(OfficerError):
    """A code that is in none of the lists of voyages; ``where`` says where."""

    code: ClassVar[str] = "BMIS-477"

    def __init__(self, where: str, untrusted_code: str) -> None:
        super().__init__(where=where, given=shown(untrusted_code))
