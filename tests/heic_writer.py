"""Writes HEIC files for tests: one HEVC picture of raw (PCM) blocks, so that no encoder is needed and nothing is lost.

ITU-T H.265 (04/2013) for the picture, ISO/IEC 23008-12 and 14496-12 for the boxes around it.
"""

import struct

import numpy as np

_BLOCK = 16
# H.265 table 9-46: range of the less probable symbol by state and by quarter of the range
_RANGES = bytes.fromhex(
    "80b0d0f080a7c5e3809ebbd87b96b2cd748ea9c36f87a0b9698098af647a90a65f74899e5a6e829655687b8e516375874d5e6f804959697a"
    "4555647442505f6e3e4c5a683b4856633845515e35414d59333e4955303b45502e38424c2b353f4829323b4527303841252d363e232b333b"
    "2129303820272e351e252b321d2329301b21272d1a1f252b181e2329171c2127161b2025151a1e2314181d2113171b1f12161a1e1115191c"
    "1014171b0f1316190e1215180e1114170d1013160c0f12150c0e11140b0e10130b0d0f120a0c0f110a0c0e10090b0d0f090b0c0e080a0c0e"
    "08090b0d07090b0c07090a0c07080a0b0608090b0607090a0607080902020202"
)


class Bits:
    """Collects bits, first the highest."""

    def __init__(self):
        self.text = []

    def put(self, value, count):
        self.text.append(format(value, f"0{count}b") if count else "")
        return self

    def golomb(self, *values):
        for value in values:
            code = format(value + 1, "b")
            self.text.append("0" * (len(code) - 1) + code)
        return self

    def stopped(self):
        self.put(1, 1)
        return self.bytes()

    def bytes(self):
        text = "".join(self.text)
        text += "0" * (-len(text) % 8)
        return int(text, 2).to_bytes(len(text) // 8, "big")


class Cabac:
    """The arithmetic coder (H.265, 9.3.4) with the one context that raw blocks use."""

    def __init__(self):
        self.state, self.most_probable = 0, 1  # part_mode: initValue 184 at QP 26
        self.begin()

    def begin(self):
        self.low, self.range, self.first, self.outstanding, self.bits = 0, 510, True, 0, []

    def most(self):
        """Code the context's more probable symbol, which is a block that is not split."""
        less = _RANGES[self.state * 4 + ((self.range >> 6) & 3)]
        self.range -= less
        self.state = min(self.state + 1, 62)
        self._renorm()

    def terminate(self, bit):
        self.range -= 2
        if not bit:
            self._renorm()
            return b""
        self.low += self.range
        self.range = 2
        self._renorm()
        self._put((self.low >> 9) & 1)
        self.bits += [(self.low >> 8) & 1, 1]
        text = "".join(map(str, self.bits))
        text += "0" * (-len(text) % 8)
        return int(text, 2).to_bytes(len(text) // 8, "big")

    def _renorm(self):
        while self.range < 256:
            if self.low < 256:
                self._put(0)
            elif self.low >= 512:
                self.low -= 512
                self._put(1)
            else:
                self.low -= 256
                self.outstanding += 1
            self.range <<= 1
            self.low <<= 1

    def _put(self, bit):
        if self.first:
            self.first = False
        else:
            self.bits.append(bit)
        self.bits += [1 - bit] * self.outstanding
        self.outstanding = 0


def heic(picture):
    """Return ``picture`` (a Pillow image) as the bytes of a HEIC file."""
    width, height = picture.size
    across, down = -(-width // _BLOCK), -(-height // _BLOCK)
    whole = picture.convert("RGB").crop((0, 0, across * _BLOCK, down * _BLOCK)).convert("YCbCr")
    luma, *chroma = (np.asarray(plane) for plane in whole.split())
    chroma = [plane[::2, ::2] for plane in chroma]
    coder, data = Cabac(), []
    for row in range(down):
        for column in range(across):
            coder.most()
            data.append(coder.terminate(1))
            data.append(_block(luma, row, column, _BLOCK))
            data += [_block(plane, row, column, _BLOCK // 2) for plane in chroma]
            coder.begin()
            last = (row, column) == (down - 1, across - 1)
            data.append(coder.terminate(1 if last else 0))
    header = Bits().put(0b10, 2).golomb(0, 2, 0).stopped()  # first slice, IDR; picture set 0, intra, QP as given
    picture_unit = _unit(19, header + b"".join(data))
    return _file(width, height, across * _BLOCK, down * _BLOCK, picture_unit)


def _block(plane, row, column, side):
    return plane[row * side : (row + 1) * side, column * side : (column + 1) * side].tobytes()


def _unit(kind, payload):
    safe, zeros = bytearray(), 0
    for byte in payload:
        if zeros == 2 and byte <= 3:
            safe.append(3)
            zeros = 0
        safe.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes((kind << 1, 1)) + bytes(safe)


def _level(bits):
    bits.put(3, 8).put(0b0111 << 28, 32).put(0b1001, 4).put(0, 43).put(0, 1).put(186, 8)  # main still picture
    return bits


def _sets(width, height, padded_width, padded_height):
    video = _level(Bits().put(0, 4).put(3, 2).put(0, 6).put(0, 3).put(1, 1).put(0xFFFF, 16))
    video.put(1, 1).golomb(0, 0, 0).put(0, 6).golomb(0).put(0, 2)
    sequence = _level(Bits().put(0, 4).put(0, 3).put(1, 1)).golomb(0, 1, padded_width, padded_height)
    sequence.put(1, 1).golomb(0, (padded_width - width) // 2, 0, (padded_height - height) // 2)
    sequence.golomb(0, 0, 4).put(1, 1).golomb(0, 0, 0)
    sequence.golomb(1, 0, 0, 2, 0, 0).put(0, 3)  # blocks of 16; no scaling lists, no asymmetric parts, no offsets
    sequence.put(1, 1).put(7, 4).put(7, 4).golomb(1, 0).put(1, 1)  # raw blocks of 16, eight bits, not filtered
    sequence.golomb(0).put(0, 5)
    pictures = Bits().golomb(0, 0).put(0, 7).golomb(0, 0, 0).put(0, 3).golomb(0, 0).put(0, 6).put(0, 1)
    pictures.put(0b101, 3).put(0, 2).golomb(0).put(0, 2)  # deblocking is said, and off
    return [(32, video.stopped()), (33, sequence.stopped()), (34, pictures.stopped())]


def _box(name, *parts, version=None):
    content = b"".join(parts)
    if version is not None:
        content = struct.pack(">I", version << 24) + content
    return struct.pack(">I", len(content) + 8) + name + content


def _file(width, height, padded_width, padded_height, unit):
    sets = [(kind, _unit(kind, payload)) for kind, payload in _sets(width, height, padded_width, padded_height)]
    record = struct.pack(
        ">BBIHIBHBBBBHBB", 1, 3, 0x70000000, 0x9000, 0, 186, 0xF000, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0x0F, 3
    )
    for kind, content in sets:
        record += struct.pack(">BHH", 0x80 | kind, 1, len(content)) + content
    item = struct.pack(">I", len(unit)) + unit
    brands = _box(b"ftyp", b"heic", struct.pack(">I", 0), b"mif1heic")

    colour = _box(b"colr", b"nclx", struct.pack(">HHHB", 1, 13, 6, 0x80))  # every value from 0 to 255 is used

    def meta(offset):
        return _box(
            b"meta",
            _box(b"hdlr", struct.pack(">I4s12x", 0, b"pict"), b"\0", version=0),
            _box(b"pitm", struct.pack(">H", 1), version=0),
            _box(b"iloc", struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, offset, len(item)), version=0),
            _box(
                b"iinf",
                struct.pack(">H", 1),
                _box(b"infe", struct.pack(">HH4s", 1, 0, b"hvc1"), b"\0", version=2),
                version=0,
            ),
            _box(
                b"iprp",
                _box(
                    b"ipco", _box(b"hvcC", record), _box(b"ispe", struct.pack(">II", width, height), version=0), colour
                ),
                _box(b"ipma", struct.pack(">IHBBBB", 1, 1, 3, 0x81, 2, 3), version=0),
            ),
            version=0,
        )

    offset = len(brands) + len(meta(0)) + 8
    return brands + meta(offset) + _box(b"mdat", item)
