"""Measures on conveyances (IHR arts 22, 25 to 27, Annex 4): when there may be any, and who must be told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from poe_health.rules.answer import Answer, both, either, reverse
from poe_health.voyages.errors import MeasureNotAllowedError, VoyageCodeError, VoyageFieldError
from poe_health.voyages.settings import measures


class Passage(StrEnum):
    """How a conveyance comes."""

    CALLS = "calls"  # it stops here, loads or lets people off
    CANAL = "canal"  # a ship through a waterway, on its way to a port elsewhere
    NOT_CALLING = "not_calling"  # a ship in our waters that calls at no port
    AIR_TRANSIT = "air_transit"  # an aircraft that stays in its area of the airport
    ROAD_TRANSIT = "road_transit"  # lorry, train or coach that neither loads nor lets anybody off


_ARTICLE = {
    Passage.CANAL: "25(a)",
    Passage.NOT_CALLING: "25(b)",
    Passage.AIR_TRANSIT: "25(c)",
    Passage.ROAD_TRANSIT: "26",
}
_ONLY_FROM_CLEAN_AREAS = frozenset({Passage.CANAL, Passage.ROAD_TRANSIT})


@dataclass(frozen=True, slots=True)
class Limits:
    """Whether health measures may be applied. UNKNOWN: ask where it comes from first. ``article`` that forbids them."""

    measures_allowed: Answer
    article: str | None


def limits(passage: Passage, *, from_affected_area: Answer, affected: Answer) -> Limits:
    """Return whether measures may be applied to a conveyance in transit.

    ``affected``: signs or proof of infection or contamination on board, or a source of it (art. 27), which lifts the
    limits. A ship in a canal and a lorry, train or coach are protected only when they do not come from an affected
    area; a ship that does not call and an aircraft in transit wherever they come from. Measures under art. 43 and
    international agreements are not judged here.
    """
    if passage is Passage.CALLS:
        return Limits(Answer.YES, None)
    clean = reverse(from_affected_area) if passage in _ONLY_FROM_CLEAN_AREAS else Answer.YES
    return Limits(either([affected, reverse(clean)]), _ARTICLE[passage])


@dataclass(frozen=True, slots=True)
class ConveyanceMeasure:
    """An order: what, why, and when it was done; ``evidence_given``: written evidence to the operator (Annex 4)."""

    measure: str
    reason: str
    ordered_at: datetime
    ordered_by: str
    done_at: datetime | None = None
    evidence_given: bool = False

    def __post_init__(self) -> None:
        """Refuse a measure of no list, an order without its reason, one done before it was ordered.

        Raises:
            VoyageCodeError, VoyageFieldError.
        """
        if self.measure not in measures():
            raise VoyageCodeError("measures", self.measure)
        if not self.reason.strip() or not self.ordered_by.strip():
            raise VoyageFieldError("reason" if not self.reason.strip() else "ordered_by")
        if self.done_at is not None and self.done_at < self.ordered_at:
            raise VoyageFieldError("done_at")


def order(limit: Limits, measure: str, reason: str, *, at: datetime, by: str) -> ConveyanceMeasure:
    """Return the order.

    Raises:
        MeasureNotAllowedError: the Regulations forbid it, or nobody has asked yet where the conveyance comes from.
        VoyageCodeError, VoyageFieldError: as ``ConveyanceMeasure``.
    """
    if limit.measures_allowed is not Answer.YES:
        raise MeasureNotAllowedError(limit.article or "?")
    return ConveyanceMeasure(measure, reason, at, by)


@dataclass(frozen=True, slots=True)
class Duties:
    """What is left to do for a conveyance: measures to finish, evidence to hand over, the next post to tell."""

    unfinished: tuple[str, ...]
    evidence_owed: tuple[str, ...]
    tell_next_post: Answer


def duties(affected: Answer, ordered: tuple[ConveyanceMeasure, ...], *, leaves: Answer, next_told: bool) -> Duties:
    """Return what is left. The next point of entry is told when an affected conveyance leaves untreated (art. 27)."""
    unfinished = tuple(one.measure for one in ordered if one.done_at is None)
    owed = tuple(one.measure for one in ordered if one.done_at is not None and not one.evidence_given)
    untreated = Answer.YES if unfinished or not ordered else Answer.NO
    tell = Answer.NO if next_told else both([affected, untreated, leaves])
    return Duties(unfinished, owed, tell)
