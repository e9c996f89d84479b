"""The words of the errors of the desktop (BMIS-200 to 229)."""

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
}
