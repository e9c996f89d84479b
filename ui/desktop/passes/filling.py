"""From the fields of the page to an application. Pure; ``FormFieldError`` names the field that cannot be so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.documents.errors import DateTextError
from bmis.kernel.i18n import translate as _
from bmis.passes.applicant import Applicant, Attestation, Dependant, PassPhoto, PassRequest, Who
from ui.desktop.errors import FormFieldError

REQUIRED = ("surname", "given_names", "birth_date", "sex", "village")
ASKED_ALIKE = REQUIRED
FIELDS = (*REQUIRED, "district", "id_number", "id_state", "nationality", "resident_since", "scheme", "purpose")


@dataclass(frozen=True, slots=True)
class TypedApplication:
    """What stands on the page: field -> text, "" for empty; dates as YYYY, YYYY-MM or YYYY-MM-DD."""

    request_id: UUID
    values: Mapping[str, str]
    attestations: tuple[Attestation, ...] = ()
    children: tuple[Dependant, ...] = ()
    child_photos: tuple[bytes | None, ...] = ()  # one a child, in their order
    photo: bytes | None = None
    not_same_as: frozenset[UUID] = frozenset()
    same_person: UUID | None = None

    def __repr__(self) -> str:
        return f"TypedApplication({self.request_id})"

    def text(self, name: str) -> str:
        """Return a field's text without outer spaces."""
        return self.values.get(name, "").strip()

    def with_value(self, name: str, text: str) -> "TypedApplication":
        """Return the page with another text in a field."""
        return replace(self, values=MappingProxyType({**self.values, name: text}))

    @property
    def is_begun(self) -> bool:
        """Whether anything was typed or taken that would be lost."""
        typed = any(self.text(name) for name in FIELDS if name not in ("scheme", "purpose"))
        return typed or bool(self.photo or self.attestations or self.children)

    @property
    def missing(self) -> str | None:
        """Return the first field that is needed and empty."""
        return next((name for name in (*REQUIRED, "scheme", "purpose") if not self.text(name)), None)


def person_of(typed: TypedApplication) -> Applicant:
    """Return the person.

    Raises:
        FormFieldError: a date that is none. ApplicationFieldError: another field that cannot be.
    """
    since = typed.text("resident_since")
    return Applicant(
        surname=typed.text("surname"),
        given_names=typed.text("given_names"),
        birth_date=_date(typed.text("birth_date"), _("Date of birth")),
        sex=typed.text("sex"),
        village=typed.text("village"),
        id_number=typed.text("id_number") or None,
        id_state=typed.text("id_state") or None,
        nationality=typed.text("nationality") or None,
        district=typed.text("district") or None,
        resident_since=_date(since, _("Lives there since")) if since else None,
    )


def who_of(typed: TypedApplication) -> Who:
    """Return everybody on the page. Raises as ``person_of``."""
    return Who(person_of(typed), typed.children, typed.attestations)


def request_of(typed: TypedApplication) -> PassRequest:
    """Return the request that the page makes. Raises as ``person_of``, and PassPhotoError."""
    return PassRequest(
        request_id=typed.request_id,
        scheme=typed.text("scheme"),
        who=who_of(typed),
        purpose=typed.text("purpose"),
        photo=None if typed.photo is None else PassPhoto(typed.photo),
        dependant_photos=_child_photos(typed),
        not_same_as=typed.not_same_as,
        same_person=typed.same_person,
    )


def _child_photos(typed: TypedApplication) -> tuple[PassPhoto | None, ...]:
    if not any(typed.child_photos):
        return ()
    return tuple(None if one is None else PassPhoto(one) for one in typed.child_photos)


def draft_of(typed: TypedApplication) -> dict[str, Any]:
    """Return the page as plain values for the encrypted draft."""
    import base64

    return {
        "values": dict(typed.values),
        "attestations": [
            {"attester": one.attester, "role": one.role, "on": one.on.isoformat(), "citizen": one.citizen}
            for one in typed.attestations
        ],
        "children": [
            {
                "surname": one.surname,
                "given_names": one.given_names,
                "birth_date": str(one.birth_date),
                "sex": one.sex,
            }
            for one in typed.children
        ],
        "photo": None if typed.photo is None else base64.b64encode(typed.photo).decode("ascii"),
        "child_photos": [None if one is None else base64.b64encode(one).decode("ascii") for one in typed.child_photos],
        "not_same_as": sorted(str(one) for one in typed.not_same_as),
        "same_person": None if typed.same_person is None else str(typed.same_person),
    }


def typed_of(request_id: UUID, kept: Mapping[str, Any]) -> TypedApplication:
    """Return the page that ``draft_of`` kept."""
    import base64

    same = kept["same_person"]
    values = {str(name): str(text) for name, text in kept["values"].items() if name in FIELDS}
    return TypedApplication(
        request_id=request_id,
        values=MappingProxyType(values),
        attestations=tuple(
            Attestation(one["attester"], one["role"], date.fromisoformat(one["on"]), bool(one["citizen"]))
            for one in kept["attestations"]
        ),
        children=tuple(
            Dependant(one["surname"], one["given_names"], PartialDate.parse(one["birth_date"]), one["sex"])
            for one in kept["children"]
        ),
        child_photos=tuple(
            None if one is None else base64.b64decode(one)
            for one in kept.get("child_photos", [None] * len(kept["children"]))
        ),
        photo=None if kept["photo"] is None else base64.b64decode(kept["photo"]),
        not_same_as=frozenset(UUID(one) for one in kept["not_same_as"]),
        same_person=None if same is None else UUID(same),
    )


def child_of(answers: Mapping[str, str]) -> Dependant:
    """Return the child of a form. Raises FormFieldError, ApplicationFieldError."""
    born = _date(answers["birth_date"], _("Date of birth"))
    return Dependant(answers["surname"], answers["given_names"], born, answers["sex"])


def attestation_of(answers: Mapping[str, str]) -> Attestation:
    """Return the attestation of a form. Raises FormFieldError, ApplicationFieldError."""
    try:
        on = date.fromisoformat(answers["on"])
    except ValueError as error:
        raise FormFieldError(field=_("Declared on")) from error
    return Attestation(answers["attester"], answers["role"], on, answers.get("citizen") == "yes")


def _date(text: str, label: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except DateTextError as error:
        raise FormFieldError(field=label) from error
