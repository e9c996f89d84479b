"""What became of each record that was sent, in codes of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What the receiver did with a record."""

    CREATED = "created"
    UPDATED = "updated"
    ACCEPTED = "accepted"  # it does not say which of the two
    WOULD_ACCEPT = "would_accept"  # a dry run
    REFUSED = "refused"
    NOT_SENT = "not_sent"  # something broke before its turn
    WITHDRAWN = "withdrawn"  # voided here, and taken back there
    KNOWN = "known"  # the receiver has this content from an earlier time


@dataclass(frozen=True, slots=True)
class RecordResult:
    """One record. ``record`` is our identifier of the case or the data set; ``reason`` is a code of ours for a refusal.

    ``said`` are the receiver's own codes, never its words: those may repeat what we sent.
    """

    record: str
    outcome: Outcome
    reason: str = ""
    said: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        """Return whether the receiver has the record now."""
        return self.outcome in {Outcome.CREATED, Outcome.UPDATED, Outcome.ACCEPTED, Outcome.KNOWN}


def all_there(results: Sequence[RecordResult]) -> bool:
    """Return whether the receiver has every record."""
    return all(one.is_there for one in results)
