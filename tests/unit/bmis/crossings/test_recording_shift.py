"""A shift at the desk: what is kept, and what is not."""

from dataclasses import replace
from datetime import UTC

import pytest

from bmis.crossings.crossing import (
    Evidence,
    Journey,
    PersonDetails,
    PhotoAnswer,
    Refusal,
    Verdict,
)
from bmis.crossings.decision import Decision, Direction, RecordMode
from bmis.crossings.errors import (
    DecisionNotOfferedError,
    FieldsMissingError,
    FieldsNotConfirmedError,
    FindingsChangedError,
    NotAcknowledgedError,
    ProtectionAnswerMissingError,
    ProtectionClaimedError,
    ReasonsMissingError,
    ReasonTextMissingError,
    ReasonUnknownError,
    RequestConflictError,
    SecondPersonNeededError,
    ValueUnknownError,
)
from bmis.crossings.payload import crossing_of, crossing_payload
from bmis.crossings.record_crossing import LET_THROUGH
from bmis.crossings.records import crossing_digests
from bmis.documents.travel_document import from_fields
from bmis.kernel.actor import NotAllowedError
from bmis.kernel.identifiers import made_at, new_id
from bmis.staff.errors import ApprovalMismatchError
from bmis.store.audit import verify_chain


def test_a_traveller_in_order_is_admitted_with_record_audit_link_and_message(post, passport):
    request = post.request(passport())

    crossing = post.record(request, Verdict(Decision.ADMITTED, shown=post.looks_at(request).findings), post.officer)

    assert (crossing.seq, crossing.decision, crossing.by) == (1, Decision.ADMITTED, "officer")
    assert crossing.record_mode is RecordMode.TRAINING
    assert crossing.recorded_at == made_at(crossing.id) == post.clock.at
    assert [post.rows(table) for table in ("crossing", "audit", "outbox", "traveller")] == [1, 1, 1, 1]
    assert post.show(crossing.id, post.auditor).crossing == crossing
    assert crossing_of(crossing_payload(crossing)) == crossing


def test_an_identity_card_without_mrz_is_recorded_by_hand_with_its_accents(post, identity_card):
    card = identity_card()
    request = post.request(card, journey=Journey(travel_mode="foot", coming_from="ZAF"))
    seen = post.looks_at(request)

    assert seen.traveller_class == "national"
    assert [one.check for one in seen.findings if one.status.value == "grey"] == ["check_digits"]
    assert seen.proposal.decision is Decision.ADMITTED  # that an MRZ is missing is no check that failed to run
    with pytest.raises(NotAcknowledgedError) as refused:
        post.record(request, Verdict(Decision.ADMITTED), post.officer)
    assert refused.value.checks == ("check_digits",)
    post.decides(request)

    assert post.search(name="conceicao")[0].surname == "Conceição"


def test_the_same_request_again_is_the_same_crossing_and_other_content_is_refused(post, passport):
    request = post.request(passport())
    first = post.decides(request)
    post.clock.passes(minutes=3)

    assert post.decides(request) == first
    with pytest.raises(RequestConflictError):
        post.decides(replace(request, note="another"))
    with pytest.raises(RequestConflictError):
        post.decides(request, Decision.TRANSIT_ONLY)
    assert post.rows("crossing") == post.rows("audit") == 1


def test_a_finding_that_changed_since_it_was_shown_returns_to_the_officer_and_nothing_is_stored(post, passport):
    request = post.request(passport())
    shown = post.looks_at(request).findings
    post.passes(passport())  # another lane was faster

    with pytest.raises(FindingsChangedError) as changed:
        post.record(request, Verdict(Decision.ADMITTED, shown=shown, acknowledged=frozenset("*")), post.officer)

    assert set(changed.value.changed) == {"other_identity", "open_crossing", "repeated"}
    assert {one.check for one in changed.value.findings} >= {"repeated"}
    assert post.rows("crossing") == 1


def test_seconds_may_pass_between_showing_and_storing(post, passport):
    post.passes(passport())
    post.clock.passes(seconds=40)
    request = post.request(passport())
    shown = post.looks_at(request).findings
    post.clock.passes(seconds=9)

    post.record(request, Verdict(Decision.ADMITTED, shown=shown, acknowledged=frozenset("*")), post.officer)


