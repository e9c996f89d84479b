"""Mapping exercises: when, where, how and with whom mobility was mapped, and what each found."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bmis.flows.map_paper import area_words
from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.lists import codes
from bmis.flows.mobility.place import MappedPlace, MappedRoute, MappingExercise
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.registers.view_mapped import MappedSection, code_field
from ui.desktop.registers.words import (
    area_choices,
    choices,
    count_of,
    days_words,
    end_words,
    kept_words,
    several_of,
    word,
    words_of,
)
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.desktop.widgets.lines import Heading, Line
from ui.words.figures import day_words

TOPIC = "registers.exercises"
_PEOPLE = "people_"


class ExercisesSection(MappedSection[MappingExercise]):
    """Two forms: what the exercise was, then how many people of each kind took part."""

    topic = TOPIC
    shares = (4, 3)

    def title(self) -> str:
        """Return its name."""
        return _("Mapping exercises")

    def about(self) -> str:
        """Return what the page is for."""
        return _("Workshops and visits that mapped who moves where. Names of participants are not kept.")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [
            Heading(_("Code")),
            Heading(_("Days")),
            Heading(_("Area"), wide=True),
            Heading(_("Method"), wide=True),
            Heading(_("Participants")),
            Heading(_("Places")),
            Heading(_("Routes")),
        ]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No mapping exercise is on record. N records one.")

    def kept(self) -> Sequence[Standing[MappingExercise]]:
        """Return them as they stand."""
        return self._found.exercises

    def new_words(self) -> str:
        """Return what the button for a new one says."""
        return _("New exercise…")

    def show_lines(self) -> None:
        """Show the newest first."""
        newest = sorted(self._found.exercises, key=lambda one: (one.noun.held_from, one.noun.code), reverse=True)
        self.list.show_lines([self._line(one.noun) for one in newest])

    def facts_of(self, key: object) -> Sequence[tuple[str, str]]:
        """Return the exercise with what it found."""
        one = self.standing(key)
        if one is None:
            return ()
        said, (places, routes) = one.noun, self._of(str(key))
        people = [f"{word('participant', kind)} {count}" for kind, count in said.participants]
        facts = [
            (_("Facilitator"), said.facilitator),
            (_("Participants"), "; ".join(people) or _("not counted")),
            *((_("Place"), _place_words(place)) for place in places),
            *((_("Route"), self._route_words(route)) for route in routes),
        ]
        if said.note:
            facts.append((_("Note"), said.note))
        return [*facts, (_("Recorded by"), kept_words(self.parts, one))]

    def _of(self, code: str) -> tuple[list[MappedPlace], list[MappedRoute]]:
        places = [one.noun for one in self._found.places if one.noun.exercise == code]
        return places, [one.noun for one in self._found.routes if one.noun.exercise == code]

    def _line(self, said: MappingExercise) -> Line:
        places, routes = self._of(said.code)
        return Line(
            said.code,
            (
                said.code,
                days_words(said.held_from, said.held_to),
                area_words(said.area, current_language()),
                words_of("method", said.methods),
                str(sum(count for _kind, count in said.participants)) if said.participants else _("not counted"),
                str(len(places)),
                str(len(routes)),
            ),
        )

    def _route_words(self, route: MappedRoute) -> str:
        places = [one.noun for one in self._found.places]
        ends = f"{end_words(route.origin, places)} → {end_words(route.destination, places)}"
        return f"{ends} · {words_of('season', route.season)} · {_volume(route.volume_class)}"

    def ask_one(self, before: MappingExercise | None) -> None:
        """Ask for one, or for its correction."""
        held = (before.held_from, before.held_to) if before else (None, None)
        fields = (
            *code_field(before.code if before else None, TOPIC),
            Asked("held_from", _("First day"), "date", value=day_words(held[0]) if held[0] else "", topic=TOPIC),
            Asked("held_to", _("Last day"), "date", value=day_words(held[1]) if held[1] else "", topic=TOPIC),
            Asked("area", _("Area"), "choice", area_choices(), value=before.area if before else "", topic=TOPIC),
            Asked("facilitator", _("Facilitator"), value=before.facilitator if before else "", topic=TOPIC),
            Asked(
                "methods",
                _("Methods (space bar)"),
                "several",
                choices("method"),
                value=",".join(before.methods) if before else "",
                topic=TOPIC,
            ),
            Asked("note", _("Note"), value=before.note if before else "", required=False, topic=TOPIC),
        )

        def give(form: AskingDialog, said: Answers) -> None:
            put_away(form)
            self._ask_people(dict(said), before)

        title = _("Correct the exercise") if before else _("New exercise")
        text = _("What it was. The number of participants is asked next.")
        self.dialog = ask_for(self, title, text, fields, ok=_("Go on"), give=give, columns=3)

    def _ask_people(self, first: Mapping[str, str], before: MappingExercise | None) -> None:
        known = dict(before.participants) if before else {}
        fields = [
            Asked(
                f"{_PEOPLE}{kind}",
                word("participant", kind),
                value=str(known.get(kind, "")),
                required=False,
                topic=TOPIC,
            )
            for kind in codes("participant")
        ]

        def job(said: Answers) -> Callable[[], object]:
            noun = _exercise(first, said, before)
            return lambda: self.parts.keep(noun, before is not None)

        text = _("How many of each kind; leave empty what was not counted.")
        self.form(_("Participants"), text, fields, job)


def _exercise(first: Mapping[str, str], said: Answers, before: MappingExercise | None) -> MappingExercise:
    people = [(kind, count_of(said[f"{_PEOPLE}{kind}"], f"{_PEOPLE}{kind}")) for kind in codes("participant")]
    return MappingExercise(
        code=before.code if before else first["code"].upper(),
        held_from=date.fromisoformat(first["held_from"]),
        held_to=date.fromisoformat(first["held_to"]),
        methods=several_of(first["methods"]),
        facilitator=first["facilitator"],
        area=first["area"],
        participants=tuple((kind, count) for kind, count in people if count is not None),
        note=first["note"],
    )


def _place_words(place: MappedPlace) -> str:
    named = f"{place.name} ({place.code}) · {word('place_type', place.type)}"
    return f"{named} · {words_of('season', place.season)} · {_volume(place.volume_class)}"


def _volume(code: str | None) -> str:
    return _("volume not known") if code is None else word("volume_class", code)
