"""Recording a screening: answers, what the rules said, token, audit link and message; or nothing of it."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock
from bmis.kernel.identifiers import made_at, new_id
from bmis.kernel.plain import plain
from bmis.staff.approval import Approval
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.clearance.errors import CardRefusedError, SecondLookCardError
from poe_health.clearance.issuing import ClearanceSigner
from poe_health.clearance.records import SqlClearances
from poe_health.clearance.second_look import SecondLookLot
from poe_health.document_number import compared_number
from poe_health.rules.definitions import rule_set
from poe_health.screening.context import HealthContext
from poe_health.screening.deciding import decide
from poe_health.screening.errors import (
    ContextRefusedError,
    NotStandingError,
    ScreeningConflictError,
    ScreeningFieldRefusedError,
    ScreeningUnknownError,
)
from poe_health.screening.evaluate_screening import EvaluateScreening
from poe_health.screening.form import Stage
from poe_health.screening.ordering import order_stands, supervised
from poe_health.screening.outcome import Outcome
from poe_health.screening.outcome_json import outcome_json
from poe_health.screening.plausible import OLDEST_PRACTICE, require_plausible
from poe_health.screening.record import (
    Clinical,
    CrowdCount,
    Facts,
    Kind,
    Person,
    Screening,
    ScreeningRequest,
    ScreeningView,
    Secondary,
    State,
    Travel,
)
from poe_health.screening.records import SqlScreenings
from poe_health.screening.records.express import SqlExpressForms
from poe_health.screening.secondary_rules import require_charges, require_closable, require_consent, require_possible
from poe_health.store.records.parts import CLINICAL, PERSON, NewPart
from poe_health.store.records.secret_keys import SqlSecrets
from poe_health.surveillance.screened import ScreenedFact, post_day

PSEUDONYM = "pseudonym"
MOST_IN_A_CROWD = 10_000
Contexts = Callable[[UnitOfWork, date, Travel], HealthContext]
"""Answers what the lists and signals on record say on a day of who travels so, read in the unit of the record."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept record with its token and, where it was evaluated now, what the rules said. ``token`` None: a crowd.

    ``said`` is what was stored of that, as health-screen-out.json has it; None: a crowd, or erased.
    """

    view: ScreeningView
    token: str | None
    outcome: Outcome | None
    said: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A request with everything that is stored of it."""

    clinical: Clinical
    facts: Facts
    outcome: Outcome
    parts: tuple[NewPart, ...]


