"""The supervisor's desk: what it asks, what it hears."""

import re
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.crossings.annul_crossing import ANNUL
from bmis.crossings.paperwork.forms import ContingencyForm
from bmis.crossings.search_crossings import CrossingQuery
from bmis.kernel.i18n import current_language
from bmis.posts.post_setting import SettingName, SettingValue
from bmis.staff.shift import ShiftReport
from ui.desktop.supervisor.parts import SupervisorParts
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.runner import Runner

LONGEST_LIST = 200
_DAY = re.compile(r"(\d{2})[/. ]?(\d{2})[/. ]?(\d{4})")


def query_of(untrusted_text: str, today: date) -> CrossingQuery:
    """Return what the text asks for: nothing, today's crossings; ddmmyyyy, a birth date; with a digit, a document's
    number; otherwise a name."""
    text = " ".join(untrusted_text.split())
    if not text:
        return CrossingQuery(from_day=today, to_day=today, limit=LONGEST_LIST)
    if day := _DAY.fullmatch(text):
        return CrossingQuery(birth=f"{day[3]}-{day[2]}-{day[1]}", limit=LONGEST_LIST)
    if any(char.isdigit() for char in text):
        return CrossingQuery(document=text, limit=LONGEST_LIST)
    return CrossingQuery(name=text, limit=LONGEST_LIST)


class TodayModel(StoreModel):
    """``counted`` carries a Today."""

    counted = Signal(object)

    def __init__(self, parts: SupervisorParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self._parts = parts

    def refresh(self) -> None:
        """Count again."""
        self.ask(self._parts.today, self.counted.emit)


class ApprovalsModel(StoreModel):
    """``listed`` carries OwedApprovals, ``settled`` whether it was approved."""

    listed = Signal(object)
    settled = Signal(bool)

    def __init__(self, parts: SupervisorParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts = parts

    def refresh(self) -> None:
        """Ask what is owed."""
        self.ask(self.parts.approvals, self.listed.emit)

    def settle(self, approval_id: UUID, approved: bool, reason: str, failed: Failed) -> None:
        """Approve or reject."""

        def done(_none: None) -> None:
            self.settled.emit(approved)
            self.refresh()

        self.ask(lambda: self.parts.settle(approval_id, approved, reason), done, failed)


class CrossingsModel(StoreModel):
    """``found`` carries CrossingSummaries, ``shown`` a CrossingView, ``corrected`` the view after an event."""

    found = Signal(object)
    shown = Signal(object)
    corrected = Signal(object)

    def __init__(self, parts: SupervisorParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts = parts
        self._text = ""

    def search(self, untrusted_text: str) -> None:
        """Look for crossings."""
        self._text = untrusted_text
        self.ask(lambda: self.parts.search(query_of(untrusted_text, self.parts.local_day())), self.found.emit)

    def again(self) -> None:
        """Look for the same once more."""
        self.search(self._text)

    def show(self, crossing_id: UUID) -> None:
        """Look at one."""
        self.ask(lambda: self.parts.show(crossing_id), self.shown.emit)

    def amend(self, crossing_id: UUID, changes: Mapping[str, str | int | None], reason: str, failed: Failed) -> None:
        """Correct fields."""
        self.ask(lambda: self.parts.amend(crossing_id, changes, reason), self._on_corrected, failed)

    def annul(self, crossing_id: UUID, reason: str, second: tuple[str, str] | None, failed: Failed) -> None:
        """Annul; ``second`` is the second person's name and password, where one is needed."""

        def work() -> object:
            approval = self.parts.sign(ANNUL, crossing_id, *second) if second else None
            return self.parts.annul(crossing_id, reason, approval)

        self.ask(work, self._on_corrected, failed)

    def _on_corrected(self, view: object) -> None:
        self.corrected.emit(view)
        self.again()


class FormsModel(StoreModel):
    """``listed`` carries a FormsNow, ``allocated`` the new forms, ``printed`` (bytes, forms), ``marked`` a form."""

    listed = Signal(object)
    allocated = Signal(object)
    printed = Signal(object, object)
    marked = Signal(object)

    def __init__(self, parts: SupervisorParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts = parts

    def refresh(self) -> None:
        """Ask for the forms."""
        self.ask(self.parts.forms, self.listed.emit)

    def allocate(self, count: int, failed: Failed) -> None:
        """Give out numbers, then make their paper."""

        def done(forms: tuple[ContingencyForm, ...]) -> None:
            self.allocated.emit(forms)
            self.refresh()
            self.make_paper(forms)

        self.ask(lambda: self.parts.allocate(count), done, failed)

    def make_paper(self, forms: tuple[ContingencyForm, ...]) -> None:
        """Make the paper of a batch, given by any of its forms."""
        self.ask(lambda: self.parts.forms_pdf(forms[0].batch), lambda paper: self.printed.emit(paper, forms))

    def mark(self, number: str, spoiled: bool, reason: str, failed: Failed) -> None:
        """Take a form out of use."""

        def done(form: ContingencyForm) -> None:
            self.marked.emit(form)
            self.refresh()

        self.ask(lambda: self.parts.mark_form(number, spoiled, reason), done, failed)


class ShiftModel(StoreModel):
    """``looked`` carries a ShiftState, ``opened`` a Shift, ``closed`` a ShiftReport, ``printed`` (bytes, report)."""

    looked = Signal(object)
    opened = Signal(object)
    closed = Signal(object)
    printed = Signal(object, object)

    def __init__(self, parts: SupervisorParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts = parts
        self._missing: tuple[str, ...] = ()

    def refresh(self) -> None:
        """Look at the shift."""
        self.ask(self.parts.shift, self.looked.emit)

    def open(self) -> None:
        """Open a shift."""

        def done(shift: object) -> None:
            self.opened.emit(shift)
            self.refresh()

        self.ask(self.parts.open_shift, done)

    def close(self) -> None:
        """Close the shift and sign the chain."""

        def work() -> tuple[ShiftReport, tuple[str, ...]]:
            missing = self.parts.shift().missing_forms
            return self.parts.close_shift(), missing

        def done(answer: tuple[ShiftReport, tuple[str, ...]]) -> None:
            report, self._missing = answer
            self.closed.emit(report)
            self.refresh()

        self.ask(work, done)

    def make_paper(self, report: ShiftReport) -> None:
        """Make the page to sign, in the language in force."""
        missing, language = self._missing, current_language()
        self.ask(
            lambda: self.parts.shift_pdf(report, missing, language), lambda paper: self.printed.emit(paper, report)
        )


class SettingsModel(StoreModel):
    """``listed`` carries a SettingsNow, ``kept`` a PostSetting."""

    listed = Signal(object)
    kept = Signal(object)

    def __init__(self, parts: SupervisorParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts = parts

    def refresh(self) -> None:
        """Ask what holds."""
        self.ask(self.parts.settings, self.listed.emit)

    def set(
        self,
        name: SettingName,
        value: SettingValue,
        days: tuple[date, date | None],
        reason: str,
        failed: Failed,
    ) -> None:
        """Say something of the post, from a day on."""

        def done(setting: object) -> None:
            self.kept.emit(setting)
            self.refresh()

        self.ask(lambda: self.parts.set_setting(name, value, *days, reason), done, failed)
