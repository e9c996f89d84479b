"""Filling the health store of a training home with invented screenings, judged by the rules as any other."""

import gc
import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, islice
from random import Random
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import made_at
from bmis.kernel.plain import plain
from bmis.store.canonical import canonical
from bmis.store.home import Home
from bmis.store.unit import OpenUnit
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import RuleSet, rule_set
from poe_health.screening.context import HealthContext
from poe_health.screening.deciding import decide
from poe_health.screening.errors import ContextRefusedError
from poe_health.screening.evaluate_screening import EvaluateScreening
from poe_health.screening.form import Age, ScreeningForm, Stage, Temperature
from poe_health.screening.outcome_json import outcome_json
from poe_health.screening.record import (
    Clinical,
    Consent,
    ConsentAnswer,
    Facts,
    Kind,
    Person,
    Screening,
    ScreeningRequest,
    Secondary,
    Travel,
)
from poe_health.screening.records import SqlScreenings
from poe_health.store.records.parts import CLINICAL, PERSON, NewPart

BATCH = 2000  # records in one transaction, with their audit links and messages
OPENS_AT, OPEN_FOR = time(5), timedelta(hours=17)
SCREENED_SHARE = 0.5  # of the day's travellers: port health looks at those who come in
ILL_SHARE = 0.02
SECONDARY_AFTER = timedelta(minutes=12)
TYPING = timedelta(seconds=4)
SCREENER, CLINICIAN = "screener", "clinician"
INVENTED = "Registo inventado para treino"
_QUIET = HealthContext(outbreaks=frozenset(), affected=())
_CONVEYANCES, _CONVEYANCE_WEIGHTS = ("BUS", "CAR", "FOOT", "TRUCK", "TRAIN"), tuple(accumulate((45, 25, 20, 9, 1)))
_ORIGINS, _ORIGIN_WEIGHTS = ("ZAF", "ZWE", "MWI", "SWZ", "ZMB", "TZA"), tuple(accumulate((45, 18, 18, 10, 5, 4)))
_AGES, _AGE_WEIGHTS = (2, 9, 19, 34, 66), tuple(accumulate((4, 8, 24, 56, 8)))  # years, one of each group
_ILLNESSES = (
    ("HEADACHE",),
    ("COUGH",),
    ("COUGH", "HEADACHE"),
    ("VOMITING", "DIARRHOEA_WATERY"),
    ("RASH_MACULOPAPULAR",),
)
_ILLNESS_WEIGHTS = tuple(accumulate((50, 24, 18, 6, 2)))


@dataclass(frozen=True, slots=True)
class DemoScreened:
    """What was made. ``digest`` (SHA-256) is the same for the same seed, size and clock, on any machine and home."""

    screenings: int
    digest: str


@dataclass(frozen=True, slots=True)
class _Made:
    """A record to keep, with what is in its parts."""

    record: Screening
    clinical: str
    person: str | None


@dataclass(frozen=True, slots=True)
class MakeDemoScreenings:
    """Invents screenings up to yesterday and keeps them as the health desk would have; nobody gets a token."""

    open_unit: OpenUnit
    home: Home
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, days: int, travellers_per_day: int, seed: int, by: Actor) -> DemoScreened:
        """Return what was made; where it was made before, the same, and nothing is kept twice.

        Raises:
            NotAllowedError: the role does not screen. ContextRefusedError: the home is not for training.
        """
        require(by, Permission.SCREEN_HEALTH)
        if not self.home.training:
            raise ContextRefusedError(field="occurred_at")
        last_day = local(self.now(), self.utc_offset_minutes).date() - timedelta(days=1)
        with self.open_unit() as unit:
            first_seq = SqlScreenings(unit).next_seq(self.home.desk_id)
        traffic = _Traffic(Random(f"bmis demo health {seed}"), self.home, last_day, first_seq, self.utc_offset_minutes)  # noqa: S311 - invented people must come out the same again; nothing is secret
        digest, made = hashlib.sha256(), 0
        records = traffic.of(days, max(1, round(travellers_per_day * SCREENED_SHARE)))
        with _without_cycle_collection():
            while batch := list(islice(records, BATCH)):
                self._keep(batch)
                made += len(batch)
                for one in batch:
                    digest.update(_line(one))
        return DemoScreened(made, digest.hexdigest())

    def _keep(self, batch: Sequence[_Made]) -> None:
        with self.open_unit() as unit:
            store = SqlScreenings(unit)
            if store.by_request(batch[0].record.request_id) is not None:
                return
            store.add_many([_with_parts(one) for one in batch])
            unit.commit()


