"""Whatever a traveller sends, its pages come out as seen: HEIC, PDF, films; what cannot be read has its code."""

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from bmis.capture.errors import (
    FileLockedError,
    FilmDamagedError,
    FilmTooLargeError,
    ImageDamagedError,
    ImageEmptyError,
    ImageNotAnImageError,
    PdfDamagedError,
    PdfEmptyError,
)
from bmis.capture.file_pages import pages_of, prepare
from bmis.capture.film_frames import MAX_LOOKS, decode_film
from bmis.capture.images import decode_image
from bmis.capture.opencv import write_film
from bmis.capture.pdf_pages import MAX_PAGE_PIXELS, MAX_PAGES, decode_pdf
from bmis.capture.untrusted_file import FileKind, kind_of
from bmis.kernel.resources import resource
from tests.heic_writer import heic

SPECIMEN = resource("training", "specimens", "td3-passport.png")


def all_pages(path, clock):
    return list(pages_of(path, prepare(path), clock))


def shown(frame):
    rgb = frame.to_rgb_bytes()
    return np.frombuffer(rgb.pixels, np.uint8).reshape(rgb.height, rgb.width, 3).astype(int)


def pdf_of(*pages, **options):
    sink = io.BytesIO()
    pages[0].save(sink, "PDF", save_all=True, append_images=pages[1:], **options)
    return sink.getvalue()


