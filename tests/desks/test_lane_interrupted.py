"""The lane interrupted: power cuts, locks, a check that hangs, findings that change, a second person."""

import gc
from datetime import date

import pytest
from lane_robot import Officer, zone
from PySide6.QtCore import Qt
from shiboken6 import isValid

from bmis.crossings.decision import Decision, Direction
from bmis.crossings.finding import Finding, Status
from bmis.crossings.record_crossing import LET_THROUGH
from bmis.kernel.actor import Role
from bmis.posts.post_setting import SettingName
from ui.compose import border_desk
from ui.desktop.lane.drafting import Phase

FOREIGNER = zone()
NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")


class Wavering:
    """A check whose answer the test changes."""

    name, mandatory, timeout_s, rule = "watchlist", True, None, "watchlist/test"

    def __init__(self, status=Status.GREEN, evidence="no_hit"):
        self.status, self.evidence = status, evidence

    def __call__(self, case):
        yield Finding(self.name, self.status, self.evidence, self.rule)


class Hanging(Wavering):
    """A check that never answers in time."""

    timeout_s = 0.05

    def __call__(self, case):
        import time

        time.sleep(0.4)
        yield from super().__call__(case)


@pytest.fixture
def at_work(qtbot, training_home):
    shifts = []

    def begin(**how):
        shifts.append(Officer(qtbot, training_home, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        if isValid(shift.window):
            shift.ends()


def cuts_the_power(officer):
    """Leave without closing anything the lane would close: the draft stays as the store has it."""
    officer.lane.model.close = lambda: None
    officer.lane.model.autosave.drop()
    officer.ends()
    gc.collect()


def test_after_a_power_cut_between_decision_and_slip_the_first_screen_says_saved(at_work):
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf").accepts_all().decides()
    cuts_the_power(officer)

    officer = at_work()
    assert "GUARDADO às 10:00" in officer.lane.banner.text()
    assert "NÃO" not in officer.lane.banner.text()
    assert len(officer.kept()) == 1
    assert officer.model.draft is None


def test_after_a_power_cut_before_the_store_answered_the_draft_is_there_and_says_not_saved(at_work):
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf").accepts_all()
    rooms = officer.parts
    rooms.desk.mark_deciding(officer.model._entry(), rooms.desk.session.actor)  # the power goes here
    cuts_the_power(officer)

    officer = at_work()
    assert "NÃO GUARDADO" in officer.lane.banner.text()
    assert officer.kept() == ()
    assert officer.model.document.number == "15AB00001"
    assert officer.model.draft.answers["journey.coming_from"] == "ZAF"
    officer.accepts_all().decides()
    assert len(officer.kept()) == 1


def test_a_draft_is_recovered_as_it_was_typed(at_work):
    officer = at_work()
    officer.shows(FOREIGNER).enters("zaf").picks("business")
    officer.lane.model.autosave.now()
    cuts_the_power(officer)

    officer = at_work()
    assert officer.model.phase is Phase.WORK
    assert officer.model.draft.answers["journey.purpose"] == "business"
    assert officer.lane.banner.isHidden()


def test_the_lock_keeps_the_draft_and_shows_nobody(at_work):
    officer = at_work()
    officer.shows(FOREIGNER).enters("zaf")
    officer.presses(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert officer.lane.traveller.name.text() == ""
    assert officer.lane.traveller.zone.lines() == ()
    assert officer.parts.opening().drafts[0].document_mark == "UTO/XK4400112"
    officer.types("treino").presses(Qt.Key.Key_Return)
    assert "SITOE" in officer.lane.traveller.name.text()
    assert officer.model.draft.answers["journey.coming_from"] == "ZAF"


def test_a_check_that_hangs_is_grey_and_must_be_accepted_and_nothing_is_proposed(at_work):
    officer = at_work(extra_checks=(Hanging(),))
    officer.shows(NATIONAL).enters("zaf")

    row = officer.lane.checks.findings.row("watchlist").finding
    assert row.status == "grey"
    assert officer.model.checking.proposal.decision is None
    officer.decides()  # asks which: nothing is preselected
    choices = officer.dialog.buttons
    assert not choices["ADMITTED"].isEnabled()
    officer.presses(Qt.Key.Key_Escape)
    officer.accepts_all().decides()
    number = list(officer.dialog.buttons).index("ADMITTED") + 1
    officer.types(str(number))
    stored = officer.stored()
    assert stored.decision is Decision.ADMITTED
    assert "watchlist" in stored.verdict.acknowledged


def test_a_finding_that_changes_at_the_commit_comes_back_and_nothing_is_stored(at_work):
    check = Wavering()
    officer = at_work(extra_checks=(check,))
    officer.shows(NATIONAL).enters("zaf").accepts_all()

    check.status, check.evidence = Status.AMBER, "possible"
    officer.decides()
    assert officer.kept() == ()
    assert "BMIS-240" in officer.codes()
    assert officer.lane.checks.findings.row("watchlist").finding.status == "amber"
    officer.decides()
    assert officer.kept() == ()
    officer.accepts_all().decides()
    assert officer.stored().verdict.acknowledged == {"watchlist"}


def test_letting_through_against_a_red_finding_takes_a_second_person(at_work):
    officer = at_work(extra_checks=(Wavering(Status.RED, "hit"),))
    officer.shows(NATIONAL).enters("zaf").accepts_all()

    assert officer.model.checking.proposal.decision is Decision.PENDING_SECONDARY
    officer.model.decide(Decision.ADMITTED)
    officer.settle()
    assert officer.kept() == ()
    officer.enters("supervisor").enters("wrong")
    assert officer.kept() == ()
    assert officer.dialog is not None
    officer.types("treino").presses(Qt.Key.Key_Return)
    assert officer.stored().second_officer == "supervisor"


def test_a_single_officer_lets_through_and_owes_the_second_signature(at_work, signed_in):
    supervisor = signed_in(Role.SUPERVISOR)
    border_desk(supervisor).set_post_setting(
        SettingName.SINGLE_OFFICER, True, valid_from=date(2026, 3, 1), reason="Equipa reduzida", by=supervisor.actor
    )
    supervisor.close()
    officer = at_work(extra_checks=(Wavering(Status.RED, "hit"),))
    officer.shows(NATIONAL).enters("zaf").accepts_all()

    officer.model.decide(Decision.ADMITTED)
    officer.settle()
    assert "24 horas" in officer.dialog.accessibleDescription()
    officer.presses(Qt.Key.Key_Return).presses(Qt.Key.Key_Return)  # nobody else is here to sign
    stored = officer.stored()
    assert stored.decision is Decision.ADMITTED
    assert stored.second_officer is None
    assert stored.verdict.approval_id is not None
    assert officer.owed() == [(LET_THROUGH, stored.request.request_id)]


def test_a_traveller_put_aside_is_taken_up_again_from_the_list(at_work):
    officer = at_work()
    officer.shows(FOREIGNER).enters("zaf").presses(Qt.Key.Key_Escape)
    officer.dialog.yes.setFocus()
    officer.presses(Qt.Key.Key_Space)

    assert officer.model.phase is Phase.IDLE
    officer.lane.idle.drafts.setCurrentRow(0)
    officer.lane.idle.drafts.setFocus()
    officer.presses(Qt.Key.Key_Return)
    assert officer.model.document.number == "XK4400112"


def test_a_discarded_draft_needs_a_reason_and_is_gone(at_work):
    officer = at_work()
    officer.shows(FOREIGNER).enters("zaf")
    officer.lane.model.autosave.now()
    officer.lane.asking.discard()
    officer.settle()
    officer.types("documento trocado").presses(Qt.Key.Key_Return)

    assert officer.model.phase is Phase.IDLE
    assert officer.parts.opening().drafts == ()


def test_on_the_way_out_an_entry_by_stamp_can_be_written_down(at_work):
    officer = at_work(direction="EXIT")
    officer.shows(FOREIGNER)

    stamp = officer.lane.questions.fields["evidence.entry_stamp"]
    assert stamp.isVisible()
    officer.model.answer("evidence.entry_stamp", "Machipanda 02/03/2026")
    assert "entered_by_stamp" in [one.evidence for one in officer.model.checking.examined.findings]


def test_nothing_is_read_before_the_direction_is_chosen(at_work):
    officer = at_work(direction=None)
    officer.shows(NATIONAL)

    assert officer.codes() == ["BMIS-300"]
    assert officer.model.draft is None
    officer.presses(Qt.Key.Key_Space)  # the first button: entry
    officer.takes_away().shows(NATIONAL)
    assert officer.model.document is not None


def test_the_direction_is_asked_once_and_changed_from_the_palette(at_work):
    officer = at_work(direction=None)
    assert officer.desktop.frame.header._way.value.text() == "—"
    officer.presses(Qt.Key.Key_Space)  # the first button: entry
    officer.ends()

    officer = at_work(direction=None)
    assert officer.desktop.frame.header._way.value.text() == "ENTRADA"
    assert officer.model.direction is Direction.ENTRY
    officer.presses(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    officer.enters("sentido: saida")
    assert officer.desktop.frame.header._way.value.text() == "SAÍDA"
    officer.ends()

    assert at_work(direction=None).model.direction is Direction.EXIT
