"""The shifts that were closed in a period: what was done, who worked, what is owed, and the mark of the audit."""

from collections.abc import Sequence

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.report import Block, Code, Column, Kind, Missing, Report, Section, Table, Text, Value
from bmis.staff.shifts import ClosedShift

_SHOWN_OF_ID = 8


def title() -> str:
    """Return the title."""
    return _("Shift report")


def decisions() -> dict[str, str]:
    """Return the decisions and counts of a shift, in words."""
    return {
        "entries": _("Entries"),
        "exits": _("Exits"),
        "ADMITTED": _("Admitted"),
        "EXITED": _("Exited"),
        "REFUSED_ENTRY": _("Entry refused"),
        "EXIT_PREVENTED": _("Exit prevented"),
        "PENDING_SECONDARY": _("Secondary inspection"),
        "REFERRED": _("Referred"),
        "WITHDRAWN": _("Withdrawn by the traveller"),
        "TRANSIT_ONLY": _("Transit only"),
        "in_secondary": _("In secondary now"),
        "open_drafts": _("Open drafts"),
        "typed_by_hand": _("Typed by hand"),
        "backfilled": _("Typed from paper"),
        "undone": _("Taken back"),
        "annulled": _("Annulled"),
        "missing_forms": _("Missing forms"),
        "failed_sign_ins": _("Wrong passwords"),
        "unsent": _("Unsent messages"),
        "deferred": _("Approvals still owed"),
    }


def make(asked: Asked) -> Report:
    """Return the report: a section a shift, in the order closed."""
    shifts: Sequence[ClosedShift] = asked.more["shifts"](asked.first, asked.last)
    sections = tuple(_section(asked, number, one) for number, one in enumerate(shifts, 1))
    if not sections:
        columns = (Column("shift", _("Shift")), Column("lane", _("Lane")), Column("closed", _("Closed")))
        none = Table("shifts", _("Shifts closed in this period"), columns, ())
        sections = (Section("", (Text(_("No shift was closed in this period."), framed=True), none)),)
    signers = ((_("Who closes the shift"), shifts[-1].closed_by if shifts else ""), (_("Who takes over"), ""))
    report = asked.report("shift", title(), sections)
    return report.signed(signers) if shifts else report


def _section(asked: Asked, number: int, one: ClosedShift) -> Section:
    def moment(at: object) -> str:
        return f"{local(at):%d/%m/%Y %H:%M}"  # type: ignore[arg-type]  # both are datetimes

    opened = f"{moment(one.opened_at)} — {one.opened_by}" if one.opened_at and one.opened_by else _("not known")
    facts = Table(
        f"shift{number}",
        _("Shift"),
        (Column("fact", _("Fact")), Column("value", _("Value"))),
        (
            (_("Lane"), one.lane),
            (_("Opened"), opened),
            (_("Closed"), f"{moment(one.closed_at)} — {one.closed_by}"),
            (_("Officers"), ", ".join(one.officers) or "–"),
            (_("Audit checkpoint"), one.anchor or Missing.NOT_RECORDED),
        ),
    )
    words = decisions()
    rows: list[tuple[Value, ...]] = [
        (words.get(code, code), Missing.NOT_RECORDED if n is None else n) for code, n in one.counts.items()
    ]
    counts = Table(
        f"shift{number}_counts",
        _("What the shift did"),
        (Column("figure", _("Figure")), Column("n", _("Number"), Kind.COUNT)),
        tuple(rows),
    )
    blocks: list[Block] = [facts, counts]
    if one.anchor is not None:
        caption = _("Keep this page: it shows if a record of the shift is changed later.")
        blocks.append(Code(_("Audit checkpoint"), one.anchor, caption))
    return Section(f"{_('Shift')} {str(one.id)[-_SHOWN_OF_ID:].upper()}", tuple(blocks))


REPORT = CatalogueEntry("shift", title, make, days=1, needs=frozenset({"shifts"}))
