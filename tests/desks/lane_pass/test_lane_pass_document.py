"""A document beside the pass at the lane: compared with whom the seal names; a difference is looked at."""

import pytest
from lane_robot import START, zone
from pass_post import passport_of
from pass_seen import check, uses
from PySide6.QtCore import Qt

from bmis.crossings.decision import Decision
from bmis.crossings.identity import Identity, name_key
from bmis.documents.mrz import parse
from bmis.documents.travel_document import CaptureMethod, from_mrz

OTHER = zone("15AB00002", "SITOE<SPECIMEN", "MARIA", state="MOZ")


def goes(officer):
    """What the checks found is accepted, and the traveller leaves."""
    officer.accepts_all()
    officer.model.decide(Decision.EXITED)
    officer.settle()


def test_the_holder_s_passport_beside_the_pass_agrees_and_is_the_document(at_work, passes):
    one, seal = passes[0]
    officer = at_work()
    officer.shows(passport_of(seal)).scans(seal)
    assert check(officer) == {("green", "in_order")}
    assert officer.model.document.kind == "passport"
    goes(officer)
    assert officer.stored().document.number == "15AB00077"
    assert len(uses(officer, one.number)) == 1


def test_another_person_s_passport_is_looked_at_and_stops_nobody(at_work, passes):
    officer = at_work()
    officer.shows(OTHER).scans(passes[0][1])
    assert {("amber", "holder_name"), ("amber", "holder_birth")} <= check(officer)
    assert "veja de quem é o cartão." in officer.lane.checks.findings.row("border_pass").toolTip()
    assert officer.model.checking.proposal.decision is not Decision.PENDING_SECONDARY
    goes(officer)
    assert officer.stored().decision is Decision.EXITED


def test_a_passport_after_the_pass_is_told_to_be_the_same_traveller_s_by_one_key(at_work, passes):
    one, seal = passes[0]
    officer = at_work()
    officer.scans(seal).shows(passport_of(seal))
    assert officer.dialog is not None
    officer.presses(Qt.Key.Key_1)
    assert officer.model.document.number == "15AB00077"
    assert check(officer) == {("green", "in_order")}
    goes(officer)
    assert len(uses(officer, one.number)) == 1


@pytest.mark.parametrize(
    ("sealed", "printed", "differs", "alike"),
    [
        (("NHAMUAVE", "ROSA MARIA"), ("NHAMUAVE", "ROSA MARIA"), False, True),
        (("NHAMUAVE", "ROSA MARIA"), ("ROSA", "MARIA NHAMUAVE"), False, True),  # parted otherwise
        (("MUELLER", "JOSE"), ("MULLER", "JOSE"), True, True),
        (("CHISSANO", "ROSA"), ("XISSANO", "ROSA"), True, True),
        (("NHAMUAVE", "ROSA"), ("MUTHEMBA", "JULIA"), True, False),
    ],
)
def test_spelt_otherwise_is_told_from_another_name(sealed, printed, differs, alike):
    lines = zone("15AB00077", printed[0], printed[1].replace(" ", "<"))
    document = from_mrz(parse(lines, today=START.date()), capture_method=CaptureMethod.SWIPE)
    one = Identity(*map(name_key, sealed), None, None)
    other = Identity.of(document)
    assert ("name" in one.differs_in(other)) is differs
    assert one.sounds_like(other) is alike


def test_a_name_that_a_camera_misread_has_no_sound():
    assert not Identity("N1AMUAVE", "", None, None).sounds_like(Identity("NHAMUAVE", "", None, None))
