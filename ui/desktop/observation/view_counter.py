"""The counter of a gate: a giant key for each class, what was counted in sight, nothing else to do."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bmis.flows.mobility.lists import label
from bmis.flows.observed.slot import ObservedSlot, minutes_watched
from bmis.flows.observed.tally import counter_directions, counter_keys
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.observation.counter_model import CounterModel
from ui.desktop.observation.hand_typed import HandTyped
from ui.desktop.observation.parts import Points
from ui.desktop.observation.wording import clock_words, interval_words, totals_words, way_word, ways_words
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.theme import set_kind
from ui.desktop.widgets.fields import ChoiceBox
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel, SpokenFrame
from ui.desktop.widgets.question import ask
from ui.desktop.widgets.status import StatusIcon
from ui.desktop.words import button_words

BEAT_MS = 10_000


class CounterPad(SpokenFrame):
    """The keys. Digits count, Backspace takes back, Enter begins, D turns the directions, Delete gives up."""

    left = Signal()

    def __init__(self, model: CounterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.setObjectName("observation.counter")
        self.setProperty("kind", "pad")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keys: dict[str, Button] = {}
        self._hand = HandTyped(lambda text: text in self.keys or text == "D")
        self._ways = {way: PlainLabel(kind="heading", wrap=True) for way in counter_directions()}
        self.totals = {way: PlainLabel(kind="figure") for way in counter_directions()}
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 12, 12, 12)
        grid.setSpacing(12)
        for row, way in enumerate(counter_directions()):
            head = QWidget()
            column = QGridLayout(head)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._ways[way], 0, 0, Qt.AlignmentFlag.AlignBottom)
            column.addWidget(self.totals[way], 1, 0, Qt.AlignmentFlag.AlignTop)
            head.setFixedWidth(150)
            grid.addWidget(head, row, 0)
            for at, key in enumerate([one for one in counter_keys() if one.direction == way], 1):
                grid.addWidget(self._button(key.code), row, at)
                grid.setColumnStretch(at, 1)
        model.changed.connect(self.retranslate)
        self.retranslate()

    def _button(self, code: str) -> Button:
        button = self.keys[code] = Button("counter")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self.model.press, code))
        return button

    def retranslate(self) -> None:
        """Show every key with what it counted."""
        tally, language = self.model.tally, current_language()
        directions = self.model.directions if tally is None else tally.directions
        for key in counter_keys():
            words = label("counter_person", key.person, language)
            count = "–" if tally is None or not tally.watches(key) else str(tally.counts[key.name])
            button = self.keys[key.code]
            button.say(f"{key.code}  {words}\n{count}")
            button.setAccessibleName(f"{key.code}: {way_word(key.direction)}, {words}: {count}")
            button.setEnabled(key.direction in directions)
        for way in counter_directions():
            watched = way in directions
            self._ways[way].setText(way_word(way) if watched else _("{way}: not watched").format(way=way_word(way)))
            shown = "–" if tally is None or not watched else str(tally.totals[way])
            self.totals[way].setText(shown)
            self.totals[way].setAccessibleName(f"{way_word(way)}: {shown}")
        self.setAccessibleName(_("Counting at the gate"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count; a key held down counts once, and what a reader types counts nobody."""
        typed, key = self._hand.text(event), event.key()
        if typed in self.keys:
            self.model.press(typed)
        elif typed == "D":
            self.model.turn()
        elif event.isAutoRepeat():
            return
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.model.begin()
        elif key == Qt.Key.Key_Backspace:
            self.model.take_back()
        elif key == Qt.Key.Key_Delete:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """While somebody is counted the keys stay here: what is pressed elsewhere would count nobody in silence."""
        return True if self.model.runs else super().focusNextPrevChild(onward)


