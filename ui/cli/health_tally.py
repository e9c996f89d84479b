"""``bmis health tally`` and ``weekly``: the day and the week of a post, from the records; submitting and closing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, PERSON, Call, say_trouble
from ui.cli.days import day_of
from ui.cli.errors import ArgumentMissingError, ValueRefusedError
from ui.cli.flows_mapping import REASON, RECIPIENT

if TYPE_CHECKING:
    from bmis.kernel.actor import Actor
    from poe_health.surveillance.coverage import CoverageShown
    from poe_health.surveillance.keep_days import DayShown, WeekShown
    from poe_health.surveillance.tally import DayTold
    from poe_health.surveillance.week import EpiWeek
    from ui.health_day import HealthDay

DAY = Annotated[str, typer.Option(help="the day, YYYY-MM-DD")]
OUT = Annotated[Path | None, typer.Option(help="the report to write: .pdf or .csv")]


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands."""
    group.command("tally", help="Count a day from the records, submit it, or close it.")(tally)
    group.command("weekly", help="Sum up a week of submitted days; missing days are named.")(weekly)


def tally(
    context: typer.Context,
    day: DAY,
    submit: Annotated[bool, typer.Option("--submit", help="submit the day under your name")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="nobody was screened; submits it, with --reason")] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="open a submitted day again, with --reason")] = False,
    reason: Annotated[
        str | None, typer.Option(help="why it was closed, is reopened, or is handed over as a table")
    ] = None,
    none_screened: Annotated[
        str | None, typer.Option("--none-screened", help="code of why nobody was screened (CLOSED, NO_STAFF, …)")
    ] = None,
    hours: Annotated[str | None, typer.Option(help="hours for which screening was open, as 12.5")] = None,
    entered: Annotated[int | None, typer.Option(min=0, help="how many entered, as immigration counted")] = None,
    exited: Annotated[int | None, typer.Option(min=0, help="how many left, as immigration counted")] = None,
    fewer_reason: Annotated[
        str | None, typer.Option("--fewer-reason", help="why fewer crossed than were screened")
    ] = None,
    conveyances: Annotated[
        int | None, typer.Option(min=0, help="conveyances inspected, where no inspection is kept here")
    ] = None,
    vaccinated: Annotated[
        int | None, typer.Option(min=0, help="vaccinated at the post, where no dose is kept here")
    ] = None,
    out: OUT = None,
    recipient: RECIPIENT = "",
) -> int:
    from poe_health.surveillance.tally import DayTold
    from ui.compose_health import health_day
    from ui.words.surveillance import coverage_words

    call: Call = context.obj
    of_day, form = day_of(day, "--day"), _form(out)
    if closed + reopen + submit > 1 and (reopen or not closed):
        raise ValueRefusedError(argument="--reopen")
    if (entered is None) != (exited is None):
        raise ArgumentMissingError(argument="--entered" if entered is None else "--exited")
    told = DayTold(
        hours_open=_hours(hours),
        crossed=None if entered is None or exited is None else {"ENTRY": entered, "EXIT": exited},
        conveyances_inspected=conveyances,
        vaccinated=vaccinated,
        none_screened_reason=_reason_code(none_screened),
        none_screened_note=reason if closed or none_screened else None,
        fewer_crossed_reason=fewer_reason,
    )
    if closed:
        told = _closing(told)
    with signed_in(call) as session:
        desk, by = health_day(session), session.actor
        trouble: BmisError | None = None
        why = {"reason": reason or "", "recipient": recipient}
        if out is not None:
            desk.hand_over.check(form, **why)
        if reopen:
            shown = desk.reopen(of_day, reason or "", by)
        elif submit or closed:
            shown, trouble = _submitted(desk, of_day, told, by)
        else:
            shown = desk.read(of_day, by, told)
        covered = desk.coverage(of_day, by)
        document = tally_json(shown) | {"coverage": coverage_json(covered)}
        if out is not None:
            file = desk.reports.tally_of(shown, by, form)
            write_report(out, file.content, lambda: desk.hand_over(file, by, **why))
            document["report"] = str(out)
    if trouble is not None:
        return _refused(call, document, trouble)
    call.answer(document, [*_lines(shown), _("Coverage: {words}").format(words=coverage_words(covered))])
    return DONE


