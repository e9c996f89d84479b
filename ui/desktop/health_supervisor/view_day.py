"""The day of the post: the tally from the records, what blocks it, submitting, closing, reopening."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from poe_health.exchange.csv_words import CountWords
from poe_health.reports.health_weekly import week_day_word
from poe_health.rules.definitions import rule_set
from poe_health.surveillance.coverage import CoverageShown
from poe_health.surveillance.day import DayState
from poe_health.surveillance.errors import TallyArithmeticError
from poe_health.surveillance.keep_days import DayShown, WeekDay
from poe_health.surveillance.settings import reasons_none_screened
from poe_health.surveillance.tally import Counts, DayTold
from poe_health.surveillance.week import epi_week
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import count_of, number_of
from ui.desktop.health_supervisor.view_handing import HandingPage
from ui.desktop.health_supervisor.view_page import Act, Job
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, reason_field
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.figures import in_figures
from ui.words.surveillance import coverage_words, fault_words, state_word

DAYS = 21
TOPIC = "health_post.day"


class DayPage(HandingPage):
    """The days of the last three weeks; what was told of a day stays here until it is submitted."""

    topic = "day"

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.days: tuple[WeekDay, ...] = ()
        self.shown: DayShown | None = None
        self.coverage: CoverageShown | None = None
        self.told: dict[date, DayTold] = {}

    def title(self) -> str:
        """Return its name."""
        return _("Day")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Day")), Heading(_("State"), wide=True), Heading(_("Screened"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Not looked at yet")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with a day."""
        return {
            "submit": Act(_("Submit…"), self.submit, self._may, Key.DECIDE),
            "told": Act(_("Complete…"), self.ask_told, self._may),
            "closed": Act(_("Nobody screened…"), self.ask_closed, self._may),
            "reopen": Act(_("Reopen…"), self.ask_reopen, self._can_reopen),
            "print": Act(_("Print tally"), lambda: self.make("pdf"), self._is_shown, Key.PRINT),
            "table": Act(_("Save table…"), lambda: self.make("csv"), self._is_shown),
        }

    def badge(self) -> int:
        """Return how many days wait: not submitted, or being corrected."""
        today = self.model.parts.today()
        return sum(one.is_missing or (one.day < today and one.state is DayState.REOPENED) for one in self.days)

    def refresh(self) -> None:
        """Ask for the days."""
        parts = self.model.parts

        def work() -> tuple[WeekDay, ...]:
            first = parts.today() - timedelta(days=DAYS - 1)
            weeks = {epi_week(first + timedelta(days=n)).first_day for n in range(DAYS)}
            shown = [parts.day.week(epi_week(one), parts.by) for one in sorted(weeks)]
            days = [
                day
                for week in shown
                for day in week.days
                if day.has_come and day.day >= first and (day.had_post or day.sent)
            ]
            return tuple(reversed(days))

        self.ask(work, self._on_days)

    def choose(self, key: object) -> None:
        """Count the day."""
        parts, day = self.model.parts, key
        if not isinstance(day, date):
            self._on_shown(None)
            return
        told = self.told.get(day)
        self.ask(lambda: parts.day.read(day, parts.by, told), self._on_shown)

    # --- acts

    def ask_told(self) -> None:
        """Ask what no screening says."""
        shown = self.shown
        if shown is None:
            return
        tally, day = shown.counted, shown.counted.day
        crossed = tally.crossed or {}
        fields_asked = [
            Asked("hours_open", _("Hours screening was open"), value=_text(tally.hours_open), required=False),
            Asked("yf_vaccinated", _("Vaccinated at the post"), value=_text(tally.counts.yf_vaccinated),
                  required=False),
            Asked("entered", _("Entered (count of immigration)"), value=_text(crossed.get("ENTRY")), required=False),
            Asked("exited", _("Left (count of immigration)"), value=_text(crossed.get("EXIT")), required=False),
            Asked("conveyances_inspected", _("Conveyances inspected"), value=_text(tally.conveyances_inspected),
                  required=False),
            Asked("fewer", _("Why fewer crossed than were screened"), value=tally.fewer_crossed_reason or "",
                  required=False),
        ]  # fmt: skip
        recorded = shown.recorded  # what the records say is not asked
        known = {"yf_vaccinated": recorded.vaccinated, "conveyances_inspected": recorded.inspected}
        fields_asked = [one for one in fields_asked if known.get(one.name) is None]
        text = _("What is left empty is not known, which is not zero.")
        self.form(
            _("Complete {day}").format(day=f"{day:%d/%m/%Y}"),
            text,
            [replace(one, topic=TOPIC) for one in fields_asked],
            lambda said: self._read_with(day, told_from(said)),
            self._on_shown,
            ok=_("Count again"),
            columns=2,
        )

    def submit(self) -> None:
        """Ask once, then submit; numbers that contradict each other are refused."""
        shown, parts = self.shown, self.model.parts
        if shown is None:
            return
        blocking = [one.fault.value for one in shown.faults if one.blocks]
        if blocking:
            self.noticed.emit(TallyArithmeticError(*blocking))
            return
        day, told = shown.counted.day, self.told.get(shown.counted.day, DayTold())
        counts = shown.counted.counts
        text = _(
            "{day}: screened {screened}, secondary {secondary}, suspected {suspected}, alerts {alerts}. It is signed"
            " with the key of {name} and stays on record."
        ).format(
            day=f"{day:%d/%m/%Y}",
            screened=counts.screened,
            secondary=counts.secondary,
            suspected=counts.suspected,
            alerts=counts.alerts,
            name=parts.by.name,
        )
        self.sure(
            _("Submit the day?"),
            text,
            _("Submit and sign"),
            lambda: self.ask(lambda: parts.day.submit(day, told, parts.by), self._on_submitted),
        )

    def ask_closed(self) -> None:
        """Ask why nobody was screened, and submit the day as such."""
        shown, parts = self.shown, self.model.parts
        if shown is None:
            return
        day, language = shown.counted.day, current_language()
        reasons = tuple((one.code, one.label(language)) for one in reasons_none_screened().values())

        self.form(
            _("Nobody was screened on {day}").format(day=f"{day:%d/%m/%Y}"),
            _("Closed is not zero: the day has no counts. It is submitted and signed."),
            [Asked("reason", _("Why"), "choice", reasons, topic=TOPIC), Asked("note", _("In words"), topic=TOPIC)],
            lambda said: lambda: parts.day.submit.closed(day, said["reason"], said["note"], parts.by),
            self._on_submitted,
            ok=_("Submit and sign"),
            grave=True,
        )

    def ask_reopen(self) -> None:
        """Ask why the day is opened again."""
        shown, parts = self.shown, self.model.parts
        if shown is None:
            return
        day = shown.counted.day

        def done(again: DayShown) -> None:
            self.remarked.emit(_("Open again. What was submitted stays on record."), "")
            self._on_shown(again)
            self.refresh()

        self.form(
            _("Reopen {day}").format(day=f"{day:%d/%m/%Y}"),
            "",
            [reason_field()],
            lambda said: lambda: parts.day.reopen(day, said["reason"], parts.by),
            done,
            grave=True,
        )

    def make(self, form: str) -> None:
        """Make the tally as paper or as a table."""
        shown, parts = self.shown, self.model.parts
        if shown is None:
            return
        text = "" if shown.day.state is DayState.SUBMITTED else _("This day is not submitted: the paper says so.")
        self.hand_over(
            _("Daily tally of port health"),
            text,
            f"health-tally-{shown.counted.day:%Y-%m-%d}",
            form,
            lambda: parts.day.reports.tally_of(shown, parts.by, form),
        )

    # --- what was answered

    def _read_with(self, day: date, told: DayTold) -> Job[DayShown]:
        parts = self.model.parts

        def work() -> DayShown:
            return parts.day.read(day, parts.by, told)

        self.told[day] = told
        return work

    def _may(self) -> bool:
        return self.shown is not None and self.model.may(Permission.SUBMIT_TALLY)

    def _is_shown(self) -> bool:
        return self.shown is not None

    def _can_reopen(self) -> bool:
        return self._may() and self.shown is not None and self.shown.day.state is DayState.SUBMITTED

    def _on_days(self, days: tuple[WeekDay, ...]) -> None:
        self.days = days
        self._show_list()
        self.counted.emit()

    def _on_submitted(self, shown: DayShown) -> None:
        self.told.pop(shown.counted.day, None)
        self.remarked.emit(_("Submitted and signed: {day}.").format(day=f"{shown.counted.day:%d/%m/%Y}"), "")
        self._on_shown(shown)
        self.refresh()

    def _on_shown(self, shown: DayShown | None) -> None:
        if shown is not None and shown.counted.day != self.list.key():
            return  # one has moved on meanwhile
        self.shown, self.coverage = shown, None
        self._show_day()
        self.enable()
        if shown is not None:
            parts, day = self.model.parts, shown.counted.day
            self.ask(lambda: (day, parts.day.coverage(day, parts.by)), self._on_coverage)

    def _on_coverage(self, found: tuple[date, CoverageShown]) -> None:
        if self.shown is not None and self.shown.counted.day == found[0]:
            self.coverage = found[1]
            self._show_day()

    def _show_list(self) -> None:
        self.show_lines([_line(one) for one in self.days])

    def show_all(self) -> None:
        """Show list and day again."""
        self.say_below(_("Red: not submitted. Days without counts are not zero."))
        self._show_list()
        self._show_day()

    def _show_day(self) -> None:
        shown = self.shown
        if shown is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts(())
            return
        self.banner.show_verdict(*verdict(shown))
        local_time = self.model.parts.local_time
        sent = shown.day.sent
        rows: list[tuple[str, str]] = []
        if shown.faults:
            rows.append((_("To be settled"), ""))
            rows += [("", fault_words(one)) for one in shown.faults]
        rows += count_rows(shown)
        if self.coverage is not None:
            rows.append((_("Coverage"), coverage_words(self.coverage)))
        if sent is not None:
            rows.append((_("Submitted"), f"{moment_words(local_time(sent.at))}, {sent.by} ({sent.revision})"))
        rows += [
            (_("Reopened"), f"{moment_words(local_time(one.at))}, {one.by}: {one.reason or _('a late record')}")
            for one in shown.day.reopened
        ]
        self.facts.show_facts(rows)


