"""The whole sheet of a voyage in parts, as fields that are asked, and the sheet that their answers make. No Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.voyages.conveyance_measures import Passage
from poe_health.voyages.seats import SeatPlan
from poe_health.voyages.sheet import Stop, VoyageSheet, Waters
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import count_of, needed_day

NO_NUMBERS, NUMBERED, OWN = "NO_NUMBERS", "NUMBERED", "OWN"
MOST_ABOARD = 10_000
PARTS: Mapping[str, tuple[str, ...]] = {
    "vehicle": ("conveyance", "number", "carrier", "imo", "waters", "passage"),
    "places": ("day", "direction", "origin", "destination", "arrived_at"),
    "seats": ("seating", "letters", "first_row", "last_row", "skipped", "passenger_count", "crew_count"),
    "charge": ("in_charge", "given_names", "phone"),
}
_Moment = Callable[[str], datetime | None]


@dataclass(frozen=True, slots=True)
class HalfSheet:
    """A voyage as it is typed: texts as they stand in the fields, and the stops."""

    texts: Mapping[str, str] = field(default_factory=dict)
    stops: tuple[Stop, ...] = ()

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.texts.get(name, "")

    def having(self, said: Mapping[str, str]) -> "HalfSheet":
        """Return it with a part answered."""
        return replace(self, texts={**self.texts, **said})


def half_of(sheet: VoyageSheet, shown: Callable[[datetime], str]) -> HalfSheet:
    """Return what stands in the fields for a sheet on record; who is in charge is not shown again."""
    plan = sheet.plan
    seating = sheet.layout or (OWN if plan is not None else "")
    if not seating:
        seating = {Answer.NO: NO_NUMBERS, Answer.YES: NUMBERED, Answer.UNKNOWN: ""}[sheet.numbered_seats]
    texts = {
        "conveyance": sheet.conveyance,
        "number": sheet.number,
        "carrier": sheet.carrier or "",
        "imo": sheet.imo or "",
        "waters": sheet.waters.value if sheet.waters else "",
        "passage": sheet.passage.value,
        "day": sheet.day.isoformat(),
        "direction": sheet.direction or "",
        "origin": sheet.origin,
        "destination": sheet.destination,
        "arrived_at": shown(sheet.arrived_at) if sheet.arrived_at else "",
        "seating": seating,
        "letters": plan.letters if plan else "",
        "first_row": str(plan.rows[0]) if plan else "",
        "last_row": str(plan.rows[-1]) if plan else "",
        "skipped": _gaps(plan) if plan else "",
        "passenger_count": "" if sheet.passenger_count is None else str(sheet.passenger_count),
        "crew_count": "" if sheet.crew_count is None else str(sheet.crew_count),
    }
    return HalfSheet(texts, sheet.stops)


def sheet_of(half: HalfSheet, moment: _Moment) -> VoyageSheet:
    """Return the sheet. ``moment`` reads a field of a moment; "" is not known.

    Raises:
        TypedFieldError, VoyageFieldError, VoyageCodeError, HealthCodeError: what cannot be, by its field.
    """
    seating, passage = half.text("seating"), half.text("passage")
    for name in ("conveyance", "number", "day", "origin", "destination"):
        if not half.text(name):
            raise TypedFieldError(name)
    numbered = {NO_NUMBERS: Answer.NO, NUMBERED: Answer.YES, OWN: Answer.YES}.get(seating, Answer.UNKNOWN)
    return VoyageSheet(
        conveyance=half.text("conveyance"),
        number=half.text("number"),
        day=needed_day(half.text("day"), "day"),
        origin=half.text("origin"),
        destination=half.text("destination"),
        carrier=half.text("carrier") or None,
        imo=half.text("imo") or None,
        waters=Waters(half.text("waters")) if half.text("waters") else None,
        direction=half.text("direction") or None,
        passage=Passage(passage) if passage else Passage.CALLS,
        arrived_at=moment(half.text("arrived_at")),
        stops=half.stops,
        numbered_seats=numbered,
        layout=seating if seating and seating not in (NO_NUMBERS, NUMBERED, OWN) else None,
        plan=_plan(half) if seating == OWN else None,
        passenger_count=count_of(half.text("passenger_count"), "passenger_count", MOST_ABOARD),
        crew_count=count_of(half.text("crew_count"), "crew_count", MOST_ABOARD),
    )


def in_charge_of(half: HalfSheet) -> PatientIdentity | None:
    """Return driver, master or pilot; None: nothing was typed of one."""
    name, given, phone = (half.text(one) or None for one in PARTS["charge"])
    return PatientIdentity(surname=name, given_names=given, phone=phone) if name or given or phone else None


def _plan(half: HalfSheet) -> SeatPlan:
    first, last = (count_of(half.text(name), name, 999) for name in ("first_row", "last_row"))
    if first is None or last is None:
        raise TypedFieldError("first_row" if first is None else "last_row")
    skipped = [count_of(one, "skipped", 999) or 0 for one in half.text("skipped").replace(",", " ").split()]
    letters = half.text("letters").upper()
    if not letters:
        raise TypedFieldError("letters")
    return SeatPlan.usual(letters, first, last, skipped)


def _gaps(plan: SeatPlan) -> str:
    return " ".join(str(row) for row in range(plan.rows[0], plan.rows[-1] + 1) if row not in plan.rows)
