"""Rates with their intervals, and the selectors of nationality that hold today."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from bmis.flows.number_rules import number_rules
from bmis.flows.risk import GROUPS, OUTCOMES, Rate
from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.supervisor.ahead_model import RiskModel
from ui.desktop.supervisor.numbers_parts import RiskNow, SelectorNow
from ui.desktop.supervisor.view_charts import decimal
from ui.desktop.supervisor.view_counting import Counting, stopped_words
from ui.desktop.widgets.asking import (
    Answers,
    Asked,
    AskingDialog,
    ask_for,
    put_away,
    reason_field,
    second_person_fields,
)
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel

_ALL = ("all",)  # the key of the last line; a group's key is text


def outcome_words() -> dict[str, str]:
    """Return the words of what is counted."""
    return {
        "refused": _("Refused entry or kept from leaving"),
        "secondary": _("Decided in secondary"),
        "override": _("Decided against a check"),
        "manual": _("Document typed by hand"),
    }


def group_words() -> dict[str, str]:
    """Return the words of what rates are told by."""
    return {
        "post_code": _("Post"),
        "hour": _("Hour"),
        "travel_mode": _("Means of travel"),
        "document_kind": _("Kind of document"),
    }


class RiskSection(Section):
    """Choose what and by what; the highest rate that is sure of itself comes first."""

    def __init__(self, model: RiskModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._now: RiskNow | None = None
        self.dialog: AskingDialog | None = None
        self.outcome, self.group = QComboBox(), QComboBox()
        self._outcome_field, self._group_field = LabelledField(self.outcome), LabelledField(self.group)
        self.list, self.selectors = LineList(), LineList()
        self.set_one, self.end_one = Button(), Button()
        self.note, self.counting = PlainLabel(kind="small", wrap=True), Counting(model.cancel)
        self._selectors_head = PlainLabel(kind="heading", wrap=True)
        for widget in (self.outcome, self.group, self.list.view):
            widget.setObjectName("supervisor.risk")
        self.selectors.view.setObjectName("supervisor.selector")
        self._lay_out()
        for combo in (self.outcome, self.group):
            combo.activated.connect(lambda _at: self.opened())
        self.set_one.clicked.connect(self.ask_set)
        self.end_one.clicked.connect(self.ask_end)
        model.told.connect(self._on_told)
        model.changed.connect(self._on_changed)
        model.progressed.connect(self.counting.show_progress)
        model.busy.connect(lambda busy: None if busy else self.counting.end())
        model.called_off.connect(lambda: self.remarked.emit(stopped_words(), ""))
        model.noticed.connect(self.noticed)
        self.retranslate()

    def _lay_out(self) -> None:
        row, foot = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._outcome_field, 3)
        row.addWidget(self._group_field, 2)
        foot.setSpacing(16)
        foot.addStrut(52)
        foot.addWidget(self._selectors_head, 1)
        foot.addWidget(self.set_one)
        foot.addWidget(self.end_one)
        self.selectors.setMinimumHeight(132)
        self.column.setSpacing(8)
        self.column.addLayout(row)
        self.column.addWidget(self.counting)
        self.column.addWidget(self.list, 3)
        self.column.addWidget(self.note)
        self.column.addLayout(foot)
        self.column.addWidget(self.selectors, 1)

    def title(self) -> str:
        """Return its name."""
        return _("Risk")

    def stops(self) -> bool:
        """Stop counting where it goes on."""
        return self.counting.stops()

    def first_field(self) -> QWidget | None:
        """Return what is counted."""
        return self.outcome

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what the buttons do."""
        return [
            PaletteAction(_("Set a nationality selector"), self.ask_set),
            PaletteAction(_("End this selector"), self.ask_end),
        ]

    def opened(self) -> None:
        """Read the rates chosen."""
        self._model.look(str(self.outcome.currentData()), str(self.group.currentData()))

    def retranslate(self) -> None:
        """Word the section."""
        rules = number_rules()
        self.heading.setText(self.title())
        self.hint.hide()
        self.counting.retranslate()
        for combo, words, codes in (
            (self.outcome, outcome_words(), OUTCOMES),
            (self.group, group_words(), tuple(GROUPS)),
        ):
            chosen = combo.currentData()
            combo.clear()
            for code in codes:
                combo.addItem(words[code], code)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))
        self._outcome_field.say(_("What is counted"))
        self._group_field.say(_("Grouped by"))
        heads = [Heading(_("Cases")), Heading(_("Decided")), Heading(_("Rate")), Heading(_("95 % interval"))]
        self.list.say(
            _("Rates"), [Heading(_("Group"), wide=True), *heads], _("No traveller was decided in these days.")
        )
        note = _(
            "Groups of fewer than {base} travellers, or with fewer than {count} cases, are not shown. A rate says what"
            " was decided here, not what anybody is."
        )
        typed = _("Typed by hand: the MRZ or the fields were typed, and not read by camera or swipe reader.")
        told = note.format(base=rules.risk_least_base, count=rules.risk_least_count)
        self.note.setText(f"{told} {typed}")
        self.selectors.say(
            _("Nationality selectors in force"),
            [
                Heading(_("Nationality")),
                Heading(_("Legal basis"), wide=True),
                Heading(_("Until")),
                Heading(_("Set and approved by")),
                Heading(_("Rate")),
            ],
            _("None: nationalities are not looked at."),
        )
        self.set_one.say(_("New selector…"))
        self.end_one.say(_("End…"))
        self._show()

    def ask_set(self) -> None:
        """Ask for the nationality, its legal basis, its end, and a second person."""
        if not self._model.parts.may_select():
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            self._model.set_selector(
                answers["nationality"],
                answers["basis"],
                date.fromisoformat(answers["expires"]),
                (answers["second"], answers["second_password"]),
                lambda error: dialog.stay(self._describe(error), "nationality"),
            )

        topic = "supervisor.selector"
        self.dialog = ask_for(
            self,
            _("New nationality selector"),
            _("Only where a law or an order says so. It is kept with your name and that of who approves, and is gone"
              " after its last day."),
            (
                Asked("nationality", _("Nationality"), hint=_("Three letters"), topic=topic),
                Asked("expires", _("Last day"), "date", topic=topic),
                Asked("basis", _("Legal basis"), topic=topic),
                *second_person_fields(),
            ),
            ok=_("Set"),
            give=give,
            grave=True,
            columns=2,
        )  # fmt: skip

    def ask_end(self) -> None:
        """Ask why the selector where one is ends today."""
        chosen = self.selectors.key()
        if not isinstance(chosen, UUID) or not self._model.parts.may_select():
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            self._model.end_selector(
                chosen, answers["reason"], lambda error: dialog.stay(self._describe(error), "reason")
            )

        self.dialog = ask_for(
            self, _("End this selector"), _("It stays on record."), (reason_field(),), ok=_("End"), give=give
        )

    def _on_told(self, now: RiskNow) -> None:
        self._now = now
        self._show()

    def _on_changed(self) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.remarked.emit(_("The selectors were changed."), "")

    def _show(self) -> None:
        now = self._now
        outcome = outcome_words()[now.rates.outcome if now else OUTCOMES[0]]
        self._selectors_head.setText(_("Nationality selectors in force: {outcome}").format(outcome=outcome))
        self.set_one.setEnabled(self._model.parts.may_select())
        self.end_one.setEnabled(bool(now and now.selectors) and self._model.parts.may_select())
        if now is None:
            return
        names = dict(now.names)
        lines = [Line(row.key, (names[row.key], *_cells(row))) for row in now.rates.rows]
        if lines:
            lines.append(Line(_ALL, (_("All"), *_cells(now.rates.whole))))
        self.list.show_lines(lines)
        self.selectors.show_lines([_selector(one) for one in now.selectors])


def _selector(one: SelectorNow) -> Line:
    kept, rate = one.selector, one.rate
    cases, base, share, between = _cells(rate)
    told = f"{cases}/{base} · {share} ({between})" if rate.share is not None else cases
    people = f"{kept.by}, {kept.approved_by}"
    return Line(kept.id, (one.country, kept.legal_basis, f"{kept.expires:%d/%m/%Y}", people, told))


def _cells(rate: Rate) -> tuple[str, str, str, str]:
    """Return cases, base, rate and interval in words; what is not shown is said so, and is never 0."""
    if rate.share is None or rate.low is None or rate.high is None:
        hidden = _("few, hidden")
        return hidden, hidden, "—", "—"
    return str(rate.cases), str(rate.base), _percent(rate.share), f"{_percent(rate.low)} – {_percent(rate.high)}"


def _percent(share: float) -> str:
    return f"{decimal(share * 100)} %"
