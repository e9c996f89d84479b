"""What a note on an MRZ says, in words: codes of ``ParsedMrz.notes`` and ``bmis.documents.residues``."""

from collections.abc import Callable, Iterable, Mapping

from bmis.kernel.i18n import translate as _

_WORDS: Mapping[str, Callable[[], str]] = {
    "number_continues_in_optional_data": lambda: _("The document number is long and goes on in the optional data."),
    "birth_date_unreadable": lambda: _("The date of birth cannot be read. Take it from the page."),
    "birth_date_impossible": lambda: _("The date of birth does not exist. Take it from the page."),
    "birth_year_unknown": lambda: _("The year of birth is not known to the document."),
    "birth_zero_for_unknown": lambda: _("The date of birth has zeros: they are taken for unknown."),
    "birth_xx_for_unknown": lambda: _("The date of birth has XX: it is taken for unknown."),
    "birth_day_without_month": lambda: _("The date of birth has a day without its month: only the year is used."),
    "expiry_date_unreadable": lambda: _("The date of expiry cannot be read. Take it from the page."),
    "expiry_date_impossible": lambda: _("The date of expiry does not exist. Take it from the page."),
    "expiry_year_unknown": lambda: _("The year of expiry is not known to the document."),
    "expiry_zero_for_unknown": lambda: _("The date of expiry has zeros: they are taken for unknown."),
    "expiry_xx_for_unknown": lambda: _("The date of expiry has XX: it is taken for unknown."),
    "expiry_day_without_month": lambda: _("The date of expiry has a day without its month: only the year is used."),
    "sex_printed_x": lambda: _("The sex is printed as X: not specified."),
    "sex_unreadable": lambda: _("The sex is none of F, M and <. Take it from the page."),
    "name_may_be_truncated": lambda: _("The name fills its field and may be cut. The whole name is on the page."),
    "digit_in_name": lambda: _("A digit stands in the name. Compare the name with the page."),
    "surname_missing": lambda: _("No name can be read. Take it from the page."),
    "no_given_names": lambda: _("There is one name only, without given names. Compare it with the page."),
    "name_starts_with_filler": lambda: _("The surname is empty; the given names follow. Compare them with the page."),
    "digit_in_state": lambda: _("A digit stands in the code of a State; no State has one. Compare it with the page."),
    "document_code_unexpected": lambda: _(
        "The first letter is not one of this kind of document. Look at the document."
    ),
    "name_not_proved": lambda: _("The check digits do not prove the name: compare it with the page."),
    "number_not_proved": lambda: _(
        "The check digits do not prove every character of the number (6 and G, 1 and L): compare it with the page."
    ),
    "date_not_proved": lambda: _("The check digits do not prove the dates: compare them with the page."),
    "optional_data_not_proved": lambda: _("The check digits do not prove the optional data: compare it with the page."),
    "state_not_proved": lambda: _(
        "The check digits do not prove the State and the nationality: compare them with the page."
    ),
    "sex_not_proved": lambda: _("The check digits do not prove the sex: compare it with the page."),
}

_NOT_PROVED: Mapping[str, Callable[[], str]] = {
    "name_not_proved": lambda: _("the name"),
    "number_not_proved": lambda: _("the number"),
    "date_not_proved": lambda: _("the dates"),
    "optional_data_not_proved": lambda: _("the optional data"),
    "state_not_proved": lambda: _("the State and the nationality"),
    "sex_not_proved": lambda: _("the sex"),
}


def short_note_words(notes: Iterable[str]) -> tuple[str, ...]:
    """Return sentences as ``note_words``, but one for all that the check digits do not prove; it comes first."""
    asked = tuple(dict.fromkeys(notes))
    unproved = [_NOT_PROVED[note]() for note in asked if note in _NOT_PROVED]
    said = note_words(note for note in asked if note not in _NOT_PROVED)
    if not unproved:
        return said
    return (_("Compare with the page: {fields}.").format(fields=", ".join(unproved)), *said)


def note_words(notes: Iterable[str]) -> tuple[str, ...]:
    """Return the sentence of each note, in their order; the code itself where there are no words yet."""
    return tuple(_WORDS[note]() if note in _WORDS else note for note in notes)


def noted(note: str) -> bool:
    """Return whether there are words for the note."""
    return note in _WORDS
