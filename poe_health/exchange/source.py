"""What an export needs to know, and from whom: frozen facts behind a protocol, so that no receiver reads the store."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from bmis.documents.dates import PartialDate
from poe_health.rules.answer import Answer
from poe_health.screening.deciding import age_band
from poe_health.screening.form import Age, ExposureAnswer
from poe_health.screening.journey import Stay
from poe_health.surveillance.day import Submitted
from poe_health.surveillance.screened import post_day
from poe_health.surveillance.tally import DailyTally


@dataclass(frozen=True, slots=True)
class ExportPerson:
    """Who somebody is: read only for a named export. Country codes are ISO 3166-1 alpha-3."""

    surname: str
    given_names: str
    birth_date: PartialDate | None = None
    nationality: str | None = None
    residence_country: str | None = None
    document_type: str | None = None
    document_country: str | None = None
    document_number: str | None = None
    phones: tuple[str, ...] = ()  # with country code
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ExportVoyage:
    """How somebody travelled. ``conveyance`` as in the choices; ``number`` is the flight, plate or vessel."""

    conveyance: str
    number: str | None = None
    carrier: str | None = None
    origin: str | None = None
    destination: str | None = None
    arrived_on: date | None = None
    seat: str | None = None


@dataclass(frozen=True, slots=True)
class ExportTemperature:
    """One measurement in degrees Celsius."""

    celsius: float
    at: datetime
    method: str | None = None


@dataclass(frozen=True, slots=True)
class ExportReferral:
    """Where the traveller was sent. ``facility`` as the post names it."""

    id: UUID
    at: datetime
    facility: str
    urgent: bool = True


@dataclass(frozen=True, slots=True)
class ExportVisit:
    """One day of a follow-up; ``status`` as in the choices fu_status."""

    id: UUID
    day: date
    status: str


@dataclass(frozen=True, slots=True)
class ExportCase:
    """One secondary screening that stands (a voided one is not handed in).

    What was not asked is not in ``symptoms`` and ``exposures``. ``person`` None: withheld (then there is a
    ``pseudonym``) or never known. ``suspected`` by the rules, the strictest first; ``working`` by the clinician.
    ``mz_district`` is the place of stay in Mozambique, never finer.
    """

    id: UUID
    ref: str  # the queue token: no name, unique at the post
    post_code: str
    opened_at: datetime
    closed_at: datetime | None = None
    direction: str | None = None
    voyage: ExportVoyage | None = None
    sex: str | None = None
    age_years: int | None = None
    age_band: str | None = None
    origin_country: str | None = None
    mz_province: str | None = None
    mz_district: str | None = None
    temperatures: tuple[ExportTemperature, ...] = ()
    symptoms: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    exposures: Mapping[str, ExposureAnswer] = field(default_factory=lambda: MappingProxyType({}))
    onset: date | None = None
    itinerary: tuple[Stay, ...] | None = None
    suspected: tuple[str, ...] = ()
    working: str | None = None
    risk: str | None = None
    disposition: str | None = None
    certificate: str | None = None
    referral: ExportReferral | None = None
    visits: tuple[ExportVisit, ...] = ()
    rules_digest: str | None = None
    person: ExportPerson | None = None
    pseudonym: str | None = None

    @property
    def disease(self) -> str | None:
        """Return what the case is reported as: the clinician's choice before the rules' first."""
        return self.working or (self.suspected[0] if self.suspected else None)

    @property
    def band(self) -> str | None:
        """Return the age group: as it was kept, else that of the age."""
        if self.age_band is not None or self.age_years is None:
            return self.age_band
        return age_band(Age.of_years(self.age_years))

    def without_name(self, pseudonym: str) -> "ExportCase":
        """Return the case without what names the person: seat, plate and token lead to a name too, and go, and of the
        age the group stays."""
        voyage = self.voyage and replace(self.voyage, seat=None, number=None)
        bare = replace(self, person=None, voyage=voyage, age_years=None, age_band=self.band)
        return replace(bare, ref=pseudonym, pseudonym=pseudonym)


@dataclass(frozen=True, slots=True)
class ExportContact:
    """Somebody who may have been exposed to a case. ``why`` is the code of the nearness (seat, companion, …)."""

    id: UUID
    case_id: UUID
    listed_on: date
    last_contact_on: date | None = None
    sex: str | None = None
    age_years: int | None = None
    why: str | None = None
    risk: str | None = None
    voyage: ExportVoyage | None = None
    person: ExportPerson | None = None


@dataclass(frozen=True, slots=True)
class ExportTally:
    """The newest tally of a day. ``submitted_at`` None: counted from the records, and nobody has submitted the day yet.

    A day without a tally is missing; one without counts was closed: neither is zero.
    """

    tally: DailyTally
    submitted_at: datetime | None = None
    revision: int = 0

    @classmethod
    def of(cls, submitted: Submitted) -> "ExportTally":
        """Return what was submitted."""
        return cls(submitted.tally, submitted.at, submitted.revision)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands that was handed on: whether it was voided since, when it last changed, day and number."""

    voided: bool
    changed_at: datetime
    day: date
    number: str = ""


class ExportSource(Protocol):
    """Reads facts out of the health store for days of the post, the first and the last included."""

    def cases(self, first: date, last: date) -> Sequence[ExportCase]:
        """Return the cases opened then, oldest first, with who they are."""
        ...

    def contacts(self, first: date, last: date) -> Sequence[ExportContact]:
        """Return the contacts of those cases, whenever they were listed."""
        ...

    def tallies(self, first: date, last: date) -> Sequence[ExportTally]:
        """Return the newest tally of each day that has one."""
        ...

    def standing(self, cases: Collection[UUID]) -> Mapping[UUID, Standing]:
        """Return where cases stand that were handed on; one that is not known here is not in it."""
        ...


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """A source that holds its facts: for files read back, demonstrations and tests."""

    all_cases: tuple[ExportCase, ...] = ()
    all_contacts: tuple[ExportContact, ...] = ()
    all_tallies: tuple[ExportTally, ...] = ()
    all_standing: Mapping[UUID, Standing] = field(default_factory=lambda: MappingProxyType({}))

    def cases(self, first: date, last: date) -> Sequence[ExportCase]:
        """Return those whose day lies in the period."""
        found = [one for one in self.all_cases if first <= post_day_of(one) <= last]
        return sorted(found, key=lambda one: (one.opened_at, one.id))

    def contacts(self, first: date, last: date) -> Sequence[ExportContact]:
        """Return the contacts of the cases of the period."""
        those = {one.id for one in self.cases(first, last)}
        return [one for one in self.all_contacts if one.case_id in those]

    def tallies(self, first: date, last: date) -> Sequence[ExportTally]:
        """Return the newest tally of each day."""
        return last_of_each_day(one for one in self.all_tallies if first <= one.tally.day <= last)

    def standing(self, cases: Collection[UUID]) -> Mapping[UUID, Standing]:
        """Return those that are known."""
        return {one: self.all_standing[one] for one in cases if one in self.all_standing}


def post_day_of(case: ExportCase) -> date:
    """Return the day on the wall clock of the post on which the case was opened."""
    return post_day(case.opened_at)


def last_of_each_day(tallies: Iterable[ExportTally]) -> tuple[ExportTally, ...]:
    """Return the newest revision of each day, by day."""
    newest: dict[date, ExportTally] = {}
    for one in tallies:
        known = newest.get(one.tally.day)
        if known is None or one.revision > known.revision:
            newest[one.tally.day] = one
    return tuple(newest[day] for day in sorted(newest))
