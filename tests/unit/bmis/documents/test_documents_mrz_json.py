"""The JSON of the command line follows its schema."""

import json
from datetime import date

import jsonschema
import pytest

from bmis.documents.mrz import parse
from bmis.documents.mrz_json import mrz_json, mrz_not_found_json
from bmis.kernel.resources import resource

TODAY = date(2026, 11, 22)
SCHEMA = json.loads(resource("schemas", "mrz.json").read_text(encoding="utf-8"))
LINES = ("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4")


def test_a_found_mrz_is_one_object_as_the_schema_says():
    found = mrz_json(
        parse(LINES, today=TODAY), file="a.png", unsure=[(1, 9)], confidence=[[1.0] * 44] * 2, ms=12.5, cpu_ms=20
    )
    jsonschema.validate(json.loads(json.dumps(found)), SCHEMA)
    assert found["lines"] == list(LINES)
    assert found["fields"]["issuing_state"] == "D"
    assert found["fields"]["issuing_state_iso3"] == "DEU"
    assert found["fields"]["birth_date"] == "1964-08-12"
    assert found["fields"]["century_reason"] == "birth_not_in_future"
    assert found["fields"]["expiry_date"] == "2027-02-28"
    assert found["checks"] == {
        "number": "ok", "birth_date": "ok", "expiry_date": "ok", "optional_data": "absent", "composite": "ok",
    }  # fmt: skip


def test_a_file_without_mrz_and_one_that_cannot_be_read_are_objects_too():
    empty = mrz_not_found_json(file="b.png", ms=3, cpu_ms=3)
    broken = mrz_not_found_json(file="c.txt", error={"code": "BMIS-150", "what": "x", "do": "y"})
    for one in (empty, broken):
        jsonschema.validate(json.loads(json.dumps(one)), SCHEMA)
        assert one["found"] is False
        assert one["lines"] == []


@pytest.mark.parametrize(
    "spoiled",
    [{"kind": "TD9"}, {"lines": ["P<"]}, {"checks": {"number": "yes"}}, {"fields": {}}, {"confidence": [[2]]}],
)
def test_the_schema_refuses_what_the_contract_does_not_have(spoiled):
    found = mrz_json(parse(LINES, today=TODAY)) | spoiled
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(json.dumps(found)), SCHEMA)
