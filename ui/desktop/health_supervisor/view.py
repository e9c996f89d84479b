"""The health supervisor's desk: the day, outbreak mode, signals, voyages, papers and stores, capacities, exports."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from poe_health.events.clusters import Cluster
from poe_health.events.keep_signals import SignalShown
from poe_health.events.signal import signal_of_cluster
from ui.desktop.health_supervisor.parts import HealthPost
from ui.desktop.health_supervisor.view_aboard import AboardPage
from ui.desktop.health_supervisor.view_alarms import AlarmsPage
from ui.desktop.health_supervisor.view_annex1b import Annex1bPage
from ui.desktop.health_supervisor.view_annex2 import Annex2Page
from ui.desktop.health_supervisor.view_capacity import CapacityPage
from ui.desktop.health_supervisor.view_cards import CardsPage
from ui.desktop.health_supervisor.view_certificates import CertificatesPage
from ui.desktop.health_supervisor.view_conveyance import ConveyancePage
from ui.desktop.health_supervisor.view_day import DayPage
from ui.desktop.health_supervisor.view_declaration import DeclarationPage
from ui.desktop.health_supervisor.view_emergencies import EmergenciesPage
from ui.desktop.health_supervisor.view_equipment import EquipmentPage
from ui.desktop.health_supervisor.view_exports import ExportsPage
from ui.desktop.health_supervisor.view_inspection import InspectionPage
from ui.desktop.health_supervisor.view_lists import ListsPage
from ui.desktop.health_supervisor.view_locator import LocatorPage
from ui.desktop.health_supervisor.view_measures import MeasuresPage
from ui.desktop.health_supervisor.view_model import PostModel
from ui.desktop.health_supervisor.view_outbreak import ModePage
from ui.desktop.health_supervisor.view_plans import PlansPage
from ui.desktop.health_supervisor.view_post_events import PostEventsPage
from ui.desktop.health_supervisor.view_privacy import OpeningsPage, RetentionPage
from ui.desktop.health_supervisor.view_section import PagesSection
from ui.desktop.health_supervisor.view_sheet import SheetPage
from ui.desktop.health_supervisor.view_signals import ALGORITHM, SignalsPage
from ui.desktop.health_supervisor.view_stock import StockPage
from ui.desktop.health_supervisor.view_vaccinations import VaccinationsPage
from ui.desktop.health_supervisor.view_voyages import VoyagesPage
from ui.desktop.health_supervisor.view_week import WeekPage
from ui.desktop.papers import SendToPrinter
from ui.desktop.parts import Describe
from ui.desktop.shell.sections import SectionDesk
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.workers.runner import Runner

LOOK_AGAIN_MS = 120_000  # clocks run while nobody presses a key


class PostDesk(SectionDesk):
    """What two desks share: sections of pages over one model."""

    def __init__(
        self,
        parts: HealthPost,
        runner: Runner,
        describe: Describe,
        printer: SendToPrinter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = PostModel(parts, runner, self)
        self.describe = describe
        self.paper = PaperOffer(self, runner, describe, printer)
        self.paper.saved.connect(lambda path: self.remarked.emit(_("Saved: {file}").format(file=path), ""))
        self.paper.printed.connect(lambda _where: self.remarked.emit(_("Sent to the printer."), ""))
        for code, section in self.sections().items():
            self.add_section(code, section)
            section.keys_changed.connect(self.keys_changed)
            section.counted.connect(self.name_sections)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_AGAIN_MS)
        self._looking.timeout.connect(self._look_again)

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of the keys that mean something of their own here."""
        return {Key.RESCAN: _("Refresh")}

    def sections(self) -> dict[str, PagesSection]:
        """Return the sections that the person may use, in order."""
        raise NotImplementedError

    def opened(self) -> None:
        """Look at the page in front."""
        super().opened()
        self._looking.start()

    def voyage_sections(self) -> dict[str, PagesSection]:
        """Return the pages of voyages and of their papers; all are about the one in front."""
        model, describe = self.model, self.describe
        first = VoyagesPage(model, describe)
        conveyance, declaration = ConveyancePage(model, describe), DeclarationPage(model, describe)
        people, events = AboardPage(model, describe), PostEventsPage(model, describe)
        inspection, locator = InspectionPage(model, describe), LocatorPage(model, describe)
        sheet = SheetPage(model, describe)
        for page in (conveyance, declaration, people, inspection, locator, sheet):
            page.front = first.front
        return {
            "voyages": PagesSection(_voyages, [first, conveyance, declaration, people, events], self.paper),
            "sheets": PagesSection(_sheets, [sheet, inspection, locator], self.paper),
        }

    def store_section(self) -> PagesSection:
        """Return certificates, vaccination, shelf, equipment and procedures."""
        model, describe = self.model, self.describe
        pages = [CertificatesPage(model, describe), VaccinationsPage(model, describe)]
        stores = [StockPage(model, describe), EquipmentPage(model, describe), PlansPage(model, describe)]
        return PagesSection(_stores, [*pages, *stores, CardsPage(model, describe)], self.paper)

    def has_draft(self) -> bool:
        """Return whether a new version of a list was typed and not approved."""
        return any(
            page.unsaved() for one in self._sections.values() if isinstance(one, PagesSection) for page in one.pages
        )

    def closing(self) -> None:
        """Deliver no answer after the session."""
        self._looking.stop()
        for section in self._sections.values():
            section.locking()  # what is half typed becomes a draft
        self.model.stop()
        self.paper.stop()

    def _look_again(self) -> None:
        """Nobody is interrupted: a form over the desk shows what was true when it was opened."""
        section = self.in_front
        if isinstance(section, PagesSection) and self.window().isActiveWindow():
            section.page.refresh()


