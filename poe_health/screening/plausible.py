"""What no schema refuses: moments to come or of another age, a person not born yet, States that are none."""

from datetime import date, datetime, timedelta

from bmis.documents.states import state
from poe_health.errors import CountryCodeError, FutureDateError
from poe_health.screening.errors import ScreeningFieldRefusedError
from poe_health.screening.form import Age
from poe_health.screening.record import ScreeningRequest
from poe_health.written import require_visible, require_written

CLOCKS_DIFFER = timedelta(minutes=10)  # a wall clock that is a little ahead of the desk's
LONGEST_AGO = timedelta(days=366)  # no measurement, consent or onset of a case is older
OLDEST_PRACTICE = 10 * LONGEST_AGO  # a screening invented in a training home


def require_plausible(request: ScreeningRequest, now: datetime) -> None:
    """Return only if what was said of times, of the person and of the journey can be. ``now`` is aware.

    Raises:
        ScreeningFieldRefusedError: a moment without zone, to come, or of more than a year ago; a blood pressure too.
        FutureDateError, AgeOutsideError: the date of birth or of onset. CountryCodeError: a State of no list.
        BlankTextError, HiddenMarkError, TextTooLongError, PhoneRefusedError: a text of a person or place.
    """
    require_written((request.person, request.travel, request.form.itinerary))
    require_visible((request.form, request.secondary, request.reason, request.temperatures))
    _require_moments(request, now)
    _require_person(request)
    travel, said = request.travel, request.secondary
    if travel.origin_country is not None and state(travel.origin_country) is None:
        raise CountryCodeError("origin_country")
    if said is not None and said.onset_on is not None:
        _require_day("onset_on", said.onset_on, request.form.today)


def _require_moments(request: ScreeningRequest, now: datetime) -> None:
    said = request.secondary
    moments = [("temperatures", one.at) for one in request.temperatures]
    if said is not None and said.consent is not None:
        moments.append(("consent", said.consent.at))
    if said is not None and said.examination is not None:
        moments.append(("examination", said.examination.at))
    since = (request.occurred_at or now) - LONGEST_AGO
    for field, at in moments:
        if at is not None and (at.tzinfo is None or not since <= at <= now + CLOCKS_DIFFER):
            raise ScreeningFieldRefusedError(field=field)


def _require_person(request: ScreeningRequest) -> None:
    person = request.person
    if person is None:
        return
    if person.birth_date is not None:
        Age.of_birth(person.birth_date, request.form.today)
    for field in ("nationality", "document_country"):
        code = getattr(person, field)
        if code is not None and state(code) is None:
            raise CountryCodeError(field)


def _require_day(field: str, day: date, today: date) -> None:
    if day > today:
        raise FutureDateError(field)
    if today - day > LONGEST_AGO:
        raise ScreeningFieldRefusedError(field=field)