def pdf_text(media_box, content=b"", trailer=b""):
    """Return a PDF of one page written by hand."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + media_box + b"]/Contents 4 0 R>>",
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj" % number + each + b"endobj\n"
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 5/Root 1 0 R" + trailer + b">>\nstartxref\n%d\n%%%%EOF" % len(body)


def film(path, frames, rate=30.0):
    assert write_film(str(path), frames, rate)
    return path


def test_a_telephone_s_heic_comes_out_with_its_colours(clock):
    page = Image.open(SPECIMEN).convert("RGB")

    frame = decode_image(heic(page), clock, "file")

    assert (frame.width, frame.height, frame.facts["format"]) == (1000, 704, "HEIF")
    assert np.abs(shown(frame) - np.asarray(page, dtype=int)).mean() < 2


def test_a_heic_that_breaks_off_is_damaged(clock):
    whole = heic(Image.open(SPECIMEN).resize((320, 240)))
    for size in (len(whole) // 3, 200, 20):
        with pytest.raises(ImageDamagedError):
            decode_image(whole[:size], clock, "file")


def test_pages_of_a_pdf_are_drawn_at_240_dots_an_inch_and_numbered(clock):
    red, blue = Image.new("RGB", (620, 877), "red"), Image.new("RGB", (620, 877), "blue")

    first, second = decode_pdf(pdf_of(red, blue, resolution=75), clock, "pdf")

    assert (first.facts["page"], second.facts["page"]) == (1, 2)
    assert abs(first.width - 620 / 75 * 240) <= 2
    assert shown(first)[500, 500].tolist() == [254, 0, 0] or shown(first)[500, 500, 0] > 240
    assert shown(second)[500, 500, 2] > 240


def test_a_long_pdf_is_looked_at_so_far_and_no_further(clock):
    pages = [Image.new("L", (60, 60), 200)] * (MAX_PAGES + 3)
    assert len(list(decode_pdf(pdf_of(*pages), clock, "pdf"))) == MAX_PAGES


@pytest.mark.parametrize("box", [b"0 0 14400 14400", b"0 0 2000000 2000000", b"0 0 100 1000000"])
def test_a_sheet_as_large_as_a_house_is_drawn_small_or_not_at_all(box, clock):
    try:
        frames = list(decode_pdf(pdf_text(box), clock, "pdf"))
    except PdfDamagedError:
        return
    assert all(frame.width * frame.height <= MAX_PAGE_PIXELS * 1.01 for frame in frames)


def test_a_pdf_with_a_password_is_told_as_locked(clock):
    locked = b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"a1" * 32 + b">/U<" + b"b2" * 32 + b">>>"
    locked += b"/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    with pytest.raises(FileLockedError):
        list(decode_pdf(pdf_text(b"0 0 200 200", trailer=locked), clock, "pdf"))


def test_a_pdf_without_pages_and_one_that_breaks_off(clock):
    empty = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        document.save(empty)
    with pytest.raises((PdfEmptyError, PdfDamagedError)):
        list(decode_pdf(empty.getvalue(), clock, "pdf"))
    whole = pdf_of(Image.new("RGB", (200, 200), "red"))
    with pytest.raises(PdfDamagedError):
        list(decode_pdf(whole[:60], clock, "pdf"))


@pytest.mark.parametrize("suffix", ["avi", "mkv", "mov", "mp4"])
def test_a_film_is_looked_at_six_times_a_second_whatever_its_name(suffix, tmp_path, clock):
    frames = [np.full((240, 320, 3), 4 * number, np.uint8) for number in range(60)]
    path = film(tmp_path / "film.avi", frames).rename(tmp_path / f"film.{suffix}")

    looked_at = all_pages(path, clock)

    assert [frame.facts["frame"] for frame in looked_at] == list(range(1, 61, 5))
    assert abs(shown(looked_at[2]).mean() - 40) < 6


class EndlessFilm:
    """A film that says it has no end, or whatever it is asked to say."""

    def __init__(self, size=(64, 48), rate=30.0, frames=10**9):
        self.opened, self.size, self.frames_a_second, self.left, self.asked = True, size, rate, frames, 0

    def next(self):
        self.asked += 1
        self.left -= 1
        return np.zeros((self.size[1], self.size[0], 3), np.uint8) if self.left >= 0 else None

    def skip(self):
        self.asked += 1
        self.left -= 1
        return self.left >= 0

    def release(self):
        self.released = True


@pytest.mark.parametrize("rate", [0.0, 1.0, 30.0, 1e9])
def test_a_film_of_hours_is_left_after_few_looks(rate, clock):
    endless = EndlessFilm(rate=rate)

    frames = list(decode_film(Path("film.mp4"), clock, "film", lambda _path: endless))

    assert len(frames) == MAX_LOOKS
    assert endless.asked < 10_000
    assert endless.released


def test_a_film_of_giant_frames_is_refused_before_one_is_decoded(clock):
    giant = EndlessFilm(size=(16_000, 12_000))
    with pytest.raises(FilmTooLargeError) as told:
        list(decode_film(Path("film.mp4"), clock, "film", lambda _path: giant))
    assert (told.value.facts, giant.asked) == ({"megapixels": 192}, 0)


def test_a_film_without_a_frame_is_damaged(tmp_path, clock):
    with pytest.raises(FilmDamagedError):
        list(decode_film(Path("film.mp4"), clock, "film", lambda _path: EndlessFilm(frames=0)))
    header_only = tmp_path / "film.mp4"
    header_only.write_bytes(b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\0\0\0\x08mdat")
    with pytest.raises(FilmDamagedError):
        all_pages(header_only, clock)


def test_a_list_of_addresses_that_is_named_a_film_is_no_film(tmp_path, clock):
    playlist = tmp_path / "film.mp4"
    playlist.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/secret.ts\n")
    with pytest.raises(ImageNotAnImageError):
        all_pages(playlist, clock)


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04" + b"\0" * 60, b"<svg>", b"\0" * 100])
def test_what_is_none_of_these_is_told_so(content, tmp_path, clock):
    path = tmp_path / "passport.jpg"
    path.write_bytes(content)
    with pytest.raises(ImageNotAnImageError if content else ImageEmptyError):
        all_pages(path, clock)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x18ftypheic", FileKind.HEIF),
        (b"\0\0\0\x18ftypmif1", FileKind.HEIF),
        (b"\0\0\0\x18ftypisom", FileKind.FILM),
        (b"\0\0\0\x14ftypqt  ", FileKind.FILM),
        (b"\x1a\x45\xdf\xa3", FileKind.FILM),
        (b"RIFF\0\0\0\0AVI LIST", FileKind.FILM),
        (b"RIFF\0\0\0\0WEBPVP8 ", FileKind.PICTURE),
        (b"\r\n%PDF-1.4", FileKind.PDF),
        (b"RIFF\0\0\0\0WAVEfmt ", FileKind.UNKNOWN),
    ],
)
def test_a_file_is_known_by_its_first_bytes(head, kind):
    assert kind_of(head) is kind
