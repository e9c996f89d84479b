"""A hostile file reaches its own process and no further: the desk goes on, and the next file is read."""

import io
import os
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bmis.capture.errors import (
    FileCrashedError,
    FileTooHeavyError,
    FileTooSlowError,
    FileWorkerAbsentError,
    ImageEmptyError,
    ImageMissingError,
    ImageTooLargeError,
    NotAFileError,
)
from bmis.capture.file_reader import FileReader, worker_command
from bmis.capture.images import load_image
from bmis.capture.second_opinion import OpinionState
from bmis.kernel.errors import BmisError
from bmis.kernel.resources import resource
from tests.light_readers import ERIKSSON

SPECIMEN = resource("training", "specimens", "td3-passport.png")
TODAY = date(2026, 11, 22)
POSIX = pytest.mark.skipif(os.name != "posix", reason="limits of a process that it sets itself are POSIX")


def reader(name="Light", second="Second", **limits):
    return FileReader(f"tests.light_readers:{name}", f"tests.light_readers:{second}", **limits)


@pytest.fixture(scope="module")
def light():
    with reader() as one:
        yield one


def saved(path, picture, **options):
    picture.save(path, **options)
    return path


def with_zone(size=(400, 300)):
    page = Image.new("RGB", size, "white")
    page.paste((40, 40, 40), (0, size[1] * 4 // 5, *size))
    return page


def peak_mb(files):
    status = Path(f"/proc/{files._process.process.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def test_a_file_is_read_with_what_it_cost(light, tmp_path):
    read = light.read(saved(tmp_path / "page.png", with_zone()), TODAY)

    assert read.reading.lines == ERIKSSON
    assert (read.page, read.frame, read.second) == (None, None, None)
    assert read.facts["format"] == "PNG"
    assert read.ms > 0
    assert read.cpu_ms > 0


def test_a_file_without_a_zone_says_what_it_cost_too(light, tmp_path):
    read = light.read(saved(tmp_path / "page.jpg", Image.new("RGB", (800, 600), "white")), TODAY)

    assert read.reading is None
    assert read.cpu_ms > 0


def test_the_page_with_the_zone_is_named(light, tmp_path):
    blank = Image.new("RGB", (400, 300), "white")
    scan = saved(tmp_path / "scan.pdf", blank, save_all=True, append_images=[blank, with_zone()])

    assert light.read(scan, TODAY).page == 3


def test_a_second_reader_is_asked_on_request(light, tmp_path):
    page = saved(tmp_path / "page.png", with_zone())

    opinion = light.read(page, TODAY, second_opinion=True).second

    assert (opinion.state, opinion.reader, opinion.differs_at) == (OpinionState.DIFFERS, "second", ((1, 43),))


def test_the_desk_sees_the_same_picture_as_without_a_worker(light, clock):
    frame = light.picture(SPECIMEN, clock)
    here = load_image(SPECIMEN, clock)

    assert frame.to_png() == here.to_png()
    assert (frame.taken_at, frame.facts) == (here.taken_at, here.facts)


def test_a_name_that_the_system_cannot_show_is_opened(light, tmp_path):
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/passe\xe9port.png"))
    saved(tmp_path / "page.png", with_zone()).rename(odd)

    assert light.read(odd, TODAY).reading is not None


def test_folders_devices_pipes_and_impossible_names_do_not_hold_it(light, tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    begun = time.monotonic()
    for path, told in {
        tmp_path: NotAFileError,
        Path("/dev/zero"): NotAFileError,
        tmp_path / "pipe.jpg": NotAFileError,
        tmp_path / "none.jpg": ImageMissingError,
        Path("nul\0.jpg"): ImageMissingError,
    }.items():
        with pytest.raises(told):
            light.read(path, TODAY)
    (tmp_path / "nothing.pdf").touch()
    with pytest.raises(ImageEmptyError):
        light.picture(tmp_path / "nothing.pdf", None)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("name", "limits", "told"),
    [
        ("Sleeps", {"timeout_s": 1.5}, FileTooSlowError),
        pytest.param("Works", {"cpu_s": 1}, FileTooSlowError, marks=POSIX),
        pytest.param("Eats", {}, FileTooHeavyError, marks=POSIX),
        ("Dies", {}, FileCrashedError),
        ("Breaks", {}, FileCrashedError),
    ],
)
def test_a_file_that_breaks_its_process_is_told_and_the_next_one_gets_another(name, limits, told, tmp_path, clock):
    page = saved(tmp_path / "page.png", with_zone())
    with reader(name, **limits) as files:
        files.start()
        first = files._process
        begun = time.monotonic()
        with pytest.raises(told) as trouble:
            files.read(page, TODAY)
        assert time.monotonic() - begun < 60  # of an overloaded machine
        assert "MONDLANE" not in str(trouble.value.facts)
        assert not first.alive
        assert files.picture(page, clock).width == 400


@POSIX
def test_a_process_that_is_killed_between_two_files_is_replaced(tmp_path):
    page = saved(tmp_path / "page.png", with_zone())
    with reader() as files:
        files.read(page, TODAY)
        os.killpg(files._process.process.pid, signal.SIGKILL)
        files._process.process.wait()
        assert files.read(page, TODAY).reading is not None


@POSIX
def test_nothing_is_left_running(tmp_path):
    with reader("Sleeps", timeout_s=1.0) as files:
        files.start()
        process = files._process.process
        with pytest.raises(FileTooSlowError):
            files.read(saved(tmp_path / "page.png", with_zone()), TODAY)
    assert process.poll() is not None


@POSIX
def test_the_process_ends_with_its_program(tmp_path):
    program = (
        "import os, sys; from bmis.capture.file_reader import FileReader; files = FileReader(); files.start();"
        "print(files._process.process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    left = Path(f"/proc/{int(ended.stdout)}")
    deadline = time.monotonic() + 10
    while left.exists() and "Z" not in (left / "stat").read_text(encoding="ascii").split()[2:3]:
        assert time.monotonic() < deadline, "it is still there"
        time.sleep(0.05)


def test_a_program_that_cannot_start_it_says_so(tmp_path):
    for command in ([str(tmp_path / "none")], [sys.executable, "-c", "raise SystemExit(3)"]):
        with pytest.raises(FileWorkerAbsentError):
            FileReader(command=command).start()


def test_a_bundled_program_calls_itself_as_the_worker(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command("a:B", "-", 20)[1:] == ["--file-worker", "a:B", "-", "20"]


def test_two_threads_may_ask_at_once(light, tmp_path):
    page = saved(tmp_path / "page.png", with_zone())
    lines = []
    threads = [threading.Thread(target=lambda: lines.append(light.read(page, TODAY).reading.lines)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lines == [ERIKSSON] * 4


@POSIX
def test_a_telephone_s_forty_megapixels_are_read_in_bounded_memory(tmp_path):
    for name, options in {"photo.jpg": {"quality": 85}, "scan.png": {"compress_level": 1}}.items():
        page = saved(tmp_path / name, with_zone((7304, 5478)), **options)
        with reader() as files:
            read = files.read(page, TODAY)
            assert read.reading is not None
            assert (read.facts["width"], read.facts["reduced"]) == (7304, 2)
            assert peak_mb(files) < 350


def png_of(width, height):
    """Return a small PNG that is honest about being as large as it says."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(width * 3 + 1)) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@POSIX
def test_bombs_cost_neither_time_nor_memory(light, tmp_path):
    bombs = {
        "png.png": png_of(9_000, 9_000),
        "tiff.tif": tiff_that_promises(60_000, 60_000),
        "gif.gif": b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + b"\0" * 6 + b",",
        "webp.webp": webp_that_promises(16_383, 16_383),
        "jpeg.jpg": jpeg_that_promises(65_000, 65_000),
    }
    for name, content in bombs.items():
        (tmp_path / name).write_bytes(content)
        begun = time.monotonic()
        with pytest.raises(BmisError) as told:
            light.read(tmp_path / name, TODAY)
        assert told.value.code in {"BMIS-152", "BMIS-153", "BMIS-169"}, name
        assert time.monotonic() - begun < 20, name
    assert peak_mb(light) < 350
    with pytest.raises(ImageTooLargeError):
        light.read(tmp_path / "png.png", TODAY)


def tiff_that_promises(width, height):
    small = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(small, "TIFF")
    content = bytearray(small.getvalue())
    for tag, value in ((256, width), (257, height)):
        at = content.index(struct.pack("<HHI", tag, 3, 1)) if struct.pack("<HHI", tag, 3, 1) in content else None
        at = at if at is not None else content.index(struct.pack("<HHI", tag, 4, 1))
        struct.pack_into("<HHII", content, at, tag, 4, 1, value)
    return bytes(content)


def webp_that_promises(width, height):
    small = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(small, "WEBP", quality=50)
    content = bytearray(small.getvalue())
    at = content.index(b"\x9d\x01\x2a") + 3
    struct.pack_into("<HH", content, at, width, height)
    return bytes(content)


def jpeg_that_promises(width, height):
    small = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(small, "JPEG")
    content = bytearray(small.getvalue())
    struct.pack_into(">HH", content, content.index(b"\xff\xc0") + 5, height, width)
    return bytes(content)


@POSIX
def test_a_pdf_that_draws_for_ever_is_stopped(tmp_path):
    strokes = b"".join(b"0 0 m %d 900 l 900 %d l S " % (number % 900, number % 899) for number in range(400))
    (tmp_path / "bomb.pdf").write_bytes(nested_pdf(strokes, depth=7, fan=9))
    with reader(cpu_s=2) as files:
        begun = time.monotonic()
        with pytest.raises((FileTooSlowError, FileTooHeavyError, FileCrashedError)):  # PDFium ends without memory
            files.read(tmp_path / "bomb.pdf", TODAY)
        assert time.monotonic() - begun < 60


def nested_pdf(content, depth, fan):
    """Return a PDF whose page draws a form that draws ``fan`` forms, and so on."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        4: b"<</Length 5>>stream\n/X Do\nendstream",
    }
    for level in range(depth):
        number = 5 + level
        body = b"/X Do " * fan if level < depth - 1 else content
        link = b"/Resources<</XObject<</X %d 0 R>>>>" % (number + 1) if level < depth - 1 else b""
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 900 900]" + link + b"/Length %d>>" % len(body)
        objects[number] = head + b"stream\n" + body + b"\nendstream"
    text, places = b"%PDF-1.7\n", []
    for number, each in objects.items():
        places.append(len(text))
        text += b"%d 0 obj" % number + each + b"endobj\n"
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % place for place in places)
    return text + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(text))


@POSIX
def test_limits_are_in_force_within_their_block_and_can_be_lifted():
    ask = """
import resource as system
from bmis.capture.file_limits import FileLimits
def soft():
    return [system.getrlimit(what)[0] for what in (system.RLIMIT_AS, system.RLIMIT_CPU)]
before, limits = soft(), FileLimits(cpu_s=500)
with limits.strict():
    strict = soft()
    with limits.lifted():
        assert soft() == before
    assert soft() == strict != before
    assert all(0 < value < 1 << 40 for value in strict)
assert soft() == before
assert system.getrlimit(system.RLIMIT_CORE)[0] == 0
print("so it is")
"""
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "so it is"


def test_the_program_itself_loads_no_decoder_of_foreign_files():
    ask = (
        "import sys, bmis.capture.file_reader;"
        "print([name for name in sys.modules if name.split('.')[0] in ('cv2', 'pi_heif', 'pypdfium2', 'onnxruntime')])"
    )
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_a_picture_may_have_any_number_of_pixels_up_to_the_limit(light, tmp_path, clock):
    noise = np.random.default_rng(3).integers(0, 255, (17, 3001, 3), dtype=np.uint8)
    assert light.picture(saved(tmp_path / "line.png", Image.fromarray(noise)), clock).width == 3001
