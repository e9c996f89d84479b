"""Settings of the post, dated, on a real encrypted file."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import inspect, select

from bmis.kernel.actor import Actor, NotAllowedError, Role
from bmis.kernel.clock import fixed_clock
from bmis.kernel.identifiers import new_id
from bmis.posts.errors import PostSettingError
from bmis.posts.post_setting import OpeningState, PostSetting, SettingName, parse_value, settings_on
from bmis.posts.read_post_settings import ReadPostSettings
from bmis.posts.records import PostSettingRow
from bmis.posts.set_post_setting import SetPostSetting
from bmis.store.border import MIGRATIONS
from bmis.store.engine import open_engine
from bmis.store.home import Home
from bmis.store.migrate import migrate
from bmis.store.records import AuditRow, OutboxRow
from bmis.store.unit import UnitOfWork

NOW = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CHIEF = Actor("amelia.sitoe", Role.SUPERVISOR)


@pytest.fixture
def engine(tmp_path):
    engine = open_engine(tmp_path / "border.db", b"k" * 32, create=True)
    migrate(engine, MIGRATIONS, to="0002")
    yield engine
    engine.dispose()


@pytest.fixture
def unit(engine, tmp_path):
    home = Home(tmp_path, "MZ.L.RSG", "1", "MZ.L.RSG-1-0000", training=True)
    return lambda write=True: UnitOfWork(engine, home, None, "amelia.sitoe", write=write)


@pytest.fixture
def say(unit):
    return SetPostSetting(unit, fixed_clock(NOW))


@pytest.fixture
def read(unit):
    return ReadPostSettings(lambda: unit(write=False))


def setting(name, value, valid_from=TODAY, valid_to=None, reason="Escala de Novembro"):
    return PostSetting(new_id(NOW), name, value, valid_from, valid_to, "amelia.sitoe", reason)


def test_a_new_post_is_known_for_nothing(read):
    held = read(TODAY)
    assert held.single_officer is False
    assert held.records_complete_since is None
    assert held.opening_state is None
    assert not held.records_complete_for(TODAY)


def test_one_officer_alone_at_night_is_dated(say, read):
    say(
        SettingName.SINGLE_OFFICER,
        True,
        valid_from=date(2026, 11, 23),
        valid_to=date(2026, 11, 25),
        reason="Licença do colega",
        by=CHIEF,
    )
    alone = [read(date(2026, 11, day)).single_officer for day in range(22, 27)]
    assert alone == [False, True, True, True, False]


def test_what_is_said_later_wins_and_what_was_said_stays(say, read):
    say(SettingName.OPENING_STATE, OpeningState.CLOSED, valid_from=TODAY, reason="Cheia", by=CHIEF)
    say(SettingName.OPENING_STATE, OpeningState.RESTRICTED, valid_from=TODAY, reason="Ponte a um sentido", by=CHIEF)
    assert read(TODAY).opening_state is OpeningState.RESTRICTED
    assert [said.value for said in read.history()] == [OpeningState.CLOSED, OpeningState.RESTRICTED]


def test_complete_records_are_known_from_their_day_only(say, read):
    complete = date(2026, 6, 1)
    say(SettingName.RECORDS_COMPLETE_SINCE, complete, valid_from=complete, reason="Livros digitados", by=CHIEF)
    held = read(TODAY)
    assert held.records_complete_since == complete
    assert held.records_complete_for(date(2026, 6, 1))
    assert not held.records_complete_for(date(2026, 5, 31))


def test_complete_records_can_be_taken_back_to_unknown(say, read):
    complete = date(2026, 6, 1)
    say(SettingName.RECORDS_COMPLETE_SINCE, complete, valid_from=complete, reason="Livros digitados", by=CHIEF)
    say(SettingName.RECORDS_COMPLETE_SINCE, None, valid_from=complete, reason="Falta um livro", by=CHIEF)
    assert read(TODAY).records_complete_since is None


def test_a_setting_comes_with_its_audit_link_and_its_message(say, engine):
    said = say(SettingName.SINGLE_OFFICER, True, valid_from=TODAY, reason="  Escala ", by=CHIEF)
    with engine.connect() as connection:
        audit = connection.execute(select(AuditRow.event_id, AuditRow.kind, AuditRow.by)).one()
        message = connection.execute(select(OutboxRow.event_id, OutboxRow.kind)).one()
    assert audit == (said.id, "post.setting_changed", "amelia.sitoe")
    assert message == (said.id, "post.setting_changed")
    assert said.recorded_at == NOW
    assert said.reason == "Escala"


def test_an_officer_of_the_lane_cannot_change_the_post(say, read):
    with pytest.raises(NotAllowedError):
        say(SettingName.SINGLE_OFFICER, True, valid_from=TODAY, reason="x", by=Actor("joao", Role.OFFICER))
    assert read.history() == ()


def test_a_setting_needs_a_reason(say, read):
    with pytest.raises(PostSettingError) as caught:
        say(SettingName.SINGLE_OFFICER, True, valid_from=TODAY, reason="  ", by=CHIEF)
    assert caught.value.facts == {"setting": "single_officer", "field": "reason"}
    assert read.history() == ()


def test_a_setting_cannot_end_before_it_begins():
    with pytest.raises(PostSettingError) as caught:
        setting(SettingName.SINGLE_OFFICER, True, valid_to=date(2026, 11, 21))
    assert caught.value.facts["field"] == "valid_to"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (SettingName.SINGLE_OFFICER, "yes"),
        (SettingName.SINGLE_OFFICER, TODAY),
        (SettingName.RECORDS_COMPLETE_SINCE, True),
        (SettingName.RECORDS_COMPLETE_SINCE, NOW),
        (SettingName.OPENING_STATE, "open"),
    ],
)
def test_a_value_of_another_kind_is_refused(name, value):
    with pytest.raises(PostSettingError):
        setting(name, value)


@pytest.mark.parametrize(
    ("name", "untrusted_value"),
    [
        (SettingName.SINGLE_OFFICER, 1),
        (SettingName.SINGLE_OFFICER, "true"),
        (SettingName.RECORDS_COMPLETE_SINCE, "2026-02-30"),
        (SettingName.RECORDS_COMPLETE_SINCE, False),
        (SettingName.OPENING_STATE, "ajar"),
    ],
)
def test_a_stored_value_that_stands_for_nothing_is_an_error(name, untrusted_value):
    with pytest.raises(PostSettingError):
        parse_value(name, untrusted_value)


def test_of_two_overlapping_settings_the_later_recorded_holds():
    always = setting(SettingName.SINGLE_OFFICER, True, date(2026, 1, 1))
    week = setting(SettingName.SINGLE_OFFICER, False, date(2026, 11, 20), date(2026, 11, 26))
    assert settings_on(date(2026, 11, 27), [always, week]).single_officer
    assert not settings_on(TODAY, [always, week]).single_officer


def test_the_migrated_table_is_the_models_table(engine):
    table = PostSettingRow.__table__
    found = inspect(engine)
    columns = {column["name"]: column["nullable"] for column in found.get_columns("post_setting")}
    assert columns == {column.name: column.nullable for column in table.columns}
    assert {index["name"] for index in found.get_indexes("post_setting")} == {index.name for index in table.indexes}


def test_the_migration_can_be_taken_back(engine):
    migrate(engine, MIGRATIONS, to="0001")
    assert not inspect(engine).has_table("post_setting")


def test_settings_have_identifiers_of_their_moment(say):
    said = say(SettingName.SINGLE_OFFICER, True, valid_from=TODAY, reason="Escala", by=CHIEF)
    assert isinstance(said.id, UUID)
    assert said.payload()["value"] is True
