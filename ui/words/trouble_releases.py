"""The words of the errors of numbers that are handed over and of forms of observed groups (BMIS-704 to 709)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-704": lambda: (
        _("Some of these days were handed over by another level before ({told})"),
        _("Choose the same level, or other days: side by side the two would give small numbers away."),
    ),
    "BMIS-705": lambda: (
        _("Days that are not over are not handed over ({day})"),
        _("Choose a period that ended yesterday or before."),
    ),
    "BMIS-706": lambda: (
        _("Other numbers were handed over while these were made"),
        _("Do it again: what was handed over in between is then taken into account."),
    ),
    "BMIS-707": lambda: (
        _("The bulletin for the public is of one week of the bulletin"),
        _("Give the days from {first} to {last}."),
    ),
    "BMIS-708": lambda: (
        _("The form has {count} faults, the first in line {line}, {field}; nothing of it was kept"),
        _("Correct each line and field, then send the whole file again: {faults}."),
    ),
    "BMIS-709": lambda: (
        _("The file is no form of observed groups ({why})"),
        _(
            "Send CSV in UTF-8 with the columns of the registry, at most 2 MB; record, kind, day, slot, point,"
            " direction and total are needed."
        ),
    ),
}
