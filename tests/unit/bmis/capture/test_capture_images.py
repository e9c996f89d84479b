"""An officer drops a file on the desk: whatever it is, the answer is a picture or a coded error."""

import io
import os
import struct
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from bmis.capture.boxes import Box, Quad
from bmis.capture.errors import (
    ImageDamagedError,
    ImageEmptyError,
    ImageMissingError,
    ImageNotAnImageError,
    ImageTooLargeError,
    NotAFileError,
)
from bmis.capture.images import MAX_SHEETS, MAX_TURNING, decode_image, decode_images, load_image
from bmis.capture.untrusted_file import MAX_BYTES
from bmis.kernel.clock import fixed_clock
from bmis.kernel.errors import BmisError


def encoded(picture, kind, **options):
    sink = io.BytesIO()
    picture.save(sink, kind, **options)
    return sink.getvalue()


def half_red(size=(64, 40)):
    """Return a picture whose left half is red and right half white."""
    picture = Image.new("RGB", size, "white")
    picture.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    return picture


def colour(frame, x, y):
    shown = frame.to_rgb_bytes()
    at = y * shown.stride + x * 3
    return tuple(shown.pixels[at : at + 3])


def png_header_of(width, height):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_every_promised_format_is_read_with_its_colours(kind, clock):
    frame = decode_image(encoded(half_red(), kind), clock, "file")
    assert (frame.width, frame.height) == (64, 40)
    assert colour(frame, 8, 20)[0] > 230
    assert colour(frame, 8, 20)[1] < 40
    assert min(colour(frame, 56, 20)) > 230
    assert frame.taken_at == clock()


def test_a_picture_taken_with_the_phone_on_its_side_is_turned_upright(clock):
    turned = Image.Exif()
    turned[0x0112] = 6  # the right side of the file is the bottom of the scene
    frame = decode_image(encoded(half_red(), "JPEG", exif=turned), clock, "file")
    assert (frame.width, frame.height) == (40, 64)
    assert colour(frame, 20, 8)[1] < 60
    assert min(colour(frame, 20, 56)) > 230


def test_print_colours_come_out_as_seen(clock):
    frame = decode_image(encoded(half_red().convert("CMYK"), "JPEG"), clock, "file")
    assert colour(frame, 8, 20)[0] > 200
    assert colour(frame, 8, 20)[1] < 80


def test_a_scan_of_sixteen_bits_keeps_its_shades(clock):
    shades = np.linspace(0, 65535, 64, dtype=np.uint16)[None, :].repeat(40, axis=0)
    frame = decode_image(encoded(Image.fromarray(shades), "PNG"), clock, "file")
    assert colour(frame, 0, 20)[0] == 0
    assert abs(colour(frame, 32, 20)[0] - 129) <= 2
    assert colour(frame, 63, 20)[0] == 255


