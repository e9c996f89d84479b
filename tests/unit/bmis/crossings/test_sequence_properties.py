"""Whatever people do, in whatever order: numbers without gaps, one chain that proves every row."""

import multiprocessing
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bmis.crossings.check_traveller import CheckTraveller
from bmis.crossings.checks.running import core_checks
from bmis.crossings.crossing import CrossingRequest, Journey, Place, Verdict
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.errors import NotStandingError, UndoRefusedError
from bmis.crossings.record_crossing import RecordCrossing
from bmis.crossings.records import crossing_digests
from bmis.crossings.view import RecordState
from bmis.documents.dates import PartialDate
from bmis.documents.travel_document import from_fields
from bmis.kernel.actor import Actor, Role
from bmis.kernel.clock import fixed_clock
from bmis.kernel.identifiers import new_id
from bmis.store.audit import verify_chain
from bmis.store.border import BORDER
from bmis.store.home import Home
from bmis.store.unit import Store

KEY = bytes(range(32))
STEPS = st.lists(st.sampled_from(["record", "undo", "annul", "amend", "minute", "other officer"]), max_size=12)


def proves(store: Store) -> bool:
    """Return whether the chain holds and is exactly what the rows say."""
    with store.read() as unit:
        verify_chain(unit.connection)
        rows = unit.connection.exec_driver_sql("SELECT event_id, digest FROM audit")
        chain = {(row.event_id, row.digest) for row in rows}
        return {(event.hex, proof) for event, proof in crossing_digests(unit.connection)} == chain


@given(steps=STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_reaches_exactly_the_last_decision_of_the_same_officer_while_it_is_fresh(post, passport, steps):
    last, by, made_at, state = None, None, None, None
    before = post.rows("crossing")
    officer, recorded = post.officer, 0
    for step in steps:
        if step == "record":
            last = post.decides(post.request(passport(number=f"UT{before + recorded:07}")), by=officer)
            by, made_at, state, recorded = officer, post.clock.at, RecordState.STANDING, recorded + 1
            assert last.seq == before + recorded
        elif step == "minute":
            post.clock.passes(seconds=60)
        elif step == "other officer":
            officer = post.colleague if officer is post.officer else post.officer
        elif last is not None and step == "undo":
            fresh = (post.clock.at - made_at).total_seconds() < 120
            allowed = by is officer and state is RecordState.STANDING and fresh
            try:
                state = post.undo(last.id, officer).state
            except UndoRefusedError:
                assert not allowed
            else:
                assert allowed
        elif last is not None and step == "annul":
            try:
                state = post.annul(last.id, "typed for another person", post.supervisor).state
            except NotStandingError:
                assert state is not RecordState.STANDING
        elif last is not None and state is RecordState.STANDING:
            post.amend(last.id, {"note": f"{new_id()}"}, "remembered", officer)
    assert post.rows("crossing") == before + recorded
    assert proves(post.store)


def _lane(home: str, lane: int, count: int) -> None:
    """What one process does: record, and nothing else."""
    clock = fixed_clock(datetime(2026, 11, 22, 6, 0, tzinfo=UTC))
    store = Store.open(Home.open(Path(home)), BORDER, (KEY,), clock, "officer", None)
    place = Place("MZ.L.RSG", "1", "lane", "MOZ", "2", store.home.site_id, store.home.desk_id, 120, "manual", False)
    check = CheckTraveller(store.read, core_checks(), clock, lambda: place, True, lambda: None)
    record = RecordCrossing(store.write, check)
    for at in range(count):
        document = from_fields(
            "identity_card_moz",
            issuing_state="MOZ",
            number=f"11010{lane}{at:06}B",
            surname="Tembe",
            given_names="Ana",
            nationality="MOZ",
            birth_date=PartialDate.of(date(1985, 2, 3)),
            sex="F",
            expiry_date=PartialDate.of(date(2030, 6, 30)),
            manual_reason="older card without MRZ",
        )
        journey = Journey(travel_mode="foot", coming_from="ZAF")
        request = CrossingRequest(new_id(), Direction.ENTRY, document, journey)
        record(request, Verdict(Decision.ADMITTED, acknowledged=frozenset("*")), Actor("officer", Role.OFFICER))
    store.close()


def test_two_processes_at_once_give_one_sequence_and_one_chain(post, home_path):
    processes = multiprocessing.get_context("spawn")
    lanes = [processes.Process(target=_lane, args=(str(home_path), number, 25)) for number in range(2)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join(120)

    assert [lane.exitcode for lane in lanes] == [0, 0]
    assert sorted(one.seq for one in post.search(limit=100)) == list(range(1, 51))
    assert proves(post.store)
