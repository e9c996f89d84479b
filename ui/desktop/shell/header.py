"""The line that is always visible: post, lane, direction, officer, unsent, age of the lists, clock."""

from datetime import datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.actor import Actor, Service, service_of
from bmis.kernel.clock import Clock, local
from bmis.kernel.i18n import translate as _
from ui.desktop.parts import DeskState, HomeFacts
from ui.desktop.widgets.plain import PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusChip
from ui.desktop.words import age_words, direction_words, moment_words
from ui.words.labels import role_word

LONGEST_SHOWN = 26  # characters of a post's name: the rest is in its accessible name


class _Fact(QWidget):
    """A small label over its value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.value = PlainLabel(kind="header-label"), PlainLabel(kind="header-value")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.value)

    def say(self, label: str, value: str) -> None:
        self.label.setText(label)
        self.value.setText(value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 1] + "…")
        self.setAccessibleName(f"{label}: {value}")


class Header(SpokenFrame):
    """Shows the home, the person and the desk's state; its clock is that of the home, not the machine's."""

    def __init__(self, home: HomeFacts, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home, self._clock = home, clock
        self._actor: Actor | None = None
        self._direction = home.direction
        self._state = DeskState()
        self.setProperty("kind", "header")
        self._post, self._lane, self._way = _Fact(), _Fact(), _Fact()
        self._officer, self._unsent, self._clock_fact = _Fact(), _Fact(), _Fact()
        self._lists_label = PlainLabel(kind="header-label")
        self.lists_chip = StatusChip(height=22)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(24)
        for fact in (self._post, self._lane, self._way):
            row.addWidget(fact)
        row.addStretch(1)
        lists = QVBoxLayout()
        lists.setSpacing(0)
        lists.addWidget(self._lists_label)
        lists.addWidget(self.lists_chip)
        row.addLayout(lists)
        for fact in (self._unsent, self._officer, self._clock_fact):
            row.addWidget(fact)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tell_time)
        self.retranslate()

    def start(self) -> None:
        """Let the clock run."""
        self._timer.start()

    def stop(self) -> None:
        """Stop the clock."""
        self._timer.stop()

    def show_home(self, home: HomeFacts) -> None:
        """Show another description of the home."""
        self._home = home
        self._direction = self._direction or home.direction
        self.retranslate()

    def show_actor(self, actor: Actor | None) -> None:
        """Show who works."""
        self._actor = actor
        self.retranslate()

    def show_direction(self, direction: str | None) -> None:
        """Show the direction: ENTRY, EXIT or none."""
        self._direction = direction
        self.retranslate()

    def show_state(self, state: DeskState) -> None:
        """Show the unsent count and the age of the lists."""
        self._state = state
        self.retranslate()

    def lists_status(self) -> tuple[str, timedelta | None]:
        """Return the gravest state of the lists and the age of the oldest; one that is missing is grey."""
        if not self._state.lists:
            return "grey", None
        now = self._clock()
        ages = [now - one.published_at for one in self._state.lists if one.published_at is not None]
        oldest = max(ages, default=None)
        if len(ages) < len(self._state.lists):
            return "grey", oldest
        stale = any(
            one.published_at is not None and now - one.published_at > timedelta(hours=one.stale_after_hours)
            for one in self._state.lists
        )
        return ("amber" if stale else "green"), oldest

    def retranslate(self) -> None:
        """Word everything."""
        none = "—"
        post = self._home.post_name or self._home.post_code
        self._post.say(_("Post"), post)
        self._lane.say(_("Lane"), self._home.lane)
        self._way.say(_("Direction"), direction_words().get(self._direction or "", none))
        if self._actor is None:
            self._officer.say(_("Officer"), none)
        else:
            self._officer.say(role_word(self._actor.role.value), self._actor.name)
        unsent = none if self._state.unsent is None else str(self._state.unsent)
        self._unsent.say(_("Unsent"), unsent)
        at_health = self._actor is not None and service_of(self._actor.role) is Service.HEALTH
        for widget in (self._lists_label, self.lists_chip):  # port health is compared with no watchlist, and sees none
            widget.setHidden(at_health)
        self._lists_label.setText(_("Lists"))
        status, oldest = self.lists_status()
        self.lists_chip.show_status(status, oldest, "" if self._state.lists else _("no lists"))
        said = [
            f"{one.name}: {_('missing') if one.published_at is None else age_words(self._clock() - one.published_at)}"
            for one in self._state.lists
        ]
        told = ", ".join(said) or _("No list is installed here: nothing is compared with one.")
        self.lists_chip.setAccessibleDescription(told)
        self.lists_chip.setToolTip(told)
        self._tell_time()

    def _tell_time(self) -> None:
        now: datetime = local(self._clock())
        self._clock_fact.say(_("Time"), moment_words(now))
