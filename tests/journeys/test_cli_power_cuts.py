"""Nothing answered is lost, nothing is kept twice, and no name is on the disk: killed at random, many at once."""

import json
import os
import random
import subprocess

import pytest

from tests.journeys.cli_robot import PROGRAM, as_process, letters, traveller

CROSSINGS = 200
KILLS = 20
DESKS, EACH = 4, 250


def environment(home, user="officer"):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BMIS_")}
    return {**kept, "BMIS_HOME": str(home), "BMIS_USER": user, "BMIS_PASSWORD": "treino"}


def begins(home, file):
    return subprocess.Popen(
        [PROGRAM, "crossing", "record", str(file), "--json"],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def writes(file, requests):
    file.write_text("\n".join(json.dumps(request) for request in requests))
    return file


def stored(home):
    """Every crossing of the home, by the search of the command line, page by page of days being enough here."""
    found = as_process("crossing", "search", "--limit", "500", "--json", env=environment(home))
    return found.json["crossings"]


def proves(home):
    return as_process("db", "verify", "--json", env=environment(home, "supervisor")).code == 0


@pytest.mark.slow
def test_two_hundred_crossings_survive_twenty_kills(training_home, tmp_path):
    chance = random.Random(20261122)
    waiting = {one["request_id"]: one for one in (traveller(number) for number in range(CROSSINGS))}
    asked = set(waiting)
    answered = {}
    kills = 0
    while waiting:
        requests = writes(tmp_path / "requests.jsonl", waiting.values())
        dies_after = chance.randint(1, CROSSINGS // KILLS - 1) if kills < KILLS else None
        with begins(training_home, requests) as process:
            for heard, line in enumerate(process.stdout, 1):
                answer = json.loads(line)
                answered[answer["request_id"]] = answer
                if heard == dies_after:
                    process.kill()  # in the middle of whatever comes next; what was answered may still be read
                    kills += 1
        for request_id in answered:
            waiting.pop(request_id, None)

    assert kills == KILLS
    kept = stored(training_home)
    assert len(kept) == CROSSINGS
    assert {one["request_id"] for one in kept} == asked
    assert {one["request_id"]: one["id"] for one in kept} == {name: one["id"] for name, one in answered.items()}
    assert sorted(one["seq"] for one in kept) == list(range(1, CROSSINGS + 1))
    assert proves(training_home)


@pytest.mark.slow
def test_four_processes_on_one_home_make_one_sequence_and_one_chain(training_home, tmp_path):
    processes = []
    for desk in range(DESKS):
        requests = [traveller(desk * EACH + number) for number in range(EACH)]
        processes.append(begins(training_home, writes(tmp_path / f"{desk}.jsonl", requests)))

    seqs = []
    for process in processes:
        out, _ = process.communicate(timeout=240)
        assert process.returncode == 0
        seqs += [json.loads(line)["seq"] for line in out.splitlines()]

    assert sorted(seqs) == list(range(1, DESKS * EACH + 1))
    assert proves(training_home)


def test_no_name_and_no_number_is_found_in_any_file_of_the_home(officer):
    requests = [traveller(number, note="Nota sobre MACHAVA") for number in range(3)]
    officer.types("crossing", "record", "-", "--json", stdin="\n".join(json.dumps(one) for one in requests))
    officer.types("crossing", "search", "--name", "machava")
    officer.types("crossing", "record", "-", "--json", stdin='{"request_id": "MACHAVA"}')
    officer.is_user("supervisor").types("db", "verify")
    told = ["MACHAVA", "Machava", "SPECIMEN", "U00000001", "Hotel Espécime", *(letters(number) for number in range(3))]

    files = [path for path in officer.home.rglob("*") if path.is_file()]

    assert {"border.db", "keys.json", "home.json"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        for word in told:
            if len(word) < 6 and path.suffix in {".db", ".db-wal", ".db-shm"}:
                continue  # four letters come up by chance in encrypted pages
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert word.encode(encoding) not in content, (path.name, word, encoding)
