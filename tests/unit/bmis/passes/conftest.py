"""The pass officer's desk: a real encrypted store, made once and copied."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bmis.store.border import BORDER, MIGRATIONS
from bmis.store.engine import open_engine
from bmis.store.home import Home
from bmis.store.migrate import migrate
from bmis.store.unit import Store
from tests.unit.bmis.passes.pass_office import START, Office

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def built_pass_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated home at a post of the pilot, made once."""
    path = tmp_path_factory.mktemp("passes") / "home"
    home = Home.create(path, post_code="MZ.T.ZOB", lane="1", training=True)
    engine = open_engine(home.database(BORDER.file_name), KEY, create=True)
    migrate(engine, MIGRATIONS)
    engine.dispose()
    return path


@pytest.fixture
def open_office(built_pass_home: Path, tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Opens the office of a home; ``name`` tells homes of one test apart."""
    stores = []

    def open_(name: str = "home") -> Office:
        path = tmp_path / name
        if not path.exists():
            shutil.copytree(built_pass_home, path)
        holder: list[Office] = []
        store = Store.open(
            Home.open(path),
            BORDER,
            (KEY,),
            lambda: holder[0].at if holder else START,
            "pass-officer",
            Ed25519PrivateKey.generate(),
        )
        stores.append(store)
        holder.append(Office(store))
        return holder[0]

    yield open_
    for store in stores:
        store.close()


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    """The pass officer's desk."""
    return open_office()
