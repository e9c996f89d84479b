"""An authority changes its root, twice: introduced under the old one, begun, retired; what posts take and refuse."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bmis.documents.seals.base45 import to_base45
from bmis.documents.seals.pass_seal import CATEGORY, FEATURES
from bmis.documents.seals.vds import VdsHeader, sealed, unsigned_vds
from bmis.kernel.actor import NotAllowedError, Role
from bmis.kernel.clock import fixed_clock, local
from bmis.staff.errors import ApprovalMismatchError
from bmis.staff.second_pair_of_eyes import SecondPairOfEyes
from bmis.staff.sign_in import SignIn
from bmis.store.home import Home
from bmis.store.verify import verify_store
from bmis.trust.authority import MAKE, REVOKE, MakeAuthority, RevokeSigner, act_subject
from bmis.trust.ecdsa import sign
from bmis.trust.errors import (
    AuthorityMissingError,
    BundleOlderError,
    BundleRootError,
    RootInForceError,
    RootNotGivenError,
    RootNotWaitingError,
    RootUnknownError,
    RootWaitingError,
)
from bmis.trust.exchange import TRUST, ExportTrust, ImportTrust, StoredTrust
from bmis.trust.keys import Keys
from bmis.trust.records import RedigestTrust
from bmis.trust.rollover import BEGIN, INTRODUCE, RETIRE, BeginRoot, IntroduceRoot, RetireRoot
from bmis.trust.sign_seal import SealPass
from bmis.trust.trust_set import TrustSet
from bmis.trust.verify_seal import SealAnswer, verify_seal
from tests.conftest import SCHEMAS
from tests.sealing import NOON, ROSA, Authority

DAY = timedelta(days=1)
LASTING = replace(ROSA, valid_to=ROSA.valid_to + 900 * DAY)


class Centre:
    """The authority's desk, live."""

    def __init__(self, session):
        self.session, self.at, self.admin = session, NOON, session.actor
        self.home = replace(session.home, training=False)
        self.stored = StoredTrust(self.home, session.store.read, lambda: self.at)

    def signed(self, action, subject, by=Role.SUPERVISOR):
        eyes = SecondPairOfEyes(
            self.session.home, self.session.service, self.session.store.read, lambda _: False, fixed_clock(self.at)
        )
        return eyes.immediate(action, act_subject(subject), by.value, "treino", self.admin)

    def use(self, case):
        return case(self.home, self.session.store.write, lambda: self.at)

    def makes_authority(self):
        return self.use(MakeAuthority)(self.signed(MAKE, self.home.desk_id), self.admin)

    def introduces(self):
        return self.use(IntroduceRoot)(self.signed(INTRODUCE, self.home.desk_id), self.admin)

    def begins(self, root):
        self.use(BeginRoot)(root, self.signed(BEGIN, root), self.admin)

    def retires(self, root):
        self.use(RetireRoot)(root, "served its time", self.signed(RETIRE, root), self.admin)

    def exports(self):
        return self.use(ExportTrust)(self.admin)

    def rolls_over(self):
        """Return the root that signs after a whole change."""
        root = self.introduces()
        self.exports()
        self.begins(root)
        return root

    def takes(self, file, **how):
        return self.use(ImportTrust)(file, self.admin, **how)

    def says(self, text, at):
        self.at = at
        return verify_seal(text, self.stored(), at).answer

    def seals(self, serial, **changed):
        with self.session.store.write() as unit:
            done = SealPass(self.home)(unit, replace(LASTING, serial=serial, **changed), self.admin.name, self.at)
            unit.commit()
        return done


@pytest.fixture
def post(_built_training_home, tmp_path, clock):
    """A post with a store of its own, live."""
    home = Home.open(Path(shutil.copytree(_built_training_home, tmp_path / "post")))
    with SignIn(home, [kind for kind, _ in SCHEMAS], clock)(Role.ADMIN.value, "treino") as session:
        yield Centre(session)


@pytest.fixture
def centre(signed_in):
    found = Centre(signed_in(Role.ADMIN))
    found.makes_authority()
    return found


def test_the_root_changes_twice_and_seals_of_all_three_are_good_at_a_post_that_followed(centre, post):
    first = centre.stored().root_prints[0]
    old = centre.seals(1)
    post.takes(centre.exports().file, approve=lambda root: post.signed(TRUST, root))
    roots = [first]
    seals = [old]
    for serial in (2, 3):
        roots.append(centre.introduces())
        introduction = centre.exports()
        assert introduction.root == roots[-2]  # signed by the one before, carrying both
        post.takes(introduction.file)
        centre.begins(roots[-1])
        given = centre.exports()
        assert given.root == roots[-1]
        post.takes(given.file)
        centre.at += 93 * DAY  # the key that sealed has served its time: the next is under the new root
        seals.append(centre.seals(serial))
        given = centre.exports()
        post.takes(given.file)

    assert len(set(roots)) == 3
    assert set(post.stored().root_prints) == set(roots)
    assert [post.says(one.text, centre.at) for one in seals] == [SealAnswer.VALID] * 3
    chains = {one.root for same in post.stored().signers.values() for one in same}
    assert chains == set(roots)  # each of the three has certified
    with centre.session.store.read() as unit:
        assert Keys(unit, centre.home).waiting_root() is None
    assert verify_store(centre.session.store, (RedigestTrust(),)).records > 0


