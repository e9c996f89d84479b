"""The file a report goes to: new, or an ordinary one that is replaced whole; nothing else is touched."""

import os

import pytest

from bmis.reports.errors import ReportTargetError, ReportWriteError
from bmis.reports.make_report import staged, write_whole


def test_an_ordinary_file_is_replaced(tmp_path):
    file = tmp_path / "report.csv"
    for content in (b"first", b"second"):
        write_whole(file, content)
        assert file.read_bytes() == content


def test_a_folder_a_pipe_a_device_and_a_link_stay_what_they_are(tmp_path):
    pipe, link, folder = tmp_path / "pipe", tmp_path / "link", tmp_path / "folder"
    os.mkfifo(pipe)
    link.symlink_to("/dev/null")
    folder.mkdir()
    for target in (pipe, link, folder):
        with pytest.raises(ReportTargetError):
            write_whole(target, b"content")
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert {one.name for one in tmp_path.iterdir()} == {"pipe", "link", "folder"}


def test_the_block_is_not_begun_where_nothing_can_be_written(tmp_path):
    begun = []
    for target, error in ((tmp_path, ReportTargetError), (tmp_path / "nowhere" / "file", ReportWriteError)):
        with pytest.raises(error), staged(target, b"content"):
            begun.append(target)
    assert begun == []
