"""The words of the lane's errors (BMIS-300 to 319)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-300": lambda: (
        _("Nobody has said which way this lane goes"),
        _("Choose entry or exit, then lay the document down again."),
    ),
    "BMIS-301": lambda: (_("The rules propose no decision"), _("Choose one: press F12 and its number.")),
    "BMIS-302": lambda: (_("This decision is shut"), _("The line above the buttons says what is missing.")),
    "BMIS-303": lambda: (
        _("A kept draft cannot be read"),
        _("Begin with the document again; tell technical support."),
    ),
    "BMIS-304": lambda: (
        _("There is no picture, or nothing was found on it"),
        _("Lay the document flat and press F2, or type the lines."),
    ),
    "BMIS-305": lambda: (
        _("The swipe reader misread the document; nothing was taken"),
        _("Pull the document through once more."),
    ),
    "BMIS-306": lambda: (
        _("There is no decision that can still be taken back"),
        _("Ask a supervisor to annul the record."),
    ),
    "BMIS-307": lambda: (
        _("There is nothing to print"),
        _("Decide a traveller first, or find the crossing with F3."),
    ),
    "BMIS-309": lambda: (
        _("This machine cannot read pictures of documents"),
        _("Type the lines by hand; tell technical support."),
    ),
    "BMIS-311": lambda: (_("There is no printer"), _("Save the paper as a file, or set up a printer.")),
    "BMIS-312": lambda: (_("The printer did not take the paper"), _("Check the printer, then press F5 again.")),
}
