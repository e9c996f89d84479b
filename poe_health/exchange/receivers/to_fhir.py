"""A FHIR R4 server: cases with their contacts, or counts as measure reports."""

from poe_health.exchange.csv_words import CountWords
from poe_health.exchange.fhir import FhirPayload, fhir_package
from poe_health.exchange.fhir_measures import MeasurePayload, measure_package
from poe_health.exchange.mapping import words_of
from poe_health.exchange.package import PERSONAL, Level
from poe_health.exchange.receiver import Made, Order, Receiver


def _make(order: Order) -> Made:
    words, at = words_of("fhir", order.untrusted_template), order.at
    if order.level not in PERSONAL:
        labels = CountWords(order.rules, order.language)
        reports = MeasurePayload(words, labels, at)
        package = measure_package(order.tallies, order.period, order.level, words, labels, at)
        return Made(package, lambda sender: sender.fhir(reports.of(order.tallies, order.period, order.level), at))
    bundles = FhirPayload(words, order.own_keys, order.rules, order.language, order.contacts)
    package = fhir_package(order.cases, words, order.own_keys, order.rules, at, order.language, order.contacts)
    return Made(package, lambda sender: sender.fhir([bundles.of(one) for one in order.cases], at))


RECEIVER = Receiver(
    code="fhir",
    title=lambda: "FHIR",
    levels=(Level.PUBLIC, Level.AGGREGATE, Level.CASES, Level.NAMED),
    make=_make,
    words="fhir",
    sends=True,
    withdraw=lambda sender, those, at: sender.fhir_withdrawn(those, at),
)
