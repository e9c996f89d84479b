"""Looking at passes and applications. Names are shown one at a time; lists hold none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.passes.appeals import waits
from bmis.passes.applicant import PassPhoto, Who
from bmis.passes.at_crossing import Use
from bmis.passes.border_pass import Application, BorderPass
from bmis.passes.carry_uses import heard_uses
from bmis.passes.errors import HolderForgottenError, NotForgettableError
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import ENDED, UNDER_WAY, ApplicationState, PassKind, PassState
from bmis.passes.produce_pass import seal_of
from bmis.passes.records.applications import SqlApplications
from bmis.passes.records.keeping import events_of, keep_event
from bmis.passes.records.parts import CONSENT, NOTE, SqlPassParts
from bmis.passes.records.passes import SqlBorderPasses
from bmis.passes.records.people import SqlPassPeople
from bmis.passes.records.uses import SqlPassUses
from bmis.passes.schemes import SchemeKind, schemes
from bmis.passes.serials import parse_serial, printed
from bmis.passes.taking import children_of, photo_of, reason_of, who_of
from bmis.receipts.errors import SecondSignatureError
from bmis.receipts.money import Money
from bmis.receipts.receipt import ReceiptState
from bmis.receipts.records import SqlReceipts
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.unit import OpenUnit, UnitOfWork

FORGET = "pass.forget"
"""The action that a second person signs; the subject is the person."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the words that were written with it; None where there are none, or they were erased. Of a
    hand-over: the name of who agreed that children travel."""

    event: PassEvent
    said: str | None


@dataclass(frozen=True, slots=True)
class ShownApplication:
    """Everything of an application. ``who`` None: the person was forgotten."""

    application: Application
    who: Who | None
    photo: PassPhoto | None
    children: tuple[PassPhoto | None, ...]
    history: tuple[Told, ...]

    def __repr__(self) -> str:
        return f"ShownApplication({self.application.id})"


@dataclass(frozen=True, slots=True)
class ShownPass:
    """Everything of a pass. ``state`` is what it is now, time included; ``seal`` None: the person was forgotten.

    ``uses`` are recorded here; ``heard`` are those that other desks' files tell of, each with its desk.
    """

    border_pass: BorderPass
    state: PassState
    who: Who | None
    photo: PassPhoto | None
    children: tuple[PassPhoto | None, ...]
    seal: str | None
    history: tuple[Told, ...]
    uses: tuple[Use, ...]
    paid: Money | None = None  # what its receipt says; None: none was given yet
    heard: tuple[Use, ...] = ()

    def __repr__(self) -> str:
        return f"ShownPass({self.border_pass.id})"


@dataclass(frozen=True, slots=True)
class ShowApplication:
    """Looks at one application."""

    open_read: OpenUnit

    def __call__(self, which: UUID | str, by: Actor) -> ShownApplication:
        """Return it whole.

        Raises:
            NotAllowedError: the role reads no passes. ApplicationUnknownError: there is none.
        """
        require(by, Permission.READ_PASSES)
        with self.open_read() as unit:
            found = SqlApplications(unit).get(which)
            who = _who(unit, found.id)
            children = children_of(unit, found.id, 0 if who is None else len(who.dependants))
            return ShownApplication(found, who, photo_of(unit, found.id), children, _history(unit, found.id))

    def listed(
        self, by: Actor, states: Collection[ApplicationState] | None = None, limit: int = 100
    ) -> tuple[Application, ...]:
        """Return the newest first; ``states`` None: any. Raises NotAllowedError."""
        require(by, Permission.READ_PASSES)
        with self.open_read() as unit:
            return SqlApplications(unit).listed(states, limit)


@dataclass(frozen=True, slots=True)
class ShowPass:
    """Looks at one pass."""

    open_read: OpenUnit
    now: Clock

    def __call__(self, untrusted_serial: str, by: Actor) -> ShownPass:
        """Return it whole.

        Raises:
            NotAllowedError: the role reads no passes. PassUnknownError: there is none of that serial here.
        """
        require(by, Permission.READ_PASSES)
        at = self.now()
        with self.open_read() as unit:
            one = SqlBorderPasses(unit).by_serial(parse_serial(untrusted_serial))
            who = _who(unit, one.application_id)
            seal = None if who is None else seal_of(unit, one)
            return ShownPass(
                border_pass=one,
                state=one.state_at(at, local(at).date()),
                who=who,
                photo=photo_of(unit, one.application_id),
                children=children_of(unit, one.application_id, 0 if who is None else len(who.dependants)),
                seal=seal,
                history=_history(unit, one.id),
                uses=SqlPassUses(unit).of_serial(one.scheme, one.number),
                paid=_paid(unit, one),
                heard=heard_uses(unit, one.scheme, one.number),
            )

    def listed(
        self, by: Actor, state: PassState | None = None, limit: int = 100
    ) -> tuple[tuple[BorderPass, PassState], ...]:
        """Return the newest first, each with what it is now; ``state``: only those. Raises NotAllowedError."""
        require(by, Permission.READ_PASSES)
        at = self.now()
        day = local(at).date()
        with self.open_read() as unit:
            # what time ended still stands as held in the index: look at those too
            stored = None if state is None else {state, PassState.ACTIVE, PassState.SUSPENDED}
            found = SqlBorderPasses(unit).listed(stored, 1_000_000 if state else limit)
        now = [(one, one.state_at(at, day)) for one in found]
        return tuple(pair for pair in now if state in (None, pair[1]))[:limit]


@dataclass(frozen=True, slots=True)
class UsesOfSerial:
    """Looks where a pass of ours was used, as far as this desk knows."""

    open_read: OpenUnit
    now: Clock

    def __call__(self, serial: int) -> tuple[Use, ...]:
        """Return its uses, the newest first: those of this desk, and of others whose files it took."""
        codes = [one.code for one in schemes(local(self.now()).date()) if one.kind is SchemeKind.ISSUED]
        with self.open_read() as unit:
            uses = [one for code in codes for one in SqlPassUses(unit).of_serial(code, printed(serial))]
            uses += [one for code in codes for one in heard_uses(unit, code, printed(serial))]
        return tuple(sorted(uses, key=lambda one: (one.at, one.id), reverse=True))


@dataclass(frozen=True, slots=True)
class WithdrawnSerials:
    """Answers which of this desk's serials are good no more: for the bit list of revoked seals."""

    open_read: OpenUnit

    def __call__(self) -> tuple[int, ...]:
        """Return them in order: suspended, revoked, lost, stolen, damaged, given back, followed by another, spoiled."""
        with self.open_read() as unit:
            return SqlBorderPasses(unit).withdrawn()


