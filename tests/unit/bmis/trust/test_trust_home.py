"""Keys and bundles of homes: an authority, a post that asks for a signer, a bundle carried by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bmis.kernel.actor import NotAllowedError, Role
from bmis.kernel.clock import fixed_clock
from bmis.staff.second_pair_of_eyes import SecondPairOfEyes
from bmis.store.errors import ClockSetBackError
from bmis.store.verify import verify_store
from bmis.trust.authority import (
    ACCEPT,
    CERTIFY,
    MAKE,
    REVOKE,
    AcceptForeign,
    CertifySigner,
    MakeAuthority,
    RequestSigner,
    RevokeSigner,
    act_subject,
    publish_part,
)
from bmis.trust.bundle import open_bundle
from bmis.trust.certificates import make_signer, read_request
from bmis.trust.errors import (
    AuthorityExistsError,
    AuthorityMissingError,
    BundleFormError,
    BundleOfTrainingError,
    BundleOlderError,
    BundleRootError,
    BundleSignatureError,
    CertificateRefusedError,
    PartRefusedError,
    SerialRefusedError,
    SignerMissingError,
    SignerUnknownError,
    TrustEmptyError,
    TrustReasonError,
)
from bmis.trust.event import TrustEventKind
from bmis.trust.exchange import TRUST, ExportTrust, ImportTrust, StoredTrust
from bmis.trust.records import RedigestTrust, SqlTrust
from bmis.trust.seal_status import SealStatus
from bmis.trust.sign_seal import SealPass
from bmis.trust.trust_set import TrustSet
from bmis.trust.verify_seal import SealAnswer, verify_seal
from tests.sealing import NOON, ROSA, TODAY, Authority

DAY = timedelta(days=1)


class Desk:
    """A home at work. ``is_live`` only changes what the use cases are told: the store is the same."""

    def __init__(self, session, at=NOON, *, is_live=False):
        self.session, self.at = session, at
        self.home = replace(session.home, training=not is_live)
        self.admin = session.actor
        self.stored = StoredTrust(self.home, session.store.read, lambda: self.at)

    def use(self, case):
        return case(self.home, self.session.store.write, lambda: self.at)

    def approval(self, action, subject):
        return SecondPairOfEyes(
            self.session.home, self.session.service, self.session.store.read, lambda _: False, fixed_clock(self.at)
        ).immediate(action, act_subject(subject), Role.SUPERVISOR.value, "treino", self.admin)

    def makes_authority(self):
        return self.use(MakeAuthority)(self.approval(MAKE, self.home.desk_id), self.admin)

    def exports(self):
        return self.use(ExportTrust)(self.admin)

    def imports(self, file, **how):
        return self.use(ImportTrust)(file, self.admin, **how)

    def seals(self, seal=ROSA):
        with self.session.store.write() as unit:
            done = SealPass(self.home)(unit, seal, self.admin.name, self.at)
            unit.commit()
        return done

    def lists(self, *serials, clear=False):
        with self.session.store.write() as unit:
            status = SealStatus(unit)
            (status.clear if clear else status.list)(serials, "LOST", self.admin.name, self.at)
            unit.commit()

    def says(self, text):
        return verify_seal(text, self.stored(), self.at).answer

    def approves_root(self, root):
        return self.approval(TRUST, root)


@pytest.fixture
def desk(signed_in, clock):
    return Desk(signed_in(Role.ADMIN))


def test_a_training_desk_seals_at_once_and_its_own_word_is_fresh(desk):
    sealed = desk.seals()

    assert desk.says(sealed.text) is SealAnswer.VALID
    desk.at += 100 * DAY
    assert desk.says(sealed.text) is SealAnswer.VALID


def test_a_live_desk_without_keys_seals_nothing(signed_in):
    desk = Desk(signed_in(Role.ADMIN), is_live=True)

    with pytest.raises(SignerMissingError):
        desk.seals()
    with pytest.raises(TrustEmptyError):
        desk.exports()
    with pytest.raises(AuthorityMissingError):
        desk.use(RevokeSigner)("3F2A1C", "lost", desk.approval(REVOKE, "3F2A1C"), desk.admin)


def test_a_live_authority_is_made_by_two_people_and_once(signed_in):
    desk = Desk(signed_in(Role.ADMIN), is_live=True)
    root = desk.makes_authority()

    assert len(root) == 64
    assert desk.says(desk.seals().text) is SealAnswer.VALID
    with pytest.raises(AuthorityExistsError):
        desk.makes_authority()


def test_an_officer_neither_makes_keys_nor_gives_bundles(signed_in):
    desk = Desk(signed_in(Role.OFFICER))

    for act in (desk.exports, lambda: desk.imports(b""), lambda: desk.use(RequestSigner)(desk.admin)):
        with pytest.raises(NotAllowedError):
            act()


def test_a_key_that_has_served_is_replaced_and_what_it_sealed_stays_good(desk):
    first = desk.seals(replace(ROSA, valid_to=ROSA.valid_to + 900 * DAY))
    desk.at += 91 * DAY
    same = desk.seals(replace(ROSA, serial=2))
    desk.at += DAY
    other = desk.seals(replace(ROSA, serial=3))

    assert first.signer == same.signer != other.signer
    assert [desk.says(one.text) for one in (first, same, other)] == [SealAnswer.VALID] * 3


def test_posts_know_the_next_signer_before_it_signs(desk):
    desk.exports()
    desk.at += 85 * DAY
    bundle = TrustSet.of(desk.exports().content)
    first = desk.seals()
    desk.at += 7 * DAY
    second = desk.seals(replace(ROSA, serial=2, valid_to=ROSA.valid_to + 90 * DAY))

    assert first.signer != second.signer
    assert verify_seal(second.text, bundle, desk.at).answer is SealAnswer.VALID


def test_a_revoked_signer_seals_no_more_and_its_seals_are_refused(desk):
    old = desk.seals()
    desk.use(RevokeSigner)(old.signer, "stolen laptop", desk.approval(REVOKE, old.signer), desk.admin)
    new = desk.seals(replace(ROSA, serial=2))

    assert desk.says(old.text) is SealAnswer.SIGNER_REVOKED
    assert desk.says(new.text) is SealAnswer.VALID
    trust = TrustSet.of(desk.exports().content)
    assert verify_seal(old.text, trust, desk.at).answer is SealAnswer.SIGNER_REVOKED
    with pytest.raises(SignerUnknownError):
        desk.use(RevokeSigner)(old.signer, "again", desk.approval(REVOKE, old.signer), desk.admin)


def test_a_suspended_pass_is_refused_here_at_once_and_elsewhere_with_the_next_bundle(desk):
    text = desk.seals().text
    before = TrustSet.of(desk.exports().content)
    desk.lists(ROSA.serial)
    after = TrustSet.of(desk.exports().content)
    desk.lists(ROSA.serial, clear=True)
    cleared = TrustSet.of(desk.exports().content)

    assert desk.says(text) is SealAnswer.VALID
    assert [verify_seal(text, trust, desk.at).answer.value for trust in (before, after, cleared)] == [
        "valid",
        "seal_revoked",
        "valid",
    ]


def test_a_serial_that_no_list_holds_is_not_listed(desk):
    with pytest.raises(SerialRefusedError):
        desk.lists(64_000_001)


def test_a_clock_that_was_set_back_seals_nothing(desk):
    desk.seals()
    desk.at -= 2 * DAY

    with pytest.raises(ClockSetBackError):
        desk.seals(replace(ROSA, serial=2))


def test_a_clock_that_was_set_back_gives_no_bundle_that_is_old_at_once(desk):
    desk.exports()
    desk.at -= 20 * DAY

    with pytest.raises(ClockSetBackError):
        desk.exports()


def test_the_bundle_in_force_is_taken_again_and_an_older_one_is_refused(desk):
    first, second = desk.exports(), desk.exports()

    assert desk.imports(second.file).content.sequence == second.content.sequence
    with pytest.raises(BundleOlderError):
        desk.imports(first.file)
    assert desk.exports().content.sequence == second.content.sequence + 1


def test_everything_that_is_kept_proves(desk):
    desk.seals()
    desk.lists(7, 8)
    desk.exports()

    report = verify_store(desk.session.store, (RedigestTrust(),))

    assert report.records == 8  # root: key, certificate, trust; signer: key, certificate; two serials; a bundle


class TestPost:
    """A post of its own, to which the authority's bundles are carried."""

    @pytest.fixture
    def centre(self):
        return Authority("MOZ")

    @pytest.fixture
    def post(self, signed_in):
        return Desk(signed_in(Role.ADMIN), is_live=True)

    def test_the_first_root_needs_a_second_person(self, centre, post):
        file = centre.bundle(centre.signer())

        with pytest.raises(BundleRootError):
            post.imports(file)
        assert post.imports(file, approve=post.approves_root).content.sequence == 1
        assert post.imports(centre.bundle(centre.signer(), sequence=2)).content.sequence == 2

    def test_a_bundle_of_training_is_no_bundle_for_a_live_post(self, post):
        with pytest.raises(BundleOfTrainingError):
            post.imports(Authority("UTO").bundle(), approve=post.approves_root)

    def test_a_pass_of_the_centre_is_proved_until_the_bundle_is_stale(self, centre, post):
        signer = centre.signer()
        text = centre.seal(signer)
        assert post.says(text) is SealAnswer.SIGNER_UNKNOWN

        post.imports(centre.bundle(signer), approve=post.approves_root)

        assert post.says(text) is SealAnswer.VALID
        post.lists(ROSA.serial)
        assert post.says(text) is SealAnswer.SEAL_REVOKED
        post.lists(ROSA.serial, clear=True)
        post.at += 15 * DAY
        assert post.says(text) is SealAnswer.TRUST_STALE

    def test_a_pass_that_was_reinstated_here_is_refused_when_a_later_bundle_lists_it(self, centre, post):
        signer = centre.signer()
        text = centre.seal(signer)
        post.imports(centre.bundle(signer, listed=[ROSA.serial]), approve=post.approves_root)
        post.at += DAY
        post.lists(ROSA.serial)
        post.lists(ROSA.serial, clear=True)
        assert post.says(text) is SealAnswer.VALID

        stolen = centre.bundle(signer, sequence=2, at=post.at + DAY, listed=[ROSA.serial])
        post.at += 2 * DAY
        post.imports(stolen)

        assert post.says(text) is SealAnswer.SEAL_REVOKED

    def test_another_authority_is_refused_and_the_earlier_bundle_stays(self, centre, post):
        signer, stranger = centre.signer(), Authority("MOZ")
        post.imports(centre.bundle(signer, sequence=5), approve=post.approves_root)

        with pytest.raises(BundleRootError):
            post.imports(stranger.bundle(sequence=9), approve=post.approves_root)
        with pytest.raises(BundleOlderError):
            post.imports(centre.bundle(signer, sequence=4))
        with pytest.raises(BundleOlderError):
            post.imports(centre.bundle(signer, sequence=5, listed=[9]))

        assert post.says(centre.seal(signer)) is SealAnswer.VALID

    def test_a_root_compared_on_paper_takes_the_place_of_the_old_one(self, centre, post):
        post.imports(centre.bundle(sequence=5), approve=post.approves_root)
        other = Authority("MOZ")
        root = open_bundle(other.bundle(), None)[1]

        with pytest.raises(BundleRootError):
            post.imports(other.bundle(), root=root)
        post.imports(other.bundle(sequence=1), root=root, approve=post.approves_root)

        with pytest.raises(BundleRootError):
            post.imports(centre.bundle(sequence=6))

    def test_an_authority_that_changes_its_root_says_so_under_the_old_one(self, centre, post):
        post.imports(centre.bundle(sequence=1), approve=post.approves_root)
        new = Authority("MOZ")
        signer = new.signer()
        post.imports(centre.bundle(sequence=2, roots=(centre.root, new.root), signers=(signer.certificate,)))

        assert post.says(new.seal(signer)) is SealAnswer.VALID
        assert post.imports(new.bundle(signer, sequence=3)).root != ""
        with pytest.raises(BundleRootError):
            post.imports(centre.bundle(sequence=4))

    def test_every_changed_byte_of_a_bundle_is_refused(self, centre, post):
        file = bytearray(centre.bundle(centre.signer()))
        head = file.index(b"\n", file.index(b"\n", 13) + 1)
        places = [*range(0, head, 7), *range(head, len(file), 97), len(file) - 1]

        for at in places:
            file[at] ^= 1
            with pytest.raises((BundleFormError, BundleSignatureError, BundleRootError)):
                post.imports(bytes(file), root=open_bundle(centre.bundle(), None)[1], approve=post.approves_root)
            file[at] ^= 1
        for cut in (0, 5, head, len(file) - 1):
            with pytest.raises((BundleFormError, BundleSignatureError)):
                post.imports(bytes(file[:cut]), approve=post.approves_root)

    def test_a_post_asks_for_a_signer_and_seals_with_it_when_the_bundle_has_come(self, post, centre):
        request = post.use(RequestSigner)(post.admin)
        made = make_signer(read_request(request), 0x123456, centre.root, centre.key, TODAY, centre.rule)
        with pytest.raises(SignerMissingError):
            post.seals()
        post.imports(centre.bundle(signers=(made,)), approve=post.approves_root)
        sealed = post.seals()

        assert sealed.signer == "123456"
        assert post.says(sealed.text) is SealAnswer.VALID
        post.at += 92 * DAY
        with pytest.raises(SignerMissingError):
            post.seals(replace(ROSA, serial=2))

    def test_a_post_passes_on_the_bundle_that_it_has(self, post, centre):
        file = centre.bundle(centre.signer())
        post.imports(file, approve=post.approves_root)

        assert post.exports().file == file

    def test_reference_data_comes_signed_and_only_from_the_authority(self, post, centre):
        post.imports(centre.bundle(parts={"schemes": b"zone = 20"}), approve=post.approves_root)

        assert post.stored().parts["schemes"] == b"zone = 20"
        with post.session.store.write() as unit, pytest.raises(AuthorityMissingError):
            publish_part(unit, post.home, "schemes", b"zone = 500", "admin", NOON)


