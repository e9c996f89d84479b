"""QR codes (ISO/IEC 18004) as vectors, sharp on any printer, and as pictures for a phone."""

from io import BytesIO

import segno
from reportlab.platypus import Flowable
from segno.encoder import DataOverflowError

from bmis.paper.errors import QrTooLongError

QUIET_MODULES = 4  # ISO/IEC 18004: light margin around the code


class QrCode(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A square of ``side`` points, quiet zone included. ``error``: the least correction (l, m, q, h).

    Raises:
        QrTooLongError: the text does not fit the largest code.
    """

    def __init__(self, text: str, side: float, error: str = "m") -> None:
        super().__init__()
        self._rows = [bytes(row) for row in _code(text, error).matrix]
        self.width = self.height = side

    @property
    def modules(self) -> int:
        """Return how many modules lie side by side, quiet zone included."""
        return len(self._rows) + 2 * QUIET_MODULES

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its size; it does not shrink."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw white ground, then the dark modules, each run of a row as one rectangle."""
        module = self.width / self.modules
        canvas = self.canv
        canvas.setFillGray(1)  # a watermark behind the code would spoil it
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        canvas.setFillGray(0)
        path = canvas.beginPath()
        for line, row in enumerate(self._rows):
            bottom = self.height - (line + 1 + QUIET_MODULES) * module
            start = None
            for column, dark in enumerate([*row, 0]):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    path.rect((start + QUIET_MODULES) * module, bottom, (column - start) * module, module)
                    start = None
        canvas.drawPath(path, stroke=0, fill=1)


def qr_png(text: str, pixels_a_module: int = 8, error: str = "m") -> bytes:
    """Return the code alone as a PNG picture, black on white, quiet zone included: for the screen of a phone.

    Raises:
        QrTooLongError: the text does not fit the largest code.
    """
    sink = BytesIO()
    _code(text, error).save(sink, kind="png", scale=pixels_a_module, border=QUIET_MODULES)
    return sink.getvalue()


def _code(text: str, error: str) -> segno.QRCode:
    try:
        return segno.make_qr(text, error=error)
    except DataOverflowError as problem:
        raise QrTooLongError(length=len(text)) from problem
