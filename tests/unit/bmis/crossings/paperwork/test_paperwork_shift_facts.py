from sqlalchemy import event

from bmis.crossings.decision import Decision, Direction
from bmis.crossings.paperwork.allocate_forms import AllocateForms, SpoilForm
from bmis.crossings.paperwork.drafts import DraftEntry
from bmis.crossings.paperwork.save_draft import SaveDraft
from bmis.crossings.paperwork.shift_facts import CountShift, missing_form_numbers
from bmis.crossings.records.desk_pace import recorded_since
from bmis.kernel.identifiers import new_id


def test_the_shift_counts_what_this_desk_did_since_it_opened(post, clock, passport, identity_card):
    post.decides(post.request(passport(number="UT0000001")), Decision.PENDING_SECONDARY)  # before the shift
    clock.passes(minutes=1)
    since = clock()
    post.passes(passport(number="UT0000002"))
    post.passes(identity_card(), Direction.EXIT)
    undone = post.passes(passport(number="UT0000003"))
    post.undo(undone.id, post.officer)
    annulled = post.passes(passport(number="UT0000004"))
    clock.passes(minutes=3)
    post.annul(annulled.id, "wrong person", post.supervisor)
    post.decides(post.request(passport(number="UT0000005")), Decision.PENDING_SECONDARY)
    SaveDraft(post.store.write, clock)(DraftEntry(new_id(), {}), post.colleague)
    forms = AllocateForms(post.store.write, post.store.home, clock)(3, post.supervisor)
    SpoilForm(post.store.write, clock)(forms[2].number, "torn", post.officer)

    with post.store.read() as unit:
        counts = CountShift(post.store.home)(unit, since)
        missing = missing_form_numbers(unit)

    assert counts.decisions == {"ADMITTED": 1, "EXITED": 1, "PENDING_SECONDARY": 1}
    assert counts.lanes == ("2",)
    assert (counts.open_drafts, counts.in_secondary) == (1, 2)
    assert counts.others == {
        "entries": 2,
        "exits": 1,
        "typed_by_hand": 1,
        "backfilled": 0,
        "undone": 1,
        "annulled": 1,
        "missing_forms": 2,
    }
    assert missing == (forms[0].number, forms[1].number)


def test_no_number_of_a_shift_reads_the_crossings_of_a_year(post, clock, passport):
    post.passes(passport(number="UT0000001"))
    asked = []

    def hear(_connection, _cursor, statement, parameters, _context, _many):
        if " crossing " in statement and statement.startswith("SELECT"):
            asked.append((statement, parameters))

    with post.store.read() as unit:
        event.listen(unit.connection, "before_cursor_execute", hear)
        CountShift(post.store.home)(unit, clock())
        recorded_since(unit, post.store.home.desk_id, clock())
        event.remove(unit.connection, "before_cursor_execute", hear)
        plans = [
            str(step[3])
            for statement, parameters in asked
            for step in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    reads = [step for step in plans if step.startswith(("SCAN crossing", "SEARCH crossing"))]
    assert len(reads) >= 8
    by_time = ("ix_crossing_recorded_at", "ix_crossing_waiting", "ix_crossing_paper_form")
    assert [step for step in reads if not any(name in step for name in by_time)] == []
