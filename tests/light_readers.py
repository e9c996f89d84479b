"""Readers without a model, for tests of the process that reads files; it makes them by name."""

import os
import time

import numpy as np

from bmis.capture.mrz_reader import MrzReading

ERIKSSON = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


class Light:
    """Looks at every pixel and finds a zone where a bright picture has a dark foot."""

    name = "light"

    def read(self, frame):
        grey = frame.grey()
        foot = grey[int(grey.shape[0] * 0.8) :]
        if float(grey.mean()) - float(foot.mean()) < 8:
            return ()
        sure = tuple((0.9,) * len(line) for line in ERIKSSON)
        return (MrzReading(ERIKSSON, sure, (), None, self.name, 1, 1),)

    def close(self):
        """Nothing to close."""


class Second(Light):
    """Sees a zone everywhere, and one character of it otherwise."""

    name = "second"

    def read(self, frame):
        lines = (ERIKSSON[0], ERIKSSON[1][:-1] + "8")
        return (MrzReading(lines, tuple((0.9,) * 44 for _ in lines), (), None, self.name, 1, 1),)


class Sleeps(Light):
    """Never answers."""

    def read(self, frame):
        time.sleep(600)
        return ()


class Works(Light):
    """Never stops working."""

    def read(self, frame):
        while True:
            pass


class Eats(Light):
    """Wants more memory than a file may have."""

    def read(self, frame):
        return [np.ones(2_000_000_000, np.uint8) for _ in range(2)] and ()


class Dies(Light):
    """Ends its process as a broken decoder does."""

    def read(self, frame):
        os.abort()


class Breaks(Light):
    """Has a fault."""

    def read(self, frame):
        raise ValueError("MONDLANE L898902C3")
