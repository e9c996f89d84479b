"""Returns of posts and published bulletins: what their pages ask, what they hear."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bmis.kernel.i18n import current_language
from bmis.reports.bulletin.edition import Edition
from bmis.reports.returns.keep_returns import KeptReturn
from bmis.reports.returns.post_return import PostReturn
from ui.desktop.supervisor.bulletin_parts import DraftNow, MadeReport, TypedReturn
from ui.desktop.supervisor.numbers_parts import NumbersParts
from ui.desktop.workers.aside_model import AsideModel
from ui.desktop.workers.asking import Failed


class ReturnsModel(AsideModel):
    """``listed`` carries a ReturnsNow, ``read`` the returns of a message that proves, ``kept`` KeptReturns,
    ``written`` messages to send."""

    listed = Signal(object)
    read = Signal(object)
    kept = Signal(object)
    written = Signal(object)

    def __init__(self, parts: NumbersParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts = parts
        self._days: tuple[date, date] | None = None

    def look(self, days: tuple[date, date]) -> None:
        """Read the returns of these days."""
        self._days = days
        self.ask(lambda _task: self.parts.bulletins.returns(*days), self.listed.emit)

    def read_message(self, untrusted_text: str, failed: Failed) -> None:
        """Prove a message and read it; nothing is kept."""
        self.ask(lambda _task: self.parts.bulletins.read_message(untrusted_text), self.read.emit, failed)

    def write_messages(self, post: str, day: date) -> None:
        """Write what stands of a post and a day as messages."""
        self.ask(lambda _task: self.parts.bulletins.messages(post, day), self.written.emit)

    def keep_message(self, given: tuple[PostReturn, ...], failed: Failed) -> None:
        """Keep the returns of a message, all of them or none."""
        self.ask(lambda _task: self.parts.bulletins.take_message(given), self._on_kept, failed)

    def keep_typed(self, typed: TypedReturn, failed: Failed) -> None:
        """Keep a return as it was typed."""
        language = current_language()
        self.ask(lambda _task: self.parts.bulletins.take_typed(typed, language), self._on_kept, failed)

    def _on_kept(self, kept: tuple[KeptReturn, ...]) -> None:
        self.kept.emit(kept)
        if self._days is not None:
            self.look(self._days)


class EditionsModel(AsideModel):
    """``listed`` carries Editions, ``opened`` (Edition, MadeReport), ``drafted`` a DraftNow, ``published`` an Edition,
    ``imported`` how many figures of how many periods."""

    listed = Signal(object)
    opened = Signal(object, object)
    drafted = Signal(object)
    published = Signal(object)
    imported = Signal(int, int)

    def __init__(self, parts: NumbersParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts = parts

    def look(self, name: str) -> None:
        """Ask what was published of a report."""
        self.ask(lambda _task: self.parts.bulletins.editions(name), self.listed.emit)

    def open(self, edition: Edition) -> None:
        """Ask for the paper of a frozen edition."""

        def done(made: MadeReport | None) -> None:
            if made is not None:
                self.opened.emit(edition, made)

        self.ask(lambda task: self.parts.bulletins.edition_paper(edition, task.cancelled), done)

    def draft(self, name: str, days: tuple[date, date], *, revision: bool, failed: Failed | None = None) -> None:
        """Ask what would be published now."""
        language = current_language()

        def done(seen: DraftNow | None) -> None:
            if seen is not None:
                self.drafted.emit(seen)

        self.ask(lambda task: self.parts.bulletins.look(name, days, language, revision, task.cancelled), done, failed)

    def publish(self, seen: DraftNow, second: tuple[str, str], failed: Failed) -> None:
        """Publish what was seen, signed by a second person."""
        self.ask(lambda _task: self.parts.bulletins.publish(seen, second), self.published.emit, failed)

    def import_baseline(self, path: Path, failed: Failed) -> None:
        """Keep the figures of past bulletins."""
        self.ask(
            lambda _task: self.parts.bulletins.import_baseline(path), lambda kept: self.imported.emit(*kept), failed
        )
