"""A post with vaccine on its shelf, booklets in its drawer and a person who comes to be vaccinated."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from bmis.documents.dates import PartialDate
from poe_health.certificates.vaccination import Consent, ConsentBy, vaccination_rule
from poe_health.rules.answer import Answer
from poe_health.supplies.keep_stock import StockRequest
from poe_health.supplies.movement import Move
from poe_health.vaccinations.dose import Site, Vaccinee
from poe_health.vaccinations.keep_numbers import NumbersRequest
from poe_health.vaccinations.vaccinate import VaccinationRequest

NOW = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
STAMARIL = "a640b9f1e3bf870989c9f7498a0ae5a1"
LOT, LAST_DAY = "SYN-22", date(2027, 1, 31)
WHO = Vaccinee("UTOPIANO, Berta Sintetica", PartialDate(1990, 2, 3), "F", "UTO", "Passport UT7654321")
CONSENT = Consent(True, ConsentBy.SELF, True, "pt", NOW - timedelta(minutes=10))
NO_TO_ALL = {one.code: Answer.NO for one in vaccination_rule().questions}


def received(**more):
    said = {"item": "YF_VACCINE", "move": Move.RECEIVED, "quantity": 20, "lot": LOT, "expires_on": LAST_DAY}
    said |= {"product": STAMARIL, "doses_per_vial": 10} | more
    return StockRequest(uuid4(), **said)


def ors(move=Move.RECEIVED, quantity=200, **more):
    lot = {"lot": "ORS-1"} | ({"expires_on": LAST_DAY} if move is Move.RECEIVED else {})
    return StockRequest(uuid4(), "ORS", move, quantity, **(lot | more))


def booklets(first=1, last=50, prefix="MZ-", digits=6):
    return NumbersRequest(uuid4(), prefix, first, last, digits)


def dose(**more):
    said = {"who": WHO, "consent": CONSENT, "answers": NO_TO_ALL, "item": "YF_VACCINE", "lot": LOT}
    said |= {"vial_opened_at": NOW - timedelta(minutes=5), "site": Site.LEFT_ARM, "given_at": NOW} | more
    return VaccinationRequest(uuid4(), **said)


def ready(desk):
    """Put vaccine on the shelf and booklets in the drawer of the clinician's post."""
    desk.move_stock(received(), desk.session.actor)
    desk.keep_numbers.receive(booklets(), desk.session.actor)
    return desk
