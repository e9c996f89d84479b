"""Codes on documents: found under distortion, told apart, and their payloads never more than bytes and safe text."""

import base64
import io
import time

import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from bmis.capture.codes import LONGEST_PAYLOAD, MOST_CODES, Code, CodeKind, CodeReader, kind_of, mrz_in_code, read_codes
from bmis.capture.frame import Frame, pixels_of

TD3 = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
TD1 = ("I<UTOC030059887<<<<<<<<<<<<<<<", "9507236F3302288UTO<<<<<<<<<<<2", "NHANTUMBO<SPECIMEN<<GRACA<<<<<")
BCBP = "M1MACHAVA/ANABELA     EABC123 MPMJNBTM 0301 234Y012A0025 100"
AAMVA = "@\n\x1e\rANSI 636000100002DL00410278DLDCAC\nDCSSPECIMEN\nDACUTO\n"
FORMATS = ("PDF417", "QRCode", "Aztec")


def base45(data):
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    out = ""
    for at in range(0, len(data), 2):
        value, count = int.from_bytes(data[at : at + 2], "big"), 3 if len(data) - at > 1 else 2
        out += "".join(alphabet[value // 45**power % 45] for power in range(count))
    return out


SEAL = base45(bytes(at * 37 % 256 for at in range(120)))


def drawn(payload, symbol, scale=4):
    made = zxingcpp.create_barcode(payload, getattr(zxingcpp.BarcodeFormat, symbol))
    return Image.fromarray(np.array(made.to_image(scale=scale)))


def on_page(picture, clock, size=(1280, 720), at=(200, 150)):
    page = Image.new("L", size, 228)
    page.paste(picture, at)
    return framed(page, clock)


def framed(page, clock):
    return Frame.of_pixels(pixels_of(page.convert("RGB")), clock(), "test")


@pytest.mark.parametrize("symbol", FORMATS)
@pytest.mark.parametrize(("payload", "kind"), [
    ("\n".join(TD3), CodeKind.MRZ), ("".join(TD1), CodeKind.MRZ), (BCBP, CodeKind.BCBP), (AAMVA, CodeKind.AAMVA),
    ("HC1:" + SEAL, CodeKind.HC1), (SEAL, CodeKind.BASE45), ("https://example.org/pay?now", CodeKind.URL),
    ("Gabinete 12, assunto geral", CodeKind.UNKNOWN),
])  # fmt: skip
def test_each_kind_is_read_from_each_symbol(symbol, payload, kind, clock):
    (code,) = read_codes(on_page(drawn(payload, symbol, 2), clock))
    assert (code.payload.decode(), code.kind) == (payload, kind)
    assert (mrz_in_code(code) is not None) is (kind is CodeKind.MRZ)


def turned(picture):
    return picture.rotate(23, expand=True, fillcolor=228, resample=Image.Resampling.BICUBIC)


def leaning(picture):
    width, height = picture.size
    corners = (-0.06 * width, 0, 0.04 * width, height, 0.97 * width, 0.94 * height, 1.05 * width, 0.05 * height)
    return picture.transform(picture.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=228)


def smudged(picture):
    noise = np.random.default_rng(4).normal(0, 18, (picture.height, picture.width))
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(1.4)), dtype=float) * 0.55 + 40
    return Image.fromarray((soft + noise).clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("symbol", FORMATS)
@pytest.mark.parametrize("change", [turned, leaning, smudged, lambda page: turned(turned(page))])
def test_a_code_is_read_turned_leaning_and_smudged(symbol, change, clock):
    picture = drawn("\r".join(TD1), symbol, 4)
    page = Image.new("L", (1280, 900), 228)
    page.paste(picture, (240, 240))
    (code,) = read_codes(framed(change(page), clock), budget_s=30)
    assert mrz_in_code(code) == TD1


def test_the_place_of_a_turned_code_is_told_in_the_picture_as_it_was(clock):
    page = Image.new("L", (1280, 900), 228)
    page.paste(drawn("\r".join(TD1), "PDF417", 4), (240, 240))
    (straight,) = read_codes(framed(page, clock))
    (code,) = read_codes(framed(page.rotate(23, fillcolor=228, resample=Image.Resampling.BICUBIC), clock))
    turn = np.radians(-23)
    for (x, y), (was_x, was_y) in zip(code.quad.corners, straight.quad.corners, strict=True):
        across, down = was_x - 640, was_y - 450
        there = (640 + across * np.cos(turn) - down * np.sin(turn), 450 + across * np.sin(turn) + down * np.cos(turn))
        assert np.hypot(x - there[0], y - there[1]) < 12


def test_a_code_that_another_program_made_is_read(clock):
    sink = io.BytesIO()
    segno.make("\n".join(TD3), error="q").save(sink, kind="png", scale=5, border=4)
    (code,) = read_codes(on_page(Image.open(sink).convert("L"), clock))
    assert mrz_in_code(code) == TD3


def test_its_corners_are_where_it_lies_in_a_picture_of_any_size(clock):
    picture = drawn("\n".join(TD3), "QRCode", 12)
    (code,) = read_codes(on_page(picture, clock, (5200, 3000), (1000, 800)))
    left, top = code.quad.upper_left
    assert abs(left - 1048) < 20
    assert abs(top - 848) < 20


def test_zones_in_codes_are_offered_as_readings_without_a_place(clock):
    page = Image.new("L", (1280, 720), 228)
    page.paste(drawn("\n".join(TD3), "QRCode"), (60, 60))
    page.paste(drawn(BCBP, "Aztec"), (700, 100))
    (reading,) = CodeReader().read(framed(page, clock))
    assert (reading.lines, reading.reader, reading.box, reading.unsure) == (TD3, "code", None, ())
    assert [len(cells) for cells in reading.confidence] == [44, 44]


@pytest.mark.parametrize("payload", [
    TD3[0], TD3[0][:-1] + "\n" + TD3[1], "\n".join(TD3).lower(), "A" * 88, "<" * 90, " ".join(TD1[:2]),
])  # fmt: skip
def test_what_is_nearly_a_zone_is_none(payload):
    code = Code("QR Code", payload.encode(), kind_of(payload.encode()), None)
    assert mrz_in_code(code) is None
    assert code.kind is not CodeKind.MRZ


@pytest.mark.parametrize("symbol", FORMATS)
@pytest.mark.parametrize("payload", [
    b"\x00" * 40, b"\x00\x01\x02\x1b[2J\x07rm -rf /", "\u202eGPJ.exe\u2066 \u200b\ufeff".encode(),
    b"\xff\xfe\xc3\x28" * 8, b"javascript:alert(1)", b"'; DROP TABLE crossing; --", b"%n%s%x" * 20,
    b"\r\n\r\nSet-Cookie: a=b",
])  # fmt: skip
def test_a_hostile_payload_is_bytes_and_its_text_is_safe_to_show(symbol, payload, clock):
    (code,) = read_codes(on_page(drawn(payload, symbol, 3), clock))
    assert code.payload == payload
    assert code.kind in (CodeKind.UNKNOWN, CodeKind.URL)
    assert all(char.isprintable() for char in code.shown)
    assert mrz_in_code(code) is None


def test_the_largest_code_is_read_and_shown_short(clock):
    payload = "Z9" * 1400
    (code,) = read_codes(on_page(drawn(payload, "QRCode", 4), clock, (1100, 1100), (100, 100)))
    assert code.payload.decode() == payload
    assert len(code.shown) == 200


def test_a_wall_of_codes_is_cut_off(clock):
    one = np.array(drawn("HELLO", "QRCode", 2))
    assert len(read_codes(framed(Image.fromarray(np.tile(one, (10, 16))), clock))) == MOST_CODES


def test_pictures_made_to_be_slow_end_in_time(clock):
    start = np.repeat(np.array([0] * 8 + [255, 0] * 3 + [255] * 3, dtype=np.uint8), 3)
    pictures = [
        np.tile(start, (3000, 80))[:, :4000],
        np.random.default_rng(1).integers(0, 255, (3000, 4000), dtype=np.uint8),
    ]
    for picture in pictures:
        begun = time.process_time()
        read_codes(framed(Image.fromarray(np.ascontiguousarray(picture)), clock))
        assert time.process_time() - begun < 5  # half a second on the machine it was measured on


def test_pictures_without_a_code_have_none(specimens, clock):
    from bmis.capture.images import load_image

    for name in ("td3-passport.png", "empty-desk.jpg", "live-sitoe.jpg"):
        assert read_codes(load_image(specimens[name].path, clock)) == ()
    assert read_codes(Frame.of_pixels(np.zeros((1, 1, 3), np.uint8), clock(), "test")) == ()


@given(st.binary(max_size=LONGEST_PAYLOAD + 100))
def test_any_payload_is_of_one_kind(payload):
    code = Code("QR Code", payload, kind_of(payload), None)
    assert all(char.isprintable() for char in code.shown)
    assert (mrz_in_code(code) is not None) is (code.kind is CodeKind.MRZ)


def test_base45_is_told_from_text_that_only_looks_like_it():
    assert kind_of(SEAL.encode()) is CodeKind.BASE45
    assert kind_of((":::" * 20).encode()) is CodeKind.UNKNOWN  # beyond two bytes
    assert kind_of(base64.b32encode(bytes(40))) is not CodeKind.HC1
    assert kind_of(b"HC1:not base45") is CodeKind.UNKNOWN
