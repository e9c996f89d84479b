"""Primary screening: one traveller after the other, judged while he is asked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from poe_health.codes import exposures, symptoms
from poe_health.rules.questions import MOST
from poe_health.screening.form import ScreeningForm
from poe_health.screening.outcome import Outcome
from poe_health.screening.record_screening import Kept
from poe_health.written import REFUSED
from ui.desktop.health_primary.answers import AnswersModel, Change
from ui.desktop.health_primary.errors import NothingToPrintError, TemperatureMissingError
from ui.desktop.health_primary.half_done import entry_of, newest_of, part_of
from ui.desktop.health_primary.letters import letters_of
from ui.desktop.health_primary.parts import DeskDay, HealthPrimaryParts, LastKept
from ui.desktop.health_primary.traveller import (
    Traveller,
    asks_certificate,
    methods,
    questions_of,
    require_answered,
    require_temperature,
)
from ui.desktop.health_primary.voyage import CarriedVoyage
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner

KIND = "traveller"
PASSES = "PASS"


class PrimaryModel(AnswersModel):
    """Signals: ``day_known`` a DeskDay, ``changed`` the traveller, the voyage or what the rules say, ``stopped``
    (error, where: temperature, questions, person, note), ``person_needed`` that the result is not PASS, ``kept`` a
    LastKept, ``printed`` where to, ``voided`` a ScreeningView,
    ``sent_before`` who has it (Handed), ``let_go`` a LastKept of who had waited,
    ``restored`` that what was left half done is back."""

    day_known = Signal(object)
    changed = Signal()
    stopped = Signal(object, str)
    person_needed = Signal()
    kept = Signal(object)
    printed = Signal(str)
    voided = Signal(object)
    sent_before = Signal(object)
    let_go = Signal(object)
    restored = Signal()

    def __init__(
        self, parts: HealthPrimaryParts, runner: Runner, clock: Clock, direction: str | None, parent: QObject | None
    ) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self.day: DeskDay | None = None
        self.traveller = Traveller(new_id(clock()))
        self.voyage = CarriedVoyage(direction=direction)
        self.outcome: Outcome | None = None
        self.last: LastKept | None = None
        self.prints_at_once = False
        self.is_waiting = False  # a screening is on its way to the store
        self._usual_method: tuple[str | None, str | None] = (None, None)  # of first and of later readings
        self._without_temperature = False  # saving was asked for once without one
        self._held: list[Change] = []  # typed for the next one while this one is on the way to the store
        self._round = 0  # of questions to the rules: an answer to an older traveller is not shown
        self.autosave = AutoSave(parts, runner, self)
        self.autosave.failed.connect(self.noticed)

    # --- what is asked

    @property
    def questions(self) -> tuple[str, ...]:
        """The card of the day and what is asked beside it."""
        card = () if self.day is None else questions_of(self.day.card)
        return (*card, *self.traveller.extra)

    @property
    def letters(self) -> Mapping[str, str]:
        """The key of each question."""
        return letters_of(self.questions)

    @property
    def asks_certificate(self) -> bool:
        """Whether who comes by this voyage is asked for the yellow-fever certificate."""
        return self.day is not None and asks_certificate(self.voyage, self.day.day)

    @property
    def result(self) -> str | None:
        """What the screener chose, else what the rules propose, else nothing."""
        proposed = None if self.outcome is None else self.outcome.disposition
        return self.traveller.forced or proposed

    def refresh(self) -> None:
        """Ask what holds today: lists, counts, the newest records."""
        self.ask(self.parts.desk_day, self._on_day)

    def take_up(self, drafts: tuple[Draft, ...]) -> None:
        """Show what was left half done, unless somebody is being asked already."""
        mine = newest_of(drafts, KIND)
        if mine is None or self.traveller.is_begun:
            return
        try:
            traveller, voyage = part_of(mine, "traveller", Traveller), part_of(mine, "voyage", CarriedVoyage)
        except (KeyError, TypeError, ValueError):
            return  # of another version: the traveller is asked again
        self.traveller, self.voyage = traveller, voyage
        self.changed.emit()
        self.restored.emit()
        self._judge()

    def close(self) -> None:
        """Keep what is half done; deliver nothing any more."""
        self.autosave.now()
        self.stop()

    # --- answers

    def asked_none(self) -> None:
        """Asked, none: the card first, then what is asked beside it, and once more takes both back."""
        self.change(lambda one: one.asked_none(self._open_card(one) or self.questions))

    def cannot_say(self) -> None:
        """Asked, the traveller cannot say; the certificate is looked at, not told, so it stays open."""
        self.change(lambda one: one.cannot_say(self.questions))

    def type_digit(self, digit: str) -> None:
        """One digit of the temperature."""
        self.change(lambda one: one.typed(digit))
        self._say_temperature()

    def reading(self, celsius: float, device: str) -> None:
        """A thermometer's reading: it fills the field and keeps nothing."""
        self.change(lambda one: one.read_by(celsius, device))
        self._say_temperature()

    def take_again(self) -> None:
        """Keep this reading and make room for another."""
        if self.is_waiting or not self.traveller.digits:
            return
        try:
            self.take(replace(self.traveller.taken_again(self._clock()), method=self._usual_method[1]))
        except BmisError as error:
            self.stopped.emit(error, "temperature")

    def turn_method(self) -> None:
        """The next way to measure."""
        if self.is_waiting:
            return
        order = (None, *methods())
        method = order[(order.index(self.traveller.method) + 1) % len(order)]
        first, later = self._usual_method
        self._usual_method = (first, method) if self.traveller.readings else (method, later)
        self.take(replace(self.traveller, method=method))

    def turn_certificate(self) -> None:
        """The next answer on the yellow-fever certificate, where it is asked."""
        if self.asks_certificate:
            self.change(Traveller.certificate_turned)

    def set_person(self, name: str, text: str) -> None:
        """Take what was typed of who it is; the rules do not ask for it."""
        if self.is_waiting:
            return
        self.traveller = replace(self.traveller, person={**self.traveller.person, name: text})
        self.autosave.soon(self._entry)

    def scan(self, untrusted_text: str) -> None:
        """Take a card that was scanned or typed."""
        self.ask(lambda: self.parts.card_number(untrusted_text), self.set_card)

    def force(self, result: str, reason: str) -> None:
        """Choose another result than the proposal, with the reason."""
        self.change(lambda one: replace(one, forced=result, note=reason.strip()))
        self.save()

    def set_voyage(self, voyage: CarriedVoyage) -> None:
        """Take the voyage."""
        self.voyage = voyage
        self.autosave.soon(self._entry)
        self.changed.emit()
        self._judge()

    def clear_voyage(self) -> None:
        """Forget the voyage; the way the queue goes stays."""
        self.set_voyage(CarriedVoyage(direction=self.voyage.direction))

    def change(self, change: Change) -> None:
        """Change the traveller in front; while he is being kept, the change is for the next one."""
        if self.is_waiting:
            self._held.append(change)
        else:
            self.take(change(self.traveller))

    def take(self, traveller: Traveller) -> None:
        """Put this traveller in the place of the one shown; one that is no longer in front is not put back."""
        if self.is_waiting or traveller.request_id != self.traveller.request_id:
            return
        self.traveller = traveller
        self._without_temperature = False
        self.autosave.soon(self._entry)
        self.changed.emit()
        self._judge()

    def clear(self) -> None:
        """Begin another traveller; what was kept of this one is forgotten."""
        if self.is_waiting:
            return
        gone, begun = self.traveller.request_id, self.traveller.is_begun
        self._begin()
        if begun:
            self.ask(lambda: self.parts.forget_draft(gone), lambda _none: None)

    # --- keeping

    def save(self, *, at_once: bool = False) -> None:
        """Keep the screening; where the result is not PASS, who it is is asked first, unless ``at_once``."""
        if self.day is None or self.is_waiting:
            return
        try:
            require_temperature(self.traveller)
            measured = bool(self.traveller.digits or self.traveller.readings)
            if not (measured or self.traveller.refused or self._without_temperature):
                self._without_temperature = True
                raise TemperatureMissingError
        except BmisError as error:
            self.stopped.emit(error, "temperature")
            return
        try:
            require_answered(self.traveller, self._open_card(self.traveller), asks_certificate=self.asks_certificate)
            form = self.traveller.form(self.day.card, self.voyage, self.parts.local_day())
        except BmisError as error:
            self.stopped.emit(error, "questions")
            return
        self.is_waiting = True
        self.changed.emit()
        self._propose(form, lambda said: self._go_on(said, at_once), self._on_not_kept)

    def print_last(self) -> None:
        """Print the slip of the last token."""
        last = self.last
        if last is None or last.token is None:
            self.noticed.emit(NothingToPrintError())
            return
        token, number = last.token, last.number
        self.ask(lambda: self.parts.print_slip(token, number), self.printed.emit)

    def void(self, screening_id: UUID, reason: str, failed: Any) -> None:
        """Take a record out of every count."""

        def done(view: object) -> None:
            self.voided.emit(view)
            self.refresh()
            self.ask(lambda: self.parts.where_sent(screening_id), self.sent_before.emit)

        self.ask(lambda: self.parts.void(screening_id, reason), done, failed)

    def end_second_look(self, screening_id: UUID) -> None:
        """Let go on who waited; a card that alone was typed is the one that is handed out."""
        card = self.traveller.lone_card

        def done(kept: Kept) -> None:
            self.last = _last_of(kept, card)
            if card is not None and self.traveller.lone_card == card:
                self.set_card(None)
            self.let_go.emit(self.last)
            self.changed.emit()
            self._hand_out()

        self.ask(lambda: self.parts.end_second_look(screening_id, card), done)

    def _hand_out(self) -> None:
        """Print the slip, where each prints by itself and no card is handed out."""
        if self.prints_at_once and self.last is not None and self.last.token is not None and self.last.card is None:
            self.print_last()
        self.refresh()

    def _go_on(self, said: Outcome, at_once: bool) -> None:
        self.outcome = said
        passes = self.result == PASSES
        if not (passes or at_once):
            self._wait_no_more()
            self.changed.emit()
            self.person_needed.emit()
            return
        traveller, day = self.traveller, self.day
        assert day is not None  # ``save`` asked for it
        try:
            request = traveller.request(
                day.card, self.voyage, self.parts.local_day(), self.parts.post_code(), self._clock(), named=not passes
            )
        except BmisError as error:
            self._wait_no_more()
            self.stopped.emit(error, "person")
            return
        self.autosave.now()  # if the power goes in between, the traveller is there again

        def work() -> Kept:
            kept = self.parts.keep(request)
            self.parts.forget_draft(request.request_id)
            return kept

        self.ask(work, self._on_kept, self._on_not_kept)

    def _on_kept(self, kept: Kept) -> None:
        self.is_waiting = False
        self.last = _last_of(kept, self.traveller.card)
        held, self._held = self._held, []
        self._begin()
        self.kept.emit(self.last)
        for change in held:
            self.take(change(self.traveller))
        self._hand_out()

    def _on_not_kept(self, error: Exception) -> None:
        self._wait_no_more()
        self.changed.emit()
        self.stopped.emit(error, "person") if isinstance(error, REFUSED) else self.noticed.emit(error)

    def _wait_no_more(self) -> None:
        """The traveller stays in front: what was typed for the next one is not his."""
        self.is_waiting = False
        self._held.clear()

    def _begin(self) -> None:
        self.autosave.drop()
        self._round += 1
        self.traveller = Traveller(new_id(self._clock()), method=self._usual_method[0])
        self.voyage = replace(self.voyage, carried=not self.voyage.is_empty)
        self.outcome = None
        self._without_temperature = False
        self.changed.emit()

    # --- the rules, while he is asked

    def _judge(self) -> None:
        self._round += 1
        this = self._round
        if self.day is None or not self.traveller.is_begun:
            self.outcome = None
            self.changed.emit()
            return
        day = self.day
        try:
            form = self.traveller.form(day.card, self.voyage, self.parts.local_day())
        except BmisError:  # the digits are no temperature yet
            form = self.traveller.form(day.card, self.voyage, self.parts.local_day(), measured=False)
        self._propose(form, lambda said: self._on_judged(this, said))

    def _propose(self, form: ScreeningForm, done: Callable[[Outcome], None], failed: Any = None) -> None:
        """Ask the rules; the voyage says whose cluster the traveller belongs to."""
        travel = self.voyage.travel(self.traveller.age_band, form.today, self.parts.post_code())
        self.ask(lambda: self.parts.evaluate(form, travel), done, failed)

    def _on_judged(self, this: int, said: Outcome) -> None:
        if this != self._round:
            return
        self.outcome = said
        if said.disposition not in (None, PASSES):
            self.traveller = self.traveller.asked_too(self._to_ask(said), MOST)
        self.changed.emit()

    def _open_card(self, traveller: Traveller) -> tuple[str, ...]:
        card = () if self.day is None else questions_of(self.day.card)
        return tuple(code for code in card if code not in traveller.answers)

    def _to_ask(self, said: Outcome) -> tuple[str, ...]:
        asked = set(self.questions)
        known = set(symptoms()) | set(exposures())
        return tuple(code for code in said.judgement.needs if code in known and code not in asked)

    def _say_temperature(self) -> None:
        """Say what is wrong with a whole temperature at its field; the digits stay."""
        whole = self.traveller.celsius is not None or self.traveller.to_confirm
        try:
            if whole:
                require_temperature(self.traveller)
        except BmisError as error:
            self.stopped.emit(error, "temperature")

    def _on_day(self, day: DeskDay) -> None:
        if self.day is not None and self.day.day != day.day:  # nobody's bus of yesterday
            self.voyage = CarriedVoyage(direction=self.voyage.direction)
        self.day = day
        self.day_known.emit(day)
        self.changed.emit()

    def _entry(self) -> DraftEntry | None:
        if not self.traveller.is_begun:
            return None
        return entry_of(self.traveller.request_id, KIND, traveller=self.traveller, voyage=self.voyage)


def _last_of(kept: Kept, card: int | None) -> LastKept:
    view, facts = kept.view, kept.view.facts
    clearance = "" if facts.clearance is None else facts.clearance.value
    waits = facts.waits_for_second_look
    return LastKept(view.id, str(view.record.seq), facts.result or "", clearance, kept.token, card, waits)
