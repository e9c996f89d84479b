"""The next days and the rates at the desk; a nationality only with legal basis, end and a second person."""

from datetime import date, timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from numbers_robot import goes_to_page, settles
from office_robot import NOW, Colleague, an_hour_ago
from PySide6.QtWidgets import QApplication

from bmis.crossings.decision import Decision
from bmis.flows.risk_errors import SelectorApprovalError, SelectorRefusedError
from bmis.flows.risk_selectors import RiskSelectors, SelectorRequest
from bmis.kernel.actor import NotAllowedError, Role
from bmis.kernel.identifiers import new_id
from ui import compose
from ui.office.numbers import JoinedNumbers

SECOND = ("rosa", "palavra-certa-1")
TODAY = date(2026, 3, 14)


@pytest.fixture
def rosa(training_home):
    with Colleague(training_home, "admin", an_hour_ago(90)) as admin:
        compose.people(admin.session).add("rosa", "Rosa Utopia", Role.SUPERVISOR, SECOND[1])


@pytest.fixture
def travelled(training_home):
    with Colleague(training_home, "officer", NOW - timedelta(days=7)) as officer:
        officer.records("U0000001")
        officer.records("U0000002", "COSSA", decision=Decision.PENDING_SECONDARY)


@pytest.fixture
def joined(training_home, rosa):
    with Colleague(training_home, "supervisor") as colleague:
        yield JoinedNumbers.of(colleague.session)


def test_too_little_known_says_so_and_never_nought(office, travelled):
    person = office("supervisor")
    section = goes_to_page(person, "forecast")

    lines = section.list.lines()
    assert [line.cells[0] for line in lines][:2] == ["dom 15/03/2026", "seg 16/03/2026"]
    assert {line.cells[1] for line in lines} == {"n/d"}
    assert {line.status for line in lines} == {"grey"}
    assert section.past.text().startswith("Erro passado: n/d.")


def test_a_south_african_holiday_is_named_at_a_post_on_its_border(office, travelled):
    person = office("supervisor", at=NOW + timedelta(days=5))
    section = goes_to_page(person, "forecast")

    named = {line.cells[0]: line.cells[4] for line in section.list.lines()}
    assert named["sáb 21/03/2026"] == "Dia dos Direitos Humanos (África do Sul)"


def test_few_travellers_show_no_rate(office, travelled):
    person = office("supervisor")
    section = goes_to_page(person, "risk")

    assert [line.cells[:3] for line in section.list.lines()] == [
        ("Ressano Garcia", "poucos, oculto", "poucos, oculto"),
        ("Todos", "poucos, oculto", "poucos, oculto"),
    ]
    assert section.selectors.nothing() == "Nenhum: as nacionalidades não são vistas."


def test_what_is_grouped_by_is_chosen_by_key(office, travelled):
    person = office("supervisor")
    section = goes_to_page(person, "risk")
    section.group.setFocus()

    person.types("h")
    section.group.activated.emit(section.group.currentIndex())
    settles(person)

    assert section.group.currentData() == "hour"
    assert section.list.lines()[0].cells[0] == "10:00"


def test_a_selector_needs_basis_end_and_a_second_person_and_is_gone_after_its_day(
    office, travelled, rosa, training_home
):
    person = office("supervisor")
    section = goes_to_page(person, "risk")
    person.takes("Definir um selector de nacionalidade")

    person.fills("ZAF", "20032026", "Ordem 12/2026", "supervisor", "treino")
    settles(person)
    assert "BMIS-047" in person.dialog.trouble.text(), "nobody is the second person for oneself"
    person.dialog.fields["second"].setFocus()
    person.fills(*SECOND)
    settles(person)

    assert person.dialog is None
    (line,) = section.selectors.lines()
    assert line.cells == ("África do Sul", "Ordem 12/2026", "20/03/2026", "supervisor, rosa", "poucos, oculto")
    with Colleague(training_home, "supervisor") as colleague:
        assert compose.verify_store(colleague.session)().records
    for day, shown in ((TODAY + timedelta(days=6), 1), (TODAY + timedelta(days=7), 0)):
        with Colleague(training_home, "supervisor", NOW + (day - TODAY)) as later:
            store = later.session.store
            assert len(RiskSelectors(store.read, store.write, later.session.now)(later.by)) == shown, day


def test_a_selector_is_ended_with_a_reason(office, joined):
    joined.set_selector("ZAF", "Ordem 12/2026", TODAY, SECOND)
    person = office("supervisor")
    section = goes_to_page(person, "risk")
    assert len(section.selectors.lines()) == 1

    person.takes("Terminar este selector").fills("A ordem foi revogada")
    settles(person)

    assert section.selectors.lines() == ()
    assert "Os selectores foram alterados" in person.reads()


@pytest.mark.parametrize(
    ("nationality", "basis", "expires"),
    [
        ("XXX", "Ordem", TODAY),
        ("QQQ", "Ordem", TODAY),
        ("ZAF", "   ", TODAY),
        ("ZAF", "x" * 501, TODAY),
        ("ZAF", "Ordem", TODAY - timedelta(days=1)),
        ("ZAF", "Ordem", TODAY + timedelta(days=91)),
    ],
)
def test_a_selector_without_state_basis_or_near_end_is_refused(joined, nationality, basis, expires):
    with pytest.raises(SelectorRefusedError):
        joined.set_selector(nationality, basis, expires, SECOND)
    assert joined.risk("refused", "hour", "pt", lambda *_: None, lambda: False).selectors == ()


def test_nobody_sets_a_selector_alone_or_below_a_supervisor(joined, training_home):
    selectors, by = joined._selectors(), joined.session.actor
    request = SelectorRequest(new_id(NOW), "ZAF", "Ordem", TODAY)
    with pytest.raises(SelectorApprovalError):
        selectors.set(request, None, by)
    with Colleague(training_home, "officer") as officer, pytest.raises(NotAllowedError):
        selectors.checked(request, officer.by)


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("page", ["forecast", "risk"])
def test_no_word_is_cut_off(office, joined, language, page):
    joined.set_selector("ZAF", "Ordem de serviço 12/2026 da Direcção", TODAY, SECOND)
    person = office("supervisor", language=language)
    person.frame.show_desk("supervisor")
    person.desk.show_section(page)
    settles(person)
    settle(person.window)
    assert clipped(person.window) == []
    assert takes_markup(person.window) == []
    assert unnamed(person.window) == []
    if page == "risk":
        person.section("risk").ask_set()
        settle(person.dialog, person.dialog.sizeHint())
        assert clipped(person.dialog) == []
        assert QApplication.activeModalWidget() is person.dialog
