"""Two homes that count the same people never both tell of them: side by side their numbers would be subtracted."""

import json
import shutil

import numpy as np
import pytest

from bmis.kernel.small_cells import safe_tables
from tests.journeys.test_cli_flows import DEMO, FIRST, LAST, WHY, determined, plain_query

EARLIER = ("2026-11-12", "2026-11-15")
LATER = ("2026-11-16", LAST)


@pytest.fixture
def post(terminal):
    terminal.is_user("admin").types(*DEMO)
    return terminal.is_user("supervisor")


def export(desk, folder, first, last, *more):
    words = ("flows", "export", "--from", first, "--to", last, "--out", folder, *WHY, *more, "--json")
    return desk.types(*words)


def at(desk, home):
    desk.sets(BMIS_HOME=str(home))
    return desk


def test_a_sum_beside_its_parts_gives_hidden_numbers_away():
    """Why the rule is there: equations of two posts that publish, and of a country that publishes their sum."""
    states, posts = ("MOZ", "ZAF", "ZWE"), ({"MOZ": 40, "ZAF": 4, "ZWE": 3}, {"MOZ": 10, "ZAF": 30, "ZWE": 20})
    country = {state: sum(post[state] for post in posts) for state in states}
    unknown = [(at, state) for at, _post in enumerate(posts) for state in states]

    def equations(*tables):
        rows = []
        for members, counts in tables:
            (shown,) = safe_tables({"": counts}).values()
            told = [[state] for state, n in shown.parts.items() if n is not None]
            rows += [[float(who in members and state in part) for who, state in unknown] for part in (*told, states)]
        known = np.array(rows)
        hidden = [
            at for at, (who, state) in enumerate(unknown) if safe_tables({"": posts[who]})[""].parts[state] is None
        ]
        shown_units = [at for at in range(len(unknown)) if at not in hidden]
        units = np.eye(len(unknown))[shown_units]
        return np.vstack([known, units])[:, hidden]

    apart = (({0}, posts[0]), ({1}, posts[1]))
    assert not determined(equations(*apart)), "each post's own release tells none of its small numbers"
    assert determined(equations(*apart, ({0, 1}, country))), "with the sum both are told"


def test_days_that_another_home_told_are_not_told_of_the_same_people_again(post, tmp_path):
    here, centre = post.home, tmp_path / "centre"
    shutil.copytree(here, centre)  # a home that counts this desk's crossings too
    assert export(post, tmp_path / "a", *EARLIER).code == 0
    file = tmp_path / "told.jsonl"
    written = post.types("flows", "releases", "write", "--out", file, "--json", schema="flows-releases").json
    assert written["written"] == 1
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert set(lines[0]) >= {"desks", "first", "last", "sha256"}
    assert "cut" not in lines[0], "which numbers are small is told to nobody"

    at(post, centre)
    taken = post.types("flows", "releases", "take", file, "--json", schema="flows-releases").json
    assert (taken["new"], taken["known"], taken["late"]) == (1, 0, 0)
    assert taken["sha256"] == written["sha256"], "two people compare this by telephone"
    again = post.types("flows", "releases", "take", file, "--json", schema="flows-releases").json
    assert (again["new"], again["known"]) == (0, 1)
    for more in ((), ("--audience", "public"), ("--level", "post")):
        refused = export(post, tmp_path / "b", *EARLIER, *more)
        assert (refused.code, refused.error) == (3, "BMIS-832")
    assert export(post, tmp_path / "b", FIRST, LAST).error == "BMIS-832", "nor within a longer period"
    drawn = ("--from", EARLIER[0], "--to", EARLIER[1], *WHY, "--json")
    assert post.types("flows", "map", "--out", tmp_path / "m.pdf", *drawn).error == "BMIS-832"
    assert post.types("flows", "matrix", "--out", tmp_path / "m.csv", *drawn).error == "BMIS-832"
    assert not list(tmp_path.glob("m.*"))
    assert export(post, tmp_path / "c", *LATER, "--level", "post").code == 0, "days that nobody told are free"
    assert plain_query(centre, "SELECT count(*) FROM flow_release") == [(2,)]
    assert post.types("db", "verify", "--json").code == 0

    back = tmp_path / "back.jsonl"
    assert post.types("flows", "releases", "write", "--out", back, "--json").json["written"] == 1, "only its own"
    at(post, here)
    assert post.types("flows", "releases", "take", back, "--json").json["new"] == 1
    assert export(post, tmp_path / "d", *LATER).error == "BMIS-832"


def test_what_was_told_twice_before_the_files_were_exchanged_is_said(post, tmp_path):
    centre = tmp_path / "centre"
    shutil.copytree(post.home, centre)
    export(post, tmp_path / "a", *EARLIER)
    post.types("flows", "releases", "write", "--out", tmp_path / "told.jsonl", "--json")
    at(post, centre)
    export(post, tmp_path / "b", FIRST, LAST)
    assert post.types("flows", "releases", "take", tmp_path / "told.jsonl", "--json").json["late"] == 1


def test_a_line_that_was_changed_on_the_way_is_refused_whole(post, tmp_path):
    file = tmp_path / "told.jsonl"
    export(post, tmp_path / "a", *EARLIER)
    export(post, tmp_path / "b", *LATER)
    post.types("flows", "releases", "write", "--out", file, "--json")
    shutil.copytree(post.home, tmp_path / "centre")
    at(post, tmp_path / "centre")
    file.write_text(file.read_text().replace(LATER[1], "2026-11-20"))
    assert post.types("flows", "releases", "take", file, "--json").error == "BMIS-831"
    assert plain_query(tmp_path / "centre", "SELECT count(*) FROM flow_release") == [(2,)]
    for rubbish in ("", "{}", "[1]", '{"release": "x"}', "\x00"):
        file.write_text(rubbish)
        assert post.types("flows", "releases", "take", file, "--json").code in (2, 3)
    assert post.is_user("officer").types("flows", "releases", "write", "--out", tmp_path / "o", "--json").code == 3


def test_desks_that_share_nobody_do_not_bind_each_other(post, tmp_path):
    file = tmp_path / "told.jsonl"
    export(post, tmp_path / "a", *EARLIER)
    post.types("flows", "releases", "write", "--out", file, "--json")
    other = tmp_path / "other"
    post.is_user("admin").types("init", "--post", "MZ.L.RSG", "--lane", "9", "--training", "--home", other, "--json")
    at(post, other)
    post.types(*DEMO)
    post.is_user("supervisor")
    assert post.types("flows", "releases", "take", file, "--json").json["new"] == 1
    assert export(post, tmp_path / "b", *EARLIER, "--level", "post").code == 0
