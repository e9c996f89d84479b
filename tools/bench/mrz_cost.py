"""What a process and all it started cost: CPU with those that ended, memory at its highest. Linux only (/proc)."""

import os
import resource as usage
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

EVERY_S = 0.02
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_CLOCK_OF_PROCESS = 2  # linux/posix-timers.h: CPUCLOCK_SCHED, of a whole process, in nanoseconds
_NEAR = 0.98  # of the highest sum so far: only there is the slower proportional count worth its time


def descendants(root: int) -> list[int]:
    """Return the processes that live below ``root``, without it."""
    children: dict[int, list[int]] = {}
    for process, parts in _stats():
        children.setdefault(int(parts[1]), []).append(process)
    found: list[int] = []
    waiting = [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def own_cpu_s() -> float:
    """Return the CPU seconds of this process and of every process of its that has ended."""
    return sum(one.ru_utime + one.ru_stime for one in map(usage.getrusage, (usage.RUSAGE_SELF, usage.RUSAGE_CHILDREN)))


def cpu_below_s(root: int) -> float:
    """Return the CPU seconds of the processes that live below ``root``, with those that ended below each of them."""
    return sum(map(_cpu_s, descendants(root)))


def cpu_of_tree_s(root: int) -> float:
    """Return the CPU seconds of ``root``, of all that live below it and of all that ended there."""
    return _cpu_s(root) + cpu_below_s(root)


def begun_at(process: int) -> str | None:
    """Return when the process began, which tells it from a later one of the same number; nothing when it has ended."""
    try:
        return _parts(Path(f"/proc/{process}/stat").read_text())[19]
    except OSError:
        return None


@dataclass
class MemoryWatch:
    """Looks at a process tree every 20 ms until it is told to stop."""

    root: int
    rss: int = 0  # bytes: the highest sum over the tree; pages that two processes share count twice
    pss: int = 0  # bytes: the highest proportional sum, measured where rss is near its highest
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look."""
        self._thread = threading.Thread(target=self._run, name="memory-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more. Call it while the process lives: the kernel's own highest mark of it is taken last."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self.rss = max(self.rss, _highest_rss(self.root))

    def _run(self) -> None:
        while not self._stop.wait(EVERY_S):
            self.look()

    def look(self) -> None:
        """Count once, now."""
        pages = {process: _pages(process) for process in (self.root, *descendants(self.root))}
        # between vfork and exec a child is in its parent's memory: the same numbers are the same pages
        distinct = {counts: process for process, counts in reversed(pages.items())}
        now = sum(int(counts.split()[1]) * _PAGE for counts in distinct if counts)
        if now >= self.rss * _NEAR:
            self.pss = max(self.pss, sum(_pss(process) for counts, process in distinct.items() if counts))
        self.rss = max(self.rss, now)


def _cpu_s(process: int) -> float:
    try:
        own = time.clock_gettime(~process << 3 | _CLOCK_OF_PROCESS)
        parts = _parts(Path(f"/proc/{process}/stat").read_text())
    except OSError:  # it ended: its parent counts it from now on
        return 0.0
    return own + (int(parts[13]) + int(parts[14])) * _TICK_S  # cutime, cstime: proc(5) 16 and 17


def _stats() -> Iterator[tuple[int, list[str]]]:
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    yield int(name), _parts(file.read())
            except OSError:
                continue


def _parts(stat: str) -> list[str]:
    """Return what follows the program's name, which may hold spaces: state, parent, ..."""
    return stat.rpartition(")")[2].split()


def _pages(process: int) -> str:
    """Return the line of its memory in pages (proc(5), statm), empty when it has ended."""
    try:
        with open(f"/proc/{process}/statm") as file:
            return file.read()
    except OSError:
        return ""


def _pss(process: int) -> int:
    return _kilobytes(f"/proc/{process}/smaps_rollup", "Pss:")


def _highest_rss(process: int) -> int:
    return _kilobytes(f"/proc/{process}/status", "VmHWM:")


def _kilobytes(file: str, name: str) -> int:
    try:
        with open(file) as lines:
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)
    except (OSError, IndexError):
        return 0
