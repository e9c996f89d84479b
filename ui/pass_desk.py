"""The use cases of border passes and receipts, joined with one open store; each takes the actor last."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from bmis.kernel.actor import NotAllowedError, Permission, Service
from bmis.kernel.clock import Clock, local
from bmis.passes.allocate_serials import AccountSerials, AllocateSerials, SpoilSerial
from bmis.passes.appeals import DecideAppeal, LodgeAppeal, ReadAppeals
from bmis.passes.applicant import PassPhoto
from bmis.passes.apply_pass import ApplyPass, FindHolder
from bmis.passes.change_pass import ReinstatePass, ReportPass, RevokePass, SettlePasses, SuspendPass
from bmis.passes.charge_pass import ChargePass
from bmis.passes.decide_application import ApproveApplication, AttestApplication, RejectApplication
from bmis.passes.errors import PassPhotoError, PassUnknownError
from bmis.passes.hand_over_pass import HandOverPass
from bmis.passes.produce_pass import ProducePass, SpoilPass
from bmis.passes.read_passes import ForgetHolder, ShowApplication, ShowPass, UsesOfSerial
from bmis.passes.renew_pass import RenewPass, ReplacePass
from bmis.passes.schemes import schemes
from bmis.passes.sealing import HomeSeals
from bmis.passes.statistics import CountPasses
from bmis.passes.use_pass import ExaminePass, PassLane, ReadPass, UsePass
from bmis.receipts.close_till import CloseTill, EnterRate, ReadRates, ReadTill
from bmis.receipts.errors import SecondSignatureError
from bmis.receipts.give_receipt import CancelReceipt, CopyReceipt, GiveReceipt, ReadReceipts
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import SecondPairOfEyes
from bmis.staff.session import SignedIn
from bmis.trust.redemptions import Redemption

KEEP_FOR = timedelta(days=5 * 365)  # after a holder's last pass; to be confirmed by SENAMI
LARGEST_PICTURE = 20_000_000  # bytes of a picture that is made into a portrait


@dataclass(frozen=True, slots=True)
class ReceiptDesk:
    """Every use case of money for the person at work: one way for all charges of the border."""

    give: GiveReceipt
    copy: CopyReceipt
    cancel: CancelReceipt
    show: ReadReceipts
    till: ReadTill
    close_till: CloseTill
    rates: ReadRates
    enter_rate: EnterRate


@dataclass(frozen=True, slots=True)
class PassDesk:
    """Every use case of passes for the person at work."""

    session: SignedIn
    find: FindHolder
    apply: ApplyPass
    attest: AttestApplication
    approve: ApproveApplication
    reject: RejectApplication
    charge: ChargePass
    produce: ProducePass
    spoil: SpoilPass
    hand_over: HandOverPass
    suspend: SuspendPass
    reinstate: ReinstatePass
    revoke: RevokePass
    object_to: LodgeAppeal
    appeal: DecideAppeal
    appeals: ReadAppeals
    report: ReportPass
    settle: SettlePasses
    renew: RenewPass
    replace: ReplacePass
    show: ShowPass
    application: ShowApplication
    forget: ForgetHolder
    allocate: AllocateSerials
    spoil_serial: SpoilSerial
    serials: AccountSerials
    examine: ExaminePass
    use: UsePass
    statistics: CountPasses
    receipts: ReceiptDesk
    second: SecondPairOfEyes

    def signed(self, asked: SecondSignatureError, name: str, password: str) -> Approval:
        """Return the second person's signature on what was asked for. Raises as ``SecondPairOfEyes.immediate``."""
        return self.second.immediate(asked.action, asked.subject, name, password, self.session.actor)


def desk_of(session: SignedIn) -> PassDesk:
    """Return the use cases.

    Raises:
        NotAllowedError: the session is of port health: its store has no passes.
    """
    if session.service is not Service.BORDER:
        raise NotAllowedError(permission=Permission.READ_PASSES.value, role=session.actor.role.value)
    store, home, now = session.store, session.home, session.now
    write, read = store.write, store.read
    give = GiveReceipt(write, home, now)
    return PassDesk(
        session=session,
        find=FindHolder(read),
        apply=ApplyPass(write, home, now),
        attest=AttestApplication(write, now),
        approve=ApproveApplication(write, now),
        reject=RejectApplication(write, home, now),
        charge=ChargePass(write, give, now),
        produce=ProducePass(write, home, HomeSeals(home), store.clock_is_set_back, now),
        spoil=SpoilPass(write, now),
        hand_over=HandOverPass(write, give, store.clock_is_set_back, now),
        suspend=SuspendPass(write, home, now),
        reinstate=ReinstatePass(write, now),
        revoke=RevokePass(write, home, now),
        object_to=LodgeAppeal(write, now),
        appeal=DecideAppeal(write, home, now),
        appeals=ReadAppeals(read, now),
        report=ReportPass(write, now),
        settle=SettlePasses(write, now),
        renew=RenewPass(write, home, now),
        replace=ReplacePass(write, home, now),
        show=ShowPass(read, now),
        application=ShowApplication(read),
        forget=ForgetHolder(write, now, KEEP_FOR),
        allocate=AllocateSerials(write, home, now),
        spoil_serial=SpoilSerial(write, now),
        serials=AccountSerials(read),
        examine=ExaminePass(read, home, now),
        use=UsePass(write, home),
        statistics=CountPasses(read, now),
        receipts=ReceiptDesk(
            give=give,
            copy=CopyReceipt(write, now),
            cancel=CancelReceipt(write, now),
            show=ReadReceipts(read),
            till=ReadTill(read),
            close_till=CloseTill(write, now),
            rates=ReadRates(read, home, now),
            enter_rate=EnterRate(write, home, now),
        ),
        second=SecondPairOfEyes(home, session.service, read, lambda _: False, now),
    )


