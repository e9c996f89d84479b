"""What a border pass says on paper, whatever the paper: card, A6, slip. Every label in Portuguese and English."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.fonts import Face, fitted
from bmis.paper.page import Imprint, in_each

LANGUAGES = ("pt", "en")


@dataclass(frozen=True, slots=True)
class Both:
    """The same words in Portuguese and English."""

    pt: str
    en: str

    @property
    def line(self) -> str:
        """Both, once where they are alike."""
        return self.pt if self.pt == self.en else f"{self.pt} / {self.en}"


@dataclass(frozen=True, slots=True)
class PassPaper:
    """A pass in words ready to print. ``seal`` None: not sealed yet, which the paper says. ``photo`` is a JPEG.

    ``fee`` is what the holder paid, or what is due ("0,00 MZN"); ``returns_to`` is whom to give a found pass to.
    """

    imprint: Imprint
    scheme: Both
    serial: str
    surname: str
    given_names: str
    birth: str
    sex: str
    valid_from: str
    valid_to: str
    zone: Both
    posts: tuple[str, ...]
    purpose: Both
    dependants: int
    max_stay_days: int
    fee: str
    fee_is_zero: bool
    seal: str | None
    photo: bytes | None = None

    def __repr__(self) -> str:
        return f"PassPaper({self.serial})"  # a name never reaches a log


def title_of(paper: PassPaper) -> str:
    """Return the title of the file: the number, nobody's name."""
    return f"{in_each(LANGUAGES, lambda: _('Border pass'))} {paper.serial}"


def not_icao() -> str:
    """Return the line that every form of the pass bears, in both languages."""
    return in_each(LANGUAGES, lambda: _("Not an ICAO travel document"))


def photo_of(paper: PassPaper) -> ImageReader | None:
    """Return the photo as ReportLab draws it, None where there is none or it cannot be drawn."""
    if paper.photo is None:
        return None
    try:
        return ImageReader(BytesIO(paper.photo))
    except Exception:  # Pillow says whatever it stumbles on; a pass without a photo says so
        return None


def draw_photo(canvas: Canvas, paper: PassPaper, x: float, y: float, size: tuple[float, float]) -> None:
    """Draw the photo in its frame, whole and undistorted; without one the frame says so."""
    width, height = size
    reader = photo_of(paper)
    canvas.setLineWidth(0.5)
    canvas.setStrokeGray(0.45)
    if reader is None:
        canvas.rect(x, y, width, height, stroke=1, fill=0)
        canvas.setFillGray(0.3)
        for line, language in enumerate(LANGUAGES):
            text, points = fitted(in_each((language,), lambda: _("no photograph")), width - 4, 6)
            canvas.setFont(Face.REGULAR.value, points)
            canvas.drawCentredString(x + width / 2, y + height / 2 - line * 8, text)
        return
    canvas.drawImage(reader, x, y, width, height, preserveAspectRatio=True, anchor="c")
    canvas.rect(x, y, width, height, stroke=1, fill=0)


def label(code: str) -> str:
    """Return a label in both languages."""
    return in_each(LANGUAGES, LABELS[code])


def row(code: str, value: str, *, is_code: bool = False) -> Row:
    """Return a labelled value for a table of the paper."""
    with speaking("en"):
        also = LABELS[code]()
    with speaking("pt"):
        return Row(LABELS[code](), value, also, is_code)


LABELS: Mapping[str, Callable[[], str]] = {
    "surname": lambda: _("Surname"),
    "given_names": lambda: _("Given names"),
    "birth": lambda: _("Date of birth"),
    "sex": lambda: _("Sex"),
    "serial": lambda: _("Number of the pass"),
    "valid_from": lambda: _("Valid from"),
    "valid_to": lambda: _("Valid until"),
    "validity": lambda: _("Validity"),
    "zone": lambda: _("Zone"),
    "purpose": lambda: _("Purpose of the pass"),
    "posts": lambda: _("Posts"),
    "stay": lambda: _("Each stay"),
    "dependants": lambda: _("Children on it"),
    "fee": lambda: _("Fee"),
}
