"""The inspection of the conveyance in front (Annex 3): every area in one list, kept in one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.plain import plain, value_of
from poe_health.rules.answer import Answer
from poe_health.voyages.events import AreaSeen, ConveyanceInspected
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.settings import inspection_areas, measures
from ui.desktop.health_supervisor.typed import day_of
from ui.desktop.health_supervisor.view_half_typed import Typed
from ui.desktop.health_supervisor.view_page import Act, Job
from ui.desktop.health_supervisor.view_typed_sheet import TypedSheet
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.health_post_voyages import area_word, voyage_title
from ui.words.health_secondary import answer_word, worded

TOPIC = "health_post.inspection"
_STATUS = {Answer.YES: "red", Answer.NO: "green", Answer.UNKNOWN: "grey"}


class InspectionPage(TypedSheet):
    """1 evidence, 2 none found, 3 not looked at; 4 the rest of the area. F12 keeps all areas that were looked at."""

    topic = "inspection"
    kind = "inspection"
    shares = (7, 5)

    def blank(self) -> None:
        """Begin with no area looked at."""
        self.areas: dict[str, AreaSeen] = {}
        self.remarks: dict[str, str] = {}

    def typed(self) -> Typed:
        """Return the areas and the remarks."""
        return {"areas": [plain(one) for one in self.areas.values()], "remarks": dict(self.remarks)}

    def take(self, typed: Typed) -> None:
        """Show an inspection that was left half typed."""
        areas, remarks = typed["areas"], typed["remarks"]
        if not isinstance(areas, Sequence) or not isinstance(remarks, Mapping):
            raise TypeError("no inspection")
        seen = [value_of(AreaSeen, one) for one in areas]
        self.areas = {one.area: one for one in seen if one.area in inspection_areas()}
        self.remarks = {str(name): str(text) for name, text in remarks.items() if name in self.areas}

    def title(self) -> str:
        """Return its name."""
        return _("Inspection")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Area"), wide=True), Heading(_("Evidence")), Heading(_("Measure that is needed"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Choose a voyage first.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be said of an area, and keeping."""
        return {
            "yes": Act(_("Evidence"), lambda: self.say(Answer.YES), self._may),
            "no": Act(_("None found"), lambda: self.say(Answer.NO), self._may),
            "out": Act(_("Leave out"), self.leave_out, self._is_seen),
            "details": Act(_("Details…"), self.ask_details, self._may),
            "anew": Act(_("Begin anew…"), lambda: self.sure_to_give_up(self.given_up), lambda: self._typed),
            "keep": Act(_("Keep…"), self.ask_keep, lambda: self._may() and bool(self.areas), Key.DECIDE),
        }

    def choose(self, key: object) -> None:
        """Show the area whole."""
        self._show_area()

    def open_line(self, key: object) -> None:
        """Enter asks for the rest of the area."""
        if self._may():
            self.ask_details()

    # --- acts

    def say(self, evidence: Answer) -> None:
        """Say what was found in the area where one is, and go to the next."""
        area = self.list.key()
        if not isinstance(area, str):
            return
        self.areas[area] = replace(self.areas.get(area, AreaSeen(area)), evidence=evidence)
        self.touched()
        codes = [line.key for line in self.list.lines()]
        self.list.go_to(codes[min(codes.index(area) + 1, len(codes) - 1)])

    def leave_out(self) -> None:
        """Nobody looked at the area after all."""
        area = self.list.key()
        if isinstance(area, str):
            self.areas.pop(area, None)
            self.remarks.pop(area, None)
            self.touched()

    def ask_details(self) -> None:
        """Ask for everything of one area."""
        area = self.list.key()
        if not isinstance(area, str):
            return
        seen = self.areas.get(area, AreaSeen(area))
        day = seen.reinspect_on
        needed = ((("", "—"),) if seen.measure else ()) + worded(measures())
        fields = [
            self._answer("evidence", _("Evidence of infection or contamination"), seen.evidence),
            self._answer("sample", _("Sample positive"), seen.sample),
            self._answer("papers_seen", _("Papers looked through"), seen.papers_seen),
            Asked("measure", _("Measure that is needed"), "choice", needed, seen.measure or "", required=False,
                  topic=TOPIC),
            Asked("reinspect_on", _("Look again on"), "date", value=f"{day:%d/%m/%Y}" if day else "", required=False,
                  topic=TOPIC),
            Asked("remark", _("Remark"), value=self.remarks.get(area, ""), required=False, topic=TOPIC),
        ]  # fmt: skip

        def job(said: Answers) -> Job[tuple[AreaSeen, str]]:
            found = AreaSeen(
                area,
                Answer(said["evidence"]),
                Answer(said["sample"]),
                Answer(said["papers_seen"]),
                said["measure"] or None,
                day_of(said["reinspect_on"], "reinspect_on"),
            )
            return lambda: (found, said["remark"])

        def done(made: tuple[AreaSeen, str]) -> None:
            found, remark = made
            self.areas[area] = found
            self.remarks.pop(area, None)
            if remark:
                self.remarks[area] = remark
            self.touched()

        self.form(area_word(area), _("A dash is: not known."), fields, job, done, columns=2)

    def ask_keep(self) -> None:
        """Ask when, and keep every area that was looked at in one inspection."""
        shown = self.shown
        if shown is None or not self.areas:
            return
        voyages, by, request_id = self.model.voyages, self.model.parts.by, self.request_id
        areas, remarks = tuple(self.areas.values()), dict(self.remarks)

        def job(said: Answers) -> Job[KeptVoyage]:
            at = self.moment(said)
            return lambda: voyages.inspect(shown.voyage.id, request_id, areas, at, by, remarks)

        words = _("Areas looked at: {count} of {all}. What is left out was not looked at.")
        text = words.format(count=len(areas), all=len(inspection_areas()))
        self.form(_("Inspection (Annex 3)"), text, [self.when_field()], job, self.kept)

    # --- inside

    def _may(self) -> bool:
        return self.shown is not None and self.model.may(Permission.EXAMINE_TRAVELLER)

    def _is_seen(self) -> bool:
        return self._may() and self.list.key() in self.areas

    def _answer(self, name: str, label: str, value: Answer) -> Asked:
        said = tuple((one.value, answer_word(one)) for one in (Answer.UNKNOWN, Answer.YES, Answer.NO))
        return Asked(name, label, "choice", said, value.value, required=False, topic=TOPIC)

    def show_all(self) -> None:
        """Show every area; those that nobody looked at have a dash."""
        if self.shown is None:
            self.show_lines([])
            self.banner.show_verdict("grey", _("No voyage is chosen"))
            self.facts.show_facts(())
            return
        language = current_language()
        lines = []
        for code in inspection_areas():
            seen = self.areas.get(code)
            needed = measures()[seen.measure].label(language) if seen and seen.measure else ""
            words = "—" if seen is None else answer_word(seen.evidence) if seen.evidence is not Answer.UNKNOWN else "?"
            lines.append(Line(code, (area_word(code), words, needed), _STATUS[seen.evidence] if seen else ""))
        self.show_lines(lines)
        self._show_area()

    def _show_area(self) -> None:
        shown = self.shown
        if shown is None:
            return
        found = any(one.evidence is Answer.YES for one in self.areas.values())
        typed = _("Areas looked at: {count}, not kept yet.").format(count=len(self.areas)) if self._typed else ""
        self.banner.show_verdict("amber" if found or self._typed else "grey", voyage_title(shown.voyage), typed)
        area = self.list.key()
        rows: list[tuple[str, str]] = []
        seen = self.areas.get(area) if isinstance(area, str) else None
        if isinstance(area, str):
            rows.append((area_word(area), ""))
        if seen is not None:
            rows += [
                (_("Evidence"), answer_word(seen.evidence)),
                (_("Sample positive"), answer_word(seen.sample)),
                (_("Papers looked through"), answer_word(seen.papers_seen)),
                (_("Look again on"), f"{seen.reinspect_on:%d/%m/%Y}" if seen.reinspect_on else "—"),
                (_("Remark"), self.remarks.get(seen.area, "—")),
            ]
        local = self.model.parts.local_time
        for one in shown.voyage.of(ConveyanceInspected):
            words = ", ".join(f"{area_word(each.area)}: {answer_word(each.evidence)}" for each in one.areas)
            rows.append((moment_words(local(one.at)), words))
        self.facts.show_facts(rows)