def test_the_first_picture_of_a_moving_one_is_taken(clock):
    moving = encoded(half_red(), "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 40), "blue")], duration=50)
    assert colour(decode_image(moving, clock, "file"), 56, 20)[0] > 230


def test_what_is_clear_is_white_paper(clock):
    assert colour(decode_image(encoded(Image.new("RGBA", (40, 40)), "PNG"), clock, "file"), 20, 20) == (255, 255, 255)


def test_a_header_that_promises_fifty_thousand_pixels_a_side_is_refused_at_once(tmp_path, clock):
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(png_header_of(50_000, 50_000))
    begun = time.monotonic()
    with pytest.raises(ImageTooLargeError):
        load_image(bomb, clock)
    assert time.monotonic() - begun < 1


def test_more_than_fifty_megapixels_is_refused_before_decoding(clock):
    with pytest.raises(ImageTooLargeError) as refused:
        decode_image(png_header_of(10_100, 5_000), clock, "file")
    assert refused.value.facts == {"megapixels": 50}


def test_a_telephone_s_forty_megapixels_are_kept_at_half_size_and_that_is_said(clock):
    frame = decode_image(encoded(half_red((7_304, 5_478)), "JPEG"), clock, "file")
    assert (frame.width, frame.height) == (3_652, 2_739)
    assert {name: frame.facts[name] for name in ("width", "height", "reduced")} == {
        "width": 7_304,
        "height": 5_478,
        "reduced": 2,
    }
    assert colour(frame.crop(Box(0, 0, 64, 64)), 30, 30)[1] < 40


def test_a_scan_of_thirty_megapixels_is_made_smaller_strip_by_strip(clock):
    page = half_red((6_001, 5_001))
    page.paste((0, 0, 255), (0, 4_000, 6_001, 5_001))
    frame = decode_image(encoded(page, "PNG", compress_level=1), clock, "file")
    assert (frame.width, frame.height, frame.facts["reduced"]) == (3_001, 2_501, 2)
    assert colour(frame.crop(Box(0, 1_990, 20, 20)), 5, 2)[0] > 230
    assert colour(frame.crop(Box(0, 1_990, 20, 20)), 5, 15)[2] > 230


@pytest.mark.parametrize("mark", range(1, 9))
def test_every_turn_of_a_telephone_comes_out_as_pillow_turns_it(mark, clock):
    scene = half_red((96, 64))
    scene.paste((0, 0, 255), (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = mark
    content = encoded(scene, "JPEG", exif=exif, quality=95)
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB"), dtype=int)
    shown = decode_image(content, clock, "file").to_rgb_bytes()
    seen = np.frombuffer(shown.pixels, np.uint8).reshape(shown.height, shown.width, 3).astype(int)
    assert seen.shape == expected.shape
    assert np.abs(seen - expected).max() <= 3


def test_a_progressive_picture_that_would_fill_the_memory_is_refused(clock):
    small = encoded(half_red((64, 48)), "JPEG", progressive=True, subsampling=0)
    at = small.index(b"\xff\xc2") + 5
    claims = small[:at] + struct.pack(">HH", 6_000, 8_000) + small[at + 4 :]
    with pytest.raises(ImageTooLargeError):
        decode_image(claims, clock, "file")


def test_pages_of_a_scan_are_numbered_and_bounded(clock):
    pages = [Image.new("L", (40, 40), 10 * number) for number in range(MAX_SHEETS + 3)]
    scan = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    frames = list(decode_images(scan, clock, "file"))
    assert [frame.facts["page"] for frame in frames] == list(range(1, MAX_SHEETS + 1))
    assert colour(frames[3], 5, 5) == (30, 30, 30)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_frames_of_a_moving_picture_are_numbered_and_bounded(kind, clock):
    shown = [Image.new("RGB", (40, 40), (20 * number, 0, 0)) for number in range(MAX_TURNING + 2)]
    moving = encoded(shown[0], kind, save_all=True, append_images=shown[1:], duration=50)
    assert [frame.facts["frame"] for frame in decode_images(moving, clock, "file")] == list(range(1, MAX_TURNING + 1))


def test_a_second_page_that_breaks_off_leaves_the_first(clock):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 200, 3), dtype=np.uint8))
    scan = encoded(noise, "GIF", save_all=True, append_images=[noise.rotate(90)], loop=0)
    assert len(list(decode_images(scan[: len(scan) * 3 // 4], clock, "file"))) == 1


def test_a_huge_file_is_not_even_opened(tmp_path, clock):
    huge = tmp_path / "huge.bmp"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ImageTooLargeError):
        load_image(huge, clock)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_a_file_that_breaks_off_is_damaged(kind, clock):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 200, 3), dtype=np.uint8))
    whole = encoded(noise, kind)
    with pytest.raises(ImageDamagedError):
        decode_image(whole[: len(whole) // 3], clock, "file")


def test_a_letter_renamed_to_a_picture_is_no_picture(tmp_path, clock):
    letter = tmp_path / "passport.jpg"
    letter.write_text("Dear officer, this is my passport. " * 40, encoding="utf-8")
    with pytest.raises(ImageNotAnImageError):
        load_image(letter, clock)


@pytest.mark.parametrize("other", [b"%PDF-1.7\n" + b"\0" * 400, b"%!PS-Adobe-3.0 EPSF-3.0\n"])
def test_formats_that_were_not_promised_are_not_opened(other, clock):
    with pytest.raises(ImageNotAnImageError):
        decode_image(other, clock, "file")


def test_an_empty_file_and_a_single_pixel_are_empty(tmp_path, clock):
    nothing = tmp_path / "nothing.png"
    nothing.touch()
    with pytest.raises(ImageEmptyError):
        load_image(nothing, clock)
    with pytest.raises(ImageEmptyError):
        decode_image(encoded(Image.new("RGB", (1, 1)), "PNG"), clock, "file")


@pytest.mark.parametrize("name", ["absent.png", "nul\0name.png"])
def test_a_missing_file_and_an_impossible_name_are_missing(name, tmp_path, clock):
    with pytest.raises(ImageMissingError):
        load_image(tmp_path / name, clock)


def test_a_folder_a_device_and_a_pipe_nobody_writes_are_no_files_and_not_waited_for(tmp_path, clock):
    os.mkfifo(tmp_path / "pipe.jpg")
    for path in (tmp_path, Path("/dev/zero"), tmp_path / "pipe.jpg"):
        with pytest.raises(NotAFileError):
            load_image(path, clock)


FLIPS = st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255)), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["PNG", "JPEG", "TIFF", "WEBP", "BMP"]), FLIPS)
def test_a_file_with_flipped_bytes_gives_a_picture_or_a_coded_error(kind, flips):
    content = bytearray(encoded(half_red(), kind))
    for at, value in flips:
        content[at % len(content)] = value
    code = "a picture"
    try:
        decode_image(bytes(content), fixed_clock(datetime(2026, 3, 14, tzinfo=UTC)), "file")
    except BmisError as error:
        code = error.code
    assert code == "a picture" or code.startswith("BMIS-15")


