"""The draft of one traveller as the desk holds it: how the document came in, what was answered, what was confirmed."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bmis.crossings.crossing import (
    CrossingRequest,
    Evidence,
    ImageKind,
    Journey,
    PersonDetails,
    PhotoAnswer,
    StayAuthority,
)
from bmis.crossings.decision import Direction
from bmis.crossings.paperwork.drafts import DraftEntry, document_mark
from bmis.documents.dates import PartialDate
from bmis.documents.document_kinds import Need, document_kind
from bmis.documents.errors import DateTextError
from bmis.documents.mrz import parse
from bmis.documents.travel_document import CaptureMethod, TravelDocument, from_fields, from_mrz
from ui.desktop.lane.parts import Picture

SCHEMA = 1
Cells = tuple[tuple[int, int], ...]
_EMPTY: Mapping[str, str] = MappingProxyType({})

_CORRECTED = 0.25  # who changes more than this part of a zone has typed it

DATE_FIELDS = ("birth_date", "expiry_date")
TYPED_FIELDS = (
    "number",
    "issuing_state",
    "surname",
    "given_names",
    "nationality",
    "birth_date",
    "sex",
    "expiry_date",
)
"""The fields of a document typed by hand, in the order in which a person reads them off."""


@dataclass(frozen=True, slots=True)
class ReadZone:
    """A machine-readable zone and how it came in. ``unsure`` are cells that a person should look at."""

    lines: tuple[str, ...]
    method: CaptureMethod
    unsure: Cells = ()
    kind: str | None = None  # the officer's choice where the zone does not say
    looked: Cells = ()  # cells in doubt that the officer found right
    corrected: Cells = ()  # cells that the officer changed

    @property
    def is_untouched(self) -> bool:
        """Whether it stands as the camera read it, and nobody has looked at its doubts yet."""
        return self.method is CaptureMethod.CAMERA and not self.looked and not self.corrected

    def looked_at(self, cell: tuple[int, int]) -> "ReadZone":
        """Return the zone with this cell found right by the officer."""
        return replace(self, looked=tuple(sorted({*self.looked, cell})))

    def retyped(self, lines: tuple[str, ...]) -> "ReadZone":
        """Return the zone as the officer put it right: typed from now on, with the cells that were changed.

        Lines of another shape, or of other characters throughout, are a zone of their own: nothing was in doubt there.
        """
        alone = ReadZone(lines, CaptureMethod.TYPED_MRZ)
        if [len(line) for line in lines] != [len(line) for line in self.lines]:
            return alone
        changed = {
            (row, at)
            for row, (new, old) in enumerate(zip(lines, self.lines, strict=True))
            for at, (char, was) in enumerate(zip(new, old, strict=True))
            if char != was
        }
        was_read = self.method is CaptureMethod.CAMERA or self.corrected
        if not was_read or len(changed) > _CORRECTED * sum(map(len, lines)):
            return alone
        return replace(
            self,
            lines=lines,
            kind=self.kind if lines[0][:2] == self.lines[0][:2] else None,
            method=CaptureMethod.TYPED_MRZ,
            looked=tuple(sorted({*self.looked} - changed)),
            corrected=tuple(sorted({*self.corrected, *changed})),
        )


@dataclass(frozen=True, slots=True)
class TypedDocument:
    """A document entered by hand: its kind, its fields as typed (dates ISO), why a field is not known."""

    kind: str
    values: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    missing: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    reason: str = ""

    def as_kind(self, kind: str) -> "TypedDocument":
        """Return what was typed as another kind: the values that this one has too, no reason why one is missing."""
        rules = document_kind(kind).fields
        values = {name: text for name, text in self.values.items() if rules[name].need is not Need.ABSENT}
        return TypedDocument(kind, MappingProxyType(values), reason=self.reason)


@dataclass(frozen=True, slots=True)
class LaneDraft:
    """One traveller. ``answers`` are request fields (``journey.purpose``) as text; nothing in them is a default
    but the usual way of travelling."""

    request_id: UUID
    direction: Direction
    zone: ReadZone | None = None
    typed: TypedDocument | None = None
    viz_surname: str = ""
    viz_given_names: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    carried: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    acknowledged: frozenset[str] = frozenset()
    photo_answer: PhotoAnswer | None = None
    note: str = ""
    same_as: UUID | None = None  # the traveller that the officer said this is
    pictures: tuple[Picture, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a document is in it yet."""
        return self.zone is None and (self.typed is None or not (self.typed.values or self.typed.missing))

    def picture(self, kind: ImageKind) -> Picture | None:
        """Return the picture of that kind."""
        return next((one for one in self.pictures if one.kind is kind), None)

    def with_picture(self, picture: Picture) -> "LaneDraft":
        """Return the draft with this picture in place of one of its kind."""
        return replace(self, pictures=(*(one for one in self.pictures if one.kind is not picture.kind), picture))

    def answered(self, name: str, text: str) -> "LaneDraft":
        """Return the draft with an answer typed by the officer: what was carried over is the officer's own now."""
        answers = {**self.answers, name: text}
        if not text:
            answers.pop(name)
        return replace(
            self,
            answers=MappingProxyType(answers),
            carried=self.carried - {name},
            confirmed=self.confirmed - {name},
        )

    def without(self, names: Iterable[str]) -> "LaneDraft":
        """Return the draft without these answers."""
        gone = frozenset(names)
        answers = {name: text for name, text in self.answers.items() if name not in gone}
        return replace(
            self,
            answers=MappingProxyType(answers),
            carried=self.carried - gone,
            confirmed=self.confirmed - gone,
        )