def weekly(
    context: typer.Context,
    week: Annotated[str, typer.Option(help="the week, as 2026-W47")],
    out: OUT = None,
    reason: REASON = "",
    recipient: RECIPIENT = "",
) -> int:
    from ui.compose_health import health_day

    call: Call = context.obj
    asked, form = week_of(week), _form(out)
    with signed_in(call) as session:
        desk, by = health_day(session), session.actor
        why = {"reason": reason, "recipient": recipient}
        if out is not None:
            desk.hand_over.check(form, **why)
        shown = desk.week(asked, by)
        document = week_json(shown)
        if out is not None:
            file = desk.reports.weekly(asked, by, form)
            write_report(out, file.content, lambda: desk.hand_over(file, by, **why))
            document["report"] = str(out)
    call.answer(document, _week_lines(shown))
    return DONE


def _submitted(desk: "HealthDay", day: date, told: "DayTold", by: "Actor") -> tuple["DayShown", BmisError | None]:
    """Return the day, and what stopped its submission: where numbers contradict each other they are shown."""
    from poe_health.surveillance.errors import TallyArithmeticError

    try:
        return desk.submit(day, told, by), None
    except TallyArithmeticError as error:
        return desk.read(day, by, told), error


def _refused(call: Call, document: dict[str, Any], trouble: BmisError) -> int:
    from ui.words.errors import describe

    notice = describe(trouble)
    document["error"] = {"code": notice.code, "what": notice.what, "do": notice.do}
    call.answer(document, [one["words"] for one in document["faults"]])
    say_trouble(notice.line)
    return PERSON


def _closing(told: "DayTold") -> "DayTold":
    from poe_health.surveillance.settings import reasons_none_screened

    code = told.none_screened_reason or "CLOSED"
    hours = Decimal(0) if reasons_none_screened()[code].no_data and told.hours_open is None else told.hours_open
    return replace(told, none_screened_reason=code, hours_open=hours)


def tally_json(shown: "DayShown") -> dict[str, Any]:
    """Return the day as resources/schemas/health-tally.json says."""
    from poe_health.surveillance.day_json import tally_plain
    from ui.words.surveillance import fault_words

    sent, submission = shown.day.sent, shown.submission
    document: dict[str, Any] = {
        "state": shown.day.state.value,
        **tally_plain(shown.counted),
        "has_data": shown.counted.has_data,
        "faults": [
            {
                "fault": one.fault.value,
                "blocks": one.blocks,
                "found": one.found,
                "against": one.against,
                "of": one.of,
                "words": fault_words(one),
            }
            for one in shown.faults
        ],
        "differs": shown.differs,
        "submitted": None,
        "reopened": [
            {"at": one.at.isoformat(), "by": one.by, "record": one.record, "reason": one.reason}
            for one in shown.day.reopened
        ],
        "report": None,
    }
    if sent is not None and submission is not None:
        document["submitted"] = {
            "id": str(submission.id),
            "at": sent.at.isoformat(),
            "by": sent.by,
            "revision": sent.revision,
            "replaces": None if submission.replaces is None else str(submission.replaces),
            "tally": tally_plain(sent.tally),
        }
    return document


def coverage_json(shown: "CoverageShown") -> dict[str, Any]:
    """Return the coverage as resources/schemas/health-tally.json says."""
    found = shown.coverage
    numbers = {
        "screened": None if found is None else found.screened,
        "crossed": None if found is None else found.crossed,
        "hours": None if found is None else found.hours,
        "share": None if found is None or found.share is None else round(float(found.share), 4),
    }
    return numbers | {"why_none": None if shown.why is None else shown.why.value}


