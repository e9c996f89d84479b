"""A check character read off paper: O and 0, I and 1 are not told apart by eye; everything else is."""

import pytest

from bmis.kernel.paper_number import check_character, checked, typed_number

BODIES = [f"NP-ZOB1-3F9A-{serial:05}" for serial in range(5000)]


def with_check(character):
    return next(body for body in BODIES if check_character(body) == character)


@pytest.mark.parametrize(("printed", "typed"), [("O", "0"), ("0", "O"), ("I", "1"), ("1", "I"), ("O", "o"), ("I", "i")])
def test_what_looks_alike_in_the_last_place_is_taken(printed, typed):
    body = with_check(printed)
    assert typed_number(f"{body}-{typed}") == checked(body) == f"{body}-{printed}"


@pytest.mark.parametrize("printed", ["O", "0", "I", "1", "K"])
def test_every_other_character_is_a_misreading(printed):
    body = with_check(printed)
    alike = {"O": "O0", "0": "O0", "I": "I1", "1": "I1"}.get(printed, printed)
    taken = {other for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if typed_number(f"{body}-{other}")}
    assert taken == set(alike)


def test_in_every_other_place_they_are_told_apart():
    body = with_check("K")
    for wrong in (body.replace("0", "O", 1), body.replace("1", "I", 1)):
        assert wrong != body
        assert typed_number(f"{wrong}-K") is None
