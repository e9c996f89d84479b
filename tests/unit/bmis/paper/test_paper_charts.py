"""Charts on paper: every number in them can be read, and people are counted whole."""

import io
import subprocess
from itertools import pairwise

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Group, Rect, String
from reportlab.pdfgen.canvas import Canvas

from bmis.paper.charts import drawn
from bmis.paper.fonts import register_fonts


def light(color):
    def linear(value):
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)


def contrast(one, other):
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_number_in_each_square_of_a_heat_map_stands_out_from_its_tone():
    register_fonts()
    drawing = drawn("heat", [f"{at:02d}" for at in range(21)], [("seg", tuple(float(at) for at in range(21)))], 520)
    parts = next(one for one in drawing.contents if isinstance(one, Group)).contents
    pairs = [
        (square.fillColor, number.fillColor)
        for square, number in pairwise(parts)
        if isinstance(square, Rect) and isinstance(number, String)
    ]
    assert len(pairs) == 21
    assert min(contrast(*pair) for pair in pairs) >= 4.4


def test_few_people_are_counted_whole_on_the_axis():
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 200))
    renderPDF.draw(drawn("columns", ("sáb", "dom"), [("Entradas", (2.0, 1.0))], 520), canvas, 20, 20)
    canvas.save()
    said = subprocess.run(
        ["pdftotext", "-", "-"], input=out.getvalue(), capture_output=True, check=True
    ).stdout.decode()
    assert {"0", "1", "2"} <= {*said.split()}
    assert "," not in said
