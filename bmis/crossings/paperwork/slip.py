"""The slip of a crossing: what the traveller takes along, ready for the printer."""

from datetime import datetime

from bmis.crossings.case import is_national
from bmis.crossings.crossing import Crossing
from bmis.crossings.decision import LETS_THROUGH, Decision, Direction, RecordMode
from bmis.crossings.paperwork.words import (
    crossed_at_words,
    crossing_number,
    decision_words,
    direction_words,
    kind_words,
    name_words,
    state_words,
)
from bmis.kernel.clock import local
from bmis.kernel.i18n import LANGUAGES, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.page import Imprint
from bmis.paper.slip import CrossingSlip

QR_PREFIX = "BMIS-X1"


def slip_of(
    crossing: Crossing,
    *,
    language: str,
    post_name: str,
    printed_at: datetime,
    printed_by: str,
    training: bool = False,
    copy_number: int = 1,
) -> CrossingSlip:
    """Return the slip as plain words, for ``bmis.paper.slip.crossing_slip`` (A6 or an 80 mm roll).

    The stay is what was typed with its authority, or said not to be calculated. A second print says that it is a copy.

    Raises:
        ValueError: ``language`` has no catalogue.
    """
    place = crossing.place
    other = next(one for one in LANGUAGES if one != language)
    with speaking(other):
        also = decision_words(crossing.decision)
    with speaking(language):
        return CrossingSlip(
            imprint=Imprint(
                post_name,
                local(printed_at, place.utc_offset_minutes),
                printed_by,
                training or crossing.record_mode is RecordMode.TRAINING,
            ),
            title=_("Entry slip") if crossing.direction is Direction.ENTRY else _("Exit slip"),
            decision=decision_words(crossing.decision),
            decision_also=also,
            number=crossing_number(crossing),
            rows=_rows(crossing, post_name, copy_number),
            qr_text=qr_text(crossing),
            stay=stay_words(crossing),
            stay_applies=stay_applies(crossing),
            advice=_advice(crossing),
            languages=(language,),
        )


def qr_text(crossing: Crossing) -> str:
    """Return what the code on the slip says: the crossing, its count, its desk. No person."""
    return f"{QR_PREFIX}:{crossing.id}:{crossing.seq}:{crossing.place.desk_id}"


def stay_applies(crossing: Crossing) -> bool:
    """Return whether a stay is granted at all: a foreigner who was let in."""
    return (
        crossing.direction is Direction.ENTRY
        and crossing.decision in LETS_THROUGH
        and not is_national(crossing.request)
    )


def stay_words(crossing: Crossing) -> str | None:
    """Return until when, and by whose authority, as the officer typed it; None: not calculated."""
    stay = crossing.request.stay
    if stay.stay_until is None:
        return None
    until = f"{stay.stay_until:%d/%m/%Y}"
    return f"{until} — {stay.typed_authority}" if stay.typed_authority else until


def _rows(crossing: Crossing, post_name: str, copy_number: int) -> tuple[Row, ...]:
    document = crossing.document
    rows = [
        Row(_("Name"), name_words(crossing)),
        Row(_("Document"), kind_words(crossing)),
        Row(_("Document number"), document.number, is_code=document.number is not None),
        Row(_("Nationality"), state_words(document.nationality)),
        Row(_("Direction"), direction_words(crossing.direction)),
        Row(_("Date and time"), crossed_at_words(crossing)),
    ]
    if crossing.place.processing_place not in ("", post_name, crossing.place.post_code):
        rows.append(Row(_("Processed at"), crossing.place.processing_place))
    if crossing.verdict.reasons:
        rows.append(Row(_("Reasons"), ", ".join(crossing.verdict.reasons)))
    if crossing.request.paper_form:
        rows.append(Row(_("Contingency form"), crossing.request.paper_form, is_code=True))
    if copy_number > 1:
        rows.append(Row(_("Copy"), str(copy_number)))
    return tuple(rows)


def _advice(crossing: Crossing) -> tuple[str, ...]:
    if crossing.decision is Decision.PENDING_SECONDARY:
        return (_("This is not a decision yet. Wait for the secondary inspection."),)
    if crossing.decision in {Decision.REFUSED_ENTRY, Decision.EXIT_PREVENTED}:
        return (_("The notice that you were given states the reasons and how to appeal."),)
    return ()
