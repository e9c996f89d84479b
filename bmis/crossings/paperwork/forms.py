"""Contingency forms: a paper form with a number that was given out beforehand, so that none can vanish unseen."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bmis.crossings.paperwork.errors import FormNumberError
from bmis.kernel.paper_number import check_character, checked, place_and_desk

_NUMBER = re.compile(r"([0-9A-Z]{1,12})-([0-9A-F]{4})-([0-9]{5,7})-([0-9A-Z])", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys(" ‐‑‒–—_./", "-"))


class FormState(StrEnum):
    """``missing``: somebody looked for it. A form found again may still be typed in."""

    ALLOCATED = "allocated"
    USED = "used"
    SPOILED = "spoiled"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ContingencyForm:
    """One numbered form. ``request_id`` is that of the crossing being typed from it; moments are aware UTC."""

    number: str
    serial: int
    batch: UUID
    allocated_at: datetime
    by: str
    state: FormState = FormState.ALLOCATED
    request_id: UUID | None = None
    crossing_id: UUID | None = None
    reason: str | None = None
    changed_at: datetime | None = None
    changed_by: str | None = None


def form_number(post_code: str, lane: str, desk_id: str, serial: int) -> str:
    """Return the number printed on the form, such as ``RSG2-3F9A-00042-K``.

    Post and lane, four characters of the desk, the desk's own serial, and a check character (ISO/IEC 7064 MOD 37,36)
    that catches every single wrong character and nearly every swap of neighbours.
    """
    return checked(f"{place_and_desk(post_code, lane, desk_id)}-{serial:05}")


def parse_form_number(untrusted_text: str) -> str:
    """Return the number in its printed form; spaces, dashes of any kind and small letters are forgiven.

    Raises:
        FormNumberError: it is no form number, or its check character says that it was misread.
    """
    text = re.sub("-+", "-", untrusted_text.strip().upper().translate(_DASHES))
    match = _NUMBER.fullmatch(text)
    if match is None or check_character(text[:-2]) != match.group(4):
        raise FormNumberError
    return text
