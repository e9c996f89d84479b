"""Who opened names and answers, and what retention takes away."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bmis.kernel.actor import Permission
from bmis.kernel.i18n import translate as _
from poe_health.retention.apply_retention import DueReport
from poe_health.retention.policy import RetentionRule, retention_rules
from poe_health.retention.run import RetentionRun
from poe_health.store.records.access import Access, AccessKind
from ui.desktop.health_supervisor.view_page import Act, ActPage
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.words import moment_words
from ui.words.health import draft_words
from ui.words.health_post_exports import part_word, retention_word

DAYS = 30
DRAFTS = "HEALTH_DRAFTS"


class OpeningsPage(ActPage):
    """Every opening of a name or an answer in the last thirty days: who and when, never what was in it."""

    topic = "openings"
    columns = 1

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.found: tuple[Access, ...] = ()

    def title(self) -> str:
        """Return its name."""
        return _("Openings")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("When")), Heading(_("Who"), wide=True), Heading(_("How"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Nobody opened a name in the last thirty days.")

    def badge(self) -> int:
        """Return how often the glass was broken."""
        return sum(1 for one in self.found if one.kind is AccessKind.GLASS)

    def refresh(self) -> None:
        """Ask for the openings."""
        parts = self.model.parts
        since = parts.now() - timedelta(days=DAYS)
        self.ask(lambda: tuple(reversed(parts.desk.access_log(since, parts.by))), self._on_found)

    def choose(self, key: object) -> None:
        """Show the opening."""
        self._show_opening()

    def _on_found(self, found: tuple[Access, ...]) -> None:
        self.found = found
        self.show_all()
        self.counted.emit()

    def show_all(self) -> None:
        """Show the openings."""
        local_time = self.model.parts.local_time
        self.show_lines(
            [
                Line(
                    one.id,
                    (moment_words(local_time(one.recorded_at)), f"{one.by} ({one.role})", _how(one)),
                    "red" if one.kind is AccessKind.GLASS else "",
                )
                for one in self.found
            ]
        )
        self._show_opening()

    def _show_opening(self) -> None:
        one = next((each for each in self.found if each.id == self.list.key()), None)
        if one is None:
            self.banner.show_verdict("grey", _("No opening is chosen"))
            self.facts.show_facts(())
            return
        glass = one.kind is AccessKind.GLASS
        self.banner.show_verdict("red" if glass else "grey", one.by, _how(one))
        rows = [
            (_("When"), moment_words(self.model.parts.local_time(one.recorded_at))),
            (_("Record"), str(one.record_id)),
            (_("Role"), one.role),
            (_("Reason"), one.reason or "—"),
        ]
        same = sum(1 for each in self.found if each.by == one.by)
        rows.append((_("Openings of this person in thirty days"), str(same)))
        self.facts.show_facts(rows)


class RetentionPage(ActPage):
    """What the rules would take now. Answers and names go; counts and proofs stay."""

    topic = "retention"
    columns = 1

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.due: DueReport | None = None
        self.rules: tuple[RetentionRule, ...] = ()

    def title(self) -> str:
        """Return its name."""
        return _("Retention")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Rule"), wide=True), Heading(_("Days")), Heading(_("Due now"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Not looked at yet")

    def acts(self) -> Mapping[str, Act]:
        """Return applying the rules."""
        return {"apply": Act(_("Apply now…"), self.apply, self._can_apply, Key.DECIDE)}

    def badge(self) -> int:
        """Return how many records are due."""
        return sum(self.due.due.values()) if self.due else 0

    def refresh(self) -> None:
        """Ask what is due; nothing is taken."""
        parts = self.model.parts

        def work() -> tuple[DueReport, tuple[RetentionRule, ...]]:
            rules, _version = retention_rules()
            return parts.desk.retention.due(parts.by), tuple(rules)

        self.ask(work, self._on_due)

    def choose(self, key: object) -> None:
        """Show the rule."""
        self._show_rule()

    def apply(self) -> None:
        """Ask once, then take away what has served its time."""
        parts = self.model.parts
        text = _("{count} records lose answers or names for good. Each says so; the audit goes on proving.")
        self.sure(
            _("Apply retention?"),
            text.format(count=self.badge()),
            _("Apply it"),
            lambda: self.ask(lambda: parts.desk.retention(parts.by), self._on_run),
        )

    def _can_apply(self) -> bool:
        return self.due is not None and self.model.may(Permission.APPLY_RETENTION)

    def _on_run(self, run: RetentionRun) -> None:
        said = _("Taken away: {count}.").format(count=sum(run.taken.values()))
        if not run.swept:
            said += " " + _("Somebody has the file open: its old pages are overwritten next time.")
        self.remarked.emit(said, "")
        self.refresh()

    def _on_due(self, found: tuple[DueReport, tuple[RetentionRule, ...]]) -> None:
        self.due, self.rules = found
        self.show_all()
        self.counted.emit()

    def show_all(self) -> None:
        """Show the rules."""
        due = self.due.due if self.due else {}
        lines = [
            Line(one.code, (retention_word(one.code), str(one.days), str(due.get(one.code, 0))),
                 "amber" if due.get(one.code) else "")
            for one in self.rules
        ]  # fmt: skip
        if due.get(DRAFTS):
            lines.append(Line(DRAFTS, (retention_word(DRAFTS), "2", str(due[DRAFTS])), "amber"))
        self.show_lines(lines)
        self._show_rule()

    def _show_rule(self) -> None:
        due = self.due
        if due is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts(())
            return
        count = self.badge()
        if count:
            self.banner.show_verdict("amber", _("Due now: {count}").format(count=count))
        else:
            self.banner.show_verdict("green", _("Nothing is due"))
        rows: list[tuple[str, str]] = []
        last = due.last
        at = moment_words(self.model.parts.local_time(last.recorded_at)) if last else _("never")
        rows.append((_("Last applied"), f"{at}, {last.by}" if last else at))
        rule = next((one for one in self.rules if one.code == self.list.key()), None)
        if rule is not None:
            rows.append((_("Goes"), ", ".join(part_word(part) for part in rule.parts)))
            rows.append((_("After days"), str(rule.days)))
        self.facts.show_facts([*rows, ("", draft_words())])


def _how(one: Access) -> str:
    return _("broke the glass") if one.kind is AccessKind.GLASS else _("opened by role")
