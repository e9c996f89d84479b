"""Money, serials and children at the pass desk, by keyboard."""

from dataclasses import replace
from decimal import Decimal

import pytest
from clipping import clipped, settle
from office_robot import ENTER
from pass_day import made
from pass_post import PassPost
from pass_robot import FACE, NOW
from PySide6.QtCore import Qt

from bmis.passes import charge_pass, hand_over_pass
from bmis.passes.goods import GoodsLine
from bmis.passes.schemes import scheme
from bmis.passes.use_pass import ReadPass
from bmis.receipts.money import Money
from tests.printed_passes import text_of


@pytest.fixture
def fee(monkeypatch):
    """A scheme whose pass costs 50 meticais."""

    def paying(code, day):
        return replace(scheme(code, day), fee=Money.parse("50.00 MZN"))

    for module in (charge_pass, hand_over_pass):
        monkeypatch.setattr(module, "scheme", paying)


@pytest.fixture
def office(post):
    return PassPost(post, NOW)


def test_a_rate_is_entered_a_fee_is_paid_in_kwacha_copied_cancelled_by_two_and_the_till_is_closed(
    desk, fee, office, printers
):
    with office.at_work("supervisor") as (use, session):
        number = office.asks()
        boss = session.actor
        use.approve(number, boss)
    clerk = desk("supervisor")
    till = clerk.page("till")
    clerk.presses(Qt.Key.Key_F8).fills("M", "0,05", "Banco de Moçambique", "")
    assert "0,05 MZN · 22/11/2026 · Banco de Moçambique" in till.facts.text()
    clerk.presses(Qt.Key.Key_F8).fills("M", "cinco", "jornal", "")
    assert clerk.dialog is not None, "words are no rate"
    clerk.presses(Qt.Key.Key_Escape)

    queue = clerk.in_queue()
    queue.step("charge")
    assert clerk.dialog is not None, queue.offered()
    clerk.presses(Qt.Key.Key_Down).fills("", "", "")
    assert clerk.dialog is not None, "another currency has an amount"
    clerk.fills("1000 MWK", "")
    assert "recibo" in clerk.reads().lower()
    till = clerk.page("till")
    [line] = till.list.lines()
    assert line.cells[2] == "1000,00 MWK"
    clerk.presses(Qt.Key.Key_F5)
    receipt = text_of(printers.last("bmis-a6"))
    assert "2.ª via" in receipt
    assert "1000,00 MWK" in receipt
    assert "50,00 MZN" in receipt
    assert "1 MWK = 0,05 MZN (22/11/2026)" in receipt
    assert "Número para reclamações / Number for complaints" in receipt

    clerk.presses(Qt.Key.Key_F9).fills("valor errado", "supervisor", "treino")
    assert clerk.dialog is not None, "nobody cancels alone"
    clerk.presses(Qt.Key.Key_Escape)
    assert till.list.lines()[0].status == "green"
    clerk.presses(Qt.Key.Key_F12).fills("900", "", "", "", "")
    assert clerk.dialog is not None, "a difference is explained"
    clerk.presses(Qt.Key.Key_Escape)
    clerk.presses(Qt.Key.Key_F12).fills("1000", "", "", "20", "")
    assert clerk.dialog is not None, "a note of a currency without receipts is a difference too"
    clerk.presses(Qt.Key.Key_Escape)
    settle(clerk.window)
    assert till.list.view.columnWidth(0) >= till.list.view.sizeHintForColumn(0), "the whole number is seen"
    clerk.presses(Qt.Key.Key_F12).fills("1000", "", "", "20", "nota esquecida por um viajante")
    assert "A caixa está fechada" in clerk.reads()


def test_a_clerk_cancels_with_the_supervisors_signature_and_an_exemption_has_its_receipt(desk, fee, office):
    number = office.asks()
    with office.at_work("supervisor") as (use, session):
        use.approve(number, session.actor)
    clerk = desk()
    queue = clerk.in_queue()
    queue.step("charge")
    clerk.presses(Qt.Key.Key_Down, times=2).fills("", "", "pessoa com deficiência")
    till = clerk.page("till")
    assert till.list.lines()[0].cells[2] == "taxa zero"
    assert not till.rate.isVisible(), "a clerk enters no rate"
    clerk.presses(Qt.Key.Key_F9).fills("isenção errada", "supervisor", "treino")
    assert till.list.lines()[0].status == "red"
    assert "Anulados: 1" in till.facts.text()


