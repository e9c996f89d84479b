"""Bringing a database to the newest schema, with Alembic, without its command line or its ini file."""

import importlib
from functools import cache
from pathlib import Path

from sqlalchemy import Engine


@cache
def head_of(package: str) -> str:
    """Return the newest revision of a migrations package: its files are named by revision, in order."""
    folder = _folder(package) / "versions"
    return max(path.name[:4] for path in folder.glob("[0-9][0-9][0-9][0-9]_*.py"))


def migrate(engine: Engine, package: str, to: str = "head") -> None:
    """Upgrade (or downgrade, for tests) the database to revision ``to``, in one transaction."""
    from alembic.migration import MigrationContext  # 1.2 s of CPU to import: only when a schema must change
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(_folder(package)))
    target = script.get_current_head() if to == "head" else to

    with engine.execution_options(write=True).connect() as connection, connection.begin():
        context = MigrationContext.configure(connection)
        current = context.get_current_revision()
        down = current is not None and target is not None and target < current

        def steps(rev: object, context: object) -> object:
            if down:
                return script._downgrade_revs(target, rev)  # type: ignore[arg-type]  # alembic's own env.py calls it
            return script._upgrade_revs(target, rev)  # type: ignore[arg-type]  # likewise

        context = MigrationContext.configure(connection, opts={"fn": steps})
        with Operations.context(context):
            context.run_migrations()


def _folder(package: str) -> Path:
    found = importlib.import_module(package).__file__
    if found is None:
        raise ImportError(package)
    return Path(found).parent
