"""The health step of a lane or truck: among its checks once port health works here or somebody shows a token. No Qt."""

from uuid import UUID

from bmis.crossings.health_lane import Shown
from ui.border_desk import BorderDesk, health_works_here, with_health_step


class JoinedHealth:
    """Answers ``ui.desktop.health_shown.DeskHealth``. ``desk`` is the one whose checks the screen has planned: what
    begins in the middle of a traveller counts from the next look on, never between the checks and the decision."""

    def __init__(self, desk: BorderDesk) -> None:
        self.desk = desk
        self._plain = desk
        self._checking: BorderDesk | None = None  # made when it is first needed
        self._works = desk.health_in_use
        self._showing: set[UUID] = set()  # travellers who showed something, where port health does not work

    def planned(self) -> BorderDesk:
        """Return the desk whose checks run now and at the decision."""
        if self._works or self._showing:
            self._checking = self._checking or with_health_step(self._plain)
            self.desk = self._checking
        else:
            self.desk = self._plain
        return self.desk

    def look(self) -> None:
        """See whether port health has begun, or the post has stated an order, since the lane was opened."""
        self._works = self._works or health_works_here(self._plain)

    def present(self, request_id: UUID, untrusted_text: str) -> Shown:
        """Return what the token says."""
        self._showing.add(request_id)
        return self._plain.health.present(request_id, untrusted_text)

    def present_card(self, request_id: UUID, untrusted_text: str) -> Shown:
        """Return what the card says; a card that is none changes nothing."""
        shown = self._plain.health.present_card(request_id, untrusted_text)
        self._showing.add(request_id)
        return shown

    def forget(self, request_id: UUID) -> None:
        """Forget it."""
        self._showing.discard(request_id)
        self._plain.health.forget(request_id)
