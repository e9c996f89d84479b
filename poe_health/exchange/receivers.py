"""The receivers: what each takes, and at which level of detail it is offered first."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bmis.kernel.actor import Permission
from poe_health.exchange.errors import ExportLevelError
from poe_health.exchange.package import Level


class Receiver(StrEnum):
    """Who takes a file. The names are those of the command line."""

    DHIS2_TRACKER = "dhis2-tracker"
    DHIS2_AGGREGATE = "dhis2-aggregate"
    SORMAS = "sormas"
    GODATA = "godata"
    FHIR = "fhir"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Takes:
    """``levels``: the first, the least of a person, is used where none is asked for.

    ``sends``: we can send to it, not only write files.
    """

    levels: tuple[Level, ...]
    sends: bool = False


TAKES: Mapping[Receiver, Takes] = MappingProxyType(
    {
        Receiver.DHIS2_TRACKER: Takes((Level.CASES, Level.NAMED), sends=True),
        Receiver.DHIS2_AGGREGATE: Takes((Level.AGGREGATE,), sends=True),
        Receiver.SORMAS: Takes((Level.NAMED,)),
        Receiver.GODATA: Takes((Level.NAMED,)),
        Receiver.FHIR: Takes((Level.PUBLIC, Level.AGGREGATE, Level.CASES, Level.NAMED), sends=True),
        Receiver.CSV: Takes((Level.PUBLIC, Level.AGGREGATE, Level.CASES, Level.NAMED)),
    }
)

NEEDS: Mapping[Level, Permission] = MappingProxyType(
    {
        Level.PUBLIC: Permission.READ_HEALTH_COUNTS,
        Level.AGGREGATE: Permission.READ_HEALTH_COUNTS,
        Level.CASES: Permission.READ_HEALTH_RECORDS,
        Level.NAMED: Permission.READ_HEALTH_NAMES,
    }
)


def level_for(receiver: Receiver, asked: Level | None) -> Level:
    """Return the level of an export.

    Raises:
        ExportLevelError: the receiver does not take it.
    """
    levels = TAKES[receiver].levels
    if asked is None:
        return levels[0]
    if asked not in levels:
        raise ExportLevelError(receiver.value, ", ".join(levels))
    return asked
