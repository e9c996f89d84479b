"""What the Director-General of WHO determined: dated and written down under two names, never computed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.outbreaks.outbreak import EmergencyLevel, ListedEmergency, OutbreakEvent, OutbreakState
from poe_health.outbreaks.run_outbreak_mode import APPROVE_LIST
from poe_health.reports.emergency_words import emergency_lines, emergency_words, level_word
from poe_health.rules.definitions import rule_set
from ui.desktop.health_supervisor.typed import needed_day
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, reason_field, second_person_fields
from ui.desktop.widgets.lines import Heading, Line
from ui.words.figures import day_words
from ui.words.health import disease_word

TOPIC = "health_post.emergencies"


class EmergenciesPage(ActPage):
    """What is typed here holds nothing until two people approved it."""

    topic = "emergencies"
    shares = (6, 5)
    columns = 2

    def prepare(self) -> None:
        """Set what the page keeps; ``typed`` None is the list as it was approved."""
        self.state: OutbreakState | None = None
        self.typed: tuple[ListedEmergency, ...] | None = None

    def title(self) -> str:
        """Return its name."""
        return _("Emergencies (WHO)")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Disease"), wide=True), Heading(_("Level"), wide=True), Heading(_("Since")),
                Heading(_("Until"))]  # fmt: skip

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No entry. Approve an empty list to say that there are none; until then it is not known.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done."""
        return {
            "add": Act(_("Add…"), self.ask_emergency, self._may),
            "over": Act(_("It ended…"), self.ask_end, self._stands),
            "take_off": Act(_("Take off"), self.take_off, lambda: self._may() and self.list.key() is not None),
            "undo": Act(_("Undo changes"), self.undo, self.unsaved),
            "approve": Act(_("Approve the list…"), self.ask_approval, self._may, Key.DECIDE),
        }

    def unsaved(self) -> bool:
        """Return whether something typed was not approved."""
        return self.typed is not None

    def refresh(self) -> None:
        """Ask what is approved; what was typed stays."""
        parts = self.model.parts
        self.ask(lambda: parts.desk.outbreaks(parts.today()), self._on_state)

    def choose(self, key: object) -> None:
        """Show the entry."""
        self._show_entry()

    # --- acts

    def ask_emergency(self) -> None:
        """Ask what WHO determined, when, and where that is said."""
        language = current_language()
        diseases = rule_set(self.model.parts.today()).diseases
        fields = [
            Asked("disease", _("Disease"), "choice",
                  tuple((code, one.label(language)) for code, one in diseases.items()), topic=TOPIC),
            Asked("level", _("Level"), "choice", tuple((one.value, level_word(one)) for one in EmergencyLevel),
                  topic=TOPIC),
            Asked("determined_on", _("Determined on"), "date", topic=TOPIC),
            Asked("source", _("Source: who says so"), topic=TOPIC),
        ]  # fmt: skip

        def job(said: Answers) -> Job[ListedEmergency]:
            day = needed_day(said["determined_on"], "determined_on")
            found = ListedEmergency(said["disease"], EmergencyLevel(said["level"]), day, said["source"])
            return lambda: found

        self.form(
            _("Emergency that WHO determined"),
            _("Only what its Director-General said, never what the numbers here suggest. Two people approve it."),
            fields,
            job,
            lambda found: self._put((*self.listed(), found)),
            ok=_("Put on the list"),
            columns=2,
        )

    def ask_end(self) -> None:
        """Ask on which day WHO ended it."""
        at = self.list.key()
        if not isinstance(at, int):
            return

        def job(said: Answers) -> Job[date]:
            day = needed_day(said["ended_on"], "ended_on")
            return lambda: day

        def done(day: date) -> None:
            listed = self.listed()
            self._put((*listed[:at], replace(listed[at], ended_on=day), *listed[at + 1 :]))

        self.form(_("It ended"), emergency_words(self.listed()[at]),
                  [Asked("ended_on", _("Ended on"), "date", topic=TOPIC)], job, done)  # fmt: skip

    def take_off(self) -> None:
        """Take the entry where one is off the new version."""
        at = self.list.key()
        if isinstance(at, int):
            self._put(tuple(one for place, one in enumerate(self.listed()) if place != at))

    def undo(self) -> None:
        """Go back to what is approved."""
        self.typed = None
        self.retranslate()

    def ask_approval(self) -> None:
        """Ask from when, why, and for the second signature."""
        parts, subject, listed = self.model.parts, uuid4(), self.listed()
        today = parts.today()

        def job(said: Answers) -> Job[OutbreakEvent]:
            starts = needed_day(said["valid_from"], "valid_from")

            def work() -> OutbreakEvent:
                signed = parts.desk.second.immediate(
                    APPROVE_LIST, subject, said["second"], said["second_password"], parts.by
                )
                return parts.desk.approve_lists.emergencies(subject, listed, starts, said["reason"], parts.by, signed)

            return work

        def done(event: OutbreakEvent) -> None:
            self.typed = None
            self.remarked.emit(_("Approved: version {version}.").format(version=event.version), "")
            self.refresh()

        words = [emergency_words(one) for one in listed] or [_("The list is empty: it says that there are none.")]
        fields = [Asked("valid_from", _("From"), "date", value=day_words(today), topic=TOPIC), reason_field(),
                  *second_person_fields()]  # fmt: skip
        self.form(_("Approve the emergencies"), "\n".join(words), fields, job, done, ok=_("Approve and sign"),
                  grave=True, columns=2)  # fmt: skip

    # --- inside

    def listed(self) -> tuple[ListedEmergency, ...]:
        """Return the new version, else the one that was approved."""
        if self.typed is not None:
            return self.typed
        event = self.state.emergencies if self.state else None
        return (event.emergencies or ()) if event else ()

    def _may(self) -> bool:
        return self.state is not None and self.model.may(Permission.MANAGE_OUTBREAKS)

    def _stands(self) -> bool:
        at = self.list.key()
        return self._may() and isinstance(at, int) and self.listed()[at].ended_on is None

    def _put(self, listed: tuple[ListedEmergency, ...]) -> None:
        self.typed = listed
        self.retranslate()

    def _on_state(self, state: OutbreakState) -> None:
        self.state = state
        self.retranslate()

    def show_all(self) -> None:
        """Show the entries."""
        today = self.model.parts.today()
        lines = []
        for at, one in enumerate(self.listed()):
            until = "—" if one.ended_on is None else day_words(one.ended_on)
            cells = (disease_word(one.disease, date.max), level_word(one.level), day_words(one.determined_on), until)
            status = "amber" if self.unsaved() else "red" if one.holds_on(today) else "grey"
            lines.append(Line(at, cells, status))
        self.show_lines(lines)
        self._show_entry()

    def _show_entry(self) -> None:
        state, today = self.state, self.model.parts.today()
        if state is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts(())
            return
        standing = state.emergencies_on(today)
        if self.unsaved():
            words = _("What is marked holds nothing until two signed.")
            self.banner.show_verdict("amber", _("Not approved yet"), words)
        elif standing is None:
            self.banner.show_verdict("grey", _("Never entered"), _("That is not known, and not “none”."))
        elif standing:
            self.banner.show_verdict("amber", _("Emergencies that stand: {count}").format(count=len(standing)))
        else:
            self.banner.show_verdict("green", _("No emergency stands"))
        at, rows = self.list.key(), []
        if isinstance(at, int) and at < len(self.listed()):
            one = self.listed()[at]
            rows += [(emergency_words(one), ""), (_("Source"), one.source)]
        event = state.emergencies
        if event is not None and event.valid_from is not None:
            kept = _("version {version} since {day}, {names}").format(
                version=event.version, day=day_words(event.valid_from), names=f"{event.by} + {event.second}"
            )
            rows.append((_("In force"), kept))
        rows += [("", line) for line in emergency_lines(state, today)]
        self.facts.show_facts(rows)
