"""Who of those known may be the applicant: by the identity document, or by name, birth and village as they sound."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.documents.errors import DateTextError
from bmis.documents.names.sound_class import sound_alike
from bmis.passes.applicant import Applicant


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as the index has them: keys, no name."""

    id: UUID
    id_key: str | None
    name_key: str
    birth: str
    sex: str
    village_key: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody who may be the applicant, and why: id_number, name_birth_village, name_birth, name_village."""

    person: UUID
    why: str
    serials: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()


def why_alike(one: Applicant, known: KnownPerson) -> str | None:
    """Return why the applicant may be that person, None where nothing says so.

    Two different identity documents speak for two people: then the whole name must sound alike, and birth and village
    with it, before the officer is asked.
    """
    if one.id_key is not None and one.id_key == known.id_key:
        return "id_number"
    names = one.name_key.split(), known.name_key.split()
    if not sound_alike(*names):
        return None
    born = _may_be(one.birth_date, known.birth)
    near = one.village_key == known.village_key
    if one.id_key is not None and known.id_key is not None:
        whole = set(names[0]) == set(names[1])
        return "name_birth_village" if whole and born and near and one.sex == known.sex else None
    if born and near:
        return "name_birth_village"
    if born:
        return "name_birth"
    return "name_village" if near and _years_apart(one.birth_date, known.birth) <= 1 else None


def contradicts(one: Applicant, known: KnownPerson) -> bool:
    """Return whether the person known by the same document has another name or birth: then somebody is wrong."""
    same_name = sound_alike(one.name_key.split(), known.name_key.split())
    return not (same_name and _may_be(one.birth_date, known.birth))


def alike(one: Applicant, everybody: Iterable[KnownPerson]) -> tuple[tuple[KnownPerson, str], ...]:
    """Return those who may be the applicant, the surest first."""
    order = ("id_number", "name_birth_village", "name_birth", "name_village")
    found = [(known, why) for known in everybody if (why := why_alike(one, known)) is not None]
    return tuple(sorted(found, key=lambda pair: order.index(pair[1])))


def _may_be(birth: PartialDate, other: str) -> bool:
    try:
        return birth.may_be(PartialDate.parse(other))
    except DateTextError:
        return False


def _years_apart(birth: PartialDate, other: str) -> int:
    return abs(birth.year - int(other[:4]))
