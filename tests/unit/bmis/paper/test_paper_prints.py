"""What comes out of the printer."""

import io
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest
from pypdf import PdfReader

from bmis.kernel.i18n import speaking
from bmis.paper import fonts
from bmis.paper.blocks import Row
from bmis.paper.errors import PaperFontError, QrTooLongError
from bmis.paper.form import ContingencyForm, contingency_forms
from bmis.paper.notice import refusal_notice
from bmis.paper.page import A6, ROLL_80MM, Imprint, moment
from bmis.paper.shift_page import ShiftSection, shift_page
from bmis.paper.slip import crossing_slip

FORMS = [ContingencyForm(f"RSG-P-2026-{number:05d}") for number in range(101, 104)]
MM = 72 / 25.4
HOSTILE = (
    "<img src=x> <b>ADMITIDO & ",
    "\u202eADMITIDO\u202c\u2066x\u2069",
    "AB\x00C\x07\r\nDE",
    "漢字 العربية 🛂",
    "\ud800 lone surrogate",
    "ERIKSSON " * 555,
    "W" * 5000,
    "",
    "   ",
)


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def flat(pdf):
    return " ".join(text_of(pdf).split())


def size_mm(pdf):
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return round(float(box.width) / MM), round(float(box.height) / MM)


def pages(pdf):
    return len(PdfReader(io.BytesIO(pdf)).pages)


def ink_outside(pdf, margin_mm):
    """Whether any page has ink nearer its edge than the margin."""
    for page in pypdfium2.PdfDocument(pdf):
        image = page.render(scale=1).to_pil().convert("L")
        width, height, inset = image.width, image.height, int(margin_mm * MM)
        edges = (
            (0, 0, inset, height),
            (width - inset, 0, width, height),
            (0, 0, width, inset),
            (0, height - inset, width, height),
        )
        if any(image.crop(edge).getextrema()[0] < 250 for edge in edges):
            return True
    return False


@pytest.fixture
def every_paper(slip, notice, shift, fields, imprint):
    return {
        "slip": crossing_slip(slip),
        "roll": crossing_slip(slip, ROLL_80MM),
        "notice": refusal_notice(notice),
        "shift": shift_page(shift),
        "forms": contingency_forms(FORMS, fields, imprint, "Boletim de travessia"),
    }


def test_every_font_of_every_paper_is_embedded(every_paper):
    for name, pdf in every_paper.items():
        found = set()
        for page in PdfReader(io.BytesIO(pdf)).pages:
            for font in page["/Resources"]["/Font"].get_object().values():
                descriptor = font.get_object().get("/FontDescriptor")
                assert descriptor is not None, name
                assert "/FontFile2" in descriptor.get_object(), name
                found.add(font["/BaseFont"])
        assert found, name


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed; pypdf checks the same")
def test_a_second_reader_agrees_that_fonts_are_embedded_and_accents_survive(every_paper, tmp_path):
    for name, pdf in every_paper.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        listed = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
        assert listed
        assert all(line.split()[-5] == "yes" for line in listed), listed
        told = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
        assert "República de Moçambique" in told
        assert "Migração" in told


def test_papers_come_in_their_sizes(every_paper):
    assert size_mm(every_paper["slip"]) == (105, 148)
    assert (
        size_mm(every_paper["notice"]) == size_mm(every_paper["shift"]) == size_mm(every_paper["forms"]) == (210, 297)
    )
    assert size_mm(every_paper["roll"])[0] == 80


def test_the_roll_is_cut_where_the_text_ends(slip):
    short = size_mm(crossing_slip(slip, ROLL_80MM))[1]
    longer = size_mm(crossing_slip(replace(slip, advice=("Conselho.",) * 20), ROLL_80MM))[1]
    assert short < 200
    assert longer - short > 50
    assert pages(crossing_slip(slip, ROLL_80MM)) == 1


def test_the_same_values_give_the_same_bytes(slip, notice, shift, fields, imprint):
    assert crossing_slip(slip) == crossing_slip(slip)
    assert refusal_notice(notice) == refusal_notice(notice)
    assert shift_page(shift) == shift_page(shift)
    assert contingency_forms(FORMS, fields, imprint, "B") == contingency_forms(FORMS, fields, imprint, "B")


def test_the_file_names_no_traveller_in_its_metadata(slip, notice):
    for pdf in (crossing_slip(slip), refusal_notice(notice)):
        reader = PdfReader(io.BytesIO(pdf))
        said = " ".join(str(value) for value in reader.metadata.values())
        assert "ERIKSSON" not in said
        assert "ANNA" not in said
        assert "RSG-01-2026" in reader.metadata.title
        assert reader.trailer["/Root"]["/Lang"] == "pt"


