"""The words of the errors of the stores: stock, equipment, plans, vaccinations, checks (BMIS-535 to 549)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-535": lambda: (
        _("A code of the post's stores is not known ({where}: {given})"),
        _("Choose it from the list."),
    ),
    "BMIS-536": lambda: (_("A field is missing or cannot be ({where})"), _("Correct the field.")),
    "BMIS-537": lambda: (
        _("The batch cannot be used: {reason}"),
        _("Check the batch and its last day on the package. What has expired is written off, never issued."),
    ),
    "BMIS-538": lambda: (
        _("The ledger has only {held} of this batch"),
        _("Check batch and quantity. If more is on the shelf, enter the receipt or count the shelf first."),
    ),
    "BMIS-539": lambda: (
        _("The ledger says {ledger}, and the count differs"),
        _("Count once more. If it still differs, choose the reason."),
    ),
    "BMIS-540": lambda: (
        _("Some of these certificate numbers were received before"),
        _("Compare the numbers on the booklets with the blocks in the list."),
    ),
    "BMIS-541": lambda: (
        _("This entry was kept before with another content, or the mark is in use"),
        _("Look at the list. For a new entry use a new request or another mark."),
    ),
    "BMIS-542": lambda: (_("There is no such record here: {what}"), _("Check the number or the code in the list.")),
    "BMIS-543": lambda: (
        _("This step does not follow where the equipment stands: {state}"),
        _("Look at the list. What failed comes back after a check that it passes."),
    ),
    "BMIS-544": lambda: (
        _("The file cannot be attached: {reason}"),
        _("Attach a PDF or a plain text file of at most 20 MB and 300 pages, without a password."),
    ),
    "BMIS-545": lambda: (
        _("This version cannot be added: {reason}"),
        _("Give a new version number; the approval is not in the future and the review comes after it."),
    ),
    "BMIS-546": lambda: (_("There is no word to look for"), _("Type one or more words.")),
    "BMIS-547": lambda: (
        _("The gap cannot take this step: {reason}"),
        _("Choose an open gap of the assessment, with who closes it and by when."),
    ),
    "BMIS-548": lambda: (
        _("What is kept in a store of the post does not prove"),
        _("Keep the home as it is and call the auditor."),
    ),
    "BMIS-549": lambda: (
        _("The name is no longer kept, or this role does not see it"),
        _("A certificate is printed on the day of the dose by who vaccinates."),
    ),
}
