"""Migrations: what the rooms declare is what the steps make, up and down, with rows in it."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import bmis
import poe_health
from bmis.kernel.actor import Role, Service
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.keep_home import MigrateHome, Secret
from bmis.staff.sign_in import SignIn
from bmis.store.base import Base
from bmis.store.engine import open_engine
from bmis.store.errors import SchemaNewerError, SchemaOlderError
from bmis.store.home import Home
from bmis.store.migrate import migrate
from bmis.store.unit import schema_of
from tests.conftest import SCHEMAS

SHARED = ("bmis.store.", "bmis.staff.")  # the tables that both databases have
KEY = b"k" * 32


def test_every_table_belongs_to_a_records_module():
    root = Path(bmis.__file__).parents[1]
    holders = {
        path.relative_to(root)
        for room in ("bmis", "poe_health", "ui")
        for path in (root / room).rglob("*.py")
        if "__tablename__" in path.read_text("utf-8")
    }

    assert len(holders) > 2
    assert not [path for path in holders if "records" not in path.with_suffix("").parts]


@pytest.mark.parametrize(("kind", "package"), SCHEMAS, ids=["border", "health"])
def test_models_equal_the_migrated_schema(tmp_path, kind, package):
    wanted = {
        mapper.local_table.name for mapper in mappers() if belongs(mapper.class_.__module__, Service(kind.service))
    }
    engine = open_engine(tmp_path / kind.file_name, KEY, create=True)
    migrate(engine, package)
    with engine.connect() as connection:
        indexes = full_text_of(connection)  # no model can declare them; tests of search look at them
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, what, parents: (
                    what != "table" or name not in {"alembic_version", *indexes}
                ),
                "include_object": lambda one, name, what, reflected, other: (
                    what != "table" or reflected or name in wanted
                ),
            },
        )
        differences = compare_metadata(context, Base.metadata)
        names = set(inspect(connection).get_table_names()) - {"alembic_version", *indexes}
    engine.dispose()

    assert differences == []
    assert names == wanted


@pytest.mark.parametrize(("kind", "package"), SCHEMAS, ids=["border", "health"])
def test_steps_go_up_and_down_with_rows_in_the_tables(tmp_path, kind, package):
    engine = open_engine(tmp_path / kind.file_name, KEY, create=True)
    migrate(engine, package, "0001")
    with engine.execution_options(write=True).begin() as connection:
        connection.execute(text("INSERT INTO audit VALUES (1, :id, 'k', 'b', 0, 'd', 'h')"), {"id": "0" * 32})

    for to in ("head", "0001", "head"):
        migrate(engine, package, to)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT kind FROM audit")).scalars().all() == ["k"]
    assert schema_of(engine) == kind.head()
    engine.dispose()


def test_a_store_of_a_newer_version_is_refused_and_left_alone(training_home, signed_in, clock):
    session = signed_in(Role.ADMIN)
    set_schema(session.store, "9999")
    session.close()

    with pytest.raises(SchemaNewerError):
        signed_in(Role.ADMIN)
    with pytest.raises(SchemaNewerError):
        MigrateHome(Home.open(training_home), SCHEMAS, clock)(Secret("border", "admin", TRAINING_WORD))


def test_a_store_of_an_older_version_opens_after_it_was_migrated(training_home, clock, signed_in):
    session = signed_in(Role.ADMIN)
    key, path = session.data_key, session.home.database("border.db")
    session.close()
    engine = open_engine(path, key)
    migrate(engine, SCHEMAS[0][1], "0003")
    engine.dispose()
    with pytest.raises(SchemaOlderError):
        signed_in(Role.ADMIN)

    found = MigrateHome(Home.open(training_home), SCHEMAS, clock)(Secret("border", "admin", TRAINING_WORD))

    assert found == SCHEMAS[0][0].head()
    assert SignIn(Home.open(training_home), [SCHEMAS[0][0]], clock)("admin", TRAINING_WORD).close() is None


def set_schema(store, revision):
    with store.write() as unit:
        unit.connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
        unit.commit()


def full_text_of(connection):
    """Return the full-text indexes of a database and the tables that SQLite keeps behind them."""
    made = connection.execute(
        text("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'")
    )
    indexes = set(made.scalars())
    names = inspect(connection).get_table_names()
    return {name for name in names if any(name == index or name.startswith(f"{index}_") for index in indexes)}


def mappers():
    for package in (bmis, poe_health):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "records" in found.name.split("."):
                importlib.import_module(found.name)
    return [mapper for mapper in Base.registry.mappers if mapper.class_.__module__.startswith(("bmis.", "poe_health."))]


def belongs(module, service):
    if module.startswith(SHARED):
        return True
    return module.startswith("poe_health.") == (service is Service.HEALTH)
