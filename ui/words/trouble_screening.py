"""The words of the errors of kept screenings, clearance and outbreaks (BMIS-412 to 419, 422 to 429, 480 to 489)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-412": lambda: (_("There is no screening with this identifier here"), _("Check the identifier.")),
    "BMIS-413": lambda: (
        _("This screening was already kept, with other content"),
        _("Use a new identifier, or correct the screening that was kept."),
    ),
    "BMIS-414": lambda: (
        _("“{field}” may be given by hand only in training homes"),
        _("Take it out: the outbreaks and areas on record hold."),
    ),
    "BMIS-415": lambda: (
        _("No name is kept of a traveller who passes"),
        _("Take the person's details out, or send the traveller to secondary."),
    ),
    "BMIS-416": lambda: (
        _("A reason of at least {shortest} characters is needed ({of})"),
        _("Write why; nothing was stored."),
    ),
    "BMIS-417": lambda: (
        _("An examination is recorded without consent before it ({why})"),
        _("Ask for consent first and record the answer; a refusal goes to the supervisor."),
    ),
    "BMIS-418": lambda: (
        _("An order against a refusal is not complete, or is not the supervisor's ({field})"),
        _("The supervisor gives the imminent risk, the legal basis and why less is not enough."),
    ),
    "BMIS-419": lambda: (
        _("The case cannot be closed like this ({why})"),
        _("Isolate or refer a high or critical case, or document the reason; some decisions are the supervisor's."),
    ),
    "BMIS-422": lambda: (
        _("This may not be charged for ({kind}: {why})"),
        _("Take the charge out; IHR article 40 and the tariff of the post say what may be charged."),
    ),
    "BMIS-423": lambda: (
        _("The last temperature that was measured is not the one on the form"),
        _("Take the last measurement over into the form."),
    ),
    "BMIS-424": lambda: (_("The screening was voided"), _("Make a new one.")),
    "BMIS-425": lambda: (
        _("A stored screening cannot be read"),
        _("Run the verification of the health database and call technical support."),
    ),
    "BMIS-426": lambda: (_("The value of “{field}” is not possible"), _("Correct it, or leave it out.")),
    "BMIS-427": lambda: (
        _("Your role does not show this; a reason of at least {shortest} characters opens it once"),
        _("Write the reason: it is recorded and the supervisor sees it."),
    ),
    "BMIS-428": lambda: (
        _("The rules of retention cannot be used"),
        _("Install the program again; nothing was erased."),
    ),
    "BMIS-429": lambda: (
        _("This was erased when its time of retention was over"),
        _("The counts of the day remain."),
    ),
    "BMIS-480": lambda: (
        _("The health token does not count here and now ({why})"),
        _("Send the traveller to port health for a new one."),
    ),
    "BMIS-481": lambda: (
        _("The keys of port health in this home cannot be read"),
        _("Bring the file of keys from the health desk again; until then the health step is grey."),
    ),
    "BMIS-482": lambda: (
        _("Outbreak mode cannot change like this ({why})"),
        _("Check the diseases, the days and the reason."),
    ),
    "BMIS-483": lambda: (
        _("The list cannot be approved: “{where}” ({why})"),
        _("Correct the entry; each needs its source."),
    ),
    "BMIS-484": lambda: (
        _("Outbreak mode and its lists need a second signature"),
        _("Ask the second person to sign in; nothing was stored."),
    ),
    "BMIS-485": lambda: (
        _("The expected load has changed or was not shown"),
        _("Look at the expected load, then start outbreak mode."),
    ),
    "BMIS-486": lambda: (_("The value of “{field}” in the express record is not possible"), _("Correct it.")),
    "BMIS-487": lambda: (
        _("This card cannot be handed out ({why})"),
        _("Take another card, or print a token."),
    ),
    "BMIS-488": lambda: (
        _("The rules of the health token cannot be used"),
        _("Install the program again."),
    ),
    "BMIS-489": lambda: (_("There is no express record with this identifier here"), _("Check the identifier.")),
    "BMIS-580": lambda: (
        _("This traveller is well and waits for the short second look first: that card says done"),
        _("Type the number of a card that says wait, or empty the field and print the slip."),
    ),
    "BMIS-581": lambda: (
        _("Nobody waits for a second look under this record"),
        _("Look at the list of who waits; the number stands on the slip."),
    ),
}
