"""No word of the secondary health desk is cut off, in either language or one a third longer; every field has a name."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from clipping import clipped, said, settle, takes_markup, unnamed
from health_secondary_robot import DAY, FOLLOWED, MARIA, NOW, TRANSFERS, Clinic, HealthColleague
from office_robot import ENTER
from PySide6.QtCore import Qt
from test_clipping import KEY, PLAIN, Longer

from bmis.kernel import i18n
from poe_health.codes import actions, choices, contact_presets, questions
from poe_health.followup.settings import monitoring_choices
from poe_health.followup.start_monitoring import MonitoringRequest
from poe_health.referrals.directory import phones
from poe_health.referrals.note import ReferralNote
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.settings import referral_choices
from poe_health.rules.definitions import rule_set
from poe_health.screening.record import ConsentAnswer
from ui.desktop.health_secondary.errors import ConsentFirstError

ALT = Qt.KeyboardModifier.AltModifier
NOTE = ReferralNote("URGENT", "Febre", "VHF", "AMBULANCE", "Consigo", suspected=("EVD",), no_vitals_why="Recusou")
LISTED = re.compile(
    r"(Utopia|UTO · .*|MWI · .*|UTOPIAN.*|MMM123MC|GT-.*|SG-.*|Consigo|Febre|MARIA .*|\+258.*|clinician)"
)
"""What was typed by people, and names of the lists: the same in every language."""


@pytest.fixture
def screens(qtbot, training_home):
    """Walks through every screen of the desk in a language and gives each to look at."""
    with HealthColleague(training_home) as colleague:
        colleague.sends_a_contact(minutes=40, person=MARIA)
        colleague.sends(certificate="ABSENT", minutes=5)
    with HealthColleague(training_home, "clinician", NOW - timedelta(days=1)) as colleague:
        desk, by, who = colleague.transfers, colleague.by, PatientIdentity(surname="UTOPIANO")
        desk.open(uuid4(), NOTE, who, by)
        desk.monitor(MonitoringRequest(uuid4(), "EVD", DAY - timedelta(days=4), "LAST_EXPOSURE"), who, by)
    at_work = []

    def walk(language):
        person = Clinic(qtbot, training_home, language=language)
        at_work.append(person)
        yield "queue", person
        person.opens().settles()
        yield "asked", person
        yield "before consent, told so", person.goes_to_tab(3)
        person.frame.notice.clear()
        person.model.consent(ConsentAnswer.REFUSED)
        person.settles()
        for tab in range(1, 7):
            yield f"refused {tab}", person.goes_to_tab(tab)
        person.model.consent(ConsentAnswer.GIVEN)
        person.settles()
        for tab in range(1, 7):
            yield f"tab {tab}", person.goes_to_tab(tab)
        person.frame.notice.show_error(ConsentFirstError())
        for tab in range(1, 7):
            yield f"tab {tab}, with a notice", person.goes_to_tab(tab)
        person.frame.notice.clear()
        person.goes_to_tab(3)
        person.presses(Qt.Key.Key_F12)
        yield "end", person
        person.dialog.close()
        for form in ("order", "charge", "companion", "stay", "test", "not_able"):
            getattr(person.desk.cases.forms, f"ask_{form}")()
            yield form, person
            person.dialog.close()
        person.presses(Qt.Key.Key_F10)
        yield "phones", person
        person.dialog.close()
        person.presses(Qt.Key.Key_T, ALT)
        yield "guia", person
        person.dialog.close()
        person.presses(ENTER)
        yield "transfer", person
        person.frame.notice.show_error(ConsentFirstError())
        yield "transfer, with a notice", person
        person.frame.notice.clear()
        for form in ("answer", "departure", "emergency", "arrival", "not_arrived", "death"):
            getattr(person.desk.referrals.forms, f"ask_{form}")()
            yield form, person
            person.dialog.close()
        person.presses(getattr(Qt.Key, f"Key_{FOLLOWED}"), ALT).presses(ENTER)
        yield "followed", person
        person.frame.notice.show_error(ConsentFirstError())
        yield "followed, with a notice", person
        person.frame.notice.clear()
        for form in ("visit", "told", "handover", "acknowledged", "declined", "end"):
            getattr(person.desk.monitoring.forms, f"ask_{form}")()
            yield form, person
            person.dialog.close()
        person.presses(getattr(Qt.Key, f"Key_{TRANSFERS}"), ALT)

    yield walk
    for person in at_work:
        person.ends()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off_and_every_field_has_a_name(screens, language):
    seen = 0
    for name, person in screens(language):
        settle(person.window)
        front = person.dialog or person.window
        assert clipped(front) == [], name
        assert unnamed(front) == [], name
        assert takes_markup(front) == [], name
        assert front.height() <= 768, name
        seen += 1
    assert seen > 30
    assert (person.window.width(), person.window.height()) == (1366, 768)


def test_a_language_a_third_longer_fits_and_no_word_escapes_it(screens, monkeypatch):
    longer = Longer()
    monkeypatch.setattr(i18n, "_catalogue", lambda language: longer)
    escaped, cut, labels = {}, {}, known_labels()
    for name, person in screens("en"):
        settle(person.window)
        front = person.dialog or person.window
        if found := clipped(front) + ([f"height {front.height()}"] if front.height() > 768 else []):
            cut[name] = found
        words = [rest_of(word, labels) for word in said(front) if "⟦" not in word]
        left = [word for word in words if not (PLAIN.fullmatch(word) or KEY.match(word) or LISTED.fullmatch(word))]
        if left:
            escaped[name] = left
    assert cut == {}
    assert escaped == {}


def rest_of(word, labels):
    """Return what is left of a word when the labels of the dated lists are taken out."""
    for label in labels:
        word = word.replace(label, "")
    return word


def known_labels():
    """Words of the dated lists come in two languages in their files, not through the catalogue; the longest first."""
    sets = [choices(name) for name in ("sex", "direction", "conveyance", "disposition", "risk_level", "appearance")]
    sets += [referral_choices(name) for name in ("urgency", "protection", "transport", "means", "answer")]
    sets += [
        monitoring_choices(name) for name in ("finding", "reckoned_from", "receiver", "ending", "method", "action")
    ]
    sets += [monitoring_choices("to"), actions(), questions(), contact_presets()]
    words = {one.en for coded in sets for one in coded.values()} | {one.en for one in phones(DAY)}
    words |= {disease.label("en") for disease in rule_set(DAY).diseases.values()}
    words |= {flag.label("en") for flag in rule_set(DAY).red_flags}
    words |= {word.partition(":")[0] for word in words}
    return sorted(words, key=len, reverse=True)
