"""The words of the errors of returns, past figures and published editions (BMIS-720 to 739)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-720": lambda: (
        _("There is no kind of return with that name on that day ({kind})"),
        _("Name one of resources/reports/returns.toml."),
    ),
    "BMIS-721": lambda: (
        _("The return will not do: {item}"),
        _("Give whole numbers from 0, for figures that the kind has; leave out what was not counted."),
    ),
    "BMIS-722": lambda: (
        _("The parts of {item} contradict it; nothing was kept"),
        _("Ask the post again: the parts may not add up to more, and all of them add up to the whole."),
    ),
    "BMIS-723": lambda: (
        _("The post has reported that day with other figures; nothing was kept"),
        _("If these are right, send them as a correction of {reference}."),
    ),
    "BMIS-724": lambda: (
        _("The correction does not name the latest return; nothing was kept"),
        _("The latest is {reference}: correct that one."),
    ),
    "BMIS-725": lambda: (
        _("The check digits of the message do not prove it; nothing was kept"),
        _("Compare it letter by letter with the post, or ask for it again."),
    ),
    "BMIS-726": lambda: (
        _("The message proves, but it is not one that is known (from character {place})"),
        _("The post may use another version: ask it for the figures, and update the older of the two."),
    ),
    "BMIS-727": lambda: (
        _("The day of the return has not come, or it was sent before its day"),
        _("Check the day, the moment of sending and the clock."),
    ),
    "BMIS-728": lambda: (
        _("A file of the reports is missing or damaged ({file})"),
        _("Install the program again; what is stored is not touched."),
    ),
    "BMIS-729": lambda: (
        _("The file of past figures has a fault in line {line} ({column}); nothing was kept"),
        _("Correct that line: first,last,measure,key,value,source, in UTF-8."),
    ),
    "BMIS-730": lambda: (
        _("That period was published already, as edition {edition}"),
        _("`bmis report revise` publishes what changed since."),
    ),
    "BMIS-731": lambda: (
        _("Nothing was published of that period, or under that number"),
        _("`bmis report editions` lists what was."),
    ),
    "BMIS-732": lambda: (
        _("No number changed since edition {edition}: there is nothing to revise"),
        _("Hand out that edition again with `bmis report edition`."),
    ),
    "BMIS-733": lambda: (
        _("That report is not published in editions ({report})"),
        _("Make it with `bmis report make`."),
    ),
    "BMIS-734": lambda: (
        _("A return does not fit a message of {most} characters"),
        _("Send it as a file, or leave out the split by country or province."),
    ),
    "BMIS-735": lambda: (
        _("That report is of one day"),
        _("Give the same day as the first and the last."),
    ),
    "BMIS-736": lambda: (
        _("That report is of one epidemiological week"),
        _("Give its days: {first} to {last}."),
    ),
    "BMIS-737": lambda: (
        _("Either a file or a message is needed, not both"),
        _("Name a file, or give the message with --message."),
    ),
}
