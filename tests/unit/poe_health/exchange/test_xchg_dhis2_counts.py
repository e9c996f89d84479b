"""The counts that DHIS2 gets: closed days that are not zero, submitted days only, one scheme of identifiers a file."""

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bmis.kernel.csv_cells import rows_in
from poe_health.exchange.dhis2_aggregate import AggregatePayload, aggregate_package
from poe_health.exchange.errors import TemplateRefusedError
from poe_health.exchange.identifiers import is_uid
from poe_health.exchange.mapping import given_words, own_words
from poe_health.exchange.package import Note, Period
from poe_health.exchange.source import ExportTally
from poe_health.surveillance.tally import Counts, DailyTally, TallySource
from tests.contract.health_line import own_text
from tests.unit.poe_health.exchange.xchg_facts import DAY, NOW, POST, busy_day, closed_day, quiet_day

WORDS = own_words("dhis2")
ONE_DAY = Period(POST, DAY, DAY)


def posted(tallies, period=ONE_DAY):
    payload = AggregatePayload(WORDS)
    return [one.document for one in payload.of(tallies, period)], aggregate_package(tallies, period, WORDS)


def test_a_day_is_counted_cell_by_cell_with_its_zeros():
    sets, package = posted([busy_day()])
    (split,) = sets

    cell = {
        one["dataElement"]: one["value"] for one in split["dataValues"] if one["categoryOptionCombo"] == "F_25_59_ENTRY"
    }
    assert (cell["POE_SCREENED"], cell["POE_SECONDARY"], cell["POE_REFERRED"], cell["POE_DEATHS"]) == (
        "118",
        "3",
        "1",
        "0",
    )
    assert (split["dataSet"], split["period"], split["orgUnit"]) == ("POE_DAILY_TALLY", "20261121", POST)
    assert sum(int(one["value"]) for one in split["dataValues"] if one["dataElement"] == "POE_SCREENED") == 120
    whole = [one for one in split["dataValues"] if one["categoryOptionCombo"] == "default"]
    assert {one["dataElement"]: one["value"] for one in whole} == {
        "POE_CROSSED": "121",
        "POE_CONVEYANCES_INSPECTED": "2",
        "POE_HOURS_OPEN": "12.5",
    }
    assert split["completeDate"] == "2026-11-22"
    assert package.people == 0


def test_a_closed_day_says_why_and_has_no_zero():
    sets, package = posted([closed_day(DAY)])

    (said,) = sets
    assert said["dataValues"] == [
        {"dataElement": "POE_NO_SCREENING_REASON", "categoryOptionCombo": "default", "value": "CLOSED"}
    ]
    assert package.notes == (Note("day_closed", "2026-11-21", 1),)


def test_an_open_day_without_travellers_is_zero_in_every_cell():
    sets, _ = posted([quiet_day(DAY)])

    screened = [one["value"] for one in sets[0]["dataValues"] if one["dataElement"] == "POE_SCREENED"]
    assert screened == ["0"] * (3 * 5 * 3)


def test_a_day_that_nobody_submitted_is_missing_and_not_sent():
    sets, package = posted([], Period(POST, DAY - timedelta(days=1), DAY))

    assert sets == []
    assert [note.where for note in package.notes] == ["2026-11-20", "2026-11-21"]


def test_a_day_with_records_that_nobody_has_submitted_is_left_out_and_told():
    sets, package = posted([replace(busy_day(), submitted_at=None)])

    assert sets == []
    assert package.notes == (Note("day_left_out", "2026-11-21", 1),)


def test_a_tally_typed_by_hand_is_not_shared_out():
    tally = DailyTally(POST, DAY, TallySource.HAND, Counts(screened=40), hours_open=Decimal(6))
    sets, package = posted([ExportTally(tally, NOW)])

    assert [one["dataElement"] for said in sets for one in said["dataValues"]] == ["POE_HOURS_OPEN"]
    assert Note("not_split", "2026-11-21", 1) in package.notes


def test_what_nobody_counted_is_not_sent_as_zero():
    day = busy_day()
    tally = replace(day.tally, counts=replace(day.tally.counts, samples=None))
    sets, _ = posted([replace(day, tally=tally)])

    assert "POE_SAMPLES" not in {one["dataElement"] for one in sets[0]["dataValues"]}


def week_of(days):
    return Period(POST, date(2026, 11, 16), date(2026, 11, 22)), [
        busy_day(date(2026, 11, 16) + timedelta(days=n)) if n != 3 else closed_day(date(2026, 11, 19)) for n in days
    ]


def weekly(period, tallies):
    sets, package = posted(tallies, period)
    return next((one for one in sets if one["dataSet"] == "POE_BES"), None), package


