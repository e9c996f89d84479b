"""Verifying a border pass from text and from a camera's frame, against zxing-cpp and one raw ECDSA verification.

Also what a status list of ten million serials weighs and how long a look-up takes, and what a pass takes at the
crossing, step by step.
"""

import io
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import segno
import zxingcpp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from numpy.typing import NDArray
from PIL import Image

from bmis.capture.frame import Frame
from bmis.capture.seal_codes import read_seal_codes
from bmis.documents.dates import PartialDate
from bmis.documents.seals.base45 import to_base45
from bmis.documents.seals.pass_seal import CATEGORY, FEATURES, PassSeal
from bmis.documents.seals.vds import VdsHeader, read_vds, sealed, unsigned_vds
from bmis.trust.bundle import BundleContent
from bmis.trust.certificates import make_authority, make_signer
from bmis.trust.ecdsa import sign
from bmis.trust.policy import trust_rule
from bmis.trust.status_list import StatusList
from bmis.trust.trust_set import TrustSet
from bmis.trust.verify_seal import SealAnswer, verify_seal
from tools.bench.bench_pass_steps import measure_steps

BOUND = 2.0
TEXTS, FRAMES, LOOK_UPS = 200, 40, 20_000
AT_ONCE = 20
SERIALS, LISTED = 10_000_000, 100_000
MOST_BYTES = 150_000
MOST_LOOK_UP_US = 2.0
WIDTH, HEIGHT = 1280, 720
SEED = 1
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
_SEAL = PassSeal(
    scheme="MZMW1",
    serial=1_234_567,
    surname="NHAMUAVE",
    given_names="ROSA MARIA",
    sex="F",
    valid_from=TODAY,
    valid_to=TODAY + timedelta(days=364),
    birth=PartialDate(1988, 4, 12),
    zone="TETE1",
    posts=("MZ.T.CAL", "MZ.T.ZOB"),
    purpose="TRADE",
    photo=bytes(8),
)


