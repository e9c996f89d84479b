"""Small cells, inert cells, whole files."""

import errno
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.csv_cells import inert, restored, rows_in, table_bytes
from bmis.kernel.small_cells import THRESHOLD, safe_tables
from poe_health.exchange import files as writing
from poe_health.exchange.errors import ExportFileError
from poe_health.exchange.files import StagedFiles

PARTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1)


@given(PARTS)
def test_no_small_number_is_shown(parts):
    safe = safe_tables({"by": parts})["by"]

    shown = [*safe.parts.values(), safe.total]
    assert all(count is None or count == 0 or count >= THRESHOLD for count in shown)


@given(PARTS)
def test_what_is_hidden_cannot_be_subtracted_back(parts):
    safe = safe_tables({"by": parts})["by"]
    hidden = [code for code, count in safe.parts.items() if count is None]

    if safe.total is None:
        assert 0 < sum(parts.values()) < THRESHOLD
        return
    rest = safe.total - sum(count for count in safe.parts.values() if count is not None)
    assert not hidden or (len(hidden) >= 2 and rest >= THRESHOLD)
    assert rest == sum(parts[code] for code in hidden)


@given(PARTS)
def test_nothing_is_hidden_where_nothing_is_small(parts):
    big = {code: count + THRESHOLD for code, count in parts.items()}

    assert dict(safe_tables({"by": big})["by"].parts) == big


def test_the_next_smallest_is_hidden_with_a_lonely_small_one():
    safe = safe_tables({"sex": {"F": 3, "M": 20, "O": 7}})["sex"]

    assert dict(safe.parts) == {"F": None, "M": 20, "O": None}
    assert (safe.total, safe.hidden) == (30, 2)


def test_two_small_ones_that_add_up_to_little_take_a_third_along():
    assert dict(safe_tables({"by": {"a": 1, "b": 2, "c": 9, "d": 0}})["by"].parts) == {
        "a": None,
        "b": None,
        "c": None,
        "d": 0,
    }


def test_a_small_total_is_hidden_in_every_table():
    safe = safe_tables({"sex": {"F": 3}, "day": {"1": 1, "2": 2, "3": 0}})

    assert [one.total for one in safe.values()] == [None, None]
    assert dict(safe["day"].parts) == {"1": None, "2": None, "3": 0}


def test_tables_of_different_people_are_refused():
    with pytest.raises(ValueError, match="same total"):
        safe_tables({"sex": {"F": 3}, "day": {"1": 4}})


@given(st.text())
def test_a_cell_comes_back_as_it_was_and_never_begins_a_formula(text):
    cell = inert(text)

    assert restored(cell) == text
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"} or not cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_what_a_spreadsheet_would_run_is_marked(start):
    assert inert(f"{start}1+1") == f"'{start}1+1"


ROWS = st.lists(st.lists(st.text(st.characters(blacklist_categories=["Cs"])), min_size=2, max_size=2), max_size=5)


@given(ROWS, st.booleans())
def test_a_table_is_read_back_as_it_was_written(rows, bom):
    content = table_bytes(["=a", "b"], rows, bom=bom)

    assert rows_in(content) == [["=a", "b"], *rows]
    assert content.startswith(b"\xef\xbb\xbf") is bom


def test_files_are_put_in_place_together_for_their_owner_alone(tmp_path):
    main, beside = tmp_path / "a.csv", tmp_path / "a.dictionary.csv"
    StagedFiles({beside: b"2", main: b"1"}).publish()

    assert (main.read_bytes(), beside.read_bytes()) == (b"1", b"2")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.dictionary.csv"]
    assert main.stat().st_mode & 0o077 == 0


def test_a_file_that_is_there_stays_unless_asked(tmp_path):
    main = tmp_path / "a.csv"
    main.write_text("before")

    with pytest.raises(ExportFileError) as refused:
        StagedFiles({tmp_path / "b.csv": b"2", main: b"1"})
    assert refused.value.facts["why"] == "file_exists"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]

    StagedFiles({main: b"1"}, replace=True).publish()
    assert main.read_bytes() == b"1"


def test_a_file_that_somebody_wrote_meanwhile_is_not_overwritten_and_nothing_half_is_left(tmp_path):
    main, beside = tmp_path / "a.csv", tmp_path / "a.dictionary.csv"
    staged = StagedFiles({beside: b"2", main: b"1"})
    main.write_text("theirs")

    with pytest.raises(ExportFileError):
        staged.publish()
    assert main.read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_dangling_link_is_a_file_that_is_there(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "nowhere")

    with pytest.raises(ExportFileError):
        StagedFiles({tmp_path / "a.csv": b"1"})


@pytest.mark.parametrize(("code", "why"), [(errno.ENOSPC, "file_full"), (errno.EROFS, "file_unwritable")])
def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch, code, why):
    def refuses(handle):
        raise OSError(code, "specimen")

    monkeypatch.setattr(writing.os, "fsync", refuses)
    with pytest.raises(ExportFileError) as refused:
        StagedFiles({tmp_path / "a.csv": b"1" * 100})
    assert refused.value.facts["why"] == why
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path):
    for path in (tmp_path / "none" / "a.csv", tmp_path / "a\0b.csv"):
        with pytest.raises(ExportFileError) as refused:
            StagedFiles({path: b"1"})
        assert refused.value.facts["why"] == "file_unwritable"


def test_a_disk_without_links_is_written_too_and_never_over_a_file(tmp_path, monkeypatch):
    def refuses(*_):
        raise OSError(errno.EPERM, "specimen")

    monkeypatch.setattr(os, "link", refuses)
    StagedFiles({tmp_path / "a.csv": b"1"}).publish()
    assert (tmp_path / "a.csv").read_bytes() == b"1"

    staged = StagedFiles({tmp_path / "b.csv": b"1"})
    (tmp_path / "b.csv").write_text("theirs")
    with pytest.raises(ExportFileError):
        staged.publish()
    assert (tmp_path / "b.csv").read_text() == "theirs"
