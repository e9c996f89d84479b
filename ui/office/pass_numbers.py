"""Serials and exchange rates joined for the pass desk."""

from dataclasses import dataclass
from datetime import date

from bmis.passes.allocate_serials import places_of
from bmis.passes.errors import PassUnknownError
from bmis.passes.serials import SerialRange, parse_serial
from bmis.receipts.money import Currency
from bmis.receipts.rates import Rate, typed_rate
from bmis.staff.session import SignedIn
from ui.desktop.passes.errors import SerialTypedError
from ui.desktop.passes.number_parts import NumbersShown
from ui.pass_desk import PassDesk


@dataclass(frozen=True, slots=True)
class JoinedNumbers:
    """Answers ``ui.desktop.passes.number_parts.NumberParts``."""

    session: SignedIn
    desk: PassDesk

    def shown(self) -> NumbersShown:
        """Return ranges and spoiled serials."""
        by, home = self.session.actor, self.session.home
        serials = self.desk.serials
        return NumbersShown(serials(by), serials.spoiled(by), places_of(home), home.post_code)

    def allocate(self, first: str, last: str, place: str) -> SerialRange:
        """Enter a range.

        Raises:
            SerialTypedError: no serial stands there. And whatever ``AllocateSerials`` says.
        """
        try:
            begins, ends = parse_serial(first), parse_serial(last)
        except PassUnknownError as error:
            raise SerialTypedError from error
        return self.desk.allocate(begins, ends, place, self.session.actor)

    def enter_rate(self, currency: str, metical: str, source: str, on: date) -> Rate:
        """Enter a rate."""
        enter = self.desk.receipts.enter_rate
        return enter(Currency(currency), typed_rate(metical), source, self.session.actor, on)
