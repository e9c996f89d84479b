"""Joins the rooms. No Qt; each import waits until its part is asked for.

With ``ui.compose_devices`` and ``ui.compose_health`` the only modules that name concrete adapters.

home = open_home(path, now)            # HomeParts: sign_in, recovery, facts
with home.sign_in(name, password) as session:
    desk = border_desk(session)        # every use case of the lane, ready to call
    desk.record(request, verdict, session.actor)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bmis.kernel.actor import Service
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, fixed_clock, local, system_clock
from ui.cli.errors import ClockInTrainingOnlyError

CHECK_TIMEOUT_S = 3.0  # where no rule of a kind of post says otherwise

if TYPE_CHECKING:
    from bmis.crossings.case import Check
    from bmis.crossings.crossing import Place
    from bmis.crossings.paperwork.demo import MakeDemoData
    from bmis.staff.change_staff import AddStaff, ResetPassword
    from bmis.staff.create_home import CreatedHome, Schema
    from bmis.staff.disable_staff import DisableStaff
    from bmis.staff.keep_home import BackUpHome, Restored, Secret, VerifyStore
    from bmis.staff.recover_manager import RecoverManager
    from bmis.staff.session import Recovery, Session, SignedIn
    from bmis.staff.staff_member import StaffMember
    from bmis.staff.verify_audit import CheckpointAudit, VerifyAudit
    from bmis.store.home import Home
    from ui.border_desk import BorderDesk
    from ui.mobility_desk import MobilityDesk
    from ui.mrz_files import ReadMrzFile
    from ui.pass_desk import PassDesk
    from ui.report_desk import ReportDesk
    from ui.self_test import SelfTest
    from ui.trust_desk import TrustDesk


@dataclass(frozen=True, slots=True)
class HomeParts:
    """A home before anybody has signed in."""

    home: "Home"
    now: Clock

    def sign_in(self, name: str, password: str) -> "SignedIn":
        """Return the person at work, of the border or of health; close it to sign out."""
        from bmis.staff.sign_in import SignIn

        return SignIn(self.home, [kind for kind, _ in schemas()], self.now)(name, password)

    def release_lockout(self, name: str, reason: str) -> None:
        """Lift the wait of a post's last officer, once. Raises as ``ReleaseLockout``."""
        from bmis.staff.sign_in import ReleaseLockout

        ReleaseLockout(self.home, self.now)(name, reason)

    def recovery(self, passphrase: str, service: Service = Service.BORDER) -> "Recovery":
        """Return one service's store, opened by its sealed passphrase."""
        from bmis.staff.sign_in import OpenRecovery

        kind = next(kind for kind, _ in schemas() if kind.service == service.value)
        return OpenRecovery(self.home, self.now)(kind, passphrase)

    def secret_of(self, name: str, password: str) -> "Secret":
        """Return the person's secret, for the store of the service that has the person's slot."""
        from bmis.staff.keep_home import Secret
        from bmis.store.keys import KeyRing

        ring = KeyRing.load(self.home)
        service = next((each for each in Service if ring.find(each.value, name)), Service.BORDER)
        return Secret(service.value, name, password)

    def migrate(self, secret: "Secret") -> str:
        """Return the form that the secret's store now has. Raises as ``MigrateHome``."""
        from bmis.staff.keep_home import MigrateHome

        return MigrateHome(self.home, schemas(), self.now)(secret)

    def restore(self, file: Path, given: "Sequence[Secret]") -> "Restored":
        """Return what was restored from the backup. Raises as ``RestoreHome``."""
        from bmis.staff.keep_home import RestoreHome

        return RestoreHome(self.home, schemas(), self.now)(file, given)


@dataclass(frozen=True, slots=True)
class People:
    """The use cases over the people of one service."""

    add: "AddStaff"
    disable: "DisableStaff"
    everybody: "Callable[[], list[StaffMember]]"
    reset_password: "ResetPassword"


def schemas() -> "tuple[Schema, ...]":
    """Return the databases of a home, each with its migrations; the border's first."""
    from bmis.store.border import BORDER
    from bmis.store.border import MIGRATIONS as BORDER_MIGRATIONS
    from poe_health.store.health import HEALTH
    from poe_health.store.health import MIGRATIONS as HEALTH_MIGRATIONS

    return (BORDER, BORDER_MIGRATIONS), (HEALTH, HEALTH_MIGRATIONS)


def open_home(path: Path, at: datetime | None = None) -> HomeParts:
    """Return the home in the folder, its clock set to ``at`` (a training home only) or the machine's.

    Raises:
        HomeMissingError: there is none. HomeDamagedError: its description cannot be read.
        ClockInTrainingOnlyError: ``at`` in a live home.
    """
    from bmis.store.home import Home

    home = Home.open(path)
    if at is not None and not home.training:
        raise ClockInTrainingOnlyError
    return HomeParts(home, fixed_clock(at) if at else system_clock)


