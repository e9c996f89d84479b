"""Groups of the registry: one page, one key to the next group, place and time carried over."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bmis.flows.mobility.errors import ObservedSumError
from bmis.flows.observed.group import SEX_AGE, SEX_AGE_UNKNOWN, VULNERABILITIES
from bmis.flows.observed.slot import ObservedSlot
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.observation.parts import Points
from ui.desktop.observation.sheet import GROUP, HEAD, NEEDED, PARTS, areas_asked
from ui.desktop.observation.sheet_model import SheetModel
from ui.desktop.observation.view_fields import FieldScroll, Kind, ObservedField
from ui.desktop.observation.wording import (
    Choices,
    district_choices,
    field_word,
    interval_words,
    listed,
    province_choices,
    totals_words,
    watched_choices,
)
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.flow import EnterAlong
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.widgets.question import ask
from ui.desktop.words import button_words

_LISTS = {"transport_mode": "transport_mode", "reason": "reason", "duration": "duration", "record_kind": "record_kind"}
_ROWS: Sequence[tuple[tuple[str, int], ...]] = (
    (("fmp", 6), ("date", 4), ("slot_start", 3), ("slot_end", 3), ("directions", 4)),
    (("direction", 4), ("total", 3), ("nationality", 5), ("transport_mode", 4), ("record_kind", 4)),
    (("reason", 5), ("duration", 5), ("previous_country", 5), ("next_country", 5)),
    (*((name, 2) for name in SEX_AGE), (SEX_AGE_UNKNOWN, 4)),
    (("origin_country", 6), ("origin_adm1", 7), ("origin_adm2", 7)),
    (("dest_country", 6), ("dest_adm1", 7), ("dest_adm2", 7)),
    tuple((name, 3) for name in VULNERABILITIES),
)
_ORDER = (*HEAD, *(name for row in _ROWS[1:] for name, _wide in row))


class GroupsSection(Section):
    """F12 goes to the next group, F6 keeps the sheet, Ctrl+Backspace opens the last group again."""

    kept = Signal()

    def __init__(self, model: SheetModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self._describe = model, describe
        self._points: Points = ()
        self.column.setSpacing(8)
        self.fields = {name: self._field(name) for name in (*HEAD, *GROUP)}
        self.told, self.sum = PlainLabel(kind="field-label", wrap=True), PlainLabel(kind="muted", wrap=True)
        self.next, self.keep, self.last = Button("primary"), Button(), Button()
        self._around = FieldScroll(self._page(), self.fields.values())
        acts = QHBoxLayout()
        acts.setSpacing(16)
        for button, act in ((self.next, self.go_on), (self.last, model.reopen), (self.keep, self.keep_sheet)):
            button.setProperty("tall", True)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            acts.addWidget(button, 1)
        self.column.addWidget(self.told)
        self.column.addWidget(self._around, 1)
        self.column.addWidget(self.sum)
        self.column.addLayout(acts)
        self._flow = EnterAlong([self.fields[name].field for name in _ORDER], self.next.setFocus, self)
        model.changed.connect(self._on_changed)
        model.told.connect(self._say_sums)
        model.wrong.connect(self._on_wrong)
        model.kept.connect(self._on_kept)
        model.noticed.connect(self.noticed)
        model.restored.connect(lambda: self.remarked.emit(_("The sheet that was left is back."), ""))
        self.retranslate()

    def _field(self, name: str) -> ObservedField:
        kind = Kind.CHOICE
        if name.endswith("_country") or name == "nationality":
            kind = Kind.COUNTRY
        elif name == "date":
            kind = Kind.DATE
        elif name in ("slot_start", "slot_end"):
            kind = Kind.TIME
        elif name == "total" or name in PARTS or name in VULNERABILITIES:
            kind = Kind.NUMBER
        topic = "observation.head" if name in HEAD else "observation.group"
        field = ObservedField(name, kind, topic, lambda: self._label(name), lambda: self._choices(name))
        field.typed.connect(self._on_typed)
        field.field.setMinimumWidth(0)
        return field

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for row in _ROWS:
            grid = QGridLayout()
            grid.setHorizontalSpacing(10)
            at = 0
            for name, wide in row:
                grid.addWidget(self.fields[name], 0, at, 1, wide, Qt.AlignmentFlag.AlignBottom)
                at += wide
            for place in range(at):
                grid.setColumnStretch(place, 1)
            column.addLayout(grid)
        column.addStretch(1)
        return page

    def _label(self, name: str) -> str:
        words = _("Directions watched") if name == "directions" else field_word("fmp_id" if name == "fmp" else name)
        return f"{words} *" if name in NEEDED else words

    def _choices(self, name: str) -> Choices:
        if name == "fmp":
            return [(code, f"{words} ({code})") for code, words in self._points]
        if name == "directions":
            return watched_choices()
        if name == "direction":
            watched = self.model.sheet.head.get("directions", "").split("+")
            return [one for one in listed("direction") if one[0] in watched]
        if name.endswith("_adm1"):
            return province_choices()
        if name.endswith("_adm2"):
            return district_choices(self.model.sheet.typed.get(f"{name.partition('_')[0]}_adm1", ""))
        return listed(_LISTS[name])

    def title(self) -> str:
        """Return its name."""
        return _("Groups (FMR)")

    def first_field(self) -> QWidget | None:
        """Return the first field of the group; the head stands as it was."""
        return self.fields["direction"].field

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F12 goes on, F6 keeps, Ctrl+Backspace opens the last group."""
        return {Key.DECIDE: self.go_on, Key.SECONDARY: self.keep_sheet, Key.UNDO: self.model.reopen}

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of the keys here."""
        return {
            Key.DECIDE: _("Next group"),
            Key.SECONDARY: _("Keep the sheet"),
            Key.UNDO: _("Open the last group"),
        }

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer to begin another sheet."""
        return [PaletteAction(_("Give the sheet up"), self.ask_clear)] if self.model.sheet.is_begun else []

    def show_points(self, points: Points) -> None:
        """Offer these points."""
        self._points = points
        self.retranslate()

    def go_on(self) -> None:
        """Finish the group and go to the next one."""
        if self.model.next_group():
            self.fields["direction"].field.setFocus()

    def keep_sheet(self) -> None:
        """Keep the sheet; one without a group says that nobody passed, and is asked about."""
        if self.model.sheet.is_begun:
            self.model.keep()
            return
        ask(
            self,
            _("Keep a sheet without groups?"),
            _("It says that this time was watched and nobody passed."),
            yes=_("Nobody passed"),
            no=button_words()["back"],
            answered=lambda yes: self.model.keep() if yes else None,
        )

    def ask_clear(self) -> None:
        """Give the sheet up, after a question."""
        ask(
            self,
            _("Give the sheet up?"),
            _("Its groups are not kept; the time stays unobserved."),
            yes=_("Give it up"),
            no=button_words()["back"],
            answered=lambda yes: self.model.clear() if yes else None,
        )

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(_("Groups seen or asked at a point"))
        self.hint.setText(
            _("One group a form, no names. * is needed; what nobody knows stays empty, and 0 means none.")
        )
        self.next.say(_("Next group  (F12)"))
        self.last.say(_("Open the last group  (Ctrl+⌫)"))
        self.keep.say(_("Keep the sheet  (F6)"))
        for field in self.fields.values():
            field.retranslate()
        self._show()

    def _on_typed(self, name: str, text: str) -> None:
        self.model.set_text(name, text)
        if name.endswith("_adm1"):
            end = name.partition("_")[0]
            self.model.set_text(f"{end}_adm2", "")
            self.fields[f"{end}_adm2"].retranslate()
        if name.endswith("_country"):
            self._say_areas()
        if name == "directions":
            self.fields["direction"].retranslate()
            self.model.set_text("direction", self.fields["direction"].value())

    def _on_changed(self) -> None:
        self.cleared.emit()
        self._show()

    def _show(self) -> None:
        sheet = self.model.sheet
        self.fields["direction"].retranslate()
        for name in (*HEAD, *GROUP):
            field = self.fields[name]
            if name.endswith("_adm2"):
                field.retranslate()
            field.show_value((sheet.head if name in HEAD else sheet.typed).get(name, ""))
            field.mark("")
        self._say_areas()
        self._say_sums()

    def _say_areas(self) -> None:
        """Provinces and districts are of Mozambique; of another country none is asked."""
        for end in ("origin", "dest"):
            asked = areas_asked(self.model.sheet.typed, end)
            for name in (f"{end}_adm1", f"{end}_adm2"):
                field = self.fields[name]
                field.field.setEnabled(asked)
                if not asked and self.model.sheet.typed.get(name):
                    self.model.set_text(name, "")
                    field.show_value("")

    def _say_sums(self) -> None:
        sheet = self.model.sheet
        groups = _n("{count} group", "{count} groups", len(sheet.groups)).format(count=len(sheet.groups))
        people = _n("{count} person", "{count} people", sheet.people).format(count=sheet.people)
        self.told.setText(
            _("On this sheet: {groups}, {people}. Now group {number}.").format(
                groups=groups, people=people, number=len(sheet.groups) + 1
            )
        )
        self.last.setEnabled(bool(sheet.groups) and not sheet.typed)
        told, total = sheet.parts_told, sheet.typed.get("total", "")
        if told is None:
            self.sum.setText(_("Sex and age are not told: they are then unknown for the whole group."))
        elif total.isdigit() and told != int(total):
            self.sum.setText(
                _("By sex and age {told} of {total}: they must be the same.").format(told=told, total=total)
            )
        else:
            self.sum.setText(_("By sex and age: {told}.").format(told=told))

    def _on_wrong(self, error: Exception) -> None:
        """Say what is wrong above the page, and mark the field."""
        where = str(getattr(error, "facts", {}).get("where") or "")
        if isinstance(error, ObservedSumError):
            where = SEX_AGE_UNKNOWN
        self.noticed.emit(error)
        field = self.fields.get(where)
        if field is not None:
            notice = self._describe(error)
            field.mark(notice.code)
            field.field.setFocus()

    def _on_kept(self, slot: ObservedSlot) -> None:
        words = _("Kept: {interval}, {totals}.").format(
            interval=interval_words(slot.start, slot.end), totals=totals_words(slot.totals)
        )
        self.remarked.emit(words, "")
        self.fields["direction"].field.setFocus()
        self.kept.emit()
