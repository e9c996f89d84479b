"""Handing a pass over: the right person, the fee with its receipt, the conditions read out, consent."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.passes.applicant import LONGEST_NAME
from bmis.passes.border_pass import Application, BorderPass, Origin
from bmis.passes.errors import (
    ChildConsentError,
    ConsentMissingError,
    FeeNotPaidError,
    OnePassOnlyError,
    PassStateError,
    ReceiptForOtherError,
)
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import PassKind, PassState, application_after, pass_after
from bmis.passes.moving import Step, is_kept_back, moved, settled
from bmis.passes.records.applications import SqlApplications
from bmis.passes.records.keeping import keep_event
from bmis.passes.records.parts import CONSENT, NewPart, SqlPassParts, digests
from bmis.passes.records.passes import SqlBorderPasses
from bmis.passes.schemes import Scheme, scheme
from bmis.passes.taking import who_of
from bmis.receipts.give_receipt import GiveReceipt, known
from bmis.receipts.receipt import Charge, Receipt, ReceiptState
from bmis.receipts.records import SqlReceipts
from bmis.store.errors import ClockSetBackError
from bmis.store.unit import OpenUnit, UnitOfWork

_LANGUAGE = re.compile(r"[a-z]{2,3}")


class ConsentForm(StrEnum):
    """How the holder agreed."""

    SIGNED = "signed"
    THUMB = "thumb"
    SPOKEN = "spoken"


class ChildRelation(StrEnum):
    """Who agrees that a child travels on the pass."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
    HOLDER_ALONE = "holder_alone"  # nobody else decides for the child


class ChildEvidence(StrEnum):
    """How the agreement is shown."""

    PAPER = "paper"
    WORD = "word"  # spoken before the officer


@dataclass(frozen=True, slots=True)
class ChildConsent:
    """Who agreed that the children travel on the pass. ``name`` can be erased; the rest are codes and a day.

    Raises:
        ChildConsentError: nobody is named, or that the holder decides alone stands on no paper.
    """

    name: str = field(repr=False)
    relation: ChildRelation
    evidence: ChildEvidence
    on: date

    def __post_init__(self) -> None:
        alone = self.relation is ChildRelation.HOLDER_ALONE
        if not 2 <= len(self.name.strip()) <= LONGEST_NAME or (alone and self.evidence is not ChildEvidence.PAPER):
            raise ChildConsentError


@dataclass(frozen=True, slots=True)
class Consent:
    """What the officer says of the hand-over. ``read_in``: the language (ISO 639) in which the conditions were read.

    ``for_children``: needed where a child travels on the pass, or holds it.

    Raises:
        ConsentMissingError: not agreed, not looked at, or not read out.
    """

    form: ConsentForm
    read_in: str
    identity_checked: bool
    agreed: bool
    for_children: ChildConsent | None = None

    def __post_init__(self) -> None:
        if not (self.agreed and self.identity_checked) or not _LANGUAGE.fullmatch(self.read_in):
            raise ConsentMissingError


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The pass in its holder's hand, with the receipt. ``earlier``: the pass that ended with it."""

    border_pass: BorderPass
    receipt: Receipt
    earlier: BorderPass | None


