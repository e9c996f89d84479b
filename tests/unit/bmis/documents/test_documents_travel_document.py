"""Kinds of document as data, and documents with and without an MRZ."""

from datetime import date

import pytest

from bmis.documents.compose import compose
from bmis.documents.dates import PartialDate
from bmis.documents.document_kinds import (
    FIELDS,
    HasMrz,
    Need,
    document_kind,
    document_kinds,
    kind_for_mrz,
    missing_reasons,
)
from bmis.documents.errors import (
    FieldMissingError,
    FieldNotOnDocumentError,
    FieldReasonError,
    FieldTextError,
    ManualReasonError,
    NameNotWritableError,
    UnknownDocumentKindError,
    UnknownStateError,
)
from bmis.documents.mrz import MrzFields, parse
from bmis.documents.states import states
from bmis.documents.travel_document import CaptureMethod, from_fields, from_mrz

TODAY = date(2026, 11, 22)
ANA = {
    "issuing_state": "MOZ",
    "number": "110100123456a",
    "surname": "Conceição",
    "given_names": "Ana-Júlia",
    "nationality": "MOZ",
    "birth_date": PartialDate(1990, 1, 1),
    "sex": "F",
    "expiry_date": PartialDate(2030, 1, 1),
    "manual_reason": "bilhete sem zona de leitura",
}


def mrz(kind="TD3", code="PP", issuer="UTO", nationality="UTO"):
    fields = MrzFields(
        code, issuer, "X12345", "MACHAVA", "ANA", nationality, PartialDate(1990, 5), "F", PartialDate(2030, 1, 1)
    )
    return parse(compose(kind, fields), today=TODAY)


@pytest.mark.parametrize(
    ("kind", "code", "issuer", "nationality", "expected"),
    [
        ("TD3", "P", "UTO", "UTO", "passport"),
        ("TD3", "PP", "MOZ", "MOZ", "passport"),
        ("TD3", "PD", "UTO", "UTO", "diplomatic_passport"),
        ("TD3", "PO", "UTO", "UTO", "service_passport"),
        ("TD3", "PL", "UNO", "UNO", "laissez_passer"),
        ("TD3", "P", "UNA", "UNA", "laissez_passer"),
        ("TD3", "P", "MOZ", "XXA", "refugee_travel_document"),
        ("TD3", "PT", "UTO", "XXB", "refugee_travel_document"),
        ("TD1", "I", "UTO", "XXC", "refugee_travel_document"),
        ("TD3", "PE", "MOZ", "MOZ", "emergency_certificate"),
        ("TD3", "PU", "UTO", "UTO", "foreign_emergency_document"),
        ("TD1", "ID", "MOZ", "MOZ", "identity_card_moz"),
        ("TD1", "I", "MOZ", "UTO", "dire"),
        ("TD1", "I", "UTO", "UTO", "national_identity_card"),
        ("TD1", "I", "UTO", "ZAF", "foreign_residence_card"),
        ("TD2", "IS", "UTO", "UTO", "seafarer_document"),
        ("TD1", "AC", "UTO", "UTO", "crew_member_certificate"),
        ("MRVA", "V", "UTO", "ZAF", "visa"),
        ("MRVB", "VB", "MOZ", "XXB", "visa"),
    ],
)  # ICAO Doc 9303-4 (8th ed.) 4.4; 9303-5 note k; 9303-7
def test_the_mrz_says_its_kind_of_document(kind, code, issuer, nationality, expected):
    found = kind_for_mrz(mrz(kind, code, issuer, nationality))
    assert found is not None
    assert found.code == expected


def test_the_french_card_is_an_identity_card_of_a_french_national():
    lines = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
    document = from_mrz(parse(lines, today=TODAY), capture_method=CaptureMethod.CAMERA)
    assert document.kind == "national_identity_card"
    assert document.nationality == "FRA"
    assert document.missing == {"expiry_date": "NOT_IN_MRZ"}
    assert document.unexplained == ()


def test_a_document_from_the_camera_keeps_the_accents_beside_the_mrz_form():
    document = from_mrz(mrz(), capture_method=CaptureMethod.CAMERA, viz_surname="Machava", viz_given_names="Ána")
    assert (document.surname, document.given_names) == ("MACHAVA", "ANA")
    assert (document.shown_surname, document.shown_given_names) == ("Machava", "Ána")
    assert document.missing == {"birth_day": "NOT_IN_MRZ"}
    assert document.mrz_lines == mrz().lines
    assert document.checks["number"] == "ok"


def test_a_document_code_that_no_kind_claims_asks_the_officer_for_the_kind():
    odd = parse(compose("TD1", MrzFields("RX", "UTO", "X1", "A", "B", "UTO", PartialDate(1990, 1, 1), "F",
                                         PartialDate(2030, 1, 1))), today=TODAY)  # fmt: skip
    assert "document_code_unexpected" in odd.notes
    with pytest.raises(UnknownDocumentKindError):
        from_mrz(odd, capture_method=CaptureMethod.SWIPE)
    assert from_mrz(odd, capture_method=CaptureMethod.SWIPE, kind="dire").kind == "dire"


