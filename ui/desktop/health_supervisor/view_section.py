"""A section of the desk: one page, or several behind tabs."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.health_supervisor.view_page import ActPage
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.saving import PaperOffer

MOST_PAGES = 6


class PagesSection(Section):
    """Ctrl and a digit choose the page. ``words`` gives name and hint in the language in force."""

    keys_changed = Signal()

    def __init__(
        self,
        words: Callable[[], tuple[str, str]],
        pages: Sequence[ActPage],
        paper: PaperOffer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self.pages = words, tuple(pages)
        self.column.setContentsMargins(16, 0, 16, 0)
        self.column.setSpacing(4)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        if len(self.pages) == 1:
            self.tabs.tabBar().hide()
            self.tabs.setFocusProxy(None)  # type: ignore[arg-type]  # Tab would stand still at the bar that is hidden
            self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for page in self.pages:
            self.tabs.addTab(page, "")
            page.noticed.connect(self.noticed)
            page.remarked.connect(self.remarked)
            page.counted.connect(self._on_counted)
            page.offered.connect(paper.offer)
        self.column.addWidget(self.tabs, 1)
        for at in range(len(self.pages)):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{at + 1}"), self)
            shortcut.activated.connect(lambda at=at: self.show_page(at))
        self.tabs.currentChanged.connect(lambda _at: self._on_page())
        self.retranslate()

    @property
    def page(self) -> ActPage:
        """The page in front."""
        return self.pages[self.tabs.currentIndex()]

    def show_page(self, at: int) -> None:
        """Bring a page to the front and go into it."""
        self.tabs.setCurrentIndex(at)
        self.page.first_field().setFocus()

    def title(self) -> str:
        """Return its name."""
        return self._words()[0]

    def badge(self) -> int:
        """Return how much waits on all its pages."""
        return sum(page.badge() for page in self.pages)

    def opened(self) -> None:
        """Look again."""
        self.page.refresh()

    def first_field(self) -> QWidget | None:
        """Return that of the page."""
        return self.page.first_field()

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the page."""
        return self.page.key_actions()

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Return the acts of the page, and the way to its neighbours."""
        others = [
            PaletteAction(_("Page: {name}").format(name=page.title()), lambda at=at: self.show_page(at))  # type: ignore[misc]  # mypy infers no type for a lambda's default
            for at, page in enumerate(self.pages)
            if page is not self.page
        ]
        return [*self.page.palette_actions(), *others]

    def locking(self) -> None:
        """Show nobody."""
        for page in self.pages:
            page.forget()

    def retranslate(self) -> None:
        """Word section and tabs."""
        title, hint = self._words()
        self.heading.setText(title)
        self.hint.setText(hint)
        self._name_tabs()

    def _name_tabs(self) -> None:
        for at, page in enumerate(self.pages):
            count = page.badge()
            self.tabs.setTabText(at, f"{page.title()} ({count})" if count else page.title())
            self.tabs.setTabToolTip(at, f"Ctrl+{at + 1}")

    def _on_counted(self) -> None:
        self._name_tabs()
        self.counted.emit()

    def _on_page(self) -> None:
        self.cleared.emit()
        self.page.refresh()
        self.keys_changed.emit()