@dataclass(frozen=True, slots=True)
class HandOverPass:
    """Makes the pass active. What it replaces or renews ends in the same moment."""

    open_unit: OpenUnit
    give_receipt: GiveReceipt
    clock_is_set_back: Callable[[], bool]
    now: Clock

    def __call__(self, which: UUID | str, consent: Consent, by: Actor, receipt: str | None = None) -> HandedOver:
        """Return the active pass. ``receipt``: its number; where nothing is due one is given here, "taxa zero".

        Raises:
            NotAllowedError, ApplicationUnknownError, ReceiptUnknownError: what they say.
            ApplicationStateError: no pass is made for it. ClockSetBackError: nobody can say the days.
            FeeNotPaidError: a fee is due. ReceiptForOtherError: the receipt is for something else, or cancelled.
            OnePassOnlyError: the person got another pass of the scheme meanwhile.
            PassStateError: what it replaces is suspended, or was when it was lost.
            ChildConsentError: a child travels on the pass, and nobody is recorded who agreed by that day.
        """
        require(by, Permission.ISSUE_PASSES)
        if self.clock_is_set_back():
            raise ClockSetBackError
        with self.open_unit() as unit:
            applications, passes = SqlApplications(unit), SqlBorderPasses(unit)
            found = applications.get(which)
            state = application_after(found.state, PassKind.HANDED_OVER)
            one = passes.of_application(found.id)
            assert one is not None  # the application is produced: its events made the pass
            at = self.now()
            rules = scheme(found.scheme, local(at).date())
            said = _for_children(unit, found, rules, consent, local(at).date())
            paid = self._receipt(unit, found, rules, by, receipt)
            earlier = self._end_earlier(unit, found, one, by)
            after = replace(
                one, state=pass_after(one.state, PassKind.HANDED_OVER), receipt=paid.number, handed_over_at=at
            )
            passes.change(after)
            applications.change(replace(found, state=state))
            facts = {
                "application": str(found.id),
                "serial": one.serial,
                "person": str(one.person_id),
                "receipt": paid.number,
                "consent": {"form": consent.form.value, "read_in": consent.read_in},
            }
            event_id = new_id(at)
            if said is not None:
                parts = [NewPart.of(CONSENT, said.name.strip().encode())]
                SqlPassParts(unit).add(event_id, one.id, one.person_id, parts)
                facts |= {"children": _codes(said), "parts": digests(parts)}
            keep_event(unit, PassEvent(event_id, PassKind.HANDED_OVER, by.name, one.id, facts))
            unit.commit()
        return HandedOver(after, paid, earlier)

    def _receipt(self, unit: UnitOfWork, found: Application, rules: Scheme, by: Actor, number: str | None) -> Receipt:
        receipts = SqlReceipts(unit)
        if number is not None:
            there = known(receipts, number)
            fits = there.charge.subject == found.id and there.charge.code == rules.charge_code
            if not fits or there.state is not ReceiptState.STANDING:
                raise ReceiptForOtherError
            return there
        given = [one for one in receipts.of_subject(found.id) if one.state is ReceiptState.STANDING]
        if given:
            return given[-1]
        if not rules.fee.is_zero:
            raise FeeNotPaidError(due=str(rules.fee))
        return self.give_receipt.within(unit, charge_of(found, rules), by)

    def _end_earlier(self, unit: UnitOfWork, found: Application, new: BorderPass, by: Actor) -> BorderPass | None:
        passes, at = SqlBorderPasses(unit), self.now()
        ended: BorderPass | None = None
        if found.earlier_pass_id is not None:
            kind = PassKind.RENEWED if found.origin is Origin.RENEWAL else PassKind.REPLACED
            earlier = settled(unit, passes.get(found.earlier_pass_id), by.name, at)
            if is_kept_back(unit, earlier, at):
                raise PassStateError(pass_state=PassState.SUSPENDED.value)
            if earlier.state is PassState.EXPIRED and kind is PassKind.REPLACED:
                kind = PassKind.RENEWED  # it ran out while its replacement was being made
            ended = moved(unit, earlier, Step(kind, {"by": new.serial}), by.name, at)
        held = passes.held_by(found.person_id, found.scheme)
        if held is not None:
            held = settled(unit, held, by.name, at)
            if held.state is not PassState.EXPIRED:
                raise OnePassOnlyError(held="pass", number=held.number)
        return ended


def _for_children(
    unit: UnitOfWork, found: Application, rules: Scheme, consent: Consent, day: date
) -> ChildConsent | None:
    """Return what is to be recorded; None where no child is on the pass or holds it. Raises ChildConsentError."""
    who = who_of(unit, found.id)
    of_age = rules.dependant_under_years
    if not who.dependants and who.person.birth_date.age_on(day)[1] >= of_age:
        return None
    if consent.for_children is None or consent.for_children.on > day:
        raise ChildConsentError
    return consent.for_children


def _codes(said: ChildConsent) -> dict[str, str]:
    return {"relation": said.relation.value, "evidence": said.evidence.value, "on": said.on.isoformat()}


def charge_of(found: Application, rules: Scheme) -> Charge:
    """Return what is charged for the pass of an application."""
    return Charge(rules.charge_code, rules.fee, found.id, rules.fee_reference)
