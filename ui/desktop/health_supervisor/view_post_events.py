"""Deaths, births, mortal remains, animals and meat at the post, each referred to the service that decides."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.events.settings import signal_types
from poe_health.post_events.events import EventPeople, EventState, PostEvent
from poe_health.post_events.note_event import WhatHappened
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.voyages.settings import referrals, services
from ui.desktop.health_supervisor.typed import count_of
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, reason_field
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.health import draft_words
from ui.words.health_secondary import answer_word, choice_words, worded

TOPIC = "health_post.post_events"


class PostEventsPage(ActPage):
    """Who it was stands only on the paper for the service, and whoever makes it is on record."""

    topic = "post_events"
    columns = 2

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.found: tuple[PostEvent, ...] = ()
        self._wanted: object = None

    def title(self) -> str:
        """Return its name."""
        return _("Events at the post")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("When")), Heading(_("What"), wide=True), Heading(_("Told"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No death, birth or animals were noted here in the last sixty days.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with an event."""
        return {
            "note": Act(_("Note…"), self.ask_note, lambda: self.model.may(Permission.SCREEN_HEALTH), Key.DECIDE),
            "tell": Act(_("Service told…"), self.ask_tell, self._is_chosen),
            "correct": Act(_("Correct…"), self.ask_correct, self._is_chosen),
            "print": Act(_("Print…"), self.ask_paper, self._can_print, Key.PRINT),
        }

    @property
    def chosen(self) -> PostEvent | None:
        """The event where one is."""
        return next((one for one in self.found if one.id == self.list.key()), None)

    def badge(self) -> int:
        """Return of how many a service was not told yet."""
        return sum(1 for one in self.found if one.state is EventState.NOTED)

    def refresh(self) -> None:
        """Ask for the events."""
        voyages, by = self.model.voyages, self.model.parts.by
        self.ask(lambda: voyages.events.listed(by), self._on_found)

    def choose(self, key: object) -> None:
        """Show the event."""
        self._show_event()

    # --- acts

    def ask_note(self) -> None:
        """Ask what happened."""
        request_id = uuid4()

        def job(said: Answers) -> Job[PostEvent]:
            happened, people = self._happened(said), _people(said)
            voyages, by = self.model.voyages, self.model.parts.by
            return lambda: voyages.note_event(request_id, happened, people, by)

        text = _("The program tells nobody by itself: it says who must be told, and prints the paper.")
        self.form(_("Event at the post"), text, self._fields(), job, self._on_kept, columns=2)

    def ask_correct(self) -> None:
        """Ask for the facts anew, with the reason."""
        chosen = self.chosen
        if chosen is None:
            return
        request_id = uuid4()

        def job(said: Answers) -> Job[PostEvent]:
            happened, people = self._happened(said), _people(said)
            voyages, by = self.model.voyages, self.model.parts.by
            return lambda: voyages.note_event.correct(chosen.id, request_id, happened, people, said["reason"], by)

        text = _("Everything is written anew; what was first noted stays on record.")
        fields = [*self._fields(chosen.facts.what), reason_field()]
        self.form(_("Correct {number}").format(number=chosen.number), text, fields, job, self._on_kept, columns=2)

    def ask_tell(self) -> None:
        """Ask which service was told, whom there, and whether it took over."""
        chosen = self.chosen
        if chosen is None:
            return
        request_id, language = uuid4(), current_language()
        open_first = sorted(chosen.services, key=lambda code: code in chosen.told)
        choices = tuple((code, services()[code].label(language)) for code in open_first)
        fields = [
            Asked("service", _("Service"), "choice", choices, open_first[0], topic=TOPIC),
            Asked("person", _("Person there"), topic=TOPIC),
            Asked("taken", _("It takes over"), "choice", _answers(), required=False, topic=TOPIC),
            Asked("their_number", _("Their number for it"), required=False, topic=TOPIC),
            self.when_field(),
        ]

        def job(said: Answers) -> Job[PostEvent]:
            at, taken = self.moment(said), Answer(said["taken"] or "unknown")
            voyages, by = self.model.voyages, self.model.parts.by
            return lambda: voyages.tell_service(
                chosen.id,
                request_id,
                said["service"],
                at,
                said["person"],
                by,
                taken=taken,
                their_number=said["their_number"] or None,
            )

        self.form(_("Service told"), chosen.number, fields, job, self._on_kept)

    def ask_paper(self) -> None:
        """Ask for which service, then make its paper."""
        chosen = self.chosen
        if chosen is None:
            return
        language = current_language()
        choices = tuple((code, services()[code].label(language)) for code in chosen.services)

        def job(said: Answers) -> Job[tuple[str, bytes]]:
            papers, by, code = self.model.voyages.papers, self.model.parts.by, said["service"]
            return lambda: (code, papers.event(chosen.id, code, by))

        def done(made: tuple[str, bytes]) -> None:
            code, pdf = made
            title = f"{chosen.number} · {services()[code].label(language)}"
            text = _("It names people: give it only to who needs it.")
            self.offered.emit(title, text, f"{chosen.number}-{code.lower().replace('_', '-')}.pdf", pdf)

        asked = Asked("service", _("For which service"), "choice", choices, chosen.services[0], topic=TOPIC)
        self.form(_("Paper"), chosen.number, [asked], job, done, ok=_("Make it"))

    # --- inside

    def _fields(self, what: str = "") -> list[Asked]:
        kinds = worded(referrals(self.model.parts.today()))
        return [
            Asked("what", _("What"), "choice", kinds, what, topic=TOPIC),
            self.when_field(),
            Asked("where", _("Where at the post"), topic=TOPIC),
            Asked("direction", _("Direction"), "choice", choice_words("direction"), required=False, topic=TOPIC),
            Asked("number", _("How many animals or pieces"), required=False, topic=TOPIC),
            Asked("cause", _("Cause known"), "choice", _answers(), required=False, topic=TOPIC),
            Asked("papers", _("Papers seen"), "choice", _answers(), required=False, topic=TOPIC),
            Asked("subject", _("Whom it is about: name"), required=False, topic=TOPIC),
            Asked("informant", _("Who tells or is responsible: name"), required=False, topic=TOPIC),
            Asked("phone", _("Telephone"), required=False, topic=TOPIC),
        ]

    def _happened(self, said: Answers) -> WhatHappened:
        return WhatHappened(
            what=said["what"],
            at=self.moment(said),
            where=said["where"],
            direction=said["direction"] or None,
            number=count_of(said["number"], "number"),
            cause_known=Answer(said["cause"] or "unknown"),
            papers_seen=Answer(said["papers"] or "unknown"),
        )

    def _is_chosen(self) -> bool:
        return self.chosen is not None and self.model.may(Permission.SCREEN_HEALTH)

    def _can_print(self) -> bool:
        return self.chosen is not None and self.model.may(Permission.READ_HEALTH_NAMES)

    def _on_kept(self, kept: PostEvent) -> None:
        self.remarked.emit(_("Kept: {number}.").format(number=kept.number), "")
        self._wanted = kept.id
        self.refresh()

    def _on_found(self, found: tuple[PostEvent, ...]) -> None:
        self.found = found
        self.show_all()
        self.counted.emit()

    def show_all(self) -> None:
        """Show the events."""
        local_time, language = self.model.parts.local_time, current_language()
        lines = []
        for one in self.found:
            at = local_time(one.facts.at)
            what = referrals(at.date())[one.facts.what].label(language)
            told = f"{len(set(one.services) & set(one.told))}/{len(one.services)}"
            lines.append(Line(one.id, (moment_words(at), what, told), "amber" if one.state is EventState.NOTED else ""))
        wanted, self._wanted = self._wanted, None
        self.show_lines(lines, wanted)
        self._show_event()

    def _show_event(self) -> None:
        chosen, language, local_time = self.chosen, current_language(), self.model.parts.local_time
        if chosen is None:
            self.banner.show_verdict("grey", _("No event is chosen"))
            self.facts.show_facts(())
            return
        facts = chosen.facts
        missing = [services()[code].label(language) for code in chosen.services if code not in chosen.told]
        words = _("Not told yet: {names}.").format(names=", ".join(missing)) if missing else _("All were told.")
        self.banner.show_verdict("amber" if missing else "green", chosen.number, words)
        rows = [
            (_("What"), referrals(local_time(facts.at).date())[facts.what].label(language)),
            (_("When"), moment_words(local_time(facts.at))),
            (_("How many animals or pieces"), "—" if facts.number is None else str(facts.number)),
            (_("Cause known"), answer_word(facts.cause_known)),
            (_("Papers seen"), answer_word(facts.papers_seen)),
        ]
        for code in chosen.services:
            told = chosen.told.get(code)
            name = services()[code].label(language)
            taken = "" if told is None else f", {_('takes over')}: {answer_word(told.taken)}"
            rows.append((name, _("not told yet") if told is None else moment_words(local_time(told.at)) + taken))
        if facts.signal:
            kind = signal_types()[facts.signal].label(language)
            rows.append(("", _("Report a signal of it: {kind}.").format(kind=kind)))
        self.facts.show_facts([*rows, ("", draft_words())])


def _people(said: Answers) -> EventPeople:
    subject = PatientIdentity(surname=said["subject"]) if said["subject"] else None
    informant = None
    if said["informant"] or said["phone"]:
        informant = PatientIdentity(surname=said["informant"] or None, phone=said["phone"] or None)
    return EventPeople(subject=subject, informant=informant)


def _answers() -> tuple[tuple[str, str], ...]:
    return tuple((one.value, answer_word(one)) for one in (Answer.YES, Answer.NO))
