"""One page: the person, searched for first; the photograph; the pass; the card as it will be; one key keeps it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from bmis.passes.apply_pass import Applied
from bmis.passes.eligibility import Answered
from bmis.passes.matching import Alike
from ui.desktop.parts import Describe
from ui.desktop.passes.errors import AlikeUndecidedError
from ui.desktop.passes.filling import TypedApplication, attestation_of, child_of
from ui.desktop.passes.issue_model import IssueModel
from ui.desktop.passes.models import PassModel
from ui.desktop.passes.view_person import PersonFields
from ui.desktop.passes.view_photo import PhotoDialog
from ui.desktop.passes.view_preview import CardPreview, Verdict
from ui.desktop.passes.wording import attestation_fields, child_fields, verdict_of, zone_words
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.fields import ChoiceBox, DateField
from ui.desktop.widgets.pictures import LiveView
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel
from ui.desktop.widgets.question import ask
from ui.desktop.words import button_words
from ui.words.figures import money_words
from ui.words.passes import ALIKE, answer_words, not_run_lines

SAME, OTHER = "same", "other"


class IssueSection(Section):
    """F3 looks who it may be, F4 takes the photograph, F12 keeps the application, Esc clears the page."""

    def __init__(self, model: IssueModel, photos: PassModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self._photos, self._describe = model, photos, describe
        self.dialog: AskingDialog | PhotoDialog | None = None
        self._answers: tuple[Answered, ...] = ()
        self._districts_of = ""
        self.person = PersonFields()
        self.photo = LiveView((168, 210), "person")
        self.take_photo, self.keep = Button(), Button("primary")
        self.scheme, self.purpose = QComboBox(), ChoiceBox()
        for combo, name in ((self.scheme, "passes.scheme"), (self.purpose, "passes.purpose")):
            combo.setObjectName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._scheme_field, self._purpose_field = LabelledField(self.scheme), LabelledField(self.purpose)
        self.terms, self.fee = PlainLabel(kind="small", wrap=True), PlainLabel(kind="field-label", wrap=True)
        self.card, self.banner, self.facts = CardPreview(both=False, size=(328, 207)), Verdict(), FactList()
        self.take_photo.setObjectName("passes.photo")
        self.keep.setMinimumHeight(60)
        self._lay_out()
        self._watch()
        self.retranslate()

    def _lay_out(self) -> None:
        self.hint.hide()
        self.column.setContentsMargins(16, 8, 16, 8)
        self.column.setSpacing(8)
        around = QScrollArea()
        around.setWidgetResizable(True)
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setWidget(self.person)
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(self.photo, 1)
        middle.addWidget(self.take_photo)
        middle.addWidget(self._scheme_field)
        middle.addWidget(self._purpose_field)
        middle.addWidget(self.terms)
        middle.addWidget(self.fee)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.card, 3)
        right.addWidget(self.banner)
        right.addWidget(self.facts, 2)
        right.addWidget(self.keep)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(around, 9)
        row.addLayout(middle, 4)
        row.addLayout(right, 6)
        self.column.addLayout(row, 1)

    def _watch(self) -> None:
        model = self.model
        self.person.typed.connect(model.set_value)
        self.person.left.connect(lambda _name: model.look())
        self.person.finished.connect(self._on_finished)
        self.person.attest.clicked.connect(self.ask_attestation)
        self.person.child.clicked.connect(self.ask_child)
        self.person.child_photo.clicked.connect(self.ask_child_photo)
        self.person.unattest.clicked.connect(lambda: model.drop_last("attestations"))
        self.person.unchild.clicked.connect(lambda: model.drop_last("children"))
        self.scheme.currentIndexChanged.connect(lambda _at: self._on_scheme())
        self.purpose.currentIndexChanged.connect(
            lambda _at: model.set_value("purpose", str(self.purpose.currentData() or ""))
        )
        self.take_photo.clicked.connect(self.ask_photo)
        self.keep.clicked.connect(self.decide)
        model.changed.connect(self._on_changed)
        model.alike.connect(self._on_alike)
        model.judged.connect(self._on_judged)
        model.pictured.connect(self.card.show_card)
        model.missing.connect(self._on_missing)
        model.kept.connect(self._on_kept)
        model.restored.connect(self._on_restored)
        model.noticed.connect(self.noticed)

    def title(self) -> str:
        """Return its name."""
        return _("New application")

    def first_field(self) -> QWidget | None:
        """Return the surname."""
        return self.person.fields["surname"].field

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the page."""
        return {Key.FIND: self.ask_alike, Key.PHOTO: self.ask_photo, Key.DECIDE: self.decide}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what has no key."""
        return [
            PaletteAction(_("Add an attestation"), self.ask_attestation),
            PaletteAction(_("Add a child"), self.ask_child),
            PaletteAction(_("Photograph of the child"), self.ask_child_photo),
            PaletteAction(_("Clear the page"), self.ask_clear),
        ]

    def opened(self) -> None:
        """Take up what was left half done."""
        self._offer_districts()
        self.model.take_up()
        if self.model.typed.is_begun:
            self._on_changed()
            self.model.look_at_card()

    def locking(self) -> None:
        """The draft stays encrypted; the page shows nobody until it is taken up again."""
        self.model.autosave.now()
        self.card.show_card(None)
        self.photo.show_frame(None)

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(self.title())
        self.photo.setAccessibleName(_("Photograph"))
        self.take_photo.say(_("Photograph  (F4)"))
        self.keep.say(_("Take the application  (F12)"))
        self._scheme_field.say(_("Scheme"))
        self._purpose_field.say(_("Purpose of the pass"))
        self._fill_schemes()
        self._show_terms()
        self._show_verdict()

    def decide(self) -> None:
        """Keep the application; who may be known is asked about first."""
        self.model.look()
        if self.model.undecided:
            self.ask_alike()
            return
        self.model.keep()

    def ask_alike(self) -> None:
        """Ask of each that is known whether it is the applicant."""
        self.model.look()
        found = self.model.found
        if not found:
            missing = any(not self.model.typed.text(name) for name in ("surname", "birth_date", "village"))
            self.remarked.emit(
                _("Type name, date of birth, sex and village first.")
                if missing
                else _("Nobody like that is known here."),
                "",
            )
            return
        choices = ((SAME, _("The same person")), (OTHER, _("Somebody else")))
        asked = [
            Asked(
                str(one.person),
                ALIKE[one.why](),
                "choice",
                choices,
                value=self._said_of(one),
                hint=" · ".join([*one.serials, *one.applications]),
                topic="passes.alike",
            )
            for one in found
        ]
        self.dialog = ask_for(
            self,
            _("Is it the same person?"),
            _("Compare document, photograph and what the person says. One person has one pass of a scheme."),
            asked,
            ok=button_words()["continue"],
            give=self._give_alike,
        )

    def ask_attestation(self) -> None:
        """Ask what somebody of the community declares."""
        self._ask(
            _("Attestation"), _attest_words(), attestation_fields(self.model.parts.local_day()), self._give_attestation
        )

    def ask_child(self) -> None:
        """Ask for a child on the pass."""
        words = _("The pass does not stand for the other parent's consent: at the crossing the rule on minors counts.")
        self._ask(_("Child on the pass"), words, child_fields(), self._give_child)

    def ask_photo(self) -> None:
        """Take the photograph."""
        self.dialog = PhotoDialog(self, self._photos, self._describe, self.model.set_photo)
        self.dialog.open()

    def ask_child_photo(self) -> None:
        """Take the photograph of the first child who has none, else of the last one again."""
        typed = self.model.typed
        if not typed.children:
            return
        at = next((place for place, one in enumerate(typed.child_photos) if one is None), len(typed.children) - 1)
        self.dialog = PhotoDialog(
            self,
            self._photos,
            self._describe,
            lambda jpeg: self.model.set_child_photo(at, jpeg),
            _("Photograph of {child}").format(child=typed.children[at].given_names),
        )
        self.dialog.open()

    def ask_clear(self) -> None:
        """Ask once before what was typed is dropped."""
        if not self.model.typed.is_begun:
            return
        ask(
            self,
            _("Clear the page?"),
            _("What was typed and the photograph are dropped."),
            yes=_("Clear"),
            no=button_words()["back"],
            answered=lambda yes: self.model.clear() if yes else None,
        )

    def _ask(
        self, title: str, text: str, fields: Sequence[Asked], give: Callable[[AskingDialog, Answers], None]
    ) -> None:
        self.dialog = ask_for(self, title, text, fields, ok=_("Add"), give=give)

    def _give_attestation(self, dialog: AskingDialog, answers: Answers) -> None:
        self._take(dialog, lambda: self.model.add_attestation(attestation_of(answers)))

    def _give_child(self, dialog: AskingDialog, answers: Answers) -> None:
        before = len(self.model.typed.children)
        self._take(dialog, lambda: self.model.add_child(child_of(answers)))
        if len(self.model.typed.children) > before:
            self.ask_child_photo()  # Esc leaves it for later: the approver sees that it is missing

    def _take(self, dialog: AskingDialog, take: Callable[[], None]) -> None:
        try:
            take()
        except BmisError as error:
            dialog.stay(self._describe(error))
            return
        dialog.accept()

    def _give_alike(self, dialog: AskingDialog, answers: Answers) -> None:
        if sum(said == SAME for said in answers.values()) > 1:
            dialog.stay(self._describe(AlikeUndecidedError()))
            return
        found = self.model.found
        dialog.accept()
        for one in found:
            self.model.say_same(one.person, answers[str(one.person)] == SAME)

    def _said_of(self, one: Alike) -> str:
        typed = self.model.typed
        return SAME if typed.same_person == one.person else OTHER if one.person in typed.not_same_as else ""

    def _on_finished(self) -> None:
        self.model.look()
        self.model.look_at_card()
        (self.keep if self.model.typed.text("purpose") else self.purpose).setFocus()

    def _on_scheme(self) -> None:
        self.model.set_value("scheme", str(self.scheme.currentData() or ""))
        self._fill_purposes()
        self._offer_districts()
        self._show_terms()

    def _offer_districts(self) -> None:
        code = self.model.typed.text("scheme")
        if code and code != self._districts_of:
            self._districts_of = code
            self.model.ask(lambda: self.model.parts.districts(code), self.person.show_districts)

    def _on_changed(self) -> None:
        typed = self.model.typed
        self.person.show_also(typed)
        self.photo.show_frame(None if typed.photo is None else QImage.fromData(typed.photo))
        if not typed.is_begun:
            self._answers = ()
            self.person.show_typed(typed)
            self.card.show_card(None)
            self.facts.show_facts(())
            self._fill_schemes()
        self._show_verdict()

    def _on_alike(self, found: tuple[Alike, ...]) -> None:
        self._show_verdict()
        if found and self.model.undecided and self.dialog is None:
            words = _n("{count} person like this is known: F3", "{count} people like this are known: F3", len(found))
            self.remarked.emit(words.format(count=len(found)), "")

    def _on_judged(self, answers: tuple[Answered, ...]) -> None:
        self._answers = answers
        told = [one.payload() for one in answers]
        self.facts.show_facts([("", answer_words(one)) for one in told], not_run_lines(told))
        self._show_verdict()

    def _show_verdict(self) -> None:
        undecided = self.model.undecided
        if undecided:
            why = "; ".join(dict.fromkeys(ALIKE[one.why]() for one in undecided))
            self.banner.show_verdict("amber", _("Perhaps known already: F3"), why)
            return
        self.banner.show_verdict(*verdict_of(self._answers))

    def _on_missing(self, name: str) -> None:
        if name in self.person.fields:
            asked = self.person.fields[name]
            is_typed = isinstance(asked.field, DateField) and bool(asked.field.text())
            asked.mark(_("There is no such day") if is_typed else _("This is needed"))
            asked.field.setFocus()
            return
        field = self._scheme_field if name == "scheme" else self._purpose_field
        field.mark(_("This is needed"))
        field.field.setFocus()

    def _on_kept(self, applied: Applied) -> None:
        said = _("Application {number} was taken. Somebody else approves it.").format(number=applied.application.number)
        self.remarked.emit(said, "")
        self.counted.emit()
        self.person.fields["surname"].field.setFocus()

    def _on_restored(self, typed: TypedApplication) -> None:
        self._fill_schemes()
        self.person.show_typed(typed)
        self.remarked.emit(_("This application was left half done; it is as you left it."), "")

    def _fill_schemes(self) -> None:
        self.scheme.blockSignals(True)
        self.scheme.clear()
        for one in self.model.schemes:
            self.scheme.addItem(one.code, one.code)
        self.scheme.setCurrentIndex(max(0, self.scheme.findData(self.model.typed.text("scheme"))))
        self.scheme.blockSignals(False)
        self._fill_purposes()

    def _fill_purposes(self) -> None:
        rules, language = self.model.rules, current_language()
        self._purpose_field.mark("")
        self.purpose.fill([(one.code, one.label.in_language(language)) for one in (rules.purposes if rules else ())])
        self.purpose.blockSignals(True)
        self.purpose.setCurrentIndex(max(0, self.purpose.findData(self.model.typed.text("purpose"))))
        self.purpose.blockSignals(False)

    def _show_terms(self) -> None:
        rules = self.model.rules
        if rules is None:
            self.terms.setText(_("No scheme gives out passes here today."))
            self.fee.setText("")
            return
        self.scheme.setToolTip(rules.name.in_language(current_language()))
        self.terms.setText(zone_words(rules))
        fee = _("Fee: {fee}").format(fee=money_words(rules.fee))
        self.fee.setText(f"{fee} — {_('zero fee')}" if rules.fee.is_zero else fee)


def _attest_words() -> str:
    return _("Who lives there knows: the person lives in the village, in the zone, for long enough.")
