"""Making a home; adding, changing and disabling people."""

import pytest

from bmis.kernel.actor import NotAllowedError, Role
from bmis.staff.change_staff import AddStaff, ChangePassword, ResetPassword, list_staff
from bmis.staff.create_home import TRAINING_WORD, CreateHome, NewHome, joined
from bmis.staff.disable_staff import DisableStaff
from bmis.staff.errors import (
    LastAdministratorError,
    OtherServiceError,
    ReasonMissingError,
    StaffDisabledError,
    StaffUnknownError,
    UserNameError,
)
from bmis.staff.sign_in import OpenRecovery, SignIn
from bmis.staff.verify_audit import VerifyAudit
from bmis.store.border import BORDER
from bmis.store.errors import (
    HomeExistsError,
    PasswordTooShortError,
    StoreDamagedError,
    UserExistsError,
    WrongPasswordError,
)
from bmis.store.home import Home
from bmis.store.keys import KeyRing
from bmis.store.unit import Store
from poe_health.store.health import HEALTH
from tests.conftest import SCHEMAS

LONG = "uma palavra longa"


def live(path, **changed):
    asked = {"post_code": "MZ-1", "lane": "1", "admin_name": "Chefe", "admin_password": LONG, **changed}
    return NewHome(path, **asked)


def door(home, clock):
    return SignIn(home, (BORDER, HEALTH), clock)


def test_a_live_home_has_its_administrator_two_stores_and_halves_of_two_passphrases(tmp_path, clock):
    created = CreateHome(SCHEMAS, clock)(live(tmp_path / "posts" / "home", admin_full_name="Chefe do Posto"))

    assert not created.home.training
    assert sorted(created.recovery_halves) == ["border", "health"]
    with door(created.home, clock)("chefe", LONG) as at_work:
        assert [(one.name, one.full_name, one.role) for one in list_staff(at_work)] == [
            ("chefe", "Chefe do Posto", Role.ADMIN)
        ]
    first, second = created.recovery_halves["health"]
    with OpenRecovery(created.home, clock)(HEALTH, joined(first.lower(), f" {second} ")) as recovery:
        AddStaff(recovery)("saude.chefe", "Chefe da Saúde", Role.HEALTH_SUPERVISOR, LONG)
    with door(created.home, clock)("saude.chefe", LONG) as at_work:
        assert at_work.actor.role is Role.HEALTH_SUPERVISOR
    with pytest.raises(WrongPasswordError):
        OpenRecovery(created.home, clock)(BORDER, joined(first, second))
    assert first not in repr(created)
    assert {path.name for path in (tmp_path / "posts").iterdir()} == {"home"}
    assert (created.home.path.stat().st_mode & 0o777) == 0o700


def test_a_given_recovery_passphrase_is_used_and_not_told_again(tmp_path, clock):
    created = CreateHome(SCHEMAS, clock)(live(tmp_path / "home", recovery={"border": "palavra de socorro"}))

    assert sorted(created.recovery_halves) == ["health"]
    OpenRecovery(created.home, clock)(BORDER, "palavra de socorro").close()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"admin_password": "curta"}, PasswordTooShortError),
        ({"admin_name": "@recovery"}, UserNameError),
        ({"admin_name": ""}, UserNameError),
        ({"recovery": {"health": "curta"}}, PasswordTooShortError),
    ],
)
def test_a_home_that_cannot_be_made_leaves_nothing_behind(tmp_path, clock, changed, refusal):
    with pytest.raises(refusal):
        CreateHome(SCHEMAS, clock)(live(tmp_path / "home", **changed))

    assert list(tmp_path.iterdir()) == []


