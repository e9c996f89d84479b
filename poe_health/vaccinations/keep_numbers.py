"""Certificate numbers of the post: blocks that came, booklets that were spoiled, what is left."""

from dataclasses import dataclass
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit
from poe_health.certificates.numbers import NumberSeries
from poe_health.keeping.errors import NumbersOverlapError, StoreConflictError
from poe_health.vaccinations.dose import BlockView, NumberSpoiled, NumbersReceived
from poe_health.vaccinations.records import SqlNumbers
from poe_health.vaccinations.settings import SPOILED, known
from poe_health.vaccinations.vaccinate import block_of

MOST_GAPS = 50  # shown of one block


@dataclass(frozen=True, slots=True)
class NumbersRequest:
    """A block of printed booklets as it came."""

    request_id: UUID
    prefix: str
    first: int
    last: int
    digits: int


@dataclass(frozen=True, slots=True)
class KeepNumbers:
    """Receives blocks of numbers and accounts for spoiled ones."""

    open_unit: OpenUnit
    now: Clock

    def receive(self, request: NumbersRequest, by: Actor) -> BlockView:
        """Return the block as kept; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the role does not keep the stock. NumberSeriesError: no such block.
            NumbersOverlapError: some of the numbers came before. StoreConflictError.
        """
        require(by, Permission.KEEP_HEALTH_STOCK)
        prefix = request.prefix.strip().upper()
        series = NumberSeries(prefix, request.first, request.last, request.digits)
        with self.open_unit() as unit:
            numbers = SqlNumbers(unit)
            kept = numbers.by_request(request.request_id)
            blocks = numbers.blocks()
            if kept is not None:
                if (kept.prefix, kept.first, kept.last, kept.digits) != (
                    prefix,
                    request.first,
                    request.last,
                    request.digits,
                ):
                    raise StoreConflictError
                return block_view(kept.id, blocks[kept.id])
            if any(_meet(one, series) for one in blocks.values()):
                raise NumbersOverlapError
            identifier = new_id(self.now())
            numbers.receive(
                NumbersReceived(
                    id=identifier,
                    record_id=identifier,
                    by=by.name,
                    request_id=request.request_id,
                    prefix=prefix,
                    first=request.first,
                    last=request.last,
                    digits=request.digits,
                )
            )
            unit.commit()
        return block_view(identifier, series)

    def spoil(self, untrusted_number: str, reason: str, by: Actor) -> BlockView:
        """Return the block after a number of it was spoiled.

        Raises:
            NotAllowedError: the role does not vaccinate. StoreItemError: a reason that is none.
            NumberSeriesError: no number of ours, or one that was used or spoiled before.
        """
        require(by, Permission.VACCINATE)
        known(SPOILED, "reason", reason)
        with self.open_unit() as unit:
            numbers = SqlNumbers(unit)
            block_id, series = block_of(numbers.blocks(), untrusted_number)
            after = series.spoil(untrusted_number)
            event = NumberSpoiled(
                id=new_id(self.now()),
                record_id=block_id,
                by=by.name,
                number=untrusted_number.strip().upper(),
                reason=reason,
            )
            numbers.spoil(event, series)
            unit.commit()
        return block_view(block_id, after)


@dataclass(frozen=True, slots=True)
class ReadNumbers:
    """Answers what is left of each block."""

    open_read: OpenUnit

    def __call__(self, by: Actor) -> tuple[BlockView, ...]:
        """Return the blocks, the oldest first. Raises NotAllowedError: nobody of health."""
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return tuple(block_view(key, one) for key, one in SqlNumbers(unit).blocks().items())

    def spoiled(self, by: Actor) -> tuple[NumberSpoiled, ...]:
        """Return the spoiled numbers. Raises NotAllowedError."""
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return tuple(SqlNumbers(unit).spoiled())


def block_view(block_id: UUID, series: NumberSeries) -> BlockView:
    """Return the block as it stands."""
    gaps = []
    for number in series.gaps():
        gaps.append(number)
        if len(gaps) == MOST_GAPS:
            break
    return BlockView(
        block_id,
        series.written(series.first),
        series.written(series.last),
        series.remaining,
        len(series.used),
        len(series.spoiled),
        tuple(gaps),
        series.next_number() if series.remaining else None,
    )


def _meet(one: NumberSeries, other: NumberSeries) -> bool:
    """Return whether both blocks hold a number that is written alike; prefixes may end in digits."""
    short, long = sorted((one, other), key=lambda each: len(each.prefix))
    if len(short.prefix) + short.digits != len(long.prefix) + long.digits or not long.prefix.startswith(short.prefix):
        return False
    between = long.prefix.removeprefix(short.prefix)
    if between and not (between.isascii() and between.isdigit()):
        return False
    shift = int(between or 0) * 10**long.digits
    return bool(short.first <= long.last + shift and long.first + shift <= short.last)
