"""Who was checked for a yellow-fever certificate on a day: each person once, whether screened, checked, or both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from poe_health.certificates.kept import CheckKept
from poe_health.surveillance.screened import ScreenedFact
from poe_health.surveillance.tally import looked_at, not_valid

UNSURE = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class CheckedPerson:
    """A person of whom checks were kept. ``state``: of the newest that could say; ``day``: of the first.

    ``traveller``: the screening under which the person is counted; None: there is none that stands.
    """

    state: str
    day: date
    traveller: UUID | None = None

    def upon(self, fact: ScreenedFact) -> ScreenedFact:
        """Return what is counted of the traveller: a check that could say goes before what the form says."""
        if self.state != UNSURE:
            return replace(fact, certificate=self.state)
        return fact if looked_at(fact.certificate) else replace(fact, certificate=None, certificate_unsure=True)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """How many were checked who are no traveller of a screening of the day, and of how many it was not valid."""

    checked: int
    not_valid: int


def persons_of(checks: Iterable[CheckKept], travellers: Mapping[UUID, UUID]) -> tuple[CheckedPerson, ...]:
    """Return the persons of the checks, which come in the order in which they were kept."""
    persons: dict[UUID, CheckedPerson] = {}
    same: dict[UUID, UUID] = {}  # check or traveller to the key of the person
    for check in checks:
        state = check.counted_as
        if state is None:
            continue
        traveller = travellers.get(check.screening_id) if check.screening_id is not None else None
        known = [one for one in (traveller, check.again) if one is not None]
        key = next((same[one] for one in known if one in same), check.id)
        same |= dict.fromkeys((check.id, *known), key)
        before = persons.get(key)
        if before is None:
            persons[key] = CheckedPerson(state, check.day, traveller)
        else:
            newest = before.state if state == UNSURE else state
            persons[key] = replace(before, state=newest, traveller=before.traveller or traveller)
    return tuple(persons.values())


def unplaced(persons: Iterable[CheckedPerson], day: date) -> Unplaced:
    """Return how many were checked on the day who are no traveller of a screening, and of how many it was not valid."""
    states = [person.state for person in persons if person.traveller is None and person.day == day]
    return Unplaced(sum(map(looked_at, states)), sum(map(not_valid, states)))
