"""Invented traffic at one desk: who crosses when, and what is decided. The same seed and day give the same traffic."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import accumulate
from random import Random
from uuid import UUID

from bmis.crossings.case import Case, Check, Past
from bmis.crossings.crossing import (
    Crossing,
    CrossingRequest,
    Evidence,
    Journey,
    PhotoAnswer,
    Place,
    Refusal,
    StayAuthority,
    Verdict,
)
from bmis.crossings.decision import LETS_THROUGH, STOPS, Decision, Direction, RecordMode
from bmis.crossings.finding import Finding, Status
from bmis.crossings.identity import Identity
from bmis.crossings.paperwork.demo_people import HOME_STATE, DemoPeople, Person
from bmis.documents.states import iso3

OPENS_AT, OPEN_FOR = time(5), timedelta(hours=17)
TYPING = timedelta(seconds=4)  # between the officer's decision and the record
NEW_PEOPLE = 0.15  # of those who set out; the others have been seen before
FEWEST_KNOWN = 40
NEVER_SEEN_AGAIN = 0.08  # of those who set out
LONGEST_TRIP_DAYS = 12
SHORT_VALIDITY = timedelta(days=183)
LANE, SUPERVISOR = "officer", "supervisor"
_REASONS = ("E1", "G1", "C1", "E2", "E4", "F1", "C2")
_REASON_WEIGHTS = tuple(accumulate((30, 22, 18, 12, 8, 6, 4)))
_MODES, _MODE_WEIGHTS = ("road", "foot", "rail"), tuple(accumulate((70, 26, 4)))
_PURPOSES = ("tourism", "family_visit", "small_trade", "business", "work", "shopping", "transit", "study")
_PURPOSE_WEIGHTS = tuple(accumulate((24, 24, 22, 10, 8, 6, 4, 2)))
_ABROAD = ("ZAF", "ZWE", "MWI", "SWZ", "ZMB", "TZA")
_ABROAD_WEIGHTS = tuple(accumulate((40, 18, 22, 10, 5, 5)))


@dataclass(frozen=True, slots=True)
class Passage:
    """One crossing to keep. ``closed``: the pending crossing that it decides."""

    crossing: Crossing
    is_new_traveller: bool
    closed: Crossing | None = None


class DemoTraffic:
    """Invents the crossings of ``days`` days up to ``last_day``, in the order in which the desk kept them."""

    def __init__(
        self,
        chance: Random,
        place: Place,
        last_day: date,
        days: int,
        travellers_per_day: int,
        first_seq: int,
        checks: Sequence[Check],
    ) -> None:
        self._chance = chance
        self._place = place
        self._last_day, self._days, self._per_day = last_day, days, travellers_per_day
        self._seq = first_seq - 1
        self._checks = checks
        self._people = DemoPeople(chance, last_day)
        self._at_home: list[Person] = []
        self._due: dict[int, deque[Person]] = defaultdict(deque)
        self._waiting: list[tuple[datetime, int, Person, Crossing, bool]] = []
        self._seen: set[UUID] = set()
        self._met: set[tuple[UUID, Direction]] = set()
        self._lasting: dict[tuple[UUID, Direction], tuple[Finding, ...]] = {}

    @property
    def travellers(self) -> int:
        """Return how many different people have crossed."""
        return len(self._seen)

    def __iter__(self) -> Iterator[Passage]:
        """Yield the crossings."""
        offset = timedelta(minutes=self._place.utc_offset_minutes)
        for number in range(self._days):
            day = self._last_day - timedelta(days=self._days - 1 - number)
            opens = datetime.combine(day, OPENS_AT, UTC) - offset
            span = OPEN_FOR.total_seconds()
            for second in sorted(int(self._chance.random() * span) for _ in range(self._per_day)):
                at = opens + timedelta(seconds=second)
                yield from self._closings(at, number)
                yield self._passage(at, number)
            yield from self._closings(opens + timedelta(days=1), number)

    def _passage(self, at: datetime, number: int) -> Passage:
        due = self._due[number]
        coming_back = bool(due) and (len(due) > 2 or self._chance.random() < 0.5)
        person = due.popleft() if coming_back else self._setting_out(at)
        out = person.lives_here is not coming_back
        direction = Direction.EXIT if out else Direction.ENTRY
        verdict = self._verdict(person, direction, at)
        crossing = self._crossing(person, direction, verdict, at, None)
        is_new = person.traveller_id not in self._seen
        self._seen.add(person.traveller_id)
        if verdict.decision is Decision.PENDING_SECONDARY:
            decided_at = at + timedelta(minutes=self._chance.randint(8, 75))
            heappush(self._waiting, (decided_at, crossing.seq, person, crossing, coming_back))
        else:
            self._after(person, verdict.decision, coming_back, number)
        return Passage(crossing, is_new)

    def _closings(self, until: datetime, number: int) -> Iterator[Passage]:
        while self._waiting and self._waiting[0][0] <= until:
            at, _seq, person, pending, coming_back = heappop(self._waiting)
            goes_on = Decision.ADMITTED if pending.direction is Direction.ENTRY else Decision.EXITED
            roll = self._chance.random()
            if person.is_foreigner and pending.direction is Direction.ENTRY and roll < 0.25:
                verdict = self._refusal(
                    Decision.REFUSED_ENTRY, self._chance.choices(_REASONS, cum_weights=_REASON_WEIGHTS)[0]
                )
            elif roll > 0.95:
                verdict = Verdict(Decision.REFERRED)
            else:
                verdict = Verdict(goes_on)
            crossing = self._crossing(person, pending.direction, verdict, at, pending)
            self._after(person, verdict.decision, coming_back, number)
            yield Passage(crossing, False, pending)

    def _setting_out(self, at: datetime) -> Person:
        known = self._at_home
        if len(known) < FEWEST_KNOWN or self._chance.random() < NEW_PEOPLE:
            return self._people(self._new_id(at))
        place = self._chance.randrange(len(known))
        known[place], known[-1] = known[-1], known[place]
        return known.pop()

    def _after(self, person: Person, decision: Decision, coming_back: bool, number: int) -> None:
        """Somebody who went on comes back another day; somebody who was stopped is where they were."""
        went_on = decision in LETS_THROUGH
        if coming_back and not went_on:
            self._due[number + 1].append(person)
        elif decision in STOPS:
            return  # few try again; they would fill the queue with people who are refused every day
        elif coming_back or not went_on:
            self._at_home.append(person)
        elif self._chance.random() > NEVER_SEEN_AGAIN:
            days = 1 + int(self._chance.random() ** 3 * LONGEST_TRIP_DAYS)
            self._due[number + days].append(person)

    def _verdict(self, person: Person, direction: Direction, at: datetime) -> Verdict:
        roll = self._chance.random()
        if direction is Direction.EXIT:
            if roll < 0.001:
                return self._refusal(Decision.EXIT_PREVENTED, "X2" if person.is_minor else "X1")
            return Verdict(Decision.PENDING_SECONDARY if roll < 0.006 else Decision.EXITED)
        if not person.is_foreigner or person.lives_here:
            return Verdict(Decision.PENDING_SECONDARY if roll < 0.002 else Decision.ADMITTED)
        left = person.expires_on - at.date()
        if person.document.kind == "passport" and left < SHORT_VALIDITY:
            return self._refusal(Decision.REFUSED_ENTRY, "A2" if left < timedelta(0) else "A3")
        if roll < 0.006:
            return self._refusal(Decision.REFUSED_ENTRY, self._chance.choices(_REASONS, cum_weights=_REASON_WEIGHTS)[0])
        if roll < 0.025 or (person.is_minor and roll < 0.6):
            return Verdict(Decision.PENDING_SECONDARY)
        if roll > 0.998:
            return Verdict(Decision.WITHDRAWN)
        return Verdict(Decision.TRANSIT_ONLY if roll > 0.99 else Decision.ADMITTED)

    def _refusal(self, decision: Decision, reason: str) -> Verdict:
        signed = self._chance.random() < 0.85
        asked = decision is Decision.REFUSED_ENTRY
        return Verdict(
            decision,
            (reason,),
            refusal=Refusal(
                protection_claim=False if asked else None,
                notice_signed=signed,
                refused_to_sign=not signed,
                consulate_informed=True if asked else None,
            ),
        )

    def _crossing(
        self, person: Person, direction: Direction, verdict: Verdict, at: datetime, closes: Crossing | None
    ) -> Crossing:
        self._seq += 1
        recorded_at = at + TYPING
        journey = closes.request.journey if closes else self._journey(person, direction)
        request = CrossingRequest(
            self._new_id(at),
            direction,
            person.document,
            journey,
            person.details,
            self._stay(person, direction, at) if verdict.decision is Decision.ADMITTED else _NO_STAY,
            COMPARED,
            occurred_at=at,
        )
        findings = self._findings(person, request, at)
        shown = frozenset(finding.check for finding in findings if finding.status is not Status.GREEN)
        return Crossing(
            id=self._new_id(recorded_at),
            seq=self._seq,
            request=request,
            verdict=replace(verdict, acknowledged=shown) if shown else verdict,
            findings=findings,
            place=self._place,
            record_mode=RecordMode.TRAINING,
            crossed_at=at,
            recorded_at=recorded_at,
            by=LANE if closes is None else SUPERVISOR,
            traveller_id=person.traveller_id,
            closes=closes.id if closes else None,
        )

    def _findings(self, person: Person, request: CrossingRequest, at: datetime) -> tuple[Finding, ...]:
        """Return what the checks say. What is green now and still on the last day is green on each day between."""
        if not self._checks:
            return ()
        key = (person.traveller_id, request.direction)
        if found := self._lasting.get(key):
            return found
        found = self._run_checks(request, at)
        if key in self._met and all(finding.status is Status.GREEN for finding in found):
            last = datetime.combine(self._last_day, OPENS_AT, UTC)
            if self._run_checks(replace(request, occurred_at=last), last) == found:
                self._lasting[key] = found
        self._met.add(key)
        return found

    def _run_checks(self, request: CrossingRequest, at: datetime) -> tuple[Finding, ...]:
        case = Case(request, NO_HISTORY, at + TYPING, self._place, True)
        return tuple(finding for check in self._checks for finding in check(case))

    def _journey(self, person: Person, direction: Direction) -> Journey:
        chance = self._chance
        mode = "road" if person.plate else chance.choices(_MODES, cum_weights=_MODE_WEIGHTS)[0]
        country = iso3(person.country) or person.country
        if country == HOME_STATE:
            country = chance.choices(_ABROAD, cum_weights=_ABROAD_WEIGHTS)[0]
        if direction is Direction.EXIT:
            return Journey(travel_mode=mode, vehicle=person.plate, coming_from=HOME_STATE, going_to=country)
        visiting = person.is_foreigner and not person.lives_here
        purpose = (
            "transport"
            if person.plate
            else chance.choices(_PURPOSES, cum_weights=_PURPOSE_WEIGHTS)[0]
            if visiting
            else None
        )
        return Journey(
            travel_mode=mode,
            vehicle=person.plate,
            coming_from=country,
            coming_from_place=person.town if visiting else None,
            going_to=HOME_STATE,
            purpose=purpose,
            intended_days=chance.randint(1, 29) if visiting else None,
            accommodation=f"Residencial de Treino {chance.randint(1, 40)}" if visiting else None,
        )

    def _stay(self, person: Person, direction: Direction, at: datetime) -> StayAuthority:
        """A third of the visitors have a stay that somebody typed; nobody computed the others'."""
        visiting = person.is_foreigner and not person.lives_here
        if direction is Direction.EXIT or not visiting or self._chance.random() > 0.33:
            return _NO_STAY
        return StayAuthority(stay_until=at.date() + timedelta(days=29), typed_authority="Visto de treino")

    def _new_id(self, at: datetime) -> UUID:
        """Return an identifier of the form of UUIDv7 (RFC 9562) whose random part comes from the seed."""
        milliseconds = (at - _EPOCH) // _MILLISECOND
        bits = self._chance.getrandbits(74)
        return UUID(int=milliseconds << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & _LOW)


class _NoHistory:
    """Only checks that need no past are run on invented traffic; each look-up would cost more than the rest."""

    def by_document(self, issuing_state: str, number: str) -> tuple[Past, ...]:
        raise TypeError(_NO_PAST)

    def by_name_and_birth(self, identity: Identity) -> tuple[Past, ...]:
        raise TypeError(_NO_PAST)

    def of_travellers(self, travellers: Iterable[UUID]) -> tuple[Past, ...]:
        raise TypeError(_NO_PAST)


COMPARED = Evidence(PhotoAnswer.SAME)
_NO_STAY = StayAuthority()
_NO_PAST = "demo records take checks of the document alone"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LOW = (1 << 62) - 1
NO_HISTORY = _NoHistory()
