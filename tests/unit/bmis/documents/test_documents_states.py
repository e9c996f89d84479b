"""Codes of States and persons: ICAO Doc 9303-3 (8th ed.) section 5."""

import csv

import pytest

from bmis.documents.states import iso3, state, states
from bmis.kernel.resources import resource


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("MOZ", "MOZ"),
        ("D<<", "DEU"),
        ("D", "DEU"),
        *((code, "GBR") for code in ("GBD", "GBN", "GBO", "GBP", "GBS")),
        ("ZAR", "COD"),
        ("RKS", "XKX"),
        ("XXB", None),
        ("UNO", None),
        ("UTO", None),
        ("QQQ", None),
        (None, None),
    ],
)
def test_a_printed_code_becomes_the_code_of_statistics(printed, expected):
    assert iso3(printed) == expected


def test_a_refugee_code_is_a_nationality_and_never_an_issuer():
    for code in ("XXA", "XXB", "XXC", "XXX"):
        found = state(code)
        assert found is not None
        assert found.may_be_nationality
        assert not found.may_issue


def test_utopia_is_for_specimens_and_old_codes_are_known_as_old():
    assert states()["UTO"].specimen_only
    assert states()["ZAR"].legacy
    assert states()["ROM"].iso3 == "ROU"
    assert not states()["MOZ"].legacy
    assert states()["MOZ"].name("pt") == "Moçambique"
    assert states()["MOZ"].name("en") == "Mozambique"


def test_every_code_that_is_no_iso_code_says_where_it_may_stand():
    with resource("codes", "state_roles.csv").open(encoding="utf-8", newline="") as file:
        explained = {row["code"] for row in csv.DictReader(file)}
    assert {found.code for found in states().values() if found.kind != "iso3166-1"} <= explained
    assert all(found.name_pt and found.name_en for found in states().values())
