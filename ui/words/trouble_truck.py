"""The words of the errors of border passes at the lane and of the truck (BMIS-760 to 779)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-760": lambda: (
        _("More than one border pass is in view; none was taken"),
        _("Show only this traveller's pass to the camera."),
    ),
    "BMIS-761": lambda: (
        _("This traveller has already shown a border pass; the other one was not taken"),
        _("If the first was another person's: Ctrl+K, “Forget the border pass”, and show the right one."),
    ),
    "BMIS-762": lambda: (
        _("There is no pass of a simplified regime to declare goods to"),
        _("Show the border pass first. Without one, goods are for Customs (Alfândegas)."),
    ),
}
