"""How long a post was open, and in which district it lies: from what is on record, else empty with the reason."""

from collections import defaultdict
from datetime import UTC, date, datetime

import pytest

from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.place import MappedPlace
from bmis.flows.mobility.post_register import PostRegister, PostStatus
from bmis.flows.observed.coverage import ObservedPeriod
from bmis.flows.observed.slot import FmpDay, FmpHours
from bmis.flows.package.build import build
from bmis.flows.package.resource import Audience, Level
from bmis.kernel.identifiers import new_id

DAY, NOW = date(2026, 3, 13), datetime(2026, 3, 14, 8, tzinfo=UTC)
POST, OTHER = "MZ.L.RSG", "MZ.L.NAM"
HOURS = FmpHours(fmp=POST, valid_from=date(2026, 1, 1), opens=390, closes=1320)


class Counted:
    """Counts of a day with ten entries at each of these posts, all at eight."""

    def __init__(self, *posts):
        self.posts = posts

    def sums(self, cube, first, last, dimensions):
        of = {"day": DAY.isoformat(), "direction": "ENTRY", "hour": "08", "sex": "F", "age": "30-34"}
        found = defaultdict(int)
        for post in self.posts:
            found[tuple((of | {"post_code": post}).get(name, "") for name in dimensions)] += 10
        return found


def said(noun):
    return Standing(new_id(NOW), new_id(NOW), "supervisor", NOW, noun)


def known(*, hours=(), days=(), statuses=(), places=()):
    return ObservedPeriod(DAY, DAY, (), tuple(hours), tuple(days), tuple(places), PostRegister(statuses, ()))


def package(observed, *posts, level=Level.POST, audience=Audience.GOVERNMENT):
    counted = Counted(*(posts or (POST,)))
    return build(counted, DAY, DAY, audience, level, "pt", NOW, training=True, observed=observed)


def rows(made, name):
    table = made.resource(name)
    return [dict(zip(table.fields, row, strict=True)) for row in table.rows]


def open_of(*args, **more):
    (row,) = rows(package(*args, **more), "coverage")
    return row["hours_open"], row["hours_open_known"]


def status(code, *restrictions, since=date(2026, 3, 1)):
    return said(PostStatus(post=POST, status=code, since=since, restrictions=restrictions))


@pytest.mark.parametrize("level", Level)
def test_the_hours_on_record_are_told_of_one_post_also_by_province(level):
    assert open_of(known(hours=[HOURS]), level=level) == (15.5, "recorded")


@pytest.mark.parametrize(
    ("observed", "why"),
    [
        (None, "not_recorded"),
        (known(), "not_recorded"),
        (known(hours=[FmpHours(fmp=POST, valid_from=date(2026, 3, 14), opens=0, closes=60)]), "not_recorded"),
        (known(hours=[FmpHours(fmp=OTHER, valid_from=DAY, opens=0, closes=60)]), "not_recorded"),
        (known(hours=[HOURS], days=[FmpDay(fmp=POST, day=DAY, status="closed", reason="flood")]), "said_closed"),
        (known(hours=[HOURS], statuses=(status("closed"),)), "said_closed"),
        (known(hours=[HOURS], statuses=(status("partially_operational", "reduced_hours"),)), "reduced_hours"),
    ],
)
def test_what_is_not_on_record_is_empty_with_its_reason_and_never_nought(observed, why):
    assert open_of(observed) == (None, why)


def test_hours_said_since_the_restriction_are_those_of_the_restriction():
    shorter = FmpHours(fmp=POST, valid_from=date(2026, 3, 1), opens=480, closes=960)
    restricted = (status("partially_operational", "reduced_hours"),)
    assert open_of(known(hours=[HOURS, shorter], statuses=restricted)) == (8.0, "recorded")


def test_a_province_with_records_of_two_posts_has_no_hours_of_its_own():
    assert open_of(known(hours=[HOURS]), POST, OTHER, level=Level.ADM1) == (None, "several_posts")


def site(code, district, **more):
    said = {"type": "point_of_entry", "post_code": POST, "seen_on": date(2026, 1, 5)} | more
    return MappedPlace(code=code, name=code, adm2_pcode=district, **said)


@pytest.mark.parametrize(
    ("places", "district"),
    [
        ((), None),
        ((site("RSG", "MZ0507"),), "MZ0507"),
        ((site("RSG", "MZ0507"), site("RSG-2", "MZ0502")), None),  # they differ
        ((site("RSG", "MZ0101"),), None),  # not in the province of the post
        ((site("MERC", "MZ0507", type="market"),), None),  # a market beside the post is not the post
    ],
)
def test_the_district_of_a_post_is_what_the_register_of_sites_says_of_it(places, district):
    (row,) = rows(package(known(places=places)), "fmr")
    assert (row["fmp_adm1_pcode"], row["fmp_adm2_pcode"]) == ("MZ05", district)


def test_a_province_has_no_district():
    (row,) = rows(package(known(places=(site("RSG", "MZ0507"),)), level=Level.ADM1), "fmr")
    assert row["fmp_adm2_pcode"] is None
