"""Joins the use cases of port health with an open store of health. No Qt; imports wait until they are asked for."""

from typing import TYPE_CHECKING

from bmis.kernel.actor import Service
from bmis.kernel.clock import system_clock
from ui.compose import place_of

if TYPE_CHECKING:
    from bmis.staff.session import SignedIn
    from poe_health.exchange.export_health import ExportHealth
    from poe_health.exchange.read_exports import ReadCorrections
    from poe_health.outbreaks.tell_areas import TellAreas
    from ui.health_day import HealthDay
    from ui.health_desk import HealthDesk
    from ui.health_stores import HealthStores
    from ui.health_voyages import VoyageDesk
    from ui.referral_desk import ReferralDesk


def health_desk(session: "SignedIn") -> "HealthDesk":
    """Return every use case of port health for the person at work. Raises as ``ui.health_desk.desk_of``."""
    from ui.health_desk import desk_of

    return desk_of(session, place_of(session.home, clock_was_set=session.now is not system_clock))


def referral_desk(session: "SignedIn") -> "ReferralDesk":
    """Return every use case of transfers, monitoring and the directory for the person of health at work.

    Raises:
        NotAllowedError: the session is the border's: its store has none.
    """
    from bmis.kernel.actor import Permission, require
    from ui.referral_desk import desk_of

    require(session.actor, Permission.SCREEN_HEALTH)
    return desk_of(session)


def health_day(session: "SignedIn") -> "HealthDay":
    """Return every use case of tallies, alarms and signals. Raises as ``ui.health_day.desk_of``."""
    from ui.health_day import desk_of

    return desk_of(session)


def health_stores(session: "SignedIn") -> "HealthStores":
    """Return the stores of the post (certificates, shelf, equipment, plans). Raises as ``ui.health_stores.desk_of``."""
    from ui.health_stores import desk_of

    return desk_of(session)


def voyage_desk(session: "SignedIn") -> "VoyageDesk":
    """Return every use case of voyages, contacts and events at the post. Raises as ``ui.health_voyages.desk_of``."""
    from ui.health_voyages import desk_of

    return desk_of(session)


def tell_areas(session: "SignedIn") -> "TellAreas":
    """Return what gives the approved affected areas to the flow map. Raises as ``health_desk``."""
    from poe_health.outbreaks.tell_areas import TellAreas

    desk = health_desk(session)
    return TellAreas(desk.outbreaks, desk.today)


def export_corrections(session: "SignedIn") -> "ReadCorrections":
    """Return what lists the cases that a receiver has otherwise than they stand here.

    Raises:
        NotAllowedError: the session is the border's: its store has none.
    """
    from bmis.kernel.actor import NotAllowedError, Permission
    from poe_health.exchange.read_exports import ReadCorrections

    if session.service is not Service.HEALTH:
        raise NotAllowedError(permission=Permission.READ_HEALTH_RECORDS.value, role=session.actor.role.value)
    return ReadCorrections(session.store.read)


def export_health(session: "SignedIn") -> "ExportHealth":
    """Return what gives facts of port health to other systems.

    Raises:
        NotAllowedError: the session is the border's: its store has none.
    """
    from bmis.kernel.actor import NotAllowedError, Permission
    from poe_health.exchange.export_health import ExportHealth
    from poe_health.exchange.records import SqlExchange
    from poe_health.exchange.stored import StoredFacts

    if session.service is not Service.HEALTH:
        raise NotAllowedError(permission=Permission.READ_HEALTH_COUNTS.value, role=session.actor.role.value)
    store, home = session.store, session.home
    source = StoredFacts(store.read, home.post_code, session.now)
    log = SqlExchange(store.write, store.read, session.now, session.by)
    return ExportHealth(source, log, session.now, home.post_code, training=home.training)