def test_a_failure_between_the_two_databases_leaves_nothing_behind(tmp_path, clock):
    broken = (SCHEMAS[0], (SCHEMAS[1][0], "bmis.store.nothing_here"))

    with pytest.raises(ImportError):
        CreateHome(broken, clock)(live(tmp_path / "home"))

    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_never_touched(tmp_path, clock):
    (tmp_path / "home").mkdir()
    CreateHome(SCHEMAS, clock)(live(tmp_path / "home"))  # an empty one is taken

    with pytest.raises(HomeExistsError):
        CreateHome(SCHEMAS, clock)(live(tmp_path / "home"))
    (tmp_path / "file").write_text("mine")
    with pytest.raises(HomeExistsError):
        CreateHome(SCHEMAS, clock)(live(tmp_path / "file"))
    assert (tmp_path / "file").read_text() == "mine"


def test_a_new_officer_signs_in(signed_in, training_home, clock):
    added = AddStaff(signed_in(Role.ADMIN))(" Ana.Banze_2 ", "Ana Banze", Role.OFFICER, LONG)

    assert (added.name, added.enabled, added.added_by) == ("ana.banze_2", True, "admin")
    with door(Home.open(training_home), clock)("ANA.banze_2", LONG) as at_work:
        assert at_work.actor.role is Role.OFFICER


@pytest.mark.parametrize("name", ["", "a" * 41, "ana@posto", "ana banze", "joão", "ana/../x", "ana\nb"])
def test_a_user_name_is_plain(signed_in, name):
    with pytest.raises(UserNameError):
        AddStaff(signed_in(Role.ADMIN))(name, "Ana", Role.OFFICER, LONG)


def test_a_name_never_passes_to_another_person(signed_in):
    admin = signed_in(Role.ADMIN)
    DisableStaff(admin)("officer", "left")

    for name in ("officer", "auditor", "screener"):
        with pytest.raises(UserExistsError):
            AddStaff(admin)(name, "Somebody Else", Role.OFFICER, LONG)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMIN, Role.HEALTH_SUPERVISOR}])
