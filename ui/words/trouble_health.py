"""The words of the errors of port health (BMIS-400 to 429)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-400": lambda: (
        _("The temperature is not one that a person can have: it must lie between {lowest} and {highest} °C"),
        _("Measure again; type degrees Celsius."),
    ),
    "BMIS-401": lambda: (
        _("A temperature below {below} or above {above} °C counts only when it is confirmed"),
        _("Measure again, then confirm it."),
    ),
    "BMIS-402": lambda: (
        _("The age is not one that a person can have: it must lie between 0 and {oldest} years"),
        _("Ask again, or leave it unknown."),
    ),
    "BMIS-403": lambda: (_("An age and a date of birth were both given"), _("Give only one of them.")),
    "BMIS-404": lambda: (
        _("“{where}” has a code that is in no list ({given})"),
        _("Use the codes of the program's lists; nothing was guessed."),
    ),
    "BMIS-405": lambda: (
        _("The date in “{where}” cannot be read or does not exist"),
        _("Write it as YYYY-MM-DD, or leave it out when it is not known."),
    ),
    "BMIS-406": lambda: (_("The date in “{where}” lies in the future"), _("Correct it, or check the clock.")),
    "BMIS-407": lambda: (_("The period in “{where}” ends before it begins"), _("Correct its dates.")),
    "BMIS-408": lambda: (
        _("The code in “{where}” is not that of a country"),
        _("Give the three letters of the country."),
    ),
    "BMIS-409": lambda: (
        _("A last day was given for an exposure that was not answered with yes ({given})"),
        _("Correct the answer, or take the day out."),
    ),
    "BMIS-410": lambda: (
        _("The yellow fever certificate was described in two ways that exclude each other"),
        _("Look at the certificate again and keep one of them."),
    ),
    "BMIS-411": lambda: (
        _("“{where}” of the health form is missing or is not of the kind that is expected"),
        _("Correct it, or leave it out when it is not known."),
    ),
    "BMIS-420": lambda: (
        _("A list of port health that comes with the program is missing or damaged ({file})"),
        _("Install the program again; the records are not touched."),
    ),
    "BMIS-421": lambda: (
        _("A case rule cannot be used ({file}, at {at})"),
        _("Correct the file or install the program again; until then no screening is evaluated."),
    ),
}
