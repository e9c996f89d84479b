"""The ten answers of a seal at the lane, each told apart; and every flipped byte of one refused there."""

import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from lane_robot import START
from pass_post import PassPost, build
from pass_seen import answers, check, panel

from bmis.documents.seals.base45 import from_base45, to_base45
from bmis.kernel.errors import BmisError
from tests.sealing import ROSA, Authority, ten_answers
from ui.desktop.lane.drafting import Phase

LIGHTS = {
    "signer_unknown": ("seal_signer_unknown", "grey"),
    "signature_invalid": ("seal_invalid", "red"),
    "signer_revoked": ("seal_signer_revoked", "red"),
    "signer_expired": ("seal_signer_expired", "red"),
    "seal_revoked": ("seal_revoked", "red"),
    "not_yet_valid": ("seal_not_yet_valid", "red"),
    "expired": ("seal_expired", "red"),
    "trust_stale": ("seal_trust_stale", "grey"),
    "valid": ("seal_valid", "green"),
}


@pytest.fixture(scope="module")
def ten():
    return ten_answers(Authority("UTO", START))


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    return build(tmp_path_factory.mktemp("empty") / "home")


@pytest.fixture
def training_home(empty_home, tmp_path):
    return Path(shutil.copytree(empty_home, tmp_path / "home"))


@pytest.mark.parametrize("answer", LIGHTS)
def test_each_answer_is_told_apart_and_only_the_valid_one_can_be_green(at_work, ten, training_home, answer):
    text, bundle, days = ten[answer]
    PassPost(training_home).takes(bundle)
    officer = at_work()
    officer.later(days=days)
    officer.scans(text)
    said = answers(officer)
    evidence, light = LIGHTS[answer]
    assert said[evidence] == light
    assert {one for one, _light in LIGHTS.values()} & set(said) == {evidence}
    proved = answer not in ("signer_unknown", "signature_invalid")
    assert (officer.model.document is not None) is proved  # what proves nothing fills no document, and is not checked
    if answer != "valid":
        assert panel(officer).chip.status != "green"
        assert ((light, evidence) in check(officer)) is proved
    assert officer.model.phase is Phase.WORK


def test_what_is_no_seal_is_told_and_begins_nobody_s_pass(at_work, ten, training_home):
    text, bundle, _days = ten["not_a_seal"]
    PassPost(training_home).takes(bundle)
    officer = at_work()
    officer.scans(text)
    assert officer.codes() == ["BMIS-600"]
    assert officer.model.passing.shown is None


def test_a_good_pass_used_at_another_post_a_moment_ago_is_neither_revoked_nor_stale(at_work, ten, training_home):
    post = PassPost(training_home)
    post.takes(ten["valid"][1])
    post.uses(ROSA, "EXIT", START - timedelta(minutes=20), post="MZ.T.CAL")
    officer = at_work(direction="ENTRY")
    officer.scans(ten["valid"][0])
    said = answers(officer)
    assert (said["seen_elsewhere"], said["seal_valid"]) == ("red", "green")
    assert not {"seal_revoked", "seal_trust_stale"} & set(said)


def test_every_flipped_byte_of_a_seal_is_refused_by_what_the_lane_asks(at_work, ten, training_home):
    text, bundle, _days = ten["valid"]
    PassPost(training_home).takes(bundle)
    officer = at_work()
    raw, passes = from_base45(text), officer.parts.passes
    request = uuid4()
    for at in range(len(raw)):
        other = bytearray(raw)
        other[at] ^= 1 << at % 8
        try:
            shown = passes.present(request, to_base45(bytes(other)), "EXIT")
        except BmisError:
            continue
        said = {one.evidence for one in shown.seen.answers}
        assert said & {"seal_invalid", "seal_signer_unknown"}, at
        assert not shown.is_proved, at
    passes.forget(request)
