"""The posts, areas and kinds that ship with the product."""

from collections import Counter
from datetime import date

import pytest

from bmis.posts import admin_area as areas
from bmis.posts import point_of_entry as points
from bmis.posts import post_kind
from bmis.posts.admin_area import DISTRICT, PROVINCE, admin_area, admin_areas, areas_version
from bmis.posts.errors import PostListError, UnknownAreaError, UnknownPostError
from bmis.posts.lists import toml
from bmis.posts.point_of_entry import (
    Confidence,
    PostKind,
    point_of_entry,
    points_of_entry,
    points_version,
)
from bmis.posts.post_kind import post_kind_rule


@pytest.fixture
def other_resources(monkeypatch, tmp_path):
    for folder in ("codes", "post_kinds"):
        (tmp_path / folder).mkdir()
    caches = (points._by_code, areas._by_pcode, post_kind._rules)
    monkeypatch.setenv("BMIS_RESOURCES", str(tmp_path))
    for cache in caches:
        cache.cache_clear()
    yield tmp_path
    for cache in caches:
        cache.cache_clear()


def test_every_post_of_the_list_is_there():
    kinds = Counter(post.kind for post in points_of_entry())
    assert kinds == {
        PostKind.LAND: 26,
        PostKind.AIR: 10,
        PostKind.SEA: 8,
        PostKind.RAIL: 5,
        PostKind.LAKE: 3,
        PostKind.RIVER: 2,
    }


def test_a_post_is_found_as_it_was_typed():
    post = point_of_entry(" mz.l.rsg ")
    assert post.name == "Ressano Garcia"
    assert post.neighbour_country == "ZAF"
    assert post.iso_3166_2 == "MZ-L"


def test_an_airport_has_no_neighbour_rather_than_an_empty_one():
    assert point_of_entry("MZ.MPM.MPM").neighbour_country is None


def test_an_estimated_position_is_shown_as_uncertain():
    goba = point_of_entry("MZ.L.GOB")
    assert goba.existence_confidence is Confidence.HIGH
    assert goba.position_confidence is Confidence.LOW
    assert goba.position_is_uncertain
    assert not goba.existence_is_uncertain


def test_a_post_without_coordinates_has_no_position_at_all():
    without = [post for post in points_of_entry() if post.position is None]
    assert len(without) == 10
    assert all(post.position_confidence is Confidence.NONE and post.position_is_uncertain for post in without)


def test_a_position_from_a_register_is_certain():
    assert not point_of_entry("MZ.MPM.MPM").position_is_uncertain


def test_every_position_lies_in_or_at_mozambique():
    for post in points_of_entry():
        if post.position is not None:
            assert -27 < post.position.latitude < -10, post.code
            assert 30 < post.position.longitude < 41, post.code


def test_an_unknown_post_is_said_to_be_unknown():
    with pytest.raises(UnknownPostError) as caught:
        point_of_entry("MZ.X.XXX")
    assert caught.value.facts == {"post": "MZ.X.XXX"}


def test_every_post_lies_in_a_province_of_the_p_codes():
    provinces = {area.iso_3166_2: area.name for area in admin_areas(PROVINCE)}
    for post in points_of_entry():
        assert post.province.removesuffix(" Província") == provinces[post.iso_3166_2], post.code


def test_lists_say_their_version_and_source():
    for version in (points_version(), areas_version()):
        assert version.version
        assert version.source
        assert isinstance(version.valid_from, date)


def test_districts_hang_on_provinces():
    assert len(admin_areas(PROVINCE)) == 11
    assert len(admin_areas(DISTRICT)) == 159
    assert {area.parent_pcode for area in admin_areas(DISTRICT)} == {area.pcode for area in admin_areas(PROVINCE)}
    assert admin_area("mz11").name == "Zambézia"
    assert "MZ1101" in {area.pcode for area in admin_areas(DISTRICT, "MZ11")}


def test_water_and_islands_that_nobody_is_from_cannot_be_chosen():
    assert {area.pcode for area in admin_areas() if not area.selectable} == {"MZ0804", "MZ0805", "MZ0807"}


def test_an_unknown_area_is_said_to_be_unknown():
    with pytest.raises(UnknownAreaError):
        admin_area("MZ99")


@pytest.mark.parametrize("kind", PostKind)
def test_every_kind_of_post_has_rules_with_a_source(kind):
    known = {code["code"] for code in toml("codes", "travel_modes.toml")["code"]}
    rule = post_kind_rule(kind, date(2026, 11, 22))
    assert rule.kind is kind
    assert rule.default_travel_mode in rule.travel_modes
    assert set(rule.travel_modes) <= known
    assert rule.source
    assert rule.check_timeout_s > 0
    assert rule.repeat_document_window_s > 0


def test_the_rule_of_a_day_is_the_last_that_began(other_resources):
    rule = """
[[rules]]
valid_from = {day}
source = "a test"
default_travel_mode = "road"
travel_modes = ["road"]
check_timeout_s = {wait}
repeat_document_window_s = 60
undo_window_s = 60
backfill_second_person_after_s = 60
"""
    both = rule.format(day="2027-01-01", wait=9) + rule.format(day="2026-01-01", wait=3)
    (other_resources / "post_kinds" / "land.toml").write_text(f'kind = "land"\n{both}')
    waits = [post_kind_rule(PostKind.LAND, date(year, 6, 1)).check_timeout_s for year in (2025, 2026, 2027)]
    assert waits == [3, 3, 9]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"code,name\nMZ.L.RSG,Ressano\n", b'code\n"unclosed'])
def test_a_damaged_list_is_one_clear_error(other_resources, content):
    if content:
        for name in ("points_of_entry.csv", "moz_admin.csv"):
            (other_resources / "codes" / name).write_bytes(content)
        (other_resources / "post_kinds" / "land.toml").write_bytes(content)
    with pytest.raises(PostListError):
        points_of_entry()
    with pytest.raises(PostListError):
        admin_areas()
    with pytest.raises(PostListError):
        post_kind_rule(PostKind.LAND, date(2026, 11, 22))
