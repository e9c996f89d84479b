"""A training home on the real disk with an officer at work, and travellers of Utopia to record."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from bmis.crossings.crossing import CrossingRequest, Journey, Verdict
from bmis.crossings.decision import Decision, Direction
from bmis.documents.dates import PartialDate
from bmis.documents.travel_document import from_fields
from bmis.kernel.resources import resource
from bmis.staff.session import SignedIn
from ui.compose import create_home, open_home

POST = "MZ.L.RSG"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


@contextmanager
def temporary_home(post_code: str = POST) -> Iterator[Path]:
    """Give a new training home under ``build/``: a memory disk would flatter every commit."""
    build = resource().parent / "build"
    build.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=build))
    try:
        create_home(folder / "home", post_code=post_code, lane="1", training=True)
        yield folder / "home"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def at_work(home: Path, who: str, at: datetime | None = None) -> Iterator[SignedIn]:
    """Give the session of a user of the training home."""
    with open_home(home, at).sign_in(who, "treino") as session:
        yield session


def traveller(number: int) -> tuple[CrossingRequest, Verdict]:
    """Return the request of one invented traveller and the decision on it."""
    document = from_fields(
        "passport",
        issuing_state="UTO",
        number=f"B{number:08d}",
        surname=f"Machava {_letters(number)}",
        given_names="Specimen",
        nationality="UTO",
        birth_date=PartialDate(1950 + number % 50, 1 + number % 12, 1 + number % 28),
        sex="FM"[number % 2],
        expiry_date=PartialDate(2033, 1 + number % 12, 1 + number % 28),
        manual_reason="benchmark",
    )
    journey = Journey(
        travel_mode="road",
        purpose="tourism",
        coming_from="ZAF",
        going_to="MOZ",
        intended_days=10,
        accommodation="Hotel",
        vehicle="AAA 001 MC",
    )
    return CrossingRequest(uuid4(), Direction.ENTRY, document, journey), Verdict(
        Decision.ADMITTED, acknowledged=frozenset({"*"})
    )


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(4))
