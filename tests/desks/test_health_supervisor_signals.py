"""Signals at the health supervisor's desk: from what somebody heard to the focal point's decision, with the clocks."""

from datetime import timedelta
from uuid import uuid4

from health_post_robot import DAY, F12, NOW, Doctor

from poe_health.events.annex2 import Advice, FocalPointChoice
from poe_health.events.signal import Signal, SignalState
from poe_health.rules.answer import Answer


def stored(training_home):
    with Doctor(training_home) as doctor:
        return doctor.day.signals.between(DAY - timedelta(days=60), DAY, doctor.by)


def test_a_signal_goes_from_a_report_of_the_community_to_who_notified(post, training_home):
    person = post().goes("signals")
    page = person.page
    person.does("report").answers(kind="Óbito", where="Bairro do mercado", detected_at="0700", ill="4", dead="1")
    (one,) = stored(training_home)
    assert (one.view.signal.source, one.view.signal.ill, one.view.signal.dead) == ("COMMUNITY", 4, 1)
    assert one.view.signal.detected_at == NOW.replace(hour=5)
    assert one.number in page.banner.text()
    assert "faltam" in page.list.lines()[0].cells[2]
    assert not page.buttons["assess"].isEnabled()  # nobody has judged it yet

    person.does("triage").answers(triage="um", at="0730")
    person.does("told").answers(to="o", at="0740")
    person.does("told").answers(to="od", at="0745")

    # Annex 2: one yes advises nothing yet, an unknown is no "no"; two yes advise to notify
    person.does("assess")
    annex = person.page
    assert annex.banner.text().startswith("NÃO VERIFICADO")
    person.line("Q1").types("1")
    assert annex.banner.text().startswith("NÃO VERIFICADO")
    person.line("Q3").types("1")
    assert annex.banner.text().startswith("PARAR")
    assert annex.unsaved()
    person.presses(F12)
    assert not annex.unsaved()
    view = stored(training_home)[0].view
    assert (view.advised.advice, view.advised.answers["Q2"]) == (Advice.NOTIFY, Answer.UNKNOWN)
    assert view.decision is None

    # the post writes down what the focal point decided; against the advice only with a reason
    person.goes("signals", 1)
    person.does("decided").answers(choice="agora", told_by="Dra. Sintetica, INS", at="0800")
    assert "BMIS-" in person.dialog.trouble.text()
    person.dialog.close()
    person.does("decided").answers(choice="notificar", told_by="Dra. Sintetica, INS", at="0810")
    person.does("told").answers(to="a", at="0900", told_by="Dra. Sintetica, INS")
    person.does("responded").answers(at="0930")
    (last,) = stored(training_home)
    assert last.view.decision.choice is FocalPointChoice.NOTIFY_WHO
    assert last.view.told_who_at == NOW.replace(hour=7)
    assert last.timeliness.respond.value == "met"
    said = "notado a tempo: não se sabe · comunicado a tempo: cumprido · resposta completa a tempo: cumprido"
    assert f"7-1-7: {said}" in page.facts.text()
    person.does("closed").answers(reason="Resposta completa, sem casos novos")
    (over,) = stored(training_home)
    assert over.view.state is SignalState.CLOSED
    assert page.list.lines()[0].status == "grey"


def test_a_clock_that_ran_out_is_red_and_says_by_how_much(post, training_home):
    with Doctor(training_home, "screener", NOW - timedelta(hours=30)) as doctor:
        heard = Signal("MEDIA_RUMOUR", "COMMUNITY", NOW - timedelta(hours=30), "Mercado", ill=3)
        doctor.day.report(uuid4(), heard, doctor.by)
    page = post().goes("signals").page
    (line,) = page.list.lines()
    assert line.status == "red"
    assert "passaram 6 h" in line.cells[2]
    assert page.banner.text().startswith("PARAR")


def test_a_field_that_cannot_be_keeps_the_form_and_nothing_is_stored(post, training_home):
    person = post().goes("signals").does("report")
    person.answers(kind="Rumor", where="Mercado", ill="muitos")
    assert "BMIS-590" in person.dialog.trouble.text()
    assert person.focus() is person.dialog.fields["ill"]
    person.answers(ill="2", detected_at="2599")
    assert person.focus() is person.dialog.fields["detected_at"]
    assert stored(training_home) == ()


def test_an_epidemiologist_sees_alarms_and_days_that_nobody_submitted(post, training_home):
    with Doctor(training_home) as doctor:
        doctor.screens(2)
    person = post("epidemiologist").goes("signals", 3)
    page = person.page
    with Doctor(training_home) as doctor:
        watched = doctor.day.watch(DAY - timedelta(days=13), DAY, doctor.by)
    assert len(page.list.lines()) == len([one for one in watched.counts if one.alarm.reached]) == 0
    assert page.banner.text().startswith("NÃO VERIFICADO")
    assert f"Dias não submetidos: {len(watched.days_missing)}" in page.banner.text()


def test_days_before_the_post_worked_here_stand_apart_from_those_that_are_missing(post, training_home):
    with Doctor(training_home) as doctor:
        early = doctor.day.watch(DAY - timedelta(days=300), DAY - timedelta(days=290), doctor.by)
    page = post("epidemiologist").goes("signals", 3).page

    page._on_watched(early)

    assert "Antes de o posto funcionar aqui" in page.facts.text()
    assert "Dias não submetidos" not in page.banner.text()
    assert page.banner.text().startswith("NÃO VERIFICADO")  # nothing is known of them: no alarm is no all-clear
