"""How values are written for people."""

from datetime import date

from babel.numbers import format_decimal, format_percent

from bmis.kernel.i18n import translate as _
from bmis.reports.report import Kind, Missing, Value

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
