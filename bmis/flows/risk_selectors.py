"""Selectors of a nationality: only with a legal basis, an end and a second person; each use ends with its last day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from bmis.documents.states import iso3
from bmis.flows.number_rules import number_rules
from bmis.flows.records.risk import SqlRiskEvents
from bmis.flows.risk_errors import SelectorApprovalError, SelectorRefusedError
from bmis.flows.risk_event import RiskEvent, RiskEventKind, Selector
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import made_at, new_id
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.unit import OpenUnit

SELECT = "risk.selector"
"""The action that the second person signs."""
LONGEST_BASIS = 500


@dataclass(frozen=True, slots=True)
class SelectorRequest:
    """What is asked. ``id`` is chosen before the second person signs: it is what the signature is for."""

    id: UUID
    nationality: str
    legal_basis: str
    expires: date


@dataclass(frozen=True, slots=True)
class RiskSelectors:
    """Keeps selectors and gives those in force; one that has ended stays on record and is shown nowhere else."""

    open_read: OpenUnit
    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, by: Actor) -> tuple[Selector, ...]:
        """Return the selectors in force today. Raises NotAllowedError: the role reads no reports."""
        require(by, Permission.READ_REPORTS)
        today = self._today()
        return tuple(one for one in self._all() if one.holds_on(today))

    def checked(self, request: SelectorRequest, by: Actor) -> SelectorRequest:
        """Return the request as it would be kept, before anybody is asked to sign it.

        Raises:
            NotAllowedError: the role sets none.
            SelectorRefusedError: ``why`` is nationality, basis or expiry.
        """
        require(by, Permission.SELECT_RISK)
        most, today = number_rules().longest_selector_days, self._today()
        country = iso3(request.nationality.strip().upper())
        if country is None:
            raise SelectorRefusedError(why="nationality", most=most)
        basis = " ".join(request.legal_basis.split())
        if not basis or len(basis) > LONGEST_BASIS:
            raise SelectorRefusedError(why="basis", most=most)
        if not today <= request.expires <= today + timedelta(days=most):
            raise SelectorRefusedError(why="expiry", most=most)
        return replace(request, nationality=country, legal_basis=basis)

    def set(self, request: SelectorRequest, approval: Approval | None, by: Actor) -> Selector:
        """Return the selector as kept.

        Raises:
            NotAllowedError, SelectorRefusedError: as ``checked``.
            SelectorApprovalError: nobody else has signed it. ApprovalMismatchError: something else was signed.
        """
        wanted = self.checked(request, by)
        if approval is None or approval.second is None:
            raise SelectorApprovalError
        approval.covering(SELECT, wanted.id, by.name)
        at = self.now()
        event = RiskEvent(
            new_id(at),
            RiskEventKind.SELECTOR_SET,
            wanted.id,
            by.name,
            {
                "nationality": wanted.nationality,
                "legal_basis": wanted.legal_basis,
                "expires": wanted.expires.isoformat(),
                "approved_by": approval.second,
                "approval_id": str(approval.id),
            },
        )
        with self.open_unit() as unit:
            record_approval(unit, approval, at)
            SqlRiskEvents(unit).add(event)
            unit.commit()
        return self._selectors([event])[0]

    def end(self, selector_id: UUID, reason: str, by: Actor) -> None:
        """End a selector today.

        Raises:
            NotAllowedError: the role sets none.
            SelectorRefusedError: no reason, or none of that is in force.
        """
        require(by, Permission.SELECT_RISK)
        most = number_rules().longest_selector_days
        if not reason.strip() or len(reason) > LONGEST_BASIS:
            raise SelectorRefusedError(why="basis", most=most)
        if selector_id not in {one.id for one in self(by)}:
            raise SelectorRefusedError(why="nationality", most=most)
        event = RiskEvent(
            new_id(self.now()), RiskEventKind.SELECTOR_ENDED, selector_id, by.name, {"reason": reason.strip()}
        )
        with self.open_unit() as unit:
            SqlRiskEvents(unit).add(event)
            unit.commit()

    def _all(self) -> list[Selector]:
        with self.open_read() as unit:
            return self._selectors(SqlRiskEvents(unit).all())

    def _selectors(self, events: Iterable[RiskEvent]) -> list[Selector]:
        found: dict[UUID, Selector] = {}
        for event in events:
            day = local(made_at(event.id), self.utc_offset_minutes).date()
            if event.kind is RiskEventKind.SELECTOR_ENDED:
                found[event.selector_id] = replace(found[event.selector_id], ended=day)
                continue
            facts = event.facts
            found[event.selector_id] = Selector(
                event.selector_id,
                str(facts["nationality"]),
                str(facts["legal_basis"]),
                day,
                date.fromisoformat(str(facts["expires"])),
                event.by,
                str(facts["approved_by"]),
            )
        return list(found.values())

    def _today(self) -> date:
        return local(self.now(), self.utc_offset_minutes).date()
