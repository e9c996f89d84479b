"""The list of desks: one line a desk. A desk's modules are imported when it is built, after sign-in.

Officers have the lane, the shift and back-fill; supervisors also secondary, supervision and the audit;
administrators people, backup and devices; auditors the audit, read only. Everybody has an account page: for a role
without a desk it is the only one. People of port health who screen have the screening desk first.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bmis.kernel.actor import Actor, Permission, Service, service_of
from ui.desktop.shell.desk import Desk, DeskContext, DeskEntry

if TYPE_CHECKING:
    from bmis.staff.session import SignedIn


def _lane(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.lane.view import LaneDesk
    from ui.desktop.lane.view_model import LaneModel
    from ui.desktop.workers.checks import ThreadChecks
    from ui.office.lane import JoinedLane

    settings = context.settings()
    parts = JoinedLane.of(_session(context), settings.camera)
    model = LaneModel(parts, context.runner, ThreadChecks(), context.clock, context.home.direction)
    return LaneDesk(model, context, serial=compose_devices.serial_reader(settings.swipe_port, settings.swipe_line))


def _truck(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.truck.view import TruckDesk
    from ui.desktop.truck.view_model import TruckModel
    from ui.office.truck import GpsChoice, JoinedTruck

    settings = context.settings()
    parts = JoinedTruck.of(_session(context), settings.camera, GpsChoice(settings.gps, settings.gps_line))
    model = TruckModel(parts, context.runner, context.clock, context.home.direction)
    return TruckDesk(model, context, serial=compose_devices.serial_reader(settings.swipe_port, settings.swipe_line))


def _secondary(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.secondary.view import SecondaryDesk
    from ui.office.secondary import JoinedSecondary

    parts = JoinedSecondary.of(_session(context))
    return SecondaryDesk(parts, context.runner, context.describe, context.clock, compose_devices.printer())


def _supervisor(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.supervisor.view import SupervisorDesk
    from ui.office.flow_map import JoinedFlowMap
    from ui.office.numbers import JoinedNumbers
    from ui.office.supervisor import JoinedSupervisor

    session = _session(context)
    parts, numbers = JoinedSupervisor.of(session), JoinedNumbers.of(session)
    printer, flow_map = compose_devices.printer(), JoinedFlowMap.of(session)
    return SupervisorDesk(parts, context.runner, context.describe, printer, numbers=numbers, flow_map=flow_map)


def _shift(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.supervisor.view_shift_desk import ShiftDesk
    from ui.office.supervisor import JoinedSupervisor

    parts = JoinedSupervisor.of(_session(context))
    return ShiftDesk(parts, context.runner, context.describe, compose_devices.printer())


def _backfill(context: DeskContext) -> Desk:
    from ui.desktop.backfill.view import BackfillDesk
    from ui.office.backfill import JoinedBackfill

    parts = JoinedBackfill.of(_session(context))
    return BackfillDesk(parts, context.runner, context.describe, context.clock)


def _registers(context: DeskContext) -> Desk:
    from ui.desktop.registers.view import RegistersDesk
    from ui.office.registers import JoinedRegisters

    return RegistersDesk(JoinedRegisters.of(_session(context)), context.runner, context.describe)


def _observation(context: DeskContext) -> Desk:
    from ui.desktop.observation.view import ObservationDesk
    from ui.office.observation import JoinedObservation

    return ObservationDesk(JoinedObservation.of(_session(context)), context.runner, context.describe, context.clock)


def _passes(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.passes.view import PassDesk
    from ui.office.passes import JoinedPasses

    parts = JoinedPasses.of(_session(context), compose_devices.pass_printers(), context.settings().camera)
    return PassDesk(parts, context.runner, context.describe, context.clock, parts.printers.usual)


def _admin(context: DeskContext) -> Desk:
    from ui.desktop.admin.view import AdminDesk
    from ui.office.admin import JoinedAdmin

    parts = JoinedAdmin(_session(context))
    return AdminDesk(parts, context.home, context.actor, context.runner, context.describe, context.clock)


def _audit(context: DeskContext) -> Desk:
    from ui.desktop.audit.view import AuditDesk
    from ui.desktop.audit.view_model import AuditModel
    from ui.office.admin import JoinedAudit

    return AuditDesk(AuditModel(JoinedAudit(_session(context)), context.actor, context.runner), context.describe)


def _health_primary(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.health_primary.view import PrimaryDesk
    from ui.office.health_primary import JoinedHealthPrimary

    settings = context.settings()
    return PrimaryDesk(
        JoinedHealthPrimary.of(_session(context)),
        context.runner,
        context.describe,
        context.clock,
        context.home.direction,
        compose_devices.serial_thermometer(settings.thermometer_port, settings.thermometer_line),
    )


def _health_secondary(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.health_secondary.view import HealthSecondaryDesk
    from ui.office.health_secondary import JoinedHealthSecondary

    parts = JoinedHealthSecondary.of(_session(context))
    return HealthSecondaryDesk(parts, context.runner, context.describe, context.clock, compose_devices.printer())


def _health_records(context: DeskContext) -> Desk:
    from ui.desktop.health_secondary.view_glass import GlassDesk
    from ui.office.health_secondary import JoinedHealthRecords

    return GlassDesk(JoinedHealthRecords.of(_session(context)), context.runner, context.describe)


def _health_supervisor(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.health_supervisor.view import HealthSupervisorDesk
    from ui.office.health_supervisor import health_post

    return HealthSupervisorDesk(
        health_post(_session(context)), context.runner, context.describe, compose_devices.printer()
    )


def _account(context: DeskContext) -> Desk:
    from ui.desktop.account.view import AccountDesk
    from ui.desktop.account.view_model import AccountModel
    from ui.office.admin import JoinedAccount

    model = AccountModel(JoinedAccount(_session(context)), context.runner)
    only = not any(entry.fits(context.actor) for entry in DESKS if entry.code not in _ACCOUNTS)
    return AccountDesk(model, context.home, context.actor, context.describe, only_page=only)


def _session(context: DeskContext) -> "SignedIn":
    """What ``DeskParts.sign_in`` gives is a session of the rooms; the shell looks only at its actor."""
    from bmis.staff.session import SignedIn

    session = context.session
    if not isinstance(session, SignedIn):
        raise TypeError(f"{type(session).__name__} is no session of the rooms")
    return session


def _gives_passes(actor: Actor) -> bool:
    permissions = (Permission.CAPTURE_PASSES, Permission.APPROVE_PASSES, Permission.ISSUE_PASSES)
    return any(actor.may(one) for one in permissions)


def _is_health(actor: Actor) -> bool:
    return service_of(actor.role) is Service.HEALTH


def _health_post(context: DeskContext) -> Desk:
    from ui import compose_devices
    from ui.desktop.health_supervisor.view import HealthPostDesk
    from ui.office.health_supervisor import health_post

    return HealthPostDesk(health_post(_session(context)), context.runner, context.describe, compose_devices.printer())


def _screens_only(actor: Actor) -> bool:
    return actor.may(Permission.SCREEN_HEALTH) and not _watches_health(actor)


def _watches_health(actor: Actor) -> bool:
    return actor.may(Permission.SUBMIT_TALLY) or actor.may(Permission.MANAGE_OUTBREAKS)


_ACCOUNTS = frozenset({"account", "account_health"})

DESKS: Sequence[DeskEntry] = (
    DeskEntry("health_supervisor", _watches_health, _health_supervisor),
    DeskEntry("health_secondary", lambda actor: actor.may(Permission.EXAMINE_TRAVELLER), _health_secondary),
    DeskEntry("health_primary", lambda actor: actor.may(Permission.SCREEN_HEALTH), _health_primary),
    DeskEntry("health_post", _screens_only, _health_post),
    DeskEntry("account_health", _is_health, _account),
    DeskEntry("health_records", lambda actor: actor.may(Permission.BREAK_HEALTH_GLASS), _health_records),
    DeskEntry("truck", lambda actor: actor.may(Permission.RECORD_CROSSING), _truck, lambda settings: settings.truck),
    DeskEntry("lane", lambda actor: actor.may(Permission.RECORD_CROSSING), _lane),
    DeskEntry("secondary", lambda actor: actor.may(Permission.DECIDE_SECONDARY), _secondary),
    DeskEntry("supervisor", lambda actor: actor.may(Permission.SIGN_SECOND) and not _is_health(actor), _supervisor),
    DeskEntry(
        "shift", lambda actor: actor.may(Permission.OPEN_SHIFT) and not actor.may(Permission.SIGN_SECOND), _shift
    ),
    DeskEntry("passes", _gives_passes, _passes),
    DeskEntry(
        "admin",
        lambda actor: actor.may(Permission.MANAGE_STAFF) or actor.may(Permission.MANAGE_HEALTH_STAFF),
        _admin,
    ),
    DeskEntry(
        "registers",
        lambda actor: actor.may(Permission.KEEP_POST_REGISTER) or actor.may(Permission.MAP_MOBILITY),
        _registers,
    ),
    DeskEntry("backfill", lambda actor: actor.may(Permission.BACKFILL_PAPER), _backfill),
    DeskEntry("observation", lambda actor: actor.may(Permission.OBSERVE_FLOWS), _observation),
    DeskEntry("audit", lambda actor: actor.may(Permission.READ_AUDIT), _audit),
    DeskEntry("account", lambda actor: not _is_health(actor), _account),
)


def desks_for(actor: Actor, desks: Sequence[DeskEntry] | None = None) -> tuple[DeskEntry, ...]:
    """Return the desks that fit a person, in the order of the list."""
    return tuple(entry for entry in (DESKS if desks is None else desks) if entry.fits(actor))
