"""The words of the errors of swipe readers (BMIS-146 to 148, 176 to 179)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-146": lambda: (
        _("A card's magnetic stripe was swiped, not a machine readable zone; nothing was kept"),
        _("Swipe the lines with the < signs, or lay the document under the camera."),
    ),
    "BMIS-147": lambda: (
        _("The reader sent only a part of the zone"),
        _("Swipe again, slowly and to the end."),
    ),
    "BMIS-148": lambda: (
        _("The swipe reader is set to another keyboard than this machine; nothing was taken"),
        _("Type the zone, and call technical support to set the reader."),
    ),
    "BMIS-176": lambda: (
        _("The swipe reader is not plugged in"),
        _("Check its cable, or choose another one in the settings; it is taken up again by itself."),
    ),
    "BMIS-177": lambda: (
        _("This user may not open the serial port of the swipe reader"),
        _("Call technical support: the user must be in the group dialout."),
    ),
    "BMIS-178": lambda: (
        _("Another program is using the swipe reader"),
        _("Close that program; the reader is taken up again by itself."),
    ),
    "BMIS-179": lambda: (
        _("The swipe reader was unplugged"),
        _("Plug it in again; it is taken up again by itself."),
    ),
}
