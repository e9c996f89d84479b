"""Looking at voyages: sheets and orders for who screens, names for who may see them, each such look on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit
from poe_health.keeping.event import DETAIL
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.screening.record import ScreeningView
from poe_health.screening.records import SqlScreenings
from poe_health.store.records.access import log_named
from poe_health.store.records.parts import PERSON
from poe_health.voyages.aboard import aboard, in_charge, suspected_on_board, views_of
from poe_health.voyages.choose_contacts import contact_names, screened_on
from poe_health.voyages.declarations import Read
from poe_health.voyages.events import VoyagePrinted
from poe_health.voyages.keep_papers import KeptDeclaration, kept_declaration, papers_of
from poe_health.voyages.kept import KeptVoyage, ListedContact
from poe_health.voyages.people import Aboard, WhoSits
from poe_health.voyages.record_errors import VoyageUnknownError
from poe_health.voyages.records import SqlVoyages
from poe_health.voyages.voyage_unit import existing, stamp

LISTED = 200
LOOK_BACK = timedelta(days=30)
PAPERS = ("contacts", "measures", "pratique")


@dataclass(frozen=True, slots=True)
class ShownVoyage:
    """A voyage as its reader may see it. What names somebody is None or empty where the role shows none.

    ``papers``: what the declaration and the certificate come to; ``texts``: what staff wrote, by event.
    """

    voyage: KeptVoyage
    screenings: tuple[ScreeningView, ...]
    papers: Read | None
    suspected: bool
    texts: Mapping[UUID, Mapping[str, Any]]
    in_charge: PatientIdentity | None = None
    people: tuple[Aboard, ...] = ()
    contacts: Mapping[UUID, WhoSits] | None = None
    declaration: KeptDeclaration | None = None


@dataclass(frozen=True, slots=True)
class ShowVoyage:
    """Answers everything of one voyage. Whoever opens names is on record."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, voyage: UUID | str, by: Actor, *, names: bool = False) -> ShownVoyage:
        """Return the voyage of that identifier or number on a paper; ``names``: with everybody on board.

        Raises:
            NotAllowedError: the role does not screen, or (``names``) sees no names. VoyageUnknownError: there is none.
        """
        require(by, Permission.READ_HEALTH_NAMES if names else Permission.SCREEN_HEALTH)
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            found = store.numbered(voyage) if isinstance(voyage, str) else store.find(voyage)
            if found is None:
                raise VoyageUnknownError
            views = views_of(SqlScreenings(unit), found)
            shown = ShownVoyage(
                found,
                views,
                papers_of(store, found) if by.may(Permission.READ_HEALTH_RECORDS) else None,
                suspected_on_board(found, views).value == "yes",
                store.parts(found, DETAIL) if by.may(Permission.READ_HEALTH_RECORDS) else {},
            )
            if names:
                parts = store.parts(found, PERSON)
                people = aboard(found, parts, screened_on(unit, found))
                if parts or any(one.who is not None for one in people):
                    log_named(unit, found.id, by, self.now())
                shown = ShownVoyage(
                    found,
                    views,
                    shown.papers,
                    shown.suspected,
                    shown.texts,
                    in_charge(found, parts),
                    people,
                    contact_names(store, found),
                    kept_declaration(store, found),
                )
            unit.commit()
        return shown

    def printed(self, voyage_id: UUID, paper: str, by: Actor) -> KeptVoyage:
        """Return the voyage after it was kept that the paper was made. Raises as a call; ValueError: no such paper."""
        require(by, Permission.EXAMINE_TRAVELLER)
        if paper not in PAPERS:
            raise ValueError(paper)
        now = self.now()
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            existing(store, voyage_id)
            after = store.add(VoyagePrinted(**stamp(voyage_id, new_id(now), by, now), paper=paper))
            unit.commit()
        return after


@dataclass(frozen=True, slots=True)
class ListVoyages:
    """Lists voyages and contacts without names."""

    open_read: OpenUnit
    now: Clock

    def __call__(
        self, by: Actor, *, first: date | None = None, last: date | None = None, limit: int = LISTED
    ) -> tuple[KeptVoyage, ...]:
        """Return the voyages of those days (the last thirty and all that are expected), the newest first.

        Raises:
            NotAllowedError: the role does not screen.
        """
        require(by, Permission.SCREEN_HEALTH)
        today = local(self.now()).date()
        with self.open_read() as unit:
            found = SqlVoyages(unit).listed(first or today - LOOK_BACK, last or today + LOOK_BACK, limit=limit)
        return found

    def of_key(self, key: str, by: Actor) -> tuple[KeptVoyage, ...]:
        """Return the voyages of that key: a desk joins the one that is there before it writes another down."""
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return SqlVoyages(unit).of_key(key)

    def contacts(self, by: Actor, *, limit: int = LISTED) -> tuple[tuple[KeptVoyage, ListedContact], ...]:
        """Return the contacts of the newest voyages, those without a monitoring first; no names.

        Raises:
            NotAllowedError: the role does not follow contacts.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        with self.open_read() as unit:
            voyages = SqlVoyages(unit).with_contacts(limit=limit)
        found = [(voyage, one) for voyage in voyages for one in voyage.contacts]
        return tuple(sorted(found, key=lambda each: each[1].monitoring_id is not None))
