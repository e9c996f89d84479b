"""Passes that were made: found by number or state, their history, and what becomes of them, each with its reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from bmis.passes.border_pass import BorderPass
from bmis.passes.lifecycle import PassState
from bmis.passes.print_pass import PassForm
from bmis.passes.read_passes import ShownPass
from bmis.receipts.errors import SecondSignatureError
from ui.desktop.parts import Describe
from ui.desktop.passes.models import PassesModel
from ui.desktop.passes.parts import Changed
from ui.desktop.passes.pass_facts import pass_facts
from ui.desktop.passes.view_children import ChildrenDialog
from ui.desktop.passes.view_forgetting import ask_forget
from ui.desktop.passes.view_preview import CardPreview, StepButtons, Verdict
from ui.desktop.passes.wording import ground_field
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.theme import mrz_font
from ui.desktop.widgets.asking import (
    Answers,
    Asked,
    AskingDialog,
    ask_for,
    put_away,
    reason_field,
    second_person_fields,
)
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.pictures import LiveView
from ui.desktop.widgets.plain import Button, LabelledField
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.words import moment_words
from ui.words.pass_desk import REPORTED
from ui.words.passes import PASS_STATES

_P = PassState
STATUS = {_P.ACTIVE: "green", _P.PRODUCED: "grey", _P.SUSPENDED: "amber", _P.EXPIRED: "grey"}
STEPS: Mapping[PassState, tuple[str, ...]] = {
    _P.PRODUCED: ("card", "sheet", "children"),
    _P.ACTIVE: ("card", "sheet", "slip", "phone", "suspend", "revoke", "report", "replace", "renew", "children"),
    _P.SUSPENDED: ("reinstate", "suspend", "revoke", "report", "appeal", "children"),
    _P.REVOKED: ("appeal", "children", "forget"),
    _P.EXPIRED: ("renew", "children", "forget"),
    _P.LOST: ("replace", "children", "forget"),
    _P.STOLEN: ("replace", "children", "forget"),
    _P.DAMAGED: ("replace", "children", "forget"),
    _P.SURRENDERED: ("forget",),
    _P.DECEASED: ("forget",),
    _P.REPLACED: ("forget",),
    _P.RENEWED: ("forget",),
}
PRINTS = {"card": PassForm.CARD, "sheet": PassForm.SHEET, "slip": PassForm.SLIP, "phone": PassForm.CODE}


class PassesSection(Section):
    """F3 goes to the number, F5 prints the card; S suspends. ``appealed`` carries the number of an appeal asked for."""

    appealed = Signal(str)

    def __init__(
        self, model: PassesModel, paper: PaperOffer, describe: Describe, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model, self._paper, self._describe = model, paper, describe
        self._listed: tuple[tuple[BorderPass, PassState], ...] = ()
        self.shown: ShownPass | None = None
        self._wanted = ""
        self.dialog: AskingDialog | None = None
        self.number, self.state = QLineEdit(), QComboBox()
        self.number.setObjectName("passes.number")
        self.number.setFont(mrz_font(18))
        self.number.setMaxLength(12)
        self.state.setObjectName("passes.state")
        self._number_field, self._state_field = LabelledField(self.number), LabelledField(self.state)
        self.list = LineList({Qt.Key.Key_S: lambda: self.step("suspend")})
        self.list.view.setObjectName("passes.list")
        self.banner, self.facts, self.card = Verdict(), FactList(), CardPreview()
        self.photo = LiveView((120, 150), "person")
        self.buttons = {name: Button("danger" if name == "revoke" else "") for name in self._words()}
        self.steps = StepButtons(self.buttons)
        self._lay_out()
        self._watch()
        self.retranslate()

    def _lay_out(self) -> None:
        self.column.setContentsMargins(16, 8, 16, 8)
        self.column.setSpacing(8)
        asked = QHBoxLayout()
        asked.addWidget(self._number_field, 1)
        asked.addWidget(self._state_field, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(asked)
        left.addWidget(self.list, 1)
        pictures = QHBoxLayout()
        pictures.addWidget(self.photo, 1)
        pictures.addWidget(self.card, 4)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.banner)
        right.addLayout(pictures, 3)
        right.addWidget(self.facts, 3)
        right.addWidget(self.steps)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 5)
        row.addLayout(right, 6)
        self.column.addLayout(row, 1)

    def _watch(self) -> None:
        model = self.model
        self.number.returnPressed.connect(self.look_up)
        self.state.currentIndexChanged.connect(lambda _at: self.opened())
        self.list.moved.connect(self._on_moved)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self.step(name))
        model.listed.connect(self._on_listed)
        model.shown.connect(self._on_shown)
        model.pictured.connect(self.card.show_card)
        model.done.connect(self._on_done)
        model.noticed.connect(self.noticed)

    def _words(self) -> dict[str, Callable[[], str]]:
        return {
            "card": lambda: _("Print the card  (F5)"),
            "sheet": lambda: _("Print on paper (A6)"),
            "slip": lambda: _("Slip in pictures"),
            "phone": lambda: _("For a phone…"),
            "suspend": lambda: _("Suspend…"),
            "reinstate": lambda: _("End the suspension…"),
            "revoke": lambda: _("Revoke…"),
            "report": lambda: _("Lost, given back…"),
            "replace": lambda: _("Replace…"),
            "renew": lambda: _("Renew…"),
            "appeal": lambda: _("Appeal…"),
            "children": lambda: _("Children…"),
            "forget": lambda: _("Forget the person…"),
        }

    def title(self) -> str:
        """Return its name."""
        return _("Passes")

    def first_field(self) -> QWidget | None:
        """Return the number."""
        return self.number

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the list."""
        return {Key.RESCAN: self.opened, Key.FIND: self.number.setFocus, Key.PRINT: lambda: self.step("card")}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer the steps of the pass in front."""
        words = self._words()
        settle = (
            [PaletteAction(_("Write down what ran out"), self.model.settle)] if self.model.parts.can.suspend else []
        )
        steps = [PaletteAction(words[name](), lambda name=name: self.step(name)) for name in self.offered()]  # type: ignore[misc]  # mypy infers no type for a lambda's default
        return [*steps, *settle]

    def opened(self) -> None:
        """Look again."""
        code = self.state.currentData()
        self.model.refresh(PassState(code) if code else None)

    def locking(self) -> None:
        """Show nobody."""
        self._on_shown(None)

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(_("Lists name nobody: a pass shows its holder when it is in front."))
        self._number_field.say(_("Number of the pass"))
        self._state_field.say(_("State"))
        self.photo.setAccessibleName(_("Photograph"))
        chosen = self.state.currentData()
        self.state.blockSignals(True)
        self.state.clear()
        self.state.addItem(_("all"), "")
        for one in PassState:
            self.state.addItem(PASS_STATES[one.value](), one.value)
        self.state.setCurrentIndex(max(0, self.state.findData(chosen)))
        self.state.blockSignals(False)
        self.list.say(
            self.title(),
            [Heading(_("Number")), Heading(_("State"), wide=True), Heading(_("Valid until"))],
            _("No pass was found."),
        )
        for name, words in self._words().items():
            self.buttons[name].say(words())
        self._show_lines()
        self._on_shown(self.shown)

    def offered(self) -> tuple[str, ...]:
        """Return what this person may do with the pass in front."""
        shown, can = self.shown, self.model.parts.can
        if shown is None or shown.who is None:
            return ()
        may = {
            "replace": can.capture and self.model.parts.local_day() <= shown.border_pass.validity.last,
            "renew": can.capture,
            "appeal": can.capture or can.revoke,
            "children": bool(shown.who.dependants),
            "forget": can.forget,
        }
        steps = STEPS.get(shown.state, ())
        return tuple(one for one in steps if (can.issue if one in PRINTS else may.get(one, can.suspend)))

    def look_up(self) -> None:
        """Show the pass of the number that was typed."""
        typed = self.number.text().strip()
        if typed:
            self.model.show(typed)

    def step(self, name: str) -> None:
        """Take a step with the pass in front, if it is offered."""
        if self.shown is None or name not in self.offered():
            return
        serial = self.shown.border_pass.number
        if name == "appeal":
            self.appealed.emit(serial)
        elif name == "children" and self.shown.who is not None:
            ChildrenDialog(self, self.shown.who.dependants, self.shown.children).open()
        elif name == "forget":
            person = self.shown.border_pass.person_id
            self.dialog = ask_forget(self, self.model, self._describe, person, serial)
        elif name == "phone":
            self.model.pass_file(serial, PassForm.CODE)
        elif name in PRINTS:
            self.model.print_pass(serial, PRINTS[name])
        else:
            self.ask(name)

    def ask(self, act: str, second: bool = False, before: Answers | None = None) -> None:
        """Ask for the reason of a step; ``second``: a second person signs too."""
        assert self.shown is not None
        serial, before = self.shown.border_pass.number, before or {}
        title = f"{self._words()[act]().rstrip('…')} · {serial}"
        fields = [*_asked_of(act, before), replace(reason_field(), value=before.get("reason", ""))]
        if second:
            fields += second_person_fields()
        text = ""
        if act in ("suspend", "revoke"):
            text = _("The holder gets a notice with the reason, the last day to object and a number for complaints.")
        self.dialog = ask_for(
            self,
            title,
            text,
            fields,
            ok=button_ok(act),
            give=lambda form, said: self._give(form, said, act, second),
            grave=act == "revoke",
        )

    def _give(self, dialog: AskingDialog, said: Answers, act: str, second: bool) -> None:
        assert self.shown is not None
        serial = self.shown.border_pass.number

        def failed(error: Exception) -> None:
            if isinstance(error, SecondSignatureError) and not second:
                put_away(dialog)
                self.ask(act, second=True, before=said)
                return
            dialog.stay(self._describe(error), "reason")

        if act in ("replace", "renew"):
            self.model.again(serial, act, said["reason"], failed)
            return
        self.model.change(serial, said["what"] if act == "report" else act, said, failed)

    def _on_moved(self, key: object) -> None:
        if isinstance(key, str):
            self.model.show(key)
        else:
            self._on_shown(None)

    def _on_listed(self, listed: tuple[tuple[BorderPass, PassState], ...]) -> None:
        self._listed = listed
        self._show_lines()
        if self._wanted:  # a pass that was typed stays in front, whatever line the list stands on
            self.list.go_to(self._wanted)
            self.model.show(self._wanted)
            self._wanted = ""

    def _show_lines(self) -> None:
        self.list.show_lines(
            [
                Line(
                    one.number,
                    (one.number, PASS_STATES[state.value](), one.validity.last.strftime("%d/%m/%Y")),
                    STATUS.get(state, "red"),
                )
                for one, state in self._listed
            ]
        )

    def _on_shown(self, shown: ShownPass | None) -> None:
        self.shown = shown
        self.card.show_card(None)
        self.steps.offer(self.offered())
        if shown is None:
            self.banner.show_verdict("grey", _("Choose a pass"))
            self.facts.show_facts(())
            self.photo.show_frame(None)
            return
        one = shown.border_pass
        until = "" if one.suspended_until is None else moment_words(local(one.suspended_until))
        self.banner.show_verdict(
            STATUS.get(shown.state, "red"),
            f"{one.number} · {PASS_STATES[shown.state.value]()}",
            until and _("until {moment}").format(moment=until),
        )
        self.photo.show_frame(None if shown.photo is None else QImage.fromData(shown.photo.jpeg))
        self.facts.show_facts(pass_facts(shown))
        if shown.seal is not None:
            self.model.picture(one.number)

    def _on_done(self, code: str, result: object) -> None:
        put_away(self.dialog)
        self.dialog = None
        if code.startswith("file.") and isinstance(result, bytes):
            self._paper.offer(_("Code for a phone"), _("Send it to the holder's own phone only."), "passe.png", result)
            return
        if isinstance(result, Changed) and result.paper is not None:
            self._paper.offer(_("Notice"), _("For the holder."), "aviso.pdf", result.paper)
        said = _("Sent to the printer.") if code == "printed" else _("Done: it stands in the history.")
        if code == "settled":
            said = _n("{count} pass moved.", "{count} passes moved.", int(str(result))).format(count=result)
        elif code == "forgotten":
            said = _("The person is forgotten; what is counted stays.")
        elif code in ("replace", "renew"):
            said = _("An application was taken: it waits for approval.")
        self.remarked.emit(said, "")
        self._wanted = "" if self.shown is None else self.shown.border_pass.number
        self.opened()


def _asked_of(act: str, before: Answers) -> list[Asked]:
    """Return what a step asks beside its reason."""
    fields: list[Asked] = []
    if act in ("suspend", "revoke"):
        fields.append(replace(ground_field(), value=before.get("ground", "")))
    if act == "suspend":
        hint = _("Empty: as long as one officer may.")
        hours = before.get("hours", "")
        fields.append(Asked("hours", _("Hours"), value=hours, required=False, hint=hint, topic="passes.hours"))
    if act == "report":
        what = tuple((code, words()) for code, words in REPORTED.items())
        fields.append(Asked("what", _("What is told"), "choice", what, before.get("what", ""), topic="passes.report"))
    return fields


def button_ok(act: str) -> str:
    """Return the word of the button that does it."""
    return {
        "suspend": _("Suspend"),
        "reinstate": _("End the suspension"),
        "revoke": _("Revoke"),
        "report": _("Note it"),
        "replace": _("Take the application"),
        "renew": _("Take the application"),
    }[act]
