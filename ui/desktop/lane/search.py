"""Finding an earlier crossing, looking at it, correcting it."""

from contextlib import suppress
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.crossings.crossing import EventKind
from bmis.crossings.payload import crossing_payload, value_at
from bmis.crossings.rules import amendable_fields
from bmis.crossings.view import CrossingView
from bmis.documents.dates import PartialDate
from bmis.documents.errors import DateTextError
from ui.desktop.lane.parts import LaneParts
from ui.desktop.workers.runner import Runner


class SearchModel(QObject):
    """Signals: ``found`` a tuple of CrossingSummary, ``shown`` a CrossingView, ``amended``, ``failed`` an error."""

    found = Signal(object)
    shown = Signal(object)
    amended = Signal()
    failed = Signal(object)

    def __init__(self, parts: LaneParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts, self._runner = parts, runner

    def search(self, untrusted_text: str) -> None:
        """Look for a document number, a name or a date of birth."""
        text = untrusted_text.strip()
        if text:
            self._runner.run(lambda: self._parts.search(text), self.found.emit, self.failed.emit)

    def show(self, crossing_id: UUID) -> None:
        """Look one crossing up."""
        self._runner.run(lambda: self._parts.show(crossing_id), self.shown.emit, self.failed.emit)

    def amend(self, view: CrossingView, field: str, value: str, reason: str) -> None:
        """Correct one field, with its reason."""
        crossing_id = view.crossing.id

        def work() -> CrossingView:
            self._parts.amend(crossing_id, {field: _given(field, value)}, reason)
            return self._parts.show(crossing_id)

        self._runner.run(work, self._on_amended, self.failed.emit)

    def take_link_back(self, view: CrossingView, link_id: UUID, reason: str) -> None:
        """Take back that the crossing's traveller is another one met before."""
        crossing_id = view.crossing.id

        def work() -> CrossingView:
            self._parts.take_link_back(link_id, reason)
            return self._parts.show(crossing_id)

        self._runner.run(work, self._on_amended, self.failed.emit)

    def _on_amended(self, view: CrossingView) -> None:
        self.amended.emit()
        self.shown.emit(view)


def fields_to_amend(view: CrossingView) -> tuple[tuple[str, str], ...]:
    """Return the fields that may be corrected, each with its present value as text."""
    crossing = view.crossing
    payload = crossing_payload(crossing)
    allowed = sorted(amendable_fields(crossing.crossed_at.date()))
    return tuple((name, _text(name, value_at(payload, f"request.{name}"))) for name in allowed)


def _given(field: str, typed: str) -> str | int | None:
    """The plain value of what was typed; what cannot be read goes as it is, and the room says that it is none."""
    if not typed:
        return None
    if field == "journey.intended_days" and typed.isdigit():
        return int(typed)
    if field.endswith("_date"):
        with suppress(DateTextError):
            return str(PartialDate.typed(typed))
    return typed


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if name.endswith("_date"):
        return PartialDate.parse(str(value)).shown()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def links_of(view: CrossingView) -> tuple[UUID, ...]:
    """Return the links of the crossing's traveller that stand."""
    undone = {event.other_id for event in view.events if event.kind is EventKind.UNLINKED}
    return tuple(one.id for one in view.events if one.kind is EventKind.LINKED and one.id not in undone)
