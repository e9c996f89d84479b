"""The truck's desk: giant field, giant word, three lines, four buttons for gloves. Lays out and wires."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.crossings.decision import LETS_THROUGH
from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.shell.desk import Desk, DeskContext, PaletteAction
from ui.desktop.shortcuts import Key
from ui.desktop.theme import current_theme
from ui.desktop.truck.parts import TruckVerdict
from ui.desktop.truck.view_carried import CarriedPanel
from ui.desktop.truck.view_model import TruckModel
from ui.desktop.truck.view_redeploy import RedeployAsking
from ui.desktop.truck.view_side import TravellerStrip, TravellerWindow
from ui.desktop.truck.wording import (
    COLOURS,
    all_reasons,
    edge_words,
    post_words,
    saved_words,
    three_lines,
    verdict_word,
)
from ui.desktop.truck.working import Phase
from ui.desktop.widgets.pictures import LiveView
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.widgets.status import Banner, StatusChip, StatusIcon
from ui.desktop.widgets.wedge import WedgeFilter
from ui.desktop.workers.pictures import photo_of
from ui.desktop.workers.swipes import MakeSerialReader, SerialSwipes
from ui.words.labels import direction_word

NIGHT, DAY = "night", "light"
PHOTO = QSize(256, 316)


class TruckDesk(Desk):
    """One traveller at a time, by one key. ``asking`` holds the redeployment, ``wedge`` and ``swipes`` the readers."""

    def __init__(
        self,
        model: TruckModel,
        context: DeskContext,
        now_ms: Callable[[], float] | None = None,
        parent: QWidget | None = None,
        *,
        serial: MakeSerialReader | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self._context = model, context
        model.setParent(self)
        self._opened = self._in_front = False
        self.last = Banner()
        self.last.setObjectName("truck.last")
        self.field = QLineEdit()
        self.field.setObjectName("truck.field")
        self.field.setProperty("kind", "truck")
        self.field.setMaxLength(80)
        self.way, self.light = Button("truck"), Button("truck")
        self.way.setObjectName("truck.direction")
        self.light.setObjectName("truck.light")
        for button in (self.way, self.light):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a touch leaves Enter to the field
        self.photo = LiveView((PHOTO.width(), PHOTO.height()), "person")
        self.photo.setMaximumSize(PHOTO)
        self.photo.setMinimumSize(PHOTO.width(), PHOTO.height() // 2)  # a notice above takes room
        self.icon, self.word = StatusIcon(96), PlainLabel(kind="truck-word-grey")
        self.lines = tuple(PlainLabel(kind="truck-line", wrap=True) for _line in range(3))
        self.go = Button("truck-first")
        self.refer, self.other, self.free = Button("truck"), Button("truck"), Button("truck")
        for button, name in ((self.go, "go"), (self.refer, "refer"), (self.other, "other"), (self.free, "free")):
            button.setObjectName(f"truck.{name}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.carried = CarriedPanel(self, model, context)
        self.chips = tuple(StatusChip(height=32) for _chip in range(4))
        self.post, self.plate = PlainLabel(kind="field-label"), PlainLabel(kind="field-label")
        self.side, self.window_beside = TravellerStrip(model), TravellerWindow(model, self)
        self.asking = RedeployAsking(self, model.parts, context.runner, context)
        self.wedge, self.swipes = WedgeFilter(now_ms, self), SerialSwipes(serial, self)
        self._lay_out()
        self._wire()
        self.retranslate()

    # --- what the frame asks

    def title(self) -> str:
        """Return the desk's name."""
        return _("Truck")

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return what each key does now."""
        model = self.model
        always = {Key.RESCAN: model.look_again, Key.TOKEN: self.carried.ask_card, Key.BACK: self._back}
        if model.phase is not Phase.SHOWN:
            return always
        goods = {Key.NOTE: self.carried.asking.ask} if model.loading.products is not None else {}
        decide = {Key.DECIDE: model.let_pass, Key.SECONDARY: model.refer, Key.REFUSE: model.other_person}
        return {**decide, **goods, **always}

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of F8 and F11, which are the truck's own."""
        return {Key.NOTE: _("Goods"), Key.TOKEN: _("Health card")}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Return what else can be done now."""
        model = self.model
        actions = [
            PaletteAction(_("Turn the direction"), model.turn),
            PaletteAction(_("Day or night screen"), self._turn_light),
            PaletteAction(_("Send the truck to another post"), self.asking.ask),
        ]
        if model.clearing.has_shown:
            actions.append(PaletteAction(_("Forget the health token"), model.clearing.forget_and_check))
        if model.loading.goods:
            actions.append(PaletteAction(_("No goods after all"), self.carried.asking.clear))
        if model.plate:
            actions.append(PaletteAction(_("No vehicle any more"), lambda: model.drive("")))
        return actions

    def first_field(self) -> QWidget | None:
        """Return the one field."""
        return self.field

    def retranslate(self) -> None:
        """Set every word again."""
        self.field.setPlaceholderText(_("Pass, document or plate"))
        self.field.setAccessibleName(_("Pass, document or plate"))
        self.photo.setAccessibleName(_("Photograph on file"))
        self.refresh()

    def opened(self) -> None:
        """Readers and camera are watched from now on."""
        self._in_front = True
        self.wedge.watch()
        self.swipes.start()
        if self._opened:
            self.model.resume()
        else:
            self._opened = True
            self.model.open()
        self.window_beside.show_beside()

    def behind(self) -> None:
        """Another desk is in front: camera and readers are its."""
        self._in_front = False
        self._rest()

    def locking(self) -> None:
        """Stop, show nobody."""
        self._rest()
        self.photo.show_frame(None)
        for line in self.lines:
            line.setText("")
        self.carried.clear()
        with QSignalBlocker(self.field):  # what was typed is kept, and back when the officer is
            self.field.clear()

    def unlocked(self) -> None:
        """The same officer is back."""
        self.field.setText(self.model.keeping.typed)
        if self._in_front:
            self.opened()
        self.refresh()

    def has_draft(self) -> bool:
        """Return whether somebody stands on the screen, unrecorded."""
        return self.model.phase in (Phase.SHOWN, Phase.READING, Phase.SAVING)

    def closing(self) -> None:
        """Stop threads and timers."""
        self._rest()
        self.model.close()

    # --- layout

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.field, 1)
        for button in (self.carried.card, self.carried.goods):
            top.addWidget(button)
        top.addWidget(self.way)
        top.addWidget(self.light)
        head = QHBoxLayout()
        head.setSpacing(20)
        head.addWidget(self.icon)
        head.addWidget(self.word)
        head.addWidget(self.carried.health, 1)
        words = QVBoxLayout()
        words.setSpacing(10)
        words.addLayout(head)
        for line in self.lines:
            words.addWidget(line)
        words.addStretch(1)
        words.addWidget(self.carried)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self.photo)
        middle.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for button, wide in ((self.go, 5), (self.refer, 4), (self.other, 4), (self.free, 3)):
            buttons.addWidget(button, wide)
        edge = QHBoxLayout()
        edge.setSpacing(12)
        for chip in self.chips:
            edge.addWidget(chip)
        edge.addStretch(1)
        edge.addWidget(self.plate)
        edge.addWidget(self.post)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.last)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addLayout(buttons)
        column.addWidget(self.side)
        column.addLayout(edge)

    def _wire(self) -> None:
        model = self.model
        model.changed.connect(self.refresh)
        model.noticed.connect(self.noticed)
        model.counted.connect(self.counted)
        model.directed.connect(self.directed)
        model.cleared.connect(self.cleared)
        self.asking.moved.connect(model.on_moved)
        self.asking.noticed.connect(self.noticed)
        for reader in (self.wedge, self.swipes):
            reader.scanned.connect(model.clearing.take)
            reader.sealed.connect(model.take_seal)
            reader.swiped.connect(model.take_zone)
        self.wedge.misread.connect(model.noticed)
        self.swipes.failed.connect(model.noticed)
        self.field.returnPressed.connect(self._on_enter)
        self.field.textChanged.connect(model.keeping.type)
        model.keeping.resumed.connect(self.field.setText)
        self.go.clicked.connect(self._go)
        self.refer.clicked.connect(model.refer)
        self.other.clicked.connect(model.other_person)
        self.free.clicked.connect(self._back)
        self.way.clicked.connect(self._turn)
        self.light.clicked.connect(self._turn_light)

    # --- showing

    def refresh(self) -> None:
        """Show the model as it is now."""
        model = self.model
        self._show_last()
        self._show_verdict()
        self.carried.refresh()
        self._show_buttons()
        self.way.say(direction_word(model.direction.value) if model.direction else _("Which way?"))
        self.light.say(_("Day") if current_theme().name == NIGHT else _("Night"))
        self.plate.setText(self._plate_words())
        state = model.state
        for chip, (status, words) in zip(self.chips, edge_words(state) if state is not None else (), strict=False):
            chip.show_status(status, words=words)
        for chip in self.chips:
            chip.setVisible(state is not None)
        self.post.setText(post_words(state) if state is not None else "")
        self.keys_changed.emit()

    def _show_verdict(self) -> None:
        model, answer = self.model, self.model.answer
        photo, lines = None, ("", "", "")
        if model.phase is Phase.SAVED and model.kept is not None:
            through = model.kept.decision in LETS_THROUGH
            colour, word = ("green", verdict_word(TruckVerdict.PASS)) if through else ("grey", _("SENT ON"))
            lines = (saved_words(model), "" if through else _("Secondary has the record. Esc frees the screen."), "")
        elif answer is not None:
            colour, word = COLOURS[answer.verdict], verdict_word(answer.verdict)
            lines, photo = three_lines(answer), photo_of(answer.photo)
        elif model.phase is Phase.READING:
            colour, word = "grey", _("Reading…")
        else:
            colour, word = "grey", _("Ready")
            lines = (self._ready_words(), "", "")
        self.icon.show_status(colour)
        self.word.set_kind(f"truck-word-{colour}")
        self.word.setText(word)
        for label, text in zip(self.lines, lines, strict=True):
            label.setText(text)
        self.lines[1].setToolTip(all_reasons(answer) if answer is not None else "")
        self.photo.setVisible(answer is not None and model.phase is not Phase.SAVED)
        self.photo.show_frame(photo)
        self.photo.show_words("" if photo is not None else _("Card in hand"))

    def _show_buttons(self) -> None:
        model = self.model
        look = model.answer is not None and model.answer.verdict is TruckVerdict.LOOK
        self.go.say(_("Looked: goes on (F12)") if look else _("It is the person (Enter)"))
        self.refer.say(_("To secondary (F6)"))
        self.other.say(_("Another person (F9)"))
        self.free.say(_("Free (Esc)"))
        self.go.setEnabled(model.may_pass)
        self.refer.setEnabled(model.may_refer)
        self.other.setEnabled(model.phase is Phase.SHOWN)
        self.free.setEnabled(model.phase in (Phase.SHOWN, Phase.SAVED) or model.clearing.has_shown)

    def _show_last(self) -> None:
        opening = self.model.opening
        last = opening.last_traveller if opening is not None else None
        self.last.setVisible(last is not None)
        if last is None:
            return
        at = local(last.at).strftime("%H:%M")
        if last.saved:
            self.last.show_verdict("green", _("Last traveller: SAVED at {at}").format(at=at), _("Do not record again."))
        else:
            self.last.show_verdict("amber", _("Last traveller: NOT SAVED"), _("Scan the pass again."))

    def _ready_words(self) -> str:
        if self.model.direction is None:
            return _("Say first which way the travellers go.")
        if not self.model.watching.has_camera:
            return _("Scan, swipe or type. No camera was chosen.")
        return _("Show the pass to the camera, scan, swipe or type.")

    def _plate_words(self) -> str:
        model = self.model
        if not model.plate:
            return ""
        count = _n("{count} person", "{count} people", model.with_plate).format(count=model.with_plate)
        return _("Vehicle {plate}: {count}").format(plate=model.plate, count=count)

    # --- keys

    def _on_enter(self) -> None:
        if self.field.text().strip():
            if self.model.take_typed(self.field.text()):
                self.field.clear()
            else:
                self.field.selectAll()
        else:
            self.model.enter()

    def _go(self) -> None:
        self.model.let_pass()
        self.field.setFocus()

    def _back(self) -> None:
        if self.field.text():
            self.field.clear()
        else:
            self.model.clear()
        self.field.setFocus()

    def _turn(self) -> None:
        self.model.turn()
        self.field.setFocus()

    def _turn_light(self) -> None:
        self.theme_asked.emit(DAY if current_theme().name == NIGHT else NIGHT)
        self.refresh()
        self.field.setFocus()

    def _rest(self) -> None:
        self.wedge.leave()
        self.swipes.stop()
        self.model.rest()
        self.window_beside.hide()