def test_only_those_who_manage_people_do(signed_in, role):
    at_work = signed_in(role)
    for attempt in (
        lambda: AddStaff(at_work)("ana", "Ana", Role.OFFICER, LONG),
        lambda: ResetPassword(at_work)("admin", LONG),
        lambda: DisableStaff(at_work)("admin", "because"),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_each_service_manages_its_own_people(signed_in):
    admin, health = signed_in(Role.ADMIN), signed_in(Role.HEALTH_SUPERVISOR)

    with pytest.raises(OtherServiceError):
        AddStaff(admin)("ana", "Ana", Role.SCREENER, LONG)
    with pytest.raises(OtherServiceError):
        AddStaff(health)("ana", "Ana", Role.OFFICER, LONG)
    with pytest.raises(StaffUnknownError):
        DisableStaff(admin)("screener", "because")
    with pytest.raises(StaffUnknownError):
        ResetPassword(health)("officer", LONG)
    assert AddStaff(health)("ana", "Ana", Role.CLINICIAN, LONG).role is Role.CLINICIAN
    assert {one.role for one in list_staff(health)} <= {
        Role.SCREENER,
        Role.CLINICIAN,
        Role.HEALTH_SUPERVISOR,
        Role.EPIDEMIOLOGIST,
    }


def test_who_may_read_the_list(signed_in):
    for role in (Role.ADMIN, Role.SUPERVISOR, Role.AUDITOR, Role.EPIDEMIOLOGIST):
        assert list_staff(signed_in(role))
    with pytest.raises(NotAllowedError):
        list_staff(signed_in(Role.OFFICER))


def test_a_changed_password_opens_and_the_old_one_does_not(signed_in, training_home, clock):
    with signed_in(Role.OFFICER) as at_work:
        with pytest.raises(WrongPasswordError):
            ChangePassword(at_work)("not mine", LONG)
        with pytest.raises(PasswordTooShortError):
            ChangePassword(at_work)(TRAINING_WORD, "abc")
        ChangePassword(at_work)(TRAINING_WORD, LONG)

    with pytest.raises(WrongPasswordError):
        signed_in(Role.OFFICER)
    door(Home.open(training_home), clock)("officer", LONG).close()


def test_a_forgotten_password_is_reset_and_what_was_signed_before_still_proves(signed_in, training_home, clock):
    with signed_in(Role.OFFICER) as at_work, at_work.store.write() as unit:
        unit.audit.checkpoint(clock())
        unit.commit()
    admin = signed_in(Role.ADMIN)
    ResetPassword(admin)("officer", LONG)

    with pytest.raises(WrongPasswordError):
        signed_in(Role.OFFICER)
    door(Home.open(training_home), clock)("officer", LONG).close()
    assert ("officer", VerifyAudit(admin)().last_checkpoint.public_key) in VerifyAudit(admin)().signers


def test_another_role_comes_with_a_new_password(signed_in, training_home, clock):
    admin = signed_in(Role.ADMIN)
    ResetPassword(admin)("officer", LONG, Role.SUPERVISOR)

    with door(Home.open(training_home), clock)("officer", LONG) as at_work:
        assert at_work.actor.role is Role.SUPERVISOR
    assert KeyRing.load(admin.home).find("border", "officer").role == "supervisor"
    with pytest.raises(OtherServiceError):
        ResetPassword(admin)("officer", LONG, Role.SCREENER)
    with pytest.raises(LastAdministratorError):
        ResetPassword(admin)("admin", LONG, Role.OFFICER)


def test_the_last_administrator_stays(signed_in):
    admin = signed_in(Role.ADMIN)
    with pytest.raises(LastAdministratorError):
        DisableStaff(admin)("admin", "because")
    with pytest.raises(LastAdministratorError):
        DisableStaff(signed_in(Role.HEALTH_SUPERVISOR))("health-supervisor", "because")

    AddStaff(admin)("outro", "Outro", Role.ADMIN, LONG)
    DisableStaff(admin)("admin", "handed over")


def test_disabling_needs_a_reason_and_somebody_to_disable(signed_in):
    admin = signed_in(Role.ADMIN)
    with pytest.raises(ReasonMissingError):
        DisableStaff(admin)("officer", " ")
    with pytest.raises(StaffUnknownError):
        DisableStaff(admin)("nobody", "because")
    DisableStaff(admin)("officer", "because")
    with pytest.raises(StaffDisabledError):
        DisableStaff(admin)("officer", "because")
    with pytest.raises(StaffDisabledError):
        ResetPassword(admin)("officer", LONG)


def test_the_key_of_a_leaver_opens_nothing_and_the_administrator_works_on(signed_in, training_home, clock):
    admin = signed_in(Role.ADMIN)
    old, write = admin.data_key, admin.store.write

    assert DisableStaff(admin)("officer", "left").owed is None

    assert admin.data_key != old
    with write() as unit:
        unit.audit.checkpoint(clock())
        unit.commit()
    with pytest.raises(StoreDamagedError):
        Store.open(admin.home, BORDER, (old,), clock, "x", None)
    assert KeyRing.load(admin.home).find("border", "officer") is None
    admin.close()
    assert signed_in(Role.SUPERVISOR).actor.name == "supervisor"
    OpenRecovery(Home.open(training_home), clock)(BORDER, TRAINING_WORD).close()


def test_where_others_are_at_work_the_access_ends_and_the_new_key_follows(signed_in, training_home, clock):
    other, admin = signed_in(Role.SUPERVISOR), signed_in(Role.ADMIN)
    old = admin.data_key

    assert DisableStaff(admin)("officer", "left").owed == "BMIS-022"

    with pytest.raises(WrongPasswordError):
        signed_in(Role.OFFICER)
    with other.store.read():
        pass
    other.close()
    admin.close()
    signed_in(Role.SUPERVISOR).close()  # not hers to do
    admin = signed_in(Role.ADMIN)
    assert admin.data_key != old
    assert admin.data_key == signed_in(Role.ADMIN).data_key  # and only once
