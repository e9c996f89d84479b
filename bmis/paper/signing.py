"""Lines to sign on and boxes to tick, drawn: no font has to have them."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, Table

from bmis.paper.blocks import GREY, gap, grid, words
from bmis.paper.fonts import Face


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the role's words, and the name where it is known."""

    role: str
    name: str = ""


class TickBox(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """An empty box to tick by pen."""

    def __init__(self, side: float) -> None:
        super().__init__()
        self.width = self.height = side

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw its outline."""
        self.canv.setStrokeGray(0)
        self.canv.setLineWidth(0.8)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)


def tick_line(text: str, width: float, size: float = 9) -> Table:
    """Return a box to tick and its words."""
    return grid(
        [[TickBox(size), words(text, size)]], [size * 1.8, width - size * 1.8], ("VALIGN", (0, 0), (0, 0), "MIDDLE")
    )


def signatures(signers: Sequence[Signature], width: float, room: float = 34) -> Table:
    """Return one line a signer, side by side, with ``room`` points above it for the pen."""
    share = width / len(signers)
    space = 14
    cells = []
    for signer in signers:
        under = [words(signer.role, 8, color=GREY)]
        if signer.name:
            under.insert(0, words(signer.name, 9.5, Face.SEMIBOLD))
        line = grid(
            [[under]], [share - space], ("LINEABOVE", (0, 0), (-1, -1), 0.7, GREY), ("TOPPADDING", (0, 0), (-1, -1), 3)
        )
        cells.append([gap(room), line])
    return grid([cells], [share] * len(signers))
