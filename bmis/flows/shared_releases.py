"""What other homes handed over, so that no two homes tell of the same people.

Where two posts publish and a third home that counts both publishes their sum, a reader who has all three subtracts:
what one post hid is the sum less what the other shows. So a day that a home has told of a desk is told of that desk by
no other home. Homes say to each other what they told, as lines of JSON, each with the digest of its content.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmis.crossings.records.counting import SqlCounting
from bmis.flows.errors import ReleaseFileError
from bmis.flows.records.releases import SqlReleases
from bmis.flows.release_event import Product, Release
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.canonical import canonical, digest
from bmis.store.unit import OpenUnit


@dataclass(frozen=True, slots=True)
class TakenReleases:
    """What was taken in. ``late``: own releases that tell of the same days and desks; nothing takes them back."""

    new: int
    known: int
    late: int


@dataclass(frozen=True, slots=True)
class SharedReleases:
    """Tells what this home handed over, and takes in what others did."""

    open_read: OpenUnit
    open_unit: OpenUnit
    now: Clock
    desk_id: str

    def told(self, by: Actor) -> list[dict[str, object]]:
        """Return each release of this home, oldest first: days, desks and digest, no number and no cut.

        Raises:
            NotAllowedError: the role hands nothing over.
        """
        require(by, Permission.EXPORT_FLOWS)
        with self.open_read() as unit:
            desks = sorted(SqlCounting(unit.connection).last_numbers())
            own = [one for one in SqlReleases(unit).all() if one.facts["product"] != Product.OTHER_HOME.value]
        return [_line(one, self.desk_id, desks) for one in own]

    def take(self, untrusted_lines: Iterable[Mapping[str, Any]], by: Actor) -> TakenReleases:
        """Keep the releases of another home, all of them or none.

        Raises:
            NotAllowedError: the role hands nothing over.
            ReleaseFileError: a line is not as it was written, or its last day is before its first; nothing was kept.
        """
        require(by, Permission.EXPORT_FLOWS)
        lines = [_checked(one) for one in untrusted_lines]
        new = late = 0
        with self.open_unit() as unit:
            releases, here = SqlReleases(unit), set(SqlCounting(unit.connection).last_numbers())
            before = releases.all()
            own = [one for one in before if one.facts["product"] != Product.OTHER_HOME.value]
            known = {str(one.facts.get("release", one.id)) for one in before}
            for line in lines:
                if line["release"] in known:
                    continue
                known.add(line["release"])
                first, last = date.fromisoformat(line["first"]), date.fromisoformat(line["last"])
                if here & set(line["desks"]):
                    late += sum(one.first <= last and one.last >= first for one in own)
                facts = {**line, "product": Product.OTHER_HOME.value}
                releases.add(Release(new_id(self.now()), first, last, str(line["level"]), by.name, facts), {})
                new += 1
            unit.commit()
        return TakenReleases(new, len(lines) - new, late)


def _line(release: Release, desk_id: str, desks: list[str]) -> dict[str, object]:
    content: dict[str, object] = {
        "release": str(release.id),
        "home": desk_id,
        "desks": desks,
        "first": release.first.isoformat(),
        "last": release.last.isoformat(),
        "level": release.level,
        "audience": release.audience,
        "told_as": str(release.facts["product"]),
        "cut_sha256": str(release.facts["cut_sha256"]),
    }
    return content | {"sha256": digest(canonical(content))}


def _checked(untrusted: Mapping[str, Any]) -> dict[str, Any]:
    content = {name: value for name, value in untrusted.items() if name != "sha256"}
    if digest(canonical(content)) != untrusted["sha256"] or content["first"] > content["last"]:
        raise ReleaseFileError
    return content
