"""Flow-monitoring surveys: a sample of people, anonymous; kept apart from the registry and from crossings.

The event says only that somebody was asked, where and when. The answers lie beside it under a salted digest and never
leave the desk, except as a file in which each line is like at least so many others (k-anonymity).
"""

import json
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from bmis.documents.states import iso3
from bmis.flows.fmr import limit_for
from bmis.flows.mobility.errors import (
    MobilityConflictError,
    MobilityFieldError,
    MobilityListError,
    MobilityReasonError,
    SurveyAnswerError,
    SurveyConsentError,
    SurveyFewError,
)
from bmis.flows.mobility.event import MobilityEvent, MobilityKind, PointDay
from bmis.flows.mobility.keeping import LONGEST_REASON, SHORTEST_REASON, Standing, check_days, keep, read_standing
from bmis.flows.mobility.lists import mobility_file
from bmis.flows.mobility.records import ANSWERS, SqlMobility, answers_digest
from bmis.flows.observed.group import area_level
from bmis.flows.observed.observe import mapped_places
from bmis.flows.observed.point import point_of
from bmis.flows.observed.slot import DIRECTIONS
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import new_id
from bmis.posts.admin_area import PROVINCE
from bmis.store.canonical import canonical
from bmis.store.unit import OpenUnit