def test_what_is_not_green_must_be_accepted_by_name(post, passport):
    request = post.request(passport(expiry="2027-01-15"))

    with pytest.raises(NotAcknowledgedError) as refused:
        post.record(request, Verdict(Decision.ADMITTED, acknowledged=frozenset({"repeated"})), post.officer)
    assert refused.value.checks == ("document_dates",)
    kept = post.record(request, Verdict(Decision.ADMITTED, acknowledged=frozenset({"document_dates"})), post.officer)
    assert kept.verdict.acknowledged == {"document_dates"}


def test_an_expired_document_passes_only_with_a_second_person_for_this_traveller(post, passport):
    request = post.request(passport(expiry="2026-11-01"))

    with pytest.raises(SecondPersonNeededError):
        post.decides(request)
    with pytest.raises(ApprovalMismatchError):
        post.decides(request, approval=post.signed(LET_THROUGH, new_id(), post.officer))
    with pytest.raises(ApprovalMismatchError):
        post.decides(request, approval=post.signed(LET_THROUGH, request.request_id, post.colleague))
    assert post.rows("crossing") == post.rows("approval_event") == 0
    kept = post.decides(request, approval=post.signed(LET_THROUGH, request.request_id, post.officer))

    assert kept.second_officer == "supervisor"
    assert post.rows("approval_event") == 1


def test_another_persons_document_passes_only_with_a_second_person_and_is_proposed_to_secondary(post, passport):
    request = post.request(passport(), evidence=Evidence(PhotoAnswer.NOT_SAME))

    proposal = post.looks_at(request).proposal
    assert (proposal.decision, proposal.why) == (Decision.PENDING_SECONDARY, "photo")
    with pytest.raises(SecondPersonNeededError):
        post.decides(request)
    assert post.rows("crossing") == 0
    kept = post.decides(request, approval=post.signed(LET_THROUGH, request.request_id, post.officer))
    assert kept.second_officer == "supervisor"
    assert post.decides(replace(request, request_id=new_id()), Decision.PENDING_SECONDARY).second_officer is None


def test_what_was_not_checked_is_never_called_clear(post, passport, identity_card):
    clear, unchecked = (post.looks_at(post.request(document)).proposal for document in (passport(), identity_card()))

    assert (clear.decision, clear.why) == (Decision.ADMITTED, "clear")
    assert (unchecked.decision, unchecked.why) == (Decision.ADMITTED, "unchecked")
    assert unchecked.checks == ("check_digits",)


def test_an_officer_who_is_not_sure_of_the_face_decides_without_a_proposal(post, passport):
    unsure = post.request(passport(), evidence=Evidence(PhotoAnswer.UNSURE))
    expired = post.request(passport(expiry="2026-11-01"), evidence=Evidence(PhotoAnswer.UNSURE))

    proposal = post.looks_at(unsure).proposal
    assert (proposal.decision, proposal.why) == (None, "photo_unsure")
    assert post.looks_at(expired).proposal.decision is Decision.PENDING_SECONDARY
    assert post.looks_at(post.request(passport(), evidence=Evidence(PhotoAnswer.SAME))).proposal.why != "photo_unsure"
    assert post.decides(unsure).decision is Decision.ADMITTED


@pytest.mark.parametrize("decision", [Decision.PENDING_SECONDARY, Decision.REFERRED, Decision.WITHDRAWN])
def test_who_does_not_go_on_needs_neither_second_person_nor_answers(post, passport, decision):
    request = post.request(passport(expiry="2026-11-01"), journey=Journey())

    assert post.record(request, Verdict(decision), post.officer).decision is decision


