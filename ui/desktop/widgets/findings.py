"""The named checks of a traveller: grey until they land, filled in one by one, acknowledged by a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.widgets.icons import pixmap
from ui.desktop.widgets.plain import PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusChip


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One line, worded by the desk in the language in force. ``check`` is the code; ``age`` that of its list."""

    check: str
    title: str
    status: str = "grey"
    evidence: str = ""
    age: timedelta | None = None
    landed: bool = False
    acknowledged: bool = False

    @property
    def needs_acknowledging(self) -> bool:
        """Whether the officer must accept it before deciding."""
        return self.landed and self.status != "green" and not self.acknowledged


class FindingRow(QFrame):
    """One check. Space or Enter on it accepts a grey, amber or red finding, and takes that back."""

    toggled = Signal(str)  # the check's code

    def __init__(self, check: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = check
        self._finding = ShownFinding(check, "")
        self.setProperty("kind", "finding")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(44)
        self._title = PlainLabel(kind="field-label", wrap=True)
        self._evidence = PlainLabel(kind="muted", wrap=True)
        self._tick = PlainLabel()
        self._tick.setFixedSize(24, 24)
        self._chip = StatusChip()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._evidence)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._tick)
        row.addWidget(self._chip)

    @property
    def finding(self) -> ShownFinding:
        """What the line shows."""
        return self._finding

    def show_finding(self, finding: ShownFinding) -> None:
        """Show it; what has not landed is grey whatever it says."""
        self._finding = finding
        self._title.setText(finding.title)
        evidence = finding.evidence if finding.landed else _("waiting…")
        self._evidence.setText(evidence)
        self._evidence.setVisible(bool(evidence))
        self._chip.show_status(finding.status if finding.landed else "grey", finding.age if finding.landed else None)
        self._show_tick()
        said = [finding.title, self._chip.text(), evidence]
        if finding.acknowledged:
            said.append(_("accepted"))
        elif finding.needs_acknowledging:
            said.append(_("press Space to accept"))
        self.setAccessibleName(", ".join(filter(None, said)))

    def _show_tick(self) -> None:
        if self._finding.acknowledged:
            self._tick.setPixmap(pixmap("acknowledged", "text", 24, 2.0))
        else:
            self._tick.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_tick"):
            self._show_tick()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept by Space or Enter; a key held down accepts once."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._toggle()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Accept by a double click: one click only shows where one is."""
        self._toggle()

    def _toggle(self) -> None:
        if self._finding.landed and self._finding.status != "green":
            self.toggled.emit(self.check)


class FindingList(SpokenFrame):
    """The checks in the order of policy. The desk words them again through ``reworded``'s answer, ``show_findings``."""

    acknowledged = Signal(str, bool)  # check, whether it is now accepted
    reworded = Signal()  # the language changed: give the findings again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, FindingRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def findings(self) -> tuple[ShownFinding, ...]:
        """Return what is shown, in order."""
        return tuple(row.finding for row in self._rows.values())

    def row(self, check: str) -> FindingRow:
        """Return the line of a check."""
        return self._rows[check]

    def show_findings(self, findings: Sequence[ShownFinding]) -> None:
        """Show exactly these lines; lines of the same checks in the same order stay, and keep the focus."""
        if [finding.check for finding in findings] != list(self._rows):
            self._rebuild([finding.check for finding in findings])
        for finding in findings:
            self._rows[finding.check].show_finding(finding)

    def land(self, finding: ShownFinding) -> None:
        """Fill in one line.

        Raises:
            KeyError: a check that the list does not show.
        """
        self._rows[finding.check].show_finding(finding)

    def first_unaccepted(self) -> FindingRow | None:
        """Return the first line that keeps the decision shut."""
        return next((row for row in self._rows.values() if row.finding.needs_acknowledging), None)

    def retranslate(self) -> None:
        """Ask for the words again."""
        self.reworded.emit()

    def minimumSizeHint(self) -> QSize:
        """Return room for every line."""
        return self._column.minimumSize()

    def _rebuild(self, checks: list[str]) -> None:
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for check in checks:
            row = FindingRow(check)
            row.toggled.connect(self._on_toggled)
            self._column.addWidget(row)
            self._rows[check] = row

    def _on_toggled(self, check: str) -> None:
        self.acknowledged.emit(check, not self._rows[check].finding.acknowledged)
