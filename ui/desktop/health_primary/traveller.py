"""One traveller in front of the screener, as far as he was asked; every change makes a new value. No Qt, no store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.kernel.errors import BmisError
from poe_health.certificates.asking import certificate_asked
from poe_health.codes import choices, exposures, symptoms
from poe_health.errors import TemperatureUnconfirmedError
from poe_health.rules.answer import Answer
from poe_health.screening.card import Card
from poe_health.screening.deciding import age_of_band
from poe_health.screening.form import ExposureAnswer, ScreeningForm, Stage, Temperature
from poe_health.screening.record import Measured, Person, ScreeningRequest
from ui.desktop.health_primary.errors import CertificateOpenError, QuestionsOpenError, TemperatureTypedError
from ui.desktop.health_primary.voyage import CarriedVoyage

AREA, CONTACT = "affected_area", "contact_ill"
"""The two short questions that are neither a symptom nor an exposure."""

NOT_LOOKED_AT = "NOT_LOOKED_AT"
CERTIFICATES = ("VALID", "INVALID", "ABSENT", NOT_LOOKED_AT)
"""What one key says of the yellow-fever certificate, in its order. Not looked at is unknown, never "none"."""

DIGITS = 3
APPEARANCES = (None, "UNWELL", "VERY_ILL")
PERSON_FIELDS = (
    "surname",
    "given_names",
    "birth_date",
    "nationality",
    "document_number",
    "document_country",
    "phone",
    "seat",
    "address_next",
)
_NEXT: Mapping[Answer | None, Answer | None] = {
    None: Answer.YES,
    Answer.NO: Answer.YES,
    Answer.YES: Answer.UNKNOWN,
    Answer.UNKNOWN: None,
}


def _none() -> Mapping[str, Answer]:
    return MappingProxyType({})


def _empty() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Traveller:
    """``answers`` has only what was answered. ``by_one_key``: those that "asked, none" answered, so that it can be
    taken back whole. ``digits`` is the temperature as it is typed, ``confirmed``: typed twice. ``readings``: measured
    before the one that is typed now. ``extra``: asked beside the card, in order."""

    request_id: UUID
    answers: Mapping[str, Answer] = field(default_factory=_none)
    by_one_key: frozenset[str] = frozenset()
    extra: tuple[str, ...] = ()
    digits: str = ""
    confirmed: bool = False
    to_confirm: str = ""
    method: str | None = None
    device: str | None = None
    readings: tuple[Measured, ...] = ()
    sex: str | None = None
    age_band: str | None = None
    appearance: str | None = None
    certificate: str | None = None  # of CERTIFICATES; None: not asked yet
    refused: bool = False
    person: Mapping[str, str] = field(default_factory=_empty)
    note: str = ""
    card: int | None = None
    desk_full: bool = False
    forced: str | None = None  # the result that the screener chose against the proposal; the note says why

    @property
    def is_begun(self) -> bool:
        """Return whether anything of this traveller was taken down."""
        return replace(self, request_id=_NOBODY, method=None) != Traveller(_NOBODY)

    @property
    def lone_card(self) -> int | None:
        """Return the number of the card where nothing but it was taken down: it is for who has waited."""
        return None if replace(self, card=None).is_begun else self.card

    # --- the questions

    def turned(self, code: str) -> "Traveller":
        """Return with the next answer of a question: yes, does not know, not asked."""
        return self._with({code: _NEXT[self.answers.get(code)]}, self.by_one_key - {code})

    def asked_none(self, codes: Iterable[str]) -> "Traveller":
        """Return with no for every question that has no answer; where all have one, with those taken back."""
        open_codes = [code for code in codes if code not in self.answers]
        if open_codes:
            return self._with(dict.fromkeys(open_codes, Answer.NO), self.by_one_key | set(open_codes))
        return self._with(dict.fromkeys(self.by_one_key), frozenset())

    def certificate_turned(self) -> "Traveller":
        """Return with the next answer on the yellow-fever certificate."""
        following = dict(zip((None, *CERTIFICATES), (*CERTIFICATES, None), strict=True))
        return replace(self, certificate=following[self.certificate])

    def cannot_say(self, codes: Iterable[str]) -> "Traveller":
        """Return with "does not know" for every question that has no answer."""
        open_codes = [code for code in codes if code not in self.answers]
        return self._with(dict.fromkeys(open_codes, Answer.UNKNOWN), self.by_one_key)

    def asked_too(self, codes: Iterable[str], most: int) -> "Traveller":
        """Return with more questions beside the card, no more than ``most`` of them without an answer."""
        found = list(self.extra)
        for code in codes:
            if sum(one not in self.answers for one in found) < most and code not in found:
                found.append(code)
        return self if tuple(found) == self.extra else replace(self, extra=tuple(found))

    def _with(self, said: Mapping[str, Answer | None], by_one_key: frozenset[str]) -> "Traveller":
        answers = {code: answer for code, answer in (self.answers | said).items() if answer is not None}  # type: ignore[operator]  # both are dictionaries behind their view
        return replace(self, answers=MappingProxyType(answers), by_one_key=by_one_key)

    # --- the temperature

    def typed(self, digit: str) -> "Traveller":
        """Return with one digit more; after three a digit begins anew."""
        digits = digit if len(self.digits) >= DIGITS else self.digits + digit
        return self._measured_as(digits, None)

    def rubbed_out(self) -> "Traveller":
        """Return without the last digit."""
        return replace(self, digits=self.digits[:-1], confirmed=False, device=None)

    def read_by(self, celsius: float, device: str) -> "Traveller":
        """Return with a thermometer's reading in the field; nothing is kept by it."""
        return self._measured_as(f"{round(celsius * 10):03d}", device)

    def _measured_as(self, digits: str, device: str | None) -> "Traveller":
        found = replace(self, digits=digits, device=device, confirmed=False)
        if len(digits) < DIGITS:
            return found
        if digits == self.to_confirm:
            return replace(found, confirmed=True, to_confirm="")
        try:
            _temperature(found)
        except TemperatureUnconfirmedError:
            return replace(found, digits="", to_confirm=digits)
        except BmisError:
            pass  # no person has it: said at the field, and it stays there
        return replace(found, to_confirm="")

    @property
    def celsius(self) -> float | None:
        """Return the typed temperature; None while there are no three digits."""
        return int(self.digits) / 10 if len(self.digits) == DIGITS else None

    def taken_again(self, at: datetime) -> "Traveller":
        """Return with this reading kept and room for another one.

        Raises:
            BmisError: the reading that stands there is none (``temperature``).
        """
        if not self.digits:
            return self
        first = _temperature(self)
        reading = Measured(first.celsius, self.method, self.device, at)
        return replace(
            self,
            readings=(*self.readings, reading),
            digits="",
            confirmed=False,
            to_confirm="",
            method=None,
            device=None,
        )

    # --- what is kept

    def form(self, card: Card, voyage: CarriedVoyage, today: date, *, measured: bool = True) -> ScreeningForm:
        """Return the answers as the rules take them; ``measured`` False leaves the temperature out.

        Raises:
            BmisError: a value that cannot be.
        """
        temperature = _temperature(self) if measured and self.digits else None
        if temperature is None and self.readings:  # the second one was not taken: the first still holds
            last = self.readings[-1]
            temperature = Temperature(last.celsius, last.method, confirmed=True)
        said = self.answers
        seen = self.certificate if asks_certificate(voyage, today) and self.certificate != NOT_LOOKED_AT else None
        return ScreeningForm(
            stage=Stage.PRIMARY,
            today=today,
            temperature=temperature,
            age=age_of_band(self.age_band) if self.age_band else None,
            sex=self.sex,
            direction=voyage.direction,
            symptoms={code: answer for code, answer in said.items() if code in symptoms()},
            exposures={code: ExposureAnswer(answer) for code, answer in said.items() if code in exposures()},
            itinerary=voyage.stays or None,
            appearance=self.appearance,
            any_symptom=_any_of(card.symptoms, said),
            affected_area=said.get(AREA, Answer.UNKNOWN),
            contact_ill=said.get(CONTACT, Answer.UNKNOWN),
            certificate=seen,
            refused=self.refused,
        )

    def request(
        self, card: Card, voyage: CarriedVoyage, today: date, post_code: str, at: datetime, *, named: bool
    ) -> ScreeningRequest:
        """Return what is kept; ``named``: the result is not PASS, so who it is may be kept with it.

        Raises:
            BmisError: a value that cannot be.
        """
        form = self.form(card, voyage, today)
        readings = self.readings
        if self.digits and form.temperature is not None:
            readings = (*readings, Measured(form.temperature.celsius, self.method, self.device, at))
        return ScreeningRequest(
            request_id=self.request_id,
            form=form,
            travel=voyage.travel(self.age_band, today, post_code),
            temperatures=readings,
            result=self.forced,
            reason=self.note.strip() or None,
            person=self.named_person() if named else None,
            card=self.card,
            desk_full=self.desk_full,
        )

    def named_person(self) -> Person | None:
        """Return who it is as far as it was typed; None: nothing was.

        Raises:
            DateTextError: the day of birth is none.
        """
        told = {name: text.strip() for name, text in self.person.items() if text.strip()}
        if not told:
            return None
        born = told.get("birth_date")
        return Person(
            surname=told.get("surname"),
            given_names=told.get("given_names"),
            birth_date=PartialDate.parse(born) if born else None,
            sex=self.sex,
            nationality=told.get("nationality"),
            document_country=told.get("document_country"),
            document_number=told.get("document_number"),
            phones=(told["phone"],) if "phone" in told else (),
            seat=told.get("seat"),
            address_next=told.get("address_next"),
        )


