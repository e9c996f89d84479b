"""Taking the fee of a pass: before it is handed over, with the receipt that names its application."""

from dataclasses import dataclass
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.passes.errors import ApplicationStateError
from bmis.passes.hand_over_pass import charge_of
from bmis.passes.lifecycle import UNDER_WAY
from bmis.passes.records.applications import SqlApplications
from bmis.passes.schemes import scheme
from bmis.receipts.errors import ExemptionError, ReceiptGivenError
from bmis.receipts.give_receipt import GiveReceipt
from bmis.receipts.money import Money
from bmis.receipts.receipt import Charge, Exemption, Receipt, ReceiptState
from bmis.receipts.records import SqlReceipts
from bmis.store.unit import OpenUnit


@dataclass(frozen=True, slots=True)
class ChargePass:
    """Gives the receipt of an application: what the scheme's tariff says, or the exemption with its reason."""

    open_unit: OpenUnit
    give_receipt: GiveReceipt
    now: Clock

    def __call__(
        self, which: UUID | str, by: Actor, *, paid: Money | None = None, exemption: Exemption | None = None
    ) -> Receipt:
        """Return the receipt. ``paid`` None: what the tariff says, in its own currency.

        Raises:
            NotAllowedError, ApplicationUnknownError: what they say. ApplicationStateError: it is over.
            ReceiptGivenError: it was charged before, and that receipt was not cancelled.
            ExemptionError: a reason that the scheme does not have.
            PaidDiffersError, RateMissingError: see ``GiveReceipt``.
        """
        require(by, Permission.TAKE_FEE)
        with self.open_unit() as unit:
            found = SqlApplications(unit).get(which)
            if found.state not in UNDER_WAY:
                raise ApplicationStateError(application_state=found.state.value)
            rules = scheme(found.scheme, local(unit.judged_at(self.now())).date())
            for given in SqlReceipts(unit).of_subject(found.id):
                if given.state is ReceiptState.STANDING and given.charge.code == rules.charge_code:
                    raise ReceiptGivenError(number=given.number)
            if exemption is not None and exemption.code not in {one.code for one in rules.exemptions}:
                raise ExemptionError
            receipt = self.give_receipt.within(unit, charge_of(found, rules), by, paid=paid, exemption=exemption)
            unit.commit()
        return receipt

    def due(self, which: UUID | str, by: Actor) -> Charge:
        """Return what is to be charged. Raises NotAllowedError, ApplicationUnknownError."""
        require(by, Permission.TAKE_FEE)
        with self.open_unit() as unit:
            found = SqlApplications(unit).get(which)
            return charge_of(found, scheme(found.scheme, local(unit.judged_at(self.now())).date()))
