"""Printing a pass: the right to, and the record that it was. A copy that nobody counted is a pass that nobody gave."""

from dataclasses import dataclass
from enum import StrEnum

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.passes.border_pass import BorderPass
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import PassKind, PassState
from bmis.passes.moving import settled
from bmis.passes.print_errors import PassNotPrintableError
from bmis.passes.records.keeping import events_of, keep_event
from bmis.passes.records.passes import SqlBorderPasses
from bmis.passes.serials import parse_serial
from bmis.store.unit import OpenUnit

PRINTABLE = frozenset({PassState.PRODUCED, PassState.ACTIVE})


class PassForm(StrEnum):
    """What a pass is printed as; every form bears the same seal, the slip none."""

    CARD = "cr80"
    SHEET = "a6"
    CODE = "qr"
    SLIP = "slip"


@dataclass(frozen=True, slots=True)
class PrintPass:
    """Lets a pass be printed, and keeps that it was. Call it after the paper was made, before it leaves."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_serial: str, form: PassForm, by: Actor) -> tuple[BorderPass, int]:
        """Return the pass and which copy of this form it is, from 1.

        Raises:
            NotAllowedError: the role issues no passes. PassUnknownError: there is none of that serial here.
            PassNotPrintableError: it is suspended, or has ended.
        """
        require(by, Permission.ISSUE_PASSES)
        with self.open_unit() as unit:
            at = self.now()
            one = settled(unit, SqlBorderPasses(unit).by_serial(parse_serial(untrusted_serial)), by.name, at)
            if one.state not in PRINTABLE:
                raise PassNotPrintableError(pass_state=one.state.value)
            before = [event for event in events_of(unit, one.id) if event.kind is PassKind.PRINTED]
            copy = 1 + sum(event.facts.get("form") == form.value for event in before)
            facts = {"serial": one.serial, "person": str(one.person_id), "form": form.value, "copy": copy}
            keep_event(unit, PassEvent(new_id(at), PassKind.PRINTED, by.name, one.id, facts))
            unit.commit()
        return one, copy
