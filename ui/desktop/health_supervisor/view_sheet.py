"""The whole sheet of a voyage: carrier, IMO number, hours, stops, an own seat plan. Typed in parts, kept in one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bmis.kernel.actor import Permission
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.plain import plain, value_of
from poe_health.voyages.conveyance_measures import Passage
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.settings import layouts
from poe_health.voyages.sheet import MOST_STOPS, Stop, Waters
from ui.desktop.health_supervisor.typed import moment_of
from ui.desktop.health_supervisor.view_half_typed import Typed
from ui.desktop.health_supervisor.view_page import Act, Job
from ui.desktop.health_supervisor.view_typed_sheet import TypedSheet
from ui.desktop.health_supervisor.voyage_parts import (
    NO_NUMBERS,
    NUMBERED,
    OWN,
    PARTS,
    HalfSheet,
    half_of,
    in_charge_of,
    sheet_of,
)
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, reason_field
from ui.desktop.widgets.fields import iso_date
from ui.desktop.widgets.lines import Heading, Line
from ui.words.health_post_voyages import passage_word, voyage_title
from ui.words.health_secondary import choice_words
from ui.words.voyage_sheet import sheet_field_word, sheet_part_word, waters_word

TOPIC = "health_post.sheet"
_NEEDED = frozenset({"conveyance", "number", "day", "origin", "destination"})


class SheetPage(TypedSheet):
    """Enter opens the part where one is. F12 keeps: a new voyage, or a correction of the one in front."""

    topic = "sheet"
    kind = "voyage"
    new = False  # a new voyage is typed, whichever is in front

    def blank(self) -> None:
        """Begin with the sheet of the voyage in front, or an empty one."""
        on_record = self.shown is not None and not self.new
        if on_record and self.shown is not None:
            self.half = half_of(self.shown.voyage.sheet, self._words_of)
        else:
            self.half = HalfSheet({"day": self.model.parts.today().isoformat(), "passage": Passage.CALLS.value})

    def about(self) -> str:
        """Return the voyage in front, "" for a new one."""
        return "" if self.new else super().about()

    def typed(self) -> Typed:
        """Return texts and stops."""
        return {"texts": dict(self.half.texts), "stops": [plain(one) for one in self.half.stops]}

    def take(self, typed: Typed) -> None:
        """Show a sheet that was left half typed."""
        texts, stops = typed["texts"], typed["stops"]
        if not isinstance(texts, Mapping) or not isinstance(stops, Sequence):
            raise TypeError("no sheet")
        said = {str(name): str(text) for name, text in texts.items()}
        self.half = HalfSheet(said, tuple(value_of(Stop, one) for one in stops))

    def title(self) -> str:
        """Return its name."""
        return _("Whole sheet")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Part"), wide=True), Heading(_("Filled in"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Your role writes no voyage down.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with the sheet."""
        return {
            "open": Act(_("Fill in…"), self.open_part, self._may),
            "stop": Act(_("Stop…"), lambda: self.ask_stop(None), lambda: len(self.half.stops) < MOST_STOPS),
            "off": Act(_("Take off"), self.take_off, lambda: isinstance(self.list.key(), int)),
            "new": Act(_("New voyage"), self.begin_new, lambda: self._may() and not self.new),
            "anew": Act(_("Begin anew…"), lambda: self.sure_to_give_up(self.given_up), lambda: self._typed),
            "keep": Act(_("Keep…"), self.keep, lambda: self._may() and self._typed, Key.DECIDE),
        }

    def open_line(self, key: object) -> None:
        """Enter opens the part."""
        self.open_part()

    # --- acts

    def begin_new(self) -> None:
        """Begin a new voyage; what was typed of the one in front stays its draft."""
        self._half.now()
        self.new = True
        self._begin()
        self._half.bring_back(self.about(), self._on_half)
        self.retranslate()
        self.list.setFocus()

    def open_part(self) -> None:
        """Ask for the part, or the stop, where one is."""
        key = self.list.key()
        if isinstance(key, str):
            self.ask_part(key)
        elif isinstance(key, int):
            self.ask_stop(key)

    def ask_part(self, part: str) -> None:
        """Ask for one part of the sheet; afterwards one stands on the next."""
        fields = [self._field(name) for name in PARTS[part]]

        def job(said: Answers) -> Job[tuple[tuple[str, str], ...]]:
            self._moment_of(said.get("arrived_at", ""))
            answers = tuple(said.items())
            return lambda: answers

        def done(said: tuple[tuple[str, str], ...]) -> None:
            self.half = self.half.having(dict(said))
            self.touched()
            order = [line.key for line in self.list.lines()]
            self.list.go_to(order[min(order.index(part) + 1, len(order) - 1)])

        self.form(sheet_part_word(part), "", fields, job, done, columns=2)

    def ask_stop(self, at: int | None) -> None:
        """Ask for a place on the way, with its hours."""
        before = self.half.stops[at] if at is not None else Stop("")
        fields = [
            Asked("place", _("Place"), value=before.place, topic=TOPIC),
            *(
                replace(self.when_field(name, words), value=self._words_of(hour) if hour else "")
                for name, words, hour in (
                    ("arrived_at", _("Arrived there"), before.arrived_at),
                    ("left_at", _("Left there"), before.left_at),
                )
            ),
        ]

        def job(said: Answers) -> Job[Stop]:
            stop = Stop(said["place"], *(self._moment_of(said[name], name) for name in ("arrived_at", "left_at")))
            return lambda: stop

        def done(stop: Stop) -> None:
            stops = self.half.stops
            put = (*stops, stop) if at is None else (*stops[:at], stop, *stops[at + 1 :])
            self.half = replace(self.half, stops=put)
            self.touched()

        self.form(_("Stop"), "", fields, job, done)

    def take_off(self) -> None:
        """Take the stop where one is off the sheet."""
        at = self.list.key()
        if isinstance(at, int):
            stops = self.half.stops
            self.half = replace(self.half, stops=stops[:at] + stops[at + 1 :])
            self.touched()

    def keep(self) -> None:
        """Keep a new voyage at once, a correction with its reason; what is refused stays here."""
        try:
            sheet, charge = sheet_of(self.half, self._moment_of), in_charge_of(self.half)
        except BmisError as error:
            self.noticed.emit(error)
            return
        voyages, by, request_id = self.model.voyages, self.model.parts.by, self.request_id
        if self.shown is None or self.new:
            self.ask(lambda: voyages.record(request_id, sheet, charge, by), self.kept)
            return
        found: UUID = self.shown.voyage.id

        def job(said: Answers) -> Job[KeptVoyage]:
            reason = said["reason"]
            return lambda: voyages.correct(found, request_id, sheet, reason, by, charge)

        number = self.shown.voyage.number
        self.form(_("Correct {number}").format(number=number), "", [reason_field()], job, self.kept)

    def kept(self, kept: KeptVoyage) -> None:
        """It is on record, and in front."""
        self.new, self.front.id, self.shown = False, kept.id, None
        super().kept(kept)

    def forget(self) -> None:
        """Keep what is typed as a draft and show nobody."""
        super().forget()
        self.new = False

    # --- inside

    def _may(self) -> bool:
        return self.model.may(Permission.SCREEN_HEALTH)

    def _moment_of(self, typed: str, where: str = "arrived_at") -> datetime | None:
        """Return a moment; unlike the moment of an act an empty one is not known, never now."""
        now = self.model.parts.now()
        return moment_of(typed, where, now, self.model.parts.local_time(now)) if typed.strip() else None

    def _words_of(self, at: datetime) -> str:
        return f"{self.model.parts.local_time(at):%d%m%Y %H%M}"

    def _field(self, name: str) -> Asked:
        value, label, required = self.half.text(name), sheet_field_word(name), name in _NEEDED
        if name == "day":
            day = iso_date(value)
            shown = f"{day.day:02d}/{day.month:02d}/{day.year}" if day and day.day and day.month else ""
            return Asked(name, label, "date", value=shown, topic=TOPIC)
        if name == "arrived_at":
            return replace(self.when_field(name, label), value=value, hint=_("hhmm, or ddmmyyyy hhmm"))
        found = _choices(name)
        if found is None:
            return Asked(name, label, value=value, required=required, topic=TOPIC)
        none = (("", "—"),) if value and not required else ()
        return Asked(name, label, "choice", (*none, *found), value, required=required, topic=TOPIC)

    def show_all(self) -> None:
        """Show the parts and the stops, and what they say."""
        if not self._may():
            self.show_lines([])
            return
        lines = []
        for part, names in PARTS.items():
            said = " · ".join(filter(None, (self._shown(name) for name in names)))
            lacks = any(name in _NEEDED and not self.half.text(name) for name in names)
            lines.append(Line(part, (sheet_part_word(part), said or "—"), "amber" if lacks else ""))
        for at, stop in enumerate(self.half.stops):
            lines.append(Line(at, (_("Stop {number}").format(number=at + 1), stop.place), ""))
        self.show_lines(lines)
        on_record = self.shown.voyage if self.shown is not None and not self.new else None
        title = voyage_title(on_record) if on_record else _("New voyage")
        state = _("Typed, not kept yet. F12 keeps it.") if self._typed else _("Enter opens a part.")
        self.banner.show_verdict("amber" if self._typed else "grey", title, state)
        rows = [(sheet_field_word(name), self._shown(name)) for names in PARTS.values() for name in names]
        local = self.model.parts.local_time
        for at, stop in enumerate(self.half.stops, 1):
            hours = [f"{local(one):%d/%m/%Y %H:%M}" if one else "—" for one in (stop.arrived_at, stop.left_at)]
            rows.append((_("Stop {number}").format(number=at), f"{stop.place}, {hours[0]} – {hours[1]}"))
        self.facts.show_facts([(label, said) for label, said in rows if said])

    def _shown(self, name: str) -> str:
        """Return what a field says, in words."""
        value = self.half.text(name)
        found = dict(_choices(name) or ())
        if name == "day":
            day = iso_date(value)
            return f"{day.day:02d}/{day.month:02d}/{day.year}" if day and day.day and day.month else value
        return found.get(value, value)


def _choices(name: str) -> tuple[tuple[str, str], ...] | None:
    """Return what a field may be; None: it is typed."""
    if name in ("conveyance", "direction"):
        return choice_words(name)
    if name == "waters":
        return tuple((one.value, waters_word(one.value)) for one in Waters)
    if name == "passage":
        return tuple((one.value, passage_word(one)) for one in Passage)
    if name == "seating":
        usual = tuple((code, one.label(current_language())) for code, one in layouts().items())
        return (
            (NO_NUMBERS, _("no numbered seats")),
            (NUMBERED, _("numbered, plan not known")),
            (OWN, _("own plan of this vehicle")),
            *usual,
        )
    return None
