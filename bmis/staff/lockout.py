"""The growing wait after wrong passwords, kept in ``signin.json`` of the home: it survives a restart.

The file says how often and when, never what was typed: a name stands there as a keyed hash, because people type their
password into the wrong field. An attempt is counted before it is tried, so that killing the program buys no attempt.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bmis.kernel.clock import Clock
from bmis.staff.errors import LockedOutError
from bmis.staff.policy import LockoutRule, lockout_rule
from bmis.store.errors import HomeInUseError
from bmis.store.home import Home, write_private

FILE = "signin.json"
STRANGERS = 200  # names that nobody has: more are not worth remembering, and the file must not grow
_PATIENCE_S = 20.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Tries:
    """What one name has done since it last got in. Moments are whole milliseconds since 1970."""

    failures: int = 0
    wait_ms: int = 0  # what was left of the wait when the clock was last looked at
    seen_ms: int = 0
    unreported: int = 0  # failures that the audit does not have yet
    first_ms: int = 0
    last_ms: int = 0
    released: bool = False
    release_reason: str | None = None  # until the audit has it

    def left(self, now_ms: int) -> int:
        """Return what is left of the wait. A clock set back neither shortens nor lengthens it."""
        passed = max(0, now_ms - self.seen_ms)
        self.wait_ms = max(0, self.wait_ms - passed)
        self.seen_ms = now_ms
        return self.wait_ms


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong passwords that the audit has not seen. ``name`` is empty for all names that nobody has."""

    name: str
    count: int
    first_at: datetime
    last_at: datetime
    release_reason: str | None


@dataclass(slots=True)
class Gate:
    """The counters of a home, read whole and written whole while the home's ``signin`` lock is held."""

    home: Home
    now: Clock
    tries: dict[str, Tries] = field(default_factory=dict)

    def charge(self, name: str, known: Iterable[str]) -> None:
        """Count an attempt as failed before it is tried; on the disk before this returns.

        ``known`` names are never forgotten; of the others the oldest are.

        Raises:
            LockedOutError: the wait still runs. The attempt is not counted and must not be tried.
        """
        now_ms = self._now_ms()
        tries = self.tries.setdefault(self._key(name), Tries(seen_ms=now_ms))
        if left := tries.left(now_ms):
            self._save()
            raise LockedOutError(seconds=-(-left // 1000))
        tries.failures += 1
        tries.unreported += 1
        tries.first_ms, tries.last_ms = tries.first_ms or now_ms, now_ms
        tries.wait_ms = self._rule().wait_after(tries.failures) // timedelta(milliseconds=1)
        self._drop_oldest_strangers({self._key(one) for one in (*known, name)})
        self._save()

    def passed(self, name: str) -> None:
        """Take the last charge back: the password was right. The earlier failures wait for the audit."""
        tries = self.tries[self._key(name)]
        tries.failures, tries.wait_ms, tries.released = 0, 0, False
        tries.unreported -= 1
        if tries.unreported == 0:
            tries.first_ms = tries.last_ms = 0
        self._save()

    def wait_of(self, name: str) -> int:
        """Return the milliseconds that the name must still wait."""
        tries = self.tries.get(self._key(name))
        return 0 if tries is None else tries.left(self._now_ms())

    def release(self, name: str, reason: str) -> bool:
        """Lift the wait and return True; False if none runs or it was lifted already since the last success."""
        tries = self.tries.get(self._key(name))
        if tries is None or tries.released or not tries.left(self._now_ms()):
            return False
        tries.wait_ms, tries.released, tries.release_reason = 0, True, reason
        self._save()
        return True

    def unreported(self, names: Iterable[str], others: Iterable[str]) -> list[Failures]:
        """Return what the audit of one service has not seen: of its own ``names``, and of nobody's.

        ``others`` are the names of the other service, whose own audit tells of them.
        """
        own, foreign = {self._key(name): name for name in names}, {self._key(name) for name in others}
        found = [_failures(name, [self.tries[key]]) for key, name in own.items() if _tells(self.tries.get(key))]
        nobody = [tries for key, tries in self.tries.items() if key not in own.keys() | foreign and _tells(tries)]
        return [*found, _failures("", nobody)] if nobody else found

    def reported(self, others: Iterable[str]) -> None:
        """Forget what the audit now has; the waits go on, the same for names that nobody has."""
        foreign = {self._key(name) for name in others}
        for key, tries in list(self.tries.items()):
            if key in foreign:
                continue
            tries.unreported, tries.first_ms, tries.last_ms, tries.release_reason = 0, 0, 0, None
            if tries.failures == 0:
                del self.tries[key]
        self._save()

    def _drop_oldest_strangers(self, known: set[str]) -> None:
        strangers = sorted((tries.seen_ms, key) for key, tries in self.tries.items() if key not in known)
        for _, key in strangers[: max(0, len(strangers) - STRANGERS)]:
            del self.tries[key]

    def _rule(self) -> LockoutRule:
        return lockout_rule(self.now().date())

    def _now_ms(self) -> int:
        return (self.now() - _EPOCH) // timedelta(milliseconds=1)

    def _key(self, name: str) -> str:
        return hashlib.blake2b(
            name.encode("utf-8", "surrogatepass"), key=self.home.desk_id.encode()[:64], digest_size=16
        ).hexdigest()

    def _save(self) -> None:
        entries = {key: asdict(tries) for key, tries in sorted(self.tries.items())}
        write_private(self.home.path / FILE, json.dumps({"format": 1, "tries": entries}, indent=1))


@contextmanager
def gate(home: Home, now: Clock) -> Iterator[Gate]:
    """Hold the counters of the home: one attempt at a time, in all processes together.

    Raises:
        HomeInUseError: other attempts did not end.
    """
    with held_patiently(home, "signin"):
        yield Gate(home, now, _read(home))


@contextmanager
def held_patiently(home: Home, lock: str) -> Iterator[None]:
    """Hold a lock of the home alone, waiting for the short work of others.

    Raises:
        HomeInUseError: it is still held after twenty seconds.
    """
    started = time.monotonic()
    while True:
        holding = home.held(lock, alone=True)
        try:
            holding.__enter__()
            break
        except HomeInUseError:
            if time.monotonic() - started > _PATIENCE_S:
                raise
            time.sleep(0.02)
    try:
        yield
    finally:
        holding.__exit__(None, None, None)


def _read(home: Home) -> dict[str, Tries]:
    try:
        said = json.loads((home.path / FILE).read_text("utf-8"))
        return {str(key): _tries(entry) for key, entry in said["tries"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}  # absent at first; a spoilt file must not shut the officers out of their post


def _tries(entry: dict[str, Any]) -> Tries:
    reason = entry["release_reason"]
    return Tries(
        failures=int(entry["failures"]),
        wait_ms=int(entry["wait_ms"]),
        seen_ms=int(entry["seen_ms"]),
        unreported=int(entry["unreported"]),
        first_ms=int(entry["first_ms"]),
        last_ms=int(entry["last_ms"]),
        released=bool(entry["released"]),
        release_reason=None if reason is None else str(reason),
    )


def _tells(tries: Tries | None) -> bool:
    return tries is not None and (tries.unreported > 0 or tries.release_reason is not None)


def _failures(name: str, of: list[Tries]) -> Failures:
    first = min(tries.first_ms or tries.seen_ms for tries in of)
    last = max(tries.last_ms or tries.seen_ms for tries in of)
    reason = next((tries.release_reason for tries in of if tries.release_reason is not None), None)
    return Failures(name, sum(tries.unreported for tries in of), _moment(first), _moment(last), reason)


def _moment(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)
