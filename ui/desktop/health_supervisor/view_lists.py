"""The dated lists: affected areas and outbreaks. A whole new version is made here and approved by two."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import uuid4

from bmis.documents.states import iso3, states
from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.outbreaks.outbreak import ListedArea, ListedOutbreak, OutbreakEvent, OutbreakEventKind, OutbreakState
from poe_health.outbreaks.run_outbreak_mode import APPROVE_LIST
from poe_health.rules.definitions import rule_set
from poe_health.screening.journey import AffectedArea
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import day_of, needed_day
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.widgets.asking import Answers, Asked, reason_field, second_person_fields
from ui.desktop.widgets.lines import Heading, Line
from ui.words.health import disease_word, draft_words, list_words
from ui.words.health_post import outbreak_event_word

TOPIC = "health_post.lists"
AREA, OUTBREAK = "area", "outbreak"


class ListsPage(ActPage):
    """What is typed here holds nothing until two people approved it."""

    topic = "lists"
    shares = (6, 5)
    columns = 2

    def prepare(self) -> None:
        """Set what the page keeps; a list None is as it was approved."""
        self.state: OutbreakState | None = None
        self.areas: tuple[ListedArea, ...] | None = None
        self.outbreaks: tuple[ListedOutbreak, ...] | None = None

    def title(self) -> str:
        """Return its name."""
        return _("Areas and outbreaks")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Disease"), wide=True), Heading(_("Where"), wide=True), Heading(_("Days"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No entry. Approve an empty list to say that there are none; until then it is not known.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done."""
        return {
            "area": Act(_("Add area…"), self.ask_area, self._may),
            "outbreak": Act(_("Add outbreak…"), self.ask_outbreak, self._may),
            "take_off": Act(_("Take off"), self.take_off, self._can_take_off),
            "undo": Act(_("Undo changes"), self.undo, self.unsaved),
            "approve_areas": Act(_("Approve areas…"), lambda: self.ask_approval(AREA), self._may),
            "approve_outbreaks": Act(_("Approve outbreaks…"), lambda: self.ask_approval(OUTBREAK), self._may),
        }

    def unsaved(self) -> bool:
        """Return whether something typed was not approved."""
        return self.areas is not None or self.outbreaks is not None

    def refresh(self) -> None:
        """Ask what is approved; what was typed stays."""
        parts = self.model.parts
        self.ask(lambda: parts.desk.outbreaks(parts.today()), self._on_state)

    def choose(self, key: object) -> None:
        """Show the entry."""
        self._show_entry()

    # --- acts

    def ask_area(self) -> None:
        """Ask for an affected area."""
        fields = [
            self._disease(),
            Asked("country", _("Country (three letters)"), topic=TOPIC),
            Asked("admin1", _("Province or region (empty: the whole country)"), required=False, topic=TOPIC),
            *self._days(),
            Asked("source", _("Source: who says so"), topic=TOPIC),
        ]
        self.form(_("Affected area"), _("It holds once two people approved the list."), fields, self._area_of,
                  self._on_area, ok=_("Put on the list"), columns=2)  # fmt: skip

    def ask_outbreak(self) -> None:
        """Ask for an outbreak flag."""
        fields = [self._disease(), *self._days(), Asked("source", _("Source: who says so"), topic=TOPIC)]

        def job(said: Answers) -> Job[ListedOutbreak]:
            since, until = _period(said)
            found = ListedOutbreak(said["disease"], said["source"], since, until)
            return lambda: found

        self.form(_("Outbreak"), _("It holds once two people approved the list."), fields, job, self._on_outbreak,
                  ok=_("Put on the list"), columns=2)  # fmt: skip

    def take_off(self) -> None:
        """Take the chosen entry off the new version."""
        key = self.list.key()
        if not isinstance(key, tuple):
            return
        kind, at = key
        if kind == AREA:
            self.areas = tuple(one for place, one in enumerate(self.listed_areas()) if place != at)
        else:
            self.outbreaks = tuple(one for place, one in enumerate(self.listed_outbreaks()) if place != at)
        self.retranslate()

    def undo(self) -> None:
        """Go back to what is approved."""
        self.areas = self.outbreaks = None
        self.retranslate()

    def ask_approval(self, kind: str) -> None:
        """Ask from when, why, and for the second signature."""
        parts, subject = self.model.parts, uuid4()
        today = parts.today()
        areas, outbreaks = self.listed_areas(), self.listed_outbreaks()

        def job(said: Answers) -> Job[OutbreakEvent]:
            valid_from = needed_day(said["valid_from"], "valid_from")

            def work() -> OutbreakEvent:
                signed = parts.desk.second.immediate(
                    APPROVE_LIST, subject, said["second"], said["second_password"], parts.by
                )
                lists, by, reason = parts.desk.approve_lists, parts.by, said["reason"]
                if kind == AREA:
                    return lists.areas(subject, areas, valid_from, reason, by, signed)
                return lists.outbreaks(subject, outbreaks, valid_from, reason, by, signed)

            return work

        words = [_area_words(one) for one in areas] if kind == AREA else [_outbreak_words(one) for one in outbreaks]
        self.form(
            _("Approve the affected areas") if kind == AREA else _("Approve the outbreaks"),
            "\n".join([*(words[:8] or [_("The list is empty: it says that there are none.")]), *_more(words[8:])]),
            [
                Asked("valid_from", _("From"), "date", value=f"{today:%d/%m/%Y}", topic=TOPIC),
                reason_field(),
                *second_person_fields(),
            ],
            job,
            lambda event: self._on_approved(kind, event),
            ok=_("Approve and sign"),
            grave=True,
            columns=2,
        )

    # --- inside

    def listed_areas(self) -> tuple[ListedArea, ...]:
        """Return the areas of the new version, else those approved."""
        if self.areas is not None:
            return self.areas
        return (self.state.areas.areas or ()) if self.state and self.state.areas else ()

    def listed_outbreaks(self) -> tuple[ListedOutbreak, ...]:
        """Return the outbreaks of the new version, else those approved."""
        if self.outbreaks is not None:
            return self.outbreaks
        return (self.state.outbreaks.outbreaks or ()) if self.state and self.state.outbreaks else ()

    def _may(self) -> bool:
        return self.state is not None and self.model.may(Permission.MANAGE_OUTBREAKS)

    def _can_take_off(self) -> bool:
        return self._may() and self.list.key() is not None

    def _disease(self) -> Asked:
        language = current_language()
        diseases = rule_set(self.model.parts.today()).diseases
        choices = tuple((code, one.label(language)) for code, one in diseases.items())
        return Asked("disease", _("Disease"), "choice", choices, topic=TOPIC)

    def _days(self) -> tuple[Asked, Asked]:
        return (
            Asked("since", _("Since"), "date", required=False, topic=TOPIC),
            Asked("until", _("Until (empty: open)"), "date", required=False, topic=TOPIC),
        )

    def _area_of(self, said: Answers) -> Job[ListedArea]:
        country = said["country"].upper()
        if iso3(country) != country:
            raise TypedFieldError("country")
        since, until = _period(said)
        found = ListedArea(AffectedArea(said["disease"], country, said["admin1"] or None, since, until), said["source"])
        return lambda: found

    def _on_area(self, found: ListedArea) -> None:
        self.areas = (*self.listed_areas(), found)
        self.retranslate()

    def _on_outbreak(self, found: ListedOutbreak) -> None:
        self.outbreaks = (*self.listed_outbreaks(), found)
        self.retranslate()

    def _on_approved(self, kind: str, event: OutbreakEvent) -> None:
        if kind == AREA:
            self.areas = None
        else:
            self.outbreaks = None
        self.remarked.emit(f"{outbreak_event_word(event)}: {event.version}.", "")
        self.refresh()

    def _on_state(self, state: OutbreakState) -> None:
        self.state = state
        self.retranslate()

    def show_all(self) -> None:
        """Show the entries."""
        lines = [
            Line(
                (AREA, at),
                (_disease(one.area.disease), _where(one.area), _days_words(one.area.since, one.area.until)),
                "amber" if self.areas is not None else "",
            )
            for at, one in enumerate(self.listed_areas())
        ]
        lines += [
            Line(
                (OUTBREAK, at),
                (_disease(one.disease), _("outbreak"), _days_words(one.since, one.until)),
                "amber" if self.outbreaks is not None else "",
            )
            for at, one in enumerate(self.listed_outbreaks())
        ]
        self.show_lines(lines)
        self._show_entry()

    def _show_entry(self) -> None:
        state = self.state
        if state is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts(())
            return
        missing = [
            name for name, event in ((_("affected areas"), state.areas), (_("outbreaks"), state.outbreaks)) if not event
        ]
        if self.unsaved():
            self.banner.show_verdict(
                "amber", _("Not approved yet"), _("What is marked holds nothing until two signed.")
            )
        elif missing:
            words = _("Never approved: {names}. That is not known, and not “none”.")
            self.banner.show_verdict("grey", _("Lists not at hand"), words.format(names=", ".join(missing)))
        elif old := state.old_lists(self.model.parts.today()):
            words = _("Old: {names}. What they have counts; what they do not have is not known. Approve a new version.")
            names = ", ".join(list_words((name for name, _days in old), old))
            self.banner.show_verdict("grey", _("Lists not at hand"), words.format(names=names))
        else:
            self.banner.show_verdict("green", _("Both lists are in force"))
        rows: list[tuple[str, str]] = []
        key = self.list.key()
        if isinstance(key, tuple):
            kind, at = key
            listed: Sequence[ListedArea | ListedOutbreak]
            listed = self.listed_areas() if kind == AREA else self.listed_outbreaks()
            if at < len(listed):
                one = listed[at]
                words = _area_words(one) if isinstance(one, ListedArea) else _outbreak_words(one)
                rows += [(words, ""), (_("Source"), one.source)]
        for event in (state.areas, state.outbreaks):
            if event is not None and event.valid_from is not None:
                signed = f"{event.by} + {event.second}"
                kept = _("version {version} since {day}, {names}").format(
                    version=event.version, day=f"{event.valid_from:%d/%m/%Y}", names=signed
                )
                rows.append((_("affected areas") if event.kind is OutbreakEventKind.AREAS else _("outbreaks"), kept))
        self.facts.show_facts([*rows, ("", draft_words())])


def _period(said: Answers) -> tuple[date | None, date | None]:
    since, until = day_of(said["since"], "since"), day_of(said["until"], "until")
    if since is not None and until is not None and until < since:
        raise TypedFieldError("until")
    return since, until


def _disease(code: str) -> str:
    return disease_word(code, date.max)


def _where(area: AffectedArea) -> str:
    state = states().get(area.country)
    name = state.name(current_language()) if state else area.country
    return f"{name} · {area.admin1}" if area.admin1 else name


def _days_words(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return _("open")
    return f"{f'{since:%d/%m/%Y}' if since else '…'} – {f'{until:%d/%m/%Y}' if until else '…'}"


def _area_words(one: ListedArea) -> str:
    return f"{_disease(one.area.disease)}: {_where(one.area)} ({_days_words(one.area.since, one.area.until)})"


def _outbreak_words(one: ListedOutbreak) -> str:
    return f"{_disease(one.disease)} ({_days_words(one.since, one.until)})"


def _more(left: Sequence[str]) -> list[str]:
    return [_("and {count} more").format(count=len(left))] if left else []
