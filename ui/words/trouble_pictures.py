"""The words of the errors of files that somebody gives to be read (BMIS-163 to 172)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-163": lambda: (_("This is a folder or a device, not a file"), _("Choose a picture, a PDF or a film.")),
    "BMIS-164": lambda: (_("The PDF is locked with a password"), _("Give a copy without a password.")),
    "BMIS-165": lambda: (_("The PDF is damaged"), _("Make it or copy it again, or give a picture of the page.")),
    "BMIS-166": lambda: (_("The PDF has no page"), _("Give the right file.")),
    "BMIS-167": lambda: (
        _("The film is damaged, or has no picture in it"),
        _("Film it or copy it again, or give a picture."),
    ),
    "BMIS-168": lambda: (
        _("The film has larger pictures than are read ({megapixels} megapixels)"),
        _("Film again at a lower setting, or give a picture."),
    ),
    "BMIS-169": lambda: (
        _("The file needs more memory than one file may use; it was not read"),
        _("Save it smaller or in another format, or take the picture again."),
    ),
    "BMIS-170": lambda: (
        _("The file took too long to open and was stopped"),
        _("Do not open it again; take the picture again yourself."),
    ),
    "BMIS-171": lambda: (
        _("The file broke the program part that opens it; nothing else was touched"),
        _("Do not open it again; take the picture again yourself. Tell technical support."),
    ),
    "BMIS-172": lambda: (
        _("The program part that opens files does not start"),
        _("Type the zone by hand; tell technical support."),
    ),
}
