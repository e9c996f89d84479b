"""What was decided against an applicant before, and what nobody asked, as the approver reads it at the desk."""

from office_robot import ENTER
from pass_day import applied, given
from PySide6.QtCore import Qt

WATCHLIST = "Lista de vigilância: não se sabe — não foi consultada"


def test_a_refusal_is_read_in_the_form_before_the_next_application_is_approved(desk):
    applied(desk)
    boss = desk("supervisor")
    boss.in_queue()
    boss.types("r").fills("Falsa", "a morada não existe")
    given(boss)
    clerk = desk()
    clerk.applies(id_number="110100234567B")
    clerk.presses(Qt.Key.Key_F3).fills("A mesma")
    clerk.presses(Qt.Key.Key_F12)
    boss = desk("supervisor")
    queue = boss.in_queue()
    told = "Sem decisões anteriores: não se sabe — um pedido foi recusado em 22/11/2026: Falsas declarações (NP-ZOB1-"
    assert told in queue.facts.text()

    boss.types("a")

    assert told in boss.dialog.accessibleDescription()
    boss.presses(ENTER)
    assert boss.dialog is not None, "it is taken on with a reason only"
    boss.fills("provou onde mora")
    assert "Aprovado" in boss.reads()


def test_what_was_not_asked_stands_there_in_grey_and_stops_nobody(desk):
    clerk = desk()
    page = clerk.applies(id_number="110100234567B")
    queue = clerk.in_queue()

    assert WATCHLIST in queue.facts.text()
    assert WATCHLIST in queue.facts.grey()
    assert page.facts is not None
    boss = desk("supervisor")
    boss.in_queue()
    boss.types("a")
    assert "Lista de vigilância" not in boss.dialog.accessibleDescription()


def test_who_adds_an_attestation_does_not_approve(desk):
    clerk = desk()
    clerk.applies()
    boss = desk("supervisor")
    queue = boss.in_queue()
    queue.step("attest")
    boss.fills("Professora Espécime", "Professor", "", "Sim")

    assert "approve" not in queue.offered()
    assert "outra pessoa o aprova" in queue.banner.text()
