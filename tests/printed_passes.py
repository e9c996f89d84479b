"""A pass as it comes out of the printer, and pictures of it as a camera of 1280x720 takes them."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from bmis.paper.page import Imprint
from bmis.paper.pass_paper import Both, PassPaper
from tests.sealing import ROSA

WIDTH, HEIGHT = 1280, 720
SHOTS = 60


def face(size=(480, 600)):
    """Return a drawn face, nobody's, as JPEG."""
    drawn = Image.new("RGB", size, (205, 214, 222))
    pen = ImageDraw.Draw(drawn)
    wide, high = size
    pen.ellipse((wide * 0.27, high * 0.16, wide * 0.73, high * 0.64), fill=(120, 82, 60))
    pen.rectangle((wide * 0.12, high * 0.7, wide * 0.88, high), fill=(30, 60, 120))
    sink = io.BytesIO()
    drawn.save(sink, "JPEG", quality=88)
    return sink.getvalue()


def paper(seal, *, training=False, **changed):
    at = datetime(2026, 11, 22, 10, 5, tzinfo=timezone(timedelta(hours=2)))
    known = {
        "imprint": Imprint("Zóbuè (MZ.T.ZOB)", at, "pass-officer", training),
        "scheme": Both(
            "Cartão de Facilitação de Mobilidade Transfronteiriça (Moçambique–Malawi)",
            "Cross-border mobility facilitation card (Mozambique–Malawi)",
        ),
        "serial": "01234567X",
        "surname": ROSA.surname,
        "given_names": ROSA.given_names,
        "birth": "12/04/1988",
        "sex": "F",
        "valid_from": "22/11/2026",
        "valid_to": "21/11/2027",
        "zone": Both("até 20 km da fronteira com o Malawi", "up to 20 km from the border with Malawi"),
        "posts": ("Calómuè", "Zóbuè", "Milange", "Vila Nova da Fronteira"),
        "purpose": Both("Pequeno comércio", "Small-scale trade"),
        "dependants": 2,
        "max_stay_days": 30,
        "fee": "0,00 MZN",
        "fee_is_zero": True,
        "seal": seal,
        "photo": face(),
    }
    return PassPaper(**known | changed)


def pages(pdf, dpi=300):
    """Return the pages of a PDF as pictures, as the printer lays them down."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[at].render(scale=dpi / 72).to_pil().convert("RGB") for at in range(len(document))]
    finally:
        document.close()


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    finally:
        document.close()


@dataclass(frozen=True)
class Shot:
    """How one picture was taken; ``share`` is the part of the frame's width that the card fills."""

    share: float
    turned: float
    yaw: float
    pitch: float
    soft: float
    noise: float
    light: float
    shade: float
    glare: float
    quality: int

    def taken(self, card, seed):
        """Return blue-green-red pixels, 1280x720."""
        wide = WIDTH * self.share
        high = wide * card.height / card.width
        x, y = wide / 2, high / 2
        corners = np.array([(-x, -y), (x, -y), (x, y), (-x, y)])
        turn = np.deg2rad(self.turned)
        corners = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        deep = 1 + (corners[:, 0] * np.sin(self.yaw) + corners[:, 1] * np.sin(self.pitch)) / 900
        flat = corners * [np.cos(self.yaw), np.cos(self.pitch)] / deep[:, None]
        room = np.array([WIDTH / 2 - 6, HEIGHT / 2 - 6]) / np.abs(flat).max(axis=0)
        flat = flat * min(1.0, *room) + [WIDTH / 2, HEIGHT / 2]  # whoever holds it keeps the whole card in view
        start = np.array([(0, 0), (card.width, 0), (card.width, card.height), (0, card.height)], np.float32)
        way = cv2.getPerspectiveTransform(start, flat.astype(np.float32))
        light = np.asarray(card.convert("L"))
        blurred = cv2.GaussianBlur(light, (0, 0), max(0.4, 0.42 * card.width / wide))  # as a lens, before the sensor
        scene = cv2.warpPerspective(blurred, way, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderValue=92)
        soft = Image.fromarray(scene).filter(ImageFilter.GaussianBlur(self.soft))
        pixels = np.asarray(soft, np.float64) * self.light
        across, down = np.meshgrid(np.linspace(0, 1, WIDTH), np.linspace(0, 1, HEIGHT))
        pixels *= 1 - self.shade * across
        pixels += self.glare * np.exp(-(((across - 0.35) ** 2 + (down - 0.4) ** 2) / 0.004))
        pixels += np.random.default_rng(seed).normal(0, self.noise, pixels.shape)
        sink = io.BytesIO()
        Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).convert("RGB").save(
            sink, "JPEG", quality=self.quality
        )
        return np.ascontiguousarray(np.asarray(Image.open(sink).convert("RGB"))[..., ::-1])


def shots(count=SHOTS, seed=20261122):
    """Return the set: from a card held well to one held badly by night, the same for the same seed."""
    chance = np.random.default_rng(seed)
    for _ in range(count):
        yield Shot(
            share=chance.uniform(0.38, 0.85),
            turned=chance.uniform(-180, 180) if chance.random() < 0.3 else chance.uniform(-20, 20),
            yaw=np.deg2rad(chance.uniform(-35, 35)),
            pitch=np.deg2rad(chance.uniform(-30, 30)),
            soft=chance.uniform(0, 1.6),
            noise=chance.uniform(0, 12),
            light=chance.uniform(0.25, 1.1),
            shade=chance.uniform(0, 0.6),
            glare=chance.uniform(0, 120),
            quality=int(chance.integers(30, 95)),
        )
