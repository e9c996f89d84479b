"""What the rules may know of a traveller: the form and the context of the day, answered in three values."""

from collections.abc import Mapping
from datetime import timedelta

from poe_health.rules.answer import Answer, answer_of
from poe_health.screening.context import AFFECTED, OUTBREAKS, HealthContext
from poe_health.screening.form import CERTIFICATE_SEEN, ExposureAnswer, ScreeningForm
from poe_health.screening.journey import AffectedArea, touched
from poe_health.screening.policy import screening_policy

CONCERN = "OBSERVER_CONCERN"
_CONCERN_OF: Mapping[str | None, Answer] = {"WELL": Answer.NO, "UNWELL": Answer.NO, "VERY_ILL": Answer.YES}


class FormFacts:
    """Answers the rules out of one form and one context. Nothing in it changes."""

    def __init__(self, form: ScreeningForm, context: HealthContext) -> None:
        self._form, self._context = form, context
        self._symptoms = dict(form.symptoms)
        concern = _CONCERN_OF.get(form.appearance, Answer.UNKNOWN)
        if concern is Answer.YES or CONCERN not in self._symptoms:
            self._symptoms[CONCERN] = form.others if concern is Answer.UNKNOWN else concern
        if form.any_symptom is Answer.NO:  # the card was read out: none of it
            for code in screening_policy().primary.card:
                self._symptoms.setdefault(code, Answer.NO)
        self._areas: dict[str, list[AffectedArea]] = {}
        for area in context.affected or ():
            self._areas.setdefault(area.disease, []).append(area)
        self._touched: dict[tuple[str, int], Answer] = {}

    def symptom(self, code: str) -> Answer:
        """Return whether the traveller has it."""
        return self._symptoms.get(code, self._form.others)

    def said_so(self, code: str) -> Answer:
        """Return what the form says of a derived term; one it does not name adds nothing to its parts."""
        return self._form.symptoms.get(code, Answer.NO)

    def exposure(self, code: str, within_days: int) -> Answer:
        """Return whether it happened within the days; a yes without a day counts as within them."""
        said = self._form.exposures.get(code)
        if code == CERTIFICATE_SEEN and self._form.certificate_seen is not Answer.UNKNOWN:
            return self._form.certificate_seen
        if said is None:
            said = ExposureAnswer(self._form.others)
        if said.answer is Answer.YES and said.last_on is not None and within_days > 0:
            return answer_of(said.last_on >= self._form.today - timedelta(days=within_days))
        return said.answer

    def age_range(self) -> tuple[float, float] | None:
        """Return the least age in years and what it is below."""
        return (self._form.age.least, self._form.age.under) if self._form.age else None

    def temperature_c(self) -> float | None:
        """Return the measured temperature."""
        return self._form.temperature.celsius if self._form.temperature else None

    def flag(self, name: str) -> Answer:
        """Return whether an outbreak is listed, or a signal was raised."""
        kind, _, what = name.partition(".")
        if kind == "signal":
            unsure = what in self._context.signals_unsure
            return Answer.YES if what in self._context.signals else answer_of(None if unsure else False)
        if what in self._context.active_outbreaks:
            return Answer.YES
        return answer_of(False if self._context.may_say_no(OUTBREAKS) else None)

    def in_affected_area(self, disease: str, lookback_days: int) -> Answer:
        """Return whether the journey touched an area on the disease's list; without it, or off an old one, unknown."""
        if self._context.affected is None:
            return Answer.UNKNOWN
        key = (disease, lookback_days)
        if key not in self._touched:
            areas = self._areas.get(disease, ())
            found = touched(self._form.itinerary, areas, self._form.today, lookback_days)
            sure = found is not Answer.NO or self._context.may_say_no(AFFECTED)
            self._touched[key] = found if sure else Answer.UNKNOWN
        return self._touched[key]

    def can_ask_itinerary(self) -> bool:
        """Return whether there is a list to hold the journey against."""
        return self._context.affected is not None