def create_home(
    path: Path,
    *,
    post_code: str,
    lane: str,
    training: bool,
    administrator: str = "",
    password: str = "",
    recovery: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> "CreatedHome":
    """Return the new home: both stores, key slots, the first people. Raises as ``CreateHome``."""
    from bmis.posts.point_of_entry import point_of_entry
    from bmis.staff.create_home import CreateHome, NewHome

    if at is not None and not training:
        raise ClockInTrainingOnlyError
    post = point_of_entry(post_code)
    create = CreateHome(schemas(), fixed_clock(at) if at else system_clock)
    return create(
        NewHome(
            path=path,
            post_code=post.code,
            lane=lane,
            training=training,
            admin_name=administrator,
            admin_password=password,
            recovery=recovery or {},
        )
    )


def border_checks(post_code: str = "", on: date | None = None) -> "tuple[Check, ...]":
    """Return the checks of a crossing. Their order is policy: it is that in which an officer reads them.

    Those that may hang wait as long as the rules of the post's kind say on that day.
    """
    from bmis.crossings.checks.check_digits import CheckDigits
    from bmis.crossings.checks.document_dates import DocumentDates
    from bmis.crossings.checks.open_crossing import OpenCrossing
    from bmis.crossings.checks.other_identity import OtherIdentity
    from bmis.crossings.checks.repeated import Repeated
    from bmis.crossings.checks.state_code import StateCode

    wait = CHECK_TIMEOUT_S if on is None else _check_timeout_s(post_code, on)
    return (
        CheckDigits(),
        DocumentDates(),
        StateCode(),
        OtherIdentity(timeout_s=wait),
        OpenCrossing(timeout_s=wait),
        Repeated(timeout_s=wait),
    )


def _check_timeout_s(post_code: str, on: date) -> float:
    """Return how long a check may take at that post; where the list no longer has it, as long as anywhere."""
    from bmis.posts import post_kind
    from bmis.posts.errors import UnknownPostError
    from bmis.posts.point_of_entry import point_of_entry

    try:
        kind = point_of_entry(post_code).kind
    except UnknownPostError:
        return CHECK_TIMEOUT_S
    return post_kind.post_kind_rule(kind, on).check_timeout_s


def place_of(home: "Home", *, clock_was_set: bool = False) -> "Place":
    """Return where this desk works, as its crossings say it."""
    from bmis.crossings.crossing import Place
    from bmis.posts.point_of_entry import points_version

    return Place(
        post_code=home.post_code,
        post_list_version=points_version().version,
        processing_place=home.post_code,
        host_country="MOZ",
        lane=home.lane,
        site_id=home.site_id,
        desk_id=home.desk_id,
        utc_offset_minutes=MAPUTO_OFFSET_MINUTES,
        clock_source="set" if clock_was_set else "machine",
        clock_set_back=False,  # each crossing says it anew, from what the store has seen
    )


def border_desk(session: "SignedIn", *, health_token_shown: bool = False) -> "BorderDesk":
    """Return every use case of the lane for the person at work; a health token that is shown is always checked."""
    from ui.border_desk import desk_of

    place = place_of(session.home, clock_was_set=session.now is not system_clock)
    today = local(session.now(), place.utc_offset_minutes).date()
    checks = border_checks(place.post_code, today)
    return desk_of(session, checks, place, health_token_shown=health_token_shown)


def report_desk(session: "SignedIn") -> "ReportDesk":
    """Return what makes numbers and reports for the person at work. Raises as ``ui.report_desk.desk_of``."""
    from ui.report_desk import desk_of

    return desk_of(session)


def pass_desk(session: "SignedIn") -> "PassDesk":
    """Return every use case of border passes and receipts for the person at work. Raises as ``ui.pass_desk``."""
    from ui.pass_desk import desk_of

    return desk_of(session)


def mobility_desk(session: "SignedIn") -> "MobilityDesk":
    """Return every use case of mobility beside crossings for the person at work. Raises as ``ui.mobility_desk``."""
    from ui.mobility_desk import desk_of

    return desk_of(session)


def trust_desk(session: "SignedIn") -> "TrustDesk":
    """Return every use case of keys and trust bundles for the person at work. Raises as ``ui.trust_desk.desk_of``."""
    from ui.trust_desk import desk_of

    return desk_of(session)


@contextmanager
def seal_checker(trust: Path, at: datetime) -> "Iterator[Callable[[str], dict[str, Any]]]":
    """Give what checks seals against a bundle's file, without a home. Raises as ``ui.trust_desk.trust_of_file``."""
    from ui.seals import checker
    from ui.trust_desk import trust_of_file

    with checker(trust_of_file(trust), at) as check:
        yield check


@contextmanager
def seal_checker_of(session: "SignedIn", at: datetime | None) -> "Iterator[Callable[[str], dict[str, Any]]]":
    """Give what checks seals against what the home trusts. ``at`` None: the later of now and what the store has seen.

    Raises:
        NotAllowedError: the person uses no passes.
    """
    from bmis.kernel.actor import Permission, require
    from ui.pass_desk import redemption_log
    from ui.seals import checker

    require(session.actor, Permission.USE_PASSES)
    desk = trust_desk(session)
    with checker(desk.stored(), at or desk.checked_at(), redemption_log(session)) as check:
        yield check


def make_demo_data(session: "SignedIn") -> "MakeDemoData":
    """Return what invents travellers in a training home, checked by those checks that need no past."""
    from bmis.crossings.paperwork.demo import MakeDemoData

    place = place_of(session.home, clock_was_set=session.now is not system_clock)
    return MakeDemoData(session.store.write, session.home, lambda: place, session.now)


def people(session: "Session") -> People:
    """Return what manages the people of the session's service."""
    from bmis.staff.change_staff import AddStaff, ResetPassword, list_staff
    from bmis.staff.disable_staff import DisableStaff

    return People(AddStaff(session), DisableStaff(session), lambda: list_staff(session), ResetPassword(session))


def recover_manager(session: "Recovery") -> "RecoverManager":
    """Return what gives an administrator a new password by the sealed passphrase of the session."""
    from bmis.staff.recover_manager import RecoverManager

    return RecoverManager(session)


def verify_audit(session: "Session") -> "VerifyAudit":
    """Return what proves the chain of the session's store."""
    from bmis.staff.verify_audit import VerifyAudit

    return VerifyAudit(session)


def checkpoint_audit(session: "SignedIn") -> "CheckpointAudit":
    """Return what signs the last link of the chain."""
    from bmis.staff.verify_audit import CheckpointAudit

    return CheckpointAudit(session.store.write, session.now)


@contextmanager
def mrz_files(today: date, *, second_opinion: bool = False, codes: bool = False) -> "Iterator[ReadMrzFile]":
    """Give what reads the zones of files for the block; its worker process ends with it."""
    from bmis.capture.file_reader import OWN_READER, PASSPORTEYE, WITH_CODES, FileReader
    from ui.mrz_files import ReadMrzFile

    with FileReader(WITH_CODES if codes else OWN_READER, PASSPORTEYE) as files:
        yield ReadMrzFile(files, today, second_opinion)


@contextmanager
def self_test(home: Path, session: "Session | None", now: Clock) -> "Iterator[SelfTest]":
    """Give what tries every part of this machine."""
    from bmis.capture.own_reader import OwnReader
    from ui.self_test import SelfTest

    reader = OwnReader()
    try:
        yield SelfTest(home, session, reader, now)
    finally:
        reader.close()


def recovery_secret(service: Service, passphrase: str) -> "Secret":
    """Return the recovery passphrase of a service as a secret."""
    from bmis.staff.keep_home import RECOVERY_USER, Secret

    return Secret(service.value, RECOVERY_USER, passphrase)


def back_up_home(sessions: "Sequence[Session]") -> "BackUpHome":
    """Return what copies the open stores into one file."""
    from bmis.staff.keep_home import BackUpHome

    return BackUpHome(sessions, sessions[0].now)


def verify_store(session: "Session") -> "VerifyStore":
    """Return what proves the session's store from its pages to its messages."""
    from bmis.crossings.paperwork.records import RedigestPaperwork
    from bmis.crossings.records.digests import RedigestCrossings
    from bmis.staff.keep_home import VerifyStore

    if session.service is Service.HEALTH:
        from poe_health.clearance.records import RedigestClearances
        from poe_health.events.records import RedigestSignals
        from poe_health.followup.records import RedigestMonitoring
        from poe_health.outbreaks.records import RedigestOutbreaks
        from poe_health.referrals.records import RedigestReferrals
        from poe_health.retention.records import RedigestRetention
        from poe_health.screening.records.digests import RedigestScreenings
        from poe_health.store.records.proofs import RedigestAccess, RedigestSecrets
        from poe_health.surveillance.records import RedigestTallies
        from ui.health_stores import health_proofs
        from ui.health_voyages import voyage_proofs

        followed = (RedigestReferrals(), RedigestMonitoring(), RedigestTallies(), RedigestSignals())
        shared = (RedigestAccess(), RedigestSecrets(), RedigestClearances())
        return VerifyStore(
            session,
            (
                RedigestScreenings(),
                RedigestOutbreaks(),
                RedigestRetention(),
                *followed,
                *shared,
                *health_proofs(),
                *voyage_proofs(),
            ),
        )
    from bmis.flows.mobility.records import RedigestMobility
    from bmis.flows.records.releases import RedigestReleases
    from bmis.flows.records.risk import RedigestRisk
    from bmis.passes.records.digests import RedigestPasses
    from bmis.receipts.records import RedigestMoney
    from bmis.reports.records import RedigestReports
    from bmis.trust.records import RedigestTrust

    kept = (RedigestMoney(), RedigestTrust(), RedigestPasses(), RedigestReports(), RedigestMobility(), RedigestRisk())
    proofs = (RedigestCrossings(), RedigestPaperwork(), RedigestReleases(), *kept)
    return VerifyStore(session, proofs)
