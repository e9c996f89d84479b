"""Signals of the post: reports of anybody, triage, who was told, the focal point's decision, clocks and 7-1-7."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from PySide6.QtCore import Signal as QtSignal

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.events.annex2 import FocalPointChoice
from poe_health.events.keep_signals import SignalShown
from poe_health.events.settings import signal_sources, signal_types
from poe_health.events.signal import (
    Closed,
    ImportEvidence,
    MeasureBegan,
    RepliedWho,
    Responded,
    Signal,
    SignalEvent,
    SignalState,
    ToldFocalPoint,
    ToldProvince,
    ToldWho,
    Triage,
    Triaged,
    WhoAsked,
)
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import count_of, day_of
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.words.health_post import choice_word, clock_words, left_words, signal_rows, triage_word
from ui.words.health_secondary import worded
from ui.words.surveillance import state_word

DAYS = 60
TOPIC = "health_post.signals"
COMMUNITY, ALGORITHM = "COMMUNITY", "ALGORITHM"
FOCAL_POINT, PROVINCE, WHO = "focal_point", "province", "who"
EVIDENCE, WHO_ASKED, REPLIED, MEASURE = "evidence", "who_asked", "replied", "measure"
_NOTED: Mapping[str, Callable[[], str]] = {
    EVIDENCE: lambda: _("evidence that cases, vectors or goods crossed a border (art. 9)"),
    WHO_ASKED: lambda: _("WHO asked the country about it (art. 10)"),
    REPLIED: lambda: _("the national level answered WHO"),
    MEASURE: lambda: _("a measure that hinders traffic began (art. 43)"),
}
_STATUS = {"overdue": "red", "late": "red", "running": "amber"}


class SignalsPage(ActPage):
    """Open signals first, the soonest clock beside each. ``assessing`` carries the signal to take to Annex 2."""

    assessing = QtSignal(object)
    topic = "signals"
    columns = 4
    shares = (6, 6)

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.found: tuple[SignalShown, ...] = ()
        self._wanted: object = None

    def title(self) -> str:
        """Return its name."""
        return _("Signals")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Signal"), wide=True), Heading(_("Where"), wide=True), Heading(_("Clock"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No signal in the last {days} days. What anybody hears or sees can be reported.").format(days=DAYS)

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with a signal."""
        return {
            "report": Act(_("Report…"), self.ask_report, lambda: self.model.may(Permission.REPORT_SIGNAL)),
            "triage": Act(_("Triage…"), self.ask_triage, self._can_triage),
            "assess": Act(_("Annex 2…"), self.assess, self._is_event),
            "told": Act(_("Told…"), self.ask_told, self._is_open, Key.DECIDE),
            "noted": Act(_("Happened…"), self.ask_noted, self._can_note),
            "decided": Act(_("Decision…"), self.ask_decision, self._can_decide),
            "responded": Act(_("Responded…"), self.ask_responded, self._is_event),
            "closed": Act(_("Close…"), self.ask_closed, self._is_event),
        }

    @property
    def chosen(self) -> SignalShown | None:
        """The signal where one is."""
        return next((one for one in self.found if one.id == self.list.key()), None)

    def badge(self) -> int:
        """Return how many are open."""
        return sum(1 for one in self.found if one.is_open)

    def refresh(self) -> None:
        """Ask for the signals, their clocks as they stand now."""
        parts = self.model.parts
        today = parts.today()
        self.ask(lambda: parts.day.signals.between(today - timedelta(days=DAYS), today, parts.by), self._on_found)

    def choose(self, key: object) -> None:
        """Show the signal."""
        self._show_signal()

    # --- acts

    def ask_report(self, kind: str = "", source: str = COMMUNITY, evidence: Signal | None = None) -> None:
        """Ask what was heard or seen: what and where, never who told it."""
        request_id = uuid4()

        def job(said: Answers) -> Job[SignalShown]:
            signal = self._signal_of(said, evidence)
            parts = self.model.parts
            return lambda: parts.day.report(request_id, signal, parts.by)

        fields = [
            Asked("kind", _("What"), "choice", worded(signal_types()), kind, topic=TOPIC),
            Asked("source", _("From where it is known"), "choice", worded(signal_sources()), source, topic=TOPIC),
            Asked("where", _("Place (never a person)"), topic=TOPIC),
            self.when_field("detected_at", _("Noticed")),
            Asked("emerged_on", _("Began on"), "date", required=False, topic=TOPIC),
            Asked(
                "ill",
                _("How many ill"),
                value=str(evidence.ill) if evidence and evidence.ill is not None else "",
                required=False,
                topic=TOPIC,
            ),
            Asked("dead", _("How many dead"), required=False, topic=TOPIC),
        ]
        self.form(
            _("Report a signal"),
            _("Who told it is not kept. What is not known stays empty."),
            fields,
            job,
            self._on_step,
            columns=2,
        )

    def ask_triage(self) -> None:
        """Ask what a person makes of it."""
        choices = tuple((one.value, triage_word(one.value)) for one in Triage)
        fields = [
            Asked("triage", _("What it is"), "choice", choices, topic=TOPIC),
            self.when_field(),
            Asked("reason", _("Reason (needed to discard)"), required=False, topic=TOPIC),
        ]
        self._step(
            _("Triage"), "", fields, lambda said, at: Triaged(at, "", Triage(said["triage"]), said.get("reason", ""))
        )

    def assess(self) -> None:
        """Go through Annex 2 with the signal."""
        if self.chosen is not None:
            self.assessing.emit(self.chosen)

    def ask_told(self) -> None:
        """Ask who was told and when: the clocks run from what is noticed to this."""
        choices = (
            (FOCAL_POINT, _("the national focal point")),
            (PROVINCE, _("district and province")),
            (WHO, _("WHO, by the national level")),
        )
        fields = [
            Asked("to", _("Told was"), "choice", choices, topic=TOPIC),
            self.when_field(),
            Asked("told_by", _("Who of the national level says so (for WHO)"), required=False, topic=TOPIC),
        ]

        def step(said: Answers, at: datetime) -> SignalEvent:
            if said["to"] == FOCAL_POINT:
                return ToldFocalPoint(at, "")
            if said["to"] == PROVINCE:
                return ToldProvince(at, "")
            if not said["told_by"]:
                raise TypedFieldError("told_by")
            return ToldWho(at, "", said["told_by"])

        self._step(_("Told"), _("By telephone first; write it down here at once."), fields, step)

    def ask_noted(self) -> None:
        """Ask what started or ended a clock of the national level: evidence, WHO's question and reply, a measure."""
        shown = self.chosen
        if shown is None:
            return
        asked = shown.view.who_asked_at is not None and shown.view.replied_who_at is None
        choices = tuple((code, words()) for code, words in _NOTED.items() if code != REPLIED or asked)
        fields = [
            Asked("what", _("What happened"), "choice", choices, topic=TOPIC),
            self.when_field(),
            Asked("told_by", _("Who of the national level says so (for the reply)"), required=False, topic=TOPIC),
        ]

        def step(said: Answers, at: datetime) -> SignalEvent:
            if said["what"] == EVIDENCE:
                return ImportEvidence(at, "")
            if said["what"] == WHO_ASKED:
                return WhoAsked(at, "")
            if said["what"] == MEASURE:
                return MeasureBegan(at, "")
            if not said["told_by"]:
                raise TypedFieldError("told_by")
            return RepliedWho(at, "", said["told_by"])

        text = _("Each begins or ends a clock of the national level. The post itself tells WHO nothing.")
        self._step(_("What happened"), text, fields, step)

    def ask_decision(self) -> None:
        """Ask what the national focal point decided; nobody at the post decides it."""
        shown, parts = self.chosen, self.model.parts
        if shown is None:
            return
        choices = tuple((one.value, choice_word(one.value)) for one in FocalPointChoice)
        fields = [
            Asked("choice", _("The focal point decided"), "choice", choices, topic=TOPIC),
            Asked("told_by", _("Told to the post by"), topic=TOPIC),
            self.when_field(),
            Asked("reason", _("Reason, where it departs from the advice"), required=False, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[SignalShown]:
            choice, at = FocalPointChoice(said["choice"]), self.moment(said)
            return lambda: parts.day.step.decide(
                shown.id, choice, at, said["told_by"], parts.by, by_focal_point=True, reason=said["reason"]
            )

        text = _("The national IHR focal point decides, not the post. Write down only what it told you.")
        self.form(_("Decision of the focal point"), text, fields, job, self._on_step, columns=2)

    def ask_responded(self) -> None:
        """Ask when the early response was complete."""
        self._step(
            _("Response complete"),
            _("The third clock of 7-1-7 ends here."),
            [self.when_field()],
            lambda _said, at: Responded(at, ""),
        )

    def ask_closed(self) -> None:
        """Ask why it is over."""
        fields = [self.when_field(), Asked("reason", _("Reason"), topic="desk.reason")]
        self._step(_("Close the event"), "", fields, lambda said, at: Closed(at, "", said["reason"]), grave=True)

    # --- inside

    def _step(
        self,
        title: str,
        text: str,
        fields: Sequence[Asked],
        step: Callable[[Answers, datetime], SignalEvent],
        *,
        grave: bool = False,
    ) -> None:
        shown, parts = self.chosen, self.model.parts
        if shown is None:
            return

        def job(said: Answers) -> Job[SignalShown]:
            taken = step(said, self.moment(said))
            return lambda: parts.day.step(shown.id, taken, parts.by)

        self.form(f"{title} · {shown.number}", text, fields, job, self._on_step, grave=grave)

    def _signal_of(self, said: Answers, evidence: Signal | None) -> Signal:
        where = said["where"].strip()
        return Signal(
            kind=said["kind"],
            source=said["source"],
            detected_at=self.moment(said, "detected_at"),
            where=where,
            emerged_on=day_of(said["emerged_on"], "emerged_on") or (evidence.emerged_on if evidence else None),
            ill=count_of(said["ill"], "ill"),
            dead=count_of(said["dead"], "dead"),
            evidence=evidence.evidence if evidence else (),
        )

    def _judges(self) -> bool:
        return self.model.may(Permission.JUDGE_SIGNALS)

    def _is_open(self) -> bool:
        return self.chosen is not None and self.chosen.is_open

    def _can_note(self) -> bool:
        return self._is_open() and self._judges()

    def _can_triage(self) -> bool:
        shown = self.chosen
        return shown is not None and self._judges() and shown.view.state in {SignalState.NEW, SignalState.TO_VERIFY}

    def _is_event(self) -> bool:
        return self.chosen is not None and self._judges() and self.chosen.view.state is SignalState.EVENT

    def _can_decide(self) -> bool:
        shown = self.chosen
        return shown is not None and self._is_event() and shown.view.advised is not None

    def _on_step(self, shown: SignalShown) -> None:
        self.remarked.emit(f"{shown.number}: {state_word(shown.view.state.value)}.", "")
        self._wanted = shown.id
        self.refresh()

    def _on_found(self, found: tuple[SignalShown, ...]) -> None:
        self.found = tuple(sorted(found, key=lambda one: not one.is_open))
        self.show_all()
        self.counted.emit()

    def show_all(self) -> None:
        """Show the signals."""
        wanted, self._wanted = self._wanted, None
        self.show_lines([self._line(one) for one in self.found], wanted)
        self._show_signal()

    def _line(self, one: SignalShown) -> Line:
        kind = signal_types()[one.view.signal.kind].label(current_language())
        pending = [clock for clock in one.clocks if clock.done_at is None and clock.due_at is not None]
        if one.is_open and pending:
            first = min(pending, key=lambda clock: clock.due_at or self.model.parts.now())
            return Line(one.id, (kind, one.view.signal.where, left_words(first)), _STATUS.get(first.state.value, ""))
        state = state_word(one.view.state.value)
        return Line(one.id, (kind, one.view.signal.where, state), "" if one.is_open else "grey")

    def _show_signal(self) -> None:
        shown = self.chosen
        if shown is None:
            self.banner.show_verdict("grey", _("No signal is chosen"))
            self.facts.show_facts(())
            return
        late = [clock for clock in shown.clocks if clock.state.value in ("overdue", "late")]
        heading = f"{shown.number} · {state_word(shown.view.state.value)}"
        if not shown.is_open:
            self.banner.show_verdict("grey", heading)
        elif late:
            self.banner.show_verdict("red", heading, clock_words(late[0]))
        else:
            self.banner.show_verdict("amber", heading)
        self.facts.show_facts(signal_rows(shown, self.model.parts.local_time))
