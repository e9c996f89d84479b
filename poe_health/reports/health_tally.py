"""``health-tally``: the day of a post as a paper to sign or as a table. Counts only; nobody is in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal

from bmis.kernel.clock import local
from bmis.kernel.csv_cells import table_bytes
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.health_paper import Cells, HealthPaper, Part, Rows, Signed, Texts, health_paper
from bmis.paper.page import Imprint, moment
from bmis.paper.signing import Signature
from poe_health.exchange.csv_words import CountWords
from poe_health.rules.definitions import rule_set
from poe_health.surveillance.coverage import CoverageShown
from poe_health.surveillance.day import DayState
from poe_health.surveillance.keep_days import DayShown
from poe_health.surveillance.settings import reasons_none_screened
from poe_health.surveillance.tally import DIMENSIONS, Counts, DailyTally

NAME = "health-tally"
CSV_HEAD = ("post_code", "day", "state", "revision", "measure", "measure_label", "by", "code", "label", "count", "note")
NOT_COUNTED = "NOT_COUNTED"
_TOLD = ("crossed", "hours_open", "conveyances_inspected")


def tally_pdf(
    shown: DayShown,
    imprint: Imprint,
    language: str = "pt",
    to_settle: Sequence[str] = (),
    coverage: str | None = None,
) -> bytes:
    """Return the tally as PDF: what was submitted last, or the numbers of the records, marked as not submitted.

    ``to_settle``: the faults of a day that is not submitted, in words. ``coverage``: as the records say it now, or why
    there is none; never the counts of the whole day, which need not be of the same hours.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    tally = _tally(shown)
    with speaking(language):
        paper = HealthPaper(
            imprint=imprint,
            title=_("Daily tally of port health"),
            number=day_text(tally.day),
            banner=_banner(shown),
            parts=tuple(_parts(shown, tally, to_settle, coverage)),
            languages=(language,),
        )
        return health_paper(paper)


def tally_csv(
    shown: DayShown, language: str = "pt", *, covered: CoverageShown | None = None, bom: bool = False
) -> bytes:
    """Return the tally as CSV: a line for each number, split in one way at a time. Not counted is no zero."""
    return table_bytes(CSV_HEAD, tally_rows(shown, language, covered), bom=bom)


