"""A return as a person types it at a desk: texts, each read in its own way, and told which one cannot be."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES
from bmis.reports.errors import ReturnCellError, SentMomentError
from bmis.reports.returns.kinds import ReturnField, return_kind
from bmis.reports.returns.post_return import LARGEST, Figure

_PART = re.compile(r"([A-Za-z]{1,3})[ :=]*([0-9]{1,7})")
_HOUR = re.compile(r"([0-9]{1,2})[:h.]?([0-9]{2})")


def typed_figures(kind: str, on: date, untrusted: Mapping[str, str], language: str) -> dict[str, object]:
    """Return the figures typed, by code; an empty text was not counted, and is not nought.

    Raises:
        ReturnKindError: no such kind. ReturnCellError: a text is no figure; it names the field as it is labelled.
    """
    found: dict[str, object] = {}
    for field in return_kind(kind, on).fields:
        if text := untrusted.get(field.code, "").strip():
            found[field.code] = _figure(field, text, language)
    return found


def shown_figure(figure: Figure | None) -> str:
    """Return a figure as it is typed; "" for one that was not reported."""
    if figure is None:
        return ""
    return str(figure) if isinstance(figure, int) else ", ".join(f"{key} {n}" for key, n in figure.items())


def sent_moment(day: date, untrusted_hour: str) -> datetime:
    """Return the moment at the post, aware. Raises SentMomentError: the hour is none."""
    found = _HOUR.fullmatch(untrusted_hour.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise SentMomentError
    zone = timezone(timedelta(minutes=MAPUTO_OFFSET_MINUTES))
    return datetime(day.year, day.month, day.day, int(found[1]), int(found[2]), tzinfo=zone)


def _figure(field: ReturnField, text: str, language: str) -> object:
    if field.split is None:
        if not (text.isascii() and text.isdigit() and int(text[:9]) <= LARGEST and len(text) <= len(str(LARGEST))):
            raise ReturnCellError(figure=field.label(language))
        return int(text)
    parts: dict[str, int] = {}
    for one in filter(None, (each.strip() for each in re.split(r"[,;]", text))):
        found = _PART.fullmatch(one)
        if found is None or found[1].upper() in parts:
            raise ReturnCellError(figure=field.label(language))
        parts[found[1].upper()] = int(found[2])
    if not parts:
        raise ReturnCellError(figure=field.label(language))
    return parts
