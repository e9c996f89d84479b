"""Every ``bmis health`` command under hostile input: a code and the right exit code, never a trace or a fault."""

import functools
import json
import os
import random
import subprocess
import sys

import pytest

from bmis.store import keys
from tests.journeys import hostile_health as hostile
from tests.journeys.cli_robot import PROGRAM
from tests.journeys.test_cli_health_voyages import SHIP

FOLDERS = ("", "\x00", "x" * 5000, "none/x", "file", "dangling", "loop", "/proc/x", "/dev/null/x")
TEXTS = ("", " ", "x" * 5000, "\u202e", "\x00", "'; --", "..", "-1", "٣", "\udc80")
DAYS = ("2026-02-30", "", "x", "9999-12-31", "0001-01-01", "2026-11-22T00:00", "٢٠٢٦-١١-٢٢", "10000-01-01", "\x00")
PERIOD = ("--from", "2026-11-01", "--to", "2026-11-22")
WHY = ("--reason", "ensaio", "--recipient", "INS")


@pytest.fixture(autouse=True)
def stretched_once(monkeypatch):
    """The same password under the same salt is the same key: these tests sign in hundreds of times."""
    monkeypatch.setattr(keys, "_stretch", _stretched)


_stretched = functools.cache(keys._stretch)


@pytest.fixture
def desk(terminal):
    """The supervisor at a terminal with one of everything open."""
    terminal.is_user("health-supervisor")

    def opens(words, said, name):
        text = json.dumps(hostile.asked(words, said))
        answer = terminal.types("health", *words, "-", *hostile.NOW, stdin=text)
        assert answer.code == 0, answer.out
        return answer.json[name]

    monitored = {"disease": "CHOLERA", "day0": "2026-11-21", "reckoned_from": "LAST_EXPOSURE", "who": hostile.WHO}
    death = {"what": "DEATH_AT_POST", "at": hostile.AT, "where": "sala de isolamento"}
    terminal.known = {
        "voyage": opens(("voyage", "record"), {"sheet": hostile.SHEET}, "number"),
        "ship": opens(("voyage", "record"), {"sheet": SHIP}, "number"),
        "guia": opens(("referral", "open"), {"note": hostile.NOTED, "who": hostile.WHO}, "number"),
        "sheet": opens(("monitoring", "start"), monitored, "number"),
        "signal": opens(("signal", "report"), hostile.RUMOUR, "number"),
        "event": opens(("event-at-post", "note"), {"event": death, "people": {"subject": hostile.WHO}}, "number"),
    }
    opens(("equipment", "register"), {"mark": "T-1", "kind": "THERMOMETER_INFRARED"}, "mark")
    opens(("stock", "move"), hostile.VACCINE, "after")
    return terminal


def is_told(answer, what):
    """Hold the answer to: a code of ours and exit 2 or 3, or an answer and exit 0 or 1; never a fault or a trace."""
    assert answer.code in {0, 1, 2, 3}, what
    assert "Traceback" not in answer.err + answer.out, what
    assert "BMIS-000" not in answer.err + answer.out, what
    if answer.code > 1:
        assert answer.error.startswith("BMIS-"), what


def test_what_every_command_takes_is_taken(desk):
    refused = {}
    for words, said in hostile.commands(desk.known):
        answer = desk.types("health", *words, "-", *hostile.NOW, stdin=json.dumps(hostile.asked(words, said)))
        is_told(answer, words)
        if answer.code == 2:
            refused[words] = answer.out
    assert refused == {}  # else the values below never come as far as the command


@pytest.mark.parametrize("seed", range(3))
def test_a_value_that_none_is_in_any_place_of_any_object_is_told(desk, seed):
    every = [
        (words, said, path, value)
        for words, said in hostile.commands(desk.known)
        for path in hostile.mutations(said)
        for value in hostile.HOSTILE
    ]
    for words, said, path, value in random.Random(seed).sample(every, 120):
        text = json.dumps(hostile.with_value(hostile.asked(words, said), path, value))
        is_told(desk.types("health", *words, "-", *hostile.NOW, stdin=text), (words, path, value))


def test_a_number_beyond_every_store_is_told_in_each_number_of_each_object(desk):
    for words, said in hostile.commands(desk.known):
        for path in hostile.mutations(said):
            place = said
            for key in path:
                place = place[key]
            if isinstance(place, int | float) and not isinstance(place, bool):
                text = json.dumps(hostile.with_value(hostile.asked(words, said), path, 10**400))
                answer = desk.types("health", *words, "-", *hostile.NOW, stdin=text)
                assert (answer.code, answer.error) == (2, "BMIS-006"), (words, path)


@pytest.mark.parametrize("raw", hostile.RAW, ids=range(len(hostile.RAW)))
def test_what_is_no_object_is_told_by_every_kind_of_command(desk, raw):
    kinds = {words[0]: words for words, _ in hostile.commands(desk.known)}
    for words in kinds.values():
        answer = desk.types("health", *words, "-", *hostile.NOW, stdin=raw)
        is_told(answer, (words, raw[:20]))
        assert answer.code == 2, (words, raw[:20])


