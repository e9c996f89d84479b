"""Additional measures (IHR art. 43): why, on what evidence, when WHO was informed, and when they are reviewed."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from poe_health.measures.keep_measures import MeasureRequest
from poe_health.measures.measure import MeasureEnd, MeasureView
from poe_health.rules.answer import Answer
from ui.desktop.health_supervisor.typed import needed_day
from ui.desktop.health_supervisor.view_page import Act, ActPage, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, reason_field
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.figures import day_words
from ui.words.health_secondary import answer_word
from ui.words.measures import measure_alerts, measure_end_word, measure_rows

TOPIC = "health_post.measures"


class MeasuresPage(ActPage):
    """Those in force by the day of their review; what is overdue is counted at the tab."""

    topic = "measures"
    shares = (6, 6)

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.found: tuple[MeasureView, ...] = ()

    def title(self) -> str:
        """Return its name."""
        return _("Additional measures")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Measure"), wide=True), Heading(_("WHO informed")), Heading(_("Review due"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No additional measure was written down. One that goes beyond what WHO recommends belongs here.")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done."""
        return {
            "take": Act(_("New measure…"), self.ask_measure, self._judges, Key.DECIDE),
            "told": Act(_("WHO informed…"), self.ask_told, self._can_tell),
            "review": Act(_("Reviewed…"), self.ask_review, self._can_review),
        }

    def badge(self) -> int:
        """Return how many have something overdue."""
        now, today = self.model.parts.now(), self.model.parts.today()
        return sum(one.to_tell(now) or one.review_overdue(today) for one in self.found)

    def refresh(self) -> None:
        """Ask for the measures as they stand now."""
        parts = self.model.parts
        self.ask(lambda: parts.day.measures(parts.by), self._on_found)

    def choose(self, key: object) -> None:
        """Show the measure."""
        self._show_measure()

    # --- acts

    def ask_measure(self) -> None:
        """Ask what began, why, and on what evidence."""
        parts, request_id = self.model.parts, uuid4()
        said_of = tuple((one.value, answer_word(one)) for one in (Answer.UNKNOWN, Answer.YES, Answer.NO))
        fields = [
            Asked("what", _("Measure"), topic=TOPIC),
            self.when_field("began_at", _("Began")),
            Asked("reason", _("Reason (public health)"), topic=TOPIC),
            Asked("evidence", _("Scientific evidence"), topic=TOPIC),
            Asked("hinders", _("Hinders traffic significantly"), "choice", said_of, Answer.UNKNOWN.value, topic=TOPIC),
            Asked("covered", _("WHO recommends it"), "choice", said_of, Answer.UNKNOWN.value, topic=TOPIC),
        ]

        def job(said: Answers) -> Job[MeasureView]:
            request = MeasureRequest(
                request_id,
                self.moment(said, "began_at"),
                said["what"],
                said["reason"],
                said["evidence"],
                Answer(said["hinders"]),
                Answer(said["covered"]),
            )
            return lambda: parts.day.keep_measures.take(request, parts.by)

        text = _("The national level informs WHO within 48 hours, and reviews the measure within three months.")
        self.form(_("Additional measure (IHR art. 43)"), text, fields, job, self._on_step, columns=2)

    def ask_told(self) -> None:
        """Ask when the national level informed WHO; the post itself never does."""
        one, parts = self._chosen(), self.model.parts
        if one is None:
            return
        fields = [self.when_field(), Asked("told_by", _("Who of the national level says so"), topic=TOPIC)]

        def job(said: Answers) -> Job[MeasureView]:
            at = self.moment(said)
            return lambda: parts.day.keep_measures.told(one.taken.id, at, said["told_by"], parts.by)

        self.form(_("WHO informed"), one.what, fields, job, self._on_step)

    def ask_review(self) -> None:
        """Ask what a review came to: it goes on, goes on changed, or is lifted."""
        one, parts = self._chosen(), self.model.parts
        if one is None:
            return
        ends = tuple((end.value, measure_end_word(end.value)) for end in MeasureEnd)
        fields = [
            Asked("end", _("The measure"), "choice", ends, topic=TOPIC),
            Asked("on", _("Reviewed on"), "date", value=day_words(parts.today()), topic=TOPIC),
            reason_field(),
        ]

        def job(said: Answers) -> Job[MeasureView]:
            on, end, reason = needed_day(said["on"], "on"), MeasureEnd(said["end"]), said["reason"]
            return lambda: parts.day.keep_measures.reviewed(one.taken.id, on, end, reason, parts.by)

        self.form(_("Review of the measure"), one.what, fields, job, self._on_step)

    # --- inside

    def _judges(self) -> bool:
        return self.model.may(Permission.JUDGE_SIGNALS)

    def _chosen(self) -> MeasureView | None:
        return next((one for one in self.found if one.taken.id == self.list.key()), None)

    def _can_tell(self) -> bool:
        one = self._chosen()
        return self._judges() and one is not None and one.told_at is None

    def _can_review(self) -> bool:
        one = self._chosen()
        return self._judges() and one is not None and one.in_force

    def _on_step(self, _kept: MeasureView) -> None:
        self.remarked.emit(_("Kept."), "")
        self.refresh()

    def _on_found(self, found: tuple[MeasureView, ...]) -> None:
        self.found = found
        self.show_all()
        self.counted.emit()

    def show_all(self) -> None:
        """Show the measures."""
        now, today, local = self.model.parts.now(), self.model.parts.today(), self.model.parts.local_time
        lines = []
        for one in self.found:
            told = "—" if one.told_at is None else day_words(local(one.told_at).date())
            due = _("lifted") if one.review_due is None else day_words(one.review_due)
            late = one.to_tell(now) or one.review_overdue(today)
            status = "red" if late else "grey" if not one.in_force else "amber" if one.review_soon(today) else ""
            lines.append(Line(one.taken.id, (f"{one.taken.number}. {one.what}", told, due), status))
        self.show_lines(lines)
        self._show_measure()

    def _show_measure(self) -> None:
        one, parts = self._chosen(), self.model.parts
        if one is None:
            self.banner.show_verdict("grey", _("No measure is chosen"))
            self.facts.show_facts(())
            return
        alerts = measure_alerts(one, parts.now(), parts.today())
        late = one.to_tell(parts.now()) or one.review_overdue(parts.today())
        if not alerts and one.told_at is None and one.told_due_at is not None:
            alerts = [_("WHO is not informed yet")]
        title = _("Measure {number}").format(number=one.taken.number)
        said = ". ".join(alerts) or _("Nothing is due")
        self.banner.show_verdict("red" if late else "amber" if alerts else "green", title, said)
        self.facts.show_facts(measure_rows(one, lambda at: moment_words(parts.local_time(at)), parts.now()))
