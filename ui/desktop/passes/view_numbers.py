"""Serials: the ranges from the centre, what became of each, what is left, and the spoiled ones with their reason."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from bmis.passes.allocate_serials import TRAINING
from bmis.passes.serials import SpoiledNumber, printed
from ui.desktop.parts import Describe
from ui.desktop.passes.models import NumbersModel
from ui.desktop.passes.number_parts import NumbersShown
from ui.desktop.passes.view_preview import Verdict
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Asked, AskingDialog, ask_for, put_away, reason_field
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button
from ui.desktop.words import moment_words

FEW = 20  # passes that can still be made: time to ask the centre, days before the last one
MOST_SHOWN = 50


class NumbersSection(Section):
    """F12 enters a range, F8 notes a blank that was spoiled, F2 looks again."""

    def __init__(self, model: NumbersModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self._describe = model, describe
        self._now: NumbersShown | None = None
        self.dialog: AskingDialog | None = None
        self.list, self.banner, self.facts = LineList(), Verdict(), FactList()
        self.list.view.setObjectName("passes.numbers")
        self.allocate, self.blank = Button("primary"), Button()
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.banner)
        right.addWidget(self.facts, 1)
        for button, may in ((self.allocate, model.parts.can.allocate), (self.blank, model.parts.can.issue)):
            button.setObjectName("passes.range")
            button.setVisible(may)
            right.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list, 3)
        row.addLayout(right, 2)
        self.column.addLayout(row, 1)
        self.allocate.clicked.connect(self.ask_range)
        self.blank.clicked.connect(self.ask_blank)
        model.shown.connect(self._on_shown)
        model.done.connect(self._on_done)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Numbers")

    def first_field(self) -> QWidget | None:
        """Return the list of ranges."""
        return self.list

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the page."""
        return {Key.RESCAN: self.opened, Key.DECIDE: self.ask_range, Key.NOTE: self.ask_blank}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what the keys do."""
        can = self.model.parts.can
        offered = [PaletteAction(_("Enter a range of serials"), self.ask_range)] if can.allocate else []
        return [*offered, PaletteAction(_("Note a spoiled blank"), self.ask_blank)] if can.issue else offered

    def opened(self) -> None:
        """Look again."""
        self.model.refresh()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(_("Every number is in exactly one column; none is used twice and none is lost."))
        self.list.say(
            self.title(),
            [
                Heading(_("For"), wide=True),
                Heading(_("From – to")),
                Heading(_("Handed over")),
                Heading(_("Made")),
                Heading(_("Spoiled")),
                Heading(_("Left")),
            ],
            _("No range was entered here yet."),
        )
        self.allocate.say(_("Enter a range…  (F12)"))
        self.blank.say(_("Blank card spoiled…  (F8)"))
        self._show()

    def ask_range(self) -> None:
        """Ask for the range that the centre gave, and for whom it is."""
        if not self.model.parts.can.allocate:
            return
        post = "" if self._now is None else self._now.post
        fields = [
            Asked("first", _("First number"), topic="passes.range"),
            Asked("last", _("Last number"), topic="passes.range"),
            Asked(
                "place",
                _("For"),
                value=post,
                hint=_("The post, or the code of a truck: then it stays unused here."),
                topic="passes.range",
            ),
        ]
        self.dialog = ask_for(
            self,
            _("A range from the centre"),
            _("Compare it with the letter of the centre, number by number."),
            fields,
            ok=_("Enter it"),
            give=lambda dialog, said: self.model.allocate(
                said["first"], said["last"], said["place"], self._stay(dialog, "first")
            ),
        )

    def ask_blank(self) -> None:
        """Ask which blank was spoiled, and why."""
        if not self.model.parts.can.issue:
            return
        self.dialog = ask_for(
            self,
            _("Blank card spoiled"),
            _("The number on it is never used."),
            [Asked("serial", _("Number of the pass"), topic="passes.number"), reason_field()],
            ok=_("Note it"),
            give=lambda dialog, said: self.model.spoil(said["serial"], said["reason"], self._stay(dialog, "serial")),
        )

    def _stay(self, dialog: AskingDialog, field: str) -> Callable[[Exception], None]:
        return lambda error: dialog.stay(self._describe(error), field)

    def _on_shown(self, now: NumbersShown) -> None:
        self._now = now
        self._show()

    def _on_done(self, code: str, _result: object) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.remarked.emit(_("The range is entered.") if code == "allocated" else _("Noted as spoiled."), "")
        self.model.refresh()

    def _show(self) -> None:
        now = self._now
        if now is None:
            return
        lines = []
        for one in now.accounts:
            here = one.range.place in now.here
            status = ("green" if one.left else "grey") if here else "amber"
            place = _("training") if one.range.place == TRAINING else one.range.place
            cells = (place, f"{one.range.first}–{one.range.last}")
            counts = (one.handed_over, one.in_production, one.spoiled, one.left)
            lines.append(Line(str(one.range.id), (*cells, *(str(count) for count in counts)), status))
        self.list.show_lines(lines)
        left = now.left_here
        words = _n("{count} pass can still be made here", "{count} passes can still be made here", left)
        status = "green" if left > FEW else "amber" if left else "red"
        self.banner.show_verdict(
            status, words.format(count=left), "" if left > FEW else _("Ask the centre for a range.")
        )
        aside = [one for one in now.accounts if one.range.place not in now.here]
        facts = [(_("Set aside for others, not used here"), "")] if aside else []
        facts += [(one.range.place, f"{one.range.first}–{one.range.last}") for one in aside]
        facts += [(_("Spoiled"), "")] + [("", _spoiled_words(one)) for one in now.spoiled[:MOST_SHOWN]]
        self.facts.show_facts(facts if now.spoiled else [*facts, ("", _("No number was spoiled here."))])


def _spoiled_words(one: SpoiledNumber) -> str:
    parts = [printed(one.serial), moment_words(local(one.at)), one.by]
    if one.blank:
        parts.append(_("blank"))
    return " · ".join(parts) + f" — {one.said or _('forgotten')}"