def test_an_identity_card_without_mrz_is_entered_by_hand():
    document = from_fields("identity_card_moz", **ANA)
    assert document.capture_method is CaptureMethod.MANUAL
    assert document.number == "110100123456A"
    assert (document.surname, document.given_names) == ("CONCEICAO", "ANA JULIA")
    assert (document.viz_surname, document.viz_given_names) == ("Conceição", "Ana-Júlia")
    assert set(document.checks.values()) == {"absent"}
    assert document.mrz_lines == ()


def test_a_hand_written_emergency_document_may_leave_almost_everything_open_with_its_reason():
    document = from_fields(
        "foreign_emergency_document",
        issuing_state="MWI",
        surname="Phiri",
        nationality="MWI",
        birth_date=PartialDate(1990),
        sex="M",
        missing={
            "number": "NOT_ON_DOCUMENT",
            "expiry_date": "ILLEGIBLE",
            "given_names": "SINGLE_NAME",
            "birth_month": "NOT_KNOWN_TO_HOLDER",
            "birth_day": "NOT_KNOWN_TO_HOLDER",
        },
        manual_reason="manuscrito",
    )
    assert document.number is None
    assert document.number_missing_reason == "NOT_ON_DOCUMENT"
    assert document.unexplained == ()


def test_a_person_without_a_document_needs_only_what_a_person_has():
    document = from_fields(
        "none",
        surname="Amade",
        missing={
            "given_names": "SINGLE_NAME", "nationality": "NO_NATIONALITY",
            "birth_date": "NOT_KNOWN_TO_HOLDER", "sex": "NOT_KNOWN_TO_HOLDER",
        },
    )  # fmt: skip
    assert document.capture_method is CaptureMethod.NONE
    assert document.number_missing_reason == "NO_DOCUMENT"


def test_a_child_on_a_parents_document_and_a_paper_card_need_no_manual_reason():
    for kind in ("child_on_parents_document", "border_facility_card"):
        entered = {**ANA, "manual_reason": None}
        assert from_fields(kind, **entered).kind == kind


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"number": None}, FieldMissingError, "number"),
        ({"surname": " ' "}, FieldMissingError, "surname"),
        ({"birth_date": PartialDate(1990)}, FieldMissingError, "birth_month"),
        ({"expiry_date": None, "missing": {"expiry_date": "NO_DOCUMENT"}}, FieldReasonError, "expiry_date"),
        ({"missing": {"number": "ILLEGIBLE"}}, FieldReasonError, "number"),
        ({"missing": {"shoe_size": "ILLEGIBLE"}}, FieldReasonError, "shoe_size"),
        ({"issuing_state": "QQQ"}, UnknownStateError, "issuing_state"),
        ({"issuing_state": "ZAF"}, UnknownStateError, "issuing_state"),
        ({"issuing_state": "XXB"}, UnknownStateError, "issuing_state"),
        ({"nationality": "IAO"}, UnknownStateError, "nationality"),
        ({"sex": "Z"}, FieldTextError, "sex"),
        ({"number": "12\x0034"}, FieldTextError, "number"),
        ({"number": "<img>"}, FieldTextError, "number"),
        ({"number": "1" * 24}, FieldTextError, "number"),
        ({"surname": "\u202eANA"}, FieldTextError, "surname"),
        ({"surname": "A" * 100_000}, FieldTextError, "surname"),
    ],
)
def test_what_an_officer_types_wrong_is_told_by_field(change, error, field):
    with pytest.raises(error) as caught:
        from_fields("identity_card_moz", **{**ANA, **change})
    assert caught.value.facts["field"] == field


def test_typing_a_document_that_may_have_an_mrz_needs_a_reason_and_a_token_has_no_number():
    with pytest.raises(ManualReasonError):
        from_fields("identity_card_moz", **{**ANA, "manual_reason": "  "})
    with pytest.raises(UnknownDocumentKindError):
        from_fields("library_card", **ANA)
    with pytest.raises(NameNotWritableError):
        from_fields("identity_card_moz", **{**ANA, "surname": "R2D2"})
    with pytest.raises(FieldNotOnDocumentError):
        from_fields("none", **{**ANA, "issuing_state": None, "expiry_date": None})


def test_specimens_may_stand_for_any_issuer():
    assert from_fields("identity_card_moz", **{**ANA, "issuing_state": "uto"}).issuing_state == "UTO"


def test_every_kind_is_dated_sourced_named_and_its_reasons_exist():
    kinds = document_kinds(TODAY)
    assert len(kinds) == len({kind.code for kind in kinds}) == len({kind.order for kind in kinds})
    assert document_kinds(date(1990, 1, 1)) == ()
    for kind in kinds:
        assert kind.source
        assert kind.name("pt")
        assert kind.name("en")
        assert set(kind.fields) == set(FIELDS)
        assert document_kind(kind.code) is kind
        for rule in kind.fields.values():
            assert set(rule.unknown_because) <= set(missing_reasons())
            assert rule.need is not Need.ABSENT or rule.unknown_because
        assert kind.has_mrz is not HasMrz.NEVER or not kind.mrz
        assert set(kind.issuers) - {"*"} <= set(states())
        for pattern in kind.mrz:
            assert {*pattern.issuing_state, *pattern.nationality} <= set(states())
