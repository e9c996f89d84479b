"""Why a decision is shut."""

from dataclasses import dataclass
from enum import StrEnum


class Shut(StrEnum):
    """Why a decision is shut."""

    NO_DOCUMENT = "no_document"
    RUNNING = "running"
    FAILED = "failed"
    NOT_ACCEPTED = "not_accepted"
    MISSING = "missing"
    NOT_CONFIRMED = "not_confirmed"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class WhyShut:
    """Why, and which fields or checks it is about."""

    why: Shut
    names: tuple[str, ...] = ()
