"""Putting restored files in the place of those of a home, so that a power cut leaves the old home or the new one."""

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from bmis.kernel.whole_file import sync_folder
from bmis.store.errors import HomeDamagedError
from bmis.store.home import Home, disk_error, write_private

PLAN = "restore.json"
_BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps with a database


def swap_in(home: Home, staged: str, aside: str, databases: Sequence[str]) -> None:
    """Move the staged files into the home and what was there into the folder ``aside``; nothing is deleted.

    The caller holds the home alone. From the moment that the plan is on the disk the swap is finished by whoever
    opens the home next.
    """
    write_private(home.path / PLAN, json.dumps({"staged": staged, "aside": aside, "databases": list(databases)}))
    _carry_out(home.path)


def finish_restore(home: Home) -> bool:
    """Return whether a swap that was cut off had to be finished.

    Raises:
        HomeInUseError: the swap is under way.
        HomeDamagedError: its plan cannot be read.
    """
    if not (home.path / PLAN).exists():
        return False
    with home.held("use", alone=True):
        if (home.path / PLAN).exists():
            _carry_out(home.path)
    return True


def _carry_out(home: Path) -> None:
    staged, aside, databases = _plan(home)
    try:
        aside.mkdir(mode=0o700, exist_ok=True)
        for name in databases:
            if (staged / name).exists():  # else an earlier try moved it
                for ending in _BESIDE:
                    _keep(home / (name + ending), aside / (name + ending))
                os.replace(staged / name, home / name)
        for name in ("keys.json", "home.json"):  # never absent: the home could not be opened to finish this
            if (staged / name).exists():
                if (home / name).exists() and not (aside / name).exists():
                    shutil.copy2(home / name, aside / name)
                os.replace(staged / name, home / name)
        sync_folder(aside)
        sync_folder(home)
        (home / PLAN).unlink()
        shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        raise disk_error(error, PLAN) from error


def _keep(present: Path, kept: Path) -> None:
    if present.exists() and not kept.exists():
        os.replace(present, kept)


def _plan(home: Path) -> tuple[Path, Path, list[str]]:
    try:
        said = json.loads((home / PLAN).read_text("utf-8"))
        names = [str(said["staged"]), str(said["aside"]), *map(str, said["databases"])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HomeDamagedError(file=PLAN) from error
    if any(name != Path(name).name or name in {"", ".", ".."} for name in names):
        raise HomeDamagedError(file=PLAN)
    return home / names[0], home / names[1], names[2:]
