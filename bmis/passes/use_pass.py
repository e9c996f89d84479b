"""A pass at a lane: shown, examined, and kept with its crossing. What was shown lies in memory until then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.passes.applicant import PassPhoto
from bmis.passes.at_crossing import Passage, PassAnswer, Presented, Use, examine
from bmis.passes.border_pass import BorderPass
from bmis.passes.carry_uses import heard_uses
from bmis.passes.errors import PassUnknownError
from bmis.passes.events import PassEvent
from bmis.passes.goods import GoodsLine, LoadAnswer, judge_load
from bmis.passes.lifecycle import PassKind, Validity
from bmis.passes.records.keeping import keep_event
from bmis.passes.records.passes import SqlBorderPasses
from bmis.passes.records.uses import SqlPassUses
from bmis.passes.schemes import Scheme, SchemeKind, scheme, schemes
from bmis.passes.serials import parse_serial, printed
from bmis.passes.taking import photo_of
from bmis.receipts.give_receipt import rates_of
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork

MOST_SHOWN = 8  # travellers whose drafts are open at one lane; the oldest is forgotten first


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a proved seal names, in letters of a machine-readable zone. ``repr`` tells nobody."""

    surname: str = field(repr=False)
    given_names: str = field(repr=False)
    birth: PartialDate | None = field(repr=False)
    sex: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadPass:
    """A pass as it was read from its seal, or typed from its face. ``scheme``: code, or as a seal writes it.

    ``answer``: what verifying the seal said; None where there is no seal. ``holder``: whom it names, where that is
    proved.
    """

    scheme: str
    serial: str
    answer: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    posts: tuple[str, ...] = ()
    holder: Holder | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SeenPass:
    """What the officer sees: the answers in order, the photo on file where this desk has it, the load."""

    read: ReadPass
    scheme: Scheme
    presented: Presented
    passage: Passage
    answers: tuple[PassAnswer, ...]
    photo: PassPhoto | None
    load: LoadAnswer
    known: BorderPass | None

    def __repr__(self) -> str:
        return f"SeenPass({self.presented.serial})"


@dataclass(frozen=True, slots=True)
class ExaminePass:
    """Looks at a pass at this post, in this direction, now."""

    open_read: OpenUnit
    home: Home
    now: Clock
    records_complete_since: Callable[[], datetime | None] = field(default=lambda: None)

    def __call__(
        self, read: ReadPass, direction: str, by: Actor, goods: Sequence[GoodsLine] = (), at: datetime | None = None
    ) -> SeenPass:
        """Return everything that the officer is shown. It stores nothing.

        ``at`` None: now, or the last moment that the store has seen where the clock was set back behind it.

        Raises:
            NotAllowedError: the role uses no passes. SchemeUnknownError: no such scheme, or a draft.
            PassUnknownError: a serial of ours that was misread. GoodsLineError: a load that cannot be.
        """
        require(by, Permission.USE_PASSES)
        if at is None:
            with self.open_read() as unit:
                at = unit.judged_at(self.now())
        return self.seen(read, direction, goods, at)

    def seen(self, read: ReadPass, direction: str, goods: Sequence[GoodsLine], at: datetime) -> SeenPass:
        """Return the same, for a check that asks again while a crossing is kept. Raises as the call."""
        day = local(at).date()
        rules = _scheme(read.scheme, day)
        serial = _serial(read, rules)
        with self.open_read() as unit:
            known = _known(unit, rules, serial)
            uses = SqlPassUses(unit).of_serial(rules.code, serial)
            heard = heard_uses(unit, rules.code, serial)
            photo = None if known is None else photo_of(unit, known.application_id)
            load = judge_load(rules.goods, goods, rates_of(unit, self.home, day))
        validity = None
        if read.valid_from is not None and read.valid_to is not None:
            validity = Validity(read.valid_from, read.valid_to)
        presented = Presented(
            scheme=rules,
            serial=serial,
            validity=validity if known is None else known.validity,
            state=None if known is None else known.state_at(at, day),
            seal=read.answer,
            posts=read.posts,
            suspended_until=None if known is None else known.suspended_until,
        )
        passage = Passage(self.home.post_code, direction, at, uses, self.records_complete_since(), heard)
        return SeenPass(read, rules, presented, passage, examine(presented, passage), photo, load, known)


@dataclass(frozen=True, slots=True)
class UsePass:
    """Keeps that a pass was used."""

    open_unit: OpenUnit
    home: Home

    def __call__(self, seen: SeenPass, by: Actor, crossing_id: UUID | None = None) -> Use:
        """Return the use.

        Raises:
            NotAllowedError: the role uses no passes.
        """
        require(by, Permission.USE_PASSES)
        with self.open_unit() as unit:
            use = keep_use(unit, self.home, seen, by.name, crossing_id)
            unit.commit()
        return use


