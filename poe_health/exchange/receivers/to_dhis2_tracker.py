"""The cases of the ministry's DHIS2."""

from bmis.kernel.i18n import translate as _
from poe_health.exchange.dhis2_tracker import TrackerPayload, tracker_package
from poe_health.exchange.mapping import words_of
from poe_health.exchange.package import Level
from poe_health.exchange.receiver import Made, Order, Receiver


def _make(order: Order) -> Made:
    words = words_of("dhis2", order.untrusted_template)
    payload = TrackerPayload(words, order.own_keys)
    package = tracker_package(order.cases, words, order.own_keys)
    return Made(package, lambda sender: sender.tracker([payload.of(one) for one in order.cases]))


RECEIVER = Receiver(
    code="dhis2-tracker",
    title=lambda: _("DHIS2, cases"),
    levels=(Level.CASES, Level.NAMED),
    make=_make,
    words="dhis2",
    sends=True,
    tries=True,
    authorization="ApiToken",
    withdraw=lambda sender, those, _at: sender.tracker_withdrawn(those),
)
