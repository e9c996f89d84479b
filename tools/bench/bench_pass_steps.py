"""A border pass at the crossing, step by step: the picture, the verdict, the record. Milliseconds of CPU, p50 and p95.

The officer's part is one key and a look at the face; the six seconds of the design are for both.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bmis.capture.codes import read_shown
from bmis.capture.frame import Frame
from bmis.capture.machine import ReadMachine
from bmis.crossings.decision import Decision, Direction
from bmis.documents.seals.pass_seal import PassSeal
from bmis.kernel.clock import local
from bmis.kernel.identifiers import new_id
from bmis.staff.session import SignedIn
from bmis.trust.sign_seal import SealPass
from tools.bench.desk import at_work, temporary_home
from ui.compose import border_desk
from ui.desktop.truck.parts import Given, Told
from ui.office.truck import GpsChoice, JoinedTruck

POST, TRAVELLERS = "MZ.T.ZOB", 40
MOST_MS = 1000.0  # p95 of the whole: a sixth of the six seconds


def measure_steps(
    seal: PassSeal, frame_of: Callable[[str], Any], runs: int
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the bounds, and p50 and p95 of each step; ``frame_of`` makes the pixels that a camera sees of a seal."""
    count = max(min(runs or TRAVELLERS, TRAVELLERS), 3) + 1
    with temporary_home(POST) as home:
        texts = _sealed(home, replace(seal, scheme="MZMW"), count)
        with at_work(home, "officer") as session:
            taken = _walk(session, texts, frame_of)
    taken = {name: each[1:] for name, each in taken.items()}  # the first loads modules
    whole = [sum(each) for each in zip(*taken.values(), strict=True)]
    told = {
        f"{name}_{which}_ms": round(value, 1)
        for name, each in {**taken, "whole": whole}.items()
        for which, value in (("p50", statistics.median(each)), ("p95", _p95(each)))
    }
    return [
        {
            "on": "pass at the crossing",
            "what": f"ms of CPU from the picture to the record, p95 of {len(whole)} travellers, one key each",
            "value": round(_p95(whole), 1),
            "limit": MOST_MS,
            "sense": "at_most",
            "ok": _p95(whole) <= MOST_MS,
        }
    ], told


def _sealed(home: Path, seal: PassSeal, count: int) -> list[str]:
    with at_work(home, "pass-officer") as session, session.store.write() as unit:
        today = local(session.now()).date()
        dated = replace(seal, valid_from=today, valid_to=today + timedelta(days=364))
        made = [
            SealPass(session.home)(unit, replace(dated, serial=serial), session.by, session.now()).text
            for serial in range(1, count + 1)
        ]
        unit.commit()
    return made


def _walk(session: SignedIn, texts: list[str], frame_of: Callable[[str], Any]) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {"picture": [], "verdict": [], "record": []}
    machine = ReadMachine(session.home.path)
    truck = JoinedTruck(session, border_desk(session), None, GpsChoice(), machine)
    for text in texts:
        frame = Frame.of_pixels(frame_of(text), session.now(), "camera 0")
        begun = time.process_time()
        [read] = read_shown(frame).seals
        looked = time.process_time()
        answer = truck.look(new_id(session.now()), Given(Told.SEAL, (read,)), Direction.EXIT, "")
        judged = time.process_time()
        if answer.lets_through is not Decision.EXITED:
            raise ValueError(answer.reasons)
        truck.keep(answer, Decision.EXITED, same_face=True)
        kept = time.process_time()
        truck.forget(answer.request_id)
        for name, begins, ends in (("picture", begun, looked), ("verdict", looked, judged), ("record", judged, kept)):
            taken[name].append((ends - begins) * 1000)
    return taken


def _p95(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=20)[-1] if len(samples) > 1 else samples[0]
