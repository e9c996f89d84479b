"""The words of the errors of returns and editions at the supervisor's desk (BMIS-531 to 534, 579)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-531": lambda: (
        _("The numbers changed since you looked at them; nothing was published"),
        _("Look at them again, then publish what you saw."),
    ),
    "BMIS-532": lambda: (
        _("The file of past figures has {count} faults; nothing was kept"),
        _("Correct these lines (first,last,measure,key,value,source, in UTF-8) and import again: {lines}."),
    ),
    "BMIS-533": lambda: (
        _("This figure cannot be read: {figure}"),
        _("Write a whole number; where it is split, letters and a number each (MPM 3, L 2). Empty: not counted."),
    ),
    "BMIS-534": lambda: (
        _("The hour of sending is none"),
        _("Write hours and minutes of the post, as 06:30."),
    ),
    "BMIS-579": lambda: (
        _("The file of past figures is not there, or may not be opened"),
        _("Check its name and folder, or choose it again."),
    ),
}
