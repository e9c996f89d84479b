"""The words of the errors of the supervisor's numbers (BMIS-740 to 759)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-740": lambda: (
        _("Crossings cannot be looked for like this ({why})"),
        _("Give a first and a last day in order, and codes of the lists."),
    ),
    "BMIS-741": lambda: (
        _("Crossings are handed over only with a reason and a recipient"),
        _("Write why and for whom, at most {longest} characters each; both are kept in the audit."),
    ),
    "BMIS-742": lambda: (
        _("Too many crossings are found to hand them over at once ({rows})"),
        _("Ask for a shorter period: at most {most} rows go into one file."),
    ),
    "BMIS-743": lambda: (
        _("The file could not be written; nothing of it was left"),
        _("Choose a new name, check the folder, its rights and the free space, then export again."),
    ),
    "BMIS-744": lambda: (
        _("The filter cannot be kept ({why})"),
        _("Give it a short name; at most {most} are kept for each person: remove one that is no longer used."),
    ),
    "BMIS-745": lambda: (
        _("The selector cannot be kept ({why})"),
        _("Give a State's three letters, the legal basis, and a last day from today to {most} days ahead."),
    ),
    "BMIS-746": lambda: (
        _("A nationality selector needs a second person"),
        _("Ask somebody who may sign to approve it here with user name and password."),
    ),
}
