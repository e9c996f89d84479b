"""Sending to DHIS2 and FHIR against a server that checks every rule of theirs, loses replies, and refuses."""

import json
import ssl
from dataclasses import replace

import pytest

from poe_health.exchange.dhis2_report import tracker_results
from poe_health.exchange.errors import (
    ReceiverAnswerError,
    ReceiverRefusedError,
    ReceiverUnreachableError,
    SendingUnsafeError,
)
from poe_health.exchange.https import Credentials, Endpoint, Https, Reply
from poe_health.exchange.results import Outcome
from poe_health.exchange.send import Sender
from tests.contract.health_line import DHIS2, endpoint, outcomes, sender, small_pages, tracked
from tests.unit.poe_health.exchange.xchg_facts import (
    CASES,
    FOLLOWED,
    KEYS,
    MEASLES,
    WELL,
)
from tests.unit.poe_health.exchange.xchg_server import TOKEN, Receiver


def test_cases_arrive_with_the_header_the_type_and_the_order_that_the_tracker_asks_for(server):
    transfer = sender(server).tracker(tracked())

    assert outcomes(transfer) == [Outcome.CREATED] * 3
    assert transfer.is_whole
    assert len(server.entities) == 3
    ((_, query, body, headers),) = server.requests
    assert headers["Authorization"] == f"ApiToken {TOKEN}"
    assert query["importStrategy"] == "CREATE_AND_UPDATE"
    sent = [one["trackedEntity"] for one in json.loads(body)["trackedEntities"]]
    assert sent == [KEYS.uid("tracked_entity", case.id) for case in CASES]


def test_sending_again_changes_and_doubles_nothing(server):
    first = sender(server).tracker(tracked())
    again = sender(server).tracker(tracked())

    assert outcomes(first) == [Outcome.CREATED] * 3
    assert outcomes(again) == [Outcome.UPDATED] * 3
    assert (len(server.entities), len(server.enrolments), len(server.events)) == (3, 3, 5)


def test_what_the_receiver_has_already_is_not_sent_again_unless_it_changed(server):
    first = sender(server).tracker(tracked())
    changed = [replace(MEASLES, disposition="CLEARED"), FOLLOWED, WELL]
    again = sender(server, known=first.digests).tracker(tracked(changed))

    assert outcomes(again) == [Outcome.UPDATED, Outcome.KNOWN, Outcome.KNOWN]
    assert len(json.loads(server.requests[1][2])["trackedEntities"]) == 1


def test_a_dry_run_stores_nothing_and_remembers_nothing(server):
    transfer = sender(server, dry_run=True).tracker(tracked())

    assert outcomes(transfer) == [Outcome.WOULD_ACCEPT] * 3
    assert transfer.is_whole
    assert (server.entities, transfer.digests) == ({}, {})


def test_a_reply_that_was_lost_after_the_server_stored_doubles_nothing(server, pauses):
    server.plan = ["drop_after"]
    transfer = sender(server, pauses).tracker(tracked())

    assert outcomes(transfer) == [Outcome.UPDATED] * 3
    assert (len(server.entities), len(server.enrolments), len(server.events), len(server.requests)) == (3, 3, 5, 2)
    assert server.requests[0][2] == server.requests[1][2]
    assert pauses == [1.0]


@pytest.mark.parametrize("step", ["drop_before", "half", (503, {}, b""), (502, {}, b"<html>"), (429, {}, b"{}")])
def test_a_broken_line_or_a_busy_server_is_tried_again(server, pauses, step):
    server.plan = [step, step]
    transfer = sender(server, pauses).tracker(tracked())

    assert transfer.is_whole
    assert len(server.entities) == 3
    assert pauses == [1.0, 2.0]


def test_a_server_that_says_how_long_to_wait_is_listened_to_within_reason(server, pauses):
    server.plan = [(503, {"Retry-After": "7"}, b""), (503, {"Retry-After": "86400"}, b"")]
    sender(server, pauses).tracker(tracked())

    assert pauses == [7.0, 60.0]


def test_a_server_that_never_answers_is_given_up_and_what_it_took_is_remembered(server, pauses):
    server.plan = [None, *["drop_after"] * 3]
    transfer = sender(server, pauses, words=small_pages()).tracker(tracked())

    assert outcomes(transfer) == [Outcome.CREATED, Outcome.NOT_SENT, Outcome.NOT_SENT]
    assert isinstance(transfer.broken_off, ReceiverUnreachableError)
    assert set(transfer.digests) == {str(MEASLES.id)}
    assert not transfer.is_whole

    resumed = sender(server, known=transfer.digests, words=small_pages()).tracker(tracked())
    assert outcomes(resumed) == [Outcome.KNOWN, Outcome.UPDATED, Outcome.CREATED]  # the second one had arrived
    assert (len(server.entities), len(server.events)) == (3, 5)


def test_many_cases_go_in_pages(server):
    many = [replace(WELL, id=type(WELL.id)(int=n), ref=f"R-{n}") for n in range(7)]
    transfer = sender(server, words=small_pages(3)).tracker(tracked(many))

    assert transfer.is_whole
    assert [len(json.loads(body)["trackedEntities"]) for _, _, body, _ in server.requests] == [3, 3, 1]


