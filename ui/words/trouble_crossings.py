"""The words of the errors of crossings, drafts, forms and invented travellers (BMIS-230 to 289)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-270": lambda: (
        _("The draft holds another document; nothing was changed"),
        _("Is this another traveller? Finish or set aside the open draft first."),
    ),
    "BMIS-271": lambda: (_("The draft is not there; it was closed or discarded"), _("Begin with the document again.")),
    "BMIS-272": lambda: (_("The draft belongs to another officer"), _("Its officer finishes it, or a supervisor.")),
    "BMIS-273": lambda: (_("A draft with a document is discarded with a reason only"), _("Say why it is discarded.")),
    "BMIS-274": lambda: (
        _("The number of the form is mistyped, or is none"),
        _("Type it again as printed on the form."),
    ),
    "BMIS-275": lambda: (
        _("This desk never gave out a form with that number"),
        _("Check the number and the desk that gave it out."),
    ),
    "BMIS-276": lambda: (
        _("The form cannot be used again ({state})"),
        _("Take another form, or look up what was recorded from this one."),
    ),
    "BMIS-277": lambda: (_("So many forms cannot be given out at once"), _("Ask for at most {largest}.")),
    "BMIS-278": lambda: (_("A form is marked as spoiled or missing with a reason only"), _("Give the reason.")),
    "BMIS-279": lambda: (
        _("The time on the form is missing, in the future, or more than {days} days ago"),
        _("Correct it from the form."),
    ),
    "BMIS-280": lambda: (_("Who wrote the form is not said"), _("Enter the name of the officer who wrote it.")),
    "BMIS-281": lambda: (
        _("The form is older than {minutes} minutes; nothing was stored"),
        _("A second person must agree: ask a supervisor."),
    ),
    "BMIS-282": lambda: (_("Only a refusal of entry and a prevented exit have a notice"), _("Print the slip instead.")),
    "BMIS-283": lambda: (
        _("Invented travellers belong in a training home only"),
        _("Make a training home with bmis init --training."),
    ),
    "BMIS-284": lambda: (_("So much cannot be invented at once ({what})"), _("Ask for at most {largest}.")),
    "BMIS-285": lambda: (_("This home already has crossings"), _("Make the demonstration in a new training home.")),
    "BMIS-286": lambda: (
        _("A rule or a form that comes with the program is missing, damaged or not in force ({file})"),
        _("Install the program again; the records are not touched."),
    ),
}
