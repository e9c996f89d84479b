"""Whether this document was shown here under another identity."""

from collections.abc import Iterator
from dataclasses import dataclass

from bmis.crossings.case import Case, Past
from bmis.crossings.finding import Finding, Status


@dataclass(frozen=True, slots=True)
class OtherIdentity:
    """Red: another name and another birth date. Amber: one detail differs, which may be a correction."""

    name: str = "other_identity"
    mandatory: bool = True
    timeout_s: float | None = 3.0
    rule: str = "other_identity/2026-01-01"

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield one finding: the gravest difference, of the newest crossing that shows it."""
        if not case.document.number or not case.document.issuing_state:
            yield Finding(self.name, Status.GREY, "no_number", self.rule, mandatory=self.mandatory)
            return
        past = case.same_document
        if not past:
            yield Finding(self.name, Status.GREEN, "not_seen_before", self.rule, mandatory=self.mandatory)
            return
        identity = case.identity
        worst, differing = past[0], past[0].identity.differs_in(identity)
        for one in past[1:]:
            if len(found := one.identity.differs_in(identity)) > len(differing):
                worst, differing = one, found
        yield self._finding(case, worst, differing)

    def _finding(self, case: Case, past: Past, differing: tuple[str, ...]) -> Finding:
        if not differing:
            facts = {"times": len(case.same_document)}
            return Finding(self.name, Status.GREEN, "same_identity", self.rule, facts, self.mandatory)
        told = {"fields": ",".join(differing), "post": past.post_code, "at": past.crossed_at.isoformat()}
        another = {"name", "birth_date"} <= set(differing)
        status, evidence = (Status.RED, "another_person") if another else (Status.AMBER, "details_differ")
        return Finding(self.name, status, evidence, self.rule, told, self.mandatory)
