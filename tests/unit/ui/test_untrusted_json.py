"""JSON from outside gives a document or a coded error, whatever it is."""

import io
import json
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.cli.errors import InputNotJsonError, InputTooLargeError, UsageError
from ui.cli.untrusted import DEEPEST, LARGEST_NUMBER, one_in, parse_json, requests_in

SCHEMA = "crossing-record-in"


@given(st.text())
def test_any_text_is_a_document_or_a_coded_error(untrusted):
    with suppress(UsageError):
        parse_json(untrusted, SCHEMA)


@given(st.binary(max_size=400))
def test_any_bytes_on_the_pipe_are_requests_or_a_coded_error(untrusted):
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(untrusted))
    try:
        with suppress(UsageError):
            list(requests_in("-", SCHEMA))
    finally:
        sys.stdin = before


NUMBERS = st.integers(-LARGEST_NUMBER, LARGEST_NUMBER)


@given(st.dictionaries(st.text("abc", min_size=1), NUMBERS | st.text("xyz "), min_size=1))
def test_what_was_written_is_what_is_read(document):
    assert parse_json(json.dumps(document), SCHEMA) == document


@pytest.mark.parametrize("deep", [DEEPEST, 200_000])
def test_a_deep_document_is_too_large(deep):
    with pytest.raises(InputTooLargeError):
        parse_json('{"a":' * deep + "1" + "}" * deep, SCHEMA)


def test_a_key_twice_is_refused_at_any_depth():
    with pytest.raises(InputNotJsonError) as refused:
        parse_json('{"document": {"sex": "F", "sex": "M"}}', SCHEMA)

    assert refused.value.facts["reason"] == "twice"


def test_lines_are_given_as_they_arrive(monkeypatch):
    class Slow(io.RawIOBase):
        def __init__(self):
            self.sent = [b'{"a": 1}\n', b'{"a": 2}\n']

        def readable(self):
            return True

        def readinto(self, buffer):
            if not self.sent:
                raise AssertionError("asked for more before the first answer")
            line = self.sent.pop(0)
            buffer[: len(line)] = line
            return len(line)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Slow())))

    requests = requests_in("-", SCHEMA)

    assert json.loads(next(requests)) == {"a": 1}
    assert json.loads(next(requests)) == {"a": 2}
    requests.close()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"[]", "empty"), (b"", "empty"), (b'{"a": 1}\n{"a": 2}\n', "several"), (b"[{}, {}]", "several")],
)
def test_where_one_object_is_taken_none_and_several_are_refused(monkeypatch, content, reason):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    with pytest.raises(InputNotJsonError) as refused:
        one_in("-", SCHEMA)
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize("number", [LARGEST_NUMBER + 1, -LARGEST_NUMBER - 1, 10**400])
def test_a_number_beyond_every_store_is_no_number(number):
    with pytest.raises(InputNotJsonError) as refused:
        parse_json(json.dumps({"a": number}), SCHEMA)
    assert refused.value.facts["reason"] == "number"
