"""The words of the errors of the secondary health desk (BMIS-173, 575 to 578)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-173": lambda: (
        _("The second signature is not that of a health supervisor"),
        _("Only a health supervisor orders a measure, or ends a case in this way: ask one to sign."),
    ),
    "BMIS-575": lambda: (
        _("No examination before consent"),
        _("Ask for consent and record the answer; after a refusal the supervisor may sign an order."),
    ),
    "BMIS-576": lambda: (
        _("This case was ended, or taken by somebody else, meanwhile"),
        _("Choose it again in the list; what was typed since was not stored."),
    ),
    "BMIS-577": lambda: (
        _("Something typed cannot be right ({fields})"),
        _("Correct the fields marked in red, or empty them: what is not known stays unknown."),
    ),
    "BMIS-578": lambda: (
        _("The person of this record was forgotten, or never named"),
        _("Ask the person for a name, or write who it is by what is known."),
    ),
}
