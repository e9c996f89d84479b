"""The words of the errors of stored tallies and signals, and of invented screenings (BMIS-520 to 534)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-520": lambda: (
        _("A day on which nobody was screened is kept only with its reason in words"),
        _("Write at least {least} characters. Closed is not zero."),
    ),
    "BMIS-521": lambda: (
        _("A kept tally cannot be read"),
        _("Keep the home as it is and call the auditor."),
    ),
    "BMIS-522": lambda: (
        _("The period of the signals cannot be"),
        _("Give a first and a last day, at most {most} days apart."),
    ),
    "BMIS-523": lambda: (
        _("The same report was kept before with another content"),
        _("Give a new report a new identifier."),
    ),
    "BMIS-524": lambda: (_("There is no such signal at this desk"), _("Check its number.")),
    "BMIS-525": lambda: (
        _("The invented screenings need the training user “{user}”, whose password is no longer the first one"),
        _("Invent people in a new training home."),
    ),
    "BMIS-526": lambda: (
        _("Another patient of today carries this number"),
        _("Give this patient another number, or check the band. Go on treating; nothing was stored."),
    ),
}
