"""Why a step in a store of the post was refused, and what was not found: the codes of those errors, in words."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _

WHY: Mapping[str, Callable[[], str]] = {
    "other_expiry": lambda: _("it was received before with another last day or product"),
    "lot_missing": lambda: _("its number is missing or cannot be"),
    "file_missing": lambda: _("there is no such file, or it cannot be read"),
    "file_kind": lambda: _("it is neither a PDF nor plain UTF-8 text"),
    "file_pages": lambda: _("it has too many pages"),
    "file_locked": lambda: _("it has a password"),
    "file_damaged": lambda: _("it is damaged"),
    "file_heavy": lambda: _("it took too long or too much memory to read"),
    "exists": lambda: _("it is there already"),
    "dates": lambda: _("its days cannot be"),
    "no_plan": lambda: _("who closes it or by when is missing"),
    "not_checked": lambda: _("no check was passed since it went out of service"),
    "IN_SERVICE": lambda: _("in service"),
    "OUT_OF_SERVICE": lambda: _("out of service"),
    "RETIRED": lambda: _("retired"),
    "dose": lambda: _("a dose"),
    "aefi": lambda: _("an adverse event"),
    "check": lambda: _("a check of a certificate"),
    "equipment": lambda: _("equipment with that mark"),
    "plan": lambda: _("a plan or procedure"),
    "measure": lambda: _("a measure"),
    "assessment": lambda: _("an assessment"),
    "icvp": lambda: _("a certificate of this dose"),
}
