"""What the administrator's desk needs of the rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bmis.kernel.actor import Role
from bmis.staff.disable_staff import Disabled
from bmis.staff.staff_member import StaffMember
from bmis.store.backup import Manifest


@dataclass(frozen=True, slots=True)
class CameraFound:
    """A camera of this machine. ``number`` is how it is opened."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class CameraTried:
    """What a camera gave in a short try: ``size`` of its pictures, and the last one, shrunk for the screen.

    ``pixels``: three bytes each, red first, ``stride`` bytes a row.
    """

    number: int
    frames: int
    seconds: float
    size: tuple[int, int]
    width: int
    height: int
    stride: int
    pixels: bytes


class AdminParts(Protocol):
    """Every call runs on the store thread."""

    @property
    def roles(self) -> Sequence[Role]:
        """The roles of the person's own service."""

    def people(self) -> tuple[StaffMember, ...]:
        """Return everybody, those who left included."""

    def add(self, name: str, full_name: str, role: Role, password: str) -> StaffMember:
        """Return the new person."""

    def disable(self, name: str, reason: str) -> Disabled:
        """Return what was done."""

    def reset_password(self, name: str, password: str) -> StaffMember:
        """Return the person under the new password."""

    def back_up(self, file: Path) -> Manifest:
        """Return what was written to the file."""

    def cameras(self) -> tuple[CameraFound, ...]:
        """Return the cameras of this machine, none switched on."""

    def try_camera(self, number: int) -> CameraTried:
        """Return what the camera gave in about a second.

        Raises:
            BmisError: it is absent, stops, or shows black.
        """
