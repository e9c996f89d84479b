"""The receivers, one file each. A new one is a new module here that defines ``RECEIVER``; nothing else changes."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from poe_health.exchange.receiver import Receiver


@cache
def receivers() -> Mapping[str, Receiver]:
    """Return every receiver by its code, in the order of their codes."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    found: list[Receiver] = [module.RECEIVER for module in modules]
    return MappingProxyType({one.code: one for one in sorted(found, key=lambda one: one.code)})
