"""Filling a training home with invented travellers and their crossings."""

import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from bmis.crossings.case import Check
from bmis.crossings.checks.check_digits import CheckDigits
from bmis.crossings.checks.document_dates import DocumentDates
from bmis.crossings.checks.state_code import StateCode
from bmis.crossings.crossing import Crossing, EventKind, Place, Verdict
from bmis.crossings.finding import Finding
from bmis.crossings.keeping import keep_event, new_event
from bmis.crossings.paperwork.demo_traffic import COMPARED, DemoTraffic, Passage
from bmis.crossings.paperwork.errors import DemoRepeatedError, DemoSizeError, TrainingOnlyError
from bmis.crossings.paperwork.records import last_seq
from bmis.crossings.payload import SCHEMA, plain
from bmis.crossings.records import SqlCrossings
from bmis.crossings.records.digests import RECORDED
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.store.canonical import Message
from bmis.store.home import Home
from bmis.store.unit import OpenUnit

BATCH = 5000  # crossings kept in one transaction, with their audit links and messages
DOCUMENT_CHECKS: tuple[Check, ...] = (CheckDigits(), DocumentDates(), StateCode())
MOST_DAYS, MOST_A_DAY = 1500, 20_000


@dataclass(frozen=True, slots=True)
class DemoMade:
    """What was made. ``digest`` (SHA-256) is the same for the same seed, size and clock, on any machine and home."""

    first_day: date
    last_day: date
    crossings: int
    travellers: int
    digest: str

    def payload(self) -> dict[str, object]:
        """Return what the command prints; the rooms that make screenings and passes put their own numbers in."""
        return {
            "from": self.first_day.isoformat(),
            "to": self.last_day.isoformat(),
            "crossings": self.crossings,
            "travellers": self.travellers,
            "screenings": 0,
            "passes": 0,
            "digest": self.digest,
        }


@dataclass(frozen=True, slots=True)
class MakeDemoData:
    """Invents traffic up to yesterday and keeps it as the lane would have.

    ``checks`` are run on each crossing: those that look at the document alone, for the others would need the store.
    """

    open_unit: OpenUnit
    home: Home
    place: Callable[[], Place]
    now: Clock
    checks: Sequence[Check] = DOCUMENT_CHECKS

    def __call__(self, days: int, travellers_per_day: int, seed: int, by: Actor) -> DemoMade:
        """Return what was made.

        Raises:
            TrainingOnlyError: the home is not for training.
            DemoSizeError: so much cannot be made at once.
            DemoRepeatedError: the home already holds the records of this seed and clock.
        """
        require(by, Permission.MAKE_DEMO_DATA)
        if not self.home.training:
            raise TrainingOnlyError
        for what, asked, largest in (("days", days, MOST_DAYS), ("travellers", travellers_per_day, MOST_A_DAY)):
            if not 1 <= asked <= largest:
                raise DemoSizeError(what=what, largest=largest)
        place = self.place()
        last_day = local(self.now(), place.utc_offset_minutes).date() - timedelta(days=1)
        with self.open_unit() as unit:
            first_seq = last_seq(unit, place.desk_id) + 1
        chance = Random(f"bmis demo {seed}")  # noqa: S311 - invented people must come out the same again; nothing is secret
        traffic = DemoTraffic(chance, place, last_day, days, travellers_per_day, first_seq, self.checks)
        digest = hashlib.sha256()
        made = 0
        passages, payloads = iter(traffic), _Payloads(place)
        with _without_cycle_collection():
            while batch := list(islice(passages, BATCH)):
                self._keep(batch, payloads, is_first=made == 0)
                made += len(batch)
                for passage in batch:
                    digest.update(_line(passage.crossing))
        return DemoMade(last_day - timedelta(days=days - 1), last_day, made, traffic.travellers, digest.hexdigest())

    def _keep(self, batch: Sequence[Passage], payloads: "_Payloads", *, is_first: bool) -> None:
        pairs = [(one.crossing, Message.of(one.crossing.id, one.crossing.by, payloads(one.crossing))) for one in batch]
        with self.open_unit() as unit:
            crossings = SqlCrossings(unit)
            if is_first and crossings.by_request(batch[0].crossing.request.request_id) is not None:
                raise DemoRepeatedError
            crossings.add(pairs, [passage.crossing for passage in batch if passage.is_new_traveller])
            messages = [kept for _, kept in pairs]
            unit.audit.add_many(RECORDED, messages)
            unit.outbox.add_many(RECORDED, messages)
            for passage in batch:
                if passage.closed is not None:
                    closing = passage.crossing
                    event = new_event(
                        EventKind.CLOSED, passage.closed.id, closing.by, closing.recorded_at, other_id=closing.id
                    )
                    keep_event(unit, event)
            unit.commit()


