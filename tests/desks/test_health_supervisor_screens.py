"""No word of the health supervisor's desk is cut off, every field has a name, Tab comes round everywhere."""

from datetime import timedelta
from uuid import uuid4

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from health_post_robot import DAY, NOW, TAB, Doctor, Post
from PySide6.QtCore import Qt

from poe_health.events.signal import Signal
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.voyages.people import PersonAboard
from poe_health.voyages.sheet import VoyageSheet
from ui.desktop.shell.help import help_topics


@pytest.fixture
def post(qtbot, training_home, tray):
    """A post with something on every page, and somebody at its desk."""
    with Doctor(training_home) as doctor:
        doctor.screens(2)
        doctor.screens(1, temperature=38.9)
        doctor.day.report(uuid4(), Signal("MEDIA_RUMOUR", "COMMUNITY", NOW - timedelta(hours=2), "Mercado"), doctor.by)
        sheet = VoyageSheet("SHIP", "MV UTOPIA", DAY, "DURBAN", "MAPUTO", imo="9074729")
        kept = doctor.voyages.record(uuid4(), sheet, None, doctor.by)
        doctor.voyages.list_people(kept.id, uuid4(), [PersonAboard(PatientIdentity(surname="UTOPIANO"))], doctor.by)
    at_work = []

    def sign_in(role="health-supervisor", **more):
        at_work.append(Post(qtbot, training_home, role, **more))
        return at_work[-1]

    yield sign_in
    for person in at_work:
        person.ends()


def pages(person):
    """Go to every page by Alt and Ctrl with their digits."""
    for code, section in person.desk._sections.items():
        for at, page in enumerate(section.pages, 1):
            person.goes(code, at)
            yield f"{code} {at}", page


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off_and_every_form_fits_the_smallest_screen(post, language):
    person = post(language=language)
    seen, cut = 0, {}
    for name, page in pages(person):
        settle(person.window)
        if found := clipped(person.window) + unnamed(person.window) + takes_markup(person.window):
            cut[name] = found
        for act, button in page.buttons.items():
            if not button.isEnabled() or not button.text().endswith("…"):
                continue
            button.click()
            front = person.dialog
            if front is None:
                continue
            settle(front, front.size())
            if found := clipped(front) + unnamed(front) + ([f"{front.height()} high"] if front.height() > 768 else []):
                cut[f"{name} {act}"] = found
            front.close()
            seen += 1
    assert cut == {}, cut
    assert seen > 25
    assert (person.window.width(), person.window.height()) == (1366, 768)


def test_tab_comes_round_on_every_page_and_passes_every_button(post):
    person = post()
    for name, page in pages(person):
        waits = {button for button in page.buttons.values() if button.isEnabled()}
        for _step in range(2 * len(page.buttons) + 12):
            waits.discard(person.focus())
            person.presses(TAB)
        assert waits == set(), name


def test_a_locked_screen_shows_nobody_and_every_page_has_its_help(post):
    person = post()
    topics = {language: help_topics(language) for language in ("pt", "en")}
    for _name, page in pages(person):
        assert all(f"health_post.{page.topic}" in known for known in topics.values()), page.topic
    person.goes("voyages", 4)
    assert "UTOPIANO" in str([line.cells for line in person.page.list.lines()])
    person.presses(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert person.desk.section("voyages").pages[3].list.lines() == ()
