"""Affected areas from port health to the flow map: the approved list only, codes and dates, nothing of anybody."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest

from poe_health.outbreaks.outbreak import ListedArea
from poe_health.outbreaks.run_outbreak_mode import APPROVE_LIST
from poe_health.screening.journey import AffectedArea
from ui import compose, compose_health

DEMO = ("demo", "data", "--days", "4", "--travellers-per-day", "40", "--seed", "9", "--now", "2026-11-22T08:00:00")
SOURCE = "Boletim sintetico 44"
SINCE = date(2026, 11, 1)
LISTED = (
    AffectedArea("EVD", "COD", "Ituri", SINCE),
    AffectedArea("CHOLERA", "MOZ", "MZ01", SINCE, date(2026, 11, 18)),
    AffectedArea("MPOX", "MOZ", "algures no norte", SINCE),
    AffectedArea("MEASLES", "ZAF", None, SINCE),
    AffectedArea("PLAGUE", "MDG", None, SINCE),
    AffectedArea("MARBURG", "TZA", None, None),
)


@pytest.fixture
def health(terminal):
    return terminal.is_user("health-supervisor")


@pytest.fixture
def approves(health):
    """Two people of health put a list in force."""

    def approve(*areas, starts=timedelta()):
        with compose.open_home(health.home).sign_in("health-supervisor", "treino") as session:
            desk, subject = compose_health.health_desk(session), uuid4()
            signed = desk.second.immediate(APPROVE_LIST, subject, "epidemiologist", "treino", session.actor)
            listed = [ListedArea(one, SOURCE) for one in areas]
            desk.approve_lists.areas(subject, listed, desk.today() + starts, "boletim novo", session.actor, signed)

    return approve


def gives(health, out, **more):
    return health.types("health", "affected", "--out", out, "--json", **more)


def test_the_approved_list_goes_to_the_map_as_codes_and_dates(health, approves, tmp_path):
    approves(*LISTED)
    out = tmp_path / "areas.json"

    answer = gives(health, out, schema="health-affected")

    assert answer.code == 0, answer.err
    written = json.loads(out.read_text())
    assert written == answer.json["areas"] == [
        {"area": "COD", "disease": "ebola", "from": "2026-11-01", "to": None, "part": True},
        {"area": "MZ01", "disease": "cholera", "from": "2026-11-01", "to": "2026-11-18", "part": False},
        {"area": "MOZ", "disease": "mpox", "from": "2026-11-01", "to": None, "part": True},
        {"area": "ZAF", "disease": "measles", "from": "2026-11-01", "to": None, "part": False},
    ]  # fmt: skip
    assert answer.json["left_out"] == [
        {"country": "MDG", "disease": "PLAGUE", "why": "disease"},
        {"country": "TZA", "disease": "MARBURG", "why": "first_day"},
    ]
    assert out.stat().st_mode & 0o077 == 0
    for word in (SOURCE, "Ituri", "algures", "boletim novo", "health-supervisor", "epidemiologist"):
        assert word not in out.read_text()
    assert "Ficou de fora: PLAGUE, MDG" in health.types("health", "affected", "--out", tmp_path / "b.json").out


def test_the_border_draws_what_health_gave(health, approves, tmp_path):
    health.is_user("admin").types(*DEMO)
    health.is_user("health-supervisor")
    approves(*LISTED)
    out = tmp_path / "areas.json"
    assert gives(health, out).code == 0

    drawn = health.is_user("supervisor").types(
        "flows", "map", "--from", "2026-11-18", "--to", "2026-11-21", "--audience", "internal", "--affected", out,
        "--out", tmp_path / "map.pdf", "--json", schema="flows-map",
    )  # fmt: skip

    assert drawn.code == 0, drawn.err
    told = {one["area"]: one for one in drawn.json["affected"]}
    assert set(told) == {"COD", "MZ01", "MOZ", "ZAF"}
    assert told["ZAF"]["movements"]["to"] > 0
    assert told["MOZ"]["movements"]["not_known"] == drawn.json["total"], "somewhere in the country is everywhere"


def test_no_list_is_unknown_and_an_empty_one_says_none(health, approves, tmp_path):
    out = tmp_path / "areas.json"
    answer = gives(health, out)
    assert (answer.code, answer.error) == (3, "BMIS-710")
    approves(*LISTED, starts=timedelta(days=400))
    assert gives(health, out).error == "BMIS-710", "a list of tomorrow does not hold today"
    assert not out.exists()

    approves()

    assert gives(health, out, schema="health-affected").json["areas"] == []
    assert json.loads(out.read_text()) == []
    drawn = health.is_user("supervisor").types(
        "flows", "map", "--audience", "internal", "--affected", out, "--out", tmp_path / "m.pdf", "--json"
    )
    assert (drawn.code, drawn.json["affected"]) == (0, [])


def test_only_who_decides_on_the_lists_gives_them(terminal, approves, tmp_path):
    approves(*LISTED)
    for user in ("clinician", "supervisor"):
        answer = gives(terminal.is_user(user), tmp_path / "areas.json")
        assert answer.code == 3
        assert not (tmp_path / "areas.json").exists()


def test_a_file_that_is_there_is_never_written_over(health, approves, tmp_path):
    approves(*LISTED)
    out = tmp_path / "areas.json"
    out.write_text("mine")

    assert gives(health, out).code != 0
    assert out.read_text() == "mine"
