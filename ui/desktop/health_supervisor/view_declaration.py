"""What the ship or the aircraft in front declares: questions in three values; one left open is not a no."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.voyages.declarations import (
    AircraftDeclaration,
    Disinsection,
    IllInFlight,
    IllOnBoard,
    PortCall,
    Read,
    ShipDeclaration,
    read_aircraft,
    read_ship,
)
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.people import DeclaredPeople
from poe_health.voyages.settings import ship_questions
from poe_health.voyages.show_voyage import ShownVoyage
from ui.desktop.health_supervisor.typed import day_of, needed_count, needed_day, number_of
from ui.desktop.health_supervisor.view_model import FrontVoyage
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.health import draft_words
from ui.words.health_post_voyages import declared_word, voyage_title
from ui.words.health_secondary import answer_word
from ui.words.surveillance import state_word

TOPIC = "health_post.declaration"
SHIPS, AIRCRAFT = frozenset({"SHIP", "CANOE"}), "AIR"
SHIP_EXTRA = ("affected_area_visited", "sanitation_certificate", "reinspection_required", "surgeon_on_board")
AIR_QUESTIONS = ("anybody_ill", "anybody_left_ill", "disinsection_done")
_STATUS = {"nothing_reported": "green", "reported": "red", "incomplete": "grey"}


class DeclarationPage(ActPage):
    """What is typed here is kept at once and whole; a later declaration replaces it for the decision."""

    topic = "declaration"
    shares = (7, 5)

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.front = FrontVoyage()
        self.shown: ShownVoyage | None = None
        self.paper: ShipDeclaration | AircraftDeclaration | None = None
        self.people = DeclaredPeople()
        self._typed = False

    def title(self) -> str:
        """Return its name."""
        return _("Declaration")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Question"), wide=True), Heading(_("Answer"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Choose a ship, boat or aircraft first, then write its heading.")

    def acts(self) -> Mapping[str, Act]:
        """Return the three answers, the parts of the form, and keeping."""
        return {
            "yes": Act(_("Yes"), lambda: self.answer(Answer.YES), self._has_paper),
            "no": Act(_("No"), lambda: self.answer(Answer.NO), self._has_paper),
            "unknown": Act(_("Not answered"), lambda: self.answer(Answer.UNKNOWN), self._has_paper),
            "head": Act(_("Heading…"), self.ask_head, self._declares),
            "more": Act(_("Port or spraying…"), self.ask_more, self._has_paper),
            "ill": Act(_("Ill person…"), self.ask_ill, self._has_paper),
            "keep": Act(_("Keep"), self.keep, self._has_paper, Key.DECIDE),
        }

    def unsaved(self) -> bool:
        """Return whether something was typed and not kept."""
        return self._typed

    def refresh(self) -> None:
        """Ask for the voyage in front; what was typed of it stays."""
        found, voyages, by = self.front.id, self.model.voyages, self.model.parts.by
        if found is None:
            self._on_shown(None)
        else:
            self.ask(lambda: voyages.show(found, by), self._on_shown)

    def choose(self, key: object) -> None:
        """Show the question whole."""
        self._show_read()

    def forget(self) -> None:
        """Who is ill on board leaves the screen."""
        self.paper, self.people, self._typed = None, DeclaredPeople(), False
        self.retranslate()

    def answer(self, said: Answer) -> None:
        """Answer the question where one is, and go to the next."""
        key, paper = self.list.key(), self.paper
        if not isinstance(key, str) or paper is None:
            return
        if isinstance(paper, ShipDeclaration) and key in ship_questions():
            self.paper = replace(paper, answers={**paper.answers, key: said})
        elif isinstance(paper, ShipDeclaration):
            self.paper = replace(paper, **{key: said})  # type: ignore[arg-type]  # keys are of SHIP_EXTRA: answers all
        else:
            self.paper = replace(paper, **{key: said})  # type: ignore[arg-type]  # keys are of AIR_QUESTIONS
        self._typed = True
        codes = [line.key for line in self.list.lines()]
        following = codes[min(codes.index(key) + 1, len(codes) - 1)]
        self.show_all()
        self.list.go_to(following)

    # --- acts

    def ask_head(self) -> None:
        """Ask for the heading of the form, and who signed."""
        if self._is_ship():
            self._ask_ship()
        else:
            self._ask_aircraft()

    def ask_more(self) -> None:
        """Ask for a port of the last thirty days, or a spraying in flight."""
        paper = self.paper
        if isinstance(paper, ShipDeclaration):
            fields = [
                Asked("place", _("Port"), topic=TOPIC),
                Asked("day", _("Left on"), "date", topic=TOPIC),
                Asked("affected", _("WHO names it as affected"), "choice", _answers(), required=False, topic=TOPIC),
            ]
            self.form(_("Port of the last thirty days"), "", fields, self._port, self._on_paper)
        elif isinstance(paper, AircraftDeclaration):
            fields = [
                Asked("place", _("Place"), topic=TOPIC),
                Asked("day", _("Day"), "date", topic=TOPIC),
                Asked("method", _("Method"), topic=TOPIC),
            ]
            self.form(_("Spraying or treatment in flight"), "", fields, self._spraying, self._on_paper)

    def ask_ill(self) -> None:
        """Ask for somebody ill."""
        fields = [Asked("name", _("Name"), required=False, topic=TOPIC)]
        if isinstance(self.paper, ShipDeclaration):
            fields += [
                Asked("illness", _("Illness"), topic=TOPIC),
                Asked("onset", _("Since"), "date", required=False, topic=TOPIC),
                Asked("disposal", _("Still on board, taken off, or died"), required=False, topic=TOPIC),
            ]
        else:
            fields.append(Asked("temperature", _("Temperature (°C)"), required=False, topic=TOPIC))
        self.form(_("Ill person"), "", fields, self._ill, self._on_paper)

    def keep(self) -> None:
        """Keep the declaration."""
        shown, paper, people = self.shown, self.paper, self.people
        if shown is None or paper is None:
            return
        request_id, voyages, by = uuid4(), self.model.voyages, self.model.parts.by
        self.ask(lambda: voyages.declare(shown.voyage.id, request_id, paper, people, by), self._on_kept)

    # --- the forms

    def _ask_ship(self) -> None:
        sheet = self.shown.voyage.sheet if self.shown else None
        if sheet is None:
            return
        paper = self.paper if isinstance(self.paper, ShipDeclaration) else None

        def value(name: str, usual: str = "") -> str:
            return str(getattr(paper, name)) if paper is not None else usual

        fields = [
            Asked("ship_name", _("Ship"), value=value("ship_name", sheet.number), topic=TOPIC),
            Asked("registration", _("Registration or IMO number"), value=value("registration", sheet.imo or ""),
                  topic=TOPIC),
            Asked("flag", _("Flag"), value=value("flag"), topic=TOPIC),
            Asked("port", _("Port of arrival"), value=value("port", sheet.destination), topic=TOPIC),
            Asked("arriving_from", _("Arriving from"), value=value("arriving_from", sheet.origin), topic=TOPIC),
            Asked("sailing_to", _("Sailing to"), value=value("sailing_to"), topic=TOPIC),
            Asked("crew_count", _("Crew"), value=value("crew_count"), topic=TOPIC),
            Asked("passenger_count", _("Passengers"), value=value("passenger_count"), topic=TOPIC),
            Asked("began", _("Voyage began on"), "date", required=False, topic=TOPIC),
            Asked("master", _("Signed by (master)"), value=self.people.signed_by or "", required=False, topic=TOPIC),
            Asked("surgeon", _("Signed by (ship's surgeon)"), value=self.people.surgeon or "", required=False,
                  topic=TOPIC),
        ]  # fmt: skip
        self.form(_("Ship Declaration of Health"), "", fields, self._ship_of, self._on_paper, columns=2)

    def _ask_aircraft(self) -> None:
        sheet = self.shown.voyage.sheet if self.shown else None
        if sheet is None:
            return
        truth = (("no", _("No")), ("yes", _("Yes")))
        fields = [
            Asked("flight", _("Flight"), value=sheet.number, topic=TOPIC),
            Asked("signed", _("Signed by"), value=self.people.signed_by or "", required=False, topic=TOPIC),
            Asked("waived", _("The authority asks for none"), "choice", truth, "no", topic=TOPIC),
        ]

        def job(said: Answers) -> Job[tuple[AircraftDeclaration, DeclaredPeople]]:
            before = self.paper if isinstance(self.paper, AircraftDeclaration) else AircraftDeclaration(said["flight"])
            made = replace(before, flight=said["flight"], signed=bool(said["signed"]), waived=said["waived"] == "yes")
            people = replace(self.people, signed_by=said["signed"] or None)
            return lambda: (made, people)

        self.form(_("Health part of the aircraft declaration"), "", fields, job, self._on_paper)

    def _ship_of(self, said: Answers) -> Job[tuple[ShipDeclaration, DeclaredPeople]]:
        day: date = self.shown.voyage.sheet.day if self.shown else self.model.parts.today()
        made = ShipDeclaration(
            port=said["port"],
            day=day,
            ship_name=said["ship_name"],
            registration=said["registration"],
            flag=said["flag"],
            arriving_from=said["arriving_from"],
            sailing_to=said["sailing_to"],
            crew_count=needed_count(said["crew_count"], "crew_count"),
            passenger_count=needed_count(said["passenger_count"], "passenger_count"),
            voyage_began_on=day_of(said["began"], "began"),
            master_signed=bool(said["master"]),
            surgeon_signed=bool(said["surgeon"]),
        )
        if isinstance(before := self.paper, ShipDeclaration):
            made = replace(
                made,
                answers=before.answers,
                ports=before.ports,
                schedule=before.schedule,
                sanitation_certificate=before.sanitation_certificate,
                reinspection_required=before.reinspection_required,
                affected_area_visited=before.affected_area_visited,
                surgeon_on_board=before.surgeon_on_board,
                voyage_began_on=made.voyage_began_on or before.voyage_began_on,
            )
        people = replace(self.people, signed_by=said["master"] or None, surgeon=said["surgeon"] or None)
        return lambda: (made, people)

    def _port(self, said: Answers) -> Job[tuple[ShipDeclaration, DeclaredPeople]]:
        call = PortCall(said["place"], needed_day(said["day"], "day"), Answer(said["affected"] or "unknown"))
        paper, people = self.paper, self.people
        if not isinstance(paper, ShipDeclaration):
            raise LookupError("no ship in front")
        made = replace(paper, ports=(*paper.ports, call))
        return lambda: (made, people)

    def _spraying(self, said: Answers) -> Job[tuple[AircraftDeclaration, DeclaredPeople]]:
        done = Disinsection(said["place"], needed_day(said["day"], "day"), said["method"])
        paper, people = self.paper, self.people
        if not isinstance(paper, AircraftDeclaration):
            raise LookupError("no aircraft in front")
        made = replace(paper, disinsections=(*paper.disinsections, done), disinsection_done=Answer.YES)
        return lambda: (made, people)

    def _ill(self, said: Answers) -> Job[tuple[ShipDeclaration | AircraftDeclaration, DeclaredPeople]]:
        paper = self.paper
        made: ShipDeclaration | AircraftDeclaration
        if isinstance(paper, ShipDeclaration):
            ref = str(len(paper.schedule) + 1)
            line = IllOnBoard(ref, said["illness"], day_of(said["onset"], "onset"), disposal=said["disposal"] or None)
            made = replace(paper, schedule=(*paper.schedule, line))
        elif isinstance(paper, AircraftDeclaration):
            ref, warm = str(len(paper.ill) + 1), number_of(said["temperature"], "temperature")
            made = replace(paper, ill=(*paper.ill, IllInFlight(ref, None if warm is None else float(warm))))
        else:
            raise LookupError("no paper in front")
        people = self.people
        if said["name"]:
            people = replace(people, ill={**people.ill, ref: PatientIdentity(surname=said["name"])})
        return lambda: (made, people)

    # --- inside

    def _is_ship(self) -> bool:
        return self.shown is not None and self.shown.voyage.sheet.conveyance in SHIPS

    def _declares(self) -> bool:
        if self.shown is None or not self.model.may(Permission.EXAMINE_TRAVELLER):
            return False
        return self._is_ship() or self.shown.voyage.sheet.conveyance == AIRCRAFT

    def _has_paper(self) -> bool:
        return self.paper is not None and self._declares()

    def _on_paper(self, made: tuple[ShipDeclaration | AircraftDeclaration, DeclaredPeople]) -> None:
        self.paper, self.people = made
        self._typed = True
        self.retranslate()
        self.list.setFocus()

    def _on_kept(self, kept: KeptVoyage) -> None:
        reading = kept.declared.reading.value if kept.declared else ""
        self.remarked.emit(_("Kept: {reading}.").format(reading=state_word(reading)), "")
        self._typed = False
        self.refresh()

    def _on_shown(self, shown: ShownVoyage | None) -> None:
        before = self.shown.voyage.id if self.shown else None
        if shown is None or shown.voyage.id != before:
            self.paper, self.people, self._typed = None, DeclaredPeople(), False
        self.shown = shown
        self.retranslate()

    def _read(self) -> Read | None:
        if isinstance(self.paper, ShipDeclaration):
            return read_ship(self.paper)
        return read_aircraft(self.paper) if self.paper is not None else None

    def _questions(self) -> list[tuple[str, str, Answer]]:
        paper, language = self.paper, current_language()
        if isinstance(paper, ShipDeclaration):
            found = [(code, one.label(language), paper.answer(code)) for code, one in ship_questions().items()]
            return found + [(code, declared_word(code), getattr(paper, code)) for code in SHIP_EXTRA]
        if paper is None:
            return []
        return [(code, declared_word(code), getattr(paper, code)) for code in AIR_QUESTIONS]

    def show_all(self) -> None:
        """Show the questions."""
        self.show_lines([Line(code, (words, answer_word(said))) for code, words, said in self._questions()])
        self._show_read()

    def _show_read(self) -> None:
        shown, read = self.shown, self._read()
        if shown is None:
            self.banner.show_verdict("grey", _("No voyage is chosen"))
            self.facts.show_facts(())
            return
        declared = shown.voyage.declared
        if read is not None:
            self.banner.show_verdict(
                _STATUS[read.reading.value], voyage_title(shown.voyage), state_word(read.reading.value)
            )
        else:
            words = _("none handed in") if declared is None else state_word(declared.reading.value)
            status = "grey" if declared is None else _STATUS[declared.reading.value]
            self.banner.show_verdict(status, voyage_title(shown.voyage), words)
        rows: list[tuple[str, str]] = []
        whole = next((words for code, words, _said in self._questions() if code == self.list.key()), "")
        if whole:
            rows.append(("", whole))
        if read is not None:
            rows.append((_("Questions left open"), str(len(read.open_questions))))
            if read.lacking:
                rows.append((_("Lacking"), ", ".join(declared_word(name) for name in read.lacking)))
        paper = self.paper
        if isinstance(paper, ShipDeclaration):
            rows += [(_("Port"), f"{call.port}, {call.left_on:%d/%m/%Y}") for call in paper.ports]
            rows += [(_("Ill"), f"{one.ref}. {one.illness}") for one in paper.schedule]
        elif paper is not None:
            rows += [(_("Spraying"), f"{one.place}, {one.day:%d/%m/%Y}, {one.method}") for one in paper.disinsections]
            rows += [(_("Ill"), f"{one.ref}. {one.temperature_c or '—'} °C") for one in paper.ill]
        self.facts.show_facts([*rows, ("", draft_words())])


def _answers() -> tuple[tuple[str, str], ...]:
    return tuple((one.value, answer_word(one)) for one in (Answer.YES, Answer.NO))
