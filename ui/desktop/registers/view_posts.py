"""How posts work, with dates: open or closed, for whom, at which hours, and who says so. Nothing is overwritten."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QComboBox

from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.post_register import PostRegister, PostStatus
from bmis.flows.observed.slot import FmpHours
from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from bmis.reports.places import post_name
from ui.desktop.registers.view_page import Act, RegisterSection
from ui.desktop.registers.words import (
    Choices,
    choices,
    days_words,
    hour_of,
    hour_words,
    kept_words,
    post_choices,
    several_of,
    word,
    words_of,
)
from ui.desktop.widgets.asking import Answers, Asked
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.widgets.plain import LabelledField
from ui.words.figures import day_words

ALL = ""
_COLOURS = {"fully_operational": "green", "partially_operational": "amber", "closed": "red"}


class PostsSection(RegisterSection):
    """What both pages share: of which post, and whether what stands today or everything that was said."""

    _said = PostRegister((), ())

    def over_list(self) -> Sequence[LabelledField]:
        """Return the choice of post, and of what stands or all."""
        self.post, self.shown = QComboBox(), QComboBox()
        for combo in (self.post, self.shown):
            combo.activated.connect(lambda _at: self.show_lines())
        return (LabelledField(self.post), LabelledField(self.shown))

    def refresh(self) -> None:
        """Read the register."""
        self.model.ask(self.parts.register, self._on_read)

    def retranslate(self) -> None:
        """Word the choices too."""
        home = self.parts.home_post()
        _fill(self.post, ((ALL, _("All posts")), *post_choices(home)), ALL)
        _fill(self.shown, (("now", _("What stands today")), ("all", _("Everything that was said"))), "now")
        for field, words in zip(self.fields, (_("Post"), _("Show")), strict=True):
            field.say(words)
        super().retranslate()

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Nothing was said of any post.")

    @property
    def history(self) -> bool:
        """Whether everything that was said is shown."""
        return str(self.shown.currentData()) == "all"

    def of_post(self, code: str) -> bool:
        """Return whether the post is one of those that are shown."""
        chosen = str(self.post.currentData())
        return chosen in (ALL, code)

    def _on_read(self, said: PostRegister) -> None:
        self._said = said
        self.show_lines()
        self.show_line()

    def post_field(self, before: str, topic: str) -> Asked:
        """Return the field that asks of which post; what is corrected keeps its own."""
        chosen = before or str(self.post.currentData() or self.parts.home_post())
        posts = post_choices(self.parts.home_post())
        if chosen not in dict(posts):  # a mapped place
            posts = ((chosen, chosen), *posts)
        return Asked("post", _("Post"), "choice", posts, value=chosen, topic=topic)


class StatusSection(PostsSection):
    """Of a post of which nobody said anything nothing is known: that is shown for the post of the desk."""

    topic = "registers.status"

    def title(self) -> str:
        """Return its name."""
        return _("Status of posts")

    def about(self) -> str:
        """Return what the page is for."""
        return _("Open or closed, for whom, since when, why and who says so. A status may be announced beforehand.")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [
            Heading(_("Post"), wide=True),
            Heading(_("Status")),
            Heading(_("Days")),
            Heading(_("Hours")),
            Heading(_("Restrictions"), wide=True),
        ]

    def acts(self) -> Sequence[Act]:
        """Return what can be done."""
        keep = Permission.KEEP_POST_REGISTER
        return (
            Act("N", _("New status…"), lambda: self._ask(None), keep),
            Act("C", _("Correct…"), self._correct, keep, chosen=True),
            Act("H", _("Opening hours…"), self._ask_hours, Permission.MAP_MOBILITY),
            Act("R", _("Take back…"), self.ask_withdraw, keep, chosen=True),
        )

    def show_lines(self) -> None:
        """Show one line a post, or a line for everything that was said."""
        today = self.parts.local_day()
        found = list(reversed(self._said.statuses)) if self.history else self._said.status_on(today)
        lines = [self._line(one) for one in found if self.of_post(one.noun.post)]
        if not self.history:
            told = {one.noun.post for one in found}
            silent = {self.parts.home_post(), *(one.noun.fmp for one in self._said.hours)} - told
            lines += [self._silent(post) for post in sorted(silent) if self.of_post(post)]
        self.list.show_lines(lines)

    def facts_of(self, key: object) -> Sequence[tuple[str, str]]:
        """Return the status in full, and the hours that were ever set."""
        one = self._standing(key)
        post = one.noun.post if one is not None else str(key)
        facts: list[tuple[str, str]] = []
        if one is not None:
            said = one.noun
            facts += [
                (_("Restrictions"), words_of("restriction", said.restrictions)),
                (_("For whom"), words_of("affected_population", said.populations)),
                (_("For health"), words_of("health_impact", said.health_impact)),
                (_("Source"), said.source or _("not told")),
            ]
            if said.note:
                facts.append((_("Why"), said.note))
            facts.append((_("Recorded by"), kept_words(self.parts, one)))
        else:
            facts.append((_("Status"), _("nobody said anything of this post")))
        hours = [each for each in self._said.hours if each.noun.fmp == post]
        return [*facts, *((_("Hours"), self._hours_said(each)) for each in reversed(hours))]

    def record(self) -> UUID | None:
        """Return the record of the line."""
        one = self._standing(self.list.key())
        return None if one is None else one.id

    def _standing(self, key: object) -> Standing[PostStatus] | None:
        return next((one for one in self._said.statuses if one.id == key), None)

    def _line(self, one: Standing[PostStatus]) -> Line:
        said = one.noun
        words = word("post_status", said.status)
        restrictions = words_of("restriction", said.restrictions)
        hours = self._hours(said.post, max(said.since, min(self.parts.local_day(), said.last)))
        cells = (post_name(said.post), words, days_words(said.since, said.until), hours, restrictions)
        return Line(one.id, cells, _COLOURS[said.status])

    def _silent(self, post: str) -> Line:
        unknown = _("not known")
        return Line(post, (post_name(post), unknown, "—", self._hours(post, self.parts.local_day()), "—"), "grey")

    def _hours(self, post: str, day: date) -> str:
        one = self._said.hours_on(post, day)
        return _("not known") if one is None else _span(one)

    def _hours_said(self, one: Standing[FmpHours]) -> str:
        since = _("from {day}").format(day=day_words(one.noun.valid_from))
        return f"{_span(one.noun)} {since} · {kept_words(self.parts, one)}"

    def _correct(self) -> None:
        one = self._standing(self.list.key())
        if one is not None:
            self._ask(one)

    def _ask(self, before: Standing[PostStatus] | None) -> None:
        def job(said: Answers) -> Callable[[], object]:
            status = _status(said)
            return lambda: self.parts.say_status(status, before.id if before else None)

        title = _("Correct the status") if before else _("New status of a post")
        text = _("The last day stays empty where nobody knows it: it then stands until something else is said.")
        noun = before.noun if before else None
        fields = (self.post_field(noun.post if noun else "", self.topic), *_status_fields(noun, self.topic))
        self.form(title, text, fields, job)

    def _ask_hours(self) -> None:
        one = self._standing(self.list.key())
        post = one.noun.post if one is not None else str(self.list.key() or "")
        today = day_words(self.parts.local_day())
        fields = (
            self.post_field(post, self.topic),
            Asked("valid_from", _("From the day"), "date", value=today, topic="registers.hours"),
            Asked("opens", _("Opens at (hhmm)"), topic="registers.hours"),
            Asked("closes", _("Closes at (hhmm; 2400: midnight)"), topic="registers.hours"),
        )

        def job(said: Answers) -> Callable[[], object]:
            hours = FmpHours(
                fmp=said["post"],
                valid_from=date.fromisoformat(said["valid_from"]),
                opens=hour_of(said["opens"], "opens"),
                closes=hour_of(said["closes"], "closes"),
            )
            return lambda: self.parts.set_hours(hours)

        self.form(_("Opening hours"), _("From these hours the flow package tells how long the post was open."),
                  fields, job, columns=1)  # fmt: skip


def _status(said: Answers) -> PostStatus:
    return PostStatus(
        post=said["post"],
        status=said["status"],
        since=date.fromisoformat(said["since"]),
        until=date.fromisoformat(said["until"]) if said["until"] else None,
        restrictions=several_of(said["restrictions"]),
        populations=several_of(said["populations"]),
        health_impact=several_of(said["health_impact"]),
        source=said["source"],
        note=said["note"],
    )


def _status_fields(before: PostStatus | None, topic: str) -> Sequence[Asked]:
    since = day_words(before.since) if before else ""
    until = day_words(before.until) if before and before.until else ""
    several: Sequence[tuple[str, str, str, tuple[str, ...]]] = (
        ("restrictions", _("Restrictions (space bar)"), "restriction", before.restrictions if before else ()),
        ("populations", _("For whom (space bar)"), "affected_population", before.populations if before else ()),
        ("health_impact", _("For health (space bar)"), "health_impact", before.health_impact if before else ()),
    )
    status = before.status if before else ""
    return (
        Asked("status", _("Status"), "choice", choices("post_status"), value=status, topic=topic),
        Asked("since", _("First day"), "date", value=since, topic=topic),
        Asked("until", _("Last day"), "date", value=until, required=False, topic=topic),
        Asked("source", _("Source: who says so"), value=before.source if before else "", topic=topic),
        Asked("note", _("Why"), value=before.note if before else "", required=False, topic=topic),
        *(
            Asked(name, words, "several", choices(of), value=",".join(chosen), required=False, topic=topic)
            for name, words, of, chosen in several
        ),
    )


def _span(hours: FmpHours) -> str:
    return f"{hour_words(hours.opens)}–{hour_words(hours.closes)}"


def _fill(combo: QComboBox, found: Choices, first: str) -> None:
    at = combo.currentData() if combo.count() else first
    combo.clear()
    for code, words in found:
        combo.addItem(words, code)
    combo.setCurrentIndex(max(0, combo.findData(at)))