def keep_use(unit: UnitOfWork, home: Home, seen: SeenPass, by: str, crossing_id: UUID | None) -> Use:
    """Return the use as added to a unit that its caller commits: that of the crossing, where there is one."""
    at, known = seen.passage.at, seen.known
    use = Use(
        id=new_id(at),
        scheme=seen.scheme.code,
        serial=seen.presented.serial,
        pass_id=None if known is None else known.id,
        crossing_id=crossing_id,
        post_code=seen.passage.post_code,
        desk_id=home.desk_id,
        direction=seen.passage.direction,
        at=at,
        sex=None if known is None else known.counted.sex,
        age_band=None if known is None else known.counted.age_band,
        purpose=None if known is None else known.counted.purpose,
        regime=seen.load.regime.value if seen.load.products or seen.load.unlisted else None,
        products=seen.load.products,
    )
    SqlPassUses(unit).add(use)
    facts = {"use": str(use.id), "answers": [one.evidence for one in seen.answers], **use.facts()}
    keep_event(unit, PassEvent(new_id(at), PassKind.USED, by, use.id, facts))
    return use


def take_back_use(unit: UnitOfWork, crossing_id: UUID, by: str, at: datetime) -> bool:
    """Return whether a use was kept with the crossing; it is taken back, by an event of its own."""
    uses = SqlPassUses(unit)
    found = uses.of_crossing(crossing_id)
    if found is None:
        return False
    uses.withdraw(found.id)
    facts = {"use": str(found.id), "withdrawn": True, **found.facts()}
    keep_event(unit, PassEvent(new_id(at), PassKind.USED, by, found.id, facts))
    return True


@dataclass(frozen=True, slots=True)
class Held:
    """What a traveller showed at the lane."""

    read: ReadPass
    goods: tuple[GoodsLine, ...] = ()


class PassLane:
    """What the travellers at one lane showed, by request: in this process's memory alone until the crossing is kept."""

    def __init__(self, examine_pass: ExaminePass) -> None:
        self.examine_pass = examine_pass
        self._shown: dict[UUID, Held] = {}
        self._lock = Lock()

    def present(
        self, request_id: UUID, read: ReadPass, direction: str, by: Actor, goods: Sequence[GoodsLine] = ()
    ) -> SeenPass:
        """Return what the officer sees, and remember what was shown. Raises as ``ExaminePass``."""
        seen = self.examine_pass(read, direction, by, goods)
        with self._lock:
            self._shown.pop(request_id, None)
            self._shown[request_id] = Held(read, tuple(goods))
            while len(self._shown) > MOST_SHOWN:
                del self._shown[next(iter(self._shown))]
        return seen

    def seen(self, request_id: UUID, direction: str, at: datetime) -> SeenPass | None:
        """Return what the officer sees now; None: no pass was shown. Raises as ``ExaminePass``."""
        with self._lock:
            held = self._shown.get(request_id)
        return None if held is None else self.examine_pass.seen(held.read, direction, held.goods, at)

    def forget(self, request_id: UUID) -> None:
        """Forget what was shown."""
        with self._lock:
            self._shown.pop(request_id, None)

    def keep(
        self, unit: UnitOfWork, request_id: UUID, crossing_id: UUID, direction: str, at: datetime, by: str
    ) -> None:
        """Keep the use in the unit of its crossing, if a pass was shown."""
        seen = self.seen(request_id, direction, at)
        if seen is not None:
            keep_use(unit, self.examine_pass.home, seen, by, crossing_id)


def _scheme(untrusted_code: str, day: date) -> Scheme:
    sealed = [one for one in schemes(day) if one.seal == untrusted_code.strip().upper() and not one.draft]
    return sealed[0] if sealed else scheme(untrusted_code, day)


def _serial(read: ReadPass, rules: Scheme) -> str:
    """Return the serial as it is kept: ours as it is printed, a partner's as it was typed."""
    if rules.kind is SchemeKind.ISSUED:
        return printed(parse_serial(read.serial))
    text = "".join(read.serial.upper().split())
    if not 1 <= len(text) <= 40 or not text.isascii() or not text.isprintable():
        raise PassUnknownError
    return text


def _known(unit: UnitOfWork, rules: Scheme, serial: str) -> BorderPass | None:
    if rules.kind is not SchemeKind.ISSUED:
        return None
    try:
        found = SqlBorderPasses(unit).by_serial(parse_serial(serial))
    except PassUnknownError:
        return None
    return found if found.scheme == rules.code else None
