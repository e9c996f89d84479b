"""An office that gives out passes, with a clock that the test moves and a seal that the test makes."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from bmis.documents.dates import PartialDate
from bmis.kernel.actor import Actor, Role
from bmis.kernel.identifiers import new_id
from bmis.passes.allocate_serials import AccountSerials, AllocateSerials, SpoilSerial
from bmis.passes.appeals import DecideAppeal, LodgeAppeal, ReadAppeals
from bmis.passes.applicant import Applicant, Attestation, Dependant, PassPhoto, PassRequest, Who
from bmis.passes.apply_pass import ApplyPass, FindHolder
from bmis.passes.change_pass import ReinstatePass, ReportPass, RevokePass, SettlePasses, SuspendPass
from bmis.passes.decide_application import ApproveApplication, AttestApplication, RejectApplication
from bmis.passes.hand_over_pass import (
    ChildConsent,
    ChildEvidence,
    ChildRelation,
    Consent,
    ConsentForm,
    HandOverPass,
    charge_of,
)
from bmis.passes.produce_pass import ProducePass, SpoilPass
from bmis.passes.read_passes import ForgetHolder, ShowApplication, ShowPass, UsesOfSerial, WithdrawnSerials
from bmis.passes.renew_pass import RenewPass, ReplacePass
from bmis.passes.schemes import scheme
from bmis.passes.statistics import CountPasses
from bmis.passes.use_pass import ExaminePass, PassLane, ReadPass, UsePass
from bmis.receipts.give_receipt import CancelReceipt, GiveReceipt
from bmis.staff.approval import Approval
from bmis.trust.seal_status import SealStatus

START = datetime(2026, 11, 22, 8, 0, 0, 123456, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0" + b"UTOPIAN-FACE" * 20
YES = Consent(ConsentForm.THUMB, "ny", identity_checked=True, agreed=True)
CLERK, CHIEF = Actor("pass-officer", Role.PASS_OFFICER), Actor("supervisor", Role.SUPERVISOR)
OTHER_CHIEF = Actor("other-chief", Role.SUPERVISOR)
OFFICER, AUDITOR = Actor("officer", Role.OFFICER), Actor("auditor", Role.AUDITOR)


def applicant(**given):
    known = {
        "surname": "Chissano",
        "given_names": "Ana Specimen",
        "birth_date": PartialDate.parse("1990-05-12"),
        "sex": "F",
        "village": "Biriwiri",
        "id_number": "110100234567B",
    }
    return Applicant(**known | given)


def attested(name="Régulo Espécime", on=date(2026, 11, 20), **more):
    return Attestation(name, "village_head", on, **more)


def child(number=1, born="2018-03-02"):
    return Dependant("Chissano", f"Criança {'ABCDEFGH'[number]}", PartialDate.parse(born), "M")


@dataclass
class TestSeals:
    """Makes texts that are no seals; what it was asked is kept. ``fails`` breaks it."""

    __test__ = False
    asked: list = field(default_factory=list)
    fails: Exception | None = None

    def issue(self, unit, facts, by, at):
        if self.fails is not None:
            raise self.fails
        self.asked.append(facts)
        return f"SEAL OF {facts.serial} {facts.surname}"


@dataclass
class Office:
    """Everything that people do with passes, in few words."""

    store: object
    at: datetime = START
    seals: TestSeals = field(default_factory=TestSeals)

    def __post_init__(self):
        store = self.store
        home, write, read, now = store.home, store.write, store.read, self.now
        self.home = home
        self.apply = ApplyPass(write, home, now)
        self.find = FindHolder(read)
        self.attest = AttestApplication(write, now)
        self.approve = ApproveApplication(write, now)
        self.reject = RejectApplication(write, home, now)
        self.allocate = AllocateSerials(write, home, now)
        self.spoil_blank = SpoilSerial(write, now)
        self.accounts = AccountSerials(read)
        self.produce = ProducePass(write, home, self.seals, store_clock := (lambda: False), now)
        self.spoil = SpoilPass(write, now)
        self.receipt = GiveReceipt(write, home, now)
        self.cancel_receipt = CancelReceipt(write, now)
        self.hand_over = HandOverPass(write, self.receipt, store_clock, now)
        self.suspend = SuspendPass(write, home, now)
        self.reinstate = ReinstatePass(write, now)
        self.revoke = RevokePass(write, home, now)
        self.object_to = LodgeAppeal(write, now)
        self.appeal = DecideAppeal(write, home, now)
        self.appeals = ReadAppeals(read, now)
        self.report = ReportPass(write, now)
        self.settle = SettlePasses(write, now)
        self.renew = RenewPass(write, home, now)
        self.replace = ReplacePass(write, home, now)
        self.show = ShowPass(read, now)
        self.application = ShowApplication(read)
        self.withdrawn = WithdrawnSerials(read)
        self.uses = UsesOfSerial(read, now)
        self.forget = ForgetHolder(write, now, timedelta(days=365))
        self.examine = ExaminePass(read, home, now)
        self.use = UsePass(write, home)
        self.lane = PassLane(self.examine)
        self.count = CountPasses(read, now)

    def now(self):
        return self.at

    def wait(self, **time):
        self.at += timedelta(**time)

    def asks(self, who=None, **more):
        who = who or Who(applicant(), (), (attested(on=self.at.date() - timedelta(days=2)),))
        known = {"request_id": uuid4(), "scheme": "MZ-MW", "who": who, "purpose": "trade", "photo": PassPhoto(JPEG)}
        return PassRequest(**known | more)

    def takes(self, who=None, **more):
        return self.apply(self.asks(who, **more), CLERK).application

    def approved(self, who=None, **more):
        return self.approve(self.takes(who, **more).id, CHIEF).application

    def issues(self, application, receipt=None):
        self.produce(application.id, CLERK)
        return self.hand_over(application.id, self.agreed(), CLERK, receipt).border_pass

    def agreed(self):
        """The holder agrees, and so does the mother of whatever child is on the pass."""
        mother = ChildConsent("Chissano Beatriz", ChildRelation.MOTHER, ChildEvidence.WORD, self.at.date())
        return replace(YES, for_children=mother)

    def active(self, who=None, **more):
        return self.issues(self.approved(who, **more))

    def charge(self, application):
        return charge_of(application, scheme(application.scheme, self.at.date()))

    def signed(self, action, subject, by=CLERK, second="supervisor"):
        return Approval(new_id(self.at), action, subject, by.name, second, None, b"k" * 32, b"s" * 64)

    def state(self, one):
        return self.show(one.number, CLERK).state.value

    def sees(self, one, direction="EXIT", answer="valid", goods=(), **more):
        read = ReadPass("MZMW", str(one.serial), answer, one.validity.first, one.validity.last, **more)
        return self.examine(read, direction, OFFICER, goods)

    def crosses(self, one, direction):
        return self.use(self.sees(one, direction), OFFICER)

    def listed(self):
        """Return the serials that the list of revoked seals has now."""
        with self.store.read() as unit:
            status = SealStatus(unit)
            known = [one.serial for one, _ in self.show.listed(CLERK)]
            return tuple(sorted(serial for serial in known if status.is_listed(serial)))

    def kinds(self):
        with self.store.read() as unit:
            asked = "SELECT kind FROM pass_event ORDER BY seq"
            return [row[0] for row in unit.connection.exec_driver_sql(asked)]


def person(number, **given):
    """Return somebody else, by number: the name has another sound for each."""
    sounds = "BDFGKLMNPST"
    name = "".join(sounds[number // 11**place % 11] + "a" for place in range(4))
    return applicant(surname=f"Uto{name}", given_names=f"Esp{name[::-1]}", id_number=f"1101{number:08d}B", **given)


def others(number, **given):
    return Who(person(number, **given), (), (attested(),))
