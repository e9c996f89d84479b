"""Stays, secondary, moments and pictures of a crossing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bmis.crossings.crossing import (
    Evidence,
    ImageKind,
    StayAuthority,
    Verdict,
)
from bmis.crossings.decision import Decision, Direction, RecordMode
from bmis.crossings.errors import (
    DecisionNotOfferedError,
    FormMissingError,
    ImageRefusedError,
    MomentNotAllowedError,
    NotPendingError,
    SecondPersonNeededError,
    StayNotAllowedError,
)
from bmis.crossings.images import NewImage
from bmis.crossings.records import crossing_digests
from bmis.kernel.actor import NotAllowedError
from bmis.kernel.identifiers import new_id

JPEG = b"\xff\xd8\xff\xe0" + b"specimen" * 40


class TestStay:
    """The stay is empty or typed with its authority."""

    def test_nobody_invents_one(self, post, passport):
        assert post.passes(passport()).request.stay.stay_until is None

    @pytest.mark.parametrize(
        ("why", "stay", "decision"),
        [
            ("authority", StayAuthority(stay_until=date(2026, 12, 22)), Decision.ADMITTED),
            (
                "past",
                StayAuthority(stay_until=date(2026, 11, 21), typed_authority="Decreto 10/2023"),
                Decision.ADMITTED,
            ),
            ("not_admitted", StayAuthority(stay_until=date(2026, 12, 22), typed_authority="x"), Decision.TRANSIT_ONLY),
        ],
    )
    def test_it_needs_its_authority_and_an_admission(self, post, passport, why, stay, decision):
        with pytest.raises(StayNotAllowedError) as refused:
            post.decides(post.request(passport(), stay=stay), decision)
        assert refused.value.facts["why"] == why

    def test_a_national_has_none(self, post, identity_card):
        stay = StayAuthority(stay_until=date(2026, 12, 22), typed_authority="x")
        with pytest.raises(StayNotAllowedError):
            post.decides(post.request(identity_card(), stay=stay))

    def test_typed_with_its_authority_it_is_kept(self, post, passport):
        stay = StayAuthority("exemption", None, None, None, None, date(2026, 12, 21), "Decreto 10/2023")
        kept = post.passes(passport(), stay=stay)
        assert post.search(document="UT1234567")[0].stay_until == date(2026, 12, 21)
        assert kept.request.stay == stay


class TestSecondary:
    """Pending stays open until a second crossing closes it."""

    def sent(self, post, passport, direction=Direction.ENTRY):
        return post.decides(post.request(passport(), direction), Decision.PENDING_SECONDARY)

    def test_a_supervisor_decides_and_the_case_is_closed_once(self, post, passport):
        pending = self.sent(post, passport)
        post.clock.passes(minutes=25)
        assert [one.waited for one in post.waiting(post.officer)] == [timedelta(minutes=25)]

        decided = post.decides(post.request(passport()), by=post.supervisor, closes=pending.id)

        assert post.waiting(post.officer) == ()
        assert post.show(pending.id, post.officer).closed_by == decided.id
        assert decided.traveller_id == pending.traveller_id
        with pytest.raises(NotPendingError):
            post.decides(post.request(passport()), by=post.supervisor, closes=pending.id)

    def test_an_officer_of_the_lane_does_not_decide_it(self, post, passport):
        pending = self.sent(post, passport)
        with pytest.raises(NotAllowedError):
            post.decides(post.request(passport()), closes=pending.id)

    def test_another_lane_is_warned_and_cannot_admit_alone(self, post, passport):
        self.sent(post, passport)
        request = post.request(passport())

        found = [one for one in post.looks_at(request).findings if one.check == "open_crossing"]
        assert ("red", "waits_in_secondary") in {(one.status.value, one.evidence) for one in found}
        with pytest.raises(SecondPersonNeededError):
            post.decides(request)

    def test_pending_does_not_close_pending_nor_the_other_direction(self, post, passport):
        pending = self.sent(post, passport)
        with pytest.raises(DecisionNotOfferedError):
            post.decides(post.request(passport()), Decision.PENDING_SECONDARY, by=post.supervisor, closes=pending.id)
        with pytest.raises(NotPendingError):
            post.decides(post.request(passport(), Direction.EXIT), by=post.supervisor, closes=pending.id)

    def test_undoing_the_decision_opens_the_case_again(self, post, passport):
        pending = self.sent(post, passport)
        decided = post.decides(post.request(passport()), by=post.supervisor, closes=pending.id)

        post.undo(decided.id, post.supervisor)

        assert [one.crossing.id for one in post.waiting(post.officer)] == [pending.id]
        assert post.decides(post.request(passport()), by=post.supervisor, closes=pending.id)


class TestMoments:
    """When it happened and when it was kept."""

    def test_a_training_home_may_set_the_moment_but_not_in_the_future(self, post, passport):
        earlier = post.clock.at - timedelta(days=2)
        assert post.passes(passport(), occurred_at=earlier).crossed_at == earlier
        with pytest.raises(MomentNotAllowedError):
            post.passes(passport(number="UT7654321"), occurred_at=post.clock.at + timedelta(seconds=1))

    def test_a_live_home_does_not_set_it_but_for_a_paper_form(self, post, passport):
        post.training = False
        card = passport(nationality="ZAF")
        earlier = post.clock.at - timedelta(hours=1)
        with pytest.raises(MomentNotAllowedError):
            post.passes(card, occurred_at=earlier)
        request = post.request(card, occurred_at=earlier)
        verdict = Verdict(Decision.ADMITTED, acknowledged=frozenset("*"))
        with pytest.raises(FormMissingError):
            post.record(request, verdict, post.officer, mode=RecordMode.PAPER_BACKFILL)
        request = replace(request, paper_form="RSG-000123", written_by="colleague")
        kept = post.record(request, verdict, post.officer, mode=RecordMode.PAPER_BACKFILL)

        assert (kept.record_mode, kept.crossed_at, kept.by) == (RecordMode.PAPER_BACKFILL, earlier, "officer")

    def test_a_clock_set_back_is_told_and_the_record_kept(self, post, passport):
        post.passes(passport())
        post.clock.passes(days=-3)

        kept = post.passes(passport(number="UT7654321"))

        assert kept.place.clock_set_back
        assert kept.seq == 2

    def test_dates_are_judged_by_the_last_day_seen_when_the_clock_was_set_back(self, post, passport):
        post.passes(passport(number="UT7654321"))
        post.clock.passes(days=-30)
        request = post.request(passport(expiry="2026-11-10"))

        assert post.finding(request, "document_dates").evidence == "expired"

    def test_the_local_day_of_the_post_counts(self, post, passport):
        post.clock.at = post.clock.at.replace(hour=22, minute=30)  # half past midnight on the 23rd, in Maputo
        assert post.finding(post.request(passport(expiry="2026-11-22")), "document_dates").evidence == "expired"

    def test_a_moment_without_a_zone_is_refused(self, post, passport):
        with pytest.raises(MomentNotAllowedError):
            post.passes(passport(), occurred_at=post.clock.at.replace(tzinfo=None))


class TestPictures:
    """Photos are kept in the same unit, and the chain covers them."""

    def test_they_come_back_and_are_proved(self, post, passport):
        photo = NewImage(new_id(), ImageKind.TRAVELLER, JPEG)
        request = post.request(passport(), evidence=Evidence(traveller_photo_id=photo.id))
        kept = post.record(request, Verdict(Decision.ADMITTED), post.officer, images=[photo])

        assert post.show.images(kept.id, post.officer) == (photo,)
        assert kept.images == (photo.kept,)
        with post.store.write() as unit:
            unit.connection.exec_driver_sql("UPDATE image SET jpeg = x'ffd8ff00'")
            found = dict(crossing_digests(unit.connection))
            wanted = unit.connection.exec_driver_sql("SELECT digest FROM audit").scalar_one()
        assert found[kept.id] != wanted

    def test_a_picture_that_the_request_does_not_name_is_refused(self, post, passport):
        photo = NewImage(new_id(), ImageKind.TRAVELLER, JPEG)
        with pytest.raises(ImageRefusedError):
            post.record(post.request(passport()), Verdict(Decision.ADMITTED), post.officer, images=[photo])
        named = post.request(passport(), evidence=Evidence(traveller_photo_id=photo.id))
        with pytest.raises(ImageRefusedError):
            post.record(named, Verdict(Decision.ADMITTED), post.officer)
        assert post.rows("image") == 0

    def test_what_is_no_jpeg_is_refused(self):
        with pytest.raises(ImageRefusedError):
            NewImage(new_id(), ImageKind.PAGE, b"%PDF-1.7")
