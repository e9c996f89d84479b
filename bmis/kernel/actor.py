"""Who acts, and what the role allows. Every use case asks ``require`` first."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bmis.kernel.errors import OfficerError


class Role(StrEnum):
    """Roles of the two services; a person has one. The names are those of the command line."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    PASS_OFFICER = "pass-officer"  # noqa: S105 - a role, not a password
    PROTECTION = "protection"
    ADMIN = "admin"
    AUDITOR = "auditor"
    SCREENER = "screener"
    CLINICIAN = "clinician"
    HEALTH_SUPERVISOR = "health-supervisor"
    EPIDEMIOLOGIST = "epidemiologist"


class Service(StrEnum):
    """Whose file a role opens: the border's or port health's. Never both."""

    BORDER = "border"
    HEALTH = "health"


class Permission(StrEnum):
    """One for each thing a use case guards."""

    RECORD_CROSSING = "record_crossing"
    READ_CROSSINGS = "read_crossings"
    AMEND_CROSSING = "amend_crossing"
    ANNUL_CROSSING = "annul_crossing"
    UNDO_CROSSING = "undo_crossing"
    LINK_TRAVELLERS = "link_travellers"
    DECIDE_SECONDARY = "decide_secondary"
    BACKFILL_PAPER = "backfill_paper"
    ALLOCATE_FORMS = "allocate_forms"
    OPEN_SHIFT = "open_shift"
    CLOSE_SHIFT = "close_shift"
    SIGN_SECOND = "sign_second"
    MANAGE_STAFF = "manage_staff"
    MANAGE_POST = "manage_post"
    READ_AUDIT = "read_audit"
    CHECKPOINT_AUDIT = "checkpoint_audit"
    BACKUP_STORE = "backup_store"
    RESTORE_STORE = "restore_store"
    MAKE_DEMO_DATA = "make_demo_data"
    SCREEN_HEALTH = "screen_health"
    MANAGE_HEALTH_STAFF = "manage_health_staff"
    EXAMINE_TRAVELLER = "examine_traveller"
    ORDER_HEALTH_MEASURE = "order_health_measure"
    READ_HEALTH_RECORDS = "read_health_records"
    READ_HEALTH_NAMES = "read_health_names"
    READ_HEALTH_COUNTS = "read_health_counts"
    BREAK_HEALTH_GLASS = "break_health_glass"
    VOID_SCREENING = "void_screening"
    MANAGE_OUTBREAKS = "manage_outbreaks"
    APPLY_RETENTION = "apply_retention"
    REFER_PATIENT = "refer_patient"
    FOLLOW_CONTACTS = "follow_contacts"
    KEEP_HEALTH_DIRECTORY = "keep_health_directory"
    VACCINATE = "vaccinate"
    KEEP_HEALTH_STOCK = "keep_health_stock"
    KEEP_HEALTH_PLANS = "keep_health_plans"
    READ_REPORTS = "read_reports"
    PUBLISH_REPORTS = "publish_reports"
    EXPORT_FLOWS = "export_flows"
    EXPORT_CROSSINGS = "export_crossings"
    SELECT_RISK = "select_risk"
    OBSERVE_FLOWS = "observe_flows"
    MAP_MOBILITY = "map_mobility"
    KEEP_POST_REGISTER = "keep_post_register"
    CAPTURE_PASSES = "capture_passes"
    APPROVE_PASSES = "approve_passes"
    ISSUE_PASSES = "issue_passes"
    SUSPEND_PASSES = "suspend_passes"
    REVOKE_PASSES = "revoke_passes"
    READ_PASSES = "read_passes"
    USE_PASSES = "use_passes"
    ALLOCATE_SERIALS = "allocate_serials"
    FORGET_HOLDER = "forget_holder"
    EXCHANGE_TRUST = "exchange_trust"
    MANAGE_TRUST = "manage_trust"
    TAKE_FEE = "take_fee"
    ENTER_RATE = "enter_rate"
    SUBMIT_TALLY = "submit_tally"
    REPORT_SIGNAL = "report_signal"
    JUDGE_SIGNALS = "judge_signals"
    ASSESS_CAPACITY = "assess_capacity"


_LANE = {
    Permission.RECORD_CROSSING,
    Permission.READ_CROSSINGS,
    Permission.AMEND_CROSSING,
    Permission.UNDO_CROSSING,
    Permission.LINK_TRAVELLERS,
    Permission.BACKFILL_PAPER,
    Permission.OPEN_SHIFT,
    Permission.CLOSE_SHIFT,
    Permission.CHECKPOINT_AUDIT,
    Permission.USE_PASSES,
    Permission.TAKE_FEE,
    Permission.OBSERVE_FLOWS,
}

_PASSES = {
    Permission.CAPTURE_PASSES,
    Permission.ISSUE_PASSES,
    Permission.SUSPEND_PASSES,
    Permission.FORGET_HOLDER,
    Permission.READ_PASSES,
    Permission.USE_PASSES,
    Permission.TAKE_FEE,
}

