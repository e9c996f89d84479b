"""Seals on photographed cards: read from a frame of a camera, from files, by us and by a reader we did not write."""

import io
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from PIL import Image

from bmis.capture.errors import ImageDamagedError, ImageNotAnImageError
from bmis.capture.file_reader import FileReader
from bmis.capture.frame import Frame
from bmis.capture.seal_codes import read_seal_codes
from tests.drawn_cards import HEIGHT, SHOTS, WIDTH, code
from tests.sealing import Authority

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def text():
    authority = Authority()
    return authority.seal(authority.signer())


@pytest.fixture(scope="module")
def files():
    with FileReader() as reader:
        yield reader


@pytest.mark.parametrize("shot", SHOTS)
def test_a_card_before_the_camera_is_read(shot, text):
    frame = Frame.of_pixels(SHOTS[shot].taken(text), AT, "camera 0")

    assert (frame.width, frame.height) == (WIDTH, HEIGHT)
    assert [found.text for found in read_seal_codes(frame)] == [text]


def test_a_code_of_which_each_module_is_two_pixels_is_read(text, files, tmp_path):
    (tmp_path / "small.png").write_bytes(code(text, scale=2))

    assert files.codes(tmp_path / "small.png") == (text.encode(),)


def test_a_picture_of_nothing_has_no_codes(files, tmp_path):
    Image.new("RGB", (640, 480), (90, 90, 90)).save(tmp_path / "grey.png")

    assert files.codes(tmp_path / "grey.png") == ()


def test_the_codes_of_a_picture_are_given_each_once(text, files, tmp_path):
    one, other = (Image.open(io.BytesIO(code(each, scale=4))) for each in (text, "OTHER"))
    sheet = Image.new("L", (900, 700), 255)
    for place in ((0, 0), (450, 0)):
        sheet.paste(one, place)
    sheet.paste(other, (0, 400))
    sheet.save(tmp_path / "sheet.png")

    assert sorted(files.codes(tmp_path / "sheet.png")) == sorted([text.encode(), b"OTHER"])


def test_a_file_that_is_no_picture_or_a_broken_one_is_said_to_be(text, files, tmp_path):
    (tmp_path / "words.png").write_bytes(b"no picture")
    (tmp_path / "broken.png").write_bytes(code(text)[:200])

    with pytest.raises(ImageNotAnImageError):
        files.codes(tmp_path / "words.png")
    with pytest.raises(ImageDamagedError):
        files.codes(tmp_path / "broken.png")


def test_zbar_reads_from_the_printed_code_exactly_what_was_sealed(text, tmp_path):
    zbarimg = shutil.which("zbarimg")
    assert zbarimg, "install zbar-tools (tools/house/apt.txt): it judges our codes"
    for error in "mq":
        (tmp_path / "code.png").write_bytes(code(text, error=error))
        said = subprocess.run(
            [zbarimg, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", tmp_path / "code.png"],
            capture_output=True,
            check=True,
        )
        assert said.stdout.removesuffix(b"\n") == text.encode()
