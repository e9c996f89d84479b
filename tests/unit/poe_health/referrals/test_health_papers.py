"""The papers of transfers, monitoring, phones and consent: complete, dated, no name in a title, nothing left behind."""

import io
import stat
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from pypdf import PdfReader

from bmis.kernel.resources import resource
from bmis.paper.health_paper import Cells, HealthPaper, health_paper
from bmis.paper.page import HEALTH_SERVICE, Imprint
from poe_health.errors import HealthListError
from poe_health.followup.handover import handover_of
from poe_health.followup.monitoring import Monitoring
from poe_health.followup.steps import HandoverSent, Started, Visited
from poe_health.referrals.consent import approved_text, consent_texts, draft_text, offered
from poe_health.referrals.directory import phones
from poe_health.referrals.errors import ConsentNotApprovedError, HealthPaperError
from poe_health.referrals.note import ReferralNote, Vitals
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.referral import Referral
from poe_health.referrals.steps import Answered, Left, LeftInEmergency, Opened
from poe_health.reports import saving
from poe_health.reports.consent import consent_card_pdf, refusal_form_pdf
from poe_health.reports.monitoring import handover_pdf, sheet_pdf
from poe_health.reports.phone_card import phone_card_pdf
from poe_health.reports.saving import save_paper
from poe_health.reports.transfer import transfer_pdf

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
IMPRINT = Imprint("Ressano Garcia", START + timedelta(hours=3), "clínica", False, HEALTH_SERVICE)
WHO = PatientIdentity(surname="SPECIMENOVA", given_names="Utopia", sex="F", age_years=34, phone="+000 99 123")
NOTE = ReferralNote(
    "EMERGENCY",
    "<b>Vómitos</b> & febre",
    "STANDARD",
    "AMBULANCE",
    "irmã",
    ("EVD",),
    (Vitals(START, temp_c=39.1, bp_systolic=90),),
)
LANGUAGES = ["pt", "en"]


def referral(*steps):
    one = Referral.opened(
        UUID(int=1), Opened(START, "GT-LRSG1-AB12-2026-0001", NOTE, UUID(int=2), "s", "0.1", "r"), START
    )
    for step in steps:
        one = one.after(step, START + timedelta(hours=3))
    return one


ASKED = (
    Answered(START, "CS-A", "Centro A", "lista", "REFUSED", "PHONE", "Enf. Um", "NO_BED"),
    Answered(START, "HD-B", "Hospital B", "lista dada em Novembro", "ACCEPTED", "RADIO", "Dr.ª Dois"),
)


