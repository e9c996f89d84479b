"""What a finding says, in words: the check's evidence code with its facts."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from bmis.crossings.finding import Finding
from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.words.filling import fill
from ui.words.labels import decision_word, field_word
from ui.words.passes import AT_CROSSING, crossing_words

_COMMON: Mapping[str, Callable[[], str]] = {
    "did_not_run": lambda: _("This check did not run ({why}). Look yourself."),
    "no_number": lambda: _("Without a document number this cannot be checked."),
}

_WORDS: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "check_digits": {
        "no_mrz": lambda: _("There is no machine readable zone to check."),
        "seal_instead": lambda: _("A pass has a seal in the place of a machine readable zone."),
        "check_digit_fails": lambda: _("Check digits are wrong: {fields}. Read again, then look at the document."),
        "none_present": lambda: _("This document carries no check digits."),
        "all_right": lambda: _("Check digits are right ({count})."),
    },
    "document_dates": {
        "valid": lambda: _("The document is valid until {until}."),
        "birth_in_future": lambda: _("The date of birth lies in the future: {birth}."),
        "age_implausible": lambda: _("The traveller would be {years} years old."),
        "expired_before_birth": lambda: _("The document would expire before the birth of its holder: {expiry}."),
        "no_expiry": lambda: _("This document has no date of expiry."),
        "expiry_unknown": lambda: _("The date of expiry is not known."),
        "expired": lambda: _("The document expired on {expiry}, {days} days ago."),
        "may_be_expired": lambda: _("The document may have expired: {expiry}."),
        "expiry_implausible": lambda: _("The date of expiry is unusually far away: {expiry}."),
        "expiring": lambda: _("The document expires on {expiry}, in {days} days."),
    },
    "border_pass": AT_CROSSING,
    "health_step": {
        "done": lambda: _("The health step is done. It grants nothing else."),
        "not_done": lambda: _("The health step is not done: no health token that lets go on."),
        "after_lane": lambda: _("At this post the health step follows the lane."),
    },
    "open_crossing": {
        "waits_in_secondary": lambda: _("The traveller is waiting for secondary inspection since {at}."),
        "first_crossing": lambda: _("No earlier crossing with this document is known here."),
        "left_before": lambda: _("The last recorded crossing was an exit, on {at}."),
        "entered_without_exit": lambda: _("An entry of {at} has no exit. Ask when and where the traveller left."),
        "entered_before": lambda: _("The last recorded crossing was an entry, on {at}."),
        "national_first_exit": lambda: _("A national, with no earlier crossing recorded."),
        "entered_by_stamp": lambda: _("The entry is shown by a stamp in the document: {stamp}."),
        "no_entry_recorded": lambda: _("No entry is recorded here. Look for the entry stamp."),
        "left_without_entry": lambda: _("The last recorded crossing was already an exit, on {at}. Look for the entry."),
    },
    "other_identity": {
        "not_seen_before": lambda: _("The document number was not seen under another identity."),
        "same_identity": lambda: _("The document was seen before with the same identity ({times} times)."),
        "another_person": lambda: _("This number was used by another person on {at} ({fields} differ)."),
        "details_differ": lambda: _("This number was seen on {at} with other details: {fields}."),
    },
    "repeated": {
        "cannot_tell": lambda: _("Without a number and a date of birth a repetition cannot be seen."),
        "recorded_before": lambda: _("Already recorded {seconds} s ago: {decision}, number {seq}."),
        "not_repeated": lambda: _("Not recorded in the last minutes."),
    },
    "state_code": {
        "known": lambda: _("Issuing State {issuing_state} and nationality {nationality} are known."),
        "specimen_in_training": lambda: _("A specimen document, accepted in training."),
        "not_stated": lambda: _("Not stated: {field}."),
        "unknown_code": lambda: _("“{code}” is not the code of any State ({field})."),
        "specimen": lambda: _("“{code}” is the code of specimens: this is not a travel document ({field})."),
        "withdrawn_code": lambda: _("“{code}” is no longer in use ({field}); it is now {now}."),
        "code_misplaced": lambda: _("“{code}” cannot stand in this place ({field})."),
    },
}


def evidence_words(finding: Finding) -> str:
    """Return what the check found, as a sentence; the code itself where a check has no words yet."""
    if finding.check == "border_pass" and finding.evidence in AT_CROSSING:
        return crossing_words(finding.evidence, {name: value or "" for name, value in finding.facts.items()})
    words = _WORDS.get(finding.check, {}).get(finding.evidence) or _COMMON.get(finding.evidence)
    if words is None:
        return finding.evidence
    return fill(words(), {name: _shown(name, value) for name, value in finding.facts.items()})


def worded(check: str, evidence: str) -> bool:
    """Return whether there are words for the evidence of a check."""
    return evidence in _WORDS.get(check, {}) or evidence in _COMMON


def _shown(name: str, value: str | int | None) -> str:
    if value is None:
        return "—"
    text = str(value)
    if name in {"field", "fields"}:
        return ", ".join(field_word(part.strip()) for part in text.split(","))
    if name == "decision":
        return decision_word(text)
    if name == "at":
        return local(datetime.fromisoformat(text)).strftime("%d/%m/%Y %H:%M")
    if name in {"expiry", "until", "birth"}:
        return _day(text)
    if name == "reason":
        return _reason(text)
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:  # only the year, or the year and the month, are known
        return "/".join(reversed(text.split("-")))


def _reason(code: str) -> str:
    from bmis.documents.document_kinds import missing_reasons

    found = missing_reasons().get(code)
    return found.name(current_language()) if found else code
