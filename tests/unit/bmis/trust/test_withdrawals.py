"""A post's withdrawn passes reach the authority on a stick; hostile and odd files; the next bundle lists them."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from bmis.kernel.actor import NotAllowedError, Role
from bmis.staff.errors import ApprovalMismatchError
from bmis.store.verify import verify_store
from bmis.trust import desk_file
from bmis.trust.authority import (
    CERTIFY,
    MAKE,
    REVOKE,
    CertifySigner,
    MakeAuthority,
    RevokeSigner,
    certify_subject,
)
from bmis.trust.certificates import make_request
from bmis.trust.desk_errors import (
    DeskFileChangedError,
    DeskFileElsewhereError,
    DeskFileFormError,
    DeskFileGapError,
    DeskFileOlderError,
    DeskHistoryError,
    DeskNothingNewError,
    DeskSignerRevokedError,
    DeskSignerUnknownError,
    NothingConfirmedError,
    NothingReportedError,
)
from bmis.trust.desk_file import MARK, log_after
from bmis.trust.ecdsa import sign
from bmis.trust.errors import AuthorityMissingError, CertificateRefusedError, SignerMissingError
from bmis.trust.exchange import ExportTrust
from bmis.trust.records import RedigestTrust
from bmis.trust.seal_status import SealStatus
from bmis.trust.signed_file import joined
from bmis.trust.trust_set import TrustSet
from bmis.trust.withdrawals import (
    CONFIRM,
    KIND,
    LIFT,
    ConfirmReported,
    ExportWithdrawals,
    ImportWithdrawals,
    LiftConfirmed,
    ReadWithdrawals,
)
from tests.sealing import NOON
from tests.unit.bmis.trust.test_trust_home import Desk

DAY = timedelta(days=1)
SINCE = "2026-11-20T08:00:00+00:00"


def entry(serial=1234567, *, listed=True, why="LOST", since=SINCE, **more):
    return {"serial": serial, "listed": listed, "state": why, "since": since, **more}


@dataclass
class Post:
    """A desk elsewhere with a key that the authority has certified."""

    key: ec.EllipticCurvePrivateKey
    reference: str
    desk: str = "MZ.T.ZOB-1-0badcafe"
    signer: str = "UTBP"

    def writes(self, *entries, after=0, state="UTO", kind=KIND, **changed):
        log = log_after(kind, state, self.desk, "MZ.T.ZOB", NOON, entries, after)
        said = {
            "format": "bmis-desk/1",
            "kind": log.kind,
            "state": log.state,
            "desk": log.desk,
            "post": log.post,
            "made_at": log.made_at.isoformat(),
            "first": log.first,
            "before": log.before,
            "entries": list(log.entries),
        }
        return self.signs(json.dumps(said | changed).encode())

    def signs(self, body):
        return joined(MARK, f"{self.signer} {self.reference}".encode(), sign(MARK + body, self.key), body)


class Centre(Desk):
    """The authority's desk."""

    def certifies(self, desk="MZ.T.ZOB-1-0badcafe", place="MZ.T.ZOB"):
        key = ec.generate_private_key(ec.SECP256R1())
        return Post(key, self.places(key, place), desk)

    def places(self, key, place, signed=None):
        """``signed``: the place that the second person was told of."""
        request = make_request(key)
        approval = self.approval(CERTIFY, certify_subject(request, signed or place))
        return self.use(CertifySigner)(request, approval, self.admin, place)

    def takes(self, file):
        take = ImportWithdrawals(self.home, self.session.store.write, lambda: self.at, self.says)
        return take(file, self.admin)

    @staticmethod
    def says(_unit, place):
        """A key for ZOB speaks for every serial but 900."""
        return lambda serial: place == "MZ.T.ZOB" and serial != 900

    def reported(self):
        return [one.serial for one in ReadWithdrawals(self.session.store.read).reported(self.admin)]

    def confirms(self, serial):
        return self.use(ConfirmReported)(serial, self.approval(CONFIRM, str(serial)), self.admin)

    def lifts(self, serial, signed=None):
        return self.use(LiftConfirmed)(serial, self.approval(LIFT, signed or str(serial)), self.admin)

    def withdraws(self, serial):
        with self.session.store.write() as unit:
            SealStatus(unit).list([serial], "REVOKED", "amelia.sitoe", self.at)
            unit.commit()

    def listed(self, *serials):
        status = TrustSet.of(self.use(ExportTrust)(self.admin).content).status
        return tuple(serial for serial in serials if status.listed(serial))

    def heard(self):
        return [(one.desk, one.last) for one in ReadWithdrawals(self.session.store.read)(self.admin)[1]]


