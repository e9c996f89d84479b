"""What the tests of a pass at the lane look at."""

from bmis.passes.records.uses import SqlPassUses


def answers(officer):
    shown = officer.model.passing.shown
    return {} if shown is None else {one.evidence: one.light.value for one in shown.seen.answers}


def check(officer):
    examined = officer.model.checking.examined
    found = examined.findings if examined else ()
    return {(one.status.value, one.evidence) for one in found if one.check == "border_pass"}


def panel(officer):
    return officer.lane.checks.border_pass


def uses(officer, serial, scheme="MZ-MW"):
    with officer.parts.desk.session.store.read() as unit:
        return SqlPassUses(unit).of_serial(scheme, serial)
