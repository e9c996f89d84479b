"""Serials: the ranges from the centre, what became of each, what is left, and the spoiled ones with their reason."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from bmis.passes.allocate_serials import TRAINING
from bmis.passes.serials import SpoiledNumber, printed
from ui.desktop.parts import Describe
from ui.desktop.passes.models import NumbersModel
from ui.desktop.passes.number_parts import NumbersShown
from ui.desktop.passes.view_listed import ListedSection
from ui.desktop.passes.view_preview import Verdict
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Asked, ask_for, reason_field
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.widgets.plain import Button
from ui.desktop.words import moment_words

FEW = 20  # passes that can still be made: time to ask the centre, days before the last one
MOST_SHOWN = 50


class NumbersSection(ListedSection[NumbersModel, NumbersShown]):
    """F12 enters a range, F8 notes a blank that was spoiled, F2 looks again."""

    def __init__(self, model: NumbersModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(model, describe, "passes.numbers", parent)
        self.banner = Verdict()
        self.allocate, self.blank = Button("primary"), Button()
        right = QVBoxLayout()
        right.addWidget(self.banner)
        right.addWidget(self.facts, 1)
        for button, may in ((self.allocate, model.parts.can.allocate), (self.blank, model.parts.can.issue)):
            button.setObjectName("passes.range")
            button.setVisible(may)
            right.addWidget(button)
        self.allocate.clicked.connect(self.ask_range)
        self.blank.clicked.connect(self.ask_blank)
        self.lay_beside(right, (3, 2))

    def title(self) -> str:
        """Return its name."""
        return _("Numbers")

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the page."""
        keys: dict[Key, Callable[[], None]] = {Key.RESCAN: self.opened}
        if self.model.parts.can.allocate:
            keys[Key.DECIDE] = self.ask_range
        if self.model.parts.can.issue:
            keys[Key.NOTE] = self.ask_blank
        return keys

    def key_names(self) -> Mapping[Key, str]:
        """Return their words."""
        return {Key.DECIDE: _("Enter a range of serials"), Key.NOTE: _("Note a spoiled blank")}

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
        self.show_now()

    def ask_range(self) -> None:
        """Ask for the range that the centre gave, and for whom it is."""
        if not self.model.parts.can.allocate:
            return
        post = "" if self.now is None else self.now.post
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
                said["first"], said["last"], said["place"], self.stay(dialog, "first")
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
            give=lambda dialog, said: self.model.spoil(said["serial"], said["reason"], self.stay(dialog, "serial")),
        )

    def said_of(self, code: str, result: object) -> str:
        """Return the words for what was done."""
        return _("The range is entered.") if code == "allocated" else _("Noted as spoiled.")

    def show_now(self) -> None:
        """Show the ranges, what is left and what was spoiled."""
        now = self.now
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
