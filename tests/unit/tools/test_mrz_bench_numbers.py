"""The numbers of the reader's benchmark: what is counted as exact, as a false accept, as CPU and as memory."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tools.bench import mrz_bounds, mrz_child
from tools.bench.mrz_cost import MemoryWatch, cpu_below_s, cpu_of_tree_s, descendants, own_cpu_s
from tools.bench.mrz_process import ReaderAbsentError, ReaderProcess
from tools.bench.mrz_score import Answered, characters_right, edits, p95, tally
from tools.bench.mrz_sets import LabelledSet, Picture, SetRefusedError, labelled_set

PRINTED = ("P<UTOMACHAVA<<SPECIMEN<ANA<<<<<<<<<<<<<<<<<<", "U000000017UTO8804125F3209155<<<<<<<<<<<<<<06")
BURN = """
import sys, time
while time.process_time() < 0.3:
    pass
print("burnt", flush=True)
sys.stdin.read()
"""


def picture(name="a.png", lines=PRINTED, hard=False):
    return Picture(Path(name), lines, hard)


def answered(one=None, lines=PRINTED, valid=True, cpu_ms=10.0):
    return Answered(one or picture(), lines, valid, None, cpu_ms, cpu_ms)


def make_set(folder, contents=b"not looked at", **more):
    (folder / "a.png").write_bytes(contents)
    label = {"file": "a.png", "lines": list(PRINTED), "sha256": hashlib.sha256(contents).hexdigest(), **more}
    (folder / "labels.json").write_text(json.dumps([label]))
    return folder


def test_a_proved_answer_that_differs_from_the_print_is_a_false_accept():
    wrong = (PRINTED[0].replace("ANA", "ENA"), PRINTED[1])
    counts = tally(
        [answered(), answered(lines=wrong), answered(lines=wrong, valid=False), answered(lines=(), valid=False)]
    )

    assert (counts["with_zone"], counts["exact"], counts["exact_rate"]) == (4, 1, 0.25)
    assert counts["false_accepts"] == 1


def test_lines_on_a_picture_without_a_zone_are_counted_and_lower_no_rate():
    nothing = picture("desk.jpg", ())
    counts = tally([answered(), answered(nothing, PRINTED), answered(nothing, (), valid=False)])

    assert counts["read_without_zone"] == 1
    assert counts["false_accepts"] == 1
    assert (counts["pictures"], counts["with_zone"], counts["exact_rate"]) == (3, 1, 1.0)


def test_hard_pictures_are_those_with_tags(tmp_path):
    (hard,) = labelled_set("given", make_set(tmp_path, tags=["blur"])).pictures
    counts = tally([answered(hard), answered()])

    assert (counts["hard"], counts["exact_hard"]) == (1, 1)


@pytest.mark.parametrize(
    ("one", "other", "away"), [("ABC", "ABC", 0), ("ABC", "AXC", 1), ("ABC", "AC", 1), ("", "ABC", 3), ("AB", "BA", 2)]
)
def test_edits_between_two_texts(one, other, away):
    assert edits(one, other) == edits(other, one) == away


def test_characters_are_counted_as_read_once_and_never_below_none():
    assert characters_right(PRINTED, PRINTED) == 88
    assert characters_right(PRINTED, ()) == 0
    assert characters_right(PRINTED, ("X" * 300,)) == 0
    assert characters_right(PRINTED, (PRINTED[0], PRINTED[1][:-1] + "7")) == 87


def test_the_cpu_of_each_picture_counts_once():
    counts = tally([answered(cpu_ms=float(number)) for number in range(1, 102)])

    assert (counts["cpu_ms_median"], counts["cpu_ms_p95"]) == (51.0, 96.0)
    assert p95([7.0]) == 7.0


def test_a_file_that_is_not_the_one_labelled_is_refused(tmp_path):
    folder = make_set(tmp_path)
    assert labelled_set("given", folder).pictures == (Picture(folder / "a.png", PRINTED, hard=False),)

    (folder / "a.png").write_bytes(b"another picture")
    with pytest.raises(SetRefusedError, match="not the file of its label"):
        labelled_set("given", folder)
    (folder / "a.png").unlink()
    with pytest.raises(SetRefusedError, match="missing"):
        labelled_set("given", folder)


@pytest.mark.parametrize("text", ["", "{}", "[]", '[{"file": "a.png"}]', "[1]"])
def test_a_folder_without_true_labels_is_refused(tmp_path, text):
    make_set(tmp_path)
    (tmp_path / "labels.json").write_text(text)

    with pytest.raises(SetRefusedError):
        labelled_set("given", tmp_path)


def test_pictures_may_lie_in_a_folder_of_their_own(tmp_path):
    make_set(tmp_path)
    (tmp_path / "images").mkdir()
    (tmp_path / "a.png").rename(tmp_path / "images" / "a.png")

    assert labelled_set("given", tmp_path).pictures[0].file == tmp_path / "images" / "a.png"


def test_the_peers_part_does_not_depend_on_the_order_of_the_labels():
    pictures = [picture(f"{number}.png") for number in range(50)]
    one, other = LabelledSet("x", tuple(pictures)).few(7), LabelledSet("x", tuple(reversed(pictures))).few(7)

    assert one.pictures == other.pictures
    assert len(one.pictures) == 7
    assert len(LabelledSet("x", tuple(pictures)).few(99).pictures) == 50


def test_a_bound_on_what_was_not_measured_is_neither_kept_nor_broken():
    assert mrz_bounds.bound("x", "exact_rate", None, least=0.97)["ok"] is None
    assert mrz_bounds.bound("x", "exact_rate", 0.97, least=0.97)["ok"] is True
    assert mrz_bounds.bound("x", "exact_rate", 0.969, least=0.97)["ok"] is False
    assert mrz_bounds.bound("x", "became_valid", 0, most=0)["ok"] is True
    assert mrz_bounds.bound("x", "became_valid", 1, most=0)["ok"] is False


def test_the_best_peer_reads_most_and_of_equals_is_the_faster():
    row = {"state": "measured", "exact": 5, "cpu_ms_median": 100.0}
    slow, fast, better = row, {**row, "cpu_ms_median": 90.0}, {**row, "exact": 6, "cpu_ms_median": 900.0}

    assert mrz_bounds.best_peer([slow, fast]) is fast
    assert mrz_bounds.best_peer([slow, better, fast]) is better
    assert mrz_bounds.best_peer([{"state": "absent"}]) is None
    assert mrz_bounds.ratio({"exact": 6}, None, "exact") is None
    assert mrz_bounds.ratio({"exact": 6}, {"exact": 4}, "exact") == 1.5


def test_cpu_of_a_worker_counts_while_it_lives_and_after_it_has_ended():
    before = own_cpu_s()
    with subprocess.Popen(
        [sys.executable, "-c", BURN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout.readline() == "burnt\n"
        assert worker.pid in descendants(os.getpid())
        assert cpu_below_s(os.getpid()) >= 0.3
        assert cpu_of_tree_s(worker.pid) >= 0.3
        worker.stdin.close()
    assert own_cpu_s() - before >= 0.3
    assert worker.pid not in descendants(os.getpid())
    assert cpu_of_tree_s(worker.pid) == 0


def test_memory_of_a_worker_of_the_worker_counts():
    inner = "import sys; held = bytes(range(256)) * 250_000; print('held', flush=True); sys.stdin.read()"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", outer], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:
        watch = MemoryWatch(worker.pid)
        assert worker.stdout.readline() == "held\n"
        watch.look()
        watch.start()
        watch.stop()
        worker.stdin.close()
    assert watch.rss > 64_000_000
    assert 64_000_000 < watch.pss <= watch.rss


def test_a_reader_that_cannot_run_says_why():
    with pytest.raises(ReaderAbsentError, match="does not start"), ReaderProcess("no such reader"):
        pass


def test_without_tesseract_the_peer_is_absent(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(ReaderAbsentError, match="tesseract is not installed"), ReaderProcess(mrz_child.WITH_MODEL):
        pass


def test_a_reader_that_dies_costs_one_picture_and_is_started_anew():
    with ReaderProcess(mrz_child.WITH_MODEL) as reader:
        first = reader.process_id
        os.kill(first, 9)
        died = reader.ask("read", Path("nothing.png"))
        assert died["error"] == "died"
        assert reader.process_id != first
        assert reader.ask("read", Path("nothing.png"))["error"] == "FileNotFoundError"
    assert reader.process_id is None
    assert reader.rss_mb > 0


def test_every_answer_of_the_exact_kind_has_all_lines():
    assert answered().exact
    assert not answered(lines=PRINTED[:1]).exact
    assert not replace(answered(), picture=picture(lines=()), lines=()).exact