@dataclass(frozen=True, slots=True)
class RecordScreening:
    """Keeps one screening. ``contexts`` gives the outbreaks and areas on record."""

    open_unit: OpenUnit
    home: Home
    contexts: Contexts
    signer: ClearanceSigner
    now: Clock
    evaluate: EvaluateScreening = field(default_factory=EvaluateScreening)
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, request: ScreeningRequest, by: Actor, approval: Approval | None = None) -> Kept:
        """Return the kept record and its token; for a request that was kept before, the same.

        ``approval``: a health supervisor's signature (``ORDER_MEASURE``) where the role may not decide alone.

        Raises:
            NotAllowedError: the role does not screen, or does not examine (secondary).
            ScreeningConflictError: the same request was kept with another content.
            ContextRefusedError: a context or a moment given by hand, outside training homes.
            CholeraUnknownError, ExpressFormTakenError: there is no such express record, or it has its form.
            ScreeningUnknownError, NotStandingError: the primary screening that it follows.
            PersonRefusedError, ScreeningReasonError, TemperaturesDifferError, ConsentMissingError, CompulsionError,
            ChargeRefusedError, NotClosableError, ScreeningFieldRefusedError, HealthCodeError: what they say.
            CardRefusedError: the card cannot be handed out. SecondLookCardError: it says done, and the traveller waits.
            OrderSignatureError, ApprovalMismatchError: the signature is not a supervisor's, or not for this.
        """
        secondary = request.form.stage is Stage.SECONDARY
        require(by, Permission.EXAMINE_TRAVELLER if secondary else Permission.SCREEN_HEALTH)
        at = self._moment(request)
        with self.open_unit() as unit:
            store = SqlScreenings(unit)
            kept = store.by_request(request.request_id)
            if kept is not None:
                return self._same(unit, kept, request)
            if request.primary_id is not None:
                self._require_standing(store, request.primary_id)
            if request.cholera_id is not None:
                SqlExpressForms(unit).require_free(request.cholera_id)
            signed = supervised(unit, approval, request.request_id, by, self.now())
            judged = self.judge(unit, request, by, signed=signed)
            judged = replace(judged, facts=self._second_look(unit, request, judged.facts, by, at))
            screening = self._screening(store, request, judged, by, at)
            store.add(screening, judged.parts)
            token = self._first_token(unit, judged.facts, screening.id, by, request.card)
            unit.commit()
        view = ScreeningView(screening, State.STANDING, judged.facts, named=PERSON in screening.digests)
        return Kept(view, token, judged.outcome, judged.clinical.outcome)

    def count(self, crowd: CrowdCount, by: Actor) -> Kept:
        """Return the kept count of a crowd; nobody of it is known, so nobody gets a token.

        Raises:
            NotAllowedError, ScreeningConflictError.
            ScreeningFieldRefusedError: nobody, or more than a crowd. HealthCodeError: a code of no list.
        """
        require(by, Permission.SCREEN_HEALTH)
        if not 1 <= crowd.persons <= MOST_IN_A_CROWD:
            raise ScreeningFieldRefusedError(field="persons")
        ScreenedFact(crowd.cell, "PASS", crowd.persons)  # refuses codes of no list
        facts = Facts(crowd.cell, "PASS", None, None, persons=crowd.persons)
        with self.open_unit() as unit:
            store = SqlScreenings(unit)
            kept = store.by_request(crowd.request_id)
            if kept is not None:
                if kept.record.kind is not Kind.COUNT or kept.record.facts != facts:
                    raise ScreeningConflictError
                return Kept(kept, None, None)
            screening = self._noun(store, crowd.request_id, Kind.COUNT, facts, by, self.now())
            store.add(screening, ())
            unit.commit()
        return Kept(ScreeningView(screening, State.STANDING, facts), None, None)

    def judge(
        self, unit: UnitOfWork, request: ScreeningRequest, by: Actor, *, signed: bool, before: Clinical | None = None
    ) -> Judged:
        """Return the request with what the rules say of it and everything that is stored.

        ``signed``: a health supervisor decides or signed. ``before``: what is on record, when it is amended.

        Raises:
            What ``__call__`` raises for the content of a request.
        """
        context = request.context
        if context is None:
            context = self.contexts(unit, request.form.today, request.travel)
        rules = rule_set(request.form.today)
        outcome = self.evaluate(request.form, context)
        said = request.secondary or Secondary()
        require_possible(said, rules)
        require_consent(said, ordered=signed or order_stands(before, said))
        require_charges(said, request.form.today)
        require_plausible(request, self.now())
        if said.disposition is not None:
            require_closable(said, request.reason, supervised=signed)
        decided = decide(request, outcome, context, rules)
        clinical = Clinical(
            form=request.form,
            travel=request.travel,
            temperatures=request.temperatures,
            secondary=request.secondary,
            overrides=decided.overrides,
            outcome=outcome_json(request.form, outcome, rules),
            context=context,
            asked_result=request.result,
            reason=request.reason,
            pseudonym=self._pseudonym(unit, request.person, by),
        )
        parts = [NewPart.of(CLINICAL, plain(clinical))]
        if request.person is not None:
            parts.append(NewPart.of(PERSON, plain(request.person)))
        return Judged(clinical, decided.facts, outcome, tuple(parts))

    def token(
        self, unit: UnitOfWork, outcome: ClearanceOutcome | None, record_id: UUID, by: Actor, card: int | None
    ) -> str | None:
        """Return the token of the record, printed or on a card; nothing is committed here."""
        if outcome is None:
            return None
        if card is not None:
            return self.signer.give_card(unit, card, outcome, record_id, by.name, self.now())
        return self.signer.issue(unit, outcome, record_id, by.name, self.now())

    def _second_look(self, unit: UnitOfWork, request: ScreeningRequest, facts: Facts, by: Actor, at: datetime) -> Facts:
        """Return the facts of who goes on, or waits a short while first: by lot, or because the desk is full."""
        if request.form.stage is not Stage.PRIMARY or facts.clearance is not ClearanceOutcome.H_OK:
            return facts
        day = post_day(at, self.utc_offset_minutes)
        drawn = SecondLookLot(self.now)(unit, request.request_id, day, by.name)
        waits = drawn is True or request.desk_full
        clearance = ClearanceOutcome.H_WAIT if waits else facts.clearance
        return replace(facts, clearance=clearance, drawn=drawn, desk_full=request.desk_full)

    def _first_token(self, unit: UnitOfWork, facts: Facts, record_id: UUID, by: Actor, card: int | None) -> str | None:
        try:
            return self.token(unit, facts.clearance, record_id, by, card)
        except CardRefusedError as error:
            if facts.waits_for_second_look and error.facts["why"] == "outcome":
                raise SecondLookCardError from error
            raise

    def _moment(self, request: ScreeningRequest) -> datetime:
        for name, given in (("context", request.context), ("occurred_at", request.occurred_at)):
            if given is not None and not self.home.training:
                raise ContextRefusedError(field=name)
        at = request.occurred_at or self.now()
        if at.tzinfo is None or not self.now() - OLDEST_PRACTICE <= at <= self.now():
            raise ScreeningFieldRefusedError(field="occurred_at")
        return at

    @staticmethod
    def _require_standing(store: SqlScreenings, primary_id: UUID) -> None:
        primary = store.find(primary_id)
        if primary is None or primary.record.kind is not Kind.PRIMARY:
            raise ScreeningUnknownError
        if primary.state is not State.STANDING:
            raise NotStandingError

    def _screening(
        self, store: SqlScreenings, request: ScreeningRequest, judged: Judged, by: Actor, at: datetime
    ) -> Screening:
        kind = Kind.SECONDARY if request.form.stage is Stage.SECONDARY else Kind.PRIMARY
        return replace(
            self._noun(store, request.request_id, kind, judged.facts, by, at),
            rules_digest=judged.outcome.rules_digest,
            list_version=judged.outcome.list_version,
            voyage_key=request.travel.voyage_key,
            primary_id=request.primary_id,
            cholera_id=request.cholera_id,
            digests={part.part: part.digest for part in judged.parts},
        )

    def _noun(
        self, store: SqlScreenings, request_id: UUID, kind: Kind, facts: Facts, by: Actor, at: datetime
    ) -> Screening:
        identifier = new_id(self.now())
        home = self.home
        return Screening(
            id=identifier,
            seq=store.next_seq(home.desk_id),
            request_id=request_id,
            kind=kind,
            facts=facts,
            screened_at=at,
            recorded_at=made_at(identifier),
            day=post_day(at, self.utc_offset_minutes),
            post_code=home.post_code,
            lane=home.lane,
            site_id=home.site_id,
            desk_id=home.desk_id,
            training=home.training,
            by=by.name,
        )

    def _same(self, unit: UnitOfWork, kept: ScreeningView, request: ScreeningRequest) -> Kept:
        content = SqlScreenings(unit).first_content(kept)
        if content.clinical is not None and _content(content.clinical, content.person) != _asked(request):
            raise ScreeningConflictError
        said = None if content.clinical is None else content.clinical.outcome
        return Kept(kept, SqlClearances(unit).of_record(kept.id), None, said)

    def _pseudonym(self, unit: UnitOfWork, person: Person | None, by: Actor) -> str | None:
        """Return HMAC-SHA-256 over kind, country and number of the document: without the key nobody can try numbers."""
        number = compared_number(person.document_number or "") if person is not None else ""
        if person is None or not number or not person.document_country:
            return None
        secrets_kept = SqlSecrets(unit)
        newest = next(iter(secrets_kept.every(PSEUDONYM)), None)
        key = newest[1] if newest else secrets_kept.make(PSEUDONYM, self.now(), by.name)
        told = "|".join((person.document_kind or "", person.document_country, number))
        return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def _content(clinical: Clinical, person: Person | None) -> object:
    """What must be the same when a request comes again; the day of the form is the clock's."""
    return (
        plain(clinical.form) | {"today": ""},
        clinical.travel,
        clinical.temperatures,
        clinical.secondary,
        clinical.asked_result,
        clinical.reason,
        person,
    )


def _asked(request: ScreeningRequest) -> object:
    return (
        plain(request.form) | {"today": ""},
        request.travel,
        request.temperatures,
        request.secondary,
        request.result,
        request.reason,
        request.person,
    )