_NOBODY = UUID(int=0)


def questions_of(card: Card) -> tuple[str, ...]:
    """Return every question of the card, in the order in which they are read out."""
    short = tuple(code for code, asked in ((AREA, card.area), (CONTACT, card.contact)) if asked)
    return (*card.symptoms, *card.exposures, *short)


def asks_certificate(voyage: CarriedVoyage, today: date) -> bool:
    """Return whether who comes by this voyage is asked for the yellow-fever certificate."""
    return certificate_asked(voyage.direction, voyage.origin_country, voyage.stays, today)


def require_temperature(traveller: Traveller) -> None:
    """Return only if the typed temperature, if there is one, can be.

    Raises:
        TemperatureTypedError: not three digits. TemperatureOutsideError, TemperatureUnconfirmedError: what they say.
    """
    if traveller.to_confirm and not traveller.digits:
        _temperature(replace(traveller, digits=traveller.to_confirm))
    if traveller.digits:
        _temperature(traveller)


def require_answered(traveller: Traveller, open_card: Sequence[str], *, asks_certificate: bool) -> None:
    """Return only if everything that is asked of everybody was asked; who refuses is asked nothing.

    Raises:
        QuestionsOpenError: questions of the card. CertificateOpenError: the yellow-fever certificate.
    """
    if traveller.refused:
        return
    if open_card:
        raise QuestionsOpenError(count=len(open_card))
    if asks_certificate and traveller.certificate is None:
        raise CertificateOpenError


def methods() -> tuple[str, ...]:
    """Return the ways to measure, in their order."""
    return tuple(choices("temp_method"))


def _temperature(traveller: Traveller) -> Temperature:
    celsius = traveller.celsius
    if celsius is None:
        raise TemperatureTypedError
    return Temperature(celsius, traveller.method, traveller.confirmed)


def _any_of(codes: Iterable[str], said: Mapping[str, Answer]) -> Answer:
    """Return yes when one of the card is, no when every one is, else unknown."""
    found = [said.get(code, Answer.UNKNOWN) for code in codes]
    if Answer.YES in found:
        return Answer.YES
    return Answer.NO if found and all(one is Answer.NO for one in found) else Answer.UNKNOWN
