"""The words of the errors of the desktop (BMIS-220 to 229, 300 to 399)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-220": lambda: (
        _("A part of the screen settings could not be used ({fields}); the usual ones stand in"),
        _("Set them again and save."),
    ),
    "BMIS-221": lambda: (
        _("A typeface that comes with the program cannot be loaded"),
        _("Install the program again; the records are not touched."),
    ),
    "BMIS-222": lambda: (
        _("The screen settings could not be saved; they hold until the program closes"),
        _("Check the disk and the rights of the folder."),
    ),
    "BMIS-223": lambda: (
        _("That key cannot be used for “{action}”"),
        _("Choose a function key or Ctrl with a letter that is free."),
    ),
    "BMIS-320": lambda: (_("A file of that name is already there; it was left as it is"), _("Choose another name.")),
    "BMIS-321": lambda: (_("The file could not be written"), _("Check the disk, or choose another folder.")),
    "BMIS-322": lambda: (_("The folder is not there"), _("Choose another folder.")),
    "BMIS-323": lambda: (_("The two passwords differ"), _("Type the new password again, twice.")),
    "BMIS-324": lambda: (_("“{field}” of the paper form is not valid"), _("Correct it from the form.")),
}
