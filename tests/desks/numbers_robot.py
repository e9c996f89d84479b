"""What the tests of the numbers share: a supervisor in front of a page, and waiting for what works aside."""

from uuid import uuid4

from bmis.crossings.crossing import CrossingRequest, Journey, Verdict
from bmis.crossings.decision import Decision, Direction
from bmis.documents.dates import PartialDate
from bmis.documents.travel_document import from_fields

SECTIONS = {"numbers": 7, "reports": 8, "explorer": 9, "forecast": 0}


def goes_to_page(person, code):
    """Bring a page of numbers to the front by its key and wait until nothing is under way."""
    person.at("supervisor")
    if code in SECTIONS:
        person.goes_to(SECTIONS[code])
    else:
        person.takes(person.section(code).title())
    return settles(person).section(code)


def settles(person):
    """Wait until every page has its answer."""
    person.bot.waitUntil(lambda: not any(model.is_busy for model in person.desk.numbers.models), timeout=60_000)
    return person


def leaves(colleague, number, surname="SITOE", given="ALBERTO"):
    """Record that somebody went out."""
    return travels(colleague, number, Journey("road", going_to="ZAF", purpose="tourism"), surname, given)


def travels(colleague, number, journey, surname="SITOE", given="ALBERTO", direction=Direction.EXIT):
    """Record a journey."""
    document = from_fields(
        "passport",
        issuing_state="UTO",
        number=number,
        surname=surname,
        given_names=given,
        nationality="UTO",
        birth_date=PartialDate.parse("1990-05-12"),
        sex="M",
        expiry_date=PartialDate.parse("2031-05-01"),
        manual_reason="leitor avariado",
    )
    request = CrossingRequest(uuid4(), direction, document, journey)
    decision = Decision.EXITED if direction is Direction.EXIT else Decision.ADMITTED
    return colleague.desk.record(request, Verdict(decision, acknowledged=frozenset({"*"})), colleague.by)
