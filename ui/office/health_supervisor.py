"""The health supervisor's desk, joined for one session of port health."""

from bmis.kernel.actor import Permission
from bmis.kernel.clock import local
from bmis.staff.session import SignedIn
from ui import compose
from ui.desktop.health_supervisor.parts import HealthPost


def health_post(session: SignedIn) -> HealthPost:
    """Return the use cases of the person at work.

    Raises:
        NotAllowedError: the person is not of port health.
    """
    desk = compose.health_desk(session)
    offset = desk.place.utc_offset_minutes
    return HealthPost(
        by=session.actor,
        now=session.now,
        local_time=lambda at: local(at, offset),
        desk=desk,
        day=compose.health_day(session),
        stores=compose.health_stores(session),
        exports=compose.export_health(session),
        voyages=compose.voyage_desk(session) if session.actor.may(Permission.SCREEN_HEALTH) else None,
    )