def test_a_page_that_is_too_large_is_halved_until_it_fits(server):
    server.most_entities = 1
    transfer = sender(server).tracker(tracked())

    assert transfer.is_whole
    assert len(server.entities) == 3


def test_a_case_that_is_too_large_alone_is_refused(server):
    server.most_entities = 0
    transfer = sender(server).tracker(tracked([WELL]))

    assert isinstance(transfer.broken_off, ReceiverRefusedError)
    assert transfer.broken_off.status == 413


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("E1064", "VALUE_NOT_UNIQUE"),
        ("E1015", "ENROLMENT_OPEN"),
        ("E1039", "STAGE_ONCE"),
        ("E1011", "ORG_UNIT_UNKNOWN"),
        ("E1002", "EXISTS_ALREADY"),
        ("E7777", "OTHER"),
    ],
)
def test_the_error_report_is_read_back_for_each_record(server, code, reason):
    server.refuse[KEYS.uid("event.registration", FOLLOWED.id)] = code
    transfer = sender(server).tracker(tracked())

    assert outcomes(transfer) == [Outcome.CREATED, Outcome.REFUSED, Outcome.CREATED]
    refused = transfer.results[1]
    assert (refused.record, refused.reason, refused.said) == (str(FOLLOWED.id), reason, (code,))
    assert set(transfer.digests) == {str(MEASLES.id), str(WELL.id)}
    assert not transfer.is_whole


def test_of_several_reasons_the_one_that_says_most_is_given(server):
    server.refuse[KEYS.uid("tracked_entity", FOLLOWED.id)] = "E1064"
    server.refuse[KEYS.uid("enrollment", FOLLOWED.id)] = "E5000"

    refused = sender(server).tracker(tracked()).results[1]
    assert (refused.reason, refused.said) == ("VALUE_NOT_UNIQUE", ("E1064", "E5000"))


def test_the_words_of_the_server_are_not_kept_they_may_repeat_what_we_sent(server):
    server.refuse[KEYS.uid("tracked_entity", MEASLES.id)] = "E1064"

    assert "specimen" not in repr(sender(server).tracker(tracked()).results)


@pytest.mark.parametrize(("status", "error"), [(401, ReceiverRefusedError), (403, ReceiverRefusedError)])
def test_who_is_not_let_in_is_told_and_does_not_try_again(server, pauses, status, error):
    server.plan = [(status, {}, b"")]
    transfer = sender(server, pauses).tracker(tracked())

    assert isinstance(transfer.broken_off, error)
    assert outcomes(transfer) == [Outcome.NOT_SENT] * 3
    assert (pauses, len(server.requests)) == ([], 1)


def test_a_wrong_token_is_not_let_in(server):
    transfer = sender(server, credentials=Credentials.token("ApiToken", "other")).tracker(tracked())

    assert isinstance(transfer.broken_off, ReceiverRefusedError)
    assert server.entities == {}


def test_a_name_with_a_password_is_let_in(server):
    assert sender(server, credentials=Credentials.basic("posto", "segredo")).tracker(tracked()).is_whole


@pytest.mark.parametrize(
    "answer",
    [
        b"OK",
        b"[]",
        b"{}",
        b"",
        json.dumps({"status": "OK"}).encode(),
        json.dumps({"status": "ERROR", "validationReport": {"errorReports": []}}).encode(),
        json.dumps({"status": "ERROR", "validationReport": {"errorReports": [{"uid": 1}]}}).encode(),
        json.dumps({"status": "OK", "message": "Tracker job added", "response": {"id": "x"}}).encode(),
    ],
)
def test_an_answer_that_is_no_report_is_never_taken_for_a_yes(server, answer):
    server.plan = [(200, {}, answer)]
    transfer = sender(server).tracker(tracked())

    assert isinstance(transfer.broken_off, ReceiverAnswerError)
    assert transfer.digests == {}


@pytest.mark.parametrize("status", [400, 409, 422])
def test_a_request_refused_as_a_whole_says_so_with_its_status(server, status):
    server.plan = [(status, {}, b'{"httpStatusCode": 400, "status": "ERROR", "message": "specimen"}')]
    transfer = sender(server).tracker(tracked())

    assert isinstance(transfer.broken_off, ReceiverRefusedError)
    assert transfer.broken_off.status == status
    assert "specimen" not in repr(transfer)


@pytest.mark.parametrize("status", [400, 500, 200])
def test_a_page_for_people_instead_of_a_report_is_never_a_yes(server, status):
    server.plan = [(status, {}, b"<html><body>Manutencao</body></html>")] * 3
    transfer = sender(server).tracker(tracked())

    assert transfer.broken_off is not None
    assert outcomes(transfer) == [Outcome.NOT_SENT] * 3