@contextmanager
def _without_cycle_collection() -> Iterator[None]:
    """Rows and values of a batch hold no cycles, and the collector would walk them each time: a third of all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Payloads:
    """Makes ``crossing_payload`` of each crossing, with the parts that come again made once."""

    def __init__(self, place: Place) -> None:
        self._place = plain(place)
        self._people: dict[UUID, tuple[dict[str, Any], dict[str, Any]]] = {}
        self._verdicts: dict[Verdict, dict[str, Any]] = {}
        self._compared = plain(COMPARED)

    def __call__(self, crossing: Crossing) -> dict[str, Any]:
        """Return the payload; a test holds it against the general form."""
        request = crossing.request
        parts = self._people.get(crossing.traveller_id)
        if parts is None:
            parts = self._people[crossing.traveller_id] = plain(request.document), plain(request.person)
        document, person = parts
        asked = {
            "request_id": str(request.request_id),
            "direction": request.direction.value,
            "document": document,
            "journey": {name: value for name in _JOURNEY if (value := getattr(request.journey, name)) is not None},
            "person": person,
            "evidence": self._compared,
            "occurred_at": crossing.crossed_at.isoformat(),
        }
        if request.stay.stay_until is not None:
            asked["stay"] = plain(request.stay)
        verdict = self._verdicts.get(crossing.verdict)
        if verdict is None:
            verdict = self._verdicts[crossing.verdict] = plain(crossing.verdict)
        content = {
            "schema": SCHEMA,
            "id": str(crossing.id),
            "seq": crossing.seq,
            "request": asked,
            "verdict": verdict,
            "place": self._place,
            "record_mode": crossing.record_mode.value,
            "crossed_at": crossing.crossed_at.isoformat(),
            "recorded_at": crossing.recorded_at.isoformat(),
            "by": crossing.by,
            "traveller_id": str(crossing.traveller_id),
        }
        if crossing.findings:
            content["findings"] = [_finding(finding) for finding in crossing.findings]
        if crossing.closes is not None:
            content["closes"] = str(crossing.closes)
        return content


_JOURNEY = (
    "travel_mode",
    "vehicle",
    "coming_from",
    "coming_from_place",
    "going_to",
    "purpose",
    "intended_days",
    "accommodation",
)


def _finding(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "check": finding.check,
        "status": finding.status.value,
        "evidence": finding.evidence,
        "rule": finding.rule,
        "mandatory": finding.mandatory,
    }
    if finding.facts:
        found |= {"facts": dict(finding.facts)}
    return found


def _line(crossing: Crossing) -> bytes:
    """What the digest covers: everything that was invented, and nothing that belongs to one machine."""
    request, document = crossing.request, crossing.document
    parts = (
        crossing.id.hex,
        crossing.traveller_id.hex,
        crossing.direction.value,
        crossing.decision.value,
        crossing.crossed_at.isoformat(),
        document.kind,
        document.issuing_state,
        document.number,
        document.viz_surname,
        document.viz_given_names,
        str(document.birth_date),
        request.journey.purpose,
        str(request.stay.stay_until),
        ",".join(crossing.verdict.reasons),
        crossing.closes.hex if crossing.closes else None,
    )
    return ("|".join(part or "" for part in parts) + "\n").encode()
