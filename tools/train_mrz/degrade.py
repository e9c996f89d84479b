"""What light, lenses, sensors, programs and files do to a picture.

Each function that is named as an entry of ``lists.DEGRADATIONS`` is that degradation; the others choose among them.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
Generator = np.random.Generator


def lit(rng: Generator, grey: Grey) -> Grey:
    """Return the picture under uneven light: gradient, shadow, glare, moire, haze."""
    height, width = grey.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    along = (xs * np.float32(np.cos(angle)) + ys * np.float32(np.sin(angle))) / max(width, height)
    if rng.random() < 0.5:
        grey = linear_gradient_light(rng, grey, along)
    if rng.random() < 0.18:
        grey = straight_shadow(rng, grey, along)
    if rng.random() < 0.15:
        grey = specular_band(rng, grey, along)
    if rng.random() < 0.1:
        grey = sine_moire(rng, grey, along)
    if rng.random() < 0.12:
        grey = lamination_haze(rng, grey)
    return np.asarray(grey, np.float32)


def linear_gradient_light(rng: Generator, grey: Grey, along: Grey) -> Grey:
    """Return the picture lighter towards one side; ``along`` grows that way, by 1 over the longer side."""
    return np.asarray(grey * (1 + np.float32(rng.uniform(-0.45, 0.45)) * (along - along.mean())), np.float32)


def straight_shadow(rng: Generator, grey: Grey, along: Grey) -> Grey:
    """Return the picture with a shadow beyond a straight edge across ``along``."""
    edge = rng.uniform(along.min(), along.max())
    soft = rng.uniform(0.002, 0.08)
    shade = np.float32(rng.uniform(0.2, 0.6)) / (1 + np.exp(-np.clip((along - edge) / soft, -30, 30)))
    return np.asarray(grey * (1 - shade))


def specular_band(rng: Generator, grey: Grey, along: Grey) -> Grey:
    """Return the picture with a band of glare across ``along``."""
    middle, wide = rng.uniform(along.min(), along.max()), rng.uniform(0.02, 0.15)
    band = np.exp(-(((along - middle) / wide) ** 2))
    return np.asarray(grey + (255 - grey) * band * np.float32(rng.uniform(0.2, 0.75)))


def sine_moire(rng: Generator, grey: Grey, along: Grey) -> Grey:
    """Return the picture with the waves of a screen's or a sensor's grid."""
    wave = np.sin(along * max(grey.shape) / rng.uniform(1.0, 6.0))
    return np.asarray(grey + np.float32(rng.uniform(2, 9)) * wave)


def lamination_haze(rng: Generator, grey: Grey) -> Grey:
    """Return the picture behind a dull film: everything nearer to one light tone."""
    return np.asarray(grey + (rng.uniform(150, 230) - grey) * np.float32(rng.uniform(0.1, 0.4)))


def blurred(rng: Generator, grey: Grey, pitch: float) -> Grey:
    """Return the picture out of focus or moved, as far as glyphs of ``pitch`` pixels can still be told apart."""
    way = rng.random()
    if way < 0.35:
        return grey
    pitch = pitch * min(1.0, 0.55 + pitch / 25)  # small glyphs bear less
    if way < 0.65:
        return gaussian_blur(rng, grey, pitch)
    if way < 0.8:
        return defocus_disc(rng, grey, pitch)
    return linear_motion_blur(rng, grey, pitch)


def gaussian_blur(rng: Generator, grey: Grey, pitch: float) -> Grey:
    """Return the picture softened, by at most an eighth of ``pitch``."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), max(0.25, rng.uniform(0.02, 0.13) * pitch)), np.float32)


def defocus_disc(rng: Generator, grey: Grey, pitch: float) -> Grey:
    """Return the picture as a round aperture spreads it when the lens is not focused."""
    radius = rng.uniform(0.04, 0.18) * pitch
    size = 2 * int(np.ceil(radius)) + 1
    ys, xs = np.mgrid[0:size, 0:size].astype(np.float32) - size // 2
    disc = np.clip(radius + 0.5 - np.hypot(xs, ys), 0, 1)
    return np.asarray(cv2.filter2D(grey, -1, disc / disc.sum()), np.float32)


def linear_motion_blur(rng: Generator, grey: Grey, pitch: float) -> Grey:
    """Return the picture moved along a straight line while it was taken."""
    length = rng.uniform(0.08, 0.38) * pitch
    angle = rng.uniform(0, np.pi)
    size = 2 * int(np.ceil(length / 2)) + 1
    kernel = np.zeros((size, size), np.float32)
    for part in np.linspace(-length / 2, length / 2, 25):
        x, y = size // 2 + part * np.cos(angle), size // 2 + part * np.sin(angle)
        kernel[round(float(y)), round(float(x))] += 1
    return np.asarray(cv2.filter2D(grey, -1, cv2.GaussianBlur(kernel / kernel.sum(), (3, 3), 0.5)), np.float32)


