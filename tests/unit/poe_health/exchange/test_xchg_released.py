"""Public files of overlapping days: none is given that shows, by subtraction, what another one hides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bmis.kernel.clock import fixed_clock
from poe_health.exchange.errors import PublicDifferenceError
from poe_health.exchange.export_health import ExportHealth, ExportRequest
from poe_health.exchange.package import Level
from poe_health.exchange.source import KnownFacts
from poe_health.surveillance.screened import ScreenedFact
from tests.unit.poe_health.exchange.xchg_facts import MAN, NOW, POST, SUPERVISOR, WOMAN, Kept, submitted

MONDAY = date(2026, 11, 16)


def days_of(*women, men=40):
    """Return a submitted day for each number of women, from the Monday on."""
    return tuple(
        submitted(MONDAY + timedelta(days=n), [ScreenedFact(WOMAN, "PASS")] * count + [ScreenedFact(MAN, "PASS")] * men)
        for n, count in enumerate(women)
    )


@pytest.fixture
def gives(tmp_path):
    log = Kept()

    def give(tallies, first, last, level=Level.PUBLIC, receiver="csv"):
        exports = ExportHealth(KnownFacts(all_tallies=tallies), log, fixed_clock(NOW), POST, training=False)
        begins, ends = MONDAY + timedelta(days=first), MONDAY + timedelta(days=last)
        asked = ExportRequest(receiver, begins, ends, "boletim", "Jornal Espécime", level)
        return exports.write(asked, SUPERVISOR, tmp_path / f"{len(log.events)}.out")

    return give


def test_a_day_more_would_show_the_three_women_of_that_day(gives):
    tallies = days_of(20, 30, 3)
    gives(tallies, 0, 1)

    with pytest.raises(PublicDifferenceError) as refused:
        gives(tallies, 0, 2)
    assert refused.value.facts == {"first": "16/11/2026", "last": "17/11/2026"}


def test_a_day_less_shows_them_too_and_so_does_the_other_receiver(gives):
    tallies = days_of(20, 30, 3)
    gives(tallies, 0, 2)

    for receiver in ("csv", "fhir"):
        with pytest.raises(PublicDifferenceError):
            gives(tallies, 0, 1, receiver=receiver)


def test_days_that_together_make_up_the_new_file_but_one_show_that_one(gives):
    tallies = days_of(20, 30, 3)
    gives(tallies, 0, 0)
    gives(tallies, 1, 1)

    with pytest.raises(PublicDifferenceError):
        gives(tallies, 0, 2)


def test_numbers_that_are_large_everywhere_are_given_as_often_as_one_likes(gives):
    tallies = days_of(20, 30, 25, 9)

    for first, last in ((0, 1), (0, 2), (1, 3), (2, 2), (0, 3)):
        gives(tallies, first, last)


def test_the_same_days_again_other_days_and_counts_for_health_services_are_not_bound(gives):
    tallies = days_of(20, 30, 3)
    gives(tallies, 0, 1)

    gives(tallies, 0, 1)
    gives(tallies, 2, 2)
    gives(tallies, 0, 2, Level.AGGREGATE)


def test_a_stretch_that_both_files_hide_cannot_be_subtracted(gives):
    tallies = tuple(replace(one, revision=1) for one in days_of(0, 0, 3, men=0))
    gives(tallies, 0, 1)

    gives(tallies, 0, 2)  # three people in all: no number of theirs is in either file
