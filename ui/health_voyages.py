"""The use cases of voyages, contacts, conveyances and events at the post, joined with one open store of health."""

from dataclasses import dataclass
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.i18n import current_language
from bmis.paper.page import HEALTH_SERVICE, Imprint
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import SecondPairOfEyes
from bmis.staff.session import SignedIn
from bmis.store.home import Home
from bmis.store.verify import Redigest
from poe_health.followup.start_monitoring import StartMonitoring
from poe_health.post_events.note_event import NoteEvent, ShowPostEvents, TellService
from poe_health.voyages.choose_contacts import ChooseContacts, FollowContact, HandOverContacts, ProposeContacts
from poe_health.voyages.keep_papers import EnterDeclaration, KeepSanitation
from poe_health.voyages.keep_voyage import CorrectVoyage, EnterLocator, ListPeople, RecordVoyage, TellDisease
from poe_health.voyages.order_measures import (
    FREE_PRATIQUE,
    ORDER_MEASURE,
    FreePratique,
    InspectConveyance,
    OrderMeasures,
)
from poe_health.voyages.show_voyage import ListVoyages, ShowVoyage


@dataclass(frozen=True, slots=True)
class VoyagePapers:
    """Makes the papers. Each is bytes for the printer or a folder: no copy of it lies anywhere."""

    home: Home
    now: Clock
    show: ShowVoyage
    events: ShowPostEvents

    def contacts(self, voyage: UUID | str, by: Actor) -> bytes:
        """Return the list of contacts with names, and keep that it was made. Raises as ``ShowVoyage``."""
        from poe_health.reports.voyage_contacts import contact_list_pdf

        require(by, Permission.FOLLOW_CONTACTS)
        shown = self.show(voyage, by, names=True)
        pdf = contact_list_pdf(shown, self._imprint(by), current_language())
        self.show.printed(shown.voyage.id, "contacts", by)
        return pdf

    def measures(self, voyage: UUID | str, by: Actor) -> bytes:
        """Return the written evidence of the measures for the operator (Annex 4). Raises as ``ShowVoyage``."""
        from poe_health.reports.conveyance import measures_pdf

        require(by, Permission.EXAMINE_TRAVELLER)
        shown = self.show(voyage, by)
        pdf = measures_pdf(shown, self._imprint(by), current_language())
        self.show.printed(shown.voyage.id, "measures", by)
        return pdf

    def pratique(self, voyage: UUID | str, by: Actor) -> bytes:
        """Return where free pratique stands, for the master or pilot. Raises as ``ShowVoyage``."""
        from poe_health.reports.conveyance import pratique_pdf

        require(by, Permission.EXAMINE_TRAVELLER)
        shown = self.show(voyage, by)
        pdf = pratique_pdf(shown, self._imprint(by), current_language())
        self.show.printed(shown.voyage.id, "pratique", by)
        return pdf

    def event(self, event: UUID | str, service: str, by: Actor) -> bytes:
        """Return the referral of an event at the post to a service. Raises as ``ShowPostEvents`` and ``printed``."""
        from poe_health.reports.post_event import post_event_pdf

        shown = self.events(event, by, names=True)
        self.events.printed(shown.event.id, service, by)
        return post_event_pdf(shown, service, self._imprint(by), current_language())

    def _imprint(self, by: Actor) -> Imprint:
        try:
            post = point_of_entry(self.home.post_code).name
        except UnknownPostError:
            post = self.home.post_code
        return Imprint(post, local(self.now()), by.name, self.home.training, HEALTH_SERVICE)


@dataclass(frozen=True, slots=True)
class VoyageDesk:
    """Every use case of voyages and events at the post for one person of health; each takes the actor last."""

    record: RecordVoyage
    correct: CorrectVoyage
    list_people: ListPeople
    tell_disease: TellDisease
    locator: EnterLocator
    declare: EnterDeclaration
    sanitation: KeepSanitation
    inspect: InspectConveyance
    measures: OrderMeasures
    pratique: FreePratique
    propose: ProposeContacts
    choose: ChooseContacts
    follow: FollowContact
    hand_over: HandOverContacts
    show: ShowVoyage
    voyages: ListVoyages
    note_event: NoteEvent
    tell_service: TellService
    events: ShowPostEvents
    papers: VoyagePapers
    second: SecondPairOfEyes

    def signed(self, action: str, voyage_id: UUID, second: str, password: str, by: Actor) -> Approval:
        """Return the second person's signature on ``ORDER_MEASURE`` or ``FREE_PRATIQUE``.

        Raises:
            SecondPersonError, LockedOutError: as ``SecondPairOfEyes``. ValueError: another action.
        """
        if action not in {ORDER_MEASURE, FREE_PRATIQUE}:
            raise ValueError(action)
        return self.second.immediate(action, voyage_id, second, password, by)


def desk_of(session: SignedIn) -> VoyageDesk:
    """Return the use cases joined with the session's store.

    Raises:
        NotAllowedError: the person is not of port health.
    """
    require(session.actor, Permission.SCREEN_HEALTH)
    write, read, home, now = session.store.write, session.store.read, session.home, session.now
    show, events = ShowVoyage(write, now), ShowPostEvents(write, now)
    return VoyageDesk(
        record=RecordVoyage(write, home, now),
        correct=CorrectVoyage(write, now),
        list_people=ListPeople(write, now),
        tell_disease=TellDisease(write, now),
        locator=EnterLocator(write, now),
        declare=EnterDeclaration(write, now),
        sanitation=KeepSanitation(write, now),
        inspect=InspectConveyance(write, now),
        measures=OrderMeasures(write, now),
        pratique=FreePratique(write, now),
        propose=ProposeContacts(write, now),
        choose=ChooseContacts(write, now),
        follow=FollowContact(write, StartMonitoring(write, home, now), now),
        hand_over=HandOverContacts(write, now),
        show=show,
        voyages=ListVoyages(read, now),
        note_event=NoteEvent(write, home, now),
        tell_service=TellService(write, now),
        events=events,
        papers=VoyagePapers(home, now, show, events),
        second=SecondPairOfEyes(home, session.service, read, lambda day: False, now),
    )


def voyage_proofs() -> tuple[Redigest, ...]:
    """Return what proves the records of voyages and events at the post, for the verification of the store."""
    from poe_health.post_events.records import redigest_post_events
    from poe_health.voyages.records.voyages import redigest_voyages

    return redigest_voyages(), redigest_post_events()
