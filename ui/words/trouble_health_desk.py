"""The words of the errors of the health desk and of its thermometer (BMIS-114 to 119, 527, 565 to 574)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-114": lambda: (
        _("The thermometer is not plugged in"),
        _("Check its cable, or type the temperature; it is taken up again by itself."),
    ),
    "BMIS-115": lambda: (
        _("This user may not open the serial port of the thermometer"),
        _("Type the temperature, and call technical support: the user must be in the group dialout."),
    ),
    "BMIS-116": lambda: (
        _("Another program is using the thermometer"),
        _("Close that program, or type the temperature; it is taken up again by itself."),
    ),
    "BMIS-117": lambda: (
        _("The thermometer was unplugged"),
        _("Plug it in again, or type the temperature; it is taken up again by itself."),
    ),
    "BMIS-118": lambda: (
        _("The thermometer sent something that is no temperature with its unit; nothing was taken"),
        _("Measure again, or type the temperature."),
    ),
    "BMIS-119": lambda: (
        _("The thermometer sent a temperature that no person has ({lowest} to {highest} °C); nothing was taken"),
        _("Measure again; if it comes back, check the thermometer and type the temperature."),
    ),
    "BMIS-527": lambda: (
        _("The yellow-fever certificate was not answered, and the traveller comes from a country of the list"),
        _("Press Y: valid, not valid, none shown, or not looked at. Not looked at stays unknown."),
    ),
    "BMIS-565": lambda: (
        _("Questions without an answer: {count}"),
        _("N when they were asked and there is nothing; Shift+N when the traveller cannot say."),
    ),
    "BMIS-566": lambda: (
        _("No temperature was taken"),
        _("Type three digits (365 is 36.5). Saving once more keeps it as not known."),
    ),
    "BMIS-567": lambda: (
        _("A temperature has three digits"),
        _("Type 365 for 36.5, or Backspace to take the digits away."),
    ),
    "BMIS-568": lambda: (
        _("This is no card of port health of this post that counts now"),
        _("Type the number on the card, or take another card."),
    ),
    "BMIS-569": lambda: (_("Nobody was counted yet"), _("One key counts one person; F12 keeps the count.")),
    "BMIS-570": lambda: (
        _("The express record lacks “{field}”"),
        _("Say the dehydration and the patient's number; everything else can wait."),
    ),
    "BMIS-571": lambda: (
        _("The value of “{field}” is no number that can be"),
        _("Type whole numbers, or leave it empty when it is not known."),
    ),
    "BMIS-572": lambda: (_("There is no token to print yet"), _("Keep a screening first.")),
    "BMIS-573": lambda: (
        _("Somebody else began this work; it was left as it is"),
        _("Begin a new one."),
    ),
    "BMIS-574": lambda: (
        _("Line {row} of the journey cannot be read"),
        _("Country by three letters, days as ddmmyyyy; the first day is not after the last."),
    ),
}
