"""T13: what the package hides, and what nobody watched at the gate, is never a nought in its summary."""

from types import SimpleNamespace

from bmis.reports.catalogue.t13 import _by_way, _hidden
from bmis.reports.report import Missing


def test_a_direction_of_which_everything_is_hidden_is_suppressed_and_not_nought():
    shown = _by_way(
        [("Maputo", "entry", None), ("Maputo", "entry", None), ("Maputo", "exit", 7), ("Maputo", "exit", None)]
    )
    assert shown == {"Maputo": {"entry": (Missing.SUPPRESSED, 2), "exit": (7, 1)}}


def test_a_direction_that_nobody_watched_is_not_there():
    assert "exit" not in _by_way([("Travessia", "entry", 14)])["Travessia"]


def resource(name, *rows):
    return SimpleNamespace(name=name, fields=("total", "f_0_4", "sex_age_unknown", "shown"), rows=rows)


def test_rows_with_something_hidden_or_merged_are_counted_and_what_nobody_asked_is_not():
    fields = ("total", "f_0_4", "f_5_17", "f_18_59", "f_60_plus", "m_0_4", "m_5_17", "m_18_59", "m_60_plus")
    by_age = SimpleNamespace(
        name="fmr",
        fields=(*fields, "sex_age_unknown"),
        rows=((9, *[1] * 8, 0), (9, None, *[1] * 7, 0), (None, *[None] * 9)),
    )
    assert _hidden(by_age) == 2
    assert _hidden(resource("observed_fmr", (14, None, 14, "part"))) == 0
    assert _hidden(resource("fmr_reason_like", (14, 1, 1, "merged"), (None, 1, 1, "part"), (3, 1, 1, "part"))) == 2
