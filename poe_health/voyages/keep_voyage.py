"""Writing down a voyage: the sheet, who is on board, locator forms, what somebody tells of disease on board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.kernel.plain import plain
from bmis.store.home import Home
from bmis.store.unit import OpenUnit
from poe_health.lists import bundled
from poe_health.referrals.open_referral import paper_number
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.definitions import rule_set
from poe_health.screening.records import SqlScreenings
from poe_health.store.records.parts import PERSON, NewPart
from poe_health.voyages.aboard import locator_size, suspected_on_board, views_of
from poe_health.voyages.errors import VoyageCodeError, VoyageFieldError
from poe_health.voyages.events import (
    DiseaseSuspected,
    LocatorEntered,
    PeopleListed,
    VoyageCorrected,
    VoyageRecorded,
)
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.locator import LocatorForm, form_is_asked
from poe_health.voyages.people import OccupantFact, PersonAboard, WhoSits
from poe_health.voyages.record_errors import (
    CrowdedVoyageError,
    LocatorNotAskedError,
    NotAboardError,
    VoyageConflictError,
)
from poe_health.voyages.records import SqlVoyages
from poe_health.voyages.seats import SeatPlan
from poe_health.voyages.sheet import VoyageSheet
from poe_health.voyages.voyage_unit import add_people, detail, existing, kept_before, moment, reason_of, stamp
from poe_health.written import PHONES, require_written

VOYAGE = "VG"
MOST_AT_ONCE = 1000
LOCATOR_PHONES = PHONES | {"mobile", "business", "home", "other"}
OLDEST, FURTHEST = timedelta(days=60), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RecordVoyage:
    """Keeps a voyage. The same ``request_id`` again returns the same one; it is the voyage's identifier."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(
        self, request_id: UUID, sheet: VoyageSheet, in_charge: PatientIdentity | None, by: Actor
    ) -> KeptVoyage:
        """Return the voyage. ``in_charge``: driver, pilot or master.

        Raises:
            NotAllowedError: the role does not screen.
            VoyageConflictError: the same request was kept with another sheet.
            VoyageFieldError: its day is further off than anybody lists contacts.
            What ``require_written`` raises, as everywhere here: a text of a person or place that cannot be one.
        """
        require(by, Permission.SCREEN_HEALTH)
        now = self.now()
        _require_sheet(sheet, now)
        parts = _in_charge(in_charge)
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            kept = kept_before(store, request_id, request_id, VoyageRecorded)
            if kept is not None:
                return _same(existing(store, request_id), kept, sheet)
            serial = store.next_serial()
            event = VoyageRecorded(
                **stamp(request_id, request_id, by, now, parts),
                number=paper_number(VOYAGE, self.home, now, serial),
                serial=serial,
                sheet=sheet,
                post_code=self.home.post_code,
                lists_version=bundled("health", "voyages").version.version,
            )
            found = store.add(event, parts)
            unit.commit()
        return found


@dataclass(frozen=True, slots=True)
class CorrectVoyage:
    """Replaces the sheet: a seat plan that came later, a plate that was misread. The earlier one stays on record."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self,
        voyage_id: UUID,
        request_id: UUID,
        sheet: VoyageSheet,
        reason: str,
        by: Actor,
        in_charge: PatientIdentity | None = None,
    ) -> KeptVoyage:
        """Return the voyage. ``in_charge`` None: that stays.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageReasonError, PeopleErasedError.
        """
        require(by, Permission.SCREEN_HEALTH)
        now = self.now()
        _require_sheet(sheet, now)
        parts = [*_in_charge(in_charge), *detail(reason=reason_of(reason))]
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, VoyageCorrected) is not None:
                return voyage
            add_people(voyage, parts)
            found = store.add(VoyageCorrected(**stamp(voyage_id, request_id, by, now, parts), sheet=sheet), parts)
            unit.commit()
        return found


@dataclass(frozen=True, slots=True)
class ListPeople:
    """Lists who is on board: where seats have no numbers, everybody, before they leave."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, voyage_id: UUID, request_id: UUID, people: Sequence[PersonAboard], by: Actor) -> KeptVoyage:
        """Return the voyage with them.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, PeopleErasedError, CrowdedVoyageError.
            VoyageFieldError: a seat where there are none. SeatUnknownError: one that the plan does not have.
            NotAboardError: a person listed anew who was not listed, or a screening that is not there.
        """
        require(by, Permission.SCREEN_HEALTH)
        now = self.now()
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, PeopleListed) is not None:
                return voyage
            if not 0 < len(people) <= MOST_AT_ONCE:
                raise CrowdedVoyageError(MOST_AT_ONCE)
            require_written(tuple(one.who for one in people))
            facts = tuple(_fact(one, now) for one in people)
            self._check(SqlScreenings(unit), voyage, people, facts)
            said = {str(fact.ref): plain(WhoSits(one.who, one.seats)) for fact, one in zip(facts, people, strict=True)}
            parts = [NewPart.of(PERSON, {"people": said})]
            add_people(voyage, parts)
            found = store.add(PeopleListed(**stamp(voyage_id, request_id, by, now, parts), people=facts), parts)
            unit.commit()
        return found

    @staticmethod
    def _check(
        screenings: SqlScreenings,
        voyage: KeptVoyage,
        people: Sequence[PersonAboard],
        facts: Sequence[OccupantFact],
    ) -> None:
        listed = {one.ref for one in voyage.occupants}
        if len({fact.ref for fact in facts}) != len(facts):
            raise VoyageFieldError("people")
        for one in people:
            if one.ref is not None and one.ref not in listed:
                raise NotAboardError("person")
            if one.screening_id is not None and screenings.find(one.screening_id) is None:
                raise NotAboardError("person")
            plan = voyage.sheet.voyage.sits
            if one.seats and plan is not None and not isinstance(plan, SeatPlan):
                raise VoyageFieldError("seat")
            for seat in one.seats:
                if isinstance(plan, SeatPlan):
                    plan.around(seat, rows=0, seats=0)  # refuses a seat that the plan does not have


