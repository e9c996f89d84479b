"""Who may see what: the border's people nothing, each role of health its part; every opened name is on record."""

from dataclasses import replace
from datetime import timedelta

import pytest
from health_shift import DAY, GIVEN, NOW, PERSON, ebola, feverish, harmless, well

from bmis.kernel.actor import Actor, NotAllowedError, Permission, Role, Service, service_of
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.engine import open_engine
from bmis.store.errors import StoreDamagedError, WrongPasswordError
from bmis.store.home import Home
from bmis.store.keys import KeyRing
from bmis.store.unit import schema_of
from poe_health.retention import policy
from poe_health.screening.errors import ErasedError, GlassReasonError
from poe_health.screening.record import Secondary
from poe_health.store.health import HEALTH
from poe_health.store.records.access import AccessKind
from ui.compose import verify_store
from ui.compose_health import health_desk

BORDER_ROLES = [role for role in Role if service_of(role) is Service.BORDER]
REASON = "The district asks who the contact was"


@pytest.fixture
def case(at_health):
    clinician = at_health(Role.CLINICIAN)
    return clinician.record(ebola(), clinician.session.actor).view


@pytest.mark.parametrize("role", BORDER_ROLES)
def test_the_border_s_people_have_no_health_desk(signed_in, role):
    with pytest.raises(NotAllowedError):
        health_desk(signed_in(role))


@pytest.mark.parametrize("role", BORDER_ROLES)
def test_no_use_case_of_health_answers_somebody_of_the_border(at_health, case, role):
    desk, stranger = at_health(Role.CLINICIAN), Actor("x", role)
    acts = (
        lambda: desk.show(case.id, stranger),
        lambda: desk.show.break_glass(case.id, REASON, stranger),
        lambda: desk.record(well(), stranger),
        lambda: desk.screenings.waiting(stranger),
        lambda: desk.screenings.of_day(DAY, stranger),
        lambda: desk.screenings.facts(DAY, stranger),
        lambda: desk.screenings.of_voyage("x", stranger),
        lambda: desk.cholera.answers(case.id, stranger),
        lambda: desk.void(case.id, REASON, stranger),
        lambda: desk.amend(case.id, ebola(), REASON, stranger),
        lambda: desk.retention.due(stranger),
        lambda: desk.retention(stranger),
    )

    for act in acts:
        with pytest.raises(NotAllowedError):
            act()


@pytest.mark.parametrize("role", BORDER_ROLES)
def test_no_key_of_the_border_opens_the_file_of_health(signed_in, case, training_home, role):
    home = Home.open(training_home)
    border_key = signed_in(role).data_key

    engine = open_engine(home.database(HEALTH.file_name), border_key)
    with pytest.raises(StoreDamagedError):
        schema_of(engine)
    engine.dispose()
    assert KeyRing.load(home).find(Service.HEALTH.value, role.value) is None
    with pytest.raises(WrongPasswordError):
        KeyRing.load(home).open(Service.HEALTH.value, role.value, TRAINING_WORD)


def test_no_permission_on_health_records_belongs_to_a_border_role():
    clinical = {
        Permission.SCREEN_HEALTH,
        Permission.EXAMINE_TRAVELLER,
        Permission.READ_HEALTH_RECORDS,
        Permission.READ_HEALTH_NAMES,
        Permission.READ_HEALTH_COUNTS,
        Permission.BREAK_HEALTH_GLASS,
        Permission.APPLY_RETENTION,
    }

    for role in BORDER_ROLES:
        assert not [one for one in clinical if Actor("x", role).may(one)], role


def test_the_raw_file_names_nobody(at_health, case, training_home):
    raw = b"".join(path.read_bytes() for path in training_home.iterdir() if path.is_file())

    for word in ("UTOPIANO", "UT7654321", "BURIAL", "+258840000001", "Bairro"):
        assert word.encode() not in raw


def test_message_and_record_carry_no_name_no_answer_and_no_temperature(at_health, case):
    desk = at_health(Role.CLINICIAN)
    with desk.session.store.read() as unit:
        sent = unit.connection.exec_driver_sql("SELECT group_concat(payload) FROM outbox").scalar()
        kept = unit.connection.exec_driver_sql("SELECT group_concat(payload) FROM screening").scalar()

    assert str(case.id) in sent
    for word in ("UTOPIANO", "UT7654321", "BURIAL", "HEADACHE", "38.6"):
        assert word not in sent + kept, word


def test_a_screener_sees_a_case_s_state_and_neither_answers_nor_name(at_health, case):
    desk = at_health(Role.SCREENER)

    shown = desk.show(case.id, desk.session.actor)

    assert (shown.clinical, shown.person, shown.hidden) == (None, None, {"clinical", "person"})


def test_an_epidemiologist_sees_answers_under_a_pseudonym(at_health, case):
    desk = at_health(Role.EPIDEMIOLOGIST)

    shown = desk.show(case.id, desk.session.actor)

    assert shown.clinical is not None
    assert (shown.person, shown.hidden) == (None, {"person"})
    assert len(shown.clinical.pseudonym) == 64


def test_the_same_document_has_the_same_pseudonym_and_nobody_can_compute_it_from_the_number(at_health):
    desk = at_health(Role.CLINICIAN)
    typed_otherwise = harmless(person=replace(PERSON, document_number="ut 765-4321"))
    ids = [desk.record(request, desk.session.actor).view.id for request in (ebola(), typed_otherwise)]
    other = desk.record(ebola(person=replace(PERSON, document_number="UT1")), desk.session.actor).view.id

    one, two, three = (desk.show(each, desk.session.actor).clinical.pseudonym for each in (*ids, other))

    assert one == two != three


