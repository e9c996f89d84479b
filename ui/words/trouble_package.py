"""The words of the errors of packages, and of what other homes handed over (BMIS-830 to 839)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-830": lambda: (
        _("Called off: nothing was written and nothing handed over"),
        _("Give the command again when there is time; crossings that were counted stay counted."),
    ),
}
