"""What a receiver of exports is: the levels it takes, and how its file is made and sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bmis.kernel.actor import Permission
from poe_health.exchange.errors import ExportLevelError
from poe_health.exchange.export_event import Handed
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.package import Level, Package, Period
from poe_health.exchange.send import Sender, Transfer
from poe_health.exchange.source import ExportCase, ExportContact, ExportTally
from poe_health.rules.definitions import RuleSet

NEEDS: Mapping[Level, Permission] = MappingProxyType(
    {
        Level.PUBLIC: Permission.READ_HEALTH_COUNTS,
        Level.AGGREGATE: Permission.READ_HEALTH_COUNTS,
        Level.CASES: Permission.READ_HEALTH_RECORDS,
        Level.NAMED: Permission.READ_HEALTH_NAMES,
    }
)


@dataclass(frozen=True, slots=True)
class Order:
    """What a file is made from. A level of counts has ``tallies`` alone; ``cases`` are without names below the named
    level, and ``contacts`` are given at the named level only."""

    level: Level
    period: Period
    at: datetime
    rules: RuleSet
    language: str = "pt"
    untrusted_template: bytes | None = None
    bom: bool = False
    as_csv: bool = False
    tallies: Sequence[ExportTally] = ()
    cases: Sequence[ExportCase] = ()
    contacts: Sequence[ExportContact] = ()
    keys: ExchangeKeys | None = None

    @property
    def own_keys(self) -> ExchangeKeys:
        """Return the keys of pseudonyms. Raises ValueError: an order of counts has none."""
        if self.keys is None:
            raise ValueError(self.level)
        return self.keys


@dataclass(frozen=True, slots=True)
class Made:
    """The file, and how the same is sent where the receiver has a server."""

    package: Package
    send: Callable[[Sender], Transfer] | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who takes a file; ``code`` is its name at the terminal and in the log.

    ``levels``: the first, the least of a person, is used where none is asked for. ``sends``: we can send to it, not
    only write files; ``tries``: it can be asked to keep nothing. ``words``: its file of words. ``authorization``: how a
    token is named to its server. ``withdraw``: takes back what was voided after it was sent.
    """

    code: str
    title: Callable[[], str]
    levels: tuple[Level, ...]
    make: Callable[[Order], Made]
    ending: str = ".json"
    words: str = ""
    sends: bool = False
    tries: bool = False
    authorization: str = "Bearer"
    withdraw: Callable[[Sender, Sequence[Handed], datetime], Transfer] | None = None

    def level(self, asked: Level | None) -> Level:
        """Return the level of an export.

        Raises:
            ExportLevelError: the receiver does not take it.
        """
        if asked is None:
            return self.levels[0]
        if asked not in self.levels:
            raise ExportLevelError(self.code, ", ".join(self.levels))
        return asked
