"""A table with its dictionary, for whoever counts by hand."""

from bmis.kernel.i18n import translate as _
from poe_health.exchange.csv_cases import cases_package, counts_package
from poe_health.exchange.package import PERSONAL, Level
from poe_health.exchange.receiver import Made, Order, Receiver


def _make(order: Order) -> Made:
    if order.level in PERSONAL:
        return Made(cases_package(order.cases, order.level, order.rules, order.language, bom=order.bom))
    return Made(
        counts_package(order.tallies, order.period, order.level, order.rules, order.language, bom=order.bom),
    )


RECEIVER = Receiver(
    code="csv",
    title=lambda: _("table (CSV)"),
    levels=(Level.PUBLIC, Level.AGGREGATE, Level.CASES, Level.NAMED),
    make=_make,
    ending=".csv",
)
