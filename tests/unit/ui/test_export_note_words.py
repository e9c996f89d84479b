"""Remarks on an export: three weeks without a submission are one line, and no day is lost in it."""

from bmis.kernel.i18n import set_language
from ui.words.exchange import note_lines


def lines(*notes):
    set_language("en")
    return note_lines(notes)


def test_days_in_a_row_are_one_line_and_a_gap_or_another_remark_begins_a_new_one():
    missing = [("day_missing", f"2026-11-{day:02}", 1) for day in (1, 2, 3, 5)]

    assert lines(("day_closed", "2026-11-04", 1), *missing, ("week_incomplete", "2026W45", 1)) == [
        "04/11/2026: closed, no counts (not zero)",
        "01/11/2026 – 03/11/2026: not submitted, left out (not zero)",
        "05/11/2026: not submitted, left out (not zero)",
        "2026W45: days are missing, sent without completion",
    ]


def test_what_is_about_no_day_is_said_as_it_is():
    assert lines(("suppressed", "", 7), ("day_missing", "a day", 1), ("new_code", "", 1)) == [
        "Numbers hidden because they are small, or would show small ones: 7",
        "a day: not submitted, left out (not zero)",
        "new_code",
    ]
    assert lines() == []
