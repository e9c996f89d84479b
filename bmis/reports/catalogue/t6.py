"""T6: movements by sex and age."""

from collections import Counter
from datetime import date

from bmis.flows.age_bands import age_bands
from bmis.kernel.i18n import translate as _
from bmis.reports.against import Against
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
    counts = _counts(asked, asked.first, asked.last)
    names = [band_name(*band) for band in bands]
    whole = sum(counts.values())
    rows: list[tuple[Value, ...]] = []
    for band in (*names, ""):
        line = [counts[band, sex] for sex in _SEXES]
        rows.append((_age_name(band), *line, sum(line), share(sum(line), whole)))
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
    words = dict(zip(_SEXES, (column.title for column in table.columns[1:]), strict=False))
    against = Against.of(asked)
    compared = against.section(
        against.table(
            "age_against", _("Movements by age"), _("Age"), lambda *days: _by(asked, days, 0), _age_name,
            keys=(*names, ""),
        ),
        against.table(
            "sex_against", _("Movements by sex"), _("Sex"), lambda *days: _by(asked, days, 1), words.__getitem__,
            keys=_SEXES,
        ),
    )  # fmt: skip
    sections = (Section("", (table, chart)), compared)
    return asked.report("t6", title(), sections, facts=against.facts(), caveats=against.caveats())


def _age_name(band: str) -> str:
    return band or unknown_word()


def _counts(asked: Asked, first: date, last: date) -> Counter[tuple[str, str]]:
    """Return movements by age band ("" where it may be two) and sex."""
    bands = age_bands("full")
    counts: Counter[tuple[str, str]] = Counter()
    for (sex, age), n in asked.counts.sums("sex_age", first, last, ("sex", "age")).items():
        counts[band_of(age, bands) or "", sex] += n
    return counts


def _by(asked: Asked, days: tuple[date, date], at: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for keys, n in _counts(asked, *days).items():
        found[keys[at]] += n
    return found


REPORT = CatalogueEntry("t6", title, make, days=31, tells_apart=True)
