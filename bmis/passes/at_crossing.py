"""A pass at the crossing: post and zone, open crossing, days, missed return. Pure; the seal was proved before.

The order is that in which an officer reads the answers. Nothing here decides: a person does, with one key.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from uuid import UUID

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from bmis.passes.lifecycle import PassState, Validity
from bmis.passes.schemes import Medium, Scheme
from bmis.trust.policy import trust_rule

ENTRY, EXIT = "ENTRY", "EXIT"
HOME_STATE = "MOZ"
_NO_FACTS: Mapping[str, str | int] = MappingProxyType({})


class Light(StrEnum):
    """How an answer is shown; grey never looks like green."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Use:
    """One crossing with a pass."""

    id: UUID
    scheme: str
    serial: str
    pass_id: UUID | None
    crossing_id: UUID | None
    post_code: str
    desk_id: str
    direction: str
    at: datetime
    sex: str | None = None
    age_band: str | None = None
    purpose: str | None = None
    regime: str | None = None
    products: tuple[str, ...] = ()

    def facts(self) -> dict[str, object]:
        """Return what its event says: no person."""
        return {
            "scheme": self.scheme,
            "serial": self.serial,
            "pass": None if self.pass_id is None else str(self.pass_id),
            "crossing": None if self.crossing_id is None else str(self.crossing_id),
            "post": self.post_code,
            "direction": self.direction,
            "at": self.at.isoformat(),
            "regime": self.regime,
            "products": list(self.products),
            "sex": self.sex,
            "age_band": self.age_band,
            "purpose": self.purpose,
        }


@dataclass(frozen=True, slots=True)
class Presented:
    """A pass as it is shown. ``seal`` is the answer of the seal's verification, None where it was typed or has none.

    ``state`` None: this desk has no record of it (another desk's, a partner's).
    """

    scheme: Scheme
    serial: str
    validity: Validity | None
    state: PassState | None
    seal: str | None
    posts: tuple[str, ...] = ()  # narrower than the scheme's; none: those of the scheme
    suspended_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Where and when it is shown. ``records_complete_since``: from when the records miss nothing; None: unknown.

    ``heard``: where other desks saw it, as far as their files say.
    """

    post_code: str
    direction: str
    at: datetime
    uses: Sequence[Use] = ()
    records_complete_since: datetime | None = None
    heard: Sequence[Use] = ()

    @property
    def day(self) -> date:
        """The day at the post."""
        return local(self.at, MAPUTO_OFFSET_MINUTES).date()


@dataclass(frozen=True, slots=True)
class PassAnswer:
    """One answer. ``evidence`` is a code with ``facts`` to fill its words."""

    evidence: str
    light: Light
    facts: Mapping[str, str | int] = field(default_factory=lambda: _NO_FACTS)


_SEALS: Mapping[str, tuple[str, Light]] = MappingProxyType(
    {
        "valid": ("seal_valid", Light.GREEN),
        "trust_stale": ("seal_trust_stale", Light.GREY),
        "signer_unknown": ("seal_signer_unknown", Light.GREY),
        "expired": ("seal_expired", Light.RED),
        "not_yet_valid": ("seal_not_yet_valid", Light.RED),
        "seal_revoked": ("seal_revoked", Light.RED),
        "signer_expired": ("seal_signer_expired", Light.RED),
        "signer_revoked": ("seal_signer_revoked", Light.RED),
        "signature_invalid": ("seal_invalid", Light.RED),
        "not_a_seal": ("not_a_seal", Light.RED),
    }
)


def examine(shown: Presented, passage: Passage) -> tuple[PassAnswer, ...]:
    """Return every answer, at least one."""
    return (
        *_seal(shown, passage),
        *_state(shown),
        *_validity(shown, passage),
        *_post(shown, passage),
        *_other_post(passage),
        *_two_posts(passage),
        *_journey(shown, passage),
    )


def missed_returns(scheme: Scheme, uses: Sequence[Use]) -> int:
    """Return how often the holder came back later than the scheme's days, as the log has it."""
    ordered = sorted(uses, key=lambda one: (one.at, one.id))
    late = 0
    for before, after in pairwise(ordered):
        if before.direction == outward(scheme) and after.direction != before.direction:
            late += _days_away(before.at, after.at) > scheme.max_stay_days
    return late


def outward(scheme: Scheme) -> str:
    """Return the direction in which a holder leaves home: out for passes of ours, in for a neighbour's."""
    return EXIT if scheme.issuer == HOME_STATE else ENTRY


def _seal(shown: Presented, passage: Passage) -> Iterator[PassAnswer]:
    if shown.scheme.medium is Medium.VISUAL:
        sample = shown.scheme.sample(passage.day)
        evidence = "by_eye" if sample is not None and sample.seen else "by_eye_no_specimen"
        yield PassAnswer(evidence, Light.GREY)
    elif shown.seal is None:
        yield PassAnswer("seal_not_read", Light.GREY)
    else:
        evidence, light = _SEALS.get(shown.seal, ("seal_not_read", Light.GREY))
        yield PassAnswer(evidence, light)


