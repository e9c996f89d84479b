"""The words of the errors of reports, of their period and of the flow package (BMIS-700 to 719, 820)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-700": lambda: (
        _("There is no report with that name ({report})"),
        _("`bmis report list` names them."),
    ),
    "BMIS-701": lambda: (
        _("The period cannot be ({why})"),
        _("Give a first and a last day in order, that have come, at most {most} days apart."),
    ),
    "BMIS-702": lambda: (
        _("Reports are not written in this form ({form})"),
        _("Name a file that ends with .pdf, .xlsx or .csv."),
    ),
    "BMIS-820": lambda: (
        _("This report is written as XLSX or CSV only with a reason and a recipient"),
        _("Write why and for whom, at most {longest} characters each; both are kept in the audit."),
    ),
    "BMIS-703": lambda: (
        _("The report or paper could not be written; nothing of it was left"),
        _("Check the folder, its rights and the free space, then try again."),
    ),
    "BMIS-794": lambda: (
        _("A device, a folder or a link has the name of the file to be written"),
        _("Give another name, or the name of an ordinary file that may be replaced."),
    ),
    "BMIS-711": lambda: (
        _("A package is handed over only with a reason and a recipient"),
        _("Write why and for whom, at most {longest} characters each; both are kept in the audit."),
    ),
    "BMIS-712": lambda: (
        _("The flow package is not written in this format ({format})"),
        _("Choose among csv, xlsx, hxl, geojson, gpkg and parquet."),
    ),
    "BMIS-713": lambda: (
        _("The folder for the package is there and is not empty"),
        _("Choose a new folder."),
    ),
    "BMIS-714": lambda: (
        _("The package could not be written; nothing of it was left"),
        _("Check the place, its rights and the free space, then export again."),
    ),
    "BMIS-715": lambda: (
        _("What writes Parquet is not installed"),
        _("Install the program with its extra “parquet”, or choose another format."),
    ),
}
