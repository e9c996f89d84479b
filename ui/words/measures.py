"""The words of additional measures (IHR art. 43) that desk and terminal share."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from bmis.kernel.i18n import translate as _
from ui.words.figures import day_words
from ui.words.health_secondary import answer_word

if TYPE_CHECKING:
    from poe_health.measures.measure import MeasureView

_ENDS: Mapping[str, Callable[[], str]] = {
    "KEPT": lambda: _("goes on as it is"),
    "CHANGED": lambda: _("goes on, changed"),
    "LIFTED": lambda: _("lifted"),
}


def measure_end_word(code: str) -> str:
    """Return what a review came to."""
    return _ENDS[code]()


def measure_alerts(one: "MeasureView", now: datetime, today: date) -> list[str]:
    """Return what is due of a measure: WHO to be informed, the review."""
    alerts = []
    if one.to_tell(now):
        alerts.append(_("OVERDUE: the national level informs WHO within 48 hours"))
    if one.review_overdue(today):
        alerts.append(_("OVERDUE: review within three months"))
    elif one.review_soon(today):
        alerts.append(_("review soon"))
    return alerts


def measure_rows(one: "MeasureView", moment: Callable[[datetime], str], now: datetime) -> list[tuple[str, str]]:
    """Return everything that is known of a measure."""
    if one.told_at is not None:
        told = _("{when}, as {who} says").format(when=moment(one.told_at), who=one.told_by)
        told += f" · {_('late')}" if one.told_late(now) else ""
    elif one.told_due_at is None:
        told = _("need not be: WHO recommends the measure")
    else:
        told = _("not yet; due {when}").format(when=moment(one.told_due_at))
    rows = [
        (_("Measure"), one.what),
        (_("Began"), moment(one.taken.began_at)),
        (_("Reason"), one.reason),
        (_("Scientific evidence"), one.evidence),
        (_("Hinders traffic significantly"), answer_word(one.taken.hinders)),
        (_("WHO recommends it"), answer_word(one.taken.covered)),
        (_("WHO informed"), told),
        (_("Review due"), _("lifted") if one.review_due is None else day_words(one.review_due)),
    ]
    for review, reason in one.reviews:
        rows.append((day_words(review.on), f"{measure_end_word(review.end.value)}: {reason}"))
    return [*rows, (_("Written down by"), one.taken.by)]
