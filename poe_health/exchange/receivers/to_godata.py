"""WHO's Go.Data: cases, contacts and what joins them, as files to import."""

from poe_health.exchange.godata import godata_package
from poe_health.exchange.mapping import words_of
from poe_health.exchange.package import Level
from poe_health.exchange.receiver import Made, Order, Receiver


def _make(order: Order) -> Made:
    words = words_of("godata", order.untrusted_template)
    return Made(godata_package(order.cases, order.contacts, words, order.own_keys))


RECEIVER = Receiver(code="godata", title=lambda: "Go.Data", levels=(Level.NAMED,), make=_make)
