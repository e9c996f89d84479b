"""The words of the errors of additional measures (BMIS-618 to 629)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-618": lambda: (
        _("The step does not follow where the measure stands"),
        _("WHO is informed once; a lifted measure has no review; no day lies before the last step or in the future."),
    ),
}