def told_from(said: Answers) -> DayTold:
    """Return what was told. Raises TypedFieldError: a number that is none, or half of what crossed."""
    entered, exited = count_of(said["entered"], "entered"), count_of(said["exited"], "exited")
    if (entered is None) != (exited is None):
        raise TypedFieldError("entered" if entered is None else "exited")
    return DayTold(
        hours_open=number_of(said["hours_open"], "hours_open"),
        crossed=None if entered is None or exited is None else {"ENTRY": entered, "EXIT": exited},
        conveyances_inspected=_told(said, "conveyances_inspected"),
        vaccinated=_told(said, "yf_vaccinated"),
        fewer_crossed_reason=said["fewer"] or None,
    )


def _told(said: Answers, name: str) -> int | None:
    """Return a number that is asked only where no records say it."""
    return count_of(said[name], name) if name in said else None


def verdict(shown: DayShown) -> tuple[str, str, str]:
    """Return status, heading and reason of a day."""
    counts, state = shown.counted.counts, shown.day.state
    numbers = _("Screened {screened} · secondary {secondary} · suspected {suspected} · alerts {alerts}").format(
        screened=counts.screened, secondary=counts.secondary, suspected=counts.suspected, alerts=counts.alerts
    )
    blocking = sum(1 for one in shown.faults if one.blocks)
    heading = f"{shown.counted.day:%d/%m/%Y} · {state_word(state.value)}"
    if state is DayState.SUBMITTED and shown.differs:
        return "amber", heading, _("The records say other numbers than were submitted.")
    if state is DayState.SUBMITTED:
        has_data = shown.day.sent is not None and shown.day.sent.tally.has_data
        return "green", heading, numbers if has_data else _("There are no counts of this day. Closed is not zero.")
    if blocking:
        words = _n("{count} thing blocks submission.", "{count} things block submission.", blocking)
        return "red", heading, f"{words.format(count=blocking)} {numbers}"
    return "amber", heading, numbers


