"""Senders to a server of the receivers, and what they send."""

from poe_health.exchange.dhis2_tracker import TrackerPayload
from poe_health.exchange.fhir import FhirPayload
from poe_health.exchange.https import Credentials, Endpoint, Https
from poe_health.exchange.mapping import given_words, own_words
from poe_health.exchange.send import Sender
from poe_health.rules.definitions import rule_set
from tests.unit.poe_health.exchange.xchg_facts import (
    CASES,
    DAY,
    KEYS,
)
from tests.unit.poe_health.exchange.xchg_server import TOKEN

DHIS2, FHIR = own_words("dhis2"), own_words("fhir")


def endpoint(server, path="", **more):
    given = {"credentials": Credentials.token("ApiToken", TOKEN), "ca_file": server.ca, "timeout_s": 5.0, "tries": 3}
    return Endpoint(server.base + path, **(given | more))


def sender(server, pauses=None, words=DHIS2, path="", known=None, dry_run=False, **more):
    line = Https(endpoint(server, path, **more), (pauses if pauses is not None else []).append)
    return Sender(line, words, known or {}, KEYS.seal, dry_run)


def tracked(cases=CASES):
    payload = TrackerPayload(DHIS2, KEYS)
    return [payload.of(case) for case in cases]


def bundles(cases=CASES):
    payload = FhirPayload(FHIR, KEYS, rule_set(DAY), "pt")
    return [payload.of(case) for case in cases]


def outcomes(transfer):
    return [one.outcome for one in transfer.results]


def small_pages(size=1):
    text = (own_text()).replace("page_size = 50", f"page_size = {size}")
    return given_words("dhis2", text.encode())


def own_text():
    from bmis.kernel.resources import resource

    return resource("health", "exchange", "dhis2.toml").read_text(encoding="utf-8")
