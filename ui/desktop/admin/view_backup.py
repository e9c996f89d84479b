"""Backup to a chosen file, and how to try a restore."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bmis.kernel.clock import Clock, local
from bmis.kernel.i18n import translate as _
from bmis.store.backup import Manifest
from ui.desktop.admin.view_model import BackupModel
from ui.desktop.parts import Describe, HomeFacts
from ui.desktop.shell.sections import Section
from ui.desktop.widgets.asking import AskingDialog, put_away
from ui.desktop.widgets.plain import Button, Card, PlainLabel
from ui.desktop.widgets.saving import ask_path
from ui.desktop.widgets.status import Banner
from ui.desktop.words import moment_words


class BackupSection(Section):
    """One button, what came of it, and the steps of a restore drill."""

    def __init__(
        self, model: BackupModel, home: HomeFacts, clock: Clock, describe: Describe, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._home, self._clock, self._describe = model, home, clock, describe
        self._made: tuple[Manifest, Path] | None = None
        self.dialog: AskingDialog | None = None
        self.start, self.banner = Button("primary"), Banner()
        self.start.setObjectName("admin.backup")
        self.drill_heading, self.drill = PlainLabel(kind="heading"), PlainLabel(wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.start)
        row.addStretch(1)
        card = Card()
        card.column.addWidget(self.drill_heading)
        card.column.addWidget(self.drill)
        self.column.addLayout(row)
        self.column.addWidget(self.banner)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.start.clicked.connect(self.ask_file)
        model.made.connect(self._on_made)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Backup")

    def first_field(self) -> QWidget | None:
        """Return the button."""
        return self.start

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(
            _("The copy stays encrypted: it opens only with a password of this installation, or with the recovery"
              " words. It holds the border's records; health makes its own.")
        )  # fmt: skip
        self.start.say(_("Make a backup…"))
        self.drill_heading.setText(_("Restore drill, once a month"))
        self.drill.setText(
            "\n".join(
                (
                    _("1. Take the newest backup to another machine, never to this one."),
                    _("2. There: bmis init in an empty folder with this post's code, then bmis db restore FILE."),
                    _("3. Sign in, open the last crossing, and compare its number with the last signed shift page."),
                    _("4. Verify the audit with the anchor on that page. Write day and result in the post's book."),
                    _("5. Delete the drill's folder: it holds people's records."),
                )
            )
        )
        self._show()

    def ask_file(self) -> AskingDialog:
        """Return the form, open."""
        day = local(self._clock()).strftime("%Y-%m-%d-%H%M")
        name = f"bmis-{self._home.post_code}-{self._home.lane}-{day}.bmisbackup"
        self.dialog = ask_path(
            self,
            _("Make a backup"),
            _("Choose a stick or another disk: a copy on this disk is lost with it."),
            name,
            self._describe,
            lambda dialog, path: self._model.back_up(path, lambda error: dialog.stay(self._describe(error), "path")),
        )
        return self.dialog

    def _on_made(self, manifest: Manifest, path: Path) -> None:
        self._made = (manifest, path)
        put_away(self.dialog)
        self.dialog = None
        self._show()
        self.start.setFocus()

    def _show(self) -> None:
        if self._made is None:
            self.banner.show_verdict("grey", _("No backup in this session"))
            return
        manifest, path = self._made
        rows = max((database.audit_seq for database in manifest.databases), default=0)
        at = moment_words(local(self._clock()))
        words = _("Backup made: {name}").format(name=path.name)
        self.banner.show_verdict("green", words, _("{at}, up to audit link {seq}").format(at=at, seq=rows))
