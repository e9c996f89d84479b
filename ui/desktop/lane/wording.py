"""The lane's own words: decisions as things to do, why one is shut, what is known of a traveller."""

from collections.abc import Mapping, Sequence

from bmis.crossings.decision import Decision
from bmis.crossings.view import CrossingSummary, RecordState
from bmis.documents.document_kinds import document_kind
from bmis.documents.errors import UnknownDocumentKindError
from bmis.documents.kinds import layout
from bmis.documents.mrz_checks import CHECKS
from bmis.documents.mrz_typing import TypedCheck
from bmis.documents.states import state
from bmis.documents.travel_document import TravelDocument
from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.lane.answers import question_word
from ui.desktop.lane.shutting import Shut, WhyShut
from ui.words.acts import decision_act_word
from ui.words.labels import check_word, decision_word, field_word

DASH = "—"


def act_words(decision: Decision) -> str:
    """Return a decision as what the officer does."""
    return decision_act_word(decision.value)


def proposal_words(why: str) -> str:
    """Return why the rules propose what they propose."""
    return {
        "clear": _("Every check is clear."),
        "unchecked": _("Not everything could be checked."),
        "attention": _("Something asks for your attention."),
        "red": _("A check says stop."),
        "grey": _("Something could not be checked: nothing is proposed."),
        "minor": _("A foreigner who is, or may be, under age."),
        "age_unknown": _("The age is not known: nothing is proposed."),
        "photo": _("Another person: the face is not that of the document."),
        "photo_unsure": _("In doubt about the face: nothing is proposed."),
    }.get(why, "")


def shut_words(why: WhyShut) -> str:
    """Return why a decision is shut, in one line."""
    if why.why is Shut.NOT_ACCEPTED:
        return _("Accept with Space: {checks}").format(checks=", ".join(map(check_word, why.names)))
    if why.why is Shut.MISSING:
        return _("Still to answer: {fields}").format(fields=", ".join(map(question_word, why.names)))
    if why.why is Shut.NOT_CONFIRMED:
        return _("Confirm from the last crossing: {fields}").format(fields=", ".join(map(question_word, why.names)))
    return {
        Shut.NO_DOCUMENT: _("The document is not complete."),
        Shut.RUNNING: _("Wait: checks are still running."),
        Shut.FAILED: _("The checks did not run: press F2 to try again."),
        Shut.BUSY: _("Saving…"),
    }[why.why]


def name_of(surname: str | None, given_names: str | None) -> str:
    """Return SURNAME, Given names; a dash where neither is known."""
    return ", ".join(filter(None, (surname, given_names))) or DASH


def document_name(document: TravelDocument) -> str:
    """Return the holder's name as a person should see it."""
    return name_of(document.shown_surname, document.shown_given_names)


def kind_words(code: str) -> str:
    """Return the name of a kind of document."""
    try:
        return document_kind(code).name(current_language())
    except UnknownDocumentKindError:
        return code


def state_words(code: str | None) -> str:
    """Return code and name of a State."""
    if code is None:
        return DASH
    known = state(code)
    return f"{code} · {known.name(current_language())}" if known else code


def summary_line(one: CrossingSummary) -> str:
    """Return one crossing as a line of a list."""
    at = local(one.crossed_at).strftime("%H:%M")
    said = f"{at}   {decision_word(one.decision.value)} — {name_of(one.surname, one.given_names)}"
    if one.state is not RecordState.STANDING:
        said += f" ({state_of_record(one.state)})"
    return said


def dated_line(one: CrossingSummary) -> str:
    """Return one crossing as a line of search results."""
    at = local(one.crossed_at).strftime("%d/%m/%Y %H:%M")
    number = one.document_number or DASH
    return f"{at}   {decision_word(one.decision.value)} — {name_of(one.surname, one.given_names)} · {number}"


def state_of_record(record: RecordState) -> str:
    """Return what became of a record."""
    return {
        RecordState.STANDING: _("stands"),
        RecordState.UNDONE: _("taken back"),
        RecordState.ANNULLED: _("annulled"),
    }[record]


def times_words(times: int) -> str:
    """Return how often a traveller was here."""
    return _n("{count} crossing at this post's records", "{count} crossings at this post's records", times).format(
        count=times
    )


def digits_words(checks: Mapping[str, TypedCheck]) -> str:
    """Return the check digits typed so far, those that are printed only."""
    words = {TypedCheck.OK: _("right"), TypedCheck.FAIL: _("WRONG"), TypedCheck.PENDING: "…"}
    return " · ".join(
        f"{field_word(name)}: {words[checks[name]]}" for name in CHECKS if checks[name] is not TypedCheck.ABSENT
    )


def failing_cells(kind: str, failing: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return line and column of each check digit that fails."""
    of = layout(kind)
    spans = {
        "number": of.number_check,
        "birth_date": of.birth_date_check,
        "expiry_date": of.expiry_date_check,
        "optional_data": of.optional_data_check,
        "composite": of.composite_check,
    }
    return tuple((span.line, span.start) for name in failing if (span := spans[name]) is not None)
