"""What is told to whom a decision goes against: numbered, with the reason and the last day of an appeal."""

import re
from datetime import datetime, timedelta

from bmis.kernel.clock import local
from bmis.kernel.paper_number import checked, place_and_desk
from bmis.passes.border_pass import Notice
from bmis.passes.errors import PassReasonError
from bmis.passes.records.counting import notices_given
from bmis.passes.schemes import Scheme
from bmis.store.home import Home
from bmis.store.unit import UnitOfWork

PREFIX = "NP"
_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
GROUNDS = (
    "FALSE_STATEMENT",
    "LENT",
    "OUTSIDE_ZONE",
    "LATE_RETURNS",
    "MOVED_AWAY",
    "SECURITY",
    "CRIME",
    "NOT_ELIGIBLE",
    "OTHER",
)
"""Why a pass is suspended or revoked, or an application rejected (SENAMI to confirm)."""


def next_notice(unit: UnitOfWork, home: Home, at: datetime, reason_code: str, rules: Scheme) -> Notice:
    """Return the desk's next notice; read inside the unit that keeps it, so that no number is given twice.

    Its day is never before what the store has seen: a clock set back shortens nobody's days to appeal.

    Raises:
        PassReasonError: no such ground.
    """
    code = reason_code.strip().upper()
    if not _CODE.fullmatch(code) or code not in GROUNDS:
        raise PassReasonError
    serial = notices_given(unit) + 1
    number = checked(f"{PREFIX}-{place_and_desk(home.post_code, home.lane, home.desk_id)}-{serial:05}")
    day = local(unit.judged_at(at)).date()
    return Notice(number, code, day, day + timedelta(days=rules.appeal_days), rules.legal_reference)
