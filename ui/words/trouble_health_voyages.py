"""The words of the errors of kept voyages, contacts, conveyances and events at the post (BMIS-550 to 564)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-550": lambda: (_("There is no such voyage at this desk"), _("Check the number on the paper.")),
    "BMIS-551": lambda: (
        _("The same request for a voyage or an event was kept before with another content"),
        _("Look at what was kept; a correction is a step of its own."),
    ),
    "BMIS-552": lambda: (
        _("Who it was has been erased by retention: nobody is added any more"),
        _("Write the voyage or the event down anew."),
    ),
    "BMIS-553": lambda: (
        _("No disease on board is suspected: the passenger locator form is not asked for"),
        _("Screen, enter the declaration, or write down who told of disease on board."),
    ),
    "BMIS-554": lambda: (
        _("Not on this voyage: {what}"),
        _("List the person on board first, or check the voyage."),
    ),
    "BMIS-555": lambda: (
        _("A measure on a conveyance is ordered by a health supervisor"),
        _("Ask the supervisor to order it or to sign."),
    ),
    "BMIS-556": lambda: (
        _("Something is reported, open or affected: free pratique needs two people, one of them a health supervisor"),
        _("Let the second person sign, or inspect the conveyance."),
    ),
    "BMIS-557": lambda: (
        _("Free pratique is of ships, boats and aircraft"),
        _("Choose the conveyance again; a vehicle on land needs none."),
    ),
    "BMIS-558": lambda: (
        _("The measures do not allow this step (not done: {open})"),
        _("Order the measure first, or write down that it was done."),
    ),
    "BMIS-559": lambda: (
        _("There is no such measure on this voyage, or its state does not allow this"),
        _("Look at the measures of the voyage again."),
    ),
    "BMIS-560": lambda: (_("The text is too short or too long"), _("Write at least {least} characters.")),
    "BMIS-561": lambda: (
        _("A moment of the voyage or the event lies in the future or before the one it follows ({where})"),
        _("Correct the date and the hour."),
    ),
    "BMIS-562": lambda: (_("There is no such event at this desk"), _("Check the number on the paper.")),
    "BMIS-563": lambda: (
        _("The event is not referred to this service ({service})"),
        _("Choose one of the services of the event."),
    ),
    "BMIS-564": lambda: (
        _("A list is of one to {most} people"),
        _("Split the list."),
    ),
}

ABOARD: dict[str, Callable[[], str]] = {
    "aboard_case": lambda: _("the case"),
    "aboard_person": lambda: _("the person or the screening"),
    "aboard_contact": lambda: _("the contact"),
}