@dataclass(frozen=True, slots=True)
class TellDisease:
    """Keeps that somebody outside tells of disease on board: then locator forms and contacts may be asked for."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self, voyage_id: UUID, request_id: UUID, disease: str, at: datetime, told_by: str, by: Actor
    ) -> KeptVoyage:
        """Return the voyage.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageReasonError, VoyageMomentError.
            VoyageCodeError: no such disease.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        now = self.now()
        if disease not in rule_set(local(now).date()).diseases:
            raise VoyageCodeError("disease", disease)
        parts = detail(told_by=reason_of(told_by))
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, DiseaseSuspected) is not None:
                return voyage
            said = stamp(voyage_id, request_id, by, now, parts)
            found = store.add(DiseaseSuspected(**said, disease=disease, at=moment(at, now, "at")), parts)
            unit.commit()
        return found


@dataclass(frozen=True, slots=True)
class EnterLocator:
    """Keeps a passenger locator form: one adult for a family, and only where disease on board is suspected."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self, voyage_id: UUID, request_id: UUID, form: LocatorForm, by: Actor, ref: UUID | None = None
    ) -> KeptVoyage:
        """Return the voyage. ``ref``: the adult was listed or screened before. What is missing is kept with the form.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, PeopleErasedError, CrowdedVoyageError.
            LocatorNotAskedError: no disease on board is suspected. NotAboardError: nobody of that reference.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        require_written(form, phones=LOCATOR_PHONES)
        now = self.now()
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, LocatorEntered) is not None:
                return voyage
            views = views_of(SqlScreenings(unit), voyage)
            if not form_is_asked(suspected_on_board(voyage, views)):
                raise LocatorNotAskedError
            known = {one.ref for one in voyage.occupants} | {one.record.primary_id or one.id for one in views}
            if ref is not None and ref not in known:
                raise NotAboardError("person")
            if locator_size(form) > MOST_AT_ONCE:
                raise CrowdedVoyageError(MOST_AT_ONCE)
            parts = [NewPart.of(PERSON, {"form": plain(form)})]
            add_people(voyage, parts)
            event = LocatorEntered(
                **stamp(voyage_id, request_id, by, now, parts),
                missing=form.missing(numbered_seats=isinstance(voyage.sheet.voyage.sits, SeatPlan)),
                members=locator_size(form),
                ref=ref,
            )
            found = store.add(event, parts)
            unit.commit()
        return found


def _require_sheet(sheet: VoyageSheet, now: datetime) -> None:
    require_written(sheet)
    today = local(now).date()
    if not today - OLDEST <= sheet.day <= today + FURTHEST:
        raise VoyageFieldError("day")


def _in_charge(who: PatientIdentity | None) -> list[NewPart]:
    require_written(who)
    return [] if who is None else [NewPart.of(PERSON, {"in_charge": plain(who)})]


def _same(voyage: KeptVoyage, kept: VoyageRecorded, sheet: VoyageSheet) -> KeptVoyage:
    if kept.sheet != sheet:
        raise VoyageConflictError
    return voyage


def _fact(one: PersonAboard, now: datetime) -> OccupantFact:
    return OccupantFact(one.ref or new_id(now), one.role, one.served, one.companion, one.screening_id)