def measure(*, runs: int) -> dict[str, Any]:
    """Return the worse of the two ratios (medians of CPU time, taken in turns), and the bounds of the status list."""
    text, raw, public, trust = _issued()
    vds = read_vds(raw)
    pair = encode_dss_signature(int.from_bytes(vds.signature[:32]), int.from_bytes(vds.signature[32:]))
    pixels = _frame(text)
    frame = Frame.of_pixels(pixels, AT, "camera 0")
    qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

    def raw_ecdsa() -> None:
        public.verify(pair, vds.signed, ec.ECDSA(SHA256()))

    def from_text() -> None:
        _good(verify_seal(text, trust, AT).answer)

    def zxing_and_ecdsa() -> None:
        if zxingcpp.read_barcodes(pixels, formats=qr)[0].text != text:
            raise ValueError("the peer misread")
        raw_ecdsa()

    def from_frame() -> None:
        _good(verify_seal(read_seal_codes(frame)[0].payload, trust, AT).answer)

    text_ours, text_theirs = _in_turns(from_text, raw_ecdsa, runs or TEXTS, each=AT_ONCE)
    frame_ours, frame_theirs = _in_turns(from_frame, zxing_and_ecdsa, max((runs or TEXTS) * FRAMES // TEXTS, 5))
    text_ratio, frame_ratio = round(text_ours / text_theirs, 2), round(frame_ours / frame_theirs, 2)
    bounds = [
        _bound("seal", "text against one raw ECDSA verification", text_ratio, BOUND),
        _bound("seal", "1280x720 frame against zxing-cpp and one raw ECDSA verification", frame_ratio, BOUND),
        *_status_bounds(),
    ]
    steps, told = measure_steps(_SEAL, _frame, runs)
    bounds += steps
    return {
        "name": "seal",
        "peer": "zxing-cpp (QR) and one raw ECDSA P-256 verification",
        "ratio": max(text_ratio, frame_ratio),
        "bound": BOUND,
        "ok": all(bool(one["ok"]) for one in bounds),
        "unit": "ms of CPU (median, from a frame)",
        "ours": round(frame_ours, 3),
        "theirs": round(frame_theirs, 3),
        "settings": {"characters": len(text), "serials": SERIALS, "listed": LISTED, "frame": f"{WIDTH}x{HEIGHT}"},
        "also": {"text_ours_ms": round(text_ours, 4), "text_theirs_ms": round(text_theirs, 4), **told},
        "bounds": bounds,
    }


def _issued() -> tuple[str, bytes, ec.EllipticCurvePublicKey, TrustSet]:
    rule = trust_rule(TODAY)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = make_authority(root_key, "UT", AT, rule)
    signer = make_signer(key.public_key(), 0x3F2A1C, root, root_key, TODAY, rule)
    header = VdsHeader("UTO", "UTBP", "3F2A1C", TODAY, TODAY, FEATURES, CATEGORY)
    unsigned = unsigned_vds(header, _SEAL.features())
    raw = sealed(unsigned, sign(unsigned, key))
    listed = random.Random(SEED).sample(range(2_000_000, SERIALS), LISTED)
    content = BundleContent(
        "UTO", 1, AT, AT + rule.fresh_for, (root,), (signer,), status=StatusList.of(listed, SERIALS)
    )
    return to_base45(raw), raw, key.public_key(), TrustSet.of(content)


def _status_bounds() -> list[dict[str, Any]]:
    dice = random.Random(SEED)
    made = StatusList.of(dice.sample(range(1, SERIALS + 1), LISTED), SERIALS)
    packed = made.packed()
    unpacked = StatusList.unpacked(packed, len(made.bits))
    asked = [dice.randrange(1, SERIALS + 1) for _ in range(LOOK_UPS)]
    begun = time.thread_time()
    found = sum(map(unpacked.listed, asked))
    look_up_us = (time.thread_time() - begun) * 1e6 / LOOK_UPS
    if unpacked.count != LISTED or not 0 < found < LOOK_UPS:
        raise ValueError("the list lost a serial")
    return [
        _bound("status list", f"bytes of {SERIALS} serials, {LISTED} of them listed", len(packed), MOST_BYTES),
        _bound("status list", "microseconds of CPU for a look-up", round(look_up_us, 3), MOST_LOOK_UP_US),
    ]


def _in_turns(ours: Callable[[], None], theirs: Callable[[], None], runs: int, each: int = 1) -> tuple[float, float]:
    """Return the median milliseconds of CPU of each, measured in turns so that a busy machine slows both.

    ``each``: how many at a turn, where one is too short for the clock.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 3):
        for which, work in zip(taken, (ours, theirs), strict=True):
            begun = time.process_time()
            for _ in range(each):
                work()
            if number >= 3:  # the first ones load modules and fill caches
                which.append((time.process_time() - begun) * 1000 / each)
    return statistics.median(taken[0]), statistics.median(taken[1])


def _frame(text: str) -> NDArray[np.uint8]:
    """Return a frame in which the card's code has 4.5 pixels a module, as a card that fills two thirds of it."""
    sink = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(sink, kind="png", scale=9, border=4)
    code = Image.open(io.BytesIO(sink.getvalue())).convert("L")
    code = code.resize((code.width // 2, code.height // 2), Image.Resampling.LANCZOS)
    scene = Image.new("L", (WIDTH, HEIGHT), 140)
    scene.paste(200, (200, 80, 1080, 640))
    scene.paste(code, (760, 330))
    noise = np.random.default_rng(SEED).normal(0, 4, (HEIGHT, WIDTH))
    grey = np.clip(np.asarray(scene, dtype=np.float64) + noise, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.dstack([grey] * 3))


def _good(answer: SealAnswer) -> None:
    if answer is not SealAnswer.VALID:
        raise ValueError(answer.value)


def _bound(on: str, what: str, value: float, limit: float) -> dict[str, Any]:
    return {"on": on, "what": what, "value": value, "limit": limit, "sense": "at_most", "ok": value <= limit}
