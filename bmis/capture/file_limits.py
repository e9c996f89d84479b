"""What a process that decodes untrusted files may take, set by itself before each file. POSIX only.

Windows has no such limits for a process that sets them itself; there the wall clock of ``file_reader`` is the bound.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

CPU_S = 20  # processor seconds of one file
GROWTH = 450_000_000  # bytes of address space that one file may add: a 50-megapixel picture adds about 250 MB
_WHOLE = 3_000_000_000  # bytes of address space where the system does not say how much is in use


class FileLimits:
    """The limits of this process. Soft ones: they are raised for the next file, and lifted for a process of its own."""

    def __init__(self, *, cpu_s: int = CPU_S, growth: int = GROWTH) -> None:
        self._cpu_s, self._growth = cpu_s, growth
        self.names: tuple[str, ...] = ()
        try:
            import resource
        except ImportError:
            return
        self.names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold a traveller's picture

    @contextlib.contextmanager
    def strict(self) -> Iterator[None]:
        """Within the block one file is decoded: it gets its seconds and its bytes from here on."""
        self._set(int(time.process_time()) + 1 + self._cpu_s, _address_space() + self._growth)
        try:
            yield
        finally:
            self._set(None, None)

    @contextlib.contextmanager
    def lifted(self) -> Iterator[None]:
        """Within a strict block: what starts a process, which would inherit the limits, runs without them."""
        before = self._now()
        self._set(None, None)
        try:
            yield
        finally:
            self._restore(before)

    def _set(self, cpu_s: int | None, address_space: int | None) -> None:
        if not self.names:
            return
        import resource

        for what, soft in ((resource.RLIMIT_CPU, cpu_s), (resource.RLIMIT_AS, address_space)):
            hard = resource.getrlimit(what)[1]
            wanted = hard if soft is None else soft
            if soft is not None and hard != resource.RLIM_INFINITY:
                wanted = min(soft, hard)
            resource.setrlimit(what, (wanted, hard))

    def _now(self) -> tuple[int, int] | None:
        if not self.names:
            return None
        import resource

        return resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0]

    def _restore(self, before: tuple[int, int] | None) -> None:
        if before is None:
            return
        import resource

        for what, soft in zip((resource.RLIMIT_CPU, resource.RLIMIT_AS), before, strict=True):
            resource.setrlimit(what, (soft, resource.getrlimit(what)[1]))


def _address_space() -> int:
    """Return the bytes of address space that this process has in use."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return _WHOLE
