"""The JSON of a crossing gives a request or a coded error, and the schema says what the rooms take."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.documents.document_kinds import document_kinds
from bmis.kernel.errors import BmisError
from tests.journeys.cli_robot import traveller
from ui.cli.crossing_input import asked
from ui.cli.errors import InputFieldError
from ui.cli.schemas import text_of
from ui.cli.untrusted import load_object

TODAY = date(2026, 11, 22)
SCHEMA = "crossing-record-in"
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
)
FIELDS = sorted(json.loads(text_of(SCHEMA))["properties"])
PARTS = sorted(json.loads(text_of(SCHEMA))["properties"]["document"]["anyOf"][0]["properties"])


def taken(said):
    return asked(load_object(json.dumps(said), SCHEMA), TODAY)


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4))
def test_any_values_in_any_fields_give_a_request_or_a_coded_error(changes):
    with suppress(BmisError):
        taken({**traveller(1), **changes})


@given(st.dictionaries(st.sampled_from(PARTS), VALUES, max_size=8), st.sampled_from(["passport", "none", "dire"]))
def test_any_document_by_hand_gives_a_request_or_a_coded_error(fields, kind):
    said = {**traveller(1), "mrz": None, "document": {"kind": kind, **fields}}

    with suppress(BmisError):
        taken(said)


@pytest.mark.parametrize("change", [{"mrz": None}, {"document": {"kind": "passport"}}])
def test_either_a_zone_or_a_document(change):
    with pytest.raises(InputFieldError):
        taken({**traveller(1), **change})


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("no", False), (True, True), (False, False), (None, None)])
def test_protection_is_answered_yes_or_no_and_never_by_default(said, meant):
    verdict = taken({**traveller(1), "protection_claim": said}).verdict

    assert verdict.refusal.protection_claim is meant
    assert taken(traveller(1)).verdict.refusal.protection_claim is None


def test_the_schema_names_every_kind_of_document():
    said = json.loads(text_of(SCHEMA))["properties"]["document"]["anyOf"][0]["properties"]["kind"]["description"]

    assert said.removeprefix("one of: ").split(", ") == sorted(kind.code for kind in document_kinds(TODAY))