class _Traffic:
    """Invents the records of some days, in the order in which the desk kept them."""

    def __init__(self, chance: Random, home: Home, last_day: date, first_seq: int, offset_minutes: int) -> None:
        self._chance, self._home, self._last_day = chance, home, last_day
        self._seq = first_seq - 1
        self._offset = timedelta(minutes=offset_minutes)
        self._evaluate = EvaluateScreening()
        self._judged: dict[tuple[object, ...], tuple[Facts, str, RuleSet, str | None]] = {}

    def of(self, days: int, per_day: int) -> Iterator[_Made]:
        """Yield the records of ``days`` days, ``per_day`` primary screenings each, and the cases that follow."""
        for number in range(days):
            day = self._last_day - timedelta(days=days - 1 - number)
            opens = datetime.combine(day, OPENS_AT, UTC) - self._offset
            span = OPEN_FOR.total_seconds()
            self._judged.clear()  # a form is of its day
            for second in sorted(int(self._chance.random() * span) for _ in range(per_day)):
                yield from self._traveller(opens + timedelta(seconds=second), day)

    def _traveller(self, at: datetime, day: date) -> Iterator[_Made]:
        chance = self._chance
        travel = Travel(
            chance.choices(_CONVEYANCES, cum_weights=_CONVEYANCE_WEIGHTS)[0],
            origin_country=chance.choices(_ORIGINS, cum_weights=_ORIGIN_WEIGHTS)[0],
        )
        sex, age = chance.choice("FM"), chance.choices(_AGES, cum_weights=_AGE_WEIGHTS)[0]
        ill = chance.random() < ILL_SHARE
        celsius = chance.choice((38.2, 38.6, 39.1)) if ill else chance.choice((36.2, 36.5, 36.7, 37.0))
        primary = self._kept(at, day, Stage.PRIMARY, travel, (sex, age, celsius, ()), None)
        yield primary
        if ill:
            symptoms = chance.choices(_ILLNESSES, cum_weights=_ILLNESS_WEIGHTS)[0]
            said = (sex, age, celsius, symptoms)
            yield self._kept(at + SECONDARY_AFTER, day, Stage.SECONDARY, travel, said, primary.record)

    def _kept(
        self,
        at: datetime,
        day: date,
        stage: Stage,
        travel: Travel,
        said: tuple[str, int, float, tuple[str, ...]],
        primary: Screening | None,
    ) -> _Made:
        key = (stage, travel, said, None if primary is None else at)  # a consent has its own moment
        if key not in self._judged:
            self._judged[key] = self._judge(at, day, stage, travel, said)
        facts, clinical, rules, list_version = self._judged[key]
        self._seq += 1
        identifier = self._new_id(at + TYPING)
        record = Screening(
            id=identifier,
            seq=self._seq,
            request_id=self._new_id(at),
            kind=Kind.PRIMARY if primary is None else Kind.SECONDARY,
            facts=facts,
            screened_at=at,
            recorded_at=made_at(identifier),
            day=day,
            post_code=self._home.post_code,
            lane=self._home.lane,
            site_id=self._home.site_id,
            desk_id=self._home.desk_id,
            training=True,
            by=SCREENER if primary is None else CLINICIAN,
            rules_digest=rules.digest,
            list_version=list_version,
            primary_id=None if primary is None else primary.id,
        )
        person = None
        if primary is not None:
            person = canonical(
                plain(
                    Person(
                        surname="VIAJANTE", given_names=f"TREINO {self._chance.randrange(10**6):06d}", nationality="UTO"
                    )
                )
            )
        return _Made(record, clinical, person)

    def _judge(
        self, at: datetime, day: date, stage: Stage, travel: Travel, said: tuple[str, int, float, tuple[str, ...]]
    ) -> tuple[Facts, str, RuleSet, str | None]:
        sex, age, celsius, symptoms = said
        ill = celsius >= 38
        form = ScreeningForm(
            stage,
            day,
            temperature=Temperature(celsius, "AXILLA" if ill else "IR_FOREHEAD"),
            age=Age.of_years(age),
            sex=sex,
            direction="ENTRY",
            symptoms=dict.fromkeys(symptoms, Answer.YES),
            others=Answer.NO if stage is Stage.SECONDARY else Answer.UNKNOWN,
            any_symptom=Answer.UNKNOWN if stage is Stage.SECONDARY else (Answer.YES if ill else Answer.NO),
            itinerary=() if stage is Stage.SECONDARY else None,
        )
        rules = rule_set(day)
        outcome = self._evaluate(form, _QUIET)
        secondary = None
        if stage is Stage.SECONDARY:
            secondary = Secondary(
                consent=Consent(ConsentAnswer.GIVEN, at),
                care=("FOOD_WATER",),
                risk_level="LOW",
                disposition=outcome.disposition or "CLEARED",
            )
        request = ScreeningRequest(UUID(int=0), form, travel, reason=INVENTED, secondary=secondary)
        decided = decide(request, outcome, _QUIET, rules)
        clinical = Clinical(
            form=form,
            travel=travel,
            temperatures=(),
            secondary=secondary,
            overrides=decided.overrides,
            outcome=outcome_json(form, outcome, rules),
            context=_QUIET,
            reason=INVENTED,
        )
        return decided.facts, canonical(plain(clinical)), rules, outcome.list_version

    def _new_id(self, at: datetime) -> UUID:
        """Return an identifier of the form of UUIDv7 (RFC 9562) whose random part comes from the seed."""
        milliseconds = (at - _EPOCH) // timedelta(milliseconds=1)
        bits = self._chance.getrandbits(74)
        return UUID(int=milliseconds << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & _LOW)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOW = (1 << 62) - 1


def _with_parts(one: _Made) -> tuple[Screening, tuple[NewPart, ...]]:
    contents = {CLINICAL: one.clinical} | ({} if one.person is None else {PERSON: one.person})
    parts = [NewPart(part, secrets.token_hex(32), content) for part, content in contents.items()]
    return replace(one.record, digests={part.part: part.digest for part in parts}), tuple(parts)


@contextmanager
def _without_cycle_collection() -> Iterator[None]:
    """Rows and values of a batch hold no cycles, and the collector would walk them each time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _line(one: _Made) -> bytes:
    """What the digest covers: everything that was invented, and nothing that belongs to one machine."""
    record = one.record
    parts = (record.id.hex, record.request_id.hex, record.kind.value, record.day.isoformat(), record.by, one.clinical)
    return ("|".join((*parts, canonical(plain(record.facts)), one.person or "")) + "\n").encode()
