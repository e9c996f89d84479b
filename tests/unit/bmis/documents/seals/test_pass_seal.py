"""What the seal of a border pass carries: round trips, limits, and one form for each pass."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.documents.dates import PartialDate
from bmis.documents.seals.base45 import to_base45
from bmis.documents.seals.c40 import to_c40
from bmis.documents.seals.errors import PassSealError, SealFormError
from bmis.documents.seals.pass_seal import CATEGORY, FEATURES, PassSeal, written_names
from bmis.documents.seals.reading import SealedPass, read_seal
from bmis.documents.seals.vds import VdsHeader, sealed, unsigned_vds
from tests.sealing import ROSA, TODAY

HEADER = VdsHeader("MOZ", "MZBP", "3F2A1C", TODAY, TODAY, FEATURES, CATEGORY)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
words = st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=6), min_size=1, max_size=2).map(" ".join)
codes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=6)
posts = st.sets(st.from_regex(r"\AMZ\.[A-Z]\.[A-Z0-9]{3}\Z"), max_size=6).map(lambda found: tuple(sorted(found)))
births = st.none() | st.dates(date(1900, 1, 1), date(2030, 1, 1)).map(PartialDate.of) | st.just(PartialDate(1961))


@st.composite
def passes(draw):
    first = draw(st.dates(FIRST_DAY, date(2190, 1, 1)))
    return PassSeal(
        scheme=draw(codes),
        serial=draw(st.integers(1, 64_000_000)),
        surname=draw(words),
        given_names=draw(st.just("") | words),
        sex=draw(st.sampled_from("FMX")),
        valid_from=first,
        valid_to=first + timedelta(days=draw(st.integers(0, 3000))),
        birth=draw(births),
        zone=draw(st.just("") | codes),
        posts=draw(posts),
        purpose=draw(st.just("") | codes),
        dependants=draw(st.none() | st.integers(0, 30)),
        photo=draw(st.none() | st.binary(min_size=8, max_size=8)),
    )


def raw_of(features, header=HEADER):
    return sealed(unsigned_vds(header, features), bytes(64))


@given(passes())
def test_a_pass_comes_back_from_its_seal(seal):
    read = read_seal(to_base45(raw_of(seal.features())))

    assert isinstance(read, SealedPass)
    assert read.seal == seal


@given(passes(), st.data())
def test_a_changed_pass_is_written_in_its_one_form_or_refused(seal, data):
    raw = bytearray(raw_of(seal.features()))
    raw[data.draw(st.integers(0, len(raw) - 67))] = data.draw(st.integers(0, 255))
    try:
        read = read_seal(bytes(raw))
    except SealFormError:
        return
    if isinstance(read, SealedPass):
        assert raw_of(read.seal.features(), read.vds.header) == bytes(raw)


def test_the_seal_of_a_pass_fits_the_code_of_53_modules():
    import segno

    text = to_base45(raw_of(ROSA.features()))
    code = segno.make_qr(text, error="m", boost_error=False)

    assert code.mode == "alphanumeric"
    assert code.symbol_size(border=0) == (53, 53)


def test_names_are_written_in_the_letters_of_travel_documents_and_cut_to_fit():
    assert written_names("Nhamuave", "Rosa da Conceição") == ("NHAMUAVE", "ROSA DA CONCEICAO")
    surname, given = written_names("Vasconcelos Albuquerque de Magalhães", "Maria da Encarnação Josefina")
    assert replace(ROSA, surname=surname, given_names=given)
    assert len(f"{surname}  {given}") <= 30


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scheme", ""),
        ("scheme", "A-B"),
        ("scheme", "ABCDEFGHIJ"),
        ("serial", 0),
        ("serial", 64_000_001),
        ("surname", ""),
        ("surname", "MÜLLER"),
        ("surname", "A" * 31),
        ("surname", "A  B"),
        ("given_names", "MARIA "),
        ("sex", "x"),
        ("sex", ""),
        ("valid_to", date(2026, 11, 21)),
        ("zone", "TOOLONG"),
        ("posts", ("ZA.L.LEB",)),
        ("posts", ("MZ.L.ZOB", "MZ.L.CHD")),
        ("posts", ("MZ.L.CHD", "MZ.L.CHD")),
        ("purpose", "TR ADE"),
        ("dependants", -1),
        ("photo", b"short"),
    ],
)
def test_a_value_that_the_seal_cannot_carry_is_refused_by_name(field, value):
    with pytest.raises(PassSealError) as refused:
        replace(ROSA, **{field: value})

    assert refused.value.field == field


@pytest.mark.parametrize(
    "changed",
    [
        lambda tags: {**tags, 12: b"x"},
        lambda tags: {0: b"x", **tags},
        lambda tags: {tag: value for tag, value in tags.items() if tag != 2},
        lambda tags: {tag: value for tag, value in tags.items() if tag != 8},
        lambda tags: dict(reversed(tags.items())),
        lambda tags: {**tags, 2: b"\0" + tags[2]},
        lambda tags: {**tags, 2: bytes(4)},
        lambda tags: {**tags, 3: to_c40("nhamuave".upper() + " ")},
        lambda tags: {**tags, 3: to_c40("NHAMUAVE  ")},
        lambda tags: {**tags, 3: to_c40("NHAMUAVE   ROSA")},
        lambda tags: {**tags, 5: b"f"},
        lambda tags: {**tags, 6: b""},
        lambda tags: {**tags, 7: to_c40("LZO")},
        lambda tags: {**tags, 8: tags[8][3:] + tags[8][:3]},
        lambda tags: {**tags, 10: b""},
        lambda tags: {**tags, 11: b"123"},
        lambda tags: {**tags, 4: bytes.fromhex("ffffff")},
    ],
)
def test_a_seal_that_is_not_written_as_we_write_is_no_pass(changed):
    with pytest.raises(SealFormError):
        read_seal(raw_of(changed(dict(ROSA.features())).items()))


def test_the_same_tags_of_another_state_are_another_seal():
    header = replace(HEADER, issuing_state="ZAF", signer="ZABP")

    assert not isinstance(read_seal(raw_of(ROSA.features(), header)), SealedPass)


def test_the_fields_are_plain_values():
    assert dict(ROSA.fields) == {
        "scheme": "MZMW1",
        "serial": 1234567,
        "surname": "NHAMUAVE",
        "given_names": "ROSA MARIA",
        "birth_date": "1988-04-12",
        "sex": "F",
        "zone": "TETE1",
        "posts": ["MZ.L.CHD", "MZ.L.ZOB"],
        "purpose": "TRADE",
        "dependants": 2,
        "photo": "0001020304050607",
        "valid_from": "2026-11-22",
        "valid_to": "2027-11-21",
    }
