"""A file is whole or not there, whatever the disk does while it is written."""

import pytest

from bmis.kernel import whole_file


@pytest.fixture
def full(monkeypatch):
    def refuses(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", refuses)


@pytest.mark.parametrize("write", [whole_file.put, whole_file.create])
def test_a_full_disk_leaves_nothing_behind(full, tmp_path, write):
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "t.bundle", b"content")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_earlier_file_as_it_was(full, tmp_path):
    (tmp_path / "t.bundle").write_bytes(b"earlier")
    with pytest.raises(OSError, match="No space"):
        whole_file.put(tmp_path / "t.bundle", b"content")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("t.bundle", b"earlier")]


def test_a_file_is_its_owner_s_alone_and_only_put_replaces(tmp_path):
    file = tmp_path / "t.bundle"
    whole_file.create(file, b"one")
    with pytest.raises(FileExistsError):
        whole_file.create(file, b"two")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"one", 0o600)
    whole_file.put(file, b"three")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"three", 0o600)
    for write in (whole_file.put, whole_file.create):
        with pytest.raises(OSError):
            write(tmp_path / "a\0b", b"x")
