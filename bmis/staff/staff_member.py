"""People who use the system, and what happened to their accounts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bmis.kernel.actor import ALLOWED, Actor, Permission, Role, Service, service_of
from bmis.kernel.identifiers import made_at
from bmis.staff.errors import UserNameError
from bmis.store.keys import RECOVERY, PublicKeys

_NAME = re.compile(r"[a-z0-9._-]{1,40}")
MANAGES: Mapping[Service, Permission] = {
    Service.BORDER: Permission.MANAGE_STAFF,
    Service.HEALTH: Permission.MANAGE_HEALTH_STAFF,
}
_DESK_WORK = frozenset({Permission.RECORD_CROSSING, Permission.SCREEN_HEALTH})


def user_name(untrusted_name: str) -> str:
    """Return the name in the one form in which it is kept: small letters.

    Raises:
        UserNameError: empty, too long, or with other characters (``@`` marks the recovery slot).
    """
    name = untrusted_name.strip().lower()
    if not _NAME.fullmatch(name):
        raise UserNameError
    return name


def works_at_a_desk(role: Role) -> bool:
    """Return whether travellers pass before a person of this role."""
    return bool(ALLOWED[role] & _DESK_WORK)


def manages_staff(role: Role) -> bool:
    """Return whether the role manages the people of its own service."""
    return MANAGES[service_of(role)] in ALLOWED[role]


class StaffEventKind(StrEnum):
    """What can happen to an account."""

    ADDED = "added"
    DISABLED = "disabled"
    ROLE_CHANGED = "role_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    PASSWORD_RESET = "password_reset"  # noqa: S105 - likewise
    RECOVERY_SET = "recovery_set"
    REKEYED = "rekeyed"


@dataclass(frozen=True, slots=True)
class StaffEvent:
    """One append-only row. ``name`` is empty for a rekey, which concerns the whole store."""

    id: UUID
    kind: StaffEventKind
    name: str
    by: str
    full_name: str | None = None
    role: Role | None = None
    public: PublicKeys | None = None
    reason: str | None = None

    @property
    def recorded_at(self) -> datetime:
        """When it happened, UTC."""
        return made_at(self.id)

    def payload(self) -> Mapping[str, object]:
        """The content that the audit chain covers."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "name": self.name,
            "by": self.by,
            "full_name": self.full_name,
            "role": None if self.role is None else self.role.value,
            "agreement_key": None if self.public is None else self.public.agreement.hex(),
            "signing_key": None if self.public is None else self.public.signing.hex(),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person as the events leave them."""

    name: str
    full_name: str
    role: Role
    enabled: bool
    public: PublicKeys
    added_at: datetime
    added_by: str
    disabled_at: datetime | None = None

    @property
    def actor(self) -> Actor:
        """The person as use cases know them."""
        return Actor(self.name, self.role)


@dataclass(frozen=True, slots=True)
class StaffList:
    """Everybody of one service, and what the store must know to give its key to nobody else."""

    members: Mapping[str, StaffMember]
    recovery: PublicKeys | None
    rekey_owed: bool  # somebody left after the last change of the database's key
    signing_keys: frozenset[tuple[str, bytes]]  # every key that a person of this list ever had

    def find(self, name: str) -> StaffMember | None:
        """Return the person."""
        return self.members.get(name)

    def entitled(self) -> dict[str, PublicKeys]:
        """Return who may hold the database's key: the enabled people and the recovery slot."""
        found = {member.name: member.public for member in self.members.values() if member.enabled}
        return found if self.recovery is None else {**found, RECOVERY: self.recovery}

    def managers(self) -> list[StaffMember]:
        """Return the enabled people who manage the others."""
        return [member for member in self.members.values() if member.enabled and manages_staff(member.role)]


def staff_after(events: Iterable[StaffEvent]) -> StaffList:
    """Return the people as the events, oldest first, leave them."""
    members: dict[str, StaffMember] = {}
    recovery: PublicKeys | None = None
    owed = False
    signing: set[tuple[str, bytes]] = set()
    for event in events:
        if event.public is not None and event.kind is not StaffEventKind.RECOVERY_SET:
            signing.add((event.name, event.public.signing))
        if event.kind is StaffEventKind.RECOVERY_SET:
            recovery = event.public
        elif event.kind is StaffEventKind.REKEYED:
            owed = False
        elif event.kind is StaffEventKind.ADDED:
            members[event.name] = _added(event)
        elif event.name in members:
            owed = owed or event.kind is StaffEventKind.DISABLED
            members[event.name] = _changed(members[event.name], event)
    return StaffList(members, recovery, owed, frozenset(signing))


def _added(event: StaffEvent) -> StaffMember:
    if event.role is None or event.public is None:
        raise ValueError("a person is added with a role and keys")
    return StaffMember(
        event.name, event.full_name or event.name, event.role, True, event.public, event.recorded_at, event.by
    )


def _changed(member: StaffMember, event: StaffEvent) -> StaffMember:
    if event.kind is StaffEventKind.DISABLED:
        return replace(member, enabled=False, disabled_at=event.recorded_at)
    return replace(member, role=event.role or member.role, public=event.public or member.public)
