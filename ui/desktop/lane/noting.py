"""What an officer should compare with the page although the zone was read: notes on the zone as it stands now."""

from collections.abc import Collection
from datetime import date

from bmis.documents.mrz import parse
from bmis.documents.travel_document import CaptureMethod
from bmis.kernel.errors import BmisError
from ui.desktop.lane.draft import ReadZone

_SILENT = frozenset(
    {
        "number_continues_in_optional_data",  # the number is shown whole
        "sex_printed_x",  # what follows is shown among the facts of the traveller
        "birth_year_unknown",
        "birth_zero_for_unknown",
        "birth_xx_for_unknown",
        "birth_day_without_month",
        "expiry_year_unknown",
        "expiry_zero_for_unknown",
        "expiry_xx_for_unknown",
        "expiry_day_without_month",
    }
)


def notes_of(zone: ReadZone, doubtful: Collection[tuple[int, int]], today: date) -> tuple[str, ...]:
    """Return the codes of what to compare with the page, none for a sound zone that was read surely.

    Args:
        zone: as read, or as the officer put it right.
        doubtful: the cells that nobody has looked at yet.
        today: decides centuries.
    """
    was_read = zone.method is CaptureMethod.CAMERA or bool(zone.corrected)
    try:
        parsed = parse(zone.lines, today=today, unsure=doubtful if was_read else None)
    except BmisError:
        return ()  # told where the document is made of the zone
    return tuple(note for note in parsed.notes if note not in _SILENT)
