"""The words of the errors of transfers, monitoring, the directory and consent texts (BMIS-500 to 519, 447 and 448)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-447": lambda: (
        _("Since the unit accepted, the guia says another urgency, protection or suspicion"),
        _("Tell the unit what changed and write down its answer, then let the patient leave."),
    ),
    "BMIS-448": lambda: (
        _("The guia says all of this already: nothing was changed"),
        _("Change what is no longer right, or leave the form."),
    ),
    "BMIS-500": lambda: (
        _("This step does not follow where the transfer stands ({state})"),
        _("Look at the transfer again: somebody may have gone on with it."),
    ),
    "BMIS-501": lambda: (
        _("No health unit has accepted the patient in the last {hours} hours"),
        _("Call a unit and write down its answer. In an emergency choose it and say why nobody could wait."),
    ),
    "BMIS-502": lambda: (_("The reason for this step is too short"), _("Write at least {least} characters.")),
    "BMIS-503": lambda: (
        _("A field of the transfer or monitoring is missing or cannot be ({where})"),
        _("Correct the field."),
    ),
    "BMIS-504": lambda: (
        _("A code of the transfer or monitoring is not known ({where}: {given})"),
        _("Choose it from the list. A health unit that is missing is entered in the directory of the post."),
    ),
    "BMIS-505": lambda: (
        _("A moment lies in the future or before the one it follows ({where})"),
        _("Correct the date and the hour."),
    ),
    "BMIS-506": lambda: (
        _("There is no such transfer or monitoring at this desk"),
        _("Check the number on the paper."),
    ),
    "BMIS-507": lambda: (
        _("What is kept of this transfer or monitoring does not prove (step {at})"),
        _("Keep the home as it is and call the auditor."),
    ),
    "BMIS-508": lambda: (
        _("There is no approved text of the health notice in this language ({language})"),
        _("Use an approved language with an interpreter; ask MISAU to approve the draft."),
    ),
    "BMIS-509": lambda: (
        _("The paper could not be written there; nothing was left behind"),
        _("Choose a folder that can be written and where the paper does not lie yet."),
    ),
    "BMIS-583": lambda: (
        _("There is no folder of that name; nothing was done"),
        _("Make the folder first, or give the name of one that is there."),
    ),
    "BMIS-510": lambda: (
        _("This step does not follow where the monitoring stands ({state})"),
        _("Look at the monitoring again: somebody may have gone on with it."),
    ),
    "BMIS-511": lambda: (
        _("There is nothing to monitor at the post: {why}"),
        _("Check the disease and the day of the last exposure."),
    ),
    "BMIS-512": lambda: (
        _("The visit lies before the monitoring began here"),
        _("Correct the day of the visit."),
    ),
    "BMIS-513": lambda: (
        _("The answers of the visit contradict each other"),
        _("Symptoms and temperatures are of a person who was seen; «none» has no symptom beside it."),
    ),
    "BMIS-514": lambda: (
        _("The monitoring cannot be completed: nobody saw the person well on the last day, or an illness is open"),
        _("See the person once more, settle the illness, or close it as lost with a reason."),
    ),
    "BMIS-515": lambda: (
        _("The handover of the other post cannot be taken ({where})"),
        _("Ask the other post to send it again."),
    ),
}
