"""A shift at the lane, by keyboard, on a real encrypted home."""

import pytest
from lane_robot import Officer, zone
from PySide6.QtCore import Qt

from bmis.crossings.decision import Decision
from ui.desktop.lane.drafting import Phase

FOREIGNER = zone()
OTHER = zone("ZZ1000001", "NDLOVU<SPECIMEN", "PETER", sex="M")
NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")


@pytest.fixture
def officer(qtbot, training_home):
    at_work = Officer(qtbot, training_home)
    yield at_work
    at_work.ends()


def answers_for_a_foreigner(officer):
    """Coming from, purpose, days, accommodation; the way of travelling is that of the post."""
    assert officer.focus() == "lane.coming_from"
    officer.enters("zaf")
    assert officer.focus() == "lane.purpose"
    officer.picks("tourism")
    assert officer.focus() == "lane.intended_days"
    officer.enters("10")
    assert officer.focus() == "lane.accommodation"
    return officer.enters("Hotel Specimen, Maputo")


def test_a_foreigner_with_everything_in_order_is_admitted_and_kept(officer):
    officer.shows(FOREIGNER)
    answers_for_a_foreigner(officer).accepts_all().decides()

    assert officer.model.phase is Phase.SAVED, officer.codes()
    stored = officer.stored()
    assert stored.decision is Decision.ADMITTED
    assert stored.document.number == "XK4400112"
    assert stored.request.journey.accommodation == "Hotel Specimen, Maputo"
    assert [one.check for one in stored.findings]


def test_a_national_needs_two_answers_and_is_never_offered_a_refusal(officer):
    officer.shows(NATIONAL)

    assert officer.focus() == "lane.coming_from"
    assert officer.model.stop is None
    officer.presses(Qt.Key.Key_F9)
    assert officer.codes() == ["BMIS-302"]
    officer.enters("zaf").accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED


def test_the_checks_keep_the_decision_shut_until_each_is_accepted(officer):
    officer.shows(zone(until="260601"))  # valid for less than six months

    answers_for_a_foreigner(officer)
    officer.decides()
    assert officer.codes() == ["BMIS-302"]
    assert officer.kept() == ()
    assert "Datas do documento" in officer.lane.bar.why_shut()
    officer.presses(Qt.Key.Key_Space).decides()
    stored = officer.stored()
    assert stored.verdict.acknowledged == {"document_dates"}


def test_the_decided_document_must_leave_before_another_is_read(officer):
    officer.shows(NATIONAL).enters("zaf").accepts_all().decides()
    assert officer.model.reading.holding

    officer.shows(NATIONAL)
    assert officer.model.phase is Phase.SAVED
    officer.presses(Qt.Key.Key_Return)
    officer.shows(NATIONAL)
    assert officer.model.draft is None
    officer.takes_away().shows(OTHER)
    assert officer.model.document.number == "ZZ1000001"


def test_another_document_on_the_glass_never_overwrites_the_draft(officer):
    officer.shows(FOREIGNER).enters("zaf")

    officer.shows(OTHER)
    assert officer.dialog is not None
    assert officer.model.document.number == "XK4400112"
    officer.types("1")
    assert officer.model.document.number == "XK4400112"
    assert officer.model.draft.answers["journey.coming_from"] == "ZAF"


def test_the_other_traveller_comes_next_when_the_officer_finishes_first(officer):
    officer.shows(NATIONAL).enters("zaf")
    officer.shows(OTHER).types("2")

    officer.accepts_all().decides().presses(Qt.Key.Key_Return)
    assert officer.model.document.number == "ZZ1000001"


def test_beginning_with_the_other_keeps_the_first_draft(officer):
    officer.shows(FOREIGNER).enters("zaf")
    officer.shows(OTHER).types("3")

    assert officer.model.document.number == "ZZ1000001"
    officer.presses(Qt.Key.Key_Escape)
    officer.dialog.yes.click()
    officer.settle()
    marks = {draft.document_mark for draft in officer.model.opening.drafts}
    assert marks == {"UTO/XK4400112", "UTO/ZZ1000001"}


def test_two_documents_at_once_are_told_apart_by_the_officer(officer):
    officer.shows(FOREIGNER, OTHER)

    assert officer.model.draft is None
    officer.types("2")
    assert officer.model.document.number == "ZZ1000001"


