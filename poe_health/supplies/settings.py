"""The items of the shelf and the reasons of a difference, dated."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.keeping.errors import StoreItemError
from poe_health.lists import ListVersion, bundled

FILE = "health/supplies.toml"


@dataclass(frozen=True, slots=True)
class SupplyItem(Coded):
    """An item. ``minimum`` in units; ``lots``: it has batches; ``expires``: each with a last day.

    ``vaccine``: the disease that its doses are against; they leave by vaccination, never by a plain issue.
    """

    unit_en: str
    unit_pt: str
    group: str
    minimum: int
    lots: bool
    expires: bool
    vaccine: str | None

    def unit(self, language: str) -> str:
        """Return what is counted, in ``language`` (pt or en)."""
        return self.unit_en if language == "en" else self.unit_pt


@cache
def supply_items() -> Mapping[str, SupplyItem]:
    """Return the items by code, in the order in which they are shown. Raises HealthListError, as all here."""
    try:
        rows = [
            SupplyItem(
                row["code"],
                row["en"],
                row["pt"],
                row["unit_en"],
                row["unit_pt"],
                row["group"],
                int(row["minimum"]),
                bool(row["lots"]),
                bool(row["expires"]),
                row.get("vaccine"),
            )
            for row in bundled("health", "supplies").said["item"]
        ]
        found = {row.code: row for row in rows}
        if len(found) != len(rows) or any(row.minimum < 0 or (row.expires and not row.lots) for row in rows):
            raise ValueError("an item that cannot be")
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error
    return MappingProxyType(found)


@cache
def difference_reasons() -> Mapping[str, Coded]:
    """Return why a count may differ, by code."""
    try:
        rows = bundled("health", "supplies").said["difference"]
        return MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in rows})
    except (KeyError, TypeError) as error:
        raise HealthListError(FILE) from error


def supplies_version() -> ListVersion:
    """Return which text of the list is in use."""
    return bundled("health", "supplies").version


def known_item(untrusted_code: str) -> SupplyItem:
    """Return the item. Raises StoreItemError: there is none of that code."""
    found = supply_items().get(untrusted_code)
    if found is None:
        raise StoreItemError("item", untrusted_code)
    return found
