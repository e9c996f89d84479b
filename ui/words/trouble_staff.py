"""The words of the errors of people, posts and shifts (BMIS-037 to 099, 200 to 209, 299)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-037": lambda: (_("The person has signed out, or the desk is locked"), _("Sign in again.")),
    "BMIS-040": lambda: (_("Too many wrong passwords"), _("Wait {seconds} seconds and type them again.")),
    "BMIS-041": lambda: (_("The wait is not lifted"), _("Wait until it ends, or ask a colleague to sign in.")),
    "BMIS-042": lambda: (
        _("The user name is not accepted"),
        _("Use 1 to 40 letters a to z, digits, full stops, hyphens or underscores."),
    ),
    "BMIS-043": lambda: (_("Nobody of this service has that user name"), _("Check the name in the list of people.")),
    "BMIS-044": lambda: (_("That person is disabled"), _("Ask the administrator.")),
    "BMIS-045": lambda: (_("Nobody would be left to manage the people"), _("Add another administrator first.")),
    "BMIS-046": lambda: (_("That role belongs to the other service"), _("Its own people manage it.")),
    "BMIS-047": lambda: (
        _("The second signature is not valid"),
        _("It must be another person, whose role may sign, with the right password."),
    ),
    "BMIS-048": lambda: (_("At this post the second person must sign now"), _("Call a supervisor.")),
    "BMIS-049": lambda: (_("No approval with that number is waiting"), _("Look at the list of approvals that wait.")),
    "BMIS-050": lambda: (_("The reason is missing"), _("Give the reason.")),
    "BMIS-051": lambda: (_("A shift is already open at this desk"), _("Close it before opening another.")),
    "BMIS-052": lambda: (_("No shift is open at this desk"), _("Open the shift first.")),
    "BMIS-053": lambda: (
        _("A signature in the store is of nobody on the list of people ({signer})"),
        _("Keep the home as it is and call the auditor."),
    ),
    "BMIS-054": lambda: (
        _("The second signature was given for something else"),
        _("Ask for it again for this record."),
    ),
    "BMIS-299": lambda: (
        _("That person does not manage the people of the service"),
        _("An administrator gives this person a new password; leave the recovery passphrase sealed."),
    ),
    "BMIS-038": lambda: (
        _("A record is not what was stored, or is gone"),
        _("Keep the home as it is and call the auditor; restore the last backup only with them."),
    ),
    "BMIS-039": lambda: (
        _("A message for the hub is missing or was changed (near number {seq})"),
        _("Keep the home as it is and call the auditor."),
    ),
    "BMIS-200": lambda: (_("No border post has the code {post}"), _("Choose the post from the list.")),
    "BMIS-201": lambda: (_("No province or district has that code"), _("Choose it from the list.")),
    "BMIS-202": lambda: (
        _("The setting of the post is not accepted ({field})"),
        _("Correct the value, its days or its reason."),
    ),
    "BMIS-203": lambda: (
        _("A list that comes with the program is missing or damaged ({file})"),
        _("Install the program again; the records are not touched."),
    ),
}
