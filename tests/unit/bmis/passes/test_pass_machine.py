"""Whatever people do in whatever order: one pass a person, no serial twice, every step an event, everything proves."""

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bmis.kernel.errors import BmisError
from bmis.passes.applicant import PassPhoto
from bmis.passes.lifecycle import HELD, NOT_GOOD, UNDER_WAY
from bmis.passes.records.digests import RedigestPasses
from bmis.receipts.records import RedigestMoney
from bmis.store.border import BORDER, MIGRATIONS
from bmis.store.engine import open_engine
from bmis.store.home import Home
from bmis.store.migrate import migrate
from bmis.store.unit import Store
from bmis.store.verify import verify_store
from bmis.trust.records import RedigestTrust
from tests.unit.bmis.passes.pass_office import CHIEF, CLERK, JPEG, OTHER_CHIEF, START, YES, Office, attested, others

KEY = bytes(range(32))
WHO = st.integers(0, 2)
PICK = st.integers(0, 50)


@cache
def built_home():
    folder = Path(tempfile.mkdtemp(prefix="bmis-passes-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = Home.create(folder / "home", post_code="MZ.T.ZOB", lane="1", training=True)
    engine = open_engine(home.database(BORDER.file_name), KEY, create=True)
    migrate(engine, MIGRATIONS)
    engine.dispose()
    return home.path


class PassOffice(RuleBasedStateMachine):
    """Three people, two officers, any order."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="bmis-machine-"))
        path = Path(shutil.copytree(built_home(), self.folder / "home"))
        signer = Ed25519PrivateKey.generate()
        self.office = None
        store = Store.open(
            Home.open(path),
            BORDER,
            (KEY,),
            lambda: self.office.at if self.office else START,
            "pass-officer",
            signer,
        )
        self.office = Office(store)
        self.serials = []

    def teardown(self):
        verify_store(self.office.store, [RedigestPasses(), RedigestMoney(), RedigestTrust()])
        self.office.store.close()
        shutil.rmtree(self.folder)

    def tries(self, act):
        """Do it, or be refused with a typed error that leaves nothing behind."""
        before = len(self.office.kinds())
        try:
            return act()
        except BmisError:
            assert len(self.office.kinds()) == before
            return None

    def pass_(self, pick):
        found = self.office.show.listed(CLERK)
        return found[pick % len(found)][0] if found else None

    def application(self, pick):
        found = self.office.application.listed(CLERK)
        return found[pick % len(found)] if found else None

    @initialize()
    def three_people_have_passes(self):
        for who in range(3):
            self.somebody_gets_a_pass(who)

    @rule(who=WHO)
    def somebody_gets_a_pass(self, who):
        self.somebody_applies(who)
        self.all_at_once(0)

    @rule(who=WHO)
    def somebody_applies(self, who):
        fresh = attested(on=self.office.at.date())
        asked = replace(others(who), attestations=(fresh,))
        self.tries(lambda: self.office.apply(self.office.asks(asked, request_id=uuid4()), CLERK))

    @rule(pick=PICK, chief=st.sampled_from([CHIEF, OTHER_CHIEF]))
    def it_is_approved(self, pick, chief):
        if one := self.application(pick):
            self.tries(lambda: self.office.approve(one.id, chief, accepted={"*"}, reason="visto"))

    @rule(pick=PICK)
    def it_is_rejected(self, pick):
        if one := self.application(pick):
            self.tries(lambda: self.office.reject(one.id, "OTHER", "não convence", CHIEF))

    @rule(pick=PICK)
    def it_is_taken_back_or_photographed(self, pick):
        if one := self.application(pick):
            if pick % 2:
                self.tries(lambda: self.office.reject.withdraw(one.id, CLERK))
            else:
                self.tries(lambda: self.office.attest.photo(one.id, PassPhoto(JPEG + bytes([pick])), CLERK))

    @rule(pick=PICK)
    def it_is_made(self, pick):
        if one := self.application(pick):
            made = self.tries(lambda: self.office.produce(one.id, CLERK))
            if made is not None and made.border_pass.serial not in self.serials:
                self.serials.append(made.border_pass.serial)

    @rule(pick=PICK)
    def it_is_handed_over(self, pick):
        if one := self.application(pick):
            self.tries(lambda: self.office.hand_over(one.id, YES, CLERK))

    @rule(pick=PICK)
    def all_at_once(self, pick):
        if one := self.application(pick):
            fresh = attested("Chefe da Localidade", on=self.office.at.date())
            self.tries(lambda: self.office.attest(one.id, fresh, CLERK))
            self.tries(lambda: self.office.approve(one.id, CHIEF, accepted={"*"}, reason="visto"))
            self.it_is_made(pick)
            self.it_is_handed_over(pick)

    @rule(pick=PICK)
    def it_comes_out_wrong(self, pick):
        if one := self.pass_(pick):
            self.tries(lambda: self.office.spoil(one.number, "torto", CLERK))

    @rule(pick=PICK, what=st.sampled_from(["lost", "stolen", "damaged", "surrendered", "deceased"]))
    def something_is_told(self, pick, what):
        if one := self.pass_(pick):
            self.tries(lambda: self.office.report(one.number, what, "participado", CLERK))

    @rule(pick=PICK, hours=st.sampled_from([1, 72, 500]))
    def it_is_suspended(self, pick, hours):
        if one := self.pass_(pick):
            self.tries(lambda: self.office.suspend(one.number, "averiguação", CHIEF, hours=hours))

    @rule(pick=PICK)
    def it_is_reinstated(self, pick):
        if one := self.pass_(pick):
            self.tries(lambda: self.office.reinstate(one.number, "esclarecido", CHIEF))

    @rule(pick=PICK)
    def it_is_revoked(self, pick):
        if one := self.pass_(pick):
            self.tries(lambda: self.office.revoke(one.number, "declaração falsa", CHIEF))

    @rule(pick=PICK)
    def somebody_objects(self, pick):
        one = self.pass_(pick) if pick % 3 else self.application(pick)
        if one is not None:
            self.tries(lambda: self.office.object_to(one.number, "não concordo", CLERK))

    @rule(pick=PICK, upheld=st.booleans())
    def an_appeal_is_decided(self, pick, upheld):
        if one := self.pass_(pick) if pick % 3 else self.application(pick):
            signed = self.office.signed("pass.appeal", one.id, OTHER_CHIEF)
            self.tries(lambda: self.office.appeal(one.number, upheld, "recurso", OTHER_CHIEF, signed))

    @rule(pick=PICK, renewal=st.booleans())
    def another_is_asked_for(self, pick, renewal):
        if one := self.pass_(pick):
            verb = self.office.renew if renewal else self.office.replace
            if self.tries(lambda: verb(one.number, "outro", CLERK)) is not None and pick % 2:
                self.all_at_once(0)

    @rule(pick=PICK, direction=st.sampled_from(["ENTRY", "EXIT"]))
    def it_is_used(self, pick, direction):
        if one := self.pass_(pick):
            self.tries(lambda: self.office.crosses(one, direction))

    @rule(days=st.sampled_from([0.1, 3, 40, 340, 400]))
    def time_goes_by(self, days):
        self.office.wait(days=days)

    @precondition(lambda self: self.serials)
    @rule()
    def time_is_written_down(self):
        self.office.settle(CLERK)
        assert self.office.settle(CLERK) == 0

    @invariant()
    def one_pass_and_one_application_a_person(self):
        held = [one.person_id for one, _ in self.office.show.listed(CLERK) if one.state in HELD]
        waiting = [one.person_id for one in self.office.application.listed(CLERK) if one.state in UNDER_WAY]
        assert len(held) == len(set(held))
        assert len(waiting) == len(set(waiting))

    @invariant()
    def no_serial_twice_and_none_missing(self):
        kept = sorted(one.serial for one, _ in self.office.show.listed(CLERK))
        assert kept == sorted(self.serials) == list(range(1, len(kept) + 1))
        assert all(account.adds_up for account in self.office.accounts(CLERK))

    @invariant()
    def the_list_of_seals_says_what_the_passes_say(self):
        wrong = {one.serial for one, _ in self.office.show.listed(CLERK) if one.state in NOT_GOOD}
        assert set(self.office.withdrawn()) == wrong == set(self.office.listed())


TestPassOffice = PassOffice.TestCase
TestPassOffice.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