def test_a_root_that_was_never_introduced_signs_for_nobody(centre, post):
    first = centre.exports()
    post.takes(first.file, approve=lambda root: post.signed(TRUST, root))
    stranger = Authority("MOZ")

    for file in (
        stranger.bundle(stranger.signer(), sequence=99),
        stranger.bundle(sequence=99, roots=(stranger.root, *first.content.roots)),  # ours beside its own
    ):
        with pytest.raises(BundleRootError):
            post.takes(file)
        with pytest.raises(BundleRootError):
            centre.takes(file)
    assert post.stored().sequence == first.content.sequence


def test_a_post_that_missed_the_introduction_takes_it_first_and_nothing_is_rolled_back(centre, post):
    first = centre.exports().file
    post.takes(first, approve=lambda root: post.signed(TRUST, root))
    new = centre.introduces()
    introduction = centre.exports().file
    centre.begins(new)
    after = centre.exports().file

    with pytest.raises(BundleRootError):
        post.takes(after)
    post.takes(introduction)
    assert post.takes(after).root == new
    for older in (introduction, first):
        with pytest.raises(BundleOlderError):
            post.takes(older)


def test_a_root_chosen_from_paper_in_place_of_the_introduction_needs_a_second_person(centre, post):
    post.takes(centre.exports().file, approve=lambda root: post.signed(TRUST, root))
    new = centre.rolls_over()
    after = centre.exports().file

    with pytest.raises(BundleRootError):
        post.takes(after, root=new)
    assert post.takes(after, root=new, approve=lambda root: post.signed(TRUST, root)).root == new


def test_the_key_that_seals_serves_its_time_under_the_old_root_and_no_day_more(centre):
    old = centre.seals(1)
    centre.rolls_over()
    same = centre.seals(2)
    assert same.signer == old.signer
    centre.at += 93 * DAY
    after = centre.seals(3)
    assert after.signer != old.signer
    trust = TrustSet.of(centre.exports().content)
    assert [verify_seal(one.text, trust, centre.at).answer for one in (old, same, after)] == [SealAnswer.VALID] * 3


def test_a_seal_of_a_signer_past_its_period_is_refused_after_the_change_too(centre):
    centre.seals(1)
    with centre.session.store.read() as unit:
        own = Keys(unit, centre.home).signer_today(centre.at)
    centre.rolls_over()
    centre.at += 100 * DAY
    today = local(centre.at).date()
    header = VdsHeader("MOZ", own.certificate.signer, own.certificate.reference, today, today, FEATURES, CATEGORY)
    unsigned = unsigned_vds(header, LASTING.features())
    text = to_base45(sealed(unsigned, sign(unsigned, own.key)))  # whoever holds the old key signs with it today

    trust = TrustSet.of(centre.exports().content)
    assert verify_seal(text, trust, centre.at).answer is SealAnswer.SIGNER_EXPIRED


def test_a_retired_root_takes_its_seals_with_it_and_the_new_one_s_stay(centre):
    first = centre.stored().root_prints[0]
    old = centre.seals(1)
    centre.rolls_over()
    centre.at += 93 * DAY
    new = centre.seals(2)
    centre.retires(first)
    given = centre.exports()
    trust = TrustSet.of(given.content)

    assert first not in trust.root_prints
    assert trust.skipped == 0
    assert verify_seal(old.text, trust, centre.at).answer is SealAnswer.SIGNER_UNKNOWN
    assert verify_seal(new.text, trust, centre.at).answer is SealAnswer.VALID
    with centre.session.store.read() as unit:
        assert Keys(unit, centre.home).pins() == trust.root_prints


def test_a_signer_revoked_before_or_after_the_change_stays_revoked(centre):
    one = centre.seals(1)
    centre.rolls_over()
    centre.use(RevokeSigner)(one.signer, "stolen", centre.signed(REVOKE, one.signer), centre.admin)
    trust = TrustSet.of(centre.exports().content)
    assert verify_seal(one.text, trust, centre.at).answer is SealAnswer.SIGNER_REVOKED


def test_steps_come_in_their_order_and_each_says_what_is_missing(centre):
    first = centre.stored().root_prints[0]
    with pytest.raises(RootNotWaitingError):
        centre.begins(first)
    with pytest.raises(RootInForceError):
        centre.retires(first)
    with pytest.raises(RootUnknownError):
        centre.retires("ab" * 32)
    new = centre.introduces()
    with pytest.raises(RootWaitingError):
        centre.introduces()
    with pytest.raises(RootNotGivenError):
        centre.begins(new)
    centre.exports()
    centre.begins(new)
    with pytest.raises(RootNotWaitingError):
        centre.begins(new)
    centre.retires(first)
    with pytest.raises(RootUnknownError):
        centre.retires(first)


def test_every_step_needs_a_second_person_who_signed_that_very_step(centre, signed_in):
    for action in (MAKE, BEGIN):
        with pytest.raises(ApprovalMismatchError):
            centre.use(IntroduceRoot)(centre.signed(action, centre.home.desk_id), centre.admin)
    new = centre.introduces()
    centre.exports()
    with pytest.raises(ApprovalMismatchError):
        centre.use(BeginRoot)(new, centre.signed(BEGIN, "another"), centre.admin)


def test_an_officer_changes_no_root_and_a_post_without_an_authority_has_none(signed_in):
    centre = Centre(signed_in(Role.ADMIN))
    with pytest.raises(AuthorityMissingError):
        centre.introduces()
    officer = Centre(signed_in(Role.OFFICER))
    with pytest.raises(NotAllowedError):
        officer.use(IntroduceRoot)(None, officer.admin)