@pytest.fixture
def centre(signed_in):
    desk = Centre(signed_in(Role.ADMIN))
    desk.use(MakeAuthority)(desk.approval(MAKE, desk.home.desk_id), desk.admin)
    return desk


@pytest.fixture
def post(centre):
    return centre.certifies()


def test_what_a_post_withdrew_stands_in_the_next_bundle_and_the_same_file_twice_is_taken_once(centre, post):
    file = post.writes(entry(7), entry(8, why="SUSPENDED"), entry(9))
    assert centre.listed(7, 8, 9) == ()

    assert centre.takes(file).fresh == 3
    assert centre.listed(7, 8, 9, 10) == (7, 8, 9)
    assert centre.takes(file).fresh == 0
    assert centre.heard() == [(post.desk, 3)]
    more = post.writes(entry(7), entry(8, why="SUSPENDED"), entry(9), entry(8, listed=False, why="ACTIVE"))
    assert centre.takes(more).fresh == 1
    assert centre.listed(7, 8, 9) == (7, 9)
    verify_store(centre.session.store, (RedigestTrust(),))


def test_a_desk_lists_no_pass_that_it_has_no_say_over_until_two_people_confirm_it(centre, post):
    taken = centre.takes(post.writes(entry(7), entry(900), entry(900, listed=False), entry(900)))
    assert (taken.fresh, taken.unconfirmed) == (4, 3)
    assert centre.listed(7, 900) == (7,)
    assert centre.reported() == [900]

    nobody = centre.certifies("MZ.T.CLB-1-0badcafe", None)
    assert centre.takes(nobody.writes(entry(55), entry(56), entry(56, listed=False))).unconfirmed == 3
    assert (centre.listed(55, 56), centre.reported()) == ((), [55, 900])

    assert centre.confirms(900).post == "MZ.T.ZOB"
    assert (centre.listed(55, 900), centre.reported()) == ((900,), [55])
    for unknown in (900, 56, 7, 1):
        with pytest.raises(NothingReportedError):
            centre.confirms(unknown)
    verify_store(centre.session.store, (RedigestTrust(),))


def test_a_pass_that_two_people_confirmed_by_mistake_comes_off_the_list_by_two_and_by_nobody_else(centre, post):
    centre.takes(post.writes(entry(7), entry(900)))
    for not_confirmed in (7, 900, 1):
        with pytest.raises(NothingConfirmedError):
            centre.lifts(not_confirmed)
    centre.confirms(900)
    with pytest.raises(ApprovalMismatchError):
        centre.lifts(900, signed="7")
    assert centre.listed(900) == (900,)

    assert centre.lifts(900) == post.desk
    assert (centre.listed(7, 900), centre.reported()) == ((7,), [900])  # the desk still says so
    with pytest.raises(NothingConfirmedError):
        centre.lifts(900)
    centre.confirms(900)
    assert centre.listed(900) == (900,)
    verify_store(centre.session.store, (RedigestTrust(),))


def test_what_the_authority_withdrew_itself_is_not_lifted_as_a_confirmation(centre, post):
    centre.takes(post.writes(entry(900)))
    centre.confirms(900)
    centre.withdraws(900)
    with pytest.raises(NothingConfirmedError):
        centre.lifts(900)
    assert centre.listed(900) == (900,)


def test_a_key_is_given_its_place_afterwards_and_another_one_later_by_two_who_both_saw_the_place(centre):
    post = centre.certifies(place=None)
    centre.takes(post.writes(entry(7)))

    with pytest.raises(ApprovalMismatchError):
        centre.places(post.key, "MZ.T.ZOB", signed="MZ.T.CLB")
    assert centre.places(post.key, "MZ.T.ZOB") == post.reference
    assert centre.takes(post.writes(entry(7), entry(8))).unconfirmed == 0
    assert (centre.listed(7, 8), centre.reported()) == ((8,), [7])  # what it said before waits for two people

    assert centre.places(post.key, None) == post.reference  # saying no place takes none away
    assert centre.takes(post.writes(entry(7), entry(8), entry(9))).unconfirmed == 0
    assert centre.places(post.key, "MZ.T.CLB") == post.reference
    assert centre.takes(post.writes(entry(7), entry(8), entry(9), entry(10))).unconfirmed == 1
    assert centre.listed(7, 8, 9, 10) == (8, 9)
    verify_store(centre.session.store, (RedigestTrust(),))


