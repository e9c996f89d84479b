"""The words of the errors of receipts and border passes (BMIS-630 to 669)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-630": lambda: (
        _("No exchange rate counts today ({currency})"),
        _("Take the fee in meticais, or have the supervisor enter the rate of the day with its source."),
    ),
    "BMIS-631": lambda: (
        _("This is no amount of money that can be taken, or no rate"),
        _("Write a number with at most two decimals and MZN, ZAR, MWK or USD."),
    ),
    "BMIS-632": lambda: (
        _("This desk gave no receipt with that number"),
        _("Check the number on the receipt; another desk's receipts are looked up there."),
    ),
    "BMIS-633": lambda: (
        _("The receipt was cancelled before"),
        _("Give a new receipt if a charge is due."),
    ),
    "BMIS-634": lambda: (
        _("What was paid is not what is due ({due})"),
        _("Take exactly what is due, or note the exemption with its reason."),
    ),
    "BMIS-635": lambda: (
        _("The exemption has no reason of the list, or no words"),
        _("Choose the reason from the scheme's list and say in a few words why."),
    ),
    "BMIS-636": lambda: (
        _("The money counted differs from the receipts ({currency})"),
        _("Count again. If it still differs, say why: the explanation is kept with the till."),
    ),
    "BMIS-637": lambda: (
        _("The till is still open ({count} receipts)"),
        _("Count the money and close the till, then close the shift."),
    ),
    "BMIS-638": lambda: (
        _("The rules of money cannot be read ({file})"),
        _("Install the program again."),
    ),
    "BMIS-639": lambda: (
        _("A second person must sign this"),
        _("Call somebody who may sign, and let them give their name and password."),
    ),
    "BMIS-669": lambda: (
        _("A reason or a source is missing, or too long"),
        _("Write at most 300 characters."),
    ),
}
