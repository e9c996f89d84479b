"""The page that is signed when a shift ends, in words."""

from bmis.crossings.paperwork.shift_facts import (
    ANNULLED,
    BACKFILLED,
    ENTRIES,
    EXITS,
    MISSING_FORMS,
    TYPED_BY_HAND,
    UNDONE,
)
from bmis.kernel.clock import local
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.page import Imprint, moment
from bmis.paper.shift_page import ShiftCount, ShiftPage, ShiftSection
from bmis.paper.signing import Signature
from bmis.staff.approval import PendingApproval
from bmis.staff.shift import ShiftReport
from ui.words.acts import action_word
from ui.words.labels import decision_word

SHOWN_OF_ID = 8  # characters of an identifier that people compare


def shift_paper(report: ShiftReport, imprint: Imprint, missing_forms: tuple[str, ...], language: str) -> ShiftPage:
    """Return the page as plain words for ``bmis.paper.shift_page``. It names officers and forms, never travellers."""
    with speaking(language):
        return _page(report, imprint, missing_forms, language)


def _page(report: ShiftReport, imprint: Imprint, missing_forms: tuple[str, ...], language: str) -> ShiftPage:
    names = dict(report.officers)
    closer = names.get(report.closed_by, report.closed_by)
    return ShiftPage(
        imprint=imprint,
        title=_("Shift report"),
        number=str(report.shift.id)[-SHOWN_OF_ID:].upper(),
        facts=(
            Row(_("Post"), imprint.post),
            Row(_("Lanes"), ", ".join(dict.fromkeys((report.shift.lane, *report.counts.lanes)))),
            Row(_("Desk"), report.desk_id, is_code=True),
            Row(_("Opened"), f"{moment(local(report.shift.opened_at))} — {report.shift.opened_by}"),
            Row(_("Closed"), f"{moment(local(report.closed_at))} — {report.closed_by}"),
        ),
        counts=_counts(report),
        sections=(
            ShiftSection(_("Officers"), tuple(f"{full} ({name})" for name, full in report.officers)),
            ShiftSection(_("Approvals still owed"), tuple(map(_owed, report.deferred)), mandatory=True),
            ShiftSection(_("Missing contingency forms"), missing_forms, mandatory=True),
        ),
        checkpoint=report.checkpoint.anchor,
        checkpoint_qr=report.checkpoint.anchor,
        signers=(
            Signature(_("Who closes the shift"), closer),
            Signature(_("Who takes over")),
        ),
        languages=(language,),
    )


def _counts(report: ShiftReport) -> tuple[ShiftCount, ...]:
    others, decided = report.counts.others, report.counts.decisions
    counts = [ShiftCount(_("Entries"), others.get(ENTRIES)), ShiftCount(_("Exits"), others.get(EXITS))]
    counts += [ShiftCount(decision_word(code), count) for code, count in sorted(decided.items())]
    counts += [
        ShiftCount(_("In secondary now"), report.counts.in_secondary),
        ShiftCount(_("Open drafts"), report.counts.open_drafts),
        ShiftCount(_("Typed by hand"), others.get(TYPED_BY_HAND)),
        ShiftCount(_("Typed from paper"), others.get(BACKFILLED)),
        ShiftCount(_("Taken back"), others.get(UNDONE)),
        ShiftCount(_("Annulled"), others.get(ANNULLED)),
        ShiftCount(_("Missing forms"), others.get(MISSING_FORMS)),
        ShiftCount(_("Wrong passwords"), report.failed_sign_ins),
        ShiftCount(_("Unsent messages"), report.unsent),
    ]
    return tuple(counts)


def _owed(waiting: PendingApproval) -> str:
    due = f"{local(waiting.due_at):%d/%m/%Y %H:%M}"
    line = _("{action}, by {name}, due {due} ({id})").format(
        action=action_word(waiting.action), name=waiting.by, due=due, id=str(waiting.subject_id)[-SHOWN_OF_ID:]
    )
    return " — ".join((line, _("OVERDUE"))) if waiting.overdue else line