def _state(shown: Presented) -> Iterator[PassAnswer]:
    if shown.state is None:
        if shown.scheme.medium is Medium.SEAL and shown.seal != "valid":
            yield PassAnswer("not_known_here", Light.GREY)
        return
    if shown.state is PassState.ACTIVE:
        yield PassAnswer("active", Light.GREEN)
    elif shown.state is PassState.SUSPENDED:
        until = shown.suspended_until
        yield PassAnswer("suspended", Light.RED, {} if until is None else {"until": until.astimezone(UTC).isoformat()})
    elif shown.state is not PassState.EXPIRED:  # the dates say that
        yield PassAnswer("withdrawn", Light.RED, {"state": shown.state.value})


def _validity(shown: Presented, passage: Passage) -> Iterator[PassAnswer]:
    if shown.validity is None:
        yield PassAnswer("validity_unknown", Light.GREY)
    elif passage.day > shown.validity.last or shown.state is PassState.EXPIRED:  # a clock set back revives nothing
        yield PassAnswer("pass_expired", Light.RED, {"until": shown.validity.last.isoformat()})
    elif passage.day < shown.validity.first:
        yield PassAnswer("pass_not_yet", Light.RED, {"from": shown.validity.first.isoformat()})
    else:
        yield PassAnswer("in_validity", Light.GREEN, {"until": shown.validity.last.isoformat()})


def _post(shown: Presented, passage: Passage) -> Iterator[PassAnswer]:
    posts = shown.posts or shown.scheme.post_codes
    if not posts:
        yield PassAnswer("posts_unknown", Light.GREY)
    elif passage.post_code in posts:
        zone = shown.scheme.zone_km
        yield PassAnswer("post_allowed", Light.GREEN, {} if zone is None else {"km": zone})
    else:
        yield PassAnswer("other_post", Light.RED, {"posts": " ".join(posts)})


def _other_post(passage: Passage) -> Iterator[PassAnswer]:
    within = trust_rule(passage.day).one_card
    for use in passage.uses:
        if use.post_code != passage.post_code and abs(passage.at - use.at) <= within:
            minutes = int(abs(passage.at - use.at).total_seconds() // 60)
            yield PassAnswer("seen_elsewhere", Light.RED, {"post": use.post_code, "minutes": minutes})
            return


def _two_posts(passage: Passage) -> Iterator[PassAnswer]:
    """Two uses that one card cannot have, told by a file: something to look at, for a clock may have been wrong."""
    rule = trust_rule(passage.day)
    lately = [one for one in (*passage.uses, *passage.heard) if abs(passage.at - one.at) <= rule.showings_kept]
    places = sorted([(one.at, one.post_code) for one in lately] + [(passage.at, passage.post_code)], reverse=True)
    told = {(one.at, one.post_code) for one in passage.heard}
    for at, (later, post) in enumerate(places):
        for earlier, other in places[at + 1 :]:
            if later - earlier > rule.one_card:
                break
            if other != post and told & {(later, post), (earlier, other)}:
                minutes = int((later - earlier).total_seconds() // 60)
                facts: dict[str, str | int] = {"post": post, "other": other, "minutes": minutes}
                facts["at"] = later.isoformat()
                yield PassAnswer("two_posts", Light.AMBER, facts)
                return


def _journey(shown: Presented, passage: Passage) -> Iterator[PassAnswer]:
    scheme = shown.scheme
    last = max(passage.uses, key=lambda one: (one.at, one.id), default=None)
    goes_out = passage.direction == outward(scheme)
    if last is None:
        if goes_out:
            yield PassAnswer("first_use", Light.GREEN, {"days": scheme.max_stay_days})
        else:
            yield PassAnswer("no_way_out_recorded", Light.GREY)
        return
    if last.direction == passage.direction:
        complete = passage.records_complete_since is not None and last.at >= passage.records_complete_since
        evidence = "return_not_recorded" if goes_out else "way_out_not_recorded"
        yield PassAnswer(evidence, Light.AMBER if complete else Light.GREY, {"at": last.at.isoformat()})
    elif goes_out:
        yield PassAnswer("may_go", Light.GREEN, {"days": scheme.max_stay_days})
    else:
        yield from _return(shown, passage, last)
    yield from _trips(scheme, passage)


def _return(shown: Presented, passage: Passage, last: Use) -> Iterator[PassAnswer]:
    days, most = _days_away(last.at, passage.at), shown.scheme.max_stay_days
    if days <= most:
        yield PassAnswer("in_time", Light.GREEN, {"days": days, "most": most})
        return
    late = missed_returns(shown.scheme, passage.uses) + 1
    facts = {"days": days, "most": most, "times": late}
    propose = late >= shown.scheme.missed_returns_before_suspension
    yield PassAnswer("late_propose_suspension" if propose else "late_advise", Light.AMBER, facts)


def _trips(scheme: Scheme, passage: Passage) -> Iterator[PassAnswer]:
    if scheme.trips_a_day is None or passage.direction != outward(scheme):
        return
    trips = sum(
        one.direction == passage.direction and local(one.at, MAPUTO_OFFSET_MINUTES).date() == passage.day
        for one in passage.uses
    )
    if trips >= scheme.trips_a_day:
        yield PassAnswer("many_trips", Light.AMBER, {"trips": trips + 1, "most": scheme.trips_a_day})


def _days_away(left: datetime, back: datetime) -> int:
    """Return the days away, the day of leaving counted as the first."""
    return (local(back, MAPUTO_OFFSET_MINUTES).date() - local(left, MAPUTO_OFFSET_MINUTES).date()).days + 1
