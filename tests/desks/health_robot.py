"""A screener at the desk of port health: the whole desktop on a real SQLCipher home, driven by keys only."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from office_robot import ENTER, NOW, Office
from PySide6.QtCore import Qt

from bmis.staff.second_pair_of_eyes import SecondPairOfEyes
from poe_health.outbreaks.outbreak import ListedArea, ListedOutbreak
from poe_health.outbreaks.run_outbreak_mode import APPROVE_LIST, START_MODE, ModeRequest
from poe_health.screening.journey import AffectedArea
from ui import compose, compose_health

DAY = date(2026, 3, 14)
REASON = "lista do ministerio de hoje"


class Screener(Office):
    """Counts the keys that are pressed since ``next_traveller``."""

    def __init__(self, qtbot, home: Path, role: str = "screener", **more) -> None:
        self.keys_pressed = 0
        super().__init__(qtbot, home, role, **more)
        desk = self.desk
        desk.pad.now_ms = desk.person.now_ms = desk.cholera_page.now_ms = self._now_ms
        self.keys_pressed = 0

    @property
    def model(self):
        return self.desk.model

    def types(self, text):
        self.keys_pressed += len(text)
        return super().types(text)

    def presses(self, key, modifier=Qt.KeyboardModifier.NoModifier, times=1):
        self.keys_pressed += times
        return super().presses(key, modifier, times)

    def well(self, celsius="365"):
        """Screen a well traveller and return how many keys it took."""
        before = self.keys_pressed
        self.types("n").types(celsius).presses(ENTER)
        return self.keys_pressed - before

    def shows(self) -> str:
        """What the outcome panel says."""
        outcome = self.desk.outcome
        return "\n".join([outcome.banner.text(), outcome.facts.text(), outcome.rules.text(), outcome.last.text()])

    def answers(self) -> dict:
        return dict(self.model.traveller.answers)

    def letter(self, code: str) -> str:
        return self.model.letters[code]

    def turns(self, code: str, times: int = 1):
        """Press the letter of a question."""
        letter = self.letter(code)
        shift = Qt.KeyboardModifier.ShiftModifier if letter.startswith("⇧") else Qt.KeyboardModifier.NoModifier
        return self.presses(getattr(Qt.Key, f"Key_{letter[-1]}"), shift, times)

    def at_a_readers_pace(self):
        """From here on every key comes at once after the one before it."""
        together = self.ms + 400.0
        self.desk.pad.now_ms = lambda: together

    def at_a_persons_pace(self):
        """A hand types again."""
        self.ms += 100_000.0
        self.desk.pad.now_ms = self._now_ms


class HealthRoom:
    """Somebody of port health at another desk, through the use cases."""

    def __init__(self, home: Path, role: str = "health-supervisor", at: datetime = NOW) -> None:
        self.session = compose.open_home(home, at).sign_in(role, "treino")
        self.desk = compose_health.health_desk(self.session)
        self.by = self.session.actor

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session.close()

    def _second(self, action, subject):
        second: SecondPairOfEyes = self.desk.second
        return second.immediate(action, subject, "epidemiologist", "treino", self.by)

    def lists(self, *diseases: str, areas: tuple[AffectedArea, ...] = ()):
        """Put the lists of outbreaks and areas in force today."""
        approve, subject = self.desk.approve_lists, uuid4()
        listed = [ListedOutbreak(one, "Boletim sintetico", DAY - timedelta(days=20)) for one in diseases]
        approve.outbreaks(subject, listed, DAY, REASON, self.by, self._second(APPROVE_LIST, subject))
        subject = uuid4()
        listed_areas = [ListedArea(one, "Boletim sintetico") for one in areas]
        approve.areas(subject, listed_areas, DAY, REASON, self.by, self._second(APPROVE_LIST, subject))

    def mode(self, *diseases: str, symptoms_only: bool = False):
        """Start outbreak mode."""
        subject = uuid4()
        load = self.desk.expect_load(self.by, areas_to_secondary=False)
        asked = ModeRequest(subject, diseases, DAY, None, False, REASON, load)
        self.desk.outbreak_mode.start(asked, self.by, self._second(START_MODE, subject))
        if symptoms_only:
            self.desk.outbreak_mode.symptoms_only(True, "a sala esta cheia", self.by)

    def of_day(self):
        return self.desk.screenings.of_day(DAY, self.by, limit=500)

    def shows(self, view):
        return self.desk.show(view.id, self.by)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 14, hour, minute, tzinfo=UTC)
