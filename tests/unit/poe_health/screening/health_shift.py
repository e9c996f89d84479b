"""Somebody of port health at work in a training home, and forms as they fill them in."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bmis.documents.dates import PartialDate
from poe_health.rules.answer import Answer
from poe_health.screening.context import HealthContext
from poe_health.screening.form import Age, ExposureAnswer, ScreeningForm, Stage, Temperature
from poe_health.screening.record import (
    Consent,
    ConsentAnswer,
    Examination,
    Measured,
    Person,
    ScreeningRequest,
    Secondary,
    Travel,
)

NOW = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
DAY = NOW.date()
TRAVEL = Travel("BUS", "MMM123MC", "BUS||MMM123MC|2026-03-14|LILONGWE|TETE", "MWI")
NONE_OUT = HealthContext(outbreaks=frozenset(), affected=())


def well(**more):
    form = {"temperature": Temperature(36.6, "IR_FOREHEAD"), "sex": "F", "direction": "ENTRY", "any_symptom": Answer.NO}
    form |= {"affected_area": Answer.NO, "appearance": "WELL", "age": Age.of_years(30)} | more.pop("form", {})
    return ScreeningRequest(uuid4(), ScreeningForm(Stage.PRIMARY, DAY, **form), travel=TRAVEL, **more)


def feverish(**more):
    form = {"temperature": Temperature(38.7, "AXILLA"), "any_symptom": Answer.YES}
    measured = (Measured(38.9, "IR_FOREHEAD", "T1", NOW - timedelta(minutes=11)), Measured(38.7, "AXILLA", "T2", NOW))
    return well(form=form, temperatures=measured, **more)


def ebola(**more):
    said = dict.fromkeys(("HEADACHE", "VOMITING", "DIARRHOEA", "WEAKNESS_SEVERE"), Answer.YES)
    form = ScreeningForm(
        Stage.SECONDARY,
        DAY,
        temperature=Temperature(38.6, "AXILLA"),
        age=Age.of_years(34),
        sex="M",
        direction="ENTRY",
        symptoms=said,
        exposures={"BURIAL": ExposureAnswer(Answer.YES, DAY - timedelta(days=5))},
    )
    request = {"person": PERSON, "secondary": Secondary(consent=GIVEN), "context": NONE_OUT} | more
    return ScreeningRequest(uuid4(), form, travel=TRAVEL, **request)


def harmless(**more):
    form = ScreeningForm(
        Stage.SECONDARY,
        DAY,
        temperature=Temperature(36.8, "AXILLA"),
        age=Age.of_years(34),
        sex="M",
        direction="ENTRY",
        others=Answer.NO,
        itinerary=(),
    )
    request = {"person": PERSON, "secondary": Secondary(consent=GIVEN), "context": NONE_OUT} | more
    return ScreeningRequest(uuid4(), form, travel=TRAVEL, **request)


PERSON = Person(
    surname="UTOPIANO",
    given_names="ALBERTO SINTETICO",
    birth_date=PartialDate(1991, 5),
    nationality="UTO",
    document_kind="PASSPORT",
    document_country="UTO",
    document_number="UT7654321",
    phones=("+258840000001",),
    address_next="Bairro Sintetico, Tete",
)
GIVEN = Consent(ConsentAnswer.GIVEN, NOW - timedelta(minutes=5), "PT", "0.1", read_aloud=True)
EXAMINED = Examination(NOW, pulse=110, breaths=24, oxygen=95, pressure="110/70")
