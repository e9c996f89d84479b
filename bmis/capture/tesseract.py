"""Tesseract with the ``mrz`` model: pictures go in by its standard input, so that none touches a disk."""

import html
import os
import re
import shutil
import subprocess
from pathlib import Path

from bmis.capture.zone_text import OcrLine

MODEL = "mrz"
_LINE = re.compile(r"<span class='ocr_(?:line|header|caption|textfloat)'")
_CHAR = re.compile(r"<span class='ocrx_cinfo' title='x_bboxes (\d+) (\d+) (\d+) (\d+); x_conf ([\d.]+)'>([^<]*)</span>")
_CALL_TIMEOUT_S = 15.0


def tesseract_path() -> str | None:
    """Return where the program is, or nothing."""
    return shutil.which("tesseract")


def recognise(program: str, models: Path, picture_pnm: bytes) -> list[OcrLine]:
    """Return the lines of one block of text in ``picture_pnm`` (a PGM file's bytes), empty where it fails."""
    command = [program, "stdin", "stdout", "--tessdata-dir", str(models), "-l", MODEL, "--psm", "6"]
    for setting in ("load_system_dawg=F", "load_freq_dawg=F", "tessedit_create_hocr=1", "hocr_char_boxes=1"):
        command += ["-c", setting]
    answer = subprocess.run(
        command,
        input=picture_pnm,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=_CALL_TIMEOUT_S,
        check=False,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # several threads are slower on one short line
    )
    return parse_hocr(answer.stdout.decode("utf-8", "replace")) if answer.returncode == 0 else []


def parse_hocr(untrusted_hocr: str) -> list[OcrLine]:
    """Return the lines of Tesseract's hOCR answer with a confidence for each character."""
    lines = []
    for part in _LINE.split(untrusted_hocr)[1:]:
        chars = [
            (html.unescape(text), float(confidence) / 100, (int(left), int(top), int(right), int(bottom)))
            for left, top, right, bottom, confidence, text in _CHAR.findall(part)
        ]
        chars = [(text.upper(), min(value, 1.0), box) for text, value, box in chars if len(text) == 1]
        if chars:
            boxes = [box for _, _, box in chars]
            whole = (
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            )
            text = "".join(char for char, _, _ in chars)
            lines.append(OcrLine(text, tuple(round(value, 3) for _, value, _ in chars), whole))
    return lines
