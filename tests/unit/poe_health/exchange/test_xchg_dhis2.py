"""What DHIS2 gets: stable identifiers, three-valued answers, closed days that are not zero."""

import json
import re
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_health.exchange.dhis2_aggregate import aggregate_package
from poe_health.exchange.dhis2_tracker import TrackerPayload, tracker_package
from poe_health.exchange.errors import TemplateRefusedError
from poe_health.exchange.identifiers import ExchangeKeys, is_uid
from poe_health.exchange.mapping import given_words, own_words
from poe_health.exchange.package import Note, Period
from poe_health.rules.answer import Answer
from tests.unit.poe_health.exchange.xchg_facts import (
    ANA,
    CASES,
    DAY,
    FOLLOWED,
    KEYS,
    MEASLES,
    POST,
    WELL,
    closed_day,
)

WORDS = own_words("dhis2")
ONE_DAY = Period(POST, DAY, DAY)


def tracked(case):
    return TrackerPayload(WORDS, KEYS).of(case).entity


def said_in(case, stage="r20KKI8mlDj"):
    events = tracked(case)["enrollments"][0]["events"]
    return {
        one["dataElement"]: one["value"]
        for event in events
        if event["programStage"] == stage
        for one in event["dataValues"]
    }


def attributes(case):
    return {one["attribute"]: one["value"] for one in tracked(case)["enrollments"][0]["attributes"]}


@given(st.uuids(), st.text(max_size=20))
def test_a_uid_is_eleven_signs_the_first_a_letter_and_the_same_each_time(identifier, kind):
    uid = KEYS.uid(kind, identifier)

    assert is_uid(uid)
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{10}", uid)
    assert uid == ExchangeKeys(KEYS.identifiers, b"q" * 32, "k9").uid(kind, identifier)
    assert uid != ExchangeKeys(b"j" * 32, KEYS.pseudonyms, "k1").uid(kind, identifier)


def test_uids_of_ten_thousand_cases_do_not_meet():
    uids = {KEYS.uid("event", UUID(int=n)) for n in range(10_000)} | {
        KEYS.uid("enrolment", UUID(int=n)) for n in range(9)
    }

    assert len(uids) == 10_009
    assert len({uid[0] for uid in uids}) == 52


def test_parts_of_an_identifier_do_not_run_into_each_other():
    assert KEYS.uid("a", "b", "cd") != KEYS.uid("a", "bc", "d")


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        ExchangeKeys(b"short", b"p" * 32, "k1")
    assert "iiii" not in repr(KEYS)


def test_the_same_case_is_the_same_bytes_and_another_case_other_uids():
    assert tracker_package(CASES, WORDS, KEYS).main == tracker_package(CASES, WORDS, KEYS).main
    uids = [uid for case in CASES for uid in TrackerPayload(WORDS, KEYS).of(case).uids]
    assert len(set(uids)) == len(uids) == 3 + 5 + 3


def test_a_measles_suspect_as_the_point_of_entry_program_takes_it():
    entity = tracked(MEASLES)
    (enrolment,) = entity["enrollments"]
    (event,) = enrolment["events"]

    assert (entity["trackedEntityType"], enrolment["program"], entity["orgUnit"]) == (
        "MCPQUTHX1Ze",
        "xymcybnBNas",
        POST,
    )
    assert enrolment["enrolledAt"] == "2026-11-21T08:15:00.000"  # the wall clock of the post
    assert (enrolment["status"], event["status"]) == ("COMPLETED", "COMPLETED")
    assert attributes(MEASLES) == {
        "sB1IHYu2xQT": "Ana Maria",
        "ENRjVGxVL6l": "Espécime",
        "oindugucx72": "Female",
        "Rv8WM2mTuS5": "34",
        "NI0QRzJvQ0k": "1992-03-04",
        "hBcoBCZBWFb": "MZ",
        "fctSQp5nAYl": "+258840000000",
        "he05i8FUwu3": "RSG-0042",
    }
    said = said_in(MEASLES)
    assert (said["BH5SRLl5PfH"], said["jZ5kxiESncm"], said["fP0J2iMidkM"]) == ("38.6", "MW", "false")
    assert (said["EWZcuvPOrJF"], said["Yh5KOJj8l7p"], said["iUEwXfg9CgD"]) == ("Yes", "No", "Unknown")
    assert said["JGnHr6WI3AY"] == "Yes"


def test_a_case_that_is_not_decided_yet_is_not_told_as_completed():
    enrolment = tracked(replace(MEASLES, disposition=None))["enrollments"][0]

    assert (enrolment["status"], enrolment["events"][0]["status"]) == ("ACTIVE", "ACTIVE")