def week_json(shown: "WeekShown") -> dict[str, Any]:
    """Return the week as resources/schemas/health-weekly.json says."""
    from poe_health.surveillance.day_json import counts_plain

    summary = shown.summary
    return {
        "post_code": summary.post_code,
        "week": summary.week.code,
        "from": summary.week.days[0].isoformat(),
        "to": summary.week.days[-1].isoformat(),
        "complete": summary.is_complete,
        "counts": None if summary.counts is None else counts_plain(summary.counts),
        "suspected_by": dict(sorted(summary.suspected_by.items())),
        "crossed": summary.crossed,
        "days_counted": [day.isoformat() for day in summary.days_counted],
        "days_without": {day.isoformat(): reason for day, reason in summary.days_without.items()},
        "days_missing": [day.isoformat() for day in shown.missing],
        "days_to_come": [one.day.isoformat() for one in shown.days if one.sent is None and not one.is_over],
        "days_reopened": [day.isoformat() for day in shown.reopened],
        "report": None,
    }


def _lines(shown: "DayShown") -> Iterable[str]:
    from ui.words.health import disease_word
    from ui.words.surveillance import fault_words, state_word

    tally = shown.counted
    yield f"{tally.post_code} · {tally.day:%d/%m/%Y} · {state_word(shown.day.state.value)}"
    if tally.has_data:
        yield _("Screened: {screened}; secondary: {secondary}; suspected: {suspected}; alerts: {alerts}").format(
            screened=tally.counts.screened,
            secondary=tally.counts.secondary,
            suspected=tally.counts.suspected,
            alerts=tally.counts.alerts,
        )
        yield from (f"  {disease_word(code, tally.day)}: {count}" for code, count in tally.suspected_by.items())
    else:
        yield _("There are no counts of this day. Closed is not zero.")
    for one in shown.faults:
        yield f"  ! {fault_words(one)}"
    if shown.differs:
        yield _("The records say other numbers than were submitted.")


def _week_lines(shown: "WeekShown") -> Iterable[str]:
    from poe_health.reports.health_weekly import week_day_word
    from ui.words.health import disease_word

    summary = shown.summary
    yield f"{summary.post_code} · {summary.week.code}"
    for one in shown.days:
        sent = one.sent.tally if one.sent is not None and one.sent.tally.has_data else None
        screened = "—" if sent is None else str(sent.counts.screened)
        yield f"  {one.day:%d/%m/%Y} {screened:>6} {week_day_word(one)}"
    if summary.counts is None:
        yield _("No day of this week has counts. That is not zero.")
        return
    yield _("Screened: {screened}; secondary: {secondary}; suspected: {suspected}; alerts: {alerts}").format(
        screened=summary.counts.screened,
        secondary=summary.counts.secondary,
        suspected=summary.counts.suspected,
        alerts=summary.counts.alerts,
    )
    last = summary.week.days[-1]
    yield from (f"  {disease_word(code, last)}: {count}" for code, count in sorted(summary.suspected_by.items()))


def write_report(path: Path, content: bytes, keep: Callable[[], object]) -> None:
    """Write the report aside, keep its line, put it in place; nothing that is there is overwritten.

    Raises:
        ExportFileError: it cannot be written. As ``keep``: then nothing of it is left.
    """
    from poe_health.exchange.files import StagedFiles

    staged = StagedFiles({path: content})
    try:
        keep()
        staged.publish()
    finally:
        staged.discard()


def week_of(text: str) -> "EpiWeek":
    """Return the week of 2026-W47 or 2026W47.

    Raises:
        ValueRefusedError: that year has no such week.
    """
    from poe_health.surveillance.week import week_named

    try:
        return week_named(text)
    except ValueError as error:
        raise ValueRefusedError(argument="--week") from error


def _form(path: Path | None) -> str:
    """Return the form that the name of the report asks for, "" where none is asked."""
    form = "" if path is None else path.suffix.lower().lstrip(".")
    if path is not None and form not in ("csv", "pdf"):
        raise ValueRefusedError(argument="--out")
    return form


def _hours(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise ValueRefusedError(argument="--hours") from error
    if not found.is_finite() or len(text) > len("24.00"):
        raise ValueRefusedError(argument="--hours")
    return found


def _reason_code(code: str | None) -> str | None:
    from poe_health.surveillance.settings import reasons_none_screened

    if code is not None and code not in reasons_none_screened():
        raise ValueRefusedError(argument="--none-screened")
    return code