def test_a_preview_keeps_proportions_and_never_grows(clock):
    frame = decode_image(encoded(half_red((400, 200)), "PNG"), clock, "file")
    small = frame.to_rgb_bytes(max_width=100, max_height=100)
    assert (small.width, small.height, small.stride, len(small.pixels)) == (100, 50, 300, 15_000)
    same = frame.to_rgb_bytes(max_width=9_000)
    assert (same.width, same.height) == (400, 200)


def test_a_crop_outside_the_frame_is_nothing_and_one_over_the_edge_is_cut(clock):
    frame = decode_image(encoded(half_red(), "PNG"), clock, "file")
    assert frame.crop(Box(70, 0, 10, 10)) is None
    part = frame.crop(Box(-10, -10, 30, 30))
    assert part is not None
    assert (part.width, part.height) == (20, 20)


def test_a_turned_rectangle_is_cut_upright(clock):
    frame = decode_image(encoded(half_red(), "PNG"), clock, "file")
    sideways = Quad((63, 0), (63, 39), (0, 39), (0, 0))  # read from the upper right corner downwards
    cut = frame.cut(sideways)
    assert (cut.width, cut.height) == (39, 63)
    assert min(colour(cut, 20, 5)) > 230  # its upper part is the white right half
    assert colour(cut, 20, 58)[1] < 40


def test_a_stored_photograph_stays_within_its_bytes_and_carries_no_metadata(clock):
    noise = np.random.default_rng(7).integers(0, 255, (900, 900, 3), dtype=np.uint8)
    mark = Image.Exif()
    mark[0x010E] = "secret place"
    frame = decode_image(encoded(Image.fromarray(noise), "JPEG", exif=mark, quality=95), clock, "file")
    kept = frame.to_jpeg(90, max_bytes=40_000)
    assert len(kept) <= 40_000
    assert b"secret place" not in kept
    assert Image.open(io.BytesIO(kept)).format == "JPEG"


def test_nobody_can_change_a_frame_that_others_hold(clock):
    frame = decode_image(encoded(half_red(), "PNG"), clock, "file")
    with pytest.raises(ValueError, match="read-only"):
        frame._pixels[0, 0] = 0
    assert "pixels" not in repr(frame)
