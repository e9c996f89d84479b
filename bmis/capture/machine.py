"""The machine in the truck: how full its battery is, whether it charges, how much room the disk has. None: unknown."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

SUPPLIES = Path("/sys/class/power_supply")
LOW_BATTERY, EMPTY_BATTERY = 30, 15  # percent: say so; save and shut down soon
LOW_DISK = 2_000_000_000  # bytes: some weeks of crossings, and room for one backup
FULL_DISK = 200_000_000


class Usage(Protocol):
    """What ``shutil.disk_usage`` answers."""

    @property
    def total(self) -> int:
        """All bytes."""

    @property
    def free(self) -> int:
        """Free bytes."""


@dataclass(frozen=True, slots=True)
class MachineState:
    """``charging`` None: no supply says whether it is on. ``battery_percent`` None: no battery, or it does not say."""

    battery_percent: int | None
    charging: bool | None
    disk_free: int | None
    disk_total: int | None

    @property
    def battery_status(self) -> str:
        """Return green, amber or red; grey where nobody knows."""
        if self.battery_percent is None:
            return "green" if self.charging else "grey"
        if self.charging or self.battery_percent > LOW_BATTERY:
            return "green"
        return "amber" if self.battery_percent > EMPTY_BATTERY else "red"

    @property
    def disk_status(self) -> str:
        """Return green, amber or red; grey where nobody knows."""
        if self.disk_free is None:
            return "grey"
        if self.disk_free > LOW_DISK:
            return "green"
        return "amber" if self.disk_free > FULL_DISK else "red"


@dataclass(frozen=True, slots=True)
class ReadMachine:
    """Reads the state as the system tells it (Linux: Documentation/ABI/testing/sysfs-class-power)."""

    folder: Path  # whose disk is meant
    supplies: Path = SUPPLIES
    usage: Callable[[Path], Usage] = shutil.disk_usage

    def __call__(self) -> MachineState:
        """Return the state now."""
        percents, charging = [], None
        for supply in self._supplies():
            kind = _line(supply / "type")
            if kind == "Battery" and _line(supply / "scope") != "Device":  # a mouse has a battery too
                told = _line(supply / "capacity")
                if told.isdigit() and int(told) <= 100:
                    percents.append(int(told))
                if _line(supply / "status") in ("Charging", "Full"):
                    charging = True
                elif charging is None and _line(supply / "status") == "Discharging":
                    charging = False
            elif kind in ("Mains", "USB") and _line(supply / "online") == "1":
                charging = True
        try:
            found: Usage | None = self.usage(self.folder)
        except OSError:
            found = None
        return MachineState(
            min(percents, default=None),
            charging,
            None if found is None else found.free,
            None if found is None else found.total,
        )

    def _supplies(self) -> list[Path]:
        try:
            return sorted(self.supplies.iterdir())
        except OSError:
            return []


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()[:40]
    except OSError:
        return ""