def document_of(draft: LaneDraft, today: date) -> TravelDocument | None:
    """Return the document that the draft describes, None while nothing was read or typed.

    Raises:
        BmisError: the zone is none, the kind must be chosen, a field is missing or not one of the kind's.
    """
    if draft.zone is not None:
        return from_mrz(
            parse(draft.zone.lines, today=today),
            capture_method=draft.zone.method,
            kind=draft.zone.kind,
            viz_surname=draft.viz_surname or None,
            viz_given_names=draft.viz_given_names or None,
        )
    if draft.typed is None:
        return None
    typed = draft.typed
    rules = document_kind(typed.kind).fields
    values: dict[str, Any] = {name: text for name, text in typed.values.items() if text.strip()}
    for name in DATE_FIELDS:
        if name in values:
            values[name] = _typed_date(values[name])
    birth = values.get("birth_date")
    missing = dict(typed.missing)
    if isinstance(birth, PartialDate):
        for part, known in (("birth_month", birth.month), ("birth_day", birth.day)):
            if known is None and part not in missing and rules[part].unknown_because:
                missing[part] = missing.get("birth_date") or rules[part].unknown_because[0]
        missing.pop("birth_date", None)
    return from_fields(typed.kind, **values, missing=missing, manual_reason=typed.reason or None)


