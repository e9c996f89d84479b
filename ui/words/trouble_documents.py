"""The words of the errors of documents, cameras, readers and paper (BMIS-100 to 199)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-100": lambda: (
        _("The zone has a character that no travel document has (line {line}, position {position}, counted from zero)"),
        _("Read the document again, or correct that place."),
    ),
    "BMIS-101": lambda: (
        _("The lines do not have the length of any machine readable zone ({lines} lines, the longest of {longest})"),
        _("Type every character, the < as well, or read the document again."),
    ),
    "BMIS-102": lambda: (
        _("The text is not a machine readable zone"),
        _("Read the document again, or enter its fields by hand."),
    ),
    "BMIS-103": lambda: (
        _("The date cannot be read or does not exist"),
        _("Type it as on the document; leave out the parts that are not known."),
    ),
    "BMIS-104": lambda: (
        _("The code in “{field}” is not that of a State that may stand there"),
        _("Choose the State from the list."),
    ),
    "BMIS-105": lambda: (_("No kind of document has this code"), _("Choose the kind of document from the list.")),
    "BMIS-106": lambda: (
        _("“{field}” is not filled in, and no reason says why"),
        _("Fill it in, or choose the reason why it is not known."),
    ),
    "BMIS-107": lambda: (
        _("The reason given for “{field}” does not fit this document"),
        _("Choose another reason, or fill in the field."),
    ),
    "BMIS-108": lambda: (
        _("This kind of document has no “{field}”"),
        _("Clear the field, or choose the right kind of document."),
    ),
    "BMIS-109": lambda: (
        _("The text in “{field}” is too long, or has characters that are not accepted"),
        _("Correct it."),
    ),
    "BMIS-110": lambda: (
        _("The name has a character that cannot be written in A to Z (position {position}, counted from zero)"),
        _("Write that part of the name in Latin letters, as in the machine readable zone."),
    ),
    "BMIS-111": lambda: (
        _("“{field}” does not fit the machine readable zone of this document"),
        _("Shorten it as the document does."),
    ),
    "BMIS-112": lambda: (
        _("A document with a machine readable zone was typed by hand, and nobody said why"),
        _("Choose the reason, or read the zone."),
    ),
    "BMIS-113": lambda: (
        _("A table that comes with the program is missing or damaged ({table})"),
        _("Install the program again; the records are not touched."),
    ),
    "BMIS-140": lambda: (_("No camera answers"), _("Check its cable, or choose another camera.")),
    "BMIS-141": lambda: (_("The camera stopped"), _("Check its cable, then read again.")),
    "BMIS-142": lambda: (
        _("The camera gives only black pictures"),
        _("Uncover it and switch on the light, then read again."),
    ),
    "BMIS-143": lambda: (_("There is no picture in the folder or the film"), _("Choose another one.")),
    "BMIS-144": lambda: (
        _("The folder or the film is not there, or cannot be opened"),
        _("Check its name and that you may open it."),
    ),
    "BMIS-145": lambda: (_("The folder or the film has ended"), _("Begin again, or choose another one.")),
    "BMIS-150": lambda: (
        _("The file is not there, or may not be opened"),
        _("Check its name and that you may open it."),
    ),
    "BMIS-151": lambda: (
        _("The file is not of a kind that is read"),
        _("Give a picture (JPEG, PNG, TIFF, WebP, BMP, GIF, HEIC), a PDF or a film."),
    ),
    "BMIS-152": lambda: (_("The picture is larger than is read"), _("Give a smaller picture.")),
    "BMIS-153": lambda: (_("The picture is damaged"), _("Take it or copy it again.")),
    "BMIS-154": lambda: (_("The picture is empty, or too small to show anything"), _("Take it or copy it again.")),
    "BMIS-160": lambda: (
        _("The reader of documents is not installed, or not whole"),
        _("Install {missing}, or type the zone by hand."),
    ),
    "BMIS-161": lambda: (_("Reading took too long and was stopped"), _("Read again, or type the zone by hand.")),
    "BMIS-162": lambda: (
        _("The reader ended by itself and is being started again"),
        _("Read again, or type the zone by hand."),
    ),
    "BMIS-180": lambda: (
        _("A typeface that comes with the program is missing or damaged ({font})"),
        _("Install the program again; the records are not touched."),
    ),
    "BMIS-181": lambda: (_("The text is longer than a QR code holds ({length} characters)"), _("Shorten it.")),
}
