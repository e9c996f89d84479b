"""A post with one of each kind that retention takes: a dose, a transfer, a followed person, cholera express."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bmis.documents.dates import PartialDate
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.certificates.vaccination import Consent, ConsentBy, EventOutcome
from poe_health.followup.start_monitoring import MonitoringRequest
from poe_health.followup.steps import Ended, Told, Visited
from poe_health.outbreaks.cholera import CholeraAnswers, Dehydration
from poe_health.referrals.note import ReferralNote, Vitals
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.steps import Answered, Arrived, Cancelled, Left, ReturnSlip
from poe_health.rules.answer import Answer
from poe_health.store.health import HEALTH
from poe_health.vaccinations.after_dose import AefiRequest
from poe_health.vaccinations.dose import Vaccinee
from tests.unit.poe_health.stores.post_shelf import booklets, dose, received
from ui.compose_health import health_desk, health_stores, referral_desk

BEGAN = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SECRETS = {
    "dose": ("VACINADOVA", "UT-DOSE-77"),
    "aefi": ("INCHACO-NO-BRACO",),
    "transfer": ("TRANSFERIDOVA", "MOTIVO-DIARREIA", "ENFERMEIRA-NO-TELEFONE", "DIAGNOSTICO-SLIP", "39.4"),
    "monitoring": ("SEGUIDOVA", "ATRAS-DA-ESCOLA", "REMARK-DA-VISITA", "DISTRITO-OUVIU", "38.9"),
    "cholera": ("CARTAO-441", "ALDEIA-SINTETICA"),
}


class Shift:
    """Somebody of health at work at one moment, with every use case of the parts that retention touches."""

    def __init__(self, home, user, at):
        self.at = at
        self.session = SignIn(Home.open(home), (BORDER, HEALTH), lambda: self.at)(user, TRAINING_WORD)
        self.by = self.session.actor
        self.health, self.stores = health_desk(self.session), health_stores(self.session)
        self.referrals = referral_desk(self.session)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session.close()

    def apply(self):
        return self.health.retention(self.by)

    def due(self):
        return dict(self.health.retention.due(self.by).due)


def later(home, days, user="health-supervisor"):
    return Shift(home, user, BEGAN + timedelta(days=days))


def fill(home):
    """Keep one record of each kind, all ended; return their identifiers by kind."""
    with Shift(home, "health-supervisor", BEGAN) as shift:
        shift.stores.move_stock(received(), shift.by)
        shift.stores.keep_numbers.receive(booklets(), shift.by)
        return {
            "dose": _dose(shift),
            "transfer": transfer(shift),
            "monitoring": monitoring(shift),
            "cholera": cholera(shift),
        }


def _dose(shift):
    who = Vaccinee("VACINADOVA, Utopia", PartialDate(1990, 2, 3), "F", "UTO", "Passport UT-DOSE-77")
    consent = Consent(True, ConsentBy.SELF, True, "pt", shift.at - timedelta(minutes=10))
    asked = dose(who=who, consent=consent, given_at=shift.at, vial_opened_at=shift.at - timedelta(minutes=5))
    given = shift.stores.vaccinate(asked, shift.by).given
    shift.at += timedelta(minutes=20)
    event = AefiRequest(uuid4(), given.id, shift.at, ("FEVER",), Answer.NO, EventOutcome.RECOVERED, "INCHACO-NO-BRACO")
    shift.stores.after_dose.report(event, shift.by)
    return given.id


def note():
    vitals = (Vitals(BEGAN, temp_c=39.4),)
    return ReferralNote("EMERGENCY", "MOTIVO-DIARREIA", "STANDARD", "AMBULANCE", "com a irma", ("CHOLERA",), vitals)


def transfer(shift, cancelled=False):
    desk, by = shift.referrals, shift.by
    one = desk.open(uuid4(), note(), PatientIdentity(surname="TRANSFERIDOVA"), by)
    if cancelled:
        desk.step(one.id, Cancelled(shift.at, "melhorou e seguiu viagem"), by)
        return one.id
    steps = (
        lambda at: Answered(at, "HD-MANICA", "", "", "ACCEPTED", "PHONE", "ENFERMEIRA-NO-TELEFONE"),
        lambda at: Left(at, "AMBULANCE", "enfermeiro"),
        lambda at: Arrived(at, "Dr. Teste", "PHONE"),
        lambda at: ReturnSlip(at, "Dr. Teste", "CONFIRMED", "DISCHARGED", "DIAGNOSTICO-SLIP", "CHOLERA"),
    )
    for step in steps:
        shift.at += timedelta(minutes=10)
        desk.step(one.id, step(shift.at), by)
    return one.id


def monitoring(shift, ended=True):
    desk, by = shift.referrals, shift.by
    who = PatientIdentity(surname="SEGUIDOVA", address="ATRAS-DA-ESCOLA")
    request = MonitoringRequest(uuid4(), "CHOLERA", shift.at.date(), "LAST_EXPOSURE", Answer.YES, "agua do poco")
    one = desk.monitor(request, who, by)
    shift.at += timedelta(minutes=10)
    ill = Visited(
        shift.at, "PHONE", "SEEN", symptoms={"DIARRHOEA": Answer.YES}, temp_am=38.9, remark="REMARK-DA-VISITA"
    )
    desk.visit(one.id, ill, by)
    desk.visit(one.id, Told(shift.at, "ILL", "DISTRITO-OUVIU", "PHONE", "vai ao hospital"), by)
    if ended:
        desk.visit(one.id, Ended(shift.at, "LOST", "mudou de casa e ninguem sabe"), by)
    return one.id


def cholera(shift):
    answers = CholeraAnswers("CARTAO-441", Dehydration.SEVERE, "F", 34, "ALDEIA-SINTETICA", shift.at)
    return shift.health.cholera(uuid4(), answers, shift.by).record.id
