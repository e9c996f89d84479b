"""Which typed returns are expected of which post, from when to when, and who said so."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.reports.places import post_name
from bmis.reports.returns.keep_returns import Expectation
from bmis.reports.returns.kinds import return_kinds
from ui.desktop.registers.view_page import Act, RegisterSection
from ui.desktop.registers.words import days_words, post_choices, several_of
from ui.desktop.widgets.asking import Answers, Asked, reason_field
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.figures import day_words

TOPIC = "registers.expected"


class ExpectedSection(RegisterSection):
    """Nothing is taken back here: what is said last of a post and a day counts."""

    topic = TOPIC
    shares = (7, 2)
    _said: tuple[Expectation, ...] = ()

    def title(self) -> str:
        """Return its name."""
        return _("Returns expected")

    def about(self) -> str:
        """Return what the page is for."""
        return _("One return a day of each kind. What is owed and does not come reads “not received” in the reports.")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [
            Heading(_("Post"), wide=True),
            Heading(_("Returns"), wide=True),
            Heading(_("Days")),
            Heading(_("Today")),
            Heading(_("Said by")),
        ]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No return is expected of any post.")

    def acts(self) -> Sequence[Act]:
        """Return what can be done."""
        return (Act("N", _("What a post owes…"), self._ask, Permission.MANAGE_POST),)

    def refresh(self) -> None:
        """Read what was said."""
        self.model.ask(self.parts.expected, self._on_read)

    def show_lines(self) -> None:
        """Show what was said last first; what stands today has its colour."""
        stands = {one.post: at for at, one in enumerate(self._said) if one.on(self.parts.local_day())}
        numbered = reversed(list(enumerate(self._said)))
        self.list.show_lines([self._line(at, one, stands.get(one.post) == at) for at, one in numbered])

    def facts_of(self, key: object) -> Sequence[tuple[str, str]]:
        """Return it in full."""
        one = self._said[key] if isinstance(key, int) and key < len(self._said) else None
        if one is None:
            return ()
        if one.said_at is None:
            reason, by = _("nobody said anything else: the dated list of the program"), "—"
        else:
            reason, by = one.reason, f"{one.by}, {moment_words(self.parts.local_time(one.said_at))}"
        return ((_("Returns"), self._kinds(one)), (_("Reason"), reason), (_("Said by"), by))

    def record(self) -> UUID | None:
        """Return None: a new word takes the place of the old one."""
        return None

    def _on_read(self, said: tuple[Expectation, ...]) -> None:
        self._said = said
        self.show_lines()
        self.show_line()

    def _line(self, at: int, one: Expectation, stands: bool) -> Line:
        days = "—" if one.first == date.min else days_words(one.first, one.last)
        words = _("in force") if stands else _("not in force")
        cells = (post_name(one.post), self._kinds(one), days, words, one.by or "—")
        return Line(at, cells, "green" if stands else "grey")

    def _ask(self) -> None:
        today = self.parts.local_day()
        key = self.list.key()
        one = self._said[key] if isinstance(key, int) and key < len(self._said) else None
        kinds = tuple((each.code, each.label(current_language())) for each in return_kinds(today))
        home = self.parts.home_post()
        fields = (
            Asked("post", _("Post"), "choice", post_choices(home), value=one.post if one else home, topic=TOPIC),
            Asked("first", _("From the day"), "date", value=day_words(today), topic=TOPIC),
            Asked("last", _("Last day"), "date", required=False, topic=TOPIC),
            Asked(
                "kinds",
                _("Returns (space bar)"),
                "several",
                kinds,
                value=",".join(one.kinds) if one else "",
                required=False,
                topic=TOPIC,
            ),
            reason_field(),
        )

        def job(said: Answers) -> Callable[[], object]:
            first = date.fromisoformat(said["first"])
            last = date.fromisoformat(said["last"]) if said["last"] else None
            return lambda: self.parts.expect(said["post"], several_of(said["kinds"]), first, last, said["reason"])

        text = _("None chosen: the post owes none. An empty last day: until something else is said.")
        self.form(_("What a post owes"), text, fields, job, columns=2)

    def _kinds(self, one: Expectation) -> str:
        day = self.parts.local_day() if one.first == date.min else one.first
        named = {each.code: each.label(current_language()) for each in return_kinds(day)}
        return ", ".join(named.get(code, code) for code in one.kinds) or _("none")
