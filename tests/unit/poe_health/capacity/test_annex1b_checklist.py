"""The bundled checklist is the whole list, and says what it is."""

from collections import Counter

from poe_health.capacity.checklist import checklist


def test_no_item_of_the_list_was_lost():
    blocks = checklist().blocks

    assert [(block.code, len(block.items)) for block in blocks] == [("C", 12), ("R", 18), ("E", 14)]
    basis = Counter(item.basis for block in blocks for item in block.items)
    assert basis == {"text": 37, "practice": 7}
    assert [one.code for one in checklist().indicators] == ["N1", "N2", "N3", "N4", "N5"]
    assert len(checklist().header) == 8


def test_each_type_of_post_is_asked_its_own_items():
    asked = {kind: {item.code for item in checklist().items_of(kind)} for kind in checklist().poe_types}

    assert {kind: len(codes) for kind, codes in asked.items()} == {"AIRPORT": 41, "PORT": 42, "GROUND": 41}
    assert asked["GROUND"] - asked["AIRPORT"] == {"C07"}
    assert asked["PORT"] - asked["GROUND"] == {"C12", "R1c2"}
    assert asked["AIRPORT"] - asked["PORT"] == {"R1d3"}


def test_every_item_has_both_languages_and_its_provision():
    for block in checklist().blocks:
        for item in block.items:
            assert item.en != item.pt
            assert item.ref
            assert item.code[0] == block.code


def test_answers_without_a_value_are_not_zero():
    values = {code: one.value for code, one in checklist().answers.items()}

    assert values == {"FULL": 2, "PART": 1, "NONE": 0, "NA": None, "NOT_SEEN": None}


def test_the_list_says_its_source_and_that_it_is_a_draft():
    assert "Annex 1 Part B" in checklist().source
    assert "draft" in checklist().status
    assert checklist().version.valid_from.year == 2026
