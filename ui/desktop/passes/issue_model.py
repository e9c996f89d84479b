"""One application on the page: typed, searched for, previewed, kept. The draft is kept all the while."""

from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from bmis.passes.applicant import Attestation, Dependant
from bmis.passes.apply_pass import Applied
from bmis.passes.eligibility import Answered
from bmis.passes.errors import PerhapsSamePersonError
from bmis.passes.matching import Alike
from bmis.passes.schemes import Scheme
from ui.desktop.passes.filling import (
    ASKED_ALIKE,
    TypedApplication,
    draft_of,
    person_of,
    request_of,
    typed_of,
    who_of,
)
from ui.desktop.passes.parts import CardPicture, PassParts
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner

SCHEMA = 2  # of a kept draft: 2 holds the photographs of the children; one of 1 is taken up too
PREVIEW_MS = 350


class IssueModel(StoreModel):
    """Signals: ``changed`` the page, ``alike`` a tuple of Alike, ``judged`` answers, ``pictured`` a CardPicture,
    ``missing`` the field that is needed, ``kept`` an Applied, ``restored`` the TypedApplication left half done."""

    changed = Signal()
    alike = Signal(object)
    judged = Signal(object)
    pictured = Signal(object)
    missing = Signal(str)
    kept = Signal(object)
    restored = Signal(object)

    def __init__(self, parts: PassParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self.schemes: tuple[Scheme, ...] = parts.schemes()
        self._found: tuple[Alike, ...] = ()
        self._asked = ""
        self.typed = self._empty()
        self.autosave = AutoSave(parts, runner, self)
        self.autosave.failed.connect(self.noticed)
        self._preview = QTimer(self)
        self._preview.setSingleShot(True)
        self._preview.setInterval(PREVIEW_MS)
        self._preview.timeout.connect(self.look_at_card)

    def _empty(self) -> TypedApplication:
        values = {"scheme": self.schemes[0].code if self.schemes else ""}
        return TypedApplication(new_id(self._clock()), MappingProxyType(values))

    @property
    def rules(self) -> Scheme | None:
        """The scheme chosen, None while there is none."""
        code = self.typed.text("scheme")
        return next((one for one in self.schemes if one.code == code), None)

    @property
    def found(self) -> tuple[Alike, ...]:
        """Who the applicant may be."""
        return self._found

    @property
    def undecided(self) -> tuple[Alike, ...]:
        """Those of whom nobody has said whether they are the applicant."""
        said = self.typed.not_same_as | {self.typed.same_person}
        return tuple(one for one in self._found if one.person not in said)

    def set_value(self, name: str, text: str) -> None:
        """Take a field's text."""
        if self.typed.values.get(name, "") == text:
            return
        self.typed = self.typed.with_value(name, text)
        if name in ASKED_ALIKE or name in ("id_number", "id_state"):
            self._forget_found()
        self._touched()

    def set_photo(self, jpeg: bytes | None) -> None:
        """Take the portrait, or none."""
        self.typed = replace(self.typed, photo=jpeg)
        self._touched()

    def add_attestation(self, one: Attestation) -> None:
        """Take what somebody declares."""
        self.typed = replace(self.typed, attestations=(*self.typed.attestations, one))
        self._touched()

    def add_child(self, one: Dependant) -> None:
        """Take a child on the pass."""
        photos = (*self.typed.child_photos, None)
        self.typed = replace(self.typed, children=(*self.typed.children, one), child_photos=photos)
        self._touched()

    def set_child_photo(self, at: int, jpeg: bytes) -> None:
        """Take the portrait of a child."""
        photos = list(self.typed.child_photos)
        photos[at] = jpeg
        self.typed = replace(self.typed, child_photos=tuple(photos))
        self._touched()

    def drop_last(self, what: str) -> None:
        """Take away the last attestation or child."""
        if what == "children":
            photos = self.typed.child_photos[:-1]
            self.typed = replace(self.typed, children=self.typed.children[:-1], child_photos=photos)
        else:
            self.typed = replace(self.typed, attestations=self.typed.attestations[:-1])
        self._touched()

    def say_same(self, person: UUID, same: bool) -> None:
        """Say whether somebody who is known is the applicant."""
        others = self.typed.not_same_as - {person} if same else self.typed.not_same_as | {person}
        chosen = person if same else (None if self.typed.same_person == person else self.typed.same_person)
        self.typed = replace(self.typed, not_same_as=others, same_person=chosen)
        self._touched()
        self.alike.emit(self._found)

    def look(self) -> None:
        """Look whether somebody is known, once for each wording; nothing happens while the person is not typed."""
        if any(not self.typed.text(name) for name in ASKED_ALIKE):
            return
        asked = repr(sorted((name, self.typed.text(name)) for name in (*ASKED_ALIKE, "id_number", "id_state")))
        if asked == self._asked:
            return
        try:
            person = person_of(self.typed)
        except BmisError as error:
            self.noticed.emit(error)
            return
        self._asked = asked
        self.ask(lambda: self.parts.find(person), self._on_found)

    def look_at_card(self) -> None:
        """Ask for the card as it would be, and for what the rules say."""
        self._preview.stop()
        rules = self.rules
        if rules is None or any(not self.typed.text(name) for name in ASKED_ALIKE):
            return
        try:
            who = who_of(self.typed)
        except BmisError:
            return  # said when the application is kept
        code, purpose, photo = rules.code, self.typed.text("purpose"), self.typed.photo
        self.ask(lambda: self.parts.preview(who, code, purpose, photo), self._on_pictured)
        self.ask(lambda: self.parts.judge(who, code, purpose, photo is not None), self._on_judged)

    def keep(self) -> None:
        """Keep the application; the first thing that is missing is said instead."""
        if self.is_busy:
            return
        needed = self.typed.missing
        if needed is not None:
            self.missing.emit(needed)
            return
        try:
            request = request_of(self.typed)
        except BmisError as error:
            self.noticed.emit(error)
            return
        self.ask(lambda: self.parts.apply(request), self._on_kept, self._on_not_kept)

    def clear(self) -> None:
        """Begin another application; what was kept of this one is forgotten."""
        self.autosave.drop()
        self._preview.stop()
        if self.typed.is_begun:
            gone = self.typed.request_id
            self.ask(lambda: self.parts.forget_draft(gone), lambda _none: None)
        self.typed = self._empty()
        self._forget_found()
        self.changed.emit()

    def take_up(self) -> None:
        """Ask for what was left half done: by a power cut, or by leaving."""
        if not self.typed.is_begun:
            self.ask(self.parts.kept_drafts, self._on_drafts)

    def close(self) -> None:
        """Keep what is half done; deliver nothing any more."""
        self.autosave.now()
        self._preview.stop()
        self.stop()

    def _touched(self) -> None:
        self.autosave.soon(self._entry)
        self._preview.start()
        self.changed.emit()

    def _entry(self) -> DraftEntry | None:
        if not self.typed.is_begun:
            return None
        return DraftEntry(self.typed.request_id, {"schema": SCHEMA, **draft_of(self.typed)})

    def _forget_found(self) -> None:
        self._found, self._asked = (), ""
        self.typed = replace(self.typed, not_same_as=frozenset(), same_person=None)
        self.alike.emit(())

    def _on_found(self, found: tuple[Alike, ...]) -> None:
        self._found = found
        self.alike.emit(found)

    def _on_pictured(self, card: CardPicture) -> None:
        self.pictured.emit(card)

    def _on_judged(self, answers: tuple[Answered, ...]) -> None:
        self.judged.emit(answers)

    def _on_kept(self, applied: Applied) -> None:
        self.clear()
        self.kept.emit(applied)

    def _on_not_kept(self, error: Exception) -> None:
        if isinstance(error, PerhapsSamePersonError):
            self._on_found(error.alike)
        self.noticed.emit(error)

    def _on_drafts(self, drafts: tuple[Draft, ...]) -> None:
        draft = next((one for one in drafts if one.content.get("schema") in (1, SCHEMA)), None)
        if draft is None or self.typed.is_begun:
            return
        self.typed = typed_of(draft.request_id, draft.content)
        self.restored.emit(self.typed)
        self.changed.emit()
        self.look()
        self.look_at_card()
