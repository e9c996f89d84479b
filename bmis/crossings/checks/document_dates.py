"""Whether the dates of the document can be, and whether it is still valid."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bmis.crossings.case import Case
from bmis.crossings.decision import Direction
from bmis.crossings.finding import Fact, Finding, Status
from bmis.crossings.rules import DateRule, date_rule
from bmis.documents.dates import PartialDate

_NAME = "document_dates"
_NO_EXPIRY = ("NO_EXPIRY", "NO_DOCUMENT")  # a card for life, no card at all: there is nothing that could be told


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """Judged on the day at the post; when the clock was set back, on the last day that the store has seen."""

    name: str = _NAME
    mandatory: bool = True
    timeout_s: float | None = None
    rule: str = "document_dates"

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each thing that is wrong, one green where nothing is."""
        rule = date_rule(case.day)
        found = [*_of_birth(case, rule), *_of_expiry(case, rule)]
        if not found:
            found = [_finding(rule, Status.GREEN, "valid", until=str(case.document.expiry_date))]
        yield from found


def _of_birth(case: Case, rule: DateRule) -> Iterator[Finding]:
    birth, expiry = case.document.birth_date, case.document.expiry_date
    if birth is None:
        return
    if birth.surely_after(case.day):
        yield _finding(rule, Status.RED, "birth_in_future", birth=str(birth))
    elif birth.age_on(case.day)[0] > rule.oldest_age_years:
        yield _finding(rule, Status.AMBER, "age_implausible", years=birth.age_on(case.day)[0])
    elif expiry is not None and expiry.latest() < birth.earliest():
        yield _finding(rule, Status.RED, "expired_before_birth", expiry=str(expiry))


def _of_expiry(case: Case, rule: DateRule) -> Iterator[Finding]:
    expiry, day = case.document.expiry_date, case.day
    if expiry is None:
        reason = case.document.missing.get("expiry_date")
        never = reason in _NO_EXPIRY
        found = _finding(rule, Status.GREY, "no_expiry" if never else "expiry_unknown", reason=reason)
        yield replace(found, mandatory=not never)
    elif expiry.surely_before(day):
        yield _finding(rule, Status.RED, "expired", expiry=str(expiry), days=(day - expiry.latest()).days)
    elif expiry.earliest() < day:
        yield _finding(rule, Status.AMBER, "may_be_expired", expiry=str(expiry))
    elif expiry.earliest().year - day.year > rule.longest_validity_years:
        yield _finding(rule, Status.AMBER, "expiry_implausible", expiry=str(expiry))
    elif _expires_soon(case, expiry, rule):
        days = (expiry.earliest() - day).days
        yield _finding(rule, Status.AMBER, "expiring", expiry=str(expiry), days=days, months=rule.expiring_months)


def _expires_soon(case: Case, expiry: PartialDate, rule: DateRule) -> bool:
    if case.is_national or case.direction is not Direction.ENTRY:
        return False
    return expiry.earliest() < _months_after(case.day, rule.expiring_months)


def _months_after(day: date, months: int) -> date:
    """Return the same day of a later month, the month's last where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = PartialDate(day.year + year, month + 1).latest()
    return last.replace(day=min(day.day, last.day))


def _finding(rule: DateRule, status: Status, evidence: str, **facts: Fact) -> Finding:
    return Finding(_NAME, status, evidence, f"{_NAME}/{rule.version}", facts)