def test_each_opened_name_is_on_record_and_a_record_without_one_is_not(at_health, case):
    clinician, watcher = at_health(Role.CLINICIAN), at_health(Role.EPIDEMIOLOGIST)
    unnamed = clinician.record(feverish(), clinician.session.actor).view

    assert clinician.show(case.id, clinician.session.actor).person == PERSON
    clinician.show(unnamed.id, clinician.session.actor)
    watcher.show(case.id, watcher.session.actor)

    (entry,) = watcher.access_log(NOW - timedelta(days=1), watcher.session.actor)
    assert (entry.kind, entry.record_id, entry.by) == (AccessKind.READ, case.id, "clinician")
    with pytest.raises(NotAllowedError):
        clinician.access_log(NOW, clinician.session.actor)


def test_the_glass_breaks_with_a_reason_and_the_supervisor_sees_it(at_health, case):
    desk, supervisor = at_health(Role.EPIDEMIOLOGIST), at_health(Role.HEALTH_SUPERVISOR)

    with pytest.raises(GlassReasonError):
        desk.show.break_glass(case.id, "curious", desk.session.actor)
    with pytest.raises(NotAllowedError):
        supervisor.show.break_glass(case.id, REASON, supervisor.session.actor)
    shown = desk.show.break_glass(case.id, REASON, desk.session.actor)

    assert shown.person == PERSON
    (entry,) = supervisor.access_log(NOW - timedelta(days=1), supervisor.session.actor)
    assert (entry.kind, entry.by, entry.reason) == (AccessKind.GLASS, "epidemiologist", REASON)
    assert verify_store(supervisor.session)().chain.rows > 0


@pytest.fixture
def later(training_home):
    """Signs the health supervisor in so many days later."""
    at_work = []

    def sign_in(days):
        session = SignIn(Home.open(training_home), (BORDER, HEALTH), lambda: NOW + timedelta(days=days))(
            "health-supervisor", TRAINING_WORD
        )
        at_work.append(session)
        return health_desk(session)

    yield sign_in
    for session in at_work:
        session.close()


def cleared():
    return harmless(secondary=Secondary(consent=GIVEN, risk_level="LOW", disposition="CLEARED"))


def test_answers_go_when_their_time_is_over_and_counts_and_proofs_stay(at_health, later):
    clinician = at_health(Role.CLINICIAN)
    by = clinician.session.actor
    primary, opened, ended = (clinician.record(one, by).view.id for one in (feverish(), ebola(), cleared()))
    facts = clinician.screenings.facts(DAY, by)
    desk = later(31)
    actor = desk.session.actor

    assert later(30).retention.due(actor).due == {}
    assert desk.retention.due(actor).due == {"PRIMARY_ANSWERS": 1, "SECONDARY_CLEARED": 1}
    run = desk.retention(actor)

    assert run.taken == {"PRIMARY_ANSWERS": 1, "SECONDARY_CLEARED": 1}
    assert desk.retention.due(actor).last == run
    assert desk.retention(actor).taken == {}
    assert desk.show(primary, actor).clinical is None
    assert desk.show(ended, actor).person is None
    assert desk.show(ended, actor).clinical is not None  # pseudonymised
    assert desk.show(opened, actor).person == PERSON
    assert desk.screenings.facts(DAY, actor) == facts
    assert verify_store(desk.session)().records >= 3


def test_what_was_erased_is_not_corrected(at_health, later):
    clinician = at_health(Role.CLINICIAN)
    primary = clinician.record(feverish(), clinician.session.actor).view.id
    desk = later(31)
    desk.retention(desk.session.actor)

    with pytest.raises(ErasedError):
        desk.amend(primary, well(), "The answers were another's", desk.session.actor)


def test_a_part_that_vanishes_without_an_event_is_seen(at_health, case):
    from bmis.store.errors import RecordChangedError

    desk = at_health(Role.HEALTH_SUPERVISOR)
    with desk.session.store.write() as unit:
        unit.connection.exec_driver_sql("DELETE FROM health_part WHERE part = 'person'")
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(desk.session)()


def test_an_erased_answer_is_on_no_page_of_the_file(at_health, later, tmp_path):
    clinician = at_health(Role.CLINICIAN)
    clinician.record(cleared(), clinician.session.actor)
    desk = later(31)
    desk.retention(desk.session.actor)

    with desk.session.store.read() as unit:
        rows = unit.connection.exec_driver_sql("SELECT group_concat(content) FROM health_part").scalar()
        erased_over = unit.connection.exec_driver_sql("PRAGMA secure_delete").scalar()

    assert "UTOPIANO" not in rows
    assert erased_over == 1


def test_the_rules_of_retention_are_dated_and_name_only_what_there_is():
    rules, version = policy.retention_rules()

    assert version.valid_from.year == 2026
    assert {rule.code for rule in rules} >= {"PRIMARY_ANSWERS", "SECONDARY_CLEARED", "SECONDARY_FOLLOWED"}
    assert not any(rule.fits("secondary", None) for rule in rules)
    assert not any(rule.fits("secondary", "ISOLATED") for rule in rules)


def test_only_the_supervisor_applies_them(at_health):
    for role in (Role.SCREENER, Role.CLINICIAN, Role.EPIDEMIOLOGIST):
        desk = at_health(role)
        with pytest.raises(NotAllowedError):
            desk.retention(desk.session.actor)
