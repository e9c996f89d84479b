"""What the desk of observation needs of the rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.survey import Survey
from bmis.flows.mobility.survey_refusal import SurveyRefusal
from bmis.flows.observed.coverage import ObservedPeriod
from bmis.flows.observed.slot import ObservedSlot

Points = tuple[tuple[str, str], ...]
"""Codes and names of flow-monitoring points, that of the desk first."""


@dataclass(frozen=True, slots=True)
class AskedToday:
    """How many were asked today, and how many were invited and were not, by reason."""

    asked: int
    refused: Mapping[str, int]


class ObservationParts(Protocol):
    """Every call but ``local_now`` and ``home_point`` runs on the store thread and may raise BmisError."""

    def local_now(self) -> datetime:
        """Return the wall clock of the post."""

    def home_point(self) -> str:
        """Return the code of the desk's own post."""

    def points(self) -> Points:
        """Return the points that can be observed."""

    def keep_slot(self, slot: ObservedSlot, request_id: UUID) -> Standing[ObservedSlot]:
        """Return the slot as kept; the same request is kept once."""

    def observed(self, first: date, last: date) -> ObservedPeriod:
        """Return what stands of these days."""

    def withdraw(self, record: UUID, reason: str) -> None:
        """Take a record back; it stays with its reason."""

    def take_survey(self, fmp: str, day: date, answers: Mapping[str, str], request_id: UUID) -> Standing[Survey]:
        """Return the survey of somebody who agreed, as kept."""

    def refuse(self, fmp: str, day: date, why: str, request_id: UUID) -> Standing[SurveyRefusal]:
        """Count one who was not asked."""

    def asked(self, day: date) -> AskedToday:
        """Return the surveys of a day; no answers."""

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what this person left half done here, the newest first."""

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done, encrypted."""

    def forget_draft(self, request_id: UUID) -> None:
        """Forget what was half done, if it was kept."""
