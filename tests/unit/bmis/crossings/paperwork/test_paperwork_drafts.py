import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bmis.crossings.decision import Decision
from bmis.crossings.paperwork.drafts import DraftEntry, DraftState, LastTraveller, document_mark
from bmis.crossings.paperwork.errors import (
    DiscardReasonError,
    DraftHasDocumentError,
    DraftMissingError,
    DraftOfAnotherError,
)
from bmis.crossings.paperwork.records import events_of
from bmis.crossings.paperwork.save_draft import (
    CloseDraft,
    DiscardDraft,
    FindLastTraveller,
    MarkDeciding,
    OpenDrafts,
    SaveDraft,
)
from bmis.kernel.actor import NotAllowedError
from bmis.kernel.identifiers import new_id
from bmis.store.border import BORDER
from bmis.store.home import Home
from bmis.store.unit import Store

MARK = document_mark("UTO", "ut 123-4567<")
REQUEST = UUID("01a1e59f-16f8-79ff-aa0e-cf1145dedfa2")


@pytest.fixture
def save(post, clock):
    return SaveDraft(post.store.write, clock)


@pytest.fixture
def deciding(post, clock):
    return MarkDeciding(post.store.write, clock)


@pytest.fixture
def drafts(post):
    return OpenDrafts(post.store.read)


@pytest.fixture
def last(post):
    return FindLastTraveller(post.store.write)


def test_a_mark_is_the_letters_and_digits_of_the_document():
    assert MARK == "UTO/UT1234567"
    assert document_mark(None, " ") is None


def test_what_is_typed_is_kept_each_time_and_comes_back(save, drafts, post, clock):
    save(DraftEntry(REQUEST, {"surname": "TEM"}), post.officer)
    begun = clock()
    clock.passes(seconds=3)
    kept = save(DraftEntry(REQUEST, {"surname": "TEMBE", "days": 5, "notes": [None, True]}, MARK), post.officer)

    assert drafts(post.officer) == (kept,)
    assert (kept.started_at, kept.updated_at, kept.state) == (begun, clock(), DraftState.EDITING)
    assert kept.content == {"surname": "TEMBE", "days": 5, "notes": [None, True]}
    assert drafts(post.colleague) == ()
    assert post.rows("audit") == 0  # working state, no event


def test_another_document_never_overwrites_a_draft(save, drafts, post):
    save(DraftEntry(REQUEST, {"surname": "TEMBE"}, MARK), post.officer)

    with pytest.raises(DraftHasDocumentError):
        save(DraftEntry(REQUEST, {"surname": "BILA"}, document_mark("UTO", "UT7654321")), post.officer)

    assert drafts(post.officer)[0].content == {"surname": "TEMBE"}


def test_the_same_traveller_read_again_after_a_misread_is_no_other_traveller(save, post):
    save(DraftEntry(REQUEST, {}, document_mark("UTO", "UT1234S67")), post.officer)

    kept = save(DraftEntry(REQUEST, {}, MARK, same_traveller=True), post.officer)
    typed = save(DraftEntry(REQUEST, {"purpose": "tourism"}), post.officer)

    assert kept.document_mark == typed.document_mark == MARK


def test_a_draft_belongs_to_its_officer(save, post, clock):
    save(DraftEntry(REQUEST, {}, MARK), post.officer)

    with pytest.raises(DraftOfAnotherError):
        save(DraftEntry(REQUEST, {}), post.colleague)
    with pytest.raises(DraftOfAnotherError):
        DiscardDraft(post.store.write, clock)(REQUEST, post.colleague, "not mine")
    with pytest.raises(NotAllowedError):
        save(DraftEntry(new_id(), {}), post.screener)


def test_a_draft_with_a_document_goes_only_with_a_reason_that_is_kept(save, drafts, post, clock):
    discard = DiscardDraft(post.store.write, clock)
    save(DraftEntry(REQUEST, {"surname": "TEMBE"}, MARK), post.officer)
    with pytest.raises(DiscardReasonError):
        discard(REQUEST, post.officer, "  ")

    discard(REQUEST, post.supervisor, "went back to the bus")

    assert drafts(post.officer) == ()
    with post.store.read() as unit:
        (event,) = events_of(unit, str(REQUEST))
        kept = unit.connection.exec_driver_sql("SELECT payload FROM outbox").scalar_one()
    assert event.by == "supervisor"
    assert event.facts["officer"] == "officer"
    assert event.facts["reason"] == "went back to the bus"
    assert "TEMBE" not in kept
    with pytest.raises(DraftMissingError):
        discard(REQUEST, post.officer, "again")


