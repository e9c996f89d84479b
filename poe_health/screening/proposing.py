"""What primary and secondary both look at: one traveller with everything the rules said."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from poe_health.codes import ExposureKind, exposures
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import Disease, RedFlag, RuleSet, WellContact
from poe_health.rules.judge import Judgement
from poe_health.screening.context import HealthContext
from poe_health.screening.facts import FormFacts
from poe_health.screening.form import ScreeningForm
from poe_health.screening.policy import ScreeningPolicy


@dataclass(frozen=True)
class Case:
    """One traveller as the rules see it."""

    form: ScreeningForm
    context: HealthContext
    facts: FormFacts
    rules: RuleSet
    judgement: Judgement
    policy: ScreeningPolicy

    @cached_property
    def flags(self) -> tuple[RedFlag, ...]:
        """Return the red flags that hold."""
        return tuple(flag for flag in self.rules.red_flags if flag.code in self.judgement.red_flags)

    @cached_property
    def suspects(self) -> tuple[Disease, ...]:
        """Return the diseases that are suspected, in the order of risk."""
        return tuple(self.rules.diseases[code] for code in self.judgement.suspected)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Return the diseases whose affected areas the journey certainly touched."""
        return tuple(
            code
            for code, disease in self.rules.diseases.items()
            if self.facts.in_affected_area(code, disease.lookback_days) is Answer.YES
        )

    @property
    def was_in_affected_area(self) -> bool:
        """Return whether the journey or the traveller's own answer says so."""
        return bool(self.areas) or self.form.affected_area is Answer.YES

    def exposed(self, *kinds: ExposureKind) -> bool:
        """Return whether an exposure of one of the kinds is a yes, in the days that its question covers."""
        return any(
            self.facts.exposure(code, each.lookback_days) is Answer.YES
            for code, each in exposures().items()
            if each.kind in kinds
        )


def well_contacts(case: Case) -> Iterator[WellContact]:
    """Return the rules for people who were exposed and of whom the disease is not suspected."""
    for disease in case.rules.diseases.values():
        rule = disease.well_contact
        if rule is None or disease.code in case.judgement.suspected:
            continue
        if any(case.facts.exposure(code, disease.lookback_days) is Answer.YES for code in rule.exposures):
            yield rule
