"""Printers by their role: queues of the printing system whose names say what lies in them.

``bmis-card`` takes cards, ``bmis-a6`` paper passes, ``bmis-slip`` rolls; without one of the last two the usual printer
takes the paper. A card never goes to a printer that has none: an A4 sheet with a card in its corner is a pass spoiled.
"""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from bmis.passes.print_pass import PassForm
from ui.desktop.lane.errors import PrinterAbsentError, PrinterRefusedError
from ui.desktop.passes.errors import CardPrinterAbsentError, PrintAsFileError

SendPdf = Callable[[bytes, str], str]
QUEUES = {PassForm.CARD: "bmis-card", PassForm.SHEET: "bmis-a6", PassForm.SLIP: "bmis-slip"}
WAIT_S = 20


@dataclass(frozen=True, slots=True)
class PassPrinters:
    """``queue`` gives the printer of a queue's name, None where there is no such queue."""

    usual: SendPdf
    queue: Callable[[str], SendPdf | None]

    def of(self, form: PassForm) -> SendPdf:
        """Return the printer of that form.

        Raises:
            CardPrinterAbsentError: there is no card printer. PrintAsFileError: a phone's picture is no paper.
        """
        if form is PassForm.CODE:
            raise PrintAsFileError
        found = self.queue(QUEUES[form])
        if found is not None:
            return found
        if form is PassForm.CARD:
            raise CardPrinterAbsentError
        return self.usual

    def paper(self, content: bytes, title: str) -> str:
        """Print a notice or a receipt where paper of A6 lies, else at the usual printer."""
        return self.of(PassForm.SHEET)(content, title)


def lp_queue(lp: str | None, lpstat: str | None) -> Callable[[str], SendPdf | None]:
    """Return what finds a queue of CUPS by its name."""

    def find(name: str) -> SendPdf | None:
        if lp is None or lpstat is None or name not in _queues(lpstat):
            return None
        return lambda pdf, title: _send(lp, name, pdf, title)

    return find


def _queues(lpstat: str) -> frozenset[str]:
    try:
        told = subprocess.run([lpstat, "-e"], capture_output=True, timeout=WAIT_S, check=False, text=True)
    except (OSError, subprocess.TimeoutExpired, UnicodeError):
        return frozenset()
    return frozenset(told.stdout.split())


def _send(lp: str, queue: str, pdf: bytes, title: str) -> str:
    try:
        done = subprocess.run(
            [lp, "-d", queue, "-t", title, "-"], input=pdf, capture_output=True, timeout=WAIT_S, check=False
        )
    except FileNotFoundError as error:
        raise PrinterAbsentError from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrinterRefusedError from error
    if done.returncode != 0:
        raise PrinterRefusedError
    return queue
