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
        _("This needs a second signature"),
        _("Call somebody who may sign, and let them give their name and password."),
    ),
    "BMIS-640": lambda: (
        _("The rules of a pass scheme cannot be read ({file})"),
        _("Install the program again; if the file was changed here, put it right."),
    ),
    "BMIS-641": lambda: (
        _("There is no such scheme today, or its passes are not given out here ({scheme})"),
        _("Choose a scheme of the list. A draft counts when SENAMI has filled it in."),
    ),
    "BMIS-642": lambda: (
        _("A field of the application is missing or cannot be ({field})"),
        _("Correct the field, then send the application again."),
    ),
    "BMIS-643": lambda: (
        _("The photograph cannot be kept ({bytes} bytes)"),
        _("Take it again, or choose a picture of the face."),
    ),
    "BMIS-644": lambda: (
        _("This application was kept before with another content"),
        _("Look at the one that is there; a new application needs a new request number."),
    ),
    "BMIS-645": lambda: (
        _("Somebody like this applicant is known ({count})"),
        _("Compare the people, then say that it is the same person or somebody else."),
    ),
    "BMIS-646": lambda: (
        _("The person has {held} of this scheme already ({number})"),
        _("Go on with that one: renew it, replace it, or end it first."),
    ),
    "BMIS-647": lambda: (
        _("There is no such application at this desk"),
        _("Check the number on the slip."),
    ),
    "BMIS-648": lambda: (
        _("This step does not follow where the application stands ({application_state})"),
        _("Look at the application again: somebody may have gone on with it."),
    ),
    "BMIS-649": lambda: (
        _("Who took the application, an attestation or a photograph does not decide on it"),
        _("Another supervisor decides."),
    ),
    "BMIS-650": lambda: (
        _("The rules of the scheme say no ({asked})"),
        _("Reject the application with its reason, or correct what was written down wrong."),
    ),
    "BMIS-651": lambda: (
        _("Something is not known, and nobody has taken it on ({asked})"),
        _("Find it out, or approve with a reason in words. Earlier decisions are taken on by name."),
    ),
    "BMIS-652": lambda: (
        _("The reason is missing, too long, or its ground is in no list"),
        _("Write 3 to 500 characters and choose a ground of the list."),
    ),
    "BMIS-653": lambda: (
        _("This desk knows no pass with that serial"),
        _("Check the serial and its last character on the pass."),
    ),
    "BMIS-654": lambda: (
        _("This step does not follow where the pass stands ({pass_state})"),
        _("Look at the pass again: somebody may have gone on with it."),
    ),
    "BMIS-655": lambda: (
        _("This range of serials cannot be ({first} to {last})"),
        _("Compare it with the centre's letter: it may overlap one that is there, or be for training."),
    ),
    "BMIS-656": lambda: (
        _("This desk has no serial left"),
        _("Ask the centre for a range and have the supervisor enter it."),
    ),
    "BMIS-657": lambda: (
        _("The fee is not paid ({due})"),
        _("Take the fee and give the receipt, or note the exemption; then hand the pass over."),
    ),
    "BMIS-658": lambda: (
        _("The receipt is for something else, or cancelled"),
        _("Use the receipt of this application."),
    ),
    "BMIS-659": lambda: (
        _("The pass is not handed over: consent, a look at the person, or the conditions are missing"),
        _("Look at the person, read the conditions out in a language they understand, and ask."),
    ),
    "BMIS-718": lambda: (
        _("A child travels on the pass, and who agreed to it is not recorded"),
        _("Ask who agrees: write the name, the relation, paper or word, and the day. Alone only with a paper."),
    ),
    "BMIS-660": lambda: (
        _("A receipt for this was given before ({number})"),
        _("Take no money again. Print a copy of that receipt, or cancel it first with a second person."),
    ),
    "BMIS-661": lambda: (
        _("One officer suspends for 1 to {hours} hours"),
        _("Choose hours within that, or call the supervisor."),
    ),
    "BMIS-662": lambda: (
        _("The person of this pass was forgotten"),
        _("Take a new application."),
    ),
    "BMIS-663": lambda: (
        _("What is kept of this pass does not prove"),
        _("Keep the home as it is, and call the auditor."),
    ),
    "BMIS-664": lambda: (
        _("A line of goods cannot be ({field})"),
        _("Correct product, quantity, unit or value."),
    ),
    "BMIS-665": lambda: (
        _("This serial is used, spoiled before, or not of this desk"),
        _("Check the serial on the blank."),
    ),
    "BMIS-666": lambda: (
        _("It is too early to renew this pass"),
        _("Renew it from {day} on; if it is worn out, replace it."),
    ),
    "BMIS-667": lambda: (
        _("This person cannot be forgotten yet"),
        _("Wait until every pass and application has ended and the time of keeping is over."),
    ),
    "BMIS-668": lambda: (
        _("The person named is not one of those that are alike"),
        _("Search again and choose from what is found."),
    ),
    "BMIS-669": lambda: (
        _("A reason or a source is missing, or too long"),
        _("Write at most 300 characters."),
    ),
}
