"""What the tests of the health token look at."""

import gc

from lane_robot import zone

from bmis.crossings.health_lane import Shown
from bmis.kernel.clearance import Clearance, ClearanceOutcome

NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")
OTHER = zone("15AB00002", "SITOE<SPECIMEN", "MARIA", state="MOZ")
OK, WAIT = ClearanceOutcome.H_OK, ClearanceOutcome.H_WAIT
WITH_HEALTH, DECISION = ClearanceOutcome.H_WITH_HEALTH, ClearanceOutcome.H_DECISION


def chip(officer):
    panel = officer.lane.checks.health
    return (panel.chip.text(), panel.chip.status) if panel.isVisible() else None


def step(officer):
    return next(((one.status.value, one.evidence) for one in found(officer) if one.check == "health_step"), None)


def found(officer):
    examined = officer.model.checking.examined
    return examined.findings if examined else ()


def alive():
    """Return every code of a traveller that this process still holds."""
    gc.collect()
    return [type(one).__name__ for one in gc.get_objects() if isinstance(one, Clearance | Shown)]
