"""Seals as others wrote them, and as they come back from readers: read whole, or refused with a reason."""

from contextlib import suppress
from datetime import date

import base45
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.documents.seals.base45 import from_base45, to_base45
from bmis.documents.seals.c40 import from_c40, to_c40
from bmis.documents.seals.errors import SealFormError
from bmis.documents.seals.foreign_vds import vds_fields
from bmis.documents.seals.reading import HealthText, SealedPass, SealFormat, format_of, read_seal
from bmis.documents.seals.vds import Vds, VdsHeader, date_bytes, read_vds, sealed, unsigned_vds
from bmis.documents.seals.vds_nc import read_vds_nc

# BSI TR-03137-1 version 2.5 (2021), annexes C, E, F, G: worked examples, published for implementers
ARRIVAL = (
    "dc026abc6d32c8a519fc0f71341145f4fd020230a5621353d9a275735bd4134bc549133c133c133c133c133ca32519a519a4344a5e681ae7"
    "204b20d532cf4b7c133c133f030820d5201019a51aeaff404a1f218ca4392647ecff6c8abf9e796a78eebe0b1ac8cc25c4ee17eed961d118"
    "9091358d7d616f1a517abc747f6c4490ff159d4dcf50248b00b1e32e9e7805e7"
)
RESIDENCE = (
    "dc036abc6d32c8a727390f71341145f4fb0602305cba135875976ec066d417b59e8c6abc133c133c133c133c3fef3a2938ee43f1593d1ae5"
    "2dbb26751fe64b7c133c136b0306d79519a65306ff40158cf5b0bb7fbda099e8e7c94abefc9677b2e71e9885f5cd9057a8bfcf930a6046bc"
    "f897650af8f9b0343c034d2f64ce081f95fbf3d01292d1f8165ece27d327"
)
VISA = (
    "dc036abc6d32c8a72cb10f7134b798155d01022cdd52134a74da1347c6fed95cb89f9fce133c133c133c133c203833734aaf47f0c32f1a1e"
    "20eb2625393afe310403a00000050633be1fed20c6ff38d5573247608c9b64cae022c1c5249660e51ae316d600f974aac2129c3f093c3595"
    "53140263047 05cd24c1b8100711bd4411f068e8d93e8b7"
).replace(" ", "")
STICKER = (
    "dc036abc6d32c8a72cb10f7135b79815f9080106cf3519af974c02061a70208519a10310395e26b3d9a275735bd4cd485ca17176ff389101"
    "f305c9aa04d2ab00212c7cf65fefcaaf565a54538b2498d681a18839c92656526c4059 4b0b1da12a27f687a350127 8dc4145b6e64afc"
).replace(" ", "")
INSURANCE = (
    "dc026abc6d32c8a519fc0f7134116d04fc0401083fee456d2de019a8020b50657273636877656 9c39f03054f7363617204134ac3a2636f62"
    "c3a96e69646963747572697573ff40582ed05cb05049b4fe49744d5e70a1982f8b7afb1e90259ce47ba9907efcf59483f0a0b421ec760d6f"
    "d2284bbac37e136f1e3be6e14a6f6bc01211 0cff919d0f"
).replace(" ", "")

PLAIN = VdsHeader("UTO", "UTBP", "3F2A1C", date(2026, 11, 22), date(2026, 11, 22), 0x5E, 0x03)
SIGNATURE = bytes(range(64))


def seal_of(*features, header=PLAIN):
    return sealed(unsigned_vds(header, features), SIGNATURE)


def test_the_visa_of_the_worked_example_is_read():
    assert dict(vds_fields(read_seal(bytes.fromhex(VISA)))) == {
        "document": "VISA",
        "issuing_state": "D",
        "signer": "DETS",
        "certificate": "32",
        "issued_on": "2020-01-01",
        "signed_on": "2021-12-03",
        "mrz": ["VCD<<DENT<<ARTHUR<PHILIP<<<<<<<<<<<<", "1234567XY7GBR5203116M2005250<<<<<<<<"],
        "duration": {"days": 160, "months": 0, "years": 0},
        "passport_number": "47110815P",
        "other": {},
    }


def test_the_residence_permit_of_the_worked_example_is_read():
    fields = vds_fields(read_seal(bytes.fromhex(RESIDENCE)))

    assert (fields["document"], fields["certificate"]) == ("RESIDENCE_PERMIT", "27")
    # the guideline's text says ARD, its bytes ATD
    assert fields["mrz"] == ["ATD<<RESIDORCE<<ROLAND<<<<<<<<<<<<<<", "6525845096USA7008038M2201018<<<<<<06"]
    assert fields["passport_number"] == "UFO001979"


def test_an_older_header_and_names_with_accents_are_read():
    arrival = vds_fields(read_seal(bytes.fromhex(ARRIVAL)))
    insured = vds_fields(read_seal(bytes.fromhex(INSURANCE)))

    assert (arrival["certificate"], arrival["register_number"]) == ("00027", "160113000085")
    assert (insured["surname"], insured["birth_name"]) == ("Perschweiß", "Jâcobénidicturius")


def test_an_address_sticker_is_read():
    assert vds_fields(read_seal(bytes.fromhex(STICKER)))["address"] == "53123MUSTERMANNSTRASSE21"


def test_each_worked_example_is_written_again_to_the_byte():
    for example in (RESIDENCE, VISA, STICKER):
        vds = read_vds(bytes.fromhex(example))
        again = sealed(unsigned_vds(vds.header, vds.features.items()), vds.signature)
        assert again.hex() == example


