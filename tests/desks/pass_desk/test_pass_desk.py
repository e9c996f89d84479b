"""A day at the pass desk, by keyboard: applied, approved by another, made, printed, handed over, suspended."""

import re
import shutil

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from office_robot import ENTER
from pass_day import answer, applied, given, handed_over, made, seal_on
from pass_robot import FACE, NOW
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from bmis.capture.sources import ImageFolder
from bmis.kernel.clock import fixed_clock
from bmis.passes.lifecycle import ApplicationState, PassState
from bmis.trust.verify_seal import SealAnswer
from tests.printed_passes import text_of
from ui.office.passes import JoinedPasses


def tells_how_to_object(notice):
    assert "Pode reclamar até / You can object until: 07/12/2026" in notice
    return re.search(r"Número para reclamações / Number for complaints NP-ZOB1-\S+", notice)


def test_applied_approved_by_another_made_printed_proved_handed_over_and_suspended(desk, printers, post):
    clerk, queue = made(desk)
    serial = queue.case.made.border_pass.number
    assert not queue.card.is_empty

    clerk.presses(Qt.Key.Key_F5)
    card = printers.last("bmis-card")
    seal = seal_on(card)
    assert answer(post, seal) is SealAnswer.VALID
    assert "Nhamuave" in text_of(card)

    clerk.presses(Qt.Key.Key_F12)
    clerk.fills("Sim", "Chi", "Sim", "Impr", "")
    assert "Entregue" in clerk.reads()
    receipt = text_of(printers.last("bmis-a6"))
    assert "Taxa zero" in receipt
    assert "RC-ZOB1" in receipt

    page = clerk.page("passes")
    clerk.types(serial).presses(ENTER)
    assert page.shown.state is PassState.ACTIVE
    page.step("suspend")
    clerk.fills("Emprestado", "", "mostrado por outra pessoa")
    assert clerk.dialog is not None, "the notice is offered"
    notice = " ".join(text_of(given(clerk)).split())
    assert "Emprestado a outra pessoa" in notice
    assert "mostrado por outra pessoa" in notice
    assert tells_how_to_object(notice)
    assert page.shown.state is PassState.SUSPENDED
    assert answer(post, seal) is SealAnswer.SEAL_REVOKED
    assert "card" not in page.offered()


def test_a_day_that_does_not_exist_is_said_and_an_empty_one_is_asked_for(desk):
    clerk = desk()
    birth = clerk.page("issue").person.fields["birth_date"]
    clerk.applies(birth_date="30022000")
    assert birth.remark.text() == "Esse dia não existe"
    assert clerk.focus() is birth.field
    birth.field.clear()
    clerk.presses(Qt.Key.Key_F12)
    assert birth.remark.text() == "Preencha este campo"


def test_nobody_approves_what_they_took(desk):
    boss = desk("supervisor")
    boss.applies(id_number="110100234567B")
    queue = boss.in_queue()

    assert "approve" not in queue.offered()
    assert "outra pessoa o aprova" in queue.banner.text()


def test_a_refusal_gives_the_applicant_a_notice(desk):
    applied(desk)
    boss = desk("supervisor")
    boss.in_queue()
    boss.types("r").fills("Sem direito", "vive fora da zona")

    notice = " ".join(text_of(given(boss)).split())
    assert "Recusa de cartão de mobilidade" in notice
    assert "vive fora da zona" in notice
    assert tells_how_to_object(notice)


def test_who_may_be_known_is_asked_about_before_anything_is_kept(desk):
    clerk, first = applied(desk)
    page = clerk.applies(id_number="", given_names="Roza Maria")
    assert "parecida" in clerk.reads() or clerk.dialog is not None
    assert page.model.typed.is_begun, "nothing was kept"
    if clerk.dialog is None:
        clerk.presses(Qt.Key.Key_F3)
    assert first in clerk.dialog.findChild(QWidget, "passes.alike").accessibleDescription()

    clerk.fills("Outra")
    clerk.presses(Qt.Key.Key_F12)
    assert not page.model.typed.is_begun
    assert "foi registado" in clerk.reads()


