"""Making the pass of an approved application: it takes the next serial, for ever, and gets its seal."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.passes.allocate_serials import places_of, training_range
from bmis.passes.border_pass import Application, BorderPass, Origin
from bmis.passes.errors import ApplicationStateError, HolderForgottenError
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import ApplicationState, PassKind, PassState, Validity, application_after, pass_after
from bmis.passes.records.applications import SqlApplications
from bmis.passes.records.keeping import keep_event
from bmis.passes.records.parts import SEAL, NewPart, SqlPassParts, digests
from bmis.passes.records.passes import SqlBorderPasses, SqlSerials
from bmis.passes.schemes import Scheme, scheme
from bmis.passes.sealing import PassFacts, SealIssuer, note_status
from bmis.passes.serials import parse_serial
from bmis.passes.taking import note_parts, photo_of, reason_of, who_of
from bmis.store.errors import ClockSetBackError
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork


@dataclass(frozen=True, slots=True)
class Produced:
    """A pass that is made and not handed over yet, with its seal."""

    border_pass: BorderPass
    seal: str


@dataclass(frozen=True, slots=True)
class ProducePass:
    """Takes the next serial and seals the pass. A second call after a power cut returns the same pass."""

    open_unit: OpenUnit
    home: Home
    seals: SealIssuer
    clock_is_set_back: Callable[[], bool]
    now: Clock

    def __call__(self, which: UUID | str, by: Actor) -> Produced:
        """Return the pass.

        Raises:
            NotAllowedError, ApplicationUnknownError, HolderForgottenError: what they say.
            ApplicationStateError: it is not approved.
            ClockSetBackError: the machine's clock is behind what the store has seen; nobody can say the days.
            SerialsOutError: no serial is left. And whatever keeps the seal from being made: then no serial is taken.
        """
        require(by, Permission.ISSUE_PASSES)
        if self.clock_is_set_back():
            raise ClockSetBackError
        with self.open_unit() as unit:
            found = SqlApplications(unit).get(which)
            if found.state is ApplicationState.PRODUCED:
                return _made_before(unit, found)
            state = application_after(found.state, PassKind.PRODUCED)
            made = self._make(unit, replace(found, state=state), by)
            unit.commit()
        return made

    def _make(self, unit: UnitOfWork, found: Application, by: Actor) -> Produced:
        at = self.now()
        day = local(at).date()
        rules = scheme(found.scheme, day)
        who, photo = who_of(unit, found.id), photo_of(unit, found.id)
        training_range(unit, self.home, by, self.now)
        passes = SqlBorderPasses(unit)
        serial, taken_from = SqlSerials(unit).next(places_of(self.home))
        validity = _validity(passes, found, rules, day)
        made = BorderPass(
            id=new_id(at),
            serial=serial,
            scheme=found.scheme,
            person_id=found.person_id,
            application_id=found.id,
            state=pass_after(None, PassKind.PRODUCED),
            validity=validity,
            suspended_until=None,
            post_code=self.home.post_code,
            counted=found.counted,
            receipt=None,
            handed_over_at=None,
        )
        purpose = next((one.seal for one in rules.purposes if one.code == found.counted.purpose), "")
        person = who.person
        seal = self.seals.issue(
            unit,
            PassFacts(
                scheme=rules.seal,
                serial=serial,
                surname=person.surname,
                given_names=person.given_names,
                birth=person.birth_date,
                sex=person.sex,
                valid_from=validity.first,
                valid_to=validity.last,
                posts=rules.post_codes,
                purpose=purpose,
                dependants=len(who.dependants),
                photo_sha256=None if photo is None else bytes.fromhex(photo.sha256),
            ),
            by.name,
            at,
        )
        parts = [NewPart.of(SEAL, seal.encode("ascii"))]
        passes.add(made, taken_from.id)
        SqlPassParts(unit).add(made.id, made.id, made.person_id, parts)
        SqlApplications(unit).change(found)
        facts = {
            "application": str(found.id),
            "serial": serial,
            "scheme": rules.version,
            "valid_from": validity.first.isoformat(),
            "valid_to": validity.last.isoformat(),
            "person": str(found.person_id),
            "parts": digests(parts),
        }
        keep_event(unit, PassEvent(made.id, PassKind.PRODUCED, by.name, made.id, facts))
        return Produced(made, seal)


@dataclass(frozen=True, slots=True)
class SpoilPass:
    """Notes that a made pass came out wrong: its serial is spoiled, the application waits for another."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_serial: str, reason: str, by: Actor) -> Application:
        """Return the application, approved again.

        Raises:
            NotAllowedError, PassReasonError, PassUnknownError: what they say.
            PassStateError, ApplicationStateError: it was handed over.
        """
        require(by, Permission.ISSUE_PASSES)
        said = reason_of(reason)
        with self.open_unit() as unit:
            passes, applications = SqlBorderPasses(unit), SqlApplications(unit)
            one = passes.by_serial(parse_serial(untrusted_serial))
            state = pass_after(one.state, PassKind.SPOILED)
            found = applications.get(one.application_id)
            after = replace(found, state=application_after(found.state, PassKind.SPOILED))
            at = self.now()
            owner, parts = new_id(at), note_parts(said)
            note_status(unit, one.serial, one.state, state, by.name, at)
            SqlPassParts(unit).add(owner, one.id, one.person_id, parts)
            passes.change(replace(one, state=state))
            applications.change(after)
            facts = {
                "application": str(found.id),
                "serial": one.serial,
                "person": str(one.person_id),
                "parts": digests(parts),
            }
            keep_event(unit, PassEvent(owner, PassKind.SPOILED, by.name, one.id, facts))
            unit.commit()
        return after


def seal_of(unit: UnitOfWork, one: BorderPass) -> str:
    """Return the pass's seal.

    Raises:
        HolderForgottenError: the person was forgotten, and the seal with them.
    """
    found = SqlPassParts(unit).newest(one.id, SEAL)
    if found is None:
        raise HolderForgottenError
    return found.decode("ascii")


def _made_before(unit: UnitOfWork, found: Application) -> Produced:
    one = SqlBorderPasses(unit).of_application(found.id)
    if one is None or one.state is not PassState.PRODUCED:
        raise ApplicationStateError(application_state=found.state.value)
    return Produced(one, seal_of(unit, one))


def _validity(passes: SqlBorderPasses, found: Application, rules: Scheme, day: date) -> Validity:
    """A replacement counts as long as what it replaces; otherwise the scheme's days, today included.

    A renewal takes the place of the earlier pass when it is handed over, and counts from today for that; its days are
    those after the earlier pass's last, so that whoever renews early loses none.
    """
    last = day + timedelta(days=rules.validity_days - 1)
    if found.earlier_pass_id is not None:
        earlier = passes.get(found.earlier_pass_id).validity.last
        if found.origin is Origin.REPLACEMENT:
            last = max(day, earlier)
        elif found.origin is Origin.RENEWAL:
            last = max(last, earlier + timedelta(days=rules.validity_days))
    return Validity(day, last)
