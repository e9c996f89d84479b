"""A further pass for the same person: because the first runs out, or is gone. It is an application like any other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.passes.applicant import PassPhoto
from bmis.passes.apply_pass import Applied
from bmis.passes.border_pass import BorderPass, Origin
from bmis.passes.errors import OnePassOnlyError, PassStateError, RenewalEarlyError
from bmis.passes.lifecycle import PassState
from bmis.passes.moving import is_kept_back, settled
from bmis.passes.records.applications import SqlApplications
from bmis.passes.records.passes import SqlBorderPasses
from bmis.passes.schemes import Scheme, scheme
from bmis.passes.serials import parse_serial
from bmis.passes.taking import Taken, children_of, photo_of, reason_of, take, who_of
from bmis.store.home import Home
from bmis.store.unit import OpenUnit

_RENEWABLE = frozenset({PassState.ACTIVE, PassState.EXPIRED})
_REPLACEABLE = frozenset({PassState.ACTIVE, PassState.LOST, PassState.STOLEN, PassState.DAMAGED})


@dataclass(frozen=True, slots=True)
class RenewPass:
    """Takes an application for the time after a pass, with what is known of its holder."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, untrusted_serial: str, reason: str, by: Actor, photo: PassPhoto | None = None) -> Applied:
        """Return the application. ``photo`` None: the one on file.

        Raises:
            NotAllowedError, PassUnknownError, PassStateError, PassReasonError, HolderForgottenError: what they say.
            RenewalEarlyError: it is too early. OnePassOnlyError: an application is under way.
        """
        return _again(self, untrusted_serial, reason, by, photo, Origin.RENEWAL, _require_renewable)


@dataclass(frozen=True, slots=True)
class ReplacePass:
    """Takes an application for a pass in place of one that is gone or worn out; it counts as long as that one."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, untrusted_serial: str, reason: str, by: Actor, photo: PassPhoto | None = None) -> Applied:
        """Return the application. A pass that is still held ends when the new one is handed over.

        Raises:
            NotAllowedError, PassUnknownError, PassStateError, PassReasonError, HolderForgottenError: what they say.
            OnePassOnlyError: an application is under way.
        """
        return _again(self, untrusted_serial, reason, by, photo, Origin.REPLACEMENT, _require_replaceable)


def _again(
    verb: RenewPass | ReplacePass,
    untrusted_serial: str,
    reason: str,
    by: Actor,
    photo: PassPhoto | None,
    origin: Origin,
    require_fit: Callable[[BorderPass, Scheme, Clock], None],
) -> Applied:
    require(by, Permission.CAPTURE_PASSES)
    said = reason_of(reason)
    with verb.open_unit() as unit:
        at = verb.now()
        one = SqlBorderPasses(unit).by_serial(parse_serial(untrusted_serial))
        one = settled(unit, one, by.name, at)
        rules = scheme(one.scheme, local(at).date())
        require_fit(one, rules, verb.now)
        if is_kept_back(unit, one, at):
            raise PassStateError(pass_state=PassState.SUSPENDED.value)
        waiting = SqlApplications(unit).under_way(one.person_id, one.scheme)
        if waiting is not None:
            raise OnePassOnlyError(held="application", number=waiting.number)
        who = who_of(unit, one.application_id)
        picture = photo or photo_of(unit, one.application_id)
        children = children_of(unit, one.application_id, len(who.dependants))
        taken = Taken(new_id(at), who, one.counted.purpose, picture, children, origin, one.id, said)
        found, answers = take(unit, verb.home, rules, taken, one.person_id, by.name, at)
        unit.commit()
    return Applied(found, answers)


def _require_renewable(one: BorderPass, rules: Scheme, now: Clock) -> None:
    if one.state not in _RENEWABLE:
        raise PassStateError(pass_state=one.state.value)
    first = one.validity.last - timedelta(days=rules.renew_before_days)
    if one.state is PassState.ACTIVE and local(now()).date() < first:
        raise RenewalEarlyError(day=first.isoformat())


def _require_replaceable(one: BorderPass, rules: Scheme, now: Clock) -> None:
    if one.state not in _REPLACEABLE or local(now()).date() > one.validity.last:
        raise PassStateError(pass_state=one.state.value)
