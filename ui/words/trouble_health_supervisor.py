"""The words of the errors of the health supervisor's desk (BMIS-590 to 599)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-590": lambda: (
        _("A field holds what it cannot hold"),
        _("Correct the field where the cursor is, or empty it: what is not known stays unknown."),
    ),
    "BMIS-591": lambda: (
        _("The file of the trust list cannot be read"),
        _("Check the path; bring the list again on another stick."),
    ),
}
