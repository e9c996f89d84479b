"""The supervisor's numbers joined for one session."""

from dataclasses import dataclass
from datetime import datetime

from bmis.crossings.paperwork.records import SqlDrafts, lane_counts
from bmis.crossings.queue_numbers import ReadOverstays, ReadPace
from bmis.flows.day_numbers import read_day_numbers
from bmis.flows.number_rules import number_rules
from bmis.kernel.actor import Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from bmis.staff.second_pair_of_eyes import pending_approvals
from bmis.staff.session import SignedIn
from bmis.store.outbox import waiting
from ui import compose
from ui.desktop.supervisor.numbers_parts import Cancelled, NumbersNow, Tell
from ui.report_desk import ReportDesk


@dataclass(frozen=True, slots=True)
class JoinedNumbers:
    """Every call may be made on any thread: each opens its own unit of work."""

    session: SignedIn
    desk: ReportDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedNumbers":
        """Return the parts of a session."""
        return cls(session, compose.report_desk(session))

    def numbers(self, tell: Tell, cancelled: Cancelled) -> NumbersNow | None:
        """Return the numbers, None where counting was called off."""
        session, rules = self.session, number_rules()
        require(session.actor, Permission.READ_REPORTS)
        self.desk.roll_up(tell, cancelled)
        if cancelled():
            return None
        now = session.now()
        here = self.local_time(now)
        with self.desk.counts.view() as view:
            day = read_day_numbers(view, here.date(), here.hour)
        with session.store.read() as unit:
            in_lane, unsent = SqlDrafts(unit).count(), waiting(unit.connection)
            in_secondary = lane_counts(unit, session.home.desk_id, now).in_secondary
            owed = len(pending_approvals(unit, now))
        pace = ReadPace(session.store.read, session.home.desk_id)
        return NumbersNow(
            in_lane=in_lane,
            seconds=pace(
                now, rules.pace_window_minutes, rules.pace_longest_gap_s, rules.pace_least_gaps, session.actor
            ),
            in_secondary=in_secondary,
            unsent=unsent,
            owed=owed,
            day=day,
            overstays=ReadOverstays(session.store.read)(here.date(), session.actor),
        )

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return local(at, MAPUTO_OFFSET_MINUTES)
