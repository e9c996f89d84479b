"""What DHIS2 gets: stable identifiers, three-valued answers, closed days that are not zero."""

import csv
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.csv_cells import rows_in
from poe_health.exchange.dhis2_aggregate import AggregatePayload, aggregate_package
from poe_health.exchange.dhis2_tracker import TrackerPayload, tracker_package
from poe_health.exchange.errors import TemplateRefusedError
from poe_health.exchange.identifiers import ExchangeKeys, is_uid
from poe_health.exchange.mapping import given_words, own_words
from poe_health.exchange.package import Note, Period
from poe_health.exchange.source import ExportTally
from poe_health.rules.answer import Answer
from poe_health.surveillance.tally import Counts, DailyTally, TallySource
from tests.unit.poe_health.exchange.xchg_facts import (
    ANA,
    CASES,
    DAY,
    FOLLOWED,
    KEYS,
    MEASLES,
    NOW,
    POST,
    WELL,
    busy_day,
    closed_day,
    quiet_day,
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


def posted(tallies, period=ONE_DAY):
    payload = AggregatePayload(WORDS)
    return [one.document for one in payload.of(tallies, period)], aggregate_package(tallies, period, WORDS)


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


def test_a_day_is_counted_cell_by_cell_with_its_zeros():
    sets, package = posted([busy_day()])
    (split,) = sets

    cell = {
        one["dataElement"]: one["value"] for one in split["dataValues"] if one["categoryOptionCombo"] == "F_25_59_ENTRY"
    }
    assert (cell["POE_SCREENED"], cell["POE_SECONDARY"], cell["POE_REFERRED"], cell["POE_DEATHS"]) == (
        "118",
        "3",
        "1",
        "0",
    )
    assert (split["dataSet"], split["period"], split["orgUnit"]) == ("POE_DAILY_TALLY", "20261121", POST)
    assert sum(int(one["value"]) for one in split["dataValues"] if one["dataElement"] == "POE_SCREENED") == 120
    whole = [one for one in split["dataValues"] if one["categoryOptionCombo"] == "default"]
    assert {one["dataElement"]: one["value"] for one in whole} == {
        "POE_CROSSED": "121",
        "POE_CONVEYANCES_INSPECTED": "2",
        "POE_HOURS_OPEN": "12.5",
    }
    assert split["completeDate"] == "2026-11-22"
    assert package.people == 0


def test_a_closed_day_says_why_and_has_no_zero():
    sets, package = posted([closed_day(DAY)])

    (said,) = sets
    assert said["dataValues"] == [
        {"dataElement": "POE_NO_SCREENING_REASON", "categoryOptionCombo": "default", "value": "CLOSED"}
    ]
    assert package.notes == (Note("day_closed", "2026-11-21", 1),)


def test_an_open_day_without_travellers_is_zero_in_every_cell():
    sets, _ = posted([quiet_day(DAY)])

    screened = [one["value"] for one in sets[0]["dataValues"] if one["dataElement"] == "POE_SCREENED"]
    assert screened == ["0"] * (3 * 5 * 3)


def test_a_day_that_nobody_submitted_is_missing_and_not_sent():
    sets, package = posted([], Period(POST, DAY - timedelta(days=1), DAY))

    assert sets == []
    assert [note.where for note in package.notes] == ["2026-11-20", "2026-11-21"]


def test_a_day_with_records_that_nobody_has_submitted_is_left_out_and_told():
    sets, package = posted([replace(busy_day(), submitted_at=None)])

    assert sets == []
    assert package.notes == (Note("day_left_out", "2026-11-21", 1),)


def test_a_tally_typed_by_hand_is_not_shared_out():
    tally = DailyTally(POST, DAY, TallySource.HAND, Counts(screened=40), hours_open=Decimal(6))
    sets, package = posted([ExportTally(tally, NOW)])

    assert [one["dataElement"] for said in sets for one in said["dataValues"]] == ["POE_HOURS_OPEN"]
    assert Note("not_split", "2026-11-21", 1) in package.notes


def test_what_nobody_counted_is_not_sent_as_zero():
    day = busy_day()
    tally = replace(day.tally, counts=replace(day.tally.counts, samples=None))
    sets, _ = posted([replace(day, tally=tally)])

    assert "POE_SAMPLES" not in {one["dataElement"] for one in sets[0]["dataValues"]}


def week_of(days):
    return Period(POST, date(2026, 11, 16), date(2026, 11, 22)), [
        busy_day(date(2026, 11, 16) + timedelta(days=n)) if n != 3 else closed_day(date(2026, 11, 19)) for n in days
    ]


def weekly(period, tallies):
    sets, package = posted(tallies, period)
    return next((one for one in sets if one["dataSet"] == "POE_BES"), None), package


def test_a_whole_week_is_reported_by_disease_with_zero_for_what_nobody_had():
    said, _ = weekly(*week_of(range(7)))

    assert (said["period"], said["completeDate"]) == ("2026W47", "2026-11-23")
    assert {one["dataElement"]: one["value"] for one in said["dataValues"]} == {
        "IDSR-015": "0",
        "IDSR-033": "6",
        "IDSR-060": "0",
        "IDSR-067": "0",
        "IDSR-071": "0",
        "IDSR-004": "0",
    }


def test_a_week_with_a_day_missing_is_not_complete():
    said, package = weekly(*week_of(range(6)))

    assert "completeDate" not in said
    assert Note("week_incomplete", "2026W47", 1) in package.notes


def test_a_week_in_which_every_day_was_closed_is_not_zero():
    period, _ = week_of(())
    said, package = weekly(period, [closed_day(day) for day in period.days])

    assert said is None
    assert Note("week_not_counted", "2026W47", 1) in package.notes


def test_a_week_counts_submitted_days_only():
    period, tallies = week_of(range(7))
    sets, _ = posted([*tallies[:-1], replace(tallies[-1], submitted_at=None)], period)
    said = next(one for one in sets if one["dataSet"] == "POE_BES")

    assert "completeDate" not in said
    assert {one["dataElement"]: one["value"] for one in said["dataValues"]}["IDSR-033"] == "5"


def test_the_csv_of_dhis2_has_its_nine_columns_and_its_parameters_beside_it():
    period, tallies = week_of(range(7))
    package = aggregate_package(tallies, period, WORDS, as_csv=True)
    head, *rows = csv.reader(package.main.decode().splitlines())

    assert head == [
        "dataelement",
        "period",
        "orgunit",
        "catoptcombo",
        "attroptcombo",
        "value",
        "strby",
        "lstupd",
        "cmt",
    ]
    assert {len(row) for row in rows} == {9}
    assert {"F_25_59_ENTRY", "default"} <= {row[3] for row in rows}
    assert not [row for row in rows if is_uid(row[3])]  # one scheme in one file
    beside = dict(rows_in(package.beside["dictionary"])[1:])
    assert {beside[f"{name}IdScheme"] for name in ("dataElement", "orgUnit", "categoryOptionCombo")} == {"CODE"}
    assert (beside["address"], beside["importStrategy"]) == ("/api/dataValueSets", "CREATE_AND_UPDATE")
    assert [note.code for note in package.notes if note.code.startswith("completion")] == ["completion_left_out"]


def test_a_file_of_one_day_says_its_schemes_and_its_completion_and_one_of_several_a_period_for_each_value():
    alone = json.loads(aggregate_package([busy_day()], ONE_DAY, WORDS).main)
    period, tallies = week_of(range(7))
    several = json.loads(aggregate_package(tallies, period, WORDS).main)

    assert (alone["completeDate"], alone["period"], alone["dataElementIdScheme"]) == ("2026-11-22", "20261121", "CODE")
    assert {one["period"] for one in several["dataValues"]} >= {"20261116", "20261119", "2026W47"}
    assert {one["orgUnit"] for one in several["dataValues"]} == {POST}
    assert not {"dataSet", "completeDate", "period", "dataValueSets"} & set(several)


def test_a_server_whose_option_combinations_have_no_codes_gets_uids_alone():
    text = own_text().replace("[aggregate]", '[aggregate]\noption_combo_id_scheme = "UID"')
    text = text.replace('default_option_combo = "default"', 'default_option_combo = "HllvX50cXC0"')
    whole = given_words("dhis2", f'{text}\n[aggregate.option_combos]\nF_25_59_ENTRY = "aB3dE5fG7hJ"\n'.encode())

    (closed,) = AggregatePayload(whole).of([closed_day(DAY)], ONE_DAY)
    assert closed.document["dataValues"][0]["categoryOptionCombo"] == "HllvX50cXC0"
    with pytest.raises(TemplateRefusedError) as refused:  # the other cells have no UID: none goes under a wrong name
        AggregatePayload(whole).of([busy_day()], ONE_DAY)
    assert refused.value.facts["where"].startswith("aggregate.option_combos.")


@pytest.mark.parametrize(("more", "combo"), [("", "HllvX50cXC0"), ('option_combo_id_scheme = "UID"', "default")])
def test_a_mapping_that_mixes_codes_with_uids_is_refused(more, combo):
    text = own_text().replace("[aggregate]", f"[aggregate]\n{more}").replace('"default"', f'"{combo}"')
    words = given_words("dhis2", text.encode())

    with pytest.raises(TemplateRefusedError) as refused:
        aggregate_package([closed_day(DAY)], ONE_DAY, words)
    assert refused.value.facts["where"] == "aggregate.default_option_combo"


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
