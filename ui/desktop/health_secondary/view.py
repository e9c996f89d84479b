"""The secondary health desk: cases, transfers, people followed or treated first, the telephones by one key."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from bmis.kernel.clock import Clock
from bmis.kernel.i18n import translate as _
from poe_health.followup.follow import FollowedPerson
from poe_health.referrals.directory import Phone
from poe_health.screening.record import ScreeningView
from ui.desktop.health_secondary.errors import NobodyNamedError
from ui.desktop.health_secondary.handing_on import Finished
from ui.desktop.health_secondary.monitoring_model import MonitoringModel
from ui.desktop.health_secondary.parts import HealthSecondaryParts
from ui.desktop.health_secondary.referral_model import ReferralModel
from ui.desktop.health_secondary.view_cases import CasesPage
from ui.desktop.health_secondary.view_express import ExpressPage
from ui.desktop.health_secondary.view_followed import MonitoringPage
from ui.desktop.health_secondary.view_model import CaseModel
from ui.desktop.health_secondary.view_phones import PhonePage
from ui.desktop.health_secondary.view_referrals import ReferralsPage
from ui.desktop.papers import SendToPrinter
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import Desk, PaletteAction
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.workers.runner import Runner

CASES, REFERRALS, MONITORING, EXPRESS = range(4)
LOOK_AGAIN_MS = 60_000  # alerts come by time alone: nobody presses a key for them


class HealthSecondaryDesk(Desk):
    """Alt and a digit choose the page, Ctrl and a digit the tab of a case; F10 shows whom to call."""

    def __init__(
        self,
        parts: HealthSecondaryParts,
        runner: Runner,
        describe: Describe,
        clock: Clock,
        printer: SendToPrinter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self.model = CaseModel(parts, runner, clock, self)
        self.transfers = ReferralModel(parts, runner, clock, self)
        self.followed = MonitoringModel(parts, runner, clock, self)
        self.paper = PaperOffer(self, runner, describe, printer)
        self.cases = CasesPage(self.model, describe)
        self.referrals = ReferralsPage(self.transfers, describe)
        self.monitoring = MonitoringPage(self.followed, describe)
        self.express = ExpressPage(self.model)
        self.phones: PhonePage | None = None
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setDrawBase(False)
        self.pages.tabBar().setFixedHeight(50)
        for page in self._every():
            self.pages.addTab(page, "")
            page.noticed.connect(self.noticed)
            page.remarked.connect(self.remarked)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 8)
        column.addWidget(self.pages)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_AGAIN_MS)
        self._looking.timeout.connect(self._look_again)
        self._watch()
        self.retranslate()

    def _watch(self) -> None:
        self.cases.counted.connect(self.counted)
        self.cases.cleared.connect(self.cleared)
        self.cases.referring.connect(self._refer)
        self.cases.following.connect(self._follow)
        self.monitoring.referring.connect(self._refer_followed)
        for model in (self.model, self.transfers, self.followed):
            model.printed.connect(self._on_printed)
        self.transfers.listed.connect(lambda _found: self._name_pages())
        self.followed.listed.connect(lambda _found: self._name_pages())
        self.model.listed.connect(lambda _found: self._name_pages())
        self.model.due_listed.connect(self._name_pages)
        self.express.writing.connect(self._write_form)
        self.pages.currentChanged.connect(lambda _at: self._on_page())
        self.paper.saved.connect(lambda path: self.remarked.emit(_("Saved: {file}").format(file=path), ""))
        self.paper.printed.connect(lambda _where: self.remarked.emit(_("Sent to the printer."), ""))
        for at in range(len(self._every())):
            shortcut = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            shortcut.activated.connect(lambda at=at: self.show_page(at))

    def title(self) -> str:
        """Return its name."""
        return _("Secondary health screening")

    @property
    def page(self) -> CasesPage | ReferralsPage | MonitoringPage | ExpressPage:
        """The page in front."""
        return self._every()[self.pages.currentIndex()]

    def show_page(self, at: int) -> None:
        """Bring a page to the front and go into it."""
        self.pages.setCurrentIndex(at)
        self.page.first_field().setFocus()

    def first_field(self) -> QWidget | None:
        """Return the list of the page in front."""
        return self.page.first_field()

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the page, and F10 for the telephones."""
        return {**self.page.key_actions(), Key.PHONES: self.show_phones}

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of the keys that mean something of their own here."""
        return {Key.RESCAN: _("Refresh"), Key.REFUSE: _("Refuses examination")}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer the pages and the card of telephones."""
        names = self._names()
        pages = [
            PaletteAction(names[at], lambda at=at: self.show_page(at))  # type: ignore[misc]  # mypy infers no type for a lambda's default
            for at in range(len(names))
            if at != self.pages.currentIndex()
        ]
        return [*pages, PaletteAction(_("Print the card of telephones"), self.print_phones)]

    def opened(self) -> None:
        """Ask who waits, which transfers are open and who is followed."""
        self._look_again()
        self._looking.start()

    def locking(self) -> None:
        """Nobody is shown; what was typed is kept."""
        for page in self._every():
            page.hide_people()

    def unlocked(self) -> None:
        """Look again; a case is opened anew, for that is a showing too."""
        self._look_again()

    def has_draft(self) -> bool:
        """Return whether something typed is not on record."""
        return self.model.has_work

    def closing(self) -> None:
        """Keep what is half typed; deliver no answer after the session."""
        self._looking.stop()
        self.model.close()
        self.transfers.stop()
        self.followed.stop()
        self.paper.stop()

    def retranslate(self) -> None:
        """Name the pages."""
        self._name_pages()

    def show_phones(self) -> None:
        """Show whom to call, from wherever one is."""
        self.model.ask(self._parts.phones, self._on_phones)

    def print_phones(self) -> None:
        """Make the card of telephones."""
        self.model.ask(self._parts.phone_card, lambda pdf: self._on_printed(pdf, "phones"))

    # --- inside

    def _look_again(self) -> None:
        self.model.refresh()
        self.transfers.refresh()
        self.followed.refresh()

    def _every(self) -> tuple[CasesPage, ReferralsPage, MonitoringPage, ExpressPage]:
        return self.cases, self.referrals, self.monitoring, self.express

    def _names(self) -> tuple[str, ...]:
        return _("Cases"), _("Transfers"), _("Monitoring"), _("Treated first")

    def _write_form(self, record_id: object) -> None:
        self.show_page(CASES)
        self.cases.write_form(record_id)

    def _name_pages(self) -> None:
        waits = (len(self.model.people), self.transfers.alerts, self.followed.to_do, len(self.model.due))
        for at, (name, count) in enumerate(zip(self._names(), waits, strict=True)):
            self.pages.setTabText(at, f"{name} ({count})" if count else name)
            self.pages.setTabToolTip(at, f"Alt+{at + 1}")

    def _on_page(self) -> None:
        self.cleared.emit()
        self.keys_changed.emit()

    def _refer(self, finished: Finished) -> None:
        self.show_page(REFERRALS)
        self.referrals.forms.ask_guia(finished, self._parts.local_day())

    def _refer_followed(self, shown: FollowedPerson) -> None:
        if shown.who is None:
            self.noticed.emit(NobodyNamedError())
            return
        self.show_page(REFERRALS)
        self.referrals.forms.ask_guia_of(shown.who, shown.followed.monitoring, self._parts.local_day())

    def _follow(self, finished: Finished) -> None:
        voyage = finished.sheet.voyage_key

        def ask_for(found: tuple[ScreeningView, ...]) -> None:
            others = [one for one in found if one.id not in (finished.sheet.primary_id, finished.sheet.screening_id)]
            self.show_page(MONITORING)
            self.monitoring.forms.ask_start(finished, len(others))

        if voyage is None:
            ask_for(())
        else:
            self.model.ask(lambda: self._parts.of_voyage(voyage), ask_for)

    def _on_phones(self, phones: tuple[Phone, ...]) -> None:
        self.phones = PhonePage(self, phones, self._parts.local_day(), self.print_phones)
        self.phones.open()

    def _on_printed(self, pdf: bytes, name: str) -> None:
        titles = {
            "consent": _("Consent card"),
            "refusal": _("Refusal form"),
            "slip": _("Health card"),
            "phones": _("Card of telephones"),
        }
        text = _("It names a person: give it only to who needs it.")
        harmless = name in ("consent", "phones", "refusal")
        self.paper.offer(titles.get(name, name), "" if harmless else text, f"{titles.get(name, name)}.pdf", pdf)
