"""The screening desk by keyboard alone, on a real SQLCipher home: a queue of the well, the ill, the corrected."""

import pytest
from health_robot import DAY
from office_robot import ENTER, ESCAPE
from PySide6.QtCore import Qt

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_token import read_token
from bmis.store.clearance_keys import clearance_keys
from bmis.store.home import Home
from poe_health.rules.answer import Answer

SHIFT = Qt.KeyboardModifier.ShiftModifier


def kept(room):
    """What the store holds, the oldest first."""
    return [room.shows(view) for view in reversed(room.of_day())]


def voyage_of_a_bus(person):
    person.presses(Qt.Key.Key_V)
    person.bot.waitUntil(lambda: person.dialog is not None)
    person.fills("Entrada", "Autocarro", "MMM 123 MC", "Lilongwe", "MWI", "MWI", "", "01032026", "")
    person.presses(Qt.Key.Key_F12)
    assert person.dialog is None


def test_twenty_well_travellers_take_six_keys_each_at_most_and_each_is_stored(screener, room, training_home):
    room.lists()
    person = screener()
    voyage_of_a_bus(person)
    taken = []
    for number in range(20):
        before = person.keys_pressed
        person.types("n").types(f"36{number % 10}")
        person.types("fm"[number % 2]) if number % 4 == 0 else None
        person.presses(ENTER)
        taken.append(person.keys_pressed - before)

    assert max(taken) <= 6
    stored = kept(room)
    assert len(stored) == 20
    assert [one.view.facts.result for one in stored] == ["PASS"] * 20
    assert [one.clinical.form.temperature.celsius for one in stored[:3]] == [36.0, 36.1, 36.2]
    assert {one.view.record.voyage_key for one in stored} == {"BUS||MMM123MC|2026-03-14|LILONGWE|MZLRSG"}
    assert {one.view.facts.cell.origin_country for one in stored} == {"MWI"}
    asked = set(person.desk._day.card.symptoms)
    for one in stored:
        assert set(one.clinical.form.symptoms.values()) == {Answer.NO}
        assert set(one.clinical.form.symptoms) == asked
        assert one.clinical.form.any_symptom is Answer.NO
        assert one.person is None
        assert not one.view.named
        assert one.clinical.form.appearance is None
        assert one.clinical.form.itinerary[0].country == "MWI"
    home = Home.open(training_home)
    tokens = [read_token(one.token, clearance_keys(home), home.post_code, person.clock()) for one in stored]
    assert {one.outcome for one in tokens} == {ClearanceOutcome.H_OK}
    assert len({one.ref for one in tokens}) == 20
    assert person.desk.queue.figures["screened"].text() == "20"


def test_nothing_is_answered_beforehand_and_saving_says_what_is_open(screener, room):
    room.lists()
    person = screener()
    assert person.answers() == {}
    person.types("365").presses(ENTER)
    assert "BMIS-565" in person.desk.pad.trouble.text()
    assert room.of_day() == ()

    person.types("n")
    assert set(person.answers().values()) == {Answer.NO}
    person.types("n")  # pressed by mistake: taken back whole
    assert person.answers() == {}
    person.presses(Qt.Key.Key_N, SHIFT).presses(ENTER)
    (one,) = kept(room)
    assert set(one.clinical.form.symptoms.values()) == {Answer.UNKNOWN}
    assert one.clinical.form.any_symptom is Answer.UNKNOWN


def test_a_letter_turns_yes_cannot_say_not_answered_and_none_leaves_it_alone(screener, room):
    room.lists()
    person = screener()
    for expected in (Answer.YES, Answer.UNKNOWN, None, Answer.YES):
        person.turns("COUGH")
        assert person.answers().get("COUGH") is expected
    person.types("n")
    assert person.answers()["COUGH"] is Answer.YES
    assert person.answers()["VOMITING"] is Answer.NO
    words = person.desk.pad.toggles["COUGH"].accessibleName()
    assert words.endswith("SIM")


def test_a_telephone_that_nobody_can_dial_is_said_at_the_person_and_nothing_typed_is_lost(screener, room, tray):
    room.lists()
    person = screener()
    person.turns("COUGH")
    person.types("n").types("386").presses(ENTER)
    person.fills("UTOPIANO", "ALBERTO SINTETICO", "05121990", "UTO", "UT7654321", "UTO", "8" * 40, "12A", "")

    assert "BMIS-595" in person.desk.person.trouble.text()
    assert person.desk.middle.currentWidget() is person.desk.person
    assert kept(room) == []
    field = person.desk.person.fields["phone"].field
    assert field.text() == "8" * 40
    field.setFocus()
    person.presses(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier).types("840000001").presses(Qt.Key.Key_F12)

    (one,) = kept(room)
    assert (one.person.surname, one.person.phones) == ("UTOPIANO", ("840000001",))


