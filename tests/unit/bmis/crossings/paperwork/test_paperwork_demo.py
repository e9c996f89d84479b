from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bmis.crossings.asking import require_asked
from bmis.crossings.checks.running import core_checks
from bmis.crossings.crossing import Place
from bmis.crossings.deciding import (
    acknowledged,
    needs_second_person,
    require_offered,
    require_protection_answer,
    require_reasons,
    require_stay_allowed,
)
from bmis.crossings.decision import Decision, Direction, RecordMode
from bmis.crossings.finding import Status
from bmis.crossings.paperwork import demo
from bmis.crossings.paperwork.demo import DOCUMENT_CHECKS, MakeDemoData
from bmis.crossings.paperwork.demo_traffic import DemoTraffic
from bmis.crossings.paperwork.errors import DemoRepeatedError, DemoSizeError, TrainingOnlyError
from bmis.crossings.paperwork.records import last_seq
from bmis.crossings.payload import crossing_payload
from bmis.crossings.records import RedigestCrossings
from bmis.crossings.records.tables import CrossingEventRow, CrossingRow, TravellerRow
from bmis.documents.travel_document import CaptureMethod
from bmis.kernel.actor import Actor, NotAllowedError, Role
from bmis.kernel.clock import local
from bmis.kernel.identifiers import made_at
from bmis.store.audit import verify_chain
from bmis.store.border import BORDER, MIGRATIONS
from bmis.store.engine import open_engine
from bmis.store.errors import StoreFullError
from bmis.store.home import Home
from bmis.store.migrate import migrate
from bmis.store.outbox import waiting
from bmis.store.records import AuditRow
from bmis.store.unit import Store

ADMIN = Actor("admin", Role.ADMIN)


def desk(post, clock):
    return MakeDemoData(post.store.write, post.store.home, lambda: post.place, clock)


@pytest.fixture(scope="module")
def traffic():
    """Forty days of invented traffic, in memory."""
    place = Place("MZ.L.RSG", "1", "lane", "MOZ", "2", "MZ.L.RSG", "MZ.L.RSG-2-3f9a12bc", 120, "manual", False)
    return list(DemoTraffic(Random("a shift"), place, date(2026, 11, 21), 40, 120, 1, DOCUMENT_CHECKS))


def test_the_same_seed_and_clock_give_the_same_records_in_another_home(post, clock, tmp_path):
    home = Home.create(tmp_path / "other", post_code="MZ.L.RSG", lane="2", training=True)
    engine = open_engine(home.database(BORDER.file_name), bytes(32), create=True)
    migrate(engine, MIGRATIONS)
    engine.dispose()
    store = Store.open(home, BORDER, (bytes(32),), clock, "admin", Ed25519PrivateKey.generate())
    other = type(post)(store, clock)

    one = desk(post, clock)(6, 50, 7, ADMIN)
    same = desk(other, clock)(6, 50, 7, ADMIN)
    different = desk(other, clock)(6, 50, 8, ADMIN)
    store.close()

    assert one == same
    assert one.digest != different.digest
    assert one.payload() == {
        "from": "2026-11-16",
        "to": "2026-11-21",
        "crossings": one.crossings,
        "travellers": one.travellers,
        "screenings": 0,
        "passes": 0,
        "digest": one.digest,
    }


def test_what_is_made_proves_as_what_the_lane_keeps(post, clock, monkeypatch):
    monkeypatch.setattr(demo, "BATCH", 170)  # closings fall into other batches than what they close

    made = desk(post, clock)(5, 300, 3, ADMIN)

    with post.store.read() as unit:
        connection = unit.connection
        closings = connection.execute(CrossingEventRow.__table__.select()).all()
        report = verify_chain(connection)
        redigest = RedigestCrossings()
        digests = dict(redigest(connection))
        chained = {row.event_id: row.digest for row in connection.execute(AuditRow.__table__.select())}
        rows = connection.execute(CrossingRow.__table__.select().order_by(CrossingRow.seq)).all()
        travellers = connection.execute(TravellerRow.__table__.select()).all()
        assert waiting(connection) == report.rows
    assert report.rows == made.crossings + len(closings)
    assert report.checkpoints >= report.rows // 256
    assert digests == chained
    assert [row.seq for row in rows] == list(range(1, made.crossings + 1))
    assert len(travellers) == made.travellers == len({row.traveller_id for row in rows})
    assert all(row.id.version == 7 and made_at(row.id) == row.recorded_at for row in rows)
    assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
    closed = {row.id: row.closed_by for row in rows if row.closed_by}
    assert closed == {row.closes: row.id for row in rows if row.closes}
    assert len(closed) == len(closings) > 0
    assert all(row.record_mode == RecordMode.TRAINING.value for row in rows)


def test_the_payload_made_fast_is_the_payload_of_every_crossing(traffic):
    payloads = demo._Payloads(traffic[0].crossing.place)

    for passage in traffic:
        assert payloads(passage.crossing) == crossing_payload(passage.crossing)


def test_no_invented_crossing_is_one_that_the_lane_would_not_keep(traffic):
    for passage in traffic:
        crossing = passage.crossing
        day = local(crossing.crossed_at).date()
        require_offered(crossing.request, crossing.decision)
        require_protection_answer(crossing.verdict)
        require_reasons(crossing.verdict, day)
        require_asked(crossing.request, crossing.decision, day)
        require_stay_allowed(crossing.request, crossing.decision, day)
        assert acknowledged(crossing.verdict, crossing.findings) == crossing.verdict.acknowledged
        assert not needs_second_person(crossing.decision, crossing.findings)


