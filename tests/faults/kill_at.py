"""A process that is killed, as by a power cut, just before its N-th step on the disk."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress

STEPS = ("replace", "rename", "link", "fsync", "unlink", "mkdir")
FAILED = 97


def killed_at(step: int, action: Callable[[], object]) -> bool:
    """Return True if the child was killed before that step, False if the action ended before it came so far."""
    child = os.fork()
    if child == 0:
        _run(step, action)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the action failed by itself"
    return False


def each_kill(action: Callable[[], object], *, stride: int = 1) -> Iterator[int]:
    """Yield the number of each step at which the action was killed, until it ran to its end."""
    step = 0
    while killed_at(step, action):
        yield step
        step += stride


def _run(step: int, action: Callable[[], object]) -> None:
    left = [step]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return real(*args, **kwargs)

        return call

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    code = FAILED
    with suppress(BaseException):
        try:
            action()
            code = 0
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
    os._exit(code)
