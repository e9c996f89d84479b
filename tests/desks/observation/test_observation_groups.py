"""Groups of the registry and surveys, typed by keys alone; and what is left half done comes back."""

from uuid import UUID

import pytest
from observation_robot import BACKSPACE, F6, F9, F12
from office_robot import CONTROL, ENTER
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from bmis.flows.mobility.survey import questions


def kept(person):
    day = person.watch.at.date()
    return [one.noun for one in person.counter.parts.observed(day, day).slots]


def shown(person, section="groups"):
    return {name: field.value() for name, field in person.section(section).fields.items() if field.value()}


def test_a_group_is_typed_by_enter_from_field_to_field(desk):
    person = desk(2)
    person.types("ent").presses(ENTER).types("14").presses(ENTER).types("zaf").presses(ENTER).types("chapa")
    for _field in range(6):  # kind of record, reason, duration, two countries, then women 0-4
        person.presses(ENTER)
    person.types("1").presses(ENTER).types("2").presses(ENTER).types("4").presses(ENTER, times=4).types("7")
    person.presses(F12).presses(F6)

    (slot,) = kept(person)
    assert (slot.fmp, slot.start, slot.end, slot.directions) == ("MZ.L.RSG", 540, 600, ("entry", "exit"))
    (group,) = slot.groups
    assert (group.direction, group.total, group.nationality, group.transport_mode) == ("entry", 14, "ZAF", "minibus")
    assert dict(group.sex_age) == {"f_0_4": 1, "f_5_17": 2, "f_18_59": 4, "m_18_59": 7}
    assert dict(group.vulnerabilities) == {}, "nobody was asked: that is not nought"
    assert (group.reason, group.record_kind) == (None, None)


def test_the_next_group_has_the_place_and_the_time_of_the_last(desk):
    person = desk(2).puts("groups", date="21112026", slot_start="0700", slot_end="0830", direction="ent", total="3")
    person.presses(F12)
    assert shown(person) == {
        "fmp": "MZ.L.RSG",
        "date": "2026-11-21",
        "slot_start": "07:00",
        "slot_end": "08:30",
        "directions": "entry+exit",
    }
    assert person.focus() is person.section("groups").fields["direction"].field
    assert "1 grupo, 3 pessoas" in person.section("groups").told.text()

    person.puts("groups", direction="sa", total="2", v_pregnant="0").presses(F6)
    day = person.desk.sheet.parts.local_now().date().replace(day=21)
    (slot,) = [one.noun for one in person.counter.parts.observed(day, day).slots]
    assert [(one.direction, one.total) for one in slot.groups] == [("entry", 3), ("exit", 2)]
    assert dict(slot.groups[1].vulnerabilities) == {"v_pregnant": 0}
    assert shown(person)["slot_start"] == "08:30", "the next sheet goes on from there"
    assert person.desk.sheet.parts.kept_drafts() == ()


def test_sex_and_age_must_add_up_and_nothing_typed_is_lost(desk):
    person = desk(2).puts("groups", direction="ent", total="9", f_18_59="4", m_18_59="4")
    assert "8 de 9" in person.section("groups").sum.text()
    person.presses(F12)
    assert "BMIS-781" in person.reads()
    assert person.focus() is person.section("groups").fields["sex_age_unknown"].field
    person.types("1").presses(F12)
    assert person.desk.sheet.sheet.people == 9
    assert "BMIS-781" not in person.reads()


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"total": "3"}, "direction"),
        ({"direction": "ent"}, "total"),
        ({"direction": "ent", "total": "0"}, "total"),
        ({"direction": "ent", "total": "3", "nationality": "zzz"}, "nationality"),
        ({"direction": "ent", "total": "3", "v_pregnant": "4"}, "v_pregnant"),
    ],
)
def test_a_field_that_cannot_be_is_named_marked_and_gone_to(desk, typed, where):
    person = desk(2).puts("groups", **typed).presses(F12)
    assert "BMIS-780" in person.reads()
    field = person.section("groups").fields[where]
    assert field.field.property("wrong")
    assert person.focus() is field.field
    assert person.desk.sheet.sheet.groups == ()
    assert person.desk.sheet.sheet.is_begun


def test_a_sheet_is_not_kept_before_its_time_is_over_nor_twice_for_the_same_time(desk):
    person = desk(2).puts("groups", slot_end="1100", direction="ent", total="3").presses(F6)
    assert "BMIS-788" in person.reads()
    assert person.desk.sheet.sheet.people == 3
    person.watch.goes_on(61)
    person.presses(F6)
    assert len(kept(person)) == 1
    person.puts("groups", slot_start="1030", slot_end="1100", direction="ent", total="3").presses(F6)
    assert "BMIS-782" in person.reads()
    assert person.desk.sheet.sheet.people == 3


def test_a_district_belongs_to_its_province_and_none_is_asked_of_another_country(desk):
    person = desk(2).puts("groups", direction="ent", total="1", dest_adm1="Te")
    fields = person.section("groups").fields
    assert fields["dest_adm1"].value() == "MZ10"
    districts = [fields["dest_adm2"].field.itemData(at) for at in range(1, fields["dest_adm2"].field.count())]
    assert districts
    assert all(code.startswith("MZ10") for code in districts)
    person.puts("groups", dest_country="zmb")
    assert not fields["dest_adm1"].field.isEnabled()
    assert "dest_adm1" not in shown(person)
    person.presses(F12)
    assert person.desk.sheet.sheet.groups[0]["dest_country"] == "ZMB"


