"""The page of surveys: who is invited, whether they agree, and then the questions."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bmis.flows.mobility.errors import SurveyConsentError
from bmis.flows.mobility.lists import codes
from bmis.flows.observed.group import HOME
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.observation.hand_typed import HandTyped
from ui.desktop.observation.parts import Points
from ui.desktop.observation.survey_model import SurveyModel
from ui.desktop.observation.view_fields import FieldScroll, Kind, ObservedField
from ui.desktop.observation.wording import (
    Choices,
    answer_choices,
    direction_question,
    field_word,
    listed,
    province_choices,
    question_codes,
    question_word,
    refusal_word,
    survey_number,
)
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, AskingDialog, ask_for, put_away, reason_field
from ui.desktop.widgets.fields import ChoiceBox
from ui.desktop.widgets.flow import EnterAlong
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel, SpokenFrame

COLUMNS = 3
JOURNEY = ("direction", "nationality", "origin_country", "origin_adm1", "dest_country", "dest_adm1")
AGREES = "A"
_LETTERS = {"R": "refused", "M": "under_age", "L": "no_language"}
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class ConsentPad(SpokenFrame):
    """Who passes is invited: A agrees, and a letter for each reason of who is not asked."""

    def __init__(self, model: SurveyModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.setObjectName("observation.consent")
        self.setProperty("kind", "pad")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hand = HandTyped(lambda text: text == AGREES or text in _LETTERS)
        self.step, self.text = PlainLabel(kind="heading", wrap=True), PlainLabel(wrap=True)
        self.agree = Button("primary")
        self.agree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.agree.clicked.connect(model.agree)
        self.refusals = {why: Button() for why in codes("survey_refusal")}
        row = QHBoxLayout()
        row.setSpacing(16)
        for why, button in self.refusals.items():
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("tall", True)
            button.clicked.connect(lambda _checked=False, why=why: model.refuse(why))
            row.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(20)
        column.addWidget(self.step)
        column.addWidget(self.text)
        column.addWidget(self.agree)
        column.addLayout(row)
        column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the invitation."""
        step, least = survey_number("step"), survey_number("least_age")
        self.step.setText(_("Invite one in every {step} people who pass, whoever it is.").format(step=step))
        self.text.setText(
            _(
                "Say: “I ask some questions about the journey. It takes some minutes, it is voluntary and anonymous: "
                "no name, no document, nothing that changes your crossing. You may stop at any time. Do you agree? "
                "Are you {least} or older?”"
            ).format(least=least)
        )
        self.setAccessibleName(f"{self.step.text()} {self.text.text()}")
        self.agree.say(_("Agrees, and is {least} or older  (A)").format(least=least))
        for why, button in self.refusals.items():
            letter = next((letter for letter, code in _LETTERS.items() if code == why), "")
            button.say(f"{refusal_word(why)}  ({letter})" if letter else refusal_word(why))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter each; held down it acts once, and what a reader types does nothing."""
        typed = "" if event.modifiers() & _HELD else self._hand.text(event)
        if typed == AGREES:
            self.model.agree()
        elif typed in _LETTERS:
            self.model.refuse(_LETTERS[typed])
        else:
            super().keyPressEvent(event)


class SurveySection(Section):
    """First the agreement, then the questions; F12 keeps, F9 counts somebody who stops half-way as refused."""

    kept = Signal()

    def __init__(self, model: SurveyModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self._describe = model, describe
        self._points: Points = ()
        self.dialog: AskingDialog | None = None
        self.column.setSpacing(10)
        self.point = ChoiceBox()
        self.point.setObjectName("observation.point")
        self._point, self.told = LabelledField(self.point), PlainLabel(kind="field-label", wrap=True)
        self.consent = ConsentPad(model)
        self.fields = {name: self._field(name) for name in self._order()}
        self.keep, self.stop = Button("primary"), Button()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.consent)
        self._stack.addWidget(self._asking())
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.told, 3)
        top.addWidget(self._point, 2)
        self.column.addLayout(top)
        self.column.addWidget(self._stack, 1)
        self._flow = EnterAlong([one.field for one in self.fields.values()], self.keep.setFocus, self)
        self.point.currentIndexChanged.connect(lambda _at: model.choose(str(self.point.currentData() or "")))
        model.changed.connect(self._on_changed)
        model.counted.connect(lambda _today: self._say_counts())
        model.wrong.connect(self._on_wrong)
        model.kept.connect(self._on_kept)
        model.refused.connect(self._on_refused)
        model.withdrawn.connect(self._on_withdrawn)
        model.noticed.connect(self.noticed)
        model.restored.connect(lambda: self.remarked.emit(_("The survey that was left is back."), ""))
        self.retranslate()

    def _order(self) -> Sequence[str]:
        asked = list(question_codes())
        return (*asked[:2], *JOURNEY, *asked[2:])

    def _field(self, name: str) -> ObservedField:
        kind = Kind.COUNTRY if name.endswith("_country") or name == "nationality" else Kind.CHOICE
        field = ObservedField(name, kind, "observation.survey", lambda: self._label(name), lambda: self._choices(name))
        field.typed.connect(self._on_typed)
        return field

    def _asking(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, at // COLUMNS, at % COLUMNS, Qt.AlignmentFlag.AlignBottom)
        for place in range(COLUMNS):
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(-(-len(self.fields) // COLUMNS), 1)
        around = FieldScroll(page, self.fields.values())
        acts = QHBoxLayout()
        acts.setSpacing(16)
        for button, act in ((self.keep, self.model.keep), (self.stop, self._stop_asking)):
            button.setAutoDefault(False)
            button.setProperty("tall", True)
            button.clicked.connect(act)
            acts.addWidget(button, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(around, 1)
        column.addLayout(acts)
        return whole

    def _label(self, name: str) -> str:
        if name == "direction":
            return direction_question()
        if name in JOURNEY:
            return field_word(name).partition(" (")[0]  # of a group it is the main one
        return f"{question_word(name)} *" if name == "age" else question_word(name)

    def _choices(self, name: str) -> Choices:
        if name == "direction":
            return listed("direction")
        return province_choices() if name.endswith("_adm1") else answer_choices(name)

    def title(self) -> str:
        """Return its name."""
        return _("Surveys")

    def first_field(self) -> QWidget | None:
        """Return the invitation, or the age of who is being asked."""
        return self.consent if self.model.interview is None else self.fields["age"].field

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F12 keeps, F9 stops, Ctrl+Backspace takes the last one back."""
        return {Key.DECIDE: self.model.keep, Key.REFUSE: self._stop_asking, Key.UNDO: self.ask_withdraw}

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of the keys here."""
        return {
            Key.DECIDE: _("Keep the survey"),
            Key.REFUSE: _("Stops answering"),
            Key.UNDO: _("Take the last back"),
        }

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer to stop."""
        return [PaletteAction(_("Stops answering"), self._stop_asking)] if self.model.interview else []

    def opened(self) -> None:
        """Look how many were asked."""
        self.model.look()

    def show_points(self, points: Points) -> None:
        """Offer these points."""
        self._points = points
        self.retranslate()

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(_("Anonymous survey of a sample"))
        self.hint.setText(
            _("No name, no document, no free text. Kept apart from crossings and from the registry of groups.")
        )
        self._point.say(_("Point"))
        self.point.fill([(code, f"{name} ({code})") for code, name in self._points])
        self.keep.say(_("Keep the survey  (F12)"))
        self.stop.say(_("Stops answering  (F9)"))
        for field in self.fields.values():
            field.retranslate()
        self._show()
        self._say_counts()

    def ask_withdraw(self) -> None:
        """Ask why the survey or refusal that was kept last should count no more."""
        if self.model.last is None or self.model.interview is not None:
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            def failed(error: Exception) -> None:
                dialog.stay(self._describe(error))

            self.model.withdraw(answers["reason"], failed)

        self.dialog = ask_for(
            self,
            _("Take the last back"),
            _("The survey or refusal that was kept last stays in the store with the reason, and counts no more."),
            [reason_field()],
            ok=_("Take the last back"),
            give=give,
            grave=True,
        )

    def _on_withdrawn(self) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.remarked.emit(_("Taken back; it counts no more."), "")

    def _stop_asking(self) -> None:
        if self.model.interview is not None:
            self.model.refuse("refused")

    def _on_typed(self, name: str, text: str) -> None:
        self.model.answer(name, text)
        if name.endswith("_country"):
            self._say_areas()

    def _on_changed(self) -> None:
        here = self.isVisible()
        self.cleared.emit()
        self._show()
        if here and (first := self.first_field()) is not None:
            first.setFocus()

    def _show(self) -> None:
        interview = self.model.interview
        self._stack.setCurrentIndex(0 if interview is None else 1)
        self.point.setEnabled(interview is None)
        self.point.blockSignals(True)
        self.point.setCurrentIndex(max(0, self.point.findData(self.model.fmp)))
        self.point.blockSignals(False)
        for name, field in self.fields.items():
            field.show_value("" if interview is None else interview.answers.get(name, ""))
            field.mark("")
        self._say_areas()

    def _say_areas(self) -> None:
        """Provinces are of Mozambique; of another country none is asked."""
        answers = self.model.interview.answers if self.model.interview is not None else {}
        for end in ("origin", "dest"):
            asked = answers.get(f"{end}_country", HOME) == HOME
            field = self.fields[f"{end}_adm1"]
            field.field.setEnabled(asked)
            if not asked and answers.get(field.name):
                self.model.answer(field.name, "")
                field.show_value("")

    def _say_counts(self) -> None:
        today = self.model.today
        if today is None:
            self.told.setText("")
            return
        asked = _n("Today {count} asked", "Today {count} asked", today.asked).format(count=today.asked)
        refused = [f"{refusal_word(why)}: {n}" for why, n in today.refused.items()]
        self.told.setText(" · ".join((asked, *refused)))

    def _on_wrong(self, error: Exception) -> None:
        self.noticed.emit(error)
        where = str(getattr(error, "facts", {}).get("question") or "")
        field = self.fields.get("age" if isinstance(error, SurveyConsentError) else where)
        if field is not None:
            field.mark(self._describe(error).code)
            field.field.setFocus()

    def _on_kept(self) -> None:
        self.remarked.emit(_("The survey was kept."), "")
        self.kept.emit()

    def _on_refused(self, why: str) -> None:
        self.remarked.emit(_("Counted: {why}.").format(why=refusal_word(why)), "")