_BEDSIDE = {Permission.SCREEN_HEALTH, Permission.REFER_PATIENT, Permission.FOLLOW_CONTACTS}

ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset(_LANE),
    Role.SUPERVISOR: frozenset(
        _LANE
        | {
            Permission.READ_REPORTS,
            Permission.PUBLISH_REPORTS,
            Permission.EXPORT_FLOWS,
            Permission.EXPORT_CROSSINGS,
            Permission.SELECT_RISK,
            Permission.MAP_MOBILITY,
            Permission.KEEP_POST_REGISTER,
            Permission.ANNUL_CROSSING,
            Permission.DECIDE_SECONDARY,
            Permission.ALLOCATE_FORMS,
            Permission.SIGN_SECOND,
            Permission.MANAGE_POST,
            Permission.READ_AUDIT,
            Permission.BACKUP_STORE,
            *_PASSES,
            Permission.APPROVE_PASSES,
            Permission.REVOKE_PASSES,
            Permission.ALLOCATE_SERIALS,
            Permission.ENTER_RATE,
            Permission.EXCHANGE_TRUST,
        }
    ),
    Role.PASS_OFFICER: frozenset({Permission.READ_CROSSINGS, Permission.EXCHANGE_TRUST, *_PASSES}),
    Role.PROTECTION: frozenset(),
    Role.ADMIN: frozenset(
        {
            Permission.MANAGE_STAFF,
            Permission.MANAGE_POST,
            Permission.KEEP_POST_REGISTER,
            Permission.ALLOCATE_FORMS,
            Permission.READ_AUDIT,
            Permission.CHECKPOINT_AUDIT,
            Permission.BACKUP_STORE,
            Permission.RESTORE_STORE,
            Permission.MAKE_DEMO_DATA,
            Permission.EXCHANGE_TRUST,
            Permission.MANAGE_TRUST,
        }
    ),
    Role.AUDITOR: frozenset({Permission.READ_AUDIT, Permission.READ_CROSSINGS, Permission.READ_PASSES}),
    Role.SCREENER: frozenset({Permission.SCREEN_HEALTH, Permission.BREAK_HEALTH_GLASS, Permission.REPORT_SIGNAL}),
    Role.CLINICIAN: frozenset(
        _BEDSIDE
        | {
            Permission.EXAMINE_TRAVELLER,
            Permission.VACCINATE,
            Permission.KEEP_HEALTH_STOCK,
            Permission.READ_HEALTH_RECORDS,
            Permission.READ_HEALTH_NAMES,
            Permission.READ_HEALTH_COUNTS,
            Permission.REPORT_SIGNAL,
        }
    ),
    Role.HEALTH_SUPERVISOR: frozenset(
        _BEDSIDE
        | {
            Permission.KEEP_HEALTH_DIRECTORY,
            Permission.SUBMIT_TALLY,
            Permission.REPORT_SIGNAL,
            Permission.JUDGE_SIGNALS,
            Permission.ASSESS_CAPACITY,
            Permission.VACCINATE,
            Permission.KEEP_HEALTH_STOCK,
            Permission.KEEP_HEALTH_PLANS,
            Permission.EXAMINE_TRAVELLER,
            Permission.ORDER_HEALTH_MEASURE,
            Permission.READ_HEALTH_RECORDS,
            Permission.READ_HEALTH_NAMES,
            Permission.READ_HEALTH_COUNTS,
            Permission.VOID_SCREENING,
            Permission.MANAGE_OUTBREAKS,
            Permission.APPLY_RETENTION,
            Permission.MANAGE_HEALTH_STAFF,
            Permission.SIGN_SECOND,
            Permission.READ_AUDIT,
        }
    ),
    Role.EPIDEMIOLOGIST: frozenset(
        {
            Permission.READ_HEALTH_RECORDS,
            Permission.READ_HEALTH_COUNTS,
            Permission.REPORT_SIGNAL,
            Permission.JUDGE_SIGNALS,
            Permission.ASSESS_CAPACITY,
            Permission.BREAK_HEALTH_GLASS,
            Permission.MANAGE_OUTBREAKS,
            Permission.SIGN_SECOND,
            Permission.READ_AUDIT,
        }
    ),
}

_HEALTH = frozenset({Role.SCREENER, Role.CLINICIAN, Role.HEALTH_SUPERVISOR, Role.EPIDEMIOLOGIST})


def service_of(role: Role) -> Service:
    """Return whose store the role opens."""
    return Service.HEALTH if role in _HEALTH else Service.BORDER


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who has signed in. ``name`` is the user's name, never a traveller's."""

    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Return whether the role allows it."""
        return permission in ALLOWED[self.role]


class NotAllowedError(OfficerError):
    """The role does not allow this."""

    code: ClassVar[str] = "BMIS-010"


def require(actor: Actor, permission: Permission) -> None:
    """Return only if the actor may.

    Raises:
        NotAllowedError: the role does not allow it.
    """
    if not actor.may(permission):
        raise NotAllowedError(permission=permission.value, role=actor.role.value)
