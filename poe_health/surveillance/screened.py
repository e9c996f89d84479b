"""What the tally needs to know of one screening: codes and yes or no, never a person."""

from dataclasses import dataclass
from datetime import date, datetime

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from poe_health.codes import known_choice
from poe_health.surveillance.errors import CountRefusedError


def post_day(at: datetime, offset_minutes: int = MAPUTO_OFFSET_MINUTES) -> date:
    """Return the day on the wall clock of the post: a screening at 23:30 UTC counts for the next day in Maputo.

    Raises:
        ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return local(at, offset_minutes).date()


@dataclass(frozen=True, slots=True)
class Cell:
    """The dimensions of a tally; None: not asked or not known, which is a group of its own."""

    direction: str | None = None
    conveyance: str | None = None
    sex: str | None = None
    age_band: str | None = None
    origin_country: str | None = None


@dataclass(frozen=True, slots=True)
class ScreenedFact:
    """One screening that stands (a voided one is not handed in), or one count of a crowd (``persons`` over 1).

    ``result`` as in the choices primary_result, ``disposition`` as in disposition (None: no secondary outcome),
    ``suspected`` the diseases, ``certificate`` as in certificate_status, ``certificate_unsure``: one was looked at and
    nobody could say. ``threshold_reached`` None: not measured.
    """

    cell: Cell
    result: str
    persons: int = 1
    disposition: str | None = None
    threshold_reached: bool | None = None
    alert: bool = False
    suspected: tuple[str, ...] = ()
    samples: int = 0
    certificate: str | None = None
    vaccinated: bool = False
    follow_up: bool = False
    certificate_unsure: bool = False

    def __post_init__(self) -> None:
        """Refuse codes of no list, and a crowd of which something is known that only a person has.

        Raises:
            HealthCodeError, CountRefusedError.
        """
        cell = self.cell
        for field, choice, code in (
            ("direction", "direction", cell.direction),
            ("conveyance", "conveyance", cell.conveyance),
            ("sex", "sex", cell.sex),
            ("age_band", "age_band", cell.age_band),
            ("result", "primary_result", self.result),
            ("disposition", "disposition", self.disposition),
            ("certificate", "certificate_status", self.certificate),
        ):
            if code is not None:
                known_choice(field, choice, code)
        if self.persons < 1 or self.samples < 0:
            raise CountRefusedError("persons" if self.persons < 1 else "samples")
        if self.persons > 1 and (self.disposition or self.suspected or self.samples or self.vaccinated):
            raise CountRefusedError("persons")

    @property
    def to_secondary(self) -> bool:
        """Return whether the traveller was sent to secondary screening, or has its outcome."""
        return self.result in {"SECONDARY", "ISOLATE_NOW"} or self.disposition is not None

    @property
    def ended(self) -> str | None:
        """Return where the traveller is counted: by the last outcome, once."""
        return self.disposition or ("ISOLATED" if self.result == "ISOLATE_NOW" else None)
