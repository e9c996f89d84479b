"""Files that SORMAS and Go.Data import: their columns, their words, what joins the people in them."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.csv_cells import rows_in
from poe_health.exchange.errors import TemplateRefusedError
from poe_health.exchange.godata import godata_package
from poe_health.exchange.mapping import own_words
from poe_health.exchange.package import Note
from poe_health.exchange.sormas import read_template, sormas_package, written
from tests.unit.poe_health.exchange.xchg_facts import (
    CASES,
    CONTACT,
    FOLLOWED,
    KEYS,
    MEASLES,
    NO_DAY,
)
from tests.unit.poe_health.exchange.xchg_templates import COLUMNS, ENGLISH, ENTITIES, GERMAN, RULES, SORMAS, lines


def test_sormas_gets_the_columns_of_the_template_in_their_order():
    package = sormas_package([MEASLES], ENGLISH, SORMAS)
    entities, head, _ = rows_in(package.main)

    assert ",".join(head) == COLUMNS
    assert ",".join(entities) == ENTITIES


def test_a_case_in_the_words_of_sormas():
    ((said,), _) = lines(ENGLISH)

    assert (said["disease"], said["person.sex"], said["caseOrigin"]) == ("MEASLES", "FEMALE", "POINT_OF_ENTRY")
    assert (said["person.firstName"], said["person.citizenship"]) == ("Ana Maria", "Malawi")
    assert (said["reportDate"], said["symptoms.onsetDate"]) == ("11/21/2026", "11/19/2026")
    assert (said["symptoms.temperature"], said["symptoms.fever"]) == ("38.6", "YES")
    assert (said["symptoms.cough"], said["symptoms.headache"], said["symptoms.vomiting"]) == ("NO", "UNKNOWN", "")
    assert (said["pointOfEntry"], said["externalID"]) == ("Ressano Garcia", "RSG-0042")
    assert (said["portHealthInfo.conveyanceType"], said["portHealthInfo.departureLocation"]) == ("BUS", "Muloza")
    assert said["person.phone"] == "00258840000000"


def test_the_german_importer_gets_semicolons_and_days_first():
    ((said,), package) = lines(GERMAN)

    assert said["reportDate"] == "21.11.2026"
    assert b"MEASLES;Ana Maria;" in package.main
    assert Note("date_order_assumed", "dd.MM.yyyy", 1) in package.notes


def test_the_template_s_own_comment_says_the_order_of_dates():
    comment = ["##Disease", *[""] * 18]
    comment[7] = "Date: dd/MM/yyyy"
    ((said,), package) = lines(ENGLISH + ",".join(comment).encode() + b"\n")

    assert said["reportDate"] == "21/11/2026"
    assert not [note for note in package.notes if note.code == "date_order_assumed"]


def test_an_unknown_column_stays_empty_and_is_named():
    template = ENGLISH.replace(b"symptoms.cough", b"symptoms.koplik")
    ((said,), package) = lines(template)

    assert said["symptoms.koplik"] == ""
    assert Note("column_unknown", "symptoms.koplik", 1) in package.notes
    assert Note("column_missing", "symptoms.cough", 1) in package.notes


def test_a_template_with_one_row_of_columns():
    template = f"{COLUMNS}\n".encode()

    assert len(rows_in(sormas_package([MEASLES], template, SORMAS).main)) == 2


@pytest.mark.parametrize(
    ("template", "why", "where"),
    [
        (b"", "template_syntax", "—"),
        (b"nothing", "template_syntax", "—"),
        (b"\xff,\xfe", "template_encoding", "—"),
        (ENGLISH.replace(b"person.firstName", b"person.frstName"), "column_missing", "person.firstName"),
        (ENGLISH.replace(b"person.phone", b"disease"), "column_twice", "disease"),
        (b",".join([b"x"] * 600_000), "template_large", "—"),
        (b'"a,b\n', "template_syntax", "—"),
    ],
)
def test_a_template_that_cannot_be_used(template, why, where):
    with pytest.raises(TemplateRefusedError) as refused:
        read_template(template, SORMAS)
    assert (refused.value.facts["why"], refused.value.facts["where"]) == (why, where)


def test_who_is_suspected_of_nothing_is_no_case_there():
    said, package = lines(ENGLISH, CASES)

    assert [one["externalID"] for one in said] == ["RSG-0042", "RSG-0043"]
    assert Note("not_suspected", "", 1) in package.notes


def test_a_name_that_begins_a_formula_is_inert_and_comes_back():
    package = sormas_package([FOLLOWED], ENGLISH, SORMAS)

    assert b",'@Jo" in package.main
    assert b"'=HYPERLINK" in package.main
    assert rows_in(package.main)[2][2] == "=HYPERLINK"


@pytest.mark.parametrize("pattern", ["dd.MM.yyyy", "M/d/yyyy", "dd/MM/yyyy", "yyyy-MM-dd"])
def test_a_day_in_every_order(pattern):
    assert (
        written(date(2026, 3, 4), pattern)
        == {
            "dd.MM.yyyy": "04.03.2026",
            "M/d/yyyy": "03/04/2026",
            "dd/MM/yyyy": "04/03/2026",
            "yyyy-MM-dd": "2026-03-04",
        }[pattern]
    )


@given(st.binary(max_size=300))
def test_any_template_is_used_or_refused_with_a_code(untrusted):
    with suppress(TemplateRefusedError):
        assert set(SORMAS.several("required")) <= set(read_template(untrusted, SORMAS).columns)


def test_every_disease_has_a_word_in_sormas_or_is_told():
    known = SORMAS.words("diseases")
    unmapped = sorted(set(RULES.diseases) - set(known))

    assert unmapped == ["ACUTE_JAUNDICE", "MERS_SARS", "SMALLPOX"]
    package = sormas_package([replace(MEASLES, working="SMALLPOX")], ENGLISH, SORMAS)
    assert Note("disease_unmapped", "SMALLPOX", 1) in package.notes
    assert rows_in(package.main)[2][0] == "UNDEFINED"


def godata():
    package = godata_package(CASES, (CONTACT, NO_DAY), own_words("godata"), KEYS)
    return package, json.loads(package.main), *(json.loads(package.beside[n]) for n in ("contacts", "relationships"))


def test_go_data_gets_cases_contacts_and_what_joins_them():
    package, cases, contacts, joined = godata()

    assert [one["visualId"] for one in cases] == ["RSG-0042", "RSG-0043"]
    assert cases[0]["gender"] == "LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE"
    assert cases[0]["dob"] == "1992-03-04T00:00:00.000Z"
    assert (cases[0]["age"], cases[0]["dateOfReporting"]) == ({"years": 34, "months": 0}, "2026-11-21T00:00:00.000Z")
    assert [one["firstName"] for one in contacts] == ["Rui", "Lu"]
    (relationship,) = joined
    assert [one["id"] for one in relationship["persons"]] == [cases[0]["id"], contacts[0]["id"]]
    assert relationship["contactDate"] == "2026-11-21T00:00:00.000Z"
    assert relationship["comment"] == "BUS ABC-123-MZ 2026-11-21"
    assert Note("contact_day_unknown", "", 1) in package.notes
    assert package.people == 4


def test_go_data_gets_the_same_identifiers_each_time():
    assert godata()[0] == godata()[0]


def test_a_contact_of_nobody_in_the_file_stays_out():
    package = godata_package([FOLLOWED], [CONTACT], own_words("godata"), KEYS)

    assert json.loads(package.beside["contacts"]) == []
