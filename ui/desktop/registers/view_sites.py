"""The register of sites with their priority for surveillance: each factor, its weight, what it is from and of when."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit

from bmis.flows.affected import AffectedArea
from bmis.flows.map_paper import area_words
from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.place import MappedPlace
from bmis.flows.mobility.priority import FACTORS, Factor, SitePriority, priorities, weights_on
from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.reports.places import post_name
from ui.desktop.papers import typed_path
from ui.desktop.registers.view_mapped import MappedSection, code_field
from ui.desktop.registers.view_page import Act
from ui.desktop.registers.words import (
    Choices,
    choices,
    days_words,
    degrees_of,
    district_choices,
    kept_words,
    post_choices,
    several_of,
    word,
    words_of,
)
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.fields import DateField, iso_date
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.widgets.plain import LabelledField
from ui.words.figures import day_words, in_figures

TOPIC = "registers.sites"
_LISTS = {"volume": "volume_class", "connectivity": "connectivity", "vulnerability": "vulnerability"}


class SitesSection(MappedSection[MappedPlace]):
    """A site of which a factor is not known has no score: that is not the same as a low one."""

    topic = TOPIC
    _areas: tuple[AffectedArea, ...] | None = None
    _sites: tuple[SitePriority, ...] = ()

    def title(self) -> str:
        """Return its name."""
        return _("Sites and priority")

    def about(self) -> str:
        """Return what the page is for."""
        return _("Score = volume × link to affected areas × vulnerability; in brackets the weight of each.")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [
            Heading(_("Score")),
            Heading(_("Site"), wide=True),
            Heading(_("Volume")),
            Heading(_("Link")),
            Heading(_("Vulnerability")),
            Heading(_("Seen on")),
        ]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No site is on record. N records one.")

    def over_list(self) -> Sequence[LabelledField]:
        """Return the day of the weights and the affected areas."""
        self.day, self.areas = DateField(), QLineEdit()
        self.day.set_value(iso_date(self.parts.local_day().isoformat()))
        self.areas.setReadOnly(True)
        self.day.changed.connect(lambda value: self._score() if value is not None else None)
        return (LabelledField(self.day), LabelledField(self.areas))

    def kept(self) -> Sequence[Standing[MappedPlace]]:
        """Return them as they stand."""
        return self._found.places

    def new_words(self) -> str:
        """Return what the button for a new one says."""
        return _("New site…")

    def more_acts(self) -> Sequence[Act]:
        """Return what gives the affected areas."""
        return (Act("A", _("Affected areas…"), self.ask_areas, Permission.MAP_MOBILITY),)

    def retranslate(self) -> None:
        """Word the fields too."""
        for field, words in zip(self.fields, (_("Score on the day"), _("Affected areas on it")), strict=True):
            field.say(words)
        super().retranslate()

    def show_lines(self) -> None:
        """Show the highest score first, those without one last."""
        self.list.show_lines([self._line(one) for one in self._sites])
        if self._areas is None:
            words = _("nobody gave any")
        else:
            day = self._day()
            on = [one for one in self._areas if day is not None and one.on(day)]
            words = ", ".join(area_words(one.area, current_language()) for one in on) or _("none on that day")
        self.areas.setText(words)
        self.areas.setCursorPosition(0)

    def facts_of(self, key: object) -> Sequence[tuple[str, str]]:
        """Return how the score came about, and where what it is from was found."""
        site, kept = next((one for one in self._sites if one.place.code == key), None), self.standing(key)
        day = self._day()
        if site is None or kept is None or day is None:
            return ()
        place, weights = site.place, weights_on(day)
        sums = " × ".join("?" if factor.weight is None else str(factor.weight) for factor in site.factors.values())
        score = _("none: a factor is not known") if site.score is None else str(site.score)
        rule = _("weights {version}, from {day}").format(version=weights.version, day=day_words(weights.valid_from))
        where = area_words(place.adm2_pcode, current_language())
        facts = [
            (_("Score"), f"{sums} = {score}  ({rule})"),
            *((_factor_name(name), _factor_words(name, site.factors[name])) for name in FACTORS),
            (_("Site"), f"{place.code} · {word('place_type', place.type)} · {where}"),
            (_("What it is from"), self._evidence(place)),
            (_("Season"), words_of("season", place.season)),
            (_("Position"), _position_words(place)),
        ]
        if place.post_code is not None:
            facts.append((_("Post"), post_name(place.post_code)))
        if place.note:
            facts.append((_("Note"), place.note))
        return [*facts, (_("Recorded by"), kept_words(self.parts, kept))]

    def ask_areas(self) -> None:
        """Ask for the file of affected areas; an empty field takes them away."""
        text = _("Port health gives the list as a file of codes and dates. An empty field takes the areas away.")
        field = Asked("path", _("File"), required=False, topic="registers.affected")

        def job(said: Answers) -> Callable[[], object]:
            if not said["path"]:
                return lambda: None
            path = typed_path(said["path"], ".json")
            return lambda: self.parts.read_areas(path)

        def done(areas: tuple[AffectedArea, ...] | None) -> None:
            self._areas = areas
            self._score()

        self.form(_("Affected areas"), text, (field,), job, columns=1, ok=_("Score anew"), done=done)

    def on_found(self) -> None:
        """Score them anew."""
        self._score()

    def _day(self) -> date | None:
        value = self.day.value()
        if value is None or value.month is None or value.day is None:
            return None
        return date(value.year, value.month, value.day)

    def _score(self) -> None:
        day = self._day()
        if day is None:
            return
        places, routes = ([one.noun for one in self._found.places], [one.noun for one in self._found.routes])
        self._sites = tuple(priorities(places, routes, self._areas, day, weights_on(day)))
        self.show_lines()
        self.show_line()

    def _line(self, site: SitePriority) -> Line:
        factors = (_short(name, site.factors[name]) for name in FACTORS)
        score = _("not known") if site.score is None else str(site.score)
        place = site.place
        named = f"{place.name} · {word('place_type', place.type)}" if place.is_unofficial else place.name
        status = "grey" if site.score is None else ""
        return Line(place.code, (score, named, *factors, day_words(place.seen_on)), status)

    def _evidence(self, place: MappedPlace) -> str:
        seen = _("seen on {day}").format(day=day_words(place.seen_on))
        held = next((one.noun for one in self._found.exercises if one.noun.code == place.exercise), None)
        if held is None:
            return f"{seen}; {_('no exercise on record')}"
        days = days_words(held.held_from, held.held_to)
        return f"{seen}; {held.code} ({days}): {words_of('method', held.methods)}"

    def ask_one(self, before: MappedPlace | None) -> None:
        """Ask for one, or for its correction."""

        def job(said: Answers) -> Callable[[], object]:
            noun = _place(said, before)
            return lambda: self.parts.keep(noun, before is not None)

        exercises = tuple((one.noun.code, one.noun.code) for one in self._found.exercises)
        title = _("Correct {code}").format(code=before.code) if before else _("New site")
        fields = _fields(before, exercises, post_choices(self.parts.home_post()))
        self.form(title, _("Leave empty what nobody knows: not known is not low."), fields, job)


def _fields(before: MappedPlace | None, exercises: Choices, posts: Choices) -> Sequence[Asked]:
    def of(name: str) -> str:
        value = getattr(before, name, None)
        if isinstance(value, float):
            return in_figures(value)
        if isinstance(value, date):
            return day_words(value)
        return ",".join(value) if isinstance(value, tuple) else str(value or "")

    def asked(name: str, words: str, kind: str = "text", several: Choices = (), *, needed: bool = False) -> Asked:
        return Asked(name, words, kind, several, value=of(name), required=needed, topic=TOPIC)

    return (
        *code_field(before.code if before else None, TOPIC),
        asked("name", _("Name"), needed=True),
        asked("type", _("Type"), "choice", choices("place_type"), needed=True),
        asked("adm2_pcode", _("District"), "choice", district_choices(), needed=True),
        asked("seen_on", _("Seen on"), "date", needed=True),
        asked("exercise", _("Exercise"), "choice", exercises),
        asked("volume_class", _("Volume"), "choice", choices("volume_class")),
        asked("vulnerability", _("Vulnerability"), "choice", choices("vulnerability")),
        asked("post_code", _("Post, where it is one"), "choice", posts),
        asked("latitude", _("Latitude (degrees)")),
        asked("longitude", _("Longitude (degrees)")),
        asked("position_confidence", _("How the position is known"), "choice", choices("position_confidence")),
        asked("season", _("Season (space bar)"), "several", choices("season")),
        asked("note", _("Note")),
    )


def _place(said: Answers, before: MappedPlace | None) -> MappedPlace:
    return MappedPlace(
        code=before.code if before else said["code"].upper(),
        name=said["name"],
        type=said["type"],
        adm2_pcode=said["adm2_pcode"],
        seen_on=date.fromisoformat(said["seen_on"]),
        volume_class=said["volume_class"] or None,
        season=several_of(said["season"]),
        latitude=degrees_of(said["latitude"], "latitude"),
        longitude=degrees_of(said["longitude"], "longitude"),
        position_confidence=said["position_confidence"] or None,
        vulnerability=said["vulnerability"] or None,
        post_code=said["post_code"] or None,
        exercise=said["exercise"] or None,
        note=said["note"],
    )


def _short(name: str, factor: Factor) -> str:
    """The factor and its weight in brackets, as the list shows it."""
    words = word(_LISTS[name], factor.code)
    return words if factor.weight is None else f"{words} ({factor.weight})"


def _factor_words(name: str, factor: Factor) -> str:
    words = word(_LISTS[name], factor.code)
    return words if factor.weight is None else _("{words}: weight {weight}").format(words=words, weight=factor.weight)


def _factor_name(name: str) -> str:
    return {"volume": _("Volume"), "connectivity": _("Link"), "vulnerability": _("Vulnerability")}[name]


def _position_words(place: MappedPlace) -> str:
    if place.latitude is None or place.longitude is None:
        return _("not known")
    how = word("position_confidence", place.position_confidence)
    return f"{in_figures(place.latitude, 4)}; {in_figures(place.longitude, 4)} ({how})"
