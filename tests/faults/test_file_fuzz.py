"""Five hundred broken files, one after another: each ends as an answer or a coded error, in bounded time and memory."""

import io
import random
import struct
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bmis.capture.errors import FileCrashedError
from bmis.capture.file_reader import FileReader
from bmis.capture.opencv import write_film
from bmis.kernel.errors import BmisError
from bmis.kernel.resources import resource
from tests.heic_writer import heic
from ui.words.errors import describe

SEED = 20261122
FILES = 500
MOST_S = 20.0  # of one file
MOST_MEMORY_MB = 400  # of the process that reads them, all files taken together
TODAY = date(2026, 11, 22)


def encoded(picture, kind, **options):
    sink = io.BytesIO()
    picture.save(sink, kind, **options)
    return sink.getvalue()


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory):
    """One small file of each kind that is read, of a synthetic passport."""
    page = Image.open(resource("training", "specimens", "td3-passport.png")).convert("RGB").resize((284, 200))
    other = page.transpose(Image.Transpose.ROTATE_180)
    exif = Image.Exif()
    exif[0x0112] = 6
    film = tmp_path_factory.mktemp("film") / "film.avi"
    assert write_film(str(film), [np.ascontiguousarray(np.asarray(page)[..., ::-1])] * 3, 6.0)
    sixteen = Image.fromarray(np.asarray(page.convert("L")).astype(np.uint16) * 257)
    return {
        "jpg": encoded(page, "JPEG", exif=exif),
        "progressive.jpg": encoded(page, "JPEG", progressive=True),
        "cmyk.jpg": encoded(page.convert("CMYK"), "JPEG"),
        "png": encoded(page, "PNG"),
        "sixteen.png": encoded(sixteen, "PNG"),
        "palette.png": encoded(page.convert("P"), "PNG"),
        "tif": encoded(page, "TIFF", save_all=True, append_images=[other]),
        "lzw.tif": encoded(page, "TIFF", compression="tiff_lzw"),
        "webp": encoded(page, "WEBP"),
        "moving.webp": encoded(page, "WEBP", save_all=True, append_images=[other], duration=50),
        "bmp": encoded(page, "BMP"),
        "gif": encoded(page, "GIF", save_all=True, append_images=[other]),
        "heic": heic(page),
        "pdf": encoded(page, "PDF", save_all=True, append_images=[other]),
        "avi": film.read_bytes(),
    }


def broken(whole, chance):
    """Return the file with flipped bits, a part missing, doubled or moved, or another number in its header."""
    content = bytearray(whole)
    for _ in range(chance.randint(1, 3)):
        how = chance.choice(("flip", "flip in the head", "cut", "drop", "double", "number", "number", "fill"))
        at = chance.randrange(max(1, len(content)))
        length = chance.randint(1, max(1, len(content) // 8))
        if how == "flip":
            for _ in range(chance.randint(1, 30)):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        elif how == "flip in the head":
            for _ in range(chance.randint(1, 6)):
                content[chance.randrange(min(len(content), 400))] ^= 1 << chance.randrange(8)
        elif how == "cut":
            del content[max(1, at) :]
        elif how == "drop":
            del content[at : at + length]
        elif how == "double":
            content[at:at] = content[at : at + length]
        elif how == "number":
            place = chance.randrange(min(len(content), 600))
            wide = chance.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, chance.randrange(1 << 32)))
            packed = struct.pack(chance.choice("<>") + "I", wide)
            content[place : place + 4] = packed[: chance.choice((2, 4))] if chance.random() < 0.5 else packed
        else:
            content[at : at + length] = bytes((chance.choice((0, 255)),)) * length
        content = content or bytearray(b"\0")
    return bytes(content)


def peak_mb(process_id):
    for line in Path(f"/proc/{process_id}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the system does not say")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_five_hundred_broken_files_end_as_an_answer_or_a_coded_error(whole_files, tmp_path):
    chance = random.Random(SEED)
    kinds = list(whole_files)
    ends, crashed, unworded, slowest, most_mb = Counter(), [], [], 0.0, 0.0
    with FileReader("tests.light_readers:Light") as files:
        for number in range(FILES):
            kind = kinds[number % len(kinds)]
            path = tmp_path / f"broken.{kind}"
            path.write_bytes(broken(whole_files[kind], chance))
            files.start()
            process_id = files._process.process.pid
            begun = time.monotonic()
            try:
                read = files.read(path, TODAY)
                ends["zone" if read.reading else "no zone"] += 1
                assert read.cpu_ms >= 0
            except BmisError as error:
                ends[error.code] += 1
                unworded += [error.code] if describe(error).code != error.code else []
                if isinstance(error, FileCrashedError):
                    crashed.append((number, kind, error.facts))
            slowest = max(slowest, time.monotonic() - begun)
            if files._process is not None and files._process.process.pid == process_id:
                most_mb = max(most_mb, peak_mb(process_id))
    assert sum(ends.values()) == FILES
    assert unworded == []
    assert [each for each in crashed if "reason" in each[2]] == [], "a fault of ours, not of a decoder"
    assert slowest < MOST_S
    assert most_mb < MOST_MEMORY_MB
    assert ends["zone"] + ends["no zone"] > 50, ends  # small damage does not stop a reading
    assert ends["BMIS-153"] > 50, ends


def test_the_whole_files_are_read(whole_files, tmp_path):
    with FileReader("tests.light_readers:Light") as files:
        for kind, content in whole_files.items():
            path = tmp_path / f"whole.{kind}"
            path.write_bytes(content)
            assert files.read(path, TODAY).facts["format"], kind
