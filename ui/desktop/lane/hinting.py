"""Which hint of the camera stands on the screen: one at a time, none for less than a second."""

from datetime import datetime, timedelta

HOLD = timedelta(seconds=1)


class HintHold:
    """Follows what each frame says is wrong with it; ``code`` is what is shown, "" for nothing."""

    def __init__(self) -> None:
        self.code = ""
        self._wanted = ""
        self._changed_at: datetime | None = None

    def forget(self) -> None:
        """Show nothing."""
        self.code, self._wanted, self._changed_at = "", "", None

    def offer(self, code: str, taken_at: datetime) -> bool:
        """Take what the newest frame says; return whether what is shown has changed.

        Two frames running must say the same, and what is shown stays for a second at least.
        """
        twice, self._wanted = code == self._wanted, code
        if code == self.code or not twice:
            return False
        since = self._changed_at
        if self.code and since is not None and since <= taken_at < since + HOLD:
            return False
        self.code, self._changed_at = code, taken_at
        return True
