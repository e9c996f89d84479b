"""What a secondary case needs: consent before an examination, an order for compulsion, care, and a fit end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from poe_health.codes import Coded, actions, choices
from poe_health.errors import HealthListError
from poe_health.lists import bundled
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import RuleSet
from poe_health.screening.errors import (
    SHORTEST_REASON,
    ChargeRefusedError,
    CompulsionError,
    ConsentMissingError,
    NotClosableError,
    ScreeningFieldRefusedError,
    ScreeningReasonError,
)
from poe_health.screening.outcome import Outcome
from poe_health.screening.record import Charge, ConsentAnswer, Examination, Secondary

_HIGHEST_PRESSURE = 300  # mmHg
_LIMITS: Mapping[str, tuple[int, int]] = {"pulse": (20, 250), "breaths": (5, 90), "oxygen": (50, 100)}


@dataclass(frozen=True, slots=True)
class SecondaryPolicy:
    """The dated rules of resources/health/secondary.toml."""

    target_minutes: int
    guarded_risk: frozenset[str]
    guarded_ends: frozenset[str]
    supervisor_only: frozenset[str]
    care_owed: frozenset[str]
    risk: tuple[tuple[str, str], ...]  # level, when
    care: Mapping[str, Coded]


@dataclass(frozen=True, slots=True)
class ChargeKind(Coded):
    """Something that may be named as a charge. ``rule``: free, vaccine, tariff."""

    rule: str


@dataclass(frozen=True, slots=True)
class Tariff:
    """The most that may be asked for a kind from a day on, in whole meticais."""

    kind: str
    most_mzn: int
    valid_from: date


@cache
def secondary_policy() -> SecondaryPolicy:
    """Return the rules.

    Raises:
        HealthListError: the file is missing or damaged.
    """
    said = bundled("health", "secondary").said
    try:
        policy = SecondaryPolicy(
            target_minutes=int(said["target_minutes"]),
            guarded_risk=frozenset(said["guarded_risk"]),
            guarded_ends=frozenset(said["guarded_ends"]),
            supervisor_only=frozenset(said["supervisor_only"]),
            care_owed=frozenset(said["care_owed"]),
            risk=tuple((str(row["level"]), str(row["when"])) for row in said["risk"]),
            care=MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in said["care"]}),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError("health/secondary.toml") from error
    known = set(choices("disposition"))
    if not policy.guarded_ends | policy.supervisor_only | policy.care_owed <= known or policy.target_minutes < 1:
        raise HealthListError("health/secondary.toml")
    if {level for level, _ in policy.risk} != set(choices("risk_level")) or {when for _, when in policy.risk} != _WHEN:
        raise HealthListError("health/secondary.toml")
    return policy


@cache
def charge_kinds() -> tuple[Mapping[str, ChargeKind], tuple[Tariff, ...], int]:
    """Return the kinds of charges, the tariff, and the days of publication that a vaccine needs.

    Raises:
        HealthListError: the file is missing or damaged.
    """
    said = bundled("health", "charges").said
    try:
        kinds = {row["code"]: ChargeKind(row["code"], row["en"], row["pt"], str(row["rule"])) for row in said["kind"]}
        tariff = tuple(Tariff(row["kind"], int(row["most_mzn"]), row["valid_from"]) for row in said.get("tariff", ()))
        return MappingProxyType(kinds), tariff, int(said["publication_days"])
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError("health/charges.toml") from error


def proposed_risk(outcome: Outcome, rules: RuleSet) -> str:
    """Return the level of risk to put first; the clinician decides."""
    judgement = outcome.judgement
    ends = {rules.diseases[code].disposition for code in judgement.suspected}
    ends |= {flag.to for flag in rules.red_flags if flag.code in judgement.red_flags}
    holds = {
        "isolate": "ISOLATE" in ends,
        "red_flag_or_suspect": bool(judgement.red_flags or judgement.suspected),
        "alert_area_or_exposed": bool(judgement.alerts or outcome.areas or outcome.disposition == "FOLLOW_UP"),
        "otherwise": True,
    }
    return next(level for level, when in secondary_policy().risk if holds[when])


def is_lower_risk(chosen: str, proposed: str) -> bool:
    """Return whether a level of risk is below the one that the rules propose; the policy names the highest first."""
    order = [level for level, _ in secondary_policy().risk]
    return order.index(chosen) > order.index(proposed)


_WHEN = {"isolate", "red_flag_or_suspect", "alert_area_or_exposed", "otherwise"}


def require_possible(secondary: Secondary, rules: RuleSet) -> None:
    """Return only if every code and number can be.

    Raises:
        ScreeningFieldRefusedError: the first that cannot.
    """
    known: tuple[tuple[str, tuple[str, ...], object], ...] = (
        ("care", secondary.care, secondary_policy().care),
        ("actions_done", secondary.actions_done, actions()),
        ("risk_level", _one(secondary.risk_level), choices("risk_level")),
        ("disposition", _one(secondary.disposition), choices("disposition")),
        ("working_diagnosis", _one(secondary.working_diagnosis), rules.diseases),
    )
    for field, codes, allowed in known:
        if any(code not in allowed for code in codes):  # type: ignore[operator]  # each is a mapping by code
            raise ScreeningFieldRefusedError(field=field)
    if secondary.examination is not None:
        _require_vital_signs(secondary.examination)


def require_consent(secondary: Secondary, *, ordered: bool) -> None:
    """Return only if an examination follows consent, or an order of the supervisor, or cannot wait for it.

    ``ordered``: a supervisor stands behind the order.

    Raises:
        ConsentMissingError: not_asked, refused, after, not_able (without the reason).
        CompulsionError: what the order lacks.
    """
    consent, order = secondary.consent, secondary.compulsion
    if order is not None:
        for field in ("legal_basis", "imminent_risk", "least_intrusive"):
            if len(getattr(order, field).strip()) < SHORTEST_REASON:
                raise CompulsionError(field=field)
        if consent is None or consent.answer is not ConsentAnswer.REFUSED:
            raise CompulsionError(field="consent")
        if not ordered:
            raise CompulsionError(field="supervisor")
    if consent is not None and consent.answer is ConsentAnswer.NOT_ABLE and not (consent.reason or "").strip():
        raise ConsentMissingError(why="not_able")
    examined = secondary.examination
    if examined is None:
        return
    if consent is None:
        raise ConsentMissingError(why="not_asked")
    if consent.answer is ConsentAnswer.REFUSED and order is None:
        raise ConsentMissingError(why="refused")
    if consent.at > examined.at:
        raise ConsentMissingError(why="after")


def require_charges(secondary: Secondary, today: date) -> None:
    """Return only if everything that was charged for may be (IHR art. 40).

    Raises:
        ChargeRefusedError: free, no_tariff, above the tariff, or a kind of no list.
    """
    kinds, tariff, publication_days = charge_kinds()
    for charge in secondary.charges:
        kind = kinds.get(charge.kind)
        if kind is None or charge.amount_mzn < 0:
            raise ChargeRefusedError(kind=charge.kind if kind else "?", why="unknown")
        if charge.amount_mzn == 0:
            continue
        if not _may_be_charged(kind, charge, secondary, today, publication_days):
            raise ChargeRefusedError(kind=charge.kind, why="free")
        blocks = [block for block in tariff if block.kind == charge.kind and block.valid_from <= today]
        if not blocks:
            raise ChargeRefusedError(kind=charge.kind, why="no_tariff")
        if charge.amount_mzn > max(blocks, key=lambda block: block.valid_from).most_mzn:
            raise ChargeRefusedError(kind=charge.kind, why="above")


def require_closable(secondary: Secondary, reason: str | None, *, supervised: bool) -> None:
    """Return only if the case may end like this. ``supervised``: a supervisor decides, or signed.

    Raises:
        NotClosableError: ``why`` is disposition (none), supervisor, risk (none given), care (owed, none recorded).
        ScreeningReasonError: a high or critical case that is neither isolated nor referred, without the reason.
    """
    policy = secondary_policy()
    if secondary.disposition is None:
        raise NotClosableError(why="disposition")
    if secondary.disposition in policy.supervisor_only and not supervised:
        raise NotClosableError(why="supervisor")
    if secondary.risk_level is None:
        raise NotClosableError(why="risk")
    if secondary.disposition in policy.care_owed and not secondary.care:
        raise NotClosableError(why="care")
    guarded = secondary.risk_level in policy.guarded_risk and secondary.disposition not in policy.guarded_ends
    if guarded and len((reason or "").strip()) < SHORTEST_REASON:
        raise ScreeningReasonError("risk")


def _may_be_charged(kind: ChargeKind, charge: Charge, secondary: Secondary, today: date, days: int) -> bool:
    if secondary.residence_seeker is Answer.YES:
        return True
    if kind.rule == "vaccine":
        published = charge.requirement_published_on
        return published is not None and published <= today - timedelta(days=days)
    return kind.rule == "tariff"


def _require_vital_signs(examination: Examination) -> None:
    for field, (lowest, highest) in _LIMITS.items():
        value = getattr(examination, field)
        if value is not None and not lowest <= value <= highest:
            raise ScreeningFieldRefusedError(field=field)
    if examination.pressure is not None:
        upper, slash, lower = examination.pressure.partition("/")
        if not slash or not all(part.isascii() and part.isdigit() and 2 <= len(part) <= 3 for part in (upper, lower)):
            raise ScreeningFieldRefusedError(field="pressure")
        if not int(lower) < int(upper) <= _HIGHEST_PRESSURE:
            raise ScreeningFieldRefusedError(field="pressure")


def _one(code: str | None) -> tuple[str, ...]:
    return () if code is None else (code,)
