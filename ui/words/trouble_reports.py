"""The words of the errors of reports (BMIS-700 to 719)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-700": lambda: (
        _("There is no report with that name ({report})"),
        _("`bmis report list` names them."),
    ),
    "BMIS-701": lambda: (
        _("The period of the report cannot be ({why})"),
        _("Give a first and a last day in order, that have come, at most {most} days apart."),
    ),
    "BMIS-702": lambda: (
        _("Reports are not written in this form ({form})"),
        _("Name a file that ends with .pdf, .xlsx or .csv."),
    ),
    "BMIS-703": lambda: (
        _("The report could not be written; nothing of it was left"),
        _("Check the folder, its rights and the free space, then make the report again."),
    ),
}
