"""A dose that is being asked about: nothing of it is kept before the last of its forms."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from bmis.documents.dates import PartialDate
from poe_health.certificates.vaccination import Consent
from poe_health.rules.answer import Answer
from poe_health.vaccinations.dose import Vaccinee
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.widgets.asking import Answers
from ui.desktop.widgets.fields import parse_date


@dataclass
class Begun:
    """What was asked so far of a dose; nothing of it is kept before the last form."""

    request_id: UUID = field(default_factory=uuid4)
    who: Vaccinee | None = None
    consent: Consent | None = None
    age: int | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    reason: str = ""


def vaccinee_of(said: Answers) -> Vaccinee:
    """Return who it is. Raises TypedFieldError: a date of birth that is none."""
    birth: PartialDate | None = None
    if said["birth"]:
        typed = parse_date(said["birth"], partial=True)
        if typed is None:
            raise TypedFieldError("birth")
        birth = PartialDate.parse(str(typed))
    return Vaccinee(
        name=said["name"],
        birth_date=birth,
        sex=said["sex"] or None,
        nationality=said["nationality"].upper() or None,
        document=said["document"] or None,
        guardian=said["guardian"] or None,
    )
