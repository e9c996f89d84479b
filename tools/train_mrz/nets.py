"""The three nets: where zones lie, where cells lie, what stands in a cell. Convolutions only, any width."""

import torch
from torch import Tensor, nn

from bmis.capture.zone_cells import REJECT


def _block(into: int, out: int, stride: int | tuple[int, int] = 1, kernel: int | tuple[int, int] = 3) -> nn.Sequential:
    pad = kernel // 2 if isinstance(kernel, int) else (0, kernel[1] // 2)
    return nn.Sequential(
        nn.Conv2d(into, out, kernel, stride, pad, bias=False), nn.BatchNorm2d(out), nn.ReLU(inplace=True)
    )


class ZoneNet(nn.Module):
    """(n, 1, h, w) to (n, 1, h/4, w/4): how surely each place lies in a zone (logits). h, w multiples of 32."""

    def __init__(self) -> None:
        super().__init__()
        self.quarter = nn.Sequential(_block(1, 16, 2, 5), _block(16, 24, 2))
        self.eighth = nn.Sequential(_block(24, 48, 2), _block(48, 48))
        self.sixteenth = nn.Sequential(_block(48, 64, 2), _block(64, 64), _block(64, 64))
        self.lowest = nn.Sequential(_block(64, 96, 2), _block(96, 96), _block(96, 96))
        self.from_lowest = _block(96, 64, 1, 1)
        self.from_sixteenth, self.from_eighth = _block(64, 48, 1, 1), _block(48, 24, 1, 1)
        self.at_eighth, self.at_quarter = _block(48, 48), _block(24, 24)
        self.out = nn.Conv2d(24, 1, 1)

    def forward(self, grey: Tensor) -> Tensor:
        """Return the logits."""
        quarter = self.quarter(grey)
        eighth = self.eighth(quarter)
        sixteenth = self.sixteenth(eighth)
        up = sixteenth + _twice(self.from_lowest(self.lowest(sixteenth)))
        up = self.at_eighth(eighth + _twice(self.from_sixteenth(up)))
        up = self.at_quarter(quarter + _twice(self.from_eighth(up)))
        out: Tensor = self.out(up)
        return out


class CombNet(nn.Module):
    """(n, 1, 144, 704) to (n, 2, 36, 176): centres of upright cells and of cells upside down (logits)."""

    def __init__(self) -> None:
        super().__init__()
        self.quarter = nn.Sequential(_block(1, 16, 2, 5), _block(16, 32, 2), _block(32, 32))
        self.eighth = nn.Sequential(_block(32, 48, 2), _block(48, 48), _block(48, 48))
        self.sixteenth = nn.Sequential(_block(48, 64, (2, 2)), _block(64, 64))
        self.from_sixteenth, self.from_eighth = _block(64, 48, 1, 1), _block(48, 32, 1, 1)
        self.at_quarter = _block(32, 32)
        self.out = nn.Conv2d(32, 2, 1)

    def forward(self, grey: Tensor) -> Tensor:
        """Return the logits."""
        quarter = self.quarter(grey)
        eighth = self.eighth(quarter)
        up = _twice(self.from_sixteenth(self.sixteenth(eighth)))
        up = eighth + up[:, :, : eighth.shape[2], : eighth.shape[3]]
        out: Tensor = self.out(self.at_quarter(quarter + _twice(self.from_eighth(up))))
        return out


class CellNet(nn.Module):
    """(n, 1, 32, 16c) to (n, c, 38): what stands in each of c cells (logits, the last class for no glyph)."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            _block(1, 32, 2, 5),
            _block(32, 32),
            _block(32, 64, 2),
            _block(64, 64),
            _block(64, 96, 2),
            _block(96, 96),
            _block(96, 144, (4, 2), (4, 3)),
            _block(144, 144, 1, (1, 3)),
        )
        self.drop = nn.Dropout2d(0.05)
        self.out = nn.Conv2d(144, REJECT + 1, 1)

    def forward(self, grey: Tensor) -> Tensor:
        """Return the logits."""
        out: Tensor = self.out(self.drop(self.body(grey)))
        return out.squeeze(2).transpose(1, 2)


def _twice(small: Tensor) -> Tensor:
    return nn.functional.interpolate(small, scale_factor=2.0, mode="nearest")


def normed(byte: Tensor) -> Tensor:
    """Return pictures (n, h, w; 0 to 255) as (n, 1, h, w) with the light of each neighbourhood taken out.

    Neighbourhoods are 32 pixels wide, or as high as the picture where it is lower: mean 0 and about deviation 1.
    """
    grey = byte.float().unsqueeze(1)
    mean = _around(grey)
    spread = torch.sqrt(torch.relu(_around(grey * grey) - mean * mean))
    return (grey - mean) / (spread + 6.0)


def _around(grey: Tensor) -> Tensor:
    small = nn.functional.avg_pool2d(grey, 16, 16)
    small = nn.functional.pad(small, (1, 1, 1, 1), mode="replicate")
    small = nn.functional.avg_pool2d(small, 3, 1)
    return nn.functional.interpolate(small, scale_factor=16.0, mode="bilinear", align_corners=False)
