"""Returns of posts and published bulletins, joined for one session."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from bmis.capture.frame import RgbBytes
from bmis.capture.pdf_pages import decode_pdf, page_count
from bmis.flows.period import check_period
from bmis.kernel.actor import Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.posts.point_of_entry import points_of_entry
from bmis.reports.bulletin.baseline import LARGEST_FILE
from bmis.reports.bulletin.edition import Edition
from bmis.reports.bulletin.publish import PUBLISH
from bmis.reports.bulletin.report_json import values_sha256
from bmis.reports.errors import BaselineUnreadableError, DraftChangedError
from bmis.reports.make_report import rendered
from bmis.reports.report import Report
from bmis.reports.returns.keep_returns import KeptReturn
from bmis.reports.returns.message import decode, encode
from bmis.reports.returns.post_return import PostReturn, post_return, reference
from bmis.reports.returns.typed import sent_moment, typed_figures
from bmis.staff.approval import Approval
from bmis.staff.session import SignedIn
from ui.desktop.supervisor.bulletin_parts import DraftNow, MadeReport, ReturnLine, ReturnsNow, TypedReturn
from ui.report_desk import ReportDesk

PAGE_WIDTH = 1040  # pixels of a page on the screen


def made_report(report: Report, now: Clock, cancelled: Callable[[], bool]) -> MadeReport | None:
    """Return a report with its paper and the paper's pages; None where it was called off."""
    pdf = rendered(report, "pdf")
    pages: list[RgbBytes] = []
    for frame in decode_pdf(pdf, now, "report"):
        if cancelled():
            return None
        pages.append(frame.to_rgb_bytes(PAGE_WIDTH))
    return MadeReport(report, pdf, tuple(pages), page_count(pdf))


@dataclass(frozen=True, slots=True)
class JoinedBulletins:
    """Every call may be made on any thread: each opens its own unit of work."""

    session: SignedIn
    desk: ReportDesk

    def returns(self, first: date, last: date) -> ReturnsNow:
        """Return what came of these days, and what is owed of those that have come."""
        require(self.session.actor, Permission.READ_REPORTS)
        today = local(self.session.now(), MAPUTO_OFFSET_MINUTES).date()
        check_period(first, last, today)
        last = min(last, today)
        found = self.desk.returns(first, last)
        latest = {
            (one.given.post_code, one.given.kind, one.given.day): one for one in self.desk.returns.history(first, last)
        }
        lines = [
            ReturnLine(post, kind, day, kept, _amended(kept.given))
            for (post, kind, day), kept in latest.items()  # the last one of each stands
        ]
        lines += [ReturnLine(post, kind, day, None) for post, kind, day in found.missing()]
        return ReturnsNow(first, last, tuple(sorted(lines, key=lambda one: (one.day, one.post, one.kind))))

    def read_message(self, untrusted_text: str) -> tuple[PostReturn, ...]:
        """Return what a message says; small letters and blanks around it are the telephone's."""
        return decode(untrusted_text.strip().upper())

    def messages(self, post: str, day: date) -> tuple[str, ...]:
        """Return what stands of a post and a day as messages: each of one sender and moment."""
        kept = [one.kept.given for one in self.returns(day, day).lines if one.post == post and one.kept is not None]
        sent: dict[tuple[str, datetime], list[PostReturn]] = {}
        for one in kept:
            sent.setdefault((one.sender, one.sent_at), []).append(one)
        return tuple(text for group in sent.values() for text in encode(group))

    def take_message(self, given: tuple[PostReturn, ...]) -> tuple[KeptReturn, ...]:
        """Return the returns as kept."""
        return tuple(self.desk.take(given, self.session.actor))

    def take_typed(self, typed: TypedReturn, language: str) -> tuple[KeptReturn, ...]:
        """Return the return as kept."""
        given = post_return(
            untrusted_post=typed.post,
            day=typed.day,
            untrusted_kind=typed.kind,
            untrusted_figures=typed_figures(typed.kind, typed.day, typed.figures, language),
            untrusted_sender=typed.sender,
            sent_at=sent_moment(typed.sent_day, typed.sent_hour),
        )
        return tuple(self.desk.take([given], self.session.actor, {given.kind: typed.amends} if typed.amends else None))

    def posts(self) -> tuple[tuple[str, str], ...]:
        """Return code and name of every post, that of the home first."""
        home = self.session.home.post_code
        every = sorted(points_of_entry(), key=lambda one: (one.code != home, one.name))
        return tuple((one.code, one.name) for one in every)

    def may_publish(self) -> bool:
        """Return whether the role publishes bulletins."""
        return self.session.actor.may(Permission.PUBLISH_REPORTS)

    def editions(self, name: str) -> tuple[Edition, ...]:
        """Return what was published of a report, the newest first."""
        return tuple(reversed(self.desk.editions(name, self.session.actor)))

    def edition_paper(self, edition: Edition, cancelled: Callable[[], bool]) -> MadeReport | None:
        """Return the frozen edition with its paper."""
        require(self.session.actor, Permission.READ_REPORTS)
        return made_report(edition.report, self.session.now, cancelled)

    def look(
        self, name: str, days: tuple[date, date], language: str, revision: bool, cancelled: Callable[[], bool]
    ) -> DraftNow | None:
        """Return what would be published now."""
        actor = self.session.actor
        draft = self.desk.publish.look(name, *days, language, actor, revision=revision)
        made = None if cancelled() else made_report(draft.report, self.session.now, cancelled)
        return None if made is None else DraftNow(name, draft, made, actor.name)

    def publish(self, seen: DraftNow, second: tuple[str, str]) -> Edition:
        """Return the edition, of exactly the numbers that were seen."""
        desk, by, draft = self.desk, self.session.actor, seen.draft
        days = draft.report.first, draft.report.last

        def sign(subject: UUID) -> Approval:
            return desk.second.immediate(PUBLISH, subject, *second, by)

        @contextmanager
        def stage(report: Report) -> Iterator[None]:
            if values_sha256(report) != draft.values:
                raise DraftChangedError
            yield

        if draft.earlier is None:
            return desk.publish(seen.name, *days, draft.report.language, by, sign, stage)
        return desk.publish.revise(seen.name, *days, by, sign, stage)[0]

    def import_baseline(self, path: Path) -> tuple[int, int]:
        """Return how many figures of how many periods were kept."""
        try:
            with path.open("rb") as opened:
                untrusted = opened.read(LARGEST_FILE + 1)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise BaselineUnreadableError from error
        kept = self.desk.import_baseline(untrusted, self.session.actor)
        return len(kept), len({(one.first, one.last) for one in kept})


def _amended(given: PostReturn) -> str:
    """Return the reference that a correction takes the place of."""
    return reference(given.post_code, given.day, given.kind, given.revision - 1) if given.revision > 1 else ""