def test_who_is_it_is_asked_only_when_the_result_is_not_no_concern(screener, room, tray):
    room.lists()
    person = screener()
    person.turns("COUGH")
    person.types("n").types("386").presses(ENTER)
    assert person.desk.middle.currentWidget() is person.desk.person
    person.fills("UTOPIANO", "ALBERTO SINTETICO", "05121990", "UTO", "UT7654321", "UTO", "+258840000001", "12A", "")

    (one,) = kept(room)
    assert one.view.facts.result == "SECONDARY"
    assert (one.person.surname, str(one.person.birth_date), one.person.nationality) == (
        "UTOPIANO",
        "1990-12-05",
        "UTO",
    )
    assert one.person.phones == ("+258840000001",)
    assert person.desk.middle.currentWidget() is person.desk.pad
    assert person.desk.queue.figures["waiting"].text() == "1"

    person.presses(Qt.Key.Key_F5)
    ((title, paper),) = tray.papers
    assert paper.startswith(b"%PDF")
    assert b"UTOPIANO" not in paper
    assert "UTOPIANO" not in title


def test_a_screener_never_sees_the_names_of_others(screener, room):
    room.lists()
    person = screener()
    person.turns("COUGH")
    person.types("n").types("365").presses(ENTER).fills("UTOPIANO", "ALBERTO").presses(Qt.Key.Key_F12)
    (view,) = room.of_day()
    assert view.named

    shown = [label.text() for label in person.window.findChildren(type(person.desk.line))]
    shown += [person.desk.queue.records.item(at).text() for at in range(person.desk.queue.records.count())]
    shown += [labelled.field.text() for labelled in person.desk.person.fields.values() if labelled.isVisible()]
    assert not [words for words in shown if "UTOPIANO" in words or "ALBERTO" in words]
    assert person.model.traveller.person == {}
    seen = person.desk.model.parts.desk.show(view.id, person.desk.model.parts.session.actor)
    assert seen.person is None
    assert "person" in seen.hidden


def test_a_fever_is_measured_again_and_both_readings_are_kept(screener, room):
    room.lists()
    person = screener()
    person.types("nt385")  # by infrared at the forehead
    assert "Medir de novo" in person.shows()
    person.presses(Qt.Key.Key_F2)
    assert person.model.traveller.digits == ""
    person.types("tttt").types("369").presses(Qt.Key.Key_F12)

    (one,) = kept(room)
    assert [(each.celsius, each.method) for each in one.clinical.temperatures] == [
        (38.5, "IR_FOREHEAD"),
        (36.9, "AXILLA"),
    ]
    assert one.clinical.form.temperature.celsius == 36.9
    assert one.view.facts.result == "PASS"
    person.types("n365")  # the way to measure first is that of the traveller before
    assert person.model.traveller.method == "IR_FOREHEAD"


@pytest.mark.parametrize(("digits", "code"), [("985", "BMIS-400"), ("120", "BMIS-400"), ("999", "BMIS-400")])
def test_an_impossible_temperature_is_told_at_its_field_and_nothing_is_lost(screener, room, digits, code):
    room.lists()
    person = screener()
    person.turns("COUGH")
    person.types("f").types(digits)
    assert code in person.desk.pad.temperature.trouble.text()
    person.types("n").presses(ENTER)
    assert room.of_day() == ()
    assert person.answers()["COUGH"] is Answer.YES
    assert person.model.traveller.sex == "F"
    assert person.model.traveller.digits == digits

    person.types("366").presses(Qt.Key.Key_F12)
    (one,) = kept(room)
    assert [each.celsius for each in one.clinical.temperatures] == [36.6]


def test_a_rare_temperature_counts_when_it_is_typed_twice(screener, room):
    room.lists()
    person = screener()
    person.types("n").types("332")
    assert "BMIS-401" in person.desk.pad.temperature.trouble.text()
    person.presses(ENTER)
    assert room.of_day() == ()
    person.types("332").presses(Qt.Key.Key_F12)
    (one,) = kept(room)
    assert (one.clinical.form.temperature.celsius, one.clinical.form.temperature.confirmed) == (33.2, True)


