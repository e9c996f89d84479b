"""The JSON of applications, attestations and loads into their nouns, trusted with nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.kernel.errors import OfficerError
from ui.cli.days import day_of
from ui.cli.errors import InputFieldError, ValueRefusedError

if TYPE_CHECKING:
    from bmis.kernel.clock import Clock
    from bmis.passes.applicant import Applicant, Attestation, PassPhoto, PassRequest
    from bmis.passes.goods import GoodsLine
    from bmis.passes.hand_over_pass import ChildConsent

APPLY, ATTEST, GOODS = "pass-apply-in", "pass-attest-in", "pass-goods-in"
DEFAULT_ROLE = "community_leader"


def request_from(said: Mapping[str, Any], folder: Path, today: date, now: "Clock") -> "PassRequest":
    """Return what the object, already proved against its schema, asks for. ``folder``: where paths begin.

    Raises:
        InputFieldError: a date that cannot be. And what the nouns say of their fields, and pictures of theirs.
    """
    from bmis.passes.applicant import PassRequest, Who

    children = said.get("dependants") or ()
    who = Who(
        person=applicant_from(said["person"]),
        dependants=tuple(_child(one) for one in children),
        attestations=attestations_from(said.get("attestation"), today),
    )
    photos = [_photo(one.get("photo"), folder, now) for one in children]
    same = said.get("same_person")
    return PassRequest(
        request_id=UUID(said["request_id"]),
        scheme=said["scheme"],
        who=who,
        purpose=said["purpose"],
        photo=_photo(said.get("photo"), folder, now),
        dependant_photos=tuple(photos) if any(photos) else (),
        not_same_as=frozenset(UUID(one) for one in said.get("not_same_as") or ()),
        same_person=None if same is None else UUID(same),
    )


def applicant_from(said: Mapping[str, Any]) -> "Applicant":
    """Return the person. Raises as ``request_from``."""
    from bmis.passes.applicant import Applicant

    village = said["village"]
    place = village if isinstance(village, Mapping) else {"name": village, "district": said.get("district")}
    return Applicant(
        surname=said["surname"].strip(),
        given_names=said["given_names"].strip(),
        birth_date=_partial(said["birth_date"], "person.birth_date"),
        sex=said["sex"],
        village=place["name"].strip(),
        id_number=said.get("id_number") or None,
        id_state=said.get("id_state"),
        nationality=said.get("nationality"),
        district=_district(place.get("district")),
        resident_since=_partial_or_none(said.get("resident_since"), "person.resident_since"),
    )


def attestations_from(said: object, today: date) -> "tuple[Attestation, ...]":
    """Return the attestations of an object, a list of them, or the attester's name alone."""
    from bmis.passes.applicant import Attestation

    if said is None or said == "":
        return ()
    if isinstance(said, str):
        return (Attestation(said.strip(), DEFAULT_ROLE, today),)
    if isinstance(said, Mapping):
        said = [said]
    assert isinstance(said, Sequence)  # the schema says so
    return tuple(
        Attestation(
            one["attester"].strip(),
            one.get("role") or DEFAULT_ROLE,
            _day(one.get("on"), "attestation.on") or today,
            bool(one.get("citizen", False)),
        )
        for one in said
    )


def goods_from(said: Sequence[Mapping[str, Any]]) -> "tuple[GoodsLine, ...]":
    """Return the lines of a load. Raises GoodsLineError, MoneyError."""
    from bmis.passes.errors import GoodsLineError
    from bmis.passes.goods import GoodsLine
    from bmis.receipts.money import Money

    lines = []
    for one in said:
        try:
            quantity = Decimal(str(one["quantity"]))
        except InvalidOperation as error:
            raise GoodsLineError(field="quantity") from error
        lines.append(GoodsLine(one["product"], quantity, one["unit"], Money.told(one["value"], one["currency"])))
    return tuple(lines)


def _child(said: Mapping[str, Any]) -> Any:
    from bmis.passes.applicant import Dependant

    return Dependant(
        said["surname"].strip(),
        said["given_names"].strip(),
        _partial(said["birth_date"], "dependants.birth_date"),
        said["sex"],
    )


def _photo(said: str | None, folder: Path, now: "Clock") -> "PassPhoto | None":
    from ui.pass_desk import photo_from

    return photo_from(said, folder, now) if said else None


def _district(said: str | None) -> str | None:
    """Return the P-code; one that no list has is a field that cannot be."""
    if said is None:
        return None
    from bmis.posts.admin_area import admin_area
    from bmis.posts.errors import UnknownAreaError

    try:
        return admin_area(said).pcode
    except UnknownAreaError as error:
        raise InputFieldError(field="person.district", schema=APPLY) from error


def _partial(text: str, field: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except OfficerError as error:
        raise InputFieldError(field=field, schema=APPLY) from error


def _partial_or_none(text: str | None, field: str) -> PartialDate | None:
    return _partial(text, field) if text else None


def _day(text: str | None, field: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputFieldError(field=field, schema=ATTEST) from error


def child_consent(by: str, relation: str, evidence: str, on: str) -> "ChildConsent | None":
    """Return who agreed that the children travel; None where nothing is said.

    Raises:
        ValueRefusedError: a code that is none, or no day. ChildConsentError: not whole.
    """
    from bmis.passes.hand_over_pass import ChildConsent, ChildEvidence, ChildRelation

    if not (by or relation or evidence or on):
        return None
    given = day_of(on, "--child-on")
    try:
        return ChildConsent(by, ChildRelation(relation), ChildEvidence(evidence), given)
    except ValueError as error:
        wrong = "--child-evidence" if relation in set(ChildRelation) else "--child-relation"
        raise ValueRefusedError(argument=wrong) from error