def count_rows(shown: DayShown) -> list[tuple[str, str]]:
    """Return the numbers of the records, beside what was submitted where that is another number."""
    tally, sent = shown.counted, shown.day.sent
    words = CountWords(rule_set(tally.day), current_language())
    rows = [(_("Counted from the records"), "")]
    if not tally.has_data:
        rows.append(("", _("There are no counts of this day. Closed is not zero.")))
    for one in fields(Counts):
        now = getattr(tally.counts, one.name)
        before = getattr(sent.tally.counts, one.name) if sent is not None and sent.tally.has_data else now
        text = number_text(now)
        if before != now:
            text = _("{now} (submitted: {before})").format(now=text, before=number_text(before))
        rows.append((words.measure(one.name), text))
    rows += [(words.label("disease", code) or code, str(count)) for code, count in tally.suspected_by.items()]
    crossed = tally.crossed
    rows += [
        (_("Hours screening was open"), _text(tally.hours_open) or "—"),
        (_("Crossed (count of immigration)"), "—" if crossed is None else str(sum(crossed.values()))),
        (_("Conveyances inspected"), number_text(tally.conveyances_inspected)),
    ]
    reason = reasons_none_screened().get(tally.none_screened_reason or "")
    if reason is not None:
        note = f" — {tally.none_screened_note}" if tally.none_screened_note else ""
        rows.append((_("Why nobody was screened"), reason.label(current_language()) + note))
    return rows


def _line(one: WeekDay) -> Line:
    counts = one.sent.tally.counts if one.sent is not None and one.sent.tally.has_data else None
    if one.state is DayState.REOPENED:
        status = "amber"
    elif one.sent is None:
        status = "red" if one.is_missing else "grey"
    else:
        status = "green" if counts else "grey"
    return Line(
        one.day, (f"{one.day:%d/%m/%Y}", week_day_word(one), number_text(counts.screened) if counts else "—"), status
    )


def number_text(count: int | None) -> str:
    return "—" if count is None else str(count)


def _text(value: Decimal | int | None) -> str:
    if value is None:
        return ""
    return in_figures(value)
