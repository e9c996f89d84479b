"""What exports say, in words: remarks on a file, what became of records that were sent, and why one was refused."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.words.filling import fill

if TYPE_CHECKING:
    from poe_health.exchange.export_event import Handed
    from poe_health.exchange.read_exports import Correction

_Words = Mapping[str, Callable[[], str]]

_NOTES: _Words = {
    "code_unmapped": lambda: _("The receiver has no word for the code {where} ({count})"),
    "column_missing": lambda: _("The template has no column {where}: it was left out"),
    "column_unknown": lambda: _("The column {where} of the template is not known: it stays empty"),
    "completion_left_out": lambda: _(
        "A file like this cannot say that the days are complete: complete them there, or send instead"
    ),
    "contact_day_unknown": lambda: _("Contacts without the day of the contact: not joined to their case ({count})"),
    "date_order_assumed": lambda: _("The template does not say how dates are written; {where} was used"),
    "day_closed": lambda: _("{where}: closed, no counts (not zero)"),
    "day_left_out": lambda: _("{where}: has records but was not submitted: left out (not zero); submit the day first"),
    "day_missing": lambda: _("{where}: not submitted, left out (not zero)"),
    "day_not_submitted": lambda: _("{where}: counted from the records, not submitted yet"),
    "disease_unmapped": lambda: _("The receiver has no word for the disease {where} ({count})"),
    "no_name": lambda: _("Without a name: {count}"),
    "not_split": lambda: _("{where}: typed by hand, not split by sex and age; only its totals go"),
    "not_suspected": lambda: _("Suspected of nothing and therefore left out: {count}"),
    "org_unit_unmapped": lambda: _("The mapping has no organisation unit for {where}"),
    "suppressed": lambda: _("Numbers hidden because they are small, or would show small ones: {count}"),
    "symptom_unmapped": lambda: _("The receiver has no word for the symptom {where} ({count})"),
    "week_incomplete": lambda: _("{where}: days are missing, sent without completion"),
    "week_not_counted": lambda: _("{where}: no day was counted, left out (not zero)"),
}
_OUTCOMES: _Words = {
    "created": lambda: _("new there"),
    "updated": lambda: _("changed there"),
    "accepted": lambda: _("accepted"),
    "would_accept": lambda: _("would be accepted"),
    "refused": lambda: _("refused"),
    "not_sent": lambda: _("not sent"),
    "known": lambda: _("there already"),
    "withdrawn": lambda: _("taken back there"),
}
_REASONS: _Words = {
    "BUNDLE_REFUSED": lambda: _("the server refused the whole case"),
    "DELETED_THERE": lambda: _("it was deleted on the server"),
    "ENROLMENT_OPEN": lambda: _("the person has an open enrolment there"),
    "EXISTS_ALREADY": lambda: _("the identifier exists there already"),
    "NO_ACCESS": lambda: _("our account may not write this"),
    "ORG_UNIT_NOT_ASSIGNED": lambda: _("the post is not assigned to the program there"),
    "ORG_UNIT_UNKNOWN": lambda: _("the server does not know the post"),
    "OTHER": lambda: _("another reason"),
    "PART_OF_REFUSED": lambda: _("a part that it belongs to was refused"),
    "PERIOD_CLOSED": lambda: _("the period is closed there"),
    "STAGE_ONCE": lambda: _("the stage was filled already and takes one entry"),
    "VALUE_MISSING": lambda: _("a value that the server needs is missing"),
    "VALUE_NOT_UNIQUE": lambda: _("a value that must be unique is there for somebody else"),
    "VALUE_REFUSED": lambda: _("a value is not of the kind that the server takes"),
    "WORDS_UNKNOWN": lambda: _("a code of the mapping does not exist there"),
}


def note_word(code: str, where: str, count: int) -> str:
    """Return a remark on a file; the code where there are no words."""
    words = _NOTES.get(code)
    return code if words is None else fill(words(), {"where": where, "count": count})


def note_lines(notes: Iterable[tuple[str, str, int]]) -> list[str]:
    """Return the remarks of a file, each by code, where and count; days in a row are one line."""
    lines: list[str] = []
    run: tuple[str, date, date] | None = None
    for code, where, count in [*notes, ("", "", 0)]:
        day = _day(where) if code.startswith("day_") else None
        if run is not None and day is not None and code == run[0] and day == run[2] + timedelta(days=1):
            run = (code, run[1], day)
            continue
        if run is not None:
            lines.append(note_word(run[0], _days(run[1], run[2]), 1))
        run = None if day is None else (code, day, day)
        if day is None and code:
            lines.append(note_word(code, where, count))
    return lines


def _day(where: str) -> date | None:
    try:
        return date.fromisoformat(where)
    except ValueError:
        return None


def _days(first: date, last: date) -> str:
    return f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def outcome_word(code: str) -> str:
    """Return what became of a record."""
    words = _OUTCOMES.get(code)
    return code if words is None else words()


def reason_word(code: str) -> str:
    """Return why a record was refused."""
    words = _REASONS.get(code)
    return code if words is None else words()


def handed_line(one: "Handed") -> str:
    """Return who has a case from us since when, and what is to be done now that it is voided or corrected."""
    at = f"{local(one.at):%d/%m/%Y %H:%M}"
    if one.target is None:
        return _("Given in a file to {recipient} on {at}: tell them of the correction.").format(
            recipient=one.recipient, at=at
        )
    return _("Sent to {target} on {at}: the correction waits in the exports; send there again.").format(
        target=one.target, at=at
    )


def correction_words(one: "Correction") -> str:
    """Return what the next sending does with a case."""
    words = (
        _("voided: the next sending takes it back there") if one.standing.voided else _("changed: send its day again")
    )
    return f"{one.standing.number} · {one.standing.day:%d/%m/%Y} · {words}"


def export_lines(document: Mapping[str, Any]) -> Sequence[str]:
    """Return the lines for a person of what ``bmis health export`` answers."""
    lines = []
    for file in document["files"]:
        lines.append(_("Written: {path}").format(path=file["path"]))
    lines.append(
        _("Records: {records}; people: {people}; level: {level}").format(
            records=document["records"], people=document["people"], level=document["level"]
        )
    )
    lines += note_lines((one["code"], one["where"], one["count"]) for one in document["notes"])
    sent = document["sent"]
    if sent is not None:
        for outcome, count in sorted(sent["outcomes"].items()):
            lines.append(f"{outcome_word(outcome)}: {count}")
        for one in sent["results"]:
            if one["outcome"] == "refused":
                lines.append(f"{one['record']}: {reason_word(one['reason'])} {' '.join(one['said'])}".rstrip())
    return lines
