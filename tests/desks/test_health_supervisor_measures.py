"""WHO's emergencies and additional measures at the health supervisor's desk, and the steps of the national clocks."""

from datetime import timedelta
from uuid import uuid4

from health_post_robot import DAY, F12, NOW, Doctor

from poe_health.events.signal import Signal
from poe_health.measures.keep_measures import MeasureRequest
from poe_health.measures.measure import MeasureEnd
from poe_health.outbreaks.outbreak import EmergencyLevel

SIGNED = {"second": "epidemiologist", "second_password": "treino"}


def test_an_emergency_holds_once_two_signed_and_stands_on_the_outbreak_page(post, training_home):
    person = post().goes("outbreaks", 3)
    assert person.page.banner.text().startswith("NÃO VERIFICADO")  # never entered is not none
    person.does("add").answers(disease="Mpox", level="Emergência de", determined_on="14082024", source="OMS, ensaio")
    assert person.page.unsaved()
    with Doctor(training_home) as doctor:
        assert doctor.desk.outbreaks(DAY).emergencies is None

    person.presses(F12).answers(reason="Declaração da OMS lida", **SIGNED)
    with Doctor(training_home) as doctor:
        (one,) = doctor.desk.outbreaks(DAY).emergencies_on(DAY)
    assert (one.disease, one.level, one.ended_on) == ("MPOX", EmergencyLevel.PHEIC, None)
    assert not person.page.unsaved()
    assert "Emergências em vigor: 1" in person.page.banner.text()
    person.goes("outbreaks")
    assert "(ESPII): Mpox, desde 14/08/2024" in person.page.banner.text()

    # WHO ended it: the entry stays with its day, and nothing stands any more
    person.goes("outbreaks", 3).line(0).does("over").answers(ended_on="22112026")
    person.presses(F12).answers(reason="Declaração da OMS lida", **SIGNED)
    with Doctor(training_home) as doctor:
        assert doctor.desk.outbreaks(DAY).emergencies_on(DAY) == ()
    assert person.page.banner.text().startswith("CONFORME")


def test_a_measure_is_taken_told_and_reviewed_by_keys(post, training_home):
    person = post().goes("outbreaks", 4)
    person.presses(F12).answers(
        what="Rastreio à saída de todos os autocarros",
        began_at="0600",
        reason="Transmissão do outro lado da fronteira",
        evidence="Boletim sintético 44",
        hinders="Não",
    )
    with Doctor(training_home) as doctor:
        (one,) = doctor.day.measures(doctor.by)
    assert (one.taken.hinders.value, one.taken.covered.value) == ("no", "unknown")
    assert one.review_due.isoformat() == "2027-02-23"
    assert person.page.list.lines()[0].status == ""
    person.does("told").answers(at="0700", told_by="Ponto focal nacional")
    person.does("review").answers(end="continua, a", reason="Só de um corredor, por ensaio")
    with Doctor(training_home) as doctor:
        (one,) = doctor.day.measures(doctor.by)
    assert one.told_by == "Ponto focal nacional"
    assert [(review.end, reason) for review, reason in one.reviews] == [
        (MeasureEnd.CHANGED, "Só de um corredor, por ensaio")
    ]
    assert not person.page.buttons["told"].isEnabled()


def test_what_is_overdue_is_counted_at_the_tab_and_red(post, qtbot, training_home):
    with Doctor(training_home) as doctor:
        begun = NOW - timedelta(days=120)
        asked = MeasureRequest(uuid4(), begun, "Medida de ensaio", "Motivo de ensaio", "Provas de ensaio")
        doctor.day.keep_measures.take(asked, doctor.by)
    person = post()
    qtbot.waitUntil(lambda: person.desk.section("outbreaks").badge() == 1)  # before anybody went there
    person.goes("outbreaks", 4)
    assert person.page.list.lines()[0].status == "red"
    assert "revisão em três meses" in person.page.banner.text()
    assert "informa a OMS em 48 horas" in person.page.banner.text()


def test_the_steps_of_the_national_clocks_are_taken_at_the_signal(post, training_home):
    with Doctor(training_home) as doctor:
        signal = Signal("MEDIA_RUMOUR", "COMMUNITY", NOW - timedelta(hours=4), "Mercado")
        shown = doctor.day.report(uuid4(), signal, doctor.by)
    person = post().goes("signals")
    person.line(shown.id)
    person.does("noted").answers(what="evid", at="0730")
    person.does("noted").answers(what="a OMS", at="0740")
    person.does("noted").answers(what="o nível", at="0750")
    assert "BMIS-590" in person.dialog.trouble.text()  # a reply needs to say who tells of it
    person.answers(at="0750", told_by="Ponto focal nacional")
    person.does("noted").answers(what="come", at="0755")
    with Doctor(training_home) as doctor:
        view = doctor.day.signals(shown.id, doctor.by).view
    assert None not in (view.import_evidence_at, view.who_asked_at, view.replied_who_at, view.measure_began_at)
    said = person.page.facts.text()
    assert "A OMS perguntou" in said
    assert "notado a tempo: não se sabe" in said
