"""A printed card under a camera: rendered, distorted as a lens and a night distort it, and read back."""

import shutil
import subprocess

import pytest

from bmis.capture.frame import Frame
from bmis.capture.seal_codes import read_seal_codes
from bmis.documents.seals.reading import SealedPass, read_seal
from bmis.kernel.i18n import speaking
from bmis.paper.pass_card import SEAL_SIDE, pass_card
from bmis.paper.pass_sheet import pass_sheet
from bmis.paper.qr import qr_png
from bmis.trust.verify_seal import SealAnswer, verify_read
from tests.printed_passes import SHOTS, pages, paper, shots, text_of
from tests.sealing import NOON, ROSA, Authority

LEAST_READ = 0.95


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def signer(authority):
    return authority.signer()


@pytest.fixture(scope="module")
def seal(authority, signer):
    return authority.seal(signer)


@pytest.fixture(scope="module")
def back(seal):
    return pages(pass_card(paper(seal)))[1]


def read(pixels):
    codes = read_seal_codes(Frame.of_pixels(pixels, NOON, "test"))
    return [code.payload.decode("ascii") for code in codes]


def test_the_printed_card_is_read_back_from_sixty_bad_pictures(back, seal, record_property, capsys):
    taken = list(shots())
    good = [read(shot.taken(back, at)) == [seal] for at, shot in enumerate(taken)]

    share = sum(good) / len(good)
    record_property("read", f"{sum(good)} of {len(good)}")
    with capsys.disabled():
        print(f"\nprinted cards read back: {sum(good)} of {len(good)}")
    missed = [shot for shot, fine in zip(taken, good, strict=True) if not fine]
    assert len(taken) == SHOTS >= 50
    assert share >= LEAST_READ, missed


def test_what_was_read_from_the_picture_proves_the_pass(back, authority, signer):
    shot = next(iter(shots()))
    found = read_seal(read(shot.taken(back, 0))[0])

    assert isinstance(found, SealedPass)
    assert verify_read(found, authority.trust(signer), NOON).answer is SealAnswer.VALID
    assert (found.seal.surname, found.seal.serial) == (ROSA.surname, ROSA.serial)


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbarimg is not installed")
@pytest.mark.parametrize("form", ["card", "sheet", "phone"])
def test_a_reader_that_we_did_not_write_reads_every_form(form, seal, back, tmp_path):
    file = tmp_path / "pass.png"
    if form == "phone":
        file.write_bytes(qr_png(seal))
    else:
        (back if form == "card" else pages(pass_sheet(paper(seal)), dpi=200)[0]).save(file)

    told = subprocess.run(
        ["zbarimg", "-q", "--raw", str(file)], capture_output=True, text=True, timeout=60, check=False
    )

    assert told.stdout.rstrip("\n") == seal


def test_a_module_of_the_code_is_large_enough_for_a_webcam(seal):
    from bmis.paper.pass_card import SEAL_ERROR
    from bmis.paper.qr import QrCode

    module = SEAL_SIDE / QrCode(seal, SEAL_SIDE, SEAL_ERROR).modules / 72 * 25.4
    assert module >= 0.58, "millimetres"
    assert module * 1280 * 0.5 / 85.6 >= 4, "pixels of a camera in whose frame the card fills half the width"


@pytest.mark.parametrize("language", ["pt", "en"])
def test_card_and_paper_say_in_both_languages_what_they_are_not(seal, language):
    with speaking(language):
        card, sheet = text_of(pass_card(paper(seal))), text_of(pass_sheet(paper(seal)))
    for text in (card, sheet):
        assert "Não é um documento de viagem OACI / Not an ICAO travel document" in " ".join(text.split())
        assert "01234567X" in text
        assert ROSA.surname in text
    assert "Validade" in sheet  # of the first and the last day
    assert "Válido até" not in sheet


def test_a_card_has_two_sides_of_its_size_and_names_nobody_in_its_properties(seal):
    import pypdfium2

    pdf = pass_card(paper(seal))
    document = pypdfium2.PdfDocument(pdf)
    sizes = [tuple(round(side * 25.4 / 72, 1) for side in document[at].get_size()) for at in range(len(document))]
    assert sizes == [(85.6, 54.0)] * 2
    assert ROSA.surname not in str(document.get_metadata_dict())
    assert pass_card(paper(seal)) == pdf, "the same values give the same bytes"


def test_a_pass_that_is_not_sealed_yet_says_so_where_the_code_will_be(seal):
    assert "por selar" in text_of(pass_card(paper(None)))
    assert "por selar" in text_of(pass_sheet(paper(None)))
    assert len(pages(pass_sheet(paper(seal)), dpi=40)) == 1


def test_long_names_and_no_photo_stay_on_the_card_and_on_one_page(seal):
    long = {
        "surname": "Nhamuave " * 8,
        "given_names": "Rosa Maria " * 7,
        "photo": None,
        "posts": ("Ponta do Ouro",) * 6,
    }
    assert len(pages(pass_sheet(paper(seal, **long)), dpi=40)) == 1
    card = pass_card(paper(seal, **long))
    assert "sem fotografia" in text_of(card)
    front = pages(card, dpi=150)[0]
    edge = front.crop((front.width - 12, 70, front.width, front.height - 40))
    assert edge.getextrema() == ((255, 255),) * 3, "nothing runs over the edge"


def test_a_training_card_is_marked_on_both_sides(seal):
    card = pass_card(paper(seal, training=True))
    assert text_of(card).count("TREINO") == 2
    assert read_seal_of(pages(card)[1]) == seal


def read_seal_of(picture):
    import numpy as np

    return read(np.ascontiguousarray(np.asarray(picture)[..., ::-1]))[0]
