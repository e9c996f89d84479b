"""How values are written for people."""

from datetime import date

from babel.numbers import format_decimal, format_percent

from bmis.kernel.i18n import translate as _
from bmis.reports.report import Chart, Kind, Missing, Report, Value

_TOLD_APART = 3  # series; of more, as of a heat map, only the ends of all are told
_LOCALES = {"pt": "pt_PT", "en": "en_GB"}  # CLDR writes numbers of pt_MZ as those of pt_PT


def missing_word(missing: Missing) -> str:
    """Return why there is no number, as short as a cell needs it."""
    return {
        Missing.NOT_RECORDED: _("n/a: not recorded"),
        Missing.NOT_RECEIVED: _("not received"),
        Missing.NO_BASE: _("n/a"),
        Missing.SUPPRESSED: _("suppressed"),
        Missing.NOT_APPLICABLE: "–",
    }[missing]


def written(value: Value, kind: Kind, language: str) -> str:
    """Return a value as people read it: 12 345; 1,5; +2,3 %; 22/11/2026."""
    if isinstance(value, Missing):
        return missing_word(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str):
        return value
    locale = _LOCALES[language]
    if kind is Kind.SHARE:
        return format_percent(value, "#,##0.0 %", locale=locale)
    if kind is Kind.CHANGE:
        return format_percent(value, "+#,##0.0 %;-#,##0.0 %", locale=locale)
    if kind is Kind.NUMBER:
        return format_decimal(value, "#,##0.0", locale=locale)
    if kind is Kind.MONEY:
        return format_decimal(value, "#,##0.00", locale=locale)
    return format_decimal(value, "#,##0", locale=locale)


def chart_words(chart: Chart, report: Report) -> str:
    """Return what a chart shows, for whoever does not see it: the ends of each series, and where its numbers stand."""
    series = [(one.title, list(zip(chart.labels, one.values, strict=True))) for one in chart.series]
    if len(series) > _TOLD_APART:
        series = [("", [(f"{title} {label}", n) for title, told in series for label, n in told])]
    said = [sentence for title, told in series if (sentence := _ends(title, told, report.language))]
    if titles := [one.title for one in report.tables() if one.code == chart.table]:
        said.append(_("The numbers stand in the table “{table}”.").format(table=titles[0]))
    return " ".join(said)


def _ends(title: str, told: list[tuple[str, int | float | Missing]], language: str) -> str:
    known = [(n, label) for label, n in told if not isinstance(n, Missing)]
    if not known:
        return ""
    most, least = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
    kind = Kind.COUNT if all(isinstance(n, int) for n, _label in known) else Kind.NUMBER
    values = {"most": written(most[0], kind, language), "least": written(least[0], kind, language)}
    if len(known) == 1:
        return f"{title}: {values['most']} ({most[1]})." if title else f"{values['most']} ({most[1]})."
    words = _("most {most} ({at_most}), least {least} ({at_least}).")
    sentence = words.format(at_most=most[1], at_least=least[1], **values)
    return f"{title}: {sentence}" if title else sentence[:1].upper() + sentence[1:]