def contrast_and_gamma(rng: Generator, grey: Grey) -> Grey:
    """Return the picture with another contrast and gamma."""
    grey = np.clip(grey, 0, 255) / np.float32(255)
    grey = grey ** np.float32(np.exp(rng.normal(0, 0.3)))
    low = rng.uniform(0, 0.35) if rng.random() < 0.5 else 0.0
    high = rng.uniform(max(low + 0.35, 0.55), 1.0)
    if rng.random() < 0.06:  # a picture through fog or a dirty glass
        low = rng.uniform(0, 0.6)
        high = low + rng.uniform(0.18, 0.35)
    return np.asarray((low + grey * (high - low)) * 255, np.float32)


def overlay_marks(rng: Generator, picture: Grey) -> Grey:
    """Return the picture with frames, dots and words that a program drew over it."""
    height, width = picture.shape
    grey = np.clip(picture, 0, 255).astype(np.uint8)
    for _ in range(rng.integers(1, 5)):
        tone = float(rng.choice([20, 80, 120, 150, 230]))
        one = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        other = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        way = rng.integers(0, 4)
        if way == 0:
            cv2.rectangle(grey, one, other, tone, int(rng.integers(1, 4)), cv2.LINE_AA)
        elif way == 1:
            cv2.line(grey, one, other, tone, 1, cv2.LINE_AA)
        elif way == 2:
            cv2.circle(grey, one, int(rng.uniform(2, 9)), tone, -1, cv2.LINE_AA)
        else:
            cv2.putText(
                grey, str(rng.integers(0, 10**6)), one, cv2.FONT_HERSHEY_SIMPLEX, rng.uniform(0.3, 1.2), tone, 1
            )
    return np.asarray(grey, np.float32)


def framed(rng: Generator, picture: Grey, centres: NDArray[np.float32]) -> Grey:
    """Return the picture with what reading programs draw around a zone: a frame, corners, bars at the sides."""
    byte = np.clip(picture, 0, 255).astype(np.uint8)
    height, width = byte.shape
    tone = int(rng.choice([0, 60, 90, 120, 150, 200, 255]))
    if centres.size and rng.random() < 0.6:
        step = (centres[0, -1] - centres[0, 0]) / (centres.shape[1] - 1)
        down = np.array([-step[1], step[0]], np.float32)
        out, off = rng.uniform(0.6, 1.6), rng.uniform(0.75, 1.4)
        corners = np.array(
            [
                centres[0, 0] - out * step - off * down,
                centres[0, -1] + out * step - off * down,
                centres[-1, -1] + out * step + off * down,
                centres[-1, 0] - out * step + off * down,
            ]
        )
        if rng.random() < 0.7:
            cv2.polylines(byte, [np.round(corners).astype(np.int32)], True, tone, int(rng.integers(1, 4)), cv2.LINE_AA)
        for x, y in corners:
            if rng.random() < 0.5:
                cv2.circle(byte, (round(float(x)), round(float(y))), int(rng.uniform(2, 7)), tone, -1, cv2.LINE_AA)
    else:
        side, part = int(rng.integers(0, 4)), rng.uniform(0.03, 0.14)
        rows, columns = round(part * height), round(part * width)
        bar = [byte[:rows], byte[-rows:], byte[:, :columns], byte[:, -columns:]][side]
        bar[:] = int(rng.choice([0, 20, 255]))
    return np.asarray(byte, np.float32)


def resampling(rng: Generator, picture: Grey, pitch: float) -> Grey:
    """Return the picture shrunk (to glyphs of 5.5 pixels at least) and enlarged again by a program."""
    part = max(5.5 / pitch, rng.uniform(0.45, 0.9))
    size = (max(32, round(picture.shape[1] * part)), max(32, round(picture.shape[0] * part)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    way = cv2.INTER_CUBIC if rng.random() < 0.6 else cv2.INTER_NEAREST
    again = cv2.resize(small, (picture.shape[1], picture.shape[0]), interpolation=way)
    return np.asarray(again, np.float32)


def sensed(rng: Generator, grey: Grey) -> NDArray[np.uint8]:
    """Return the bytes of a sensor and of the file it was kept in."""
    if rng.random() < 0.7:
        grey = gaussian_noise(rng, grey)
    byte = np.clip(grey, 0, 255).astype(np.uint8)
    return jpeg(rng, byte) if rng.random() < 0.7 else byte


def gaussian_noise(rng: Generator, grey: Grey) -> Grey:
    """Return the picture with a sensor's noise: of single pixels, or in grains of two."""
    height, width = grey.shape
    noise = rng.standard_normal((height // 2 + 1, width // 2 + 1), dtype=np.float32)
    if rng.random() < 0.5:
        wide: Grey = np.tile(noise, (2, 2))[:height, :width]
    else:
        wide = np.asarray(cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    return np.asarray(grey + wide * np.float32(abs(rng.normal(0, 6))))


def jpeg(rng: Generator, byte: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the picture as it comes out of a JPEG file of quality 14 to 97."""
    quality = int(rng.choice([rng.integers(14, 60), rng.integers(60, 98)]))
    _, coded = cv2.imencode(".jpg", byte, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)
