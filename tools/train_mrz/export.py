"""Trained nets to ONNX files that take bytes and give probabilities."""

from pathlib import Path

import torch
from torch import Tensor, nn

from tools.train_mrz.nets import CellNet, normed

OPSET = 17


class _Finished(nn.Module):
    """A net that takes grey bytes (n, h, w) and answers with probabilities."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, grey: Tensor) -> Tensor:
        seen = self.net(normed(grey))
        return torch.softmax(seen, dim=2) if isinstance(self.net, CellNet) else torch.sigmoid(seen)


def export(net: nn.Module, path: Path, example: tuple[int, int, int]) -> None:
    """Write ``net`` to ``path``; the number of pictures and their size stay free."""
    free = {0: "n", 1: "h", 2: "w"}
    torch.onnx.export(
        _Finished(net.float()).eval(),
        (torch.zeros(example, dtype=torch.uint8),),
        path,
        input_names=["grey"],
        output_names=["answer"],
        dynamic_axes={"grey": free},
        opset_version=OPSET,
        dynamo=False,
    )
