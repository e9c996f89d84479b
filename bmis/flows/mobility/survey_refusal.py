"""Who was invited to a survey and was not asked: counted with the reason, nothing else is kept of anybody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from bmis.flows.mobility.event import MobilityKind, PointDay
from bmis.flows.mobility.keeping import Standing, check_days, keep, read_standing
from bmis.flows.mobility.lists import checked
from bmis.flows.observed.observe import mapped_places
from bmis.flows.observed.point import point_of
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.store.unit import OpenUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRefusal(PointDay):
    """That somebody was invited and not asked; ``why`` is a code of the list survey_refusal."""

    KIND: ClassVar[MobilityKind] = MobilityKind.SURVEY_REFUSED

    why: str


@dataclass(frozen=True, slots=True)
class RefuseSurvey:
    """Counts one who was not asked."""

    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(
        self, fmp: str, day: date, why: str, by: Actor, *, request_id: UUID | None = None
    ) -> Standing[SurveyRefusal]:
        """Return what was kept; the same request is kept once.

        Raises:
            NotAllowedError: the role does not observe. MobilityFieldError: no such reason.
            FmpUnknownError: no such point. MobilityDayError: not yet.
            MobilityConflictError: the request was kept with another content.
        """
        require(by, Permission.OBSERVE_FLOWS)
        refusal = SurveyRefusal(fmp=fmp.strip().upper(), day=day, why=checked("survey_refusal", why, "why"))
        check_days(day, day, local(self.now(), self.utc_offset_minutes).date())
        with self.open_unit() as unit:
            point_of(refusal.fmp, mapped_places(unit))
            kept, _new = keep(unit, refusal, by, self.now(), request_id=request_id)
            unit.commit()
        return kept


@dataclass(frozen=True, slots=True)
class CountRefusals:
    """Looks at how many were invited and not asked."""

    open_read: OpenUnit

    def __call__(self, first: date, last: date, by: Actor) -> Mapping[tuple[str, str], int]:
        """Return how many by point and reason. Raises NotAllowedError: the role neither observes nor reads reports."""
        if not by.may(Permission.READ_REPORTS):
            require(by, Permission.OBSERVE_FLOWS)
        with self.open_read() as unit:
            return Counter((one.noun.fmp, one.noun.why) for one in read_standing(unit, SurveyRefusal, first, last))
