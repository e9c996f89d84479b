"""Corrections: by events that name what they correct. Nothing is deleted, and everything can be found."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bmis.crossings.annul_crossing import ANNUL
from bmis.crossings.crossing import EventKind
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.errors import (
    AmendRefusedError,
    CrossingUnknownError,
    FieldsMissingError,
    LinkRefusedError,
    NotStandingError,
    ReasonNeededError,
    SearchRefusedError,
    SecondPersonNeededError,
    UndoRefusedError,
    ValueUnknownError,
)
from bmis.crossings.search_crossings import CrossingQuery, SearchCrossings, WasKept
from bmis.crossings.travellers import ListHistory
from bmis.crossings.view import RecordState
from bmis.documents.dates import PartialDate
from bmis.kernel.actor import NotAllowedError
from bmis.kernel.identifiers import new_id
from bmis.store.audit import verify_chain


class TestUndo:
    def refused(self, post, crossing, by=None):
        with pytest.raises(UndoRefusedError) as refused:
            post.undo(crossing.id, by or post.officer)
        return refused.value.facts["why"]

    def test_the_last_decision_is_taken_back_within_two_minutes_and_stays_in_view(self, post, passport):
        kept = post.passes(passport())
        post.clock.passes(seconds=119)

        undone = post.undo(kept.id, post.officer)

        assert undone.state is RecordState.UNDONE
        assert [event.kind for event in undone.events] == [EventKind.UNDONE]
        assert undone.crossing == kept
        assert post.search(document="UT1234567")[0].state is RecordState.UNDONE
        assert post.passes(passport()).seq == 2

    def test_after_two_minutes_it_is_too_late(self, post, passport):
        kept = post.passes(passport())
        post.clock.passes(seconds=121)
        assert self.refused(post, kept) == "too_late"

    def test_after_the_next_decision_it_is_too_late(self, post, passport):
        first = post.passes(passport())
        post.passes(passport(number="UT7654321"))
        assert self.refused(post, first) == "not_last"

    def test_nobody_takes_back_a_colleagues_decision(self, post, passport):
        assert self.refused(post, post.passes(passport()), post.supervisor) == "other_officer"

    def test_it_is_done_once(self, post, passport):
        kept = post.passes(passport())
        post.undo(kept.id, post.officer)
        assert self.refused(post, kept) == "not_standing"

    def test_with_the_clock_set_back_nobody_knows_how_long_ago_it_was(self, post, passport):
        kept = post.passes(passport())
        post.clock.passes(hours=-1)
        assert self.refused(post, kept) == "too_late"

    def test_what_was_never_kept_cannot_be_taken_back(self, post):
        with pytest.raises(CrossingUnknownError):
            post.undo(new_id(), post.officer)


class TestAnnul:
    def test_a_supervisor_annuls_what_an_officer_recorded(self, post, passport):
        kept = post.passes(passport())
        post.clock.passes(days=2)

        annulled = post.annul(kept.id, " recorded for another person ", post.supervisor)

        assert annulled.state is RecordState.ANNULLED
        assert annulled.events[0].reason == "recorded for another person"
        with pytest.raises(NotStandingError):
            post.annul(kept.id, "again", post.supervisor)

    def test_an_officer_does_not_and_a_reason_is_needed(self, post, passport):
        kept = post.passes(passport())
        with pytest.raises(NotAllowedError):
            post.annul(kept.id, "mistake", post.officer)
        with pytest.raises(ReasonNeededError):
            post.annul(kept.id, "   ", post.supervisor)
        assert post.show(kept.id, post.officer).state is RecordState.STANDING

    def test_a_supervisors_own_record_needs_somebody_else(self, post, passport):
        own = post.decides(post.request(passport()), by=post.supervisor)
        with pytest.raises(SecondPersonNeededError):
            post.annul(own.id, "mistake", post.supervisor)
        signed = post.signed(ANNUL, own.id, post.supervisor, second="deputy")
        assert post.annul(own.id, "mistake", post.supervisor, signed).events[0].second_officer == "deputy"

    def test_a_case_that_it_had_decided_waits_again(self, post, passport):
        pending = post.decides(post.request(passport()), Decision.PENDING_SECONDARY)
        decided = post.decides(post.request(passport()), by=post.supervisor, closes=pending.id)
        post.annul(
            decided.id, "wrong person", post.supervisor, post.signed(ANNUL, decided.id, post.supervisor, "deputy")
        )
        assert [one.crossing.id for one in post.waiting(post.officer)] == [pending.id]


class TestAmend:
    def test_a_field_is_corrected_with_its_reason_before_and_after(self, post, passport):
        kept = post.passes(passport())

        view = post.amend(
            kept.id,
            {"document.surname": "Conceição", "journey.purpose": "Negócios", "document.birth_date": "1990-05-21"},
            "misread by the camera",
            post.officer,
        )

        assert view.crossing.document.surname == "CONCEICAO"
        assert view.crossing.document.birth_date == PartialDate(1990, 5, 21)
        event = view.events[0]
        assert event.reason == "misread by the camera"
        assert dict(event.changes) == {
            "document.surname": ("TEMBE", "CONCEICAO"),
            "journey.purpose": ("tourism", "business"),
            "document.birth_date": ("1990-05-12", "1990-05-21"),
        }
        assert [one.id for one in post.search(name="conceição")] == [kept.id]
        assert post.search(name="tembe") == ()

    def test_what_turns_out_to_be_unknown_has_its_reason_and_loses_it_again(self, post, passport):
        kept = post.passes(passport())
        with pytest.raises(FieldsMissingError):
            post.amend(kept.id, {"document.birth_date": "1990-05"}, "unsure", post.officer)
        reason = {"document.birth_date": "1990-05", "document.missing.birth_day": "ILLEGIBLE"}
        assert post.amend(kept.id, reason, "unsure", post.officer).crossing.document.missing == {
            "birth_day": "ILLEGIBLE"
        }
        view = post.amend(kept.id, {"document.birth_date": "1990-05-13"}, "sure", post.officer)
        assert view.crossing.document.missing == {}
        assert view.events[1].changes["document.missing.birth_day"] == ("ILLEGIBLE", None)

    def test_twice_is_two_events_and_the_newest_holds(self, post, passport):
        kept = post.passes(passport())
        post.amend(kept.id, {"journey.vehicle": "AAA 001 MP"}, "first", post.officer)
        view = post.amend(kept.id, {"journey.vehicle": None}, "second", post.officer)
        assert view.crossing.request.journey.vehicle is None
        assert view.events[1].changes == {"journey.vehicle": ("AAA 001 MP", None)}

    @pytest.mark.parametrize(
        ("field", "value", "why"),
        [
            ("verdict.decision", "REFUSED_ENTRY", "field"),
            ("direction", "EXIT", "field"),
            ("occurred_at", "2026-01-01T00:00:00+00:00", "field"),
            ("document.mrz_lines", [], "field"),
            ("document.nationality", "QQQ", "value"),
            ("document.sex", "W", "value"),
            ("document.birth_date", "1990-02-31", "value"),
            ("document.surname", "A" * 200, "value"),
            ("journey.intended_days", "many", "value"),
            ("journey.intended_days", -1, "value"),
            ("journey.carrier", {"a": 1}, "value"),
            ("document.sex", "F", "same"),
        ],
    )
    def test_what_may_not_be_corrected_is_refused(self, post, passport, field, value, why):
        kept = post.passes(passport())
        with pytest.raises(AmendRefusedError) as refused:
            post.amend(kept.id, {field: value}, "because", post.officer)
        assert refused.value.facts["why"] == why
        assert post.rows("crossing_event") == 0

    def test_what_was_asked_cannot_be_emptied_and_lists_hold(self, post, passport):
        kept = post.passes(passport())
        with pytest.raises(FieldsMissingError):
            post.amend(kept.id, {"journey.accommodation": None}, "because", post.officer)
        with pytest.raises(ValueUnknownError):
            post.amend(kept.id, {"journey.purpose": "mischief"}, "because", post.officer)

    def test_it_needs_a_reason_and_a_record_that_stands(self, post, passport):
        kept = post.passes(passport())
        with pytest.raises(ReasonNeededError):
            post.amend(kept.id, {"note": "x"}, "", post.officer)
        post.undo(kept.id, post.officer)
        with pytest.raises(NotStandingError):
            post.amend(kept.id, {"note": "x"}, "because", post.officer)


class TestTravellers:
    def test_a_returning_traveller_is_known_by_the_document(self, post, passport):
        first = post.passes(passport())
        post.clock.passes(days=3)
        found = post.find(passport(), post.officer)

        assert found.known.traveller_id == first.traveller_id
        assert (found.known.times, found.known.last_crossing_id) == (1, first.id)
        assert found.proposals == ()
        assert post.passes(passport(), Direction.EXIT).traveller_id == first.traveller_id

    def test_a_document_under_another_identity_is_nobody_known(self, post, passport):
        first = post.passes(passport())
        assert post.find(passport(surname="MACHAVA"), post.officer).known is None
        assert post.passes(passport(surname="MACHAVA")).traveller_id != first.traveller_id

    def test_a_new_passport_is_proposed_and_carries_nothing_across(self, post, passport):
        refused = post.passes(passport(birth="1990-01-01"))
        other = passport(number="UT7654321", birth="1990-01-01")
        (proposal,) = post.find(other, post.officer).proposals

        assert proposal.traveller.traveller_id == refused.traveller_id
        assert proposal.born_on_new_year
        assert proposal.document_ends == "567"
        assert not {"stay", "decision", "findings", "refusal"} & set(type(proposal.traveller).__dataclass_fields__)
        assert post.passes(other).traveller_id != refused.traveller_id

    def test_a_link_is_an_event_that_is_taken_back_once(self, post, passport):
        first, second = post.passes(passport()), post.passes(passport(number="UT7654321"))
        link = post.link(second.id, first.traveller_id, "same woman", post.officer)

        assert post.find(passport(number="UT7654321"), post.officer).proposals == ()
        for traveller in (first.traveller_id, second.traveller_id):
            assert {one.id for one in ListHistory(post.store.read)(traveller, post.officer)} == {first.id, second.id}
        for crossing_id, traveller in ((second.id, first.traveller_id), (first.id, second.traveller_id)):
            with pytest.raises(LinkRefusedError):
                post.link(crossing_id, traveller, "again", post.officer)
        post.link.take_back(link.id, "sisters", post.officer)
        assert len(post.find(passport(number="UT7654321"), post.officer).proposals) == 1
        with pytest.raises(LinkRefusedError):
            post.link.take_back(link.id, "again", post.officer)
        kinds = [event.kind for event in post.show(second.id, post.officer).events]
        assert kinds == [EventKind.LINKED, EventKind.UNLINKED]

    def test_nobody_is_linked_to_nobody(self, post, passport):
        kept = post.passes(passport())
        with pytest.raises(LinkRefusedError):
            post.link(kept.id, new_id(), "who", post.officer)


class TestSearch:
    def test_by_document_name_birth_and_day(self, post, passport, identity_card):
        yesterday = post.passes(passport(), occurred_at=post.clock.at - timedelta(days=1))
        today = post.passes(identity_card())

        assert [one.id for one in post.search()] == [today.id, yesterday.id]
        assert [one.id for one in post.search(document=" ut1234567 ")] == [yesterday.id]
        assert [one.id for one in post.search(document="UT1234567", issuing_state="MOZ")] == []
        assert [one.id for one in post.search(name="luisa tem")] == [yesterday.id]
        assert [one.id for one in post.search(name="João CONCEIÇÃO")] == [today.id]
        assert [one.id for one in post.search(birth="1985")] == [today.id]
        assert [one.id for one in post.search(birth="1990-05-12", name="ana")] == [yesterday.id]
        assert [one.id for one in post.search(to_day=date(2026, 11, 21))] == [yesterday.id]
        assert [one.id for one in post.search(from_day=date(2026, 11, 22))] == [today.id]

    @pytest.mark.parametrize("asked", [{}, {"name": "tembe"}, {"birth": "1990"}, {"from_day": date(2026, 11, 1)}])
    def test_pages_follow_each_other_without_loss(self, post, passport, asked):
        kept = [post.passes(passport(number=f"UT{at:07}")).id for at in range(7)]
        search, seen, after = SearchCrossings(post.store.read), [], None
        while True:
            page = search(CrossingQuery(limit=3, after=after, **asked), post.auditor)
            seen += [one.id for one in page.found]
            after = page.next
            if after is None:
                break
        assert sorted(seen) == sorted(kept)
        assert len(seen) == 7

    @pytest.mark.parametrize("typed", ["'; DROP TABLE crossing; --", "%", "_", '" OR 1=1', "A' OR 'A'='A"])
    def test_whatever_is_typed_is_only_text(self, post, passport, typed):
        post.passes(passport())
        assert post.search(document=typed) == ()
        if typed not in ("%", "_"):
            assert post.search(name=typed) == ()
        assert post.rows("crossing") == 1

    @pytest.mark.parametrize(
        "query", [{"limit": 0}, {"limit": 10_000}, {"birth": "1990%"}, {"name": "%"}, {"name": "A" * 500}]
    )
    def test_a_search_that_makes_no_sense_is_refused(self, post, query):
        with pytest.raises(SearchRefusedError):
            post.search(**query)

    def test_after_a_power_cut_it_says_whether_it_was_kept(self, post, passport):
        request = post.request(passport())
        was_kept = WasKept(post.store.read)
        assert was_kept(request.request_id, post.officer) is None
        kept = post.decides(request)
        assert was_kept(request.request_id, post.officer).id == kept.id

    def test_health_does_not_look(self, post):
        with pytest.raises(NotAllowedError):
            SearchCrossings(post.store.read)(CrossingQuery(), post.screener)


def test_four_lanes_at_once_give_one_sequence_and_one_chain(post, passport):
    errors: list[BaseException] = []

    def lane(number: int) -> None:
        try:
            for at in range(8):
                post.passes(passport(number=f"UT{number}{at:06}"))
        except BaseException as error:
            errors.append(error)

    lanes = [threading.Thread(target=lane, args=(number,)) for number in range(4)]
    for one in lanes:
        one.start()
    for one in lanes:
        one.join()

    assert errors == []
    assert sorted(one.seq for one in post.search(limit=100)) == list(range(1, 33))
    with post.store.read() as unit:
        assert verify_chain(unit.connection).rows == 32


def test_one_request_from_two_desks_at_once_is_one_crossing(post, passport):
    request = post.request(passport())
    found: list[object] = []
    start = threading.Barrier(3)

    def desk() -> None:
        start.wait()
        found.append(post.decides(request).id)

    desks = [threading.Thread(target=desk) for _ in range(3)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()

    assert len(found) == 3
    assert len(set(found)) == post.rows("crossing") == post.rows("outbox") == 1


def test_what_breaks_on_the_way_leaves_nothing(post, passport, monkeypatch):
    from bmis.store.outbox import Outbox

    def fails(*_: object) -> None:
        raise OSError("no space left")

    request = post.request(passport())
    monkeypatch.setattr(Outbox, "add", fails)
    with pytest.raises(OSError, match="no space"):
        post.decides(request)
    monkeypatch.undo()

    assert [post.rows(table) for table in ("crossing", "traveller", "audit", "outbox")] == [0, 0, 0, 0]
    assert post.decides(replace(request)).seq == 1
