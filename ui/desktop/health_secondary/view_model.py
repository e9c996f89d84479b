"""The case in front: who waits, what is typed, what the rules propose, what is on record."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from PySide6.QtCore import QObject, QTimer, Signal

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.staff.approval import Approval
from poe_health.rules.answer import Answer
from poe_health.screening.form import ExposureAnswer
from poe_health.screening.outcome import Outcome
from poe_health.screening.record import Compulsion, Consent, ConsentAnswer
from poe_health.screening.record_screening import Kept
from ui.desktop.health_secondary.case_opening import entry_of, express_sheet, sheets_of, stored_sheet, without
from ui.desktop.health_secondary.case_papers import CasePapers
from ui.desktop.health_secondary.case_request import Ending, Wrong, request_of
from ui.desktop.health_secondary.case_sheet import EXAMINING, CaseSheet
from ui.desktop.health_secondary.errors import ConsentFirstError, TypedWrongError
from ui.desktop.health_secondary.handing_on import Finished
from ui.desktop.health_secondary.parts import CaseParts, ConsentOffer, ExpressPatient, ShownCase, Signing, WaitingPerson
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner

JUDGE_MS = 120  # one judgement for a word typed, not one for each letter


class CaseModel(StoreModel):
    """Signals: ``listed`` WaitingPersons, ``due_listed`` forms are due, ``chosen`` a CaseSheet or None, ``changed`` it
    was typed in, ``judged`` proposal or wrong fields changed, ``kept``, ``ended`` a Kept, ``printed`` (bytes, name)."""

    listed = Signal(object)
    due_listed = Signal()
    chosen = Signal(object)
    changed = Signal()
    judged = Signal()
    kept = Signal(object)
    ended = Signal(object)
    printed = Signal(object, str)

    def __init__(self, parts: CaseParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self._people: tuple[WaitingPerson, ...] = ()
        self._due: tuple[ExpressPatient, ...] = ()
        self._person: WaitingPerson | ExpressPatient | None = None
        self._sheet: CaseSheet | None = None
        self._stored: CaseSheet | None = None  # as it is on record, or as it came
        self._outcome: Outcome | None = None
        self._wrong: Wrong = MappingProxyType({})
        self._drafts: dict[str, CaseSheet] = {}  # record -> what was half typed of it
        self._offer: ConsentOffer | None = None
        self._signed: tuple[str, ...] = ()
        self.finished: Finished | None = None  # the last case that ended here
        self.autosave = AutoSave(parts, runner, self)
        self.autosave.failed.connect(self.noticed)
        self.papers = CasePapers(parts, self.ask, self.printed.emit)
        self._judge = QTimer(self)
        self._judge.setSingleShot(True)
        self._judge.setInterval(JUDGE_MS)
        self._judge.timeout.connect(self.judge)

    # --- what stands

    @property
    def people(self) -> tuple[WaitingPerson, ...]:
        """Who waits, as last asked."""
        return self._people

    @property
    def due(self) -> tuple[ExpressPatient, ...]:
        """Who was treated first and has no form, as last asked."""
        return self._due

    @property
    def person(self) -> WaitingPerson | ExpressPatient | None:
        """Who is in front."""
        return self._person

    @property
    def sheet(self) -> CaseSheet | None:
        """The case in front."""
        return self._sheet

    @property
    def outcome(self) -> Outcome | None:
        """What the rules propose; None: not judged yet."""
        return self._outcome

    @property
    def wrong(self) -> Wrong:
        """The fields that hold what cannot be."""
        return self._wrong

    @property
    def offer(self) -> ConsentOffer | None:
        """The texts of the notice; None: not asked yet."""
        return self._offer

    @property
    def signed_by(self) -> tuple[str, ...]:
        """Who signed as the second for this case."""
        return self._signed

    @property
    def has_work(self) -> bool:
        """Return whether something typed is not on record."""
        return self._sheet is not None and self._sheet != self._stored

    @property
    def today(self) -> date:
        """The day at the post."""
        return self.parts.local_day()

    # --- the queue

    def refresh(self) -> None:
        """Ask who waits."""
        if self._sheet is None:
            self.ask(self.parts.kept_drafts, self._on_drafts)
        if self._offer is None:
            self.ask(self.parts.consent_offer, self._on_offer)
        self.ask(self.parts.waiting, self._on_listed)
        self.ask(self.parts.forms_due, self._on_due)

    def choose(self, record_id: object) -> None:
        """Put somebody in front; that a name is shown is on record."""
        found = next((one for one in self._people if one.id == record_id), None)
        if found is not None and self._person is not None and found.id == self._person.id:
            return
        self._leave()
        self._person = found
        if found is None:
            self._take(None)
            return
        self.ask(lambda: self.parts.show(found.id), lambda case: self._on_shown(found, case))

    def write_form(self, record_id: object) -> None:
        """Put somebody who was treated first in front: the case that is written now is the form of that record."""
        found = next((one for one in self._due if one.id == record_id), None)
        if found is None or (self._person is not None and found.id == self._person.id):
            return
        self._leave()
        self._person = found
        said = found.treated.answers
        ill = self.parts.local_time(said.onset_at).date() if said and said.onset_at else None
        stored = express_sheet(found, new_id(self._clock()), ill)
        self._take(self._drafts.get(str(found.id), stored), stored)

    def put_away(self) -> None:
        """Keep what was typed as a draft and show nobody."""
        self._leave()
        self._person = None
        self._take(None)

    def close(self) -> None:
        """Keep what is half typed; deliver nothing any more."""
        self._leave()
        self.stop()

    # --- typing

    def set_text(self, name: str, text: str) -> None:
        """Take what stands in a field; what only an examination tells waits for consent."""
        sheet = self._sheet
        if sheet is None or sheet.text(name) == text.strip():
            return
        if name in EXAMINING:
            if not sheet.may_examine:
                self.noticed.emit(ConsentFirstError())
                return
            sheet = self._examined(sheet)
            if name == "temperature":
                sheet = replace(sheet, measured_at=self._clock(), confirmed=False)
        self._put(sheet.with_text(name, text.strip()))

    def confirm_temperature(self) -> None:
        """A rare temperature was measured again: it is right."""
        if self._sheet is not None:
            self._put(replace(self._sheet, confirmed=True))

    def measure_again(self) -> None:
        """Put the temperature in the field with those taken before; the next one is typed."""
        sheet = self._sheet
        if sheet is None or not sheet.text("temperature") or "temperature" in self._wrong:
            return
        request, _wrong = request_of(sheet, self.today, self._clock())
        self._put(replace(sheet.with_text("temperature", ""), measured=request.temperatures, confirmed=False))

    def answer(self, code: str, answer: Answer) -> None:
        """Take the answer to a symptom or an exposure."""
        if self._sheet is not None:
            self._put(self._sheet.answering(code, answer))

    def expose(self, code: str, last_on: date | None) -> None:
        """Take an exposure with the last day on which it happened."""
        if self._sheet is not None:
            said = {**self._sheet.exposures, code: ExposureAnswer(Answer.YES, last_on)}
            self._put(replace(self._sheet, exposures=MappingProxyType(said)))

    def change(self, **lists: object) -> None:
        """Take another list of stays, care, measures, charges, companions or tests."""
        sheet = self._sheet
        if sheet is None:
            return
        if "tests" in lists:
            if not sheet.may_examine:
                self.noticed.emit(ConsentFirstError())
                return
            sheet = self._examined(sheet)
        self._put(replace(sheet, **lists))  # type: ignore[arg-type]  # the names are those of the sheet

    # --- consent

    def consent(self, answer: ConsentAnswer, reason: str = "", failed: Failed | None = None) -> None:
        """Keep what the person said, now; the case is on record from here on."""
        sheet = self._sheet
        if sheet is None or self.is_busy:
            return
        language = sheet.text("language")
        texts = {text.language: text.version for text in self._offer.approved} if self._offer else {}
        said = Consent(
            answer,
            self._clock(),
            language or None,
            texts.get(language.lower()),  # a draft is never given: what was said freely has no version
            {"yes": True, "no": False}.get(sheet.text("read_aloud")),
            reason.strip() or None,
        )
        self._keep(replace(sheet, consent=said, compulsion=None), failed=failed)

    def order(self, order: Compulsion, signing: Signing | None, failed: Failed | None = None) -> None:
        """Keep an order against the refusal; a health supervisor signs it."""
        if self._sheet is not None and not self.is_busy:
            self._keep(replace(self._sheet, compulsion=order), signing=signing, failed=failed)

    # --- keeping

    def keep(self, failed: Failed | None = None) -> None:
        """Keep the open case as it stands."""
        if self._sheet is not None and not self.is_busy:
            self._keep(self._sheet, failed=failed)

    def end(self, ending: Ending, signing: Signing | None = None, failed: Failed | None = None) -> None:
        """Bring the case to its end."""
        sheet = self._sheet
        if sheet is None or self.is_busy:
            return
        if self._wrong:
            (failed or self.noticed.emit)(TypedWrongError(fields=", ".join(sorted(self._wrong))))
            return
        self._keep(sheet, ending=ending, signing=signing, failed=failed)

    def judge(self) -> None:
        """Ask what the rules propose for what stands now."""
        sheet = self._sheet
        if sheet is None:
            return
        request, self._wrong = request_of(sheet, self.today, self._clock())
        self.ask(lambda: self.parts.evaluate(request.form, request.travel), lambda said: self._on_judged(sheet, said))

    def _keep(
        self,
        sheet: CaseSheet,
        *,
        ending: Ending | None = None,
        signing: Signing | None = None,
        failed: Failed | None = None,
    ) -> None:
        request, wrong = request_of(sheet, self.today, self._clock(), ending)
        subject = sheet.screening_id or sheet.request_id
        reason = (ending.reason if ending else None) or ""

        def work() -> tuple[CaseSheet, Kept]:
            bound, asked = sheet, request
            if sheet.number_to_bind:
                express = self.parts.numbered(sheet.number_to_bind)
                bound, asked = replace(sheet, express=express), replace(request, cholera_id=express.id)
            approval: Approval | None = self.parts.sign(subject, signing) if signing else None
            return bound, self.parts.keep(asked, sheet.screening_id, reason, approval)

        def done(found: tuple[CaseSheet, Kept]) -> None:
            self._wrong = wrong
            self._on_kept(*found, ending is not None)

        self.ask(work, done, failed)

    def _examined(self, sheet: CaseSheet) -> CaseSheet:
        return sheet if sheet.examined_at is not None else replace(sheet, examined_at=self._clock())

    def _put(self, sheet: CaseSheet) -> None:
        self._sheet = sheet
        self.autosave.soon(self._entry)
        self._judge.start()
        self.changed.emit()

    def _leave(self) -> None:
        """Keep what was typed of the one who was in front."""
        self._judge.stop()
        if self.has_work and self._sheet is not None and self._person is not None:
            self._drafts[str(self._person.id)] = self._sheet
        self.autosave.now()

    def _entry(self) -> DraftEntry | None:
        sheet, person = self._sheet, self._person
        if sheet is None or person is None or not self.has_work:
            return None
        return entry_of(person.id, sheet)

    def _on_drafts(self, drafts: tuple[Draft, ...]) -> None:
        self._drafts = sheets_of(drafts)

    def _on_offer(self, offer: ConsentOffer) -> None:
        self._offer = offer
        self.changed.emit()

    def _on_listed(self, people: tuple[WaitingPerson, ...]) -> None:
        self._people = people
        person = self._person
        if isinstance(person, WaitingPerson) and all(one.id != person.id for one in people):
            self._person = None
            self._take(None)  # ended or taken up by somebody else
        self.listed.emit(people)

    def _on_due(self, due: tuple[ExpressPatient, ...]) -> None:
        self._due, person = due, self._person
        if isinstance(person, ExpressPatient) and all(one.id != person.id for one in due):
            self._person = None
            self._take(None)  # somebody else wrote the form
        self.due_listed.emit()

    def _on_shown(self, person: WaitingPerson, case: ShownCase) -> None:
        if self._person is not person:
            return
        stored = stored_sheet(case, new_id(self._clock()))
        typed = self._drafts.get(str(person.id))
        self._take(typed if typed is not None and typed.screening_id == stored.screening_id else stored, stored)
        if stored.screening_id is not None:
            subjects = (stored.screening_id, stored.request_id)
            self.ask(lambda: self.parts.signed_by(subjects), self._on_signed)

    def _take(self, sheet: CaseSheet | None, stored: CaseSheet | None = None) -> None:
        self._sheet, self._stored, self._outcome = sheet, stored, None
        self._wrong, self._signed = MappingProxyType({}), ()
        self.chosen.emit(sheet)
        self.judged.emit()
        self.judge()

    def _on_signed(self, names: tuple[str, ...]) -> None:
        self._signed = names
        self.judged.emit()

    def _on_judged(self, sheet: CaseSheet, outcome: Outcome) -> None:
        if self._sheet is sheet:
            self._outcome = outcome
            self.judged.emit()

    def _on_kept(self, sheet: CaseSheet, kept: Kept, ended: bool) -> None:
        self.autosave.drop()
        before = self._person
        old = sheet.screening_id or sheet.request_id
        self.ask(lambda: self.parts.forget_draft(old), lambda _none: None)
        if before is not None:
            self._drafts.pop(str(before.id), None)
        if ended:
            self.finished = Finished(
                replace(sheet, screening_id=kept.view.id), kept.outcome, next(iter(kept.view.facts.suspected), None)
            )
            self._person = None
            self._take(None)
            self.ended.emit(kept)
        else:
            now = replace(sheet, screening_id=kept.view.id)
            self._person = WaitingPerson(kept.view, before.waited) if before else None
            self._sheet, self._stored = now, without(now, self._wrong)
            self.autosave.soon(self._entry)  # what could not be kept stays a draft
            self._outcome = kept.outcome or self._outcome
            self.ask(lambda: self.parts.signed_by((kept.view.id, now.request_id)), self._on_signed)
            self.kept.emit(kept)
            self.changed.emit()
            self.judged.emit()
        self.refresh()