@dataclass(frozen=True, slots=True)
class ForgetHolder:
    """Erases who somebody was, with photos, seals and words; what is counted stays. Two people, for there is no way
    back."""

    open_unit: OpenUnit
    now: Clock
    keep_for: timedelta

    def __call__(self, person_id: UUID, reason: str, by: Actor, approval: Approval | None = None) -> int:
        """Return how many parts were erased.

        Raises:
            NotAllowedError, PassReasonError: what they say.
            HolderForgottenError: there is no such person any more.
            NotForgettableError: a pass, an application or an appeal is under way, or the last one ended too short ago.
            SecondSignatureError: nobody signed. ApprovalMismatchError: it was signed for something else.
        """
        require(by, Permission.FORGET_HOLDER)
        said = reason_of(reason)
        with self.open_unit() as unit:
            people, at = SqlPassPeople(unit), self.now()
            if people.find(person_id) is None:
                raise HolderForgottenError
            last = local(at - self.keep_for).date()
            going = [one for one in SqlApplications(unit).of_person(person_id) if one.state in UNDER_WAY]
            held = [
                one
                for one in SqlBorderPasses(unit).of_person(person_id)
                if one.state not in ENDED or one.validity.last > last
            ]
            subjects = [one.id for one in SqlApplications(unit).of_person(person_id)]
            subjects += [one.id for one in SqlBorderPasses(unit).of_person(person_id)]
            if going or held or any(waits(events_of(unit, one)) for one in subjects):
                raise NotForgettableError
            if approval is None or approval.second is None:
                raise SecondSignatureError(FORGET, person_id)
            record_approval(unit, approval.covering(FORGET, person_id, by.name), at)
            people.forget(person_id)
            count = SqlPassParts(unit).erase(person_id)
            facts = {"reason": said, "parts_erased": count, "second": approval.second}
            keep_event(unit, PassEvent(new_id(at), PassKind.FORGOTTEN, by.name, person_id, facts))
            unit.commit()
        return count


def _who(unit: UnitOfWork, application_id: UUID) -> Who | None:
    try:
        return who_of(unit, application_id)
    except HolderForgottenError:
        return None


def _history(unit: UnitOfWork, subject: UUID) -> tuple[Told, ...]:
    parts = SqlPassParts(unit)
    found = []
    for event in events_of(unit, subject):
        words = parts.of_owner(event.id, CONSENT if event.kind is PassKind.HANDED_OVER else NOTE)
        found.append(Told(event, None if words is None else words.decode()))
    return tuple(found)


def _paid(unit: UnitOfWork, one: BorderPass) -> Money | None:
    """Return what the receipt that it was handed over with says; before that, the one that stands."""
    given = SqlReceipts(unit).of_subject(one.application_id)
    fits = [each for each in given if each.number == one.receipt]
    if one.receipt is None:
        fits = [each for each in given if each.state is ReceiptState.STANDING]
    return fits[-1].paid if fits else None
