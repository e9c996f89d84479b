"""A clinician at the secondary health desk, with travellers whom primary screening sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from office_robot import ENTER, Office
from PySide6.QtCore import Qt

from poe_health.outbreaks.cholera import CholeraAnswers, Dehydration
from poe_health.rules.answer import Answer
from poe_health.screening.form import ExposureAnswer, ScreeningForm, Stage, Temperature
from poe_health.screening.record import Measured, Person, ScreeningRequest, Travel
from ui import compose, compose_health
from ui.desktop.widgets.plain import Button

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = NOW.date()
CASES, TRANSFERS, FOLLOWED, TREATED = 1, 2, 3, 4
PERSON, CONSENT, EXAM, TRAVEL, CARE, NOTES = range(1, 7)
TRIP = Travel("BUS", "MMM123MC", "BUS||MMM123MC|2026-11-23|LILONGWE|TETE", "MWI")
MARIA = Person(surname="UTOPIANA", given_names="MARIA SINTETICA", nationality="UTO", phones=("+258840000002",))


class HealthColleague:
    """Works through the use cases of port health, as another desk would."""

    def __init__(self, home: Path, role: str = "screener", at: datetime = NOW) -> None:
        self.session = compose.open_home(home, at).sign_in(role, "treino")
        self.desk, self.by = compose_health.health_desk(self.session), self.session.actor
        self.transfers = compose_health.referral_desk(self.session)

    def __enter__(self) -> "HealthColleague":
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def sends(self, *, person: Person | None = None, minutes: int = 20, **form):
        """Return the primary screening that sends somebody to secondary."""
        temperature = form.pop("temperature", 36.8)
        said = {"sex": "F", "direction": "ENTRY", "appearance": "WELL"} | form
        asked = ScreeningRequest(
            uuid4(),
            ScreeningForm(Stage.PRIMARY, DAY, temperature=Temperature(temperature, "IR_FOREHEAD"), **said),
            travel=TRIP,
            temperatures=(Measured(temperature, "IR_FOREHEAD", "T1", NOW - timedelta(minutes=minutes)),),
            person=person,
            occurred_at=NOW - timedelta(minutes=minutes),
        )
        return self.desk.record(asked, self.by).view

    def treats(self, number: str, *, minutes: int = 90, dehydration=Dehydration.SEVERE, **said):
        """Return the express record of a cholera patient, kept so many minutes ago."""
        at = NOW - timedelta(minutes=minutes)
        answers = CholeraAnswers(number, dehydration, onset_at=at - timedelta(hours=30), **said)
        return replace(self.desk.cholera, now=lambda: at)(uuid4(), answers, self.by).record

    def sends_a_contact(self, **more):
        """Return somebody with fever who was at a burial: a red flag."""
        burial = {"BURIAL": ExposureAnswer(Answer.YES, DAY - timedelta(days=5))}
        said = {"temperature": 38.6, "any_symptom": Answer.YES, "exposures": burial, "appearance": "UNWELL"}
        return self.sends(**(said | more))


class Clinic(Office):
    """Signs a clinician in and works at the secondary health desk by keys only."""

    def __init__(self, qtbot, home: Path, role: str = "clinician", *, at: datetime = NOW, **more) -> None:
        super().__init__(qtbot, home, role, at=at, **more)
        self.is_over = False
        self.at_desk()

    def at_desk(self) -> "Clinic":
        self.frame.show_desk("health_secondary")
        return self

    @property
    def model(self):
        return self.desk.model

    @property
    def sheet(self):
        return self.desk.model.sheet

    def goes_to_tab(self, digit: int) -> "Clinic":
        return self.presses(getattr(Qt.Key, f"Key_{digit}"), Qt.KeyboardModifier.ControlModifier)

    def opens(self, index: int = 0) -> "Clinic":
        """Enter on a line of the queue."""
        self.presses(Qt.Key.Key_Escape)
        self.presses(Qt.Key.Key_Home)
        return self.presses(Qt.Key.Key_Down, times=index).presses(ENTER)

    def settles(self) -> "Clinic":
        """Let the rules be judged: they wait until nobody types."""
        self.bot.waitUntil(lambda: not self.model._judge.isActive())
        return self

    def tabs_to(self, name: str) -> "Clinic":
        """Go by Tab to the widget of that name."""
        for _step in range(80):
            if self.focus().objectName() == name:
                return self
            self.presses(Qt.Key.Key_Tab)
        raise AssertionError(name)

    def answers_dialog(self, **said: str) -> "Clinic":
        """Fill the form in front by keys, from the field where one is; Enter on the last one gives the answers."""
        names = list(self.dialog.fields)
        at = next(place for place, name in enumerate(names) if self.dialog.fields[name] is self.focus())
        for name in names[at:]:
            text = said.pop(name, "")
            if text:
                self.types(text)
            self.presses(ENTER)
        assert not said, said
        return self

    def prints(self) -> "Clinic":
        """Press the print button of the form that offers a paper."""
        button = next(one for one in self.dialog.findChildren(Button) if one.text() == "Imprimir")
        button.setFocus()
        return self.presses(Qt.Key.Key_Space)

    def ends(self) -> None:
        """Leave, once."""
        if not self.is_over:
            self.is_over = True
            super().ends()