class TestRefusing:
    """Refusing protects."""

    ASKED = Refusal(protection_claim=False)

    def refuses(self, post, request, **more):
        return post.decides(request, Decision.REFUSED_ENTRY, **{"reasons": ("E1",), "refusal": self.ASKED, **more})

    def test_it_needs_an_answer_about_fear_of_return(self, post, passport):
        with pytest.raises(ProtectionAnswerMissingError):
            self.refuses(post, post.request(passport()), refusal=Refusal())

    def test_a_claim_refuses_nobody_and_refers(self, post, passport):
        request = post.request(passport())
        claim = Refusal(protection_claim=True, note="fears her uncle")

        with pytest.raises(ProtectionClaimedError) as asked:
            self.refuses(post, request, refusal=claim)
        assert asked.value.facts == {"propose": "REFERRED"}
        assert post.rows("crossing") == 0
        kept = post.decides(request, Decision.REFERRED, refusal=claim, reason_text="details")

        assert kept.verdict.refusal == Refusal()
        assert kept.verdict.reason_text is None
        with post.store.read() as unit:
            stored = unit.connection.exec_driver_sql("SELECT payload FROM crossing").scalar_one()
        assert "uncle" not in stored
        assert "protection" not in stored
        assert post.decides(request, Decision.REFERRED, refusal=claim, reason_text="details") == kept

    def test_a_claim_is_never_lost_in_another_decision(self, post, passport):
        for decision in (Decision.ADMITTED, Decision.WITHDRAWN, Decision.PENDING_SECONDARY):
            with pytest.raises(ProtectionClaimedError):
                post.decides(post.request(passport()), decision, refusal=Refusal(protection_claim=True))

    def test_a_national_is_never_refused(self, post, identity_card):
        request = post.request(identity_card())

        assert Decision.REFUSED_ENTRY not in post.looks_at(request).proposal.offered
        with pytest.raises(DecisionNotOfferedError) as refused:
            self.refuses(post, request)
        assert refused.value.facts["why"] == "national"

    def test_nor_one_who_is_a_national_by_a_second_nationality(self, post, passport):
        request = post.request(passport(), person=PersonDetails(further_nationalities=("MOZ",)))

        with pytest.raises(DecisionNotOfferedError):
            self.refuses(post, request)

    @pytest.mark.parametrize(
        ("reasons", "error"),
        [((), ReasonsMissingError), (("X1",), ReasonUnknownError), (("Z9",), ReasonTextMissingError)],
    )
    def test_it_needs_reasons_of_its_own_list(self, post, passport, reasons, error):
        with pytest.raises(error):
            self.refuses(post, post.request(passport()), reasons=reasons)

    def test_the_reason_is_kept_and_no_accommodation_is_asked(self, post, passport):
        kept = self.refuses(post, post.request(passport(), journey=Journey(travel_mode="road")), reasons=("E1", "G1"))

        assert kept.verdict.reasons == ("E1", "G1")
        assert kept.verdict.refusal.protection_claim is False

    def test_leaving_is_prevented_for_reasons_of_leaving(self, post, identity_card):
        request = post.request(identity_card(), Direction.EXIT)

        with pytest.raises(ReasonUnknownError):
            post.decides(request, Decision.EXIT_PREVENTED, reasons=("E1",))
        assert post.decides(request, Decision.EXIT_PREVENTED, reasons=("X1",)).verdict.reasons == ("X1",)

    def test_a_check_that_could_not_tell_must_be_accepted_before_stopping_anybody(self, post, identity_card):
        request = post.request(identity_card(number=None, missing={"number": "ILLEGIBLE"}), Direction.EXIT)

        with pytest.raises(NotAcknowledgedError):
            post.decides(request, Decision.EXIT_PREVENTED, reasons=("X1",), acknowledged=frozenset())


def test_a_decision_must_fit_its_direction(post, passport):
    for direction, decision in ((Direction.ENTRY, Decision.EXITED), (Direction.EXIT, Decision.ADMITTED)):
        with pytest.raises(DecisionNotOfferedError) as refused:
            post.decides(post.request(passport(), direction), decision)
        assert refused.value.facts["why"] == "direction"


def test_what_the_class_must_be_asked_is_named_when_it_is_missing(post, passport):
    request = post.request(passport(), journey=Journey(travel_mode="road", purpose="tourism", accommodation="  "))

    with pytest.raises(FieldsMissingError) as missing:
        post.decides(request)
    assert missing.value.fields == ("journey.coming_from", "journey.intended_days", "journey.accommodation")


def test_a_lorry_driver_is_asked_for_the_lorry(post, passport):
    journey = Journey(travel_mode="road", coming_from="ZAF", going_to="MOZ")
    request = post.request(passport(), person=PersonDetails(traveller_class="lorry_driver"), journey=journey)

    with pytest.raises(FieldsMissingError) as missing:
        post.decides(request)
    assert missing.value.fields == ("journey.vehicle",)
    assert post.decides(replace(request, journey=replace(journey, vehicle="AAA 123 MP")))


