"""The registers of mobility and of posts at the desk, by keyboard only: kept, corrected, taken back."""

import json
import random

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from office_robot import CONTROL, ENTER, ESCAPE, NOW, Colleague
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from ui import compose
from ui.desktop.widgets.several import SeveralList

PAGES = ("exercises", "sites", "routes", "status", "items", "expected")
SPACE = Qt.Key.Key_Space


@pytest.fixture
def person(office):
    someone = office("supervisor")
    someone.at("registers")
    return someone


def opens(person, code):
    """Bring a page to the front by its number; its list is asked for."""
    return person.goes_to(PAGES.index(code) + 1).section(code)


def answers(person, **said):
    """Go to each field by Tab, type its answer or choose it, and save by Enter on the button."""
    for name, words in said.items():
        field = goes_to(person, person.dialog.fields[name])
        if isinstance(field, SeveralList):
            person.presses(Qt.Key.Key_Home)
            for row in range(field.count()):
                if field.item(row).text() in words:
                    person.presses(SPACE)
                person.presses(Qt.Key.Key_Down)
        elif isinstance(field, QComboBox):
            person.types(words)
        else:
            person.presses(Qt.Key.Key_A, CONTROL).types(words)
    goes_to(person, person.dialog.ok)
    return person.presses(ENTER)


def goes_to(person, widget):
    for _step in range(60):
        if person.focus() is widget:
            return widget
        person.presses(Qt.Key.Key_Tab)
    raise AssertionError(widget)


def cells(section):
    return [line.cells for line in section.list.lines()]


def holds(person):
    assert person.dialog is None, person.dialog.trouble.text()
    return person


def records_exercise(person, code="EX-2026-01"):
    opens(person, "exercises")
    person.types("n")
    answers(
        person, code=code, held_from="10032026", held_to="11032026", area="Moamba", facilitator="SENAMI Maputo",
        methods=("discussão em grupo",),
    )  # fmt: skip
    answers(person, people_local_authority="3", people_border_staff="2")
    return holds(person)


def records_site(person, code="TR-MUAMBA", name="Travessia do rio", **more):
    opens(person, "sites")
    person.types("n")
    said = {"type": "Travessia", "adm2_pcode": "Moamba", "seen_on": "10032026", "exercise": "EX-2026-01"}
    answers(person, code=code, name=name, **said, vulnerability="alta", season=("todo o ano",), **more)
    return holds(person)


def test_an_exercise_is_kept_with_its_sites_corrected_and_taken_back(person, training_home):
    records_exercise(person)
    records_site(person, volume_class="200", latitude="-25,5", longitude="32,1", position_confidence="medida")
    page = opens(person, "exercises")

    assert cells(page) == [
        ("EX-2026-01", "10/03/2026 – 11/03/2026", "Moamba (MZ0507)", "discussão em grupo", "5", "1", "0")
    ]
    told = page.facts.text()
    assert "autoridade local 3; pessoal da fronteira 2" in told
    assert "Travessia não oficial · todo o ano · 200 a 999 por dia" in told

    person.presses(ENTER)  # on the line: correct; the code is not asked again
    assert "code" not in person.dialog.fields
    answers(person, held_to="12032026")
    answers(person)
    assert cells(holds(person).section("exercises"))[0][1] == "10/03/2026 – 12/03/2026"

    person.types("r").fills("registado duas vezes")
    assert cells(holds(person).section("exercises")) == []
    with Colleague(training_home, "supervisor") as colleague, colleague.session.store.read() as unit:
        kept = unit.connection.exec_driver_sql("SELECT kind FROM mobility_event ORDER BY number").scalars()
        found = [one.partition(".")[2] for one in kept]
    assert found == ["exercise_held", "place_mapped", "exercise_held", "withdrawn"]


def test_what_cannot_be_is_said_in_the_form_and_nothing_is_kept(person):
    page = opens(person, "exercises")
    person.types("n")
    answers(
        person, code="x", held_from="10032026", held_to="11032026", area="Moamba", facilitator="SENAMI",
        methods=("observação",),
    )  # fmt: skip
    answers(person, people_local_authority="3a")
    assert "BMIS-810" in person.dialog.trouble.text()
    assert person.focus() is person.dialog.fields["people_local_authority"]
    answers(person, people_local_authority="3")
    assert "BMIS-780" in person.dialog.trouble.text(), "a code has three characters"
    person.presses(ESCAPE)
    assert cells(page) == []


def test_a_site_shows_each_factor_and_its_weight_and_not_known_is_no_score(person, tmp_path):
    records_exercise(person)
    records_site(person, volume_class="200")
    records_site(person, "MERC-2", "Mercado novo")
    page = person.section("sites")

    first, second = cells(page)
    assert first[0] == "9"  # 3 x 1 x 3
    assert first[2:5] == ("200 a 999 por dia (3)", "sem áreas afectadas indicadas (1)", "alta (3)")
    assert (second[0], second[2]) == ("não se sabe", "não se sabe")
    page.list.go_to("TR-MUAMBA")
    told = page.facts.text()
    assert "3 × 1 × 3 = 9" in told
    assert "pesos 2026-1" in told
    assert "visto em 10/03/2026; EX-2026-01 (10/03/2026 – 11/03/2026): discussão em grupo" in told

    areas = tmp_path / "areas.json"
    areas.write_text(json.dumps({"area": "MZ05", "disease": "cholera", "from": "2026-03-01", "to": None}), "utf-8")
    person.types("a")
    answers(person, path=str(areas))
    assert cells(holds(person).section("sites"))[0][0] == "45"  # the province is affected: 3 x 5 x 3
    assert "MZ05" in page.areas.text()


