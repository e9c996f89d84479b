"""The passenger locator form of the voyage in front: part after part, as it lies on the table, kept in one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from bmis.kernel.plain import plain, value_of
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.voyages.events import LocatorEntered
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.locator import Companion, FamilyMember, LocatorForm
from poe_health.voyages.people import Aboard
from poe_health.voyages.seats import SeatPlan
from poe_health.voyages.show_voyage import ShownVoyage
from ui.desktop.health_supervisor.locator_parts import (
    COMPANION,
    FAMILY,
    MOST_PEOPLE,
    SECTIONS,
    companion,
    family_member,
    member_texts,
    texts_of,
    with_section,
)
from ui.desktop.health_supervisor.view_half_typed import Typed
from ui.desktop.health_supervisor.view_page import Act, Job
from ui.desktop.health_supervisor.view_typed_sheet import TypedSheet
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.health_post_voyages import voyage_title
from ui.words.health_secondary import choice_words
from ui.words.locator import locator_field_word, part_word

TOPIC = "health_post.locator"
_Person = TypeVar("_Person")
_NEEDED = frozenset({"surname", "given_names"})


class LocatorPage(TypedSheet):
    """Enter opens the part where one is; F12 keeps the form. What is missing on it is kept as missing."""

    topic = "locator"
    kind = "locator"

    def blank(self) -> None:
        """Begin an empty form; carrier, number and day are those of the voyage."""
        sheet = self.shown.voyage.sheet if self.shown is not None else None
        head = (sheet.carrier, sheet.number, None, sheet.day) if sheet is not None else ()
        self.paper = LocatorForm(*head)
        self.ref: UUID | None = None

    def typed(self) -> Typed:
        """Return the form."""
        return {"form": plain(self.paper), "ref": str(self.ref) if self.ref else None}

    def take(self, typed: Typed) -> None:
        """Show a form that was left half typed."""
        said, ref = typed["form"], typed["ref"]
        if not isinstance(said, Mapping):
            raise TypeError("no form")
        self.paper, self.ref = value_of(LocatorForm, said), UUID(str(ref)) if ref else None

    def title(self) -> str:
        """Return its name."""
        return _("Locator form")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Part"), wide=True), Heading(_("Filled in"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Choose a voyage first.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with the form."""
        return {
            "open": Act(_("Fill in…"), self.open_part, self._may),
            "who": Act(_("Listed already…"), self.ask_who, self._may),
            "family": Act(_("Family member…"), lambda: self.ask_member(None), self._has_room),
            "along": Act(_("Travels along…"), lambda: self.ask_along(None), self._has_room),
            "off": Act(_("Take off"), self.take_off, self._is_person),
            "anew": Act(_("Begin anew…"), lambda: self.sure_to_give_up(self.given_up), lambda: self._typed),
            "keep": Act(_("Keep the form"), self.keep, lambda: self._may() and self._typed, Key.DECIDE),
        }

    def open_line(self, key: object) -> None:
        """Enter opens the part."""
        self.open_part()

    def choose(self, key: object) -> None:
        """The facts say all of the form."""

    # --- acts

    def open_part(self) -> None:
        """Ask for the part, or the person, where one is."""
        key = self.list.key()
        if not self._may():
            return
        if isinstance(key, tuple):
            (self.ask_member if key[0] == "family" else self.ask_along)(key[1])
        elif isinstance(key, str):
            self.ask_part(key)

    def ask_part(self, section: str) -> None:
        """Ask for one part of the form; afterwards one stands on the next."""
        stands = texts_of(self.paper, section)
        fields = [_field(name, stands[name]) for name in SECTIONS[section]]

        def job(said: Answers) -> Job[LocatorForm]:
            made = with_section(self.paper, section, said)
            return lambda: made

        def done(made: LocatorForm) -> None:
            self.paper = made
            self.touched()
            order = [line.key for line in self.list.lines()]
            self.list.go_to(order[min(order.index(section) + 1, len(order) - 1)])

        self.form(part_word(section), "", fields, job, done, columns=2)

    def ask_who(self) -> None:
        """Ask which person on board the adult is; the names are shown to choose from, which is on record."""
        shown, voyages, by = self.shown, self.model.voyages, self.model.parts.by
        if shown is not None:
            self.ask(lambda: voyages.show(shown.voyage.id, by, names=True), self._ask_which)

    def _ask_which(self, shown: ShownVoyage) -> None:
        if self.shown is None or shown.voyage.id != self.shown.voyage.id:
            return  # one has moved on meanwhile
        known = {str(one.ref): one for one in shown.people if one.source in ("listed", "screened") and one.who}
        choices = [(ref, _person_words(one)) for ref, one in known.items()]

        def job(said: Answers) -> Job[str]:
            return lambda: said["person"]

        def done(chosen: str) -> None:
            one = known.get(chosen)
            self.ref = None if one is None else one.ref
            self.paper = self.paper if one is None or one.who is None else _with_names(self.paper, one.who)
            self.touched()

        asked = Asked("person", _("Person"), "choice", (("", _("nobody of these")), *choices), required=False,
                      value=str(self.ref or ""), topic=TOPIC)  # fmt: skip
        text = _("The form is kept with that person, who is then not counted twice.")
        self.form(_("Who on board is it?"), text, [asked], job, done)

    def ask_member(self, at: int | None) -> None:
        """Ask for somebody of the family; ``at``: who stands there already."""
        stands = {} if at is None else member_texts(self.paper.family[at])
        fields = [_field(name, stands.get(name, ""), required=name in _NEEDED) for name in FAMILY]

        def job(said: Answers) -> Job[FamilyMember]:
            made = family_member(said)
            return lambda: made

        def done(made: FamilyMember) -> None:
            people = self.paper.family
            self.paper = replace(self.paper, family=_put(people, at, made))
            self.touched()

        self.form(part_word("family"), "", fields, job, done, columns=2)

    def ask_along(self, at: int | None) -> None:
        """Ask for somebody who travels along and is no family."""
        stands = {} if at is None else member_texts(self.paper.non_family[at])
        fields = [_field(name, stands.get(name, ""), required=name in _NEEDED) for name in COMPANION]

        def job(said: Answers) -> Job[Companion]:
            made = companion(said)
            return lambda: made

        def done(made: Companion) -> None:
            self.paper = replace(self.paper, non_family=_put(self.paper.non_family, at, made))
            self.touched()

        self.form(part_word("non_family"), "", fields, job, done, columns=2)

    def take_off(self) -> None:
        """Take the person where one is off the form."""
        key = self.list.key()
        if not isinstance(key, tuple):
            return
        of, at = key
        people = getattr(self.paper, of)
        self.paper = replace(self.paper, **{of: people[:at] + people[at + 1 :]})
        self.touched()

    def keep(self) -> None:
        """Keep the form; it stays here when it is refused."""
        shown, voyages, by = self.shown, self.model.voyages, self.model.parts.by
        if shown is None:
            return
        request_id, form, ref = self.request_id, self.paper, self.ref
        self.ask(lambda: voyages.locator(shown.voyage.id, request_id, form, by, ref), self.kept)

    def kept(self, kept: KeptVoyage) -> None:
        """It is on record: the next form begins."""
        super().kept(kept)
        self.list.setFocus()

    # --- inside

    def _may(self) -> bool:
        return self.shown is not None and self.model.may(Permission.FOLLOW_CONTACTS)

    def _has_room(self) -> bool:
        return self._may() and len(self.paper.family) + len(self.paper.non_family) < MOST_PEOPLE

    def _is_person(self) -> bool:
        return self._may() and isinstance(self.list.key(), tuple)

    def _missing(self) -> tuple[str, ...]:
        numbered = self.shown is not None and isinstance(self.shown.voyage.sheet.voyage.sits, SeatPlan)
        return self.paper.missing(numbered_seats=numbered)

    def show_all(self) -> None:
        """Show the parts, how much of each is filled in, and what is missing."""
        shown = self.shown
        if shown is None:
            self.show_lines([])
            self.banner.show_verdict("grey", _("No voyage is chosen"))
            self.facts.show_facts(())
            return
        missing = self._missing()
        lines = []
        for section, names in SECTIONS.items():
            filled = sum(1 for text in texts_of(self.paper, section).values() if text)
            words = _("{count} of {all}").format(count=filled, all=len(names))
            lacks = bool({section, *(names if section in ("head", "who") else ())} & set(missing))
            lines.append(Line(section, (part_word(section), words), "amber" if lacks else "green" if filled else ""))
        for of in ("family", "non_family"):
            for at, one in enumerate(getattr(self.paper, of)):
                lines.append(Line((of, at), (part_word(of), f"{one.surname}, {one.given_names}"), ""))
        self.show_lines(lines)
        self._show_form(shown.voyage, missing)

    def _show_form(self, voyage: KeptVoyage, missing: Sequence[str]) -> None:
        kept = tuple(voyage.of(LocatorEntered))
        state = _("Typed, not kept yet. F12 keeps it.") if self._typed else _("Enter opens a part.")
        self.banner.show_verdict("amber" if self._typed else "grey", voyage_title(voyage), state)
        lacking = ", ".join(locator_field_word(name) for name in missing)
        rows = [
            (_("Forms on record"), str(len(kept))),
            (_("People on them"), str(sum(one.members for one in kept))),
            (_("Missing here"), lacking or "—"),
            (_("Listed already"), _("yes: kept with that person") if self.ref else "—"),
        ]
        if not voyage.suspected:
            words = _("The form is asked only where disease on board is told of (page 1) or found at screening.")
            rows.append(("", words))
        if self.model.may(Permission.FOLLOW_CONTACTS):
            for section, names in SECTIONS.items():
                texts = texts_of(self.paper, section)
                said = [f"{locator_field_word(name)}: {texts[name]}" for name in names if texts[name]]
                if said:
                    rows.append((part_word(section), " · ".join(said)))
        self.facts.show_facts(rows)


def _field(name: str, value: str, *, required: bool = False) -> Asked:
    if name == "sex":
        more = (("", "—"),) if value else ()
        return Asked(name, locator_field_word(name), "choice", more + choice_words("sex"), value, required=False,
                     topic=TOPIC)  # fmt: skip
    kind = "date" if name == "arrival_date" else "text"
    return Asked(name, locator_field_word(name), kind, value=value, required=required, topic=TOPIC)


def _person_words(one: Aboard) -> str:
    names = ", ".join(filter(None, (one.who.surname, one.who.given_names))) if one.who else ""
    return " · ".join(filter(None, (names or "—", *(str(seat) for seat in one.seats))))


def _with_names(form: LocatorForm, who: PatientIdentity) -> LocatorForm:
    """Return the form with what is known of the person where it is empty."""
    known = {name: getattr(who, name) for name in ("surname", "given_names", "sex")}
    return replace(form, **{name: value for name, value in known.items() if not getattr(form, name)})


def _put(people: tuple[_Person, ...], at: int | None, one: _Person) -> tuple[_Person, ...]:
    return (*people, one) if at is None else (*people[:at], one, *people[at + 1 :])
