"""Whether the check digits of the MRZ prove that it was read right. Right digits never mean genuine."""

from collections.abc import Iterator
from dataclasses import dataclass

from bmis.crossings.case import Case
from bmis.crossings.finding import Fact, Finding, Status
from bmis.documents.mrz_checks import CheckResult

_SEALED = "border_pass"


@dataclass(frozen=True, slots=True)
class CheckDigits:
    """Red names each digit that fails; grey is a document without an MRZ, to which it does not apply.

    A border pass has a seal in the zone's place, which the check of the pass proves or leaves grey.
    """

    name: str = "check_digits"
    mandatory: bool = True
    timeout_s: float | None = None
    rule: str = "check_digits/ICAO-9303-3"

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield one finding."""
        document = case.document
        if document.kind == _SEALED:
            yield Finding(self.name, Status.GREEN, "seal_instead", self.rule, mandatory=False)
            return
        if not document.mrz_lines:
            yield Finding(self.name, Status.GREY, "no_mrz", self.rule, mandatory=False)
            return
        failing = [name for name, result in document.checks.items() if result is CheckResult.FAIL]
        proved = sum(result is CheckResult.OK for result in document.checks.values())
        if failing:
            facts: dict[str, Fact] = {"fields": ",".join(sorted(failing)), "count": len(failing)}
            yield Finding(self.name, Status.RED, "check_digit_fails", self.rule, facts, self.mandatory)
        elif not proved:
            yield Finding(self.name, Status.GREY, "none_present", self.rule, mandatory=self.mandatory)
        else:
            yield Finding(self.name, Status.GREEN, "all_right", self.rule, {"count": proved}, self.mandatory)
