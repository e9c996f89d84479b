"""`make run` without a display: the walk leaves what a person would want to see, and it is what the store holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from bmis.crossings.paperwork.slip import crossing_number
from bmis.crossings.payload import crossing_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    out = tmp_path_factory.mktemp("walk") / "demo"
    run = subprocess.run(
        [sys.executable, "-m", "tools.demo_walk", "--out", out],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    said = [Path(line.strip()) for line in run.stdout.splitlines() if line.startswith("  ")]
    assert said
    assert all((ROOT / path).exists() for path in said)
    return out


def _held(left):
    return [json.loads(path.read_text()) for path in sorted(left.glob("*.json"))]


def _text(pdf):
    return " ".join(page.extract_text() for page in PdfReader(pdf).pages)


@pytest.mark.slow
def test_the_passport_read_from_the_frames_is_the_one_that_the_store_holds(left):
    admitted = _held(left)[0]

    truth = json.loads((ROOT / "resources/training/replay/truth.json").read_text())
    printed = next(one["lines"] for one in truth if one["file"] == "003-passport-held.jpg")
    assert admitted["request"]["document"]["mrz_lines"] == printed
    assert admitted["request"]["document"]["capture_method"] == "camera"
    assert admitted["verdict"]["decision"] == "ADMITTED"


@pytest.mark.slow
def test_the_slip_says_what_the_store_holds(left):
    (slip,) = left.glob("*slip*.pdf")
    crossing = crossing_of(_held(left)[0])

    words = _text(slip)

    assert crossing_number(crossing) in words
    assert crossing.document.number in words
    assert "TREINO" in words


@pytest.mark.slow
def test_a_card_without_a_zone_is_kept_with_the_reason_for_typing_it(left):
    card = _held(left)[1]["request"]["document"]

    assert (card["kind"], card["number"]) == ("identity_card_moz", "110200334455M")
    assert card["manual_reason"]
    assert "mrz_lines" not in card


@pytest.mark.slow
def test_the_refusal_has_its_answer_on_protection_and_its_notice(left):
    refused = _held(left)[2]
    (notice,) = left.glob("*notice*.pdf")

    assert refused["verdict"]["decision"] == "REFUSED_ENTRY"
    assert refused["verdict"]["reasons"] == ["E1"]
    assert refused["verdict"]["refusal"]["protection_claim"] is False
    assert "recusa de entrada não significa interdição" in " ".join(_text(notice).split()).lower()


@pytest.mark.slow
def test_each_step_has_its_picture(left):
    pictures = sorted(path.name[3:-4] for path in left.glob("*.png"))

    assert {"iniciar-sessao", "via", "passaporte-lido", "verificado", "guardado", "recusa", "recusa-guardada"} <= set(
        pictures
    )
    assert "parou-aqui" not in pictures
