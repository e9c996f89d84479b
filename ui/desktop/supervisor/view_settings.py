"""Dated settings of the post: what holds today, what was said, and saying something new."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from bmis.posts.post_setting import HealthOrder, OpeningState, PostSetting, SettingName, SettingValue
from ui.desktop.parts import Describe
from ui.desktop.shell.sections import Section
from ui.desktop.supervisor.parts import SettingsNow
from ui.desktop.supervisor.view_model import SettingsModel
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away, reason_field
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, Card
from ui.desktop.words import button_words
from ui.words.acts import health_order_word, opening_state_word, setting_word

UNSAID = "-"  # the answer that takes back what was said


class SettingsSection(Section):
    """One button a setting; the list below is the history."""

    def __init__(self, model: SettingsModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._now: SettingsNow | None = None
        self.dialog: AskingDialog | None = None
        self.facts, self.list = FactList(), LineList()
        self.facts.setMinimumHeight(140)
        self.list.view.setObjectName("supervisor.settings")
        self.buttons: dict[SettingName, Button] = {
            name: Button() for name in SettingName if name is not SettingName.POSTED_AT
        }
        card = Card(margin=16, spacing=8)
        card.column.addWidget(self.facts)
        row = QHBoxLayout()
        row.setSpacing(16)
        for name, button in self.buttons.items():
            button.setObjectName(f"supervisor.{name.value}")
            button.clicked.connect(self._asker(name))
            row.addWidget(button, 1)
        self.column.addWidget(card)
        self.column.addLayout(row)
        self.column.addWidget(self.list, 1)
        model.listed.connect(self._on_listed)
        model.kept.connect(self._on_kept)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Post")

    def first_field(self) -> QWidget | None:
        """Return the first button."""
        return self.buttons[SettingName.SINGLE_OFFICER]

    def opened(self) -> None:
        """Look again."""
        self._model.refresh()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(_("Each holds from a day on, with its reason; earlier ones stay on record."))
        for name, button in self.buttons.items():
            button.say(f"{setting_word(name.value)}…")
        self.list.say(
            _("What was said of the post"),
            [
                Heading(_("Setting"), wide=True),
                Heading(_("Value")),
                Heading(_("From")),
                Heading(_("To")),
                Heading(_("By")),
                Heading(_("Reason"), wide=True),
            ],
            _("Nothing was said of this post yet."),
        )
        self._show()

    def ask(self, name: SettingName) -> None:
        """Ask the value, the days and the reason."""
        today = self._model.parts.local_day()
        asked = (
            _value_field(name),
            Asked("valid_from", _("From"), "date", value=f"{today:%d/%m/%Y}", topic="supervisor.settings"),
            Asked(
                "valid_to", _("To (empty: until further notice)"), "date", required=False, topic="supervisor.settings"
            ),
            reason_field(),
        )
        self.dialog = ask_for(
            self,
            setting_word(name.value),
            _explained(name),
            asked,
            ok=button_words()["save"],
            give=lambda dialog, answers: self._give(name, dialog, answers),
        )

    def _asker(self, name: SettingName) -> Callable[[], None]:
        return lambda: self.ask(name)

    def _give(self, name: SettingName, dialog: AskingDialog, answers: Answers) -> None:
        until = date.fromisoformat(answers["valid_to"]) if answers["valid_to"] else None
        self._model.set(
            name,
            _value(name, answers["value"]),
            (date.fromisoformat(answers["valid_from"]), until),
            answers["reason"],
            lambda error: dialog.stay(self._describe(error), "valid_from"),
        )

    def _on_listed(self, now: SettingsNow) -> None:
        self._now = now
        self._show()

    def _on_kept(self, setting: PostSetting) -> None:
        put_away(self.dialog)
        self.dialog = None
        words = _("{setting}: {value}.").format(setting=setting_word(setting.name.value), value=_shown(setting.value))
        self.remarked.emit(words, "")
        self.buttons[setting.name].setFocus()

    def _show(self) -> None:
        now = self._now
        if now is None:
            self.facts.show_facts(())
            self.list.show_lines(())
            return
        today = now.today
        self.facts.show_facts(
            [
                (_("Today"), f"{today.on:%d/%m/%Y}"),
                (setting_word("single_officer"), _("yes") if today.single_officer else _("no")),
                (setting_word("records_complete_since"), _shown(today.records_complete_since)),
                (setting_word("opening_state"), opening_state_word(today.opening_state)),
                (setting_word("health_order"), health_order_word(today.health_order)),
            ]
        )
        self.list.show_lines([_line(one) for one in reversed(now.said)])


def _line(one: PostSetting) -> Line:
    until = f"{one.valid_to:%d/%m/%Y}" if one.valid_to else "—"
    name = setting_word(one.name.value)
    return Line(one.id, (name, _shown(one.value), f"{one.valid_from:%d/%m/%Y}", until, one.set_by, one.reason))


def _shown(value: SettingValue) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, OpeningState):
        return opening_state_word(value.value)
    if isinstance(value, HealthOrder):
        return health_order_word(value.value)
    if isinstance(value, str):
        return value
    return _("not stated") if value is None else f"{value:%d/%m/%Y}"


def _value_field(name: SettingName) -> Asked:
    if name is SettingName.RECORDS_COMPLETE_SINCE:
        return Asked(
            "value",
            _("Complete since (empty: nobody vouches for it)"),
            "date",
            required=False,
            topic=f"supervisor.{name.value}",
        )
    if name is SettingName.SINGLE_OFFICER:
        choices = [("yes", _("yes")), ("no", _("no"))]
    elif name is SettingName.HEALTH_ORDER:
        choices = [(order.value, health_order_word(order.value)) for order in HealthOrder]
        choices.append((UNSAID, _("not stated")))
    else:
        choices = [(state.value, opening_state_word(state.value)) for state in OpeningState]
        choices.append((UNSAID, _("not stated")))
    return Asked("value", setting_word(name.value), "choice", tuple(choices), topic=f"supervisor.{name.value}")


def _value(name: SettingName, answer: str) -> SettingValue:
    if name is SettingName.SINGLE_OFFICER:
        return answer == "yes"
    if name is SettingName.RECORDS_COMPLETE_SINCE:
        return date.fromisoformat(answer) if answer else None
    if answer == UNSAID:
        return None
    return HealthOrder(answer) if name is SettingName.HEALTH_ORDER else OpeningState(answer)


def _explained(name: SettingName) -> str:
    return {
        SettingName.SINGLE_OFFICER: _(
            "One officer works alone: a second signature may come within a day, and is on the shift page until then."
        ),
        SettingName.RECORDS_COMPLETE_SINCE: _(
            "From that day on, no crossing at this post is missing here. Only then may “no entry recorded” count"
            " against anybody."
        ),
        SettingName.OPENING_STATE: _("Whether travellers can cross here."),
        SettingName.HEALTH_ORDER: _(
            "Whether travellers come to port health before the lane or after it. Where health is first, a traveller"
            " without a health token is grey at the lane."
        ),
    }[name]