def test_the_last_group_can_be_opened_again(desk):
    person = desk(2).puts("groups", direction="ent", total="5").presses(F12)
    person.presses(BACKSPACE, CONTROL)
    assert shown(person)["total"] == "5"
    person.puts("groups", total="6").presses(F12)
    assert [one["total"] for one in person.desk.sheet.sheet.groups] == ["6"]


def test_nobody_passed_is_asked_about_before_it_is_kept(desk):
    person = desk(2).presses(F6)
    assert kept(person) == []
    person.presses(ENTER)
    assert kept(person) == [], "no has the focus"
    person.presses(F6)
    person.dialog.yes.setFocus()
    person.presses(Qt.Key.Key_Space)
    assert [dict(one.totals) for one in kept(person)] == [{"entry": 0, "exit": 0}]


def test_a_sheet_and_a_survey_that_were_left_are_back(desk):
    person = desk(2).puts("groups", direction="ent", total="5").presses(F12)
    person.puts("groups", total="7", origin_country="zaf")
    person.page(3).types("a").puts("survey", age="25", nationality="mwi")
    person.ends()
    again = desk(2, at=person.watch.at)
    assert again.desk.sheet.sheet.people == 5
    assert shown(again)["total"] == "7"
    assert shown(again)["origin_country"] == "ZAF"
    again.page(3)
    assert shown(again, "survey") == {"age": "25-39", "nationality": "MWI"}


def test_nobody_is_asked_before_agreeing_and_a_refusal_is_counted(desk):
    person = desk(3)
    page = person.section("survey")
    assert "uma em cada 10 pessoas" in page.consent.step.text()
    person.presses(F12)
    assert "BMIS-803" in person.reads()
    person.types("r").types("m").types("l").types("r")
    today = person.desk.survey.today
    assert (today.asked, dict(today.refused)) == (0, {"refused": 2, "under_age": 1, "no_language": 1})
    assert "Não quis responder: 2" in page.told.text()


def test_what_a_reader_sends_counts_no_refusal(desk):
    person = desk(3)
    pad = person.section("survey").consent
    for at, text in enumerate("P<UTOALMRALMR<<"):
        swiped = QKeyEvent(QEvent.Type.KeyPress, ord(text), Qt.KeyboardModifier.NoModifier, text)
        swiped.setTimestamp(1_000_000 + 5 * at)
        QApplication.sendEvent(pad, swiped)
    assert dict(person.desk.survey.today.refused) == {}
    assert person.desk.survey.interview is None


def test_a_refusal_counted_by_mistake_is_taken_back_with_a_reason(desk):
    person = desk(3).types("r").presses(BACKSPACE, CONTROL).types("tecla errada").presses(ENTER)
    assert person.dialog is None
    assert dict(person.desk.survey.today.refused) == {}
    assert "já não conta" in person.reads()
    person.presses(BACKSPACE, CONTROL)
    assert person.dialog is None, "nothing more was kept here"


def test_enter_passes_over_fields_that_are_not_asked(desk):
    person = desk(2).puts("groups", direction="ent", total="1", dest_country="zmb")
    fields = person.section("groups").fields
    fields["dest_country"].field.setFocus()
    person.presses(ENTER)
    assert person.focus() is fields["v_pregnant"].field


def test_a_survey_is_kept_with_codes_only_and_age_is_needed(desk):
    person = desk(3).types("a").presses(F12)
    assert "BMIS-792" in person.reads()
    assert person.focus() is person.section("survey").fields["age"].field
    person.types("18").presses(ENTER).types("fem").presses(ENTER).types("sa").presses(ENTER).types("moz")
    person.puts("survey", need_first="Abr", reason="comp").presses(F12)
    assert "guardado" in person.reads()
    assert person.desk.survey.today.asked == 1
    assert person.desk.survey.interview is None
    assert person.desk.survey.parts.kept_drafts() == ()


def test_who_stops_half_way_counts_as_refused_and_no_answer_is_kept(desk):
    person = desk(3).types("a").puts("survey", age="18").presses(F9)
    assert (person.desk.survey.today.asked, dict(person.desk.survey.today.refused)) == (0, {"refused": 1})
    assert person.desk.survey.parts.kept_drafts() == ()
    assert shown(person, "survey") == {}


def test_the_survey_asks_for_no_name_no_number_and_no_free_text(desk):
    from PySide6.QtWidgets import QComboBox

    from ui.desktop.widgets.fields import CountryField

    person = desk(3)
    fields = person.section("survey").fields
    assert all(isinstance(one.field, QComboBox | CountryField) for one in fields.values())
    assert set(questions()) <= set(fields)


def test_a_slot_is_taken_back_with_a_reason_and_stays_in_the_store(desk):
    person = desk(2).puts("groups", direction="ent", total="5").presses(F6)
    person.page(4)
    assert isinstance(person.section("seen").list.key(), UUID)
    person.types("t").types("hora errada").presses(ENTER)
    assert person.dialog is None
    assert kept(person) == []
    assert "já não conta" in person.reads()
    assert "não é 0" in person.section("seen").list.nothing()
