"""Ctrl-C while a package is written: nothing half is left, nothing is on the audit, and the command says so."""

import json
import os
import signal
import sys

import pytest

from bmis.flows import export_flows
from bmis.kernel import telling
from tests.journeys.test_cli_flows import DEMO, FIRST, LAST, WHY, plain_query
from ui.cli.main import main


@pytest.fixture
def filled(terminal):
    terminal.is_user("admin").types(*DEMO)
    return terminal.is_user("supervisor")


def presses_control_c(monkeypatch, step):
    """Press Ctrl-C at this step of the writing, as a terminal does it: by the signal."""
    real = export_flows.package_files

    def files(package, formats, scratch, progress, cancelled):
        for at, one in enumerate(real(package, formats, scratch, progress, cancelled)):
            if at == step:
                os.kill(os.getpid(), signal.SIGINT)
            yield one

    monkeypatch.setattr(export_flows, "package_files", files)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("step", [0, 3])
def test_control_c_leaves_no_half_package_and_no_line(filled, tmp_path, monkeypatch, step):
    before = signal.getsignal(signal.SIGINT)
    out = tmp_path / "package"
    words = ("flows", "export", "--from", FIRST, "--to", LAST, "--out", out, *WHY, "--json")
    with monkeypatch.context() as patch:
        presses_control_c(patch, step)
        answer = filled.types(*words)
    assert (answer.code, answer.error) == (3, "BMIS-830")
    assert [one.name for one in tmp_path.iterdir() if "package" in one.name or one.name.startswith(".bmis")] == []
    kinds = "SELECT count(*) FROM outbox WHERE kind IN ('flows.exported', 'flows.released')"
    assert plain_query(filled.home, kinds) == [(0,)]
    assert signal.getsignal(signal.SIGINT) is before, "Ctrl-C works again as before"
    assert filled.types(*words).code == 0, "and the same command then does its work"


def test_somebody_who_looks_on_reads_how_far_it_is(filled, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(telling, "TELL_EVERY", 10)
    words = ("flows", "export", "--from", FIRST, "--to", LAST, *WHY, "--json")
    silent = filled.types(*words, "--out", tmp_path / "a")
    assert "linhas" not in silent.err, "into a file or a pipe no line of progress is written"
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _stream: True)
    code = main([*words, "--out", str(tmp_path / "b")])  # not by the robot: it reads whole lines, and this is one
    out, err = capsys.readouterr()
    assert code == 0
    rows = sum(json.loads(out)["rows"].values())
    assert f"\r{rows} de {rows} linhas escritas" in err
    assert err.endswith("\r"), "the line is empty again before the answer"
    assert "\n" not in err
