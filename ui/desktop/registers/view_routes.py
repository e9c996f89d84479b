"""The routes that people take, from mapping exercises and other sources."""

from collections.abc import Callable, Sequence
from datetime import date

from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.place import MappedPlace, MappedRoute
from bmis.kernel.i18n import translate as _
from ui.desktop.registers.view_mapped import MappedSection, code_field
from ui.desktop.registers.words import (
    Choices,
    area_choices,
    choices,
    end_words,
    kept_words,
    post_choices,
    several_of,
    word,
    words_of,
)
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.figures import day_words

TOPIC = "registers.routes"


class RoutesSection(MappedSection[MappedRoute]):
    """An end is a mapped site, a post, an area or a State."""

    topic = TOPIC

    def title(self) -> str:
        """Return its name."""
        return _("Mapped routes")

    def about(self) -> str:
        """Return what the page is for."""
        return _("Routes join sites, posts and areas; from them comes the link of a site to affected areas.")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [
            Heading(_("Code")),
            Heading(_("From"), wide=True),
            Heading(_("To"), wide=True),
            Heading(_("Means")),
            Heading(_("Volume")),
            Heading(_("Source")),
        ]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No route is on record. N records one.")

    def kept(self) -> Sequence[Standing[MappedRoute]]:
        """Return them as they stand."""
        return self._found.routes

    def new_words(self) -> str:
        """Return what the button for a new one says."""
        return _("New route…")

    def show_lines(self) -> None:
        """Show them by code."""
        routes = sorted((one.noun for one in self._found.routes), key=lambda one: one.code)
        self.list.show_lines([self._line(one) for one in routes])

    def facts_of(self, key: object) -> Sequence[tuple[str, str]]:
        """Return the route in full."""
        one = self.standing(key)
        if one is None:
            return ()
        said, places = one.noun, self._places()
        ends = [(_("From"), said.origin), (_("To"), said.destination)]
        facts = [(name, f"{end_words(code, places)} · {_unofficial(code, places)}") for name, code in ends]
        facts += [
            (_("Season"), words_of("season", said.season)),
            (_("Exercise"), said.exercise or _("none on record")),
            (_("Seen or told on"), day_words(said.seen_on)),
        ]
        if said.note:
            facts.append((_("Note"), said.note))
        return [*facts, (_("Recorded by"), kept_words(self.parts, one))]

    def _places(self) -> list[MappedPlace]:
        return [one.noun for one in self._found.places]

    def _line(self, said: MappedRoute) -> Line:
        places = self._places()
        return Line(
            said.code,
            (
                said.code,
                end_words(said.origin, places),
                end_words(said.destination, places),
                word("transport_mode", said.mode),
                word("volume_class", said.volume_class),
                word("route_source", said.source),
            ),
        )

    def ask_one(self, before: MappedRoute | None) -> None:
        """Ask for one, or for its correction."""

        def job(said: Answers) -> Callable[[], object]:
            noun = MappedRoute(
                code=before.code if before else said["code"].upper(),
                origin=said["origin"],
                destination=said["destination"],
                mode=said["mode"],
                source=said["source"],
                seen_on=date.fromisoformat(said["seen_on"]),
                season=several_of(said["season"]),
                volume_class=said["volume_class"] or None,
                exercise=said["exercise"] or None,
                note=said["note"],
            )
            return lambda: self.parts.keep(noun, before is not None)

        sites = tuple((one.code, f"{one.name} ({one.code})") for one in self._places())
        ends = (*sites, *post_choices(self.parts.home_post()), *area_choices())
        exercises = tuple((one.noun.code, one.noun.code) for one in self._found.exercises)
        title = _("Correct {code}").format(code=before.code) if before else _("New route")
        text = _("Letters typed in a list bring the line that begins with them: sites, then posts, then areas.")
        self.form(title, text, _fields(before, ends, exercises), job)


def _fields(before: MappedRoute | None, ends: Choices, exercises: Choices) -> Sequence[Asked]:
    def of(name: str) -> str:
        return str(getattr(before, name, None) or "")

    seen = day_words(before.seen_on) if before else ""
    season = ",".join(before.season) if before else ""
    return (
        *code_field(before.code if before else None, TOPIC),
        Asked("origin", _("From"), "choice", ends, value=of("origin"), topic=TOPIC),
        Asked("destination", _("To"), "choice", ends, value=of("destination"), topic=TOPIC),
        Asked("mode", _("Means"), "choice", choices("transport_mode"), value=of("mode"), topic=TOPIC),
        Asked("source", _("Source"), "choice", choices("route_source"), value=of("source"), topic=TOPIC),
        Asked("seen_on", _("Seen or told on"), "date", value=seen, topic=TOPIC),
        Asked("volume_class", _("Volume"), "choice", choices("volume_class"), of("volume_class"), False, topic=TOPIC),
        Asked("exercise", _("Exercise"), "choice", exercises, of("exercise"), False, topic=TOPIC),
        Asked("note", _("Note"), value=of("note"), required=False, topic=TOPIC),
        Asked("season", _("Season (space bar)"), "several", choices("season"), season, False, topic=TOPIC),
    )


def _unofficial(code: str, places: Sequence[MappedPlace]) -> str:
    found = next((one for one in places if one.code == code), None)
    return code if found is None else f"{code} · {word('place_type', found.type)}"
