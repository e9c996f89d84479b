"""Clusters: similar illnesses on one voyage or of one origin within a few days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from poe_health.events.settings import ClusterRule, cluster_rule
from poe_health.rules.definitions import rule_set

CONVEYANCE, ORIGIN = "CLUSTER_SAME_CONVEYANCE", "CLUSTER_SAME_ORIGIN"


@dataclass(frozen=True, slots=True)
class Illness:
    """An ill traveller without a name. ``alike``: the diseases or syndromes suspected; ``ref``: the screening's id."""

    ref: str
    at: datetime
    alike: frozenset[str]
    voyage: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """``kind`` is a type of signal; ``key`` the voyage or origin; ``alike`` what the illnesses share."""

    kind: str
    key: str
    alike: str
    refs: tuple[str, ...]
    first_at: datetime
    last_at: datetime


def clusters(illnesses: Iterable[Illness], now: datetime, rule: ClusterRule | None = None) -> tuple[Cluster, ...]:
    """Return the clusters of the days that end ``now``, the largest first. One screening counts once.

    An illness whose voyage or origin is not known joins no cluster of that kind. An origin is a whole country: of one,
    only diseases that are urgent enough (``origin_priority``) are a cluster, else two fevers of a week always were.
    """
    used = rule or cluster_rule(now.date())
    priority = {code: one.priority for code, one in rule_set(now.date()).diseases.items()}
    groups: dict[tuple[str, str, str], dict[str, Illness]] = {}
    for one in illnesses:
        if now - timedelta(days=used.days) <= one.at <= now:
            for kind, key in ((CONVEYANCE, one.voyage), (ORIGIN, one.origin)):
                for alike in one.alike if key else ():
                    if kind == ORIGIN and priority.get(alike, 1) > used.origin_priority:
                        continue
                    groups.setdefault((kind, key or "", alike), {})[one.ref] = one
    found = [
        Cluster(
            *group,
            refs=tuple(sorted(members)),
            first_at=min(one.at for one in members.values()),
            last_at=max(one.at for one in members.values()),
        )
        for group, members in groups.items()
        if len(members) >= used.cases
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.refs), one.kind, one.key, one.alike)))