def tally_rows(shown: DayShown, language: str, covered: CoverageShown | None = None) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the CSV. ``covered``: the coverage, or why there is none; its lines come last."""
    tally, words = _tally(shown), CountWords(rule_set(_tally(shown).day), language)
    sent = shown.day.sent
    start = (tally.post_code, tally.day.isoformat(), shown.day.state.value, "" if sent is None else str(sent.revision))

    def row(measure: str, count: object, by: str = "total", code: str = "", note: str = "") -> tuple[str, ...]:
        label = words.label(by, code)
        missing = NOT_COUNTED if count is None else note
        text = "" if count is None else str(count)
        return (*start, measure, _measure(words, measure), by, code, label, text, missing)

    for one in fields(Counts):
        count = getattr(tally.counts, one.name) if tally.has_data else None
        yield row(one.name, count)
        for name in DIMENSIONS if count is not None else ():
            for code, part in _split(tally, one.name, name).items():
                yield row(one.name, part, name, code)
    for disease, count in tally.suspected_by.items():
        yield row("suspected_by_disease", count, "disease", disease)
    for direction, count in (tally.crossed or {}).items():
        yield row("crossed", count, "direction", direction)
    for name in _TOLD:
        said = getattr(tally, name)
        yield row(name, sum(said.values()) if isinstance(said, Mapping) else said)
    if tally.none_screened_reason is not None:
        yield (*start, "none_screened_reason", "", "", tally.none_screened_reason, _reason(tally, language), "", "")
    found, why = (None, None) if covered is None else (covered.coverage, covered.why)
    for name in () if covered is None else ("screened", "crossed", "hours"):
        line = row(f"coverage_{name}", None if found is None else getattr(found, name))
        yield line if why is None else (*line[:-1], why.name)


def _parts(shown: DayShown, tally: DailyTally, to_settle: Sequence[str], coverage: str | None) -> Iterator[Part]:
    words = CountWords(rule_set(tally.day), current_language())
    yield Rows("", _facts(shown, tally, coverage), 2)
    if not tally.has_data:
        yield Texts("", (_("There are no counts of this day. Closed is not zero."),), framed=True)
    else:
        yield Rows(_("Counts of the day"), tuple(_count_rows(tally, words)), 2)
        yield Cells(
            _("Suspected cases by disease"),
            (_("Disease"), _("Persons")),
            tuple((words.label("disease", code) or code, str(count)) for code, count in tally.suspected_by.items()),
            (0.8, 0.2),
        )
        yield _split_table(tally, words)
    if to_settle and shown.day.state is not DayState.SUBMITTED:
        yield Texts(_("To be settled"), tuple(to_settle))
    if shown.day.reopened:
        yield Cells(
            _("Reopened"),
            (_("When"), _("By"), _("Why")),
            tuple(
                (moment(local(one.at)), one.by, one.reason or _("a record came in, or was corrected"))
                for one in shown.day.reopened
            ),
            (0.3, 0.2, 0.5),
        )
    sent = shown.day.sent
    yield Signed((Signature(_("Health supervisor"), sent.by if sent else ""),))


def _facts(shown: DayShown, tally: DailyTally, coverage: str | None) -> tuple[Row, ...]:
    sent = shown.day.sent
    crossed = None if tally.crossed is None else str(sum(tally.crossed.values()))
    rows = [
        Row(_("State"), _state(shown.day.state)),
        Row(_("Submitted"), None if sent is None else f"{moment(local(sent.at))}, {sent.by}"),
        Row(_("Revision"), None if sent is None else str(sent.revision)),
        Row(_("Hours screening was open"), None if tally.hours_open is None else _hours(tally.hours_open)),
        Row(_("Crossed (count of immigration)"), crossed),
        Row(_("Screened of those who crossed"), coverage),
        Row(_("Conveyances inspected"), _number(tally.conveyances_inspected)),
    ]
    if tally.none_screened_reason is not None:
        note = f" — {tally.none_screened_note}" if tally.none_screened_note else ""
        rows.append(Row(_("Why nobody was screened"), _reason(tally, current_language()) + note))
    if tally.fewer_crossed_reason is not None:
        rows.append(Row(_("Why fewer crossed than were screened"), tally.fewer_crossed_reason))
    return tuple(rows)


def _count_rows(tally: DailyTally, words: CountWords) -> Iterator[Row]:
    for one in fields(Counts):
        yield Row(words.measure(one.name), _number(getattr(tally.counts, one.name)))


def _split_table(tally: DailyTally, words: CountWords) -> Cells:
    """Return those screened, in secondary and suspected, by the groups of each dimension."""
    measures = ("screened", "secondary", "suspected")
    lines = []
    for name in DIMENSIONS:
        groups = {measure: _split(tally, measure, name) for measure in measures}
        for code in sorted({code for by in groups.values() for code in by}):
            numbers = [str(groups[measure].get(code, 0)) for measure in measures]
            lines.append((dimension_word(name), words.label(name, code) or code, *numbers))
    heads = ("", _("Group"), *(words.measure(measure) for measure in measures))
    return Cells(_("By group"), heads, tuple(lines), (0.2, 0.32, 0.15, 0.15, 0.18))


def _split(tally: DailyTally, measure: str, name: str) -> dict[str, int]:
    """Return one number by the groups of a dimension; "" is not asked or not known."""
    found: dict[str, int] = {}
    for cell, counts in tally.cells.items():
        count = getattr(counts, measure)
        if count:
            code = getattr(cell, name) or ""
            found[code] = found.get(code, 0) + count
    if not tally.cells and measure == "screened":
        return dict(tally.screened_by.get(name, {}))
    return found


def _tally(shown: DayShown) -> DailyTally:
    return shown.counted if shown.day.sent is None else shown.day.sent.tally


def _banner(shown: DayShown) -> str:
    if shown.day.state is DayState.OPEN:
        return _("NOT SUBMITTED: numbers of the records as they are now")
    if shown.day.state is DayState.REOPENED:
        return _("REOPENED: the records have changed since this was submitted")
    return _("REVISED: it replaces what was submitted before") if shown.day.is_revised else ""


def _measure(words: CountWords, measure: str) -> str:
    own = {
        "hours_open": _("Hours screening was open"),
        "conveyances_inspected": _("Conveyances inspected"),
        "coverage_screened": _("Screened in the hours that both counted"),
        "coverage_crossed": _("Crossed in the hours that both counted (count of immigration)"),
        "coverage_hours": _("Hours that both counted"),
    }
    return own[measure] if measure in own else words.measure(measure)


def _reason(tally: DailyTally, language: str) -> str:
    found = reasons_none_screened().get(tally.none_screened_reason or "")
    return found.label(language) if found else tally.none_screened_reason or ""


def _number(count: int | None) -> str:
    return _("not counted") if count is None else str(count)


def _hours(hours: Decimal) -> str:
    return _decimal(f"{hours.normalize():f}")


def _decimal(text: str) -> str:
    return text.replace(".", ",") if current_language() == "pt" else text


def _state(state: DayState) -> str:
    return {DayState.OPEN: _("open"), DayState.SUBMITTED: _("submitted"), DayState.REOPENED: _("reopened")}[state]


def dimension_word(name: str) -> str:
    """Return what a dimension of the tally is called."""
    return {
        "direction": _("direction"),
        "conveyance": _("conveyance"),
        "sex": _("sex"),
        "age_band": _("age group"),
        "origin_country": _("country of origin"),
    }[name]


def day_text(day: date) -> str:
    """Return 22/11/2026."""
    return day.strftime("%d/%m/%Y")