@dataclass(frozen=True, slots=True)
class PassLog:
    """Answers ``bmis.trust.redemptions.RedemptionLog``: where passes of ours were shown, as this desk knows."""

    uses: UsesOfSerial

    def of_serial(self, serial: int) -> Sequence[Redemption]:
        """Return the showings, the newest first."""
        return [Redemption(serial, one.post_code, one.at, one.direction) for one in self.uses(serial)]


def redemption_log(session: SignedIn) -> PassLog:
    """Return the log of the session's store."""
    return PassLog(UsesOfSerial(session.store.read, session.now))


def pass_lane(session: SignedIn, records_complete_since: Callable[[], datetime | None]) -> PassLane:
    """Return what a lane knows of the passes that are shown there."""
    examine = ExaminePass(session.store.read, session.home, session.now, records_complete_since)
    return PassLane(examine)


def read_pass(session: SignedIn, untrusted: str) -> ReadPass:
    """Return the pass whose seal, or printed serial, was read or typed. A serial alone has no seal: it stays grey.

    A partner's pass is written ``SCHEME SERIAL``. The seal is judged by what this home trusts, at the later of now and
    what the store has seen.

    Raises:
        PassUnknownError: a seal that is no pass's.
    """
    from bmis.documents.seals.errors import SealFormError
    from bmis.documents.seals.reading import SealedPass, read_seal
    from bmis.trust.exchange import StoredTrust
    from bmis.trust.verify_seal import verify_read

    text = untrusted.strip()
    try:
        read = read_seal(text)
    except SealFormError:
        scheme, _space, serial = text.rpartition(" ")
        return ReadPass(scheme or _ours(session.now()), serial)
    if not isinstance(read, SealedPass):
        raise PassUnknownError  # a seal of something else
    seen = session.store.last_seen_at()
    at = session.now() if seen is None else max(session.now(), seen)
    trust = StoredTrust(session.home, session.store.read, session.now)()
    found, seal = verify_read(read, trust, at), read.seal
    return ReadPass(seal.scheme, str(seal.serial), found.answer.value, seal.valid_from, seal.valid_to, seal.posts)


def photo_from(untrusted: str, folder: Path, now: Clock) -> PassPhoto:
    """Return the portrait: a path (from ``folder`` where it is relative), base64, or a data URI of a picture.

    Raises:
        PassPhotoError: it is none of these, or too large. And whatever ``bmis.capture`` says of a picture.
    """
    from bmis.capture.images import decode_image
    from bmis.capture.photos import photo_jpeg
    from bmis.capture.untrusted_file import content_of

    coded = _coded(untrusted)
    content = coded if coded is not None else content_of(folder / untrusted)
    if len(content) > LARGEST_PICTURE:
        raise PassPhotoError(bytes=len(content))
    return PassPhoto(photo_jpeg(decode_image(content, now, source="photo")))


def application_id(untrusted: str) -> UUID | str:
    """Return the identifier, or the number as it is printed."""
    from bmis.kernel.paper_number import typed_number
    from bmis.passes.errors import ApplicationUnknownError

    try:
        return UUID(untrusted)
    except ValueError:
        number = typed_number(untrusted)
        if number is None:
            raise ApplicationUnknownError from None
        return number


def _ours(at: datetime) -> str:
    """Return the scheme of a serial that is typed alone: ours."""
    return next((one.code for one in schemes(local(at).date()) if one.gives_out), "")


def _coded(untrusted: str) -> bytes | None:
    """Return the bytes of base64 that begins like a picture, None where the text is a path."""
    _head, comma, rest = untrusted.partition(",")
    text = rest if comma and untrusted.startswith("data:") else untrusted
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        if text is not untrusted:
            raise PassPhotoError(bytes=len(text)) from None
        return None
    is_picture = content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"BM", b"GIF8", b"II*", b"MM\x00"))
    return content if is_picture or text is not untrusted else None
