"""The words of the errors of the pass desk (BMIS-670 to 689)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-670": lambda: (
        _("Nothing of this pass is printed: it is suspended or has ended ({pass_state})"),
        _("Look at its history; replace or renew it, or end the suspension first."),
    ),
}
