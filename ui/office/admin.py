"""People, own account, audit, backup and devices, joined for one session."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bmis.kernel.actor import Role, service_of
from bmis.staff.change_staff import ChangePassword
from bmis.staff.disable_staff import Disabled
from bmis.staff.session import SignedIn
from bmis.staff.staff_member import StaffMember
from bmis.store.audit import ChainReport, Checkpoint
from bmis.store.backup import Manifest
from ui import compose
from ui.desktop.admin.parts import CameraFound, CameraTried

TRY_FRAMES, TRY_AT_MOST_S = 30, 2.0
BLACK_FOR_S = 0.8  # a try is short: a cap on the lens must show within it


@dataclass(frozen=True, slots=True)
class JoinedAccount:
    """A person's own account."""

    session: SignedIn

    def change_password(self, old: str, new: str) -> None:
        """Change the password of the person at work."""
        ChangePassword(self.session)(old, new)


@dataclass(frozen=True, slots=True)
class JoinedAudit:
    """The audit chain of the session's own store."""

    session: SignedIn

    def verify(self, anchors: tuple[str, ...]) -> ChainReport:
        """Return what the chain holds."""
        return compose.verify_audit(self.session)(anchors)

    def checkpoint(self) -> Checkpoint:
        """Return a checkpoint signed now."""
        return compose.checkpoint_audit(self.session)(self.session.actor)


@dataclass(frozen=True, slots=True)
class JoinedAdmin:
    """The people of the session's service, backup, cameras."""

    session: SignedIn

    @property
    def roles(self) -> Sequence[Role]:
        """The roles of the person's own service."""
        return tuple(role for role in Role if service_of(role) is self.session.service)

    def people(self) -> tuple[StaffMember, ...]:
        """Return everybody."""
        return tuple(compose.people(self.session).everybody())

    def add(self, name: str, full_name: str, role: Role, password: str) -> StaffMember:
        """Return the new person."""
        return compose.people(self.session).add(name, full_name, role, password)

    def disable(self, name: str, reason: str) -> Disabled:
        """Return what was done."""
        return compose.people(self.session).disable(name, reason)

    def reset_password(self, name: str, password: str) -> StaffMember:
        """Return the person."""
        return compose.people(self.session).reset_password(name, password)

    def back_up(self, file: Path) -> Manifest:
        """Return what was written."""
        return compose.back_up_home([self.session])(file)

    def cameras(self) -> tuple[CameraFound, ...]:
        """Return the cameras of this machine."""
        from bmis.capture.sources import list_cameras

        return tuple(CameraFound(camera.index, camera.name) for camera in list_cameras())

    def try_camera(self, number: int) -> CameraTried:
        """Return what the camera gave."""
        from bmis.capture.sources import OpenCvCamera, opened

        begin = time.monotonic()
        with opened(OpenCvCamera(number, self.session.now, black_for_s=BLACK_FOR_S)) as camera:
            frame, count = camera.read(), 1
            while count < TRY_FRAMES:
                frame, count = camera.read(), count + 1
                if time.monotonic() - begin > TRY_AT_MOST_S:
                    break
        seconds = time.monotonic() - begin
        shown = frame.to_rgb_bytes(640)
        return CameraTried(
            number,
            count,
            seconds,
            (frame.width, frame.height),
            shown.width,
            shown.height,
            shown.stride,
            shown.pixels,
        )
