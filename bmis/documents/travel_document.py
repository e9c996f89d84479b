"""A travel document as the border knows it: read from an MRZ or entered by hand, with or without one."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from bmis.documents.dates import PartialDate, Precision
from bmis.documents.document_kinds import DocumentKind, HasMrz, Need, document_kind, kind_for_mrz
from bmis.documents.errors import (
    FieldMissingError,
    FieldNotOnDocumentError,
    FieldReasonError,
    FieldTextError,
    ManualReasonError,
    UnknownDocumentKindError,
    UnknownStateError,
)
from bmis.documents.kinds import layout
from bmis.documents.mrz import ParsedMrz
from bmis.documents.mrz_checks import CHECKS, CheckResult
from bmis.documents.names.transliteration import mrz_form
from bmis.documents.states import state

LONGEST_NUMBER = 23  # TD1: nine cells, and 14 of the optional data's 15 before the check digit
LONGEST_NAME = 120
LONGEST_REASON = 300
SEXES = ("F", "M", "X")
NOT_IN_MRZ = "NOT_IN_MRZ"
SINGLE_NAME = "SINGLE_NAME"
NO_CHECKS: Mapping[str, CheckResult] = MappingProxyType(dict.fromkeys(CHECKS, CheckResult.ABSENT))


class CaptureMethod(StrEnum):
    """How the document came in."""

    CAMERA = "camera"
    SWIPE = "swipe"
    TYPED_MRZ = "typed_mrz"
    MANUAL = "manual"  # its fields were typed
    NONE = "none"  # there is no document


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelDocument:
    """What is known of a document. A field that is None and required by its kind has its reason in ``missing``."""

    kind: str  # code of a DocumentKind
    mrz_kind: str | None  # TD1, TD2, TD3, MRVA, MRVB, FRID; None: no MRZ was read
    mrz_lines: tuple[str, ...]
    document_code: str | None  # as printed in the MRZ
    issuing_state: str | None  # as printed: D, GBD, XXB stay so
    number: str | None
    surname: str | None  # MRZ form
    given_names: str | None  # MRZ form
    viz_surname: str | None  # as in the visual zone, accents kept; None: nobody entered it
    viz_given_names: str | None
    nationality: str | None  # as printed
    birth_date: PartialDate | None
    sex: str | None  # F, M, X; None: unknown
    expiry_date: PartialDate | None
    optional_data: str | None = None
    optional_data_2: str | None = None
    checks: Mapping[str, CheckResult] = field(default_factory=lambda: NO_CHECKS)
    notes: tuple[str, ...] = ()  # codes from the MRZ parser
    century_reason: str | None = None
    missing: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # field -> reason code
    capture_method: CaptureMethod
    manual_reason: str | None = None

    @property
    def number_missing_reason(self) -> str | None:
        """Return why the number is not known."""
        return self.missing.get("number")

    @property
    def shown_surname(self) -> str | None:
        """Return the surname as a person should see it: with accents where they are known."""
        return self.viz_surname or self.surname

    @property
    def shown_given_names(self) -> str | None:
        """Return the given names as a person should see them."""
        return self.viz_given_names or self.given_names

    @property
    def unexplained(self) -> tuple[str, ...]:
        """Return the fields that the kind requires and that have neither a value nor a reason."""
        rules = document_kind(self.kind).fields
        return tuple(
            name
            for name, present in _presence(self).items()
            if not present and name not in self.missing and rules[name].need is Need.REQUIRED
        )


def from_mrz(
    parsed: ParsedMrz,
    *,
    capture_method: CaptureMethod,
    kind: str | None = None,
    viz_surname: str | None = None,
    viz_given_names: str | None = None,
) -> TravelDocument:
    """Return the document that an MRZ describes, every field as printed; what it does not say has its reason.

    Args:
        parsed: what ``mrz.parse`` returned. Failing check digits do not stop it: they are the document's ``checks``.
        capture_method: camera, swipe or typed_mrz.
        kind: the officer's choice; without one it is what the MRZ says.
        viz_surname: as in the visual zone, with accents.
        viz_given_names: likewise.

    Raises:
        UnknownDocumentKindError: no kind claims this document code: the officer must choose.
        FieldTextError: a visual-zone name that is no text.
    """
    chosen = document_kind(kind) if kind else kind_for_mrz(parsed)
    if chosen is None:
        raise UnknownDocumentKindError
    fields = parsed.fields
    values = {
        "issuing_state": fields.issuing_state,
        "number": fields.number,
        "surname": fields.surname,
        "given_names": fields.given_names,
        "nationality": fields.nationality or layout(parsed.kind).nationality_of_all,
        "sex": fields.sex,
    }
    missing = {name: NOT_IN_MRZ for name, value in values.items() if value is None}
    if fields.given_names is None and fields.surname is not None:
        missing["given_names"] = SINGLE_NAME
    if fields.expiry_date is None:
        missing["expiry_date"] = NOT_IN_MRZ
    missing |= dict.fromkeys(_unknown_of_birth(fields.birth_date), NOT_IN_MRZ)
    return TravelDocument(
        kind=chosen.code,
        mrz_kind=parsed.kind,
        mrz_lines=parsed.lines,
        document_code=fields.document_code,
        viz_surname=_text("surname", viz_surname, LONGEST_NAME),
        viz_given_names=_text("given_names", viz_given_names, LONGEST_NAME),
        birth_date=fields.birth_date,
        expiry_date=fields.expiry_date,
        optional_data=fields.optional_data,
        optional_data_2=fields.optional_data_2,
        checks=parsed.checks,
        notes=parsed.notes,
        century_reason=parsed.century_reason,
        missing=MappingProxyType(missing),
        capture_method=capture_method,
        **values,
    )


def from_fields(
    kind: str,
    *,
    issuing_state: str | None = None,
    number: str | None = None,
    surname: str | None = None,
    given_names: str | None = None,
    nationality: str | None = None,
    birth_date: PartialDate | None = None,
    sex: str | None = None,
    expiry_date: PartialDate | None = None,
    missing: Mapping[str, str] | None = None,
    manual_reason: str | None = None,
) -> TravelDocument:
    """Return a document entered by hand. Names are those of the visual zone: the MRZ form is made from them.

    Args:
        kind: the code of a kind of document; "none" for a person without one.
        missing: field to reason code, for the fields that are not known (``document_kinds.FIELDS``; the month or the
            day of birth alone are ``birth_month`` and ``birth_day``). A field that the kind never has needs none.
        manual_reason: why it was typed; needed for kinds that may carry an MRZ.

    Raises:
        UnknownDocumentKindError: no such kind.
        ManualReasonError: a kind with an MRZ, and no reason.
        FieldMissingError: neither value nor reason. FieldReasonError: a reason that the kind does not allow.
        FieldNotOnDocumentError: a value that the kind does not have.
        UnknownStateError: no State has this code, or it may not stand there or does not issue this kind.
        FieldTextError: control characters, too long, or not a sex.
        NameNotWritableError: a name that cannot be written in A-Z.
    """
    chosen = document_kind(kind)
    viz_surname = _text("surname", surname, LONGEST_NAME)
    viz_given_names = _text("given_names", given_names, LONGEST_NAME)
    reasons = {name: reason for name, reason in (missing or {}).items() if reason}
    document = TravelDocument(
        kind=chosen.code,
        mrz_kind=None,
        mrz_lines=(),
        document_code=None,
        issuing_state=_code("issuing_state", issuing_state),
        number=_number(number),
        surname=mrz_form(viz_surname) or None if viz_surname else None,
        given_names=mrz_form(viz_given_names) or None if viz_given_names else None,
        viz_surname=viz_surname,
        viz_given_names=viz_given_names,
        nationality=_code("nationality", nationality),
        birth_date=birth_date,
        sex=_code("sex", sex),
        expiry_date=expiry_date,
        missing=MappingProxyType(_with_absent(chosen, reasons)),
        capture_method=CaptureMethod.NONE if not chosen.issuers else CaptureMethod.MANUAL,
        manual_reason=_text("manual_reason", manual_reason, LONGEST_REASON),
    )
    _check_states(chosen, document)
    _check_fields(chosen, document)
    if document.sex is not None and document.sex not in SEXES:
        raise FieldTextError("sex")
    if chosen.has_mrz is not HasMrz.NEVER and document.manual_reason is None:
        raise ManualReasonError
    return document


def _with_absent(kind: DocumentKind, reasons: dict[str, str]) -> dict[str, str]:
    """A field that the kind never has gets the only reason there is, so nobody is asked for it."""
    never = {
        name: rule.unknown_because[0]
        for name, rule in kind.fields.items()
        if rule.need is Need.ABSENT and rule.unknown_because
    }
    return never | reasons


def _check_states(kind: DocumentKind, document: TravelDocument) -> None:
    if document.issuing_state is not None:
        issuer = state(document.issuing_state)
        if issuer is None or not issuer.may_issue:
            raise UnknownStateError("issuing_state")
        if kind.issuers and not kind.may_be_issued_by(document.issuing_state) and not issuer.specimen_only:
            raise UnknownStateError("issuing_state")
    if document.nationality is not None:
        nationality = state(document.nationality)
        if nationality is None or not nationality.may_be_nationality:
            raise UnknownStateError("nationality")


def _check_fields(kind: DocumentKind, document: TravelDocument) -> None:
    presence = _presence(document)
    for name in document.missing:
        if name not in presence:
            raise FieldReasonError(name[:40])
    for name, present in presence.items():
        rule, reason = kind.fields[name], document.missing.get(name)
        if present and rule.need is Need.ABSENT:
            raise FieldNotOnDocumentError(name)
        if reason is not None and (present or reason not in rule.unknown_because):
            raise FieldReasonError(name)
        if not present and reason is None and rule.need is Need.REQUIRED:
            raise FieldMissingError(name)


def _presence(document: TravelDocument) -> dict[str, bool]:
    """Return for each field whether its value is known; the parts of an unknown birth date ask for nothing."""
    unknown = _unknown_of_birth(document.birth_date)
    return {
        "issuing_state": document.issuing_state is not None,
        "number": document.number is not None,
        "surname": document.surname is not None,
        "given_names": document.given_names is not None,
        "nationality": document.nationality is not None,
        "birth_date": "birth_date" not in unknown,
        "birth_month": "birth_month" not in unknown,
        "birth_day": "birth_day" not in unknown,
        "sex": document.sex is not None,
        "expiry_date": document.expiry_date is not None,
    }


def _unknown_of_birth(birth: PartialDate | None) -> tuple[str, ...]:
    if birth is None:
        return ("birth_date",)
    return {
        Precision.YEAR: ("birth_month", "birth_day"),
        Precision.MONTH: ("birth_day",),
        Precision.DAY: (),
    }[birth.precision]


def _text(name: str, untrusted: str | None, longest: int) -> str | None:
    """Return the text composed (NFC) and with single spaces; None where there is none."""
    if untrusted is None:
        return None
    if len(untrusted) > longest * 2:
        raise FieldTextError(name)
    text = " ".join(part for part in unicodedata.normalize("NFC", untrusted).split(" ") if part)
    if len(text) > longest or any(unicodedata.category(char)[0] in "CZ" and char != " " for char in text):
        raise FieldTextError(name)
    return text or None


def _number(untrusted: str | None) -> str | None:
    """A number as documents print it: letters, digits and a few marks (a hand-written one may be 123/2026-A)."""
    text = _text("number", untrusted, LONGEST_NUMBER)
    if text is None:
        return None
    if not all(char.isascii() and (char.isalnum() or char in " -/.<") for char in text):
        raise FieldTextError("number")
    return text.upper()


def _code(name: str, untrusted: str | None) -> str | None:
    text = _text(name, untrusted, 3)
    return text.upper().rstrip("<") or None if text else None
