"""The words of the errors of the desk of registers, and of daily messages that do not prove (BMIS-810 to 812)."""

from collections.abc import Callable
from datetime import date

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _

_HEAD: dict[str, Callable[[], str]] = {
    "mark": lambda: _("the first word (BMR1)"),
    "post": lambda: _("the post"),
    "day": lambda: _("the day"),
    "sent": lambda: _("the moment of sending"),
    "sender": lambda: _("the sender"),
    "check": lambda: _("the check digits"),
}


def part_words(parts: str) -> str:
    """Return the parts of a daily message, such as ``sent 21-30;inspection.fines 45-47``, as a person reads them."""
    found = []
    for part in parts.split(";"):
        code, _blank, place = part.partition(" ")
        first, _dash, last = place.partition("-")
        where = _("characters {first} to {last}").format(first=first, last=last)
        named = _HEAD[code]() if code in _HEAD else _figure_words(code)
        found.append(f"{named} ({where})" if named else where)
    return "; ".join(found)


def _figure_words(code: str) -> str:
    """The label of a kind of return or of one of its figures, "" where none is known."""
    from bmis.reports.returns.kinds import return_kinds

    kind, _dot, field = code.partition(".")
    for one in return_kinds(date.max):
        if one.code == kind:
            known = one.by_code.get(field)
            return one.label(current_language()) if known is None else known.label(current_language())
    return ""


WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-810": lambda: (
        _("A field of the register cannot hold what was typed ({where})"),
        _("Correct the field where the cursor stands; leave empty what nobody knows."),
    ),
    "BMIS-811": lambda: (
        _("The check digits do not prove the message: look at {parts}; nothing was kept"),
        _("What stands there cannot be. Compare that part with the post, letter by letter."),
    ),
    "BMIS-812": lambda: (
        _("The check digits do not prove it. One wrong character in one of these would do: {parts}. Nothing was kept"),
        _("Have the post read these parts to you first, then all the others."),
    ),
}
