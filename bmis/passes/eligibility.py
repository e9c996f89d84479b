"""Whether a scheme's rules let somebody have a pass: yes, no, or unknown, each with why. Unknown is not no.

A yes of the rules gives nobody a pass: a second officer approves. A no is told with its reason and can be appealed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bmis.documents.dates import PartialDate
from bmis.documents.errors import NameNotWritableError
from bmis.documents.names.sound_class import sound_classes
from bmis.documents.names.transliteration import mrz_form
from bmis.passes.applicant import Attestation, Who
from bmis.passes.schemes import Scheme

EARLIER = "earlier"
BY_NAME = frozenset({EARLIER})
"""Questions that nobody takes on in a bundle with others: the approver names them."""

_NO_FACTS: Mapping[str, str | int] = MappingProxyType({})


class Answer(StrEnum):
    """Three values; what did not run is unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of eligibility. ``mandatory``: an unknown one must be taken on by the approver, with a reason."""

    check: str
    answer: Answer
    why: str
    facts: Mapping[str, str | int] = field(default_factory=lambda: _NO_FACTS)
    mandatory: bool = True

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {"check": self.check, "answer": self.answer.value, "why": self.why, "facts": dict(self.facts)}


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """What was decided against the same person before. ``why``: revoked, suspended or refused; never their words."""

    why: str
    ground: str
    notice: str
    on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """What is judged: who, the purpose as a code of the scheme (None: it has no such), whether there is a photo.

    ``earlier`` None: nobody has looked yet, as before an application is taken and the person is known.
    """

    who: Who
    purpose: str | None
    has_photo: bool
    on: date
    earlier: tuple[EarlierDecision, ...] | None = None


def judge(scheme: Scheme, asked: Asked) -> tuple[Answered, ...]:
    """Return every answer, in the order in which an officer reads them."""
    return (
        _nationality(scheme, asked),
        _identity(asked),
        _age(scheme, asked),
        _zone(scheme, asked),
        _residence(scheme, asked),
        _attestation(scheme, asked),
        _purpose(asked),
        _photo(scheme, asked),
        *_dependants(scheme, asked),
        *_earlier(asked),
        Answered("watchlist", Answer.UNKNOWN, "not_run", mandatory=False),
    )


def against(answers: Sequence[Answered]) -> tuple[Answered, ...]:
    """Return the answers that say no."""
    return tuple(one for one in answers if one.answer is Answer.NO)


def unknown(answers: Sequence[Answered]) -> tuple[Answered, ...]:
    """Return what somebody must take on."""
    return tuple(one for one in answers if one.answer is Answer.UNKNOWN and one.mandatory)


def attesters_needed(scheme: Scheme, who: Who) -> int:
    """Return how many must attest: more where there is no identity document."""
    return scheme.attesters if who.person.id_number else scheme.attesters_without_id


def valid_attestations(scheme: Scheme, who: Who, on: date) -> tuple[Attestation, ...]:
    """Return the attestations that are fresh, of different people, not of days to come, and not the applicant's own."""
    fresh = [
        one
        for one in who.attestations
        if one.on <= on and _months_between(one.on, on - timedelta(days=1)) < scheme.attestation_good_months
    ]
    people = {_name_as_compared(one.attester): one for one in fresh}
    people.pop(_name_as_compared(f"{who.person.surname} {who.person.given_names}"), None)
    return tuple(people.values())


def _name_as_compared(name: str) -> str:
    """Return the name without accents, capitals, spaces and order: João Silva and SILVA JOAO are one attester."""
    try:
        written = mrz_form(name)
    except NameNotWritableError:
        written = name.casefold()
    return " ".join(sorted(written.split()))


def _nationality(scheme: Scheme, asked: Asked) -> Answered:
    person = asked.who.person
    if person.nationality is not None:
        fits = person.nationality in scheme.nationalities
        return Answered("nationality", Answer.YES if fits else Answer.NO, "declared" if fits else "other_nationality")
    if person.id_number and person.id_state in scheme.nationalities:
        return Answered("nationality", Answer.YES, "identity_document")
    if any(one.citizen for one in valid_attestations(scheme, asked.who, asked.on)):
        return Answered("nationality", Answer.UNKNOWN, "attested_only")
    return Answered("nationality", Answer.UNKNOWN, "not_shown")


def _identity(asked: Asked) -> Answered:
    if asked.who.person.id_number:
        return Answered("identity", Answer.YES, "document")
    return Answered("identity", Answer.UNKNOWN, "no_document")


