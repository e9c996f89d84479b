"""The words of the errors of packages, and of what other homes handed over (BMIS-830 to 839)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-830": lambda: (
        _("Called off: nothing was written and nothing handed over"),
        _("Give the command again when there is time; crossings that were counted stay counted."),
    ),
    "BMIS-831": lambda: (
        _("A line of this file is not as the other desk wrote it; nothing was taken in"),
        _("Ask the desk for the file of `bmis flows releases write` again and compare the digests."),
    ),
    "BMIS-832": lambda: (
        _("Desk {home} told of people counted here, {first} to {last}; they are not handed over a second time"),
        _("Choose days that no other desk told: from two counts of the same people small numbers can be subtracted."),
    ),
}
