"""Secondary: who waits, one case, and the decision that closes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import Crossing, CrossingRequest, Refusal, StayAuthority, Verdict
from bmis.crossings.deciding import needs_second_person
from bmis.crossings.decision import LETS_THROUGH, STOPS, Decision
from bmis.crossings.errors import FindingsChangedError, NotAcknowledgedError
from bmis.crossings.finding import Finding, Status
from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.staff.approval import Approval
from ui.desktop.refusing import RefusalAnswers
from ui.desktop.secondary.parts import SecondaryParts, WaitingCase
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner

JOURNEY = ("travel_mode", "vehicle", "coming_from", "going_to", "purpose", "intended_days", "accommodation")
"""What may be asked here of the journey: fields of the request without their section."""

SCHEMA = 1  # of a kept draft
NOTE, STAY_UNTIL, AUTHORITY = "note", "stay_until", "typed_authority"


@dataclass(frozen=True, slots=True)
class Shut:
    """Why a decision cannot be taken yet: checks to accept, or fields of the request to fill; () twice: it can."""

    checks: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.checks or self.fields)


class SecondaryModel(StoreModel):
    """Signals: ``listed`` WaitingCases, ``chosen`` a WaitingCase or None, ``filed`` a CaseFile, ``checked`` that the
    checks or what was accepted or typed changed, ``second_needed`` (Decision, whether it may be owed), ``decided`` a
    Crossing, ``notice_made`` (bytes, Crossing)."""

    listed = Signal(object)
    chosen = Signal(object)
    filed = Signal(object)
    checked = Signal()
    second_needed = Signal(object, bool)
    decided = Signal(object)
    notice_made = Signal(object, object)

    def __init__(self, parts: SecondaryParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self._cases: tuple[WaitingCase, ...] = ()
        self._case: WaitingCase | None = None
        self._examined: Examined | None = None
        self._accepted: set[str] = set()
        self._values: dict[str, str] = {}
        self._request_id: UUID | None = None
        self._kept: dict[str, Draft] = {}  # case -> what was left half typed by a power cut, or by leaving
        self.autosave = AutoSave(parts, runner, self)
        self.autosave.failed.connect(self.noticed)

    @property
    def cases(self) -> tuple[WaitingCase, ...]:
        """Who waits, as last asked."""
        return self._cases

    @property
    def case(self) -> WaitingCase | None:
        """The case in front."""
        return self._case

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks say of it now."""
        return self._examined.findings if self._examined else ()

    @property
    def accepted(self) -> frozenset[str]:
        """The checks whose findings were accepted here; what the lane accepted is not accepted again."""
        return frozenset(self._accepted)

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that must be known before the traveller goes on."""
        return self._examined.required if self._examined else ()

    @property
    def values(self) -> Mapping[str, str]:
        """What stands in the fields."""
        return MappingProxyType(dict(self._values))

    @property
    def has_work(self) -> bool:
        """Whether something was typed or accepted that leaving would lose."""
        return self._case is not None and (bool(self._accepted) or self._values != _values_of(self._case))

    def refresh(self) -> None:
        """Ask who waits."""
        if self._case is None:
            self.ask(self.parts.kept_drafts, self._on_drafts)
        self.ask(self.parts.waiting, self._on_listed)

    def close(self) -> None:
        """Keep what is half typed; deliver nothing any more."""
        self.autosave.now()
        self.stop()

    def choose(self, case_id: object) -> None:
        """Put a case in front; None puts it away."""
        case = next((one for one in self._cases if one.id == case_id), None)
        if case is not None and self._case is not None and case.id == self._case.id:
            return
        self._take(case)

    def set_value(self, name: str, text: str) -> None:
        """Take what was typed in a field."""
        self._values[name] = text.strip()
        self.autosave.soon(self._entry)
        self.checked.emit()

    def acknowledge(self, check: str, accepted: bool) -> None:
        """Accept what a check says, or take that back."""
        self._accepted.add(check) if accepted else self._accepted.discard(check)
        self.checked.emit()

    def offered(self) -> tuple[Decision, ...]:
        """Return the decisions that fit; waiting on is none."""
        if self._examined is None:
            return ()
        return tuple(one for one in self._examined.proposal.offered if one is not Decision.PENDING_SECONDARY)

    def shut(self, decision: Decision) -> Shut:
        """Return why a decision cannot be taken yet."""
        if decision in LETS_THROUGH:
            open_checks = [one.check for one in self.findings if one.status is not Status.GREEN]
            missing = [name for name in self.required if not self._value_of(name)]
        elif decision in STOPS:
            open_checks = [one.check for one in self.findings if one.status is Status.GREY and one.mandatory]
            missing = []
        else:
            return Shut()
        waiting = tuple(dict.fromkeys(one for one in open_checks if one not in self._accepted))
        return Shut(waiting, tuple(missing))

    def decide(
        self,
        decision: Decision,
        answers: RefusalAnswers | None = None,
        *,
        second: tuple[str, str] | None = None,
        owed: bool = False,
        failed: Failed | None = None,
    ) -> None:
        """Close the case; a second person is asked for first where the findings need one."""
        case, examined = self._case, self._examined
        if case is None or examined is None or self.is_busy or self.shut(decision):
            return
        face = case.view.crossing.request.evidence.photo_answer
        if needs_second_person(decision, examined.findings, face) and second is None and not owed:
            self.ask(self.parts.single_officer, lambda may: self.second_needed.emit(decision, may))
            return
        request = self.request()
        if answers is not None and answers.protection_claim:
            decision, request = Decision.REFERRED, replace(request, note=None)
        verdict = _verdict(decision, answers or RefusalAnswers(), self.accepted, examined.findings)

        def work() -> Crossing:
            approval: Approval | None = None
            if second is not None:
                approval = self.parts.sign(request.request_id, *second)
            elif owed:
                approval = self.parts.defer(request.request_id)
            return self.parts.decide(request, verdict, case.id, approval)

        self.ask(work, self._on_decided, lambda error: self._on_refused(error, failed))

    def request(self) -> CrossingRequest:
        """Return the request that decides: the pending one with what was learned here. Its pictures stay with it."""
        case = self._case
        if case is None or self._request_id is None:
            raise ValueError("no case is in front")
        pending, typed = case.view.crossing.request, self._values
        days = typed.get("intended_days", "")
        stay_until = typed.get(STAY_UNTIL, "")
        return replace(
            pending,
            request_id=self._request_id,
            journey=replace(
                pending.journey,
                **{name: typed.get(name) or None for name in JOURNEY if name != "intended_days"},  # type: ignore[arg-type]  # texts only
                intended_days=int(days) if days.isascii() and days.isdigit() else None,
            ),
            stay=StayAuthority(
                stay_until=date.fromisoformat(stay_until) if stay_until else None,
                typed_authority=typed.get(AUTHORITY) or None,
            )
            if stay_until
            else pending.stay,
            evidence=replace(pending.evidence, traveller_photo_id=None, document_photo_id=None, page_image_id=None),
            carried_over=frozenset(),
            confirmed=frozenset(),
            note=typed.get(NOTE) or None,
            occurred_at=None,
        )

    def make_notice(self, crossing: Crossing) -> None:
        """Make the notice of a refusal."""
        self.ask(lambda: self.parts.notice_pdf(crossing), lambda paper: self.notice_made.emit(paper, crossing))

    def notice_given(self, crossing: Crossing) -> None:
        """Keep that the notice was given out."""
        self.ask(lambda: self.parts.notice_printed(crossing.id), lambda _none: None)

    def hide(self) -> None:
        """Show nobody: the screen locks. What was typed stays until the case is put away."""
        self.listed.emit(())

    def _entry(self) -> DraftEntry | None:
        case, request_id = self._case, self._request_id
        if case is None or request_id is None:
            return None
        return DraftEntry(request_id, {"schema": SCHEMA, "case": str(case.id), "values": dict(self._values)})

    def _on_drafts(self, drafts: tuple[Draft, ...]) -> None:
        known = [one for one in drafts if one.content.get("schema") == SCHEMA]
        self._kept = {str(one.content["case"]): one for one in reversed(known)}

    def _forget(self, request_id: UUID) -> None:
        self.ask(lambda: self.parts.forget_draft(request_id), lambda _none: None)

    def _take(self, case: WaitingCase | None) -> None:
        """Put a case in front with what was half typed of it; what was typed of the one before is forgotten."""
        self.autosave.drop()
        if self._case is not None and self._request_id is not None:
            was_kept = self._kept.pop(str(self._case.id), None) is not None
            if was_kept or self._values != _values_of(self._case):
                self._forget(self._request_id)
        self._case, self._examined = case, None
        self._accepted = set()
        self._values = _values_of(case) if case else {}
        self._request_id = new_id(self._clock()) if case else None
        kept = self._kept.get(str(case.id)) if case else None
        if kept is not None:
            self._request_id = kept.request_id
            self._values |= _known_texts(kept.content["values"], self._values)
        self.chosen.emit(case)
        self.checked.emit()
        if case is not None:
            request = self.request()
            self.ask(lambda: self.parts.file(case), self._if_still(case, self.filed.emit))
            self.ask(lambda: self.parts.check(request, case.id), self._if_still(case, self._on_checked))

    def _if_still(self, case: WaitingCase, then: Callable[[object], None]) -> Callable[[object], None]:
        return lambda answer: then(answer) if self._case is case else None

    def _value_of(self, name: str) -> str:
        section, _dot, field = name.partition(".")
        if section == "journey" and field in JOURNEY:
            return self._values.get(field, "")
        request = self._case.view.crossing.request if self._case else None
        return str(getattr(getattr(request, section, None), field, None) or "")

    def _on_listed(self, cases: tuple[WaitingCase, ...]) -> None:
        self._cases = cases
        waiting = {str(one.id) for one in cases}
        for case_id in [one for one in self._kept if one not in waiting]:
            self._forget(self._kept.pop(case_id).request_id)  # decided while this desk was away
        if self._case is not None and all(one.id != self._case.id for one in cases):
            self._take(None)  # somebody else decided it
        self.listed.emit(cases)

    def _on_checked(self, answer: object) -> None:
        if isinstance(answer, Examined):
            self._examined = answer
            self.checked.emit()

    def _on_decided(self, crossing: Crossing) -> None:
        self._take(None)
        self.decided.emit(crossing)
        self.refresh()

    def _on_refused(self, error: Exception, failed: Failed | None) -> None:
        if isinstance(error, FindingsChangedError | NotAcknowledgedError) and self._examined is not None:
            self._examined = replace(self._examined, findings=error.findings)
            self._accepted = set()
            self.checked.emit()
        (failed or self.noticed.emit)(error)


def _values_of(case: WaitingCase) -> dict[str, str]:
    request = case.view.crossing.request
    found = {name: getattr(request.journey, name) for name in JOURNEY}
    values = {name: "" if value is None else str(value) for name, value in found.items()}
    return {**values, NOTE: request.note or "", STAY_UNTIL: "", AUTHORITY: ""}


def _known_texts(kept: object, known: Mapping[str, str]) -> dict[str, str]:
    texts = kept if isinstance(kept, Mapping) else {}
    return {str(name): str(text) for name, text in texts.items() if name in known}


def _verdict(
    decision: Decision, answers: RefusalAnswers, accepted: frozenset[str], findings: tuple[Finding, ...]
) -> Verdict:
    stops = decision in STOPS
    return Verdict(
        decision=decision,
        reasons=answers.reasons if stops else (),
        reason_text=(answers.text or None) if stops else None,
        acknowledged=accepted,
        refusal=Refusal(
            protection_claim=answers.protection_claim,
            consulate_informed=answers.consulate_informed,
            carrier_informed=answers.carrier_informed,
        ),
        shown=findings,
    )
