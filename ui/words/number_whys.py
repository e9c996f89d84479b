"""Why a period, a filter of crossings, a selector, a link or a paper form was not accepted, in words."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _

WHY: Mapping[str, Callable[[], str]] = {
    "order": lambda: _("the last day is before the first"),
    "long": lambda: _("it is too long"),
    "many": lambda: _("there are too many"),
    "basis": lambda: _("its legal basis is missing"),
    "expiry": lambda: _("its last day is missing or too far"),
    "nationality": lambda: _("the State's letters are not known"),
    "linked": lambda: _("they are linked already"),
    "unlinked": lambda: _("they are not linked"),
    "too_old": lambda: _("it is too long ago"),
    "form_utf8": lambda: _("it is not UTF-8"),
    "form_csv": lambda: _("it is no CSV"),
    "form_columns": lambda: _("a column is unknown, missing or there twice"),
}