def test_the_authority_certifies_a_post_takes_other_states_and_publishes_reference_data(desk):
    desk.makes_authority()
    stranger = Authority("UTO")
    signer = stranger.signer()
    request = desk.use(RequestSigner)(desk.admin)

    reference = desk.use(CertifySigner)(request, desk.approval(CERTIFY, request), desk.admin)
    accept = desk.use(AcceptForeign)
    with pytest.raises(CertificateRefusedError):
        accept(signer.certificate, "early", desk.approval(ACCEPT, signer.certificate), desk.admin)
    assert accept(stranger.root, "by letter", desk.approval(ACCEPT, stranger.root), desk.admin)[0] == "root"
    assert accept(signer.certificate, "list", desk.approval(ACCEPT, signer.certificate), desk.admin)[0] == "signer"
    with desk.session.store.write() as unit:
        publish_part(unit, desk.home, "schemes", b"one", "admin", desk.at)
        publish_part(unit, desk.home, "schemes", b"two", "admin", desk.at)
        unit.commit()
    content = desk.exports().content

    assert content.parts == {"schemes": b"two"}
    assert TrustSet.of(content).signers_of("UTBP", reference)
    foreign = stranger.raw(signer, feature_reference=0xFB, category=0x06)
    assert verify_seal(foreign, TrustSet.of(content), NOON).answer is SealAnswer.VALID
    for bad in (b"", b"not a request", stranger.root):
        with pytest.raises(CertificateRefusedError):
            desk.use(CertifySigner)(bad, desk.approval(CERTIFY, bad), desk.admin)