def test_the_number_of_a_document_is_never_sent():
    assert "0001" not in tracker_package([MEASLES], WORDS, KEYS).main.decode()


@pytest.mark.parametrize(("years", "band"), [(4, "A0_4"), (5, "A5_14"), (59, "A25_59"), (60, "A60"), (None, None)])
def test_under_a_pseudonym_the_tracker_gets_no_age_and_the_case_keeps_its_group(years, band):
    nameless = replace(MEASLES, age_years=years, age_band=None).without_name("k1-X")

    assert "Rv8WM2mTuS5" not in attributes(nameless)
    assert (nameless.band, nameless.voyage.number, nameless.voyage.seat) == (band, None, None)
    for gone in ("Ana", "Esp", "RSG-0042", "12C", "ABC-123", "+258"):
        assert gone not in json.dumps(tracked(nameless), ensure_ascii=False)


def test_what_was_not_asked_is_not_sent_and_no_symptom_is_not_said():
    said = said_in(WELL)

    assert set(said) == {"fP0J2iMidkM"}
    assert said["fP0J2iMidkM"] == "true"
    only_no = replace(WELL, symptoms={"COUGH": Answer.NO})
    assert "JGnHr6WI3AY" not in said_in(only_no)


def test_a_partial_date_of_birth_is_not_made_whole():
    from bmis.documents.dates import PartialDate

    assert "NI0QRzJvQ0k" not in attributes(replace(MEASLES, person=replace(ANA, birth_date=PartialDate(1992, 3))))


def test_somebody_under_observation_is_followed_and_not_cleared():
    (enrolment,) = tracked(FOLLOWED)["enrollments"]
    _, seen, planned = enrolment["events"]

    assert enrolment["status"] == "ACTIVE"
    assert said_in(FOLLOWED)["fP0J2iMidkM"] == "false"
    assert (seen["status"], seen["dataValues"]) == ("COMPLETED", [{"dataElement": "JGnHr6WI3AY", "value": "No"}])
    assert (planned["status"], planned["dataValues"]) == ("SCHEDULE", [])
    assert planned["scheduledAt"] == "2026-11-23T00:00:00.000"
    assert attributes(FOLLOWED)["ZnrooZVsCGJ"] == "+265990000000"


def test_the_follow_up_that_is_done_ends_in_its_own_stage():
    visit = replace(FOLLOWED.visits[0], status="DONE")
    done = replace(FOLLOWED, visits=(visit,))

    assert said_in(done, "xjBqvhrH4S0") == {"hrTAx6CCE91": "true"}
    assert tracked(done)["enrollments"][0]["status"] == "COMPLETED"


def test_a_symptom_without_a_word_there_is_told():
    notes = tracker_package([replace(MEASLES, symptoms={"HICCUPS": Answer.YES})], WORDS, KEYS).notes

    assert Note("symptom_unmapped", "HICCUPS", 1) in notes


MINE = 'version = "9"\nvalid_from = 2026-11-01\nsource = "SIS-MA"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"\xff\xfe", "mapping_syntax"),
        (b"[[", "mapping_syntax"),
        (b'version = "1"', "mapping_key"),
        (b"x" * 2_000_000, "template_large"),
    ],
)
def test_a_mapping_of_the_ministry_that_cannot_be_read(text, why):
    with pytest.raises(TemplateRefusedError) as refused:
        given_words("dhis2", text)
    assert refused.value.facts["why"] == why


def test_a_mapping_that_lacks_a_word_is_named_and_nothing_is_filled_in_from_ours():
    with pytest.raises(TemplateRefusedError) as refused:
        tracker_package([MEASLES], given_words("dhis2", (MINE + "[tracker]\n").encode()), KEYS)
    assert refused.value.facts["where"].startswith("tracker.")


def test_a_mapping_of_the_ministry_names_the_post_as_its_server_does():
    text = own_text().replace("[org_units]", f'[org_units]\n"{POST}" = "MZ_POE_RESSANO"')
    words = given_words("dhis2", text.encode())

    assert TrackerPayload(words, KEYS).of(MEASLES).entity["orgUnit"] == "MZ_POE_RESSANO"
    document = json.loads(aggregate_package([closed_day(DAY)], ONE_DAY, words).main)
    assert document["orgUnit"] == "MZ_POE_RESSANO"


def own_text():
    from bmis.kernel.resources import resource

    return resource("health", "exchange", "dhis2.toml").read_text(encoding="utf-8")