def test_the_findings_are_what_the_checks_say_on_that_day(traffic):
    fresh = DemoTraffic(
        Random(1), traffic[0].crossing.place, local(traffic[-1].crossing.crossed_at).date(), 1, 1, 1, DOCUMENT_CHECKS
    )
    for passage in traffic:
        crossing = passage.crossing
        assert fresh._run_checks(crossing.request, crossing.crossed_at) == crossing.findings


def test_the_traffic_is_what_a_post_sees(traffic):
    crossings = [passage.crossing for passage in traffic]
    decisions = Counter(crossing.decision for crossing in crossings)
    people = Counter(crossing.traveller_id for crossing in crossings)
    documents = {crossing.traveller_id: crossing.document for crossing in crossings}.values()
    directions = Counter(crossing.direction for crossing in crossings)

    assert {Decision.ADMITTED, Decision.EXITED, Decision.REFUSED_ENTRY, Decision.PENDING_SECONDARY} <= set(decisions)
    assert 0.002 < decisions[Decision.REFUSED_ENTRY] / len(crossings) < 0.05
    assert 0.4 < directions[Direction.ENTRY] / len(crossings) < 0.6
    assert people.most_common(1)[0][1] >= 5
    assert sum(count == 1 for count in people.values()) > 20
    assert any(document.capture_method is CaptureMethod.MANUAL for document in documents)
    new_year = [document for document in documents if str(document.birth_date)[5:] in ("01-01", "")]
    assert 0.05 < len(new_year) / len(documents) < 0.25
    assert {"MOZ", "ZAF", "MWI", "ZWE", "SWZ", "TZA", "ZMB"} <= {document.nationality for document in documents}
    assert all(document.number.startswith("TR") for document in documents)
    assert any(finding.status is Status.AMBER for crossing in crossings for finding in crossing.findings)


def test_everybody_alternates_between_coming_and_going(traffic):
    where = {}
    for passage in traffic:
        crossing = passage.crossing
        if crossing.decision in (Decision.ADMITTED, Decision.EXITED, Decision.TRANSIT_ONLY):
            assert where.get(crossing.traveller_id) is not crossing.direction
            where[crossing.traveller_id] = crossing.direction


def test_who_was_sent_to_secondary_is_decided_the_same_day(traffic):
    pending = {one.crossing.id for one in traffic if one.crossing.decision is Decision.PENDING_SECONDARY}
    closed = {one.closed.id: (one.closed, one.crossing) for one in traffic if one.closed}

    assert set(closed) == pending
    for first, second in closed.values():
        assert second.crossed_at - first.crossed_at <= timedelta(minutes=75)
        assert (second.traveller_id, second.by) == (first.traveller_id, "supervisor")


def test_invented_people_never_enter_a_real_home(post, clock):
    real = Home(post.store.home.path, "MZ.L.RSG", "2", "MZ.L.RSG-2-3f9a12bc", training=False)

    with pytest.raises(TrainingOnlyError):
        MakeDemoData(post.store.write, real, lambda: post.place, clock)(1, 1, 1, ADMIN)
    with pytest.raises(NotAllowedError):
        desk(post, clock)(1, 1, 1, post.officer)
    assert post.rows("crossing") == 0


@pytest.mark.parametrize(("days", "travellers", "what"), [(0, 1, "days"), (1501, 1, "days"), (1, 0, "travellers")])
def test_too_much_or_nothing_is_not_made(post, clock, days, travellers, what):
    with pytest.raises(DemoSizeError) as stopped:
        desk(post, clock)(days, travellers, 1, ADMIN)

    assert stopped.value.facts["what"] == what


def test_the_same_seed_a_second_time_is_refused_and_another_goes_on_counting(post, clock, passport):
    post.passes(passport())
    first = desk(post, clock)(2, 20, 1, ADMIN)

    with pytest.raises(DemoRepeatedError):
        desk(post, clock)(2, 20, 1, ADMIN)
    second = desk(post, clock)(2, 20, 2, ADMIN)

    with post.store.read() as unit:
        assert last_seq(unit, post.store.home.desk_id) == 1 + first.crossings + second.crossings
        verify_chain(unit.connection)


def test_a_batch_that_fails_leaves_whole_batches_only(post, clock, monkeypatch):
    monkeypatch.setattr(demo, "BATCH", 25)
    kept = []
    original = demo.SqlCrossings.add

    def add(self, crossings, new_travellers=()):
        if len(kept) == 2:
            raise StoreFullError
        kept.append(len(crossings))
        original(self, crossings, new_travellers)

    monkeypatch.setattr(demo.SqlCrossings, "add", add)

    with pytest.raises(StoreFullError):
        desk(post, clock)(3, 30, 1, ADMIN)

    assert post.rows("crossing") == sum(kept) == 50
    with post.store.read() as unit:
        assert verify_chain(unit.connection).rows == post.rows("outbox") == 50 + post.rows("crossing_event")


def test_the_traffic_takes_no_check_that_needs_the_past(post, clock):
    maker = MakeDemoData(post.store.write, post.store.home, lambda: post.place, clock, core_checks())

    with pytest.raises(TypeError):
        maker(1, 5, 1, ADMIN)
    assert post.rows("crossing") == 0