def test_an_empty_draft_is_discarded_without_a_word(save, drafts, post, clock):
    save(DraftEntry(REQUEST, {}), post.officer)

    DiscardDraft(post.store.write, clock)(REQUEST, post.officer)

    assert drafts(post.officer) == ()
    assert post.rows("paperwork_event") == 0


def test_after_a_power_cut_before_the_record_the_screen_says_not_saved(deciding, last, drafts, post, clock):
    written = clock()
    deciding(DraftEntry(REQUEST, {"surname": "TEMBE"}, MARK), post.officer)
    clock.passes(minutes=20)

    assert last(post.colleague) == LastTraveller(False, written, REQUEST, "officer")
    assert [draft.state for draft in drafts(post.officer)] == [DraftState.DECIDING]  # it can be taken up again


def test_after_a_power_cut_between_the_record_and_the_slip_the_screen_says_saved(
    deciding, last, drafts, post, passport
):
    request = post.request(passport())
    deciding(DraftEntry(request.request_id, {}, MARK), post.officer)
    crossing = post.decides(request)

    found = last(post.officer)

    assert found == LastTraveller(True, crossing.recorded_at, request.request_id, "officer", crossing.id)
    assert drafts(post.officer) == ()
    assert last(post.officer) is None


def test_the_newest_traveller_is_the_last_one(deciding, last, post, clock, passport):
    request = post.request(passport())
    deciding(DraftEntry(request.request_id, {}), post.officer)
    post.decides(request)
    clock.passes(minutes=1)
    deciding(DraftEntry(REQUEST, {}), post.officer)

    found = last(post.officer)

    assert (found.saved, found.request_id) == (False, REQUEST)
    assert post.rows("draft") == 1  # the saved one is closed all the same


def test_a_draft_is_closed_only_once_its_crossing_is_kept(deciding, drafts, post, passport):
    close = CloseDraft(post.store.write)
    request = post.request(passport())
    deciding(DraftEntry(request.request_id, {}), post.officer)

    assert close(request.request_id, post.officer) is False
    assert len(drafts(post.officer)) == 1
    post.decides(request, Decision.ADMITTED)
    assert close(request.request_id, post.officer) is True
    assert drafts(post.officer) == ()


CHILD = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from bmis.crossings.paperwork.drafts import DraftEntry
from bmis.crossings.paperwork.save_draft import MarkDeciding
from bmis.kernel.actor import Actor, Role
from bmis.store.border import BORDER
from bmis.store.home import Home
from bmis.store.unit import Store

clock = lambda: datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
store = Store.open(Home.open(Path(sys.argv[1])), BORDER, (bytes(range(32)),), clock, "officer", None)
entry = DraftEntry(UUID(sys.argv[2]), {"surname": "XILOMBO QUENEPE"}, "UTO/UT1234567")
MarkDeciding(store.write, clock)(entry, Actor("officer", Role.OFFICER))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL to send")
def test_a_draft_survives_the_kill_of_its_program_and_is_nowhere_readable(home_path: Path, clock, post):
    post.store.close()
    root = Path(__file__).resolve().parents[5]

    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(home_path), str(REQUEST)], cwd=root, capture_output=True, timeout=120
    )

    assert done.returncode == -9, done.stderr.decode()
    for path in home_path.rglob("*"):
        if path.is_file():
            assert b"XILOMBO" not in path.read_bytes(), path.name
    store = Store.open(
        Home.open(home_path), BORDER, (bytes(range(32)),), clock, "officer", Ed25519PrivateKey.generate()
    )
    try:
        (draft,) = OpenDrafts(store.read)(post.officer)
        assert draft.content == {"surname": "XILOMBO QUENEPE"}
        assert FindLastTraveller(store.write)(post.officer).saved is False
    finally:
        store.close()
