"""Whether the codes of the issuer and of the nationality are codes of States that may stand there."""

from collections.abc import Iterator
from dataclasses import dataclass

from bmis.crossings.case import Case
from bmis.crossings.finding import Fact, Finding, Status
from bmis.documents.states import State, state
from bmis.documents.travel_document import CaptureMethod

_NAME = "state_code"
_RULE = "state_code/ICAO-9303-3-5"


@dataclass(frozen=True, slots=True)
class StateCode:
    """Unknown codes are red, withdrawn ones amber; Utopia is a specimen: red but in a training home."""

    name: str = _NAME
    mandatory: bool = True
    timeout_s: float | None = None
    rule: str = _RULE

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each code that is not in order, one green where both are."""
        document = case.document
        found = [
            *_of("issuing_state", document.issuing_state, case),
            *_of("nationality", document.nationality, case),
        ]
        codes: dict[str, Fact] = {"issuing_state": document.issuing_state, "nationality": document.nationality}
        specimen = any(known.specimen_only for code in codes.values() if (known := state(str(code))))
        yield from found or [_finding(Status.GREEN, "specimen_in_training" if specimen else "known", **codes)]


def _of(field: str, code: str | None, case: Case) -> Iterator[Finding]:
    if code is None:
        reason = case.document.missing.get(field)
        applies = case.document.capture_method is not CaptureMethod.NONE
        yield Finding(_NAME, Status.GREY, "not_stated", _RULE, {"field": field, "reason": reason}, mandatory=applies)
        return
    known = state(code)
    if known is None:
        yield _finding(Status.RED, "unknown_code", field=field, code=code)
    elif known.specimen_only:
        if not case.training:
            yield _finding(Status.RED, "specimen", field=field, code=code)
    elif known.legacy:
        yield _finding(Status.AMBER, "withdrawn_code", field=field, code=code, now=known.iso3)
    elif not _may_stand(field, known):
        yield _finding(Status.AMBER, "code_misplaced", field=field, code=code)


def _may_stand(field: str, known: State) -> bool:
    return known.may_issue if field == "issuing_state" else known.may_be_nationality


def _finding(status: Status, evidence: str, **facts: Fact) -> Finding:
    return Finding(_NAME, status, evidence, _RULE, facts)
