"""The reports of port health for ``report make``: of one day, of one week, of a period. Nobody is in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bmis.flows.period import check_period
from bmis.kernel.actor import NotAllowedError, Permission, Service, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.reports.errors import OneDayError, OneWeekError
from bmis.reports.make_report import rendered
from bmis.reports.report import Report
from bmis.staff.session import SignedIn
from poe_health.reports import health_tally, health_weekly, t14
from poe_health.surveillance.keep_days import last_sent
from poe_health.surveillance.week import epi_week
from ui.health_day import HealthDay, desk_of

DAYS = {health_tally.NAME: 1, health_weekly.NAME: 7, t14.NAME: 31}


@dataclass(frozen=True, slots=True)
class MadeOfHealth:
    """What was made: its name, and the rows of each table."""

    name: str
    title: str
    tables: dict[str, int]
    content: bytes


def titles() -> dict[str, str]:
    """Return the reports of port health, by name, in the language in force."""
    return {
        health_tally.NAME: _("Daily tally of port health"),
        health_weekly.NAME: _("Weekly summary of port health"),
        t14.NAME: t14.title(),
    }


def make(session: SignedIn, name: str, first: date, last: date, form: str) -> MadeOfHealth:
    """Return the report as pdf, xlsx or csv.

    Raises:
        NotAllowedError: the session is not health's, or the role reads no counts.
        OneDayError: the tally is of one day. OneWeekError: the summary is of one epidemiological week.
        PeriodError: as of every report. As the reports of the day.
    """
    if session.service is not Service.HEALTH:
        raise NotAllowedError(permission=Permission.READ_HEALTH_COUNTS.value, role=session.actor.role.value)
    require(session.actor, Permission.READ_HEALTH_COUNTS)
    check_period(first, last, local(session.now(), MAPUTO_OFFSET_MINUTES).date())
    with speaking(current_language()):
        makers: dict[str, Callable[..., MadeOfHealth]] = {
            health_tally.NAME: _tally,
            health_weekly.NAME: _weekly,
            t14.NAME: _screening,
        }
        return makers[name](session, desk_of(session), first, last, form)


def _tally(session: SignedIn, desk: HealthDay, first: date, last: date, form: str) -> MadeOfHealth:
    if first != last:
        raise OneDayError
    shown = desk.read(first, session.actor)
    lines = list(health_tally.tally_rows(shown, current_language(), desk.coverage(first, session.actor)))
    if form == "xlsx":
        content = rendered(_lines(session, health_tally.NAME, health_tally.CSV_HEAD, lines, first, last), form)
    else:
        content = desk.reports.tally_of(shown, session.actor, form).content
    return MadeOfHealth(health_tally.NAME, titles()[health_tally.NAME], {"health_tally": len(lines)}, content)


def _weekly(session: SignedIn, desk: HealthDay, first: date, last: date, form: str) -> MadeOfHealth:
    week = epi_week(first)
    if (first, last) != (week.days[0], week.days[-1]):
        raise OneWeekError(first=week.days[0].isoformat(), last=week.days[-1].isoformat())
    lines = list(health_weekly.weekly_rows(desk.week(week, session.actor), current_language()))
    if form == "xlsx":
        content = rendered(_lines(session, health_weekly.NAME, health_weekly.CSV_HEAD, lines, first, last), form)
    else:
        content = desk.reports.weekly(week, session.actor, form).content
    return MadeOfHealth(health_weekly.NAME, titles()[health_weekly.NAME], {"health_weekly": len(lines)}, content)


def _screening(session: SignedIn, _desk: HealthDay, first: date, last: date, form: str) -> MadeOfHealth:
    with session.store.read() as unit:
        sent = last_sent(unit, first, last)
    made_at = local(session.now(), MAPUTO_OFFSET_MINUTES)
    post, by, language = _post(session), session.actor.name, current_language()
    training = session.home.training
    report = t14.screening_report(sent, first, last, post, made_at, by, language, training=training)
    tables = {table.code: len(table.rows) for table in report.tables()}
    return MadeOfHealth(t14.NAME, report.title, tables, rendered(report, form))


def _lines(
    session: SignedIn, name: str, head: tuple[str, ...], lines: list[tuple[str, ...]], first: date, last: date
) -> Report:
    made_at = local(session.now(), MAPUTO_OFFSET_MINUTES)
    return t14.lines_report(
        name,
        titles()[name],
        head,
        lines,
        first,
        last,
        _post(session),
        made_at,
        session.actor.name,
        current_language(),
        training=session.home.training,
    )


def _post(session: SignedIn) -> str:
    try:
        return point_of_entry(session.home.post_code).name
    except UnknownPostError:
        return session.home.post_code
