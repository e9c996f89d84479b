"""``health-weekly``: the week of a post as a paper or as a table. A day without counts is named, never a zero."""

from collections.abc import Iterator
from dataclasses import fields

from bmis.kernel.clock import local
from bmis.kernel.csv_cells import table_bytes
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.health_paper import Cells, HealthPaper, Part, Rows, Signed, Texts, health_paper
from bmis.paper.page import Imprint, moment
from bmis.paper.signing import Signature
from poe_health.exchange.csv_words import CountWords
from poe_health.outbreaks.outbreak import OutbreakState
from poe_health.reports.emergency_words import emergency_lines
from poe_health.reports.health_tally import NOT_COUNTED, day_text
from poe_health.rules.definitions import rule_set
from poe_health.surveillance.day import DayState
from poe_health.surveillance.keep_days import WeekDay, WeekShown
from poe_health.surveillance.settings import reasons_none_screened
from poe_health.surveillance.tally import Counts

NAME = "health-weekly"
CSV_HEAD = ("post_code", "week", "from", "to", "measure", "measure_label", "code", "label", "count", "note")


def weekly_pdf(shown: WeekShown, imprint: Imprint, standing: OutbreakState, language: str = "pt") -> bytes:
    """Return the weekly summary as PDF; ``standing`` is what holds at its end.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    with speaking(language):
        paper = HealthPaper(
            imprint=imprint,
            title=_("Weekly summary of port health"),
            number=shown.summary.week.code,
            below=f"{day_text(shown.summary.week.days[0])} – {day_text(shown.summary.week.days[-1])}",
            banner=_banner(shown),
            parts=(*_parts(shown, standing),),
            languages=(language,),
        )
        return health_paper(paper)


def weekly_csv(shown: WeekShown, language: str = "pt", *, bom: bool = False) -> bytes:
    """Return the weekly summary as CSV. Not counted is no zero."""
    return table_bytes(CSV_HEAD, weekly_rows(shown, language), bom=bom)


def weekly_rows(shown: WeekShown, language: str) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the CSV."""
    summary = shown.summary
    week, words = summary.week, CountWords(rule_set(summary.week.days[-1]), language)
    start = (summary.post_code, week.code, week.days[0].isoformat(), week.days[-1].isoformat())

    def row(measure: str, count: int | None, code: str = "", label: str = "") -> tuple[str, ...]:
        text = "" if count is None else str(count)
        return (*start, measure, words.measure(measure), code, label, text, NOT_COUNTED if count is None else "")

    for one in fields(Counts):
        yield row(one.name, None if summary.counts is None else getattr(summary.counts, one.name))
    for disease, count in sorted(summary.suspected_by.items()):
        yield row("suspected_by_disease", count, disease, words.label("disease", disease))
    yield row("crossed", summary.crossed)
    for state, days in (
        ("counted", summary.days_counted),
        ("closed", tuple(summary.days_without)),
        ("missing", shown.missing),
    ):
        yield row("days", len(days), state, words.label("state", state))
    with speaking(language):
        for day in shown.days:
            screened = day.sent.tally.counts.screened if day.sent is not None and day.sent.tally.has_data else None
            note = "" if screened is not None else NOT_COUNTED
            text = "" if screened is None else str(screened)
            yield (*start, "day", words.measure("screened"), day.day.isoformat(), week_day_word(day), text, note)


def week_day_word(day: WeekDay) -> str:
    """Return where a day of the week stands."""
    if day.sent is None:
        if not day.has_come:
            return _("to come")
        if not day.had_post:
            return _("before the post's first day")
        return _("NOT SUBMITTED") if day.is_over else _("not submitted yet")
    reason = reasons_none_screened().get(day.sent.tally.none_screened_reason or "")
    said = reason.label(current_language()) if reason else _("submitted")
    return f"{said}; {_('reopened')}" if day.state is DayState.REOPENED else said


def _parts(shown: WeekShown, standing: OutbreakState) -> Iterator[Part]:
    summary = shown.summary
    lines = emergency_lines(standing, summary.week.days[-1])
    yield Texts(_("Emergencies that WHO determined"), tuple(lines))
    words = CountWords(rule_set(summary.week.days[-1]), current_language())
    yield Cells(
        _("Days"),
        (_("Day"), _("State"), _("Screened"), _("Secondary"), _("Suspected cases"), _("Submitted")),
        tuple(_day_line(one) for one in shown.days),
        (0.13, 0.28, 0.11, 0.12, 0.13, 0.23),
    )
    if summary.counts is None:
        yield Texts("", (_("No day of this week has counts. That is not zero."),), framed=True)
    else:
        counts = summary.counts
        yield Rows(
            _("Sums of the days that have counts ({count})").format(count=len(summary.days_counted)),
            (
                *(Row(words.measure(one.name), _number(getattr(counts, one.name))) for one in fields(Counts)),
                Row(words.measure("crossed"), _number(summary.crossed)),
            ),
            2,
        )
    yield Cells(
        _("Suspected cases by disease (zero reports included)"),
        (_("Disease"), _("Persons")),
        tuple(
            (words.label("disease", code) or code, _number(count))
            for code, count in sorted(summary.suspected_by.items())
        ),
        (0.8, 0.2),
    )
    yield Signed((Signature(_("Health supervisor")),))


def _day_line(day: WeekDay) -> tuple[str, ...]:
    head = (day_text(day.day), week_day_word(day))
    if day.sent is None or not day.sent.tally.has_data:
        numbers = ("—", "—", "—")
    else:
        counts = day.sent.tally.counts
        numbers = (str(counts.screened), str(counts.secondary), str(counts.suspected))
    return (*head, *numbers, "" if day.sent is None else f"{moment(local(day.sent.at))}, {day.sent.by}")


def _banner(shown: WeekShown) -> str:
    missing, to_come = shown.missing, [one.day for one in shown.days if not one.is_over]
    lines = []
    if missing:
        days = ", ".join(day_text(day) for day in missing)
        lines.append(_("INCOMPLETE: not submitted: {days}").format(days=days))
    if to_come:
        lines.append(_("The week is not over."))
    if shown.reopened:
        days = ", ".join(day_text(day) for day in shown.reopened)
        lines.append(_("Being corrected: {days}").format(days=days))
    return " ".join(lines)


def _number(count: int | None) -> str:
    return _("not counted") if count is None else str(count)