def test_an_answer_of_ten_megabytes_is_read_and_one_that_never_ends_is_given_up(server, pauses, monkeypatch):
    from poe_health.exchange import https

    report = {"status": "OK", "validationReport": {"errorReports": []}, "padding": "x" * 10_000_000}
    server.plan = [(200, {}, json.dumps(report).encode())]
    assert outcomes(sender(server).tracker(tracked())) == [Outcome.ACCEPTED] * 3

    monkeypatch.setattr(https, "LARGEST_ANSWER", 1_000_000)
    server.plan = [(200, {}, b"[" * 2_000_000)]
    assert isinstance(sender(server).tracker(tracked()).broken_off, ReceiverAnswerError)

    monkeypatch.setattr(https, "LONGEST_ANSWER_S", -1.0)  # every answer is too slow
    assert isinstance(sender(server, pauses).tracker(tracked()).broken_off, ReceiverUnreachableError)
    assert len(server.entities) == 3  # it had arrived, each time the same


def test_errors_while_storing_count_as_refusals_and_an_ignored_record_without_a_reason_is_no_yes():
    (case, *_) = tracked([MEASLES])
    stats = {"created": 0, "updated": 0, "ignored": 0}
    report = {"status": "OK", "validationReport": {"errorReports": []}, "stats": stats}
    failed = [{"uid": case.uids[2], "errorReports": [{"errorCode": "E5000"}]}]
    bundle = {"typeReportMap": {"EVENT": {"stats": stats, "objectReports": failed}}}

    (result,) = tracker_results(Reply(200, report | {"bundleReport": bundle}), [case], DHIS2, "h", dry_run=False)
    assert (result.outcome, result.reason) == (Outcome.REFUSED, "PART_OF_REFUSED")
    (result,) = tracker_results(Reply(200, {"response": report}), [case], DHIS2, "h", dry_run=False)
    assert result.outcome is Outcome.ACCEPTED
    with pytest.raises(ReceiverAnswerError):
        tracker_results(Reply(200, report | {"stats": {"ignored": 1}}), [case], DHIS2, "h", dry_run=False)


def test_a_certificate_that_nobody_vouches_for_ends_it_before_a_word_is_said(server):
    transfer = sender(server, ca_file=None).tracker(tracked())

    assert isinstance(transfer.broken_off, SendingUnsafeError)
    assert transfer.broken_off.facts["why"] == "certificate"
    assert server.requests == []


def test_a_certificate_of_another_host_ends_it(tmp_path):
    other = Receiver(tmp_path, name="dhis2.example")
    try:
        line = Https(
            Endpoint(
                f"https://localhost:{other.port}",
                Credentials.token("ApiToken", TOKEN),
                other.ca,
                timeout_s=5.0,
                tries=1,
            ),
            lambda _: None,
        )
        transfer = Sender(line, DHIS2, {}, KEYS.seal).tracker(tracked())
    finally:
        other.close()

    assert isinstance(transfer.broken_off, SendingUnsafeError)
    assert other.requests == []


@pytest.mark.parametrize(
    "address",
    ["http://localhost:1", "ftp://localhost", "localhost", "https://", "https://ana:x@localhost", "https://h/?a=b"],
)
def test_an_address_that_is_not_https_is_refused(address):
    with pytest.raises(SendingUnsafeError):
        Https(Endpoint(address, Credentials.token("ApiToken", TOKEN)), lambda _: None)


def test_a_trust_file_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "ca.pem").write_text("no certificate")
    for file in (tmp_path / "ca.pem", tmp_path / "none.pem"):
        with pytest.raises(SendingUnsafeError):
            Https(Endpoint("https://localhost", Credentials.token("ApiToken", TOKEN), file), lambda _: None)


@pytest.mark.parametrize("secret", ["", "a b", "a\r\nX: y", "é"])
def test_a_secret_that_would_break_the_header_is_refused(secret):
    with pytest.raises(SendingUnsafeError):
        Credentials.token("ApiToken", secret)
    assert TOKEN not in repr(Credentials.token("ApiToken", TOKEN))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nothing_follows_a_redirect_with_a_token_in_its_hand(server, status):
    server.plan = [(status, {"Location": "https://elsewhere.example/"}, b"")]
    transfer = sender(server).tracker(tracked())

    assert isinstance(transfer.broken_off, SendingUnsafeError)
    assert transfer.broken_off.facts["why"] == "redirect"
    assert len(server.requests) == 1


def test_a_host_that_is_not_there(pauses):
    line = Https(
        Endpoint("https://localhost:9", Credentials.token("ApiToken", TOKEN), timeout_s=1.0, tries=2), pauses.append
    )
    transfer = Sender(line, DHIS2, {}, KEYS.seal).tracker(tracked())

    assert isinstance(transfer.broken_off, ReceiverUnreachableError)
    assert transfer.broken_off.facts == {"host": "localhost", "tries": 2}


def test_old_versions_of_tls_are_not_spoken(server):
    line = Https(endpoint(server), lambda _: None)

    assert line._trust.minimum_version is ssl.TLSVersion.TLSv1_2
    assert line._trust.verify_mode is ssl.CERT_REQUIRED
    assert line._trust.check_hostname is True
