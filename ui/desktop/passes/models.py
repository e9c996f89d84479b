"""The queue of applications, the list of passes, the figures and the till: each asks, and says what came of it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.passes.appeals import AppealForm
from bmis.passes.applicant import Attestation, PassPhoto
from bmis.passes.hand_over_pass import Consent
from bmis.passes.lifecycle import UNDER_WAY, ApplicationState, PassState
from bmis.passes.print_pass import PassForm
from bmis.receipts.money import Currency
from bmis.trust.heard import CarriedLog
from ui.desktop.papers import save_paper
from ui.desktop.passes.errors import entry_number
from ui.desktop.passes.parts import Abilities, PassParts
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.runner import Runner


class PassModel(StoreModel):
    """``done`` carries a code of what was done and its result."""

    done = Signal(str, object)

    def __init__(self, parts: PassParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts = parts

    def act(self, code: str, job: Callable[[], object], failed: Failed | None = None) -> None:
        """Do something; ``done`` says it."""
        self.ask(job, lambda result: self.done.emit(code, result), failed)

    def print_pass(self, serial: str, form: PassForm) -> None:
        """Print a pass."""
        self.act("printed", lambda: self.parts.print_pass(serial, form))

    def pass_file(self, serial: str, form: PassForm) -> None:
        """Make the paper for a file."""
        self.act(f"file.{form.value}", lambda: self.parts.pass_file(serial, form))

    def forget(self, person: UUID, reason: str, second: tuple[str, str], failed: Failed) -> None:
        """Erase who somebody was."""
        self.act("forgotten", lambda: self.parts.forget(person, reason, second), failed)

    def print_paper(self, content: bytes, title: str) -> None:
        """Print a notice or a receipt."""
        self.act("printed", lambda: self.parts.print_paper(content, title))


class ShownModel(PassModel):
    """A page that shows one thing: ``refresh`` asks for it, ``shown`` carries it."""

    shown = Signal(object)

    def refresh(self) -> None:
        """Look again."""
        raise NotImplementedError


class QueueModel(PassModel):
    """Signals: ``listed`` applications, ``shown`` a Case or None, ``pictured`` a CardPicture or None."""

    listed = Signal(object)
    shown = Signal(object)
    pictured = Signal(object)
    states: frozenset[ApplicationState] = UNDER_WAY

    def refresh(self) -> None:
        """Look again."""
        states = self.states
        self.ask(lambda: self.parts.applications(states), self.listed.emit)

    def show(self, number: str) -> None:
        """Show one."""
        self.ask(lambda: self.parts.case(number), self.shown.emit)

    def picture(self, serial: str) -> None:
        """Show the card of a pass that is made."""
        self.ask(lambda: self.parts.card(serial), self.pictured.emit)

    def approve(self, number: str, accepted: frozenset[str], reason: str, failed: Failed) -> None:
        """Approve."""
        self.act("approved", lambda: self.parts.approve(number, accepted, reason), failed)

    def reject(self, number: str, ground: str, reason: str, failed: Failed) -> None:
        """Reject."""
        self.act("rejected", lambda: self.parts.reject(number, ground, reason), failed)

    def withdraw(self, number: str, reason: str, failed: Failed) -> None:
        """Note that it is taken back."""
        self.act("withdrawn", lambda: self.parts.withdraw(number, reason), failed)

    def registry_slip(self, number: str) -> None:
        """Make what the applicant takes to civil registration."""
        self.act("registry", lambda: self.parts.registry_slip(number))

    def attest(self, number: str, attestation: Attestation, failed: Failed) -> None:
        """Add an attestation."""
        self.act("attested", lambda: self.parts.attest(number, attestation), failed)

    def add_photo(self, number: str, jpeg: bytes) -> None:
        """Add the photo."""
        self.act("photographed", lambda: self.parts.add_photo(number, PassPhoto(jpeg)))

    def add_child_photo(self, number: str, child: int, jpeg: bytes) -> None:
        """Add the photo of a child."""
        self.act("photographed", lambda: self.parts.add_photo(number, PassPhoto(jpeg), child))

    def charge(self, number: str, paid: str, exemption: str, reason: str, failed: Failed) -> None:
        """Take the fee."""
        self.act("charged", lambda: self.parts.charge(number, paid, exemption, reason), failed)

    def produce(self, number: str) -> None:
        """Make the pass."""
        self.act("produced", lambda: self.parts.produce(number))

    def hand_over(self, number: str, consent: Callable[[], Consent], receipt: str, failed: Failed) -> None:
        """Give it out; ``consent`` raises where it is none."""
        self.act("handed_over", lambda: self.parts.hand_over(number, consent(), receipt), failed)

    def spoil(self, serial: str, reason: str, failed: Failed) -> None:
        """Note that it came out wrong."""
        self.act("spoiled", lambda: self._spoiled(serial, reason), failed)

    def _spoiled(self, serial: str, reason: str) -> str:
        self.parts.spoil(serial, reason)
        return serial

    def receipt(self, number: str) -> None:
        """Make the paper of a receipt and print it."""
        self.act("printed", lambda: self.parts.print_paper(self.parts.receipt_pdf(number, again=False), number))


class PassesModel(PassModel):
    """Signals: ``listed`` pairs of pass and state, ``shown`` a ShownPass or None, ``pictured`` a CardPicture."""

    listed = Signal(object)
    shown = Signal(object)
    pictured = Signal(object)

    def refresh(self, state: PassState | None) -> None:
        """Look again."""
        self.ask(lambda: self.parts.passes(state), self.listed.emit)

    def show(self, serial: str) -> None:
        """Show one, with its card where it has one."""
        self.ask(lambda: self.parts.show(serial), self.shown.emit)

    def picture(self, serial: str) -> None:
        """Show its card."""
        self.ask(lambda: self.parts.card(serial), self.pictured.emit)

    def settle(self) -> None:
        """Write down which passes and suspensions ran out."""
        self.act("settled", self.parts.settle)

    def change(self, serial: str, act: str, answers: Mapping[str, str], failed: Failed) -> None:
        """Suspend, reinstate, revoke, report."""
        self.act(act, lambda: self.parts.change(serial, act, answers), failed)

    def again(self, serial: str, act: str, reason: str, failed: Failed) -> None:
        """Take an application to renew or replace."""
        self.act(act, lambda: self.parts.again(serial, act, reason), failed)


class AppealsModel(PassModel):
    """Signals: ``listed`` cases, ``shown`` an AppealShown."""

    listed = Signal(object)
    shown = Signal(object)

    @property
    def can(self) -> Abilities:
        """What the person may do."""
        return self.parts.can

    def local_day(self) -> date:
        """Return the day at the post."""
        return self.parts.local_day()

    def refresh(self) -> None:
        """Look again."""
        self.ask(self.parts.appeals.listed, self.listed.emit)

    def show(self, number: str) -> None:
        """Show one."""
        self.ask(lambda: self.parts.appeals.shown(number), self.shown.emit)

    def lodge(self, number: str, words: str, form: AppealForm, on: date, failed: Failed) -> None:
        """Record an appeal."""
        self.act("lodged", lambda: self.parts.appeals.lodge(number, words, form, on), failed)

    def decide(self, number: str, upheld: bool, reason: str, second: tuple[str, str], failed: Failed) -> None:
        """Decide it."""
        self.act("decided", lambda: self.parts.appeals.decide(number, upheld, reason, second), failed)

    def notice(self, number: str) -> None:
        """Make the notice again."""
        self.act("notice", lambda: self.parts.appeals.notice(number))


class NumbersModel(ShownModel):
    """Signals: ``shown`` a NumbersShown."""

    def refresh(self) -> None:
        """Look again."""
        self.ask(self.parts.numbers.shown, self.shown.emit)

    def allocate(self, first: str, last: str, place: str, failed: Failed) -> None:
        """Enter a range."""
        self.act("allocated", lambda: self.parts.numbers.allocate(first, last, place), failed)

    def spoil(self, serial: str, reason: str, failed: Failed) -> None:
        """Note a blank that was spoiled."""
        self.act("spoiled", lambda: self.parts.spoil(serial, reason), failed)


class CarriedModel(ShownModel):
    """Signals: ``shown`` a CarriedShown."""

    def refresh(self) -> None:
        """Look again."""
        self.ask(self.parts.carried.shown, self.shown.emit)

    def take(self, path: Path, failed: Failed) -> None:
        """Take a file of another desk."""
        self.act("taken", lambda: self.parts.carried.take(path), failed)

    def write(self, kind: str, path: Callable[[], Path], after: str, failed: Failed) -> None:
        """Write this desk's file; ``path`` raises where it is none."""

        def job() -> CarriedLog:
            given = self.parts.carried.give(kind, entry_number(after))
            save_paper(path(), given.file)
            return given

        self.act("written", job, failed)


