"""Appeals at the pass desk, by keyboard: recorded, decided by somebody else, printed; a person is forgotten by two."""

import pytest
from clipping import clipped, settle, takes_markup
from office_robot import ENTER
from pass_day import given
from pass_post import PassPost
from pass_robot import NOW
from PySide6.QtCore import Qt

from bmis.passes.lifecycle import ApplicationState, PassState
from tests.printed_passes import text_of


@pytest.fixture
def office(post):
    """What other people of the post do meanwhile."""
    return PassPost(post, NOW)


def suspended(office, by):
    """Return the number of a pass that somebody suspended."""
    one, _seal = office.gives()
    with office.at_work(by) as (desk, session):
        desk.suspend(one.number, "mostrado por outra pessoa", session.actor, ground="LENT")
    return one.number


def refused(office):
    """Return the number of an application that the supervisor refused."""
    number = office.asks()
    with office.at_work("supervisor") as (desk, session):
        desk.reject(number, "NOT_ELIGIBLE", "vive fora da zona", session.actor)
    return number


def test_a_suspension_is_appealed_and_another_decides_for_the_holder(desk, office):
    number = suspended(office, "pass-officer")
    boss = desk("supervisor")
    page = boss.page("appeals")
    assert [line.key for line in page.list.lines()] == [number]
    assert page.offered() == ("lodge", "notice")
    assert "mostrado por outra pessoa" in page.facts.text()

    boss.types("r").fills("", "", "o cartão nunca saiu da minha mão")
    assert "registada" in boss.reads()
    assert "o cartão nunca saiu da minha mão" in page.facts.text()
    assert page.badge() == 1
    boss.presses(Qt.Key.Key_F12).fills("D", "ouvidas as duas partes")
    notice = " ".join(text_of(given(boss)).split())
    assert "Reclamação sobre cartão de mobilidade deferida" in notice
    assert "ouvidas as duas partes" in notice
    assert "NP-ZOB1" in notice
    assert "Pode reclamar até" not in notice, "nobody objects to being right"
    assert boss.page("appeals").list.lines() == ()
    assert boss.desk.section("passes").model.parts.show(number).state is PassState.ACTIVE


def test_who_took_the_decision_records_the_appeal_and_does_not_decide(desk, office):
    number = suspended(office, "supervisor")
    boss = desk("supervisor")
    page = boss.page("passes")
    boss.types(number).presses(ENTER)
    page.step("appeal")
    page = boss.desk.section("appeals")
    assert page.shown.case.number == number
    boss.presses(Qt.Key.Key_F12).fills("P", "", "não concordo")
    assert page.offered() == ("notice",)
    assert "outra pessoa decide" in page.banner.text()
    boss.presses(Qt.Key.Key_F5)
    notice = " ".join(text_of(given(boss)).split())
    assert "Suspensão de cartão de mobilidade" in notice
    assert "Emprestado a outra pessoa" in notice


def test_a_refused_application_is_found_and_its_appeal_waits_for_a_supervisor(desk, office):
    number = refused(office)
    clerk = desk()
    queue = clerk.page("queue")
    assert queue.list.lines() == ()
    queue.state.setFocus()
    clerk.types("I")
    assert [line.key for line in queue.list.lines()] == [number]
    queue.step("appeal")
    page = clerk.desk.section("appeals")
    clerk.presses(Qt.Key.Key_F12).fills("", "", "vivo lá desde criança")
    assert page.shown.case.lodged is not None
    assert page.offered() == ("notice",), "a clerk decides on no appeal"
    page.number.setFocus()
    clerk.types(page.shown.case.notice.number).presses(ENTER)
    assert page.shown.words == "vivo lá desde criança"


def test_a_person_whose_application_was_taken_back_is_forgotten_by_two(desk, office):
    number = office.asks()
    with office.at_work("pass-officer") as (use, session):
        use.reject.withdraw(number, session.actor, "mudou de ideias")
    clerk = desk()
    queue = clerk.page("queue")
    queue.state.setFocus()
    clerk.types("R")
    assert queue.case.shown.application.state is ApplicationState.WITHDRAWN, queue.state.currentText()
    clerk.presses(Qt.Key.Key_F12)
    assert clerk.dialog is None, "F12 never forgets anybody"
    queue.step("forget")
    clerk.fills("pedido da pessoa", "pass-officer", "treino")
    assert clerk.dialog is not None, "nobody is their own second person"
    clerk.fills("", "supervisor", "treino")
    assert "foi esquecida" in clerk.reads()
    assert queue.model.parts.case(number).shown.who is None


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_of_appeals_is_cut_off(desk, office, language):
    suspended(office, "pass-officer")
    refused(office)
    boss = desk("supervisor", language=language)
    boss.page("appeals")
    boss.types("r").fills("", "", "não concordo")
    settle(boss.window)
    assert clipped(boss.window) == []
    assert takes_markup(boss.window) == []
    boss.presses(Qt.Key.Key_F12)
    settle(boss.dialog, boss.dialog.sizeHint())
    assert clipped(boss.dialog) == []