def test_a_refusal_needs_an_answer_on_protection_and_prints_its_notice(officer):
    officer.shows(FOREIGNER).presses(Qt.Key.Key_F9)
    dialog = officer.dialog

    officer.types("e1 g1").presses(Qt.Key.Key_Return)
    assert dialog.claim is None
    assert not dialog.ok.isEnabled()
    assert officer.focus() == "refusal.protection"
    officer.presses(Qt.Key.Key_Tab).presses(Qt.Key.Key_Space)  # to No
    assert dialog.claim is False
    dialog.ok.setFocus()
    officer.presses(Qt.Key.Key_Space)
    stored = officer.stored()
    assert stored.decision is Decision.REFUSED_ENTRY
    assert stored.verdict.reasons == ("E1", "G1")
    assert stored.verdict.refusal.protection_claim is False
    title, pdf = officer.tray.papers[0]
    assert "notice" in title
    assert pdf.startswith(b"%PDF")


def test_who_fears_to_return_is_referred_and_not_refused(officer):
    officer.shows(FOREIGNER).presses(Qt.Key.Key_F9)
    dialog = officer.dialog

    dialog.yes.setFocus()
    officer.presses(Qt.Key.Key_Space)
    assert "INAR" in dialog.referral.text()
    officer.presses(Qt.Key.Key_Return)
    stored = officer.stored()
    assert stored.decision is Decision.REFERRED
    assert stored.verdict.reasons == ()
    assert officer.tray.papers == []
    assert "INAR" in officer.lane.saved.referral.text()


def test_a_foreigner_under_age_is_proposed_to_secondary(officer):
    officer.shows(zone(born="120101"))

    assert officer.model.checking.proposal.decision is Decision.PENDING_SECONDARY
    officer.decides()
    assert officer.stored().decision is Decision.PENDING_SECONDARY
    assert len(officer.model.shift.pending) == 1


def test_a_decision_is_taken_back_once_named_and_the_traveller_is_open_again(officer):
    officer.shows(NATIONAL).enters("zaf").accepts_all().decides()

    officer.presses(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    officer.dialog.yes.click()
    officer.settle()
    assert officer.kept()[0].state.value == "undone"
    assert officer.model.document.surname == "COSSA SPECIMEN"
    assert officer.model.draft.answers["journey.coming_from"] == "ZAF"


def test_two_minutes_later_nothing_can_be_taken_back(officer):
    officer.shows(NATIONAL).enters("zaf").accepts_all().decides()

    officer.later(seconds=121).presses(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert officer.dialog is None
    assert officer.kept()[0].state.value == "standing"


def test_a_returning_traveller_confirms_with_one_key(officer):
    officer.shows(NATIONAL).enters("zaf").accepts_all().decides()
    officer.takes_away().later(hours=1)

    officer.shows(NATIONAL)
    assert officer.focus() == "lane.confirm"
    assert officer.model.unconfirmed == ("journey.coming_from",)
    officer.presses(Qt.Key.Key_Return)
    assert officer.model.unconfirmed == ()


def test_the_slip_is_printed_and_the_second_one_is_a_copy(officer):
    officer.shows(NATIONAL).enters("zaf").accepts_all().decides()

    officer.presses(Qt.Key.Key_F5).presses(Qt.Key.Key_F5)
    assert [title for title, _pdf in officer.tray.papers] == ["BMIS slip 1", "BMIS slip 1"]
    assert officer.desktop._parts is not None


def test_without_a_printer_the_officer_says_where_the_slip_goes(officer, tmp_path):
    officer.tray.absent = True
    officer.shows(NATIONAL).enters("zaf").accepts_all().decides()

    officer.presses(Qt.Key.Key_F5)
    assert officer.codes() == ["BMIS-311"]
    officer.dialog.fields["path"].setText(str(tmp_path / "talao.pdf"))
    officer.dialog.ok.click()
    officer.settle()
    assert (tmp_path / "talao.pdf").read_bytes().startswith(b"%PDF")


def test_a_clock_that_was_set_back_is_told_once_and_the_record_is_marked(officer):
    officer.shows(NATIONAL).enters("zaf").accepts_all().decides().presses(Qt.Key.Key_Return).takes_away()
    assert "BMIS-019" not in officer.codes()

    officer.later(hours=-3).shows(OTHER)
    answers_for_a_foreigner(officer)
    assert officer.codes().count("BMIS-019") == 1
    officer.accepts_all().decides()

    marks = {one.seq: officer.parts.show(one.id).crossing.place.clock_set_back for one in officer.kept()}
    assert marks == {1: False, 2: True}
