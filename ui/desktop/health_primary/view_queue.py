"""The left column: today's counts, the voyage that is carried over, the newest records. It names nobody."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from poe_health.screening.record import Kind, ScreeningView, State
from ui.desktop.health_primary.parts import DeskDay
from ui.desktop.health_primary.view_model import PrimaryModel
from ui.desktop.health_primary.wording import STATUS_OF, voyage_lines
from ui.desktop.theme import set_kind
from ui.desktop.widgets.icons import STATUS_ICONS, icon
from ui.desktop.widgets.plain import Button, Card, PlainLabel, SpokenFrame
from ui.words.health import result_word


class _Records(QListWidget):
    """Enter or Delete asks to void the record."""

    asked = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete):
            if not event.isAutoRepeat():
                self.asked.emit()
            return
        super().keyPressEvent(event)


class QueuePanel(SpokenFrame):
    """``voiding`` carries a ScreeningView; ``voyage`` and ``voyage_cleared`` are its two buttons."""

    voiding = Signal(object)
    voyage, voyage_cleared = Signal(), Signal()

    def __init__(self, model: PrimaryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._day: DeskDay | None = None
        self.figures = {name: PlainLabel(kind="heading") for name in ("screened", "waiting", "unsent")}
        self._names = {name: PlainLabel(kind="small") for name in self.figures}
        self._voyage_title, self.voyage_words = PlainLabel(kind="field-label"), PlainLabel(wrap=True)
        self.change, self.forget = Button(), Button()
        self._records_title = PlainLabel(kind="field-label")
        self.records = _Records()
        self.records.setObjectName("health.records")
        self.records.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.records.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.records.asked.connect(self._on_asked)
        self.records.itemDoubleClicked.connect(lambda _item: self._on_asked())
        counts = Card(margin=12, spacing=4)
        row = QHBoxLayout()
        for name, figure in self.figures.items():
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(figure)
            cell.addWidget(self._names[name])
            row.addLayout(cell, 1)
        counts.column.addLayout(row)
        self.voyage_card = Card(margin=12, spacing=4)
        self.voyage_card.column.addWidget(self._voyage_title)
        self.voyage_card.column.addWidget(self.voyage_words)
        for button, signal in ((self.change, self.voyage), (self.forget, self.voyage_cleared)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("dense", True)
            button.clicked.connect(signal)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.change, 1)
        buttons.addWidget(self.forget, 1)
        self.voyage_card.column.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(counts)
        column.addWidget(self.voyage_card)
        column.addWidget(self._records_title)
        column.addWidget(self.records, 1)
        model.changed.connect(self._show_voyage)
        model.day_known.connect(self._on_day)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the column."""
        words = {"screened": _("today"), "waiting": _("in secondary"), "unsent": _("unsent")}
        for name, label in self._names.items():
            label.setText(words[name])
        self.change.say(_("V  Change"))
        self.forget.say(_("Del  Clear"))
        self._records_title.setText(_("Newest records (Enter: void)"))
        self.records.setAccessibleName(_("Newest records of today"))
        self._show_voyage()
        self._show_day()

    def _on_day(self, day: DeskDay) -> None:
        self._day = day
        self._show_day()

    def _show_day(self) -> None:
        day = self._day
        counts = None if day is None else day.counts
        shown = {
            "screened": counts and counts.screened,
            "waiting": counts and counts.waiting,
            "unsent": counts and counts.unsent,
        }
        for name, figure in self.figures.items():
            number = shown[name] if counts is not None else None
            figure.setText("—" if number is None else str(number))
        chosen = self._chosen_id()
        self.records.clear()
        for view in () if day is None else _listed(day):
            self.records.addItem(self._item(view))
            if view.id == chosen:  # by the record, never by its place: others come and go above it
                self.records.setCurrentRow(self.records.count() - 1)

    def end_second_look(self) -> None:
        """Let go on who had the short second look; where more than one waits, the list asks who."""
        which = self.waiting_id()
        if which is not None:
            self._model.end_second_look(which)

    def waiting_id(self) -> UUID | None:
        """Return the record of who has had the second look: the one chosen in the list, or the only one that waits.

        Where more than one waits and none is chosen, or one that does not wait, the list takes the focus at the first.
        """
        waiting = () if self._day is None else tuple(view.id for view in self._day.second_looks)
        chosen = self._chosen_id()
        if chosen is not None and chosen in waiting:
            return chosen
        if len(waiting) == 1 and chosen is None:
            return waiting[0]
        if waiting:
            self.records.setFocus()
            self.records.setCurrentRow(0)
        return None

    def _chosen_id(self) -> UUID | None:
        item = self.records.currentItem() if self.records.hasFocus() else None
        return None if item is None else item.data(Qt.ItemDataRole.UserRole).id

    def _item(self, view: ScreeningView) -> QListWidgetItem:
        at = self._model.parts.local_time(view.record.screened_at).strftime("%H:%M")
        if view.record.kind is Kind.COUNT:
            words = _("{count} counted").format(count=view.facts.persons)
        else:
            words = result_word(view.facts.result or view.facts.disposition or "")
            if view.facts.waits_for_second_look:
                words = _("waits: F7")
        voided = view.state is State.VOIDED
        text = f"{at} · {view.record.seq} · {_('VOIDED') if voided else words}"
        status = "grey" if voided or not view.facts.result else STATUS_OF[view.facts.result]
        if view.facts.waits_for_second_look and not voided:
            status = "amber"
        item = QListWidgetItem(icon(STATUS_ICONS[status], status), text)
        item.setData(Qt.ItemDataRole.UserRole, view)
        item.setToolTip(words)
        return item

    def _show_voyage(self) -> None:
        voyage = self._model.voyage
        lines = voyage_lines(voyage)
        title = _("Voyage, as before") if voyage.carried else _("Voyage")
        self._voyage_title.setText(title)
        self.voyage_words.setText("\n".join(lines) or _("Not said: V"))
        set_kind(self.voyage_card, "carried" if voyage.carried else "card")

    def _on_asked(self) -> None:
        item = self.records.currentItem()
        if item is not None:
            self.voiding.emit(item.data(Qt.ItemDataRole.UserRole))


def _listed(day: DeskDay) -> tuple[ScreeningView, ...]:
    """Return who waits for a second look before the newest records: nobody is forgotten there."""
    waiting = {view.id for view in day.second_looks}
    return (*day.second_looks, *(view for view in day.newest if view.id not in waiting))