def test_the_slip_says_what_was_decided_and_what_is_not_known(slip):
    told = flat(crossing_slip(slip))
    for words in ("ENTRADA AUTORIZADA", "ERIKSSON DA CONCEIÇÃO", "L898902C3", "RSG-01-2026-000123", "22/11/2026 10:05"):
        assert words in told
    assert "Alojamento não indicado" in told
    assert "Permanência não calculada" in told
    assert "amelia.sitoe" in told


def test_a_calculated_stay_is_printed_and_no_stay_line_where_none_applies(slip):
    told = flat(crossing_slip(replace(slip, stay="30 dias, até 21/12/2026")))
    assert "Permanência 30 dias, até 21/12/2026" in told
    assert "não calculada" not in told
    assert "Permanência" not in flat(crossing_slip(replace(slip, stay_applies=False)))


def test_a_slip_in_two_languages_says_its_own_words_in_both(slip):
    told = flat(crossing_slip(replace(slip, languages=("pt", "en"))))
    assert "não calculada / not calculated" in told


def test_the_slips_language_is_its_own_whatever_the_desk_speaks(slip):
    expected = crossing_slip(slip)
    with speaking("en"):
        assert crossing_slip(slip) == expected


def test_a_training_paper_cannot_pass_for_a_real_one(slip, notice, shift, fields, imprint):
    training = replace(imprint, training=True)
    for pdf in (
        crossing_slip(replace(slip, imprint=training)),
        crossing_slip(replace(slip, imprint=training), ROLL_80MM),
        refusal_notice(replace(notice, imprint=training)),
        shift_page(replace(shift, imprint=training)),
        contingency_forms(FORMS, fields, training, "Boletim"),
    ):
        for page in PdfReader(io.BytesIO(pdf)).pages:
            assert page.extract_text().count("TREINO") >= 2
    assert "TREINO" not in text_of(crossing_slip(slip))


@pytest.mark.parametrize("untrusted_text", HOSTILE, ids=[ascii(text[:12]) for text in HOSTILE])
def test_hostile_text_is_printed_as_text_or_not_at_all(untrusted_text, slip, notice, shift, fields, imprint):
    row = Row(untrusted_text, untrusted_text, untrusted_text)
    code = Row("Número", untrusted_text, is_code=True)
    hostile_slip = replace(
        slip, decision=untrusted_text, number=untrusted_text[:60], rows=(row, code), advice=(untrusted_text,)
    )
    papers = [
        crossing_slip(hostile_slip),
        crossing_slip(hostile_slip, ROLL_80MM),
        refusal_notice(replace(notice, person=(row,), document=(code,), officer=untrusted_text, place=untrusted_text)),
        shift_page(replace(shift, facts=(row,), sections=(ShiftSection(untrusted_text, (untrusted_text,) * 3, True),))),
        contingency_forms(FORMS[:1], [replace(field, label=untrusted_text) for field in fields], imprint, "Boletim"),
    ]
    for pdf in papers:
        told = text_of(pdf)
        assert "\u202e" not in told
        assert not ink_outside(pdf, 3)


def test_markup_in_a_name_is_seen_as_it_was_written(slip):
    told = flat(crossing_slip(replace(slip, rows=(Row("Apelido", "<img src=x> & <b>X"),))))
    assert "<img src=x> & <b>X" in told


def test_a_very_long_value_goes_on_over_the_page_and_loses_nothing(slip):
    value = " ".join(f"N{number:04d}" for number in range(800))
    for sheet in (A6, ROLL_80MM):
        told = flat(crossing_slip(replace(slip, rows=(Row("Nomes", value),)), sheet))
        assert value in " ".join(word for word in told.split() if word.startswith("N") and word[1:].isdigit())
    assert pages(crossing_slip(replace(slip, rows=(Row("Nomes", value),)))) > 1


def test_the_qr_code_is_dark_modules_on_paper_not_a_picture(slip):
    reader = PdfReader(io.BytesIO(crossing_slip(slip)))
    assert not list(reader.pages[0].images)


def qr_texts(pdf, tmp_path):
    """What a phone would read from the first page; in a process of its own, for cv2 changes Qt's environment."""
    path = tmp_path / "page.png"
    pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil().convert("L").save(path)
    code = "import cv2, sys; print('\\n'.join(cv2.QRCodeDetector().detectAndDecodeMulti(cv2.imread(sys.argv[1]))[1]))"
    ran = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True)
    return set(ran.stdout.split())


def test_codes_are_read_back_even_over_the_training_watermark(slip, shift, fields, imprint, tmp_path):
    training = replace(imprint, training=True)
    for sheet in (A6, ROLL_80MM):
        assert qr_texts(crossing_slip(replace(slip, imprint=training), sheet), tmp_path) == {slip.qr_text}
    assert qr_texts(shift_page(replace(shift, imprint=training)), tmp_path) == {shift.checkpoint_qr}
    forms = contingency_forms(FORMS, fields, training, "Boletim")
    assert qr_texts(forms, tmp_path) == {form.number for form in FORMS[:2]}


