"""Schemes are dated data with a source: the pilot as it was announced, drafts that nobody uses by mistake."""

from datetime import date, timedelta

import pytest

from bmis.kernel.resources import resource
from bmis.passes import schemes as room
from bmis.passes.errors import SchemeFileError, SchemeUnknownError
from bmis.passes.goods import common_list
from bmis.passes.schemes import Medium, SchemeKind, scheme, schemes
from bmis.posts.admin_area import admin_area
from bmis.posts.point_of_entry import point_of_entry

DAY = date(2026, 11, 22)


def test_the_pilot_is_what_was_announced():
    pilot = scheme("MZ-MW", DAY)

    assert [(one.ours, one.theirs) for one in pilot.posts] == [
        ("MZ.T.CAL", "Dedza"),
        ("MZ.T.ZOB", "Mwanza"),
        ("MZ.Q.MEL", "Muloza"),
        ("MZ.T.VNF", "Marka"),
    ]
    assert pilot.zone_km == 20
    assert str(pilot.goods.ceiling) == "1000.00 USD"
    assert common_list(pilot.goods.list_file).agreed == 47
    assert {"validity_days", "max_stay_days", "fee"} <= pilot.to_be_confirmed
    assert pilot.gives_out


def test_every_scheme_has_a_source_and_codes_that_exist():
    found = schemes(DAY)

    assert [one.code for one in found] == ["MZ-MW", "MW-MZ", "MZ-PAPER", "TZ-MZ", "ZM-MZ", "ZW-MZ", "SZ-MZ"]
    for one in found:
        assert len(one.source) > 30
        assert one.seal.isalnum()
        assert len(one.seal) <= 9
        assert all(point_of_entry(code) for code in one.post_codes)
        assert all(admin_area(code).level == 2 for code in one.districts)
        assert all(len(each.seal) <= 6 for each in one.purposes)
        assert one.name.pt != one.name.en
    assert len({one.seal for one in found}) == len(found)
    names = [name for one in found for name in (one.code, *one.also)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("code", ["TZ-MZ", "ZM-MZ", "ZW-MZ", "SZ-MZ"])
def test_a_draft_is_no_scheme_yet(code):
    with pytest.raises(SchemeUnknownError):
        scheme(code, DAY)


def test_the_paper_card_and_a_neighbours_pass_are_recognised_and_not_given_out():
    paper, partner = scheme("MZ-PAPER", DAY), scheme("MW-MZ", DAY)

    assert (paper.kind, partner.kind) == (SchemeKind.PAPER, SchemeKind.PARTNER)
    assert (paper.medium, partner.medium) == (Medium.VISUAL, Medium.VISUAL)
    assert not paper.gives_out
    assert str(paper.fee) == "50.00 MZN"
    sample = partner.sample(DAY)
    assert not sample.seen
    assert len(sample.look_for["pt"]) == len(sample.look_for["en"]) > 1


def test_before_its_first_day_a_scheme_is_not_there():
    assert [one.code for one in schemes(date(2025, 1, 1))] == ["MZ-PAPER"]


def test_a_new_version_holds_from_its_day(tmp_path, monkeypatch):
    text = resource("passes", "schemes", "mz_mw.toml").read_text("utf-8")
    first, _, rest = text.partition("[[version]]")
    later = rest.replace("valid_from = 2026-01-01", "valid_from = 2027-01-01", 1).replace(
        "zone_km = 20", "zone_km = 30"
    )
    folder = tmp_path / "passes" / "schemes"
    folder.mkdir(parents=True)
    (folder / "mz_mw.toml").write_text(f"{first}[[version]]{rest}\n[[version]]{later}", encoding="utf-8")
    monkeypatch.setenv("BMIS_RESOURCES", str(tmp_path))
    room._all.cache_clear()
    try:
        assert [scheme("MZ-MW", day).zone_km for day in (DAY, date(2026, 12, 31), date(2027, 1, 1))] == [20, 20, 30]
        (folder / "bad.toml").write_text("code = 1", encoding="utf-8")
        room._all.cache_clear()
        with pytest.raises(SchemeFileError) as refused:
            schemes(DAY)
        assert refused.value.facts == {"file": "bad.toml"}
    finally:
        room._all.cache_clear()


def test_no_scheme_at_all_is_a_damaged_installation(tmp_path, monkeypatch):
    monkeypatch.setenv("BMIS_RESOURCES", str(tmp_path))
    room._all.cache_clear()
    try:
        with pytest.raises(SchemeFileError):
            schemes(DAY + timedelta(days=1))
    finally:
        room._all.cache_clear()
