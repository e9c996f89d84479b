"""Passes and their use counted; small numbers are hidden unless somebody of the office looks."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.passes.goods import common_list
from bmis.passes.statistics import PassStatistics, Table
from bmis.posts.point_of_entry import point_of_entry
from ui.desktop.passes.models import FiguresModel
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.fields import DateField, iso_date
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, LabelledField
from ui.words.pass_desk import TABLES, part_words

HIDDEN = "…"


class FiguresSection(Section):
    """F12 counts. For the public a part under five is hidden, and what would give it away."""

    def __init__(self, model: FiguresModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._found: PassStatistics | None = None
        self.first, self.last, self.public = DateField(), DateField(), QCheckBox()
        self.first.setObjectName("passes.days")
        self.last.setObjectName("passes.days")
        self.public.setObjectName("passes.public")
        self.public.setChecked(True)
        self.count = Button("primary")
        self._first, self._last = LabelledField(self.first), LabelledField(self.last)
        self.list = LineList()
        self.list.view.setObjectName("passes.figures")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._first)
        row.addWidget(self._last)
        row.addWidget(self.public)
        row.addStretch(1)
        row.addWidget(self.count)
        self.column.addLayout(row)
        self.column.addWidget(self.list, 1)
        self.count.clicked.connect(self.ask)
        model.counted.connect(self._on_counted)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Statistics")

    def first_field(self) -> QWidget | None:
        """Return the first day."""
        return self.first

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F12 counts."""
        return {Key.DECIDE: self.ask}

    def opened(self) -> None:
        """Count this month, unless other days stand there."""
        if self.first.value() is None:
            day = self.model.parts.local_day()
            self.first.set_value(iso_date(day.replace(day=1).isoformat()))
            self.last.set_value(iso_date(day.isoformat()))
        self.ask()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self._first.say(_("From"))
        self._last.say(_("To"))
        self.public.setText(_("For the public"))
        self.public.setAccessibleName(_("For the public: small numbers are hidden"))
        self.count.say(_("Count  (F12)"))
        self.list.say(
            self.title(),
            [Heading(_("Counted")), Heading(_("Split by")), Heading(_("Part"), wide=True), Heading(_("Number"))],
            _("Nothing was counted in these days."),
        )
        self._show()

    def ask(self) -> None:
        """Count the days that stand there."""
        from datetime import date

        first, last = self.first.value(), self.last.value()
        if first is not None and last is not None:
            public = self.public.isChecked()
            self.model.count(date.fromisoformat(str(first)), date.fromisoformat(str(last)), public)

    def _names(self) -> dict[str, dict[str, str]]:
        """Purposes, products and posts by their codes: what the schemes and the lists of the day call them."""
        language, rules = current_language(), self.model.parts.schemes()
        goods = [one for each in rules if each.goods for one in common_list(each.goods.list_file).products]
        posts = [code for each in rules for code in each.post_codes]
        return {
            "purpose": {one.code: one.label.in_language(language) for each in rules for one in each.purposes},
            "product": {one.code: one.choice.label.in_language(language) for one in goods},
            "post": {code: point_of_entry(code).name for code in posts},
        }

    def _on_counted(self, found: PassStatistics) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        found = self._found
        if found is None:
            self.hint.setText(_("Counts of this desk; no names."))
            return
        said = _("For the office only: every number is shown.")
        if found.public:
            said = _("Small numbers are hidden, and what would give them away: {count} hidden.").format(
                count=found.hidden
            )
        self.hint.setText(said)
        lines: list[Line] = []
        for title, tables in (
            (_("Handed over"), found.issued),
            (_("Used"), found.used),
            (_("Passes"), (found.states,)),
        ):
            if tables and tables[0].parts:
                lines.append(Line((title, "", ""), (title, _("All together"), "", _shown(tables[0].total))))
            lines += [line for table in tables for line in _lines(title, table, self._names())]
        self.list.show_lines(lines)


def _shown(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


def _lines(title: str, table: Table, names: Mapping[str, Mapping[str, str]]) -> list[Line]:
    split = TABLES[table.name]()
    lines = []
    for code, count in table.parts.items():
        part = names.get(table.name, {}).get(code)
        cells = (title, split, part or part_words(table.name, code), _shown(count))
        lines.append(Line((title, table.name, code), cells))
    return lines
