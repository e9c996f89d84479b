"""Whether the same document was recorded in the same direction a moment ago."""

from collections.abc import Iterator
from dataclasses import dataclass

from bmis.crossings.case import Case, Past, seconds_between
from bmis.crossings.finding import Finding, Status
from bmis.crossings.rules import windows


@dataclass(frozen=True, slots=True)
class Repeated:
    """Amber with the seconds since. Without a number it is the same name and birth date that count."""

    name: str = "repeated"
    mandatory: bool = True
    timeout_s: float | None = 3.0
    rule: str = "repeated"

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield one finding."""
        window = windows(case.day)
        rule = f"{self.name}/{window.version}"
        past = self._candidates(case)
        if past is None:
            yield Finding(self.name, Status.GREY, "cannot_tell", rule, mandatory=self.mandatory)
            return
        longest = window.repeated.total_seconds()
        for one in past:
            seconds = seconds_between(case.at, one.crossed_at)
            if one.direction is case.direction and one.id != case.closes and seconds <= longest:
                facts = {"seconds": seconds, "decision": one.decision.value, "seq": one.seq}
                yield Finding(self.name, Status.AMBER, "recorded_before", rule, facts, self.mandatory)
                return
        yield Finding(self.name, Status.GREEN, "not_repeated", rule, mandatory=self.mandatory)

    @staticmethod
    def _candidates(case: Case) -> tuple[Past, ...] | None:
        if case.document.number and case.document.issuing_state:
            return case.same_document
        identity = case.identity
        return case.history.by_name_and_birth(identity) if identity.is_named_and_born else None
