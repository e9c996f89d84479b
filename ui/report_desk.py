"""The use cases of reports, joined with one open store of the border."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from bmis.flows.counts import Counts, days_before, same_days_last_year
from bmis.flows.export_flows import ExportFlows, FlowRequest
from bmis.flows.observed.coverage import observed_reader
from bmis.flows.package.resource import FlowPackage
from bmis.flows.public_flows import PublicFlows
from bmis.flows.recount import Recount
from bmis.flows.releases import ReleaseRegister
from bmis.flows.roll_up import RollUp
from bmis.flows.shared_releases import SharedReleases
from bmis.flows.tell_journeys import TellJourneys
from bmis.kernel.actor import Actor, NotAllowedError, Permission, Service
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from bmis.passes.statistics import CountPasses
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.posts.read_post_settings import ReadPostSettings
from bmis.reports.bulletin.baseline import Baseline, ImportBaseline
from bmis.reports.bulletin.publish import Editions, PublishEdition
from bmis.reports.export_report import ExportReport
from bmis.reports.make_report import MakeReport
from bmis.reports.recorded import COMPLETE_SINCE
from bmis.reports.report import Report
from bmis.reports.returns.keep_returns import ExpectReturns, ReturnsBook, TakeReturns
from bmis.staff.second_pair_of_eyes import SecondPairOfEyes
from bmis.staff.session import SignedIn
from bmis.staff.shifts import ReadShifts
from bmis.store.unit import OpenUnit, UnitOfWork


@dataclass(frozen=True, slots=True)
class ReportDesk:
    """What makes numbers and reports for one person at work."""

    roll_up: RollUp
    recount: Recount
    counts: Counts
    make: MakeReport
    export: ExportFlows
    shared: SharedReleases
    export_report: ExportReport
    journeys: TellJourneys
    returns: ReturnsBook
    take: TakeReturns
    expect: ExpectReturns
    import_baseline: ImportBaseline
    editions: Editions
    publish: PublishEdition
    second: SecondPairOfEyes


def desk_of(session: SignedIn) -> ReportDesk:
    """Return the use cases.

    Raises:
        NotAllowedError: the session is health's: its store has no crossing.
    """
    if session.service is not Service.BORDER:
        raise NotAllowedError(permission=Permission.READ_REPORTS.value, role=session.actor.role.value)
    store, home = session.store, session.home
    offset = MAPUTO_OFFSET_MINUTES
    roll_up = RollUp(store.read, store.write, offset)
    counts = Counts(store.read, roll_up)
    returns, baseline = ReturnsBook(store.read, home.post_code), Baseline(store.read)
    releases = ReleaseRegister(store.read, session.now, offset)
    export = ExportFlows(counts, store.write, releases, session.now, home.training, offset, observed_reader(store.read))
    public = PublicFlows(export)

    def released(unit: UnitOfWork, report: Report, values: str, by: Actor) -> None:
        week = report.first, report.last
        public.keep(unit, (week, days_before(*week), same_days_last_year(*week)), values, by)

    passes, shifts = CountPasses(store.read, session.now), ReadShifts(store.read)

    def package(first: date, last: date, language: str) -> FlowPackage | None:
        request = FlowRequest(first, last, (), "", "", language=language)
        return export.package(request, local(session.now(), offset))

    more: dict[str, Callable[[], Any]] = {
        "returns": lambda: returns,
        COMPLETE_SINCE: lambda: _complete_since(store.read, home.post_code, local(session.now(), offset).date()),
        "baseline": lambda: baseline,
        "flows": lambda: package,
        "public_flows": lambda: public,
        "passes": lambda: lambda first, last: passes(first, last, session.actor, public=False),
        "shifts": lambda: lambda first, last: shifts(_midnight(first), _midnight(last + timedelta(days=1))),
    }
    make = MakeReport(counts, session.now, post_title(home.post_code), home.training, offset, more)
    editions = Editions(store.read)
    return ReportDesk(
        roll_up=roll_up,
        recount=Recount(store.read, offset),
        counts=counts,
        make=make,
        export=export,
        shared=SharedReleases(store.read, store.write, session.now, home.desk_id),
        export_report=ExportReport(store.write, session.now),
        journeys=TellJourneys(export),
        returns=returns,
        take=TakeReturns(store.write, session.now, offset),
        expect=ExpectReturns(store.write, session.now),
        import_baseline=ImportBaseline(store.write, session.now),
        editions=editions,
        publish=PublishEdition(make, editions, store.write, session.now, offset, released),
        second=SecondPairOfEyes(home, session.service, store.read, lambda _: False, session.now),
    )


def _complete_since(read: OpenUnit, post: str, today: date) -> dict[str, date]:
    day = ReadPostSettings(read)(today).records_complete_since
    return {} if day is None else {post: day}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone(timedelta(minutes=MAPUTO_OFFSET_MINUTES)))


def post_title(code: str) -> str:
    """Return the post's name, its code where the list no longer has it."""
    try:
        return point_of_entry(code).name
    except UnknownPostError:
        return code
