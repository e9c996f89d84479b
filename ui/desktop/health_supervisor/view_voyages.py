"""Voyages: what came, from where, how people sit, who told of disease on board. No name stands in the list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.codes import choices
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.reports.conveyance import state_words
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set
from poe_health.voyages.conveyance_measures import Passage
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.settings import layouts
from poe_health.voyages.sheet import VoyageSheet
from ui.desktop.health_supervisor.typed import count_of, needed_day
from ui.desktop.health_supervisor.view_half_typed import HalfTyped
from ui.desktop.health_supervisor.view_model import FrontVoyage
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, reason_field
from ui.desktop.widgets.lines import Heading, Line
from ui.words.health import disease_word, draft_words
from ui.words.health_post_voyages import passage_word, voyage_rows, voyage_status, voyage_title
from ui.words.health_secondary import choice_words

TOPIC = "health_post.voyages"
NO_NUMBERS = "NO_NUMBERS"
MOST_ABOARD = 10_000
PAPERS = ("contacts", "measures", "pratique")


class VoyagesPage(ActPage):
    """The voyages of the last thirty days and those that are expected."""

    topic = "voyages"
    columns = 2

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.found: tuple[KeptVoyage, ...] = ()
        self.front = FrontVoyage()
        self._half = HalfTyped(self.model, "quick_voyage", self)
        self._wanted: object = None

    def title(self) -> str:
        """Return its name."""
        return _("Voyages")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Day")), Heading(_("Conveyance"), wide=True), Heading(_("From, to"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No voyage of the last thirty days was written down.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with a voyage."""
        return {
            "new": Act(_("Write down…"), self.ask_new, self._screens, Key.DECIDE),
            "correct": Act(_("Correct…"), self.ask_correct, lambda: self._screens() and self._is_chosen()),
            "told": Act(_("Disease on board…"), self.ask_told, lambda: self._may(Permission.FOLLOW_CONTACTS)),
            "print": Act(_("Papers…"), self.ask_paper, lambda: self._may(Permission.EXAMINE_TRAVELLER), Key.PRINT),
        }

    @property
    def chosen(self) -> KeptVoyage | None:
        """The voyage where one is."""
        return next((one for one in self.found if one.id == self.list.key()), None)

    def refresh(self) -> None:
        """Ask for the voyages."""
        voyages, by = self.model.voyages, self.model.parts.by
        self.ask(lambda: voyages.voyages(by), self._on_found)

    def choose(self, key: object) -> None:
        """Bring the voyage to the front of every page."""
        chosen = self.chosen
        self.front.id = chosen.id if chosen else None
        self._show_voyage()

    # --- acts

    def ask_new(self) -> None:
        """Ask for a voyage."""
        request_id = uuid4()

        def job(said: Answers) -> Job[KeptVoyage]:
            sheet, charge = self._sheet_of(said, None), _in_charge(said)
            voyages, by = self.model.voyages, self.model.parts.by
            return lambda: voyages.record(request_id, sheet, charge, by)

        self.form(_("Write a voyage down"), "", self._fields(None), job, self._on_kept, columns=2, draft=self._half)

    def ask_correct(self) -> None:
        """Ask for the sheet anew, with the reason; the earlier one stays on record."""
        chosen = self.chosen
        if chosen is None:
            return
        request_id = uuid4()

        def job(said: Answers) -> Job[KeptVoyage]:
            sheet, charge = self._sheet_of(said, chosen.sheet), _in_charge(said)
            voyages, by = self.model.voyages, self.model.parts.by
            return lambda: voyages.correct(chosen.id, request_id, sheet, said["reason"], by, charge)

        fields = [*self._fields(chosen.sheet), reason_field()]
        title, about = _("Correct {number}").format(number=chosen.number), str(chosen.id)
        self.form(title, "", fields, job, self._on_kept, columns=2, draft=self._half, about=about)

    def ask_told(self) -> None:
        """Ask who told of disease on board: then contacts and locator forms may be asked for."""
        chosen = self.chosen
        if chosen is None:
            return
        request_id, language = uuid4(), current_language()
        diseases = rule_set(self.model.parts.today()).diseases
        choices_of = tuple((code, one.label(language)) for code, one in diseases.items())
        fields = [
            Asked("disease", _("Disease"), "choice", choices_of, topic=TOPIC),
            Asked("told_by", _("Told by"), topic=TOPIC),
            self.when_field(),
        ]  # fmt: skip

        def job(said: Answers) -> Job[KeptVoyage]:
            at, voyages, by = self.moment(said), self.model.voyages, self.model.parts.by
            return lambda: voyages.tell_disease(chosen.id, request_id, said["disease"], at, said["told_by"], by)

        self.form(_("Disease on board"), draft_words(), fields, job, self._on_kept)

    def ask_paper(self) -> None:
        """Ask which paper; that it was made is on record."""
        chosen = self.chosen
        if chosen is None:
            return
        papers, by = self.model.voyages.papers, self.model.parts.by
        words = {
            "contacts": _("Contacts, with names"),
            "measures": _("Measures, for the operator"),
            "pratique": _("Free pratique, for the master or pilot"),
        }
        makers = {"contacts": papers.contacts, "measures": papers.measures, "pratique": papers.pratique}
        usual = "measures" if chosen.measures else "contacts"

        def job(said: Answers) -> Job[tuple[str, bytes]]:
            kind = said["paper"]
            return lambda: (kind, makers[kind](chosen.id, by))

        def done(made: tuple[str, bytes]) -> None:
            kind, pdf = made
            text = _("It names people: give it only to who needs it.") if kind == "contacts" else ""
            self.offered.emit(words[kind], text, f"{kind}-{chosen.number}.pdf", pdf)

        asked = Asked("paper", _("Which paper"), "choice", tuple((k, words[k]) for k in PAPERS), usual, topic=TOPIC)
        self.form(_("Papers of {number}").format(number=chosen.number), "", [asked], job, done, ok=_("Make it"))

    # --- inside

    def _screens(self) -> bool:
        return self.model.may(Permission.SCREEN_HEALTH)

    def _is_chosen(self) -> bool:
        return self.chosen is not None

    def _may(self, permission: Permission) -> bool:
        return self._is_chosen() and self.model.may(permission)

    def _fields(self, sheet: VoyageSheet | None) -> list[Asked]:
        language = current_language()
        day = sheet.day if sheet else self.model.parts.today()
        seats = (
            (NO_NUMBERS, _("no numbered seats")),
            *((code, one.label(language)) for code, one in layouts().items()),
        )
        seating = ""
        if sheet is not None:
            seating = NO_NUMBERS if sheet.numbered_seats is Answer.NO else sheet.layout or ""
        passages = tuple((one.value, passage_word(one)) for one in Passage)

        def value(name: str) -> str:
            found = getattr(sheet, name) if sheet is not None else None
            return "" if found is None else str(found)

        return [
            Asked("conveyance", _("Conveyance"), "choice", choice_words("conveyance"), value("conveyance"),
                  topic=TOPIC),
            Asked("number", _("Flight, plate or vessel"), value=value("number"), topic=TOPIC),
            Asked("day", _("Day at this post"), "date", value=f"{day:%d/%m/%Y}", topic=TOPIC),
            Asked("direction", _("Direction"), "choice", choice_words("direction"), value("direction"), required=False,
                  topic=TOPIC),
            Asked("origin", _("From"), value=value("origin"), topic=TOPIC),
            Asked("destination", _("To"), value=value("destination"), topic=TOPIC),
            Asked("passage", _("It"), "choice", passages, value("passage") or Passage.CALLS.value, topic=TOPIC),
            Asked("seating", _("Seats"), "choice", seats, seating, required=False, topic=TOPIC),
            Asked("passenger_count", _("Passengers"), value=value("passenger_count"), required=False, topic=TOPIC),
            Asked("crew_count", _("Crew"), value=value("crew_count"), required=False, topic=TOPIC),
            Asked("in_charge", _("In charge (driver, master, pilot)"), required=False, topic=TOPIC),
            Asked("phone", _("Telephone of who is in charge"), required=False, topic=TOPIC),
        ]  # fmt: skip

    def _sheet_of(self, said: Answers, before: VoyageSheet | None) -> VoyageSheet:
        seating = said["seating"]
        plan = before.plan if before is not None and not seating else None
        sheet = VoyageSheet(
            conveyance=said["conveyance"],
            number=said["number"],
            day=needed_day(said["day"], "day"),
            origin=said["origin"],
            destination=said["destination"],
            direction=said["direction"] or None,
            passage=Passage(said["passage"]),
            numbered_seats=_numbered(seating, before),
            layout=seating if seating and seating != NO_NUMBERS else None,
            plan=plan,
            passenger_count=count_of(said["passenger_count"], "passenger_count", MOST_ABOARD),
            crew_count=count_of(said["crew_count"], "crew_count", MOST_ABOARD),
        )
        if before is None or before.conveyance != sheet.conveyance:
            return sheet
        return replace(
            sheet,
            carrier=before.carrier,
            imo=before.imo,
            waters=before.waters,
            stops=before.stops,
            arrived_at=before.arrived_at,
        )

    def _on_kept(self, kept: KeptVoyage) -> None:
        self.remarked.emit(_("Kept: {number}.").format(number=kept.number), "")
        self._wanted = kept.id
        self.refresh()

    def _on_found(self, found: tuple[KeptVoyage, ...]) -> None:
        self.found = found
        self.show_all()

    def show_all(self) -> None:
        """Show the voyages."""
        language = current_language()
        lines = []
        for one in self.found:
            sheet = one.sheet
            kind = choices("conveyance")[sheet.conveyance].label(language)
            cells = (f"{sheet.day:%d/%m/%Y}", f"{kind} {sheet.number}", f"{sheet.origin} → {sheet.destination}")
            lines.append(Line(one.id, cells, voyage_status(one)))
        wanted, self._wanted = self._wanted, None
        self.show_lines(lines, wanted)
        self._show_voyage()

    def _show_voyage(self) -> None:
        chosen = self.chosen
        if chosen is None:
            self.banner.show_verdict("grey", _("No voyage is chosen"))
            self.facts.show_facts(())
            return
        told = ", ".join(disease_word(code, chosen.sheet.day) for code in chosen.suspected)
        words = state_words(chosen.pratique) if chosen.pratique.value != "NOT_ASKED" else ""
        reason = _("Told of on board: {names}.").format(names=told) if told else words
        self.banner.show_verdict(voyage_status(chosen) or "grey", voyage_title(chosen), reason)
        self.facts.show_facts(voyage_rows(chosen, self.model.parts.local_time))


def _numbered(seating: str, before: VoyageSheet | None) -> Answer:
    """Return whether seats have numbers; where nobody says anything now, what was said before."""
    if seating == NO_NUMBERS:
        return Answer.NO
    return before.numbered_seats if before is not None and not seating else Answer.UNKNOWN


def _in_charge(said: Answers) -> PatientIdentity | None:
    name, phone = said["in_charge"], said["phone"]
    if not name and not phone:
        return None
    return PatientIdentity(surname=name or None, phone=phone or None)