class HealthSupervisorDesk(PostDesk):
    """All sections; an epidemiologist has those that the role may read."""

    def title(self) -> str:
        """Return its name."""
        return _("Health supervision")

    def opened(self) -> None:
        """Look at the page in front, and at those whose days run out whether anybody goes there or not."""
        super().opened()
        for section in self._sections.values():
            for page in section.pages if isinstance(section, PagesSection) else ():
                if isinstance(page, MeasuresPage | CapacityPage):
                    page.refresh()

    def sections(self) -> dict[str, PagesSection]:
        """Return the sections of the role."""
        model, describe, paper = self.model, self.describe, self.paper
        found = {}
        if model.may(Permission.READ_HEALTH_COUNTS):
            found["day"] = PagesSection(_day, [DayPage(model, describe), WeekPage(model, describe)], paper)
        if model.may(Permission.MANAGE_OUTBREAKS):
            lists = [ListsPage(model, describe), EmergenciesPage(model, describe), MeasuresPage(model, describe)]
            found["outbreaks"] = PagesSection(_outbreaks, [ModePage(model, describe), *lists], paper)
        if model.may(Permission.READ_HEALTH_COUNTS) and model.may(Permission.REPORT_SIGNAL):
            found["signals"] = self._signals()
        if model.parts.voyages is not None:
            found |= self.voyage_sections()
            found["stores"] = self.store_section()
        if model.may(Permission.ASSESS_CAPACITY):
            found["capacity"] = self._capacities()
        if model.may(Permission.READ_AUDIT):
            pages = [ExportsPage(model, describe), OpeningsPage(model, describe), RetentionPage(model, describe)]
            found["exports"] = PagesSection(_exports, pages, paper)
        return found

    def _capacities(self) -> PagesSection:
        form = Annex1bPage(self.model, self.describe)
        section = PagesSection(_capacity, [CapacityPage(self.model, self.describe), form], self.paper)
        form.keeping.connect(lambda: section.show_page(0))
        return section

    def _signals(self) -> PagesSection:
        model, describe = self.model, self.describe
        signals, annex2, alarms = SignalsPage(model, describe), Annex2Page(model, describe), AlarmsPage(model, describe)
        section = PagesSection(_signals, [signals, annex2, alarms], self.paper)

        def assess(shown: SignalShown) -> None:
            annex2.take(shown)
            section.show_page(1)

        def report(cluster: Cluster | None) -> None:
            section.show_page(0)
            if cluster is None:
                signals.ask_report(source=ALGORITHM)
            else:
                signals.ask_report(cluster.kind, ALGORITHM, signal_of_cluster(cluster, cluster.key))

        signals.assessing.connect(assess)
        alarms.reporting.connect(report)
        return section


class HealthPostDesk(PostDesk):
    """What everybody who screens needs: voyages, certificates and stores."""

    def title(self) -> str:
        """Return its name."""
        return _("Health post")

    def sections(self) -> dict[str, PagesSection]:
        """Return the sections."""
        return {**self.voyage_sections(), "stores": self.store_section()}


def _capacity() -> tuple[str, str]:
    return _("Capacities (Annex 1B)"), _("Scores with their denominators, gaps with owners and dates.")


def _exports() -> tuple[str, str]:
    return _("Export and privacy"), _("Whoever takes or opens facts of people is on record, with the reason.")


def _stores() -> tuple[str, str]:
    return _("Certificates and stores"), _("What is not entered is not known, which is not zero.")


def _voyages() -> tuple[str, str]:
    return _("Voyages"), _(
        "The voyage where one is stands in front of all pages. Names are opened only where they are needed."
    )


def _sheets() -> tuple[str, str]:
    return _("Papers of a voyage"), _("Typed part by part, kept in one; until then a draft. About the voyage in front.")


def _signals() -> tuple[str, str]:
    return _("Signals"), _("The program advises and counts hours. People judge; the national focal point decides.")


def _outbreaks() -> tuple[str, str]:
    return _("Outbreaks"), _("Two people sign what changes the screening of everybody. What is approved is dated.")


def _day() -> tuple[str, str]:
    return _("Day"), _("Numbers come from the records. Nothing is sent before it is submitted under a name.")
