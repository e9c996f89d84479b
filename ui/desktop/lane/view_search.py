"""F3: a number, a name or a birth date; the crossings that match; one of them in full; a correction with its reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bmis.crossings.crossing import CrossingEvent, EventKind
from bmis.crossings.view import CrossingSummary, CrossingView
from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.lane.answers import question_word
from ui.desktop.lane.search import SearchModel, fields_to_amend, links_of
from ui.desktop.lane.wording import DASH, dated_line, document_name, kind_words, state_of_record, state_words
from ui.desktop.parts import Describe
from ui.desktop.widgets.bars import NoticeBar
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel
from ui.desktop.words import button_words
from ui.words.findings import evidence_words
from ui.words.labels import check_word, decision_word, direction_word, field_word, sex_word, status_word


class SearchDialog(QDialog):
    """Finds and shows; nothing of it is a decision."""

    def __init__(self, model: SearchModel, describe: Describe, parent: QWidget, *, may_amend: bool) -> None:
        super().__init__(parent)
        self._model = model
        self._may_amend = may_amend
        self._viewed: CrossingView | None = None
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("lane.search")
        self.resize(900, 620)
        self.setWindowTitle(_("Find a crossing"))
        self.notice = NoticeBar(describe)
        self.query, self.go = QLineEdit(), Button("primary")
        self.query.setObjectName("lane.search.query")
        self.query.setMaxLength(120)
        self.count = PlainLabel(kind="muted", wrap=True)
        self.results = QListWidget()
        self.results.setObjectName("lane.search.results")
        self.results.setAccessibleName(_("Crossings found"))
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(_("The crossing"))
        self.field, self.value, self.reason = QComboBox(), QLineEdit(), QLineEdit()
        self.keep, self.back, self.leave, self.unlink = Button(), Button(), Button(), Button()
        self.pages = QStackedWidget()
        self._lay_out()
        self.query.returnPressed.connect(self._search)
        self.go.clicked.connect(self._search)
        self.results.itemActivated.connect(lambda item: model.show(item.data(Qt.ItemDataRole.UserRole).id))
        self.field.activated.connect(lambda _at: self._show_value())
        self.keep.clicked.connect(self._amend)
        self.unlink.clicked.connect(self._unlink)
        self.back.clicked.connect(self._back)
        self.leave.clicked.connect(self.reject)
        model.found.connect(self._on_found)
        model.shown.connect(self._on_shown)
        model.failed.connect(self.notice.show_error)
        self.query.setFocus()

    def show_crossing(self, one: CrossingSummary) -> None:
        """Show a crossing chosen elsewhere."""
        self._model.show(one.id)

    def _lay_out(self) -> None:
        query = LabelledField(self.query)
        query.say(_("Document number, name or date of birth"))
        self.go.say(_("Find"))
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(query, 1)
        top.addWidget(self.go, 0, Qt.AlignmentFlag.AlignBottom)
        found = QWidget()
        first = QVBoxLayout(found)
        first.setContentsMargins(0, 0, 0, 0)
        first.addLayout(top)
        first.addWidget(self.count)
        first.addWidget(self.results, 1)
        one = QWidget()
        second = QVBoxLayout(one)
        second.setContentsMargins(0, 0, 0, 0)
        second.addWidget(self.details, 1)
        second.addWidget(self._amending())
        self.pages.addWidget(found)
        self.pages.addWidget(one)
        for button, words in ((self.back, button_words()["back"]), (self.leave, button_words()["close"])):
            button.say(words)
        for button in (self.go, self.keep, self.unlink, self.back, self.leave):
            button.setAutoDefault(False)
        bottom = QHBoxLayout()
        bottom.addWidget(self.back)
        bottom.addStretch(1)
        bottom.addWidget(self.leave)
        self.back.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(_("Find a crossing"), "heading"))
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)
        column.addLayout(bottom)

    def _amending(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for field, words, name in (
            (self.field, _("Field to correct"), "field"),
            (self.value, _("Right value"), "value"),
            (self.reason, _("Reason"), "reason"),
        ):
            field.setObjectName(f"lane.amend.{name}")
            labelled = LabelledField(field)
            labelled.say(words)
            row.addWidget(labelled, 1)
        self.keep.say(_("Correct"))
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignBottom)
        self.unlink.say(_("Take the link back"))
        row.addWidget(self.unlink, 0, Qt.AlignmentFlag.AlignBottom)
        part.setVisible(self._may_amend)
        return part

    def _search(self) -> None:
        self.notice.clear()
        self._model.search(self.query.text())

    def _on_found(self, found: object) -> None:
        crossings = found if isinstance(found, tuple) else ()
        self.results.clear()
        for one in crossings:
            item = QListWidgetItem(dated_line(one))
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.results.addItem(item)
        count = len(crossings)
        self.count.setText(_n("{count} crossing found", "{count} crossings found", count).format(count=count))
        self._back()
        if crossings:
            self.results.setCurrentRow(0)
            self.results.setFocus()

    def _on_shown(self, view: object) -> None:
        if not isinstance(view, CrossingView):
            return
        self._viewed = view
        self.details.setPlainText("\n".join(crossing_lines(view)))
        at = self.field.currentData()
        self.field.clear()
        for name, _value in fields_to_amend(view):
            self.field.addItem(_field_label(name), name)
        self.field.setCurrentIndex(max(0, self.field.findData(at)))
        self.reason.clear()
        self.unlink.setVisible(bool(links_of(view)))
        self._show_value()
        self.pages.setCurrentIndex(1)
        self.back.show()
        self.details.setFocus()

    def _show_value(self) -> None:
        if self._viewed is not None:
            self.value.setText(dict(fields_to_amend(self._viewed)).get(self.field.currentData(), ""))

    def _amend(self) -> None:
        if self._viewed is not None:
            self.notice.clear()
            self._model.amend(self._viewed, self.field.currentData(), self.value.text().strip(), self.reason.text())

    def _unlink(self) -> None:
        if self._viewed is not None and (links := links_of(self._viewed)):
            self.notice.clear()
            self._model.take_link_back(self._viewed, links[-1], self.reason.text())

    def _back(self) -> None:
        self._viewed = None
        self.pages.setCurrentIndex(0)
        self.back.hide()
        self.query.setFocus()


def _field_label(name: str) -> str:
    words = question_word(name)
    if words != name:
        return words
    section, _dot, plain = name.partition(".")
    return field_word(plain) if section == "document" else field_word(plain or name)


def crossing_lines(view: CrossingView) -> list[str]:
    """Return a crossing as lines of text: who, what was decided, the checks, what happened to it since."""
    crossing, document = view.crossing, view.crossing.document
    at = local(crossing.crossed_at, crossing.place.utc_offset_minutes)
    birth, expiry = document.birth_date, document.expiry_date
    lines = [
        f"{decision_word(crossing.decision.value)} · {direction_word(crossing.direction.value)} · {at:%d/%m/%Y %H:%M}",
        f"{_('Record')}: {crossing.seq} · {state_of_record(view.state)}",
        "",
        document_name(document),
        f"{kind_words(document.kind)} · {state_words(document.issuing_state)} · {document.number or DASH}",
        f"{_('Nationality')}: {state_words(document.nationality)}",
        f"{_('Date of birth')}: {birth.shown() if birth else DASH}",
        f"{_('Sex')}: {sex_word(document.sex)}",
        f"{_('Valid until')}: {expiry.shown() if expiry else DASH}",
        "",
    ]
    lines += [
        f"{status_word(one.status.value)} · {check_word(one.check)}: {evidence_words(one)}" for one in crossing.findings
    ]
    if crossing.verdict.reasons:
        lines.append(f"{_('Reasons')}: {', '.join(crossing.verdict.reasons)}")
    if view.events:
        lines += ["", *(_event_line(one, crossing.place.utc_offset_minutes) for one in view.events)]
    return lines


def _event_line(event: CrossingEvent, offset: int) -> str:
    words = {
        EventKind.AMENDED: _("corrected"),
        EventKind.ANNULLED: _("annulled"),
        EventKind.UNDONE: _("taken back"),
        EventKind.CLOSED: _("closed"),
        EventKind.REOPENED: _("open again"),
        EventKind.LINKED: _("linked"),
        EventKind.UNLINKED: _("link taken back"),
        EventKind.PRINTED: _("printed"),
    }[event.kind]
    changes = "; ".join(
        f"{_field_label(name)}: {before or DASH} → {after or DASH}" for name, (before, after) in event.changes.items()
    )
    at = local(event.recorded_at, offset)
    reason = {"slip": _("slip"), "notice": _("notice")}.get(event.reason, event.reason)
    return " · ".join(filter(None, (f"{at:%d/%m/%Y %H:%M}", words, event.by, changes, reason)))