def test_ranges_are_entered_for_the_post_and_a_truck_and_a_blank_is_spoiled(desk):
    boss = desk("supervisor")
    page = boss.page("numbers")
    boss.presses(Qt.Key.Key_F12).fills("500100", "500150", "")
    boss.presses(Qt.Key.Key_F12).fills("500200", "500249", "camiao-1")
    boss.presses(Qt.Key.Key_F12).fills("500140", "500160", "")
    assert boss.dialog is not None, "no number is given twice"
    boss.presses(Qt.Key.Key_Escape)
    boss.presses(Qt.Key.Key_F12).fills("quinhentos", "500160", "")
    assert "BMIS-681" in boss.dialog.trouble.text()
    boss.presses(Qt.Key.Key_Escape)
    cells = [line.cells for line in page.list.lines()]
    assert ("MZ.T.ZOB", "500100–500150", "0", "0", "0", "51") in cells
    assert ("CAMIAO-1", "500200–500249", "0", "0", "0", "50") in cells
    assert "51 cartões" in page.banner.text()

    boss.presses(Qt.Key.Key_F8).fills("500101", "fita partida")
    assert "fita partida" in page.facts.text()
    assert "50 cartões" in page.banner.text()
    settle(boss.window)
    assert clipped(boss.window) == []


def test_a_clerk_sees_the_numbers_and_enters_no_range(desk):
    clerk = desk()
    page = clerk.page("numbers")
    clerk.presses(Qt.Key.Key_F12)
    assert clerk.dialog is None
    assert not page.allocate.isVisible()


def test_children_have_their_photograph_or_it_is_said_that_they_have_none(desk):
    clerk, queue = made(desk)
    assert queue.case.children == ()
    page = clerk.page("issue")
    page.ask_child()
    clerk.fills("Nhamuave", "Ana Paula", "03022019", "F")
    page.dialog.load(FACE)
    clerk.presses(ENTER)
    page.ask_child()
    clerk.fills("Nhamuave", "Tomé", "03022021", "M").presses(Qt.Key.Key_Escape)
    assert [photo is not None for photo in page.model.typed.child_photos] == [True, False]
    clerk.applies(id_number="330300234567D", surname="Macamo", given_names="Célia", village="Chitima")
    queue = clerk.in_queue()
    clerk.presses(Qt.Key.Key_Up)
    assert [photo is not None for _child, photo in queue.case.children] == [True, False]
    assert "sem fotografia" in queue.facts.text()

    queue.step("child_photo")
    queue.photos.load(FACE)
    clerk.presses(ENTER)
    assert "child_photo" not in queue.offered()
    queue.step("children")
    assert clerk.dialog.accessibleName() == "Crianças no cartão"
    settle(clerk.dialog, clerk.dialog.sizeHint())
    assert clipped(clerk.dialog) == []
    clerk.presses(ENTER)
    assert clerk.dialog is None


def test_the_page_of_figures_names_products_and_posts_and_shows_what_the_use_case_counts(desk, office):
    one, _seal = office.gives()
    goods = (GoodsLine("milho", Decimal(1), "bag", Money.parse("100 MZN")),)
    with office.at_work("officer") as (use, session):
        read = ReadPass("MZMW", str(one.serial), "valid")
        use.use(use.examine(read, "EXIT", session.actor, goods), session.actor)
    boss = desk("supervisor")
    page = boss.page("figures")
    page.public.setChecked(False)
    boss.presses(Qt.Key.Key_F12)
    rows = {line.cells for line in page.list.lines()}
    counted = page.model.parts.statistics(NOW.date().replace(day=1), NOW.date(), False)
    tables = [*counted.issued, *counted.used, counted.states]
    assert len(rows) == sum(len(table.parts) for table in tables) + 3
    assert ("Usado", "Produto", "Milho", "1") in rows
    assert ("Usado", "Posto", "Zóbuè", "1") in rows
