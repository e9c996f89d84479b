"""The words of the errors of core capacities, tallies, signals and voyages (BMIS-450 to 479)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-450": lambda: (
        _("The list of core capacities has no item {item} for this type of post"),
        _("Use the codes of the list that the program has for airports, ports or ground crossings."),
    ),
    "BMIS-451": lambda: (_("The assessment says something that cannot be ({item}, {where})"), _("Correct the field.")),
    "BMIS-452": lambda: (_("The assessment is dated after today"), _("Correct its date.")),
    "BMIS-453": lambda: (
        _("The two assessments cannot be compared: {why}"),
        _("Choose an earlier assessment of the same post."),
    ),
    "BMIS-455": lambda: (
        _("The numbers of the day do not add up ({count}); the tally was not submitted"),
        _("Correct the records or give the reasons that the tally asks for, then submit again."),
    ),
    "BMIS-456": lambda: (
        _("The day was submitted already"),
        _("A record that comes in later reopens it; a supervisor can reopen it with a reason."),
    ),
    "BMIS-457": lambda: (_("The day of the tally has not begun"), _("Check the day.")),
    "BMIS-458": lambda: (
        _("The reason for reopening the day is too short"),
        _("Write at least {least} characters."),
    ),
    "BMIS-459": lambda: (_("The day is open already"), _("Nothing needs to be reopened.")),
    "BMIS-460": lambda: (
        _("The history of a day of the tally does not fit together (at {place})"),
        _("Keep the home as it is and call the auditor."),
    ),
    "BMIS-461": lambda: (_("A number of the tally cannot be ({where})"), _("Correct the number; zero is the least.")),
    "BMIS-463": lambda: (
        _("This step does not follow where the signal stands"),
        _("Look at the signal again: somebody may have gone on with it."),
    ),
    "BMIS-464": lambda: (
        _("The reason for this step of the signal is too short"),
        _("Write at least {least} characters."),
    ),
    "BMIS-465": lambda: (
        _("A time lies in the future or before the one it follows ({where})"),
        _("Correct the time."),
    ),
    "BMIS-466": lambda: (
        _("Only the national focal point decides whether WHO is notified"),
        _("Tell the focal point and write down what it decided and who told you."),
    ),
    "BMIS-467": lambda: (
        _("The history of a signal does not fit together (at {place})"),
        _("Keep the home as it is and call the auditor."),
    ),
    "BMIS-468": lambda: (
        _("A field of the signal is missing or not known ({where}: {given})"),
        _("Choose it from the list or fill it."),
    ),
    "BMIS-470": lambda: (
        _("A field of the voyage or of its papers is missing or cannot be ({where})"),
        _("Correct the field."),
    ),
    "BMIS-471": lambda: (
        _("The seat plan has no such seat (rows {rows}, letters {letters})"),
        _("Read the seat again, or choose the plan of this vehicle."),
    ),
    "BMIS-472": lambda: (
        _("Contacts cannot be chosen by seat here"),
        _("Give the seat of the case and the seat plan, or list everybody on board."),
    ),
    "BMIS-473": lambda: (
        _("The ship sanitation certificate cannot be extended: {why}"),
        _("Inspect the ship, or send it to a port that can."),
    ),
    "BMIS-474": lambda: (
        _("This step does not follow where free pratique stands"),
        _("Look at the voyage again: somebody may have gone on with it."),
    ),
    "BMIS-475": lambda: (
        _("Free pratique by radio needs papers that are whole and report nothing (open: {open})"),
        _("Ask for what is open, or inspect."),
    ),
    "BMIS-476": lambda: (
        _("The Regulations allow no health measure on this conveyance in transit (art. {article})"),
        _("Ask where it comes from and whether there is disease on board; without either, let it pass."),
    ),
    "BMIS-477": lambda: (_("A code of the voyage is not known ({where}: {given})"), _("Choose it from the list.")),
    "BMIS-582": lambda: (
        _("The post did not work here on that day yet; its first day is {first}"),
        _("Check the day and its year. Days before are told on the paper of that time."),
    ),
    "BMIS-584": lambda: (
        _("What immigration handed over of its counts by the hour cannot be read"),
        _("Have it handed over again: bmis crossing hours --day. The file is crossing_hours.json of this home."),
    ),
}