def read(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    return reader.metadata.title, " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guia_says_who_accepted_and_who_refused_and_what_protection_it_takes(language):
    one = referral(*ASKED, Left(START + timedelta(hours=1), "AMBULANCE", "enfermeiro"))

    title, text = read(transfer_pdf(one, WHO, IMPRINT, "A", language))

    for said in ("Hospital B", "Dr.ª Dois", "lista dada em Novembro", "Centro A", "Enf. Um", "SPECIMENOVA", "irmã"):
        assert said in text
    assert "<b>Vómitos</b> & febre" in text
    assert ("Febre hemorrágica" if language == "pt" else "Haemorrhagic fever") in text  # the rules ask more than chosen
    assert ("39,1" if language == "pt" else "39.1") in text
    assert ("não medido" if language == "pt" else "not measured") in text
    assert ("Contra-referência" if language == "pt" else "Return slip") in text
    assert "SPECIMENOVA" not in title
    assert "GT-LRSG1-AB12-2026-0001" in title


def test_a_guia_without_an_acceptance_allows_no_departure_and_an_emergency_says_so():
    assert "não permite a saída" in read(transfer_pdf(referral(), WHO, IMPRINT))[1]
    why = "choque e rede caída"
    gone = referral(LeftInEmergency(START, "AMBULANCE", "médico", "HD-B", "Hospital B", "lista", why))
    text = read(transfer_pdf(gone, None, IMPRINT, "B"))[1]
    assert why in text
    assert "fica no posto" in text
    with pytest.raises(ValueError):
        transfer_pdf(gone, None, IMPRINT, "C")


def test_a_guia_without_vital_signs_says_why():
    one = replace(referral(), note=replace(NOTE, vitals=(), no_vitals_why="recusou ser tocado"))
    assert "recusou ser tocado" in read(transfer_pdf(one, WHO, IMPRINT))[1]


def monitoring():
    began = Started(
        START, "SG-1", "EVD", date(2026, 11, 20), "LAST_EXPOSURE", 21, UUID(int=2), "s", "MZ.L.RSG", "r", "0.1"
    )
    later = START + timedelta(hours=2)
    one = Monitoring.begun(UUID(int=1), began).after(Visited(START, "VISIT", "SEEN", True, {}, 36.5), later)
    return one.after(HandoverSent(START, "COUNTRY", "MWI", "Port Health", "+000 5", "PHONE", "segue"), later)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handover_says_the_days_and_asks_for_a_confirmation(language):
    one = monitoring()
    title, text = read(handover_pdf(handover_of(one, WHO, START), one, IMPRINT, language))

    for said in ("11/12/2026", "22/11/2026", "Port Health", "MWI", "SPECIMENOVA", "30"):
        assert said in text
    assert ("não perguntado" if language == "pt" else "not asked") in text  # consent: unknown is not no
    assert ("37,5" if language == "pt" else "37.5") in text
    assert "SPECIMENOVA" not in title


def test_the_sheet_of_days_has_a_line_for_each():
    _title, text = read(sheet_pdf(monitoring(), WHO, IMPRINT))
    for number in range(21):
        assert (date(2026, 11, 21) + timedelta(days=number)).strftime("%d/%m/%Y") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_of_phones_shows_ages_and_what_is_missing(language):
    _title, text = read(phone_card_pdf(phones(TODAY), IMPRINT, language))

    assert "110" in text
    assert ("há 2372 dias" if language == "pt" else "2372 days ago") in text
    assert ("ANTIGO" if language == "pt" else "OLD") in text
    assert text.count("POR REGISTAR" if language == "pt" else "NOT ENTERED") == 6


def test_no_text_that_comes_with_the_program_is_offered_yet():
    texts = consent_texts()
    assert [text.language for text in texts] == ["pt", "en"]
    assert not any(text.is_approved for text in texts)
    assert offered(TODAY) == ()
    for text in texts:
        with pytest.raises(ConsentNotApprovedError):
            approved_text(text.language, TODAY)
        with pytest.raises(ConsentNotApprovedError):
            consent_card_pdf([text], IMPRINT, TODAY)
        with pytest.raises(ConsentNotApprovedError):
            refusal_form_pdf(text, IMPRINT, TODAY)


def test_a_review_copy_says_on_its_face_that_it_is_one():
    text = read(consent_card_pdf(consent_texts(), IMPRINT, TODAY, review=True))[1]

    assert "NÃO É PARA VIAJANTES" in text
    assert "RASCUNHO, não aprovado" in text
    assert "DRAFT, not approved" in text
    form = read(refusal_form_pdf(draft_text("en"), IMPRINT, TODAY, "GT-1", review=True))[1]
    assert "NOT FOR TRAVELLERS" in form


@pytest.fixture
def approved(tmp_path):
    folder = tmp_path / "consent"
    folder.mkdir()
    said = (resource("health", "consent") / "pt.toml").read_text("utf-8")
    approved_words = said.replace('status = "draft"', 'status = "approved"\napproved_on = 2026-11-20')
    (folder / "pt.toml").write_text(
        approved_words.replace('approved_by = ""', 'approved_by = "Direcção de Teste"'), "utf-8"
    )
    return folder


def test_an_approved_text_is_offered_from_its_day_with_who_approved_it(approved):
    assert offered(date(2026, 11, 19), approved) == ()
    text = approved_text("pt", TODAY, approved)
    card = read(consent_card_pdf([text], IMPRINT, TODAY, "+258 99 1"))[1]

    assert "aprovado por Direcção de Teste em 20/11/2026" in card
    assert "+258 99 1" in card
    assert "REVISÃO" not in card
    assert "Vacina ou tratamento preventivo" in read(refusal_form_pdf(text, IMPRINT, TODAY))[1]
    with pytest.raises(ConsentNotApprovedError):
        approved_text("ny", TODAY, approved)
    with pytest.raises(ConsentNotApprovedError):
        draft_text("ny", approved)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('status = "approved"', 'status = "perhaps"'),
        ('approved_by = "Direcção de Teste"', 'approved_by = " "'),
        ("approved_on = 2026-11-20", ""),
        ('language = "pt"', 'language = "en"'),
        ("{phone}", "telefone"),
        ('yes = "Sim"', 'yes = ""'),
        ('yes = "Sim"', ""),
        ("[notice]", "[note]"),
    ],
)
def test_a_damaged_text_is_never_used(approved, old, new):
    path = approved / "pt.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(HealthListError):
        offered(TODAY, approved)


def test_no_text_at_all_and_nothing_to_print(tmp_path):
    with pytest.raises(HealthListError):
        consent_texts(tmp_path)
    with pytest.raises(ValueError):
        consent_card_pdf([], IMPRINT, TODAY)
    with pytest.raises(ValueError):
        health_paper(HealthPaper(IMPRINT, "t", "", (Cells("", ("a", "b"), (("x",),), (0.5, 0.5)),)))


def test_a_paper_is_private_never_over_another_and_leaves_nothing_of_a_failure(tmp_path, monkeypatch):
    path = save_paper(tmp_path, "guia-GT-1-A", b"%PDF")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(HealthPaperError):
        save_paper(tmp_path, "guia-GT-1-A", b"other")
    assert path.read_bytes() == b"%PDF"
    with pytest.raises(HealthPaperError):
        save_paper(tmp_path / "not-there", "guia-GT-2-A", b"%PDF")

    def full(_handle):
        raise OSError(28, "full")

    monkeypatch.setattr(saving.os, "fsync", full)
    with pytest.raises(HealthPaperError):
        save_paper(tmp_path, "guia-GT-3-A", b"%PDF")
    assert [one.name for one in tmp_path.iterdir()] == ["guia-GT-1-A.pdf"]


@pytest.mark.parametrize("name", ["Specimenova Utopia", "../x", "", "a" * 90, "guia_GT"])
def test_a_file_name_is_a_kind_and_a_number(tmp_path, name):
    with pytest.raises(ValueError):
        save_paper(tmp_path, name, b"%PDF")