def test_a_whole_week_is_reported_by_disease_with_zero_for_what_nobody_had():
    said, _ = weekly(*week_of(range(7)))

    assert (said["period"], said["completeDate"]) == ("2026W47", "2026-11-23")
    assert {one["dataElement"]: one["value"] for one in said["dataValues"]} == {
        "IDSR-015": "0",
        "IDSR-033": "6",
        "IDSR-060": "0",
        "IDSR-067": "0",
        "IDSR-071": "0",
        "IDSR-004": "0",
    }


def test_a_week_with_a_day_missing_is_not_complete():
    said, package = weekly(*week_of(range(6)))

    assert "completeDate" not in said
    assert Note("week_incomplete", "2026W47", 1) in package.notes


def test_a_week_in_which_every_day_was_closed_is_not_zero():
    period, _ = week_of(())
    said, package = weekly(period, [closed_day(day) for day in period.days])

    assert said is None
    assert Note("week_not_counted", "2026W47", 1) in package.notes


def test_a_week_counts_submitted_days_only():
    period, tallies = week_of(range(7))
    sets, _ = posted([*tallies[:-1], replace(tallies[-1], submitted_at=None)], period)
    said = next(one for one in sets if one["dataSet"] == "POE_BES")

    assert "completeDate" not in said
    assert {one["dataElement"]: one["value"] for one in said["dataValues"]}["IDSR-033"] == "5"


def test_the_csv_of_dhis2_has_its_nine_columns_and_its_parameters_beside_it():
    period, tallies = week_of(range(7))
    package = aggregate_package(tallies, period, WORDS, as_csv=True)
    head, *rows = csv.reader(package.main.decode().splitlines())

    assert head == [
        "dataelement",
        "period",
        "orgunit",
        "catoptcombo",
        "attroptcombo",
        "value",
        "strby",
        "lstupd",
        "cmt",
    ]
    assert {len(row) for row in rows} == {9}
    assert {"F_25_59_ENTRY", "default"} <= {row[3] for row in rows}
    assert not [row for row in rows if is_uid(row[3])]  # one scheme in one file
    beside = dict(rows_in(package.beside["dictionary"])[1:])
    assert {beside[f"{name}IdScheme"] for name in ("dataElement", "orgUnit", "categoryOptionCombo")} == {"CODE"}
    assert (beside["address"], beside["importStrategy"]) == ("/api/dataValueSets", "CREATE_AND_UPDATE")
    assert [note.code for note in package.notes if note.code.startswith("completion")] == ["completion_left_out"]


def test_a_file_of_one_day_says_its_schemes_and_its_completion_and_one_of_several_a_period_for_each_value():
    alone = json.loads(aggregate_package([busy_day()], ONE_DAY, WORDS).main)
    period, tallies = week_of(range(7))
    several = json.loads(aggregate_package(tallies, period, WORDS).main)

    assert (alone["completeDate"], alone["period"], alone["dataElementIdScheme"]) == ("2026-11-22", "20261121", "CODE")
    assert {one["period"] for one in several["dataValues"]} >= {"20261116", "20261119", "2026W47"}
    assert {one["orgUnit"] for one in several["dataValues"]} == {POST}
    assert not {"dataSet", "completeDate", "period", "dataValueSets"} & set(several)


def test_a_server_whose_option_combinations_have_no_codes_gets_uids_alone():
    text = own_text().replace("[aggregate]", '[aggregate]\noption_combo_id_scheme = "UID"')
    text = text.replace('default_option_combo = "default"', 'default_option_combo = "HllvX50cXC0"')
    whole = given_words("dhis2", f'{text}\n[aggregate.option_combos]\nF_25_59_ENTRY = "aB3dE5fG7hJ"\n'.encode())

    (closed,) = AggregatePayload(whole).of([closed_day(DAY)], ONE_DAY)
    assert closed.document["dataValues"][0]["categoryOptionCombo"] == "HllvX50cXC0"
    with pytest.raises(TemplateRefusedError) as refused:  # the other cells have no UID: none goes under a wrong name
        AggregatePayload(whole).of([busy_day()], ONE_DAY)
    assert refused.value.facts["where"].startswith("aggregate.option_combos.")


@pytest.mark.parametrize(("more", "combo"), [("", "HllvX50cXC0"), ('option_combo_id_scheme = "UID"', "default")])
def test_a_mapping_that_mixes_codes_with_uids_is_refused(more, combo):
    text = own_text().replace("[aggregate]", f"[aggregate]\n{more}").replace('"default"', f'"{combo}"')
    words = given_words("dhis2", text.encode())

    with pytest.raises(TemplateRefusedError) as refused:
        aggregate_package([closed_day(DAY)], ONE_DAY, words)
    assert refused.value.facts["where"] == "aggregate.default_option_combo"
