"""T6: movements by sex and age."""

from collections import Counter

from bmis.flows.age_bands import age_bands
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import unknown_word
from bmis.reports.report import Chart, ChartKind, Column, Kind, Report, Section, Series, Table, Value, share
from bmis.reports.tallying import band_name, band_of

_SEXES = ("F", "M", "X", "")


def title() -> str:
    """Return the title."""
    return _("T6. Movements by sex and age")


def make(asked: Asked) -> Report:
    """Return the report. An age that may lie in two bands is counted as not known."""
    bands = age_bands("full")
    counts: Counter[tuple[str, str]] = Counter()
    for (sex, age), n in asked.counts.sums("sex_age", asked.first, asked.last, ("sex", "age")).items():
        counts[band_of(age, bands) or "", sex] += n
    names = [band_name(*band) for band in bands]
    whole = sum(counts.values())
    rows: list[tuple[Value, ...]] = []
    for band in (*names, ""):
        line = [counts[band, sex] for sex in _SEXES]
        rows.append((band or unknown_word(), *line, sum(line), share(sum(line), whole)))
    totals = [sum(counts[band, sex] for band in (*names, "")) for sex in _SEXES]
    table = Table(
        "sex_age",
        title(),
        (
            Column("age", _("Age")),
            Column("F", _("Women"), Kind.COUNT),
            Column("M", _("Men"), Kind.COUNT),
            Column("X", _("Other"), Kind.COUNT),
            Column("unknown", _("Sex not known"), Kind.COUNT),
            Column("total", _("Total"), Kind.COUNT),
            Column("share", _("Share"), Kind.SHARE),
        ),
        tuple(rows),
        (_("Total"), *totals, whole, share(whole, whole)),
    )
    chart = Chart(
        "pyramid",
        _("Women and men by age"),
        ChartKind.PYRAMID,
        tuple(names),
        tuple(
            Series(name, tuple(counts[band, sex] for band in names))
            for name, sex in ((_("Women"), "F"), (_("Men"), "M"))
        ),
        table.code,
    )
    return asked.report("t6", title(), (Section("", (table, chart)),))


REPORT = CatalogueEntry("t6", title, make, days=31)