def test_an_applicant_without_a_document_needs_two_who_attest_and_is_referred_to_registration(desk):
    clerk = desk()
    clerk.applies()
    queue = clerk.in_queue()
    assert queue.case.shown.application.state is ApplicationState.PENDING_ATTESTATION
    assert "registo civil" in queue.facts.text()
    queue.step("registry")
    slip = " ".join(text_of(given(clerk)).split())
    assert "Encaminhamento para o registo civil" in slip
    assert "Régulo Espécime (Chefe da povoação" in slip
    assert "Pode reclamar até" not in slip

    clerk.presses(Qt.Key.Key_F12)
    clerk.fills("Professora Espécime", "Professor", "", "Sim")
    assert queue.case.shown.application.state is ApplicationState.PENDING_APPROVAL

    boss = desk("supervisor")
    boss.in_queue()
    boss.types("a")
    assert "Não se sabe" in boss.dialog.accessibleDescription()
    boss.presses(ENTER)
    assert boss.dialog is not None, "what is not known is taken on with a reason only"
    boss.fills("duas pessoas atestam")
    assert "Aprovado" in boss.reads()


@pytest.mark.parametrize(
    ("picture", "words"),
    [("small", "BMIS-673"), ("dark", "Escura")],
)
def test_a_poor_portrait_gets_words(desk, tmp_path, qtbot, picture, words):
    clerk = desk()
    page = clerk.page("issue")
    drawn = Image.open(FACE).convert("RGB")
    drawn = drawn.resize((120, 150)) if picture == "small" else drawn.point(lambda value: value // 6)
    file = tmp_path / "face.png"
    drawn.save(file)
    clerk.presses(Qt.Key.Key_F4)
    page.dialog.load(file)
    assert page.dialog.portrait is not None
    assert page.dialog.portrait.flaws

    clerk.presses(ENTER)
    assert words in page.dialog.words.text()
    assert page.model.typed.photo is None
    if picture == "dark":
        clerk.presses(ENTER)
        assert page.model.typed.photo is not None, "dark is better than no pass"
    else:
        clerk.presses(ENTER)
        assert page.model.typed.photo is None
        page.dialog.reject()


def test_the_camera_takes_the_portrait_by_space_and_enter(desk, qtbot, tmp_path, monkeypatch):
    folder = tmp_path / "camera"
    folder.mkdir()
    shutil.copy(FACE, folder / "face.jpg")
    monkeypatch.setattr(
        JoinedPasses,
        "make_source",
        lambda parts: lambda: ImageFolder(folder, fixed_clock(NOW), loop=True, interval_s=0.05),  # as a camera goes on
    )
    clerk = desk()
    page = clerk.page("issue")
    clerk.presses(Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: page.dialog.worker.newest() is not None, timeout=20_000)

    clerk.presses(Qt.Key.Key_Space)
    assert not page.dialog.worker.is_running, "the camera is off while the picture is cut"
    assert page.dialog.portrait.flaws == ()
    clerk.presses(ENTER)
    assert page.model.typed.photo.startswith(b"\xff\xd8")
    assert not page.photo.image().isNull()


def test_the_frame_is_moved_by_keys_and_never_leaves_the_picture(desk):
    clerk = desk()
    page = clerk.page("issue")
    clerk.presses(Qt.Key.Key_F4)
    page.dialog.load(FACE)
    crop, frame = page.dialog.crop, page.dialog.frame
    whole = crop.box()
    clerk.presses(Qt.Key.Key_Minus, times=4)
    small = crop.box()
    assert small.width < whole.width
    clerk.presses(Qt.Key.Key_Left, times=60).presses(Qt.Key.Key_Up, times=60)
    assert (crop.box().left, crop.box().top) == (0, 0)
    clerk.presses(Qt.Key.Key_Right)
    assert crop.box().left > 0, "the edge swallowed no key"
    clerk.presses(Qt.Key.Key_Down, times=90)
    assert crop.box().bottom <= frame.height
    page.dialog.reject()


def test_without_a_card_printer_the_paper_pass_is_said_and_nothing_is_counted(desk, printers):
    printers._without.add("bmis-card")
    clerk, queue = made(desk)
    clerk.presses(Qt.Key.Key_F5)
    assert "BMIS-671" in clerk.reads()
    history = queue.model.parts.show(queue.case.made.border_pass.number).history
    assert "pass.printed" not in [one.event.kind.value for one in history]

    queue.step("sheet")
    assert "documento de viagem OACI" in text_of(printers.last("bmis-a6"))


def test_a_spoiled_card_takes_another_number(desk):
    clerk, queue = made(desk)
    first = queue.case.made.border_pass.number
    queue.step("spoil")
    clerk.fills("fita partida")
    clerk.presses(Qt.Key.Key_F12)
    assert queue.case.made.border_pass.number != first
    numbers = clerk.page("numbers")
    assert numbers.list.lines()[0].cells[4] == "1"
    assert "fita partida" in numbers.facts.text()


def test_a_lost_pass_is_replaced_by_an_application_that_waits_for_approval(desk):
    clerk, serial = handed_over(desk)
    page = clerk.page("passes")
    clerk.types(serial).presses(ENTER)
    page.step("report")
    clerk.fills("Perdido", "no mercado")
    assert page.shown.state is PassState.LOST
    page.step("replace")
    clerk.fills("perdido")
    assert "espera pela aprovação" in clerk.reads()
    assert len(clerk.in_queue().list.lines()) == 1


def test_a_revocation_asks_for_the_second_person(desk):
    clerk, serial = handed_over(desk)
    page = clerk.page("passes")
    clerk.types(serial).presses(ENTER)
    page.step("revoke")
    clerk.fills("Fals", "documento falso")
    assert "second" in clerk.dialog.fields, "asked again, with a second person"
    clerk.fills("", "", "supervisor", "treino")
    assert page.shown.state is PassState.REVOKED
    notice = " ".join(text_of(given(clerk)).split())
    assert "Revogação" in notice
    assert "documento falso" in notice
    assert tells_how_to_object(notice)


def test_figures_for_the_public_hide_small_numbers_and_the_till_is_closed(desk):
    clerk, _serial = handed_over(desk)
    page = clerk.page("figures")
    assert {line.cells[3] for line in page.list.lines()} == {"…"}
    page.public.setChecked(False)
    clerk.presses(Qt.Key.Key_F12)
    assert ("Entregue", "Finalidade do cartão", "Mercado", "1") in {line.cells for line in page.list.lines()}
    assert ("Entregue", "Sexo", "Feminino", "1") in {line.cells for line in page.list.lines()}
    assert ("Entregue", "Posto", "Zóbuè", "1") in {line.cells for line in page.list.lines()}
    assert page.list.lines()[0].cells == ("Entregue", "Ao todo", "", "1")

    till = clerk.page("till")
    assert "taxa zero" in till.list.lines()[0].cells[2]
    clerk.presses(Qt.Key.Key_F12)
    clerk.fills("0", "", "", "", "")
    assert "A caixa está fechada" in clerk.reads()


def test_an_auditor_and_an_officer_of_the_lane_give_out_no_passes():
    from bmis.kernel.actor import Actor, Role
    from ui.desktop.desks import desks_for

    for role in (Role.AUDITOR, Role.OFFICER):
        assert "passes" not in [entry.code for entry in desks_for(Actor("x", role))]
    assert "passes" in [entry.code for entry in desks_for(Actor("x", Role.PASS_OFFICER))]


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off(desk, language):
    clerk, _serial = handed_over(desk)
    clerk.applies(id_number="220200234567C", surname="Macamo", given_names="Célia", village="Chitima", photo=True)
    boss = desk("supervisor", language=language)
    for code in ("issue", "queue", "passes", "appeals", "figures", "numbers", "till"):
        boss.page(code)
        settle(boss.window)
        assert clipped(boss.window) == [], code
        assert takes_markup(boss.window) == []
        assert unnamed(boss.window) == []


def test_photo_dialog_is_not_cut_off(desk):
    for language in ("pt", "en"):
        clerk = desk(language=language)
        page = clerk.page("issue")
        page.ask_photo()
        page.dialog.load(FACE)
        settle(page.dialog, page.dialog.size())
        assert clipped(page.dialog) == []
        page.dialog.reject()