def test_a_route_joins_a_site_and_a_state(person):
    records_exercise(person)
    records_site(person)
    page = opens(person, "routes")
    person.types("n")
    answers(
        person, code="r-1", origin="Travessia do rio", destination="África do Sul", mode="a pé", source="observa",
        seen_on="10032026", exercise="EX-2026-01", season=("época seca", "colheitas"),
    )  # fmt: skip
    holds(person)

    assert cells(page)[0][:5] == ("R-1", "Travessia do rio", "África do Sul", "a pé", "não se sabe")
    assert "Travessia não oficial" in page.facts.text()
    assert "época seca, colheitas" in page.facts.text()


def test_a_status_has_its_days_its_hours_and_its_source_and_silence_is_grey(person):
    page = opens(person, "status")
    assert [(line.status, line.cells[1], line.cells[3]) for line in page.list.lines()] == [
        ("grey", "não se sabe", "não se sabe")
    ]

    person.types("h")
    answers(person, valid_from="01032026", opens="6:30", closes="2290")
    assert "BMIS-810" in person.dialog.trouble.text()
    answers(person, closes="2200")
    holds(person).types("n")
    answers(
        person, status="parcial", since="01032026", source="Despacho 12/2026", note="ponte danificada",
        restrictions=("horário reduzido",), populations=("camionistas",),
    )  # fmt: skip
    line = holds(person).section("status").list.lines()[0]

    assert line.status == "amber"
    assert line.cells[1:] == ("parcialmente operacional", "desde 01/03/2026", "06:30–22:00", "horário reduzido")
    for words in ("Despacho 12/2026", "ponte danificada", "camionistas", "06:30–22:00 desde 01/03/2026"):
        assert words in page.facts.text()

    person.presses(ENTER)  # corrects it: what was there stands in the form
    answers(person, until="10032026")
    assert page.list.lines()[0].status == "grey", "it is over, so nothing is known of today"
    goes_to(person, page.shown)
    person.types("Tudo")
    page.shown.activated.emit(page.shown.currentIndex())
    assert cells(page)[0][2] == "01/03/2026 – 10/03/2026"


def test_things_of_the_post_are_seen_again_and_the_earlier_word_stays(person):
    page = opens(person, "items")
    assert len(page.list.lines()) == 25
    assert {line.cells[3] for line in page.list.lines()} == {"não registado"}

    page.list.go_to("generator")
    person.types("n")
    assert person.dialog.fields["item"].currentData() == "generator"
    answers(person, state="funciona em", seen_on="10032026", quantity="2", working="3")
    assert "BMIS-780" in person.dialog.trouble.text(), "three of two cannot work"
    assert person.focus() is person.dialog.fields["working"]
    answers(person, working="1")
    assert ("1 de 2", "10/03/2026") in {one[4:] for one in cells(holds(person).section("items"))}

    person.types("n")
    answers(person, item="Gerador", state="funciona", seen_on="13032026", quantity="2", working="2")
    holds(person)
    (line,) = [one for one in page.list.lines() if one.cells[4:] == ("2 de 2", "13/03/2026")]
    page.list.go_to(line.key)
    assert "10/03/2026: funciona em parte, 1 de 2" in page.facts.text()


def test_who_owes_which_returns_is_said_with_a_reason_and_the_last_word_counts(person):
    page = opens(person, "expected")
    assert cells(page)[0][:1] == ("Ressano Garcia",)
    assert cells(page)[0][3] == "em vigor"

    person.types("n")
    answers(person, post="Namaacha", first="01032026")
    assert person.dialog is not None, "a reason is needed"
    answers(person, reason="posto sem ligação")
    shown = cells(holds(person).section("expected"))
    assert (shown[0][0], shown[0][3]) == ("Namaacha", "em vigor")
    page.list.go_to(1)
    assert "posto sem ligação" in page.facts.text()


def test_the_administrator_keeps_posts_and_not_the_map(office):
    person = office("admin")
    person.at("registers")
    assert list(person.desk._sections) == ["status", "items", "expected"]
    assert "H" not in person.section("status").buttons
    person.goes_to(1).types("h")
    assert person.dialog is None


def test_an_officer_has_no_such_desk(office):
    assert "registers" not in office("officer").frame._desks


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_of_the_pages_and_forms_is_cut_off(office, language):
    person = office("supervisor")
    person.at("registers")
    if language == "en":
        person.desktop.change_look(language="en")
    for page in PAGES:
        opens(person, page)
        settle(person.window)
        assert clipped(person.window) == [], page
        assert (takes_markup(person.window), unnamed(person.window)) == ([], [])
        for letter in ("n", "h"):
            person.types(letter)
            if person.dialog is not None:
                settle(person.dialog, person.dialog.sizeHint())
                assert clipped(person.dialog) == [], (page, letter)
                assert (person.dialog.height() <= 768, unnamed(person.dialog)) == (True, [])
                person.presses(ESCAPE)


def test_a_hostile_hand_breaks_nothing(person):
    """Keys at random, three hundred of them: the desk stays, and whatever was kept is a whole record."""
    hand = random.Random(6)
    keys = [ENTER, SPACE, Qt.Key.Key_Down, Qt.Key.Key_Tab, *map(ord, "NCRHAX19")]
    for _at in range(300):
        if hand.random() < 0.05 and person.dialog is None:
            opens(person, hand.choice(PAGES))
        person.presses(Qt.Key(hand.choice(keys)))
    if person.dialog is not None:
        person.presses(ESCAPE)
    assert person.desk.title() == "Registos"
    with Colleague(person.home, "supervisor", NOW) as colleague:
        compose.mobility_desk(colleague.session).mapped(colleague.by)
