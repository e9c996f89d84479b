"""kill -9 in the middle of a paper form, or of a case in secondary: what was typed is back."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from office_robot import Colleague, an_hour_ago

from bmis.crossings.decision import Decision

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix"),
]
CHILD = Path(__file__).resolve().with_name("desk_child.py")


def power_goes(home, desk, form=""):
    done = subprocess.run(
        [sys.executable, str(CHILD), str(home), desk, form],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(CHILD.parents[2])},
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stdout.decode() + done.stderr.decode()


def drafts(home, role):
    with Colleague(home, role) as colleague:
        return colleague.desk.drafts(colleague.by)


@pytest.fixture
def form(training_home):
    with Colleague(training_home, "supervisor", an_hour_ago(600)) as supervisor:
        return supervisor.desk.allocate_forms(1, supervisor.by)[0]


def test_half_a_paper_form_is_back_after_a_power_cut_and_goes_when_it_is_cleared(training_home, form, office):
    power_goes(training_home, "backfill", form.number)
    clerk = office("officer")
    clerk.at("backfill")

    typed = clerk.desk.model.typed()
    assert typed.number == form.number
    assert (typed.text("number"), typed.text("expiry_date"), typed.text("surname")) == (
        "U1234567",
        "2031-05-01",
        "Maca",
    )
    assert clerk.desk.number.text() == form.number
    shown = {name: one.value() for name, one in clerk.desk.fields.fields.items()}
    assert {name: text for name, text in shown.items() if text} == dict(typed.values)

    clerk.desk._clear()
    assert drafts(training_home, "officer") == ()


def test_answers_of_a_case_are_back_after_a_power_cut(training_home, office):
    with Colleague(training_home, "officer", an_hour_ago(40)) as officer:
        pending = officer.records(decision=Decision.PENDING_SECONDARY)
    power_goes(training_home, "secondary")
    person = office("supervisor")

    assert person.desk.model.case.id == pending.id
    outcome = person.desk.outcome
    assert outcome.value("accommodation").endswith("Hotel Specimen")
    assert (outcome.value("stay_until"), outcome.value("typed_authority")) == ("2026-04-01", "Dir")
    assert person.desk.model.has_work

    person.desk.model.choose(None)
    assert drafts(training_home, "supervisor") == ()


def test_half_an_application_for_a_pass_is_back_after_a_power_cut_with_its_photograph(training_home, qtbot):
    from pass_robot import PassOffice, portrait

    power_goes(training_home, "passes")
    clerk = PassOffice(qtbot, training_home)
    try:
        page = clerk.page("issue")
        typed = page.model.typed
        assert (typed.text("surname"), typed.text("birth_date"), typed.text("village")) == (
            "Nhamuave",
            "1988-04-12",
            "Zóbuè",
        )
        assert [one.attester for one in typed.attestations] == ["Régulo Espécime"]
        assert typed.photo == portrait()
        assert page.person.fields["surname"].field.text() == "Nhamuave"
        assert not page.photo.image().isNull()

        page.model.clear()
        assert clerk.desk.issue.parts.kept_drafts() == ()
    finally:
        clerk.ends()


def test_the_lane_does_not_take_up_what_another_desk_left(training_home, form):
    power_goes(training_home, "backfill", form.number)
    from ui.office.desk_drafts import of_lane

    left = drafts(training_home, "officer")
    assert [one.content["desk"] for one in left] == ["backfill"]
    assert of_lane(left) == ()
