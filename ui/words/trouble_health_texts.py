"""The words of the errors of texts that people type at the health desks, and of express records (BMIS-592 to 596)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-592": lambda: (
        _("“{field}” holds only spaces"),
        _("Type it, or empty the field: what is not known stays unknown."),
    ),
    "BMIS-593": lambda: (
        _("“{field}” holds a sign that cannot be seen"),
        _("Empty the field and type it by hand; copied text brings such signs along."),
    ),
    "BMIS-594": lambda: (
        _("“{field}” is longer than {longest} characters"),
        _("Shorten it."),
    ),
    "BMIS-595": lambda: (
        _("“{field}” is not a number that can be dialled"),
        _("Type 5 to 15 digits, with + and the country code before them; a second number goes after a stroke (/)."),
    ),
    "BMIS-596": lambda: (
        _("This cholera express record has its form already"),
        _("Look at the number on the card. If the other case is wrong, it is voided first."),
    ),
}
