"""What taking an application has in common, whether it is the first, a renewal or a replacement."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bmis.kernel.clock import local
from bmis.kernel.identifiers import new_id
from bmis.kernel.paper_number import checked, place_and_desk
from bmis.passes.applicant import PassPhoto, Who
from bmis.passes.border_pass import Application, Counted, Origin
from bmis.passes.earlier import earlier_decisions
from bmis.passes.eligibility import Answered, Asked, attesters_needed, judge, valid_attestations
from bmis.passes.errors import HolderForgottenError, PassReasonError
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import PassKind, application_after
from bmis.passes.records.applications import SqlApplications
from bmis.passes.records.keeping import keep_event
from bmis.passes.records.parts import CHILD, NOTE, PHOTO, WHO, NewPart, SqlPassParts, digests
from bmis.passes.schemes import Scheme
from bmis.store.canonical import canonical
from bmis.store.home import Home
from bmis.store.unit import UnitOfWork

PREFIX = "AP"
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """What an application rests on."""

    request_id: UUID
    who: Who
    purpose: str | None
    photo: PassPhoto | None
    children: tuple[PassPhoto | None, ...] = ()
    origin: Origin = Origin.NEW
    earlier_pass_id: UUID | None = None
    said: str | None = None  # why, in words that can be erased

    def __repr__(self) -> str:
        return f"Taken({self.request_id})"


def take(
    unit: UnitOfWork,
    home: Home,
    scheme: Scheme,
    taken: Taken,
    person_id: UUID,
    by: str,
    at: datetime,
    also: Mapping[str, object] | None = None,
) -> tuple[Application, tuple[Answered, ...]]:
    """Return the application as added to the unit, with what the rules say of it."""
    day = local(at).date()
    asked = Asked(taken.who, taken.purpose, taken.photo is not None, day, earlier_decisions(unit, person_id))
    answers = judge(scheme, asked)
    complete = is_complete(scheme, asked)
    store = SqlApplications(unit)
    serial = store.next_serial()
    person = taken.who.person
    found = Application(
        id=new_id(at),
        number=application_number(home, serial),
        serial=serial,
        request_id=taken.request_id,
        scheme=scheme.code,
        scheme_version=scheme.version,
        person_id=person_id,
        state=application_after(None, PassKind.APPLIED, complete=complete),
        origin=taken.origin,
        earlier_pass_id=taken.earlier_pass_id,
        captured_by=by,
        approved_by=None,
        counted=Counted(person.sex, person.age_band(day), taken.purpose, person.district, len(taken.who.dependants)),
        answers=tuple(one.payload() for one in answers),
    )
    parts = [who_part(taken.who), *photo_parts(taken.photo, taken.children), *note_parts(taken.said)]
    facts: dict[str, object] = {
        "number": found.number,
        "scheme": scheme.version,
        "person": str(person_id),
        "origin": taken.origin.value,
        "earlier": None if taken.earlier_pass_id is None else str(taken.earlier_pass_id),
        "complete": complete,
        "counted": found.counted.facts(),
        "answers": list(found.answers),
        "parts": digests(parts),
        **(also or {}),
    }
    store.add(found)
    SqlPassParts(unit).add(found.id, found.id, person_id, parts)
    keep_event(unit, PassEvent(found.id, PassKind.APPLIED, by, found.id, facts))
    return found, answers


def is_complete(scheme: Scheme, asked: Asked) -> bool:
    """Return whether enough people have attested."""
    return len(valid_attestations(scheme, asked.who, asked.on)) >= attesters_needed(scheme, asked.who)


def application_number(home: Home, serial: int) -> str:
    """Return the number of an application, such as ``AP-ZOB1-3F9A-00042-K``."""
    return checked(f"{PREFIX}-{place_and_desk(home.post_code, home.lane, home.desk_id)}-{serial:05}")


def who_of(unit: UnitOfWork, application_id: UUID) -> Who:
    """Return who applies, as last said.

    Raises:
        HolderForgottenError: the person was forgotten.
    """
    import json

    found = SqlPassParts(unit).newest(application_id, WHO)
    if found is None:
        raise HolderForgottenError
    said: dict[str, Any] = json.loads(found)
    return Who.of(said)


def photo_of(unit: UnitOfWork, application_id: UUID) -> PassPhoto | None:
    """Return the applicant's photo, the newest."""
    found = SqlPassParts(unit).newest(application_id, PHOTO)
    return None if found is None else PassPhoto(found)


def children_of(unit: UnitOfWork, application_id: UUID, count: int) -> tuple[PassPhoto | None, ...]:
    """Return the photos of the dependants, by place."""
    parts = SqlPassParts(unit).all_of(application_id)
    return tuple(PassPhoto(parts[f"{CHILD}{at}"]) if f"{CHILD}{at}" in parts else None for at in range(count))


def who_part(who: Who) -> NewPart:
    """Return who it is as a part."""
    return NewPart.of(WHO, canonical(who.payload()).encode())


def photo_parts(photo: PassPhoto | None, children: tuple[PassPhoto | None, ...] = ()) -> list[NewPart]:
    """Return the photos as parts."""
    found = [] if photo is None else [NewPart.of(PHOTO, photo.jpeg)]
    return found + [child_part(at, one) for at, one in enumerate(children) if one is not None]


def child_part(at: int, photo: PassPhoto) -> NewPart:
    """Return the photo of the child at that place as a part."""
    return NewPart.of(f"{CHILD}{at}", photo.jpeg)


def note_parts(said: str | None) -> list[NewPart]:
    """Return the words of a reason as a part: they may name somebody, so they can be erased."""
    return [] if said is None else [NewPart.of(NOTE, said.encode())]


def reason_of(untrusted_text: str) -> str:
    """Return the reason.

    Raises:
        PassReasonError: none, or too many words.
    """
    said = untrusted_text.strip()
    if not 3 <= len(said) <= LONGEST_REASON:
        raise PassReasonError
    return said


def judged(application: Application, answers: tuple[Answered, ...]) -> Application:
    """Return the application with what the rules say of it now."""
    return replace(application, answers=tuple(one.payload() for one in answers))
