"""What the ministry and the post know on a day: outbreaks, affected areas, signals. None is a list not at hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from poe_health.errors import HealthCodeError, PeriodOrderError
from poe_health.lists import bundled
from poe_health.rules.definitions import RuleSet
from poe_health.rules.vocabulary import SIGNALS
from poe_health.screening.journey import AffectedArea

OUTBREAKS, AFFECTED = "outbreaks", "affected"


@dataclass(frozen=True, slots=True)
class HealthContext:
    """The lists that a form is held against.

    ``outbreaks`` (codes of diseases) and ``affected`` are lists of the ministry: None is unknown, never "none".
    ``old``: which of the two is past its days, with its age in days: what it has still counts, what it does not have is
    unknown, never "no".
    ``declared`` are the diseases of the post's outbreak mode: an outbreak whatever the list says, and no word about
    any other disease. ``signals`` are raised by the post itself and concern this traveller; ``signals_unsure`` may:
    nobody looked them up, or the voyage or origin is not known. ``list_version`` names the lists for whoever stores an
    outcome.

    ``outbreak_mode`` lowers the threshold of the temperature; ``areas_to_secondary``: an affected area alone is looked
    at, not only advised on; ``symptoms_only``: the room is full, so without a sign of illness it is advice only.
    """

    outbreaks: frozenset[str] | None = None
    affected: tuple[AffectedArea, ...] | None = None
    signals: frozenset[str] = frozenset()
    outbreak_mode: bool = False
    areas_to_secondary: bool = False
    symptoms_only: bool = False
    list_version: str | None = None
    declared: frozenset[str] = frozenset()
    signals_unsure: frozenset[str] = frozenset()
    old: tuple[tuple[str, int], ...] = ()

    @property
    def active_outbreaks(self) -> frozenset[str]:
        """Return the diseases that certainly have an outbreak: of the others nothing is said where there is no list."""
        return self.declared | (self.outbreaks or frozenset())

    @property
    def lists_missing(self) -> tuple[str, ...]:
        """Return the names of the lists that are not at hand, or too old to say "no"."""
        return tuple(name for name in (OUTBREAKS, AFFECTED) if not self.may_say_no(name))

    def may_say_no(self, name: str) -> bool:
        """Return whether the list is at hand and not old, so that what is not on it is "no"."""
        given = {OUTBREAKS: self.outbreaks, AFFECTED: self.affected}[name]
        return given is not None and all(one != name for one, _days in self.old)


def check_context(context: HealthContext, rules: RuleSet) -> HealthContext:
    """Return the context when every code in it is known and every period runs forward.

    Raises:
        HealthCodeError: a disease without a definition, a signal that no rule knows.
        PeriodOrderError: an area that stops being affected before it begins.
    """
    _known("context.outbreaks", context.active_outbreaks, rules.diseases)
    _known("context.signals", context.signals | context.signals_unsure, SIGNALS)
    _known("context.affected", (area.disease for area in context.affected or ()), rules.diseases)
    for place, area in enumerate(context.affected or ()):
        if area.since is not None and area.until is not None and area.until < area.since:
            raise PeriodOrderError(f"context.affected[{place}]")
    return context


def proposed_areas() -> tuple[tuple[AffectedArea, str], ...]:
    """Return the areas that come with the program, each with its source: proposals for two people to approve.

    Raises:
        HealthListError: the list is missing or damaged.
    """
    return tuple((_area(row), str(row["source"])) for row in bundled("health", "affected_areas").said["area"])


def _area(row: dict[str, str | date]) -> AffectedArea:
    since, until, admin1 = row.get("from"), row.get("to"), row.get("admin1")
    return AffectedArea(
        str(row["disease"]),
        str(row["country"]),
        None if admin1 is None else str(admin1),
        since if isinstance(since, date) else None,
        until if isinstance(until, date) else None,
    )


def _known(where: str, given: Iterable[str], allowed: Iterable[str]) -> None:
    for code in sorted(given):
        if code not in allowed:
            raise HealthCodeError(where, code)
