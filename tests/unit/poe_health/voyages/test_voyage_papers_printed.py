"""The papers of voyages and events: what was ordered is on them, a name only where it belongs, and printing is kept."""

import io
from uuid import uuid4

import pypdfium2
import pytest
from voyage_facts import AIR, DAY, DRIVER, FAR, NEIGHBOUR, NOW, SHIP, sits

from bmis.kernel.actor import Role
from bmis.kernel.i18n import speaking
from poe_health.post_events.events import EventPeople, Printed
from poe_health.post_events.note_event import WhatHappened
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.voyages.choose_contacts import CaseOnBoard, Choice
from poe_health.voyages.events import VoyagePrinted
from poe_health.voyages.free_pratique import Step
from poe_health.voyages.order_measures import Order
from poe_health.voyages.record_errors import PostEventServiceError
from poe_health.voyages.seats import Seat


@pytest.fixture
def supervisor(at_work):
    return at_work(Role.HEALTH_SUPERVISOR)


def text_of(pdf):
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return " ".join("".join(page.get_textpage().get_text_range() for page in document).split())


def title_of(pdf):
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return document.get_metadata_dict()["Title"]


@pytest.fixture
def ship(supervisor):
    desk, by = supervisor.desk, supervisor.by
    ship = desk.record(uuid4(), SHIP, DRIVER, by)
    desk.inspect.judge(ship.id, uuid4(), Answer.YES, Answer.UNKNOWN, "ratos no porão dois", by)
    desk.measures(ship.id, uuid4(), Order("DERAT", "NATIONAL_LAW", "ratos no porão dois", NOW, "Lei da Utopia"), by)
    desk.pratique(ship.id, uuid4(), Step.ASK, NOW, by)
    desk.pratique(ship.id, uuid4(), Step.ORDER_MEASURES, NOW, by, "desratizar primeiro")
    return ship


def test_the_operator_reads_measure_basis_and_hour_and_no_name(supervisor, ship):
    with speaking("pt"):
        pdf = supervisor.desk.papers.measures(ship.number, supervisor.by)

    said = text_of(pdf)
    for words in (
        "Desratizar",
        "Lei nacional: Lei da Utopia",
        "ratos no porão dois",
        "22/11/2026 10:00",
        "por executar",
    ):
        assert words in said, words
    assert "CONDUTORSON" not in said
    assert "(art. 27)" in said
    assert supervisor.desk.show(ship.id, supervisor.by).voyage.has(VoyagePrinted)


def test_the_master_reads_where_free_pratique_stands(supervisor, ship):
    with speaking("pt"):
        said = text_of(supervisor.desk.papers.pratique(ship.id, supervisor.by))

    assert "LIVRE PRÁTICA DEPOIS DAS MEDIDAS" in said
    assert "desratizar primeiro" in said


def test_the_list_of_contacts_names_them_and_its_title_nobody(supervisor):
    desk, by = supervisor.desk, supervisor.by
    flight = desk.record(uuid4(), AIR, DRIVER, by)
    kept = desk.list_people(flight.id, uuid4(), [sits(NEIGHBOUR, "14A"), sits(FAR, "25F")], by)
    case = CaseOnBoard("MEASLES", None, (Seat(12, "C"),))
    desk.choose(flight.id, uuid4(), Choice(case, "ROWS_2", (kept.occupants[0].ref,), DAY), by)

    with speaking("pt"):
        pdf = desk.papers.contacts(flight.id, by)

    assert "VIZINHOVA, Utopia" in text_of(pdf)
    assert "LONGEVA" not in text_of(pdf)
    assert "Sarampo" in text_of(pdf)
    assert "VIZINHOVA" not in title_of(pdf)


def test_the_civil_registry_gets_the_name_and_the_veterinary_service_none(supervisor):
    desk, by = supervisor.desk, supervisor.by
    who = EventPeople(PatientIdentity(surname="FALECIDOVA"), informant=PatientIdentity(surname="DONOVA"))
    death = desk.note_event(uuid4(), WhatHappened("DEATH_AT_POST", NOW, "sala de isolamento"), who, by)
    goats = desk.note_event(uuid4(), WhatHappened("LIVE_ANIMALS", NOW, "báscula", number=12), who, by)

    with speaking("pt"):
        registry = text_of(desk.papers.event(death.id, "CIVIL_REGISTRY", by))
        veterinary = text_of(desk.papers.event(goats.id, "VETERINARY_SERVICE", by))

    assert "Conservatória do Registo Civil" in registry
    assert "FALECIDOVA" in registry
    assert "FALECIDOVA" not in veterinary
    assert "DONOVA" not in veterinary
    assert "12" in veterinary
    assert [step.service for step in desk.events(death.id, by).event.of(Printed)] == ["CIVIL_REGISTRY"]
    with pytest.raises(PostEventServiceError):
        desk.papers.event(death.id, "VETERINARY_SERVICE", by)
