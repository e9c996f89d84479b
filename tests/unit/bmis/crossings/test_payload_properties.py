"""What holds for every crossing and every order of events."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.crossings.crossing import (
    Crossing,
    CrossingEvent,
    CrossingRequest,
    EventKind,
    Evidence,
    Journey,
    Outcome,
    PersonDetails,
    PhotoAnswer,
    Place,
    StayAuthority,
    Verdict,
)
from bmis.crossings.decision import Decision, Direction, RecordMode
from bmis.crossings.finding import Finding, Status
from bmis.crossings.identity import name_key
from bmis.crossings.payload import crossing_of, crossing_payload, event_of, event_payload
from bmis.crossings.records.columns import columns_of
from bmis.crossings.view import RecordState, fold
from bmis.documents.dates import PartialDate
from bmis.documents.travel_document import from_fields
from bmis.store.canonical import canonical

DOCUMENT = from_fields(
    "identity_card_moz",
    issuing_state="MOZ",
    number="110100234567B",
    surname="Conceição",
    given_names="João",
    nationality="MOZ",
    birth_date=PartialDate(1985, 1, 1),
    sex="M",
    expiry_date=PartialDate(2030, 6, 30),
    manual_reason="older card without MRZ",
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
TEXTS = st.none() | st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
DAYS = st.none() | st.dates()
IDS = st.uuids()


@st.composite
def crossings(draw: st.DrawFn) -> Crossing:
    journey = draw(st.builds(Journey, carrier=TEXTS, intended_days=st.none() | st.integers(0, 90), purpose=TEXTS))
    request = CrossingRequest(
        request_id=draw(IDS),
        direction=draw(st.sampled_from(Direction)),
        document=replace(DOCUMENT, surname=draw(st.sampled_from(["TEMBE", None])), checks={}),
        journey=replace(journey, travels_with=tuple(draw(st.lists(IDS, max_size=2)))),
        person=draw(st.builds(PersonDetails, occupation=TEXTS, further_nationalities=st.just(("ZAF", "PRT")))),
        stay=draw(st.builds(StayAuthority, stay_until=DAYS, valid_until=DAYS, typed_authority=TEXTS)),
        evidence=draw(
            st.builds(
                Evidence,
                photo_answer=st.sampled_from(PhotoAnswer),
                viz_compared=st.dictionaries(st.sampled_from(["surname", "number"]), st.booleans()),
                health_step_done=st.none() | st.booleans(),
                entry_stamp=TEXTS,
            )
        ),
        carried_over=draw(st.frozensets(st.sampled_from(["journey.carrier", "person.contact"]))),
        note=draw(TEXTS),
        occurred_at=draw(st.none() | MOMENTS),
    )
    finding = Finding(
        "repeated", draw(st.sampled_from(Status)), "not_repeated", "repeated/1", {"seconds": 4, "x": None}
    )
    place = Place(
        "P", "1", "lane", "MOZ", "1", "P", "P-1", 120, "gps", True, 3, draw(st.none() | st.just((-25.9, 32.6)))
    )
    at = draw(MOMENTS)
    return Crossing(
        id=draw(IDS),
        seq=draw(st.integers(1, 10**9)),
        request=request,
        verdict=Verdict(draw(st.sampled_from(Decision)), outcome=Outcome(stamp_placed=draw(st.none() | st.booleans()))),
        findings=tuple(draw(st.lists(st.just(finding), max_size=2))),
        place=place,
        record_mode=draw(st.sampled_from(RecordMode)),
        crossed_at=at,
        recorded_at=at,
        by="officer",
        traveller_id=draw(IDS),
        closes=draw(st.none() | IDS),
    )


@given(crossings())
@settings(max_examples=60, deadline=None)
def test_a_crossing_survives_its_payload_and_the_canonical_text(crossing: Crossing):
    text = canonical(crossing_payload(crossing))
    again = crossing_of(json.loads(text))
    assert again == crossing
    assert canonical(crossing_payload(again)) == text
    assert columns_of(json.loads(text))["crossed_at"] == crossing.crossed_at


def event(kind: EventKind, crossing: Crossing, **more: object) -> CrossingEvent:
    return replace(CrossingEvent(UUID(int=1), kind, crossing.id, "officer", crossing.recorded_at, "x"), **more)


@given(crossings(), st.lists(st.sampled_from(["CLOSED", "REOPENED", "LINKED", "PRINTED"]), max_size=8), IDS)
@settings(max_examples=60, deadline=None)
def test_a_case_is_closed_exactly_while_its_last_closing_holds(crossing: Crossing, kinds: list[str], other: UUID):
    view = fold(crossing, [event(EventKind[kind], crossing, other_id=other) for kind in kinds])
    last = next((kind for kind in reversed(kinds) if kind in ("CLOSED", "REOPENED")), None)
    assert view.closed_by == (other if last == "CLOSED" else None)
    assert view.state is RecordState.STANDING
    assert view.crossing == crossing


@given(crossings(), st.lists(st.tuples(st.sampled_from(["carrier", "vehicle"]), TEXTS), max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_newest_amendment_of_each_field_holds_and_the_rest_is_untouched(crossing: Crossing, amendments):
    events = [
        event(EventKind.AMENDED, crossing, changes={f"journey.{name}": (None, value)}) for name, value in amendments
    ]
    journey = replace(crossing.request.journey, **dict(amendments))
    assert fold(crossing, events).crossing == replace(crossing, request=replace(crossing.request, journey=journey))


@given(crossings(), st.sampled_from([EventKind.UNDONE, EventKind.ANNULLED]), st.lists(st.just(EventKind.PRINTED)))
@settings(max_examples=30, deadline=None)
def test_an_undone_record_never_stands_again(crossing: Crossing, kind: EventKind, later: list[EventKind]):
    view = fold(crossing, [event(kind, crossing), *(event(one, crossing) for one in later)])
    assert view.state is not RecordState.STANDING
    assert view.crossing == crossing


@given(crossings(), st.sampled_from(EventKind), st.none() | IDS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_an_event_survives_its_payload(crossing: Crossing, kind: EventKind, other: UUID | None, text: str | None):
    changes = {"journey.carrier": (None, text), "document.surname": (text, None)}
    made = event(kind, crossing, other_id=other, changes=changes, recorded_at=crossing.recorded_at + timedelta(days=1))
    again = event_of(json.loads(canonical(event_payload(made))))
    assert again == made


@given(st.text())
def test_a_name_key_is_stable_and_holds_letters_digits_and_single_spaces(name: str):
    key = name_key(name)
    assert name_key(key) == key
    assert all(char == " " or (char.isascii() and char.isalnum()) for char in key)
    assert "  " not in key
    assert key == key.upper()
