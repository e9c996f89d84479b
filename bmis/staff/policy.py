"""The dated rules of sign-in and of deferred approvals."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from bmis.kernel.resources import resource


@dataclass(frozen=True, slots=True)
class LockoutRule:
    """How a sign-in shuts after wrong passwords."""

    free_failures: int
    first_wait: timedelta
    longest_wait: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """Return the wait that the last of ``failures`` wrong passwords in a row starts."""
        beyond = failures - self.free_failures
        if beyond <= 0:
            return timedelta(0)
        times: int = 1 << min(beyond - 1, 20)  # far beyond any longest wait, and no overflow
        return min(self.first_wait * times, self.longest_wait)


def lockout_rule(day: date) -> LockoutRule:
    """Return the rule of that day (resources/rules/sign_in.toml)."""
    said = _in_force("sign_in.toml", "lockout", day)
    return LockoutRule(
        int(said["free_failures"]), timedelta(seconds=said["first_wait_s"]), timedelta(seconds=said["longest_wait_s"])
    )


def settle_within(day: date) -> timedelta:
    """Return how long a deferred approval may wait (resources/rules/approvals.toml)."""
    return timedelta(hours=int(_in_force("approvals.toml", "deferral", day)["settle_within_hours"]))


def _in_force(file: str, table: str, day: date) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = sorted(_load(file)[table], key=lambda block: block["valid_from"])
    # before the first block the first one holds: a clock set back must not leave the desk without a rule
    return next((block for block in reversed(blocks) if block["valid_from"] <= day), blocks[0])


@cache
def _load(file: str) -> dict[str, Any]:
    return tomllib.loads(resource("rules", file).read_text("utf-8"))
