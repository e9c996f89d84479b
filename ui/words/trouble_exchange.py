"""The words of the errors of exports (BMIS-490 to 499, 446 and 683)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-446": lambda: (
        _("With the public file of {first} to {last} this one would show a number under 5 that is hidden there"),
        _("Give the same days as that file, or days that it does not have; counts for a health service are not bound."),
    ),
    "BMIS-683": lambda: (
        _("{host} has {count} of these cases of the other kind: by name, or under pseudonym; nothing was sent"),
        _("One server gets a case by name or under pseudonym, never both: send the kind that it has, or other days."),
    ),
    "BMIS-490": lambda: (
        _("The period of the export cannot be"),
        _("Give a first and a last day that have come, at most {most} days apart."),
    ),
    "BMIS-491": lambda: (
        _("An export needs a reason and a recipient ({where})"),
        _("Say why and for whom, in one line of at least {least} characters."),
    ),
    "BMIS-492": lambda: (
        _("Facts about single people go to health services only, and this recipient is not in the list of them"),
        _("Name the health service, or export counts (--level public). The ministry keeps the list."),
    ),
    "BMIS-493": lambda: (
        _("The export was not written: {why}"),
        _("Choose another file or make room; nothing of this export is on the disk. --replace overwrites a file."),
    ),
    "BMIS-494": lambda: (
        _("The template cannot be used: {why} ({where})"),
        _("Download it again from the receiving system and give it unchanged, or correct the mapping."),
    ),
    "BMIS-495": lambda: (
        _("{receiver} does not take this level of detail"),
        _("Choose one of: {levels}."),
    ),
    "BMIS-496": lambda: (
        _("No answer from {host} after {tries} tries"),
        _("Check the network and send again: what arrived is not doubled."),
    ),
    "BMIS-497": lambda: (
        _("{host} refused the request (HTTP {status})"),
        _("Have the account, its rights and the address checked by whoever runs that system."),
    ),
    "BMIS-498": lambda: (
        _("Nothing was sent to {host}: {why}"),
        _("Put this right first; a secret or a name never goes over a line that does not prove itself."),
    ),
    "BMIS-499": lambda: (
        _("The answer of {host} is not a report that can be read; what it kept is not known"),
        _("Send again: what arrived is not doubled. If it comes back, tell whoever runs that system."),
    ),
}