def test_a_revoked_key_gets_no_place(centre, post):
    centre.use(RevokeSigner)(post.reference, "stolen", centre.approval(REVOKE, post.reference), centre.admin)
    with pytest.raises(CertificateRefusedError):
        centre.places(post.key, "MZ.T.CLB")


def test_a_file_of_what_is_new_follows_and_a_gap_an_older_one_and_another_history_are_told_apart(centre, post):
    three = [entry(7), entry(8), entry(9)]
    centre.takes(post.writes(*three[:2]))

    with pytest.raises(DeskFileOlderError):
        centre.takes(post.writes(three[0]))
    with pytest.raises(DeskFileGapError):
        centre.takes(post.writes(*three, entry(10), after=3))
    with pytest.raises(DeskHistoryError):
        centre.takes(post.writes(entry(7), entry(80), entry(9)))
    with pytest.raises(DeskHistoryError):
        centre.takes(post.writes(entry(7), entry(80), entry(9), after=2))
    with pytest.raises(DeskHistoryError):
        centre.takes(post.writes(*three, before="0" * 64))
    assert centre.listed(7, 8, 9, 10, 80) == (7, 8)
    assert centre.takes(post.writes(*three, after=2)).fresh == 1
    assert centre.listed(7, 8, 9) == (7, 8, 9)


def test_a_desk_takes_back_only_its_own_word(centre, post):
    other = centre.certifies("MZ.T.CUC-1-12345678")
    centre.takes(post.writes(entry(7)))
    centre.takes(other.writes(entry(7, why="SUSPENDED"), entry(7, listed=False, why="ACTIVE")))
    assert centre.listed(7) == (7,)

    centre.takes(post.writes(entry(7), entry(7, listed=False, why="ACTIVE")))
    assert centre.listed(7) == ()
    centre.lists(7)
    assert centre.listed(7) == (7,)


def test_a_stranger_a_revoked_key_and_a_key_of_another_desk_are_refused(centre, post):
    stranger = replace(post, reference="ABCDEF")
    with pytest.raises(DeskSignerUnknownError):
        centre.takes(stranger.writes(entry()))
    with pytest.raises(DeskFileChangedError):
        centre.takes(replace(post, key=ec.generate_private_key(ec.SECP256R1())).writes(entry()))
    centre.takes(post.writes(entry(7)))
    with pytest.raises(DeskHistoryError):
        centre.takes(replace(post, desk="MZ.T.CUC-1-12345678").writes(entry(8)))
    with pytest.raises(DeskFileElsewhereError):
        centre.takes(centre.certifies(centre.home.desk_id).writes(entry(8)))
    with pytest.raises(DeskFileElsewhereError):
        centre.takes(post.writes(entry(7), entry(8), state="MOZ"))
    centre.use(RevokeSigner)(post.reference, "stolen", centre.approval(REVOKE, post.reference), centre.admin)
    with pytest.raises(DeskSignerRevokedError):
        centre.takes(post.writes(entry(7), entry(8)))
    assert centre.listed(7, 8) == (7,)  # what it said before its key was stolen stands


def test_a_key_that_no_longer_seals_passes_still_signs_files_until_its_certificate_ends(centre, post):
    centre.at += 120 * DAY
    assert centre.takes(post.writes(entry(7))).fresh == 1
    centre.at += 9000 * DAY
    with pytest.raises((DeskSignerRevokedError, DeskSignerUnknownError)):
        centre.takes(post.writes(entry(7), entry(8)))


def test_every_changed_byte_and_every_cut_is_refused_and_nothing_is_kept(centre, post):
    file = bytearray(post.writes(entry(7), entry(8)))
    head = file.index(b"\n", file.index(b"\n", len(MARK)) + 1)
    for at in [*range(0, head + 1, 5), *range(head + 1, len(file), 41), len(file) - 1]:
        file[at] ^= 1
        with pytest.raises((DeskFileFormError, DeskFileChangedError, DeskSignerUnknownError)):
            centre.takes(bytes(file))
        file[at] ^= 1
    for cut in (0, 3, len(MARK), head, head + 1, len(file) - 1):
        with pytest.raises((DeskFileFormError, DeskFileChangedError)):
            centre.takes(bytes(file[:cut]))
    assert centre.heard() == []


