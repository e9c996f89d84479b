"""A mailbox with room for one: the newest frame wins, an older one that nobody took is dropped."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Passes the newest value from one thread to another; nothing queues."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._value: T | None = None
        self._closed = False
        self._dropped = 0

    def put(self, value: T) -> bool:
        """Leave ``value``; return whether it took the place of one that nobody had read."""
        with self._changed:
            replaced = self._value is not None
            self._dropped += replaced
            if not self._closed:
                self._value = value
            self._changed.notify()
            return replaced

    def take(self, timeout_s: float = 0.0) -> T | None:
        """Return the newest value once, waiting up to ``timeout_s``; nothing when none came or it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._value is not None or self._closed, timeout_s)
            value, self._value = self._value, None
            return value

    def close(self) -> None:
        """Wake whoever waits; what is left is forgotten."""
        with self._changed:
            self._closed = True
            self._value = None
            self._changed.notify_all()

    @property
    def closed(self) -> bool:
        """Return whether no value will come any more."""
        return self._closed

    @property
    def dropped(self) -> int:
        """Return how many values were replaced before anybody took them."""
        return self._dropped
