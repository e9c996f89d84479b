"""Uses of passes carried between posts: one serial at two posts is seen, looked at, and stops nobody by itself."""

from datetime import timedelta
from uuid import UUID

import pytest

from bmis.kernel.actor import Role
from bmis.passes.at_crossing import Light, Passage, Presented, Use, examine
from bmis.passes.carry_uses import ImportUses, heard_uses
from bmis.passes.lifecycle import PassState
from bmis.store.verify import verify_store
from bmis.trust.authority import MAKE, MakeAuthority
from bmis.trust.desk_errors import DeskFileFormError
from bmis.trust.records import RedigestTrust
from tests.sealing import NOON
from tests.unit.bmis.passes.test_pass_crossing import MZ_MW, VALID
from tests.unit.bmis.trust.test_withdrawals import Centre

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ONE, TWO = (str(UUID(int=number)) for number in (1, 2))


def entry(use=ONE, at=NOON, *, withdrawn=False, **more):
    return {
        "use": use,
        "scheme": "MZ-MW",
        "serial": "00000017",
        "post": "MZ.T.ZOB",
        "direction": "EXIT",
        "at": at.isoformat(),
        "withdrawn": withdrawn,
    } | more


@pytest.fixture
def centre(signed_in):
    desk = Centre(signed_in(Role.ADMIN))
    desk.use(MakeAuthority)(desk.approval(MAKE, desk.home.desk_id), desk.admin)
    return desk


def test_uses_of_another_post_are_known_here_and_one_taken_back_is_none(centre):
    post = centre.certifies()

    def takes(*entries):
        return centre.use(ImportUses)(post.writes(*entries, kind="uses"), centre.admin).fresh

    def known():
        with centre.session.store.read() as unit:
            return [(str(one.id), one.post_code, one.at) for one in heard_uses(unit, "MZ-MW", "00000017")]

    assert takes(entry(), entry(TWO, NOON + HOUR)) == 2
    assert takes(entry(), entry(TWO, NOON + HOUR)) == 0
    assert known() == [(TWO, "MZ.T.ZOB", NOON + HOUR), (ONE, "MZ.T.ZOB", NOON)]
    assert takes(entry(), entry(TWO, NOON + HOUR), entry(withdrawn=True)) == 1
    assert [use for use, _post, _at in known()] == [TWO]
    verify_store(centre.session.store, (RedigestTrust(),))
    wrong = [
        entry(use="1"),
        entry(use=None),
        entry(scheme=""),
        entry(serial="1 2"),
        entry(serial=7),
        entry(serial="x" * 41),
        entry(post="A\0"),
        entry(direction="IN"),
        entry(direction=["EXIT"]),
        entry() | {"at": "2026-11-22"},
        entry(withdrawn=1),
        entry(name="ROSA"),
        {},
    ]
    for one in wrong:
        with pytest.raises(DeskFileFormError):
            takes(entry(), entry(TWO, NOON + HOUR), entry(withdrawn=True), one)


def use(post, at):
    return Use(UUID(int=9), "MZ-MW", "00000017", None, None, post, "d", "EXIT", at)


def seen(heard, own=()):
    answers = examine(
        Presented(MZ_MW, "00000017", VALID, PassState.ACTIVE, "valid"),
        Passage("MZ.T.ZOB", "EXIT", NOON, tuple(own), None, tuple(heard)),
    )
    return {one.evidence: one for one in answers}


def test_two_posts_within_the_hour_are_something_to_look_at_and_never_red():
    found = seen([use("MZ.Q.MEL", NOON - 40 * MINUTE)])["two_posts"]
    assert found.light is Light.AMBER
    assert (found.facts["post"], found.facts["other"], found.facts["minutes"]) == ("MZ.T.ZOB", "MZ.Q.MEL", 40)
    before = [use("MZ.Q.MEL", NOON - 100 * HOUR)]
    assert seen(before, [use("MZ.T.ZOB", NOON - 100 * HOUR - 5 * MINUTE)])["two_posts"].facts["minutes"] == 5
    assert "seen_elsewhere" not in seen(before)


def test_times_that_can_both_be_true_are_no_finding():
    assert "two_posts" not in seen([use("MZ.Q.MEL", NOON - 61 * MINUTE)])
    assert "two_posts" not in seen([use("MZ.T.ZOB", NOON - 5 * MINUTE)])
    long_ago = NOON - 90 * 24 * HOUR
    assert "two_posts" not in seen([use("MZ.Q.MEL", long_ago)], [use("MZ.T.ZOB", long_ago)])
    own = use("MZ.Q.MEL", NOON - 5 * MINUTE)
    assert "two_posts" not in seen([], [own])  # that is seen_elsewhere
