"""F1 answers at every field of the lane in both languages: no field falls back to the list of keys."""

import re
from pathlib import Path

import pytest

from bmis.kernel.i18n import speaking
from ui.desktop.lane.answers import QUESTIONS
from ui.desktop.lane.draft import TYPED_FIELDS
from ui.desktop.shell.help import help_for, help_topics

LANE = Path(__file__).resolve().parents[2] / "ui" / "desktop" / "lane"
NAMED = re.compile(r'setObjectName\("(lane\.[a-z_.]+)"\)')
NO_FOCUS = {"lane.name", "lane.last", "lane.verdict", "lane.search"}  # shown, not entered


def fields_of_the_lane():
    said = {name for path in LANE.glob("*.py") for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    asked = {f"lane.{one.name.partition('.')[2]}" for one in QUESTIONS}
    typed = {f"lane.{part}.{name}" for part in ("document", "unknown") for name in TYPED_FIELDS}
    amended = {f"lane.amend.{name}" for name in ("field", "value", "reason")}
    seen = {f"lane.viz_{name}" for name in ("surname", "given_names")}
    return (said - NO_FOCUS) | asked | typed | amended | seen


@pytest.mark.parametrize("language", ["pt", "en"])
def test_every_field_of_the_lane_has_its_help(language):
    fields = fields_of_the_lane()
    assert len(fields) > 50
    with speaking(language):
        of_keys = help_for("keys")
        assert {name for name in fields if help_for(name) == of_keys} == set()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_a_field_without_its_own_topic_gets_that_of_the_fields_like_it(language):
    with speaking(language):
        assert help_for("lane.unknown.sex") == help_topics(language)["lane.unknown"]
        assert help_for("nothing.of.the.kind") == help_for("keys") == help_for(None)
