"""The post's directory of health units and numbers: reading it, and entering what the post knows."""

from dataclasses import dataclass, replace

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit
from poe_health.referrals.directory import DirectoryEntry, Facility, Phone, facilities, phones
from poe_health.referrals.records import SqlDirectory


@dataclass(frozen=True, slots=True)
class EnterDirectory:
    """Keeps what the post says of a unit or a number, with its day and source."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, entry: DirectoryEntry, by: Actor) -> DirectoryEntry:
        """Return the entry as kept, with its identifier and who entered it.

        Raises:
            NotAllowedError: the role does not keep the directory.
            ReferralFieldError, ReferralCodeError: what is wrong with it.
        """
        require(by, Permission.KEEP_HEALTH_DIRECTORY)
        now = self.now()
        kept = replace(entry, id=new_id(now), by=by.name).checked(local(now).date())
        with self.open_unit() as unit:
            SqlDirectory(unit).add(kept, now)
            unit.commit()
        return kept


@dataclass(frozen=True, slots=True)
class ReadDirectory:
    """Answers the units and numbers in force."""

    open_read: OpenUnit
    now: Clock

    def facilities(self, by: Actor, province: str = "") -> tuple[Facility, ...]:
        """Return the units, those of the province first.

        Raises:
            NotAllowedError: nobody of health.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return facilities(local(self.now()).date(), SqlDirectory(unit).entries(), province)

    def phones(self, by: Actor) -> tuple[Phone, ...]:
        """Return whom to call, in order; those without a number too.

        Raises:
            NotAllowedError: nobody of health.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return phones(local(self.now()).date(), SqlDirectory(unit).entries())
