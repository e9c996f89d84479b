"""A person at the terminal: runs ``bmis`` in this process, or as a process of its own, and reads the answers."""

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bmis.documents.compose import compose
from bmis.documents.dates import PartialDate
from bmis.documents.mrz import MrzFields
from ui.cli.main import main
from ui.cli.schemas import first_fault

PASSWORD = "treino"
PROGRAM = Path(sys.executable).parent / "bmis"
LINE = re.compile(r"BMIS-[0-9]{3} .+ — .+")


@dataclass
class Answer:
    """What the terminal showed."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def error(self):
        return self.json["error"]["code"]


def no_room_in(folder, monkeypatch):
    """The disk is full for every file that is written in the folder itself; what lies deeper has room."""
    sync = os.fsync

    def full(handle):
        if Path(os.readlink(f"/proc/self/fd/{handle}")).parent == folder:
            raise OSError(28, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)


class Terminal:
    """Types commands in one home as one user. Every JSON answer is held against its schema."""

    def __init__(self, monkeypatch, capsys, home):
        self._monkeypatch, self._capsys = monkeypatch, capsys
        for name in list(os.environ):
            if name.startswith("BMIS_"):
                monkeypatch.delenv(name)
        monkeypatch.setenv("BMIS_HOME", str(home))
        self.home = home

    def is_user(self, name, password=PASSWORD, second=None):
        self._monkeypatch.setenv("BMIS_USER", name)
        self._monkeypatch.setenv("BMIS_PASSWORD", password)
        if second:
            self._monkeypatch.setenv("BMIS_SECOND_USER", second)
            self._monkeypatch.setenv("BMIS_SECOND_PASSWORD", PASSWORD)
        return self

    def sets(self, **variables):
        for name, value in variables.items():
            self._monkeypatch.setenv(name, value)
        return self

    def lacks(self, *variables):
        for name in variables:
            self._monkeypatch.delenv(name, raising=False)
        return self

    def types(self, *words, stdin=None, schema=None):
        if stdin is not None:
            untrusted = stdin if isinstance(stdin, bytes) else stdin.encode()
            self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(untrusted)))
        self._capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = self._capsys.readouterr()
        answer = Answer(code, out, err)
        holds_the_contract(answer, "--json" in words, schema)
        return answer


def holds_the_contract(answer, as_json, schema=None):
    assert answer.code in (0, 1, 2, 3)
    assert "Traceback" not in answer.out + answer.err
    for line in answer.err.splitlines():
        assert LINE.fullmatch(line), line
    if answer.code in (2, 3):
        assert LINE.search(answer.err) or answer.out
    if as_json and schema:
        refused = isinstance(answer.json, dict) and set(answer.json) <= {"error", "request_id"}
        wrong = first_fault(answer.json, "error" if refused else schema)
        assert wrong is None, (wrong, answer.out)


def as_process(*words, env, stdin=None, timeout=60):
    """Run the installed program as a process of its own."""
    done = subprocess.run(
        [PROGRAM, *words], env={**os.environ, **env}, input=stdin, capture_output=True, text=True, timeout=timeout
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def traveller(number=1, **more):
    """Return a request for one invented traveller of Utopia."""
    fields = MrzFields(
        document_code="P",
        issuing_state="UTO",
        number=f"U{number:08d}",
        surname=f"MACHAVA {letters(number)}",
        given_names="SPECIMEN",
        nationality="UTO",
        birth_date=PartialDate(1988, 4, 12),
        sex="F",
        expiry_date=PartialDate(2032, 9, 15),
    )
    lines = compose("TD3", fields)
    return {
        "request_id": str(uuid4()),
        "direction": "ENTRY",
        "mrz": list(lines),
        "mode": "road",
        "purpose": "tourism",
        "coming_from": "ZAF",
        "going_to": "MOZ",
        "intended_days": 5,
        "accommodation": "Hotel Espécime",
        "decision": "ADMITTED",
        "acknowledged": ["*"],
        **more,
    }


def letters(number):
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(4))
