"""Counts and FHIR at their receivers: whole sets, whole transactions, nothing doubled."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from poe_health.exchange.dhis2_aggregate import AggregatePayload, aggregate_package
from poe_health.exchange.errors import (
    ReceiverAnswerError,
)
from poe_health.exchange.https import Credentials, Https
from poe_health.exchange.package import Period
from poe_health.exchange.results import Outcome
from tests.contract.health_line import DHIS2, FHIR, bundles, endpoint, outcomes, sender
from tests.unit.poe_health.exchange.xchg_facts import (
    DAY,
    MEASLES,
    NOW,
    POST,
    busy_day,
    closed_day,
)
from tests.unit.poe_health.exchange.xchg_server import TOKEN


def sets(tallies, period=None):
    return AggregatePayload(DHIS2).of(tallies, period or Period(POST, DAY, DAY))


def test_a_day_arrives_in_one_set_and_again_without_doubling(server):
    first = sender(server).aggregate(sets([busy_day()]))
    kept = dict(server.sets)
    again = sender(server).aggregate(sets([busy_day()]))

    assert outcomes(first) == outcomes(again) == [Outcome.ACCEPTED]
    assert server.sets == kept
    assert kept["20261121", POST, "POE_SCREENED", "F_25_59_ENTRY"] == "118"
    assert [path for path, *_ in server.requests] == ["/api/dataValueSets"] * 4
    assert [query["dryRun"] for _, query, *_ in server.requests] == ["true", "false"] * 2  # tried before it is kept


def test_a_revised_day_takes_away_what_it_no_longer_says(server):
    sender(server).aggregate(sets([busy_day()]))
    busy = busy_day()
    fewer = {cell: counts for cell, counts in busy.tally.cells.items() if cell.sex == "F"}
    revised = replace(busy, tally=replace(busy.tally, cells=fewer), revision=1)
    sender(server).aggregate(sets([revised]))

    assert server.sets["20261121", POST, "POE_SCREENED", "M_15_24_EXIT"] == "0"


def test_a_closed_day_arrives_as_closed(server):
    assert sender(server).aggregate(sets([closed_day(DAY)])).is_whole
    assert [key[2] for key in server.sets] == ["POE_NO_SCREENING_REASON"]


def test_a_week_goes_by_the_code_of_the_default_option(server):
    monday = DAY - timedelta(days=5)
    period = Period(POST, monday, monday + timedelta(days=6))
    transfer = sender(server).aggregate(sets([busy_day(day) for day in period.days], period))

    assert transfer.is_whole
    assert server.sets["2026W47", POST, "IDSR-033", "default"] == "7"


def test_a_dry_run_of_counts_stores_nothing(server):
    transfer = sender(server, dry_run=True).aggregate(sets([busy_day()]))

    assert outcomes(transfer) == [Outcome.WOULD_ACCEPT]
    assert server.sets == {}


def test_a_conflict_is_a_refusal_of_the_whole_set(server):
    server.data_elements = {"POE_NO_SCREENING_REASON"}
    days = [closed_day(DAY - timedelta(days=1)), busy_day()]
    transfer = sender(server).aggregate(sets(days, Period(POST, DAY - timedelta(days=1), DAY)))

    assert outcomes(transfer) == [Outcome.ACCEPTED, Outcome.REFUSED]
    assert (transfer.results[1].said, transfer.results[1].reason) == (("E7610",), "WORDS_UNKNOWN")
    assert {key[0] for key in server.sets} == {"20261120"}  # of the refused set not one value is kept
    assert [query["dryRun"] for _, query, *_ in server.requests] == ["true", "false", "true"]


def test_a_file_of_several_days_is_taken_as_it_is(server):
    monday = DAY - timedelta(days=5)
    period = Period(POST, monday, monday + timedelta(days=6))
    package = aggregate_package([busy_day(day) for day in period.days], period, DHIS2)
    line = Https(endpoint(server), lambda _: None)
    line.post(
        "/api/dataValueSets", {"dryRun": "false", "importStrategy": "CREATE_AND_UPDATE"}, json.loads(package.main)
    )

    assert server.sets["20261121", POST, "POE_SCREENED", "F_25_59_ENTRY"] == "118"
    assert server.sets["2026W47", POST, "IDSR-033", "default"] == "7"
    assert server.sets["20261120", POST, "POE_HOURS_OPEN", "default"] == "12.5"


def test_sets_in_a_list_are_refused_there_as_dhis2_does(server):
    line = Https(endpoint(server), lambda _: None)

    assert line.post("/api/dataValueSets", {"dryRun": "false"}, {"dataValueSets": []}).status == 409


@pytest.mark.parametrize(
    "answer",
    [
        *(b"{}", b"[]", b'{"response": 3}', b'{"status": "OK"}', b"<html><title>Login</title></html>"),
        b'{"status": "SUCCESS", "importCount": {}}',
        b'{"status": "SUCCESS", "importCount": {"imported": "118", "ignored": null}}',
        b'{"response": {"status": "SUCCESS", "importCount": [1]}}',
    ],
)
def test_a_summary_that_is_none_is_never_taken_for_a_yes(server, answer):
    server.plan = [(200, {}, answer)]
    transfer = sender(server).aggregate(sets([busy_day()]))

    assert isinstance(transfer.broken_off, ReceiverAnswerError)


def test_a_summary_of_an_older_server_is_read_too(server):
    summary = {"status": "SUCCESS", "importCount": {"imported": 1, "ignored": 0}}
    ignored = {"status": "SUCCESS", "importCount": {"imported": 0, "ignored": 1}}
    server.plan = [(200, {}, json.dumps(one).encode()) for one in (summary, summary, ignored)]

    days = sets([closed_day(DAY - timedelta(days=1)), busy_day()], Period(POST, DAY - timedelta(days=1), DAY))
    assert outcomes(sender(server).aggregate(days)) == [Outcome.ACCEPTED, Outcome.REFUSED]


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (200, {"status": "ERROR", "importCount": {"imported": 0, "ignored": 4}}, ()),
        (200, {"status": "SUCCESS", "importCount": {"imported": 3, "ignored": 1}, "rejectedIndexes": [2]}, ()),
        (409, {"status": "ERROR", "message": "specimen", "errorCode": "E7600"}, ("E7600",)),
        (409, {"status": "ERROR", "message": "specimen"}, ()),
        (
            409,
            {
                "response": {
                    "status": "WARNING",
                    "importCount": {"imported": 2, "ignored": 2},
                    "conflicts": [
                        {"object": "specimen", "errorCode": "E7610", "indexes": [3, 1]},
                        {"object": "specimen", "value": "specimen"},
                        {"errorCode": ["E7635"]},
                    ],
                }
            },
            ("E7610",),
        ),
    ],
)
def test_a_refusal_in_any_of_its_forms_keeps_nothing_and_says_no_word_of_the_server(server, status, answer, said):
    server.plan = [(status, {}, json.dumps(answer).encode())]
    transfer = sender(server).aggregate(sets([busy_day()]))

    (result,) = transfer.results
    assert (result.outcome, result.said) == (Outcome.REFUSED, said)
    assert (transfer.digests, len(server.requests)) == ({}, 1)  # the trial was refused: nothing is kept there
    assert "specimen" not in repr(transfer)


def test_a_set_that_was_tried_and_then_refused_is_not_taken_for_there(server):
    refused = {"status": "ERROR", "importCount": {"imported": 0, "ignored": 9}, "conflicts": [{"errorCode": "E7619"}]}
    server.plan = [None, (409, {}, json.dumps(refused).encode())]
    first = sender(server).aggregate(sets([busy_day()]))
    again = sender(server, known=first.digests).aggregate(sets([busy_day()]))

    assert (outcomes(first), outcomes(again)) == ([Outcome.REFUSED], [Outcome.ACCEPTED])


def fhir(server, **more):
    given = {"words": FHIR, "path": "/fhir", "credentials": Credentials.token("Bearer", TOKEN)}
    return sender(server, **(given | more))


def test_each_case_is_a_transaction_of_its_own(server):
    transfer = fhir(server).fhir(bundles(), NOW)

    assert outcomes(transfer) == [Outcome.CREATED] * 3
    assert [path for path, *_ in server.requests] == ["/fhir"] * 3
    assert server.requests[0][3]["Content-Type"] == "application/fhir+json; charset=utf-8"


def test_the_same_cases_twice_are_the_same_resources(server):
    fhir(server).fhir(bundles(), NOW)
    kept = dict(server.resources)
    again = fhir(server).fhir(bundles(), NOW)

    assert outcomes(again) == [Outcome.UPDATED] * 3
    assert server.resources == kept


def test_a_lost_reply_of_fhir_doubles_nothing_either(server, pauses):
    server.plan = ["drop_after", None, "drop_after"]
    transfer = fhir(server, pauses=pauses).fhir(bundles(), NOW)

    assert transfer.is_whole
    assert len([key for key in server.resources if key.startswith("Patient?")]) == 3


def test_a_corrected_case_replaces_the_old_one(server):
    fhir(server).fhir(bundles([MEASLES]), NOW)
    fhir(server).fhir(bundles([replace(MEASLES, working="MPOX")]), NOW)

    (condition,) = [one for key, one in server.resources.items() if key.startswith("Condition?")]
    assert condition["code"]["coding"][0]["code"] == "B04"


def test_a_refused_bundle_leaves_the_others_alone(server):
    server.refuse["ServiceRequest"] = "invalid"
    transfer = fhir(server).fhir(bundles(), NOW)

    assert outcomes(transfer) == [Outcome.REFUSED, Outcome.CREATED, Outcome.CREATED]
    assert transfer.results[0].said == ("HTTP422", "invalid")
    assert "specimen" not in repr(transfer.results)
    assert not [key for key in server.resources if "Observation" in key]  # all of it or nothing


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (412, {"issue": [{"code": "multiple-matches", "diagnostics": "specimen"}]}, ("HTTP412", "multiple-matches")),
        (400, {"issue": [{"code": "specimen é"}, 3, {"code": None}]}, ("HTTP400",)),
        (422, {"issue": {"code": "invalid"}}, ("HTTP422",)),
        (409, [], ("HTTP409",)),
    ],
)
def test_an_operation_outcome_refuses_one_case_and_lends_us_codes_only(server, status, answer, said):
    server.plan = [(status, {}, json.dumps(answer).encode())]
    transfer = fhir(server).fhir(bundles(), NOW)

    assert outcomes(transfer) == [Outcome.REFUSED, Outcome.CREATED, Outcome.CREATED]
    assert transfer.results[0].said == said
    assert "specimen" not in repr(transfer)


def test_an_operation_outcome_that_says_ok_is_no_bundle(server):
    server.plan = [(200, {}, b'{"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}')]
    transfer = fhir(server).fhir(bundles([MEASLES]), NOW)

    assert isinstance(transfer.broken_off, ReceiverAnswerError)
    assert transfer.digests == {}


@pytest.mark.parametrize(
    "entries", [[], [{}] * 6, [{"response": {"status": "201 Created"}}] * 2, [{"response": {"status": "400"}}] * 6, 7]
)
def test_a_transaction_that_does_not_answer_for_every_entry_is_no_yes(server, entries):
    server.plan = [(200, {}, json.dumps({"resourceType": "Bundle", "entry": entries}).encode())]
    transfer = fhir(server).fhir(bundles([MEASLES]), NOW)

    assert isinstance(transfer.broken_off, ReceiverAnswerError)
