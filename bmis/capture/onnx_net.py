"""A trained net in onnxruntime, on one thread: grey bytes in, probabilities out."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bmis.capture.errors import RecogniserAbsentError


class OnnxNet:
    """One of the nets in resources/models/mrz. Any thread may run it."""

    def __init__(self, path: Path) -> None:
        """Load the file.

        Raises:
            RecogniserAbsentError: it is not there or is no net that this runtime knows.
        """
        import onnxruntime  # 0.5 s of CPU that only reading needs

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        options.enable_cpu_mem_arena = False  # pictures differ in size; an arena keeps the largest for ever
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as problem:  # onnxruntime has no common class for what can be wrong with a file
            raise RecogniserAbsentError(missing=path.name) from problem

    def run(self, grey: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the net's answer for pictures of one size (n, rows, columns)."""
        return np.asarray(self._session.run(None, {"grey": np.ascontiguousarray(grey)})[0], np.float32)
