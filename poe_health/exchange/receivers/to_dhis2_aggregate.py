"""The counts of the ministry's DHIS2."""

from bmis.kernel.i18n import translate as _
from poe_health.exchange.dhis2_aggregate import AggregatePayload, aggregate_package
from poe_health.exchange.mapping import words_of
from poe_health.exchange.package import Level
from poe_health.exchange.receiver import Made, Order, Receiver


def _make(order: Order) -> Made:
    words = words_of("dhis2", order.untrusted_template)
    package = aggregate_package(order.tallies, order.period, words, as_csv=order.as_csv)
    return Made(package, lambda sender: sender.aggregate(AggregatePayload(words).of(order.tallies, order.period)))


RECEIVER = Receiver(
    code="dhis2-aggregate",
    title=lambda: _("DHIS2, counts"),
    levels=(Level.AGGREGATE,),
    make=_make,
    words="dhis2",
    sends=True,
    tries=True,
    authorization="ApiToken",
)
