"""From the text of a rule to a condition; a rule with a code that nothing knows, or a word too many, is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from poe_health.codes import exposures, symptoms
from poe_health.rules.conditions import (
    AgeYears,
    All,
    AnyOf,
    AtLeast,
    Condition,
    Flag,
    HadExposure,
    HasSymptom,
    NoneOf,
    SaidSo,
    TemperatureC,
    WasInAffectedArea,
)

SIGNALS = ("CLUSTER_SAME_CONVEYANCE", "CLUSTER_SAME_ORIGIN")
"""Signals of the post that a rule may name."""

_GROUPS: Mapping[str, type[All] | type[AnyOf] | type[NoneOf]] = {"all": All, "any": AnyOf, "none": NoneOf}


class RuleTextError(ValueError):
    """A rule that cannot be used; the message is the place in it, as ``suspect.any[0].all[1]``."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a rule may speak of: the look-back of every disease, and the derived terms."""

    lookback_days: Mapping[str, int]
    derived: Mapping[str, Condition]

    def condition(self, untrusted: object, disease: str | None, at: str) -> Condition:
        """Return the condition. ``disease``: whose look-back holds for exposures (None: each question's own).

        Raises:
            RuleTextError: it cannot be used.
        """
        if not isinstance(untrusted, dict) or not untrusted:
            raise RuleTextError(at)
        word, said = next(iter(untrusted.items()))
        rest = {name: value for name, value in untrusted.items() if name != word}
        if word in _GROUPS and isinstance(said, list) and not rest:
            return _GROUPS[word](self._parts(said, disease, f"{at}.{word}"))
        if word == "at_least" and set(rest) == {"of"} and isinstance(rest["of"], list):
            if isinstance(said, bool) or not isinstance(said, int) or not 0 < said <= len(rest["of"]):
                raise RuleTextError(f"{at}.at_least")
            return AtLeast(said, self._parts(rest["of"], disease, f"{at}.of"))
        if word == "exp" and said in exposures() and set(rest) <= {"within_days"}:
            return HadExposure(said, self._days(said, disease, rest.get("within_days"), at))
        if rest:
            raise RuleTextError(at)
        return self._leaf(word, said, at)

    def _leaf(self, word: str, said: Any, at: str) -> Condition:
        match word, said:
            case "sym", str(code) if code in symptoms() or code in self.derived:
                return self._symptom(code)
            case "age_years", dict():
                return AgeYears(*_bound(said, at))
            case "temp_c", dict():
                return TemperatureC(*_bound(said, at))
            case "ctx", str(name) if self._is_flag(name):
                return Flag(name)
            case "travel", str(name):
                area, _, whose = name.partition(".")
                if area == "AFFECTED" and whose in self.lookback_days:
                    return WasInAffectedArea(whose, self.lookback_days[whose])
        raise RuleTextError(at)

    def _parts(self, parts: list[Any], disease: str | None, at: str) -> tuple[Condition, ...]:
        if not parts:
            raise RuleTextError(at)
        return tuple(self.condition(part, disease, f"{at}[{place}]") for place, part in enumerate(parts))

    def _symptom(self, code: str) -> Condition:
        if code not in self.derived:
            return HasSymptom(code)
        if code not in symptoms():
            return self.derived[code]
        return AnyOf((self.derived[code], SaidSo(code)))  # a form may say it itself

    def _days(self, code: str, disease: str | None, given: object, at: str) -> int:
        own = exposures()[code].lookback_days
        if given is not None:
            if not isinstance(given, int) or isinstance(given, bool) or given < 1:
                raise RuleTextError(f"{at}.within_days")
            return given
        if own == 0:
            return 0  # has no date: a paper seen, a judgement
        return self.lookback_days[disease] if disease else own

    def _is_flag(self, name: str) -> bool:
        kind, _, what = name.partition(".")
        return (kind == "outbreak" and what in self.lookback_days) or (kind == "signal" and what in SIGNALS)


def _bound(bound: Mapping[str, Any], at: str) -> tuple[float | None, float | None]:
    ((word, value),) = bound.items() if len(bound) == 1 else (("", None),)
    if word not in {"gte", "lt"} or isinstance(value, bool) or not isinstance(value, int | float):
        raise RuleTextError(at)
    return (value, None) if word == "gte" else (None, value)
