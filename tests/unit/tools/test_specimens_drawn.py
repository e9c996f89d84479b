"""The specimens that ship are what the drawing program draws, of invented people, with digits that hold."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bmis.documents.mrz import parse
from bmis.kernel.resources import resource
from tools.specimens import compose_mrz, people
from tools.specimens.catalogue import documents, faces, hard_pictures, replay

TODAY = date(2026, 3, 14)
EVERYONE = [value for value in vars(people).values() if isinstance(value, people.Person)]


def truth(folder):
    return json.loads((resource("training", folder) / "truth.json").read_text(encoding="utf-8"))


def zones_of(entry):
    size = 3 if entry["kind"] == "TD1" else 2
    return [tuple(entry["lines"][at : at + size]) for at in range(0, len(entry["lines"]), size)]


@pytest.mark.parametrize("entry", [*truth("specimens"), *truth("replay")], ids=lambda entry: entry["file"])
def test_each_printed_zone_is_of_its_kind_and_its_digits_hold(entry):
    for lines in zones_of(entry):
        parsed = parse(lines, today=TODAY)
        assert parsed.kind == entry["kind"]
        assert parsed.all_checks_ok


@pytest.mark.parametrize("entry", [*truth("specimens"), *truth("replay")], ids=lambda entry: entry["file"])
def test_no_specimen_could_be_taken_for_a_real_document(entry):
    for lines in zones_of(entry):
        assert lines[0][2:5] == ("FRA" if entry["kind"] == "FRID" else "UTO")
        assert "SPECIMEN" in "".join(lines)


def test_everyone_is_invented_by_name():
    assert len(EVERYONE) >= 8
    assert all(person.surname.endswith("SPECIMEN") for person in EVERYONE)


def test_the_worked_example_of_the_standard_composes():
    eriksson = people.Person(
        "ERIKSSON", "ANNA MARIA", "L898902C3", "740812", "120415", "F", (0, 0, 0), (0, 0, 0), (0, 0, 0), "ZE184226B"
    )
    assert compose_mrz.td3(eriksson) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )


@pytest.mark.parametrize(
    ("folder", "drawn"),
    [("specimens", lambda: [*documents(), *hard_pictures(), *faces()]), ("replay", lambda: list(replay()))],
)
def test_what_ships_is_what_is_drawn_now(folder, drawn):
    shipped = {entry["file"]: tuple(entry["lines"]) for entry in truth(folder)}
    assert shipped == {specimen.file: specimen.lines for specimen in drawn()}
    assert {path.name for path in resource("training", folder).iterdir()} == {*shipped, "truth.json"}


def test_all_of_it_stays_small():
    files = [path for folder in ("specimens", "replay") for path in resource("training", folder).iterdir()]
    assert sum(path.stat().st_size for path in files) < 3_000_000


def test_the_command_writes_both_folders(tmp_path):
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-m", "tools.specimens", "--out", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    assert (tmp_path / "specimens" / "td3-passport.png").is_file()
    assert (tmp_path / "replay" / "001-empty.jpg").is_file()