class CounterState(SpokenFrame):
    """Whether somebody is being counted, in colour, icon and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self.heading = StatusIcon(32), PlainLabel(kind="heading", wrap=True)
        self.reason = PlainLabel(wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self._icon)
        row.addLayout(words, 1)

    def show_state(self, status: str, heading: str, reason: str) -> None:
        """Show it; ``status`` is green, amber or grey."""
        set_kind(self, f"banner-{status}")
        self._icon.show_status(status)
        self.heading.setText(heading)
        self.reason.setText(reason)
        self.setAccessibleName(f"{heading}. {reason}")


class CounterSection(Section):
    """The counter with what is said of it. ``kept`` when an interval was kept."""

    kept = Signal()

    def __init__(self, model: CounterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.column.setSpacing(10)
        self.state, self.pad = CounterState(), CounterPad(model)
        self.point = ChoiceBox()
        self.point.setObjectName("observation.point")
        self._point = LabelledField(self.point)
        self.today = PlainLabel(kind="muted", wrap=True)
        self.begin, self.undo, self.keep = Button("primary"), Button(), Button("primary")
        self._points: Points = ()
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.state, 3)
        top.addWidget(self._point, 2)
        acts = QHBoxLayout()
        acts.setSpacing(16)
        for button, act in ((self.begin, model.begin), (self.undo, model.take_back), (self.keep, model.keep)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("tall", True)
            button.clicked.connect(act)
            acts.addWidget(button, 1)
        self.column.addLayout(top)
        self.column.addWidget(self.pad, 1)
        self.column.addWidget(self.today)
        self.column.addLayout(acts)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(model.beat)
        self.point.currentIndexChanged.connect(lambda _at: model.choose(str(self.point.currentData() or "")))
        self.pad.left.connect(self.ask_leave)
        model.changed.connect(self._show)
        model.kept.connect(self._on_kept)
        model.restored.connect(self._on_restored)
        model.noticed.connect(self._on_noticed)
        model.taken.connect(self._on_taken)
        self._warned = False
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Counter")

    def first_field(self) -> QWidget | None:
        """Return the keys."""
        return self.pad

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F12 keeps the interval; Ctrl+Backspace too takes the last press back."""
        return {Key.DECIDE: self.model.keep, Key.UNDO: self.model.take_back}

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of the keys here."""
        return {Key.DECIDE: _("Keep the interval"), Key.UNDO: _("Take the last back")}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer to give the interval up."""
        return [PaletteAction(_("Give the interval up"), self.ask_leave)] if self.model.tally else []

    def opened(self) -> None:
        """Somebody is at the counter again."""
        self.model.beat()
        self.model.look()
        self._beat.start()
        if self.model.runs:
            self.pad.setFocus()

    def stops(self) -> bool:
        """While somebody is counted Esc does not leave the keys."""
        if self.model.runs:
            self.remarked.emit(_("Counting goes on: F12 keeps the interval, Delete gives it up."), "")
        return self.model.runs

    def away(self) -> None:
        """Nobody is at the counter from here on."""
        self._beat.stop()

    def locking(self) -> None:
        """A locked counter counts nobody."""
        self.away()

    def show_points(self, points: Points) -> None:
        """Offer these points."""
        self._points = points
        self.point.fill([(code, f"{name} ({code})") for code, name in points])
        self._show()

    def ask_leave(self) -> None:
        """Give the interval up, after a question."""
        if self.model.tally is None:
            return
        ask(
            self,
            _("Give the interval up?"),
            _("Nobody counted in it is kept; its minutes stay unobserved."),
            yes=_("Give it up"),
            no=button_words()["back"],
            answered=lambda yes: self.model.leave() if yes else None,
        )

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(_("Counting at the gate"))
        self.hint.setText(
            _(
                "People seen, one key a person. Kept apart from records of crossings and never added to them. "
                "Minutes in which nobody counts are unknown, not 0."
            )
        )
        self._point.say(_("Point"))
        self.begin.say(_("Begin an interval  (Enter)"))
        self.undo.say(_("Take the last back  (⌫)"))
        self.keep.say(_("Keep the interval  (F12)"))
        self._show()

    def _show(self) -> None:
        model, tally = self.model, self.model.tally
        self.begin.setVisible(tally is None)
        self.keep.setVisible(tally is not None)
        self.undo.setEnabled(tally is not None and bool(tally.last))
        self.point.setEnabled(tally is None)
        self.point.blockSignals(True)
        self.point.setCurrentIndex(max(0, self.point.findData(model.fmp)))
        self.point.blockSignals(False)
        self.today.setText(self._today_words())
        ways = ways_words(model.directions)
        if tally is None:
            reason = _("Watched: {ways}. D changes it. Enter begins.").format(ways=ways)
            self.state.show_state("grey", _("Nobody is being counted"), reason)
            return
        gone = sum(tally.taken_back.values())
        told = [totals_words(tally.totals), _n("{count} taken back", "{count} taken back", gone).format(count=gone)]
        if not model.is_safe:
            told.append(_("The last presses are not on the disk"))
        if tally.runs:
            words = _("Counting since {start}, until now {seen}").format(
                start=clock_words(tally.start), seen=clock_words(tally.seen)
            )
            self.state.show_state("green" if model.is_safe else "amber", words, " · ".join(told))
            return
        words = _("The interval ended: {interval}").format(
            interval=interval_words(tally.start, tally.end or tally.seen)
        )
        told.append(_("F12 keeps it. What passed after that is unknown."))
        self.state.show_state("amber", words, " · ".join(told))

    def _today_words(self) -> str:
        kept = self.model.kept_today
        if not kept:
            return "" if kept is None else _("Nothing was counted and kept here today: that is unknown, not 0.")
        totals: dict[str, int] = {}
        for slot in kept:
            for way, n in slot.totals.items():
                totals[way] = totals.get(way, 0) + n
        words = _("Counted and kept here today: {totals}, in {minutes} min watched.")
        return words.format(totals=totals_words(totals), minutes=minutes_watched(kept))

    def _on_noticed(self, error: Exception) -> None:
        """Say it, and be heard: who counts looks at the gate, not at the screen."""
        self._warned = True
        QApplication.beep()
        self.noticed.emit(error)

    def _on_taken(self) -> None:
        if self._warned:
            self._warned = False
            self.cleared.emit()

    def _on_kept(self, slot: ObservedSlot) -> None:
        words = _("Kept: {interval}, {totals}.").format(
            interval=interval_words(slot.start, slot.end), totals=totals_words(slot.totals)
        )
        self.remarked.emit(words, "")
        self.kept.emit()

    def _on_restored(self) -> None:
        self.remarked.emit(_("An interval that was left is back with everything that was counted."), "")