@pytest.mark.parametrize(
    "wrong",
    [
        entry(0),
        entry(-1),
        entry(64_000_001),
        entry(True),
        entry("7"),
        entry(7.0),
        entry(listed=1),
        entry(listed=None),
        entry(why=""),
        entry(why="Rosa Maria"),
        entry(why="A\0"),
        entry(why=None),
        entry(since="2026-11-20"),
        entry(since="2026-11-20T08:00:00"),
        entry(since=20261120),
        entry(since="0001-01-01T00:00:00+23:59"),
        entry(name="ROSA"),
        {"serial": 7},
        {},
    ],
)
def test_an_entry_that_is_none_takes_nothing_of_a_signed_file(centre, post, wrong):
    with pytest.raises(DeskFileFormError):
        centre.takes(post.writes(entry(7), wrong))
    assert centre.heard() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"entries": []},
        {"entries": {}},
        {"entries": [[1]]},
        {"entries": None},
        {"first": 0},
        {"first": True},
        {"first": 2**60},
        {"first": "1"},
        {"desk": "a\0b"},
        {"desk": 5},
        {"desk": "x" * 61},
        {"post": ""},
        {"before": "0"},
        {"made_at": "yesterday"},
        {"made_at": None},
        {"kind": "uses"},
        {"state": "ZZZ"},
        {"state": []},
        {"format": "bmis-desk/2"},
    ],
)
def test_a_signed_file_of_another_shape_is_no_file(centre, post, changed):
    with pytest.raises(DeskFileFormError):
        centre.takes(post.writes(entry(7), **changed))


def test_signed_nonsense_is_refused(centre, post, monkeypatch):
    good = post.writes(entry(7))
    body = good.split(b"\n", 3)[3]
    for nonsense in (
        b"",
        b"null",
        b"[]",
        b"{",
        b"\0" * 100,
        b"[" * 100_000,
        b"\xff\xfe",
        body + b"x",
        body.replace(b'"kind"', b'"kind": "uses", "kind"', 1),
        body.replace(b'"serial": 7', b'"serial": 8, "serial": 7', 1),
        body.replace(b'"serial": 7', b'"serial": NaN', 1),
        body.replace(b'"serial": 7', b'"serial": ' + b"9" * 6000, 1),
    ):
        with pytest.raises(DeskFileFormError):
            centre.takes(post.signs(nonsense))
    monkeypatch.setattr(desk_file, "LARGEST_FILE", len(good) - 1)
    with pytest.raises(DeskFileFormError):
        centre.takes(good)
    monkeypatch.undo()
    monkeypatch.setattr(desk_file, "MOST_ENTRIES", 1)
    with pytest.raises(DeskFileFormError):
        centre.takes(post.signs(body.replace(b"[{", b'[{"serial": 5}, {')))


def test_only_an_authority_takes_and_only_who_exchanges_trust(signed_in):
    desk = Centre(signed_in(Role.ADMIN))
    with pytest.raises(AuthorityMissingError):
        desk.takes(b"")
    officer = Centre(signed_in(Role.OFFICER))
    with pytest.raises(NotAllowedError):
        officer.takes(b"")
    with pytest.raises(NotAllowedError):
        ReadWithdrawals(officer.session.store.read)(officer.admin)
    with pytest.raises(NotAllowedError):
        ExportWithdrawals(officer.home, officer.session.store.read, lambda: NOON)(officer.admin)


def test_a_desk_without_anything_withdrawn_or_without_a_key_writes_nothing(signed_in):
    desk = Centre(signed_in(Role.ADMIN))
    export = ExportWithdrawals(desk.home, desk.session.store.read, lambda: NOON)

    with pytest.raises(DeskNothingNewError):
        export(desk.admin)
    with desk.session.store.write() as unit:
        SealStatus(unit).list([7], "LOST", "x", NOON)
        unit.commit()
    with pytest.raises(SignerMissingError):
        export(desk.admin)
    desk.seals()  # in training the key is made when it is first needed
    assert export(desk.admin).log.last == 1
    with pytest.raises(DeskNothingNewError):
        export(desk.admin, 1)


def test_an_authority_passes_on_no_other_desks_words_as_its_own(centre, post):
    centre.takes(post.writes(entry(7)))
    with pytest.raises(DeskNothingNewError):
        ExportWithdrawals(centre.home, centre.session.store.read, lambda: NOON)(centre.admin)
