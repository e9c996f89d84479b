"""Records of port health for who does not see them: opened one at a time, with a reason, for two minutes."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.codes import choices
from poe_health.screening.read_screenings import Shown
from poe_health.screening.record import ScreeningView, State
from ui.desktop.health_secondary.parts import RecordsParts
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import Desk
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.fields import DateField, iso_date
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Card, LabelledField, PlainLabel
from ui.desktop.widgets.status import Banner
from ui.desktop.words import moment_words
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.runner import Runner
from ui.words.health import question_word, result_word
from ui.words.health_fields import case_field_word
from ui.words.health_secondary import answer_word, consent_word, why_waiting

SHOWN_MS = 120_000
_PERSON = ("surname", "given_names", "birth_date", "sex", "nationality", "document_number", "address_next")


class GlassDesk(Desk):
    """Enter asks for the reason; F2 looks again, Esc puts the record away."""

    def __init__(self, parts: RecordsParts, runner: Runner, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts, self._describe = parts, describe
        self.model = StoreModel(runner, self)
        self.model.noticed.connect(self.noticed)
        self._views: tuple[ScreeningView, ...] = ()
        self._shown: Shown | None = None
        self.dialog: AskingDialog | None = None
        self.heading, self.list, self.day = PlainLabel(kind="heading"), LineList(), DateField()
        self.list.view.setObjectName("health.records")
        self.day.setObjectName("health.records_day")
        self.day.set_value(iso_date(parts.local_day().isoformat()))
        self.day_field = LabelledField(self.day)
        self.banner, self.facts = Banner(), FactList()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.put_away)
        self._lay_out()
        self.list.opened.connect(self._ask_reason)
        self.day.changed.connect(lambda _day: self._look())
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.heading)
        left.addWidget(self.day_field)
        left.addWidget(self.list, 1)
        card = Card(margin=16, spacing=12)
        card.column.addWidget(self.banner)
        card.column.addWidget(self.facts, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addLayout(left, 5)
        row.addWidget(card, 6)

    def title(self) -> str:
        """Return its name."""
        return _("Records of port health")

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys."""
        return {Key.RESCAN: self._look, Key.FIND: self.day.setFocus, Key.BACK: self.put_away}

    def opened(self) -> None:
        """Ask for the records of the day."""
        self._look()

    def locking(self) -> None:
        """Nobody is shown."""
        self.put_away()

    def closing(self) -> None:
        """Deliver no answer after the session."""
        self._timer.stop()
        self.model.stop()

    def put_away(self) -> None:
        """Show nobody; another look needs another reason."""
        self._timer.stop()
        self._shown = None
        self._show()
        self.list.setFocus()

    def retranslate(self) -> None:
        """Word the desk."""
        self.heading.setText(_("Records of port health"))
        self.day_field.say(_("Day"))
        headings = [Heading(_("Number")), Heading(_("When")), Heading(_("Result"), wide=True), Heading(_("Lane"))]
        self.list.say(_("Records of port health"), headings, _("Nothing is on record of this day."))
        self._show_list()
        self._show()

    # --- inside

    def _look(self) -> None:
        typed = self.day.value()
        if typed is not None and typed.month is not None and typed.day is not None:
            day = date(typed.year, typed.month, typed.day)
            self.model.ask(lambda: self._parts.of_day(day), self._on_listed)

    def _ask_reason(self, key: object) -> None:
        view = next((one for one in self._views if one.id == key), None)
        if view is None:
            return

        def give(dialog: AskingDialog, said: Answers) -> None:
            self._break(dialog, view.id, said["reason"])

        self.dialog = ask_for(
            self,
            _("Open a record that your role does not show"),
            _("Your name and the reason are kept; the health supervisor sees them. It is shown for two minutes."),
            (Asked("reason", _("Reason"), topic="desk.reason"),),
            ok=_("Open"),
            give=give,
            grave=True,
        )

    def _break(self, dialog: AskingDialog, record_id: UUID, reason: str) -> None:
        def done(shown: Shown) -> None:
            put_away(dialog)
            self._shown = shown
            self._show()
            self._timer.start()

        self.model.ask(
            lambda: self._parts.break_glass(record_id, reason),
            done,
            lambda error: dialog.stay(self._describe(error), "reason"),
        )

    def _on_listed(self, views: tuple[ScreeningView, ...]) -> None:
        self._views = views
        self._show_list()

    def _show_list(self) -> None:
        day = self._parts.local_day()
        lines = []
        for view in self._views:
            record = view.record
            words = _("voided") if view.state is State.VOIDED else why_waiting(view, day)
            when = self._parts.local_time(record.screened_at).strftime("%H:%M")
            lines.append(Line(record.id, (str(record.seq), when, words, record.lane)))
        self.list.show_lines(lines)

    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            self.banner.show_verdict("grey", _("No record is open"), _("Enter on a line asks for the reason."))
            self.facts.show_facts(())
            return
        record = shown.view.record
        self.banner.show_verdict(
            "amber", _("Opened with a reason, on record"), moment_words(self._parts.local_time(record.screened_at))
        )
        self.facts.show_facts(_facts(shown))


def _facts(shown: Shown) -> list[tuple[str, str]]:
    facts, view = [(_("Person"), "")], shown.view.facts
    person, clinical = shown.person, shown.clinical
    if person is None:
        facts.append(("", _("Nobody is named.")))
    else:
        facts += [(case_field_word(name), str(getattr(person, name))) for name in _PERSON if getattr(person, name)]
        facts += [(_("Telephone"), one) for one in person.phones]
    facts.append((_("Result"), result_word(view.result or view.disposition or "") or "—"))
    if clinical is None:
        return facts
    facts += [(_("Temperature"), f"{one.celsius:.1f} °C") for one in clinical.temperatures]
    answers = dict(clinical.form.symptoms) | {code: one.answer for code, one in clinical.form.exposures.items()}
    facts += [(question_word(code), answer_word(answer)) for code, answer in answers.items()]
    if clinical.secondary is not None and clinical.secondary.consent is not None:
        facts.append((_("Consent"), consent_word(clinical.secondary.consent.answer.value)))
    if view.risk_level is not None:
        facts.append((_("Level of risk"), choices("risk_level")[view.risk_level].label(current_language())))
    return facts
