"""F1 answers at every field of the desks behind the lane, in both languages, also in the forms over them."""

import re
from pathlib import Path

import pytest
from office_robot import ENTER
from PySide6.QtCore import Qt

from bmis.posts.post_setting import SettingName
from ui.desktop.shell.help import help_topics

DESKS = Path(__file__).resolve().parents[2] / "ui" / "desktop"
FOLDERS = (
    "account",
    "admin",
    "audit",
    "backfill",
    "health_primary",
    "health_secondary",
    "observation",
    "passes",
    "registers",
    "secondary",
    "supervisor",
)
SHARED = ("widgets/asking.py", "widgets/refusal.py", "widgets/saving.py", "shell/sections.py")
NAMED = re.compile(r'(?:setObjectName\(|topic(?:: str)? ?= ?|TOPICS\.get\(field\.name, )"([a-z_.]+)"')


def topics_of_the_desks():
    files = [path for folder in FOLDERS for path in (DESKS / folder).glob("*.py")]
    found = {name for path in [*files, *(DESKS / one for one in SHARED)] for name in NAMED.findall(path.read_text())}
    return found | {f"supervisor.{name.value}" for name in SettingName} | {"secondary.stay", "secondary.journey"}


@pytest.mark.parametrize("language", ["pt", "en"])
def test_every_field_has_its_help(language):
    topics = topics_of_the_desks()

    assert len(topics) > 30
    assert topics - set(help_topics(language)) == set()


def test_both_languages_help_with_the_same(office):
    assert set(help_topics("pt")) == set(help_topics("en"))


def test_f1_in_a_form_over_the_desk_says_what_the_field_wants(office):
    person = office("officer")
    person.at("account")
    person.presses(ENTER).presses(Qt.Key.Key_F1)
    assert "ninguém a pode ler" in person.dialog.help.text()
    assert not person.dialog.help.isHidden()

    person.presses(Qt.Key.Key_F1)
    assert person.dialog.help.isHidden()


def test_f1_at_the_desk_says_what_the_list_is_for(office):
    person = office("admin").goes_to(1).presses(Qt.Key.Key_F1)

    assert "Terminar acesso" in person.frame.help.text()
