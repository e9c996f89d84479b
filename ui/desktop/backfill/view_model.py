"""Typing in one paper form after the other."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import Crossing, CrossingRequest
from bmis.crossings.errors import FindingsChangedError, NotAcknowledgedError, SecondPersonNeededError
from bmis.crossings.finding import Finding, Status
from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.crossings.paperwork.errors import LateBackfillError
from bmis.crossings.paperwork.forms import ContingencyForm
from bmis.crossings.paperwork.rules import FormField, FormLayout, form_layout
from bmis.documents.document_kinds import document_kind
from bmis.documents.errors import FieldMissingError
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from ui.desktop.backfill.filling import TypedForm, filled_form, first_empty, request_of
from ui.desktop.backfill.parts import BackfillParts
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner

SCHEMA = 1  # of a kept draft


class BackfillModel(StoreModel):
    """Signals: ``form_known`` a ContingencyForm, ``form_refused`` the error, ``empty`` the FormField that is needed,
    ``reason_needed`` (document field, codes), ``checked`` findings changed, ``second_needed`` whether it may be owed,
    ``kept`` a Crossing, ``left`` the forms still to come, ``restored`` the TypedForm that was left half typed."""

    form_known = Signal(object)
    form_refused = Signal(object)
    empty = Signal(object)
    reason_needed = Signal(str, object)
    checked = Signal()
    second_needed = Signal(bool)
    kept = Signal(object)
    left = Signal(object)
    restored = Signal(object)

    def __init__(self, parts: BackfillParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self.layout: FormLayout = form_layout()
        self._request_id: UUID = new_id(clock())
        self._number = ""
        self._values: dict[str, str] = {}
        self._missing: dict[str, str] = {}
        self._request: CrossingRequest | None = None
        self._findings: tuple[Finding, ...] = ()
        self._accepted: set[str] = set()
        self.autosave = AutoSave(parts, runner, self)
        self.autosave.failed.connect(self.noticed)

    def clear(self) -> None:
        """Begin another form; what was kept of this one is forgotten."""
        self.autosave.drop()
        if self.is_begun:
            gone = self._request_id
            self.ask(lambda: self.parts.forget_draft(gone), lambda _none: None)
        self._request_id = new_id(self._clock())
        self._number = ""
        self._values, self._missing = {}, {}
        self._forget_checks()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks said of the form as it is typed; () while they were not asked."""
        return self._findings

    @property
    def accepted(self) -> frozenset[str]:
        """The checks whose findings were accepted."""
        return frozenset(self._accepted)

    @property
    def is_begun(self) -> bool:
        """Whether something was typed."""
        return bool(self._number or any(self._values.values()))

    @property
    def is_ready(self) -> bool:
        """Whether the checks answered and each that is not green was accepted."""
        return self._request is not None and all(
            one.status is Status.GREEN or one.check in self._accepted for one in self._findings
        )

    def typed(self) -> TypedForm:
        """Return what was typed so far."""
        return TypedForm(
            self._request_id, self._number, MappingProxyType(dict(self._values)), MappingProxyType(dict(self._missing))
        )

    def take_up(self) -> None:
        """Ask for the form that was left half typed: by a power cut, or by leaving."""
        self.ask(self.parts.kept_drafts, self._on_drafts)

    def close(self) -> None:
        """Keep what is half typed; deliver nothing any more."""
        self.autosave.now()
        self.stop()

    def look_left(self) -> None:
        """Ask which forms should have been typed in already."""
        self.ask(self.parts.left, self.left.emit)

    def set_number(self, untrusted_number: str) -> None:
        """Take the form's number and look it up."""
        self._number = untrusted_number
        self._keep_soon()
        self._forget_checks()
        if untrusted_number.strip():
            self.ask(lambda: self.parts.form(untrusted_number), self._on_form, self.form_refused.emit)

    def set_value(self, name: str, text: str) -> None:
        """Take a field's text; what the checks said no longer holds."""
        if self._values.get(name, "") == text:
            return
        self._values[name] = text
        if name == "kind":
            self._missing.clear()
        self._missing.pop(name, None)
        self._keep_soon()
        self._forget_checks()

    def explain(self, field: str, code: str) -> None:
        """Say why a field of the document is not known, and go on checking."""
        self._missing[field] = code
        self._keep_soon()
        self.check()

    def acknowledge(self, check: str, accepted: bool) -> None:
        """Accept what a check says, or take that back."""
        self._accepted.add(check) if accepted else self._accepted.discard(check)
        self.checked.emit()

    def check(self) -> None:
        """Ask the checks about the form; the first thing that is missing is said instead."""
        typed = self.typed()
        needed = first_empty(typed, self.layout)
        if needed is not None:
            self.empty.emit(needed)
            return
        try:
            request = request_of(typed, self.layout, self.parts.utc_offset_minutes)
        except FieldMissingError as error:
            field = str(error.facts["field"])
            codes = document_kind(typed.text("kind")).fields[field].unknown_because
            self.reason_needed.emit(field, codes)
            return
        except BmisError as error:
            self.noticed.emit(error)
            return
        self.ask(lambda: self.parts.check(request), lambda examined: self._on_checked(request, examined))

    def keep(self, second: tuple[str, str] | None = None, *, owed: bool = False, failed: Failed | None = None) -> None:
        """Keep the form; ``second`` is the second person's name and password, ``owed`` signs later."""
        request = self._request
        if request is None:
            self.check()
            return
        if not self.is_ready or self.is_busy:
            return
        filled = filled_form(self.typed(), request, self._findings, self.accepted)

        def work() -> Crossing:
            approval = None
            if second is not None:
                approval = self.parts.sign(request.request_id, *second)
            elif owed:
                approval = self.parts.defer(request.request_id)
            return self.parts.keep(filled, approval)

        self.ask(work, self._on_kept, lambda error: self._on_not_kept(error, failed))

    def field(self, name: str) -> FormField:
        """Return a field of the layout."""
        return next(field for field in self.layout.fields if field.name == name)

    def reasons_of(self) -> Mapping[str, str]:
        """Return why fields of the document are not known."""
        return MappingProxyType(dict(self._missing))

    def _keep_soon(self) -> None:
        self.autosave.soon(self._entry)

    def _entry(self) -> DraftEntry | None:
        if not self.is_begun:
            return None
        content = {"schema": SCHEMA, "number": self._number, "values": self._values, "missing": self._missing}
        return DraftEntry(self._request_id, content)

    def _on_drafts(self, drafts: tuple[Draft, ...]) -> None:
        draft = next((one for one in drafts if one.content.get("schema") == SCHEMA), None)
        if draft is None or self.is_begun:
            return
        known = {field.name for field in self.layout.fields}
        self._request_id, self._number = draft.request_id, str(draft.content["number"])
        self._values = {name: text for name, text in _texts(draft.content["values"]).items() if name in known}
        self._missing = _texts(draft.content["missing"])
        self._forget_checks()
        self.restored.emit(self.typed())

    def _on_form(self, form: ContingencyForm) -> None:
        self._number = form.number
        self.form_known.emit(form)

    def _on_checked(self, request: CrossingRequest, examined: Examined) -> None:
        self._request, self._findings = request, examined.findings
        self._accepted = set()
        self.checked.emit()

    def _on_kept(self, crossing: Crossing) -> None:
        self.clear()
        self.kept.emit(crossing)
        self.look_left()

    def _on_not_kept(self, error: Exception, failed: Failed | None) -> None:
        if isinstance(error, FindingsChangedError | NotAcknowledgedError):
            self._findings = error.findings
            self._accepted = set()
            self.checked.emit()
        if isinstance(error, LateBackfillError | SecondPersonNeededError) and failed is None:
            self.ask(self.parts.single_officer, self.second_needed.emit)
            return
        (failed or self.noticed.emit)(error)

    def _forget_checks(self) -> None:
        self._request, self._findings = None, ()
        self._accepted = set()
        self.checked.emit()


def _texts(kept: object) -> dict[str, str]:
    return {str(name): str(text) for name, text in kept.items()} if isinstance(kept, Mapping) else {}
