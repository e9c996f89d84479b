"""The words of the errors of the pass desk (BMIS-670 to 689)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-670": lambda: (
        _("Nothing of this pass is printed: it is suspended or has ended ({pass_state})"),
        _("Look at its history; replace or renew it, or end the suspension first."),
    ),
    "BMIS-671": lambda: (
        _("No printer for cards is set up at this desk"),
        _("Name its queue bmis-card, or print the pass on paper (A6): it has the same seal."),
    ),
    "BMIS-672": lambda: (
        _("The picture for a phone is no paper"),
        _("Save it to a file and send it to the holder's own phone."),
    ),
    "BMIS-673": lambda: (
        _("This portrait has too few pixels to be printed"),
        _("Come nearer and take it again, or take a larger part of the picture."),
    ),
    "BMIS-674": lambda: (
        _("Two people cannot both be the applicant"),
        _("Say of one that it is the same person, and of the others that they are somebody else."),
    ),
    "BMIS-675": lambda: (
        _("This is no number of hours"),
        _("Type whole hours, or leave the field empty."),
    ),
    "BMIS-676": lambda: (
        _("No appeal waits here, or no decision stands that could be appealed"),
        _("Look at the number; record first what the person says, then somebody else decides."),
    ),
    "BMIS-677": lambda: (
        _("An appeal of {day} against this decision waits already"),
        _("Let somebody else than who took the decision decide on it first."),
    ),
    "BMIS-678": lambda: (
        _("An appeal does not come before the decision, nor after today"),
        _("Look at the day on the letter, and at the notice."),
    ),
    "BMIS-679": lambda: (
        _("Who took the decision does not decide on the appeal"),
        _("Ask another supervisor, or send it to the provincial directorate."),
    ),
    "BMIS-680": lambda: (
        _("No notice of this desk has the number"),
        _("Type it again as it is printed, or type the number of the pass or the application."),
    ),
    "BMIS-681": lambda: (
        _("This is no number of a pass"),
        _("Type the digits of the letter; with the check character it must match."),
    ),
    "BMIS-719": lambda: (
        _("The file of the other post is not there, or cannot be read"),
        _("Put the stick in, and write where the file lies, with its whole name."),
    ),
    "BMIS-738": lambda: (
        _("This is no number of an entry"),
        _("Write the number up to which the other desk has heard this one; 0 for everything."),
    ),
}
