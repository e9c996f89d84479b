"""The words of the errors of the health token at the lane (BMIS-585 to 589)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-585": lambda: (
        _("More than one health token is in view; none was taken"),
        _("Show only this traveller's token to the camera."),
    ),
    "BMIS-586": lambda: (
        _("This traveller has already shown a health token; the other one was not taken"),
        _("If the first was another person's: Ctrl+K, “Forget the health token”, and show the right one."),
    ),
    "BMIS-587": lambda: (
        _("No health card with this number counts at this lane today"),
        _("Scan the card's QR code, or send the traveller to port health."),
    ),
    "BMIS-588": lambda: (
        _("Number and letters do not make a health card"),
        _("Type the number and the six letters beside it as they are printed, or scan the card's QR code."),
    ),
    "BMIS-589": lambda: (
        _("The health cards of this home cannot be read"),
        _("Scan the card's QR code; bring the file of cards from the health desk again."),
    ),
}
