"""The audit page: prove the chain against a printed anchor; sign a checkpoint."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.kernel.clock import local
from bmis.kernel.errors import OfficerError
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from bmis.store.audit import ChainReport, Checkpoint
from ui.desktop.audit.view_model import AuditModel
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import Desk, PaletteAction
from ui.desktop.shortcuts import Key
from ui.desktop.theme import mrz_font
from ui.desktop.widgets.plain import Button, Card, LabelledField, PlainLabel
from ui.desktop.widgets.status import Banner
from ui.desktop.words import moment_words


class AuditDesk(Desk):
    """Nothing here changes a record."""

    def __init__(self, model: AuditModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._report: tuple[ChainReport, bool] | None = None
        self._error: Exception | None = None
        self._checkpoint: Checkpoint | None = None
        self.heading, self.explained = PlainLabel(kind="title"), PlainLabel(kind="muted", wrap=True)
        self.anchor = QLineEdit()
        self.anchor.setObjectName("audit.anchor")
        self.anchor.setFont(mrz_font(18))
        self.anchor.setMaxLength(200)
        self._anchor_field = LabelledField(self.anchor)
        self.verify, self.sign = Button("primary"), Button()
        self.sign.setMinimumHeight(60)
        self.banner = Banner()
        self.facts = PlainLabel(wrap=True)
        self.signed = PlainLabel(wrap=True)
        self.signed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.sign.setVisible(model.may_sign)  # in its place: shown before, it would be a window of its own
        self.verify.clicked.connect(self._verify)
        self.anchor.returnPressed.connect(self._verify)
        self.sign.clicked.connect(model.sign)
        model.verified.connect(self._on_verified)
        model.broken.connect(self._on_broken)
        model.signed.connect(self._on_signed)
        model.busy.connect(self._on_busy)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.verify, 1)
        buttons.addWidget(self.sign, 1)
        card = Card()
        card.setMaximumWidth(960)
        card.column.addWidget(self._anchor_field)
        card.column.addLayout(buttons)
        card.column.addWidget(self.banner)
        card.column.addWidget(self.facts)
        card.column.addWidget(self.signed)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(self.heading)
        column.addWidget(self.explained)
        column.addWidget(card)
        column.addStretch(1)

    def title(self) -> str:
        """Return its name."""
        return _("Audit")

    def first_field(self) -> QWidget | None:
        """Return the anchor."""
        return self.anchor

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F12 proves."""
        return {Key.DECIDE: self._verify}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer both."""
        actions = [PaletteAction(_("Verify the audit chain"), self._verify)]
        if self._model.may_sign:
            actions.append(PaletteAction(_("Sign a checkpoint"), self._model.sign))
        return actions

    def closing(self) -> None:
        """Deliver no answer after the session."""
        self._model.stop()

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(_("Audit"))
        self.explained.setText(
            _("Each record is chained to the one before it. The anchor printed on a signed shift page shows whether the"
              " chain is still the one of that day.")
        )  # fmt: skip
        self._anchor_field.say(_("Anchor on the shift page (optional)"))
        self.anchor.setPlaceholderText("BMIS1:…")
        self.verify.say(_("Verify the chain"))
        self.sign.say(_("Sign a checkpoint"))
        self._show()

    def _verify(self) -> None:
        if not self._model.is_busy:
            self._model.verify(self.anchor.text())

    def _on_busy(self, busy: bool) -> None:
        self.verify.setDisabled(busy)
        self.sign.setDisabled(busy)
        if busy:
            self.banner.show_verdict("grey", _("Verifying…"))

    def _on_verified(self, report: ChainReport, compared: bool) -> None:
        self._report, self._error = (report, compared), None
        self._show()

    def _on_broken(self, error: Exception) -> None:
        self._report, self._error = None, error
        self._show()

    def _on_signed(self, checkpoint: Checkpoint) -> None:
        self._checkpoint = checkpoint
        self._show()

    def _show(self) -> None:
        self.facts.setText("")
        if self._error is not None:
            notice = self._describe(self._error)
            colour = "amber" if isinstance(self._error, OfficerError) else "red"  # mistyped is not broken
            self.banner.show_verdict(colour, f"{notice.code}  {notice.what}", notice.do)
        elif self._report is not None:
            self._show_report(*self._report)
        else:
            self.banner.show_verdict("grey", _("Not verified in this session"))
        self.signed.setVisible(self._checkpoint is not None)
        if self._checkpoint is not None:
            words = _("Checkpoint signed. Write the anchor down or print it with the shift: {anchor}")
            self.signed.setText(words.format(anchor=self._checkpoint.anchor))

    def _show_report(self, report: ChainReport, compared: bool) -> None:
        proved = _n("{count} link proved", "{count} links proved", report.rows).format(count=report.rows)
        if compared:
            self.banner.show_verdict("green", proved, _("The anchor is in the chain: it was not rewritten."))
        else:
            self.banner.show_verdict(
                "amber", proved, _("The chain holds together. Without an anchor a chain that was wholly rewritten shows"
                                   " nothing.")
            )  # fmt: skip
        lines = [_n("{count} signed checkpoint", "{count} signed checkpoints", report.checkpoints)]
        lines[0] = lines[0].format(count=report.checkpoints)
        if report.last_checkpoint is not None:
            at = moment_words(local(report.last_checkpoint.signed_at))
            lines.append(_("Last one: {at}, by {name}").format(at=at, name=report.last_checkpoint.by))
        self.facts.setText("\n".join(lines))
