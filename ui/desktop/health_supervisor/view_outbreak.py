"""Outbreak mode: what it would bring is shown before it starts, and a second person signs."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.outbreaks.outbreak import ExpectedLoad, OutbreakEvent, OutbreakState
from poe_health.outbreaks.run_outbreak_mode import END_MODE, START_MODE, ModeRequest
from poe_health.reports.emergency_words import emergency_lines, emergency_words
from poe_health.rules.definitions import rule_set
from ui.desktop.health_supervisor.typed import day_of, needed_count, needed_day
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, reason_field, second_person_fields
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.health import disease_word, draft_words
from ui.words.health_post import load_lines, outbreak_event_word

TOPIC = "health_post.mode"
MOST_ROOMS = 50
YES, NO = "yes", "no"


class ModePage(ActPage):
    """What holds now, and everything that ever did."""

    topic = "mode"
    shares = (6, 5)

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.events: tuple[OutbreakEvent, ...] = ()
        self.state: OutbreakState | None = None

    def title(self) -> str:
        """Return its name."""
        return _("Outbreak mode")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("When")), Heading(_("What"), wide=True), Heading(_("By"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Outbreak mode was never started here, and no list was ever approved.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done."""
        return {
            "start": Act(_("Start…"), self.ask_start, self._can_start, Key.DECIDE),
            "symptoms": Act(self._symptoms_words(), self.ask_symptoms, self._can_ease),
            "end": Act(_("End…"), self.ask_end, self._can_end),
        }

    def refresh(self) -> None:
        """Ask what holds."""
        parts = self.model.parts

        def work() -> tuple[OutbreakState, tuple[OutbreakEvent, ...]]:
            return parts.desk.outbreaks(parts.today()), parts.desk.outbreaks.history()

        self.ask(work, self._on_found)

    def choose(self, key: object) -> None:
        """Show the event."""
        self._show_state()

    # --- acts

    def ask_start(self) -> None:
        """Ask for what and how long; the expected load comes before anything starts."""
        today = self.model.parts.today()
        language = current_language()
        diseases = tuple((code, one.label(language)) for code, one in rule_set(today).diseases.items())
        truth = ((NO, _("No, advice only")), (YES, _("Yes, to secondary")))
        fields = [
            Asked("disease", _("Disease"), "choice", diseases, topic=TOPIC),
            Asked("disease_2", _("Second disease"), "choice", diseases, required=False, topic=TOPIC),
            Asked("valid_from", _("From"), "date", value=f"{today:%d/%m/%Y}", topic=TOPIC),
            Asked("valid_to", _("Until (empty: until it is ended)"), "date", required=False, topic=TOPIC),
            Asked("areas", _("Coming from an affected area, without symptoms"), "choice", truth, NO, topic=TOPIC),
            Asked("rooms", _("Rooms for secondary screening"), value="1", topic=TOPIC),
            reason_field(),
        ]
        self.form(
            _("Start outbreak mode"),
            _("Nothing starts yet: the expected load is shown first."),
            fields,
            self._load_of,
            self._on_load,
            ok=_("Show the expected load"),
            columns=2,
        )

    def ask_end(self) -> None:
        """Ask why it ends, and for the second signature."""
        parts, subject = self.model.parts, uuid4()

        def job(said: Answers) -> Job[OutbreakEvent]:
            def work() -> OutbreakEvent:
                approval = parts.desk.second.immediate(
                    END_MODE, subject, said["second"], said["second_password"], parts.by
                )
                return parts.desk.outbreak_mode.end(subject, said["reason"], parts.by, approval)

            return work

        self.form(
            _("End outbreak mode"),
            _("From now on the usual threshold and questions hold again."),
            [reason_field(), *second_person_fields()],
            job,
            self._on_done,
            ok=_("End"),
            grave=True,
        )

    def ask_symptoms(self) -> None:
        """Ask why, then switch: it is needed at once when the room is full."""
        parts, on = self.model.parts, not (self.state and self.state.symptoms_only)
        text = (
            _("The room is full: only signs of illness send to secondary; exposure alone is advice. It is recorded.")
            if on
            else _("Exposure sends to secondary again, as outbreak mode says. It is recorded.")
        )
        self.form(
            self._symptoms_words(),
            text,
            [reason_field()],
            lambda said: lambda: parts.desk.outbreak_mode.symptoms_only(on, said["reason"], parts.by),
            self._on_done,
        )

    # --- inside

    def _load_of(self, said: Answers) -> Job[tuple[ModeRequest, ExpectedLoad]]:
        parts = self.model.parts
        rooms = needed_count(said["rooms"], "rooms", MOST_ROOMS)
        first, last = needed_day(said["valid_from"], "valid_from"), day_of(said["valid_to"], "valid_to")
        diseases = tuple(dict.fromkeys(filter(None, (said["disease"], said["disease_2"]))))
        to_secondary = said["areas"] == YES

        def work() -> tuple[ModeRequest, ExpectedLoad]:
            load = parts.desk.expect_load(parts.by, areas_to_secondary=to_secondary, rooms=max(1, rooms))
            return ModeRequest(uuid4(), diseases, first, last, to_secondary, said["reason"], load), load

        return work

    def _on_load(self, found: tuple[ModeRequest, ExpectedLoad]) -> None:
        asked, load = found
        parts, day = self.model.parts, self.model.parts.today()
        names = ", ".join(disease_word(code, day) for code in asked.diseases)

        def job(said: Answers) -> Job[OutbreakEvent]:
            def work() -> OutbreakEvent:
                approval = parts.desk.second.immediate(
                    START_MODE, asked.subject_id, said["second"], said["second_password"], parts.by
                )
                return parts.desk.outbreak_mode.start(asked, parts.by, approval)

            return work

        self.form(
            _("Expected load: {names}").format(names=names),
            "\n".join([*load_lines(load), draft_words()]),
            second_person_fields(),
            job,
            self._on_done,
            ok=_("Start outbreak mode"),
            grave=True,
            columns=2,
        )

    def _on_done(self, event: OutbreakEvent) -> None:
        self.remarked.emit(f"{outbreak_event_word(event)}.", "")
        self.refresh()

    def _on_found(self, found: tuple[OutbreakState, tuple[OutbreakEvent, ...]]) -> None:
        self.state, events = found
        self.events = tuple(reversed(events))
        self.retranslate()
        self.counted.emit()

    def _runs(self) -> bool:
        return self.state is not None and self.state.mode is not None

    def _is_ahead(self) -> bool:
        return self.state is not None and self.state.ahead is not None

    def _can_start(self) -> bool:
        stands = self._runs() or self._is_ahead()
        return self.state is not None and not stands and self.model.may(Permission.MANAGE_OUTBREAKS)

    def _can_end(self) -> bool:
        return (self._runs() or self._is_ahead()) and self.model.may(Permission.MANAGE_OUTBREAKS)

    def _can_ease(self) -> bool:
        return self._runs() and self.model.may(Permission.ORDER_HEALTH_MEASURE)

    def _symptoms_words(self) -> str:
        return _("All questions again…") if self.state and self.state.symptoms_only else _("Symptoms only…")

    def show_all(self) -> None:
        """Show state and history."""
        local_time = self.model.parts.local_time
        self.show_lines(
            [
                Line(
                    event.id,
                    (
                        moment_words(local_time(event.recorded_at)),
                        outbreak_event_word(event),
                        event.by,
                    ),
                )
                for event in self.events
            ]
        )
        self._show_state()

    def _show_state(self) -> None:
        state, day = self.state, self.model.parts.today()
        if state is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts(())
            return
        emergencies = emergency_lines(state, day)
        standing = " ".join(emergency_words(one) + "." for one in state.emergencies_on(day) or ())
        if state.mode is None and state.ahead is not None and state.ahead.valid_from is not None:
            words = _("Outbreak mode begins on {day}").format(day=f"{state.ahead.valid_from:%d/%m/%Y}")
            self.banner.show_verdict("grey", words, standing)
        elif state.mode is None:
            at_hand = state.areas and state.outbreaks and state.emergencies and not state.old_lists(day)
            status = "amber" if standing else "green" if at_hand else "grey"  # off, and nobody knows whether rightly
            said = standing if at_hand else " ".join(filter(None, (standing, _("Lists not at hand") + ".")))
            self.banner.show_verdict(status, _("Outbreak mode is off"), said)
        else:
            names = ", ".join(disease_word(code, day) for code in state.mode.diseases)
            only = _("Symptoms only: the room is full.") if state.symptoms_only else ""
            said = " ".join(filter(None, (only, standing)))
            self.banner.show_verdict("amber", _("Outbreak mode: {names}").format(names=names), said)
        chosen = next((event for event in self.events if event.id == self.list.key()), None)
        rows = [] if chosen is None else event_rows(chosen)
        self.facts.show_facts([*rows, *(("", line) for line in emergencies), ("", draft_words())])


def event_rows(event: OutbreakEvent) -> list[tuple[str, str]]:
    """Return everything that an event says."""
    rows = [(outbreak_event_word(event), ""), (_("Reason"), event.reason)]
    rows.append((_("Signed by"), event.by if event.second is None else f"{event.by} + {event.second}"))
    if event.diseases and event.valid_from is not None:
        rows.append((_("Disease"), ", ".join(disease_word(code, event.valid_from) for code in event.diseases)))
    if event.valid_from is not None:
        until = f" – {event.valid_to:%d/%m/%Y}" if event.valid_to else ""
        rows.append((_("In force"), f"{event.valid_from:%d/%m/%Y}{until}"))
    if event.version is not None:
        count = len(event.areas or event.outbreaks or event.emergencies or ())
        rows.append((_("Version"), f"{event.version} ({count})"))
    if event.emergencies is not None:
        rows += [("", emergency_words(one)) for one in event.emergencies]
    if event.expected is not None:
        rows += [("", line) for line in load_lines(event.expected)]
    return rows
