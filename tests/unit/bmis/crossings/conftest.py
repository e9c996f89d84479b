"""A border post with a real encrypted store, a clock that the test moves, and people at work."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bmis.crossings.amend_crossing import AmendCrossing
from bmis.crossings.annul_crossing import AnnulCrossing
from bmis.crossings.case import Check
from bmis.crossings.check_traveller import CheckTraveller, Examined
from bmis.crossings.checks.running import core_checks
from bmis.crossings.crossing import Crossing, CrossingRequest, Journey, Place, Verdict
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.finding import Finding
from bmis.crossings.pending import ListPending
from bmis.crossings.record_crossing import RecordCrossing
from bmis.crossings.search_crossings import CrossingQuery, SearchCrossings
from bmis.crossings.show_crossing import ShowCrossing
from bmis.crossings.travellers import FindTraveller, LinkTravellers
from bmis.crossings.undo_crossing import UndoCrossing
from bmis.crossings.view import CrossingSummary
from bmis.documents.compose import compose
from bmis.documents.dates import PartialDate
from bmis.documents.mrz import MrzFields, parse
from bmis.documents.travel_document import CaptureMethod, TravelDocument, from_fields, from_mrz
from bmis.kernel.actor import Actor, Role
from bmis.kernel.identifiers import new_id
from bmis.staff.approval import Approval
from bmis.store.border import BORDER, MIGRATIONS
from bmis.store.engine import open_engine
from bmis.store.home import Home
from bmis.store.migrate import migrate
from bmis.store.unit import Store

KEY = bytes(range(32))
OFFICER, COLLEAGUE = Actor("officer", Role.OFFICER), Actor("colleague", Role.OFFICER)
SUPERVISOR, AUDITOR = Actor("supervisor", Role.SUPERVISOR), Actor("auditor", Role.AUDITOR)
SCREENER = Actor("screener", Role.SCREENER)
MORNING = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
ASKED = Journey(
    travel_mode="road",
    coming_from="ZAF",
    going_to="MOZ",
    purpose="tourism",
    intended_days=5,
    accommodation="Pensão da Praia",
)


@dataclass
class Watch:
    """A clock that only the test moves."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Post:
    """Everything that people do at one desk, in few words."""

    store: Store
    clock: Watch
    training: bool = True
    records_complete_since: datetime | None = None
    checks: tuple[Check, ...] = field(default_factory=core_checks)
    officer: Actor = OFFICER
    colleague: Actor = COLLEAGUE
    supervisor: Actor = SUPERVISOR
    auditor: Actor = AUDITOR
    screener: Actor = SCREENER

    @property
    def place(self) -> Place:
        home = self.store.home
        return Place(home.post_code, "1", "lane", "MOZ", home.lane, home.site_id, home.desk_id, 120, "manual", False)

    @property
    def check(self) -> CheckTraveller:
        return CheckTraveller(
            self.store.read,
            self.checks,
            self.clock,
            lambda: self.place,
            self.training,
            lambda: self.records_complete_since,
        )

    @property
    def record(self) -> RecordCrossing:
        return RecordCrossing(self.store.write, self.check)

    @property
    def undo(self) -> UndoCrossing:
        return UndoCrossing(self.store.write, self.clock, self.store.home.desk_id)

    @property
    def annul(self) -> AnnulCrossing:
        return AnnulCrossing(self.store.write, self.clock)

    @property
    def amend(self) -> AmendCrossing:
        return AmendCrossing(self.store.write, self.clock)

    @property
    def show(self) -> ShowCrossing:
        return ShowCrossing(self.store.read)

    @property
    def waiting(self) -> ListPending:
        return ListPending(self.store.read, self.clock)

    @property
    def find(self) -> FindTraveller:
        return FindTraveller(self.store.read)

    @property
    def link(self) -> LinkTravellers:
        return LinkTravellers(self.store.write, self.clock)

    def search(self, **wanted: object) -> tuple[CrossingSummary, ...]:
        return SearchCrossings(self.store.read)(CrossingQuery(**wanted), self.officer).found  # type: ignore[arg-type]

    def request(
        self, document: TravelDocument, direction: Direction = Direction.ENTRY, **more: object
    ) -> CrossingRequest:
        return replace(CrossingRequest(new_id(), direction, document, ASKED), **more)

    def looks_at(self, request: CrossingRequest) -> Examined:
        return self.check(request, self.officer)

    def finding(self, request: CrossingRequest, name: str) -> Finding:
        found = [one for one in self.looks_at(request).findings if one.check == name]
        assert len(found) == 1, found
        return found[0]

    def decides(
        self,
        request: CrossingRequest,
        decision: Decision | None = None,
        by: Actor | None = None,
        approval: Approval | None = None,
        closes: UUID | None = None,
        **more: object,
    ) -> Crossing:
        if decision is None:
            decision = Decision.ADMITTED if request.direction is Direction.ENTRY else Decision.EXITED
        verdict = replace(Verdict(decision, acknowledged=frozenset("*")), **more)
        return self.record(request, verdict, by or self.officer, approval=approval, closes=closes)

    def passes(self, document: TravelDocument, direction: Direction = Direction.ENTRY, **more: object) -> Crossing:
        return self.decides(self.request(document, direction, **more))

    def signed(self, action: str, subject: UUID, by: Actor, second: str = "supervisor") -> Approval:
        return Approval(new_id(self.clock()), action, subject, by.name, second, None, b"k" * 32, b"s" * 64)

    def rows(self, table: str) -> int:
        with self.store.read() as unit:
            return int(unit.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def _passport(
    number: str = "UT1234567",
    surname: str = "TEMBE",
    given_names: str = "ANA LUISA",
    nationality: str = "UTO",
    birth: str = "1990-05-12",
    sex: str = "F",
    expiry: str = "2031-03-01",
    issuer: str | None = None,
) -> TravelDocument:
    fields = MrzFields(
        document_code="P",
        issuing_state=issuer or nationality,
        number=number,
        surname=surname,
        given_names=given_names,
        nationality=nationality,
        birth_date=PartialDate.parse(birth),
        sex=sex,
        expiry_date=PartialDate.parse(expiry),
    )
    return from_mrz(parse(compose("TD3", fields), today=date(2026, 11, 22)), capture_method=CaptureMethod.CAMERA)


def _identity_card(**given: object) -> TravelDocument:
    known: dict[str, object] = {
        "issuing_state": "MOZ",
        "number": "110100234567B",
        "surname": "Conceição",
        "given_names": "João",
        "nationality": "MOZ",
        "birth_date": PartialDate.parse("1985-01-01"),
        "sex": "M",
        "expiry_date": PartialDate.parse("2030-06-30"),
        "manual_reason": "older card without MRZ",
    }
    return from_fields("identity_card_moz", **{**known, **given})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated home, made once."""
    path = tmp_path_factory.mktemp("crossings") / "home"
    home = Home.create(path, post_code="MZ.L.RSG", lane="2", training=True)
    engine = open_engine(home.database(BORDER.file_name), KEY, create=True)
    migrate(engine, MIGRATIONS)
    engine.dispose()
    return path


@pytest.fixture
def clock() -> Watch:
    return Watch()


@pytest.fixture
def home_path(built_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_home, tmp_path / "home"))


@pytest.fixture
def post(home_path: Path, clock: Watch) -> Iterator[Post]:
    """A desk in a training home."""
    store = Store.open(Home.open(home_path), BORDER, (KEY,), clock, "officer", Ed25519PrivateKey.generate())
    yield Post(store, clock)
    store.close()


@pytest.fixture
def passport() -> Callable[..., TravelDocument]:
    """Makes a specimen passport whose MRZ is right."""
    return _passport


@pytest.fixture
def identity_card() -> Callable[..., TravelDocument]:
    """Makes an identity card without MRZ."""
    return _identity_card
