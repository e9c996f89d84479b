"""Where no zone is printed, one in a code is taken; print comes first."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import segno

from bmis.capture.codes import CodeReader
from bmis.capture.frame import Frame
from bmis.capture.images import decode_image
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.own_reader import OwnReader
from bmis.capture.zones_and_codes import ZonesAndCodes

ZONE = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",  # ICAO Doc 9303-4, appendix A
)


def clock() -> datetime:
    return datetime(2026, 3, 14, 8, 0, tzinfo=UTC)


def frame_with_code(text: str) -> Frame:
    sink = io.BytesIO()
    segno.make(text, micro=False).save(sink, kind="png", scale=6, border=6)
    return decode_image(sink.getvalue(), clock, "file")


def test_a_zone_in_a_qr_code_is_read_where_none_is_printed() -> None:
    reader = ZonesAndCodes()
    readings = reader.read(frame_with_code("\n".join(ZONE)))
    assert [reading.lines for reading in readings] == [ZONE]
    assert readings[0].reader == "code"
    reader.close()


def test_a_code_that_holds_something_else_gives_nothing() -> None:
    assert ZonesAndCodes().read(frame_with_code("https://example.invalid/mrz")) == ()


def test_print_comes_before_a_code() -> None:
    class Printed(OwnReader):
        def read(self, frame: Frame) -> Sequence[MrzReading]:
            return (MrzReading(ZONE, ((1.0,) * 44,) * 2, (), None, "printed", 1, 1),)

    class Codes(CodeReader):
        def read(self, frame: Frame) -> Sequence[MrzReading]:
            raise AssertionError("looked into codes though a zone is printed")

    assert ZonesAndCodes(Printed(), Codes()).read(frame_with_code("x"))[0].reader == "printed"
