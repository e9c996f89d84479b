"""The words of the errors of crossings, drafts, forms and invented travellers (BMIS-240 to 289)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-240": lambda: (
        _("The checks no longer say what was shown ({checks}); nothing was stored"),
        _("Look at the new findings and decide again."),
    ),
    "BMIS-241": lambda: (
        _("The decision goes against findings that were not accepted ({checks}); nothing was stored"),
        _("Look at them, accept them or decide otherwise."),
    ),
    "BMIS-242": lambda: (
        _("A second person must sign; nothing was stored"),
        _("Call a supervisor, or send the traveller to secondary inspection."),
    ),
    "BMIS-243": lambda: (
        _("This decision is not possible here ({why}); nothing was stored"),
        _("Choose one of the decisions that are offered."),
    ),
    "BMIS-244": lambda: (_("Who is stopped must be told why; nothing was stored"), _("Choose at least one reason.")),
    "BMIS-245": lambda: (_("The reason is not in force for this decision"), _("Choose a reason from the list.")),
    "BMIS-246": lambda: (_("This reason needs words of its own"), _("Write what happened in one sentence.")),
    "BMIS-247": lambda: (
        _("Nobody has answered whether the traveller fears to return or asked for protection; nothing was stored"),
        _("Ask the traveller and enter yes or no."),
    ),
    "BMIS-248": lambda: (
        _("The traveller fears to return or asks for protection: nobody is refused; nothing was stored"),
        _("Refer the traveller to the protection officer."),
    ),
    "BMIS-249": lambda: (_("Answers are missing: {fields}"), _("Ask the traveller and fill them in.")),
    "BMIS-250": lambda: (
        _("Values of an earlier crossing were not confirmed: {fields}"),
        _("Confirm each with the traveller, or change it."),
    ),
    "BMIS-251": lambda: (
        _("The same request was stored before with another content"),
        _("Use a new request for another traveller; look at the one that is stored."),
    ),
    "BMIS-252": lambda: (
        _("The stay cannot be typed so ({why})"),
        _("Clear it, or correct the day and its authority."),
    ),
    "BMIS-253": lambda: (_("The moment of the crossing is not accepted ({why})"), _("Correct it, or leave it out.")),
    "BMIS-254": lambda: (_("The value of “{field}” is not in its list"), _("Choose it from the list.")),
    "BMIS-255": lambda: (_("No crossing has that number"), _("Look for it by document or by name.")),
    "BMIS-256": lambda: (_("That crossing is not waiting for a decision"), _("Look at the list of those who wait.")),
    "BMIS-257": lambda: (
        _("The decision can no longer be undone ({why})"),
        _("Correct the crossing, or ask a supervisor to annul it."),
    ),
    "BMIS-258": lambda: (
        _("The correction is not accepted ({why}: {field})"),
        _("Correct a field that may be corrected, with a new value."),
    ),
    "BMIS-259": lambda: (_("A correction needs a reason"), _("Give the reason in one sentence.")),
    "BMIS-260": lambda: (
        _("The crossing was undone or annulled before"),
        _("Look at what happened to it; record it again if it took place."),
    ),
    "BMIS-261": lambda: (_("The travellers cannot be linked so ({why})"), _("Look at both histories again.")),
    "BMIS-262": lambda: (_("The picture is not accepted"), _("Take it again.")),
    "BMIS-263": lambda: (
        _("The search cannot be made so ({why})"),
        _("Give a document, a name, a date of birth or a day, and a limit of at most 500."),
    ),
    "BMIS-264": lambda: (
        _("A rule that comes with the program is missing or damaged ({file})"),
        _("Install the program again; the records are not touched."),
    ),
    "BMIS-265": lambda: (
        _("A stored crossing cannot be read back (number {seq})"),
        _("Keep the home as it is and call the auditor."),
    ),
    "BMIS-266": lambda: (
        _("A crossing from paper needs the number of its form and who wrote it"),
        _("Enter both from the form."),
    ),
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
