"""The desktop's parts, taken from ui.compose. Imported on the store thread, after the first window is drawn."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from bmis.capture.sources import list_cameras
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry, points_of_entry
from bmis.staff.session import SignedIn as StaffSession
from bmis.staff.sign_in import prove_password
from bmis.store.home import Home
from bmis.store.outbox import waiting
from ui.compose import HomeParts, create_home, open_home
from ui.desktop.parts import (
    CameraChoice,
    DeskParts,
    DeskState,
    FirstRunParts,
    FirstRunRequest,
    FirstRunResult,
    HomeFacts,
    PortChoice,
    PostChoice,
    RecoveryWords,
    SignedIn,
)


def facts_of(home: Home) -> HomeFacts:
    """Return what the frame shows of a home; a post that the list no longer has is shown by its code."""
    try:
        name = point_of_entry(home.post_code).name
    except UnknownPostError:
        name = ""
    return HomeFacts(home.path, home.post_code, name, home.lane, home.training)


class HomeRooms(DeskParts):
    """One home, held for this desktop alone. Its ``parts`` are for the desks."""

    def __init__(self, path: Path, at: datetime | None) -> None:
        self.parts: HomeParts = open_home(path, at)
        self._holding = ExitStack()
        self._holding.enter_context(self.parts.home.held("desktop", alone=True))  # a second desktop is refused

    def facts(self) -> HomeFacts:
        """Return the home with its post's name."""
        return facts_of(self.parts.home)

    def sign_in(self, name: str, password: str) -> SignedIn:
        """Return the session."""
        return self.parts.sign_in(name, password)

    def release_lockout(self, name: str, reason: str) -> None:
        """Lift the wait of the last officer."""
        self.parts.release_lockout(name, reason)

    def unlock(self, session: SignedIn, password: str) -> None:
        """Return only if the password is that of the session's person."""
        at_work = _staff(session)
        prove_password(self.parts.home, at_work.service.value, session.actor.name, password, self.parts.now)

    def sign_out(self, session: SignedIn) -> None:
        """Write that the person left, and forget the key."""
        _staff(session).close()

    def state(self, session: SignedIn) -> DeskState:
        """Return the unsent count and the age of the lists."""
        with _staff(session).store.read() as unit:
            return DeskState(unsent=waiting(unit.connection))

    def cameras(self) -> tuple[CameraChoice, ...]:
        """Return the cameras that this machine has."""
        return _cameras()

    def swipe_ports(self) -> tuple[PortChoice, ...]:
        """Return the serial ports of this machine."""
        from bmis.capture.serial_reader import serial_ports

        return tuple(PortChoice(port.place, port.title) for port in serial_ports())

    def close(self) -> None:
        """Let another desktop have the home."""
        self._holding.close()


class FirstRunRooms(FirstRunParts):
    """What makes a home in a folder."""

    def __init__(self, path: Path, at: datetime | None) -> None:
        self._path, self._at = path, at

    def posts(self) -> tuple[PostChoice, ...]:
        """Return the points of entry."""
        return tuple(
            PostChoice(post.code, post.name, post.kind.value, post.province, not post.position_is_uncertain)
            for post in points_of_entry()
        )

    def cameras(self) -> tuple[CameraChoice, ...]:
        """Return the cameras that this machine has."""
        return _cameras()

    def create(self, request: FirstRunRequest) -> FirstRunResult:
        """Make the home."""
        made = create_home(
            self._path,
            post_code=request.post_code,
            lane=request.lane,
            training=request.training,
            administrator=request.administrator,
            password=request.password,
            at=self._at if request.training else None,
        )
        recovery = tuple(RecoveryWords(service, *halves) for service, halves in made.recovery_halves.items())
        return FirstRunResult(facts_of(made.home), recovery)


def _cameras() -> tuple[CameraChoice, ...]:
    return tuple(CameraChoice(str(camera.index), camera.name) for camera in list_cameras())


def _staff(session: SignedIn) -> StaffSession:
    if not isinstance(session, StaffSession):
        raise TypeError("not a session of these rooms")
    return session