def test_a_class_that_there_is_not_is_refused(post, passport):
    with pytest.raises(ValueUnknownError):
        post.decides(post.request(passport(), person=PersonDetails(traveller_class="astronaut")))


def test_purpose_and_mode_are_kept_as_codes_whatever_word_was_used(post, passport):
    request = post.request(passport())
    kept = post.decides(replace(request, journey=replace(request.journey, purpose=" Negócios ", travel_mode="A pé")))

    assert (kept.request.journey.purpose, kept.request.journey.travel_mode) == ("business", "foot")
    with pytest.raises(ValueUnknownError):
        post.decides(post.request(passport(), journey=replace(request.journey, purpose="mischief")))


def test_values_taken_over_are_confirmed_and_accommodation_is_asked_anew(post, passport):
    request = post.request(passport(), carried_over=frozenset({"journey.coming_from", "journey.accommodation"}))

    with pytest.raises(FieldsNotConfirmedError) as unconfirmed:
        post.decides(replace(request, confirmed=frozenset({"journey.coming_from", "accommodation"})))
    assert unconfirmed.value.fields == ("journey.accommodation",)
    only_place = frozenset({"coming_from"})
    assert post.decides(replace(request, carried_over=only_place, confirmed=only_place))


def test_nobody_of_health_records_a_crossing(post, passport):
    for somebody in (post.screener, post.auditor):
        with pytest.raises(NotAllowedError):
            post.decides(post.request(passport()), by=somebody)


def test_a_person_without_a_document_is_referred_and_kept(post):
    nobody = from_fields(
        "none",
        surname="Tembe",
        given_names="Ana",
        sex="F",
        missing={"nationality": "NOT_KNOWN_TO_HOLDER", "birth_date": "NOT_KNOWN_TO_HOLDER"},
    )
    request = post.request(nobody, journey=Journey(travel_mode="foot"))

    assert post.looks_at(request).proposal.decision is None
    kept = post.decides(request, Decision.REFERRED)

    assert kept.document.number_missing_reason == "NO_DOCUMENT"


def test_the_chain_proves_every_row_after_a_shift(post, passport):
    kept = [post.passes(passport(number=f"UT000{at:04}")) for at in range(5)]
    post.undo(kept[-1].id, post.officer)
    post.annul(kept[0].id, "typed for another person", post.supervisor)
    post.amend(kept[1].id, {"document.number": "UT9999999", "journey.purpose": "work"}, "misread", post.officer)
    post.link(kept[1].id, kept[2].traveller_id, "same woman, new passport", post.officer)

    with post.store.read() as unit:
        report = verify_chain(unit.connection)
        chain = {
            (row.event_id, row.digest) for row in unit.connection.exec_driver_sql("SELECT event_id, digest FROM audit")
        }
        found = {(event.hex, proof) for event, proof in crossing_digests(unit.connection)}
    assert report.rows == 9
    assert found == chain


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE crossing SET decision = 'REFUSED_ENTRY' WHERE seq = 1",
        "UPDATE crossing SET surname_key = 'MACHAVA' WHERE seq = 1",
        "UPDATE crossing SET state = 'annulled' WHERE seq = 1",
        "UPDATE crossing SET payload = replace(payload, 'ADMITTED', 'REFERRED') WHERE seq = 1",
        "DELETE FROM crossing WHERE seq = 1",
        "DELETE FROM crossing_event",
        "UPDATE crossing_event SET by = 'colleague'",
        "DELETE FROM traveller_link",
    ],
)
def test_whatever_is_altered_in_the_store_shows(post, passport, attack):
    first, second = post.passes(passport()), post.passes(passport(number="UT7654321"))
    post.link(second.id, first.traveller_id, "same person", post.officer)

    with post.store.write() as unit:
        unit.connection.exec_driver_sql(attack)
        chain = {
            (row.event_id, row.digest) for row in unit.connection.exec_driver_sql("SELECT event_id, digest FROM audit")
        }
        found = {(event.hex, proof) for event, proof in crossing_digests(unit.connection)}
    assert found != chain


def test_moments_are_kept_in_utc(post, passport):
    kept = post.passes(passport())
    assert kept.crossed_at.tzinfo is UTC
