"""What an officer does about a poor picture: the words of ``bmis.capture.quality``, by the hint's code."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _

_WORDS: Mapping[str, Callable[[], str]] = {
    "too_dark": lambda: _("Give more light."),
    "cropped": lambda: _("Move the document so that the whole zone is in view."),
    "glare": lambda: _("A lamp shines on the print: tilt the document a little."),
    "too_bright": lambda: _("Give less light."),
    "too_far": lambda: _("Bring the document nearer."),
    "blurred": lambda: _("Hold the document still and flat."),
    "tilted": lambda: _("Lay the document straight under the camera."),
}


def hint_words(code: str) -> str:
    """Return what to do, one short sentence in the language in force."""
    return _WORDS[code]()
