"""SORMAS: a file in the columns of the user's own template."""

from poe_health.exchange.errors import TemplateRefusedError
from poe_health.exchange.mapping import own_words
from poe_health.exchange.package import Level
from poe_health.exchange.receiver import Made, Order, Receiver
from poe_health.exchange.sormas import sormas_package


def _make(order: Order) -> Made:
    if order.untrusted_template is None:
        raise TemplateRefusedError("template_missing")
    return Made(sormas_package(order.cases, order.untrusted_template, own_words("sormas")))


RECEIVER = Receiver(code="sormas", title=lambda: "SORMAS", levels=(Level.NAMED,), make=_make, ending=".csv")
