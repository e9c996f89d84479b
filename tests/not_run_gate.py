"""A skipped test fails the run unless tests/not_run.md names it: a check that did not run must be seen."""

import os
from pathlib import Path

import pytest

LISTED = Path(__file__).with_name("not_run.md")


def listed(text: str) -> list[str]:
    """Return the node id prefixes that the file names."""
    return [line[2:].split(": ")[0].strip() for line in text.splitlines() if line.startswith("- ")]


def unlisted(skipped: list[str], text: str) -> list[str]:
    """Return the skipped tests that nobody accounted for."""
    known = listed(text)
    return [node for node in skipped if not any(node.startswith(prefix) for prefix in known)]


class Gate:
    """Collects skips (in the controller, when tests run in several processes)."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        missing = unlisted(self.skipped, LISTED.read_text())
        if missing and session.exitstatus == pytest.ExitCode.OK:
            reporter = session.config.pluginmanager.get_plugin("terminalreporter")
            if reporter is not None:
                for node in missing:
                    reporter.write_line(f"SKIPPED and not in tests/not_run.md: {node}", red=True)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a test that needs a screen says so itself
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Gate(), "not_run_gate_of_the_run")