def _age(scheme: Scheme, asked: Asked) -> Answered:
    least, greatest = asked.who.person.birth_date.age_on(asked.on)
    facts = {"years": scheme.adult_from_years}
    if greatest < scheme.adult_from_years or least < 0:
        return Answered("age", Answer.NO, "too_young", facts)
    if least < scheme.adult_from_years:
        return Answered("age", Answer.UNKNOWN, "birth_not_exact", facts)
    return Answered("age", Answer.YES, "adult", facts)


def _zone(scheme: Scheme, asked: Asked) -> Answered:
    person = asked.who.person
    facts: dict[str, str | int] = {} if scheme.zone_km is None else {"km": scheme.zone_km}
    listed = [
        one
        for one in scheme.localities
        if set(sound_classes(one.name)) == set(person.village_key.split()) and person.district in (None, one.district)
    ]
    if listed:
        nearest = min(one.km for one in listed)
        inside = scheme.zone_km is None or nearest <= scheme.zone_km
        return Answered("zone", Answer.YES if inside else Answer.NO, "listed" if inside else "too_far", facts)
    if person.district is not None and scheme.districts and person.district not in scheme.districts:
        return Answered("zone", Answer.NO, "district_outside", facts)
    if valid_attestations(scheme, asked.who, asked.on):
        return Answered("zone", Answer.YES, "attested", facts)
    return Answered("zone", Answer.UNKNOWN, "not_attested", facts)


def _residence(scheme: Scheme, asked: Asked) -> Answered:
    facts = {"months": scheme.residence_months}
    since = asked.who.person.resident_since
    if since is not None:
        longest, shortest = (_months_between(day, asked.on) for day in (since.earliest(), since.latest()))
        if longest < scheme.residence_months:
            return Answered("residence", Answer.NO, "too_short", facts)
        if shortest < scheme.residence_months:
            return Answered("residence", Answer.UNKNOWN, "since_not_exact", facts)
    if valid_attestations(scheme, asked.who, asked.on):
        return Answered("residence", Answer.YES, "attested", facts)
    return Answered("residence", Answer.UNKNOWN, "not_attested", facts)


def _attestation(scheme: Scheme, asked: Asked) -> Answered:
    needed = attesters_needed(scheme, asked.who)
    there = len(valid_attestations(scheme, asked.who, asked.on))
    facts = {"needed": needed, "there": there}
    if there >= needed:
        return Answered("attestation", Answer.YES, "attested", facts)
    old = len(asked.who.attestations) > there
    return Answered("attestation", Answer.UNKNOWN, "not_fresh" if old else "missing", facts)


def _purpose(asked: Asked) -> Answered:
    if asked.purpose is None:
        return Answered("purpose", Answer.NO, "not_in_scheme")
    return Answered("purpose", Answer.YES, "in_scheme", {"purpose": asked.purpose})


def _photo(scheme: Scheme, asked: Asked) -> Answered:
    if asked.has_photo:
        return Answered("photo", Answer.YES, "taken")
    return Answered("photo", Answer.UNKNOWN, "none", mandatory=scheme.photo_expected)


def _dependants(scheme: Scheme, asked: Asked) -> Iterator[Answered]:
    children = asked.who.dependants
    if not children:
        return
    facts = {"most": scheme.most_dependants, "under": scheme.dependant_under_years, "count": len(children)}
    ages = [one.birth_date.age_on(asked.on) for one in children]
    if len(children) > scheme.most_dependants:
        yield Answered("dependants", Answer.NO, "too_many", facts)
    elif any(least >= scheme.dependant_under_years for least, _ in ages):
        yield Answered("dependants", Answer.NO, "too_old", facts)
    elif any(greatest >= scheme.dependant_under_years or least < 0 for least, greatest in ages):
        yield Answered("dependants", Answer.UNKNOWN, "birth_not_exact", facts)
    else:
        yield Answered("dependants", Answer.YES, "children", facts)


def _earlier(asked: Asked) -> Iterator[Answered]:
    """A decision that stood is no bar for ever, but nobody gives the next pass without having read it."""
    if asked.earlier is None:
        yield Answered(EARLIER, Answer.UNKNOWN, "not_run", mandatory=False)
        return
    if not asked.earlier:
        yield Answered(EARLIER, Answer.YES, "none")
    for one in asked.earlier:
        facts = {"ground": one.ground, "notice": one.notice, "day": one.on.isoformat()}
        yield Answered(EARLIER, Answer.UNKNOWN, one.why, facts)


def _months_between(start: date, end: date) -> int:
    """Return the whole months from one day to another; below zero when ``end`` is before."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < min(start.day, PartialDate(end.year, end.month).latest().day))
