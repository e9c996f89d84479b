"""Synthetic cases, contacts and days for the exports, and a store of keys and lines that lives as long as a test."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.kernel.actor import Actor, Role
from poe_health.exchange.export_event import ExportKind, handed_in
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.source import (
    ExportCase,
    ExportContact,
    ExportPerson,
    ExportReferral,
    ExportTally,
    ExportTemperature,
    ExportVisit,
    ExportVoyage,
    KnownFacts,
)
from poe_health.rules.answer import Answer
from poe_health.screening.form import ExposureAnswer
from poe_health.screening.journey import Stay
from poe_health.surveillance.day import Submitted
from poe_health.surveillance.screened import Cell, ScreenedFact
from poe_health.surveillance.tally import DayTold, tally_of

POST = "MZ.L.RSG"
DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
KEYS = ExchangeKeys(b"i" * 32, b"p" * 32, "k1")
OPENED = datetime(2026, 11, 21, 6, 15, tzinfo=UTC)
ANA = ExportPerson(
    surname="Espécime",
    given_names="Ana Maria",
    birth_date=PartialDate(1992, 3, 4),
    nationality="MWI",
    residence_country="MOZ",
    document_type="PASSPORT",
    document_country="UTO",
    document_number="U 000-0001",
    phones=("+258840000000",),
    address="Bairro Central",
)
MEASLES = ExportCase(
    id=UUID("01900000-0000-7000-8000-000000000001"),
    ref="RSG-0042",
    post_code=POST,
    opened_at=OPENED,
    closed_at=OPENED + timedelta(minutes=13),
    direction="ENTRY",
    voyage=ExportVoyage("BUS", "ABC-123-MZ", None, "Muloza", "Quelimane", DAY, "12C"),
    sex="F",
    age_years=34,
    origin_country="MWI",
    mz_province="Zambézia",
    mz_district="Milange",
    temperatures=(
        ExportTemperature(38.2, OPENED, "IR_FOREHEAD"),
        ExportTemperature(38.6, OPENED + timedelta(minutes=11), "AXILLA"),
    ),
    symptoms={"FEVER": Answer.YES, "RASH_MACULOPAPULAR": Answer.YES, "COUGH": Answer.NO, "HEADACHE": Answer.UNKNOWN},
    exposures={"CONTACT_RESP_CASE": ExposureAnswer(Answer.YES, date(2026, 11, 10))},
    onset=date(2026, 11, 19),
    itinerary=(Stay("MWI", None, date(2026, 11, 1), DAY),),
    suspected=("MEASLES",),
    working="MEASLES",
    risk="MEDIUM",
    disposition="REFERRED",
    certificate="VALID",
    referral=ExportReferral(UUID(int=7), OPENED + timedelta(minutes=12), "Hospital Rural de Espécime"),
    rules_digest="0" * 64,
    person=ANA,
)
FOLLOWED = ExportCase(
    id=UUID("01900000-0000-7000-8000-000000000002"),
    ref="RSG-0043",
    post_code=POST,
    opened_at=OPENED + timedelta(hours=1),
    closed_at=OPENED + timedelta(hours=2),
    direction="ENTRY",
    sex="M",
    age_years=4,
    suspected=("MPOX",),
    disposition="FOLLOW_UP",
    visits=(
        ExportVisit(UUID(int=21), DAY + timedelta(days=1), "WELL"),
        ExportVisit(UUID(int=22), DAY + timedelta(days=2), "PLANNED"),
    ),
    person=ExportPerson("=HYPERLINK", "@João", phones=("+265990000000",)),
)
WELL = ExportCase(
    id=UUID("01900000-0000-7000-8000-000000000003"),
    ref="RSG-0044",
    post_code=POST,
    opened_at=OPENED + timedelta(hours=3),
    disposition="CLEARED",
    person=ExportPerson("Teste", "Zé"),
)
CASES = (MEASLES, FOLLOWED, WELL)
CONTACT = ExportContact(
    id=UUID(int=31),
    case_id=MEASLES.id,
    listed_on=DAY,
    last_contact_on=DAY,
    sex="M",
    age_years=40,
    why="seat",
    risk="MEDIUM",
    voyage=ExportVoyage("BUS", "ABC-123-MZ", arrived_on=DAY, seat="12B"),
    person=ExportPerson("Vizinho", "Rui"),
)
NO_DAY = ExportContact(id=UUID(int=32), case_id=MEASLES.id, listed_on=DAY, person=ExportPerson("Outra", "Lu"))

WOMAN = Cell("ENTRY", "BUS", "F", "A25_59", "ZAF")
MAN = Cell("EXIT", "FOOT", "M", "A15_24", "MWI")
SUPERVISOR = Actor("health-supervisor", Role.HEALTH_SUPERVISOR)
CLINICIAN = Actor("clinician", Role.CLINICIAN)
EPIDEMIOLOGIST = Actor("epidemiologist", Role.EPIDEMIOLOGIST)


def submitted(day=DAY, facts=(), told=None, revision=0):
    """Return a submitted tally of a day."""
    told = told or DayTold(hours_open=Decimal("12.5"), crossed={"ENTRY": 90, "EXIT": 31}, conveyances_inspected=2)
    at = datetime(day.year, day.month, day.day, 20, tzinfo=UTC) + timedelta(hours=12)
    return ExportTally.of(Submitted(at, "clinician", tally_of(POST, day, facts, told), revision))


def busy_day(day=DAY):
    """Return a day with 118 women, three sent on, one of them referred, and two men."""
    facts = [ScreenedFact(WOMAN, "PASS", persons=115)]
    facts += [ScreenedFact(WOMAN, "SECONDARY", disposition="CLEARED")] * 2
    facts += [ScreenedFact(WOMAN, "SECONDARY", disposition="REFERRED", suspected=("MEASLES",))]
    facts += [ScreenedFact(MAN, "PASS")] * 2
    return submitted(day, facts)


def closed_day(day):
    """Return a day without screening."""
    return submitted(day, (), DayTold(none_screened_reason="CLOSED"))


def quiet_day(day):
    """Return a day on which the post was open and nobody came."""
    return submitted(day, (), DayTold(hours_open=Decimal(8), none_screened_reason="NO_TRAVELLERS"))


FACTS = KnownFacts(CASES, (CONTACT, NO_DAY), (busy_day(),))


class Kept:
    """Keys and lines of the log in memory."""

    def __init__(self, fails=None):
        self.events, self.opened, self.fails = [], [], fails

    def keys(self):
        return KEYS

    def keep(self, event, opened=()):
        if self.fails:
            raise self.fails
        self.events.append(event)
        self.opened += opened

    def released(self):
        return {(one.first, one.last) for one in self.events if one.level == "public"}

    def handed(self):
        return handed_in(event.payload() for event in self.events)

    def known(self, target):
        found = {}
        for event in self.events:
            if event.kind is ExportKind.SENT and event.target == target:
                found |= event.digests
        return found
