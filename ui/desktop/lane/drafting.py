"""The traveller at the desk: the document, the answers, who it may be, what the checks say. QtCore only."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from bmis.capture.presence import same_zone
from bmis.crossings.crossing import CrossingRequest, ImageKind, PhotoAnswer
from bmis.crossings.paperwork.drafts import DraftEntry
from bmis.documents.errors import FieldMissingError, UnknownDocumentKindError
from bmis.documents.travel_document import TravelDocument
from bmis.kernel.clock import Clock, local
from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from ui.desktop.lane.answers import is_answer, required
from ui.desktop.lane.checking import CheckingModel
from ui.desktop.lane.doubting import DoubtingModel
from ui.desktop.lane.draft import Cells, LaneDraft, TypedDocument, document_of, entry_of, mark_of, request_of
from ui.desktop.lane.errors import NoPictureError
from ui.desktop.lane.noting import notes_of
from ui.desktop.lane.parts import KnownTraveller, LaneParts, Picture
from ui.desktop.lane.reading import ReadingModel, SeenDocument
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.checks import CheckRunner
from ui.desktop.workers.frames import FrameWorker
from ui.desktop.workers.runner import Runner


class Phase(StrEnum):
    """What the desk is doing."""

    IDLE = "idle"
    WORK = "work"
    SAVED = "saved"


class DraftingModel(QObject):
    """Signals: ``changed`` anything that is shown, ``began`` the document is known: the focus goes to what it needs,
    ``noticed`` an error."""

    changed = Signal()
    began = Signal()
    noticed = Signal(object)

    def __init__(
        self,
        parts: LaneParts,
        runner: Runner,
        checks: CheckRunner,
        clock: Clock,
        frames: FrameWorker | None = None,
        parent: QObject | None = None,
        *,
        aside: Runner | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._runner, self._clock = parts, runner, clock
        self.reading = ReadingModel(parts.capture, runner, frames, self)
        self.doubting = DoubtingModel(parts.capture, runner, aside, self)
        self.checking = CheckingModel(parts, checks, clock, self)
        self.autosave = AutoSave(parts, runner, self)
        self.phase = Phase.IDLE
        self.draft: LaneDraft | None = None
        self.document: TravelDocument | None = None
        self.document_error: BmisError | None = None
        self.known: tuple[KnownTraveller, ...] = ()
        self._mark: str | None = None
        self._by_hand = False  # the last change of the document was typed: the same traveller, put right
        for model in (self.reading, self.doubting, self.checking, self.autosave):
            model.failed.connect(self.noticed)
        self.doubting.changed.connect(self.changed)
        self.reading.read_better.connect(self._on_read_better)
        self.checking.changed.connect(self._on_checked)
        self.changed.connect(lambda: self.reading.hold(held=self.phase is not Phase.IDLE))

    @property
    def today(self) -> date:
        """The day at the post."""
        return local(self._clock()).date()

    def type_document(self, values: Mapping[str, str], missing: Mapping[str, str], reason: str) -> None:
        """Take the fields of a document as typed so far."""
        if self.draft is None or self.draft.typed is None:
            return
        typed = TypedDocument(
            self.draft.typed.kind, MappingProxyType(dict(values)), MappingProxyType(dict(missing)), reason
        )
        if typed != self.draft.typed:
            self._by_hand = True
            self._put(replace(self.draft, typed=typed))
            self._read_draft()

    def choose_kind(self, kind: str) -> None:
        """Say of which kind a document is whose zone does not say."""
        if self.draft is not None and self.draft.zone is not None:
            self._by_hand = True
            self._put(replace(self.draft, zone=replace(self.draft.zone, kind=kind)))
            self._read_draft()

    @property
    def doubtful(self) -> Cells:
        """The cells of the zone that the officer should look at, in the order of reading."""
        return self.doubting.doubtful(self.draft.zone) if self.draft is not None else ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Codes of what the officer should compare with the page (words: ``ui.words.mrz_notes``)."""
        zone = self.draft.zone if self.draft is not None else None
        return notes_of(zone, self.doubtful, self.today) if zone is not None else ()

    def confirm_cell(self, cell: tuple[int, int]) -> None:
        """The officer looked at a cell in doubt: it is right as it was read."""
        if self.draft is not None and self.draft.zone is not None and cell in self.doubtful:
            self._put(replace(self.draft, zone=self.draft.zone.looked_at(cell)))
            self.changed.emit()

    def correct_cell(self, cell: tuple[int, int], char: str) -> None:
        """Take the character that the officer sees printed there; another one makes the zone a typed one."""
        if self.draft is None or self.draft.zone is None or cell not in self.doubtful:
            return
        (row, at), lines = cell, list(self.draft.zone.lines)
        if lines[row][at] == char:
            self.confirm_cell(cell)
            return
        lines[row] = lines[row][:at] + char + lines[row][at + 1 :]
        self._by_hand = True
        self._put(replace(self.draft, zone=self.draft.zone.retyped(tuple(lines))))
        self._read_draft()

    def name_as_printed(self, surname: str, given_names: str) -> None:
        """Take the names of the visual zone, with their accents."""
        if self.draft is not None:
            self._put(replace(self.draft, viz_surname=surname.strip(), viz_given_names=given_names.strip()))
            self._read_draft(again=False)

    @property
    def kind_is_needed(self) -> bool:
        """Whether the officer must choose the kind of document."""
        return isinstance(self.document_error, UnknownDocumentKindError)

    def answer(self, name: str, text: str) -> None:
        """Take an answer."""
        if self.draft is None or self.draft.answers.get(name, "") == text or not is_answer(name, text):
            return
        self._put(self.draft.answered(name, text))
        if name.partition(".")[0] in ("person", "evidence"):
            self._examine()
        self.changed.emit()

    def confirm_carried(self, *names: str) -> None:
        """Confirm answers taken from the last crossing: these, or all."""
        if self.draft is not None:
            self._put(replace(self.draft, confirmed=self.draft.confirmed | (set(names) or self.draft.carried)))
            self.changed.emit()

    def note(self, text: str) -> None:
        """Take a note on the crossing."""
        if self.draft is not None:
            self._put(replace(self.draft, note=text.strip()))
            self.changed.emit()

    def is_same_person(self, one: KnownTraveller | None) -> None:
        """The officer says that the traveller is somebody met before, or that nobody proposed is."""
        if self.draft is not None:
            self._put(replace(self.draft, same_as=one.traveller_id if one else None))
            self.known = tuple(known for known in self.known if known.by_document or known is one)
            self.changed.emit()

    def photograph(self) -> None:
        """Keep the newest frame as the traveller's photograph."""
        frame = self.reading.newest()
        if frame is None or self.draft is None:
            self.noticed.emit(NoPictureError())
            return
        capture = self._parts.capture
        self._runner.run(lambda: capture.traveller_photo(frame), self._on_photo(ImageKind.TRAVELLER), self.noticed.emit)

    def compare(self, answer: PhotoAnswer) -> None:
        """Take what the officer said on seeing both photographs."""
        if self.draft is not None:
            before = self.draft.photo_answer
            self._put(replace(self.draft, photo_answer=answer))
            if answer is not before:
                self._examine()
            self.changed.emit()

    @property
    def request(self) -> CrossingRequest | None:
        """The request as it stands, None while there is no whole document."""
        if self.draft is None or self.document is None:
            return None
        return request_of(self.draft, self.document)

    @property
    def required(self) -> tuple[str, ...]:
        """The questions that must be answered before the traveller goes on."""
        request = self.request
        return required(request, self.today) if request is not None else ()

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Required questions without an answer."""
        said = self.draft.answers if self.draft else {}
        return tuple(name for name in self.required if not said.get(name, "").strip())

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """Answers of an earlier crossing that nobody has confirmed."""
        return tuple(sorted(self.draft.carried - self.draft.confirmed)) if self.draft else ()

    def _on_known(self, draft_mark: str | None, known: tuple[KnownTraveller, ...]) -> None:
        if self.draft is None or draft_mark != self._mark:
            return
        self.known = known
        carries = {
            name: text
            for one in known[:1]
            if one.by_document
            for name, text in one.carries.items()
            if not self.draft.answers.get(name)
        }
        if carries:
            answers = MappingProxyType({**self.draft.answers, **carries})
            self._put(replace(self.draft, answers=answers, carried=self.draft.carried | set(carries)))
        self.changed.emit()
        self.began.emit()

    def _on_photo(self, kind: ImageKind) -> "_Keeps":
        return _Keeps(self, kind, self.draft)

    def _is_same(self, seen: SeenDocument) -> bool:
        """Return whether the zone is of the draft's document. Where that is in doubt, a few cells may differ."""
        if self.draft is None:
            return False
        zone = self.draft.zone
        if zone is not None and zone.unsure and same_zone(zone.lines, seen.zone.lines):
            return True
        try:
            document = document_of(LaneDraft(self.draft.request_id, self.draft.direction, seen.zone), self.today)
        except BmisError:
            return self.draft.zone is not None and self.draft.zone.lines == seen.zone.lines
        return mark_of(self.draft, document) == self._mark

    def _on_read_better(self, seen: object) -> None:
        """Take a surer reading of the draft's document, unless the officer has put a hand to it."""
        zone = self.draft.zone if self.draft is not None and self.phase is Phase.WORK else None
        if self.draft is None or zone is None or not zone.is_untouched or not isinstance(seen, SeenDocument):
            return
        better = replace(seen.zone, kind=zone.kind)
        if better != zone and self._is_same(seen):
            self._put(replace(self.draft, zone=better))
            self._look(seen)
            self._read_draft(accepted=self.draft.acknowledged)

    def _look(self, seen: SeenDocument) -> None:
        self.doubting.forget()
        if seen.frame is not None and seen.reading is not None:
            self.doubting.look(seen.frame, seen.reading)

    def _read_draft(self, *, again: bool = True, accepted: frozenset[str] = frozenset()) -> None:
        """Make the document of what was read or typed; ``again``: look up and check."""
        if self.draft is None:
            return
        before = self.document
        self.document, self.document_error = None, None
        try:
            self.document = document_of(self.draft, self.today)
        except BmisError as error:
            self.document_error = error
            if self.draft.zone is not None and not isinstance(error, UnknownDocumentKindError | FieldMissingError):
                self.noticed.emit(error)
        self._mark = mark_of(self.draft, self.document)
        if self.document is None:
            self.checking.forget()
            self.known = ()
        elif again and self.document != before:
            self._examine(accepted)
            request, mark = request_of(self.draft, self.document), self._mark
            self._runner.run(
                lambda: self._parts.known(request), lambda known: self._on_known(mark, known), self.noticed.emit
            )
        self.changed.emit()

    def _examine(self, accepted: frozenset[str] = frozenset()) -> None:
        request = self.request
        if request is not None:
            self.checking.run(request, accepted=accepted)

    def examine_again(self) -> None:
        """Check the traveller again: what the checks look at has changed beside the document."""
        self._examine(self.checking.acknowledged)

    def _put(self, draft: LaneDraft) -> None:
        self.draft = draft
        self.autosave.soon(self._entry)

    def _entry(self) -> DraftEntry | None:
        if self.draft is None or self.draft.is_empty:
            return None
        return entry_of(self.draft, self._mark, same_traveller=self._by_hand)

    def _forget_document(self) -> None:
        self.document, self.document_error, self._mark, self.known = None, None, None, ()
        self.doubting.forget()
        self.checking.forget()

    def _on_checked(self) -> None:
        accepted, draft = self.checking.acknowledged, self.draft
        if draft is not None and not self.checking.is_running and accepted != draft.acknowledged:
            self._put(replace(draft, acknowledged=accepted))
        self.changed.emit()

    def has_draft(self) -> bool:
        """Return whether a traveller with a document is open."""
        return self.phase is Phase.WORK and self.draft is not None and not self.draft.is_empty


class _Keeps:
    """Puts a photograph into the draft that it was taken for, and into no other."""

    def __init__(self, model: DraftingModel, kind: ImageKind, draft: LaneDraft | None) -> None:
        self._model, self._kind, self._draft = model, kind, draft

    def __call__(self, jpeg: bytes | None) -> None:
        model, now = self._model, self._model.draft
        if jpeg is None or now is None or self._draft is None or now.request_id != self._draft.request_id:
            return
        model._put(now.with_picture(Picture(new_id(model._clock()), self._kind, jpeg)))
        model.changed.emit()
