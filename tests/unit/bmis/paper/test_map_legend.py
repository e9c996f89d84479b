"""The legend of the printed map holds its words, however many figures a number has."""

import pypdfium2

from bmis.paper.map_page import MapPage, map_page
from bmis.paper.map_sheet import ARROW, TONE, KeyRow, MapSheet

LONGEST = "de 1 000 000 a 2 999 999 nos seus postos de travessia"


def frames_and_words(pdf):
    """The rectangles of the page as (left, right), and the right edge of the longest words."""
    page = pypdfium2.PdfDocument(pdf)[0]
    boxes = [one.get_bounds() for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    text = page.get_textpage()
    found = text.search(LONGEST[-20:]).get_next()
    edge = max(text.get_charbox(found[0] + at)[2] for at in range(found[1]))
    return [(one[0], one[2]) for one in boxes], edge


def test_numbers_of_seven_figures_stay_inside_the_frame_of_the_legend(imprint):
    rows = (KeyRow(TONE, LONGEST, 0.5), KeyRow(ARROW, "Seta: 2 054 000 movimentos", 2_054_000.0))
    sheet = MapSheet("Mapa", "Outubro", (30.0, -27.0, 41.0, -10.0), (), (), (), rows, ())
    frames, edge = frames_and_words(map_page(MapPage(imprint, sheet)))
    legend = min(
        (one for one in frames if one[0] < edge < one[1] + 60 and one[1] - one[0] < 250), key=lambda one: one[0]
    )
    assert edge < legend[1]
