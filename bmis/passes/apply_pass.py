"""Taking an application: search first, one person once, then what the scheme's rules say."""

from dataclasses import dataclass, replace
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.passes.applicant import MOST_ATTESTATIONS, Applicant, PassRequest, Who, require_born
from bmis.passes.border_pass import Application
from bmis.passes.earlier import earlier_decisions
from bmis.passes.eligibility import Answered, Asked, judge
from bmis.passes.errors import (
    ApplicationConflictError,
    ApplicationFieldError,
    HolderForgottenError,
    OnePassOnlyError,
    PerhapsSamePersonError,
    SchemeUnknownError,
    SignedForOtherPersonError,
)
from bmis.passes.lifecycle import HELD
from bmis.passes.matching import Alike, KnownPerson, alike, contradicts
from bmis.passes.moving import is_kept_back
from bmis.passes.records.applications import SqlApplications
from bmis.passes.records.parts import PHOTO, WHO, SqlPassParts
from bmis.passes.records.passes import SqlBorderPasses
from bmis.passes.records.people import SqlPassPeople
from bmis.passes.schemes import Scheme, scheme
from bmis.passes.taking import Taken, take
from bmis.store.canonical import canonical
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork


@dataclass(frozen=True, slots=True)
class Applied:
    """An application and what the rules say of it, answers in the order in which an officer reads them."""

    application: Application
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class ApplyPass:
    """Keeps an application. The same request is the same application, always."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, request: PassRequest, by: Actor) -> Applied:
        """Return the application as kept.

        Raises:
            NotAllowedError: the role takes no applications. SchemeUnknownError: passes of it are not given out here.
            ApplicationFieldError: too many attestations, more photos of children than children, or a day of birth that
                cannot be.
            ApplicationConflictError: the same request was kept with another content.
            PerhapsSamePersonError: somebody like this is known, and nobody said whether it is the same person.
            SignedForOtherPersonError: who it is said to be is not among those.
            OnePassOnlyError: the person has a pass or an application of the scheme.
        """
        require(by, Permission.CAPTURE_PASSES)
        at = self.now()
        day = local(at).date()
        rules = scheme(request.scheme, day)
        if not rules.gives_out:
            raise SchemeUnknownError(scheme=rules.code)
        who = with_issuer(request.who, rules)
        require_born(who, day)
        if len(who.attestations) > MOST_ATTESTATIONS:
            raise ApplicationFieldError(field="attestation")
        if len(request.dependant_photos) > len(who.dependants):
            raise ApplicationFieldError(field="dependants.photo")
        purpose = rules.purpose(request.purpose)
        code = None if purpose is None else purpose.code
        with self.open_unit() as unit:
            kept = SqlApplications(unit).by_request(request.request_id)
            if kept is not None:
                _require_same(unit, kept, request, who, code, rules)
                earlier = earlier_decisions(unit, kept.person_id)
                return Applied(kept, judge(rules, Asked(who, code, request.photo is not None, day, earlier)))
            person_id = _person(unit, request, who.person, self.now)
            require_free(unit, person_id, rules, self.now)
            taken = Taken(request.request_id, who, code, request.photo, request.dependant_photos)
            refused = {"not_same_as": sorted(str(one) for one in request.not_same_as)}
            found, answers = take(unit, self.home, rules, taken, person_id, by.name, at, refused)
            unit.commit()
        return Applied(found, answers)


@dataclass(frozen=True, slots=True)
class FindHolder:
    """Looks whether somebody is known, before anything is typed twice."""

    open_read: OpenUnit

    def __call__(self, person: Applicant, by: Actor) -> tuple[Alike, ...]:
        """Return who it may be, the surest first.

        Raises:
            NotAllowedError: the role takes no applications.
        """
        require(by, Permission.CAPTURE_PASSES)
        with self.open_read() as unit:
            return tuple(_told(unit, known, why) for known, why in alike(person, SqlPassPeople(unit).near(person)))


def with_issuer(who: Who, rules: Scheme) -> Who:
    """Return the same with the identity document's State: that of the scheme where the application does not say."""
    person = who.person
    if person.id_number is None or person.id_state is not None:
        return who
    return replace(who, person=replace(person, id_state=rules.issuer))


def require_free(unit: UnitOfWork, person_id: UUID, rules: Scheme, now: Clock) -> None:
    """Return only if the person has neither a pass of the scheme, nor a suspended one lost, nor an application.

    Raises:
        OnePassOnlyError: it names what there is.
    """
    waiting = SqlApplications(unit).under_way(person_id, rules.code)
    if waiting is not None:
        raise OnePassOnlyError(held="application", number=waiting.number)
    at = now()
    for one in SqlBorderPasses(unit).of_person(person_id, rules.code):
        if one.state_at(at, local(at).date()) in HELD or is_kept_back(unit, one, at):
            raise OnePassOnlyError(held="pass", number=one.number)


def _person(unit: UnitOfWork, request: PassRequest, person: Applicant, now: Clock) -> UUID:
    """Return who applies: known, or new."""
    people = SqlPassPeople(unit)
    found = alike(person, people.near(person))
    by_document = next((known for known, why in found if why == "id_number"), None)
    chosen = request.same_person
    if chosen is not None:
        if chosen not in {known.id for known, _ in found}:
            raise SignedForOtherPersonError(chosen)
        if by_document is not None and by_document.id != chosen:
            raise PerhapsSamePersonError([_told(unit, known, why) for known, why in found])
        people.learn(chosen, person)
        return chosen
    if by_document is not None:
        if contradicts(person, by_document):  # the document of somebody else, or a number typed wrong
            raise PerhapsSamePersonError([_told(unit, known, why) for known, why in found])
        people.learn(by_document.id, person)
        return by_document.id
    open_ = [(known, why) for known, why in found if known.id not in request.not_same_as]
    if open_:
        raise PerhapsSamePersonError([_told(unit, known, why) for known, why in open_])
    new = new_id(now())
    people.add(new, person)
    return new


def _told(unit: UnitOfWork, known: KnownPerson, why: str) -> Alike:
    passes = tuple(one.number for one in SqlBorderPasses(unit).of_person(known.id))
    applications = tuple(one.number for one in SqlApplications(unit).of_person(known.id))
    return Alike(known.id, why, passes, applications)


def _require_same(
    unit: UnitOfWork, kept: Application, request: PassRequest, who: Who, purpose: str | None, rules: Scheme
) -> None:
    parts = SqlPassParts(unit)
    first = parts.of_owner(kept.id, WHO)
    if first is None:
        raise HolderForgottenError
    photo = parts.of_owner(kept.id, PHOTO)
    same = (first, photo, kept.scheme, kept.counted.purpose)
    jpeg = None if request.photo is None else request.photo.jpeg
    if same != (canonical(who.payload()).encode(), jpeg, rules.code, purpose):
        raise ApplicationConflictError
