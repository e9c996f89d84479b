"""The code of a health certificate read out of a picture, as the page of certificates does it."""

import io
import json
from pathlib import Path

import pytest
import segno
from PIL import Image

from bmis.capture.errors import ImageNotAnImageError
from poe_health.certificates.errors import CertificatesInPictureError, NoCertificateInPictureError
from poe_health.certificates.hc1 import read_hc1
from tests.unit.poe_health.certificates.cert_issuer import DCC, ICVP, Issuer
from ui.office.health_supervisor import KeptTrust

EUROPEAN = json.loads(Path("tests/data/certificates/eu_dcc_at_1.json").read_text("utf-8"))["PREFIX"]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return KeptTrust(tmp_path_factory.mktemp("home"))


def drawn(text, scale=4):
    sink = io.BytesIO()
    segno.make(text, micro=False).save(sink, kind="png", scale=scale, border=4)
    return Image.open(sink).convert("L")


def sheet(path, *texts, turned=0):
    """Lay codes on a page and take its picture as a telephone does."""
    page = Image.new("L", (1600, 1200), 245)
    for at, text in enumerate(texts):
        page.paste(drawn(text), (60 + at * 760, 200))
    page.rotate(turned, expand=True, fillcolor=120).convert("RGB").save(path, quality=70)
    return path


@pytest.mark.parametrize("scale", [2, 3, 8])
@pytest.mark.parametrize("text", [EUROPEAN, Issuer().text(ICVP), Issuer().text(DCC)], ids=["other", "icvp", "dcc"])
def test_a_real_code_is_read_to_the_letter_and_can_be_decoded(shelf, tmp_path, text, scale):
    drawn(text, scale).save(tmp_path / "code.png")

    found = shelf.code_in(tmp_path / "code.png")

    assert found == text
    assert read_hc1(found).payload


@pytest.mark.parametrize("turned", [0, 7, 90, 187])
def test_a_photographed_page_is_read_whichever_way_it_lies(shelf, tmp_path, turned):
    assert shelf.code_in(sheet(tmp_path / "page.jpg", EUROPEAN, turned=turned)) == EUROPEAN


def test_the_certificate_is_found_beside_another_code_and_two_of_them_are_told(shelf, tmp_path):
    other = "https://example.org/nothing"

    assert shelf.code_in(sheet(tmp_path / "one.jpg", other, EUROPEAN)) == EUROPEAN
    with pytest.raises(CertificatesInPictureError):
        shelf.code_in(sheet(tmp_path / "two.jpg", Issuer().text(ICVP), EUROPEAN))


def test_a_picture_without_a_certificate_and_a_file_that_is_none_are_refused(shelf, tmp_path):
    with pytest.raises(NoCertificateInPictureError):
        shelf.code_in(sheet(tmp_path / "none.jpg", "https://example.org/nothing"))
    (tmp_path / "words.jpg").write_text("nothing")
    with pytest.raises(ImageNotAnImageError):
        shelf.code_in(tmp_path / "words.jpg")