class FiguresModel(PassModel):
    """Signals: ``counted`` a PassStatistics."""

    counted = Signal(object)

    def count(self, first: date, last: date, public: bool) -> None:
        """Count those days."""
        self.ask(lambda: self.parts.statistics(first, last, public), self.counted.emit)


class TillModel(ShownModel):
    """Signals: ``shown`` a Money."""

    def refresh(self) -> None:
        """Look again."""
        self.ask(self.parts.money, self.shown.emit)

    def close_till(self, counted: Callable[[], Mapping[Currency, Decimal]], said: str, failed: Failed) -> None:
        """Close the till; ``counted`` raises where an amount is none."""
        self.act("till", lambda: self.parts.close_till(counted(), said), failed)

    def cancel(self, number: str, reason: str, second: tuple[str, str], failed: Failed) -> None:
        """Cancel a receipt."""
        self.act("cancelled", lambda: self.parts.cancel_receipt(number, reason, second), failed)

    def enter_rate(self, currency: str, metical: str, source: str, on: date, failed: Failed) -> None:
        """Enter the rate of a day."""
        self.act("rate", lambda: self.parts.numbers.enter_rate(currency, metical, source, on), failed)

    def copy(self, number: str) -> None:
        """Print a further copy."""
        self.act("printed", lambda: self.parts.print_paper(self.parts.receipt_pdf(number, again=True), number))
