"""What is half typed on a page of the desk, kept encrypted in the store of health until it is kept or given up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLineEdit
from shiboken6 import isValid

from bmis.crossings.paperwork.drafts import Draft, DraftEntry, DraftState
from poe_health.drafts.draft import HealthDraft
from ui.desktop.health_supervisor.view_model import PostModel
from ui.desktop.widgets.asking import AskingDialog
from ui.desktop.workers.autosave import AutoSave

DESK = "health_post"
SCHEMA = 1
Typed = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Keeper:
    """The drafts of the person at work, as AutoSave wants them."""

    model: PostModel

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep it."""
        parts = self.model.parts
        kept = parts.desk.drafts.save(DESK, entry.request_id, entry.content, parts.by)
        return Draft(kept.request_id, kept.by, kept.started_at, kept.updated_at, DraftState.EDITING, kept.content)


class HalfTyped(QObject):
    """Of one kind of page; ``about`` is the voyage of the page, "" for one that is not on record yet."""

    def __init__(self, model: PostModel, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._kind = model, kind
        self._saving = AutoSave(_Keeper(model), model.runner, self)
        self._saving.failed.connect(model.noticed)

    def bring_back(self, about: str, done: Callable[[UUID, Typed], None]) -> None:
        """Ask for what was left half typed; ``done`` gets its request and what was typed, where there is any."""
        parts = self._model.parts

        def found(drafts: tuple[HealthDraft, ...]) -> None:
            for one in drafts:
                content, typed = one.content, one.content.get("typed")
                known = (content.get("schema"), content.get("kind"), content.get("about"))
                if known == (SCHEMA, self._kind, about) and isinstance(typed, Mapping):
                    done(one.request_id, typed)
                    return

        self._model.ask(lambda: parts.desk.drafts.of(DESK, parts.by), found)

    def soon(self, request_id: UUID, about: str, typed: Typed) -> None:
        """Keep it shortly."""
        content = {"schema": SCHEMA, "kind": self._kind, "about": about, "typed": dict(typed)}
        self._saving.soon(lambda: DraftEntry(request_id, content))

    def now(self) -> None:
        """Keep what waits."""
        self._saving.now()

    def forget(self, request_id: UUID) -> None:
        """It was kept, or given up."""
        self._saving.drop()
        parts = self._model.parts
        self._model.ask(lambda: parts.desk.drafts.forget(request_id, parts.by), lambda _done: None)


class FormDraft(QObject):
    """What stands in a form over the desk; left or lost, it stands there again when the form is opened anew."""

    def __init__(self, half: HalfTyped, about: str, dialog: AskingDialog) -> None:
        super().__init__(half)
        self._half, self._about, self._dialog = half, about, dialog
        self._request_id, self._touched = uuid4(), False
        for field in dialog.fields.values():
            if isinstance(field, QComboBox):
                field.activated.connect(lambda _at: self._on_typed())
                field.currentIndexChanged.connect(lambda _at: self._on_typed())
            elif isinstance(field, QLineEdit):
                field.textEdited.connect(lambda _text: self._on_typed())
        half.bring_back(about, self._take)

    def done(self) -> None:
        """It is on record."""
        self._half.forget(self._request_id)

    def _on_typed(self) -> None:
        self._touched = True
        typed: dict[str, object] = {}
        for name, field in self._dialog.fields.items():
            if isinstance(field, QComboBox):
                typed[name] = str(field.currentData() or "")
            elif isinstance(field, QLineEdit):
                typed[name] = field.text()
        self._half.soon(self._request_id, self._about, typed)

    def _take(self, request_id: UUID, typed: Typed) -> None:
        if self._touched or not isValid(self._dialog):
            return
        self._request_id = request_id
        for name, field in self._dialog.fields.items():
            text = str(typed.get(name, ""))
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(text)))
            elif isinstance(field, QLineEdit):
                field.setText(text)