def _days():
    for day in DAYS:
        yield ("tally", day)
        yield ("weekly", day)
        yield ("signals", "--from", day, "--to", "2026-11-22")
        yield ("voyage", "list", "--from", day, "--to", day)
        yield ("vaccination", "list", "--from", day)
        yield ("export", "csv", "--from", day, "--to", day, *WHY, "--out", "a.csv")


def _texts(known):
    for text in TEXTS:
        for group in ("referral", "monitoring", "vaccination", "voyage", "event-at-post", "signal", "certificate"):
            yield (group, "show", text)
        yield ("void", text, "--reason", "escrito para outro")
        yield ("sop", "search", text)
        yield ("sop", "get", text, "--out", "b")
        yield ("stock", "movements", "--item", text)
        yield ("monitoring", "list", "--disease", text)
        yield ("equipment", "out", text, "--reason", text)
        yield ("numbers", "spoil", text, "--reason", text)
        yield ("contacts", "propose", known["voyage"], "--disease", text, "--seat", text)
        yield ("cards", "--folder", ".", "--count", text)
        yield ("export", "csv", *PERIOD, "--reason", text, "--recipient", text, "--out", "c.csv")
        yield ("export", "fhir", *PERIOD, *WHY, "--send", text)
        yield ("pratique", "show", text)
        yield (text,)


def _places(known):
    for place in FOLDERS:
        if place:  # an empty folder is the one that one stands in
            yield ("cards", "--folder", place, "--count", "1")
            yield ("referral", "paper", known["guia"], "--folder", place)
            yield ("monitoring", "paper", known["sheet"], "--folder", place)
            yield ("event-at-post", "paper", known["event"], "--folder", place)
        yield ("export", "csv", *PERIOD, *WHY, "--out", place)
        yield ("export", "godata", *PERIOD, *WHY, "--out", place)
        yield ("export", "sormas", *PERIOD, *WHY, "--out", "d.csv", "--template", place)
        yield ("export", "fhir", *PERIOD, *WHY, "--send", "https://localhost:9", "--ca", place)
        yield ("voyage", "record", place)
        yield ("screen", place)
        yield ("certificate", "verify", "--trust", place, "HC1:x")


def test_days_that_are_none_are_told(desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in _days():
        is_told(desk.types("health", *words, *hostile.NOW), words)


def test_texts_that_are_none_are_told(desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    desk.sets(BMIS_EXCHANGE_TOKEN="specimen")
    for words in _texts(desk.known):
        is_told(desk.types("health", *words, *hostile.NOW), words)


def test_links_missing_folders_and_files_that_are_there_are_told_and_stay_as_they_were(desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    desk.sets(BMIS_EXCHANGE_TOKEN="specimen")
    (tmp_path / "file").write_text("was here")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for words in _places(desk.known):
        answer = desk.types("health", *words, *hostile.NOW)
        is_told(answer, words)
        assert answer.code in {2, 3}, words
    for place in ("file", "dangling", "loop", "none/x", ""):
        text = json.dumps(hostile.asked(("assess", "--evaluate"), hostile.ASSESSMENT))
        answer = desk.types("health", "assess", "-", "--evaluate", "--out", place, *hostile.NOW, stdin=text)
        assert answer.code in {2, 3}, place
        is_told(answer, place)
    assert (tmp_path / "file").read_text() == "was here"
    assert not (tmp_path / "nowhere").exists()
    assert {one.name for one in tmp_path.iterdir()} <= {"file", "dangling", "loop", "home"}


def test_an_assessment_whose_paper_cannot_be_written_is_not_kept(desk, tmp_path):
    text = json.dumps(hostile.ASSESSMENT | {"assessed_on": "2026-11-01"})
    before = desk.types("health", "assessments", *hostile.NOW).json["assessments"]
    answer = desk.types("health", "assess", "-", "--out", str(tmp_path / "none" / "x.pdf"), *hostile.NOW, stdin=text)

    assert answer.code in {2, 3}
    assert desk.types("health", "assessments", *hostile.NOW).json["assessments"] == before


@pytest.mark.skipif(sys.platform == "win32", reason="limits are of Unix")
@pytest.mark.parametrize(
    "words",
    [
        ("export", "csv", *PERIOD, *WHY, "--out", "a.csv"),
        ("cards", "--folder", ".", "--count", "3"),
        ("retention", "--apply"),
    ],
)
def test_a_full_disk_has_a_code_and_leaves_nothing_half(terminal, training_home, tmp_path, words):
    def no_room():
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    folder = tmp_path / "out"
    folder.mkdir()
    said = os.environ | {"BMIS_HOME": str(training_home), "BMIS_USER": "health-supervisor", "BMIS_PASSWORD": "treino"}
    done = subprocess.run(
        [str(PROGRAM), "health", *words, *hostile.NOW],
        cwd=folder,
        env=said,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=no_room,
    )

    assert done.returncode == 3, done.stdout + done.stderr
    assert json.loads(done.stdout)["error"]["code"] not in {"BMIS-000", ""}
    assert "Traceback" not in done.stderr
    assert list(folder.iterdir()) == []