def test_a_qr_text_beyond_any_code_is_a_clear_error(slip):
    with pytest.raises(QrTooLongError) as caught:
        crossing_slip(replace(slip, qr_text="x" * 5000))
    assert caught.value.facts == {"length": 5000}


def test_the_notice_gives_reasons_and_appeal_in_both_languages(notice):
    told = flat(refusal_notice(notice))
    for words in (
        "Notificação de recusa de entrada",
        "Notice of refusal of entry",
        "MZ-01",
        "Lugar de alojamento desconhecido",
        "Unknown accommodation",
        "Pode recorrer desta decisão.",
        "You may appeal against this decision.",
        "You may contact your consulate.",
        "A recusa de entrada não significa interdição",
        "Recusou assinar / Refused to sign",
        "22/11/2026 10:04",
        "via 1",
    ):
        assert words in told
    assert pages(refusal_notice(notice)) == 1


def test_a_notice_of_prevented_exit_says_nothing_of_entry(notice):
    told = flat(refusal_notice(replace(notice, of_exit=True, consular=None)))
    assert "Notificação de impedimento de saída" in told
    assert "recusa de entrada" not in told
    assert "consulate" not in told


def test_forms_carry_their_numbers_two_on_a_page(fields, imprint):
    pdf = contingency_forms(FORMS, fields, imprint, "Boletim de travessia")
    assert pages(pdf) == 2
    first, second = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert FORMS[0].number in first
    assert FORMS[1].number in first
    assert FORMS[2].number in second


def test_a_long_form_has_a_page_of_its_own(fields, imprint):
    pdf = contingency_forms(FORMS, fields * 4, imprint, "Boletim de travessia")
    assert pages(pdf) == 3


def test_form_fields_are_numbered_in_the_order_of_the_back_fill_desk(fields, imprint):
    told = flat(contingency_forms(FORMS[:1], fields, imprint, "Boletim"))
    places = [told.index(f"{place} {field.label}") for place, field in enumerate(fields, start=1)]
    assert places == sorted(places)


def test_no_form_is_no_paper(fields, imprint):
    with pytest.raises(ValueError, match="no form"):
        contingency_forms([], fields, imprint, "Boletim")


def test_the_shift_page_tells_none_from_not_checked_and_zero_from_not_counted(shift):
    told = flat(shift_page(shift))
    assert "Rascunhos abertos Nenhum" in told
    assert "Em segunda linha Não verificado" in told
    assert "Boletins de papel não contado" in told
    assert "seq 4211 9f3a17bc" in told
    assert pages(shift_page(shift)) == 1


def test_a_busy_shift_still_fits_one_page(shift):
    missing = tuple(f"RSG-P-2026-{number:05d}" for number in range(60, 120))
    owed = tuple(f"RSG-01-2026-{number:06d} recusa, segunda pessoa até 23/11/2026 10:04" for number in range(8))
    sections = (ShiftSection("Aprovações adiadas", owed, mandatory=True), ShiftSection("Boletins em falta", missing))
    pdf = shift_page(replace(shift, sections=sections, checkpoint=f"BMIS1:4211:{'9f3a17bc' * 8}"))
    assert pages(pdf) == 1
    assert all(line in flat(pdf) for line in (*missing, *owed))


def test_a_printed_moment_names_its_zone():
    assert moment(datetime.fromisoformat("2026-11-22T10:05:00+02:00")) == "22/11/2026 10:05 (UTC+2)"
    assert moment(datetime.fromisoformat("2026-11-22T10:05:00-03:30")) == "22/11/2026 10:05 (UTC-3:30)"
    with pytest.raises(ValueError, match="zone"):
        Imprint("MZ.L.RSG", datetime(2026, 11, 22), "amelia.sitoe")


def test_a_missing_font_is_a_clear_error(monkeypatch, tmp_path, slip):
    monkeypatch.setenv("BMIS_RESOURCES", str(tmp_path))
    fonts._registered.cache_clear()
    try:
        with pytest.raises(PaperFontError) as caught:
            fonts.characters_of(fonts.Face.REGULAR)
        (tmp_path / "fonts").mkdir()
        (tmp_path / "fonts" / "OCRB.ttf").write_bytes(b"not a font")
        with pytest.raises(PaperFontError):
            fonts.characters_of(fonts.Face.OCRB)
    finally:
        fonts._registered.cache_clear()
    assert caught.value.facts == {"font": "Inter-Regular.ttf"}