def test_a_slip_of_the_first_typing_is_not_confirmed_by_another_number(screener, room):
    room.lists()
    person = screener()
    person.types("n").types("432").types("342")
    assert (person.model.traveller.celsius, person.model.traveller.confirmed) == (34.2, False)


def test_without_a_temperature_saving_asks_once_and_keeps_it_unknown(screener, room):
    room.lists()
    person = screener()
    person.types("n").presses(ENTER)
    assert "BMIS-566" in person.desk.pad.temperature.trouble.text()
    person.types("36").presses(ENTER)
    assert "BMIS-567" in person.desk.pad.temperature.trouble.text()
    person.presses(Qt.Key.Key_Backspace, times=2).presses(ENTER)
    assert room.of_day() == ()
    person.presses(ENTER)
    (one,) = kept(room)
    assert one.clinical.form.temperature is None
    assert one.view.facts.threshold_reached is None


def test_outbreak_mode_lowers_the_threshold_and_asks_its_own_questions_and_days(screener, room):
    room.lists()
    person = screener()
    person.types("n").types("376").presses(ENTER)
    assert person.desk._day.card.days == 21
    room.mode("CHOLERA")
    person.model.refresh()
    assert "DIARRHOEA_WATERY" in person.model.questions
    assert person.desk._day.card.days == 5
    assert "37,5" in person.desk.line.text()
    assert "Cólera" in person.desk.line.text()
    person.types("n").types("376").presses(Qt.Key.Key_F12)

    assert [one.view.facts.result for one in kept(room)] == ["PASS", "SECONDARY"]


def test_symptoms_only_is_said_over_the_desk(screener, room):
    room.lists()
    room.mode("CHOLERA", symptoms_only=True)
    assert "SÓ SINTOMAS" in screener().desk.line.text()


def test_lists_nobody_approved_are_said_not_to_be_at_hand_and_never_to_be_empty(screener):
    person = screener()
    assert "Não disponível" in person.desk.line.text()
    assert person.desk.chip.status == "grey"


def test_at_most_five_questions_are_asked_beside_the_card_and_none_answers_the_card_first(screener, room):
    room.lists("EVD")
    person = screener()
    card = set(person.model.questions)
    person.turns("VOMITING")
    extra = [code for code in person.model.questions if code not in card]
    assert 0 < len(extra) <= 5
    person.types("n")
    still = [code for code in person.model.traveller.extra if code not in person.answers()]
    assert still
    assert len(still) <= 5
    assert all(code in person.answers() for code in card)
    person.types("n")
    assert set(extra) <= set(person.answers())


def test_the_voyage_is_carried_over_and_shown_and_one_key_clears_it(screener, room):
    room.lists()
    person = screener()
    voyage_of_a_bus(person)
    assert person.desk.queue.voyage_card.property("kind") == "card"
    person.well()
    assert person.desk.queue.voyage_card.property("kind") == "carried"
    assert "MMM 123 MC" in person.desk.queue.voyage_words.text()
    person.presses(Qt.Key.Key_Delete)
    assert person.model.voyage.is_empty
    assert person.model.voyage.direction == "ENTRY"
    person.well()
    assert [one.clinical.travel.conveyance_id for one in kept(room)] == ["MMM 123 MC", None]


def test_a_line_of_the_journey_that_cannot_be_is_named_and_stays(screener, room):
    room.lists()
    person = screener()
    person.presses(Qt.Key.Key_V)
    person.bot.waitUntil(lambda: person.dialog is not None)
    person.fills("Entrada", "", "", "", "", "MWI", "", "10032026", "01032026").presses(Qt.Key.Key_F12)
    assert "BMIS-574" in person.dialog.trouble.text()
    assert person.dialog.rows[0].country.code() == "MWI"
    person.presses(ESCAPE)


def test_an_affected_area_on_the_way_is_advice_without_a_symptom(screener, room):
    from datetime import timedelta

    from poe_health.screening.journey import AffectedArea

    room.lists(areas=(AffectedArea("CHOLERA", "MWI", None, DAY - timedelta(days=30)),))
    person = screener()
    voyage_of_a_bus(person)
    person.well()
    assert "aconselhamento" in person.shows()
    person.presses(Qt.Key.Key_F12)
    (one,) = kept(room)
    assert (one.view.facts.result, one.view.facts.clearance) == ("ADVISE", ClearanceOutcome.H_OK)
