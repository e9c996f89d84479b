"""The log keeps codes and counts, and loses everything that could be a traveller."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.clock import fixed_clock
from bmis.kernel.logs import KEPT_FILES, log_unexpected, only_safe, open_log

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
ID = "0199a1b2-0000-7000-8000-000000000001"


def lines(home):
    return [json.loads(line) for line in (home / "logs" / "bmis.log").read_text().splitlines()]


def test_a_line_keeps_its_code_its_id_and_its_count(tmp_path):
    open_log(tmp_path, fixed_clock(AT)).info("crossing.recorded", code="BMIS-024", id=ID, count=3)

    assert lines(tmp_path) == [
        {
            "event": "crossing.recorded",
            "code": "BMIS-024",
            "id": ID,
            "count": 3,
            "level": "info",
            "at": "2026-11-22T06:00:00.000+00:00",
        }
    ]


def test_a_name_a_number_and_an_mrz_are_dropped_wherever_they_are_put(tmp_path):
    open_log(tmp_path, fixed_clock(AT)).error(
        "P<UTOMONDLANE<<ANA",
        surname="MONDLANE",
        document_number="L898902C3",
        code="MONDLANE",
        id="L898902C3",
        kind="MONDLANE ANA",
        count="1990-01-01",
        trace=["MONDLANE", "ui/cli/main.py:12:main"],
    )

    written = (tmp_path / "logs" / "bmis.log").read_text()
    assert "MONDLANE" not in written
    assert "L898902C3" not in written
    assert "1990" not in written
    assert lines(tmp_path)[0]["trace"] == ["ui/cli/main.py:12:main"]


@given(st.dictionaries(st.text(max_size=20), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ< ", min_size=1, max_size=44)))
def test_no_upper_case_text_of_a_document_passes_under_any_key(untrusted):
    kept = only_safe(None, "info", dict(untrusted))

    assert all(key == "type" for key in kept)


def test_a_fault_keeps_where_it_happened_and_not_what_it_said(tmp_path):
    log = open_log(tmp_path, fixed_clock(AT))
    try:
        raise ValueError("MONDLANE ANA L898902C3")
    except ValueError as error:
        log_unexpected(log, error)

    (line,) = lines(tmp_path)
    assert line["type"] == "ValueError"
    assert line["trace"][-1].endswith(":test_a_fault_keeps_where_it_happened_and_not_what_it_said")
    assert "MONDLANE" not in json.dumps(line)


def test_the_log_rotates_and_keeps_a_few_files(tmp_path, monkeypatch):
    monkeypatch.setattr("bmis.kernel.logs.LARGEST_BYTES", 200)
    log = open_log(tmp_path, fixed_clock(AT))

    for count in range(60):
        log.info("shift.opened", count=count)

    files = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert files == ["bmis.log", *(f"bmis.log.{number}" for number in range(1, KEPT_FILES + 1))]
    assert lines(tmp_path)[-1]["count"] == 59


def test_a_disk_that_cannot_be_written_does_not_stop_the_work(tmp_path):
    (tmp_path / "logs").write_text("a file where the folder should be")

    open_log(tmp_path, fixed_clock(AT)).info("shift.opened")

    assert (tmp_path / "logs").is_file()