def test_the_strings_of_the_standard_are_encoded_as_it_shows():
    # BSI TR-03137-1, annex B, examples 1 and 2; chapter 3.2.3
    assert to_c40("XK<CD").hex() == "eb0466a9"
    assert to_c40("XKCD").hex() == "eb11fe45"
    assert to_c40("BSI01").hex() == "62d719c9"
    assert date_bytes(date(1957, 3, 25)).hex() == "319ef5"


def test_a_tag_without_a_meaning_is_shown_not_interpreted():
    fields = vds_fields(read_vds(seal_of((2, b"\x01"), (200, b"abc"))))

    assert fields["document"] == "EMERGENCY_TRAVEL_DOCUMENT"
    assert fields["other"] == {"2": "01", "200": "616263"}


def test_a_long_feature_has_the_shortest_length_of_der():
    for size in (127, 128, 255, 256, 700):
        raw = seal_of((2, bytes(size)))
        assert len(read_vds(raw).features[2]) == size
    longer = seal_of((2, bytes(100))).replace(b"\x02\x64", b"\x02\x81\x64", 1)
    with pytest.raises(SealFormError):
        read_vds(longer)


def test_a_tag_twice_no_tag_at_all_and_an_odd_signature_are_refused():
    begun = unsigned_vds(PLAIN, [(2, b"x")])
    for raw in (
        sealed(begun + b"\x02\x01y", SIGNATURE),
        sealed(unsigned_vds(PLAIN, []), SIGNATURE),
        sealed(begun, SIGNATURE[:63]),
        sealed(begun, b""),
        begun,
    ):
        with pytest.raises(SealFormError):
            read_vds(raw)


def test_a_date_that_is_none_is_refused():
    raw = seal_of((2, b"x"))
    for wrong in ("000000", "ffffff", "1e8480"):
        with pytest.raises(SealFormError):
            read_vds(raw.replace(date_bytes(date(2026, 11, 22)), bytes.fromhex(wrong), 1))


def test_readers_may_add_a_line_end_or_a_mark_before_the_text():
    raw = seal_of((2, b"abc"))
    text = to_base45(raw)

    for sent in (f"{text}\r\n", f"\ufeff{text}\n", f"  {text}\t", f"{text}\0"):
        assert read_seal(sent) == read_seal(raw)
    assert read_seal(text.encode()) == read_seal(raw)


def test_a_health_certificate_is_told_by_its_beginning():
    read = read_seal("HC1:6BFOXN")

    assert isinstance(read, HealthText)
    assert format_of(read) is SealFormat.HC1


@pytest.mark.parametrize(
    "text",
    [
        '{"data":{"hdr":{"is":"UTO","t":"icao.vacc","v":1},"msg":{}},"sig":{}}',
        '{"data":{"hdr":{"is":"UTO","is":"ZAF","t":"x","v":1},"msg":{}},"sig":{"alg":"ES256","cer":"AA","sigvl":"AA"}}',
        '{"data":{"hdr":{"is":"UTO","t":"x","v":1.5},"msg":{}},"sig":{"alg":"ES256","cer":"AA","sigvl":"AA"}}',
        '{"data":{"hdr":{"is":"UTO","t":"x","v":NaN},"msg":{}},"sig":{"alg":"ES256","cer":"AA","sigvl":"AA"}}',
        '{"data":{"hdr":{"is":"UTO","t":"x","v":1},"msg":[]},"sig":{"alg":"none","cer":"AA","sigvl":"AA"}}',
        '{"data":' + '{"a":' * 5000 + "1" + "}" * 5000,
        "{" + '"a":1,' * 4000,
        '{"data":{"hdr":{"is":"\\ud800","t":"x","v":1},"msg":{}},"sig":{"alg":"ES256","cer":"AA","sigvl":"AA"}}',
    ],
)
def test_json_that_two_readers_may_read_differently_is_refused(text):
    with pytest.raises(SealFormError):
        read_vds_nc(text)


@given(st.binary(max_size=400))
def test_base45_is_what_the_package_writes(raw):
    text = to_base45(raw)

    assert text == base45.b45encode(raw).decode()
    if raw:
        assert from_base45(text) == raw


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=40))
def test_a_text_of_base45_has_one_meaning_or_none(text):
    try:
        raw = from_base45(text)
    except SealFormError:
        return
    assert to_base45(raw) == text


@given(st.text(" 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=60))
def test_c40_comes_back(text):
    assert from_c40(to_c40(text)) == text


@given(st.binary(max_size=12))
def test_c40_has_one_writing_or_none(raw):
    try:
        text = from_c40(raw)
    except SealFormError:
        return
    assert to_c40(text) == raw


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_whatever_is_scanned_is_read_or_refused_with_a_reason(untrusted):
    with suppress(SealFormError):
        assert format_of(read_seal(untrusted)) in SealFormat


@settings(max_examples=300)
@given(st.sampled_from([ARRIVAL, RESIDENCE, VISA, STICKER]), st.data())
def test_a_changed_seal_is_written_in_its_one_form_or_refused(example, data):
    raw = bytearray(bytes.fromhex(example))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = read_seal(bytes(raw))
    except SealFormError:
        return
    vds = read.vds if isinstance(read, SealedPass) else read
    assert isinstance(vds, Vds)
    assert vds.signed + raw[len(vds.signed) :] == raw
