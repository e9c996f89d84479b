"""What a check says. Codes and facts only: the words are chosen where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Fact = str | int | None
_NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


class Status(StrEnum):
    """Grey is a check that did not run or could not tell; it never looks like green."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


SEVERITY = (Status.GREEN, Status.GREY, Status.AMBER, Status.RED)


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of one check.

    ``evidence`` is a code (``expired``, ``check_digit_fails``) with ``facts`` to fill its words; ``rule`` names the
    rule and its version (``document_dates/2026-11-22``). A finding that is not green must be acknowledged.
    """

    check: str
    status: Status
    evidence: str
    rule: str
    facts: Mapping[str, Fact] = field(default_factory=lambda: _NO_FACTS)
    mandatory: bool = True

    @property
    def same_as(self) -> tuple[str, str, str]:
        """What must not change between what the officer saw and what is stored; seconds and counts may."""
        return (self.check, self.status.value, self.evidence)

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "check": self.check,
            "status": self.status.value,
            "evidence": self.evidence,
            "rule": self.rule,
            "facts": dict(self.facts),
            "mandatory": self.mandatory,
        }

    @classmethod
    def of(cls, payload: Mapping[str, object]) -> "Finding":
        """Return the finding that ``payload`` came from."""
        facts = payload.get("facts") or {}
        if not isinstance(facts, Mapping):
            raise TypeError("facts")
        return cls(
            str(payload["check"]),
            Status(str(payload["status"])),
            str(payload["evidence"]),
            str(payload["rule"]),
            MappingProxyType(dict(facts)),
            bool(payload.get("mandatory", True)),
        )


def worst(findings: tuple[Finding, ...]) -> Status:
    """Return the gravest status; grey when there is none, for nothing was checked."""
    return max((finding.status for finding in findings), key=SEVERITY.index, default=Status.GREY)