def test_the_same_request_again_is_the_same_certificate_and_never_one_of_a_revoked_key(desk):
    desk.makes_authority()
    request = desk.use(RequestSigner)(desk.admin)
    certify = desk.use(CertifySigner)

    reference = certify(request, desk.approval(CERTIFY, request), desk.admin)
    assert certify(request, desk.approval(CERTIFY, request), desk.admin) == reference
    with desk.session.store.read() as unit:
        made = [one.facts.get("reference") for one in SqlTrust(unit).events(TrustEventKind.CERTIFIED)]
    assert made.count(reference) == 1
    desk.use(RevokeSigner)(reference, "stolen laptop", desk.approval(REVOKE, reference), desk.admin)
    with pytest.raises(CertificateRefusedError):
        certify(request, desk.approval(CERTIFY, request), desk.admin)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nobody_revokes_a_signer_or_takes_another_state_without_saying_why(desk, reason):
    desk.makes_authority()
    signer, stranger = desk.seals().signer, Authority("UTO")

    with pytest.raises(TrustReasonError):
        desk.use(RevokeSigner)(signer, reason, desk.approval(REVOKE, signer), desk.admin)
    with pytest.raises(TrustReasonError):
        desk.use(AcceptForeign)(stranger.root, reason, desk.approval(ACCEPT, stranger.root), desk.admin)
    assert desk.seals(replace(ROSA, serial=2)).signer == signer


@pytest.mark.parametrize("name", ["", "UPPER", "a/b", "../x", "a" * 61])
def test_a_part_with_a_name_that_no_file_should_have_is_refused(desk, name):
    desk.makes_authority()

    with desk.session.store.write() as unit, pytest.raises(PartRefusedError):
        publish_part(unit, desk.home, name, b"x", "admin", NOON)
