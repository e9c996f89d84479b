"""Names on the map: none on another, none over the frame or the legend, and every one that has room is there."""

from datetime import date

import pytest

from bmis.flows.draw_map import drawn_map
from bmis.flows.journeys import Journey, Journeys, province_of_post
from bmis.flows.tell_journeys import ToldJourneys
from bmis.paper.map_layout import AREA, POST, Box, View, lay_out
from bmis.paper.map_sheet import KeyRow, MapArea, MapArrow, MapPoint, MapSheet, arrow_width, classes_of, grouped
from bmis.posts.point_of_entry import points_of_entry

DAY = date(2026, 11, 12)
SIZES = ((378.0, 510.0), (600.0, 520.0), (420.0, 340.0))


def measure(words, kind):
    return len(words) * 5.0, 9.0


@pytest.fixture(scope="module")
def sheet():
    """Everything that crosses at every post of the list, to every neighbour and back."""
    counts, places, posts = {}, {}, {}
    for at, post in enumerate(points_of_entry()):
        here = province_of_post(post.code)
        for state in ("ZAF", "SWZ", "ZWE", "MWI", "ZMB", "TZA"):
            counts[Journey(DAY, "entry", here, state, here)] = n = 10 + at * 7
            counts[Journey(DAY, "exit", here, here, state)] = n + 1
            places[here] = places.get(here, 0) + 2 * n + 1
        posts[post.code] = 100 + at
    journeys = Journeys(DAY, DAY, 1, counts, places, posts)
    return drawn_map(ToldJourneys(journeys, None), (), "pt").sheet


def boxes(layout):
    return [one.box for one in layout.labels]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("zoom", [1.0, 5.0])
def test_no_name_lies_on_another_or_leaves_the_frame_or_covers_the_legend(sheet, size, zoom):
    legend = Box(size[0] - 120, size[1] - 100, size[0] - 5, size[1] - 5)
    view = View.of(sheet.window, *size).nearer(zoom).moved(0, 120 * (zoom - 1))
    layout = lay_out(sheet, view, measure, (legend,))
    found = boxes(layout)
    assert len(found) > 5
    for at, box in enumerate(found):
        assert 0 <= box.left < box.right <= size[0]
        assert 0 <= box.top < box.bottom <= size[1]
        assert not box.meets(legend)
        assert not any(box.meets(other) for other in found[at + 1 :])


def test_provinces_and_neighbours_around_maputo_all_have_their_name(sheet):
    layout = lay_out(sheet, View.of(sheet.window, 378, 510), measure)
    named = {one.words.partition(":")[0] for one in layout.labels if one.kind == AREA}
    assert {"Maputo", "Cidade de Maputo", "Gaza", "Eswatini", "África do Sul", "Tete", "Manica"} <= named
    assert "República Democrática do Congo" in named


def test_nearer_more_posts_have_room_for_their_name(sheet):
    whole = View.of(sheet.window, 600, 520)
    maputo = next(one for one in sheet.areas if one.label.startswith("Maputo"))
    near = whole.nearer(8.0)
    x, y = near.place(maputo.label_at)
    near = near.moved(x - 300, y - 260)
    posts = {one.words for one in lay_out(sheet, near, measure).labels if one.kind == POST}
    assert "Ressano Garcia" in posts
    assert lay_out(sheet, near, measure).unnamed <= lay_out(sheet, whole, measure).unnamed


def square(west, south, side):
    return ((west, south), (west + side, south), (west + side, south + side), (west, south + side))


def simple(*areas, arrows=(), points=()):
    return MapSheet("t", "p", (0.0, 0.0, 10.0, 10.0), areas, arrows, points, (KeyRow("plain", "w"),), ())


def test_a_name_whose_middle_is_outside_the_frame_stands_in_the_part_that_is_seen():
    half_out = MapArea((square(-6, 2, 8),), "Republica", (-4.0, 6.0))
    (label,) = lay_out(simple(half_out), View.of((0, 0, 10, 10), 400, 400), measure).labels
    assert label.box.left >= 0
    assert label.leads_to is None


def test_a_name_keeps_off_an_arrow_where_there_is_room_beside_it():
    area, arrow = MapArea((square(1, 1, 8),), "Manica", (5.0, 5.0)), MapArrow((0.0, 5.0), (10.0, 5.0), 50)
    layout = lay_out(simple(area, arrows=(arrow,)), View.of((0, 0, 10, 10), 400, 400), measure)
    name = next(one for one in layout.labels if one.kind == AREA)
    ways = [layout.curves[0].at(step / 100) for step in range(101)]
    assert not any(name.box.left < x < name.box.right and name.box.top < y < name.box.bottom for x, y in ways)


def test_a_name_without_room_beside_its_place_has_a_line_to_it_and_one_without_any_is_counted():
    crowd = tuple(MapPoint((5.0, 5.0), f"Posto {number}", 0.1) for number in range(12))
    layout = lay_out(simple(points=crowd), View.of((0, 0, 10, 10), 300, 300), measure)
    assert any(one.leads_to is not None for one in layout.labels)
    tight = lay_out(simple(points=crowd), View.of((0, 0, 10, 10), 60, 30), measure)
    assert tight.unnamed + len(tight.labels) == 12
    assert tight.unnamed > 0


def test_going_near_and_back_and_moving_shows_the_same_again():
    view = View.of((22.5, -31.0, 43.5, -4.0), 500, 400)
    middle = (33.0, -17.5)
    assert view.place(middle) == pytest.approx((250, 200), abs=2)
    assert view.nearer(4).place(middle) == pytest.approx((250, 200), abs=8)
    again = view.nearer(4).moved(30, -20).moved(-30, 20).nearer(0.25)
    assert again.place((40.0, -10.0)) == pytest.approx(view.place((40.0, -10.0)))


def test_classes_are_round_numbers_and_never_more_than_there_is():
    assert classes_of((53_058, 33_198, 14_914)) == (2000, 10_000, 20_000)
    assert classes_of((3,)) == ()
    assert classes_of(()) == ()
    assert arrow_width(100, 100) == 9.0 > arrow_width(25, 100) > arrow_width(1, 100)
    assert grouped(1234567) == "1 234 567"
