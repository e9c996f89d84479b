"""QR codes (ISO/IEC 18004) as vectors: sharp on any printer."""

import segno
from reportlab.platypus import Flowable
from segno.encoder import DataOverflowError

from bmis.paper.errors import QrTooLongError

QUIET_MODULES = 4  # ISO/IEC 18004: light margin around the code


class QrCode(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A square of ``side`` points, quiet zone included, error correction M.

    Raises:
        QrTooLongError: the text does not fit the largest code.
    """

    def __init__(self, text: str, side: float) -> None:
        super().__init__()
        try:
            self._rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix]
        except DataOverflowError as error:
            raise QrTooLongError(length=len(text)) from error
        self.width = self.height = side

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its size; it does not shrink."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw white ground, then the dark modules, each run of a row as one rectangle."""
        module = self.width / (len(self._rows) + 2 * QUIET_MODULES)
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
