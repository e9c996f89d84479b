"""What is answered when a traveller is refused or prevented, at any desk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefusalAnswers:
    """``protection_claim`` has no default: None is no answer yet."""

    reasons: tuple[str, ...] = ()
    text: str = ""
    protection_claim: bool | None = None
    consulate_informed: bool | None = None
    carrier_informed: bool | None = None
