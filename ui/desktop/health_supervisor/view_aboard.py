"""Who is on board of the voyage in front, who may be a contact of a case, who was chosen, who is followed."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.codes import contact_presets
from poe_health.followup.monitoring import Monitoring
from poe_health.followup.settings import monitoring_choices
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.reports.voyage_contacts import near_words
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set
from poe_health.voyages.choose_contacts import CaseOnBoard, Choice, HandOver, ProposedContacts
from poe_health.voyages.contacts import OnBoard
from poe_health.voyages.kept import KeptVoyage, ListedContact
from poe_health.voyages.people import PersonAboard
from poe_health.voyages.seats import Seat
from poe_health.voyages.show_voyage import ShownVoyage
from ui.desktop.health_supervisor.typed import day_of
from ui.desktop.health_supervisor.view_half_typed import HalfTyped
from ui.desktop.health_supervisor.view_model import FrontVoyage
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.health import disease_word, draft_words
from ui.words.health_post_voyages import role_word, voyage_title
from ui.words.health_secondary import answer_word, worded

TOPIC = "health_post.aboard"
_MARKS = {Answer.YES: "red", Answer.UNKNOWN: "amber", Answer.NO: ""}


class AboardPage(ActPage):
    """Names are shown to who may see them, and every showing is on record. A person chooses, the preset proposes."""

    topic = "aboard"

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.front = FrontVoyage()
        self._half = HalfTyped(self.model, "aboard", self)
        self.shown: ShownVoyage | None = None
        self.proposed: ProposedContacts | None = None
        self.case: CaseOnBoard | None = None
        self.picked: set[str] = set()

    def title(self) -> str:
        """Return its name."""
        return _("On board and contacts")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Person"), wide=True), Heading(_("Seats")), Heading(_("Contact"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Nobody is listed.") if self.shown else _("Choose a voyage first.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done."""
        return {
            "add": Act(_("List person…"), self.ask_person, lambda: self._may(Permission.SCREEN_HEALTH)),
            "propose": Act(_("Propose…"), self.ask_case, lambda: self._may(Permission.FOLLOW_CONTACTS)),
            "pick": Act(_("Choose or not"), self.pick, lambda: self.proposed is not None),
            "keep": Act(_("Keep contacts…"), self.ask_choice, lambda: bool(self.picked), Key.DECIDE),
            "follow": Act(_("Follow…"), self.ask_follow, lambda: self._contact() is not None),
            "hand_over": Act(_("Hand over…"), self.ask_hand_over, self._has_contacts),
        }

    def unsaved(self) -> bool:
        """Return whether contacts were proposed and not kept."""
        return self.proposed is not None

    def refresh(self) -> None:
        """Ask for the voyage in front; a proposal stays until it is kept."""
        found, voyages, by = self.front.id, self.model.voyages, self.model.parts.by
        names = self.model.may(Permission.READ_HEALTH_NAMES)
        if self.shown is not None and self.shown.voyage.id != found:
            self._drop()
        if found is None:
            self._on_shown(None)
        elif self.proposed is None:
            self.ask(lambda: voyages.show(found, by, names=names), self._on_shown)

    def forget(self) -> None:
        """Show nobody."""
        self._drop()
        self._on_shown(None)

    def choose(self, key: object) -> None:
        """Nothing more is known of a person than the line says."""

    def open_line(self, key: object) -> None:
        """Enter chooses or not."""
        self.pick()

    # --- acts

    def ask_person(self) -> None:
        """Ask for somebody on board."""
        shown = self.shown
        if shown is None:
            return
        request_id = uuid4()
        roles = tuple((one.value, role_word(one)) for one in OnBoard)
        fields = [
            Asked("surname", _("Surname"), topic=TOPIC),
            Asked("given_names", _("Given names"), required=False, topic=TOPIC),
            Asked("role", _("On board as"), "choice", roles, OnBoard.PASSENGER.value, topic=TOPIC),
            Asked("seats", _("Seats (12C 13A)"), required=False, topic=TOPIC),
            Asked("phone", _("Telephone"), required=False, topic=TOPIC),
            Asked("address", _("Address or landmark"), required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[KeptVoyage]:
            who = PatientIdentity(
                surname=said["surname"],
                given_names=said["given_names"] or None,
                phone=said["phone"] or None,
                address=said["address"] or None,
            )
            person = PersonAboard(who, _seats(said["seats"]), OnBoard(said["role"]))
            voyages, by = self.model.voyages, self.model.parts.by
            return lambda: voyages.list_people(shown.voyage.id, request_id, [person], by)

        about = str(shown.voyage.id)
        self.form(_("Person on board"), "", fields, job, self._on_kept, columns=2, draft=self._half, about=about)

    def ask_case(self) -> None:
        """Ask which case, then say who may be a contact of it. Nothing is kept yet."""
        shown = self.shown
        if shown is None:
            return
        language, day = current_language(), self.model.parts.today()
        diseases = tuple((code, one.label(language)) for code, one in rule_set(day).diseases.items())
        known = {one for person in shown.people for one in person.screening_ids}
        cases = tuple(
            (str(view.id), f"{self.model.parts.local_time(view.record.screened_at):%H:%M} · {str(view.id)[-6:]}")
            for view in shown.screenings
            if view.id in known
        )
        first = shown.voyage.suspected[0] if shown.voyage.suspected else ""
        fields = [
            Asked("disease", _("Disease"), "choice", diseases, first, topic=TOPIC),
            Asked("case", _("Screening of the case"), "choice", cases, required=False, topic=TOPIC),
            Asked("seats", _("Seats of the case (12C 13A)"), required=False, topic=TOPIC),
            Asked(
                "preset",
                _("Whom (empty: as the disease says)"),
                "choice",
                worded(contact_presets()),
                required=False,
                topic=TOPIC,
            ),
        ]

        def job(said: Answers) -> Job[tuple[CaseOnBoard, ProposedContacts]]:
            case = CaseOnBoard(said["disease"], UUID(said["case"]) if said["case"] else None, _seats(said["seats"]))
            voyages, by = self.model.voyages, self.model.parts.by
            preset = said["preset"] or None
            return lambda: (case, voyages.propose(shown.voyage.id, case, by, preset))

        self.form(_("Contacts of a case"), draft_words(), fields, job, self._on_proposed, ok=_("Propose"))

    def pick(self) -> None:
        """Choose the person where one is, or take the choice back."""
        key = self.list.key()
        if self.proposed is None or not isinstance(key, str):
            return
        self.picked ^= {key}
        self.show_all()
        self.enable()

    def ask_choice(self) -> None:
        """Ask for the last day of contact, and keep who was chosen."""
        shown, proposed, case = self.shown, self.proposed, self.case
        if shown is None or proposed is None or case is None:
            return
        request_id = uuid4()
        asked = Asked("last", _("Last day of contact (empty: not known)"), "date", required=False, topic=TOPIC)

        def job(said: Answers) -> Job[KeptVoyage]:
            refs = tuple(UUID(one.ref) for one in proposed.proposal.occupants if one.ref in self.picked)
            choice = Choice(case, proposed.proposal.preset, refs, day_of(said["last"], "last"))
            voyages, by = self.model.voyages, self.model.parts.by
            return lambda: voyages.choose(shown.voyage.id, request_id, choice, by)

        text = _("Chosen: {count}. Their names are kept with the choice.").format(count=len(self.picked))
        self.form(_("Keep contacts"), text, [asked], job, self._on_kept)

    def ask_follow(self) -> None:
        """Ask for consent, and begin to follow the contact."""
        shown, contact = self.shown, self._contact()
        if shown is None or contact is None:
            return
        fields = [
            Asked("consent", _("Agrees to be contacted"), "choice", _answers(), required=False, topic=TOPIC),
            Asked("going_to", _("Where the contact can be found"), required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[Monitoring]:
            consent = Answer(said["consent"] or "unknown")
            voyages, by, fact = self.model.voyages, self.model.parts.by, contact.fact
            return lambda: voyages.follow(shown.voyage.id, fact.id, by, consent=consent, going_to=said["going_to"])

        def done(kept: Monitoring) -> None:
            words = _("Followed until {day}: {number}.").format(day=f"{kept.last_day:%d/%m/%Y}", number=kept.number)
            self.remarked.emit(words, "")
            self.refresh()

        self.form(_("Follow the contact"), disease_word(contact.choice.disease, self.model.parts.today()), fields, job,
                  done)  # fmt: skip

    def ask_hand_over(self) -> None:
        """Ask to whom the list went."""
        shown = self.shown
        if shown is None:
            return
        request_id = uuid4()
        fields = [
            Asked("receiver", _("Receiver"), "choice", worded(monitoring_choices("receiver")), topic=TOPIC),
            Asked("place", _("Place"), topic=TOPIC),
            Asked("person", _("Person there"), topic=TOPIC),
            Asked("means", _("How"), required=False, topic=TOPIC),
            self.when_field(),
        ]

        def job(said: Answers) -> Job[KeptVoyage]:
            told = HandOver(said["receiver"], said["place"], self.moment(said), said["person"], said["means"])
            voyages, by = self.model.voyages, self.model.parts.by
            return lambda: voyages.hand_over(shown.voyage.id, request_id, told, by)

        self.form(_("Contacts handed over"), _("Write down that the list was passed on; print it under “Voyages”."),
                  fields, job, self._on_kept)  # fmt: skip

    # --- inside

    def _drop(self) -> None:
        self.proposed, self.case, self.picked = None, None, set()

    def _may(self, permission: Permission) -> bool:
        return self.shown is not None and self.model.may(permission)

    def _has_contacts(self) -> bool:
        return self._may(Permission.FOLLOW_CONTACTS) and self.shown is not None and bool(self.shown.voyage.contacts)

    def _contact(self) -> ListedContact | None:
        """Return the contact where one is, whom nobody follows yet."""
        if self.shown is None or self.proposed is not None or not self.model.may(Permission.FOLLOW_CONTACTS):
            return None
        found = (one for one in self.shown.voyage.contacts if str(one.fact.ref) == self.list.key())
        return next((one for one in found if one.monitoring_id is None), None)

    def _on_kept(self, _kept: KeptVoyage) -> None:
        self.remarked.emit(_("Kept."), "")
        self._drop()
        self.refresh()

    def _on_proposed(self, found: tuple[CaseOnBoard, ProposedContacts]) -> None:
        self.case, self.proposed = found
        self.picked = set(self.proposed.proposal.those(Answer.YES))
        self.retranslate()

    def _on_shown(self, shown: ShownVoyage | None) -> None:
        self.shown = shown
        self.retranslate()

    def show_all(self) -> None:
        """Show the people."""
        shown = self.shown
        if shown is None:
            self.show_lines([])
            self.banner.show_verdict("grey", _("No voyage is chosen"))
            self.facts.show_facts(())
            return
        self.show_lines(self._proposal_lines() if self.proposed else self._people_lines(shown))
        self._show_facts(shown)

    def _proposal_lines(self) -> list[Line]:
        proposed = self.proposed
        if proposed is None:
            return []
        order = {Answer.YES: 0, Answer.UNKNOWN: 1, Answer.NO: 2}
        lines = []
        for one in sorted(proposed.proposal.occupants, key=lambda each: order[each.contact]):
            person = proposed.people[one.ref]
            name = (person.who.full_name if person.who else None) or _("name not known")
            mark = "☑" if one.ref in self.picked else "☐"
            seats = " ".join(str(seat) for seat in person.seats) or "—"
            lines.append(Line(one.ref, (f"{mark} {name}", seats, near_words(one.near)), _MARKS[one.contact]))
        return lines

    def _people_lines(self, shown: ShownVoyage) -> list[Line]:
        contacts = {str(one.fact.ref): one for one in shown.voyage.contacts}
        if not shown.people:
            return [
                Line(str(one.ref), (role_word(one.role), "—", _contact_words(contacts.get(str(one.ref)))))
                for one in shown.voyage.occupants
            ]
        lines = []
        for person in shown.people:
            contact = contacts.get(str(person.ref))
            name = (person.who.full_name if person.who else None) or _("name not known")
            status = "" if contact is None else "amber" if contact.monitoring_id is None else "green"
            seats = " ".join(str(seat) for seat in person.seats) or "—"
            lines.append(Line(str(person.ref), (name, seats, _contact_words(contact)), status))
        return lines

    def _show_facts(self, shown: ShownVoyage) -> None:
        voyage, proposed = shown.voyage, self.proposed
        waiting = sum(1 for one in voyage.contacts if one.monitoring_id is None)
        if proposed is not None:
            words = _("Proposed by preset “{preset}”. Choose by 3 or Enter, then keep.")
            self.banner.show_verdict("amber", voyage_title(voyage), words.format(preset=proposed.proposal.preset))
        elif waiting:
            words = _("Contacts whom nobody follows yet: {count}.").format(count=waiting)
            self.banner.show_verdict("amber", voyage_title(voyage), words)
        else:
            self.banner.show_verdict("grey", voyage_title(voyage))
        rows = [(_("Listed on board"), str(len(voyage.occupants))), (_("Screened here"), str(len(shown.screenings)))]
        if shown.in_charge is not None:
            charge = ", ".join(filter(None, (shown.in_charge.full_name, shown.in_charge.phone)))
            rows.append((_("In charge"), charge))
        if proposed is not None:
            seats = " ".join(str(seat) for seat in proposed.case_seats) or "—"
            rows.append((_("Seats of the case"), seats))
            if proposed.proposal.empty_seats:
                empty = " ".join(str(seat) for seat in proposed.proposal.empty_seats)
                rows.append((_("Near the case, and nobody known there"), empty))
            rows.append((_("Chosen"), str(len(self.picked))))
        rows += [(_("List handed over"), f"{one.place} ({one.contacts})") for one in voyage.handed_over]
        if not self.model.may(Permission.READ_HEALTH_NAMES):
            rows.append(("", _("Your role sees no names here.")))
        self.facts.show_facts([*rows, ("", draft_words())])


def _contact_words(contact: ListedContact | None) -> str:
    if contact is None:
        return ""
    return _("contact, not followed yet") if contact.monitoring_id is None else _("contact, followed")


def _seats(typed: str) -> tuple[Seat, ...]:
    return tuple(Seat.parse(one) for one in typed.replace(",", " ").split())


def _answers() -> tuple[tuple[str, str], ...]:
    return tuple((one.value, answer_word(one)) for one in (Answer.YES, Answer.NO))
