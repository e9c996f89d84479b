"""The words of the errors of the desk of observation (BMIS-800 to 803)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-800": lambda: (
        _("The interval has not lasted a minute yet"),
        _("Go on counting and keep it in the next minute, or give it up with Delete."),
    ),
    "BMIS-801": lambda: (
        _("That person was not counted: no interval runs"),
        _("Begin an interval with Enter; if one has ended, keep it first with F12."),
    ),
    "BMIS-802": lambda: (
        _("That direction is not watched in this interval"),
        _("Keep the interval, choose the directions with D, and begin another."),
    ),
    "BMIS-803": lambda: (
        _("Nobody has agreed to answer yet"),
        _("Ask for agreement first: A, or the letter of why the person is not asked."),
    ),
}