FILE = "fms_questions.toml"
_COUNTRIES = ("nationality", "origin_country", "dest_country")
_PROVINCES = ("origin_adm1", "dest_adm1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(PointDay):
    """That somebody was asked: where, when, on the way in which direction; nothing of who it was or what was said."""

    KIND: ClassVar[MobilityKind] = MobilityKind.SURVEY_TAKEN

    questions: str


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """Lines that may be handed over. ``generalised``: lines with something given up; ``left_out``: lines not shown."""

    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    k: int
    generalised: int
    left_out: int


Stage = Callable[[SurveyTable], AbstractContextManager[None]]
"""Puts a file in place when its block has gone well; leaves nothing otherwise."""


@cache
def questions() -> Mapping[str, tuple[str, ...]]:
    """Return the answers of each question, in order. Raises MobilityListError."""
    try:
        return {str(one["code"]): tuple(one["answers"]) for one in mobility_file(FILE)["question"]}
    except (KeyError, TypeError) as error:
        raise MobilityListError(file=FILE) from error


def checked_answers(untrusted: Mapping[str, Any]) -> dict[str, str]:
    """Return what was answered; null is not answered.

    Raises:
        SurveyAnswerError: a question that is not asked, or an answer that is not of its list.
    """
    said = {name: value for name, value in untrusted.items() if value is not None}
    for name, value in said.items():
        if name in _COUNTRIES:
            fits = iso3(value) == value
        elif name in _PROVINCES:
            fits = area_level(value) == PROVINCE
        elif name == "direction":
            fits = value in DIRECTIONS
        else:
            fits = value in questions().get(name, ())
        if not fits:
            raise SurveyAnswerError(question=name[:40])
    return said


@dataclass(frozen=True, slots=True)
class TakeSurvey:
    """Keeps one survey."""

    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(
        self,
        fmp: str,
        day: date,
        answers: Mapping[str, Any],
        by: Actor,
        *,
        consent: bool,
        request_id: UUID | None = None,
    ) -> Standing[Survey]:
        """Return the survey as kept; the same request is kept once.

        Raises:
            NotAllowedError: the role does not observe. SurveyConsentError: no consent, or the age is not told.
            SurveyAnswerError: an answer that cannot be. FmpUnknownError: no such point. MobilityDayError: not yet.
            MobilityConflictError: the request was kept for another point or day.
        """
        require(by, Permission.OBSERVE_FLOWS)
        said = checked_answers(answers)
        if not consent or "age" not in said:
            raise SurveyConsentError(least=int(mobility_file(FILE)["least_age"]))
        check_days(day, day, local(self.now(), self.utc_offset_minutes).date())
        content, salt = canonical(said), secrets.token_hex(32)
        survey = Survey(fmp=fmp.strip().upper(), day=day, questions=str(mobility_file(FILE)["version"]))
        with self.open_unit() as unit:
            point_of(survey.fmp, mapped_places(unit))
            more = {ANSWERS: answers_digest(salt, content)}
            kept, is_new = keep(unit, survey, by, self.now(), request_id=request_id, more=more)
            records = SqlMobility(unit)
            if is_new:
                records.keep_answers(kept.event_id, kept.id, salt, content)
            elif records.answers(kept.event_id) != content:
                raise MobilityConflictError
            unit.commit()
        return kept


@dataclass(frozen=True, slots=True)
class CountSurveys:
    """Looks at how many were asked; no answers."""

    open_read: OpenUnit

    def __call__(self, first: date, last: date, by: Actor) -> list[Standing[Survey]]:
        """Return the surveys that stand. Raises NotAllowedError: the role neither observes nor reads reports."""
        if not by.may(Permission.READ_REPORTS):
            require(by, Permission.OBSERVE_FLOWS)
        with self.open_read() as unit:
            return read_standing(unit, Survey, first, last)


@dataclass(frozen=True, slots=True)
class HandOverSurveys:
    """Gives the answers as lines of which each is like at least k; who asked for them, for whom and why is kept."""

    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(
        self, first: date, last: date, audience: str, reason: str, recipient: str, by: Actor, stage: Stage
    ) -> SurveyTable:
        """Return the lines. ``stage`` writes them beside their place before the event is kept, and into place after.

        Raises:
            NotAllowedError: the role hands nothing over. MobilityReasonError: no reason or no recipient.
            MobilityDayError: the days are the wrong way round. SurveyFewError: too few people were asked.
            What ``stage`` raises: nothing is kept then, and nothing written.
        """
        require(by, Permission.EXPORT_FLOWS)
        for text in (reason, recipient):
            if not SHORTEST_REASON <= len(text.strip()) <= LONGEST_REASON:
                raise MobilityReasonError(longest=LONGEST_REASON)
        check_days(first, last, local(self.now(), self.utc_offset_minutes).date())
        with self.open_unit() as unit:
            records, people = SqlMobility(unit), []
            for one in read_standing(unit, Survey, first, last):
                kept = records.answers(one.event_id)
                if kept is not None:
                    people.append({"month": f"{one.noun.day:%Y-%m}", "fmp": one.noun.fmp, **json.loads(kept)})
            table = anonymous(people, limit_for(audience))
            identifier = new_id(self.now())
            facts = {
                "reason": reason.strip(),
                "recipient": recipient.strip(),
                "audience": audience,
                "k": table.k,
                "rows": len(table.rows),
            }
            records.add(
                MobilityEvent(identifier, MobilityKind.HANDED_OVER, identifier, "surveys", first, last, by.name, facts)
            )
            with stage(table):
                unit.commit()
        return table


def anonymous(people: Sequence[Mapping[str, str]], k: int) -> SurveyTable:
    """Return lines of which each is like at least ``k`` in everything that helps to find out who somebody is.

    Lines that are like too few give up one such field after another, in the order of the questions' file; those that
    still are like too few are left out. Lines come in an order that says nothing of when somebody was asked.

    Raises:
        SurveyFewError: fewer than ``k`` people.
    """
    if len(people) < k:
        raise SurveyFewError(limit=k)
    quasi = tuple(str(one) for one in mobility_file(FILE)["quasi"])
    if unknown := {*quasi} - {"fmp", "direction", *_COUNTRIES, *_PROVINCES, *questions()}:
        raise MobilityFieldError(where=min(unknown))
    fields = ("month", *reversed(quasi), *(one for one in questions() if one not in quasi))
    left = [{name: person.get(name, "") for name in fields} for person in people]
    done: list[dict[str, str]] = []
    generalised = 0
    for level in range(len(quasi) + 2):
        given_up = (*quasi, "month")[:level]
        left = [line | dict.fromkeys(given_up, "") for line in left]
        alike = Counter(_class(line, quasi) for line in left)
        fine = [line for line in left if alike[_class(line, quasi)] >= k]
        left = [line for line in left if alike[_class(line, quasi)] < k]
        generalised += len(fine) if level else 0
        done += fine
    rows = sorted(tuple(line[name] for name in fields) for line in done)
    return SurveyTable(fields, tuple(rows), k, generalised, len(left))


def _class(line: Mapping[str, str], quasi: Sequence[str]) -> tuple[str, ...]:
    return line["month"], *(line[name] for name in quasi)