def _typed_date(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except DateTextError:
        return PartialDate.typed(text)


def request_of(draft: LaneDraft, document: TravelDocument) -> CrossingRequest:
    """Return the request that the rooms take."""
    said = draft.answers
    ids = {one.kind: one.id for one in draft.pictures}
    return CrossingRequest(
        request_id=draft.request_id,
        direction=draft.direction,
        document=document,
        journey=Journey(**_section(said, "journey")),
        person=PersonDetails(**_section(said, "person")),
        stay=StayAuthority(**_section(said, "stay")),
        evidence=Evidence(
            photo_answer=draft.photo_answer or PhotoAnswer.NOT_COMPARED,
            traveller_photo_id=ids.get(ImageKind.TRAVELLER),
            document_photo_id=ids.get(ImageKind.DOCUMENT_PHOTO),
            page_image_id=ids.get(ImageKind.PAGE),
            **_section(said, "evidence"),
        ),
        carried_over=draft.carried,
        confirmed=draft.confirmed & draft.carried,
        note=draft.note or None,
    )


def _section(answers: Mapping[str, str], section: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, text in answers.items():
        outer, _, inner = name.partition(".")
        if outer != section or not text.strip():
            continue
        if inner == "intended_days":
            found[inner] = int(text)
        elif inner == "stay_until":
            found[inner] = date.fromisoformat(text)
        else:
            found[inner] = text.strip()
    return found


def mark_of(draft: LaneDraft, document: TravelDocument | None) -> str | None:
    """Return what tells this document from another, None while there is none."""
    if document is None:
        return None
    more = () if document.number else (document.surname, document.given_names, str(document.birth_date or ""))
    return document_mark(document.issuing_state, document.number, *more)


def entry_of(draft: LaneDraft, mark: str | None, *, same_traveller: bool = False) -> DraftEntry:
    """Return the draft as the store keeps it."""
    content: dict[str, object] = {
        "schema": SCHEMA,
        "direction": draft.direction.value,
        "viz": [draft.viz_surname, draft.viz_given_names],
        "answers": dict(draft.answers),
        "carried": sorted(draft.carried),
        "confirmed": sorted(draft.confirmed),
        "acknowledged": sorted(draft.acknowledged),
        "photo_answer": draft.photo_answer.value if draft.photo_answer else None,
        "note": draft.note,
        "same_as": str(draft.same_as) if draft.same_as else None,
        "pictures": [
            [str(one.id), one.kind.value, base64.b64encode(one.jpeg).decode("ascii")]
            for one in draft.pictures
            if one.kind is not ImageKind.PAGE  # large, and the document is still in the traveller's hand
        ],
    }
    if draft.zone is not None:
        zone = draft.zone
        content["zone"] = [list(zone.lines), zone.method.value, _kept(zone.unsure), zone.kind]
        content["zone_seen"] = [_kept(zone.looked), _kept(zone.corrected)]
    if draft.typed is not None:
        typed = draft.typed
        content["typed"] = [typed.kind, dict(typed.values), dict(typed.missing), typed.reason]
    return DraftEntry(draft.request_id, content, mark, same_traveller)


def draft_of(request_id: UUID, content: Mapping[str, Any]) -> LaneDraft:
    """Return the draft that was kept.

    Raises:
        ValueError: it was written by another version, or is damaged. KeyError, TypeError: likewise.
    """
    if content["schema"] != SCHEMA:
        raise ValueError("schema")
    zone, typed = content.get("zone"), content.get("typed")
    looked, corrected = content.get("zone_seen") or ((), ())  # a draft of an earlier version has none
    return LaneDraft(
        request_id=request_id,
        direction=Direction(content["direction"]),
        zone=ReadZone(
            tuple(zone[0]), CaptureMethod(zone[1]), _cells(zone[2]), zone[3], _cells(looked), _cells(corrected)
        )
        if zone
        else None,
        typed=TypedDocument(typed[0], MappingProxyType(dict(typed[1])), MappingProxyType(dict(typed[2])), typed[3])
        if typed
        else None,
        viz_surname=content["viz"][0],
        viz_given_names=content["viz"][1],
        answers=MappingProxyType(dict(content["answers"])),
        carried=frozenset(content["carried"]),
        confirmed=frozenset(content["confirmed"]),
        acknowledged=frozenset(content["acknowledged"]),
        photo_answer=PhotoAnswer(content["photo_answer"]) if content["photo_answer"] else None,
        note=content["note"],
        same_as=UUID(content["same_as"]) if content["same_as"] else None,
        pictures=tuple(
            Picture(UUID(one[0]), ImageKind(one[1]), base64.b64decode(one[2])) for one in content["pictures"]
        ),
    )


def _kept(cells: Cells) -> list[list[int]]:
    return [list(cell) for cell in cells]


def _cells(kept: Iterable[Any]) -> Cells:
    return tuple((int(one[0]), int(one[1])) for one in kept)
